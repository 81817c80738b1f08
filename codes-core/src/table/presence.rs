//! Where in a session a code may come.

use core::slice;

use super::Facts;
use crate::session::{Command, CommandReply, CommandSet};
use crate::vocabulary::{CommandKind, Connection, Standing};

/// The points of a session at which a code may come, by what that rests on. The macro finds them.
///
/// Historic rows count only for a code that has no other row.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Presence {
    /// From a row for that very point.
    pub(crate) own: CommandSet,
    /// From a row for a group of commands.
    pub(crate) spread: CommandSet,
    /// From a rule that the point gets what another one gets.
    pub(crate) inherited: CommandSet,
    /// The groups themselves.
    groups: CommandSet,
    /// Whether one of the groups is every command.
    pub(crate) any: bool,
    /// Whether the code may also come where no command is answered.
    pub(crate) unasked: bool,
}

impl Presence {
    /// The sets are `own`, `spread`, `inherited` and `groups`, a bit each point.
    pub const fn new(sets: [u64; 4], any: bool, unasked: bool) -> Self {
        Self {
            own: CommandSet::__new(sets[0]),
            spread: CommandSet::__new(sets[1]),
            inherited: CommandSet::__new(sets[2]),
            groups: CommandSet::__new(sets[3]),
            any,
            unasked,
        }
    }

    /// Of a code of which nothing is known.
    pub(crate) const NOWHERE: Self = Self::new([0; 4], false, false);

    pub(crate) const fn everywhere(&self) -> CommandSet {
        self.own.union(self.spread).union(self.inherited)
    }

    /// Those that a row or a rule names, not a group alone.
    pub(crate) const fn direct(&self) -> CommandSet {
        self.own.union(self.inherited)
    }

    /// The points as people would name them: the groups as such, not all that they contain.
    pub(crate) const fn named(&self) -> CommandSet {
        let own = match self.any {
            true => self.own.without(CommandSet::of(CommandKind::Command)),
            false => self.own,
        };
        let named = self.groups.union(own);
        named.prefer(named.without(CommandSet::aside()))
    }
}

/// The points that may follow a positive reply with the code.
pub(crate) const fn leads_to(facts: &Facts) -> CommandSet {
    let mut points = CommandSet::EMPTY;
    let mut rows = PositiveRows::of(facts);
    while let Some(row) = rows.next_row() {
        let mut next = row.next();
        while let Some((point, others)) = next.split_first() {
            points.insert(*point);
            next = others;
        }
    }
    points
}

/// The rows that count for a code as a positive reply to a command of its own; none where it is no such reply.
#[derive(Debug, Clone)]
struct PositiveRows {
    rest: &'static [CommandReply],
    historic_too: bool,
}

impl PositiveRows {
    const fn of(facts: &Facts) -> Self {
        let rest: &'static [CommandReply] = match facts.connection {
            Connection::NotAReply => &[],
            _ if facts.code.class().__is_positive() => facts.commands,
            _ => &[],
        };
        let mut historic_too = true;
        let mut at = 0;
        while at < rest.len() {
            historic_too &= matches!(rest[at].standing(), Standing::Historic);
            at += 1;
        }
        Self { rest, historic_too }
    }

    const fn next_row(&mut self) -> Option<&'static CommandReply> {
        while let Some((row, rest)) = self.rest.split_first() {
            self.rest = rest;
            let counts = self.historic_too || !matches!(row.standing(), Standing::Historic);
            if counts && row.is_own() {
                return Some(row);
            }
        }
        None
    }
}

/// The steps of a session that lead from one code to another: the point where the first comes as a
/// positive reply, and the next point, where the second may come. Each once.
// Written out, as chained adapters are one type in another, each compiled by itself.
#[derive(Debug, Clone)]
pub(crate) struct Steps {
    rows: PositiveRows,
    to: CommandSet,
    /// The point of the row at hand, what is left of those that follow it, and those that were given for the point,
    /// which may have several rows.
    at: Option<(Command, slice::Iter<'static, Command>)>,
    given: CommandSet,
}

impl Steps {
    pub(crate) const fn between(from: &Facts, to: &Presence) -> Self {
        Self {
            rows: PositiveRows::of(from),
            to: to.everywhere(),
            at: None,
            given: CommandSet::EMPTY,
        }
    }
}

impl Iterator for Steps {
    type Item = (Command, Command);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((from, after)) = &mut self.at {
                for &next in after {
                    if self.to.contains(next) && !self.given.contains(next) {
                        self.given.insert(next);
                        return Some((*from, next));
                    }
                }
            }
            let row = self.rows.next_row()?;
            if self
                .at
                .as_ref()
                .is_none_or(|(from, _)| *from != row.command())
            {
                self.given = CommandSet::EMPTY;
            }
            self.at = Some((row.command(), row.next().iter()));
        }
    }
}
