//! The points of a session at which replies are given, and which replies those are.

pub use crate::answer::{Answer, NotAnAnswer, RepliesTo, Stage};
// Empty where the data file cannot be read; the one error about that is enough.
#[allow(unused_imports)]
pub use crate::generated::session::stages::*;
pub use crate::session::{Command, CommandReply, Moment};
pub use crate::vocabulary::CommandKind;
