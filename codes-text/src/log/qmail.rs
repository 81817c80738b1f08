//! Lines of qmail and its relatives.

use super::words::{Peer, after, begins_with_code, ip, word};
use super::{Announced, NoReply, Silence, Told, time};
use crate::found::Outcome;

/// Whether a message has the form that no other program's has.
pub(super) fn has_mark(message: &[u8]) -> bool {
    [
        &b"delivery "[..],
        b"starting delivery ",
        b"new msg ",
        b"info msg ",
        b"end msg ",
        b"bounce msg ",
    ]
    .iter()
    .filter_map(|words| message.strip_prefix(*words))
    .any(|number| number.first().is_some_and(u8::is_ascii_digit))
}

pub(super) fn read<'a>(daemon: &[u8], message: &'a [u8]) -> Told<'a> {
    if daemon == b"rblsmtpd" {
        return refused(message);
    }
    // splogger puts the seconds in front.
    let message = match time::read(message) {
        Some((_, message)) => message.trim_ascii_start(),
        None => message,
    };
    if let Some(message) = message.strip_prefix(b"rblsmtpd: ") {
        return refused(message);
    }
    let Some(text) = message.strip_prefix(b"delivery ") else {
        return Told::default();
    };
    let (_, text) = word(text);
    let (what, report) = word(text);
    let outcome = match what {
        b"success:" => Outcome::Sent,
        b"deferral:" => Outcome::Deferred,
        b"failure:" => Outcome::Bounced,
        _ => return Told::default(),
    };
    delivery(outcome, report)
}

fn delivery(outcome: Outcome, report: &[u8]) -> Told<'_> {
    let mut told = Told {
        outcome: Some(outcome),
        peer: peer(report),
        ..Told::default()
    };
    if after(report, b"in_the_queue_too_long").is_some() {
        told.outcome = Some(Outcome::Expired);
    }
    if let Some(said) = after(report, b"emote_host_said:_") {
        told.announced = with_code(said);
    } else if outcome == Outcome::Sent {
        told.is_internal = told.peer.is_none();
    } else if told.outcome != Some(Outcome::Expired) {
        let is_remote = !told.peer.is_none() || after(report, b"SMTP_connection").is_some();
        let mut silence = Silence::told_by(report);
        // A report of qmail-local has no host.
        if silence.reason == NoReply::Other && !is_remote {
            silence.reason = NoReply::Local;
        }
        told.no_reply = Some(silence);
    }
    told
}

/// The address in the first words: `192.0.2.1_does_not_like_recipient.`, `Connected_to_192.0.2.1_but`.
fn peer(report: &[u8]) -> Peer<'_> {
    let words = report.split(|byte| matches!(byte, b'_' | b'/')).take(12);
    let address = words
        .into_iter()
        .find(|word| word.len() > 6 && ip(word).is_some());
    Peer {
        name: b"",
        address: address.unwrap_or_default(),
    }
}

/// `192.0.2.1 pid 12345: 451 http://...`.
fn refused(message: &[u8]) -> Told<'_> {
    let (address, _) = word(message);
    let said = after(message, b": ").unwrap_or_default();
    if !begins_with_code(said) {
        return Told::default();
    }
    Told {
        outcome: Some(Outcome::Rejected),
        peer: Peer { name: b"", address },
        announced: Announced::WithCode,
        ..Told::default()
    }
}

fn with_code(said: &[u8]) -> Announced {
    if begins_with_code(said) {
        Announced::WithCode
    } else {
        Announced::Perhaps
    }
}
