//! How two codes stand to each other in a session, derived from the command table.

use core::fmt;

use super::{Comparison, Subject};
use crate::command::{Command, CommandSet, Members};
use crate::facts::Connection;
use crate::presence::{Presence, Steps};
use crate::word::words;

words!(
    /// How two codes stand to each other in a session.
    ///
    /// ```
    /// use codes_core::{Relation, Smtp250, Smtp354, compare};
    ///
    /// assert_eq!(compare(Smtp354, Smtp354).relation(), Relation::Same);
    /// assert_eq!(compare(Smtp354, Smtp250).relation(), Relation::Sequence);
    /// ```
    Relation {
        /// The two are one code.
        Same = "same",
        /// A server may give either at the same point of a session.
        Alternatives = "alternatives",
        /// One may come at the step after the other.
        Sequence = "sequence",
        /// They never meet, or one of them is given by no server.
        Apart = "apart",
        /// Of at least one it is not known where it comes.
        Unknown = "unknown",
    }
);

words!(
    /// Which of two codes is known to come at the step after the other: listed there as a reply that
    /// may follow, or, for a sequence, by the steps of a session.
    ///
    /// ```
    /// use codes_core::{Follows, Smtp354, Smtp554, compare};
    ///
    /// assert_eq!(compare(Smtp354, Smtp554).follows(), Follows::Right);
    /// assert_eq!(compare(Smtp554, Smtp354).follows(), Follows::Left);
    /// ```
    Follows {
        /// Neither is listed so.
        Neither = "neither",
        /// The left one may follow the right one.
        Left = "left",
        /// The right one may follow the left one.
        Right = "right",
        /// Each may follow the other.
        Both = "both",
    }
);

/// Where two codes meet: `{}` prints `RCPT`, or `RCPT>DATA` for a step.
///
/// ```
/// use codes_core::{Command, Meeting, Smtp250, Smtp354, compare};
///
/// let first = compare(Smtp250, Smtp354).meet_at().next();
/// assert_eq!(first, Some(Meeting::Step(Command::RCPT, Command::DATA)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Meeting {
    /// Either may come at this point.
    Point(Command),
    /// One comes at the first point, the other at the second, which follows it.
    Step(Command, Command),
}

impl fmt::Display for Meeting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Point(command) => fmt::Display::fmt(command, f),
            Self::Step(from, to) => write!(f, "{from}>{to}"),
        }
    }
}

pub(super) fn relation(both: &Comparison) -> Relation {
    let (left, right) = (both.left, both.right);
    if left.code == right.code {
        return Relation::Same;
    }
    if [left, right].iter().any(is_no_reply) {
        return Relation::Apart;
    }
    if !shared(both).is_empty() {
        Relation::Alternatives
    } else if steps_of(both).next().is_some() || lists(left, right) || lists(right, left) {
        Relation::Sequence
    } else if [left, right]
        .iter()
        .any(|subject| subject.presence().everywhere().is_empty())
    {
        Relation::Unknown
    } else {
        Relation::Apart
    }
}

pub(super) fn is_no_reply(subject: &Subject) -> bool {
    subject
        .facts()
        .is_some_and(|facts| facts.connection == Connection::NotAReply)
}

pub(super) fn meet_at(both: &Comparison) -> impl Iterator<Item = Meeting> + Clone + use<> {
    let (points, steps) = match relation(both) {
        Relation::Alternatives => (shared(both), None),
        Relation::Sequence => (CommandSet::default(), Some(steps_of(both))),
        _ => (CommandSet::default(), None),
    };
    Meetings {
        points: points.iter(),
        steps,
    }
}

#[derive(Debug, Clone)]
struct Meetings {
    points: Members,
    steps: Option<StepsOf>,
}

impl Iterator for Meetings {
    type Item = Meeting;

    fn next(&mut self) -> Option<Meeting> {
        if let Some(point) = self.points.next() {
            return Some(Meeting::Point(point));
        }
        let step = self.steps.as_mut()?.next()?;
        Some(Meeting::Step(step.from, step.to))
    }
}

/// The points at which either code may come, those left out that nobody would name first.
pub(super) fn shared(both: &Comparison) -> CommandSet {
    let (left, right) = (both.left.presence(), both.right.presence());
    let all = left.everywhere().intersection(right.everywhere());
    if left.any && right.any {
        return every_command();
    }
    let direct = |presence: Presence, point| match presence.any {
        true => true,
        false => presence.own.union(presence.inherited).contains(point),
    };
    let listed = all.prefer(|point| direct(left, point) && direct(right, point));
    listed.prefer(|point| {
        let inherits = |presence: Presence| {
            presence.inherited.contains(point) && !presence.own.contains(point)
        };
        !point.is_aside() && !inherits(left) && !inherits(right)
    })
}

/// The group that stands for every command, as a set of its own.
fn every_command() -> CommandSet {
    let mut set = CommandSet::default();
    let mut widest = 1;
    for command in Command::all() {
        if command.covers().len() >= widest {
            widest = command.covers().len();
            set = CommandSet::default();
            set.insert(command);
        }
    }
    set
}

/// One step of a session from one of two codes to the other.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) first: Subject,
    pub(super) from: Command,
    pub(super) second: Subject,
    pub(super) to: Command,
}

/// The steps between the two, those from the lower code first, whatever their order here.
pub(super) fn steps_of(both: &Comparison) -> StepsOf {
    let (low, high) = match both.left.code <= both.right.code {
        true => (both.left, both.right),
        false => (both.right, both.left),
    };
    let between = |first: Subject, second: Subject| {
        let facts = first.facts();
        facts.map(|facts| Steps::between(facts, second.presence()))
    };
    StepsOf {
        low,
        high,
        up: between(low, high),
        down: between(high, low),
    }
}

/// Made by [`steps_of`].
#[derive(Debug, Clone)]
pub(super) struct StepsOf {
    low: Subject,
    high: Subject,
    up: Option<Steps>,
    down: Option<Steps>,
}

impl Iterator for StepsOf {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let next = |steps: &mut Option<Steps>| steps.as_mut()?.next();
        let (first, second, (from, to)) = match next(&mut self.up) {
            Some(step) => (self.low, self.high, step),
            None => (self.high, self.low, next(&mut self.down)?),
        };
        Some(Step {
            first,
            from,
            second,
            to,
        })
    }
}

pub(super) fn follows(both: &Comparison) -> Follows {
    let sequence = relation(both) == Relation::Sequence;
    let may = |first: Subject, second: Subject| {
        let step = |step: Step| step.first.code == first.code;
        first.code != second.code && (lists(first, second) || sequence && steps_of(both).any(step))
    };
    match (may(both.left, both.right), may(both.right, both.left)) {
        (false, false) => Follows::Neither,
        (false, true) => Follows::Left,
        (true, false) => Follows::Right,
        (true, true) => Follows::Both,
    }
}

/// Whether the second code is among those that may follow the first.
fn lists(first: Subject, second: Subject) -> bool {
    first
        .facts()
        .is_some_and(|facts| facts.followed_by.contains(&second.code))
}
