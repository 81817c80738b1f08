//! Postfix, and the programs that write beside it.

mod here;
mod noise;
mod refused;

use super::said::{Parties, Said, What, pick};
use super::stamp::Stamp;
use super::world::{Peer, World};
use super::{Fact, Line, Session};

/// What Postfix says where it got no reply: dsn, status, why, and the text.
type Silence = (&'static str, &'static str, &'static str, &'static str);

const SILENCES: &[Silence] = &[
    (
        "4.4.1",
        "deferred",
        "timed-out",
        "connect to {host}[{ip}]:25: Connection timed out",
    ),
    (
        "4.4.1",
        "deferred",
        "refused",
        "connect to {host}[{ip}]:25: Connection refused",
    ),
    (
        "4.4.1",
        "deferred",
        "unreachable",
        "connect to {host}[{ip}]:25: No route to host",
    ),
    (
        "4.4.1",
        "deferred",
        "unreachable",
        "connect to {host}[{ip}]:25: Network is unreachable",
    ),
    (
        "5.4.4",
        "bounced",
        "dns",
        "Host or domain name not found. Name service error for name={domain} type=AAAA: Host not found",
    ),
    (
        "4.4.3",
        "deferred",
        "dns",
        "Host or domain name not found. Name service error for name={domain} type=MX: Host not found, try again",
    ),
    (
        "5.1.0",
        "bounced",
        "dns",
        "Domain {domain} does not accept mail (nullMX)",
    ),
    (
        "4.4.2",
        "deferred",
        "connection-lost",
        "lost connection with {host}[{ip}] while receiving the initial server greeting",
    ),
    (
        "4.4.2",
        "deferred",
        "timed-out",
        "conversation with {host}[{ip}] timed out while sending end of data -- message may be sent more than once",
    ),
    (
        "4.7.4",
        "deferred",
        "tls",
        "TLS is required, but was not offered by host {host}[{ip}]",
    ),
    (
        "4.7.5",
        "deferred",
        "tls",
        "Server certificate not verified",
    ),
    (
        "4.7.5",
        "deferred",
        "tls",
        "Cannot start TLS: handshake failure",
    ),
    (
        "5.4.6",
        "bounced",
        "local",
        "mail for {domain} loops back to myself",
    ),
    (
        "4.3.0",
        "deferred",
        "local",
        "unable to look up private/dane: queue file write error",
    ),
];

pub fn session(world: &mut World) -> Session {
    let lines = match world.below(100) {
        0..=44 => out(world),
        45..=77 => refused::by_smtpd(world),
        78..=80 => here::mailbox(world),
        81..=83 => here::filtered(world),
        84..=88 => noise::lines(world),
        89..=96 => suspended(world),
        _ => refused::by_milter(world),
    };
    lines.into()
}

struct Mail {
    id: String,
    from: String,
    smtpd: u32,
    qmgr: u32,
}

impl Mail {
    fn new(world: &mut World) -> Self {
        let id = if world.percent(50) {
            world.name(10, b"0123456789ABCDEF")
        } else {
            format!("4{}", world.id62(14))
        };
        Self {
            id,
            from: world.mailbox(),
            smtpd: world.between(400, 65_000),
            qmgr: world.between(400, 999),
        }
    }

    /// How it came in.
    fn taken(&self, world: &mut World, recipients: usize) -> Vec<Line> {
        let Self {
            id,
            from,
            smtpd,
            qmgr,
        } = self;
        let client = world.client();
        let (name, ip) = (&client.name, &client.address);
        let size = world.between(550, 855_000);
        let mut lines = vec![
            line(format!("postfix/smtpd[{smtpd}]: connect from {name}[{ip}]")),
            line(format!(
                "postfix/smtpd[{smtpd}]: {id}: client={name}[{ip}], sasl_method=PLAIN, sasl_username={from}"
            )),
            line(format!(
                "postfix/cleanup[{}]: {id}: message-id=<{}.{}@{}>",
                smtpd + 1,
                world.hex(8),
                world.below(1_000_000),
                client.domain
            )),
        ];
        if world.percent(40) {
            lines.push(line(format!(
                "opendkim[{}]: {id}: DKIM-Signature field added (s=s550, d={})",
                world.between(400, 999),
                client.domain
            )));
        }
        lines.push(line(format!("postfix/qmgr[{qmgr}]: {id}: from=<{from}>, size={size}, nrcpt={recipients} (queue active)")));
        lines.push(line(format!(
            "postfix/smtpd[{smtpd}]: disconnect from {name}[{ip}] ehlo=1 auth=1 mail=1 rcpt={recipients} data=1 quit=1 commands={}",
            recipients + 5
        )));
        lines
    }

    fn removed(&self) -> Line {
        line(format!("postfix/qmgr[{}]: {}: removed", self.qmgr, self.id))
    }
}

/// A mail of ours to one or more others.
fn out(world: &mut World) -> Vec<Line> {
    let mail = Mail::new(world);
    let recipients = world.between(1, 7) as usize;
    let mut lines = mail.taken(world, recipients);
    let mut stays = false;
    let mut bounced = false;
    for _ in 0..recipients {
        let rcpt = world.mailbox();
        let domain = rcpt.split('@').next_back().unwrap_or_default().to_owned();
        let peer = world.server_of(domain);
        let pid = world.between(400, 65_000);
        if world.percent(20) {
            lines.push(line(format!(
                "postfix/smtp[{pid}]: {} TLS connection established to {}[{}]:25: TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits) key-exchange X25519 server-signature RSA-PSS (2048 bits) server-digest SHA256",
                world.pick(&["Trusted", "Untrusted", "Verified"]),
                peer.name,
                peer.address
            )));
        }
        let status = match world.below(100) {
            0..=54 => taken_by(world, &mail, &peer, &rcpt, pid, &mut lines),
            55..=90 => refused_by(world, &mail, &peer, &rcpt, pid, &mut lines),
            _ => silent(world, &mail, &peer, &rcpt, pid, &mut lines),
        };
        stays |= status == "deferred";
        bounced |= status == "bounced";
    }
    if bounced {
        lines.push(line(format!(
            "postfix/bounce[{}]: {}: sender non-delivery notification: {}",
            world.between(400, 65_000),
            mail.id,
            world.name(10, b"0123456789ABCDEF")
        )));
    }
    if !stays {
        lines.push(mail.removed());
    } else if world.percent(5) {
        let fact = Fact::summary("", "expired", "");
        let body = format!(
            "postfix/qmgr[{}]: {}: from=<{}>, status=expired, returned to sender",
            mail.qmgr, mail.id, mail.from
        );
        lines.push(Line::with(Stamp::Syslog, body, fact));
    }
    lines
}

fn taken_by(
    world: &mut World,
    mail: &Mail,
    peer: &Peer,
    rcpt: &str,
    pid: u32,
    lines: &mut Vec<Line>,
) -> &'static str {
    let parties = Parties {
        peer,
        from: &mail.from,
        rcpt,
    };
    let said = pick(world, What::Taken);
    let text = said.text(world, &parties, " ");
    // Nothing in the line names the command.
    let fact = said.received("", "sent");
    lines.push(Line::with(
        Stamp::Syslog,
        delivery(
            world,
            mail,
            Some(peer),
            rcpt,
            pid,
            &said.dsn(),
            "sent",
            &text,
        ),
        fact,
    ));
    "sent"
}

fn refused_by(
    world: &mut World,
    mail: &Mail,
    peer: &Peer,
    rcpt: &str,
    pid: u32,
    lines: &mut Vec<Line>,
) -> &'static str {
    let parties = Parties {
        peer,
        from: &mail.from,
        rcpt,
    };
    let said = pick(world, What::Refusal);
    if said.is_transient() && world.percent(20) {
        // Another MX was asked first; what it said is logged by itself.
        let first = world.server_of(peer.domain.clone());
        let text = what_it_said(
            world,
            said,
            &Parties {
                peer: &first,
                ..parties
            },
        );
        let fact = said.received(said.command, "");
        lines.push(Line::with(
            Stamp::Syslog,
            format!("postfix/smtp[{pid}]: {}: {text}", mail.id),
            fact,
        ));
    }
    let parties = Parties {
        peer,
        from: &mail.from,
        rcpt,
    };
    let outcome = said.outcome();
    let text = what_it_said(world, said, &parties);
    let dsn = match (outcome, said.dsn()) {
        ("deferred", dsn) if dsn.starts_with('5') => format!("4{}", &dsn[1..]),
        (_, dsn) => dsn,
    };
    // A 4 for the 5 of a reply says no more than that the mail is kept.
    let fact = said.received(said.command, outcome);
    let body = delivery(world, mail, Some(peer), rcpt, pid, &dsn, outcome, &text);
    lines.push(Line::with(Stamp::Syslog, body, fact));
    outcome
}

fn what_it_said(world: &mut World, said: &Said, parties: &Parties<'_>) -> String {
    let text = said.text(world, parties, " ");
    let (name, ip) = (&parties.peer.name, &parties.peer.address);
    let command = match said.command {
        "CONNECT" => return format!("host {name}[{ip}] refused to talk to me: {text}"),
        "STARTTLS" => {
            return format!("TLS is required, but host {name}[{ip}] refused to start TLS: {text}");
        }
        "AUTH" => return format!("SASL authentication failed; server {name}[{ip}] said: {text}"),
        "DATA-BODY" => "end of DATA",
        "MAIL" => "MAIL FROM",
        "RCPT" => "RCPT TO",
        other => other,
    };
    format!("host {name}[{ip}] said: {text} (in reply to {command} command)")
}

fn silent(
    world: &mut World,
    mail: &Mail,
    peer: &Peer,
    rcpt: &str,
    pid: u32,
    lines: &mut Vec<Line>,
) -> &'static str {
    let (dsn, status, why, text) = world.pick(SILENCES);
    let text = text
        .replace("{host}", &peer.name)
        .replace("{ip}", &peer.address)
        .replace("{domain}", &peer.domain);
    // Without a connection there is no relay.
    let connected = !matches!(
        why,
        "dns" | "refused" | "timed-out" | "unreachable" | "local"
    );
    let body = delivery(
        world,
        mail,
        connected.then_some(peer),
        rcpt,
        pid,
        dsn,
        status,
        &text,
    );
    lines.push(Line::with(
        Stamp::Syslog,
        body,
        Fact::summary(dsn, status, why),
    ));
    status
}

#[expect(clippy::too_many_arguments, reason = "a line has that many fields")]
fn delivery(
    world: &mut World,
    mail: &Mail,
    peer: Option<&Peer>,
    rcpt: &str,
    pid: u32,
    dsn: &str,
    status: &str,
    text: &str,
) -> String {
    let relay = match peer {
        Some(Peer { name, address, .. }) => format!("{name}[{address}]:25"),
        None => "none".to_owned(),
    };
    let (whole, part) = (world.between(1, 599), world.below(100));
    format!(
        "postfix/smtp[{pid}]: {}: to=<{rcpt}>, relay={relay}, delay={whole}.{part:02}, delays=0.{part:02}/0/{whole}/0.5, dsn={dsn}, status={status} ({text})",
        mail.id
    )
}

/// What was said at an earlier attempt, logged again.
fn suspended(world: &mut World) -> Vec<Line> {
    let mail = Mail::new(world);
    let count = world.between(1, 4);
    let mut lines = Vec::new();
    let peer = world.server();
    for _ in 0..count {
        let rcpt = format!("{}@{}", world.user(), peer.domain);
        let parties = Parties {
            peer: &peer,
            from: &mail.from,
            rcpt: &rcpt,
        };
        let said = loop {
            let said = pick(world, What::Refusal);
            if said.command == "CONNECT" && said.is_transient() {
                break said;
            }
        };
        let text = what_it_said(world, said, &parties);
        let body = format!(
            "postfix/error[{}]: {}: to=<{rcpt}>, relay=none, delay={}, delays=421/0/0/0.01, dsn={}, status=deferred (delivery temporarily suspended: {text})",
            world.between(400, 65_000),
            mail.id,
            world.between(421, 55_000),
            said.dsn()
        );
        let fact = Fact {
            origin: "repeated",
            ..said.received(said.command, "deferred")
        };
        lines.push(Line::with(Stamp::Syslog, body, fact));
    }
    lines
}

fn line(body: String) -> Line {
    Line::new(Stamp::Syslog, body)
}
