//! Lines of OpenSMTPD.

use memchr::memchr;

use super::words::{Peer, after, begins_with_code, ip, word};
use super::{Announced, Silence, Told};
use crate::found::Outcome;
use crate::strangers;
use crate::window::Part;

/// Whether a message has the form that no other program's has: a session of 16 digits, and what part of
/// the program it is in.
pub(super) fn has_mark(first: &[u8], rest: &[u8]) -> bool {
    first.len() == 16
        && first.iter().all(u8::is_ascii_hexdigit)
        && [&b"smtp "[..], b"mta ", b"mda "]
            .iter()
            .any(|part| rest.starts_with(part))
}

pub(super) fn read(message: &[u8]) -> Told<'_> {
    let mut told = Told::default();
    let mut result = &b""[..];
    let mut stat = &b""[..];
    let mut is_refusal = message.starts_with(b"smtp-in: Failed command ");
    let (session, rest) = word(message);
    let (part, rest) = word(rest);
    let (event, _) = word(rest);
    match (session, event.strip_prefix(b"event=").unwrap_or(event)) {
        // `relay: TempFail for 0123456789abcdef: session=...` up to version 5.
        (b"relay:", _) => result = part,
        (b"delivery:", _) => {
            result = part;
            told.is_internal = true;
        }
        (_, b"delivery") => told.is_internal = part == b"mda",
        (_, b"failed-command") => is_refusal = true,
        _ if is_refusal => {}
        _ => return told,
    }
    let mut rest = message;
    while let Some(equals) = memchr(b'=', rest) {
        let name = rest.part(..equals);
        let behind = rest.part(equals + 1..);
        if behind.starts_with(b"<") {
            rest = behind.part(strangers::end(behind).unwrap_or(0)..);
            continue;
        }
        let value = value(behind);
        let quoted = behind.strip_prefix(b"\"");
        rest = quoted.map_or(behind, |quoted| quoted.part(value.len()..));
        if name.ends_with(b" relay") {
            told.peer = relay(value);
        } else if name.ends_with(b" result") {
            result = value;
        } else if name.ends_with(b" stat") {
            stat = quoted.unwrap_or(behind);
        }
    }
    if is_refusal {
        told.outcome = Some(Outcome::Rejected);
        told.announced = with_code(result);
        return told;
    }
    told.outcome = match result {
        b"Ok" => Some(Outcome::Sent),
        b"TempFail" => Some(Outcome::Deferred),
        b"PermFail" | b"Loop" => Some(Outcome::Bounced),
        b"Expire" => Some(Outcome::Expired),
        _ => return Told::default(),
    };
    if begins_with_code(stat) {
        told.announced = Announced::WithCode;
    } else if matches!(told.outcome, Some(Outcome::Deferred | Outcome::Bounced)) {
        told.no_reply = Some(Silence::told_by(stat));
    }
    told
}

/// A value in quotation marks, or up to the next space or comma; the last one may have spaces.
fn value(text: &[u8]) -> &[u8] {
    match text.strip_prefix(b"\"") {
        Some(quoted) => quoted.part(..memchr(b'"', quoted).unwrap_or(quoted.len())),
        None => match memchr(b'=', text) {
            // The name of the next field is no part of it.
            Some(next) => {
                let end = text
                    .part(..next)
                    .iter()
                    .rposition(|&byte| byte == b' ')
                    .unwrap_or(0);
                text.part(..end)
                    .strip_suffix(b",")
                    .unwrap_or(text.part(..end))
            }
            None => text,
        },
    }
}

/// `192.0.2.1 (mx.example)`.
fn relay(value: &[u8]) -> Peer<'_> {
    let address = value.part(..memchr(b' ', value).unwrap_or(value.len()));
    let name = match after(value, b" (") {
        Some(name) => name.strip_suffix(b")").unwrap_or(name),
        None => b"",
    };
    if ip(address).is_some() {
        Peer { name, address }
    } else {
        Peer {
            name: address,
            address: b"",
        }
    }
}

fn with_code(said: &[u8]) -> Announced {
    if begins_with_code(said) {
        Announced::WithCode
    } else {
        Announced::Perhaps
    }
}
