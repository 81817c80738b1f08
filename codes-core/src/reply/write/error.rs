//! Why a reply cannot be written.

use core::fmt;

use super::super::limits::{BASE64, LINE, Limits};
use crate::code::ReplyCode;
use crate::enhanced::EnhancedCode;
use crate::pad::pad;

/// What is wrong with a reply that cannot be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WriteErrorKind {
    /// The code is a status that no server sends.
    UnsentCode,
    /// The code is outside the grammar: first digit 2 to 5, second 0 to 5 (RFC 5321 section 4.2).
    UnusualCode,
    /// The class of the enhanced code is not the first digit of the code (RFC 2034 section 4).
    EnhancedClassDiffers,
    /// A 3yz reply has no enhanced code (RFC 2034 section 4).
    EnhancedNotAllowed,
    /// There is no line at all.
    NoLines,
    /// The text holds a CR or LF.
    LineBreak,
    /// The text holds a control character other than TAB.
    Control,
    /// The text holds a character outside ASCII.
    NotAscii,
    /// A line would begin with what a client takes for an enhanced code.
    LooksEnhanced,
    /// A word does not fit on a line.
    WordTooLong,
    /// A line has more octets than RFC 5321 section 4.5.3.1.5 allows.
    LineTooLong,
    /// The reply has more lines than [`Limits::DEFAULT`].
    TooManyLines,
    /// The reply has more octets than [`Limits::DEFAULT`].
    ReplyTooLong,
    /// The challenge of a login is not one line of base64 (RFC 4954 section 4).
    NotBase64,
    /// The challenge of a login has more octets than RFC 4954 section 4 allows.
    ChallengeTooLong,
    /// The slice is shorter than the reply.
    BufferTooSmall {
        /// The octets that the reply takes.
        needed: usize,
    },
    /// The writer that the reply went to failed.
    Sink,
}

/// A reply that cannot be written: what is wrong, where, and what to do.
///
/// Unless [`kind`](WriteError::kind) is [`Sink`](WriteErrorKind::Sink), nothing was written.
///
/// ```
/// use codes_core::{ReplyWriter, Smtp550, WriteErrorKind};
///
/// let error = ReplyWriter::new(Smtp550, "no\r\n250 yes").check().expect_err("a line break");
/// assert_eq!(error.kind(), WriteErrorKind::LineBreak);
/// assert_eq!(error.offset(), Some(2));
/// assert!(error.to_string().starts_with("octet 2: a CR or LF would end the line"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct WriteError {
    kind: WriteErrorKind,
    code: ReplyCode,
    enhanced: Option<EnhancedCode>,
    line: Option<usize>,
    offset: Option<usize>,
}

impl WriteError {
    #[cold]
    pub(super) const fn new(
        kind: WriteErrorKind,
        code: ReplyCode,
        enhanced: Option<EnhancedCode>,
    ) -> Self {
        Self {
            kind,
            code,
            enhanced,
            line: None,
            offset: None,
        }
    }

    pub(super) const fn at(self, line: Option<usize>, offset: usize) -> Self {
        Self {
            line,
            offset: Some(offset),
            ..self
        }
    }

    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> WriteErrorKind {
        self.kind
    }

    /// The text at which it shows, counted from 0, where several were given.
    #[must_use]
    pub const fn line(&self) -> Option<usize> {
        self.line
    }

    /// The octet of the text at which it shows, counted from 0; `None` where it is not the text that
    /// is wrong.
    #[must_use]
    pub const fn offset(&self) -> Option<usize> {
        self.offset
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| {
            match (self.line, self.offset) {
                // People count lines from 1.
                (Some(line), Some(offset)) => write!(f, "line {}, octet {offset}: ", line + 1)?,
                (None, Some(offset)) => write!(f, "octet {offset}: ")?,
                _ => {}
            }
            let code = self.code.as_str();
            let Limits { lines, reply, .. } = Limits::DEFAULT;
            match self.kind {
                WriteErrorKind::UnsentCode => write!(
                    f,
                    "{code} is a status that no server sends: answer with the code for its cause"
                ),
                WriteErrorKind::UnusualCode => write!(
                    f,
                    "{code} is outside the grammar: the first digit of a reply code is 2 to 5, the \
                 second 0 to 5"
                ),
                WriteErrorKind::EnhancedClassDiffers => {
                    f.write_str("the class of the enhanced code")?;
                    if let Some(enhanced) = self.enhanced {
                        write!(f, " {enhanced}")?;
                    }
                    write!(f, " has to be the first digit of {code}")
                }
                WriteErrorKind::EnhancedNotAllowed => {
                    write!(f, "{code} is a 3yz reply, and those have no enhanced code")
                }
                WriteErrorKind::NoLines => {
                    f.write_str("a reply has at least one line: give one, which may be empty")
                }
                WriteErrorKind::LineBreak => f.write_str(
                    "a CR or LF would end the line: put a space there, or give each line by itself",
                ),
                WriteErrorKind::Control => {
                    f.write_str("a reply holds no control character but TAB: remove it")
                }
                WriteErrorKind::NotAscii => f.write_str(
                    "this is not ASCII: replace it, or ask for UTF-8 if the client gave SMTPUTF8",
                ),
                WriteErrorKind::LooksEnhanced => f.write_str(
                    "a client would take this for an enhanced code: give it as one, or begin with \
                 another word",
                ),
                WriteErrorKind::WordTooLong => write!(
                    f,
                    "this word does not fit on a line of {LINE} octets: put a space into it"
                ),
                WriteErrorKind::LineTooLong => write!(
                    f,
                    "a line has at most {LINE} octets with its code and end: split it here or before"
                ),
                WriteErrorKind::TooManyLines => {
                    write!(f, "a reply has at most {lines} lines: leave some out")
                }
                WriteErrorKind::ReplyTooLong => {
                    write!(f, "a reply has at most {reply} octets: shorten the text")
                }
                WriteErrorKind::NotBase64 => write!(
                    f,
                    "the text of {code} is a challenge, one line of base64 with its padding: encode it"
                ),
                WriteErrorKind::ChallengeTooLong => {
                    write!(f, "a challenge has at most {BASE64} octets of base64")
                }
                WriteErrorKind::BufferTooSmall { needed } => {
                    write!(
                        f,
                        "the reply takes {needed} octets: give a slice of that length"
                    )
                }
                WriteErrorKind::Sink => f.write_str("the writer that the reply went to failed"),
            }
        })
    }
}

impl core::error::Error for WriteError {}

/// A reply that cannot be written is invalid input.
#[cfg(feature = "std")]
impl From<WriteError> for std::io::Error {
    fn from(error: WriteError) -> Self {
        Self::new(std::io::ErrorKind::InvalidInput, error)
    }
}
