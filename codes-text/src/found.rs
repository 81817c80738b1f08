//! A reply that was found, and what the text around it tells.

use core::fmt;
use core::net::IpAddr;
use core::ops::Range;

use codes_core::{Command, Deviation, Deviations, EnhancedCode, ReplyCode, Situation};

use crate::octets::Octets;
use crate::words::Words;

/// Which way a reply went, seen from the system that wrote the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Direction {
    /// Another server said it to us.
    Received,
    /// We said it to a client of ours.
    Given,
}

impl Direction {
    /// Its word, in small letters.
    ///
    /// ```
    /// assert_eq!(codes_text::Direction::Given.as_str(), "given");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Given => "given",
        }
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// How a reply came into the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Origin {
    /// The words of a server, as far as the text tells.
    Said,
    /// A field in which a mail system sums up what happened (`dsn=`, or `Status:` of RFC 3464 section
    /// 2.3.4): nobody said it on the wire.
    Summary,
    /// The words of a server at an earlier attempt, repeated.
    Repeated,
    /// What would have been said, but was not: `reject_warning:`.
    Withheld,
}

impl Origin {
    /// Its word, in small letters.
    ///
    /// ```
    /// assert_eq!(codes_text::Origin::Withheld.as_str(), "withheld");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Summary => "summary",
            Self::Repeated => "repeated",
            Self::Withheld => "withheld",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// What was done with the mail, according to the text (`status=`, or `Action:` of RFC 3464 section
/// 2.3.3); what a server said is another matter.
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

impl Outcome {
    /// Its word, in small letters.
    ///
    /// ```
    /// assert_eq!(codes_text::Outcome::Deferred.as_str(), "deferred");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Deferred => "deferred",
            Self::Bounced => "bounced",
            Self::Expired => "expired",
            Self::Rejected => "rejected",
            Self::Discarded => "discarded",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// The other side of the session.
///
/// ```
/// let text = b"host mx.example.net[192.0.2.1] said: 550 5.1.1 No such user";
/// let found = codes_text::find(text).next().expect("a reply");
/// let host = found.host().expect("the text names it");
/// assert_eq!(host.name(), Some(&b"mx.example.net"[..]));
/// assert_eq!(host.address(), Some([192, 0, 2, 1].into()));
/// assert_eq!(found.host_at().map(|at| &text[at]), Some(&b"mx.example.net[192.0.2.1]"[..]));
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Host<'a> {
    pub(crate) name: Option<&'a [u8]>,
    pub(crate) address: Option<IpAddr>,
}

impl<'a> Host<'a> {
    /// Its name as it stands in the text, which may be one that it gave itself.
    #[must_use]
    pub const fn name(&self) -> Option<&'a [u8]> {
        self.name
    }

    /// Its address.
    #[must_use]
    pub const fn address(&self) -> Option<IpAddr> {
        self.address
    }

    /// Whether it is no word that happens to stand where a host may: `server said:`, `relay=dovecot`.
    pub(crate) fn is_certain(&self) -> bool {
        let is_domain = |name| memchr::memchr(b'.', name).is_some();
        self.address.is_some() || self.name.is_some_and(is_domain)
    }
}

impl fmt::Debug for Host<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Host")
            .field("name", &self.name.map(Octets))
            .field("address", &self.address)
            .finish()
    }
}

/// A reply in a text: a reply code, an enhanced status code, or both, and the words behind them
/// (RFC 5321 section 4.2, RFC 2034).
///
/// ```
/// use codes_core::{Command, EnhancedCode, ReplyCode};
/// use codes_text::{Direction, Origin, Outcome, find};
///
/// let line = b"Nov 24 13:11:59 mail postfix/smtp[7]: 4XyZ: to=<ann@example.net>, \
///     relay=mx.example.net[192.0.2.1]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=5.1.1, status=bounced \
///     (host mx.example.net[192.0.2.1] said: 550 5.1.1 No such user (in reply to RCPT TO command))";
/// let found = find(line).next().expect("a reply");
///
/// // What was said, and where that stands in the line.
/// assert_eq!(found.code(), Some(ReplyCode::MAILBOX_UNAVAILABLE));
/// assert_eq!(found.code_at().map(|at| &line[at]), Some(&b"550"[..]));
/// assert_eq!(found.enhanced(), EnhancedCode::new(5, 1, 1));
/// assert_eq!(found.enhanced_at().map(|at| &line[at]), Some(&b"5.1.1"[..]));
/// assert_eq!(found.text(), b"No such user");
/// assert_eq!(found.words().to_string(), "No such user");
/// assert_eq!(&line[found.at()], b"550 5.1.1 No such user");
///
/// // What the text around it tells.
/// assert_eq!(found.command(), Some(Command::RCPT));
/// assert_eq!(found.host().and_then(|host| host.name()), Some(&b"mx.example.net"[..]));
/// assert_eq!(found.recipient(), Some(&b"ann@example.net"[..]));
/// assert_eq!(found.direction(), Some(Direction::Received));
/// assert_eq!(found.origin(), Origin::Said);
/// assert_eq!(found.outcome(), Some(Outcome::Bounced));
/// assert!(!found.is_lmtp() && !found.disagrees() && found.deviations().is_empty());
///
/// // What to do next.
/// let advice = found.situation().expect("it has a code").advice();
/// assert_eq!(advice.next_actor(), codes_core::NextActor::Sender);
/// ```
#[derive(Clone)]
pub struct Found<'a> {
    pub(crate) at: Range<usize>,
    /// The code of its worst line.
    pub(crate) code: Option<(ReplyCode, Range<usize>)>,
    /// The code of its first line.
    pub(crate) first: Option<ReplyCode>,
    /// The code of its last line, where it has several.
    pub(crate) last: Option<ReplyCode>,
    pub(crate) enhanced: Option<(EnhancedCode, Range<usize>)>,
    /// What a field that sums it up says more.
    pub(crate) summary: Option<EnhancedCode>,
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

impl fmt::Debug for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Found")
            .field("at", &self.at)
            .field("code", &self.code)
            .field("enhanced", &self.enhanced)
            .field("summary", &self.summary)
            .field("text", &Octets(self.text))
            .field("command", &self.command)
            .field("host", &self.host)
            .field("direction", &self.direction)
            .field("origin", &self.origin)
            .field("outcome", &self.outcome)
            .field(
                "recipient",
                &self.recipient.as_ref().map(|(it, at)| (Octets(it), at)),
            )
            .field("lmtp", &self.lmtp)
            .field("disagrees", &self.disagrees)
            .field("deviations", &self.deviations)
            .finish_non_exhaustive()
    }
}

impl<'a> Found<'a> {
    /// Where it stands in the text that was searched: octets, codes and words together.
    #[must_use]
    pub fn at(&self) -> Range<usize> {
        self.at.clone()
    }

    /// The reply code (RFC 5321 section 4.2). Where the lines differ, that of the worst line, as with
    /// [`Reply::worst_code`](codes_core::Reply::worst_code).
    #[must_use]
    pub fn code(&self) -> Option<ReplyCode> {
        self.code.as_ref().map(|(code, _)| *code)
    }

    /// The reply code of its last line, which may differ from [`code`](Self::code) where the lines do.
    #[must_use]
    pub fn last_code(&self) -> Option<ReplyCode> {
        self.last.or(self.code())
    }

    /// Where the reply code stands.
    #[must_use]
    pub fn code_at(&self) -> Option<Range<usize>> {
        self.code.as_ref().map(|(_, at)| at.clone())
    }

    /// The enhanced status code (RFC 3463).
    #[must_use]
    pub fn enhanced(&self) -> Option<EnhancedCode> {
        self.enhanced.as_ref().map(|(code, _)| *code)
    }

    /// Where the enhanced status code stands.
    #[must_use]
    pub fn enhanced_at(&self) -> Option<Range<usize>> {
        self.enhanced.as_ref().map(|(_, at)| at.clone())
    }

    /// The enhanced status code of the field that sums the reply up (`dsn=`, `Status:`), where that says more
    /// than the reply itself and nothing else. It is given by itself too, as a reply of the origin
    /// [`Summary`](Origin::Summary), and is what an [advice](Self::situation) goes by.
    ///
    /// ```
    /// let line = b"dsn=5.1.1, status=bounced (host mx.example[192.0.2.1] said: 550 No such user)";
    /// let reply = codes_text::find(line).find(|found| found.code().is_some()).expect("the reply");
    /// assert_eq!(reply.enhanced(), None);
    /// assert_eq!(reply.summary(), codes_core::EnhancedCode::new(5, 1, 1));
    /// ```
    #[must_use]
    pub const fn summary(&self) -> Option<EnhancedCode> {
        self.summary
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

    /// How it came into the text: said, as in `Diagnostic-Code: smtp;` (RFC 3464 section 2.3.6), or
    /// summed up, as in `Status:`.
    #[must_use]
    pub const fn origin(&self) -> Origin {
        self.origin
    }

    /// What was done with the mail: `status=` of a log, `Action:` of a report (RFC 3464 section 2.3.3).
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

    /// Whether the session was one of LMTP (RFC 2033), where each recipient has a reply of its own to the
    /// end of the data.
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

    /// How it departs from the grammar (RFC 5321 section 4.2), as far as a text shows that. What may be the work of whoever
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
                .enhanced(self.summary.or(self.enhanced()))
                .at(self.command())
                .lmtp(self.lmtp)
                .no_separator(has(Deviation::NoSeparator))
                .lines_disagree(has(Deviation::CodesDiffer))
                .last_line(self.last_code().unwrap_or(code)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::find;

    #[test]
    fn what_is_printed_for_debugging_can_be_read() {
        let text = b"<ann@example.net>: host mx.example[192.0.2.1] said: 550 5.1.1 No \xffuser\x1b";
        let found = find(text).next().expect("a reply");
        let printed = format!("{found:?}");
        for part in [
            r#"text: "No \xffuser\x1b""#,
            r#"name: Some("mx.example")"#,
            "address: Some(192.0.2.1)",
            "direction: Some(Received)",
        ] {
            assert!(printed.contains(part), "{printed}");
        }
        let words = format!("{:?}", found.words());
        assert!(words.contains(r#""No \xffuser\x1b""#), "{words}");
    }

    #[test]
    fn words_are_padded_like_other_texts() {
        assert_eq!(format!("{:>9}", Outcome::Sent), "     sent");
        assert_eq!(Origin::Summary.to_string(), "summary");
        assert_eq!(Direction::Received.to_string(), "received");
    }
}
