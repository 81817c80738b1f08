//! The course of a session: its commands and other points, and which replies may come there.

mod command;
mod set;

pub use command::{Command, CommandFacts, CommandReply, Moment};
pub use set::CommandSet;
pub(crate) use set::Members;
