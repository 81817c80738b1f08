//! What servers say, in words of our own, with ids and addresses that differ from line to line.

use super::Fact;
use super::world::{Peer, World};

/// A kind of reply, and how it reads.
pub struct Said {
    /// How often, beside the others.
    weight: u32,
    pub code: u16,
    /// Empty where the server sends none.
    pub enhanced: &'static str,
    pub command: &'static str,
    /// A line each; in braces what is put in.
    lines: &'static [&'static str],
}

const fn said(
    weight: u32,
    code: u16,
    enhanced: &'static str,
    command: &'static str,
    lines: &'static [&'static str],
) -> Said {
    Said {
        weight,
        code,
        enhanced,
        command,
        lines,
    }
}

/// Refusals and deferrals by other servers.
const REFUSALS: &[Said] = &[
    said(
        30,
        550,
        "5.1.1",
        "RCPT",
        &["<{rcpt}>: Recipient address rejected: User unknown in virtual mailbox table"],
    ),
    said(
        20,
        550,
        "5.1.1",
        "RCPT",
        &[
            "There is no account here with the address that you tried. Please look for",
            "typing mistakes and blanks in it. More is at",
            "https://support.{domain}/?p=NoSuchUser {id} - gsmtp",
        ],
    ),
    said(6, 550, "", "RCPT", &["No such person at this address {id}"]),
    said(
        6,
        550,
        "",
        "RCPT",
        &["Requested action not taken: mailbox unavailable (ref {n}:{n})"],
    ),
    said(
        8,
        550,
        "5.4.1",
        "RCPT",
        &["Recipient address rejected: Access denied. [{host} {stamp} {hex}]"],
    ),
    said(
        5,
        550,
        "5.2.1",
        "RCPT",
        &["The account {rcpt} is disabled ({n})"],
    ),
    said(
        12,
        452,
        "4.2.2",
        "RCPT",
        &[
            "The recipient's storage is full, try later or write to them",
            "another way. https://support.{domain}/?p=OverQuotaTemp {hex} - gsmtp",
        ],
    ),
    said(
        9,
        552,
        "5.2.2",
        "DATA-BODY",
        &["<{rcpt}>: Quota exceeded (mailbox for user is full, {n} of 550 MB) {id}"],
    ),
    said(
        25,
        450,
        "4.7.1",
        "RCPT",
        &[
            "<{rcpt}>: Recipient address rejected: Greylisted, see http://postgrey.{domain}/help/{id}.html",
        ],
    ),
    said(
        10,
        451,
        "4.7.1",
        "RCPT",
        &["Greylisting in action, please come back in 300 seconds ({id})"],
    ),
    said(
        8,
        451,
        "",
        "RCPT",
        &["Could not complete sender verify callout for <{from}>"],
    ),
    said(
        12,
        550,
        "5.7.26",
        "DATA-BODY",
        &[
            "Your message was refused because its sender is not authenticated.",
            "Senders have to authenticate with at least one of SPF and DKIM.",
            " DKIM = did not pass, SPF [{domain}] with ip: [{ip}] = did not pass",
            " https://support.{domain}/mail/answer/81126 {hex} - gsmtp",
        ],
    ),
    said(
        14,
        421,
        "4.7.28",
        "DATA-BODY",
        &[
            "We see an unusual rate of mail from your network [{ip}] and take less of",
            "it to protect our users. https://support.{domain}/a/answer/{n} {hex} - gsmtp",
        ],
    ),
    said(
        8,
        554,
        "5.7.1",
        "DATA-BODY",
        &["Message {hex} refused by our filter, score={n}.550 required=5.0"],
    ),
    said(
        7,
        550,
        "5.7.1",
        "MAIL",
        &[
            "Service unavailable; client [{ip}] blocked using zen.{domain}; https://check.{domain}/query/ip/{ip}",
        ],
    ),
    said(
        7,
        553,
        "5.1.8",
        "MAIL",
        &["<{from}>: sender domain does not resolve ({id})"],
    ),
    said(
        6,
        552,
        "5.3.4",
        "MAIL",
        &["Message size {n}96800 exceeds fixed limit 10240000"],
    ),
    said(
        6,
        451,
        "4.3.0",
        "DATA-BODY",
        &["{id}: temporary lookup failure, filter 127.0.0.1:10024 said nothing for 421 s"],
    ),
    said(
        6,
        451,
        "4.3.2",
        "DATA",
        &["System overloaded, load {n}.{n}, try again"],
    ),
    said(
        5,
        454,
        "4.7.0",
        "STARTTLS",
        &["TLS not available due to a local problem ({id})"],
    ),
    said(
        4,
        535,
        "5.7.8",
        "AUTH",
        &["Error: authentication failed: {id}"],
    ),
    said(
        12,
        421,
        "4.7.0",
        "CONNECT",
        &["{host} Error: too many connections from {ip}"],
    ),
    said(
        7,
        554,
        "5.7.1",
        "CONNECT",
        &["{host} ESMTP not accepting messages from [{ip}], reputation {n}"],
    ),
    said(
        5,
        554,
        "",
        "CONNECT",
        &["{host} no SMTP service here for {ip}"],
    ),
    said(
        5,
        450,
        "4.1.8",
        "RCPT",
        &["<{from}>: Sender address rejected: Domain not found"],
    ),
    said(
        4,
        571,
        "",
        "RCPT",
        &["delivery not authorized, message refused ({id})"],
    ),
    said(
        3,
        550,
        "",
        "DATA-BODY",
        &["see v550 of the documentation for {id}, under 5.7.1 and 4.2.2, or call 555-0123"],
    ),
];

/// What a server says when it has taken a message.
const TAKEN: &[Said] = &[
    said(50, 250, "2.0.0", "DATA-BODY", &["Ok: queued as {id}"]),
    said(30, 250, "2.0.0", "DATA-BODY", &["OK  {n} {hex} - gsmtp"]),
    said(
        15,
        250,
        "2.6.0",
        "DATA-BODY",
        &[
            "<{hex}@{domain}> [InternalId={n}550, Hostname={host}] {n} bytes in 0.421, 55.0 KB/sec Queued mail for delivery",
        ],
    ),
    said(15, 250, "", "DATA-BODY", &["OK id={id62}"]),
    said(10, 250, "", "DATA-BODY", &["ok {n} qp {n}"]),
    said(
        10,
        250,
        "2.0.0",
        "DATA-BODY",
        &["{id} Message accepted for delivery"],
    ),
];

/// What a server on this machine says that puts mail into mailboxes.
const STORED: &[Said] = &[said(
    1,
    250,
    "2.0.0",
    "DATA-BODY",
    &["<{rcpt}> {id62} Saved"],
)];

const NOT_STORED: &[Said] = &[
    said(
        4,
        552,
        "5.2.2",
        "DATA-BODY",
        &["<{rcpt}> Quota exceeded (mailbox for user is full)"],
    ),
    said(
        3,
        550,
        "5.1.1",
        "RCPT",
        &["<{rcpt}> User doesn't exist: {rcpt}"],
    ),
    said(
        3,
        451,
        "4.2.0",
        "DATA-BODY",
        &["<{rcpt}> Internal error occurred. Refer to server log for more information. [{stamp}]"],
    ),
];

/// What we say to clients.
const GIVEN: &[Said] = &[
    said(30, 554, "5.7.1", "RCPT", &["<{rcpt}>: Relay access denied"]),
    said(
        25,
        554,
        "5.7.1",
        "RCPT",
        &[
            "Service unavailable; Client host [{ip}] blocked using zen.{domain}; https://check.{domain}/query/ip/{ip}",
        ],
    ),
    said(
        25,
        550,
        "5.1.1",
        "RCPT",
        &["<{rcpt}>: Recipient address rejected: User unknown in local recipient table"],
    ),
    said(
        20,
        450,
        "4.7.25",
        "RCPT",
        &["Client host rejected: cannot find your hostname, [{ip}]"],
    ),
    said(
        15,
        504,
        "5.5.2",
        "RCPT",
        &["<{helo}>: Helo command rejected: need fully-qualified hostname"],
    ),
    said(
        15,
        450,
        "4.2.0",
        "RCPT",
        &[
            "<{rcpt}>: Recipient address rejected: Greylisted, see http://postgrey.{domain}/help/{domain}.html",
        ],
    ),
    said(
        5,
        450,
        "4.1.8",
        "RCPT",
        &["<{from}>: Sender address rejected: Domain not found"],
    ),
    said(
        4,
        552,
        "5.3.4",
        "MAIL",
        &["Message size exceeds fixed limit"],
    ),
];

/// What a list is for.
#[derive(Debug, Clone, Copy)]
pub enum What {
    Refusal,
    Taken,
    Stored,
    NotStored,
    Given,
}

/// Who takes part in a session, for the texts.
pub struct Parties<'a> {
    pub peer: &'a Peer,
    pub from: &'a str,
    pub rcpt: &'a str,
}

/// A reply of the list, by weight.
pub fn pick(world: &mut World, what: What) -> &'static Said {
    let list = match what {
        What::Refusal => REFUSALS,
        What::Taken => TAKEN,
        What::Stored => STORED,
        What::NotStored => NOT_STORED,
        What::Given => GIVEN,
    };
    let mut at = world.below(list.iter().map(|said| said.weight).sum());
    list.iter()
        .find(|said| {
            let here = at < said.weight;
            at = at.saturating_sub(said.weight);
            here
        })
        .expect("the number is under the sum")
}

impl Said {
    /// Its lines with both codes on each, and `between` where one ends.
    pub fn text(&self, world: &mut World, parties: &Parties<'_>, between: &str) -> String {
        let mut text = String::new();
        for (at, line) in self.lines.iter().enumerate() {
            if at > 0 {
                text.push_str(between);
            }
            let sign = if at + 1 < self.lines.len() { '-' } else { ' ' };
            text.push_str(&format!("{}{sign}", self.code));
            if !self.enhanced.is_empty() {
                text.push_str(self.enhanced);
                text.push(' ');
            }
            fill(line, world, parties, &mut text);
        }
        text
    }

    /// The words of its last line, without codes.
    pub fn words(&self, world: &mut World, parties: &Parties<'_>) -> String {
        let mut text = String::new();
        if let Some(line) = self.lines.last() {
            fill(line, world, parties, &mut text);
        }
        text
    }

    /// Whether the host asks for another try.
    pub fn is_transient(&self) -> bool {
        self.code < 500
    }

    /// Its enhanced code, or one that only repeats its class.
    pub fn dsn(&self) -> String {
        if self.enhanced.is_empty() {
            format!("{}.0.0", self.code / 100)
        } else {
            self.enhanced.to_owned()
        }
    }

    /// What Postfix and others do after it: a greeting is never the last word.
    pub fn outcome(&self) -> &'static str {
        let of_recipient = matches!(self.command, "MAIL" | "RCPT" | "DATA" | "DATA-BODY");
        match self.code {
            ..400 => "sent",
            500.. if of_recipient => "bounced",
            _ => "deferred",
        }
    }

    pub fn received(&self, command: &'static str, outcome: &'static str) -> Fact {
        Fact {
            code: self.code,
            enhanced: self.enhanced.to_owned(),
            command,
            direction: "received",
            origin: "said",
            outcome,
            no_reply: "",
            internal: false,
        }
    }

    pub fn given(&self) -> Fact {
        Fact {
            direction: "given",
            ..self.received(self.command, "rejected")
        }
    }
}

impl Fact {
    /// A field that sums up, without a reply.
    pub fn summary(enhanced: &str, outcome: &'static str, no_reply: &'static str) -> Self {
        Self {
            code: 0,
            enhanced: enhanced.to_owned(),
            command: "",
            direction: "",
            origin: if enhanced.is_empty() { "" } else { "summary" },
            outcome,
            no_reply,
            internal: false,
        }
    }
}

fn fill(line: &str, world: &mut World, parties: &Parties<'_>, out: &mut String) {
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').expect("braces come in pairs");
        match name {
            "rcpt" => out.push_str(parties.rcpt),
            "from" => out.push_str(parties.from),
            "host" => out.push_str(&parties.peer.name),
            "domain" => out.push_str(&parties.peer.domain),
            "ip" => out.push_str(&parties.peer.address),
            "helo" => out.push_str(&world.id(8)),
            "id" => {
                let length = world.between(10, 13) as usize;
                out.push_str(&world.id(length));
            }
            "id62" => out.push_str(&world.id62(16)),
            "hex" => out.push_str(&world.hex(20)),
            "n" => out.push_str(&world.between(1, 9999).to_string()),
            "stamp" => {
                let (hour, minute) = (world.below(24), world.below(60));
                out.push_str(&format!("2026-11-24T{hour:02}:{minute:02}:55.421Z"));
            }
            _ => unreachable!("no text has {{{name}}}"),
        }
        rest = after;
    }
    out.push_str(rest);
}
