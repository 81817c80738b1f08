//! Lines of Postfix.

use super::words::{Fields, Peer, after, begins_with_code, word};
use super::{Announced, Silence, Told};
use crate::found::Outcome;
use crate::window::Part;

/// Words that announce a reply in the text of a delivery.
const ANNOUNCES: [&[u8]; 4] = [
    b"said: ",
    b"refused to talk to me: ",
    b"refused to start TLS: ",
    b"replied: ",
];

pub(super) fn read<'a>(daemon: &[u8], message: &'a [u8]) -> Told<'a> {
    let (first, rest) = word(message);
    if !first.ends_with(b":") {
        // `to=<...>` behind a queue id that somebody cut off.
        return if first.starts_with(b"to=<") {
            fields(daemon, message)
        } else {
            Told::default()
        };
    }
    let (what, behind) = word(rest);
    match what {
        b"reject:" | b"milter-reject:" | b"proxy-reject:" => Told {
            outcome: Some(Outcome::Rejected),
            ..client(behind)
        },
        b"reject_warning:" => client(behind),
        b"discard:" | b"milter-discard:" => Told {
            outcome: Some(Outcome::Discarded),
            peer: client(behind).peer,
            ..Told::default()
        },
        // What one server said before another is tried.
        b"host" => Told {
            peer: Peer::starting(behind),
            announced: announced(rest),
            ..Told::default()
        },
        _ if what.starts_with(b"to=<") || what.starts_with(b"from=<") => fields(daemon, rest),
        _ => Told::default(),
    }
}

/// `RCPT from client.example[192.0.2.1]: 554 5.7.1 ...; from=<...>`.
fn client(text: &[u8]) -> Told<'_> {
    let (_, rest) = word(text);
    let from = match rest.strip_prefix(b"from ") {
        Some(from) => from,
        // A line of the message stands before it: `header Subject: x from client.example[...]`.
        None => last_from(text),
    };
    let said = after(from, b": ").unwrap_or_default();
    Told {
        peer: Peer::starting(from),
        announced: if begins_with_code(said) {
            Announced::WithCode
        } else {
            Announced::Perhaps
        },
        ..Told::default()
    }
}

/// What follows the last ` from ` before the addresses.
fn last_from(text: &[u8]) -> &[u8] {
    let end = text.len() - after(text, b"; from=<").map_or(0, <[u8]>::len);
    let mut from = &b""[..];
    let mut rest = text.part(..end);
    while let Some(behind) = after(rest, b" from ") {
        from = text.part(end - behind.len()..);
        rest = behind;
    }
    from
}

/// `to=<...>, relay=..., dsn=..., status=... (text)`.
fn fields<'a>(daemon: &[u8], text: &'a [u8]) -> Told<'a> {
    let mut told = Told::default();
    let mut fields = Fields::new(text);
    while let Some((name, value)) = fields.next() {
        match name {
            b"relay" => relay(value, &mut told),
            b"status" => {
                status(daemon, value, &mut told);
                break;
            }
            _ => {}
        }
    }
    told
}

fn relay<'a>(value: &'a [u8], told: &mut Told<'a>) {
    let end = memchr::memchr(b',', value).unwrap_or(value.len());
    let value = value.part(..end);
    if value == b"none" {
        return;
    }
    let peer = Peer::starting(value);
    // A transport without an address is a program here: `local`, `dovecot`.
    if peer.address.is_empty() {
        told.is_internal = true;
    } else {
        told.peer = peer;
    }
}

fn status<'a>(daemon: &[u8], value: &'a [u8], told: &mut Told<'a>) {
    let len = value
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
    let (status, rest) = value.split_at(len.unwrap_or(value.len()));
    told.outcome = match status {
        b"sent" if daemon == b"discard" => Some(Outcome::Discarded),
        b"sent" => Some(Outcome::Sent),
        // With `soft_bounce = yes` what would be given up is kept.
        b"deferred" | b"SOFTBOUNCE" => Some(Outcome::Deferred),
        b"bounced" => Some(Outcome::Bounced),
        b"expired" | b"force-expired" => Some(Outcome::Expired),
        // A probe: no mail was there to do anything with.
        _ => None,
    };
    let text = rest.strip_prefix(b" (").unwrap_or_default();
    told.announced = announced(text);
    let failed = matches!(told.outcome, Some(Outcome::Deferred | Outcome::Bounced));
    if (failed || status == b"undeliverable") && told.announced == Announced::No {
        told.no_reply = Some(Silence::told_by(text));
    }
    if told.peer.is_none() && !told.is_internal {
        told.peer = tried(text);
    }
}

/// Whether a text has a reply in it, with or without a code.
fn announced(text: &[u8]) -> Announced {
    if begins_with_code(text) {
        return Announced::WithCode;
    }
    let mut rest = text;
    while let Some(behind) = after(rest, b": ") {
        let end = text.len() - behind.len();
        if ANNOUNCES
            .iter()
            .any(|words| text.part(..end).ends_with(words))
        {
            return if begins_with_code(behind) {
                Announced::WithCode
            } else {
                Announced::Perhaps
            };
        }
        rest = behind;
    }
    Announced::No
}

/// The host that a text tells of: `connect to mx.example[192.0.2.1]:25: ...`, `name=example.com`.
fn tried(text: &[u8]) -> Peer<'_> {
    for (mark, is_host) in [
        (&b"connect to "[..], true),
        (b"host ", true),
        (b"server ", true),
        (b"with ", true),
        (b"name=", false),
    ] {
        if let Some(behind) = after(text, mark) {
            let peer = Peer::starting(behind);
            if !is_host || !peer.address.is_empty() {
                return peer;
            }
        }
    }
    Peer::default()
}
