//! Sessions written down, as in a returned mail.

use super::said::{Parties, What, pick};
use super::stamp::Stamp;
use super::world::World;
use super::{Fact, Line, Session};

/// The command in front tells what a reply answers, for who reads a session as a whole.
pub fn session(world: &mut World) -> Session {
    let peer = world.server();
    let (from, rcpt) = (world.mailbox(), format!("{}@{}", world.user(), peer.domain));
    let parties = Parties {
        peer: &peer,
        from: &from,
        rcpt: &rcpt,
    };
    let refusal = world.percent(60);
    let said = pick(world, if refusal { What::Refusal } else { What::Taken });
    let mut lines = vec![line(format!("... while talking to {}.:", peer.name))];
    let steps = [
        (
            "CONNECT",
            String::new(),
            220,
            format!("{} ESMTP {}", peer.name, world.id(6)),
        ),
        (
            "EHLO",
            "EHLO mail.example.org".to_owned(),
            250,
            format!("{} at your service", peer.name),
        ),
        (
            "STARTTLS",
            "STARTTLS".to_owned(),
            220,
            "Ready to start TLS".to_owned(),
        ),
        (
            "AUTH",
            "AUTH PLAIN ***".to_owned(),
            235,
            "Authentication succeeded".to_owned(),
        ),
        (
            "MAIL",
            format!("MAIL From:<{from}> SIZE={}", world.between(550, 600_000)),
            250,
            "Sender ok".to_owned(),
        ),
        (
            "RCPT",
            format!("RCPT To:<{rcpt}>"),
            250,
            "Recipient ok".to_owned(),
        ),
        ("DATA", "DATA".to_owned(), 354, "Go ahead".to_owned()),
        ("DATA-BODY", ".".to_owned(), 250, String::new()),
    ];
    for (command, verb, code, words) in steps {
        if !verb.is_empty() {
            lines.push(line(format!(">>> {verb}")));
        }
        if command == said.command {
            let text = said.text(world, &parties, "\n");
            for (at, text) in text.lines().enumerate() {
                let mut line = line(format!("<<< {text}"));
                if at == 0 {
                    line.facts.push(said.received(command, ""));
                }
                lines.push(line);
            }
            break;
        }
        let fact = Fact {
            code,
            command,
            direction: "received",
            origin: "said",
            ..Fact::summary("", "", "")
        };
        lines.push(Line::with(Stamp::None, format!("<<< {code} {words}"), fact));
    }
    lines.push(line(">>> QUIT".to_owned()));
    Session {
        lines,
        together: true,
    }
}

fn line(body: String) -> Line {
    Line::new(Stamp::None, body)
}
