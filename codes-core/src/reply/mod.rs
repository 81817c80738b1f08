//! Replies as they come over the wire.

mod deviation;
mod error;
mod limits;
mod line;
#[cfg(feature = "alloc")]
mod owned;
mod parse;
mod reader;
mod scan;
mod write;

use core::fmt;

use crate::code::ReplyCode;
use crate::enhanced::EnhancedCode;
use crate::pad::pad;
use line::{code_of, text_start};
use parse::{State, skippable};

pub use deviation::{Deviation, Deviations};
pub use error::{Protocol, ReplyError, ReplyErrorKind};
pub use limits::Limits;
pub use line::{Line, Lines, Text};
#[cfg(feature = "alloc")]
pub use owned::OwnedReply;
pub use reader::{ReplyReader, Skipped, StreamEnd, Truncated};
pub use write::{ReplyWriter, WriteError, WriteErrorKind};

/// A reply of a server, whole and judged; it borrows the octets that it was read from.
///
/// `{}` prints it on one line: the code, the enhanced code, and the text of all lines; where lines
/// differ in their code, each with its own.
///
/// Departures from the grammar that leave the meaning clear are reported
/// ([`deviations`](Reply::deviations)) instead of failing or hiding. What is no reply is a
/// [`ReplyError`].
///
/// - Every line begins with three digits. A hyphen behind them says that more lines follow; a space,
///   a TAB, the end of the line or anything else but a digit makes it the last one. Where lines
///   differ in their code, the last one decides ([`code`](Reply::code)), and a client goes by the
///   worst ([`worst_code`](Reply::worst_code)).
/// - Up to 32 octets before the digits are skipped: empty lines, a byte order mark, telnet commands.
/// - An enhanced code begins the text, and a space or the end of the line follows; spaces before it
///   do no harm. A refusal may also have it as `#5.1.0` or `(5.1.1)`, or with a TAB or a colon behind
///   it, which is a deviation. A 3yz has none, whatever its text looks like.
/// - A text may hold any octets but LF, and they are kept as they are.
///
/// Source: RFC 5321 section 4.2, RFC 2034 section 4 for enhanced codes.
///
/// ```
/// use codes_core::{Reply, Smtp550};
///
/// let buf = b"550-5.1.1 The email account does not exist.\r\n550 5.1.1 Goodbye.\r\n250 ok\r\n";
/// let reply = Reply::parse(buf)?.expect("complete");
/// assert_eq!(reply.code(), Smtp550);
/// assert_eq!(reply.enhanced().map(|code| code.to_string()).as_deref(), Some("5.1.1"));
/// assert_eq!(reply.text().to_string(), "The email account does not exist.\nGoodbye.");
/// assert!(reply.is_strict());
/// assert_eq!(
///     reply.to_string(),
///     "550 5.1.1 The email account does not exist. Goodbye."
/// );
///
/// // What comes behind it is untouched.
/// assert_eq!(&buf[reply.len()..], b"250 ok\r\n");
///
/// assert!(Reply::parse(b"220-mx.example.org\r\n")?.is_none(), "incomplete");
/// assert!(Reply::parse(b"HTTP/1.1 400 Bad Request\r\n").is_err());
/// # Ok::<(), codes_core::ReplyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Reply<'a> {
    /// From the beginning of the buffer to the end of the reply.
    taken: &'a [u8],
    /// Where the reply begins, behind what was skipped.
    start: u8,
    code: ReplyCode,
    first_code: ReplyCode,
    worst_code: ReplyCode,
    enhanced: Option<EnhancedCode>,
    deviations: Deviations,
}

impl<'a> Reply<'a> {
    /// Reads the reply at the beginning of `buf`; `None` where its end has not come yet.
    ///
    /// Each call begins anew. Where octets come in pieces, a [`ReplyReader`] goes on where it
    /// stopped.
    ///
    /// # Errors
    ///
    /// Where the octets are no reply, or longer than [`Limits::DEFAULT`].
    pub fn parse(buf: &'a [u8]) -> Result<Option<Self>, ReplyError> {
        let mut state = State::NEW;
        state.read(buf, &Limits::DEFAULT)
    }

    /// The octets that the reply takes from the buffer, those skipped before it included. What
    /// comes behind them belongs to no one yet: the next reply, or what nobody asked for.
    #[must_use]
    #[allow(clippy::len_without_is_empty, reason = "a reply is never empty")]
    pub const fn len(&self) -> usize {
        self.taken.len()
    }

    /// The code of the last line, which decides where lines differ.
    #[must_use]
    pub const fn code(&self) -> ReplyCode {
        self.code
    }

    /// The code of the first line.
    #[must_use]
    pub const fn first_code(&self) -> ReplyCode {
        self.first_code
    }

    /// The code of the line with the worst class, the last of them if several have it: where lines
    /// differ, what a client goes by.
    ///
    /// ```
    /// use codes_core::{Reply, Smtp250, Smtp550};
    ///
    /// let reply = Reply::parse(b"550-no\r\n250 yes\r\n")?.expect("complete");
    /// assert_eq!(reply.code(), Smtp250);
    /// assert_eq!(reply.worst_code(), Smtp550);
    /// # Ok::<(), codes_core::ReplyError>(())
    /// ```
    #[must_use]
    pub const fn worst_code(&self) -> ReplyCode {
        self.worst_code
    }

    /// The enhanced code of the last line that has one.
    #[must_use]
    pub const fn enhanced(&self) -> Option<EnhancedCode> {
        self.enhanced
    }

    /// The lines, each without its end.
    #[must_use]
    pub fn lines(&self) -> Lines<'a> {
        Lines::new(self.as_bytes())
    }

    /// The text of all lines without the enhanced code that each repeats, to be shown.
    #[must_use]
    pub const fn text(&self) -> ReplyText<'a> {
        ReplyText(*self)
    }

    /// The reply as it was sent, without what was skipped before it.
    #[must_use]
    pub fn as_bytes(&self) -> &'a [u8] {
        self.taken
            .get(usize::from(self.start)..)
            .unwrap_or_default()
    }

    /// How it departs from the grammar.
    #[must_use]
    pub const fn deviations(&self) -> Deviations {
        self.deviations
    }

    /// Whether it is strictly right: complete, and without a deviation.
    #[must_use]
    pub const fn is_strict(&self) -> bool {
        self.deviations.is_empty()
    }

    /// Whether it is strictly right for a client that gave SMTPUTF8, to which a text may come in
    /// UTF-8 (RFC 6531 section 3.7.4).
    ///
    /// ```
    /// use codes_core::Reply;
    ///
    /// let reply = Reply::parse("550 5.1.1 andré unknown\r\n".as_bytes())?.expect("complete");
    /// assert!(!reply.is_strict() && reply.is_strict_utf8());
    /// let reply = Reply::parse(b"550 5.1.1 andr\xe9 unknown\r\n")?.expect("complete");
    /// assert!(!reply.is_strict_utf8());
    /// # Ok::<(), codes_core::ReplyError>(())
    /// ```
    #[must_use]
    pub fn is_strict_utf8(&self) -> bool {
        self.deviations.without(Deviation::NotAscii).is_empty()
            && core::str::from_utf8(self.as_bytes()).is_ok()
    }

    /// Where a deviation first shows, counted from the beginning of the buffer; `None` if the reply
    /// does not have it.
    ///
    /// It is found again by going through the octets: reading keeps no places.
    #[must_use]
    pub fn offset_of(&self, deviation: Deviation) -> Option<usize> {
        if !self.deviations.contains(deviation) {
            return None;
        }
        match deviation {
            Deviation::LeadingEmptyLine | Deviation::LeadingBytes => self.skipped(deviation),
            Deviation::BareLf => self.octet(|before, byte, _| byte == b'\n' && before != b'\r'),
            Deviation::LoneCr => self.octet(|_, byte, next| byte == b'\r' && next != Some(b'\n')),
            Deviation::NotAscii => self.octet(|_, byte, _| !byte.is_ascii()),
            Deviation::Control => self.octet(|_, byte, _| {
                byte.is_ascii_control() && !matches!(byte, b'\t' | b'\r' | b'\n')
            }),
            Deviation::Truncated => Some(self.taken.len()),
            _ => self.offset_in_lines(deviation),
        }
    }

    /// Where it is that was skipped.
    fn skipped(&self, deviation: Deviation) -> Option<usize> {
        let skipped = self.taken.get(..usize::from(self.start))?;
        let mut at = 0;
        loop {
            let (octets, counts_as) = skippable(skipped.get(at..)?)?;
            if counts_as == deviation {
                return Some(at);
            }
            at += usize::from(octets);
        }
    }

    /// Where the first octet is that fits with the one before and the one behind it.
    fn octet(&self, fits: impl Fn(u8, u8, Option<u8>) -> bool) -> Option<usize> {
        let bytes = self.as_bytes();
        let mut before = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            if fits(before, byte, bytes.get(at + 1).copied()) {
                return Some(usize::from(self.start) + at);
            }
            before = byte;
        }
        None
    }

    fn offset_in_lines(&self, deviation: Deviation) -> Option<usize> {
        let mut lines = self.lines();
        let mut at = usize::from(self.start);
        let (mut before, mut of_enhanced) = (None, None);
        while let Some(raw) = lines.next_raw() {
            let code = code_of(raw)?;
            let line = Lines::new(raw).next()?;
            let text = at + text_start(raw);
            let found = line.find();
            let enhanced = found.map(|found| found.code);
            let counts = found.is_some() || !self.deviations.contains(Deviation::CodesDiffer);
            let place = found.map(|found| text + found.start);
            let shows = match deviation {
                Deviation::UnusualCode => code.is_unusual().then_some(at),
                Deviation::CodesDiffer => (code != self.first_code).then_some(at),
                Deviation::TabSeparator => (raw.get(3) == Some(&b'\t')).then_some(at + 3),
                Deviation::NoSeparator => {
                    let is_text = line.as_bytes().iter().any(|&byte| byte != b'\r');
                    (text == at + 3 && is_text).then_some(text)
                }
                Deviation::LongLine => {
                    let most = limits::line_octets(code);
                    (raw.len() > most).then_some(at + most)
                }
                Deviation::EnhancedForm => found.filter(|found| found.is_loose).and(place),
                Deviation::EnhancedCodesDiffer => {
                    let differs = counts && before.is_some_and(|before| before != enhanced);
                    differs.then_some(place.unwrap_or(text))
                }
                _ => None,
            };
            if shows.is_some() {
                return shows;
            }
            if counts {
                before = Some(enhanced);
            }
            of_enhanced = place.or(of_enhanced);
            at += raw.len();
        }
        // What is left to be found is the class of the enhanced code, which stands in the last one.
        of_enhanced
    }
}

impl fmt::Display for Reply<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| {
            if self.deviations.contains(Deviation::CodesDiffer) {
                // One code for all lines would hide that another says the contrary.
                for (at, line) in self.lines().enumerate() {
                    let join = if at > 0 { " / " } else { "" };
                    write!(f, "{join}{} {}", line.code().as_str(), line.text())?;
                }
                return Ok(());
            }
            f.write_str(self.code.as_str())?;
            if let Some(enhanced) = self.enhanced {
                write!(f, " {enhanced}")?;
            }
            match self.lines().all(|line| line.message().is_empty()) {
                true => Ok(()),
                false => write!(f, " {:#}", self.text()),
            }
        })
    }
}

impl fmt::Debug for Reply<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("code", &self.code)
            .field("enhanced", &self.enhanced)
            .field(
                "bytes",
                &format_args!("\"{}\"", self.as_bytes().escape_ascii()),
            )
            .field("deviations", &self.deviations)
            .finish()
    }
}

/// The text of a [`Reply`] without codes; made by [`Reply::text`].
///
/// `{}` shows a line of the reply on each line, `{:#}` joins them with one space, which undoes what
/// [`ReplyWriter`](crate::ReplyWriter) does where it folds. Octets that are not UTF-8 are shown as
/// `U+FFFD`; [`Line::message`] has them as they are.
#[derive(Debug, Clone, Copy)]
pub struct ReplyText<'a>(Reply<'a>);

impl fmt::Display for ReplyText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| {
            let join = if f.alternate() { " " } else { "\n" };
            for (at, line) in self.0.lines().enumerate() {
                if at > 0 {
                    f.write_str(join)?;
                }
                write!(f, "{}", line.message())?;
            }
            Ok(())
        })
    }
}
