//! The one path by which octets become a reply.

use super::Reply;
use super::deviation::{Deviation, Deviations};
use super::error::{Protocol, ReplyError, ReplyErrorKind, Undecided};
use super::limits::{LINE, Limits, SKIPPED, line_octets};
use super::line::{Lines, find_enhanced};
use super::scan;
use crate::code::ReplyCode;
use crate::enhanced::EnhancedCode;
use crate::vocabulary::{__is_in_grammar, Class};

/// How far a reply has been read. All places are counted from the beginning of the buffer.
#[derive(Debug, Clone, Copy)]
pub(super) struct State {
    /// Where the reply begins, behind what was skipped.
    start: u8,
    /// Where the line begins that is being read.
    line: usize,
    /// The next octet that was not looked at; the beginning of the line until its head is read.
    at: usize,
    /// The lines that are complete.
    lines: u32,
    /// The digits of the last line as they stand there; no digits before the first.
    digits: u32,
    /// The octets of the line before its text.
    head: u8,
    first: ReplyCode,
    last: ReplyCode,
    worst: ReplyCode,
    enhanced: Option<EnhancedCode>,
    /// Whether a line has no enhanced code.
    is_bare: bool,
    repeated: Repeated,
    deviations: Deviations,
}

/// The enhanced code of the line before with the space behind it, where that fits into eight octets.
#[derive(Debug, Clone, Copy)]
struct Repeated {
    mask: u64,
    text: u64,
}

impl Repeated {
    /// No octets are equal to this.
    const NONE: Self = Self { mask: 0, text: 1 };
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
        is_bare: false,
        repeated: Repeated::NONE,
        deviations: Deviations::NONE,
    };

    /// Whether it differs from [`NEW`](Self::NEW).
    #[inline]
    pub(super) const fn is_begun(&self) -> bool {
        self.at > 0
    }

    /// Takes up one new octet that says nothing yet: of a text, or the CR behind it, or one of the first
    /// two digits. False where there is more to be done.
    #[inline]
    pub(super) fn says_nothing(&mut self, buf: &[u8], limits: &Limits) -> bool {
        let Some(new) = buf.get(self.at..) else {
            return false;
        };
        let has_room = buf.len() - self.line < limits.line
            && buf.len() - usize::from(self.start) < limits.reply;
        match new {
            [b' '..=b'~'] if has_room && self.at > self.line => self.at += 1,
            [b'\r'] if has_room && self.at > self.line => {}
            [b'0'..=b'9'] | [b'0'..=b'9', b'0'..=b'9'] if has_room && self.at == self.line => {}
            _ => return false,
        }
        true
    }

    /// Reads on where it stopped. After a reply the state is used up.
    #[inline(always)]
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
        let mut seen = state.within(buf, limits);
        let usual = limits.line.min(LINE);
        loop {
            if state.at == state.line {
                let head = seen.get(state.line..).and_then(<[u8]>::first_chunk);
                if !head.is_some_and(|head| state.usual_head(*head)) {
                    *self = state;
                    match self.unusual_head(seen) {
                        Ok(()) => {}
                        Err(Stop::Again) => seen = self.within(buf, limits),
                        Err(Stop::Error(error)) => return Err(error),
                        Err(Stop::More) => return self.incomplete(buf, limits),
                    }
                    state = *self;
                    continue;
                }
            }
            state.at = scan::special(seen, state.at);
            let (end, next) = match seen.get(state.at..) {
                Some([b'\r', b'\n', ..]) => (state.at, state.at + 2),
                _ => {
                    *self = state;
                    let Some(end) = self.unusual_end(seen) else {
                        return self.incomplete(buf, limits);
                    };
                    state = *self;
                    end
                }
            };
            if next - state.line > usual {
                *self = state;
                if next - self.line > limits.line {
                    return Err(self.line_too_long(limits));
                }
                self.long_line(next);
                state = *self;
            }
            let goes_on = seen.get(state.line + 3) == Some(&b'-');
            state.complete(seen, end, next, goes_on);
            if !goes_on {
                return Ok(Some(state.reply(&seen[..next])));
            }
            if state.lines as usize >= limits.lines {
                *self = state;
                return Err(ReplyError::new(ReplyErrorKind::TooManyLines, next));
            }
        }
    }

    /// The octets that the reply may have.
    #[inline]
    fn within<'a>(&self, buf: &'a [u8], limits: &Limits) -> &'a [u8] {
        let most = limits.reply.saturating_add(usize::from(self.start));
        buf.get(..most).unwrap_or(buf)
    }

    /// There are no more octets: they have yet to come, or there were too many.
    #[cold]
    fn incomplete<'a>(
        &self,
        buf: &'a [u8],
        limits: &Limits,
    ) -> Result<Option<Reply<'a>>, ReplyError> {
        let most = limits.reply.saturating_add(usize::from(self.start));
        if buf.len().min(most) - self.line >= limits.line {
            return Err(self.line_too_long(limits));
        }
        match buf.len() < most {
            true => Ok(None),
            false => Err(ReplyError::new(ReplyErrorKind::ReplyTooLong, most)),
        }
    }

    #[cold]
    fn line_too_long(&self, limits: &Limits) -> ReplyError {
        ReplyError::new(ReplyErrorKind::LineTooLong, self.line + limits.line)
    }

    #[cold]
    fn long_line(&mut self, next: usize) {
        if next - self.line > line_octets(self.last) {
            self.deviations.insert(Deviation::LongLine);
        }
    }

    /// What is known of a reply that the end of the stream cut off.
    #[cold]
    pub(super) fn truncated<'a>(&mut self, buf: &'a [u8]) -> Option<Reply<'a>> {
        let mut known = buf;
        let is_bare = self.is_bare;
        if self.at > self.line {
            let end = buf.strip_suffix(b"\r").map_or(buf.len(), <[u8]>::len);
            let line = buf.get(self.line..).unwrap_or_default();
            match Lines::new(line).next() {
                Some(line) if line.ends_within_enhanced() => {
                    if self.head == 3 {
                        self.no_separator(buf.get(self.line + 3..end));
                    }
                    self.lines += 1;
                }
                _ => self.complete(buf, end, buf.len(), false),
            }
        } else if let Some(&[a, b, c]) = buf.get(self.line..)
            && self.code([a, b, c, b' '], buf).is_ok()
        {
            self.head = 3;
            self.complete(buf, buf.len(), buf.len(), false);
        } else {
            known = buf.get(..self.line)?;
        }
        // Nor is it known what would have come of a line without one.
        self.is_bare = is_bare;
        self.deviations.insert(Deviation::Truncated);
        (self.lines > 0).then(|| self.reply(known))
    }

    /// Whether lines of the reply are complete.
    pub(super) const fn has_lines(&self) -> bool {
        self.lines > 0
    }

    /// The octets up to the end of the line that is being read, or all if it has none.
    pub(super) fn bad_line(&self, buf: &[u8]) -> (usize, bool) {
        let rest = buf.get(self.line..).unwrap_or_default();
        match rest.iter().position(|&byte| byte == b'\n') {
            Some(end) => (self.line + end + 1, true),
            None => (buf.len(), false),
        }
    }

    /// Reads the digits and the separator of a line, if both are as they mostly are.
    #[inline(always)]
    fn usual_head(&mut self, head: [u8; 4]) -> bool {
        let digits = u32::from_le_bytes(head) & DIGITS;
        if digits != self.digits {
            let [a, b, c, _] = head.map(|byte| byte.wrapping_sub(b'0'));
            if self.lines > 0 || !__is_in_grammar(a, b) || c > 9 {
                return false;
            }
            let Some(code) = number(a, b, c) else {
                return false;
            };
            (self.first, self.last, self.worst) = (code, code, code);
            self.digits = digits;
        }
        self.head = 4;
        self.at = self.line + 4;
        matches!(head[3], b' ' | b'-')
    }

    /// Reads any digits and separator.
    #[cold]
    fn unusual_head(&mut self, buf: &[u8]) -> Result<(), Stop> {
        self.at = self.line;
        let Some(&head) = buf.get(self.line..).and_then(<[u8]>::first_chunk) else {
            return Err(self.short_head(buf));
        };
        self.code(head, buf)?;
        self.head = match head[3] {
            b' ' | b'-' => 4,
            other => self.separator(other)?,
        };
        self.at = self.line + usize::from(self.head);
        Ok(())
    }

    /// Reads a code, which mostly is the code of the line before.
    fn code(&mut self, head: [u8; 4], buf: &[u8]) -> Result<(), Stop> {
        let digits = u32::from_le_bytes(head) & DIGITS;
        if self.lines > 0 && digits == self.digits {
            return Ok(());
        }
        let [a, b, c, _] = head.map(|byte| byte.wrapping_sub(b'0'));
        if a > 9 || b > 9 || c > 9 {
            return Err(self.no_code(buf));
        }
        let Some(code) = number(a, b, c) else {
            let kind = ReplyErrorKind::OutOfRange;
            return Err(Stop::Error(ReplyError::new(kind, self.line)));
        };
        if code.is_unusual() {
            self.deviations.insert(Deviation::UnusualCode);
        }
        if self.lines == 0 {
            (self.first, self.worst) = (code, code);
        } else {
            self.deviations.insert(Deviation::CodesDiffer);
            // Of two as bad as each other the later decides, as the last line does.
            if badness(code) >= badness(self.worst) {
                self.worst = code;
            }
        }
        self.last = code;
        self.digits = digits;
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
        let rest = buf.get(self.line..).unwrap_or_default();
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let error = |kind| Stop::Error(ReplyError::new(kind, self.line + digits));
        if self.lines > 0 || digits > 0 {
            return error(ReplyErrorKind::NoReplyCode);
        }
        if let Some((octets, deviation)) = skippable(rest) {
            if self.start + octets > SKIPPED {
                return error(ReplyErrorKind::NoReplyCode);
            }
            self.deviations.insert(deviation);
            self.start += octets;
            self.line = usize::from(self.start);
            self.at = self.line;
            return Stop::Again;
        }
        match rest {
            // The beginning of what is skipped.
            [] | [b'\r'] | [0xef] | [0xef, 0xbb] | [0xff] | [0xff, 0xfb..=0xfe] => Stop::More,
            _ => match Protocol::of(rest) {
                Ok(Some(protocol)) => error(ReplyErrorKind::OtherProtocol(protocol)),
                Ok(None) => error(ReplyErrorKind::NoReplyCode),
                Err(Undecided) => Stop::More,
            },
        }
    }

    /// Looks for the end of a line that holds something special or does not end with CR LF: where
    /// its text ends, and where the next line begins.
    #[cold]
    fn unusual_end(&mut self, buf: &[u8]) -> Option<(usize, usize)> {
        loop {
            let at = self.at;
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
            self.at = scan::special(buf, at + 1);
        }
    }

    /// Takes up a line whose text ends at `end` and which ends before `next`.
    #[inline(always)]
    fn complete(&mut self, buf: &[u8], end: usize, next: usize, goes_on: bool) {
        let text = self.line + usize::from(self.head);
        if self.head == 3 && end > text {
            self.no_separator(buf.get(text..end));
        }
        // The first octet of an enhanced code; where the text is empty, it is the end of the line.
        let may_have = matches!(buf.get(text), Some(b'2' | b'4' | b'5' | b' ' | b'#' | b'('));
        if !(may_have && self.enhanced(buf, text, end, goes_on)) {
            self.is_bare = true;
        }
        self.lines += 1;
        (self.line, self.at) = (next, next);
    }

    /// Takes up a text right behind the digits. A CR is none: it belongs to a line end with several.
    #[cold]
    fn no_separator(&mut self, text: Option<&[u8]>) {
        if text.is_some_and(|text| text.iter().any(|&byte| byte != b'\r')) {
            self.deviations.insert(Deviation::NoSeparator);
        }
    }

    /// Takes up the enhanced code of a text that may begin with one; whether it does.
    #[inline(always)]
    fn enhanced(&mut self, buf: &[u8], text: usize, end: usize, goes_on: bool) -> bool {
        // Most lines that have one repeat the code of the line before, or have one digit for each
        // part; a space behind it shows that these octets belong to the text.
        let word = scan::word(buf, text).unwrap_or_default();
        if word & self.repeated.mask == self.repeated.text {
            return true;
        }
        let (code, message) = match short_enhanced(word) {
            Some(code) if self.digits as u8 != b'3' => (code, 6),
            _ => {
                let text = buf.get(text..end).unwrap_or_default();
                let Some(found) = find_enhanced(text, self.last) else {
                    return false;
                };
                if found.is_loose {
                    self.deviations.insert(Deviation::EnhancedForm);
                }
                (found.code, if found.is_plain { found.message } else { 0 })
            }
        };
        if goes_on {
            self.repeated = match message {
                1..=8 if word != 0 => {
                    let mask = u64::MAX >> (64 - 8 * message);
                    Repeated {
                        mask,
                        text: word & mask,
                    }
                }
                // The code of a line before that is not the last one any more.
                _ => Repeated::NONE,
            };
        }
        if self.enhanced.is_some_and(|before| before != code) {
            self.deviations.insert(Deviation::EnhancedCodesDiffer);
        }
        self.enhanced = Some(code);
        true
    }

    /// The reply, `taken` being all octets up to its end.
    #[inline(always)]
    fn reply<'a>(&mut self, taken: &'a [u8]) -> Reply<'a> {
        let class = self.digits as u8;
        if self
            .enhanced
            .is_some_and(|enhanced| enhanced.first_byte() != class)
        {
            self.deviations.insert(Deviation::EnhancedClassDiffers);
        }
        let same = !self.deviations.contains(Deviation::CodesDiffer);
        if self.is_bare && same && self.enhanced.is_some() {
            self.deviations.insert(Deviation::EnhancedCodesDiffer);
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

/// What is skipped before a reply: its octets, and what it counts as.
pub(super) fn skippable(bytes: &[u8]) -> Option<(u8, Deviation)> {
    match bytes {
        [b'\n', ..] => Some((1, Deviation::LeadingEmptyLine)),
        [b'\r', b'\n', ..] => Some((2, Deviation::LeadingEmptyLine)),
        // A byte order mark in UTF-8.
        [0xef, 0xbb, 0xbf, ..] => Some((3, Deviation::LeadingBytes)),
        // Telnet (RFC 854): IAC, then WILL, WONT, DO or DONT with an option, or a command.
        [0xff, 0xfb..=0xfe, _, ..] => Some((3, Deviation::LeadingBytes)),
        [0xff, 0xfb..=0xfe] => None,
        [0xff, _, ..] => Some((2, Deviation::LeadingBytes)),
        _ => None,
    }
}

/// The code in the first six of eight octets, if they are an enhanced code with one digit for each
/// part and a space.
#[inline(always)]
fn short_enhanced(word: u64) -> Option<EnhancedCode> {
    const FORM: u64 = u64::from_le_bytes(*b"0.0.0 \0\0");
    const OF_FORM: u64 = 0xff_f0_ff_f0_ff_f0;
    const TO_HEX: u64 = 0x06_00_06_00_06;
    if word & OF_FORM != FORM || word.wrapping_add(TO_HEX) & OF_FORM != FORM {
        return None;
    }
    let digit = |at: u32| (word >> (8 * at)) as u8 & 0xf;
    EnhancedCode::new(digit(0), digit(2).into(), digit(4).into())
}

#[inline(always)]
fn number(a: u8, b: u8, c: u8) -> Option<ReplyCode> {
    ReplyCode::new(u16::from(a) * 100 + u16::from(b) * 10 + u16::from(c))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_enhanced_code_counts_however_codes_alternate() {
        let texts = [
            "5.7.0 a",
            "5.7.56",
            "5.7.708 b",
            "5.1.1: c",
            "no code",
            " 5.7.0 d",
        ];
        for first in texts {
            for second in texts {
                for third in texts {
                    let bytes = format!("515-{first}\r\n515-{second}\r\n515-{third}\r\n515 e\r\n");
                    let mut state = State::NEW;
                    let reply = state.read(bytes.as_bytes(), &Limits::DEFAULT);
                    let reply = reply.expect("a reply").expect("complete");
                    let codes = || reply.lines().map(|line| line.enhanced());
                    assert_eq!(reply.enhanced(), codes().flatten().last(), "{bytes}");
                    let differ = codes().any(|code| Some(code) != codes().next());
                    let said = reply.deviations().contains(Deviation::EnhancedCodesDiffer);
                    assert_eq!(said, differ, "{bytes}");
                }
            }
        }
    }
}
