//! Mail that stays on this machine, or goes through a program on it.

use super::{Mail, line, what_it_said};
use crate::mail_log::said::{Parties, What, pick};
use crate::mail_log::stamp::Stamp;
use crate::mail_log::world::{Peer, World};
use crate::mail_log::{Fact, Line};

/// A mail to a mailbox here, by LMTP or by `local`.
pub fn mailbox(world: &mut World) -> Vec<Line> {
    let mail = Mail::new(world);
    let mut lines = mail.taken(world, 1);
    let rcpt = world.mailbox();
    let pid = world.between(400, 65_000);
    let me = Peer {
        name: "mail.example.org".to_owned(),
        domain: "example.org".to_owned(),
        address: "private/dovecot-lmtp".to_owned(),
    };
    let parties = Parties {
        peer: &me,
        from: &mail.from,
        rcpt: &rcpt,
    };
    let id = &mail.id;
    let to = format!(
        "to=<{rcpt}>, relay=mail.example.org[private/dovecot-lmtp], delay=0.{0:02}, delays=0.02/0/0/0.{0:02}",
        world.below(100)
    );
    match world.below(10) {
        0..=5 => {
            let said = pick(world, What::Stored);
            let text = said.text(world, &parties, " ");
            lines.push(line(format!("dovecot: lmtp({rcpt})<{pid}><{}>: sieve: msgid=<{}@example.net>: stored mail into mailbox 'INBOX'", world.id62(22), world.hex(16))));
            let body = format!(
                "postfix/lmtp[{pid}]: {id}: {to}, dsn={}, status=sent ({text})",
                said.dsn()
            );
            lines.push(Line::with(
                Stamp::Syslog,
                body,
                Fact {
                    internal: true,
                    ..said.received("", "sent")
                },
            ));
        }
        6..=7 => {
            let said = pick(world, What::NotStored);
            let text = what_it_said(world, said, &parties);
            let outcome = said.outcome();
            let body = format!(
                "postfix/lmtp[{pid}]: {id}: {to}, dsn={}, status={outcome} ({text})",
                said.dsn()
            );
            lines.push(Line::with(
                Stamp::Syslog,
                body,
                Fact {
                    internal: true,
                    ..said.received(said.command, outcome)
                },
            ));
        }
        8 => {
            let body = format!(
                "postfix/local[{pid}]: {id}: to=<{rcpt}>, relay=local, delay=0.05, delays=0.02/0.02/0/0.01, dsn=2.0.0, status=sent (delivered to mailbox)"
            );
            // A summary x.0.0 tells no more than the status.
            lines.push(Line::with(
                Stamp::Syslog,
                body,
                Fact {
                    internal: true,
                    ..Fact::summary("2.0.0", "sent", "")
                },
            ));
        }
        _ => {
            let body = format!(
                "postfix/local[{pid}]: {id}: to=<{rcpt}>, relay=local, delay=0.05, delays=0.02/0.02/0/0.01, dsn=5.1.1, status=bounced (unknown user: \"{}\")",
                world.user()
            );
            lines.push(Line::with(
                Stamp::Syslog,
                body,
                Fact {
                    internal: true,
                    ..Fact::summary("5.1.1", "bounced", "unknown-recipient")
                },
            ));
        }
    }
    lines.push(mail.removed());
    lines
}

/// A mail through a content filter on this machine, whose reply quotes another.
pub fn filtered(world: &mut World) -> Vec<Line> {
    let mail = Mail::new(world);
    let mut lines = mail.taken(world, 1);
    let rcpt = world.mailbox();
    let pid = world.between(400, 65_000);
    let next = world.name(10, b"0123456789ABCDEF");
    let body = format!(
        "postfix/smtp[{pid}]: {}: to=<{rcpt}>, relay=127.0.0.1[127.0.0.1]:10024, delay=0.55, delays=0.05/0.01/0.2/0.29, dsn=2.0.0, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as {next})",
        mail.id
    );
    let fact = Fact {
        code: 250,
        enhanced: "2.0.0".to_owned(),
        direction: "received",
        origin: "said",
        internal: true,
        ..Fact::summary("", "sent", "")
    };
    lines.push(Line::with(Stamp::Syslog, body, fact));
    lines.push(mail.removed());
    lines
}
