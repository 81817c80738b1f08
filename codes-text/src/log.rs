//! What a line of a mail log tells besides the replies in it.

use crate::find::{Replies, find};
use crate::found::{Host, Outcome};

/// The program that wrote a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum MailSystem {
    /// Postfix.
    Postfix,
    /// Exim.
    Exim,
    /// Sendmail.
    Sendmail,
    /// OpenSMTPD.
    OpenSmtpd,
    /// qmail and its relatives.
    Qmail,
    /// A session written down: `<<< 550 ...`.
    Transcript,
}

/// Why a delivery failed without any reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NoReply {
    /// The domain or host could not be looked up, or has no address for mail.
    Dns,
    /// The host refused the connection.
    Refused,
    /// The host did not answer in time.
    TimedOut,
    /// There is no way to the host.
    Unreachable,
    /// The connection ended in the middle of a session.
    ConnectionLost,
    /// TLS could not be agreed on, or the certificate was not good enough.
    Tls,
    /// Something on this machine: a full disk, a missing program, a user that does not exist.
    Local,
    /// Another reason.
    Other,
}

/// When a line was written, as it says itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LogTime {
    pub(crate) year: Option<i16>,
    pub(crate) month: u8,
    pub(crate) day: u8,
    pub(crate) hour: u8,
    pub(crate) minute: u8,
    pub(crate) second: u8,
    /// Minutes east of UTC.
    pub(crate) offset: Option<i16>,
}

impl LogTime {
    /// The year, where it says one.
    #[must_use]
    pub const fn year(&self) -> Option<i16> {
        self.year
    }

    /// The month, from 1.
    #[must_use]
    pub const fn month(&self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub const fn day(&self) -> u8 {
        self.day
    }

    /// The hour.
    #[must_use]
    pub const fn hour(&self) -> u8 {
        self.hour
    }

    /// The minute.
    #[must_use]
    pub const fn minute(&self) -> u8 {
        self.minute
    }

    /// The second.
    #[must_use]
    pub const fn second(&self) -> u8 {
        self.second
    }

    /// Minutes east of UTC, where it says them.
    #[must_use]
    pub const fn offset(&self) -> Option<i16> {
        self.offset
    }
}

/// A line of a log.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    line: &'a [u8],
    system: Option<MailSystem>,
    time: Option<LogTime>,
    outcome: Option<Outcome>,
    no_reply: Option<NoReply>,
    host: Option<Host<'a>>,
}

impl<'a> Entry<'a> {
    /// Reads a line, without its line end.
    #[must_use]
    pub const fn read(line: &'a [u8]) -> Self {
        Self {
            line,
            system: None,
            time: None,
            outcome: None,
            no_reply: None,
            host: None,
        }
    }

    /// The program that wrote it, where its form tells.
    #[must_use]
    pub const fn system(&self) -> Option<MailSystem> {
        self.system
    }

    /// When it was written.
    #[must_use]
    pub const fn time(&self) -> Option<LogTime> {
        self.time
    }

    /// What was done with the mail.
    #[must_use]
    pub const fn outcome(&self) -> Option<Outcome> {
        self.outcome
    }

    /// Why nothing could be delivered, where no server said so.
    #[must_use]
    pub const fn no_reply(&self) -> Option<NoReply> {
        self.no_reply
    }

    /// The host on the other side, where the line names one apart from its replies (`relay=`).
    #[must_use]
    pub const fn host(&self) -> Option<Host<'a>> {
        self.host
    }

    /// Whether the other side is this machine, or a program on it: 127.0.0.1, LMTP over a socket.
    #[must_use]
    pub const fn is_internal(&self) -> bool {
        false
    }

    /// Whether it announces a reply of which no code can be read.
    #[must_use]
    pub const fn is_unread(&self) -> bool {
        false
    }

    /// The replies in it.
    #[must_use]
    pub fn replies(&self) -> Replies<'a> {
        find(self.line)
    }
}
