//! What a line of a mail log tells besides the replies in it.
//!
//! ```
//! use codes_text::Outcome;
//! use codes_text::log::{Entry, MailSystem, NoReply};
//!
//! let entry = Entry::read(b"Nov 24 13:11:59 mail postfix/smtp[123]: 4XyZ: to=<user@example.com>, \
//!     relay=none, delay=30, delays=0.1/0/30/0, dsn=4.4.1, status=deferred \
//!     (connect to mx.example.com[192.0.2.1]:25: Connection refused)");
//! assert_eq!(entry.system(), Some(MailSystem::Postfix));
//! assert_eq!(entry.outcome(), Some(Outcome::Deferred));
//! assert_eq!(entry.no_reply(), Some(NoReply::Refused));
//! assert_eq!(entry.host().and_then(|host| host.name()), Some(&b"mx.example.com"[..]));
//! ```

mod exim;
mod header;
mod opensmtpd;
mod postfix;
mod qmail;
mod sendmail;
mod silence;
#[cfg(test)]
mod tests;
pub(crate) mod time;
mod words;

use core::fmt;
use core::ops::Range;

use codes_core::{Class, Command};

use crate::find::{Replies, find};
use crate::found::{Host, Origin, Outcome};
use crate::octets::Octets;
use crate::window::Part;
use header::Header;
use words::Peer;

pub use time::LogTime;

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

impl MailSystem {
    /// Its name, as its makers spell it.
    ///
    /// ```
    /// assert_eq!(codes_text::log::MailSystem::OpenSmtpd.as_str(), "OpenSMTPD");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Postfix => "Postfix",
            Self::Exim => "Exim",
            Self::Sendmail => "Sendmail",
            Self::OpenSmtpd => "OpenSMTPD",
            Self::Qmail => "qmail",
            Self::Transcript => "transcript",
        }
    }
}

impl fmt::Display for MailSystem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
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
    /// The recipient is unknown where the mail was to be put into a mailbox.
    UnknownRecipient,
    /// No way is known to deliver to the address; Exim does not tell whether that is for the domain or
    /// for a user who is unknown here.
    Unrouteable,
    /// Something on this machine: a full disk, a missing program, a mail that goes round in circles.
    Local,
    /// Nobody was asked, as an earlier failure still counts.
    NotTried,
    /// Another reason, or more than one.
    Other,
}

impl NoReply {
    /// Its word, in small letters.
    ///
    /// ```
    /// assert_eq!(codes_text::log::NoReply::TimedOut.as_str(), "timed-out");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dns => "dns",
            Self::Refused => "refused",
            Self::TimedOut => "timed-out",
            Self::Unreachable => "unreachable",
            Self::ConnectionLost => "connection-lost",
            Self::Tls => "tls",
            Self::UnknownRecipient => "unknown-recipient",
            Self::Unrouteable => "unrouteable",
            Self::Local => "local",
            Self::NotTried => "not-tried",
            Self::Other => "other",
        }
    }
}

impl fmt::Display for NoReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A line of a log.
///
/// Reading it takes no copy and looks at little more than the fields that count. A line of another
/// program, or of none that is known, is as good as any other: it has its replies, and no outcome.
///
/// ```
/// use codes_core::{Class, Command};
/// use codes_text::Outcome;
/// use codes_text::log::{Entry, MailSystem};
///
/// let entry = Entry::read(b"2026-11-24 13:11:59 H=client.example [192.0.2.1] F=<ann@example.com> \
///     temporarily rejected RCPT <bob@example.org>: greylisted");
/// assert_eq!(entry.system(), Some(MailSystem::Exim));
/// assert!(entry.time().is_some());
/// assert_eq!(entry.outcome(), Some(Outcome::Rejected));
/// assert_eq!(entry.host().and_then(|host| host.name()), Some(&b"client.example"[..]));
/// assert!(!entry.is_internal());
/// // Exim does not log the code, but what was refused, and for how long.
/// assert!(entry.is_unread() && entry.replies().next().is_none());
/// assert_eq!(entry.command(), Some(Command::RCPT));
/// assert_eq!(entry.class(), Some(Class::TransientNegative));
/// ```
#[derive(Clone)]
pub struct Entry<'a> {
    line: &'a [u8],
    system: Option<MailSystem>,
    time: Option<LogTime>,
    told: Told<'a>,
}

/// What the message of a line tells.
#[derive(Debug, Clone, Copy, Default)]
struct Told<'a> {
    outcome: Option<Outcome>,
    no_reply: Option<Silence>,
    peer: Peer<'a>,
    /// Where the address of the peer does not tell.
    is_internal: bool,
    announced: Announced,
    command: Option<Command>,
    class: Option<Class>,
}

/// Why there was no reply.
#[derive(Debug, Clone, Copy)]
struct Silence {
    reason: NoReply,
    /// How many octets before the end of the line the words begin that tell.
    before_end: usize,
}

impl Silence {
    /// The reason in words that end with the line.
    fn told_by(words: &[u8]) -> Self {
        Self {
            reason: silence::reason(words),
            before_end: words.len(),
        }
    }
}

/// Whether a line says that a reply follows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Announced {
    #[default]
    No,
    /// And a code stands where it should.
    WithCode,
    /// But a code has to be looked for.
    Perhaps,
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("line", &Octets(self.line))
            .field("system", &self.system)
            .field("time", &self.time)
            .field("outcome", &self.outcome())
            .field("no_reply", &self.no_reply())
            .field("host", &self.host())
            .field("command", &self.told.command)
            .field("class", &self.told.class)
            .finish_non_exhaustive()
    }
}

impl<'a> Entry<'a> {
    /// Reads a line, without its line end.
    #[must_use]
    pub fn read(line: &'a [u8]) -> Self {
        let Header {
            time,
            program,
            message,
            ..
        } = header::read(line);
        let (system, daemon) = match program {
            Some(program) => (Some(program.system), program.daemon),
            None => (by_message(message), &b""[..]),
        };
        let told = match system {
            Some(MailSystem::Postfix) => postfix::read(daemon, message),
            Some(MailSystem::Exim) => exim::read(message),
            Some(MailSystem::Sendmail) => sendmail::read(message),
            Some(MailSystem::OpenSmtpd) => opensmtpd::read(message),
            Some(MailSystem::Qmail) => qmail::read(daemon, message),
            Some(MailSystem::Transcript) | None => Told::default(),
        };
        Self {
            line,
            system,
            time,
            told,
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

    /// Where the time stands.
    #[must_use]
    pub fn time_at(&self) -> Option<Range<usize>> {
        let header = header::read(self.line);
        header.time.map(|_| header.time_at)
    }

    /// Where the line names the machine that wrote it (HOSTNAME in RFC 5424 section 6.2.4), and what else
    /// a logger puts beside that, such as another machine that passed the line on, or a container or a file
    /// before the time. Levels are left out.
    ///
    /// ```
    /// use codes_text::log::Entry;
    ///
    /// let line = b"Nov 24 13:11:59 mx1 postfix/smtp[123]: 4XyZ: to=<user@example.com>, relay=none";
    /// let mut names = Entry::read(line).machines_at();
    /// assert_eq!(names.next().map(|at| &line[at]), Some(&b"mx1"[..]));
    /// assert!(names.next().is_none());
    /// ```
    pub fn machines_at(&self) -> impl Iterator<Item = Range<usize>> + use<'a> {
        let line = self.line;
        let Header { label, names, .. } = header::read(line);
        let mut end = names.start;
        let words = line
            .part(names)
            .split(|&byte| byte == b' ')
            .map(move |word| {
                let start = end;
                end = start + word.len() + 1;
                start..start + word.len()
            });
        let machines = words.filter(move |at| header::is_machine(line.part(at.clone())));
        let label = (!label.is_empty()).then_some(label);
        label.into_iter().chain(machines)
    }

    /// What was done with the mail.
    ///
    /// `None` where nothing was done yet: Postfix logs what one server of a domain said and goes on to
    /// the next, and a line of its own tells how that ended.
    #[must_use]
    pub const fn outcome(&self) -> Option<Outcome> {
        self.told.outcome
    }

    /// Why nothing could be delivered, where no server said so.
    #[must_use]
    pub fn no_reply(&self) -> Option<NoReply> {
        self.told.no_reply.map(|silence| silence.reason)
    }

    /// Where the words begin that tell why there was no reply.
    ///
    /// ```
    /// use codes_text::log::Entry;
    ///
    /// let line = b"2026-11-24 13:11:59 1abcDE-000123-AB ** user@example.com: Unrouteable address";
    /// let at = Entry::read(line).no_reply_at().expect("nobody was asked");
    /// assert_eq!(&line[at..], b"Unrouteable address");
    /// ```
    #[must_use]
    pub fn no_reply_at(&self) -> Option<usize> {
        let silence = self.told.no_reply?;
        self.line.len().checked_sub(silence.before_end)
    }

    /// The host on the other side, where the line names one apart from its replies (`relay=`), or tells
    /// to which one the connection failed.
    #[must_use]
    pub fn host(&self) -> Option<Host<'a>> {
        self.told.peer.host()
    }

    /// What was refused, where the line tells that apart from a reply.
    ///
    /// Exim does so, and mostly logs no code: see [`is_unread`](Self::is_unread).
    #[must_use]
    pub const fn command(&self) -> Option<Command> {
        self.told.command
    }

    /// The class of the code that was given (RFC 5321 section 4.2.1), where the line tells that apart
    /// from a reply: Exim writes `rejected` or `temporarily rejected`.
    #[must_use]
    pub const fn class(&self) -> Option<Class> {
        self.told.class
    }

    /// Whether the other side is this machine, or a program on it: 127.0.0.1, LMTP over a socket.
    ///
    /// ```
    /// use codes_text::log::Entry;
    ///
    /// let line = b"postfix/lmtp[9]: 4XyZ: to=<user@example.org>, relay=mail.example.org[private/dovecot-lmtp], \
    ///     delay=0.1, delays=0/0/0/0.1, dsn=2.0.0, status=sent (250 2.0.0 <user@example.org> x1 Saved)";
    /// assert!(Entry::read(line).is_internal());
    /// ```
    #[must_use]
    pub fn is_internal(&self) -> bool {
        self.told.is_internal || self.told.peer.is_internal()
    }

    /// Whether it announces a reply of which no code can be read.
    ///
    /// ```
    /// use codes_text::log::Entry;
    ///
    /// // Exim logs why it refused, and not with which code.
    /// let line = b"2026-11-24 13:11:59 H=(x) [192.0.2.1] F=<> rejected RCPT <a@example.com>: relay not permitted";
    /// assert!(Entry::read(line).is_unread());
    /// ```
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.told.announced == Announced::Perhaps
            && self
                .replies()
                .all(|found| found.origin() == Origin::Summary)
    }

    /// The replies in it.
    #[must_use]
    pub fn replies(&self) -> Replies<'a> {
        find(self.line)
    }
}

/// The program that a message without a name of one seems to be of.
fn by_message(message: &[u8]) -> Option<MailSystem> {
    let (first, rest) = words::word(message);
    if let [queue_id @ .., b':'] = first {
        return by_queue_id(queue_id, rest);
    }
    match first {
        b"<<<" | b">>>" | b"<--" | b"-->" | b"<-" | b"<**" | b"<~*" => Some(MailSystem::Transcript),
        b"delivery" | b"starting" | b"new" | b"info" | b"end" | b"bounce" => {
            qmail::has_mark(message).then_some(MailSystem::Qmail)
        }
        _ if first.starts_with(b"to=<") => by_fields(message),
        _ if opensmtpd::has_mark(first, rest) => Some(MailSystem::OpenSmtpd),
        _ => exim::has_mark(message).then_some(MailSystem::Exim),
    }
}

/// The same for what stands behind a queue id.
fn by_queue_id(queue_id: &[u8], rest: &[u8]) -> Option<MailSystem> {
    let (what, _) = words::word(rest);
    match what {
        b"reject:" | b"reject_warning:" | b"milter-reject:" => Some(MailSystem::Postfix),
        _ if queue_id == b"NOQUEUE" => Some(MailSystem::Postfix),
        b"local" if queue_id == b"status" => Some(MailSystem::Qmail),
        _ if queue_id == b"S" || queue_id == b"C" => Some(MailSystem::Transcript),
        _ if what.starts_with(b"ruleset=") => Some(MailSystem::Sendmail),
        _ if what.starts_with(b"to=<") || what.starts_with(b"from=<") => by_fields(rest),
        _ => None,
    }
}

/// Postfix and Sendmail both write fields; what they call the last one differs.
fn by_fields(fields: &[u8]) -> Option<MailSystem> {
    if words::after(fields, b", status=").is_some() {
        return Some(MailSystem::Postfix);
    }
    words::after(fields, b", stat=").map(|_| MailSystem::Sendmail)
}
