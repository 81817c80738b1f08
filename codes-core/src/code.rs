//! The reply code itself: three digits, their class and their category.

use core::fmt;
use core::num::NonZeroU16;
use core::str::FromStr;

use crate::vocabulary::{__is_in_grammar, Category, Class};

/// An SMTP reply code: any number of three digits, from 100 to 999, known or not.
///
/// Two bytes, `Copy`, and open: a number that stands in no table is a reply code all the same, as
/// servers send such numbers. Codes of the table are also associated constants
/// (`ReplyCode::START_MAIL_INPUT`) and types ([`Smtp354`](crate::Smtp354)).
///
/// `{}` prints `354 Start Mail Input`, or the number alone where the table has no such code.
///
/// Source: RFC 5321 section 4.2. The grammar there allows 2 to 5 as first digit and 0 to 5 as
/// second; real servers do not keep to that, so this type does not ask for it.
///
/// ```
/// use codes_core::{ReplyCode, Smtp354};
///
/// let code: ReplyCode = "354".parse()?;
/// assert_eq!(code, Smtp354);
/// assert_eq!(code, ReplyCode::START_MAIL_INPUT);
/// assert_eq!(Some(code), ReplyCode::new(354));
/// assert_eq!(code.to_string(), "354 Start Mail Input");
/// assert_eq!(ReplyCode::new(99), None);
/// # Ok::<(), codes_core::InvalidReplyCode>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReplyCode(NonZeroU16);

/// All reply codes one after the other, so that each has its digits as text without an allocation.
const DIGITS: &str = {
    const BYTES: [u8; 2700] = {
        let mut bytes = [0; 2700];
        let mut at = 0;
        while at < 2700 {
            let number = 100 + at / 3;
            bytes[at] = b'0' + (number / 100) as u8;
            bytes[at + 1] = b'0' + (number / 10 % 10) as u8;
            bytes[at + 2] = b'0' + (number % 10) as u8;
            at += 3;
        }
        bytes
    };
    match core::str::from_utf8(&BYTES) {
        Ok(digits) => digits,
        Err(_) => panic!("digits are ASCII"),
    }
};

impl ReplyCode {
    /// 100, the lowest. A name of a code that would make this constant is refused by `codes-data`.
    pub(crate) const LOWEST: Self = match Self::new(100) {
        Some(code) => code,
        None => panic!("100 has three digits"),
    };

    /// The code of this number, or `None` unless it has three digits (100 to 999).
    ///
    /// ```
    /// # use codes_core::ReplyCode;
    /// assert!(ReplyCode::new(599).is_some());
    /// assert!(ReplyCode::new(1000).is_none());
    /// ```
    #[must_use]
    pub const fn new(number: u16) -> Option<Self> {
        match NonZeroU16::new(number) {
            Some(value) if number >= 100 && number <= 999 => Some(Self(value)),
            _ => None,
        }
    }

    /// The number, 100 to 999.
    ///
    /// ```
    /// # use codes_core::ReplyCode;
    /// assert_eq!(ReplyCode::START_MAIL_INPUT.get(), 354);
    /// ```
    #[must_use]
    pub const fn get(self) -> u16 {
        self.0.get()
    }

    /// The three digits as text.
    ///
    /// ```
    /// # use codes_core::ReplyCode;
    /// assert_eq!(ReplyCode::START_MAIL_INPUT.as_str(), "354");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        let (_, rest) = DIGITS.split_at(self.position() * 3);
        let (digits, _) = rest.split_at(3);
        digits
    }

    /// What the first digit says: whether it worked, and whether trying again may help.
    ///
    /// Source: RFC 5321 section 4.2.1.
    ///
    /// ```
    /// # use codes_core::{Class, ReplyCode};
    /// assert_eq!(ReplyCode::START_MAIL_INPUT.class(), Class::PositiveIntermediate);
    /// assert_eq!(ReplyCode::new(699).map(ReplyCode::class), Some(Class::Other));
    /// ```
    #[must_use]
    pub const fn class(self) -> Class {
        Class::__of_digit((self.get() / 100) as u8)
    }

    /// What the second digit says: what the reply is about.
    ///
    /// Source: RFC 5321 section 4.2.1.
    ///
    /// ```
    /// # use codes_core::{Category, ReplyCode};
    /// assert_eq!(ReplyCode::START_MAIL_INPUT.category(), Category::MailSystem);
    /// ```
    #[must_use]
    pub const fn category(self) -> Category {
        Category::__of_digit((self.get() / 10 % 10) as u8)
    }

    /// Whether the first or the second digit is outside the grammar of RFC 5321 section 4.2.
    pub(crate) const fn is_unusual(self) -> bool {
        !__is_in_grammar((self.get() / 100) as u8, (self.get() / 10 % 10) as u8)
    }

    /// The place among all possible codes, 0 to 899.
    #[inline]
    pub(crate) const fn position(self) -> usize {
        self.get() as usize - 100
    }
}

impl fmt::Debug for ReplyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ReplyCode").field(&self.get()).finish()
    }
}

/// The number or text is no reply code: that has exactly three digits, 100 to 999.
///
/// ```
/// # use codes_core::ReplyCode;
/// let error = "35".parse::<ReplyCode>().expect_err("two digits");
/// assert_eq!(error.to_string(), "a reply code has exactly three digits, from 100 to 999");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidReplyCode(());

impl fmt::Display for InvalidReplyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("a reply code has exactly three digits, from 100 to 999")
    }
}

impl core::error::Error for InvalidReplyCode {}

impl TryFrom<u16> for ReplyCode {
    type Error = InvalidReplyCode;

    fn try_from(number: u16) -> Result<Self, InvalidReplyCode> {
        Self::new(number).ok_or(InvalidReplyCode(()))
    }
}

impl FromStr for ReplyCode {
    type Err = InvalidReplyCode;

    fn from_str(text: &str) -> Result<Self, InvalidReplyCode> {
        let digit = |byte: u8| byte.is_ascii_digit().then(|| u16::from(byte - b'0'));
        let number = match *text.as_bytes() {
            [a, b, c] => (|| Some(digit(a)? * 100 + digit(b)? * 10 + digit(c)?))(),
            _ => None,
        };
        number.and_then(Self::new).ok_or(InvalidReplyCode(()))
    }
}

impl From<ReplyCode> for u16 {
    fn from(code: ReplyCode) -> Self {
        code.get()
    }
}

impl PartialEq<u16> for ReplyCode {
    fn eq(&self, number: &u16) -> bool {
        self.get() == *number
    }
}

impl PartialEq<ReplyCode> for u16 {
    fn eq(&self, code: &ReplyCode) -> bool {
        *self == code.get()
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for ReplyCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.get())
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for ReplyCode {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = u16::deserialize(deserializer)?;
        Self::try_from(number).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exactly_the_numbers_of_three_digits_are_codes() {
        for number in 0..=u16::MAX {
            let code = ReplyCode::new(number);
            assert_eq!(code.is_some(), (100..=999).contains(&number), "{number}");
            if let Some(code) = code {
                assert_eq!(code.as_str(), number.to_string());
                assert_eq!(code.as_str().parse(), Ok(code));
                assert_eq!(u16::from(code), number);
            }
        }
    }

    #[test]
    fn text_that_is_no_code_is_refused() {
        for text in [
            "",
            "35",
            "099",
            "1000",
            "0354",
            "+54",
            "-54",
            " 354",
            "354 ",
            "35a",
            "３５４",
        ] {
            assert!(text.parse::<ReplyCode>().is_err(), "{text:?}");
        }
    }

    #[cfg(feature = "serde")]
    #[test]
    fn serialised_a_code_is_its_number() {
        let code = ReplyCode::new(354);
        assert_eq!(serde_json::to_string(&code).ok().as_deref(), Some("354"));
        assert_eq!(serde_json::from_str(" 599").ok(), ReplyCode::new(599));
        let error = serde_json::from_str::<ReplyCode>("99")
            .expect_err("two digits")
            .to_string();
        assert!(error.contains("three digits"), "{error}");
    }
}
