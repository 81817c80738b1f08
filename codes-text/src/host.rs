//! Hosts as texts name them: `mx.example[192.0.2.1]:25`, `mx.example [192.0.2.1]`.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use core::ops::Range;

use crate::found::Host;
use crate::limits;
use crate::window::{Part, Window};

/// A host and where it stands.
pub(crate) type Place<'a> = (Host<'a>, Range<usize>);

/// The host that ends at a place, a port behind it included.
pub(crate) fn ending(text: Window<'_>, end: usize) -> Option<Place<'_>> {
    let text = text.up_to(end);
    let before = text.part(..);
    let port = before.iter().rev().take_while(|byte| byte.is_ascii_digit());
    let port = port.take(6).count();
    let name_end = match text.part(..end - port) {
        [.., b']', b':'] => end - port - 1,
        _ => end,
    };
    if text.byte_before(name_end) != Some(b']') {
        return named(text, end);
    }
    let brackets = name_end.saturating_sub(limits::BRACKETS).max(text.floor());
    let open = brackets + memchr::memrchr(b'[', text.part(brackets..name_end))?;
    let inside = text.part(open + 1..name_end - 1);
    let name = match text.byte_before(open) {
        Some(b' ') => match name_before(text, open - 1) {
            at if is_preposition(text.part(at.clone())) => open..open,
            at => at,
        },
        _ => name_before(text, open),
    };
    let start = if name.is_empty() { open } else { name.start };
    let name = (!name.is_empty()).then(|| text.part(name));
    place(name, address(inside), start..end)
}

/// The host that begins at a place.
pub(crate) fn starting(text: Window<'_>, start: usize) -> Option<Place<'_>> {
    let text = text.part(start..start + limits::HOST_NAME + limits::BRACKETS);
    let len = text.iter().take_while(|&&byte| is_of_name(byte)).count();
    let (mut name, behind) = text.split_at_checked(len)?;
    while let [rest @ .., b'.' | b':'] = name {
        name = rest;
    }
    let name = (!name.is_empty()).then_some(name);
    let open = match behind {
        [b' ' | b'(' | b'_', b'[', ..] => 1,
        _ => 0,
    };
    if behind.byte(open) == Some(b'[')
        && let Some(close) = memchr::memchr(b']', behind)
    {
        let inside = behind.part(open + 1..close);
        return place(name, address(inside), start..start + len + close + 1);
    }
    // In the words of Exchange: `mx.example.com (192.0.2.1)`.
    if let [b' ', b'(', inside @ ..] = behind
        && let Some(close) = memchr::memchr(b')', inside)
        && let Some(address) = address(inside.part(..close))
    {
        return place(name, Some(address), start..start + len + 3 + close);
    }
    let name = name.filter(|name| name.len() <= limits::HOST_NAME)?;
    place(Some(name), None, start..start + name.len())
}

/// A host of which a name or an address alone ends at a place.
fn named(text: Window<'_>, end: usize) -> Option<Place<'_>> {
    let at = name_before(text, end);
    (!at.is_empty()).then_some(())?;
    place(Some(text.part(at.clone())), None, at)
}

/// The name that ends at a place.
fn name_before(text: Window<'_>, end: usize) -> Range<usize> {
    let before = text.part(end.saturating_sub(limits::HOST_NAME)..end);
    let name = before.iter().rev().take_while(|&&byte| is_of_name(byte));
    end - name.count()..end
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
        [tag @ .., _] if tag.len() > 5 && text.part(..5).eq_ignore_ascii_case(b"ipv6:") => {
            text.part(5..)
        }
        _ => text,
    };
    if text.len() > 45 {
        return None;
    }
    if let Some(address) = address_v4(text) {
        return Some(address.into());
    }
    // Most of what is asked for is a name, and no address begins like it.
    let first = *text.first()?;
    if !(first.is_ascii_hexdigit() || first == b':') || !text.contains(&b':') {
        return None;
    }
    core::str::from_utf8(text).ok()?.parse().ok()
}

/// Whether a number is a group of an address of IPv6, with whatever brackets around it: `[2001:db8:250::1]`.
pub(crate) fn is_within_address(text: Window<'_>, number: Range<usize>) -> bool {
    let is_of_address = |byte: &&u8| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.');
    let before = text.part(number.start.saturating_sub(ADDRESS)..number.start);
    let before = before.iter().rev().take_while(is_of_address).count();
    let behind = text.part(number.end..number.end + ADDRESS).iter();
    let behind = behind.take_while(is_of_address).count();
    let end = number.end + behind;
    is_group_of(text, number.start - before..end, number.start)
        // What stands before it may be none of it: `said:2001:db8::1`, `x433:25:100::1`.
        || is_group_of(text, number.start..end, number.start)
}

/// Whether a number is a group of the address that may stand in a range.
fn is_group_of(text: Window<'_>, address: Range<usize>, number: usize) -> bool {
    let mut start = address.start;
    let mut address = text.part(address);
    // A word in front of it may end like one: `IPv6:2001:db8::1`, `remote:2001:db8::1`.
    if text
        .byte_before(start)
        .is_some_and(|byte| byte.is_ascii_alphanumeric())
    {
        let Some(colon) = memchr::memchr(b':', address) else {
            return false;
        };
        start += colon + 1;
        address = address.part(colon + 1..);
    }
    if !address.starts_with(b"::")
        && let Some(behind) = address.strip_prefix(b":")
    {
        start += 1;
        address = behind;
    }
    // What follows it may be a colon or a full stop, or a port.
    let without_end = |address: &[u8]| match address {
        [address @ .., b':'] if !address.ends_with(b":") => Some(address.len()),
        [address @ .., b'.'] => Some(address.len()),
        _ => None,
    };
    while let Some(len) = without_end(address) {
        address = address.part(..len);
    }
    let groups = address
        .split(|byte| *byte == b':')
        .filter(|group| !group.is_empty());
    let is_address = |address: &[u8]| {
        let address = core::str::from_utf8(address).ok();
        address.is_some_and(|it| it.parse::<Ipv6Addr>().is_ok())
    };
    let without_port = || memchr::memrchr2(b':', b'.', address).map_or(0, |at| at);
    // One group alone is rather a number between colons: `Error::550`.
    start <= number
        && (groups.count() > 1 || text.byte_before(start) == Some(b'['))
        && (is_address(address) || is_address(address.part(..without_port())))
}

/// The octets of an address of IPv6 at most, with one of IPv4 at its end (RFC 4291 section 2.2).
const ADDRESS: usize = 45;

/// Most addresses are of IPv4, and nearly every line of a log has one: this is several times as fast
/// as going through a `str`.
fn address_v4(text: &[u8]) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let (mut place, mut digits, mut number) = (0, 0, 0_u16);
    for &byte in text {
        match byte {
            b'0'..=b'9' if digits < 3 && (digits == 0 || number > 0) => {
                number = number * 10 + u16::from(byte - b'0');
                digits += 1;
            }
            b'.' if digits > 0 && place < 3 => {
                *octets.get_mut(place)? = u8::try_from(number).ok()?;
                place += 1;
                (digits, number) = (0, 0);
            }
            _ => return None,
        }
    }
    octets[3] = u8::try_from(number).ok()?;
    (digits > 0 && place == 3).then(|| octets.into())
}

const fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_' | b':') || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_the_standard_library() {
        for text in [
            "192.0.2.1",
            "0.0.0.0",
            "255.255.255.255",
            "256.0.0.1",
            "1.2.3",
            "1.2.3.4.5",
            "01.2.3.4",
            "1.2.3.004",
            "1..2.3",
            "1.2.3.",
            ".1.2.3",
            "1.2.3.4x",
            "",
            "1.2.3.1000",
            "a.b.c.d",
            "2001:db8::1",
            "::1",
            "::ffff:192.0.2.1",
            "2001:db8",
            ":",
            "1:2:3:4:5:6:7:8:9",
        ] {
            assert_eq!(address(text.as_bytes()), text.parse().ok(), "{text}");
        }
        assert_eq!(address(b"IPv6:2001:db8::1"), "2001:db8::1".parse().ok());
    }
}
