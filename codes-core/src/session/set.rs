//! Sets of commands.

use super::Command;
use super::command::COUNT;
use crate::vocabulary::CommandKind;

/// A set of commands, one bit each.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CommandSet(u64);

impl CommandSet {
    pub(crate) const EMPTY: Self = Self(0);

    #[doc(hidden)]
    #[must_use]
    pub const fn __new(bits: u64) -> Self {
        Self(bits)
    }

    const fn all() -> Self {
        match COUNT {
            64 => Self(u64::MAX),
            count => Self((1 << count) - 1),
        }
    }

    /// All of one kind.
    pub(crate) const fn of(kind: CommandKind) -> Self {
        let mut set = Self::EMPTY;
        let mut all = Self::all().iter();
        while let Some(command) = all.next_member() {
            if command.kind() as u8 == kind as u8 {
                set.insert(command);
            }
        }
        set
    }

    /// Those that a comparison names only where two codes share no other.
    pub(crate) const fn aside() -> Self {
        let mut set = Self::EMPTY;
        let mut all = Self::all().iter();
        while let Some(command) = all.next_member() {
            if command.is_aside() {
                set.insert(command);
            }
        }
        set
    }

    pub(crate) const fn insert(&mut self, command: Command) {
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

    pub(crate) const fn meets(self, other: Self) -> bool {
        !self.intersection(other).is_empty()
    }

    pub(crate) const fn has_all(self, other: Self) -> bool {
        other.without(self).is_empty()
    }

    pub(crate) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Those that are in both sets, or all of this one if none is.
    pub(crate) const fn prefer(self, other: Self) -> Self {
        let kept = self.intersection(other);
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
    pub(crate) const fn next_member(&mut self) -> Option<Command> {
        let bits = self.0.0;
        if bits == 0 {
            return None;
        }
        self.0 = CommandSet(bits & (bits - 1));
        Some(Command(bits.trailing_zeros() as u8))
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Iterator for Members {
    type Item = Command;

    fn next(&mut self) -> Option<Command> {
        self.next_member()
    }
}
