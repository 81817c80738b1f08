//! The one path by which octets become a reply.

use super::Reply;
use super::deviation::{Deviation, Deviations};
use super::error::{Protocol, ReplyError, ReplyErrorKind, Undecided};
use super::limits::{LINE, Limits, SKIPPED, line_octets};
use super::line::find_enhanced;
use super::scan;
use crate::code::{Class, ReplyCode};
use crate::enhanced::EnhancedCode;

/// How far a reply has been read. All places are counted from the beginning of the buffer.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    /// Where the reply begins, behind what was skipped.
    start: usize,
    /// Where the line begins that is being read.
    line: usize,
    /// The next octet that was not looked at; the beginning of the line until its head is read.
    at: usize,
    /// The lines that are complete.
    lines: usize,
    /// The digits of the last line as they stand there; no digits before the first.
    digits: u32,
    /// The octets of the line before its text.
    head: u8,
    first: ReplyCode,
    last: ReplyCode,
    worst: ReplyCode,
    enhanced: Option<EnhancedCode>,
    deviations: Deviations,
}

/// The three digits in the four octets of a head.
const DIGITS: u32 = 0x00ff_ffff;

/// Why a head was not read.
enum Stop {
    /// More octets have to come.
    More,
    /// Something was skipped.
    Again,
    Error(ReplyError),
}

impl State {
    pub(super) const NEW: Self = Self {
        start: 0,
        line: 0,
        at: 0,
        lines: 0,
        digits: u32::MAX,
        head: 0,
        first: ReplyCode::LOWEST,
        last: ReplyCode::LOWEST,
        worst: ReplyCode::LOWEST,
        enhanced: None,
        deviations: Deviations::NONE,
    };

    /// Reads on where it stopped. After a reply the state is used up.
    #[inline]
    pub(super) fn read<'a>(
        &mut self,
        buf: &'a [u8],
        limits: &Limits,
    ) -> Result<Option<Reply<'a>>, ReplyError> {
        if buf.len() < self.at {
            let kind = ReplyErrorKind::BufferShrank;
            return Err(ReplyError::new(kind, buf.len()));
        }
        // A copy, which the compiler can keep in registers.
        let mut state = *self;
        loop {
            let bound = state.bound(limits);
            if state.at == state.line {
                let read = match buf.get(state.line..).and_then(<[u8]>::first_chunk) {
                    Some(head) => state.head(*head, buf),
                    None => Err(state.short_head(buf)),
                };
                if let Err(stop) = read {
                    *self = state;
                    match stop {
                        Stop::Again => continue,
                        Stop::Error(error) if error.offset() < bound => return Err(error),
                        Stop::More if buf.len() < bound => return Ok(None),
                        Stop::More | Stop::Error(_) => return Err(state.too_long(limits)),
                    }
                }
            }
            let seen = buf.get(..bound).unwrap_or(buf);
            let Some((end, next)) = state.line_end(seen) else {
                *self = state;
                return match buf.len() < bound {
                    true => Ok(None),
                    false => Err(state.too_long(limits)),
                };
            };
            let goes_on = buf.get(state.line + 3) == Some(&b'-');
            state.complete(buf, end, next);
            if !goes_on {
                return Ok(Some(state.reply(&buf[..next])));
            }
            if state.lines >= limits.lines {
                *self = state;
                return Err(ReplyError::new(ReplyErrorKind::TooManyLines, next));
            }
        }
    }

    /// What is known of a reply that the end of the stream cut off.
    pub(super) fn truncated<'a>(&mut self, buf: &'a [u8]) -> Option<Reply<'a>> {
        let mut known = buf;
        if self.at > self.line {
            let end = buf.strip_suffix(b"\r").map_or(buf.len(), <[u8]>::len);
            self.complete(buf, end, buf.len());
        } else if let Some(&[a, b, c]) = buf.get(self.line..)
            && self.code([a, b, c, b' '], buf).is_ok()
        {
            self.head = 3;
            self.complete(buf, buf.len(), buf.len());
        } else {
            known = buf.get(..self.line)?;
        }
        self.deviations.insert(Deviation::Truncated);
        (self.lines > 0).then(|| self.reply(known))
    }

    /// The octets up to the end of the line that is being read, or all if it has none.
    pub(super) fn bad_line(&self, buf: &[u8]) -> (usize, bool) {
        let rest = buf.get(self.line..).unwrap_or_default();
        match rest.iter().position(|&byte| byte == b'\n') {
            Some(end) => (self.line + end + 1, true),
            None => (buf.len(), false),
        }
    }

    /// Where the line has to be complete at the latest.
    #[inline]
    fn bound(&self, limits: &Limits) -> usize {
        let line = self.line.saturating_add(limits.line);
        line.min(self.start.saturating_add(limits.reply))
    }

    #[cold]
    fn too_long(&self, limits: &Limits) -> ReplyError {
        let bound = self.bound(limits);
        let kind = match bound < self.start.saturating_add(limits.reply) {
            true => ReplyErrorKind::LineTooLong,
            false => ReplyErrorKind::ReplyTooLong,
        };
        ReplyError::new(kind, bound)
    }

    /// Reads the digits and the separator of a line.
    #[inline]
    fn head(&mut self, head: [u8; 4], buf: &[u8]) -> Result<(), Stop> {
        let digits = u32::from_le_bytes(head) & DIGITS;
        if digits != self.digits {
            self.code(head, buf)?;
        }
        self.head = match head[3] {
            b' ' | b'-' => 4,
            other => self.separator(other)?,
        };
        self.at = self.line + usize::from(self.head);
        Ok(())
    }

    /// Reads the code of the first line, or one that is not the code of the line before.
    #[inline]
    fn code(&mut self, head: [u8; 4], buf: &[u8]) -> Result<(), Stop> {
        let [a, b, c, _] = head.map(|byte| byte.wrapping_sub(b'0'));
        if a > 9 || b > 9 || c > 9 {
            return Err(self.no_code(buf));
        }
        let number = u16::from(a) * 100 + u16::from(b) * 10 + u16::from(c);
        let Some(code) = ReplyCode::new(number) else {
            let kind = ReplyErrorKind::OutOfRange;
            return Err(Stop::Error(ReplyError::new(kind, self.line)));
        };
        if !matches!(a, 2..=5) || b > 5 {
            self.deviations.insert(Deviation::UnusualCode);
        }
        if self.lines == 0 {
            (self.first, self.worst) = (code, code);
        } else {
            self.deviations.insert(Deviation::CodesDiffer);
            if badness(code) > badness(self.worst) {
                self.worst = code;
            }
        }
        self.last = code;
        self.digits = u32::from_le_bytes(head) & DIGITS;
        Ok(())
    }

    /// Judges what stands behind the digits where that is neither a space nor a hyphen; gives the
    /// octets before the text.
    #[cold]
    fn separator(&mut self, byte: u8) -> Result<u8, Stop> {
        match byte {
            b'\t' => {
                self.deviations.insert(Deviation::TabSeparator);
                Ok(4)
            }
            b'0'..=b'9' => {
                let kind = ReplyErrorKind::FourthDigit;
                Err(Stop::Error(ReplyError::new(kind, self.line + 3)))
            }
            _ => Ok(3),
        }
    }

    /// Judges a line of which fewer octets are there than a head has.
    #[cold]
    fn short_head(&mut self, buf: &[u8]) -> Stop {
        let rest = buf.get(self.line..).unwrap_or_default();
        if let &[a, b, c] = rest
            && rest.iter().all(u8::is_ascii_digit)
        {
            // What a code would change is changed again with the octet behind it.
            let mut tried = *self;
            return tried.code([a, b, c, b' '], buf).err().unwrap_or(Stop::More);
        }
        match rest.iter().all(u8::is_ascii_digit) {
            true => Stop::More,
            false => self.no_code(buf),
        }
    }

    /// Judges a line that does not begin with three digits. Before a reply some of what is no reply
    /// is skipped.
    #[cold]
    fn no_code(&mut self, buf: &[u8]) -> Stop {
        loop {
            let rest = buf.get(self.line..).unwrap_or_default();
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let offset = self.line + digits;
            let error = |kind| Stop::Error(ReplyError::new(kind, offset));
            if self.lines > 0 || digits > 0 {
                return error(ReplyErrorKind::NoReplyCode);
            }
            let (skipped, deviation) = match rest {
                [] | [b'\r'] => return Stop::More,
                [b'\n', ..] => (1, Deviation::LeadingEmptyLine),
                [b'\r', b'\n', ..] => (2, Deviation::LeadingEmptyLine),
                // A byte order mark in UTF-8.
                [0xef] | [0xef, 0xbb] => return Stop::More,
                [0xef, 0xbb, 0xbf, ..] => (3, Deviation::LeadingBytes),
                // Telnet (RFC 854): IAC, then WILL, WONT, DO or DONT with an option, or a command.
                [0xff] | [0xff, 0xfb..=0xfe] => return Stop::More,
                [0xff, 0xfb..=0xfe, ..] => (3, Deviation::LeadingBytes),
                [0xff, ..] => (2, Deviation::LeadingBytes),
                _ => match Protocol::of(rest) {
                    Ok(Some(protocol)) => return error(ReplyErrorKind::OtherProtocol(protocol)),
                    Ok(None) => return error(ReplyErrorKind::NoReplyCode),
                    Err(Undecided) => return Stop::More,
                },
            };
            if self.line + skipped > SKIPPED {
                return error(ReplyErrorKind::NoReplyCode);
            }
            self.deviations.insert(deviation);
            self.line += skipped;
            (self.start, self.at) = (self.line, self.line);
            if buf.get(self.line).is_some_and(u8::is_ascii_digit) {
                return Stop::Again;
            }
        }
    }

    /// Looks for the end of the line: where its text ends, and where the next line begins.
    #[inline]
    fn line_end(&mut self, buf: &[u8]) -> Option<(usize, usize)> {
        loop {
            let at = scan::special(buf, self.at);
            self.at = at;
            match (*buf.get(at)?, buf.get(at + 1)) {
                (b'\r', Some(b'\n')) => return Some((at, at + 2)),
                (b'\n', _) => {
                    self.deviations.insert(Deviation::BareLf);
                    return Some((at, at + 1));
                }
                // What it is shows with the next octet.
                (b'\r', None) => return None,
                (b'\r', _) => self.deviations.insert(Deviation::LoneCr),
                (b'\t', _) => {}
                (0x80.., _) => self.deviations.insert(Deviation::NotAscii),
                _ => self.deviations.insert(Deviation::Control),
            }
            self.at = at + 1;
        }
    }

    /// Takes up a line whose text ends at `end` and which ends before `next`.
    #[inline]
    fn complete(&mut self, buf: &[u8], end: usize, next: usize) {
        let text = self.line + usize::from(self.head);
        if self.head == 3 && end > text {
            self.deviations.insert(Deviation::NoSeparator);
        }
        let length = next - self.line;
        if length > LINE && length > line_octets(self.last) {
            self.deviations.insert(Deviation::LongLine);
        }
        if let Some(found) = buf
            .get(text..end)
            .and_then(|text| find_enhanced(text, self.last))
        {
            if self.enhanced.is_some_and(|before| before != found.code) {
                self.deviations.insert(Deviation::EnhancedCodesDiffer);
            }
            if found.is_loose {
                self.deviations.insert(Deviation::EnhancedForm);
            }
            self.enhanced = Some(found.code);
        }
        self.lines += 1;
        (self.line, self.at) = (next, next);
    }

    /// The reply, `taken` being all octets up to its end.
    #[inline]
    fn reply<'a>(&mut self, taken: &'a [u8]) -> Reply<'a> {
        if self
            .enhanced
            .is_some_and(|enhanced| !enhanced.agrees_with(self.last))
        {
            self.deviations.insert(Deviation::EnhancedClassDiffers);
        }
        Reply {
            taken,
            start: self.start,
            code: self.last,
            first_code: self.first,
            worst_code: self.worst,
            enhanced: self.enhanced,
            deviations: self.deviations,
        }
    }
}

/// Orders codes by what a client may make of them: a success last, a permanent refusal first.
fn badness(code: ReplyCode) -> u8 {
    match code.class() {
        Class::PositiveCompletion => 0,
        Class::PositiveIntermediate => 1,
        Class::Other => 2,
        Class::TransientNegative => 3,
        Class::PermanentNegative => 4,
    }
}
