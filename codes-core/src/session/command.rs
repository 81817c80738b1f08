//! The points of a session at which replies are given, and which replies those are.

use core::fmt;

use super::CommandSet;
use crate::code::ReplyCode;
use crate::generated::session::COMMANDS;
use crate::pad::pad;
use crate::vocabulary::{CommandKind, Scope, Standing};

/// A command of SMTP, or another point of a session at which a server gives a reply.
///
/// The opening of the connection (`CONNECT`) and the end of the data (`DATA-BODY`, the reply after
/// the final dot) are such points. A few values stand for a group of commands, such as `ANY`.
/// Single points are also constants here and types in [this module](crate::command).
///
/// ```
/// use codes_core::{Command, Smtp354};
///
/// let data = Command::from_name("data").expect("DATA is a command");
/// assert_eq!(data, Command::DATA);
/// assert!(data.answers().contains(&Smtp354.code()));
/// assert_eq!(data.moment().to_string(), "in answer to DATA");
/// assert_eq!(Command::CONNECT.moment().to_string(), "at the opening of the connection");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Command(pub(super) u8);

/// How many there are. No constant of the type, whose constants are the verbs.
pub(super) const COUNT: usize = COMMANDS.len();

/// What the data file says about a command. Only the macro builds it.
#[doc(hidden)]
pub struct CommandFacts {
    pub name: &'static str,
    pub kind: CommandKind,
    pub moment: Option<&'static str>,
    pub spec: Option<&'static str>,
    /// The points that may follow a positive reply, in the order of the file.
    pub next: &'static [Command],
    /// For a group: the commands that it stands for.
    pub covers: CommandSet,
    /// Named beside other points only where two codes share nothing else.
    pub aside: bool,
    /// The message is complete with it.
    pub ends_message: bool,
    /// It carries a part of the message, of which the last one counts.
    pub is_chunk: bool,
    /// A session, or its encryption, begins with a positive reply to it.
    pub begins_session: bool,
    /// What a refusal here is about.
    pub scope: Scope,
    /// The codes that may be given here, in ascending order.
    pub answers: &'static [ReplyCode],
}

impl Command {
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(place: u8) -> Self {
        Self(place)
    }

    const fn facts(self) -> &'static CommandFacts {
        &COMMANDS[self.0 as usize]
    }

    /// The verb, or the name of the point: `DATA`, `DATA-BODY`, `ANY except QUIT after STARTTLS`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.facts().name
    }

    /// Whether this is a command, another point, or a group.
    #[must_use]
    pub const fn kind(self) -> CommandKind {
        self.facts().kind
    }

    /// How a sentence names the point: `in answer to DATA`, `at the opening of the connection`.
    #[must_use]
    pub const fn moment(self) -> Moment {
        Moment(self)
    }

    /// The document that defines it, where an RFC does.
    #[must_use]
    pub const fn spec(self) -> Option<&'static str> {
        self.facts().spec
    }

    /// The points that may follow a positive reply.
    #[must_use]
    pub const fn next(self) -> &'static [Command] {
        self.facts().next
    }

    /// The codes that a server may give here, in ascending order: what the standard, an extension
    /// or the practice of servers allows. Rows that are only historic do not count. Empty for a
    /// group.
    #[must_use]
    pub const fn answers(self) -> &'static [ReplyCode] {
        self.facts().answers
    }

    /// All values, in the order of a session.
    pub fn all() -> impl ExactSizeIterator<Item = Self> + DoubleEndedIterator {
        (0..COUNT).map(|place| Self(place as u8))
    }

    /// The value of this name; capitals do not matter.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|command| command.name().eq_ignore_ascii_case(name))
    }

    pub(crate) const fn scope(self) -> Scope {
        self.facts().scope
    }

    pub(super) const fn is_aside(self) -> bool {
        self.facts().aside
    }

    /// Whether the message is complete with it: the end of the data.
    pub(crate) const fn ends_message(self) -> bool {
        self.facts().ends_message
    }

    /// Whether it carries a part of the message, of which the last one counts.
    pub(crate) const fn is_chunk(self) -> bool {
        self.facts().is_chunk
    }

    /// Whether a session, or its encryption, begins with a positive reply to it.
    pub(crate) const fn begins_session(self) -> bool {
        self.facts().begins_session
    }

    pub(crate) const fn covers(self) -> CommandSet {
        self.facts().covers
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Debug for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Command").field(&self.name()).finish()
    }
}

/// A [`Command`] as a part of a sentence; made by [`Command::moment`].
#[derive(Debug, Clone, Copy)]
pub struct Moment(Command);

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| match self.0.facts().moment {
            Some(moment) => f.write_str(moment),
            None => write!(f, "in answer to {}", self.0),
        })
    }
}

/// One fact of the command table: a command may get a code.
///
/// ```
/// use codes_core::{Command, Smtp354};
///
/// let row = &Smtp354.info().commands()[0];
/// assert_eq!(row.command(), Command::DATA);
/// assert_eq!(row.source(), "RFC 5321 4.3.2");
/// ```
#[derive(Debug)]
pub struct CommandReply {
    command: Command,
    standing: Standing,
    source: &'static str,
    /// Whether it rests on the row itself, not on a rule for another point, and answers what was asked.
    is_own: bool,
    next: Option<&'static [Command]>,
}

impl CommandReply {
    #[doc(hidden)]
    #[must_use]
    pub const fn __new(
        command: Command,
        standing: Standing,
        source: &'static str,
        is_own: bool,
        next: Option<&'static [Command]>,
    ) -> Self {
        Self {
            command,
            standing,
            source,
            is_own,
            next,
        }
    }

    /// Where the code is given.
    #[must_use]
    pub const fn command(&self) -> Command {
        self.command
    }

    /// Which standard, or practice, says that the command may get it.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        self.standing
    }

    /// The RFC and section, or the program or document that shows it.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    pub(crate) const fn is_own(&self) -> bool {
        self.is_own
    }

    /// The points that may follow this very reply.
    pub(crate) const fn next(&self) -> &'static [Command] {
        match self.next {
            Some(next) => next,
            None => self.command.next(),
        }
    }
}
