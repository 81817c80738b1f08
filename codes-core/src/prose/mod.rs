//! What is known about codes, in words.

pub(crate) mod clause;
pub(crate) mod explain;
