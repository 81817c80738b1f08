//! What leads to a reply: the words before it tell whether a number is one, and who said it when.

use codes_core::Command;
use memchr::memmem;

use crate::found::{Direction, Origin, Outcome};
use crate::line::{Line, Voice};
use crate::{command, host};

/// The octets before a code that are looked at.
const WINDOW: usize = 600;

/// How much a place is worth as one where a reply begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// Codes that agree with each other are needed.
    Weak,
    /// After a colon or a bracket: words that look like those of a refusal are needed.
    Likely,
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
    /// With this quote.
    Quote(u8),
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
    pub(crate) outcome: Option<(Outcome, core::ops::Range<usize>)>,
    pub(crate) lmtp: bool,
    /// Whether it begins its line.
    pub(crate) begins: bool,
    /// Whether another reply may be told within its words behind such a lead: `said:`, `LED=`.
    pub(crate) nests: bool,
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

/// Judges what stands before the place of a code.
pub(crate) fn before<'a>(input: &'a [u8], line: &Line, at: usize) -> Option<Lead<'a>> {
    let floor = line.block.max(at.saturating_sub(WINDOW));
    let (opened, opening) = behind_opening(input, line.content.max(floor).min(at), at);
    if opened <= line.content {
        return Some(at_start(input, line, floor, opening));
    }
    let before = &input[floor..opened];
    let text = trim_end(before);
    let spaced = text.len() < before.len();
    let end = floor + text.len();
    let mut lead = match text.last() {
        Some(b':') => after_colon(input, floor, end - 1, spaced || opening.is_some())?,
        Some(b';') => after_semicolon(&text[..text.len() - 1]),
        Some(b'=') if !spaced => after_key(input, floor, end - 1)?,
        Some(b'<') if text.ends_with(b"<<") || text.ends_with(b",<") => {
            Lead::received(Strength::Strong)
        }
        Some(b',') if text.ends_with(b",<,") => Lead::received(Strength::Strong),
        Some(b',') if text.ends_with(b",>,") => Lead::given(Strength::Strong),
        Some(b'_') if text.ends_with(b":_") => after_colon(input, floor, end - 2, true)?,
        Some(b'>') if text.ends_with(b"->") => {
            let mut lead = Lead::new(Strength::Weak);
            lead.nests = true;
            lead
        }
        Some(b'#') if opening.is_none() => Lead::new(Strength::Weak),
        Some(byte) if byte.is_ascii_alphanumeric() && spaced => after_word(text),
        Some(byte) if byte.is_ascii_alphanumeric() && opening.is_none() => return None,
        Some(b'.' | b'/' | b'@' | b'-' | b'_' | b'+' | b'$' | b'=' | b'\\' | b'%')
            if !spaced && opening.is_none() =>
        {
            return None;
        }
        _ => Lead::new(Strength::Weak),
    };
    match opening {
        Some(quote @ (b'"' | b'\'' | b'`')) => {
            lead.ending = Ending::Quote(if quote == b'`' { b'\'' } else { quote });
            lead.strength = lead.strength.max(Strength::Likely);
        }
        Some(b'(') => {
            lead.ending = Ending::Parenthesis;
            in_parenthesis(input, floor, opened, &mut lead);
        }
        _ => {}
    }
    Some(lead)
}

/// Goes back over quotes and brackets that open before a code; the innermost one that closes it.
fn behind_opening(input: &[u8], floor: usize, at: usize) -> (usize, Option<u8>) {
    let mut opened = at;
    let mut opening = None;
    // `(550`, `"'#550`: more is none.
    let floor = floor.max(at.saturating_sub(4));
    while opened > floor {
        let byte = input[opened - 1];
        match byte {
            b'"' | b'\'' | b'`' | b'(' => opening = opening.or(Some(byte)),
            b'[' | b'{' | b'#' | b'*' => {}
            b'\\' if opening == Some(b'"') => {}
            b'b' if matches!(opening, Some(b'\'' | b'"')) => {}
            _ => break,
        }
        opened -= 1;
    }
    // A number with `#` before it that goes on from something else, as in a URL.
    (opened, opening)
}

/// A reply that begins its line: what the line's mark says, or what the lines above announce.
fn at_start<'a>(input: &'a [u8], line: &Line, floor: usize, opening: Option<u8>) -> Lead<'a> {
    let mut lead = match line.voice {
        Some(Voice::Server) => Lead::received(Strength::Strong),
        Some(Voice::Us) => Lead::given(Strength::Strong),
        _ => {
            let above = trim_end(&input[floor..line.start.max(floor)]);
            match above {
                [.., b':'] => {
                    let colon = floor + above.len() - 1;
                    let lead = after_colon(input, floor, colon, true);
                    let mut lead = lead.unwrap_or(Lead::new(Strength::Good));
                    lead.strength = lead.strength.max(Strength::Good);
                    lead
                }
                _ => Lead::new(Strength::Good),
            }
        }
    };
    lead.begins = true;
    match opening {
        Some(quote @ (b'"' | b'\'')) => lead.ending = Ending::Quote(quote),
        Some(b'`') => lead.ending = Ending::Quote(b'\''),
        Some(b'(') => lead.ending = Ending::Parenthesis,
        _ => {}
    }
    lead
}

/// Words before a colon behind which somebody's reply follows. Whether they tell that it was received.
const BEFORE_COLON: [(&[u8], bool); 27] = [
    (b"server", true),
    (b"responded", true),
    (b"replied", true),
    (b"returned", true),
    (b"answered", true),
    (b"response", true),
    (b"Response", true),
    (b"reply", true),
    (b"Reply", true),
    (b"was", true),
    (b"error", true),
    (b"Error", true),
    (b"ERROR", true),
    (b"Deferred", true),
    (b"diagnostic", true),
    (b"Diagnostic", true),
    (b"code", false),
    (b"Code", false),
    (b"reason", false),
    (b"Reason", false),
    (b"status", false),
    (b"Status", false),
    (b"failed", false),
    (b"rejected", false),
    (b"bounced", false),
    (b"info", false),
    (b"SMTP", false),
];

/// Words before a colon behind which a number is none of a reply.
const NO_REPLIES: [&[u8]; 12] = [
    b"size", b"port", b"line", b"pid", b"count", b"total", b"tel", b"phone", b"fax", b"ext",
    b"bytes", b"time",
];

fn after_colon<'a>(input: &'a [u8], floor: usize, colon: usize, spaced: bool) -> Option<Lead<'a>> {
    let text = &input[floor..colon];
    if ends_with_word(text, b"said") {
        return Some(said(input, floor, colon - 4));
    }
    if let [.., b']'] = text
        && let Some(lead) = after_host(input, floor, colon)
    {
        return Some(lead);
    }
    if text.ends_with(b"refused to talk to me") {
        let start = colon - b"refused to talk to me".len();
        let mut lead = refused(input, floor, start);
        lead.command = Some((Command::CONNECT, start..colon));
        return Some(lead);
    }
    if text.ends_with(b"refused to start TLS") {
        let start = colon - b"refused to start TLS".len();
        let mut lead = refused(input, floor, start);
        lead.command = Some((Command::STARTTLS, colon - 9..colon));
        return Some(lead);
    }
    if let Some(lead) = after_port(input, floor, colon) {
        return Some(lead);
    }
    if let Some(lead) = after_error(input, floor, colon) {
        return Some(lead);
    }
    // `"code":550`
    let (text, is_key) = match text {
        [text @ .., b'"' | b'\''] => (text, true),
        text => (text, false),
    };
    if text.ends_with(b"Remote_host_said") || ends_with_word(text, b"CLIENT") {
        return Some(Lead::received(Strength::Strong));
    }
    let known = BEFORE_COLON
        .iter()
        .find(|(word, _)| ends_with_word(text, word));
    if let Some((_, received)) = known {
        let mut lead = Lead::new(Strength::Good);
        if *received {
            lead.direction = Some(Direction::Received);
        }
        return Some(lead);
    }
    let is_none = NO_REPLIES.iter().any(|word| {
        text.len() >= word.len() && text[text.len() - word.len()..].eq_ignore_ascii_case(word)
    });
    if is_none || !(spaced || is_key) {
        return None;
    }
    Some(Lead::new(Strength::Likely))
}

/// `host mx.example[192.0.2.1] said:`, `server mx.example[192.0.2.1] said:`.
fn said(input: &[u8], floor: usize, end: usize) -> Lead<'_> {
    let end = floor + trim_end(&input[floor..end]).len();
    let mut lead = Lead::received(Strength::Strong);
    lead.nests = true;
    lead.host = host::ending(input, floor, end).filter(|(host, _)| is_host(host));
    let start = lead.host.as_ref().map_or(end, |(_, at)| at.start);
    let before = &input[floor..start];
    if before.ends_with(b"server ")
        && let Some(at) = memmem::rfind(before, b"SASL authentication")
    {
        lead.command = Some((Command::AUTH, floor + at..floor + at + 19));
    }
    lead
}

/// `server said:` names no host.
fn is_host(host: &crate::found::Host<'_>) -> bool {
    host.address.is_some()
        || host
            .name
            .is_some_and(|name| memchr::memchr(b'.', name).is_some())
}

fn refused(input: &[u8], floor: usize, end: usize) -> Lead<'_> {
    let end = floor + trim_end(&input[floor..end]).len();
    let mut lead = Lead::received(Strength::Strong);
    lead.nests = true;
    lead.host = host::ending(input, floor, end);
    lead
}

/// `reject: RCPT from host[192.0.2.1]:`, and in verbose logs `< host[192.0.2.1]:25:`.
fn after_host<'a>(input: &'a [u8], floor: usize, colon: usize) -> Option<Lead<'a>> {
    let (host, at) = host_or_unknown(input, floor, colon)?;
    let before = &input[floor..at.start];
    if before.ends_with(b": < ") {
        let mut lead = Lead::received(Strength::Strong);
        lead.host = host;
        return Some(lead);
    }
    if before.ends_with(b": > ") {
        let mut lead = Lead::given(Strength::Strong);
        lead.host = host;
        return Some(lead);
    }
    let verb = before.strip_suffix(b" from ")?;
    let mut lead = rejected(input, floor, floor + verb.len())?;
    lead.host = host;
    Some(lead)
}

/// What was rejected: the text ends with `reject: RCPT`.
fn rejected<'a>(input: &'a [u8], floor: usize, end: usize) -> Option<Lead<'a>> {
    let text = &input[floor..end];
    let verb = memchr::memrchr(b' ', text)? + 1;
    let action_end = floor + text[..verb - 1].strip_suffix(b":")?.len();
    let action_start = memchr::memrchr(b' ', &input[floor..action_end]).map_or(0, |at| at + 1);
    let action = &input[floor + action_start..action_end];
    let at = floor + action_start..action_end;
    let mut lead = Lead::given(Strength::Strong);
    lead.ending = Ending::Fields;
    lead.command = command::starting(input, floor + verb, end);
    match action {
        b"reject" | b"milter-reject" | b"proxy-reject" => {
            lead.outcome = Some((Outcome::Rejected, at));
        }
        b"discard" | b"milter-discard" => lead.outcome = Some((Outcome::Discarded, at)),
        b"reject_warning" => lead.origin = Origin::Withheld,
        b"hold" | b"filter" | b"warn" | b"redirect" | b"info" | b"milter-hold" => {
            lead.origin = Origin::Withheld;
        }
        _ => return None,
    }
    Some(lead)
}

/// A host before a colon, `unknown[unknown]` included.
fn host_or_unknown<'a>(
    input: &'a [u8],
    floor: usize,
    end: usize,
) -> Option<(Option<host::Place<'a>>, core::ops::Range<usize>)> {
    if let Some(place) = host::ending(input, floor, end) {
        let at = place.1.clone();
        return Some((Some(place), at));
    }
    let start = memchr::memrchr(b' ', &input[floor..end])? + 1;
    Some((None, floor + start..end))
}

/// The same with a port: `from [192.0.2.1]:25:`.
fn after_port<'a>(input: &'a [u8], floor: usize, colon: usize) -> Option<Lead<'a>> {
    let text = &input[floor..colon];
    let digits = text
        .iter()
        .rev()
        .take(6)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let is_port = digits > 0 && text[..text.len() - digits].ends_with(b"]:");
    if is_port {
        after_host(input, floor, colon)
    } else {
        None
    }
}

/// `SMTP error from remote mail server after RCPT TO:<user@example.org>:`
fn after_error<'a>(input: &'a [u8], floor: usize, colon: usize) -> Option<Lead<'a>> {
    let text = &input[floor..colon];
    let error = memmem::rfind(text, b"TP error ")?;
    let after = error + memmem::find(&text[error..], b"after ")? + 6;
    let mut lead = Lead::received(Strength::Strong);
    lead.nests = true;
    lead.lmtp = error >= 2 && text[..error].ends_with(b"LM");
    let mut start = floor + after;
    if input[start..colon].starts_with(b"pipelined ") {
        start += b"pipelined ".len();
    }
    lead.command = command::starting(input, start, colon);
    // In a bounce the host stands before it: `host mx.example.com [192.0.2.1]`.
    let before = &text[..error.saturating_sub(2)];
    if let Some(at) = memmem::rfind(before, b"host ") {
        lead.host = host::starting(input, floor + at + 5, colon);
    }
    Some(lead)
}

fn after_semicolon<'a>(text: &[u8]) -> Lead<'a> {
    let text = trim_end(text);
    let is_of_type = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let len = text
        .iter()
        .rev()
        .take(20)
        .take_while(|byte| is_of_type(byte))
        .count();
    let word = &text[text.len() - len..];
    if word.eq_ignore_ascii_case(b"smtp") {
        return Lead::received(Strength::Strong);
    }
    if word.eq_ignore_ascii_case(b"lmtp") {
        let mut lead = Lead::received(Strength::Strong);
        lead.lmtp = true;
        return lead;
    }
    match word {
        [b'x' | b'X', b'-', _, ..] => Lead::new(Strength::Strong),
        _ => Lead::new(Strength::Weak),
    }
}

fn after_key<'a>(input: &'a [u8], floor: usize, equals: usize) -> Option<Lead<'a>> {
    let text = &input[floor..equals];
    let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let len = text
        .iter()
        .rev()
        .take(24)
        .take_while(|byte| is_of_key(byte))
        .count();
    let key = &text[text.len() - len..];
    let mut lead = match key {
        b"stat" | b"reply" => Lead::received(Strength::Strong),
        b"C" => Lead::received(Strength::Strong),
        b"reject" => {
            let mut lead = Lead::given(Strength::Strong);
            lead.outcome = Some((Outcome::Rejected, equals - len..equals));
            lead
        }
        b"LED" => {
            let mut lead = Lead::received(Strength::Strong);
            lead.nests = true;
            lead
        }
        b"dsn" => {
            let mut lead = Lead::new(Strength::Strong);
            lead.origin = Origin::Summary;
            lead
        }
        b"result" => Lead::given(Strength::Strong),
        b"responseCode" | b"response" | b"code" | b"smtp_code" | b"error" | b"diag" => {
            Lead::new(Strength::Good)
        }
        _ => return None,
    };
    if matches!(key, b"stat" | b"reply" | b"reject" | b"dsn") {
        lead.ending = Ending::Comma;
    }
    Some(lead)
}

/// Words behind which somebody's reply follows without a colon.
const WORDS: [&[u8]; 18] = [
    b"error",
    b"Error",
    b"ERROR",
    b"code",
    b"Code",
    b"reply",
    b"response",
    b"status",
    b"returned",
    b"said",
    b"says",
    b"SMTP",
    b"replied",
    b"responded",
    b"answered",
    b"with",
    b"rejected",
    b"Deferred",
];

fn after_word<'a>(text: &[u8]) -> Lead<'a> {
    match WORDS.iter().any(|word| ends_with_word(text, word)) {
        true => Lead::new(Strength::Likely),
        false => Lead::new(Strength::Weak),
    }
}

/// `status=sent (250 ...)`, `stat=Sent (250 ...)`.
fn in_parenthesis(input: &[u8], floor: usize, opened: usize, lead: &mut Lead<'_>) {
    let text = trim_end(&input[floor..opened]);
    let Some(equals) = memchr::memrchr(b'=', text) else {
        return;
    };
    if text[..equals].ends_with(b" status") || text[..equals].ends_with(b" stat") {
        lead.strength = Strength::Strong;
        lead.direction = Some(Direction::Received);
    }
}

fn ends_with_word(text: &[u8], word: &[u8]) -> bool {
    text.strip_suffix(word)
        .is_some_and(|before| !before.last().is_some_and(u8::is_ascii_alphanumeric))
}

pub(crate) fn trim_end(text: &[u8]) -> &[u8] {
    text.trim_ascii_end()
}
