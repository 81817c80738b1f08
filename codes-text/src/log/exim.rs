//! Lines of Exim.

use codes_core::{Class, Command};

use super::words::{Peer, after, begins_with_code, word};
use super::{Announced, Silence, Told, time};
use crate::found::Outcome;
use crate::strangers;
use crate::window::Part;

/// Whether a message has the form that no other program's has.
pub(super) fn has_mark(message: &[u8]) -> bool {
    let message = without_own_header(message);
    if id(message).0.is_some()
        || [&b"H="[..], b"U=", b"F=<"]
            .iter()
            .any(|field| message.starts_with(field))
    {
        return true;
    }
    // A line that somebody cut the id off.
    let has_sign = matches!(
        message,
        [b'*' | b'=' | b'-' | b'>', b'*' | b'=' | b'>', b' ', ..]
    );
    has_sign && (after(message, b" R=").is_some() || after(message, b" T=").is_some())
}

pub(super) fn read(message: &[u8]) -> Told<'_> {
    let (_, text) = id(without_own_header(message));
    let (sign, rest) = word(text);
    let outcome = match sign {
        b"=>" | b"->" | b">>" => Outcome::Sent,
        b"==" => Outcome::Deferred,
        b"**" => Outcome::Bounced,
        b"<=" | b"Completed" => return Told::default(),
        _ => return refused(text),
    };
    delivery(outcome, rest)
}

/// With `log_selector = +pid`, or in syslog, Exim puts a time or a number of its own in front.
fn without_own_header(message: &[u8]) -> &[u8] {
    let message = match time::read(message) {
        Some((_, message)) => message.trim_ascii_start(),
        None => message,
    };
    match message {
        [b'[', b'0'..=b'9', ..] => after(message, b"] ").unwrap_or(message),
        _ => message,
    }
}

/// The message id with which a text begins: `1abcDE-000123-AB`, or `1abcDE-00000001234-ABCD` since
/// version 4.97.
fn id(text: &[u8]) -> (Option<&[u8]>, &[u8]) {
    let (first, rest) = word(text);
    let has_dash = |at: usize| first.byte(at) == Some(b'-');
    let has_dashes = match first.len() {
        16 => has_dash(6) && has_dash(13),
        23 => has_dash(6) && has_dash(18),
        _ => false,
    };
    let fits = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    if has_dashes && first.iter().all(fits) {
        (Some(first), rest)
    } else {
        (None, text)
    }
}

/// What follows the sign: the address, fields, and in the end what went wrong.
fn delivery(outcome: Outcome, text: &[u8]) -> Told<'_> {
    let mut told = Told {
        outcome: Some(outcome),
        ..Told::default()
    };
    let mut has_host = false;
    let mut is_of_local = false;
    let fields = behind_recipient(text);
    let mut rest = fields;
    // The fields that count stand before what a server said.
    while let Some(equals) = memchr::memchr(b'=', rest) {
        let (name, value) = (rest.part(..equals), rest.part(equals + 1..));
        rest = value;
        match name {
            [.., b' ', b'H'] if !has_host => {
                has_host = true;
                told.peer = Peer::starting(value);
            }
            [.., b' ', b'T'] if !has_host => is_of_local = is_local(value),
            [.., b' ', b'C'] => {
                let said = value.strip_prefix(b"\"").unwrap_or(value);
                told.announced = with_code(said);
            }
            _ => {}
        }
    }
    if outcome == Outcome::Sent {
        told.is_internal = !has_host;
        if text.starts_with(b":blackhole:") || text.starts_with(b"blackhole ") {
            told.outcome = Some(Outcome::Discarded);
        }
        return told;
    }
    told.is_internal = is_of_local && !has_host;
    let mut error = fields;
    let mut rest = fields;
    while let Some(behind) = after(rest, b": ") {
        if error.len() == fields.len() {
            error = behind;
        }
        if announces(behind) {
            told.announced = with_code(after(behind, b": ").unwrap_or_default());
            // LMTP without a host goes over a socket.
            told.is_internal = !has_host && behind.starts_with(b"LMTP");
            return told;
        }
        rest = behind;
    }
    if error.starts_with(b"retry timeout exceeded") {
        told.outcome = Some(Outcome::Expired);
    } else {
        told.no_reply = Some(Silence::told_by(error));
    }
    told
}

/// What follows the name of a recipient in quotation marks, which may hold anything.
fn behind_recipient(text: &[u8]) -> &[u8] {
    let quoted = match text {
        [b'"', quoted @ ..] | [b'<', b'"', quoted @ ..] => quoted,
        _ => return text,
    };
    strangers::quoted(quoted).map_or(text, |len| quoted.part(len..))
}

/// Whether an error is that of a server.
fn announces(error: &[u8]) -> bool {
    [
        &b"SMTP error from "[..],
        b"LMTP error ",
        b"Malformed SMTP reply ",
    ]
    .iter()
    .any(|words| error.starts_with(words))
}

/// Whether a transport puts mail into a mailbox here, or gives it to a program.
fn is_local(transport: &[u8]) -> bool {
    [
        &b"local"[..],
        b"mail",
        b"address_",
        b"pipe",
        b"procmail",
        b"dovecot",
    ]
    .iter()
    .any(|name| transport.starts_with(name))
}

fn with_code(said: &[u8]) -> Announced {
    if begins_with_code(said) {
        Announced::WithCode
    } else {
        Announced::Perhaps
    }
}

/// `H=client.example [192.0.2.1] F=<...> rejected RCPT <...>: why`, mostly without a code.
fn refused(text: &[u8]) -> Told<'_> {
    let peer = after(text, b"H=").map(Peer::starting).unwrap_or_default();
    if let Some(what) = after(text, b"rejected ") {
        let before = text.part(..text.len() - what.len());
        let is_temporary = before.ends_with(b"temporarily rejected ");
        return Told {
            outcome: Some(Outcome::Rejected),
            peer,
            announced: Announced::Perhaps,
            command: command(what),
            class: Some(match is_temporary {
                true => Class::TransientNegative,
                false => Class::PermanentNegative,
            }),
            ..Told::default()
        };
    }
    if after(text, b"discarded by ").is_some() {
        return Told {
            outcome: Some(Outcome::Discarded),
            peer,
            ..Told::default()
        };
    }
    match after(text, b": ").filter(|text| announces(text)) {
        // What one server said before another is tried.
        Some(said) => Told {
            peer,
            announced: with_code(after(said, b": ").unwrap_or_default()),
            ..Told::default()
        },
        None => Told::default(),
    }
}

/// What was refused, by the words behind `rejected`.
fn command(what: &[u8]) -> Option<Command> {
    const CONTENT: [&[u8]; 3] = [b"after DATA", b"during MIME ACL", b"by local_scan()"];
    if CONTENT.iter().any(|words| what.starts_with(words)) {
        return Some(Command::DATA_BODY);
    }
    match word(what).0 {
        b"connection" => Some(Command::CONNECT),
        b"RCPT" => Some(Command::RCPT),
        b"MAIL" => Some(Command::MAIL),
        b"DATA" | b"DATA:" => Some(Command::DATA),
        b"EHLO" => Some(Command::EHLO),
        b"HELO" => Some(Command::HELO),
        b"AUTH" => Some(Command::AUTH),
        b"STARTTLS" => Some(Command::STARTTLS),
        b"VRFY" => Some(Command::VRFY),
        b"EXPN" => Some(Command::EXPN),
        b"ETRN" => Some(Command::ETRN),
        _ => None,
    }
}
