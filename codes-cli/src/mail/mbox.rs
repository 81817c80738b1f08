//! Where the messages of an mbox begin (RFC 4155 appendix A).
//!
//! Each begins with a line such as `From bob@example.com Mon Nov  2 12:00:00 2026` behind an empty one. A
//! sentence of a message may begin with the same word, so the time counts, or the header that follows.

use memchr::{memchr, memmem};

use crate::limit;

/// Begins such a line.
const FROM: &[u8] = b"From ";
const NEXT: &[u8] = b"\nFrom ";
/// The longest such line: an address is shorter (RFC 5321 section 4.5.3.1.3), and so is a time.
pub(crate) const LONGEST: usize = limit(1024, 64);

/// Whether a text begins like an mbox.
pub(crate) fn is_mbox(text: &[u8]) -> bool {
    begins(text)
}

/// Where the first message behind the one that a text begins with begins.
pub(crate) fn next(text: &[u8]) -> Option<usize> {
    let mut places = memmem::find_iter(text, NEXT).map(|at| at + 1);
    places.find(|&at| is_beginning(text, at))
}

/// Where the last message of a text begins, if that is behind its beginning. More may follow the text, so that
/// a line that is not whole begins none.
pub(crate) fn last(text: &[u8]) -> Option<usize> {
    let is_whole = |at: usize| {
        let behind = text.get(at..).unwrap_or_default();
        behind.len() >= LONGEST || memchr(b'\n', behind).is_some()
    };
    let mut places = memmem::rfind_iter(text, NEXT).map(|at| at + 1);
    places.find(|&at| is_whole(at) && is_beginning(text, at))
}

/// The messages of an mbox, each with that line; a text that does not begin like one is one message.
pub(crate) fn split(text: &[u8]) -> Vec<&[u8]> {
    let mut messages = Vec::new();
    let mut rest = text;
    while is_mbox(text)
        && let Some((message, behind)) = next(rest).and_then(|at| rest.split_at_checked(at))
    {
        messages.push(message);
        rest = behind;
    }
    messages.push(rest);
    messages
}

/// A message without that line, which is no part of it; one that was quoted is none either.
pub(crate) fn without_envelope(text: &[u8]) -> &[u8] {
    let is_quoted = text.starts_with(b">From ");
    match memchr(b'\n', text).filter(|_| is_quoted || text.starts_with(FROM)) {
        Some(end) => text.get(end + 1..).unwrap_or_default(),
        None => text,
    }
}

fn is_beginning(text: &[u8], at: usize) -> bool {
    let (before, behind) = text.split_at_checked(at).unwrap_or((text, b""));
    is_behind_empty_line(before) && begins(behind)
}

fn is_behind_empty_line(before: &[u8]) -> bool {
    let before = before.strip_suffix(b"\n").unwrap_or(before);
    let spaces = before.iter().rev().take(LONGEST);
    let mut line = spaces.take_while(|octet| **octet != b'\n');
    line.all(u8::is_ascii_whitespace)
}

fn begins(text: &[u8]) -> bool {
    // Never more, so that one that is not whole yet is judged as it will be.
    let text = text.get(..LONGEST).unwrap_or(text);
    let Some(behind) = text.strip_prefix(FROM) else {
        return false;
    };
    let (line, rest) = match memchr(b'\n', behind) {
        Some(end) => behind.split_at(end + 1),
        None => (behind, &b""[..]),
    };
    has_time(line) || super::is_header_line(rest)
}

/// Whether words of a line are a time as `asctime` writes it, with a weekday first; some write the day
/// before the month, or a comma behind the weekday.
fn has_time(line: &[u8]) -> bool {
    const DAYS: [&[u8]; 7] = [b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat", b"Sun"];
    const MONTHS: [&[u8]; 12] = [
        b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov",
        b"Dec",
    ];
    let words = || {
        line.split(u8::is_ascii_whitespace)
            .filter(|word| !word.is_empty())
    };
    // Of the sender there is at least a hyphen.
    let day = words().skip(1).position(|word| {
        let word = word.strip_suffix(b",").unwrap_or(word);
        DAYS.contains(&word)
    });
    let Some(day) = day else { return false };
    let mut behind = words().skip(day + 2).take(4);
    let (mut has_month, mut has_day) = (false, false);
    behind.any(|word| {
        has_month |= MONTHS.contains(&word);
        has_day |= word.len() <= 2 && word.iter().all(u8::is_ascii_digit);
        has_month && has_day && is_clock(word)
    })
}

/// `12:00:00`, `12:00`
fn is_clock(word: &[u8]) -> bool {
    let is_two = |part: &[u8]| part.len() == 2 && part.iter().all(u8::is_ascii_digit);
    let parts = word.split(|octet| *octet == b':');
    let count = parts.clone().take(4).count();
    (2..=3).contains(&count) && parts.clone().all(is_two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_begins_with_a_time_or_a_header() {
        for line in [
            "From ann@example.com Mon Nov  2 12:00:00 2026",
            "From MAILER-DAEMON Mon Nov  2 12:00:00 2026\r\nx",
            "From - Mon Nov 02 12:00:00 2026",
            "From 1785@xxx Mon Nov 02 12:00:00 +0000 2026",
            "From \"a b\"@example.com Mon Nov  2 12:00:00 CET 2026",
            "From ann@example.com Mon Nov  2 12:00 2026 remote from mail",
            "From ann@example.com Mon, 2 Nov 2026 12:00:00 +0100",
            "From MAILER-DAEMON\nReceived: from x",
            "From a\nTo: x\n",
        ] {
            assert!(is_mbox(line.as_bytes()), "{line}");
        }
        for line in [
            "",
            "From",
            "From: ann@example.com",
            "From here on it was not delivered.\n",
            "From here on: see the log\nNote: not a header\n",
            "From Monday on\n\nTo: x\n",
            "From Mon Nov 2 on\n",
            "From the log of Mon Nov 2\n12:00:00 x\n",
            ">From ann@example.com Mon Nov  2 12:00:00 2026",
        ] {
            assert!(!is_mbox(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn a_line_that_is_not_whole_is_judged_as_it_will_be() {
        let time = "Mon Nov  2 12:00:00 2026\n";
        for before in LONGEST - time.len() - FROM.len()..=LONGEST {
            let line = [FROM, &b"x".repeat(before), b" ", time.as_bytes()].concat();
            for end in LONGEST..line.len() {
                assert_eq!(is_mbox(&line[..end]), is_mbox(&line), "{before} {end}");
            }
        }
    }

    #[test]
    fn messages_are_split_behind_an_empty_line() {
        let from = "From ann@example.com Mon Nov  2 12:00:00 2026\n";
        let one = format!("{from}To: x\n\nFrom here on\n\nFrom here on\n\n>{from}\nend\n{from}\n");
        let two = format!("{from}To: y\n\nend\n\n");
        for (text, end) in [
            (format!("{one}{two}{two}"), "\n"),
            (format!("{one}{two}{two}").replace('\n', "\r\n"), "\r\n"),
        ] {
            let [one, two] = [&one, &two].map(|it| it.replace('\n', end));
            let messages = split(text.as_bytes());
            assert_eq!(messages, [&one, &two, &two].map(|it| it.as_bytes()));
            let last = last(text.as_bytes()).expect("there is one");
            assert_eq!(&text.as_bytes()[last..], two.as_bytes());
        }
        let single = b"To: x\nFrom: y\n\nFrom a Mon Nov  2 12:00:00 2026\nTo: x\n";
        assert_eq!(split(single), [single]);
        assert_eq!(
            without_envelope(one.as_bytes()),
            &one.as_bytes()[from.len()..]
        );
    }
}
