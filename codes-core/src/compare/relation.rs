//! How two codes stand to each other in a session, derived from the command table.

use core::fmt;

use super::Comparison;
use crate::code::ReplyCode;
use crate::pad::pad;
use crate::session::{Command, CommandSet, Members};
use crate::table::{self, Presence, Steps, Subject};
use crate::vocabulary::{CommandKind, Connection};
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
        pad(f, &|f| match self {
            Self::Point(command) => fmt::Display::fmt(command, f),
            Self::Step(from, to) => write!(f, "{from}>{to}"),
        })
    }
}

pub(super) const fn relation(both: &Comparison) -> Relation {
    let (left, right) = (&both.left, &both.right);
    if left.code().get() == right.code().get() {
        return Relation::Same;
    }
    if is_no_reply(left) || is_no_reply(right) {
        return Relation::Apart;
    }
    let (here, there) = (left.presence().everywhere(), right.presence().everywhere());
    if here.meets(there) {
        Relation::Alternatives
    } else if may_follow(left, right) || may_follow(right, left) {
        Relation::Sequence
    } else if here.is_empty() || there.is_empty() {
        Relation::Unknown
    } else {
        Relation::Apart
    }
}

pub(super) const fn is_no_reply(subject: &Subject) -> bool {
    match subject.facts() {
        Some(facts) => matches!(facts.connection, Connection::NotAReply),
        None => false,
    }
}

/// Whether the second may come at the step after the first: the step leads there, or the second code is
/// listed among those that follow the first.
const fn may_follow(first: &Subject, second: &Subject) -> bool {
    leads_to(first).meets(second.presence().everywhere()) || lists(first, second)
}

/// The points that may follow a positive reply with the code.
const fn leads_to(subject: &Subject) -> CommandSet {
    match subject.facts() {
        Some(facts) => table::leads_to(facts),
        None => CommandSet::EMPTY,
    }
}

pub(super) fn meet_at(both: &Comparison) -> impl Iterator<Item = Meeting> + Clone + use<> {
    let (points, steps) = match relation(both) {
        Relation::Alternatives => (shared(both), None),
        Relation::Sequence => (CommandSet::EMPTY, Some(steps_of(both))),
        _ => (CommandSet::EMPTY, None),
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
pub(super) const fn shared(both: &Comparison) -> CommandSet {
    let (left, right) = (both.left.presence(), both.right.presence());
    let all = left.everywhere().intersection(right.everywhere());
    if left.any && right.any {
        return every_command();
    }
    let listed = all.prefer(listed(left).intersection(listed(right)));
    let second_rate = CommandSet::aside()
        .union(left.inherited.without(left.own))
        .union(right.inherited.without(right.own));
    listed.prefer(listed.without(second_rate))
}

/// Where the code is for that very point, or for every command.
const fn listed(presence: &Presence) -> CommandSet {
    match presence.any {
        true => presence.everywhere(),
        false => presence.direct(),
    }
}

/// The group that stands for every command, as a set of its own.
const fn every_command() -> CommandSet {
    let all = CommandSet::of(CommandKind::Command);
    let mut set = CommandSet::EMPTY;
    let mut groups = CommandSet::of(CommandKind::Group).iter();
    while let Some(group) = groups.next_member() {
        if group.covers().has_all(all) {
            set = CommandSet::EMPTY;
            set.insert(group);
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
    let (low, high) = match both.left.code() <= both.right.code() {
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

pub(super) const fn follows(both: &Comparison) -> Follows {
    let (left, right) = (&both.left, &both.right);
    // Of two that meet at one point only what is listed says that one comes after the other.
    let (forth, back) = match relation(both) {
        Relation::Same => (false, false),
        Relation::Sequence => (may_follow(left, right), may_follow(right, left)),
        _ => (lists(left, right), lists(right, left)),
    };
    match (forth, back) {
        (false, false) => Follows::Neither,
        (false, true) => Follows::Left,
        (true, false) => Follows::Right,
        (true, true) => Follows::Both,
    }
}

/// Whether the second code is among those that may follow the first.
const fn lists(first: &Subject, second: &Subject) -> bool {
    let mut rest: &[ReplyCode] = match first.facts() {
        Some(facts) => facts.followed_by,
        None => &[],
    };
    while let Some((code, others)) = rest.split_first() {
        if code.get() == second.code().get() {
            return true;
        }
        rest = others;
    }
    false
}
