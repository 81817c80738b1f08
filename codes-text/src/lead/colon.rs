//! What a colon before a reply says about it.

use core::ops::Range;

use crate::search;
use codes_core::Command;

use super::{Ending, Lead, Strength, ends_with_word, is_code_key, is_remote, qmail};
use crate::found::{Direction, Host, Origin, Outcome};
use crate::{command, host};

/// Words before a colon behind which somebody's reply follows, and whether they tell that it was
/// received.
const WORDS: [(&[u8], bool); 30] = [
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
    (b"CLIENT", true),
    (b"code", false),
    (b"Code", false),
    (b"CODE", false),
    (b"reason", false),
    (b"Reason", false),
    (b"status", false),
    (b"Status", false),
    (b"failed", false),
    (b"failure", false),
    (b"rejected", false),
    (b"bounced", false),
    (b"SMTP", false),
    (b"message", false),
];

/// Words before a colon behind which a number is none of a reply.
const OTHERS: [&[u8]; 20] = [
    b"size", b"port", b"line", b"pid", b"count", b"total", b"tel", b"phone", b"fax", b"ext",
    b"bytes", b"time", b"version", b"id", b"page", b"room", b"to", b"from", b"cc", b"date",
];

pub(super) fn after<'a>(
    input: &'a [u8],
    floor: usize,
    colon: usize,
    is_apart: bool,
) -> Option<Lead<'a>> {
    let text = input[floor..colon].trim_ascii_end();
    let colon = floor + text.len();
    match text {
        [.., b's', b'a', b'i', b'd']
            if ends_with_word(text, b"said") || text.ends_with(b"_said") =>
        {
            return said(input, floor, colon - 4);
        }
        [.., b']'] => {
            // Without a space, it is a port.
            if !is_apart || is_from_client(text) {
                return None;
            }
            if let Some(lead) = after_host(input, floor, colon) {
                return Some(lead);
            }
        }
        [.., b'e'] if text.ends_with(b"refused to talk to me") => {
            let at = colon - b"refused to talk to me".len()..colon;
            return Some(refused(input, floor, at, Command::CONNECT));
        }
        [.., b'S'] if text.ends_with(b"refused to start TLS") => {
            let mut lead = refused(input, floor, colon - 20..colon, Command::STARTTLS);
            lead.command = Some((Command::STARTTLS, colon - 9..colon));
            return Some(lead);
        }
        [.., b'0'..=b'9'] => {
            if let Some(lead) = after_port(input, floor, colon) {
                return Some(lead);
            }
        }
        [.., b'A'..=b'Z'] => {
            if let Some(lead) = rejected(input, floor, colon) {
                return Some(lead);
            }
        }
        _ => {}
    }
    if let Some(lead) = after_command(input, floor, colon).or_else(|| by_us(input, floor, colon)) {
        return Some(lead);
    }
    // `"code":550`
    let (text, is_key) = match text {
        [text @ .., b'"' | b'\''] => (text, true),
        text => (text, false),
    };
    if let Some((_, received)) = WORDS.iter().find(|(word, _)| ends_with_word(text, word)) {
        let mut lead = Lead::new(Strength::Good);
        if *received || is_remote(text) {
            lead.direction = Some(Direction::Received);
        }
        lead.is_value = is_key;
        return Some(lead);
    }
    if is_code_key(text) {
        let mut lead = Lead::new(Strength::Good);
        lead.is_value = is_key;
        return Some(lead);
    }
    let is_other = OTHERS.iter().any(|word| {
        let end = text.get(text.len().wrapping_sub(word.len())..);
        end.is_some_and(|end| end.eq_ignore_ascii_case(word))
    });
    (!is_other && (is_apart || is_key)).then(|| Lead::new(Strength::Told))
}

/// `host mx.example[192.0.2.1] said:`, `server mx.example[192.0.2.1] said:`.
fn said(input: &[u8], floor: usize, end: usize) -> Option<Lead<'_>> {
    let mut lead = Lead::received(Strength::Strong);
    lead.nests = true;
    let text = &input[floor..end];
    if text.ends_with(b"Remote host ") || text.ends_with(b"Remote_host_") {
        // qmail tells of the recipient that it begins with; a report follows in a line of its own.
        if search::find(text, b"starting delivery ").is_some() {
            return None;
        }
        qmail::tell(input, end - b"Remote host ".len(), &mut lead);
        return Some(lead);
    }
    // Somebody said it, or a client calls itself so.
    if text.ends_with(b": ") {
        return None;
    }
    let end = floor + text.trim_ascii_end().len();
    lead.host = host::ending(input, floor, end).filter(|(host, _)| is_host(host));
    let start = lead.host.as_ref().map_or(end, |(_, at)| at.start);
    let before = input[floor..start].trim_ascii_end();
    if is_suspended(before) {
        lead.origin = Origin::Repeated;
    }
    if before.ends_with(b"server")
        && let Some(at) = search::rfind(before, b"SASL authentication")
    {
        lead.command = Some((Command::AUTH, floor + at..floor + at + 19));
    }
    Some(lead)
}

/// `server said:` names no host.
fn is_host(host: &Host<'_>) -> bool {
    let is_domain = |name| memchr::memchr(b'.', name).is_some();
    host.address.is_some() || host.name.is_some_and(is_domain)
}

/// `delivery temporarily suspended: host`
fn is_suspended(before: &[u8]) -> bool {
    let before = before.strip_suffix(b"host").unwrap_or(before);
    before.trim_ascii_end().ends_with(b"suspended:")
}

/// `host mx.example[192.0.2.1] refused ...:`, in older logs `connect to mx.example[192.0.2.1]: server
/// refused ...:`.
fn refused(input: &[u8], floor: usize, at: Range<usize>, command: Command) -> Lead<'_> {
    let text = input[floor..at.start].trim_ascii_end();
    let text = text.strip_suffix(b": server").unwrap_or(text);
    let mut lead = Lead::received(Strength::Strong);
    lead.nests = true;
    lead.host = host::ending(input, floor, floor + text.len()).filter(|(host, _)| is_host(host));
    let before = match &lead.host {
        Some((_, at)) => input[floor..at.start].trim_ascii_end(),
        None => text,
    };
    let before = before.strip_suffix(b"connect to").unwrap_or(before);
    if is_suspended(before.trim_ascii_end()) {
        lead.origin = Origin::Repeated;
    }
    lead.command = Some((command, at));
    lead
}

/// `reject: RCPT from host[192.0.2.1]:`, `host mx.example.com [192.0.2.1]:`, and in verbose logs
/// `< host[192.0.2.1]:25:`.
fn after_host<'a>(input: &'a [u8], floor: usize, colon: usize) -> Option<Lead<'a>> {
    let (host, at) = host_or_unknown(input, floor, colon)?;
    let before = &input[floor..at.start];
    let mut lead = if before.ends_with(b": < ") {
        Lead::received(Strength::Strong)
    } else if before.ends_with(b": > ") {
        Lead::given(Strength::Strong)
    } else if let Some(verb) = before.strip_suffix(b" from ") {
        rejected(input, floor, floor + verb.len())?
    } else if let Some(before) = before.strip_suffix(b"host ") {
        // Exim, in a bounce: the command stands before the host.
        let before = before.trim_ascii_end();
        let before = before.strip_suffix(b":").unwrap_or(before);
        let lead = after_command(input, floor, floor + before.len());
        lead.unwrap_or(Lead::received(Strength::Good))
    } else {
        return None;
    };
    lead.host = host;
    Some(lead)
}

/// What a client sent in place of a command, as Postfix writes it down.
fn is_from_client(text: &[u8]) -> bool {
    let what = search::rfind(text, b" from ").map_or(&[][..], |at| &text[..at]);
    what.ends_with(b"non-SMTP command") || search::find(what, b"command pipelining after").is_some()
}

/// A host before a colon, `unknown[unknown]` included.
fn host_or_unknown<'a>(
    input: &'a [u8],
    floor: usize,
    end: usize,
) -> Option<(Option<host::Place<'a>>, Range<usize>)> {
    if let Some(place) = host::ending(input, floor, end) {
        let at = place.1.clone();
        return Some((Some(place), at));
    }
    let start = memchr::memrchr(b' ', &input[floor..end])? + 1;
    Some((None, floor + start..end))
}

/// What Postfix did: the text ends with `reject: RCPT`.
fn rejected<'a>(input: &'a [u8], floor: usize, end: usize) -> Option<Lead<'a>> {
    let text = &input[floor..end];
    let verb = memchr::memrchr(b' ', text)? + 1;
    let action = text[..verb - 1].strip_suffix(b":")?;
    let action_end = floor + action.len();
    let start = memchr::memrchr(b' ', action).map_or(0, |at| at + 1);
    let at = floor + start..action_end;
    let mut lead = Lead::given(Strength::Strong);
    lead.ending = Ending::Fields;
    match &input[at.clone()] {
        b"reject" | b"milter-reject" | b"proxy-reject" => {
            lead.outcome = Some((Outcome::Rejected, at));
        }
        b"discard" | b"milter-discard" => lead.outcome = Some((Outcome::Discarded, at)),
        b"proxy-accept" => {}
        b"reject_warning" | b"hold" | b"milter-hold" | b"filter" | b"warn" | b"redirect"
        | b"info" => {
            lead.origin = Origin::Withheld;
        }
        _ => return None,
    }
    lead.command = command::starting(input, floor + verb, end);
    Some(lead)
}

/// A host with a port: `from [192.0.2.1]:25:`.
fn after_port<'a>(input: &'a [u8], floor: usize, colon: usize) -> Option<Lead<'a>> {
    let text = &input[floor..colon];
    let digits = text
        .iter()
        .rev()
        .take(6)
        .take_while(|byte| byte.is_ascii_digit());
    let digits = digits.count();
    if !text[..text.len() - digits].ends_with(b"]:") {
        return None;
    }
    after_host(input, floor, colon)
}

/// `SMTP error from remote mail server after RCPT TO:<user@example.org>:` and the like, by Exim.
fn after_command<'a>(input: &'a [u8], floor: usize, colon: usize) -> Option<Lead<'a>> {
    let text = &input[floor..colon];
    if let Some(lead) = after_prdr(text, floor) {
        return Some(lead);
    }
    let (error, behind) = match search::rfind(text, b"TP error ") {
        Some(error) => (error, error + search::find(&text[error..], b"after ")? + 6),
        None => {
            let reply = search::rfind(text, b"in response to ")?;
            (reply, reply + b"in response to ".len())
        }
    };
    let mut lead = Lead::received(Strength::Strong);
    lead.nests = true;
    lead.lmtp = text[..error].ends_with(b"LM");
    let mut start = floor + behind;
    if input[start..colon].starts_with(b"pipelined ") {
        start += b"pipelined ".len();
    }
    lead.command = command::starting(input, start, colon);
    // In a bounce the host stands before it: `host mx.example.com [192.0.2.1]`.
    let before = &text[..error.saturating_sub(2)];
    let host = search::rfind(before, b"host ").filter(|&at| {
        let boundary = at.checked_sub(1).map(|at| before[at]);
        boundary.is_none_or(|byte| byte.is_ascii_whitespace())
    });
    if let Some(at) = host {
        lead.host = host::starting(input, floor + at + 5, colon);
    }
    Some(lead)
}

/// What a server said about one recipient after the message.
fn after_prdr<'a>(text: &[u8], floor: usize) -> Option<Lead<'a>> {
    text.ends_with(b"PRDR error after DATA").then(|| {
        let mut lead = Lead::received(Strength::Strong);
        let end = floor + text.len();
        lead.command = Some((Command::DATA_BODY, end - 4..end));
        lead
    })
}

/// What Exim told its client: `rejected RCPT <user@example.com>:`, `authenticator failed for`.
fn by_us<'a>(input: &'a [u8], floor: usize, colon: usize) -> Option<Lead<'a>> {
    let text = &input[floor..colon];
    if let Some(at) = search::rfind(text, b" rejected ") {
        let mut lead = Lead::given(Strength::Good);
        let behind = floor + at + b" rejected ".len();
        lead.command = command::starting(input, behind, colon);
        lead.outcome = Some((Outcome::Rejected, behind - 9..behind - 1));
        return lead.command.is_some().then_some(lead);
    }
    if let Some(at) = search::rfind(text, b" authenticator failed for ") {
        let mut lead = Lead::given(Strength::Good);
        let start = floor + at + 1;
        lead.command = Some((Command::AUTH, start..start + b"authenticator".len()));
        let host = start + b"authenticator failed for ".len();
        let open = memchr::memchr(b'[', &input[host..colon])?;
        lead.host = host::starting(input, host + open, colon);
        return Some(lead);
    }
    // What a filter of Postfix said about a header: the reply stands behind the fields.
    let is_behind_fields = text.ends_with(b">") && search::find(text, b" helo=<").is_some();
    let of_header = [&b": reject: header "[..], b": reject: body "];
    let reject = || of_header.iter().find_map(|words| search::find(text, words));
    if is_behind_fields && let Some(at) = reject() {
        let mut lead = Lead::given(Strength::Strong);
        lead.is_of_header = true;
        let at = floor + at + 2;
        lead.outcome = Some((Outcome::Rejected, at..at + 6));
        return Some(lead);
    }
    None
}
