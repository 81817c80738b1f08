//! What a key before a reply says about it: `reply=`, `smtp;`.

use crate::search;
use codes_core::Command;

use super::{Ending, Lead, Strength};
use crate::command;
use crate::found::{Origin, Outcome};
use crate::window::{Part, Window};

/// The type of a diagnostic code (RFC 3464 section 2.3.6).
pub(super) fn after_semicolon<'a>(text: &[u8]) -> Lead<'a> {
    let text = text.trim_ascii_end();
    let is_of_type = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let len = text
        .iter()
        .rev()
        .take(20)
        .take_while(|byte| is_of_type(byte))
        .count();
    let (before, word) = text.split_at(text.len() - len);
    let is_smtp = word.eq_ignore_ascii_case(b"smtp");
    if is_smtp || word.eq_ignore_ascii_case(b"lmtp") {
        let mut lead = Lead::received(Strength::Strong);
        lead.lmtp = !is_smtp;
        // In JSON, and in a table with commas.
        if let Some(closing @ (b'"' | b',')) = before.last() {
            lead.ending = Ending::Quote(*closing);
        }
        return lead;
    }
    match word {
        // The status with which a program ended is one too: `X-Unix; 75`.
        [b'x' | b'X', b'-', _, ..] => Lead::new(Strength::Told),
        _ => Lead::new(Strength::Weak),
    }
}

pub(super) fn after_equals(window: Window<'_>, equals: usize, is_quoted: bool) -> Option<Lead<'_>> {
    let text = window.part(..equals);
    let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let len = text
        .iter()
        .rev()
        .take(24)
        .take_while(|byte| is_of_key(byte))
        .count();
    let before = text.part(..text.len() - len);
    // A parameter in a URL is none.
    if matches!(before.last(), Some(b'?' | b'&' | b'/' | b'.')) {
        return None;
    }
    let mut lead = match text.part(text.len() - len..) {
        b"stat" | b"reply" | b"C" => Lead::received(Strength::Strong),
        b"reject" => {
            let mut lead = Lead::given(Strength::Strong);
            lead.outcome = Some((Outcome::Rejected, equals - len..equals));
            lead.command = of_milter(window, before);
            lead
        }
        b"LED" => {
            let mut lead = Lead::received(Strength::Strong);
            lead.nests = true;
            lead.ending = Ending::Quote(b'}');
            lead
        }
        b"dsn" => {
            let mut lead = Lead::new(Strength::Strong);
            lead.origin = Origin::Summary;
            lead
        }
        b"result" => Lead::given(Strength::Strong),
        b"response" if is_quoted => Lead::received(Strength::Strong),
        b"responseCode" | b"response" | b"code" | b"smtp_code" | b"error" | b"diag" => {
            let mut lead = Lead::new(Strength::Good);
            lead.is_value = true;
            lead
        }
        // What a client sent.
        b"input" | b"command" | b"T" => return None,
        _ if is_quoted => Lead::new(Strength::Told),
        _ => return None,
    };
    let key = text.part(text.len() - len..);
    if matches!(key, b"stat" | b"reply" | b"reject" | b"dsn") {
        lead.ending = Ending::Comma;
    }
    Some(lead)
}

/// What Sendmail's milter refused: `Milter: to=<user@example.com>, reject=`.
fn of_milter(window: Window<'_>, before: &[u8]) -> Option<command::Place> {
    let at = search::rfind(before, b"Milter: ")? + b"Milter: ".len();
    let words = [
        (&b"to="[..], Command::RCPT),
        (b"from=", Command::MAIL),
        (b"data", Command::DATA_BODY),
        (b"connect", Command::CONNECT),
        (b"helo", Command::EHLO),
    ];
    let start = window.floor() + at;
    let begins = |(word, _): &&(&[u8], _)| window.starts_with(start, word);
    let (word, command) = words.iter().find(begins)?;
    let len = word.strip_suffix(b"=").unwrap_or(word).len();
    Some((*command, start..start + len))
}
