//! What is known about a code, and the table of all codes.

use core::fmt;

use crate::code::{Category, Class, ReplyCode};
use crate::command::CommandReply;
use crate::compare::{Comparison, Subject};
use crate::enhanced::EnumeratedCode;
use crate::facts::{Connection, NextActor, Retry, Scope, Standing};
use crate::presence::Presence;

/// What the data file says about one code. Only the macro builds it.
#[doc(hidden)]
pub struct Facts {
    pub code: ReplyCode,
    /// `354 Start Mail Input`
    pub title: &'static str,
    pub phrase: Option<&'static str>,
    pub standing: Standing,
    pub extensions: &'static [&'static str],
    pub specs: &'static [&'static str],
    pub description: &'static str,
    pub when: &'static str,
    pub fix: &'static str,
    pub connection: Connection,
    pub next_actor: NextActor,
    pub retry: Retry,
    /// What it is about, where that is the same wherever it comes.
    pub scope: Option<Scope>,
    pub followed_by: &'static [ReplyCode],
    pub enhanced: &'static [EnumeratedCode],
    pub see_also: &'static [ReplyCode],
    pub commands: &'static [CommandReply],
    pub presence: Presence,
    /// By the rows of RFCs alone, where there are any.
    pub in_rfcs: Presence,
}

/// Everything that a table knows about one reply code.
///
/// `{}` prints `354 Start Mail Input`, `{:#}` the whole explanation.
///
/// ```
/// use codes_core::{ReplyCode, Standing};
///
/// let info = ReplyCode::START_MAIL_INPUT.info().expect("354 is in the table");
/// assert_eq!(info.phrase(), Some("Start mail input; end with <CRLF>.<CRLF>"));
/// assert_eq!(info.standing(), Standing::Standard);
/// assert!(info.description().contains("DATA"));
/// ```
// A code of ours does not point to its table, so that a program which uses one typed code does not
// link the texts of all the others.
#[derive(Clone, Copy)]
pub struct CodeInfo {
    facts: &'static Facts,
    private: Option<&'static Table>,
}

impl CodeInfo {
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(facts: &'static Facts, private: Option<&'static Table>) -> Self {
        Self { facts, private }
    }

    /// The code.
    #[must_use]
    pub const fn code(&self) -> ReplyCode {
        self.facts.code
    }

    /// Its name, at most six words: `Start Mail Input`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.facts.name()
    }

    /// The words of the RFC for it, where one has a fixed phrase.
    #[must_use]
    pub const fn phrase(&self) -> Option<&'static str> {
        self.facts.phrase
    }

    /// What its first digit says.
    #[must_use]
    pub const fn class(&self) -> Class {
        self.code().class()
    }

    /// What its second digit says.
    #[must_use]
    pub const fn category(&self) -> Category {
        self.code().category()
    }

    /// Where it stands in the world of standards.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        self.facts.standing
    }

    /// The extensions that define it or give it a meaning of its own: `AUTH`.
    #[must_use]
    pub const fn extensions(&self) -> &'static [&'static str] {
        self.facts.extensions
    }

    /// The documents that define it: `RFC 5321 section 4.2.3`. Empty where no RFC does.
    #[must_use]
    pub const fn specs(&self) -> &'static [&'static str] {
        self.facts.specs
    }

    /// What the server asserts by it.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        self.facts.description
    }

    /// At which point of a session one meets it, and from what kind of server.
    #[must_use]
    pub const fn when(&self) -> &'static str {
        self.facts.when
    }

    /// What to do about it, step by step.
    #[must_use]
    pub const fn fix(&self) -> &'static str {
        self.facts.fix
    }

    /// What happens to the connection after it.
    #[must_use]
    pub const fn connection(&self) -> Connection {
        self.facts.connection
    }

    /// Who has to move next.
    #[must_use]
    pub const fn next_actor(&self) -> NextActor {
        self.facts.next_actor
    }

    /// Whether and how to try again.
    #[must_use]
    pub const fn retry(&self) -> Retry {
        self.facts.retry
    }

    /// The replies that may come at the step after it, in ascending order. For an error they are
    /// given only where an RFC names the next command.
    #[must_use]
    pub const fn followed_by(&self) -> &'static [ReplyCode] {
        self.facts.followed_by
    }

    /// The enhanced status codes that go with it, by the registry or as they are seen, in ascending
    /// order. Their class is the first digit of the reply code (RFC 2034 section 4):
    /// [`ReplyCode::enhanced_codes`] has them with it.
    ///
    /// ```
    /// use codes_core::{EnumeratedCode, Smtp552};
    ///
    /// assert!(Smtp552.info().enhanced().contains(&EnumeratedCode::MAILBOX_FULL));
    /// ```
    #[must_use]
    pub const fn enhanced(&self) -> &'static [EnumeratedCode] {
        self.facts.enhanced
    }

    /// The codes it is often mixed up with, in ascending order.
    #[must_use]
    pub const fn see_also(&self) -> &'static [ReplyCode] {
        self.facts.see_also
    }

    /// Where a server may say it, in the order of a session.
    #[must_use]
    pub const fn commands(&self) -> &'static [CommandReply] {
        self.facts.commands
    }

    /// The table that it comes from.
    #[must_use]
    pub const fn table(&self) -> &'static Table {
        match self.private {
            Some(table) => table,
            None => &crate::TABLE,
        }
    }

    /// The table that it comes from, unless that is ours.
    pub(crate) const fn private(&self) -> Option<&'static Table> {
        self.private
    }

    pub(crate) const fn facts(&self) -> &'static Facts {
        self.facts
    }
}

impl Facts {
    /// The title without the number and the space.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.title.split_at(4).1
    }

    /// What `Display` does for whatever has these facts.
    ///
    /// # Errors
    ///
    /// When the formatter cannot be written to.
    pub fn fmt(&'static self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            crate::explain::write_plain(self, f)
        } else {
            f.pad(self.title)
        }
    }
}

impl fmt::Display for CodeInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.facts.fmt(f)
    }
}

impl fmt::Debug for CodeInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CodeInfo").field(&self.facts.title).finish()
    }
}

impl PartialEq for CodeInfo {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.facts, other.facts)
    }
}

impl Eq for CodeInfo {}

/// A reply code as a type of its own, such as [`Smtp354`](crate::Smtp354).
///
/// Makes code possible that is generic over a code. Only `smtp_codes!` implements it.
///
/// ```
/// use codes_core::{Smtp354, TypedCode};
///
/// fn number<T: TypedCode>(_: T) -> u16 {
///     T::CODE.get()
/// }
/// assert_eq!(number(Smtp354), 354);
/// ```
pub trait TypedCode: crate::__private::Sealed + Copy + fmt::Debug + fmt::Display + 'static {
    /// The code.
    const CODE: ReplyCode;
    /// What its table knows about it.
    const INFO: &'static CodeInfo;
}

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

/// What is said about two codes together.
#[doc(hidden)]
pub struct PairFacts {
    /// The lower number first.
    pub codes: (u16, u16),
    pub remark: &'static str,
    pub choose: &'static str,
    pub source: Option<&'static str>,
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
            Some(_) => Some(&crate::TABLE),
            None => None,
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

    /// Compares two codes as this table knows them.
    ///
    /// ```
    /// use codes_core::{ReplyCode, Relation, TABLE};
    ///
    /// let both = TABLE.compare(ReplyCode::START_MAIL_INPUT, ReplyCode::HOST_DOES_NOT_ACCEPT_MAIL);
    /// assert_eq!(both.relation(), Relation::Apart);
    /// ```
    #[must_use]
    pub const fn compare(&'static self, left: ReplyCode, right: ReplyCode) -> Comparison {
        Comparison::new(self.subject(left), self.subject(right))
    }

    /// What a private table itself says about two codes together, the lower number first. It is about
    /// the codes as they are known there, not about those of another table with the same numbers.
    pub(crate) const fn own_pair(
        &self,
        low: &Subject,
        high: &Subject,
    ) -> Option<&'static PairFacts> {
        let Some(Private { pairs, .. }) = &self.private else {
            return None;
        };
        if !self.means(low) || !self.means(high) {
            return None;
        }
        let mut rest: &'static [PairFacts] = pairs;
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
        match (self.own(subject.code()), info.private) {
            (Some(_), Some(table)) => self.is(table),
            (None, None) => true,
            _ => false,
        }
    }

    const fn is(&self, other: &Self) -> bool {
        match (&self.private, &other.private) {
            (Some(own), Some(other)) => own.id == other.id,
            (None, None) => true,
            _ => false,
        }
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
