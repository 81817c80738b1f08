//! How much of a reply is read at most, and how much the standards allow.

use crate::code::ReplyCode;

/// What a [`ReplyReader`](crate::ReplyReader) takes at most; beyond it is an error.
///
/// The defaults are far above what servers send, and above what the standards allow: a line of 16,384
/// octets, 1,024 lines, a reply of 131,072 octets. Line ends count, what is skipped before a reply
/// does not. Less than `250` and a line end need, 5 octets and 1 line, counts as that much.
///
/// ```
/// use codes_core::{Limits, ReplyErrorKind, ReplyReader};
///
/// let limits = Limits { line: 1_000, ..Limits::DEFAULT };
/// let error = ReplyReader::with_limits(limits).read(&[b'2'; 3_000]).expect_err("no reply");
/// assert_eq!(error.kind(), ReplyErrorKind::FourthDigit);
///
/// let mut endless = b"250 ".to_vec();
/// endless.resize(3_000, b'x');
/// let error = ReplyReader::with_limits(limits).read(&endless).expect_err("too long");
/// assert_eq!((error.kind(), error.offset()), (ReplyErrorKind::LineTooLong, 1_000));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Limits {
    /// Octets of one line.
    pub line: usize,
    /// Lines of one reply.
    pub lines: usize,
    /// Octets of one reply.
    pub reply: usize,
}

impl Limits {
    /// The limits of [`Reply::parse`](crate::Reply::parse).
    pub const DEFAULT: Self = Self {
        line: 16_384,
        lines: 1_024,
        reply: 131_072,
    };

    /// These, but each enough for the shortest reply.
    pub(super) const fn usable(self) -> Self {
        const fn at_least(least: usize, limit: usize) -> usize {
            if limit < least { least } else { limit }
        }
        Self {
            line: at_least(5, self.line),
            lines: at_least(1, self.lines),
            reply: at_least(5, self.reply),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The octets that are skipped at most before a reply: empty lines, a byte order mark, telnet
/// commands.
pub(super) const SKIPPED: u8 = 32;

/// The octets of a line, its end included (RFC 5321 section 4.5.3.1.5).
pub(super) const LINE: usize = 512;

/// The base64 of a challenge at most (RFC 4954 section 4).
pub(super) const BASE64: usize = 12_288;

/// The octets that a line with this code may have, its end included.
pub(super) fn line_octets(code: ReplyCode) -> usize {
    match code.is_challenge() {
        // With code, space and line end.
        true => BASE64 + 6,
        false => LINE,
    }
}
