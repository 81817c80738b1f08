//! OpenSMTPD.

use super::said::{Parties, What, pick};
use super::stamp::Stamp;
use super::world::World;
use super::{Fact, Line, Session};

/// What OpenSMTPD says where it got no reply: result, outcome, why, and the text.
type Silence = (&'static str, &'static str, &'static str, &'static str);

const SILENCES: &[Silence] = &[
    (
        "TempFail",
        "deferred",
        "other",
        "Network error on destination MXs",
    ),
    (
        "TempFail",
        "deferred",
        "dns",
        "Temporary failure in MX lookup",
    ),
    ("PermFail", "bounced", "dns", "No MX found for domain"),
    ("PermFail", "bounced", "local", "Loop detected"),
    ("Expire", "expired", "", "Envelope expired"),
];

pub fn session(world: &mut World) -> Session {
    let pid = world.between(400, 65_000);
    let lines = match world.below(100) {
        0..=69 => mail(world, pid),
        _ => refused(world, pid),
    };
    lines.into()
}

fn mail(world: &mut World, pid: u32) -> Vec<Line> {
    let (session, msgid, from, rcpt) = (
        world.hex(16),
        world.hex(8),
        world.mailbox(),
        world.mailbox(),
    );
    let evpid = format!("{msgid}{}", world.hex(8));
    let client = world.client();
    let domain = rcpt.split('@').next_back().unwrap_or_default().to_owned();
    let peer = world.server_of(domain);
    let (name, ip) = (&peer.name, &peer.address);
    let size = world.between(550, 600_000);
    let mut lines = vec![
        line(
            pid,
            format!(
                "{session} smtp connected address={} host={}",
                client.address, client.name
            ),
        ),
        line(
            pid,
            format!("{session} smtp message msgid={msgid} size={size} nrcpt=1 proto=ESMTP"),
        ),
        line(
            pid,
            format!("{session} smtp envelope evpid={evpid} from=<{from}> to=<{rcpt}>"),
        ),
        line(pid, format!("{session} smtp disconnected reason=quit")),
    ];
    let session = world.hex(16);
    let parties = Parties {
        peer: &peer,
        from: &from,
        rcpt: &rcpt,
    };
    let delivery = |result: &str, stat: &str, delay: u32| {
        format!(
            "smtpd[{pid}]: {session} mta delivery evpid={evpid} from=<{from}> to=<{rcpt}> rcpt=<-> source=\"192.0.2.5\" relay=\"{ip} ({name})\" delay={delay}s result=\"{result}\" stat=\"{stat}\""
        )
    };
    let delay = world.between(1, 599);
    let connecting = line(
        pid,
        format!("{session} mta connecting address=smtp://{ip}:25 host={name}"),
    );
    let connected = line(pid, format!("{session} mta connected"));
    match world.below(100) {
        0..=54 => {
            let said = pick(world, What::Taken);
            let text = said.text(world, &parties, " ");
            lines.extend([connecting, connected]);
            lines.push(Line::with(
                Stamp::Syslog,
                delivery("Ok", &text, delay),
                said.received("", "sent"),
            ));
        }
        55..=84 => {
            let said = pick(world, What::Refusal);
            let text = said.text(world, &parties, " ");
            let (result, outcome) = if said.is_transient() {
                ("TempFail", "deferred")
            } else {
                ("PermFail", "bounced")
            };
            lines.extend([connecting, connected]);
            lines.push(Line::with(
                Stamp::Syslog,
                delivery(result, &text, delay),
                said.received("", outcome),
            ));
        }
        85..=91 => {
            let user = world.user();
            let body = format!(
                "smtpd[{pid}]: {session} mda delivery evpid={evpid} from=<{from}> to=<{rcpt}> rcpt=<{rcpt}> user={user} delay={delay}s result=Ok stat=Delivered"
            );
            let fact = Fact {
                internal: true,
                ..Fact::summary("", "sent", "")
            };
            lines.push(Line::with(Stamp::Syslog, body, fact));
        }
        _ => {
            let (result, outcome, why, text) = world.pick(SILENCES);
            lines.push(connecting);
            lines.push(line(
                pid,
                format!("{session} mta error reason=Connection timeout"),
            ));
            lines.push(Line::with(
                Stamp::Syslog,
                delivery(result, text, delay),
                Fact::summary("", outcome, why),
            ));
        }
    }
    lines.push(line(
        pid,
        format!("{session} mta disconnected reason=quit messages=1"),
    ));
    lines
}

fn refused(world: &mut World, pid: u32) -> Vec<Line> {
    let session = world.hex(16);
    let client = world.client();
    let (from, rcpt) = (world.mailbox(), world.mailbox());
    let parties = Parties {
        peer: &client,
        from: &from,
        rcpt: &rcpt,
    };
    let said = pick(world, What::Given);
    let text = said.text(world, &parties, " ");
    let command = if said.command == "MAIL" {
        format!("MAIL FROM:<{from}>")
    } else {
        format!("RCPT TO:<{rcpt}>")
    };
    let body = format!(
        "smtpd[{pid}]: {session} smtp failed-command command=\"{command}\" result=\"{text}\""
    );
    vec![
        line(
            pid,
            format!(
                "{session} smtp connected address={} host={}",
                client.address, client.name
            ),
        ),
        Line::with(Stamp::Syslog, body, said.given()),
        line(
            pid,
            format!("{session} smtp disconnected reason=disconnect"),
        ),
    ]
}

fn line(pid: u32, body: String) -> Line {
    Line::new(Stamp::Syslog, format!("smtpd[{pid}]: {body}"))
}
