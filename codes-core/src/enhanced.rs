//! Enhanced status codes: class, subject and detail (RFC 3463).

use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;

use crate::code::ReplyCode;
use crate::word::words;

words!(
    /// The class of an enhanced status code (RFC 3463 section 2).
    ///
    /// ```
    /// use codes_core::EnhancedClass;
    ///
    /// assert_eq!(EnhancedClass::Permanent.digit(), 5);
    /// assert_eq!(EnhancedClass::from_digit(4), Some(EnhancedClass::Transient));
    /// assert_eq!(EnhancedClass::from_digit(3), None);
    /// ```
    #[derive(PartialOrd, Ord)]
    EnhancedClass {
        /// 2.X.Y: success.
        Success = "success",
        /// 4.X.Y: persistent transient failure.
        Transient = "transient",
        /// 5.X.Y: permanent failure.
        Permanent = "permanent",
    }
);

impl EnhancedClass {
    /// The class of a first digit, or `None` unless that is 2, 4 or 5.
    #[must_use]
    pub const fn from_digit(digit: u8) -> Option<Self> {
        match digit {
            2 => Some(Self::Success),
            4 => Some(Self::Transient),
            5 => Some(Self::Permanent),
            _ => None,
        }
    }

    /// The first digit: 2, 4 or 5.
    #[must_use]
    pub const fn digit(self) -> u8 {
        match self {
            Self::Success => 2,
            Self::Transient => 4,
            Self::Permanent => 5,
        }
    }
}

/// An enhanced status code such as `5.1.1`: a class, a subject and a detail, registered or not.
///
/// Four bytes, `Copy`, ordered by its three numbers, and open: servers send details that the registry
/// does not have (`5.7.708`).
///
/// Source: RFC 3463 section 2. The class is 2, 4 or 5; subject and detail are 0 to 999, written
/// without leading zeros.
///
/// ```
/// use codes_core::{EnhancedClass, EnhancedCode};
///
/// let code: EnhancedCode = "5.1.1".parse()?;
/// assert_eq!(Some(code), EnhancedCode::new(5, 1, 1));
/// assert_eq!(code.class(), EnhancedClass::Permanent);
/// assert_eq!((code.subject(), code.detail()), (1, 1));
/// assert_eq!(code.to_string(), "5.1.1");
/// assert!("5.01.1".parse::<EnhancedCode>().is_err());
/// # Ok::<(), codes_core::InvalidEnhancedCode>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EnhancedCode(
    /// The class above twice ten bits for subject and detail, so that codes compare as numbers do.
    NonZeroU32,
);

/// The bits of a subject or a detail.
const PART: u32 = 10;

impl EnhancedCode {
    /// The code of these numbers, or `None` unless the class is 2, 4 or 5 and the others are at most
    /// 999.
    ///
    /// ```
    /// # use codes_core::EnhancedCode;
    /// assert!(EnhancedCode::new(5, 7, 708).is_some());
    /// assert!(EnhancedCode::new(3, 0, 0).is_none());
    /// assert!(EnhancedCode::new(5, 1, 1000).is_none());
    /// ```
    #[must_use]
    pub const fn new(class: u8, subject: u16, detail: u16) -> Option<Self> {
        if !matches!(class, 2 | 4 | 5) || subject > 999 || detail > 999 {
            return None;
        }
        let parts = (class as u32) << (2 * PART) | (subject as u32) << PART | detail as u32;
        match NonZeroU32::new(parts) {
            Some(parts) => Some(Self(parts)),
            None => None,
        }
    }

    /// The class.
    #[must_use]
    pub const fn class(self) -> EnhancedClass {
        match self.0.get() >> (2 * PART) {
            2 => EnhancedClass::Success,
            4 => EnhancedClass::Transient,
            _ => EnhancedClass::Permanent,
        }
    }

    /// The subject, 0 to 999.
    #[must_use]
    pub const fn subject(self) -> u16 {
        (self.0.get() >> PART) as u16 & ((1 << PART) - 1)
    }

    /// The detail, 0 to 999.
    #[must_use]
    pub const fn detail(self) -> u16 {
        self.0.get() as u16 & ((1 << PART) - 1)
    }

    /// Whether the class is the first digit of a reply code, as it has to be (RFC 2034 section 4).
    ///
    /// `552 5.2.2` agrees, although RFC 3463 section 3.3 means X.2.2 for transient failures.
    ///
    /// ```
    /// # use codes_core::{EnhancedCode, Smtp550, Smtp552};
    /// let full = EnhancedCode::new(5, 2, 2).expect("in range");
    /// assert!(full.agrees_with(Smtp552));
    /// let later = EnhancedCode::new(4, 7, 1).expect("in range");
    /// assert!(!later.agrees_with(Smtp550));
    /// ```
    #[must_use]
    pub fn agrees_with(self, code: impl Into<ReplyCode>) -> bool {
        u32::from(code.into().get()) / 100 == self.0.get() >> (2 * PART)
    }

    /// The code that `bytes` begin with, and how many of them it takes; what follows is not judged,
    /// except that it is no digit.
    #[inline]
    pub(crate) fn prefix(bytes: &[u8]) -> Option<(Self, usize)> {
        let &[class, b'.', ..] = bytes else {
            return None;
        };
        let (subject, at) = part(bytes, 2)?;
        if bytes.get(at) != Some(&b'.') {
            return None;
        }
        let (detail, at) = part(bytes, at + 1)?;
        let code = Self::new(class.wrapping_sub(b'0'), subject, detail)?;
        Some((code, at))
    }

    /// The class as it is written.
    #[inline]
    pub(crate) const fn first_byte(self) -> u8 {
        b'0' + (self.0.get() >> (2 * PART)) as u8
    }
}

/// A number of one to three digits at `at`, without leading zeros, and where it ends.
#[inline]
fn part(bytes: &[u8], at: usize) -> Option<(u16, usize)> {
    let digit = |at: usize| match bytes.get(at) {
        Some(byte) if byte.is_ascii_digit() => Some(u16::from(byte - b'0')),
        _ => None,
    };
    let first = digit(at)?;
    let Some(second) = digit(at + 1) else {
        return Some((first, at + 1));
    };
    if first == 0 {
        return None;
    }
    let number = first * 10 + second;
    match digit(at + 2) {
        None => Some((number, at + 2)),
        Some(third) if digit(at + 3).is_none() => Some((number * 10 + third, at + 3)),
        Some(_) => None,
    }
}

impl fmt::Display for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // At most `5.999.999`; `pad` keeps the width that the caller asks for.
        let mut text = [0; 9];
        let mut length = 0;
        let mut push = |byte: u8| {
            text[length] = byte;
            length += 1;
        };
        push(b'0' + self.class().digit());
        for number in [self.subject(), self.detail()] {
            push(b'.');
            let digits = [number / 100, number / 10 % 10, number % 10];
            let zeros = digits[..2].iter().take_while(|&&digit| digit == 0).count();
            for digit in &digits[zeros..] {
                push(b'0' + *digit as u8);
            }
        }
        f.pad(core::str::from_utf8(&text[..length]).map_err(|_| fmt::Error)?)
    }
}

impl fmt::Debug for EnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EnhancedCode({self})")
    }
}

/// The text is no enhanced status code: that is `class.subject.detail` with the class 2, 4 or 5 and
/// two numbers from 0 to 999 without leading zeros.
///
/// ```
/// # use codes_core::EnhancedCode;
/// let error = "5.1".parse::<EnhancedCode>().expect_err("no detail");
/// assert!(error.to_string().starts_with("an enhanced status code is"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidEnhancedCode(());

impl fmt::Display for InvalidEnhancedCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(
            "an enhanced status code is class.subject.detail: the class 2, 4 or 5, the others 0 to \
             999 without leading zeros",
        )
    }
}

impl core::error::Error for InvalidEnhancedCode {}

impl FromStr for EnhancedCode {
    type Err = InvalidEnhancedCode;

    fn from_str(text: &str) -> Result<Self, InvalidEnhancedCode> {
        match Self::prefix(text.as_bytes()) {
            Some((code, length)) if length == text.len() => Ok(code),
            _ => Err(InvalidEnhancedCode(())),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for EnhancedCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for EnhancedCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl serde::de::Visitor<'_> for Text {
            type Value = EnhancedCode;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an enhanced status code such as \"5.1.1\"")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<EnhancedCode, E> {
                text.parse().map_err(E::custom)
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else() {
        for class in 0..=9 {
            for subject in [0, 1, 7, 10, 99, 100, 708, 999, 1000] {
                for detail in [0, 1, 9, 10, 42, 100, 351, 999, 1000] {
                    let code = EnhancedCode::new(class, subject, detail);
                    let fits = matches!(class, 2 | 4 | 5) && subject < 1000 && detail < 1000;
                    assert_eq!(code.is_some(), fits, "{class}.{subject}.{detail}");
                    let text = format!("{class}.{subject}.{detail}");
                    assert_eq!(text.parse().ok(), code, "{text}");
                    if let Some(code) = code {
                        assert_eq!(code.to_string(), text);
                    }
                }
            }
        }
        for text in [
            "", "5", "5.", "5.1", "5.1.", "5..1", ".1.1", "5.01.1", "5.1.01", "5.00.1", "5.1.1.",
            "5.1.1 ", " 5.1.1", "+5.1.1", "5.+1.1", "5.1.-1", "55.1.1", "5.1.1x", "5,1,1", "X.1.1",
            "5.1.１",
        ] {
            assert!(text.parse::<EnhancedCode>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn codes_are_in_the_order_of_their_numbers() {
        let code = |text: &str| text.parse::<EnhancedCode>().expect(text);
        let mut codes = ["5.1.10", "4.7.0", "2.0.0", "5.1.9", "5.10.0"].map(code);
        codes.sort_unstable();
        assert_eq!(
            codes,
            ["2.0.0", "4.7.0", "5.1.9", "5.1.10", "5.10.0"].map(code)
        );
        assert_eq!(size_of::<Option<EnhancedCode>>(), 4);
    }
}
