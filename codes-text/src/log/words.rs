//! Pieces of a message.

use core::net::IpAddr;

use memchr::memchr;

use crate::found::Host;
use crate::strangers;
use crate::window::Part;

/// The other side as it stands in the line, to be read when somebody asks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Peer<'a> {
    pub(super) name: &'a [u8],
    pub(super) address: &'a [u8],
}

impl<'a> Peer<'a> {
    /// `mx.example[192.0.2.1]:25`, `mx.example. [192.0.2.1]`, `(helo) [192.0.2.1]`: at the beginning
    /// of a text.
    pub(super) fn starting(text: &'a [u8]) -> Self {
        let name = leading(text, NAME);
        let mut rest = text.part(name.len()..);
        // What a client calls itself: `H=name (helo) [192.0.2.1]`.
        if let [b' ', b'(', ..] | [b'(', ..] = rest {
            let close = memchr(b')', rest).map_or(rest.len(), |at| at + 1);
            rest = rest.part(close..);
        }
        let address = match rest {
            [b'[', inside @ ..] | [b' ', b'[', inside @ ..] => {
                inside.part(..memchr(b']', inside).unwrap_or(0))
            }
            _ => b"",
        };
        Self { name, address }
    }

    pub(super) fn is_none(&self) -> bool {
        self.name.is_empty() && self.address.is_empty()
    }

    /// Whether it is this machine: its loopback (RFC 1122 section 3.2.1.3, RFC 4291 section 2.5.3),
    /// or a socket in its file system.
    pub(super) fn is_internal(&self) -> bool {
        let address = if self.address.is_empty() {
            self.name
        } else {
            self.address
        };
        let address = address.strip_prefix(b"IPv6:").unwrap_or(address);
        address.starts_with(b"127.")
            || address == b"::1"
            || memchr(b'/', address).is_some()
            || (self.address.is_empty() && self.name == b"localhost")
    }

    pub(super) fn host(&self) -> Option<Host<'a>> {
        let address = ip(self.address).or_else(|| ip(self.name));
        let name = self.name.strip_suffix(b".").unwrap_or(self.name);
        let is_name = !name.is_empty() && name != b"unknown" && ip(name).is_none();
        let name = is_name.then_some(name);
        let host = Host { name, address };
        // `relay=local` names what hands the mail on within this machine.
        (host.is_certain() || name == Some(b"localhost")).then_some(host)
    }
}

pub(super) fn ip(text: &[u8]) -> Option<IpAddr> {
    let text = text.strip_prefix(b"IPv6:").unwrap_or(text);
    if !matches!(text.first()?, b'0'..=b'9' | b'a'..=b'f' | b'A'..=b'F' | b':') {
        return None;
    }
    str::from_utf8(text).ok()?.parse().ok()
}

/// Octets of names of hosts, and of addresses.
const NAME: u8 = 1;
/// Octets of the words of a header: names of machines and levels, with the marks around them.
pub(super) const WORD: u8 = 2;
/// Octets of names of fields.
const FIELD: u8 = 4;

/// Which of these an octet is; a table, as every octet of a line may be asked for.
#[expect(clippy::indexing_slicing, reason = "the compiler runs it")]
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => NAME | WORD | FIELD,
            b'_' => NAME | WORD | FIELD,
            b'.' | b'-' | b':' | 0x80.. => NAME | WORD,
            b'/' | b'[' | b']' | b'<' | b'>' => WORD,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// The octets of a kind with which a text begins.
pub(super) fn leading(text: &[u8], kind: u8) -> &[u8] {
    let end = text
        .iter()
        .position(|&byte| KINDS.byte(byte.into()).is_none_or(|it| it & kind == 0));
    text.part(..end.unwrap_or(text.len()))
}

/// The first word, and what follows the space behind it.
pub(super) fn word(text: &[u8]) -> (&[u8], &[u8]) {
    match memchr(b' ', text) {
        Some(space) => (text.part(..space), text.part(space + 1..)),
        None => (text, b""),
    }
}

/// What follows the first place of a mark.
pub(super) fn after<'a>(text: &'a [u8], mark: &[u8]) -> Option<&'a [u8]> {
    let (&first, rest) = mark.split_first()?;
    let mut from = 0;
    while let Some(at) = memchr(first, text.part(from..)) {
        from += at + 1;
        if text.part(from..).starts_with(rest) {
            return Some(text.part(from + rest.len()..));
        }
    }
    None
}

/// The parts of `to=<a@example.com>, relay=none, status=sent (x)`, up to the one asked for last.
#[derive(Debug, Clone)]
pub(super) struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    pub(super) const fn new(text: &'a [u8]) -> Self {
        Self(text)
    }

    /// What follows the place where a field begins, and the name of the field. The value of the last
    /// field has commas of its own, so the end is for the caller to find.
    pub(super) fn next(&mut self) -> Option<(&'a [u8], &'a [u8])> {
        loop {
            let text = self.0;
            if text.is_empty() {
                return None;
            }
            let name = leading(text, FIELD);
            let value = match text.part(name.len()..) {
                [b'=', value @ ..] if !name.is_empty() => value,
                _ => {
                    self.0 = behind_comma(text);
                    continue;
                }
            };
            // An address may have commas.
            self.0 = match value.first() {
                Some(b'<') => {
                    behind_comma(value.part(strangers::end(value).unwrap_or(value.len())..))
                }
                _ => behind_comma(value),
            };
            return Some((name, value));
        }
    }
}

fn behind_comma(text: &[u8]) -> &[u8] {
    let mut rest = text;
    while let Some(comma) = memchr(b',', rest) {
        rest = rest.part(comma + 1..);
        if let [b' ', rest @ ..] = rest {
            return rest;
        }
    }
    b""
}

/// Whether a text begins with a reply code, or with an enhanced one.
pub(super) fn begins_with_code(text: &[u8]) -> bool {
    match text {
        [b'2'..=b'5', b'0'..=b'9', b'0'..=b'9', next, ..] => matches!(next, b' ' | b'-' | b'_'),
        [b'2' | b'4' | b'5', b'.', b'0'..=b'9', ..] => true,
        _ => false,
    }
}
