//! What strangers wrote into a line of a log: names, addresses, subjects. Nothing in it is a reply.

use crate::limits;
use crate::window::{Part, Window};

/// The names of fields whose values a client or a mail chose.
const NAMES: [&[u8]; 21] = [
    b"subject",
    b"from",
    b"to",
    b"cc",
    b"sender",
    b"recipient",
    b"rcpt",
    b"rcpt_to",
    b"mail_from",
    b"mailfrom",
    b"envelope-from",
    b"envelope_from",
    b"header_from",
    b"helo",
    b"ehlo",
    b"user",
    b"username",
    b"login",
    b"msgid",
    b"message-id",
    b"message_id",
];

/// Whether strangers chose the words at a place of a line.
pub(crate) fn wrote(text: Window<'_>, line: usize, at: usize) -> bool {
    let before = text.part(line.max(at.saturating_sub(limits::STRANGERS_HEAD))..at);
    // Few lines hold a quotation mark; without one, the last bracket tells whether it is open.
    let has_quote = memchr::memchr2(b'"', b'\'', before).is_some();
    let is_open = || {
        let bracket = memchr::memrchr2(b'<', b'>', before);
        bracket.is_some_and(|at| before.byte(at) == Some(b'<'))
    };
    let behind = || text.part(at..text.up_to(at + limits::STRANGERS_TAIL).line_end(at));
    is_argument(before)
        || is_behind_fields(before)
        || (has_quote || is_open()) && is_in_address(before, behind())
        || has_quote && (is_in_quoted_name(before, behind()) || is_in_value(before))
        || is_in_name(before, behind)
}

/// `VRFY 550`, `rejected EHLO or HELO 550`: what a client sent.
fn is_argument(before: &[u8]) -> bool {
    match before.trim_ascii_end() {
        word @ [.., b'Y' | b'N'] => word.ends_with(b": VRFY") || word.ends_with(b": EXPN"),
        word @ [.., b'O'] => word.ends_with(b"EHLO or HELO"),
        word @ [.., b':'] => word.ends_with(b"invalid argument(s):"),
        _ => false,
    }
}

/// Whether a place is behind the addresses and names of a client that end a line of Postfix.
fn is_behind_fields(before: &[u8]) -> bool {
    memchr::memchr2_iter(b';', b'_', before).any(|at| match before.split_at_checked(at) {
        Some((_, behind @ [b';', ..])) => behind.starts_with(b"; from=<"),
        Some(([.., b' ', b's', b'a', b's', b'l'], behind)) => {
            behind.starts_with(b"_username=") || behind.starts_with(b"_sender=")
        }
        // Of Exim.
        Some(([.., b'(', b's', b'e', b't'], behind)) => behind.starts_with(b"_id="),
        _ => false,
    })
}

/// Whether a place is between angle brackets that hold an address or a name. Quotation marks within
/// count; a bracket that is not closed on its line opens nothing.
fn is_in_address(before: &[u8], behind: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', before.part(from..)) {
        let open = from + at;
        from = open + 1;
        let leads = match before.part(..open).last() {
            Some(b'=' | b':' | b' ' | b'"' | b'(') => true,
            Some(_) => false,
            None => before.byte(from) == Some(b'"'),
        };
        let is_mark = matches!(
            before.byte(from),
            None | Some(b' ' | b'<' | b'-' | b'=' | b'~' | b'*' | b',')
        );
        // `<550 x>: Helo command rejected`, but not `expired.<421 4.4.2 Timed out>`.
        let is_echo = from == before.len()
            && memchr::memchr(b'>', behind)
                .is_some_and(|at| behind.part(at + 1..).starts_with(b": "));
        if !leads || (is_mark && !is_echo) {
            continue;
        }
        match end(before.part(from..)) {
            Some(len) => from += len,
            // By itself it may hold no `<`: the text was cut.
            None => {
                let is_field = matches!(before.part(..open).last(), Some(b'=' | b':'));
                let last = memchr::memrchr(b'<', before).unwrap_or(open);
                if is_field || last == open {
                    return memchr::memchr(b'>', behind).is_some();
                }
                from = last;
            }
        }
    }
    false
}

/// The octets up to the `>` that closes an address, `>` in quotation marks left out.
pub(crate) fn end(text: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr2(b'>', b'"', text.part(at..))?;
        if text.byte(at) == Some(b'>') {
            return Some(at);
        }
        at += 1;
        match quoted(text.part(at..)) {
            Some(len) => at += len + 1,
            // A quotation mark by itself quotes nothing.
            None => return memchr::memchr(b'>', text.part(at..)).map(|len| at + len),
        }
    }
}

/// The octets up to the quotation mark that closes, those behind a backslash left out.
pub(crate) fn quoted(text: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr2(b'"', b'\\', text.part(from..))?;
        if text.byte(at) == Some(b'"') {
            return Some(at);
        }
        from = at + 2;
    }
}

/// Whether a place is in the quoted name of an address: `"550 5.1.1 x"@example.com`.
fn is_in_quoted_name(before: &[u8], behind: &[u8]) -> bool {
    let closes = quoted(behind).is_some_and(|at| match behind.part(at + 1..) {
        [b'@', next, ..] => next.is_ascii_alphanumeric() || *next == b'[',
        _ => false,
    });
    if !closes {
        return false;
    }
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'"', before.part(from..)) {
        from += at + 1;
        match quoted(before.part(from..)) {
            Some(len) => from += len + 1,
            None => return true,
        }
    }
    false
}

/// Whether a place is in the quoted value of a field with one of [`NAMES`]: `"subject":"550 x"`.
fn is_in_value(before: &[u8]) -> bool {
    let text = before.part(before.len().saturating_sub(limits::STRANGERS_VALUE)..);
    let is_escaped = |at: usize| text.part(..at).last() == Some(&b'\\');
    let mut quotes = memchr::memrchr2_iter(b'"', b'\'', text).filter(|&at| !is_escaped(at));
    let Some(open) = quotes.next() else {
        return false;
    };
    let key = text.part(..open).trim_ascii_end();
    let ([key @ .., b':'] | [key @ .., b'=']) = key else {
        return false;
    };
    let key = match key.trim_ascii_end() {
        [key @ .., b'"' | b'\''] => key,
        key => key,
    };
    let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let len = key.iter().rev().take(16).take_while(|byte| is_of_key(byte));
    let key = key.part(key.len() - len.count()..);
    NAMES.iter().any(|name| name.eq_ignore_ascii_case(key))
}

/// Whether a place is in what a client called itself, in a log of Exim: `H=mx.example.com (550 x)
/// [192.0.2.1]`, `authenticator failed for (550 x) [192.0.2.1]`.
fn is_in_name<'a>(before: &[u8], behind: impl FnOnce() -> &'a [u8]) -> bool {
    let is_open = |at: &usize| before.byte(*at) == Some(b'(');
    let Some(open) = memchr::memrchr2(b'(', b')', before).filter(is_open) else {
        return false;
    };
    let name = before.part(..open).trim_ascii_end();
    let len = name.iter().rev().take(256);
    let len = len.take_while(|byte| !matches!(byte, b' ' | b'='));
    let (key, name) = name.split_at(name.len() - len.count());
    let has_address = || {
        let behind = behind();
        let close = memchr::memchr(b')', behind);
        close.is_some_and(|close| {
            behind.part(close..).starts_with(b") [") || behind.part(close..).starts_with(b") by ")
        })
    };
    key == b"H="
        || key.ends_with(b" H=")
        || (name == b"for" || name == b"from" || key.ends_with(b" from ")) && has_address()
}
