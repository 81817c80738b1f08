//! Hosts as texts name them: `mx.example[192.0.2.1]:25`, `mx.example [192.0.2.1]`.

use core::net::IpAddr;
use core::ops::Range;

use crate::found::Host;

/// The octets that a name has at most (RFC 1035 section 2.3.4).
const NAME: usize = 255;

/// The octets between the brackets at most: an address of IPv6 with `IPv6:`, or the path of a socket.
const BRACKETS: usize = 108;

/// A host and where it stands.
pub(crate) type Place<'a> = (Host<'a>, Range<usize>);

/// The host that ends at a place, a port behind it included.
pub(crate) fn ending(input: &[u8], floor: usize, end: usize) -> Option<Place<'_>> {
    let text = &input[floor..end];
    let port = text.iter().rev().take_while(|byte| byte.is_ascii_digit());
    let port = port.take(6).count();
    let name_end = match text[..text.len() - port] {
        [.., b']', b':'] => end - port - 1,
        _ => end,
    };
    if input[floor..name_end].last() != Some(&b']') {
        return named(input, floor, end);
    }
    let brackets = floor.max(name_end.saturating_sub(BRACKETS));
    let open = brackets + memchr::memrchr(b'[', &input[brackets..name_end])?;
    let inside = &input[open + 1..name_end - 1];
    let name = match input[floor..open].last() {
        Some(b' ') => match name_before(input, floor, open - 1) {
            at if is_preposition(&input[at.clone()]) => open..open,
            at => at,
        },
        _ => name_before(input, floor, open),
    };
    let start = if name.is_empty() { open } else { name.start };
    let name = (!name.is_empty()).then(|| &input[name]);
    place(name, address(inside), start..end)
}

/// The host that begins at a place.
pub(crate) fn starting(input: &[u8], start: usize, limit: usize) -> Option<Place<'_>> {
    let limit = limit.min(start + NAME + BRACKETS);
    let text = input.get(start..limit)?;
    let len = text.iter().take_while(|&&byte| is_of_name(byte)).count();
    let mut name = &text[..len];
    while let [rest @ .., b'.' | b':'] = name {
        name = rest;
    }
    let name = (!name.is_empty()).then_some(name);
    let behind = match &text[len..] {
        [b' ' | b'(' | b'_', b'[', ..] => len + 1,
        _ => len,
    };
    if text.get(behind) == Some(&b'[')
        && let Some(close) = memchr::memchr(b']', &text[behind..])
    {
        let inside = &text[behind + 1..behind + close];
        let end = start + behind + close + 1;
        return place(name, address(inside), start..end);
    }
    let name = name?;
    place(Some(name), None, start..start + name.len())
}

/// A host of which a name or an address alone ends at a place.
fn named(input: &[u8], floor: usize, end: usize) -> Option<Place<'_>> {
    let at = name_before(input, floor, end);
    (!at.is_empty()).then_some(())?;
    place(Some(&input[at.clone()]), None, at)
}

fn name_before(input: &[u8], floor: usize, end: usize) -> Range<usize> {
    let floor = floor.max(end.saturating_sub(NAME));
    let text = &input[floor..end];
    let len = text
        .iter()
        .rev()
        .take_while(|&&byte| is_of_name(byte))
        .count();
    end - len..end
}

/// A host of a name that may be an address, and of an address.
fn place<'a>(
    name: Option<&'a [u8]>,
    address: Option<IpAddr>,
    at: Range<usize>,
) -> Option<Place<'a>> {
    let as_address = name.and_then(self::address);
    let name = name.filter(|name| as_address.is_none() && !is_unknown(name));
    let address = address.or(as_address);
    let is_known = name.is_some() || address.is_some();
    is_known.then_some((Host { name, address }, at))
}

/// A word before an address in brackets that is none of its name.
fn is_preposition(word: &[u8]) -> bool {
    matches!(
        word,
        b"from" | b"to" | b"by" | b"host" | b"server" | b"client" | b"at" | b"via"
    )
}

/// What Postfix writes where an address has no name, and what stands for no host.
fn is_unknown(name: &[u8]) -> bool {
    matches!(name, b"unknown" | b"none" | b"local")
}

/// An address, perhaps with the tag of RFC 5321 section 4.1.3.
pub(crate) fn address(text: &[u8]) -> Option<IpAddr> {
    let text = match text {
        [tag @ .., _] if tag.len() > 5 && text[..5].eq_ignore_ascii_case(b"ipv6:") => &text[5..],
        _ => text,
    };
    let first = text.first()?;
    if text.len() > 45 || !(first.is_ascii_hexdigit() || *first == b':') {
        return None;
    }
    core::str::from_utf8(text).ok()?.parse().ok()
}

const fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':') || byte >= 0x80
}
