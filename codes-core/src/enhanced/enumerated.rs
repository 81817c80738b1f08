//! What the registry gives a meaning: a subject and a detail, of which the class is left open.

use core::fmt;
use core::str::FromStr;

use super::{EnhancedClass, EnhancedCode, EnumeratedInfo, SubCodeInfo, registry};

/// A subject and a detail without a class, such as `X.1.1`, registered or not.
///
/// Four bytes, `Copy`, ordered by its two numbers. The registry gives meanings to these ("enumerated
/// status codes", RFC 5248 section 2.1) and leaves the class open, so their constants are here and the
/// caller chooses the class.
///
/// Source: RFC 3463 section 2, RFC 5248. Subject and detail are 0 to 999, written without leading
/// zeros.
///
/// ```
/// use codes_core::{EnhancedClass, EnumeratedCode};
///
/// let full = EnumeratedCode::MAILBOX_FULL;
/// assert_eq!(full.to_string(), "X.2.2");
/// assert_eq!(full.permanent().to_string(), "5.2.2");
/// assert_eq!(full.with_class(EnhancedClass::Transient), full.transient());
/// assert_eq!("X.2.2".parse(), Ok(full));
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnumeratedCode {
    pub(super) subject: u16,
    pub(super) detail: u16,
}

impl EnumeratedCode {
    /// The code of these numbers, or `None` unless both are at most 999.
    ///
    /// ```
    /// # use codes_core::EnumeratedCode;
    /// assert_eq!(EnumeratedCode::new(2, 2), Some(EnumeratedCode::MAILBOX_FULL));
    /// assert_eq!(EnumeratedCode::new(2, 1000), None);
    /// ```
    #[must_use]
    pub const fn new(subject: u16, detail: u16) -> Option<Self> {
        match subject <= 999 && detail <= 999 {
            true => Some(Self { subject, detail }),
            false => None,
        }
    }

    /// Numbers that the macro has checked.
    pub(crate) const fn known(subject: u16, detail: u16) -> Self {
        match Self::new(subject, detail) {
            Some(code) => code,
            None => panic!("the macro refuses numbers over 999"),
        }
    }

    /// All codes of the registry, in ascending order.
    ///
    /// ```
    /// # use codes_core::EnumeratedCode;
    /// let codes = EnumeratedCode::registered();
    /// assert!(codes.contains(&EnumeratedCode::MAILBOX_FULL));
    /// assert!(codes.iter().all(|code| code.info().is_some()));
    /// ```
    #[must_use]
    pub const fn registered() -> &'static [Self] {
        registry::CODES
    }

    /// The subject, 0 to 999.
    #[must_use]
    pub const fn subject(self) -> u16 {
        self.subject
    }

    /// The detail, 0 to 999.
    #[must_use]
    pub const fn detail(self) -> u16 {
        self.detail
    }

    /// With the class 2: `2.1.5`.
    #[must_use]
    pub const fn success(self) -> EnhancedCode {
        self.with_class(EnhancedClass::Success)
    }

    /// With the class 4: `4.2.2`.
    #[must_use]
    pub const fn transient(self) -> EnhancedCode {
        self.with_class(EnhancedClass::Transient)
    }

    /// With the class 5: `5.2.2`.
    #[must_use]
    pub const fn permanent(self) -> EnhancedCode {
        self.with_class(EnhancedClass::Permanent)
    }

    /// With a class that is known at run time only.
    #[must_use]
    pub const fn with_class(self, class: EnhancedClass) -> EnhancedCode {
        EnhancedCode::of_parts(class.digit(), self.subject, self.detail)
    }

    /// What the registry says about it; `None` where it does not have the code.
    ///
    /// ```
    /// # use codes_core::EnumeratedCode;
    /// let info = EnumeratedCode::MAILBOX_FULL.info().expect("it is registered");
    /// assert_eq!(info.title(), Some("Mailbox full"));
    /// assert_eq!(info.reference(), "RFC 3463 3.3");
    /// ```
    #[must_use]
    pub const fn info(self) -> Option<&'static EnumeratedInfo> {
        registry::info(self)
    }

    /// What the registry says about the subject; `None` where it does not have it.
    ///
    /// ```
    /// # use codes_core::EnumeratedCode;
    /// let subject = EnumeratedCode::MAILBOX_FULL.subject_info().expect("it is registered");
    /// assert_eq!(subject.to_string(), "X.2.Y Mailbox Status");
    /// ```
    #[must_use]
    pub const fn subject_info(self) -> Option<&'static SubCodeInfo> {
        registry::subject(self.subject)
    }
}

impl fmt::Display for EnumeratedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        super::write(f, b'X', self.subject, self.detail)
    }
}

impl fmt::Debug for EnumeratedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnumeratedCode({self})")
    }
}

impl From<EnhancedCode> for EnumeratedCode {
    fn from(code: EnhancedCode) -> Self {
        code.without_class()
    }
}

/// The text is no enhanced status code without class: that is `X.subject.detail` with two numbers
/// from 0 to 999 without leading zeros.
///
/// ```
/// # use codes_core::EnumeratedCode;
/// let error = "5.1.1".parse::<EnumeratedCode>().expect_err("it has a class");
/// assert!(error.to_string().contains("X.subject.detail"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidEnumeratedCode(());

impl fmt::Display for InvalidEnumeratedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(
            "an enhanced status code without class is X.subject.detail: a capital X, the others 0 to \
             999 without leading zeros",
        )
    }
}

impl core::error::Error for InvalidEnumeratedCode {}

impl FromStr for EnumeratedCode {
    type Err = InvalidEnumeratedCode;

    fn from_str(text: &str) -> Result<Self, InvalidEnumeratedCode> {
        let bytes = text.as_bytes();
        match (bytes.first(), super::numbers(bytes)) {
            (Some(b'X'), Some((subject, detail, length))) if length == text.len() => {
                Ok(Self { subject, detail })
            }
            _ => Err(InvalidEnumeratedCode(())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        for subject in [0, 7, 10, 999, 1000] {
            for detail in [0, 9, 10, 351, 999, 1000] {
                let code = EnumeratedCode::new(subject, detail);
                assert_eq!(code.is_some(), subject < 1000 && detail < 1000);
                let text = format!("X.{subject}.{detail}");
                assert_eq!(text.parse().ok(), code, "{text}");
                if let Some(code) = code {
                    assert_eq!(code.to_string(), text);
                    for class in EnhancedClass::ALL {
                        assert_eq!(code.with_class(*class).without_class(), code);
                    }
                }
            }
        }
        for text in [
            "", "X", "X.1", "x.1.1", "X.01.1", "X.1.Y", "5.1.1", "X.1.1 ",
        ] {
            assert!(text.parse::<EnumeratedCode>().is_err(), "{text:?}");
        }
    }
}
