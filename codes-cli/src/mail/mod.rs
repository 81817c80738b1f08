//! A message: the parts of a bounce that hold replies, decoded.

mod original;
mod replies;

use codes_text::{Found, find};
use mail_parser::decoders::html::html_to_text;
use mail_parser::{HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::reply::told::Told;

/// Bounces within bounces are followed so deep.
const DEEPEST: usize = 3;
/// Parts within parts are followed so deep.
const DEEPEST_PART: usize = 50;
/// A message with more messages within is none that a person sends; the parser nests for each.
const MOST_MESSAGES: usize = 100;
/// So much of a text is looked at to tell whether it is a message, in octets.
const LONGEST_HEADER: usize = 64 << 10;

/// A message, as far as it tells of replies.
#[derive(Debug)]
pub(crate) struct Mail {
    pub(crate) kind: MailKind,
    /// Its date, in seconds since 1970.
    pub(crate) timestamp: Option<i64>,
    /// The same as text, by RFC 3339.
    pub(crate) date: Option<String>,
    pub(crate) parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MailKind {
    /// A bounce with a report for programs (RFC 3464).
    Report,
    /// A bounce in words alone.
    Notice,
    /// No bounce, as far as can be told.
    Other,
}

/// A part of a message, decoded.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) kind: PartKind,
    pub(crate) text: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PartKind {
    /// The fields for programs.
    Report,
    /// Words for people.
    Notice,
}

impl PartKind {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Notice => "notice",
        }
    }
}

impl Mail {
    /// Its replies, none twice: what stands in the report and in the notice is told once.
    pub(crate) fn replies(&self) -> Vec<Told<'_>> {
        replies::once(self)
    }

    fn add_notice(&mut self, text: &str, originals: &mut Vec<String>) {
        let (notice, original) = original::split(text);
        self.add(PartKind::Notice, notice);
        if !original.is_empty() {
            originals.push(original.to_owned());
        }
    }

    fn add(&mut self, kind: PartKind, text: impl Into<Vec<u8>>) {
        let text = text.into();
        if !text.is_empty() {
            self.parts.push(Part { kind, text });
        }
    }
}

/// Whether a text begins with the header of a message. A pasted part of a bounce is none.
pub(crate) fn is_message(text: &[u8]) -> bool {
    const USUAL: [&[u8]; 14] = [
        b"return-path",
        b"received",
        b"from",
        b"to",
        b"date",
        b"subject",
        b"message-id",
        b"mime-version",
        b"content-type",
        b"delivered-to",
        b"sender",
        b"reply-to",
        b"auto-submitted",
        b"x-failed-recipients",
    ];
    let text = text.get(..LONGEST_HEADER).unwrap_or(text);
    let mut usual = 0;
    for line in without_envelope(text).split(|&octet| octet == b'\n') {
        if line.trim_ascii().is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = line.iter().position(|&octet| octet == b':') else {
            break;
        };
        let (name, _) = line.split_at(colon);
        if name.is_empty() || !name.iter().all(|octet| octet.is_ascii_graphic()) {
            break;
        }
        usual += usize::from(USUAL.iter().any(|own| name.eq_ignore_ascii_case(own)));
    }
    usual >= 2
}

/// The line that an mbox has in front of a message is no part of it.
fn without_envelope(text: &[u8]) -> &[u8] {
    let starts = text.starts_with(b"From ") || text.starts_with(b">From ");
    let end = text.iter().position(|&octet| octet == b'\n');
    match end.filter(|_| starts) {
        Some(end) => &text[end + 1..],
        None => text,
    }
}

/// The messages of an mbox; a text that does not begin like one is a single message.
pub(crate) fn split(text: &[u8]) -> Vec<&[u8]> {
    let mut messages = Vec::new();
    let (mut start, mut at, mut after_empty) = (0, 0, false);
    for line in text.split_inclusive(|&octet| octet == b'\n') {
        if at > start && after_empty && text.starts_with(b"From ") && line.starts_with(b"From ") {
            messages.push(&text[start..at]);
            start = at;
        }
        after_empty = line.trim_ascii().is_empty();
        at += line.len();
    }
    messages.push(&text[start..]);
    messages
}

/// Reads one message, with or without the line that an mbox has in front of it; `None` where it is
/// none, or one that is made to be costly.
pub(crate) fn read(text: &[u8]) -> Option<Mail> {
    read_at(text, 0)
}

fn read_at(text: &[u8], depth: usize) -> Option<Mail> {
    let text = without_envelope(text);
    if messages_within(text) > MOST_MESSAGES {
        return None;
    }
    let message = MessageParser::default().parse(text)?;
    let mut mail = take(&message, depth);
    let date = message.date().filter(|date| date.is_valid());
    mail.timestamp = date.map(mail_parser::DateTime::to_timestamp);
    mail.date = date.map(mail_parser::DateTime::to_rfc3339);
    Some(mail)
}

/// How many parts may be messages, counted by the names of their types alone.
fn messages_within(text: &[u8]) -> usize {
    let names: [&[u8]; 3] = [b"rfc822", b"/global", b"/digest"];
    let slashes = text.iter().enumerate();
    let starts = slashes.filter(|(at, _)| {
        let rest = &text[*at..];
        names.iter().any(|name| {
            rest.get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        })
    });
    starts.count()
}

fn take(message: &Message<'_>, depth: usize) -> Mail {
    let mut mail = Mail {
        kind: MailKind::Other,
        timestamp: None,
        date: None,
        parts: Vec::new(),
    };
    let Some(root) = message.parts.first() else {
        return mail;
    };
    let mut originals = Vec::new();
    collect(message, root, &mut mail, &mut originals, 0);
    let has_report = mail.parts.iter().any(|part| part.kind == PartKind::Report);
    mail.kind = match (has_report, is_notice(message)) {
        (true, _) => MailKind::Report,
        (false, true) => MailKind::Notice,
        (false, false) => MailKind::Other,
    };
    let says = mail
        .parts
        .iter()
        .any(|part| find(&part.text).next().is_some());
    if depth == DEEPEST || says && mail.kind != MailKind::Other {
        return mail;
    }
    // Somebody forwarded a bounce, as a part of its own or within the text.
    let parts = message.parts.iter().filter_map(|part| match &part.body {
        PartType::Message(inner) => Some(take(inner, depth + 1)),
        _ => None,
    });
    let texts = originals
        .iter()
        .filter(|text| is_message(text.as_bytes()))
        .filter_map(|text| read_at(text.as_bytes(), depth + 1));
    for mut inner in parts
        .chain(texts)
        .filter(|inner| inner.kind != MailKind::Other)
    {
        mail.kind = inner.kind;
        mail.parts.append(&mut inner.parts);
    }
    mail
}

/// A bounce without a report: from nobody, and not the answer of a person's program.
fn is_notice(message: &Message<'_>) -> bool {
    let text = |name: &'static str| match message.header(name) {
        Some(HeaderValue::Text(text)) => Some(text.to_ascii_lowercase()),
        Some(HeaderValue::Empty) => Some(String::new()),
        _ => None,
    };
    if message.header("X-Failed-Recipients").is_some() {
        return true;
    }
    let from_nobody = matches!(text("Return-Path").as_deref(), Some("" | "<>"));
    let sender = message.header_raw("From").unwrap_or_default();
    let sender = sender.to_ascii_lowercase();
    let is_system = ["mailer-daemon", "postmaster@", "microsoftexchange"]
        .iter()
        .any(|name| sender.contains(name));
    // Postfix calls its bounces auto-replied, too.
    let is_answer = text("Auto-Submitted").is_some_and(|text| text.starts_with("auto-replied"));
    is_system || from_nobody && !is_answer
}

/// The parts that hold replies: not the message that is returned, nor its header. Where that stands in
/// a text, it is put aside.
fn collect(
    message: &Message<'_>,
    part: &MessagePart<'_>,
    mail: &mut Mail,
    originals: &mut Vec<String>,
    depth: usize,
) {
    if depth > DEEPEST_PART {
        return;
    }
    let child = |id: &u32| message.parts.get(*id as usize);
    let kind = part.content_type().map(|kind| {
        let lower = |text: &str| text.to_ascii_lowercase();
        (
            lower(kind.ctype()),
            kind.subtype().map(lower).unwrap_or_default(),
        )
    });
    let kind = kind
        .as_ref()
        .map(|(kind, subtype)| (kind.as_str(), subtype.as_str()));
    match (&part.body, kind) {
        (PartType::Multipart(ids), Some((_, "alternative"))) => {
            // All say the same; plain text needs no guesses.
            let children = || ids.iter().filter_map(child);
            let plain = children().find(|part| matches!(part.body, PartType::Text(_)));
            if let Some(part) = plain.or_else(|| children().next()) {
                collect(message, part, mail, originals, depth + 1);
            }
        }
        (PartType::Multipart(ids), _) => {
            for part in ids.iter().filter_map(child) {
                collect(message, part, mail, originals, depth + 1);
            }
        }
        (_, Some(("message", "delivery-status" | "global-delivery-status"))) => {
            mail.add(PartKind::Report, part.contents());
        }
        (_, Some(("text", "rfc822-headers"))) => {}
        // The header is broken, so that the parts are not told apart.
        (PartType::Binary(_), Some(("multipart", _))) => {
            mail.add_notice(&String::from_utf8_lossy(part.contents()), originals);
        }
        (PartType::Text(text), _) => mail.add_notice(text, originals),
        (PartType::Html(html), _) => mail.add_notice(&html_to_text(html), originals),
        _ => {}
    }
}

/// Whether two replies say the same, one of them perhaps less than the other.
fn is_same(one: &Found<'_>, other: &Found<'_>) -> bool {
    let code = one
        .code()
        .zip(other.code())
        .map(|(one, other)| one == other);
    let enhanced = one
        .enhanced()
        .zip(other.enhanced())
        .map(|(one, other)| one == other);
    // Something has to be said by both.
    code.or(enhanced) == Some(true) && code != Some(false) && enhanced != Some(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MESSAGES: [&[u8]; 5] = [
        include_bytes!("../../tests/mail/encoded.eml"),
        include_bytes!("../../tests/mail/exchange.eml"),
        include_bytes!("../../tests/mail/forwarded.eml"),
        include_bytes!("../../tests/mail/qmail.eml"),
        include_bytes!("../../tests/mail/many.eml"),
    ];

    #[test]
    fn a_header_makes_a_message() {
        for text in MESSAGES {
            assert!(is_message(text));
        }
        assert!(is_message(
            b"From MAILER-DAEMON Mon\nTo: a@example.com\nFrom: b@example.com\n\n"
        ));
        for text in [
            &b""[..],
            b"550 5.1.1 No such user",
            b"From: a@example.com said 550",
            b"Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\n",
            b"Nov 24 03:12:45 mail postfix/smtp[1]: A1: to=<a@example.com>\nTo: x\nFrom: y\n",
            b"\nFrom: a@example.com\nTo: b@example.com\n",
        ] {
            assert!(!is_message(text), "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn an_mbox_is_split_where_a_message_begins() {
        let mbox = b"From a\nTo: x\n\nFrom here on\n\n>From b\n\nFrom c\nTo: y\n\nend\n";
        let messages = split(mbox);
        assert_eq!(messages.concat(), mbox);
        let [one, two, three] = messages.as_slice() else {
            panic!("{messages:?}");
        };
        assert!(one.ends_with(b"To: x\n\n") && two.starts_with(b"From here"));
        assert!(three.starts_with(b"From c\n"));
        let single = b"To: x\nFrom: y\n\nFrom here on\n";
        assert_eq!(split(single), [single]);
    }

    #[test]
    fn whatever_is_changed_in_a_message_it_is_read() {
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let mut random = move |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed % below as u64) as usize
        };
        let pieces: [&[u8]; 8] = [
            b"--part\n",
            b"--part--\n",
            b"\r",
            b"\n\n",
            b"=",
            b"\xff\0",
            b"550 5.1.1 x\n",
            b"Content-Type: multipart/mixed; boundary=part\n\n",
        ];
        let mut replies = 0;
        for round in 0..500 {
            let mut text = MESSAGES[round % MESSAGES.len()].to_vec();
            for _ in 0..=random(8) {
                let at = random(text.len());
                let piece = pieces[random(pieces.len())];
                let end = text.len().min(at + random(40));
                text.splice(at..end, piece.iter().copied());
            }
            if let Some(mail) = read(&text) {
                for told in mail.replies() {
                    assert!(told.text.get(told.reply.at()).is_some());
                    replies += 1;
                }
            }
        }
        assert!(replies > 500, "{replies}");
    }
}
