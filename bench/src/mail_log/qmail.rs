//! qmail-send under multilog.

use super::said::{Parties, Said, What, pick};
use super::stamp::Stamp;
use super::world::World;
use super::{Fact, Line, Session};

/// What qmail says where it got no reply: word, outcome, why, enhanced code, and the text.
type Silence = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const SILENCES: &[Silence] = &[
    (
        "deferral",
        "deferred",
        "other",
        "4.4.1",
        "Sorry, I wasn't able to establish an SMTP connection.",
    ),
    (
        "deferral",
        "deferred",
        "dns",
        "4.4.3",
        "CNAME lookup failed temporarily.",
    ),
    (
        "deferral",
        "deferred",
        "connection-lost",
        "4.4.2",
        "Connected to {ip} but connection died.",
    ),
    (
        "failure",
        "bounced",
        "dns",
        "5.1.2",
        "Sorry, I couldn't find any host named {host}.",
    ),
    (
        "failure",
        "bounced",
        "dns",
        "5.4.4",
        "Sorry, I couldn't find a mail exchanger or IP address.",
    ),
    (
        "failure",
        "bounced",
        "unknown-recipient",
        "5.1.1",
        "Sorry, no mailbox here by that name.",
    ),
];

pub fn session(world: &mut World) -> Session {
    let (msg, delivery, uid) = (
        world.between(100_000, 999_999),
        world.between(1, 99_999),
        world.between(200, 599),
    );
    let (from, rcpt) = (world.mailbox(), world.mailbox());
    let domain = rcpt.split('@').next_back().unwrap_or_default().to_owned();
    let peer = world.server_of(domain);
    let parties = Parties {
        peer: &peer,
        from: &from,
        rcpt: &rcpt,
    };
    let ip = &peer.address;
    let busy = world.below(20);
    let mut lines = vec![
        line(format!("new msg {msg}")),
        line(format!(
            "info msg {msg}: bytes {} from <{from}> qp {} uid {uid}",
            world.between(550, 600_000),
            world.between(400, 65_000)
        )),
        line(format!(
            "starting delivery {delivery}: msg {msg} to remote {rcpt}"
        )),
        line(format!("status: local 0/10 remote {busy}/255")),
    ];
    let told = match world.below(100) {
        0..=44 => {
            let said = pick(world, What::Taken);
            let text = said.text(world, &parties, "/");
            let report = report(&format!("{ip} accepted message./Remote host said: {text}/"));
            Line::with(
                Stamp::Tai64n,
                format!("delivery {delivery}: success: {report}"),
                said.received("DATA-BODY", "sent"),
            )
        }
        45..=49 => {
            let fact = Fact {
                internal: true,
                ..Fact::summary("", "sent", "")
            };
            Line::with(
                Stamp::Tai64n,
                format!("delivery {delivery}: success: did_1+0+0/"),
                fact,
            )
        }
        50..=84 => {
            let said = loop {
                let said = pick(world, What::Refusal);
                // It speaks neither TLS nor AUTH.
                if !matches!(said.command, "STARTTLS" | "AUTH") {
                    break said;
                }
            };
            let text = said.text(world, &parties, "/");
            let (word, outcome) = if said.is_transient() {
                ("deferral", "deferred")
            } else {
                ("failure", "bounced")
            };
            let report = report(&format!(
                "{}/Remote host said: {text}/{}",
                before(said, ip),
                after(said, ip)
            ));
            Line::with(
                Stamp::Tai64n,
                format!("delivery {delivery}: {word}: {report}"),
                said.received(said.command, outcome),
            )
        }
        _ => {
            let (word, outcome, why, enhanced, text) = world.pick(SILENCES);
            let text = text.replace("{ip}", ip).replace("{host}", &peer.name);
            let report = report(&format!("{text} (#{enhanced})/"));
            Line::with(
                Stamp::Tai64n,
                format!("delivery {delivery}: {word}: {report}"),
                Fact::summary(enhanced, outcome, why),
            )
        }
    };
    lines.push(told);
    lines.push(line(format!(
        "status: local 0/10 remote {}/255",
        busy.saturating_sub(1)
    )));
    lines.push(line(format!("end msg {msg}")));
    lines.into()
}

fn before(said: &Said, ip: &str) -> String {
    match said.command {
        "CONNECT" => format!("Connected to {ip} but greeting failed."),
        "MAIL" => format!("Connected to {ip} but sender was rejected."),
        "RCPT" => format!("{ip} does not like recipient."),
        "DATA" => format!("{ip} failed on DATA command."),
        _ => format!("{ip} failed after I sent the message."),
    }
}

fn after(said: &Said, ip: &str) -> String {
    match said.command {
        "RCPT" => format!("Giving up on {ip}./"),
        _ => String::new(),
    }
}

/// As qmail-send writes a report: no blanks in it.
fn report(text: &str) -> String {
    text.replace(' ', "_")
}

fn line(body: String) -> Line {
    Line::new(Stamp::Tai64n, body)
}
