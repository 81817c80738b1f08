//! What is known about one code.

use core::fmt;

use super::{Presence, TABLE, Table};
use crate::code::ReplyCode;
use crate::enhanced::EnumeratedCode;
use crate::session::{CommandReply, CommandSet};
use crate::vocabulary::{Category, Class, Connection, NextActor, Retry, Scope, Standing};

/// What the data file says about one code. Only the macro builds it.
#[doc(hidden)]
pub struct Facts {
    pub code: ReplyCode,
    /// `354 Start Mail Input`
    pub title: &'static str,
    pub phrase: Option<&'static str>,
    pub standing: Standing,
    pub extensions: &'static [&'static str],
    pub specs: &'static [&'static str],
    pub description: &'static str,
    pub when: &'static str,
    pub fix: &'static str,
    pub connection: Connection,
    pub next_actor: NextActor,
    pub retry: Retry,
    /// What it is about, where that is the same wherever it comes.
    pub scope: Option<Scope>,
    pub followed_by: &'static [ReplyCode],
    pub enhanced: &'static [EnumeratedCode],
    pub see_also: &'static [ReplyCode],
    pub commands: &'static [CommandReply],
    pub presence: Presence,
    /// By the rows of RFCs alone, where that is something else.
    pub in_rfcs: Option<Presence>,
    /// Where it was ever given, historic rows included.
    pub ever: CommandSet,
}

/// Everything that a table knows about one reply code.
///
/// `{}` prints `354 Start Mail Input`, `{:#}` the whole explanation.
///
/// ```
/// use codes_core::{ReplyCode, Standing};
///
/// let info = ReplyCode::START_MAIL_INPUT.info().expect("354 is in the table");
/// assert_eq!(info.phrase(), Some("Start mail input; end with <CRLF>.<CRLF>"));
/// assert_eq!(info.standing(), Standing::Standard);
/// assert!(info.description().contains("DATA"));
/// ```
// A code of ours does not point to its table, so that a program which uses one typed code does not
// link the texts of all the others.
#[derive(Clone, Copy)]
pub struct CodeInfo {
    facts: &'static Facts,
    private: Option<&'static Table>,
}

impl CodeInfo {
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(facts: &'static Facts, private: Option<&'static Table>) -> Self {
        Self { facts, private }
    }

    /// The code.
    #[must_use]
    pub const fn code(&self) -> ReplyCode {
        self.facts.code
    }

    /// Its name, at most six words: `Start Mail Input`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.facts.name()
    }

    /// The words of the RFC for it, where one has a fixed phrase.
    #[must_use]
    pub const fn phrase(&self) -> Option<&'static str> {
        self.facts.phrase
    }

    /// What its first digit says.
    #[must_use]
    pub const fn class(&self) -> Class {
        self.code().class()
    }

    /// What its second digit says.
    #[must_use]
    pub const fn category(&self) -> Category {
        self.code().category()
    }

    /// Where it stands in the world of standards.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        self.facts.standing
    }

    /// The extensions that define it or give it a meaning of its own: `AUTH`.
    #[must_use]
    pub const fn extensions(&self) -> &'static [&'static str] {
        self.facts.extensions
    }

    /// The documents that define it: `RFC 5321 section 4.2.3`. Empty where no RFC does.
    #[must_use]
    pub const fn specs(&self) -> &'static [&'static str] {
        self.facts.specs
    }

    /// What the server asserts by it.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        self.facts.description
    }

    /// At which point of a session one meets it, and from what kind of server.
    #[must_use]
    pub const fn when(&self) -> &'static str {
        self.facts.when
    }

    /// What to do about it, step by step.
    #[must_use]
    pub const fn fix(&self) -> &'static str {
        self.facts.fix
    }

    /// What happens to the connection after it.
    #[must_use]
    pub const fn connection(&self) -> Connection {
        self.facts.connection
    }

    /// Who has to move next.
    #[must_use]
    pub const fn next_actor(&self) -> NextActor {
        self.facts.next_actor
    }

    /// Whether and how to try again.
    #[must_use]
    pub const fn retry(&self) -> Retry {
        self.facts.retry
    }

    /// The replies that may come at the step after it, in ascending order. For an error they are
    /// given only where an RFC names the next command.
    #[must_use]
    pub const fn followed_by(&self) -> &'static [ReplyCode] {
        self.facts.followed_by
    }

    /// The enhanced status codes that go with it, by the registry or as they are seen, in ascending
    /// order. Their class is the first digit of the reply code (RFC 2034 section 4):
    /// [`ReplyCode::enhanced_codes`] has them with it.
    ///
    /// ```
    /// use codes_core::{EnumeratedCode, Smtp552};
    ///
    /// assert!(Smtp552.info().enhanced().contains(&EnumeratedCode::MAILBOX_FULL));
    /// ```
    #[must_use]
    pub const fn enhanced(&self) -> &'static [EnumeratedCode] {
        self.facts.enhanced
    }

    /// The codes it is often mixed up with, in ascending order.
    #[must_use]
    pub const fn see_also(&self) -> &'static [ReplyCode] {
        self.facts.see_also
    }

    /// Where a server may say it, in the order of a session.
    #[must_use]
    pub const fn commands(&self) -> &'static [CommandReply] {
        self.facts.commands
    }

    /// The table that it comes from.
    #[must_use]
    pub const fn table(&self) -> &'static Table {
        match self.private {
            Some(table) => table,
            None => &TABLE,
        }
    }

    /// The table that it comes from, unless that is ours.
    pub(crate) const fn private(&self) -> Option<&'static Table> {
        self.private
    }

    pub(crate) const fn facts(&self) -> &'static Facts {
        self.facts
    }
}

impl Facts {
    /// The title without the number and the space.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.title.split_at(4).1
    }
}

impl fmt::Debug for CodeInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CodeInfo").field(&self.facts.title).finish()
    }
}

impl PartialEq for CodeInfo {
    fn eq(&self, other: &Self) -> bool {
        core::ptr::eq(self.facts, other.facts)
    }
}

impl Eq for CodeInfo {}
