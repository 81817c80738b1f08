//! Lines of Sendmail.

use super::words::{Fields, Peer, begins_with_code, word};
use super::{Announced, NoReply, Silence, Told};
use crate::found::Outcome;
use crate::window::Part;

pub(super) fn read(message: &[u8]) -> Told<'_> {
    let mut told = Told::default();
    let mut dsn = &b""[..];
    let mut is_local = false;
    // A queue id stands in front, and `Milter: ` may follow.
    let start = match word(message).0 {
        [id @ .., b':'] => id.len() + 2,
        _ => 0,
    };
    let mut fields = Fields::new(message.get(start..).unwrap_or_default());
    while let Some((name, value)) = fields.next() {
        match name {
            b"relay" => {
                // `relay=user@localhost`: the one who handed it in.
                let at = value
                    .iter()
                    .position(|byte| matches!(byte, b'@' | b' ' | b','));
                let user = at.filter(|&at| value.byte(at) == Some(b'@'));
                let host = user.map_or(0, |at| at + 1);
                told.peer = Peer::starting(value.part(host..));
            }
            b"mailer" => {
                let end = memchr::memchr(b',', value).unwrap_or(value.len());
                is_local = is_local_mailer(value.part(..end));
            }
            b"dsn" => dsn = value,
            b"stat" => {
                told.is_internal = is_local;
                status(value, dsn, &mut told);
                return told;
            }
            b"reject" => {
                told.outcome = Some(Outcome::Rejected);
                told.announced = with_code(value);
                return told;
            }
            _ => {}
        }
    }
    let is_discard = message.ends_with(b", discard") || message.ends_with(b": discard");
    if is_discard {
        told.outcome = Some(Outcome::Discarded);
        return told;
    }
    Told::default()
}

fn is_local_mailer(mailer: &[u8]) -> bool {
    matches!(
        mailer,
        b"local" | b"prog" | b"procmail" | b"*file*" | b"*include*"
    ) || mailer.starts_with(b"cyrus")
}

/// `Sent (...)`, `Deferred: ...`, or what went wrong.
fn status<'a>(stat: &'a [u8], dsn: &[u8], told: &mut Told<'a>) {
    if stat.starts_with(b"Sent") {
        told.outcome = Some(Outcome::Sent);
        return;
    }
    if stat.starts_with(b"queued") {
        return;
    }
    let text = match stat.strip_prefix(b"Deferred") {
        Some(text) => text.strip_prefix(b": ").unwrap_or(text),
        None => stat,
    };
    let is_late = text.starts_with(b"Message could not be delivered for")
        || text.starts_with(b"Cannot send message for");
    told.outcome = Some(if is_late {
        Outcome::Expired
    } else if text.len() < stat.len() || dsn.starts_with(b"4") {
        Outcome::Deferred
    } else {
        Outcome::Bounced
    });
    if begins_with_code(text) {
        told.announced = Announced::WithCode;
        return;
    }
    if is_late {
        return;
    }
    // It logs the words of its own for most replies, so that only some of them tell of silence.
    let mut silence = Silence::told_by(text);
    let reason = silence.reason;
    if told.is_internal {
        if reason == NoReply::Other {
            silence.reason = NoReply::Local;
        }
        told.no_reply = Some(silence);
    } else if !matches!(reason, NoReply::Other | NoReply::UnknownRecipient) {
        told.no_reply = Some(silence);
    }
}

fn with_code(said: &[u8]) -> Announced {
    if begins_with_code(said) {
        Announced::WithCode
    } else {
        Announced::Perhaps
    }
}
