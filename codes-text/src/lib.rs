//! Finds SMTP replies in free text: bounces, mail logs, transcripts, whatever somebody pasted.
//!
//! ```
//! let text = b"host mx.example[192.0.2.1] said: 550 5.1.1 No such user (in reply to RCPT TO command)";
//! let found = codes_text::find(text).next().expect("there is one");
//! assert_eq!(found.code(), Some(codes_core::ReplyCode::MAILBOX_UNAVAILABLE));
//! assert_eq!(found.enhanced().map(|code| code.to_string()).as_deref(), Some("5.1.1"));
//! ```
#![cfg_attr(not(test), no_std)]

mod accept;
mod codes;
mod command;
mod extent;
mod fields;
mod find;
mod found;
mod host;
mod lead;
mod line;
pub mod log;
mod marks;
mod report;
mod search;
mod told;
mod words;

pub use find::{Replies, find};
pub use found::{Direction, Found, Host, Origin, Outcome};
pub use words::Words;
