//! What differs between two codes, one fact at a time.

use core::fmt;

use super::Comparison;
use super::relation::is_no_reply;
use crate::code::ReplyCode;
use crate::labels;
use crate::pad::pad;
use crate::prose::clause;
use crate::session::Command;
use crate::table::{Facts, Subject};
use crate::vocabulary::{Category, Class, Connection, NextActor, Retry, Standing};
use crate::word::words;

words!(
    /// A fact by which two codes can differ.
    ///
    /// ```
    /// use codes_core::{Aspect, Smtp354, Smtp521, compare};
    ///
    /// let aspects: Vec<_> = compare(Smtp354, Smtp521).differences().map(|fact| fact.aspect()).collect();
    /// assert!(aspects.contains(&Aspect::Connection));
    /// assert!(!aspects.contains(&Aspect::Standing));
    /// ```
    Aspect {
        /// What the first digit says.
        Class = "class",
        /// What the second digit says.
        Category = "category",
        /// Where in a session it comes.
        Commands = "commands",
        /// What happens to the connection.
        Connection = "connection",
        /// Who moves next.
        NextActor = "next-actor",
        /// Whether and how to try again.
        Retry = "retry",
        /// Which replies may come after it.
        FollowedBy = "followed-by",
        /// Where it stands in the world of standards.
        Standing = "standing",
        /// Which extensions use it.
        Extensions = "extensions",
    }
);

impl Aspect {
    /// A short heading: `Who acts`.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Class => labels::CLASS,
            Self::Category => labels::CATEGORY,
            Self::Commands => labels::PLACE,
            Self::Connection => labels::CONNECTION,
            Self::NextActor => labels::NEXT_ACTOR,
            Self::Retry => labels::RETRY,
            Self::FollowedBy => labels::FOLLOWED_BY,
            Self::Standing => labels::STANDING,
            Self::Extensions => labels::EXTENSIONS,
        }
    }
}

/// One side of a [`Difference`]: the fact as it is for that code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Side {
    /// For [`Aspect::Class`].
    Class(Class),
    /// For [`Aspect::Category`].
    Category(Category),
    /// For [`Aspect::Commands`]: the points and groups at which the code may come, in the order of
    /// a session.
    Commands(Points),
    /// For [`Aspect::Connection`].
    Connection(Connection),
    /// For [`Aspect::NextActor`].
    NextActor(NextActor),
    /// For [`Aspect::Retry`].
    Retry(Retry),
    /// For [`Aspect::FollowedBy`].
    FollowedBy(&'static [ReplyCode]),
    /// For [`Aspect::Standing`].
    Standing(Standing),
    /// For [`Aspect::Extensions`].
    Extensions(&'static [&'static str]),
}

/// The points of a session at which a code may come, groups of commands as such.
///
/// ```
/// use codes_core::{Smtp354, Side, Aspect, Smtp521, compare};
///
/// let place = compare(Smtp354, Smtp521).differences().find(|fact| fact.aspect() == Aspect::Commands);
/// let Some(Side::Commands(points)) = place.map(|fact| fact.left()) else { panic!() };
/// assert!(points.iter().map(|point| point.name()).eq(["DATA"]));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Points(crate::session::CommandSet);

impl Points {
    /// The points, in the order of a session.
    pub fn iter(&self) -> impl Iterator<Item = Command> + Clone + use<> {
        self.0.iter()
    }
}

/// One fact that is not the same for two codes.
///
/// `{}` prints it as a sentence:
///
/// ```
/// use codes_core::{Smtp354, Smtp421, compare, Aspect};
///
/// let both = compare(Smtp354, Smtp421);
/// let fact = both.differences().find(|fact| fact.aspect() == Aspect::Connection);
/// assert_eq!(
///     fact.expect("421 closes").to_string(),
///     "354 leaves the connection open; 421 ends the connection."
/// );
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Difference {
    aspect: Aspect,
    left: Subject,
    right: Subject,
    sides: (Side, Side),
}

impl Difference {
    pub(super) fn between(both: &Comparison, aspect: Aspect) -> Option<Self> {
        let sides = (side(both.left, aspect)?, side(both.right, aspect)?);
        let differ = both.left.code() != both.right.code() && sides.0 != sides.1;
        differ.then_some(Self {
            aspect,
            left: both.left,
            right: both.right,
            sides,
        })
    }

    /// Which fact it is.
    #[must_use]
    pub const fn aspect(&self) -> Aspect {
        self.aspect
    }

    /// The fact for the left code.
    #[must_use]
    pub const fn left(&self) -> Side {
        self.sides.0
    }

    /// The fact for the right code.
    #[must_use]
    pub const fn right(&self) -> Side {
        self.sides.1
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| {
            say(f, self.aspect, self.left)?;
            f.write_str("; ")?;
            say(f, self.aspect, self.right)?;
            f.write_str(".")
        })
    }
}

/// The fact for one code; `None` where it is not known.
fn side(subject: Subject, aspect: Aspect) -> Option<Side> {
    let facts = || subject.facts();
    Some(match aspect {
        Aspect::Class => Side::Class(subject.code().class()),
        Aspect::Category => Side::Category(subject.code().category()),
        Aspect::Commands => Side::Commands(Points(facts()?.presence.named())),
        Aspect::Connection => Side::Connection(facts()?.connection),
        Aspect::NextActor => Side::NextActor(facts()?.next_actor),
        Aspect::Retry => Side::Retry(facts()?.retry),
        Aspect::FollowedBy => Side::FollowedBy(facts()?.followed_by),
        Aspect::Standing => Side::Standing(facts()?.standing),
        Aspect::Extensions => Side::Extensions(facts()?.extensions),
    })
}

fn say(f: &mut fmt::Formatter<'_>, aspect: Aspect, subject: Subject) -> fmt::Result {
    let code = subject.code();
    write!(f, "{} ", code.as_str())?;
    match aspect {
        Aspect::Class => return write!(f, "{}", clause::class(code, !is_no_reply(&subject))),
        Aspect::Category => return write!(f, "{}", clause::category(code)),
        _ => {}
    }
    // Only the digits of an unknown code are compared, so here there are facts.
    subject
        .facts()
        .map_or(Ok(()), |facts| say_known(f, aspect, facts))
}

fn say_known(f: &mut fmt::Formatter<'_>, aspect: Aspect, facts: &'static Facts) -> fmt::Result {
    match aspect {
        Aspect::Class | Aspect::Category => Ok(()),
        Aspect::Commands => write!(f, "{}", clause::place(facts)),
        Aspect::Connection => f.write_str(clause::connection(facts.connection)),
        Aspect::NextActor => f.write_str(clause::next_actor(facts.next_actor)),
        Aspect::Retry => f.write_str(clause::retry(facts)),
        Aspect::FollowedBy => write!(f, "{}", clause::followed_by(facts)),
        Aspect::Standing => f.write_str(clause::standing(facts.standing)),
        Aspect::Extensions => write!(f, "{}", clause::extensions(facts)),
    }
}
