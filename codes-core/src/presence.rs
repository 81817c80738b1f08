//! Where in a session a code may come.

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
        Self::from_rows(rows(facts))
    }

    /// By the rows of RFCs alone, where there are any.
    pub(crate) fn in_rfcs(facts: &Facts) -> Self {
        let in_rfc = |row: &&CommandReply| row.era() != Era::DeFacto;
        match rows(facts).any(|row| in_rfc(&row)) {
            true => Self::from_rows(rows(facts).filter(in_rfc)),
            false => Self::of(facts),
        }
    }

    fn from_rows(rows: impl Iterator<Item = &'static CommandReply>) -> Self {
        let mut presence = Self::default();
        for row in rows {
            let command = row.command();
            if command.kind() == CommandKind::Group {
                presence.groups.insert(command);
                presence.spread = presence.spread.union(command.covers());
                presence.any |= command.covers() == all_of(CommandKind::Command);
                if row.basis() == Basis::Unasked {
                    presence.unasked = true;
                    presence.spread = presence.spread.union(all_of(CommandKind::Event));
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
        let mut named = self.groups;
        let covered = |point: Command| self.any && point.kind() == CommandKind::Command;
        self.own
            .iter()
            .filter(|&point| !covered(point))
            .for_each(|point| named.insert(point));
        named.prefer(|point| !point.is_aside())
    }
}

/// The rows of a code that count.
fn rows(facts: &Facts) -> impl Iterator<Item = &'static CommandReply> + Clone + use<> {
    let commands: &'static [CommandReply] = match facts.connection {
        Connection::NotAReply => &[],
        _ => facts.commands,
    };
    let only_historic = commands.iter().all(|row| row.era() == Era::Historic);
    commands
        .iter()
        .filter(move |row| only_historic || row.era() != Era::Historic)
}

fn all_of(kind: CommandKind) -> CommandSet {
    let mut set = CommandSet::default();
    Command::all()
        .filter(|command| command.kind() == kind)
        .for_each(|command| set.insert(command));
    set
}

/// The steps of a session that lead from one code to another: the point where the first comes as a
/// positive reply, and the next point, where the second may come.
pub(crate) fn steps(
    from: &'static Facts,
    to: Presence,
) -> impl Iterator<Item = (Command, Command)> + Clone {
    let positive =
        |row: &&CommandReply| row.kind() != ReplyKind::Error && row.basis() == Basis::Own;
    let earlier = rows(from).filter(positive);
    let repeated = move |row: &CommandReply| {
        let mut earlier = earlier
            .clone()
            .take_while(|other| !core::ptr::eq(*other, row));
        earlier.any(|other| other.command() == row.command())
    };
    rows(from)
        .filter(positive)
        .filter(move |row| !repeated(row))
        .flat_map(move |row| {
            let after = row
                .next()
                .iter()
                .copied()
                .filter(move |&next| to.everywhere().contains(next));
            after.map(move |next| (row.command(), next))
        })
}
