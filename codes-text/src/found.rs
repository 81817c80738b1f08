//! A reply that was found, and what the text around it tells.

use core::net::IpAddr;
use core::ops::Range;

use codes_core::{Command, Deviation, Deviations, EnhancedCode, ReplyCode, Situation};

use crate::words::Words;

/// Which way a reply went, seen from the system that wrote the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// Another server said it to us.
    Received,
    /// We said it to a client of ours.
    Given,
}

/// How a reply came into the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Origin {
    /// The words of a server, as far as the text tells.
    Said,
    /// A field in which a mail system sums up what happened (`Status:`, `dsn=`): nobody said it on
    /// the wire.
    Summary,
    /// The words of a server at an earlier attempt, repeated.
    Repeated,
    /// What would have been said, but was not: `reject_warning:`.
    Withheld,
}

/// What was done with the mail, according to the text; what a server said is another matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Outcome {
    /// Handed on or delivered.
    Sent,
    /// It stays in the queue and is tried again.
    Deferred,
    /// Given up and returned to its sender.
    Bounced,
    /// Given up because the time in the queue was over.
    Expired,
    /// Not taken from a client.
    Rejected,
    /// Taken and thrown away.
    Discarded,
}

/// The other side of the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Host<'a> {
    pub(crate) name: Option<&'a [u8]>,
    pub(crate) address: Option<IpAddr>,
}

impl<'a> Host<'a> {
    /// Its name as it stands in the text.
    #[must_use]
    pub const fn name(&self) -> Option<&'a [u8]> {
        self.name
    }

    /// Its address.
    #[must_use]
    pub const fn address(&self) -> Option<IpAddr> {
        self.address
    }
}

/// A reply in a text.
#[derive(Debug, Clone)]
pub struct Found<'a> {
    pub(crate) at: Range<usize>,
    /// The code of its worst line.
    pub(crate) code: Option<(ReplyCode, Range<usize>)>,
    /// The code of its first line.
    pub(crate) first: Option<ReplyCode>,
    /// The code of its last line, where it has several.
    pub(crate) last: Option<ReplyCode>,
    pub(crate) enhanced: Option<(EnhancedCode, Range<usize>)>,
    pub(crate) text: &'a [u8],
    pub(crate) command: Option<(Command, Range<usize>)>,
    pub(crate) host: Option<(Host<'a>, Range<usize>)>,
    pub(crate) direction: Option<Direction>,
    pub(crate) origin: Origin,
    pub(crate) outcome: Option<(Outcome, Range<usize>)>,
    pub(crate) recipient: Option<(&'a [u8], Range<usize>)>,
    pub(crate) lmtp: bool,
    pub(crate) disagrees: bool,
    /// Whether it has several lines that repeat its codes.
    pub(crate) has_lines: bool,
    /// What stands before each of its lines, where that is no mark of a transcript.
    pub(crate) prefix: &'a [u8],
    /// Whether `_` stands for spaces in it.
    pub(crate) has_underscores: bool,
    pub(crate) deviations: Deviations,
}

impl<'a> Found<'a> {
    /// Where it stands in the text that was searched: octets, codes and words together.
    #[must_use]
    pub fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// The reply code. Where the lines differ, that of the worst line, as with
    /// [`Reply::worst_code`](codes_core::Reply::worst_code).
    #[must_use]
    pub fn code(&self) -> Option<ReplyCode> {
        self.code.as_ref().map(|(code, _)| *code)
    }

    /// Where the reply code stands.
    #[must_use]
    pub fn code_at(&self) -> Option<Range<usize>> {
        self.code.as_ref().map(|(_, at)| at.clone())
    }

    /// The enhanced status code.
    #[must_use]
    pub fn enhanced(&self) -> Option<EnhancedCode> {
        self.enhanced.as_ref().map(|(code, _)| *code)
    }

    /// Where the enhanced status code stands.
    #[must_use]
    pub fn enhanced_at(&self) -> Option<Range<usize>> {
        self.enhanced.as_ref().map(|(_, at)| at.clone())
    }

    /// The words behind the codes, as they stand in the text; [`words`](Self::words) has them readable.
    #[must_use]
    pub const fn text(&self) -> &'a [u8] {
        self.text
    }

    /// The words to be read by a person: on one line, without codes that are repeated in them.
    #[must_use]
    pub fn words(&self) -> Words<'a> {
        let repeated = if self.has_lines { self.first } else { None };
        Words::new(
            self.text,
            repeated,
            self.enhanced(),
            self.prefix,
            self.has_underscores,
        )
    }

    /// What it answered.
    #[must_use]
    pub fn command(&self) -> Option<Command> {
        self.command.as_ref().map(|(command, _)| *command)
    }

    /// Where the text tells the command.
    #[must_use]
    pub fn command_at(&self) -> Option<Range<usize>> {
        self.command.as_ref().map(|(_, at)| at.clone())
    }

    /// The host on the other side: the server that said it, or the client it was said to.
    #[must_use]
    pub fn host(&self) -> Option<Host<'a>> {
        self.host.as_ref().map(|(host, _)| *host)
    }

    /// Where the text tells the host.
    #[must_use]
    pub fn host_at(&self) -> Option<Range<usize>> {
        self.host.as_ref().map(|(_, at)| at.clone())
    }

    /// Which way it went.
    #[must_use]
    pub const fn direction(&self) -> Option<Direction> {
        self.direction
    }

    /// How it came into the text.
    #[must_use]
    pub const fn origin(&self) -> Origin {
        self.origin
    }

    /// What was done with the mail.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.outcome.as_ref().map(|(outcome, _)| *outcome)
    }

    /// Where the text tells what was done.
    #[must_use]
    pub fn outcome_at(&self) -> Option<Range<usize>> {
        self.outcome.as_ref().map(|(_, at)| at.clone())
    }

    /// The recipient that it is about, as it stands in the text.
    #[must_use]
    pub fn recipient(&self) -> Option<&'a [u8]> {
        self.recipient.as_ref().map(|(recipient, _)| *recipient)
    }

    /// Where the text tells the recipient.
    #[must_use]
    pub fn recipient_at(&self) -> Option<Range<usize>> {
        self.recipient.as_ref().map(|(_, at)| at.clone())
    }

    /// Whether the session was one of LMTP.
    #[must_use]
    pub const fn is_lmtp(&self) -> bool {
        self.lmtp
    }

    /// Whether it says something else than the reply beside it, to which it belongs: a status field with
    /// another enhanced code, which may stand before the reply or behind it; a second enhanced code at
    /// the end of the words, which stands within the reply before it; a reply quoted within another.
    #[must_use]
    pub const fn disagrees(&self) -> bool {
        self.disagrees
    }

    /// How it departs from the grammar, as far as a text shows that. What may be the work of whoever
    /// wrote the text, such as line ends without CR, is left out.
    #[must_use]
    pub const fn deviations(&self) -> Deviations {
        self.deviations
    }

    /// What an advice goes by; `None` without a reply code.
    #[must_use]
    pub fn situation(&self) -> Option<Situation> {
        let code = self.code()?;
        let has = |deviation| self.deviations.contains(deviation);
        Some(
            Situation::new(code)
                .enhanced(self.enhanced())
                .at(self.command())
                .lmtp(self.lmtp)
                .no_separator(has(Deviation::NoSeparator))
                .lines_disagree(has(Deviation::CodesDiffer))
                .last_line(self.last.unwrap_or(code)),
        )
    }
}
