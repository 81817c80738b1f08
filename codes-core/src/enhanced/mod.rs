//! Enhanced status codes: class, subject and detail (RFC 3463).

mod enumerated;
mod explain;
mod info;
pub(crate) mod registry;
#[cfg(feature = "serde")]
mod serialized;

use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;

use crate::code::ReplyCode;
use crate::word::words;

pub use enumerated::{EnumeratedCode, InvalidEnumeratedCode};
pub use info::{BasicCodes, EnhancedInfo, EnumeratedInfo, SubCodeInfo};

words!(
    closed
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
    /// What RFC 3463 says about the class.
    ///
    /// ```
    /// # use codes_core::EnhancedClass;
    /// assert_eq!(EnhancedClass::Permanent.info().to_string(), "5.X.Y Permanent Failure");
    /// ```
    #[must_use]
    pub const fn info(self) -> &'static SubCodeInfo {
        registry::class(self)
    }

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

    /// The class of the enhanced codes that may follow a reply code (RFC 2034 section 4).
    pub(crate) const fn of(code: ReplyCode) -> Option<Self> {
        Self::from_digit((code.get() / 100) as u8)
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
        Some(Self::of_parts(class, subject, detail))
    }

    /// The code of numbers that are in range.
    const fn of_parts(class: u8, subject: u16, detail: u16) -> Self {
        let parts = (class as u32) << (2 * PART) | (subject as u32) << PART | detail as u32;
        match NonZeroU32::new(parts) {
            Some(parts) => Self(parts),
            None => panic!("no class is 0"),
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

    /// The subject and the detail alone, `X.1.1`: what the registry is about.
    ///
    /// ```
    /// # use codes_core::{EnhancedCode, EnumeratedCode};
    /// let code = EnhancedCode::new(4, 2, 2).expect("in range");
    /// assert_eq!(code.without_class(), EnumeratedCode::MAILBOX_FULL);
    /// ```
    #[must_use]
    pub const fn without_class(self) -> EnumeratedCode {
        EnumeratedCode {
            subject: self.subject(),
            detail: self.detail(),
        }
    }

    /// What the registry says about it: at least about its class.
    ///
    /// ```
    /// # use codes_core::EnhancedCode;
    /// let code: EnhancedCode = "5.1.1".parse()?;
    /// assert_eq!(code.info().to_string(), "5.1.1 Bad destination mailbox address");
    ///
    /// // Microsoft's: the registry has the subject, but not the detail.
    /// let code: EnhancedCode = "5.7.708".parse()?;
    /// assert!(code.info().detail().is_none());
    /// let subject = code.info().subject().expect("security and policy");
    /// assert_eq!(subject.to_string(), "X.7.Y Security or Policy Status");
    /// # Ok::<(), codes_core::InvalidEnhancedCode>(())
    /// ```
    #[must_use]
    pub const fn info(self) -> EnhancedInfo {
        EnhancedInfo::new(self)
    }

    /// The reply codes of the same class that the registry associates with it and those that it is
    /// seen with, in ascending order.
    ///
    /// Empty for a code that is not registered. Where the registry says `any` or names a whole class
    /// (see [`BasicCodes`]), only those that it is seen with.
    ///
    /// ```
    /// # use codes_core::{EnumeratedCode, Smtp550, Smtp551};
    /// let refused = EnumeratedCode::DELIVERY_NOT_AUTHORIZED_MESSAGE_REFUSED.permanent();
    /// assert!(refused.reply_codes().any(|code| code == Smtp550));
    /// assert!(refused.reply_codes().all(|code| code.get() / 100 == 5));
    /// ```
    pub fn reply_codes(self) -> impl Iterator<Item = ReplyCode> + Clone + use<> {
        registry::reply_codes(self)
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
        EnhancedClass::of(code.into()) == Some(self.class())
    }

    /// The code that `bytes` begin with, and how many of them it takes; what follows is not judged,
    /// except that it is no digit.
    #[inline]
    pub(crate) fn prefix(bytes: &[u8]) -> Option<(Self, usize)> {
        let class = bytes.first()?;
        let (subject, detail, length) = numbers(bytes)?;
        let code = Self::new(class.wrapping_sub(b'0'), subject, detail)?;
        Some((code, length))
    }

    /// The class as it is written.
    #[inline]
    pub(crate) const fn first_byte(self) -> u8 {
        b'0' + (self.0.get() >> (2 * PART)) as u8
    }
}

/// The subject and the detail after the first byte, and where they end.
// Left to the compiler, this and `part` are calls in some builds: 17 ns for a code in place of 12.
#[inline(always)]
fn numbers(bytes: &[u8]) -> Option<(u16, u16, usize)> {
    if bytes.get(1) != Some(&b'.') {
        return None;
    }
    let (subject, at) = part(bytes, 2)?;
    if bytes.get(at) != Some(&b'.') {
        return None;
    }
    let (detail, at) = part(bytes, at + 1)?;
    Some((subject, detail, at))
}

/// A number of one to three digits at `at`, without leading zeros, and where it ends.
#[inline(always)]
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
        write(f, self.first_byte(), self.subject(), self.detail())
    }
}

/// `5.1.1` or `X.1.1`.
fn write(f: &mut fmt::Formatter<'_>, first: u8, subject: u16, detail: u16) -> fmt::Result {
    // At most `5.999.999`; `pad` keeps the width that the caller asks for.
    let mut text = [0; 9];
    let mut length = 0;
    let mut push = |byte: u8| {
        text[length] = byte;
        length += 1;
    };
    push(first);
    for number in [subject, detail] {
        push(b'.');
        if number >= 100 {
            push(b'0' + (number / 100) as u8);
        }
        if number >= 10 {
            push(b'0' + (number / 10 % 10) as u8);
        }
        push(b'0' + (number % 10) as u8);
    }
    f.pad(core::str::from_utf8(&text[..length]).map_err(|_| fmt::Error)?)
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
