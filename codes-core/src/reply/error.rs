//! Why octets are no reply.

use core::fmt;

use crate::pad::pad;
use crate::word::words;

words!(
    /// Another protocol, known by its first octets: what answers is no mail server.
    Protocol {
        /// POP3 (RFC 1939): `+OK`, `-ERR`.
        Pop3 = "POP3",
        /// IMAP (RFC 9051): `* OK`.
        Imap = "IMAP",
        /// HTTP (RFC 9112): `HTTP/1.1 400 Bad Request`.
        Http = "HTTP",
        /// SSH (RFC 4253): `SSH-2.0-`.
        Ssh = "SSH",
        /// TLS (RFC 8446): a handshake or alert record where clear text was expected.
        Tls = "TLS",
    }
);

impl Protocol {
    /// The protocols by what their servers send first.
    const OPENINGS: [(&'static [u8], Self); 7] = [
        (b"+OK", Self::Pop3),
        (b"-ERR", Self::Pop3),
        (b"* ", Self::Imap),
        (b"HTTP/", Self::Http),
        (b"SSH-", Self::Ssh),
        (b"\x15\x03", Self::Tls),
        (b"\x16\x03", Self::Tls),
    ];

    /// The protocol that octets begin with; an error while they may still become one.
    pub(super) fn of(bytes: &[u8]) -> Result<Option<Self>, Undecided> {
        for (opening, protocol) in Self::OPENINGS {
            if bytes.starts_with(opening) {
                return Ok(Some(protocol));
            }
            if opening.starts_with(bytes) {
                return Err(Undecided);
            }
        }
        Ok(None)
    }
}

/// More octets have to come before this can be said.
pub(super) struct Undecided;

/// What is wrong where no reply could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReplyErrorKind {
    /// Another protocol is spoken.
    OtherProtocol(Protocol),
    /// A line does not begin with three digits.
    NoReplyCode,
    /// A line begins with more than three digits.
    FourthDigit,
    /// The three digits are below 100.
    OutOfRange,
    /// A line is longer than [`Limits::line`](crate::Limits::line).
    LineTooLong,
    /// The reply has more lines than [`Limits::lines`](crate::Limits::lines).
    TooManyLines,
    /// The reply has more octets than [`Limits::reply`](crate::Limits::reply).
    ReplyTooLong,
    /// The buffer holds fewer octets than were read from it before: what belongs to the reply that
    /// is being read must be kept.
    BufferShrank,
}

/// Octets that are no reply: what is wrong, and where.
///
/// `Display` says it to a person, with the offset.
///
/// ```
/// use codes_core::{Protocol, Reply, ReplyErrorKind};
///
/// let error = Reply::parse(b"HTTP/1.1 400 Bad Request\r\n").expect_err("no mail server");
/// assert_eq!(error.kind(), ReplyErrorKind::OtherProtocol(Protocol::Http));
/// assert_eq!(error.offset(), 0);
///
/// let error = Reply::parse(b"2500 ok\r\n").expect_err("four digits");
/// assert_eq!(error.kind(), ReplyErrorKind::FourthDigit);
/// assert_eq!(error.to_string(), "octet 3: a fourth digit follows the three of a reply code");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReplyError {
    kind: ReplyErrorKind,
    offset: usize,
}

impl ReplyError {
    #[cold]
    pub(super) const fn new(kind: ReplyErrorKind, offset: usize) -> Self {
        Self { kind, offset }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> ReplyErrorKind {
        self.kind
    }

    /// The octet at which it shows, counted from 0 at the beginning of the buffer.
    #[must_use]
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| {
            write!(f, "octet {}: ", self.offset)?;
            f.write_str(match self.kind {
            ReplyErrorKind::OtherProtocol(protocol) => {
                return write!(
                    f,
                    "this is {protocol}, not SMTP: check the port, and whether TLS begins at once \
                     there"
                );
            }
            ReplyErrorKind::NoReplyCode => "a line does not begin with a reply code of three digits",
            ReplyErrorKind::FourthDigit => "a fourth digit follows the three of a reply code",
            ReplyErrorKind::OutOfRange => "a reply code is not below 100",
            ReplyErrorKind::LineTooLong => "a line is longer than the limit that was set",
            ReplyErrorKind::TooManyLines => "the reply has more lines than the limit that was set",
            ReplyErrorKind::ReplyTooLong => "the reply is longer than the limit that was set",
            ReplyErrorKind::BufferShrank => {
                "octets of an incomplete reply are gone from the buffer: keep them until it is whole"
            }
        })
        })
    }
}

impl core::error::Error for ReplyError {}
