//! What strangers wrote into a line of a log: names, addresses, subjects. Nothing in it is a reply.

use crate::search;

/// The octets before a place that are looked at, and those behind it.
const HEAD: usize = 2048;
const TAIL: usize = 512;

/// The octets of a value in quotation marks before a place at most.
const VALUE: usize = 512;

/// The names of fields whose values a client or a mail chose.
const NAMES: [&[u8]; 18] = [
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
pub(crate) fn wrote(input: &[u8], line: usize, at: usize) -> bool {
    let floor = line.max(at.saturating_sub(HEAD));
    let before = &input[floor..at];
    let limit = input.len().min(at + TAIL);
    let behind = &input[at..limit];
    let behind = &behind[..memchr::memchr(b'\n', behind).unwrap_or(behind.len())];
    is_argument(before)
        || is_behind_fields(before)
        || is_in_address(before, behind)
        || is_in_quoted_name(before, behind)
        || is_in_value(before)
        || is_in_name(before, behind)
}

/// `VRFY 550`, `rejected EHLO or HELO 550`: what a client sent.
fn is_argument(before: &[u8]) -> bool {
    let word = before.trim_ascii_end();
    [
        &b": VRFY"[..],
        b": EXPN",
        b"EHLO or HELO",
        b"invalid argument(s):",
    ]
    .iter()
    .any(|end| word.ends_with(end))
}

/// Whether a place is behind the addresses and names of a client that end a line of Postfix.
fn is_behind_fields(before: &[u8]) -> bool {
    search::find(before, b"; from=<").is_some()
        || memchr::memchr_iter(b'_', before).any(|at| {
            let key = &before[at + 1..];
            match &before[..at] {
                [.., b' ', b's', b'a', b's', b'l'] => {
                    key.starts_with(b"username=") || key.starts_with(b"sender=")
                }
                // Of Exim.
                [.., b'(', b's', b'e', b't'] => key.starts_with(b"id="),
                _ => false,
            }
        })
}

/// Whether a place is between angle brackets that hold an address or a name. Quotation marks within
/// count; a bracket that is not closed on its line opens nothing.
fn is_in_address(before: &[u8], behind: &[u8]) -> bool {
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'<', &before[from..]) {
        let open = from + at;
        from = open + 1;
        let leads = match open.checked_sub(1).map(|at| before[at]) {
            Some(b'=' | b':' | b' ' | b'"' | b'(') => true,
            Some(_) => false,
            None => before.get(from) == Some(&b'"'),
        };
        let is_mark = matches!(
            before.get(from),
            None | Some(b' ' | b'<' | b'-' | b'=' | b'~' | b'*' | b',')
        );
        if !leads || is_mark {
            continue;
        }
        match end(&before[from..]) {
            Some(len) => from += len,
            // By itself it may hold no `<`: the text was cut.
            None => {
                let is_field = before[..open].ends_with(b"=") || before[..open].ends_with(b":");
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
        at += memchr::memchr2(b'>', b'"', &text[at..])?;
        if text[at] == b'>' {
            return Some(at);
        }
        at += 1;
        match quoted(&text[at..]) {
            Some(len) => at += len + 1,
            // A quotation mark by itself quotes nothing.
            None => return memchr::memchr(b'>', &text[at..]).map(|len| at + len),
        }
    }
}

/// The octets up to the quotation mark that closes, those behind a backslash left out.
pub(crate) fn quoted(text: &[u8]) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + memchr::memchr2(b'"', b'\\', &text[from..])?;
        if text[at] == b'"' {
            return Some(at);
        }
        from = (at + 2).min(text.len());
    }
}

/// Whether a place is in the quoted name of an address: `"550 5.1.1 x"@example.com`.
fn is_in_quoted_name(before: &[u8], behind: &[u8]) -> bool {
    let closes = quoted(behind).is_some_and(|at| match &behind[at + 1..] {
        [b'@', next, ..] => next.is_ascii_alphanumeric() || *next == b'[',
        _ => false,
    });
    if !closes {
        return false;
    }
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'"', &before[from..]) {
        from += at + 1;
        match quoted(&before[from..]) {
            Some(len) => from += len + 1,
            None => return true,
        }
    }
    false
}

/// Whether a place is in the quoted value of a field with one of [`NAMES`]: `"subject":"550 x"`.
fn is_in_value(before: &[u8]) -> bool {
    let text = &before[before.len().saturating_sub(VALUE)..];
    let is_escaped = |at: usize| at > 0 && text[at - 1] == b'\\';
    let mut quotes = memchr::memrchr2_iter(b'"', b'\'', text).filter(|&at| !is_escaped(at));
    let Some(open) = quotes.next() else {
        return false;
    };
    let key = text[..open].trim_ascii_end();
    let ([key @ .., b':'] | [key @ .., b'=']) = key else {
        return false;
    };
    let key = match key.trim_ascii_end() {
        [key @ .., b'"' | b'\''] => key,
        key => key,
    };
    let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let len = key.iter().rev().take(16).take_while(|byte| is_of_key(byte));
    let key = &key[key.len() - len.count()..];
    NAMES.iter().any(|name| name.eq_ignore_ascii_case(key))
}

/// Whether a place is in what a client called itself, in a log of Exim: `H=mx.example.com (550 x)
/// [192.0.2.1]`, `authenticator failed for (550 x) [192.0.2.1]`.
fn is_in_name(before: &[u8], behind: &[u8]) -> bool {
    let Some(open) = memchr::memrchr(b'(', before) else {
        return false;
    };
    if memchr::memchr(b')', &before[open..]).is_some() {
        return false;
    }
    let name = before[..open].trim_ascii_end();
    let len = name.iter().rev().take(256);
    let len = len.take_while(|byte| !matches!(byte, b' ' | b'='));
    let (key, name) = name.split_at(name.len() - len.count());
    let has_address = || {
        let close = memchr::memchr(b')', behind);
        close.is_some_and(|close| behind[close..].starts_with(b") ["))
    };
    key == b"H="
        || key.ends_with(b" H=")
        || (name == b"for" || key.ends_with(b" from ")) && has_address()
}
