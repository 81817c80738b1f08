//! Two codes side by side: composed from the facts of both, never stored pair by pair.

mod choice;
mod difference;
mod opening;
mod relation;
mod text;

use core::fmt;

use crate::code::ReplyCode;
use crate::pad::pad;
use crate::page::{Page, Plain};
use crate::table::{CodeInfo, PairFacts, Table, TypedCode};

pub use crate::table::Subject;
pub use difference::{Aspect, Difference, Points, Side};
pub use relation::{Follows, Meeting, Relation};

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
    /// const LEFT: Subject = TABLE.subject(ReplyCode::MAILBOX_TEMPORARILY_UNAVAILABLE);
    /// const BOTH: Comparison = Comparison::new(LEFT, Subject::of(Smtp354::INFO));
    /// assert_eq!(BOTH.left().code(), 450);
    /// ```
    #[must_use]
    pub const fn new(left: Subject, right: Subject) -> Self {
        let (left, right) = (left.known_to(&right), right.known_to(&left));
        Self {
            left,
            right,
            pair: PairFacts::about(&left, &right),
        }
    }

    /// Compares two typed codes, also in a `const`.
    ///
    /// ```
    /// use codes_core::compare::{Comparison, Follows, Relation};
    /// use codes_core::{Smtp354, Smtp521};
    ///
    /// const BOTH: Comparison = Comparison::of::<Smtp354, Smtp521>();
    /// const RELATION: Relation = BOTH.relation();
    /// const _: () = assert!(BOTH.remark().is_some() && BOTH.choose().is_some());
    /// const _: () = assert!(matches!(BOTH.follows(), Follows::Neither));
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

impl Table {
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
        pad(f, &|f| self.write_to(&mut Plain::new(f)))
    }
}
