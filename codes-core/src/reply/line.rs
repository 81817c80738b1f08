//! The lines of a reply, and the texts in them.

use core::fmt;
use core::str::Utf8Error;

use crate::code::ReplyCode;
use crate::enhanced::EnhancedCode;
use crate::pad::pad;
use crate::vocabulary::Class;

/// The three digits at the beginning of a line.
#[inline]
pub(super) fn code_of(line: &[u8]) -> Option<ReplyCode> {
    let &[a, b, c, ..] = line else {
        return None;
    };
    let digits = [a, b, c].map(|byte| byte.wrapping_sub(b'0'));
    if digits.iter().any(|&digit| digit > 9) {
        return None;
    }
    let [a, b, c] = digits.map(u16::from);
    ReplyCode::new(a * 100 + b * 10 + c)
}

/// Where the text of a line begins: behind the separator, or behind the digits where none stands.
#[inline]
pub(super) fn text_start(line: &[u8]) -> usize {
    match line.get(3) {
        Some(b' ' | b'-' | b'\t') => 4,
        _ => line.len().min(3),
    }
}

/// A line without its end, of which the end of the stream may have cut off the LF.
fn without_end(line: &[u8]) -> &[u8] {
    match line {
        [line @ .., b'\r', b'\n'] | [line @ .., b'\n' | b'\r'] => line,
        line => line,
    }
}

/// An enhanced code at the beginning of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) code: EnhancedCode,
    /// Where it begins in the text.
    pub(super) start: usize,
    /// Where the text behind it begins.
    pub(super) message: usize,
    /// Whether it is written in another form than RFC 2034 has it.
    pub(super) is_loose: bool,
    /// Whether it begins the text and a space follows.
    pub(super) is_plain: bool,
}

/// Finds the enhanced code that a text begins with.
///
/// Spaces may come before it, as some servers write two. Behind it a space or the end of the line
/// follows. In a refusal a TAB or a colon behind it, a `#` before it and parentheses around it are
/// taken too, if its class is the first digit of the reply: anywhere else they may well be something
/// other than an enhanced code. 3yz replies have none (RFC 2034 section 4).
#[inline]
pub(super) fn find_enhanced(text: &[u8], code: ReplyCode) -> Option<Found> {
    match code.class() {
        Class::PositiveIntermediate => None,
        _ => begins_with(text, code),
    }
}

/// Whether somebody might find an enhanced code in a text that is sent without one, be it in a 3yz.
pub(super) fn looks_enhanced(text: &[u8], code: ReplyCode) -> bool {
    begins_with(text, code).is_some()
}

#[inline]
fn begins_with(text: &[u8], code: ReplyCode) -> Option<Found> {
    match EnhancedCode::prefix(text) {
        Some((code, end)) if text.get(end) == Some(&b' ') => Some(Found {
            code,
            start: 0,
            message: end + 1,
            is_loose: false,
            is_plain: true,
        }),
        _ => find_other(text, code),
    }
}

#[cold]
fn find_other(text: &[u8], code: ReplyCode) -> Option<Found> {
    // CRs that end the text belong to a line end with several of them.
    let crs = text.iter().rev().take_while(|&&byte| byte == b'\r');
    let text = &text[..text.len() - crs.count()];
    let start = text.iter().take_while(|&&byte| byte == b' ').count();
    let rest = &text[start..];
    let Some((found, length)) = EnhancedCode::prefix(rest) else {
        return wrapped(rest, start, code);
    };
    let end = start + length;
    let (message, is_loose) = match text.get(end) {
        None => (end, false),
        Some(b' ') => (end + 1, false),
        Some(b'\t') if is_refused_as(code, found) => (end + 1, true),
        Some(b':') if is_refused_as(code, found) => (behind_space(text, end + 1), true),
        Some(_) => return None,
    };
    Some(Found {
        code: found,
        start,
        message,
        is_loose,
        is_plain: false,
    })
}

/// `#5.1.0` and `(5.1.1)`.
#[cold]
fn wrapped(rest: &[u8], start: usize, code: ReplyCode) -> Option<Found> {
    let &[opening @ (b'#' | b'('), ref inside @ ..] = rest else {
        return None;
    };
    let (found, length) = EnhancedCode::prefix(inside)?;
    let behind = &inside[length..];
    let message = match (opening, behind) {
        (b'#', [] | [b' ', ..]) => behind_space(inside, length),
        (b'(', [b')']) | (b'(', [b')', b' ', ..]) => behind_space(inside, length + 1),
        _ => return None,
    };
    is_refused_as(code, found).then_some(Found {
        code: found,
        start: start + 1,
        message: start + 1 + message,
        is_loose: true,
        is_plain: false,
    })
}

fn behind_space(text: &[u8], at: usize) -> usize {
    at + usize::from(text.get(at) == Some(&b' '))
}

fn is_refused_as(code: ReplyCode, enhanced: EnhancedCode) -> bool {
    matches!(
        code.class(),
        Class::TransientNegative | Class::PermanentNegative
    ) && enhanced.agrees_with(code)
}

/// One line of a [`Reply`](crate::Reply).
///
/// ```
/// use codes_core::Reply;
///
/// let reply = Reply::parse(b"550-5.1.1 No such user\r\n550 5.1.1 here\r\n")?.expect("complete");
/// let first = reply.lines().next().expect("a reply has a line");
/// assert_eq!(first.code().get(), 550);
/// assert_eq!(first.as_bytes(), b"5.1.1 No such user");
/// assert_eq!(first.message().as_bytes(), b"No such user");
/// # Ok::<(), codes_core::ReplyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Line<'a> {
    code: ReplyCode,
    text: &'a [u8],
    /// Whether the stream ended within it.
    is_cut: bool,
}

impl<'a> Line<'a> {
    /// The reply code of this very line.
    #[must_use]
    pub const fn code(&self) -> ReplyCode {
        self.code
    }

    /// The enhanced code of this very line.
    #[must_use]
    pub fn enhanced(&self) -> Option<EnhancedCode> {
        self.find().map(|found| found.code)
    }

    /// The enhanced code at the beginning of the text.
    pub(super) fn find(&self) -> Option<Found> {
        match self.ends_within_enhanced() {
            true => None,
            false => find_enhanced(self.text, self.code),
        }
    }

    /// Whether the stream ended right behind the digits of an enhanced code, so that more of them
    /// may be missing: then it is none.
    pub(super) fn ends_within_enhanced(&self) -> bool {
        let is_all = |found: Found| found.message == self.text.len();
        self.is_cut
            && self.text.last().is_some_and(u8::is_ascii_digit)
            && find_enhanced(self.text, self.code).is_some_and(is_all)
    }

    /// The text behind code and separator, as it was sent.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.text
    }

    /// The text behind code and separator, to be shown.
    #[must_use]
    pub const fn text(&self) -> Text<'a> {
        Text(self.text)
    }

    /// The text without an enhanced code and the space behind it.
    #[must_use]
    pub fn message(&self) -> Text<'a> {
        Text(match self.find() {
            Some(found) => &self.text[found.message..],
            None => self.text,
        })
    }
}

impl fmt::Debug for Line<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Line")
            .field("code", &self.code)
            .field("text", &self.text())
            .finish()
    }
}

/// The text of a line, as octets or to be shown.
///
/// `{}` shows it with `U+FFFD` where octets are not UTF-8, and without an allocation. Control
/// characters are kept as they are: escape them (`{:?}`) before a terminal sees them.
///
/// ```
/// use codes_core::Reply;
///
/// let reply = Reply::parse(b"550 caf\xe9 closed\r\n")?.expect("complete");
/// let line = reply.lines().next().expect("a reply has a line");
/// assert_eq!(line.text().as_bytes(), b"caf\xe9 closed");
/// assert_eq!(line.text().to_string(), "caf\u{fffd} closed");
/// assert!(line.text().to_str().is_err());
/// # Ok::<(), codes_core::ReplyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text<'a>(&'a [u8]);

impl<'a> Text<'a> {
    /// The octets, as they were sent.
    #[must_use]
    pub const fn as_bytes(&self) -> &'a [u8] {
        self.0
    }

    /// The text, if it is UTF-8.
    ///
    /// # Errors
    ///
    /// Where the first octet is that is not.
    pub const fn to_str(&self) -> Result<&'a str, Utf8Error> {
        core::str::from_utf8(self.0)
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| {
            for chunk in self.0.utf8_chunks() {
                f.write_str(chunk.valid())?;
                if !chunk.invalid().is_empty() {
                    f.write_str("\u{fffd}")?;
                }
            }
            Ok(())
        })
    }
}

impl fmt::Debug for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

/// The lines of a [`Reply`](crate::Reply), in order; made by
/// [`Reply::lines`](crate::Reply::lines).
#[derive(Debug, Clone)]
pub struct Lines<'a> {
    rest: &'a [u8],
}

impl<'a> Lines<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next line with its end.
    pub(super) fn next_raw(&mut self) -> Option<&'a [u8]> {
        if self.rest.is_empty() {
            return None;
        }
        let end = self.rest.iter().position(|&byte| byte == b'\n');
        let (line, rest) = self
            .rest
            .split_at(end.map_or(self.rest.len(), |end| end + 1));
        self.rest = rest;
        Some(line)
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let raw = self.next_raw()?;
        let line = without_end(raw);
        Some(Line {
            code: code_of(line)?,
            text: &line[text_start(line)..],
            is_cut: line.len() == raw.len(),
        })
    }
}

impl core::iter::FusedIterator for Lines<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, number: u16) -> Option<(String, String, bool)> {
        let code = ReplyCode::new(number).expect("three digits");
        let found = find_enhanced(text.as_bytes(), code)?;
        assert!(text[found.start..].starts_with(&found.code.to_string()));
        let message = text[found.message..].to_owned();
        Some((found.code.to_string(), message, found.is_loose))
    }

    #[test]
    fn enhanced_codes_are_found_where_they_may_stand() {
        for (text, number, code, message) in [
            ("5.7.708 x", 550, "5.7.708", "x"),
            (" 5.1.1 x", 550, "5.1.1", "x"),
            ("5.1.1", 550, "5.1.1", ""),
            ("5.1.1 ", 550, "5.1.1", ""),
            ("5.1.1  x", 550, "5.1.1", " x"),
            ("4.7.1 x", 550, "4.7.1", "x"),
            ("2.0.0 Ready", 220, "2.0.0", "Ready"),
            ("5.1.1\r", 550, "5.1.1", "\r"),
        ] {
            let expected = Some((code.to_owned(), message.to_owned(), false));
            assert_eq!(found(text, number), expected, "{number} {text:?}");
        }
        for (text, number, code, message) in [
            ("5.1.1\tx", 550, "5.1.1", "x"),
            ("5.1.1: x", 550, "5.1.1", "x"),
            ("5.1.1:x", 550, "5.1.1", "x"),
            ("#5.1.0 x", 550, "5.1.0", "x"),
            ("(5.1.1) x", 550, "5.1.1", "x"),
            ("(4.7.1)", 450, "4.7.1", ""),
        ] {
            let expected = Some((code.to_owned(), message.to_owned(), true));
            assert_eq!(found(text, number), expected, "{number} {text:?}");
        }
    }

    #[test]
    fn what_only_looks_like_an_enhanced_code_is_text() {
        for (text, number) in [
            ("9.1.1 x", 550),
            ("5.1.1000 x", 550),
            ("5.01.1 x", 550),
            ("5.1.01 x", 550),
            ("2.3.4.5 ESMTP", 220),
            ("8BITMIME", 250),
            ("234 Text", 250),
            ("3.0.0 x", 354),
            ("2.0.0", 334),
            ("5.1", 550),
            ("5.1.", 550),
            ("5.1.1x", 550),
            ("5.1.1, x", 550),
            ("5.1.1.", 550),
            ("(5.1.1 x", 550),
            ("(5.1.1)x", 550),
            ("#5.1.1x", 550),
            ("# 5.1.1 x", 550),
            ("[5.1.1] x", 550),
            ("x 5.1.1", 550),
            ("\t5.1.1 x", 550),
            // Loose forms of another class or outside a refusal may be anything.
            ("(2.0.1) ESMTP", 220),
            ("#4.7.1 x", 550),
            ("2.1.0: x", 250),
            ("5.1.1\tx", 450),
            ("", 550),
            ("   ", 550),
        ] {
            assert_eq!(found(text, number), None, "{number} {text:?}");
        }
    }
}
