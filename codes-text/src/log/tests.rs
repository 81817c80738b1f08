//! What lines tell, one by one; the rest of a message decides, so each line is whole.

mod any;
mod deliveries;
mod refusals;
mod systems;
mod times;

use super::{Entry, MailSystem, NoReply};
use crate::found::Outcome;

/// What a line should tell, as short words: see [`told`].
#[track_caller]
fn check(line: &str, expected: &str) {
    assert_eq!(told(line.as_bytes()), expected, "\n{line}");
}

/// System, outcome, why there was no reply, host, and whether it is internal and unread; what is
/// missing is left out.
fn told(line: &[u8]) -> String {
    let entry = Entry::read(line);
    let system = entry.system().map(|system| match system {
        MailSystem::Postfix => "postfix",
        MailSystem::Exim => "exim",
        MailSystem::Sendmail => "sendmail",
        MailSystem::OpenSmtpd => "opensmtpd",
        MailSystem::Qmail => "qmail",
        MailSystem::Transcript => "transcript",
    });
    let outcome = entry.outcome().map(|outcome| match outcome {
        Outcome::Sent => "sent",
        Outcome::Deferred => "deferred",
        Outcome::Bounced => "bounced",
        Outcome::Expired => "expired",
        Outcome::Rejected => "rejected",
        Outcome::Discarded => "discarded",
    });
    let no_reply = entry.no_reply().map(|why| match why {
        NoReply::Dns => "silent:dns",
        NoReply::Refused => "silent:refused",
        NoReply::TimedOut => "silent:timed-out",
        NoReply::Unreachable => "silent:unreachable",
        NoReply::ConnectionLost => "silent:lost",
        NoReply::Tls => "silent:tls",
        NoReply::Local => "silent:local",
        NoReply::NotTried => "silent:not-tried",
        NoReply::Other => "silent:other",
    });
    let host = entry.host().map(|host| {
        let name = host.name().map(String::from_utf8_lossy);
        let address = host.address().map(|address| format!("[{address}]"));
        format!(
            "{}{}",
            name.unwrap_or_default(),
            address.unwrap_or_default()
        )
    });
    let is_internal = entry.is_internal().then(|| "internal".to_owned());
    let is_unread = entry.is_unread().then(|| "unread".to_owned());
    let words = [system, outcome, no_reply].map(|word| word.map(str::to_owned));
    let words = words.into_iter().chain([host, is_internal, is_unread]);
    words.flatten().collect::<Vec<_>>().join(" ")
}
