//! A message: the parts of a bounce that hold replies, decoded.

#[cfg(feature = "invariants")]
pub(crate) mod invariants;
pub(crate) mod mbox;
mod message;
mod original;
mod replies;

use codes_text::find;
use mail_parser::decoders::html::html_to_text;
use mail_parser::{HeaderValue, Message, MessagePart, MimeHeaders, PartType};

use crate::limit;
use crate::line_ends::with_line_feeds;
use crate::reply::told::Told;
use message::Parsed;

/// Bounces within bounces are followed so deep: somebody forwarded what somebody forwarded.
const DEEPEST: usize = 3;
/// Parts within parts are followed so deep; nobody nests them as much.
const DEEPEST_PART: usize = 50;
/// So much of a text is looked at to tell whether it is a message, in octets: a header with the signatures
/// of several mailing lists has a quarter of it.
const LONGEST_HEADER: usize = limit(64 << 10, 256);
/// More than the longest of the names that are looked for, in octets.
const LONGEST_NAME: usize = 32;

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
    /// It begins like a message and cannot be taken apart, so that it is one text.
    Whole,
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
    const fn new(kind: MailKind) -> Self {
        Self {
            kind,
            timestamp: None,
            date: None,
            parts: Vec::new(),
        }
    }

    /// Its replies, none twice: what stands in the report and in the notice is told once.
    pub(crate) fn replies(&self) -> Vec<Told<'_>> {
        replies::once(self)
    }

    fn add_notice(&mut self, text: &str, originals: &mut Vec<String>) {
        let (notice, original) = original::split(text);
        self.add(PartKind::Notice, notice.as_bytes());
        if !original.is_empty() {
            originals.push(original.to_owned());
        }
    }

    fn add(&mut self, kind: PartKind, text: &[u8]) {
        // Within an encoding the line ends are those of whoever wrote it.
        let text = with_line_feeds(text).into_owned();
        if !text.is_empty() {
            self.parts.push(Part { kind, text });
        }
    }
}

/// The fields that most messages have.
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

/// Whether a text begins with a field that most messages have.
fn is_header_line(text: &[u8]) -> bool {
    let name = text.get(..LONGEST_NAME).unwrap_or(text);
    let name = memchr::memchr(b':', name).and_then(|colon| name.get(..colon));
    name.is_some_and(|name| USUAL.iter().any(|own| name.eq_ignore_ascii_case(own)))
}

/// Whether a text begins with the header of a message. A pasted part of a bounce is none.
pub(crate) fn is_message(text: &[u8]) -> bool {
    let text = text.get(..LONGEST_HEADER).unwrap_or(text);
    let text = with_line_feeds(text);
    let lines = mbox::without_envelope(&text).split(|&octet| octet == b'\n');
    has_usual_fields(lines) == Some(true)
}

/// Whether a text is the beginning of a header that is not whole, so that only what follows tells whether it
/// is one of a message.
pub(crate) fn is_begun_header(text: &[u8]) -> bool {
    if text.len() >= LONGEST_HEADER || mbox::is_mbox(text) {
        return false;
    }
    let whole = memchr::memrchr(b'\n', text).map_or(0, |at| at + 1);
    let whole = text.get(..whole).unwrap_or_default();
    let lines = mbox::without_envelope(whole).split_inclusive(|&octet| octet == b'\n');
    has_usual_fields(lines).is_none()
}

/// Whether there are two fields that most messages have; `None` where more lines of the header may follow.
fn has_usual_fields<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Option<bool> {
    let mut usual = 0;
    for line in lines {
        if line.trim_ascii().is_empty() {
            return Some(false);
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            continue;
        }
        let Some(colon) = memchr::memchr(b':', line) else {
            return Some(false);
        };
        let (name, _) = line.split_at(colon);
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            return Some(false);
        }
        usual += usize::from(is_header_line(line));
        if usual == 2 {
            return Some(true);
        }
    }
    None
}

/// Reads one message, with or without the line that an mbox has in front of it.
pub(crate) fn read(text: &[u8]) -> Mail {
    let text = with_line_feeds(text);
    let text = mbox::without_envelope(&text);
    read_at(text, 0).unwrap_or_else(|| {
        let mut mail = Mail::new(MailKind::Whole);
        mail.add(PartKind::Notice, text);
        mail
    })
}

/// `None` where it is none, or one that is made to be costly.
fn read_at(text: &[u8], depth: usize) -> Option<Mail> {
    let parsed = Parsed::new(text)?;
    let message = parsed.message();
    let mut mail = take(message, depth);
    let date = message.date().filter(|date| date.is_valid());
    mail.timestamp = date.map(mail_parser::DateTime::to_timestamp);
    mail.date = date.map(mail_parser::DateTime::to_rfc3339);
    Some(mail)
}

fn take(message: &Message<'_>, depth: usize) -> Mail {
    let mut mail = Mail::new(MailKind::Other);
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
        _ if message::is_encoded(message, part) && is_of_message(part) => {
            read_at(&message::content(message, part), depth + 1)
        }
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
            mail.add(PartKind::Report, &message::content(message, part));
        }
        (_, Some(("text", "rfc822-headers"))) => {}
        // It is taken apart by itself.
        _ if is_of_message(part) && message::is_encoded(message, part) => {}
        // The header is broken, so that the parts are not told apart.
        (PartType::Binary(_), Some(("multipart", _))) => {
            mail.add_notice(&message::text(message, part), originals);
        }
        (PartType::Text(_), _) => mail.add_notice(&message::text(message, part), originals),
        (PartType::Html(_), _) => {
            mail.add_notice(&html_to_text(&message::text(message, part)), originals);
        }
        _ => {}
    }
}

/// Whether a part is a message by its type.
fn is_of_message(part: &MessagePart<'_>) -> bool {
    part.content_type().is_some_and(|kind| {
        let subtype = kind.subtype().unwrap_or_default();
        let names = ["rfc822", "global"];
        kind.ctype().eq_ignore_ascii_case("message")
            && names.iter().any(|name| subtype.eq_ignore_ascii_case(name))
    })
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
            for told in read(&text).replies() {
                assert!(told.text.get(told.reply.at()).is_some());
                replies += 1;
            }
        }
        assert!(replies > 500, "{replies}");
    }
}
