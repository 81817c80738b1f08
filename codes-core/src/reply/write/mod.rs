//! Replies as a server sends them.

mod error;
mod fold;
#[cfg(feature = "std")]
mod io;
#[cfg(test)]
mod tests;

use core::fmt::{self, Write};

use super::limits::{BASE64, LINE, Limits};
use super::line::looks_enhanced;
use crate::code::ReplyCode;
use crate::enhanced::EnhancedCode;
use crate::vocabulary::Class;
use fold::{Fault, Folds};

pub use error::{WriteError, WriteErrorKind};

/// A reply that a server sends: a code, an enhanced code or none, and a text.
///
/// Everything is checked before the first octet is written, and only what is strictly right is
/// written, so that a [`Reply`](crate::Reply) reads it back as the same code, enhanced code and text.
///
/// - Code and enhanced code stand on every line; a space always follows the enhanced code. Without
///   an enhanced code, the last line of an empty text is the code alone, `250` CRLF. RFC 5321
///   section 4.2 has it so, but not every client takes it (lettre does not): have a word to say.
/// - Free text ([`new`](ReplyWriter::new)) that does not fit in the 512 octets of a line is folded.
///   A fold stands in the place of exactly one space, so joining the lines by one space
///   (`{:#}` of [`Reply::text`](crate::Reply::text)) gives the text back. Each line is as long as
///   it can be. A word that does not fit on a line is refused.
/// - Given lines ([`lines`](ReplyWriter::lines)) stay as they are.
/// - The text of a 334 is a challenge: empty, or one line of base64 of at most 12,288 octets, which
///   is never folded.
///
/// Source: RFC 5321 sections 4.2 and 4.5.3.1.5, RFC 2034 sections 3 and 4 for enhanced codes,
/// RFC 4954 section 4 for challenges.
///
/// ```
/// use codes_core::{EnumeratedCode, ReplyWriter, Smtp250, Smtp550};
///
/// let mut buf = [0; 512];
/// let no_such_user = EnumeratedCode::BAD_DESTINATION_MAILBOX_ADDRESS.permanent();
/// let length = Smtp550.reply("No such user here.").enhanced(no_such_user).write_to_slice(&mut buf)?;
/// assert_eq!(&buf[..length], b"550 5.1.1 No such user here.\r\n");
///
/// let mut text = String::new();
/// ReplyWriter::lines(Smtp250, &["mx.example.org", "PIPELINING", "8BITMIME"]).write_to(&mut text)?;
/// assert_eq!(text, "250-mx.example.org\r\n250-PIPELINING\r\n250 8BITMIME\r\n");
/// # Ok::<(), codes_core::WriteError>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use = "nothing is sent until it is written"]
pub struct ReplyWriter<'a> {
    code: ReplyCode,
    enhanced: Option<EnhancedCode>,
    body: Body<'a>,
    utf8: bool,
    /// The type of the code says that servers send it, which a private table may know better.
    is_sent: bool,
}

#[derive(Debug, Clone, Copy)]
enum Body<'a> {
    Free(&'a str),
    Lines(&'a [&'a str]),
}

impl<'a> ReplyWriter<'a> {
    /// A reply with free text, which is folded where it does not fit on a line.
    ///
    /// ```
    /// # use codes_core::{ReplyWriter, Smtp421};
    /// let reply = ReplyWriter::new(Smtp421, "mx.example.org closes the connection");
    /// assert_eq!(reply.encoded_len()?, "421 mx.example.org closes the connection\r\n".len());
    /// # Ok::<(), codes_core::WriteError>(())
    /// ```
    pub fn new(code: impl Into<ReplyCode>, text: &'a str) -> Self {
        Self::with(code.into(), Body::Free(text))
    }

    /// A reply with a line for each text, none of which is folded: the answer to EHLO, for one.
    ///
    /// ```
    /// # use codes_core::{ReplyWriter, Smtp250};
    /// let mut text = String::new();
    /// ReplyWriter::lines(Smtp250, &["mx.example.org", "SIZE 1000000"]).write_to(&mut text)?;
    /// assert_eq!(text, "250-mx.example.org\r\n250 SIZE 1000000\r\n");
    /// # Ok::<(), codes_core::WriteError>(())
    /// ```
    pub fn lines(code: impl Into<ReplyCode>, lines: &'a [&'a str]) -> Self {
        Self::with(code.into(), Body::Lines(lines))
    }

    const fn with(code: ReplyCode, body: Body<'a>) -> Self {
        Self {
            code,
            enhanced: None,
            body,
            utf8: false,
            is_sent: false,
        }
    }

    /// For a code whose type says that servers send it.
    #[doc(hidden)]
    pub const fn __typed(code: ReplyCode, text: &'a str) -> Self {
        Self::with(code, Body::Free(text)).known_as_sent()
    }

    /// For a code whose type says that servers send it.
    #[doc(hidden)]
    pub const fn __typed_lines(code: ReplyCode, lines: &'a [&'a str]) -> Self {
        Self::with(code, Body::Lines(lines)).known_as_sent()
    }

    const fn known_as_sent(self) -> Self {
        Self {
            is_sent: true,
            ..self
        }
    }

    /// Puts an enhanced code on every line; with `None`, on none.
    ///
    /// Only for a client that may expect one: not in the greeting nor in answer to HELO or EHLO
    /// (RFC 2034 section 4), except where they refuse.
    ///
    /// ```
    /// # use codes_core::{EnumeratedCode, Smtp250};
    /// let ok = EnumeratedCode::OTHER_UNDEFINED_STATUS.success();
    /// let mut text = String::new();
    /// Smtp250.reply("Queued as 17").enhanced(ok).write_to(&mut text)?;
    /// assert_eq!(text, "250 2.0.0 Queued as 17\r\n");
    /// # Ok::<(), codes_core::WriteError>(())
    /// ```
    pub fn enhanced(self, code: impl Into<Option<EnhancedCode>>) -> Self {
        Self {
            enhanced: code.into(),
            ..self
        }
    }

    /// Allows characters outside ASCII: only to a client that gave SMTPUTF8 with the command, or
    /// with MAIL before it (RFC 6531 section 3.7.4).
    ///
    /// Control characters stay forbidden, those outside ASCII too.
    ///
    /// ```
    /// # use codes_core::{Smtp250, WriteErrorKind};
    /// let reply = Smtp250.reply("Grüße");
    /// assert_eq!(reply.check().expect_err("ü").kind(), WriteErrorKind::NotAscii);
    /// assert!(reply.utf8().check().is_ok());
    /// ```
    pub const fn utf8(self) -> Self {
        Self { utf8: true, ..self }
    }

    /// The code.
    #[must_use]
    pub const fn code(&self) -> ReplyCode {
        self.code
    }

    /// Whether the reply can be written.
    ///
    /// # Errors
    ///
    /// Every [`WriteErrorKind`] but [`BufferTooSmall`](WriteErrorKind::BufferTooSmall) and
    /// [`Sink`](WriteErrorKind::Sink).
    pub fn check(&self) -> Result<(), WriteError> {
        self.checked().map(drop)
    }

    /// The octets that the reply takes, line ends included.
    ///
    /// # Errors
    ///
    /// As for [`check`](ReplyWriter::check).
    pub fn encoded_len(&self) -> Result<usize, WriteError> {
        self.checked().map(|checked| checked.octets)
    }

    /// Writes the reply to the beginning of a slice; gives the octets that it took.
    ///
    /// # Errors
    ///
    /// As for [`check`](ReplyWriter::check), and where the slice is too short; nothing is written
    /// then.
    ///
    /// ```
    /// # use codes_core::{Smtp354, WriteErrorKind};
    /// let error = Smtp354.reply("Go ahead").write_to_slice(&mut [0; 4]).expect_err("too short");
    /// assert_eq!(error.kind(), WriteErrorKind::BufferTooSmall { needed: 14 });
    /// ```
    pub fn write_to_slice(&self, buf: &mut [u8]) -> Result<usize, WriteError> {
        let checked = self.checked()?;
        let needed = checked.octets;
        match buf.get_mut(..needed) {
            Some(rest) => checked.emit(&mut Slice { rest })?,
            None => return Err(self.error(WriteErrorKind::BufferTooSmall { needed })),
        }
        Ok(needed)
    }

    /// Writes the reply to a [`core::fmt::Write`], such as a `String`.
    ///
    /// # Errors
    ///
    /// As for [`check`](ReplyWriter::check), and where `out` fails.
    ///
    /// ```
    /// # use codes_core::Smtp221;
    /// let mut text = String::new();
    /// Smtp221.reply("mx.example.org says goodbye").write_to(&mut text)?;
    /// assert_eq!(text, "221 mx.example.org says goodbye\r\n");
    /// # Ok::<(), codes_core::WriteError>(())
    /// ```
    pub fn write_to(&self, out: &mut impl Write) -> Result<(), WriteError> {
        self.checked()?.emit(out)
    }

    fn error(&self, kind: WriteErrorKind) -> WriteError {
        WriteError::new(kind, self.code, self.enhanced)
    }

    fn fault(&self, line: Option<usize>, (kind, offset): Fault) -> WriteError {
        self.error(kind).at(line, offset)
    }

    fn checked(&self) -> Result<Checked<'_>, WriteError> {
        self.check_codes()?;
        match self.body {
            Body::Free(text) => self.check_text(None, text)?,
            Body::Lines(lines) => {
                for (line, text) in lines.iter().enumerate() {
                    self.check_text(Some(line), text)?;
                }
            }
        }
        let enhanced = Enhanced::new(self.enhanced);
        let (mut octets, mut lines) = (0, 0);
        self.each_line(enhanced.len, |text, is_last| {
            octets += DIGITS + self.separator(text, is_last).len();
            octets += enhanced.len + text.len() + END;
            lines += 1;
            if lines > Limits::DEFAULT.lines {
                Err(self.error(WriteErrorKind::TooManyLines))
            } else if octets > Limits::DEFAULT.reply {
                Err(self.error(WriteErrorKind::ReplyTooLong))
            } else {
                Ok(())
            }
        })?;
        match lines {
            0 => Err(self.error(WriteErrorKind::NoLines)),
            _ => Ok(Checked {
                reply: self,
                enhanced,
                octets,
            }),
        }
    }

    fn check_codes(&self) -> Result<(), WriteError> {
        let code = self.code;
        if code.is_unusual() {
            return Err(self.error(WriteErrorKind::UnusualCode));
        }
        if !self.is_sent && !code.is_sent() {
            return Err(self.error(WriteErrorKind::UnsentCode));
        }
        match self.enhanced {
            Some(_) if code.class() == Class::PositiveIntermediate => {
                Err(self.error(WriteErrorKind::EnhancedNotAllowed))
            }
            Some(enhanced) if !enhanced.agrees_with(code) => {
                Err(self.error(WriteErrorKind::EnhancedClassDiffers))
            }
            _ => Ok(()),
        }
    }

    /// Checks the characters of a text.
    fn check_text(&self, line: Option<usize>, text: &str) -> Result<(), WriteError> {
        // Without a way out of the loop it is done many octets at a time.
        let is_plain = |all, byte: &u8| all & (matches!(byte, b' '..=b'~') | (*byte == b'\t'));
        if text.as_bytes().iter().fold(true, is_plain) {
            return Ok(());
        }
        let refused = |(offset, char): (usize, char)| {
            let kind = match char {
                '\t' | ' '..='~' => return None,
                '\r' | '\n' => WriteErrorKind::LineBreak,
                _ if char.is_control() => WriteErrorKind::Control,
                _ if self.utf8 => return None,
                _ => WriteErrorKind::NotAscii,
            };
            Some((kind, offset))
        };
        match text.char_indices().find_map(refused) {
            Some(fault) => Err(self.fault(line, fault)),
            None => Ok(()),
        }
    }

    /// Checks a line that is not folded.
    fn check_line(&self, text: &str, room: usize) -> Result<(), Fault> {
        if text.len() > room {
            return Err((WriteErrorKind::LineTooLong, room));
        }
        match self.bare() {
            Some(code) if looks_enhanced(text.as_bytes(), code) => {
                Err((WriteErrorKind::LooksEnhanced, 0))
            }
            _ => Ok(()),
        }
    }

    /// The code, where no line may begin like an enhanced code.
    const fn bare(&self) -> Option<ReplyCode> {
        match self.enhanced {
            None => Some(self.code),
            Some(_) => None,
        }
    }

    /// Gives each line to `take`, with whether it is the last. `before` is what comes between the
    /// separator and the text.
    fn each_line(
        &self,
        before: usize,
        mut take: impl FnMut(&'a str, bool) -> Result<(), WriteError>,
    ) -> Result<(), WriteError> {
        let room = LINE - DIGITS - 1 - before - END;
        match self.body {
            Body::Free(text) | Body::Lines(&[text]) if self.code.is_challenge() => {
                let line = matches!(self.body, Body::Lines(_)).then_some(0);
                check_challenge(text).map_err(|fault| self.fault(line, fault))?;
                take(text, true)
            }
            Body::Lines(&[_, _, ..]) if self.code.is_challenge() => {
                Err(self.fault(Some(1), (WriteErrorKind::NotBase64, 0)))
            }
            Body::Free(text) => {
                let mut folds = Folds::new(text, room, self.bare());
                let mut next = || folds.next().map_err(|fault| self.fault(None, fault));
                while let Some((line, is_last)) = next()? {
                    take(line, is_last)?;
                }
                Ok(())
            }
            Body::Lines(lines) => {
                for (at, text) in lines.iter().enumerate() {
                    self.check_line(text, room)
                        .map_err(|fault| self.fault(Some(at), fault))?;
                    take(text, at + 1 == lines.len())?;
                }
                Ok(())
            }
        }
    }

    /// What stands behind the code. RFC 5321 section 4.2 has a space only with a text, RFC 4954
    /// section 4 has one before an empty challenge too.
    fn separator(&self, text: &str, is_last: bool) -> &'static str {
        match is_last {
            false => "-",
            true if text.is_empty() && self.enhanced.is_none() && !self.code.is_challenge() => "",
            true => " ",
        }
    }
}

/// A reply that was checked, which is the only kind that is written.
struct Checked<'a> {
    reply: &'a ReplyWriter<'a>,
    enhanced: Enhanced,
    octets: usize,
}

impl Checked<'_> {
    fn emit(&self, out: &mut impl Write) -> Result<(), WriteError> {
        let Self { reply, .. } = self;
        let enhanced = self.enhanced.as_str();
        reply.each_line(enhanced.len(), |text, is_last| {
            let separator = reply.separator(text, is_last);
            for part in [reply.code.as_str(), separator, enhanced, text, "\r\n"] {
                let written = out.write_str(part);
                written.map_err(|fmt::Error| reply.error(WriteErrorKind::Sink))?;
            }
            Ok(())
        })
    }
}

/// The octets of a code.
const DIGITS: usize = 3;

/// The octets of a line end.
const END: usize = 2;

/// Checks that a text is base64 with its padding, or empty.
fn check_challenge(text: &str) -> Result<(), Fault> {
    if text.len() > BASE64 {
        return Err((WriteErrorKind::ChallengeTooLong, BASE64));
    }
    let padding = text.bytes().rev().take_while(|&byte| byte == b'=').count();
    let data = text.len() - padding;
    let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    match text.bytes().take(data).position(|byte| !is_base64(byte)) {
        Some(offset) => Err((WriteErrorKind::NotBase64, offset)),
        None if padding > 2 || !text.len().is_multiple_of(4) => {
            Err((WriteErrorKind::NotBase64, data))
        }
        None => Ok(()),
    }
}

/// An enhanced code as text with the space behind it, or nothing.
struct Enhanced {
    /// At most `5.999.999 `.
    text: [u8; 10],
    len: usize,
}

impl Enhanced {
    fn new(code: Option<EnhancedCode>) -> Self {
        let mut enhanced = Self {
            text: [0; 10],
            len: 0,
        };
        if let Some(code) = code {
            // It has the room that is needed.
            let _ = write!(enhanced, "{code} ");
        }
        enhanced
    }

    fn as_str(&self) -> &str {
        core::str::from_utf8(&self.text[..self.len]).unwrap_or_default()
    }
}

impl Write for Enhanced {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        let end = self.len + part.len();
        let room = self.text.get_mut(self.len..end).ok_or(fmt::Error)?;
        room.copy_from_slice(part.as_bytes());
        self.len = end;
        Ok(())
    }
}

/// What is left of the slice that a reply is written to.
struct Slice<'a> {
    rest: &'a mut [u8],
}

impl Write for Slice<'_> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        let rest = core::mem::take(&mut self.rest);
        let (room, rest) = rest.split_at_mut_checked(part.len()).ok_or(fmt::Error)?;
        room.copy_from_slice(part.as_bytes());
        self.rest = rest;
        Ok(())
    }
}
