//! Two codes side by side: composed from the facts of both, never stored pair by pair.

mod choice;
mod difference;
mod opening;
mod relation;
mod text;

use core::fmt;

use crate::code::ReplyCode;
use crate::generated;
use crate::page::{Page, Plain};
use crate::presence::Presence;
use crate::table::{CodeInfo, Facts, PairFacts, Table, TypedCode};

pub use difference::{Aspect, Difference, Points, Side};
pub use relation::{Follows, Meeting, Relation};

/// A code that is compared or explained, together with the table that it comes from.
///
/// Made from a typed code, a [`ReplyCode`] or a [`CodeInfo`]; a code of a private table keeps what
/// that table says about it. `{}` prints `354 Start Mail Input`, `{:#}` the whole explanation, also
/// for a number that no table has.
///
/// ```
/// use codes_core::{ReplyCode, Smtp354, Subject};
///
/// assert_eq!(Subject::from(Smtp354).to_string(), "354 Start Mail Input");
/// let unknown = Subject::from(ReplyCode::new(999).expect("three digits"));
/// assert_eq!(unknown.to_string(), "999");
/// assert!(format!("{unknown:#}").contains("in no table"));
/// ```
#[derive(Clone, Copy)]
pub struct Subject {
    code: ReplyCode,
    info: Option<&'static CodeInfo>,
    table: &'static Table,
}

impl Subject {
    pub(crate) const fn in_table(code: ReplyCode, table: &'static Table) -> Self {
        Self {
            code,
            info: table.get(code),
            table,
        }
    }

    const fn known_to(self, other: &Self) -> Self {
        match self.info {
            None => Self::in_table(self.code, other.table),
            Some(_) => self,
        }
    }

    /// The code.
    #[must_use]
    pub const fn code(&self) -> ReplyCode {
        self.code
    }

    /// What its table knows about it; `None` for a number that the table does not have.
    #[must_use]
    pub const fn info(&self) -> Option<&'static CodeInfo> {
        self.info
    }

    /// Writes the whole explanation, block by block.
    ///
    /// # Errors
    ///
    /// When the page cannot be written.
    pub fn write_to(&self, page: &mut dyn Page) -> fmt::Result {
        match self.facts() {
            Some(facts) => crate::explain::known(facts, page),
            None => crate::explain::unknown(self.code, page),
        }
    }

    pub(crate) fn facts(&self) -> Option<&'static Facts> {
        self.info.map(CodeInfo::facts)
    }

    pub(crate) fn presence(&self) -> Presence {
        self.facts().map(Presence::of).unwrap_or_default()
    }
}

impl<T: TypedCode> From<T> for Subject {
    fn from(_: T) -> Self {
        Self::from(T::INFO)
    }
}

impl From<ReplyCode> for Subject {
    fn from(code: ReplyCode) -> Self {
        Self::in_table(code, &generated::TABLE)
    }
}

impl From<&'static CodeInfo> for Subject {
    fn from(info: &'static CodeInfo) -> Self {
        Self {
            code: info.code(),
            info: Some(info),
            table: info.table(),
        }
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Subject")
            .field(&format_args!("{self}"))
            .finish()
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.facts() {
            _ if f.alternate() => self.write_to(&mut Plain::new(f)),
            Some(facts) => f.pad(facts.title),
            None => f.pad(self.code.as_str()),
        }
    }
}

/// Compares two codes: known, unknown or private, in this order.
///
/// ```
/// use codes_core::{Relation, Smtp354, Smtp521, compare};
///
/// let both = compare(Smtp354, Smtp521);
/// assert_eq!(both.relation(), Relation::Apart);
/// assert!(both.to_string().starts_with("354 Start Mail Input and 521 Host Does Not Accept Mail"));
/// ```
pub fn compare(left: impl Into<Subject>, right: impl Into<Subject>) -> Comparison {
    Comparison::new(left.into(), right.into())
}

/// Two codes side by side, with what is known about them together.
///
/// It keeps its order: the comparison of 521 with 354 says the same as that of 354 with 521, with
/// the sides exchanged. `{}` prints all of it as a text.
///
/// ```
/// use codes_core::{Aspect, Smtp450, Smtp550, Relation, compare};
///
/// let both = compare(Smtp450, Smtp550);
/// assert_eq!(both.relation(), Relation::Alternatives);
/// assert!(both.meet_at().any(|point| point.to_string() == "RCPT"));
/// assert!(both.differences().any(|fact| fact.aspect() == Aspect::Class));
/// assert!(both.remark().is_some());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Comparison {
    left: Subject,
    right: Subject,
}

impl Comparison {
    /// A code that its own table does not have may be one of the other's.
    pub(crate) const fn new(left: Subject, right: Subject) -> Self {
        Self {
            left: left.known_to(&right),
            right: right.known_to(&left),
        }
    }

    /// The first of the two.
    #[must_use]
    pub const fn left(&self) -> Subject {
        self.left
    }

    /// The second of the two.
    #[must_use]
    pub const fn right(&self) -> Subject {
        self.right
    }

    /// How the two stand to each other in a session.
    #[must_use]
    pub fn relation(&self) -> Relation {
        relation::relation(self)
    }

    /// Where they meet: for alternatives the points at which either may come, for a sequence the
    /// steps from one to the other; else nothing.
    pub fn meet_at(&self) -> impl Iterator<Item = Meeting> + Clone {
        relation::meet_at(self)
    }

    /// Which of the two may come at the step after the other.
    #[must_use]
    pub fn follows(&self) -> Follows {
        relation::follows(self)
    }

    /// What differs, one fact at a time; facts that are not known of both are left out.
    pub fn differences(&self) -> impl Iterator<Item = Difference> + Clone {
        let both = *self;
        Aspect::ALL
            .iter()
            .filter_map(move |&aspect| Difference::between(&both, aspect))
    }

    /// What a person wrote to tell the two apart, where the pair deserves it.
    #[must_use]
    pub fn remark(&self) -> Option<&'static str> {
        self.pair().map(|pair| pair.remark)
    }

    /// What a person wrote on when to use which, where the pair deserves it.
    #[must_use]
    pub fn choose(&self) -> Option<&'static str> {
        self.pair().map(|pair| pair.choose)
    }

    /// The sources of [`remark`](Self::remark) and [`choose`](Self::choose).
    #[must_use]
    pub fn source(&self) -> Option<&'static str> {
        self.pair().and_then(|pair| pair.source)
    }

    /// Writes the whole comparison, block by block.
    ///
    /// # Errors
    ///
    /// When the page cannot be written.
    pub fn write_to(&self, page: &mut dyn Page) -> fmt::Result {
        text::write(self, page)
    }

    fn pair(&self) -> Option<&'static PairFacts> {
        let (left, right) = (&self.left, &self.right);
        let here = left.table.pair(left, right);
        here.or_else(|| right.table.pair(left, right))
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(&mut Plain::new(f))
    }
}
