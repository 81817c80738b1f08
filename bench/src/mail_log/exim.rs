//! Exim's main log.

use super::said::{Parties, Said, What, pick};
use super::stamp::Stamp;
use super::world::{Peer, World};
use super::{Fact, Line, Session};

/// What Exim says where it got no reply: the sign, why, and the text behind the recipient.
type Silence = (&'static str, &'static str, &'static str);

const SILENCES: &[Silence] = &[
    (
        "==",
        "timed-out",
        "R=dnslookup T=remote_smtp defer (110): Connection timed out H={host} [{ip}]",
    ),
    (
        "==",
        "refused",
        "R=dnslookup T=remote_smtp defer (111): Connection refused",
    ),
    (
        "==",
        "unreachable",
        "R=dnslookup T=remote_smtp defer (113) H={host} [{ip}]: No route to host",
    ),
    (
        "==",
        "dns",
        "R=dnslookup defer (-1): host lookup did not complete",
    ),
    (
        "==",
        "connection-lost",
        "R=dnslookup T=remote_smtp defer (-18) H={host} [{ip}]: Remote host closed connection in response to initial connection",
    ),
    (
        "==",
        "tls",
        "R=dnslookup T=remote_smtp defer (-37) H={host} [{ip}]: TLS session: (SSL_connect): error:0A00042E:SSL routines::tlsv1 alert protocol version",
    ),
    ("**", "unrouteable", "Unrouteable address"),
    (
        "**",
        "dns",
        "R=dnslookup: all relevant MX records point to non-existent hosts",
    ),
];

pub fn session(world: &mut World) -> Session {
    let lines = match world.below(100) {
        0..=64 => mail(world),
        65..=89 => refused(world),
        _ => noise(world),
    };
    lines.into()
}

fn mail(world: &mut World) -> Vec<Line> {
    // Since Exim 4.97 message ids are longer.
    let id = if world.percent(50) {
        format!("1{}-{}-{}", world.id62(5), world.id62(6), world.id62(2))
    } else {
        format!("1{}-{}-{}", world.id62(5), world.id62(11), world.id62(4))
    };
    let from = world.mailbox();
    let client = world.client();
    let mut lines = vec![line(format!(
        "{id} <= {from} H={} [{}] P=esmtps X=TLS1.3:ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM:256 CV=no S={} id={}@{}",
        client.name,
        client.address,
        world.between(550, 600_000),
        world.hex(16),
        client.domain
    ))];
    for _ in 0..world.between(1, 4) {
        let rcpt = world.mailbox();
        let domain = rcpt.split('@').next_back().unwrap_or_default().to_owned();
        let peer = world.server_of(domain);
        lines.push(delivery(world, &id, &from, &rcpt, &peer));
    }
    lines.push(line(format!("{id} Completed")));
    lines
}

fn delivery(world: &mut World, id: &str, from: &str, rcpt: &str, peer: &Peer) -> Line {
    let parties = Parties { peer, from, rcpt };
    let (name, ip) = (&peer.name, &peer.address);
    match world.below(100) {
        0..=49 => {
            let said = pick(world, What::Taken);
            let text = said.text(world, &parties, "\\n");
            let sign = world.pick(&["=>", "->"]);
            let body = format!(
                "{id} {sign} {rcpt} R=dnslookup T=remote_smtp H={name} [{ip}] X=TLS1.3:ECDHE_X25519__RSA_PSS_RSAE_SHA256__AES_256_GCM:256 CV=yes C=\"{text}\""
            );
            Line::with(Stamp::Exim, body, said.received("", "sent"))
        }
        50..=54 => {
            let body = format!(
                "{id} => {} <{rcpt}> R=local_user T=local_delivery",
                world.user()
            );
            let fact = Fact {
                internal: true,
                ..Fact::summary("", "sent", "")
            };
            Line::with(Stamp::Exim, body, fact)
        }
        55..=84 => {
            let said = pick(world, What::Refusal);
            let outcome = said.outcome();
            let text = what_it_said(world, said, &parties);
            let body = match outcome {
                "bounced" => format!(
                    "{id} ** {rcpt} R=dnslookup T=remote_smtp H={name} [{ip}] X=TLS1.2:ECDHE_SECP256R1__RSA_SHA512__AES_256_GCM:256 CV=yes: {text}"
                ),
                _ => format!(
                    "{id} == {rcpt} R=dnslookup T=remote_smtp defer (-{}) H={name} [{ip}]: {text}",
                    world.between(42, 46)
                ),
            };
            Line::with(Stamp::Exim, body, said.received(said.command, outcome))
        }
        85..=87 => {
            let body = format!("{id} ** {rcpt}: retry timeout exceeded");
            Line::with(Stamp::Exim, body, Fact::summary("", "expired", ""))
        }
        _ => {
            let (sign, why, text) = world.pick(SILENCES);
            let text = text.replace("{host}", name).replace("{ip}", ip);
            let outcome = if sign == "**" { "bounced" } else { "deferred" };
            let colon = if text.starts_with("R=") { "" } else { ":" };
            let body = format!("{id} {sign} {rcpt}{colon} {text}");
            Line::with(Stamp::Exim, body, Fact::summary("", outcome, why))
        }
    }
}

fn what_it_said(world: &mut World, said: &Said, parties: &Parties<'_>) -> String {
    let text = said.text(world, parties, "\\n");
    let at = match said.command {
        "CONNECT" => "initial connection".to_owned(),
        "STARTTLS" => "STARTTLS".to_owned(),
        "AUTH" => "AUTH".to_owned(),
        "MAIL" if world.percent(30) => {
            let size = world.between(550, 600_000);
            format!("pipelined MAIL FROM:<{}> SIZE={size}", parties.from)
        }
        "MAIL" => format!(
            "MAIL FROM:<{}> SIZE={}",
            parties.from,
            world.between(550, 600_000)
        ),
        "RCPT" => format!("RCPT TO:<{}>", parties.rcpt),
        "DATA" => "DATA".to_owned(),
        _ => "end of data".to_owned(),
    };
    format!("SMTP error from remote mail server after {at}: {text}")
}

/// Exim does not log with which code it refused.
fn refused(world: &mut World) -> Vec<Line> {
    let client = world.client();
    let (name, ip) = (&client.name, &client.address);
    let mut lines = Vec::new();
    for _ in 0..world.between(1, 3) {
        let (from, rcpt) = (world.mailbox(), world.mailbox());
        let body = match world.below(3) {
            0 => format!(
                "H=({}) [{ip}]:{} F=<{from}> rejected RCPT <{rcpt}>: relay not permitted",
                world.id(8),
                world.between(1024, 65_000)
            ),
            1 => format!(
                "H={name} [{ip}]:{} X=TLS1.2:ECDHE_SECP256R1__RSA_SHA512__AES_256_GCM:256 CV=no F=<{from}> rejected RCPT <{rcpt}>: found in zen.{}",
                world.between(1024, 65_000),
                client.domain
            ),
            _ => format!(
                "H={name} [{ip}] F=<{from}> temporarily rejected RCPT <{rcpt}>: greylisted for 300 seconds"
            ),
        };
        let fact = Fact {
            command: "RCPT",
            direction: "given",
            ..Fact::summary("", "rejected", "")
        };
        lines.push(Line::with(Stamp::Exim, body, fact));
    }
    lines
}

fn noise(world: &mut World) -> Vec<Line> {
    let client = world.client();
    let (name, ip) = (&client.name, &client.address);
    let body = match world.below(5) {
        0 => format!("no host name found for IP address {ip}"),
        1 => format!(
            "SMTP connection from {name} [{ip}]:{} closed by QUIT",
            world.between(1024, 65_000)
        ),
        2 => format!(
            "TLS error on connection from {name} [{ip}]:{} (SSL_accept): error:0A000102:SSL routines::unsupported protocol",
            world.between(1024, 65_000)
        ),
        3 => format!("Start queue run: pid={}", world.between(200, 599)),
        _ => format!(
            "H=({}) [{ip}] SMTP connection lost after {}s",
            world.id(6),
            world.between(200, 599)
        ),
    };
    vec![line(body)]
}

fn line(body: String) -> Line {
    Line::new(Stamp::Exim, body)
}
