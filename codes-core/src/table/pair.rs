//! What is said about two codes together.

use super::{Subject, Table, known_pair};

/// What is said about two codes together.
#[doc(hidden)]
pub struct PairFacts {
    /// The lower number first.
    pub codes: (u16, u16),
    pub remark: &'static str,
    pub choose: &'static str,
    pub source: Option<&'static str>,
}

impl PairFacts {
    /// About two codes as they are known: by a private table that one of them comes from, or else by ours.
    pub(crate) const fn about(left: &Subject, right: &Subject) -> Option<&'static Self> {
        let (low, high) = match left.code().get() <= right.code().get() {
            true => (left, right),
            false => (right, left),
        };
        if let Some(table) = low.private()
            && let Some(pair) = table.pair(low, high)
        {
            return Some(pair);
        }
        if let Some(table) = high.private()
            && let Some(pair) = table.pair(low, high)
        {
            return Some(pair);
        }
        match (low.info(), high.info()) {
            (Some(one), Some(other)) if one.private().is_none() && other.private().is_none() => {
                known_pair(low.code().get(), high.code().get())
            }
            _ => None,
        }
    }
}

impl Table {
    /// What a private table itself says. It is about the codes as they are known there, not about those of
    /// another table with the same numbers.
    const fn pair(&self, low: &Subject, high: &Subject) -> Option<&'static PairFacts> {
        if !self.means(low) || !self.means(high) {
            return None;
        }
        let mut rest = self.private_pairs();
        while let Some((pair, others)) = rest.split_first() {
            if pair.codes.0 == low.code().get() && pair.codes.1 == high.code().get() {
                return Some(pair);
            }
            rest = others;
        }
        None
    }

    /// Whether what is known of a code is what this table says about its number.
    const fn means(&self, subject: &Subject) -> bool {
        let Some(info) = subject.info() else {
            return false;
        };
        match (self.own(subject.code()), info.private()) {
            (Some(_), Some(table)) => self.is(table),
            (None, None) => true,
            _ => false,
        }
    }
}
