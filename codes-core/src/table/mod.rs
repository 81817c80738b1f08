//! What is known about codes, and the tables that know it.

mod info;
mod lookup;
mod pair;
mod presence;
mod subject;
mod typed;

use core::fmt;

use crate::code::ReplyCode;
use crate::generated::codes::{ENHANCED, TITLES, pair as known_pair};

pub use crate::generated::codes::TABLE;
pub use info::{CodeInfo, Facts};
pub use pair::PairFacts;
pub use presence::Presence;
pub(crate) use presence::{Steps, leads_to};
pub use subject::Subject;
pub use typed::{Sealed, TypedCode};

/// What a table knows of each possible code, so that a look-up at run time is one load: the numbers
/// in use are too few for the compiler to make that of a `match`.
#[doc(hidden)]
pub struct Index([Option<&'static CodeInfo>; 900]);

impl Index {
    pub const EMPTY: Self = Self([None; 900]);

    /// Done at compile time.
    pub const fn add(&mut self, info: Option<&'static CodeInfo>) {
        if let Some(info) = info {
            self.0[info.code().position()] = Some(info);
        }
    }
}

/// A table of reply codes: [`TABLE`](crate::TABLE) is ours, `smtp_codes!` makes others beside it.
///
/// ```
/// use codes_core::{ReplyCode, TABLE};
///
/// let info = TABLE.get(ReplyCode::START_MAIL_INPUT).expect("354 is in the table");
/// assert_eq!(info.code(), 354);
/// let transient = TABLE.iter().filter(|info| info.code().get() / 100 == 4).count();
/// assert!(transient > 0 && transient < TABLE.len());
/// ```
pub struct Table {
    codes: &'static [&'static CodeInfo],
    index: &'static Index,
    /// Only what is not ours has an identity and its own pairs.
    private: Option<Private>,
}

/// What a table of private codes has beside its codes.
struct Private {
    /// Tells this table from all others, where addresses cannot: in `const`.
    id: u64,
    pairs: &'static [PairFacts],
}

impl Table {
    #[doc(hidden)]
    #[must_use]
    pub const fn __ours(codes: &'static [&'static CodeInfo], index: &'static Index) -> Self {
        Self {
            codes,
            index,
            private: None,
        }
    }

    /// `place` is that of the call in its program.
    #[doc(hidden)]
    #[must_use]
    pub const fn __private(
        place: &str,
        codes: &'static [&'static CodeInfo],
        index: &'static Index,
        pairs: &'static [PairFacts],
    ) -> Self {
        // FNV-1a, 64 bits.
        let mut id = 0xcbf2_9ce4_8422_2325_u64;
        let mut rest = place.as_bytes();
        while let Some((byte, others)) = rest.split_first() {
            id = (id ^ *byte as u64).wrapping_mul(0x100_0000_01b3);
            rest = others;
        }
        Self {
            codes,
            index,
            private: Some(Private { id, pairs }),
        }
    }

    /// What is known about a code, here or else in the table that this one adds to.
    #[must_use]
    pub const fn get(&self, code: ReplyCode) -> Option<&'static CodeInfo> {
        match (self.own(code), &self.private) {
            (None, Some(_)) => code.info(),
            (own, _) => own,
        }
    }

    /// What this very table says about a code, without the one that it adds to.
    #[must_use]
    #[inline]
    pub const fn own(&self, code: ReplyCode) -> Option<&'static CodeInfo> {
        self.index.0[code.position()]
    }

    /// The codes of this very table, in ascending order.
    pub fn iter(&self) -> Codes {
        Codes(self.codes.iter())
    }

    /// How many codes this very table has.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether it has none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The table that this one adds to; `None` for ours.
    #[must_use]
    pub const fn base(&self) -> Option<&'static Table> {
        match self.private {
            Some(_) => Some(&TABLE),
            None => None,
        }
    }

    pub(crate) const fn private_pairs(&self) -> &'static [PairFacts] {
        match &self.private {
            Some(private) => private.pairs,
            None => &[],
        }
    }

    /// Whether the two are one.
    pub(crate) const fn is(&self, other: &Self) -> bool {
        match (&self.private, &other.private) {
            (Some(own), Some(other)) => own.id == other.id,
            (None, None) => true,
            _ => false,
        }
    }

    /// The code as this table knows it, for a comparison.
    ///
    /// ```
    /// use codes_core::{ReplyCode, TABLE};
    ///
    /// let subject = TABLE.subject(ReplyCode::START_MAIL_INPUT);
    /// assert_eq!(subject.to_string(), "354 Start Mail Input");
    /// ```
    #[must_use]
    pub const fn subject(&'static self, code: ReplyCode) -> Subject {
        Subject::in_table(code, self)
    }
}

// Not the codes themselves: that would be all texts.
impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Table")
            .field("codes", &self.len())
            .finish_non_exhaustive()
    }
}

impl IntoIterator for &Table {
    type Item = &'static CodeInfo;
    type IntoIter = Codes;

    fn into_iter(self) -> Codes {
        self.iter()
    }
}

/// The codes of a [`Table`], in ascending order; made by [`Table::iter`].
#[derive(Debug, Clone)]
pub struct Codes(core::slice::Iter<'static, &'static CodeInfo>);

impl Iterator for Codes {
    type Item = &'static CodeInfo;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().copied()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl DoubleEndedIterator for Codes {
    fn next_back(&mut self) -> Option<Self::Item> {
        self.0.next_back().copied()
    }
}

impl ExactSizeIterator for Codes {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_up_finds_exactly_the_codes_of_the_table() {
        let mut found = 0;
        for number in 100..=999 {
            let code = ReplyCode::new(number).expect("three digits");
            if let Some(info) = crate::TABLE.get(code) {
                assert_eq!(info.code(), code);
                found += 1;
            }
        }
        assert_eq!(found, crate::TABLE.len());
    }
}
