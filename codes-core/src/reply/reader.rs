//! Reading replies from a stream.

use core::fmt;

use super::Reply;
use super::error::{ReplyError, ReplyErrorKind};
use super::limits::Limits;
use super::parse::State;
use crate::pad::pad;

/// Reads replies from a buffer that grows as octets come in.
///
/// The caller keeps the buffer. It begins with the first octet that no reply has taken; octets are
/// added behind until [`read`](Self::read) gives a reply, and then the [`len`](Reply::len) octets of
/// that reply are removed. The reader remembers how far it has looked and never goes back: however
/// the octets were split, the work and the result are the same.
///
/// How many replies to wait for is the caller's knowledge: one for the greeting and for each command,
/// pipelined ones in the order of the commands (RFC 2920); after the final dot one for each accepted
/// recipient in LMTP (RFC 2033 section 4.2), and with PRDR a 353, one for each accepted recipient,
/// and one for the message. What stands in the buffer when nothing is due, nobody asked for: a 421
/// that tells of the end of the service, or, behind the 220 to STARTTLS, octets that were put in by
/// somebody else and must be refused (RFC 3207 section 4.2).
///
/// ```
/// use codes_core::{ReplyReader, Smtp220, Smtp250};
///
/// let mut reader = ReplyReader::new();
/// let mut buf = b"220-mx.exam".to_vec();
/// assert!(reader.read(&buf)?.is_none());
///
/// buf.extend_from_slice(b"ple.org\r\n220 ESMTP\r\n250 unasked");
/// let reply = reader.read(&buf)?.expect("complete");
/// assert_eq!(reply.code(), Smtp220);
/// let taken = reply.len();
/// buf.drain(..taken);
/// assert_eq!(buf, b"250 unasked", "the client sees it and can hang up");
/// # Ok::<(), codes_core::ReplyError>(())
/// ```
#[derive(Debug, Clone)]
pub struct ReplyReader {
    state: State,
    limits: Limits,
    error: Option<ReplyError>,
    /// Whether the bad line that is being skipped was not the first of its reply.
    within_reply: bool,
}

impl ReplyReader {
    /// A reader with [`Limits::DEFAULT`].
    #[must_use]
    pub const fn new() -> Self {
        Self::with_limits(Limits::DEFAULT)
    }

    /// A reader with limits of the caller's own.
    #[must_use]
    pub const fn with_limits(limits: Limits) -> Self {
        Self {
            state: State::NEW,
            limits: limits.usable(),
            error: None,
            within_reply: false,
        }
    }

    /// Reads on; `None` where the end of the reply has not come yet.
    ///
    /// After a reply, call it again only with its octets removed, or it reads the same reply again.
    ///
    /// # Errors
    ///
    /// Where the octets are no reply, or too many; where `buf` is shorter than it was. The error
    /// stays until [`skip_line`](Self::skip_line) is called.
    #[inline]
    pub fn read<'a>(&mut self, buf: &'a [u8]) -> Result<Option<Reply<'a>>, ReplyError> {
        // Octets often come one by one, and most of them say nothing yet.
        if self.error.is_none() && self.state.says_nothing(buf, &self.limits) {
            return Ok(None);
        }
        self.read_on(buf)
    }

    // Kept out of the caller's code, so that what stands before it can be in there.
    #[inline(never)]
    fn read_on<'a>(&mut self, buf: &'a [u8]) -> Result<Option<Reply<'a>>, ReplyError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        match self.state.read(buf, &self.limits) {
            Ok(None) => Ok(None),
            Ok(reply) => {
                if self.state.is_begun() {
                    self.state = State::NEW;
                }
                Ok(reply)
            }
            Err(error) => {
                self.error = Some(error);
                Err(error)
            }
        }
    }

    /// Judges what is left when the stream has ended.
    ///
    /// ```
    /// use codes_core::{ReplyReader, Smtp550, StreamEnd};
    ///
    /// let buf = b"550 user unk";
    /// let mut reader = ReplyReader::new();
    /// assert!(reader.read(buf)?.is_none());
    /// let StreamEnd::Truncated(rest) = reader.finish(buf)? else {
    ///     panic!("the line has no end");
    /// };
    /// let known = rest.known().expect("the code is there");
    /// assert_eq!(known.code(), Smtp550);
    /// assert_eq!(known.text().to_string(), "user unk");
    /// assert!(!known.is_strict());
    /// # Ok::<(), codes_core::ReplyError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As for [`read`](Self::read).
    pub fn finish<'a>(&mut self, buf: &'a [u8]) -> Result<StreamEnd<'a>, ReplyError> {
        if let Some(reply) = self.read(buf)? {
            return Ok(StreamEnd::Reply(reply));
        }
        if buf.is_empty() {
            return Ok(StreamEnd::Clean);
        }
        let mut state = self.state;
        self.state = State::NEW;
        Ok(StreamEnd::Truncated(Truncated {
            known: state.truncated(buf),
            bytes: buf,
        }))
    }

    /// After an error: the octets to remove from the buffer so that reading can go on behind the bad
    /// line.
    ///
    /// Where the line has not ended yet, all octets may go; call it again when more have come.
    /// Until then [`read`](Self::read) gives the same error, so one loop does for both. Without an
    /// error there is nothing to skip.
    ///
    /// ```
    /// use codes_core::{ReplyReader, Smtp250};
    ///
    /// let mut buf = b"hello\r\n250 ok\r\n".to_vec();
    /// let mut reader = ReplyReader::new();
    /// assert!(reader.read(&buf).is_err());
    /// let skipped = reader.skip_line(&buf);
    /// assert!(skipped.is_complete());
    /// buf.drain(..skipped.len());
    /// assert_eq!(reader.read(&buf)?.expect("complete").code(), Smtp250);
    /// # Ok::<(), codes_core::ReplyError>(())
    /// ```
    pub fn skip_line(&mut self, buf: &[u8]) -> Skipped {
        if self.error.is_none() {
            return Skipped {
                octets: 0,
                is_complete: true,
                within_reply: false,
            };
        }
        // Nothing is bad in what is there then.
        let (octets, is_complete) = match self.error.map(|error| error.kind()) {
            Some(ReplyErrorKind::BufferShrank) => (0, true),
            _ => self.state.bad_line(buf),
        };
        self.within_reply |= self.state.has_lines();
        let within_reply = self.within_reply;
        self.state = State::NEW;
        if is_complete {
            self.error = None;
            self.within_reply = false;
        }
        Skipped {
            octets,
            is_complete,
            within_reply,
        }
    }
}

impl Default for ReplyReader {
    fn default() -> Self {
        Self::new()
    }
}

/// What [`ReplyReader::skip_line`] found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "the octets have to be removed from the buffer"]
pub struct Skipped {
    octets: usize,
    is_complete: bool,
    within_reply: bool,
}

impl Skipped {
    /// The octets to remove from the buffer.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "not a collection")]
    pub const fn len(&self) -> usize {
        self.octets
    }

    /// Whether the bad line has ended with them, so that reading can go on.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// Whether lines of the same reply came before the bad one. What is read next may then be the
    /// rest of that reply and no answer to the next command: a client that goes by it is out of step,
    /// so it had better end the session.
    #[must_use]
    pub const fn is_within_reply(&self) -> bool {
        self.within_reply
    }
}

/// What was left at the end of a stream; made by [`ReplyReader::finish`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamEnd<'a> {
    /// Nothing.
    Clean,
    /// A whole reply that nobody had read; there may be more behind it.
    Reply(Reply<'a>),
    /// The beginning of a reply. RFC 5321 section 3.8 counts a connection that is lost like this as
    /// a 451.
    Truncated(Truncated<'a>),
}

/// The beginning of a reply that the end of the stream cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truncated<'a> {
    known: Option<Reply<'a>>,
    bytes: &'a [u8],
}

impl<'a> Truncated<'a> {
    /// What was read so far, if that was as much as a reply code. It has the deviation
    /// [`Truncated`](crate::Deviation::Truncated): it is not strict, and no success.
    #[must_use]
    pub const fn known(&self) -> Option<Reply<'a>> {
        self.known
    }

    /// All octets that were left.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.bytes
    }
}

impl fmt::Display for Truncated<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| match self.known {
            Some(reply) => write!(
                f,
                "the connection ended within a reply, which so far says {reply}"
            ),
            None => f.write_str("the connection ended before a reply code was complete"),
        })
    }
}

impl core::error::Error for Truncated<'_> {}
