//! SMTP reply codes: typed, explained and compared.
//!
//! Every code of the table is a type ([`Smtp354`]), a constant (`ReplyCode::START_MAIL_INPUT`) and
//! an entry of [`TABLE`]; all of it is generated at compile time from one file of facts,
//! `smtp-codes-data.toml`.
//!
//! ```
//! use codes_core::{ReplyCode, Smtp354, Smtp521, compare};
//!
//! assert_eq!(format!("{Smtp354}"), "354 Start Mail Input");
//! assert_eq!(Smtp354, ReplyCode::START_MAIL_INPUT);
//! assert!(Smtp354.description().contains("DATA"));
//!
//! // What each means, how they differ and which one applies, as a text.
//! let text = compare(Smtp354, Smtp521).to_string();
//! assert!(text.contains("never meet at the same point of a session"));
//! ```
//!
//! - [`ReplyCode`] is any number from 100 to 999, known or not.
//! - [`CodeInfo`] is what the table knows about a code; [`compare()`] puts any two side by side, and
//!   [`Comparison::of`] two types while the program is compiled.
//! - [`Situation`] gives [`Advice`]: what to do next, from code, enhanced code and command together.
//! - [`command`] has the points of a session as types: [`RepliesTo`] and [`Answer`] let the compiler
//!   check which code answers which command.
//! - [`Reply`] reads what a server sent and reports how it departs from the grammar; [`ReplyReader`]
//!   does the same while octets come in.
//! - [`ReplyWriter`] writes replies; `Smtp354.reply("Go ahead")` makes one from a type.
//! - [`EnhancedCode`] is a code such as `5.1.1`, registered or not; [`EnumeratedCode`] has the names of
//!   the registry, without the class.
//! - [`smtp_codes!`] makes the same from a file of private codes.
//!
//! The crate is `no_std`, has no dependency at run time and does not allocate. Features: `alloc` adds
//! `OwnedReply`, `std` lets a [`ReplyWriter`] write to `std::io::Write` too, `serde` makes a
//! [`ReplyCode`] a number in serialised data, an enhanced code a string.
#![cfg_attr(not(test), no_std)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod advice;
mod answer;
mod code;
pub mod command;
pub mod compare;
mod enhanced;
mod labels;
#[cfg(test)]
mod layers;
mod pad;
mod page;
mod prose;
mod reply;
mod session;
mod table;
mod vocabulary;
mod word;

mod generated {
    codes_macros::smtp_codes!("smtp-codes-data.toml");
}

pub use advice::{Advice, AdviceBasis, Caveat, Caveats, Fate, Situation};
pub use code::{InvalidReplyCode, ReplyCode};
pub use command::{Answer, Command, CommandReply, NotAnAnswer, RepliesTo, Stage};
pub use compare::{
    Aspect, Comparable, Comparison, Difference, Follows, Meeting, Points, Relation, Side, compare,
};
pub use enhanced::{
    BasicCodes, EnhancedClass, EnhancedCode, EnhancedInfo, EnumeratedCode, EnumeratedInfo,
    InvalidEnhancedCode, InvalidEnumeratedCode, SubCodeInfo,
};
pub use vocabulary::{
    Category, Certainty, Class, CommandKind, Connection, NextActor, Retry, Scope, Standing,
};
// Empty where the data file cannot be read; the one error about that is enough.
#[allow(unused_imports)]
pub use generated::codes::replies::*;
pub use page::Page;
#[cfg(feature = "alloc")]
pub use reply::OwnedReply;
pub use reply::{
    Deviation, Deviations, Limits, Line, Lines, Protocol, Reply, ReplyError, ReplyErrorKind,
    ReplyReader, ReplyText, ReplyWriter, Skipped, StreamEnd, Text, Truncated, WriteError,
    WriteErrorKind,
};
pub use table::{CodeInfo, Codes, Subject, TABLE, Table, TypedCode};

/// What the expansion of [`smtp_codes!`] uses; nothing for people.
#[doc(hidden)]
pub mod __private {
    pub use crate::advice::{Pattern, Rule};
    pub use crate::session::{CommandFacts, CommandSet};
    pub use crate::table::{Facts, Index, PairFacts, Presence, Sealed};
    pub use crate::vocabulary::{__is_in_grammar, Circumstance};
    pub use codes_macros::smtp_codes as expand;

    /// The code of a number that the macro has checked.
    pub const fn code(number: u16) -> crate::ReplyCode {
        match crate::ReplyCode::new(number) {
            Some(code) => code,
            None => panic!("the macro refuses numbers without three digits"),
        }
    }

    /// The codes of numbers that the macro has checked.
    pub const fn codes<const N: usize>(numbers: [u16; N]) -> [crate::ReplyCode; N] {
        let mut codes = [code(100); N];
        let mut at = 0;
        while at < N {
            codes[at] = code(numbers[at]);
            at += 1;
        }
        codes
    }
}
