//! What leads to a reply: the words before it tell whether a number is one, and who said it when.

mod colon;
mod expected;
mod key;
mod qmail;

use core::ops::Range;

use codes_core::Command;

use crate::limits;
use crate::search;

use crate::found::{Direction, Origin, Outcome};
use crate::line::{Line, Voice};
use crate::window::{Part, Window};
use crate::{command, host, quotes, spaces};
use expected::Expectation;
pub(crate) use expected::is_behind as is_expected;

/// How much a place is worth as one where a reply begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// Codes that agree with each other are needed.
    Weak,
    /// After a bracket or quote, or a word that other numbers follow too: words that look like those of
    /// a refusal are needed.
    Likely,
    /// After a colon: the same, but the words need no capital.
    Told,
    /// After a word such as `error`, or where a line begins.
    Good,
    /// Something announces a reply.
    Strong,
}

/// How the words of a reply end, besides with their line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// With the line, or with what Postfix adds in parentheses.
    Line,
    /// With this octet: a quote that was opened before.
    Quote(u8),
    /// With one of these marks.
    Typographic(&'static [&'static str]),
    /// With the parenthesis that was opened before.
    Parenthesis,
    /// With the fields of a rejection by Postfix: `; from=<`.
    Fields,
    /// With the next field of Sendmail: `, stat=`.
    Comma,
}

/// What stands before a reply.
#[derive(Debug, Clone)]
pub(crate) struct Lead<'a> {
    pub(crate) strength: Strength,
    pub(crate) ending: Ending,
    pub(crate) direction: Option<Direction>,
    pub(crate) origin: Origin,
    pub(crate) command: Option<command::Place>,
    pub(crate) host: Option<host::Place<'a>>,
    pub(crate) outcome: Option<(Outcome, Range<usize>)>,
    pub(crate) lmtp: bool,
    /// Whether it begins its line.
    pub(crate) begins: bool,
    /// Whether the words of another reply end here: `said:`, `LED=`.
    pub(crate) nests: bool,
    /// Whether it is the value of a field for a code: `"code":`, `smtp_code=`.
    pub(crate) is_value: bool,
    /// Whether it was said about a header or a line of the mail: it stands behind the addresses.
    pub(crate) is_of_header: bool,
}

impl Lead<'_> {
    const fn new(strength: Strength) -> Self {
        Self {
            strength,
            ending: Ending::Line,
            direction: None,
            origin: Origin::Said,
            command: None,
            host: None,
            outcome: None,
            lmtp: false,
            begins: false,
            nests: false,
            is_value: false,
            is_of_header: false,
        }
    }

    const fn received(strength: Strength) -> Self {
        let mut lead = Self::new(strength);
        lead.direction = Some(Direction::Received);
        lead
    }

    const fn given(strength: Strength) -> Self {
        let mut lead = Self::new(strength);
        lead.direction = Some(Direction::Given);
        lead
    }
}

/// Whether a number goes on from the octet before it.
pub(crate) const fn is_within_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'.' | b'/' | b'@' | b'-' | b'+' | b'$' | b'\\' | b'%' | b'&' | b'?'
        )
}

/// Judges what stands before the place of a code.
pub(crate) fn before<'a>(whole: Window<'a>, line: &Line, at: usize) -> Option<Lead<'a>> {
    let window = whole.above(line.block.max(at.saturating_sub(limits::LEAD)));
    let in_line = window.above(line.content.min(at));
    let (opened, opening) = behind_opening(in_line, at);
    let typographic = match opening {
        None => quotes::opening(in_line.part(..opened)),
        Some(_) => None,
    };
    let opened = opened - typographic.map_or(0, |(len, _)| len);
    if opened <= line.content {
        let mut lead = at_start(whole, window, line, opening);
        if let Some((_, marks)) = typographic {
            lead.ending = Ending::Typographic(marks);
        }
        return Some(lead);
    }
    let before = window.part(..opened);
    let text = spaces::trim_end(before);
    let spaced = text.len() < before.len();
    let floor = window.floor();
    let end = floor + text.len();
    let is_quoted = typographic.is_some() || matches!(opening, Some(b'"' | b'\'' | b'`'));
    let is_apart = spaced || opening.is_some() || typographic.is_some();
    let expectation = expected::before(text, whole.part(at..));
    if expectation == Some(Expectation::Expected) {
        return None;
    }
    // Not what a client sent: `last was "..."`, `recipient rejected: <...>`.
    let is_last = text.ends_with(b"last was") || text.ends_with(b"last command was");
    if is_quoted && is_last || opening == Some(b'<') && text.ends_with(b":") {
        return None;
    }
    if opening == Some(b'(')
        && let Some(key) = status(text)
    {
        // Only the first one of a line is a field: a server may say `status=sent (250 ...` too.
        return match is_again(whole, line, floor + key) {
            true => None,
            false => Some(Lead::received(Strength::Strong)),
        };
    }
    let mut lead = match text.last() {
        _ if expectation == Some(Expectation::Instead) => Lead::received(Strength::Good),
        Some(b':') => colon::after(whole, window, end - 1, is_apart)?,
        Some(b';') => key::after_semicolon(text.part(..text.len() - 1)),
        Some(b'=') if !spaced => key::after_equals(window, end - 1, is_quoted)?,
        Some(b'=') if text.ends_with(b" code =") => key::after_equals(window, end - 2, is_quoted)?,
        Some(b'<') if text.ends_with(b"<<") || text.ends_with(b",<") => {
            let mut lead = Lead::received(Strength::Strong);
            lead.nests = true;
            lead
        }
        Some(b',') if text.ends_with(b",<,") => Lead::received(Strength::Strong),
        Some(b',') if text.ends_with(b",>,") => Lead::given(Strength::Strong),
        Some(b',') if text.ends_with(b"],") && spaced => Lead::new(Strength::Told),
        Some(b'_') if text.ends_with(b":_") => colon::after(whole, window, end - 2, true)?,
        Some(b'>') if text.ends_with(b"->") => {
            let mut lead = Lead::new(Strength::Weak);
            lead.nests = true;
            lead
        }
        Some(b']') if spaced && search::find(text, b" authenticator failed ").is_some() => {
            let mut lead = Lead::received(Strength::Good);
            let at = search::find(text, b"authenticator").map_or(end, |at| floor + at);
            lead.command = Some((Command::AUTH, at..at + b"authenticator".len()));
            lead
        }
        Some(byte) if byte.is_ascii_alphanumeric() && spaced => after_word(window, text),
        Some(b'_' | b'=') if !is_apart => return None,
        // `https://example.com/page#550` ends with a number of its own.
        Some(byte)
            if !spaced && byte.is_ascii_alphanumeric() && whole.byte_before(at) == Some(b'#') =>
        {
            return None;
        }
        _ => Lead::new(Strength::Weak),
    };
    lead.end_with(opening);
    if let Some((_, marks)) = typographic {
        lead.ending = Ending::Typographic(marks);
        lead.strength = lead.strength.max(Strength::Likely);
    }
    if lead.strength < Strength::Strong && is_of_mail(text) {
        return None;
    }
    if text.ends_with(b"[CACHED]") || text.ends_with(b"[CACHED]:") {
        lead.origin = Origin::Repeated;
    }
    Some(lead)
}

/// Goes back over quotes and brackets that open before a code; the innermost one that closes it.
fn behind_opening(window: Window<'_>, at: usize) -> (usize, Option<u8>) {
    let mut opened = at;
    let mut opening = None;
    // `(550`, `"'#550`: more is none.
    let near = window.above(at.saturating_sub(4));
    while let Some(byte) = near.byte_before(opened) {
        match byte {
            b'"' | b'\'' | b'`' | b'(' | b'[' | b'{' => opening = opening.or(Some(byte)),
            b'<' if opened == at
                && !matches!(window.byte_before(opened - 1), Some(b'<' | b',')) =>
            {
                opening = Some(byte);
            }
            b'#' | b'*' => {}
            b'\\' if opening == Some(b'"') => {}
            b'b' if matches!(opening, Some(b'\'' | b'"')) => {}
            _ => break,
        }
        opened -= 1;
    }
    (opened, opening)
}

/// A reply that begins its line: what the line's mark says, or what the lines above announce.
fn at_start<'a>(
    whole: Window<'a>,
    window: Window<'a>,
    line: &Line,
    opening: Option<u8>,
) -> Lead<'a> {
    let mut lead = match line.voice {
        Some(Voice::Server) => Lead::received(Strength::Strong),
        Some(Voice::Us) => Lead::given(Strength::Strong),
        _ => {
            let strength = match opening {
                Some(b'(' | b'[' | b'{') => Strength::Likely,
                _ => Strength::Good,
            };
            let above = window.part(..line.start).trim_ascii_end();
            match above {
                [before @ .., b':'] => {
                    let colon = window.floor() + before.len();
                    let lead = colon::after(whole, window, colon, true);
                    let mut lead = lead.unwrap_or(Lead::new(strength));
                    lead.strength = lead.strength.max(strength);
                    lead
                }
                [above @ .., b';'] => {
                    let mut lead = key::after_semicolon(above);
                    lead.strength = lead.strength.max(strength);
                    lead.ending = Ending::Line;
                    lead
                }
                _ => Lead::new(strength),
            }
        }
    };
    lead.begins = true;
    lead.end_with(opening);
    lead
}

impl Lead<'_> {
    /// The words end with what was opened before the code.
    fn end_with(&mut self, opening: Option<u8>) {
        let closing = match opening {
            Some(quote @ (b'"' | b'\'' | b'`')) => quote,
            Some(b'<') => b'>',
            Some(b'{') => b'}',
            Some(b'(') => {
                self.ending = Ending::Parenthesis;
                self.strength = self.strength.max(Strength::Likely);
                return;
            }
            _ => return,
        };
        self.ending = Ending::Quote(closing);
        match closing {
            b'>' => self.nests = true,
            _ => self.strength = self.strength.max(Strength::Likely),
        }
    }
}

/// Where ` status=` or ` stat=` begins in a text that ends with it: `status=sent (`.
fn status(text: &[u8]) -> Option<usize> {
    let word = text.iter().rev().take(16);
    let word = word.take_while(|byte| byte.is_ascii_alphabetic()).count();
    let key = text.part(..text.len() - word);
    let before = key.strip_suffix(b" status=");
    before.or(key.strip_suffix(b" stat=")).map(<[u8]>::len)
}

/// Whether the same field stands before it in its line.
fn is_again(whole: Window<'_>, line: &Line, key: usize) -> bool {
    let before = whole.part(line.start.max(key.saturating_sub(limits::FIELD_AGAIN))..key);
    search::find(before, b" status=").is_some()
}

/// Whether what opens before a code in the words of a reply looks like a field behind it: `status=sent (`.
pub(crate) fn is_field_again(whole: Window<'_>, line: &Line, at: usize) -> bool {
    let window = whole.above(line.start.max(at.saturating_sub(limits::FIELD)));
    let key = window.part(..at).strip_suffix(b"(");
    let key = key.and_then(|text| status(text.trim_ascii_end()));
    key.is_some_and(|key| is_again(whole, line, window.floor() + key))
}

/// Whether what follows is a line of the mail itself that a filter wrote down: `reject: header
/// Subject: ...`.
fn is_of_mail(text: &[u8]) -> bool {
    [&b": header "[..], b": body "]
        .iter()
        .any(|word| search::find(text, word).is_some())
}

/// Words behind which somebody's reply follows without a colon.
const WORDS: [&[u8]; 21] = [
    b"error",
    b"Error",
    b"ERROR",
    b"code",
    b"Code",
    b"CODE",
    b"reply",
    b"response",
    b"Response",
    b"SMTP",
    b"said",
    b"says",
    b"replied",
    b"responded",
    b"answered",
    b"message",
    b"DSN",
    b"Fehler",
    b"Fehlercode",
    b"erreur",
    b"errore",
];

/// The same, but other numbers may follow just as well.
const OTHER_WORDS: [&[u8]; 6] = [
    b"status",
    b"returned",
    b"with",
    b"rejected",
    b"Deferred",
    b"got",
];

fn after_word<'a>(window: Window<'a>, text: &[u8]) -> Lead<'a> {
    let is = |word: &&[u8]| ends_with_word(text, word);
    let good = WORDS.iter().any(is) || is_code_key(text);
    let near = text.part(text.len().saturating_sub(24)..);
    let is_of_others = [&b"HTTP"[..], b"exit ", b"return "]
        .iter()
        .any(|word| search::find(near, word).is_some());
    if good && !is_of_others {
        return Lead::new(Strength::Good);
    }
    if OTHER_WORDS.iter().any(is) && !is_of_others {
        let mut lead = Lead::new(Strength::Likely);
        if is_remote(text) {
            lead.direction = Some(Direction::Received);
            lead.host = remote(window, text);
        }
        return lead;
    }
    Lead::new(Strength::Weak)
}

/// `responseCode`, `ResponseCode`.
fn is_code_key(text: &[u8]) -> bool {
    match text {
        [.., before, b'C', b'o', b'd', b'e'] => before.is_ascii_lowercase(),
        _ => false,
    }
}

/// Whether a text speaks of the remote server.
fn is_remote(text: &[u8]) -> bool {
    let text = text.part(text.len().saturating_sub(160)..);
    search::find(text, b"emote ").is_some_and(|at| {
        let rest = text.part(at + 6..);
        [&b"server"[..], b"Server", b"host", b"mail "]
            .iter()
            .any(|word| rest.starts_with(word))
    })
}

/// The host in `Remote Server at mx.example.com (192.0.2.1) returned`, as Exchange has it.
fn remote<'a>(window: Window<'a>, text: &[u8]) -> Option<host::Place<'a>> {
    let at = search::rfind(text, b"emote Server at ")? + b"emote Server at ".len();
    let floor = window.floor();
    host::starting(window.up_to(floor + text.len()), floor + at)
}

fn ends_with_word(text: &[u8], word: &[u8]) -> bool {
    // Most words differ in their last letter.
    if text.last() != word.last() {
        return false;
    }
    text.strip_suffix(word)
        .is_some_and(|before| !before.last().is_some_and(u8::is_ascii_alphanumeric))
}
