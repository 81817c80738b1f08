//! From a number or a name to what our table knows.

use core::fmt;

use super::{CodeInfo, ENHANCED, TABLE, TITLES};
use crate::code::ReplyCode;
use crate::enhanced::{EnhancedClass, EnhancedCode};

impl ReplyCode {
    /// What [`TABLE`](crate::TABLE) knows about the code; `None` for a number that it does not have.
    ///
    /// ```
    /// # use codes_core::ReplyCode;
    /// let info = ReplyCode::START_MAIL_INPUT.info().expect("354 is in the table");
    /// assert_eq!(info.name(), "Start Mail Input");
    /// assert!(ReplyCode::new(999).expect("three digits").info().is_none());
    /// ```
    #[must_use]
    #[inline]
    pub const fn info(self) -> Option<&'static CodeInfo> {
        TABLE.own(self)
    }

    /// The code of this name in [`TABLE`](crate::TABLE).
    ///
    /// Capitals do not matter, and the words may be joined by spaces, `_` or `-`, so that the name
    /// of the constant works too.
    ///
    /// ```
    /// # use codes_core::{ReplyCode, Smtp354};
    /// assert_eq!(ReplyCode::from_name("start mail input"), Some(Smtp354.code()));
    /// assert_eq!(ReplyCode::from_name("START_MAIL_INPUT"), Some(Smtp354.code()));
    /// assert_eq!(ReplyCode::from_name("no such name"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let fold = |byte: u8| match byte {
            b'_' | b'-' => b' ',
            other => other.to_ascii_lowercase(),
        };
        let is_same = |known: &str| {
            for (at, byte) in name.bytes().enumerate() {
                if fold(byte) != fold(known.as_bytes()[at]) {
                    return false;
                }
            }
            true
        };
        for title in &TITLES {
            let (number, known) = title.split_at(4);
            if known.len() == name.len() && is_same(known) {
                return number[..3].parse().ok();
            }
        }
        None
    }

    /// `354 Start Mail Input`, for codes of our table.
    pub(crate) const fn title(self) -> Option<&'static str> {
        match self.place() {
            Some(at) => Some(TITLES[at]),
            None => None,
        }
    }

    /// Where our table has it, in ascending order; for what does without the texts.
    pub(crate) const fn place(self) -> Option<usize> {
        let (mut low, mut high) = (0, TITLES.len());
        while low < high {
            let middle = low.midpoint(high);
            let title = TITLES[middle].as_bytes();
            let mut number = 0;
            let mut at = 0;
            while at < 3 {
                number = number * 10 + (title[at] - b'0') as u16;
                at += 1;
            }
            if number == self.get() {
                return Some(middle);
            }
            if number < self.get() {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        None
    }

    /// The enhanced status codes that go with it, by the registry or as they are seen, in ascending
    /// order.
    ///
    /// Their class is the first digit of the reply code (RFC 2034 section 4), so there are none for a
    /// 3yz. Those that the registry gives to any code or to a whole class (see [`BasicCodes`](crate::BasicCodes)) are not
    /// among them, unless they are seen with this one.
    ///
    /// ```
    /// use codes_core::{EnumeratedCode, Smtp354, Smtp552};
    ///
    /// let full = EnumeratedCode::MAILBOX_FULL.permanent();
    /// assert!(Smtp552.code().enhanced_codes().any(|code| code == full));
    /// assert!(full.reply_codes().any(|code| code == Smtp552));
    /// assert_eq!(Smtp354.code().enhanced_codes().count(), 0);
    /// ```
    pub fn enhanced_codes(self) -> impl Iterator<Item = EnhancedCode> + Clone + use<> {
        let class = EnhancedClass::of(self);
        let codes = self.place().map_or(&[][..], |at| ENHANCED[at]);
        class
            .into_iter()
            .flat_map(|class| codes.iter().map(move |code| code.with_class(class)))
    }
}

impl fmt::Display for ReplyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self.title() {
            Some(title) => title,
            None => self.as_str(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_and_the_unknown_print() {
        assert_eq!(format!("{:>22}", crate::Smtp354), "  354 Start Mail Input");
        assert_eq!(
            ReplyCode::new(999).map(|code| code.to_string()),
            Some("999".into())
        );
        assert_eq!(format!("{:?}", crate::Smtp354.code()), "ReplyCode(354)");
    }

    #[test]
    fn every_name_leads_back_to_its_code() {
        for info in &crate::TABLE {
            assert_eq!(ReplyCode::from_name(info.name()), Some(info.code()));
            assert_eq!(
                ReplyCode::from_name(&info.name().to_uppercase()),
                Some(info.code())
            );
        }
    }
}
