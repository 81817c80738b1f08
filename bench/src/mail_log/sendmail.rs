//! Sendmail.

use super::said::{Parties, What, pick};
use super::stamp::Stamp;
use super::world::{Peer, World};
use super::{Fact, Line, Session};

/// What Sendmail says where it got no reply: dsn, outcome, why, and the text.
type Silence = (&'static str, &'static str, &'static str, &'static str);

const SILENCES: &[Silence] = &[
    (
        "4.0.0",
        "deferred",
        "refused",
        "Deferred: Connection refused by {host}.",
    ),
    (
        "4.0.0",
        "deferred",
        "timed-out",
        "Deferred: Connection timed out with {host}.",
    ),
    (
        "4.0.0",
        "deferred",
        "connection-lost",
        "Deferred: Connection reset by {host}.",
    ),
    (
        "4.0.0",
        "deferred",
        "unreachable",
        "Deferred: {host}.: No route to host",
    ),
    (
        "5.1.2",
        "bounced",
        "dns",
        "Host unknown (Name server: {host}.: host not found)",
    ),
    (
        "4.4.3",
        "deferred",
        "dns",
        "Deferred: Name server: {host}.: host name lookup failure",
    ),
    (
        "4.4.7",
        "expired",
        "",
        "Message could not be delivered for 5 days",
    ),
];

pub fn session(world: &mut World) -> Session {
    let lines = match world.below(100) {
        0..=59 => mail(world),
        60..=89 => refused(world),
        _ => noise(world),
    };
    lines.into()
}

fn id(world: &mut World) -> String {
    let sequence = world.between(100_000, 999_999);
    format!("{}{sequence}", world.id62(8))
}

fn mail(world: &mut World) -> Vec<Line> {
    let id = id(world);
    let pid = world.between(400, 65_000);
    let from = world.mailbox();
    let client = world.client();
    let recipients = world.between(1, 4);
    let size = world.between(550, 600_000);
    let mut lines = vec![line(format!(
        "sm-mta[{pid}]: {id}: from=<{from}>, size={size}, class=0, nrcpts={recipients}, msgid=<{}@{}>, proto=ESMTP, daemon=MTA, relay={} [{}]",
        world.hex(20),
        client.domain,
        client.name,
        client.address
    ))];
    if world.percent(30) {
        lines.push(line(format!(
            "sm-mta[{pid}]: STARTTLS=client, relay={}., version=TLSv1.3, verify=FAIL, cipher=TLS_AES_256_GCM_SHA384, bits=256/256",
            client.domain
        )));
    }
    for _ in 0..recipients {
        let rcpt = world.mailbox();
        let domain = rcpt.split('@').next_back().unwrap_or_default().to_owned();
        let peer = world.server_of(domain);
        lines.push(delivery(world, &id, pid, &from, &rcpt, &peer));
    }
    lines
}

fn delivery(world: &mut World, id: &str, pid: u32, from: &str, rcpt: &str, peer: &Peer) -> Line {
    let parties = Parties { peer, from, rcpt };
    let head = format!(
        "sm-mta[{pid}]: {id}: to=<{rcpt}>, delay=00:0{}:{:02}, xdelay=00:00:{:02}",
        world.below(10),
        world.below(60),
        world.below(60)
    );
    let pri = world.between(30_000, 599_999);
    let relay = format!(
        "mailer=esmtp, pri={pri}, relay={}. [{}]",
        peer.name, peer.address
    );
    match world.below(100) {
        0..=49 => {
            let said = pick(world, What::Taken);
            let words = said.words(world, &parties);
            let body = format!("{head}, {relay}, dsn={}, stat=Sent ({words})", said.dsn());
            // The codes in front of the words are not logged.
            Line::with(Stamp::Syslog, body, Fact::summary(&said.dsn(), "sent", ""))
        }
        50..=54 => {
            let body = format!("{head}, mailer=local, pri={pri}, dsn=2.0.0, stat=Sent");
            let fact = Fact {
                internal: true,
                ..Fact::summary("2.0.0", "sent", "")
            };
            Line::with(Stamp::Syslog, body, fact)
        }
        55..=69 => {
            let said = loop {
                let said = pick(world, What::Refusal);
                if said.is_transient() {
                    break said;
                }
            };
            let text = said.text(world, &parties, " ");
            // One line of several at most.
            let last = text
                .rsplit(&format!(" {} ", said.code))
                .next()
                .unwrap_or_default()
                .to_owned();
            let text = if last.len() < text.len() {
                format!("{} {last}", said.code)
            } else {
                text
            };
            let body = format!("{head}, {relay}, dsn={}, stat=Deferred: {text}", said.dsn());
            Line::with(Stamp::Syslog, body, said.received("", "deferred"))
        }
        70..=84 => {
            let (dsn, stat) = world.pick(&[
                ("5.1.1", "User unknown"),
                ("5.0.0", "Service unavailable"),
                ("5.6.0", "Data format error"),
                ("5.7.1", "Insufficient permission"),
            ]);
            let body = format!("{head}, {relay}, dsn={dsn}, stat={stat}");
            Line::with(Stamp::Syslog, body, Fact::summary(dsn, "bounced", ""))
        }
        _ => {
            let (dsn, outcome, why, text) = world.pick(SILENCES);
            let text = text.replace("{host}", &peer.name);
            let body = format!("{head}, {relay}, dsn={dsn}, stat={text}");
            Line::with(Stamp::Syslog, body, Fact::summary(dsn, outcome, why))
        }
    }
}

fn refused(world: &mut World) -> Vec<Line> {
    let client = world.client();
    let (from, rcpt) = (world.mailbox(), world.mailbox());
    let parties = Parties {
        peer: &client,
        from: &from,
        rcpt: &rcpt,
    };
    let said = pick(world, What::Given);
    let text = said.text(world, &parties, " ");
    let (id, pid) = (id(world), world.between(400, 65_000));
    let (name, ip) = (&client.name, &client.address);
    let check = if said.command == "MAIL" {
        ("check_mail", &from)
    } else {
        ("check_rcpt", &rcpt)
    };
    let body = format!(
        "sm-mta[{pid}]: {id}: ruleset={}, arg1=<{}>, relay={name} [{ip}], reject={text}",
        check.0, check.1
    );
    vec![
        Line::with(Stamp::Syslog, body, said.given()),
        line(format!(
            "sm-mta[{pid}]: {id}: from=<{from}>, size={}, class=0, nrcpts=0, proto=ESMTP, daemon=MTA, relay={name} [{ip}]",
            world.between(200, 599)
        )),
    ]
}

fn noise(world: &mut World) -> Vec<Line> {
    let client = world.client();
    let (name, ip) = (&client.name, &client.address);
    let (id, pid) = (id(world), world.between(400, 65_000));
    let body = match world.below(3) {
        0 => format!(
            "sm-mta[{pid}]: {id}: {name} [{ip}] did not issue MAIL/EXPN/VRFY/ETRN during connection to MTA"
        ),
        1 => format!(
            "sm-mta[{pid}]: rejecting connections on daemon MTA: load average: {}",
            world.between(12, 99)
        ),
        _ => {
            format!("sm-mta[{pid}]: {id}: lost input channel from {name} [{ip}] to MTA after rcpt")
        }
    };
    vec![line(body)]
}

fn line(body: String) -> Line {
    Line::new(Stamp::Syslog, body)
}
