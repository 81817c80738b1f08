//! A message taken apart, and its parts without the encoding that they were sent in.
//!
//! The parser is asked to leave the encodings alone: for a message within a message that is encoded it calls
//! itself, and 5,000 messages within each other, 200 kB of base64, were more than a stack holds.

use std::borrow::Cow;
use std::sync::LazyLock;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::charsets::map::charset_decoder;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};
use memchr::memmem;

use crate::fault::kept;
use crate::limit;

static PARSER: LazyLock<MessageParser> = LazyLock::new(|| {
    MessageParser::new()
        .default_header_raw()
        .header_content_type(HeaderName::ContentType)
        .header_date(HeaderName::Date)
        .ignore_header(HeaderName::ContentTransferEncoding)
});

/// A message that is parsed.
pub(super) struct Parsed<'x>(Message<'x>);

impl<'x> Parsed<'x> {
    /// `None` where it is no message, or made to take long.
    pub(super) fn new(text: &'x [u8]) -> Option<Self> {
        if Cost::of(text).is_too_much() {
            return None;
        }
        // In a debug build the parser asserts what boundaries within each other can break.
        kept(|| PARSER.parse(text)).ok().flatten().map(Self)
    }

    pub(super) const fn message(&self) -> &Message<'x> {
        &self.0
    }
}

impl Drop for Parsed<'_> {
    /// Takes messages out of messages, so that none is dropped by the one that it is in: of many within each
    /// other that would be more than a stack holds.
    fn drop(&mut self) {
        let mut parts = std::mem::take(&mut self.0.parts);
        while let Some(part) = parts.pop() {
            if let PartType::Message(mut message) = part.body {
                parts.append(&mut message.parts);
            }
        }
    }
}

/// What it may cost to parse a text, however it was made to be costly; nothing is taken for less than it is.
#[derive(Debug, PartialEq, Eq)]
struct Cost {
    octets: usize,
    /// Parts that may have parts: the parser looks for the boundary of each up to the end of the text.
    multiparts: usize,
    /// Parts that may be messages.
    messages: usize,
    /// Lines that may be fields of a header.
    fields: usize,
    /// Lines that may begin a part.
    parts: usize,
}

impl Cost {
    /// The octets that may be gone over in search of boundaries, some seconds: 40,000 multiparts in 2 MB whose
    /// boundaries never come took 30 s.
    const MOST_WORK: usize = limit(4_000_000_000, 4000);
    /// More than a digest has, or than anybody forwards at once.
    const MOST_MESSAGES: usize = limit(1000, 5);
    /// The octets that the parser may take. Measured were 120 for each field, 250 for each part, and 1,400
    /// for each message.
    const MOST_MEMORY: usize = limit(128 << 20, 8000);

    fn of(text: &[u8]) -> Self {
        let mut cost = Self {
            octets: text.len(),
            multiparts: words(text, b"multipart").count(),
            messages: 0,
            fields: 0,
            parts: 0,
        };
        for word in [&b"rfc822"[..], b"global", b"digest"] {
            // The type of an address is none of these: `Final-Recipient: rfc822; ann@example.com`.
            let types = words(text, word).filter(|&at| {
                let before = text.get(..at).unwrap_or_default().iter().rev();
                let mut before = before
                    .take(MOST_BETWEEN)
                    .skip_while(|it| it.is_ascii_whitespace());
                matches!(before.next(), Some(b'/' | b')'))
            });
            cost.messages += types.count();
        }
        for line in text.split(|octet| *octet == b'\n') {
            cost.fields += usize::from(memchr::memchr(b':', line).is_some());
            let dashes = memchr::memchr(b'-', line).and_then(|at| line.get(at..));
            cost.parts += usize::from(dashes.is_some_and(|it| memmem::find(it, b"--").is_some()));
        }
        cost
    }

    const fn is_too_much(&self) -> bool {
        // Each part of a digest is a message, whatever its type.
        let messages = match self.messages {
            0 => 0,
            some => some + self.parts,
        };
        let memory = 120 * self.fields + 250 * self.parts + 1400 * messages;
        self.messages > Self::MOST_MESSAGES
            || self.octets.saturating_mul(self.multiparts) > Self::MOST_WORK
            || memory > Self::MOST_MEMORY
    }
}

/// The spaces between the parts of a type that are looked at.
const MOST_BETWEEN: usize = 64;

/// Where a word stands, in capital or small letters.
fn words<'a>(text: &'a [u8], word: &'static [u8]) -> impl Iterator<Item = usize> + 'a {
    let first = word.first().copied().unwrap_or_default();
    let places = memchr::memchr2_iter(first, first.to_ascii_uppercase(), text);
    places.filter(move |&at| {
        let found = text.get(at..at + word.len());
        found.is_some_and(|found| found.eq_ignore_ascii_case(word))
    })
}

/// The encodings that are not there to be read (RFC 2045 section 6).
enum Encoding {
    None,
    Base64,
    QuotedPrintable,
}

impl Encoding {
    fn of(message: &Message<'_>, part: &MessagePart<'_>) -> Self {
        let headers = part.headers.iter();
        let mut headers = headers.filter(|it| it.name == HeaderName::ContentTransferEncoding);
        let value = headers.next_back().and_then(|header| {
            let at = header.offset_start as usize..header.offset_end as usize;
            message.raw_message.get(at)
        });
        let value = value.unwrap_or_default().trim_ascii();
        if value.eq_ignore_ascii_case(b"base64") {
            Self::Base64
        } else if value.eq_ignore_ascii_case(b"quoted-printable") {
            Self::QuotedPrintable
        } else {
            Self::None
        }
    }
}

/// Whether a part was sent in an encoding.
pub(super) fn is_encoded(message: &Message<'_>, part: &MessagePart<'_>) -> bool {
    !matches!(Encoding::of(message, part), Encoding::None)
}

/// The octets of a part; as they were sent where they are not what the encoding makes of anything.
pub(super) fn content<'a>(message: &'a Message<'_>, part: &'a MessagePart<'_>) -> Cow<'a, [u8]> {
    let at = part.offset_body as usize..part.offset_end as usize;
    let sent = message.raw_message.get(at).unwrap_or_default();
    let decoded = match Encoding::of(message, part) {
        Encoding::None => None,
        Encoding::Base64 => base64_decode(sent),
        Encoding::QuotedPrintable => quoted_printable_decode(sent),
    };
    decoded.map_or(Cow::Borrowed(sent), Cow::Owned)
}

/// The text of a part.
pub(super) fn text<'a>(message: &'a Message<'_>, part: &'a MessagePart<'_>) -> Cow<'a, str> {
    if let (PartType::Text(text) | PartType::Html(text), false) =
        (&part.body, is_encoded(message, part))
    {
        return Cow::Borrowed(text);
    }
    let content = content(message, part);
    let charset = part
        .content_type()
        .and_then(|kind| kind.attribute("charset"));
    match charset.and_then(|charset| charset_decoder(charset.as_bytes())) {
        Some(decode) => Cow::Owned(decode(&content)),
        None => match content {
            Cow::Borrowed(content) => String::from_utf8_lossy(content),
            Cow::Owned(content) => Cow::Owned(String::from_utf8_lossy(&content).into_owned()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_to_be_costly_is_told_from_what_is_long() {
        let head = "From: a@example.com\nTo: b@example.com\nMIME-Version: 1.0\n";
        let recipient = "Final-Recipient: rfc822; ann@example.com\nOriginal-Recipient: rfc822;ann@example.com\n\
             Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no\n\n";
        let forwarded = "--a\nContent-Type: message/rfc822\n\nTo: x\n\nx\n";
        for (body, times, is_too_much) in [
            (recipient, 40_000, false),
            ("TWFueSBvY3RldHMgb2YgYW4gYXR0YWNobWVudAo=\n", 300_000, false),
            (forwarded, 1000, false),
            (forwarded, 1001, true),
            ("Content-Type: Message/ RFC822\n\n", 1001, true),
            (
                "--a\nContent-Type: multipart/mixed; boundary=x\n\n",
                5_000,
                false,
            ),
            (
                "--a\nContent-Type: multipart/mixed; boundary=x\n\n",
                10_000,
                true,
            ),
            ("A:\n", 2_000_000, true),
            ("--a\n\nx\n", 1_000_000, true),
            ("--a\n\nx\n", 100_000, false),
            (
                "--a\nContent-Type: multipart/digest\n\n--a\n\n",
                100_000,
                true,
            ),
        ] {
            let text = format!("{head}{}", body.repeat(times));
            let cost = Cost::of(text.as_bytes());
            assert_eq!(cost.is_too_much(), is_too_much, "{body} {cost:?}");
        }
    }

    /// More of them within each other than a stack holds, as they are or in base64.
    #[test]
    fn messages_within_messages_end_nothing() {
        let message = "Content-Type: message/rfc822\n";
        let text = format!("{message}\n").repeat(1000) + "To: x\n\n550 5.1.1 x\n";
        assert!(Parsed::new(text.as_bytes()).is_some());
        let many = format!("{message}\n").repeat(100_000);
        drop(Parsed(PARSER.parse(&many).expect("a message")));
        let encoded = format!("{message}Content-Transfer-Encoding: base64\n\n");
        let text = encoded + &base64(many.as_bytes());
        let parsed = Parsed::new(text.as_bytes()).expect("a message");
        let message = parsed.message();
        let part = message.parts.first().expect("a part");
        assert_eq!(content(message, part), many.as_bytes());
    }

    /// By RFC 4648 section 4; the length is a multiple of 3.
    fn base64(octets: &[u8]) -> String {
        const DIGITS: &[u8; 64] =
            b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let chunks = octets.as_chunks::<3>().0.iter();
        let digits = chunks.flat_map(|[a, b, c]| {
            let bits = u32::from(*a) << 16 | u32::from(*b) << 8 | u32::from(*c);
            [18, 12, 6, 0].map(|shift| char::from(DIGITS[(bits >> shift) as usize & 63]))
        });
        digits.collect()
    }
}
