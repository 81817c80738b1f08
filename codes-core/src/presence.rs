//! Where in a session a code may come.

use core::slice;

use crate::command::{Basis, Command, CommandKind, CommandReply, CommandSet};
use crate::facts::{Connection, Era, ReplyKind};
use crate::table::Facts;

/// The points of a session at which a code may come, by what that rests on.
///
/// Historic rows count only for a code that has no other row.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Presence {
    /// From a row for that very point.
    pub(crate) own: CommandSet,
    /// From a row for a group of commands.
    pub(crate) spread: CommandSet,
    /// From a rule that the point gets what another one gets.
    pub(crate) inherited: CommandSet,
    /// The groups themselves.
    groups: CommandSet,
    /// Whether one of the groups stands for every command.
    pub(crate) any: bool,
    /// Whether the code may also come where no command is answered.
    pub(crate) unasked: bool,
}

impl Presence {
    pub(crate) fn of(facts: &Facts) -> Self {
        Self::from_rows(facts, false)
    }

    /// By the rows of RFCs alone, where there are any.
    pub(crate) fn in_rfcs(facts: &Facts) -> Self {
        Self::from_rows(facts, Rows::of(facts).any(is_in_rfc))
    }

    fn from_rows(facts: &Facts, only_rfcs: bool) -> Self {
        let mut presence = Self::default();
        for row in Rows::of(facts) {
            if only_rfcs && !is_in_rfc(row) {
                continue;
            }
            let command = row.command();
            if command.kind() == CommandKind::Group {
                presence.groups.insert(command);
                presence.spread = presence.spread.union(command.covers());
                presence.any |= command.covers() == CommandSet::of(CommandKind::Command);
                if row.basis() == Basis::Unasked {
                    presence.unasked = true;
                    presence.spread = presence.spread.union(CommandSet::of(CommandKind::Event));
                }
            } else if row.basis() == Basis::Inherited {
                presence.inherited.insert(command);
            } else {
                presence.own.insert(command);
            }
        }
        presence
    }

    pub(crate) const fn everywhere(self) -> CommandSet {
        self.own.union(self.spread).union(self.inherited)
    }

    /// The points as people would name them: the groups as such, not all that they stand for.
    pub(crate) fn named(self) -> CommandSet {
        let own = match self.any {
            true => self.own.without(CommandSet::of(CommandKind::Command)),
            false => self.own,
        };
        let named = self.groups.union(own);
        named.prefer(|point| !point.is_aside())
    }
}

fn is_in_rfc(row: &CommandReply) -> bool {
    row.era() != Era::DeFacto
}

/// The rows of a code that count.
#[derive(Debug, Clone)]
struct Rows {
    rest: slice::Iter<'static, CommandReply>,
    historic_too: bool,
}

impl Rows {
    fn of(facts: &Facts) -> Self {
        let commands: &'static [CommandReply] = match facts.connection {
            Connection::NotAReply => &[],
            _ => facts.commands,
        };
        Self {
            rest: commands.iter(),
            historic_too: commands.iter().all(|row| row.era() == Era::Historic),
        }
    }
}

impl Iterator for Rows {
    type Item = &'static CommandReply;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let row = self.rest.next()?;
            if self.historic_too || row.era() != Era::Historic {
                return Some(row);
            }
        }
    }
}

/// The steps of a session that lead from one code to another: the point where the first comes as a
/// positive reply, and the next point, where the second may come.
// Written out, as chained adapters are one type in another, each compiled by itself.
#[derive(Debug, Clone)]
pub(crate) struct Steps {
    rows: Rows,
    to: CommandSet,
    /// The points of the rows so far.
    seen: CommandSet,
    /// The point of the row at hand, and what is left of those that follow it.
    at: Option<(Command, slice::Iter<'static, Command>)>,
}

impl Steps {
    pub(crate) fn between(from: &Facts, to: Presence) -> Self {
        Self {
            rows: Rows::of(from),
            to: to.everywhere(),
            seen: CommandSet::default(),
            at: None,
        }
    }
}

impl Iterator for Steps {
    type Item = (Command, Command);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((from, after)) = &mut self.at {
                for &next in after {
                    if self.to.contains(next) {
                        return Some((*from, next));
                    }
                }
            }
            let row = self.rows.next()?;
            let is_positive = row.kind() != ReplyKind::Error && row.basis() == Basis::Own;
            if is_positive && !self.seen.contains(row.command()) {
                self.seen.insert(row.command());
                self.at = Some((row.command(), row.next().iter()));
            }
        }
    }
}
