//! Sets of commands.

use super::{Command, CommandKind};
use crate::generated;

/// A set of commands, one bit each.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CommandSet(u64);

impl CommandSet {
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(bits: u64) -> Self {
        Self(bits)
    }

    /// All of one kind.
    pub(crate) fn of(kind: CommandKind) -> Self {
        let mut set = Self::default();
        for (place, facts) in generated::COMMANDS.iter().enumerate() {
            if facts.kind == kind {
                set.0 |= 1 << place;
            }
        }
        set
    }

    pub(crate) fn insert(&mut self, command: Command) {
        self.0 |= 1 << command.0;
    }

    pub(crate) const fn contains(self, command: Command) -> bool {
        self.0 >> command.0 & 1 == 1
    }

    pub(crate) const fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn intersection(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(crate) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// The set without those that do not satisfy `keep`, or all of it if none does.
    pub(crate) fn prefer(self, keep: impl Fn(Command) -> bool) -> Self {
        let mut kept = Self::default();
        for command in self.iter() {
            if keep(command) {
                kept.insert(command);
            }
        }
        if kept.is_empty() { self } else { kept }
    }

    pub(crate) const fn iter(self) -> Members {
        Members(self)
    }
}

/// The commands of a set, in the order of a session.
#[derive(Debug, Clone)]
pub(crate) struct Members(CommandSet);

impl Members {
    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Iterator for Members {
    type Item = Command;

    fn next(&mut self) -> Option<Command> {
        let bits = self.0.0;
        if bits == 0 {
            return None;
        }
        self.0 = CommandSet(bits & (bits - 1));
        Some(Command(bits.trailing_zeros() as u8))
    }
}
