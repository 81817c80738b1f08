//! What a colon before a reply says about it.

use core::ops::Range;

use crate::search;
use codes_core::Command;

use super::{Ending, Lead, Strength, ends_with_word, is_code_key, is_remote, qmail};
use crate::found::{Direction, Origin, Outcome};
use crate::window::{Part, Window};
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

/// `whole` is the text without the floor that the window has.
pub(super) fn after<'a>(
    whole: Window<'a>,
    window: Window<'a>,
    colon: usize,
    is_apart: bool,
) -> Option<Lead<'a>> {
    let text = window.part(..colon).trim_ascii_end();
    let colon = window.floor() + text.len();
    let window = window.up_to(colon);
    match text {
        // Anybody can write one.
        [.., b't'] if ends_with_word(text, b"Subject") => return None,
        [.., b's', b'a', b'i', b'd']
            if ends_with_word(text, b"said") || text.ends_with(b"_said") =>
        {
            return said(whole, window, colon - 4);
        }
        [.., b']'] => {
            // Without a space, it is a port.
            if !is_apart || is_from_client(text) {
                return None;
            }
            if let Some(lead) = after_host(window) {
                return Some(lead);
            }
        }
        [.., b'e'] if text.ends_with(b"refused to talk to me") => {
            let at = colon - b"refused to talk to me".len()..colon;
            return Some(refused(window, at, Command::CONNECT));
        }
        [.., b'S'] if text.ends_with(b"refused to start TLS") => {
            let mut lead = refused(window, colon - 20..colon, Command::STARTTLS);
            lead.command = Some((Command::STARTTLS, colon - 9..colon));
            return Some(lead);
        }
        [.., b'0'..=b'9'] => {
            if let Some(lead) = after_port(window) {
                return Some(lead);
            }
        }
        [.., b'A'..=b'Z'] => {
            if let Some(lead) = rejected(window) {
                return Some(lead);
            }
        }
        _ => {}
    }
    if let Some(lead) = after_command(window).or_else(|| by_us(window)) {
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
        let end = text.len().checked_sub(word.len());
        end.is_some_and(|end| text.part(end..).eq_ignore_ascii_case(word))
    });
    (!is_other && (is_apart || is_key)).then(|| Lead::new(Strength::Told))
}

/// `host mx.example[192.0.2.1] said:`, `server mx.example[192.0.2.1] said:`.
fn said<'a>(whole: Window<'a>, window: Window<'a>, end: usize) -> Option<Lead<'a>> {
    let mut lead = Lead::received(Strength::Strong);
    lead.nests = true;
    let text = window.part(..end);
    if text.ends_with(b"Remote host ") || text.ends_with(b"Remote_host_") {
        // qmail tells of the recipient that it begins with; a report follows in a line of its own.
        if search::find(text, b"starting delivery ").is_some() {
            return None;
        }
        qmail::tell(whole, end - b"Remote host ".len(), &mut lead);
        return Some(lead);
    }
    // Somebody said it, or a client calls itself so.
    if text.ends_with(b": ") {
        return None;
    }
    let end = window.floor() + text.trim_ascii_end().len();
    lead.host = host::ending(window, end).filter(|(host, _)| host.is_certain());
    let start = lead.host.as_ref().map_or(end, |(_, at)| at.start);
    let before = window.part(..start).trim_ascii_end();
    if is_suspended(before) {
        lead.origin = Origin::Repeated;
    }
    if before.ends_with(b"server")
        && let Some(at) = search::rfind(before, b"SASL authentication")
    {
        let at = window.floor() + at;
        lead.command = Some((Command::AUTH, at..at + b"SASL authentication".len()));
    }
    Some(lead)
}

/// `delivery temporarily suspended: host`
fn is_suspended(before: &[u8]) -> bool {
    let before = before.strip_suffix(b"host").unwrap_or(before);
    before.trim_ascii_end().ends_with(b"suspended:")
}

/// `host mx.example[192.0.2.1] refused ...:`, in older logs `connect to mx.example[192.0.2.1]: server
/// refused ...:`.
fn refused(window: Window<'_>, at: Range<usize>, command: Command) -> Lead<'_> {
    let text = window.part(..at.start).trim_ascii_end();
    let text = text.strip_suffix(b": server").unwrap_or(text);
    let mut lead = Lead::received(Strength::Strong);
    lead.nests = true;
    let end = window.floor() + text.len();
    lead.host = host::ending(window, end).filter(|(host, _)| host.is_certain());
    let before = match &lead.host {
        Some((_, at)) => window.part(..at.start).trim_ascii_end(),
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
/// `< host[192.0.2.1]:25:`; the window ends with the colon.
fn after_host(window: Window<'_>) -> Option<Lead<'_>> {
    let (host, at) = host_or_unknown(window)?;
    let before = window.part(..at.start);
    let up_to = |before: &[u8]| window.up_to(window.floor() + before.len());
    let mut lead = if before.ends_with(b": < ") {
        Lead::received(Strength::Strong)
    } else if before.ends_with(b": > ") {
        Lead::given(Strength::Strong)
    } else if let Some(verb) = before.strip_suffix(b" from ") {
        rejected(up_to(verb))?
    } else if let Some(before) = before.strip_suffix(b"host ") {
        // Exim, in a bounce: the command stands before the host.
        let before = before.trim_ascii_end();
        let before = before.strip_suffix(b":").unwrap_or(before);
        after_command(up_to(before)).unwrap_or(Lead::received(Strength::Good))
    } else {
        return None;
    };
    lead.host = host;
    Some(lead)
}

/// What a client sent in place of a command, as Postfix writes it down.
fn is_from_client(text: &[u8]) -> bool {
    let what = search::rfind(text, b" from ").map_or(&[][..], |at| text.part(..at));
    what.ends_with(b"non-SMTP command") || search::find(what, b"command pipelining after").is_some()
}

/// A host before a colon, `unknown[unknown]` included.
fn host_or_unknown(window: Window<'_>) -> Option<(Option<host::Place<'_>>, Range<usize>)> {
    let end = window.limit();
    if let Some(place) = host::ending(window, end) {
        let at = place.1.clone();
        return Some((Some(place), at));
    }
    let start = memchr::memrchr(b' ', window.part(..))? + 1;
    Some((None, window.floor() + start..end))
}

/// What Postfix did: the window ends with `reject: RCPT`.
fn rejected(window: Window<'_>) -> Option<Lead<'_>> {
    let (floor, text) = (window.floor(), window.part(..));
    let space = memchr::memrchr(b' ', text)?;
    let action = text.part(..space).strip_suffix(b":")?;
    let start = memchr::memrchr(b' ', action).map_or(0, |at| at + 1);
    let at = floor + start..floor + action.len();
    let mut lead = Lead::given(Strength::Strong);
    lead.ending = Ending::Fields;
    match action.part(start..) {
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
    lead.command = command::starting(window, floor + space + 1);
    Some(lead)
}

/// A host with a port: `from [192.0.2.1]:25:`.
fn after_port(window: Window<'_>) -> Option<Lead<'_>> {
    let text = window.part(..);
    let digits = text.iter().rev().take(6);
    let digits = digits.take_while(|byte| byte.is_ascii_digit()).count();
    if !text.part(..text.len() - digits).ends_with(b"]:") {
        return None;
    }
    after_host(window)
}

/// `SMTP error from remote mail server after RCPT TO:<user@example.org>:` and the like, by Exim.
fn after_command(window: Window<'_>) -> Option<Lead<'_>> {
    let (floor, text) = (window.floor(), window.part(..));
    if let Some(lead) = after_prdr(text, floor) {
        return Some(lead);
    }
    let (error, behind) = match search::rfind(text, b"TP error ") {
        Some(error) => {
            let after = search::find(text.part(error..), b"after ")?;
            (error, error + after + b"after ".len())
        }
        None => {
            let reply = search::rfind(text, b"in response to ")?;
            (reply, reply + b"in response to ".len())
        }
    };
    let mut lead = Lead::received(Strength::Strong);
    lead.nests = true;
    lead.lmtp = text.part(..error).ends_with(b"LM");
    let mut start = floor + behind;
    if window.starts_with(start, b"pipelined ") {
        start += b"pipelined ".len();
    }
    lead.command = command::starting(window, start);
    // In a bounce the host stands before it: `host mx.example.com [192.0.2.1]`.
    let before = text.part(..error.saturating_sub(2));
    let host = search::rfind(before, b"host ").filter(|&at| {
        let boundary = before.part(..at).last();
        boundary.is_none_or(u8::is_ascii_whitespace)
    });
    if let Some(at) = host {
        lead.host = host::starting(window, floor + at + b"host ".len());
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
fn by_us(window: Window<'_>) -> Option<Lead<'_>> {
    let (floor, text) = (window.floor(), window.part(..));
    if let Some(at) = search::rfind(text, b" rejected ") {
        let mut lead = Lead::given(Strength::Good);
        let behind = floor + at + b" rejected ".len();
        lead.command = command::starting(window, behind);
        lead.outcome = Some((Outcome::Rejected, behind - 9..behind - 1));
        return lead.command.is_some().then_some(lead);
    }
    if let Some(at) = search::rfind(text, b" authenticator failed for ") {
        let mut lead = Lead::given(Strength::Good);
        let start = floor + at + 1;
        lead.command = Some((Command::AUTH, start..start + b"authenticator".len()));
        let host = start + b"authenticator failed for ".len();
        let open = memchr::memchr(b'[', window.part(host..))?;
        lead.host = host::starting(window, host + open);
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
