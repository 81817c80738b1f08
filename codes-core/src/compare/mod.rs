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
// Of our own table it holds no reference: that would link all texts into a program that uses two codes.
#[derive(Clone, Copy)]
pub struct Subject {
    code: ReplyCode,
    info: Option<&'static CodeInfo>,
    /// The table that it comes from, unless that is ours.
    private: Option<&'static Table>,
}

impl Subject {
    const UNKNOWN: Self = Self {
        code: ReplyCode::LOWEST,
        info: None,
        private: None,
    };

    /// A code with what its table says about it, also in a `const`.
    ///
    /// ```
    /// use codes_core::{Smtp354, Subject};
    ///
    /// const CODE: Subject = Subject::of(Smtp354::INFO);
    /// assert_eq!(CODE.to_string(), "354 Start Mail Input");
    /// ```
    #[must_use]
    pub const fn of(info: &'static CodeInfo) -> Self {
        Self {
            code: info.code(),
            info: Some(info),
            private: info.private(),
        }
    }

    pub(crate) const fn in_table(code: ReplyCode, table: &'static Table) -> Self {
        Self {
            code,
            info: table.get(code),
            private: match table.base() {
                Some(_) => Some(table),
                None => None,
            },
        }
    }

    /// A number that its own table does not have may be a code of the other's.
    const fn known_to(self, other: &Self) -> Self {
        match (self.info, other.private) {
            (None, Some(table)) => Self {
                info: table.own(self.code),
                private: Some(table),
                ..self
            },
            (None, None) => Self {
                private: None,
                ..self
            },
            (Some(_), _) => self,
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

    pub(crate) const fn facts(&self) -> Option<&'static Facts> {
        match self.info {
            Some(info) => Some(info.facts()),
            None => None,
        }
    }

    pub(crate) const fn presence(&self) -> &'static Presence {
        match self.facts() {
            Some(facts) => &facts.presence,
            None => &Presence::NOWHERE,
        }
    }
}

impl<T: TypedCode> From<T> for Subject {
    fn from(_: T) -> Self {
        Self::of(T::INFO)
    }
}

impl From<ReplyCode> for Subject {
    fn from(code: ReplyCode) -> Self {
        Self {
            code,
            info: code.info(),
            private: None,
        }
    }
}

impl From<&'static CodeInfo> for Subject {
    fn from(info: &'static CodeInfo) -> Self {
        Self::of(info)
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
///
/// Of two typed codes the compiler makes the comparison, in [`Comparison::of`], so a program that
/// compares these links the texts of these, and one remark. A number that is known at run time alone
/// may be any, so all texts are linked.
pub fn compare<L: Comparable, R: Comparable>(left: L, right: R) -> Comparison {
    // Decided while this is compiled for the two types, whatever the optimisation: of the two ways the
    // other one leaves nothing behind.
    if const { L::KNOWN.is_some() && R::KNOWN.is_some() } {
        const {
            match (L::KNOWN, R::KNOWN) {
                (Some(left), Some(right)) => Comparison::new(left, right),
                // Not panic: the compiler may evaluate what it does not use.
                _ => Comparison::new(Subject::UNKNOWN, Subject::UNKNOWN),
            }
        }
    } else {
        Comparison::new(left.into(), right.into())
    }
}

/// What [`compare()`] takes: a typed code, a [`ReplyCode`], a [`CodeInfo`] or a [`Subject`].
///
/// A type of your own that can be turned into a [`Subject`] may have it too:
///
/// ```
/// use codes_core::{Comparable, ReplyCode, Smtp550, Subject, compare};
///
/// struct Logged {
///     code: ReplyCode,
/// }
///
/// impl From<Logged> for Subject {
///     fn from(logged: Logged) -> Self {
///         logged.code.into()
///     }
/// }
///
/// impl Comparable for Logged {}
///
/// let logged = Logged { code: ReplyCode::MAILBOX_UNAVAILABLE };
/// assert!(compare(logged, Smtp550).differences().next().is_none());
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no reply code that can be compared",
    note = "`compare` takes typed codes such as `Smtp354`, a `ReplyCode`, a `&'static CodeInfo` or a `Subject`"
)]
pub trait Comparable: Into<Subject> {
    /// The code, where the type says which one it is.
    #[doc(hidden)]
    const KNOWN: Option<Subject> = None;
}

impl<T: TypedCode> Comparable for T {
    const KNOWN: Option<Subject> = Some(Subject::of(T::INFO));
}

impl Comparable for ReplyCode {}
impl Comparable for &'static CodeInfo {}
impl Comparable for Subject {}

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
#[derive(Clone, Copy)]
pub struct Comparison {
    left: Subject,
    right: Subject,
    /// What a person wrote about the two.
    pair: Option<&'static PairFacts>,
}

impl Comparison {
    /// Compares two codes, also in a `const`. A number that its own table does not have may be a code of
    /// the other's.
    ///
    /// ```
    /// use codes_core::{Comparison, ReplyCode, Smtp354, Subject, TABLE};
    ///
    /// const LEFT: Subject = TABLE.subject(ReplyCode::MAILBOX_BUSY);
    /// const BOTH: Comparison = Comparison::new(LEFT, Subject::of(Smtp354::INFO));
    /// assert_eq!(BOTH.left().code(), 450);
    /// ```
    #[must_use]
    pub const fn new(left: Subject, right: Subject) -> Self {
        let (left, right) = (left.known_to(&right), right.known_to(&left));
        Self {
            left,
            right,
            pair: pair(&left, &right),
        }
    }

    /// Compares two typed codes, also in a `const`.
    ///
    /// ```
    /// use codes_core::{Comparison, Relation, Smtp354, Smtp521};
    ///
    /// const BOTH: Comparison = Comparison::of::<Smtp354, Smtp521>();
    /// const RELATION: Relation = BOTH.relation();
    /// const _: () = assert!(BOTH.remark().is_some());
    /// assert_eq!(RELATION, Relation::Apart);
    /// ```
    #[must_use]
    pub const fn of<L: TypedCode, R: TypedCode>() -> Self {
        const { Self::new(Subject::of(L::INFO), Subject::of(R::INFO)) }
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
    pub const fn relation(&self) -> Relation {
        relation::relation(self)
    }

    /// Where they meet: for alternatives the points at which either may come, for a sequence the
    /// steps from one to the other; else nothing.
    pub fn meet_at(&self) -> impl Iterator<Item = Meeting> + Clone {
        relation::meet_at(self)
    }

    /// Which of the two may come at the step after the other.
    #[must_use]
    pub const fn follows(&self) -> Follows {
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
    pub const fn remark(&self) -> Option<&'static str> {
        match self.pair {
            Some(pair) => Some(pair.remark),
            None => None,
        }
    }

    /// What a person wrote on when to use which, where the pair deserves it.
    #[must_use]
    pub const fn choose(&self) -> Option<&'static str> {
        match self.pair {
            Some(pair) => Some(pair.choose),
            None => None,
        }
    }

    /// The sources of [`remark`](Self::remark) and [`choose`](Self::choose).
    #[must_use]
    pub const fn source(&self) -> Option<&'static str> {
        match self.pair {
            Some(pair) => pair.source,
            None => None,
        }
    }

    /// Writes the whole comparison, block by block.
    ///
    /// # Errors
    ///
    /// When the page cannot be written.
    pub fn write_to(&self, page: &mut dyn Page) -> fmt::Result {
        text::write(self, page)
    }
}

/// What is said about two codes by a private table that one of them comes from, or else by ours.
const fn pair(left: &Subject, right: &Subject) -> Option<&'static PairFacts> {
    let (low, high) = match left.code.get() <= right.code.get() {
        true => (left, right),
        false => (right, left),
    };
    if let Some(table) = low.private
        && let Some(pair) = table.own_pair(low, high)
    {
        return Some(pair);
    }
    if let Some(table) = high.private
        && let Some(pair) = table.own_pair(low, high)
    {
        return Some(pair);
    }
    match (low.info, high.info) {
        (Some(one), Some(other)) if one.private().is_none() && other.private().is_none() => {
            generated::pair(low.code.get(), high.code.get())
        }
        _ => None,
    }
}

impl fmt::Debug for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Comparison")
            .field("left", &self.left)
            .field("right", &self.right)
            .finish()
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_to(&mut Plain::new(f))
    }
}
