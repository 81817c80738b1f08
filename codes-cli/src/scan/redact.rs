//! Masks what tells of people and machines: mail addresses, hosts, IP addresses.

use std::collections::HashMap;
use std::net::IpAddr;

use codes_text::log::Entry;

use crate::visible::visible;

/// What may stand behind `key=` as it is, if it is no host or address.
const HARMLESS: [&[u8]; 20] = [
    b"c",
    b"command",
    b"conn_use",
    b"ct",
    b"dt",
    b"delay",
    b"delays",
    b"dsn",
    b"mailer",
    b"nrcpt",
    b"p",
    b"pri",
    b"proto",
    b"qt",
    b"r",
    b"relay",
    b"size",
    b"stat",
    b"status",
    b"xdelay",
];
/// What Exim writes in front of a recipient.
const ARROWS: [&[u8]; 5] = [b" =>", b" ->", b" **", b" ==", b" *>"];
/// Words before an address in brackets that name no machine: `Client host [192.0.2.1] blocked`.
const KINDS: [&[u8]; 13] = [
    b"address", b"at", b"by", b"client", b"for", b"from", b"host", b"ip", b"is", b"of", b"peer",
    b"server", b"to",
];
/// Names that are the same everywhere.
const COMMON: [&[u8]; 4] = [b"localhost", b"unknown", b"none", b"local"];

/// Gives each thing that it masks a number, the same wherever the thing stands.
#[derive(Debug, Default)]
pub(super) struct Mask {
    numbers: HashMap<(&'static str, Vec<u8>), usize>,
    counts: HashMap<&'static str, usize>,
}

impl Mask {
    /// A piece of a text, to be shown. Its first line begins with what a log writes before a message only if
    /// the piece begins that line, the others always.
    pub(super) fn piece(&mut self, piece: &[u8], begins_line: bool) -> String {
        let mut text = String::new();
        for (place, line) in piece.split_inclusive(|&octet| octet == b'\n').enumerate() {
            if place > 0 || begins_line {
                self.line(line, &mut text);
            } else {
                self.words(line, &mut text);
            }
        }
        text
    }

    /// A line: the time is kept, the machine that wrote it is masked where the reader of logs finds it.
    fn line(&mut self, line: &[u8], to: &mut String) {
        let entry = Entry::read(line.trim_ascii_end());
        let time = entry.time_at().map(|at| (at, true));
        let machines = entry.machines_at().map(|at| (at, false));
        let mut parts: Vec<_> = time.into_iter().chain(machines).collect();
        parts.sort_by_key(|(at, _)| at.start);
        let mut end = 0;
        for (at, is_time) in parts {
            // A priority, a level.
            to.push_str(&visible(&line[end..at.start]));
            match is_time {
                true => to.push_str(&visible(&line[at.clone()])),
                false => to.push_str(&self.host(&line[at.clone()])),
            }
            end = at.end;
        }
        self.words(&line[end..], to);
    }

    /// A host by its name.
    pub(super) fn host(&mut self, name: &[u8]) -> String {
        if COMMON.iter().any(|it| name.eq_ignore_ascii_case(it)) {
            return visible(name);
        }
        if let Some(address) = address(name) {
            return self.address(address);
        }
        self.number("host", name)
    }

    /// A host by its address.
    pub(super) fn address(&mut self, address: IpAddr) -> String {
        match address.is_loopback() {
            true => address.to_string(),
            false => self.number("ip", address.to_string().as_bytes()),
        }
    }

    fn number(&mut self, kind: &'static str, thing: &[u8]) -> String {
        let key = (kind, thing.to_ascii_lowercase());
        let number = *self.numbers.entry(key).or_insert_with(|| {
            let count = self.counts.entry(kind).or_default();
            *count += 1;
            *count
        });
        format!("{kind}-{number}")
    }

    fn words(&mut self, text: &[u8], to: &mut String) {
        let mut at = 0;
        // Whether what follows is the value of a key that may tell of somebody.
        let mut is_private = false;
        while at < text.len() {
            let octet = text[at];
            let closing = match octet {
                b'<' => Some(b'>'),
                // Behind `C=` there are the words of a server.
                b'"' if !text[..at].ends_with(b"C=") => Some(b'"'),
                _ => None,
            };
            if let Some(closing) = closing
                && let Some(length) = memchr::memchr(closing, &text[at + 1..])
            {
                to.push(octet.into());
                self.private(&text[at + 1..at + 1 + length], to);
                to.push(closing.into());
                at += length + 2;
                is_private = false;
                continue;
            }
            let length = text[at..].iter().position(|octet| is_between(*octet));
            let length = length.unwrap_or(text.len() - at);
            if length == 0 {
                to.push_str(&visible(&text[at..=at]));
                // The value may still begin: `H=(name) [192.0.2.1]`.
                is_private &= matches!(octet, b'(' | b'[' | b'"' | b'\'');
                at += 1;
                continue;
            }
            let word = &text[at..at + length];
            // Exim has the recipient behind an arrow, also one without a domain.
            let before = text[..at].trim_ascii_end();
            is_private |= ARROWS.iter().any(|arrow| before.ends_with(arrow));
            let rest = &text[at + length..];
            is_private = self.word(word, rest, is_private, to);
            at += length;
        }
    }

    /// Writes a word. `true` where it ends in the sign of equality behind a private key.
    fn word(&mut self, word: &[u8], rest: &[u8], is_private: bool, to: &mut String) -> bool {
        let (word, end) = word.split_at(word.len() - end_of_sentence(word));
        let equals = memchr::memchr(b'=', word).filter(|at| is_key(&word[..*at]));
        if is_private {
            self.private(word, to);
        } else if word.contains(&b'@') && equals.is_none() {
            self.mail(word, to);
        } else if let Some(equals) = equals {
            let (key, value) = (&word[..equals], &word[equals + 1..]);
            to.push_str(&visible(key));
            to.push('=');
            let harmless = HARMLESS.iter().any(|it| key.eq_ignore_ascii_case(it));
            match (harmless, value.is_empty()) {
                (_, true) => {
                    to.push_str(&visible(end));
                    return !harmless;
                }
                (true, false) => self.word_without_address(value, rest, to),
                (false, false) => self.private(value, to),
            }
        } else {
            self.word_without_address(word, rest, to);
        }
        to.push_str(&visible(end));
        false
    }

    /// A word without an address of mail in it.
    fn word_without_address(&mut self, word: &[u8], rest: &[u8], to: &mut String) {
        if word.contains(&b'@') {
            return self.mail(word, to);
        }
        if let Some(address) = address(word) {
            to.push_str(&self.address(address));
            return;
        }
        if memchr::memmem::find(word, b"://").is_some() {
            to.push_str(&self.number("url", word));
            return;
        }
        if is_before_address(rest) && !KINDS.iter().any(|it| word.eq_ignore_ascii_case(it)) {
            to.push_str(&self.host(word));
            return;
        }
        if word.starts_with(b"/") && word[1..].contains(&b'/') {
            // A home, or a mailbox.
            to.push_str(&self.number("path", word));
            return;
        }
        let mut rest = word;
        loop {
            // One of IPv6 has colons of its own.
            if let Some((address, length)) = begins_with_address(rest) {
                to.push_str(&self.address(address));
                rest = &rest[length..];
            }
            // qmail writes `_` for a space.
            let end = rest.iter().position(|octet| b":/_".contains(octet));
            let part = &rest[..end.unwrap_or(rest.len())];
            match is_host(part) {
                true => to.push_str(&self.host(part)),
                false => self.plain(part, to),
            }
            let Some(end) = end else {
                return;
            };
            to.push_str(&visible(&rest[end..=end]));
            rest = &rest[end + 1..];
        }
    }

    /// What is no host, with the addresses that are glued to something in it.
    fn plain(&mut self, mut text: &[u8], to: &mut String) {
        while let Some(start) = text.iter().position(u8::is_ascii_digit) {
            let (before, rest) = text.split_at(start);
            let end = rest
                .iter()
                .position(|octet| !octet.is_ascii_digit() && *octet != b'.');
            let (number, behind) = rest.split_at(end.unwrap_or(rest.len()));
            let number_end = number.len() - end_of_sentence(number);
            to.push_str(&visible(before));
            match address(&number[..number_end]) {
                Some(address) => {
                    to.push_str(&self.address(address));
                    to.push_str(&visible(&number[number_end..]));
                }
                None => to.push_str(&visible(number)),
            }
            text = behind;
        }
        to.push_str(&visible(text));
    }

    /// What stands between signs that enclose something private.
    fn private(&mut self, text: &[u8], to: &mut String) {
        if text.is_empty() {
        } else if text.contains(&b'@') {
            self.mail(text, to);
        } else if let Some(address) = address(text) {
            to.push_str(&self.address(address));
        } else if is_host(text) {
            to.push_str(&self.host(text));
        } else {
            to.push_str(&self.number("name", text));
        }
    }

    fn mail(&mut self, mail: &[u8], to: &mut String) {
        let at = memchr::memrchr(b'@', mail).unwrap_or(mail.len());
        let (_, domain) = mail.split_at(at);
        to.push_str(&self.number("user", mail));
        if let Some(domain) = domain.strip_prefix(b"@") {
            to.push('@');
            to.push_str(&self.host(domain));
        }
    }
}

/// A text whose beginning was cut off, without the rest of a word: half of an address looks like none.
pub(super) fn without_first_word(text: &[u8]) -> &[u8] {
    let gap = text.iter().position(u8::is_ascii_whitespace);
    &text[gap.unwrap_or(text.len())..]
}

/// A text whose end was cut off, without the beginning of a word, or of what is in angle brackets.
pub(super) fn without_last_word(text: &[u8]) -> &[u8] {
    // qmail writes `_` for a space.
    let is_gap = |octet: &u8| octet.is_ascii_whitespace() || b"_/".contains(octet);
    let whole = text.iter().rposition(u8::is_ascii_whitespace);
    let gap = whole.or_else(|| text.iter().rposition(is_gap));
    let text = &text[..gap.unwrap_or_default()];
    match memchr::memrchr2(b'<', b'>', text) {
        Some(at) if text[at] == b'<' => &text[..at],
        _ => text,
    }
}

/// `relay`, `conn_use`
fn is_key(word: &[u8]) -> bool {
    let is_letter = |octet: &u8| octet.is_ascii_alphabetic() || b"_-".contains(octet);
    !word.is_empty() && word.iter().all(is_letter)
}

/// What stands between words.
const fn is_between(octet: u8) -> bool {
    octet.is_ascii_whitespace()
        || octet.is_ascii_control()
        || matches!(
            octet,
            b'<' | b'>'
                | b'('
                | b')'
                | b'['
                | b']'
                | b'{'
                | b'}'
                | b','
                | b';'
                | b'"'
                | b'\''
                | b'`'
        )
}

fn end_of_sentence(word: &[u8]) -> usize {
    let end = word
        .iter()
        .rev()
        .take_while(|octet| b".:!?".contains(octet));
    end.count()
}

fn address(word: &[u8]) -> Option<IpAddr> {
    let word = match word.get(..5) {
        Some(tag) if tag.eq_ignore_ascii_case(b"IPv6:") => &word[5..],
        _ => word,
    };
    str::from_utf8(word).ok()?.parse().ok()
}

/// An address and how long it is, whatever follows.
fn begins_with_address(word: &[u8]) -> Option<(IpAddr, usize)> {
    let is_of_address = |octet: &u8| octet.is_ascii_hexdigit() || b":.".contains(octet);
    let end = word.iter().position(|octet| !is_of_address(octet));
    let end = end.unwrap_or(word.len());
    // The last colon, or dot, may belong to what follows, and of IPv4 a port.
    let colon = memchr::memchr(b':', word).unwrap_or(end).min(end);
    let ends = [end, end.saturating_sub(1), colon].into_iter();
    let mut found = ends.filter_map(|end| Some((address(&word[..end])?, end)));
    found.next()
}

/// Whether an IP address in brackets follows, perhaps behind a space.
fn is_before_address(rest: &[u8]) -> bool {
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    let inside = rest.strip_prefix(b"[").and_then(|rest| {
        let end = memchr::memchr(b']', rest)?;
        Some(&rest[..end])
    });
    inside.is_some_and(|inside| address(inside).is_some())
}

/// Labels with dots between, and a letter in the last one; also where something not allowed in a
/// name of a host stands in them, as long as it is one word.
fn is_host(word: &[u8]) -> bool {
    let word = &word[..word.len() - end_of_sentence(word)];
    let Some(dot) = memchr::memrchr(b'.', word) else {
        return false;
    };
    let last = &word[dot + 1..];
    let is_letter = |octet: &u8| octet.is_ascii_alphabetic() || *octet >= 0x80;
    dot > 0 && last.iter().any(is_letter)
}

#[cfg(test)]
mod tests;
