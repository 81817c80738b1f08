//! Finds SMTP replies in free text: bounces, mail logs, transcripts, whatever somebody pasted.
//!
//! ```
//! let text = b"host mx.example[192.0.2.1] said: 550 5.1.1 No such user (in reply to RCPT TO command)";
//! let found = codes_text::find(text).next().expect("there is one");
//! assert_eq!(found.code(), Some(codes_core::ReplyCode::MAILBOX_UNAVAILABLE));
//! assert_eq!(found.enhanced().map(|code| code.to_string()).as_deref(), Some("5.1.1"));
//! assert_eq!(found.command(), Some(codes_core::Command::RCPT));
//! assert_eq!(found.words().to_string(), "No such user");
//! ```
//!
//! - [`find`] goes through a text, a line of it or a whole file, and gives each reply as a [`Found`].
//! - [`Found::situation`] leads to what to do next, [`Found::code`] and [`Found::enhanced`] to what the
//!   codes mean; both is in `codes-core`.
//! - [`log::Entry`] is what a line of a mail log tells besides.
//!
//! The crate is `no_std` and does not allocate.
#![cfg_attr(not(test), no_std)]
// A slice that ends too early is a panic, and what is read here is written by strangers: `window` has
// what never panics. In tests a panic is a failure, as it should be.
#![cfg_attr(not(test), warn(clippy::indexing_slicing))]

/// The example of the README, run with the tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

mod accept;
mod codes;
mod command;
mod extent;
mod fields;
mod find;
mod found;
mod host;
mod lead;
mod limits;
mod line;
pub mod log;
mod marks;
mod octets;
mod pairs;
#[cfg(test)]
mod properties;
mod quotes;
mod report;
mod said;
mod search;
mod spaces;
mod strangers;
mod told;
mod window;
mod words;
mod wrapped;

pub use find::{Replies, find};
pub use found::{Direction, Found, Host, Origin, Outcome};
pub use words::Words;
