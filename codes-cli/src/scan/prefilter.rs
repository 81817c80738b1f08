//! Which lines need no closer look: more than half of those that Postfix writes.

use std::sync::LazyLock;

use memchr::memmem::Finder;

/// Octets that are looked at together.
const BLOCK: usize = 64;
/// Octets of these that are judged; one before them and three behind are looked at too.
const STEP: usize = BLOCK - 4;
/// How far from its beginning a line has its program.
const HEADER: usize = 128;
/// The time in front of a line of the older syslog: `Nov  2 00:00:05 `.
const STAMP: usize = 16;

/// What a delivery that came to an end has among its fields.
static STATUS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(b"status="));

/// Whether something may be found in a line. It says no only where the closer look finds nothing:
/// where Postfix wrote the line, no number in it has the form of a code, and it is none of those that
/// tell of a failure without one.
pub(super) fn may_matter(line: &[u8]) -> bool {
    let Some(message) = of_postfix(line) else {
        return true;
    };
    may_tell(message) || may_have_code(message)
}

/// Whether a message begins like those that tell of a delivery or a refusal.
fn may_tell(message: &[u8]) -> bool {
    let behind = memchr::memchr(b' ', message).map_or(message.len(), |at| at + 1);
    // Behind the name of the queue, or without one.
    [&message[behind..], message].iter().any(|text| {
        let begins: &[&[u8]] = match text.first() {
            Some(b't') => &[b"to=<"],
            Some(b'r') => &[b"reject"],
            Some(b'm' | b'p') => &[b"milter-", b"proxy-reject"],
            Some(b'd') => &[b"discard:"],
            Some(b'h') => &[b"host "],
            Some(b'f') if text.starts_with(b"from=<") => {
                return STATUS.find(text).is_some();
            }
            _ => &[],
        };
        begins.iter().any(|begin| text.starts_with(begin))
    })
}

/// The message, where Postfix wrote the line.
fn of_postfix(line: &[u8]) -> Option<&[u8]> {
    let head = &line[..line.len().min(HEADER)];
    let host = match line {
        [b'0'..=b'9', _, _, _, b'-', ..] => memchr::memchr(b' ', head)? + 1,
        [_, _, _, b' ', _, _, b' ', _, _, b':', ..] => STAMP,
        _ => return None,
    };
    let program = memchr::memchr(b' ', head.get(host..)?)? + host + 1;
    if !head[program..].starts_with(b"postfix") {
        return None;
    }
    let end = memchr::memchr(b']', &head[program..])? + program;
    line[end + 1..].strip_prefix(b": ")
}

/// Whether three digits stand by themselves, or one, a dot and another one: `550`, `5.1.1`.
fn may_have_code(text: &[u8]) -> bool {
    let mut base = 0;
    while base < text.len() {
        // The octet before those that are judged is the lowest bit.
        let from = base.max(1) - 1;
        let digits = match text[from..].first_chunk() {
            Some(block) => digits(block),
            None => {
                let mut block = [0; BLOCK];
                block[..text.len() - from].copy_from_slice(&text[from..]);
                digits(&block)
            }
        };
        let digits = if base == 0 { digits << 1 } else { digits };
        let begins = digits & !(digits << 1) & digits >> 2;
        let numbers = begins & (!(digits >> 1) | !(digits >> 3));
        let mut numbers = numbers >> 1 & ((1 << STEP) - 1);
        while numbers != 0 {
            if may_be_code(text, base + numbers.trailing_zeros() as usize) {
                return true;
            }
            numbers &= numbers - 1;
        }
        base += STEP;
    }
    false
}

/// Whether a number is a part of a word or of an IP address, which no code is.
fn may_be_code(text: &[u8], at: usize) -> bool {
    let octet = |at: usize| text.get(at).copied().unwrap_or_default();
    let is_within = at > 0 && {
        let before = octet(at - 1);
        before.is_ascii_alphanumeric() || matches!(before, b'.' | b'-')
    };
    if is_within {
        return false;
    }
    match octet(at + 1) {
        b'.' => matches!(octet(at), b'2' | b'4' | b'5'),
        middle => {
            middle.is_ascii_digit() && !(octet(at + 3) == b'.' && octet(at + 4).is_ascii_digit())
        }
    }
}

/// A bit for each octet that is a digit.
fn digits(block: &[u8; BLOCK]) -> u64 {
    // The compiler makes this loop one of vectors.
    let are_digits = block.map(|octet| u8::from(octet.wrapping_sub(b'0') < 10));
    let mut digits = 0;
    for (place, octets) in are_digits.as_chunks::<8>().0.iter().enumerate() {
        // The lowest bits of eight octets, side by side.
        let eight = u64::from_le_bytes(*octets).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        digits |= eight << (8 * place);
    }
    digits
}

#[cfg(test)]
mod tests {
    use codes_text::log::Entry;

    use super::*;

    /// Whether the closer look finds anything.
    fn matters(line: &[u8]) -> bool {
        let entry = Entry::read(line);
        let is_telling = entry.no_reply().is_some() || entry.outcome().is_some();
        is_telling || entry.is_unread() || entry.replies().next().is_some()
    }

    const HEADERS: [&str; 5] = [
        "Nov  2 00:00:05 mail postfix/smtp[152]: ",
        "Nov  2 00:00:05 mail postfix/smtpd[15211]: 4A1B2C: ",
        "2026-11-02T00:00:05.123456+01:00 mail postfix-out/lmtp[7]: NOQUEUE: ",
        "2026-11-02T00:00:05Z mail postfix/submission/smtpd[550]: ",
        "",
    ];

    #[test]
    fn nothing_is_lost() {
        let parts = [
            "550",
            "5.1.1",
            "250",
            "421",
            " ",
            " ",
            " ",
            ": ",
            "-",
            "_",
            "\"",
            "(",
            ")",
            "#",
            "[",
            "]",
            ".",
            "/",
            "=",
            "said: ",
            "host mx.example.com[192.0.2.1] said: ",
            "status=deferred (",
            "status=sent (",
            "from=<a@example.com>, ",
            "status=expired, returned to sender",
            "reject: RCPT from x.example[192.0.2.1]: ",
            "reject_warning: ",
            "discard: ",
            "milter-reject: ",
            "to=<a@example.com>, ",
            "relay=mx.example.com[192.0.2.1]:25, ",
            "dsn=4.4.1, ",
            "refused to talk to me: ",
            "x",
            "OK",
            "12",
            "1234",
            "192.0.2.1",
            "No such user",
            "Connection timed out",
            "replied: ",
            "smtp; ",
        ];
        let mut state = 1u32;
        let (mut kept, mut passed) = (0, 0);
        for round in 0..40_000 {
            let mut line = HEADERS[round % HEADERS.len()].to_owned();
            for _ in 0..round % 9 {
                state = state.wrapping_mul(1_103_515_245).wrapping_add(12345);
                line.push_str(parts[(state >> 16) as usize % parts.len()]);
            }
            match may_matter(line.as_bytes()) {
                true => kept += 1,
                false => {
                    passed += 1;
                    assert!(!matters(line.as_bytes()), "{line}");
                }
            }
        }
        assert!(kept > 1000 && passed > 1000, "{kept} {passed}");
    }

    #[test]
    fn most_lines_without_a_reply_are_passed_over() {
        for message in [
            "connect from mx14.mail.example.com[192.0.2.172]",
            "4A1B2C: client=unknown[192.0.2.172], sasl_method=PLAIN, sasl_username=river914@example.net",
            "4A1B2C: message-id=<a59b0755.573858@example.com>",
            "4A1B2C: from=<a@example.com>, size=57333, nrcpt=1 (queue active)",
            "4A1B2C: removed",
            "disconnect from host-110-437.example.org[198.51.100.241] ehlo=1 mail=1 rcpt=0/1 quit=1 commands=3/4",
        ] {
            let line = format!("{}{message}", HEADERS[0]);
            assert!(!may_matter(line.as_bytes()), "{line}");
            // What others write is looked at always.
            assert!(may_matter(message.as_bytes()), "{message}");
        }
    }

    #[test]
    fn a_code_is_seen_wherever_it_stands() {
        for code in ["550", "5.1.1", "4.7.500"] {
            for place in 0..200 {
                let text = format!("{} {code} {}", "x".repeat(place), "y".repeat(place % 70));
                assert!(may_have_code(text.as_bytes()), "{text}");
                let text = format!("{}7{code}7", "x".repeat(place));
                assert!(!may_have_code(text.as_bytes()), "{text}");
            }
            assert!(may_have_code(code.as_bytes()));
        }
    }
}
