//! Whether what looks like codes is a reply.

use codes_core::{Class, EnhancedClass, EnhancedCode, ReplyCode};

use crate::codes::{self, Codes, Separator};
use crate::lead::{Lead, Strength};
use crate::window::{Part, Window};
use crate::{host, spaces};

/// Words behind a number that count things or measure.
const UNITS: [&[u8]; 43] = [
    b"of",
    b"b",
    b"kb",
    b"mb",
    b"gb",
    b"tb",
    b"kib",
    b"mib",
    b"gib",
    b"bytes",
    b"byte",
    b"octets",
    b"kbit",
    b"mbit",
    b"kbytes",
    b"mbytes",
    b"gbytes",
    b"messages",
    b"mails",
    b"emails",
    b"files",
    b"lines",
    b"users",
    b"items",
    b"requests",
    b"seconds",
    b"second",
    b"secs",
    b"sec",
    b"s",
    b"ms",
    b"msec",
    b"minutes",
    b"minute",
    b"min",
    b"hours",
    b"days",
    b"times",
    b"km",
    b"m",
    b"connections",
    b"recipients",
    b"percent",
];

/// Whether the octets beside three digits tell that they are no code, whatever leads to them: a process
/// number such as `smtpd[550]`, a part of a name or of an identifier. Most that are none are of these.
pub(crate) fn is_part(text: Window<'_>, content: usize, at: usize) -> bool {
    let end = at + 3;
    match (text.part(content..at), text.byte(end)) {
        (_, Some(b'/' | b'%' | b'@' | b'=' | b'+')) => !is_space(text, end),
        ([.., before, b'['], Some(b']')) => before.is_ascii_alphanumeric(),
        ([.., before, b'_'], _) if *before != b':' => true,
        (_, Some(byte)) if byte.is_ascii_alphabetic() => at > 0 && is_id(text, end),
        ([.., b':'], _) | (_, Some(b':')) => host::is_within_address(text, at..end),
        _ => false,
    }
}

/// Whether a space of the web stands at a place: `=C2=A0` begins like `550=`.
fn is_space(text: Window<'_>, at: usize) -> bool {
    spaces::at(text.part(at..)).is_some()
}

/// Whether codes are those of a reply, by what stands before and behind them.
pub(crate) fn is_reply(text: Window<'_>, codes: &Codes, lead: &Lead<'_>) -> bool {
    match &codes.code {
        Some((code, at)) if at.start <= codes.start() => is_basic(text, codes, lead, *code, at.end),
        Some(_) => lead.strength >= Strength::Likely || lead.begins,
        None => is_enhanced_alone(text, codes, lead),
    }
}

fn is_basic(text: Window<'_>, codes: &Codes, lead: &Lead<'_>, code: ReplyCode, end: usize) -> bool {
    if matches!(text.byte(end), Some(b'/' | b'%' | b'@' | b'=' | b'+')) && !is_space(text, end) {
        return false;
    }
    if lead.strength == Strength::Strong {
        return codes.separator != Separator::None || !is_id(text, end);
    }
    if code.class() == Class::Other {
        return false;
    }
    if codes.agree() {
        return codes.separator != Separator::None;
    }
    let is_known = code.info().is_some();
    if lead.begins && is_http(text.part(end - 3..)) {
        return false;
    }
    if lead.strength == Strength::Weak || (codes::is_unusual(code) && !is_known) {
        return false;
    }
    match codes.separator {
        Separator::Space => is_said(text, codes, lead, code),
        Separator::Hyphen => is_line(text, end + 1) && (lead.begins || is_known),
        Separator::End => match lead.begins {
            true => is_whole(text, codes),
            false => is_known && (lead.strength >= Strength::Good || is_last_of_few(text, codes)),
        },
        Separator::Punctuation => match lead.begins {
            true => is_whole(text, codes) || text.part(end..).starts_with(b": "),
            false => {
                is_known
                    && !is_number_behind(text, end)
                    && (lead.strength >= Strength::Good || is_last_of_few(text, codes))
            }
        },
        Separator::None => codes.start() == 0 && is_whole_line(text) && is_word(text, end),
    }
}

/// What begins like a reply of SMTP and is a status of HTTP.
const HTTP: [&[u8]; 5] = [
    b"400 Bad Request",
    b"500 Internal Server Error",
    b"502 Bad Gateway",
    b"503 Service Temporarily Unavailable",
    b"504 Gateway Time",
];

fn is_http(text: &[u8]) -> bool {
    HTTP.iter().any(|status| text.starts_with(status))
}

/// Whether words follow that a server may say.
fn is_said(text: Window<'_>, codes: &Codes, lead: &Lead<'_>, code: ReplyCode) -> bool {
    if is_counted(text, codes.words) {
        return false;
    }
    let Some(first) = text.byte(codes.words) else {
        return lead.strength >= Strength::Good;
    };
    let is_capital = first.is_ascii_uppercase() || first == b'<' || first >= 0x80;
    let is_known = code.info().is_some();
    let is_refusal = matches!(
        code.class(),
        Class::TransientNegative | Class::PermanentNegative
    );
    match lead.strength {
        Strength::Good => !is_number(text, codes.words) && (is_known || is_capital),
        Strength::Told => is_refusal && is_known && (first.is_ascii_alphabetic() || is_capital),
        _ => is_refusal && is_known && is_capital,
    }
}

/// Whether a word is glued to the code, as in `250OK`, and not a part of a name or of `421st`.
fn is_word(text: Window<'_>, at: usize) -> bool {
    let rest = text.part(at..);
    let len = rest
        .iter()
        .take(32)
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let ordinal = [&b"st"[..], b"nd", b"rd", b"th"];
    len > 1
        && matches!(
            rest.get(len),
            None | Some(b' ' | b'.' | b',' | b'\r' | b'\n')
        )
        && !ordinal
            .iter()
            .any(|end| end.eq_ignore_ascii_case(rest.part(..len)))
        && !is_counted(text, at)
}

/// Whether letters and digits follow, as in the queue id of `Sent (328MTC49VM6 Message accepted)`.
fn is_id(text: Window<'_>, at: usize) -> bool {
    let rest = text.part(at..).iter().take(32);
    let mut glued = rest.take_while(|byte| byte.is_ascii_alphanumeric());
    glued.any(u8::is_ascii_digit)
}

/// Whether a hyphen leads to the text of a line, and not to the rest of a telephone number.
fn is_line(text: Window<'_>, at: usize) -> bool {
    let rest = text.part(at..);
    let digits = rest
        .iter()
        .take(8)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let behind = rest.get(digits).copied();
    match digits {
        0 => behind.is_some_and(|byte| !matches!(byte, b'-' | b'.')),
        _ => behind.is_some_and(|byte| byte.is_ascii_alphabetic()),
    }
}

/// Whether the next word is a unit or a thing that is counted.
pub(crate) fn is_counted(text: Window<'_>, at: usize) -> bool {
    let rest = text.part(at..);
    let len = rest
        .iter()
        .take(16)
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let word = rest.part(..len);
    UNITS.iter().any(|unit| unit.eq_ignore_ascii_case(word))
}

/// Whether a number follows and nothing else, as in a column of numbers.
fn is_number(text: Window<'_>, at: usize) -> bool {
    let rest = text.part(at..);
    let digits = rest
        .iter()
        .take(32)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    digits > 0
        && matches!(
            rest.get(digits),
            None | Some(b' ' | b'\t' | b',' | b'\r' | b'\n')
        )
}

fn is_number_behind(text: Window<'_>, end: usize) -> bool {
    text.byte(end + 1).is_some_and(|byte| byte.is_ascii_digit())
}

/// Whether the text is nothing but the codes.
fn is_whole(text: Window<'_>, codes: &Codes) -> bool {
    let is_filling = |byte: &u8| byte.is_ascii_whitespace() || b"\"'.()[]:;,!?".contains(byte);
    text.limit() <= 64
        && text.part(..codes.start()).iter().all(is_filling)
        && text.part(codes.end()..).iter().all(is_filling)
}

/// Whether a few words that somebody typed end with the code: `the server returned 550`.
fn is_last_of_few(text: Window<'_>, codes: &Codes) -> bool {
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"\"'.)!?".contains(byte);
    let is_behind_word = match text.part(..codes.start()) {
        [.., before, b' '] => before.is_ascii_alphabetic(),
        _ => false,
    };
    text.limit() <= 64
        && is_behind_word
        && text.part(codes.end()..).iter().all(is_end)
        && !text
            .part(..codes.start())
            .iter()
            .any(|byte| byte.is_ascii_digit() || matches!(byte, b'=' | b'/'))
}

/// Whether the text has one line, and no long one.
fn is_whole_line(text: Window<'_>) -> bool {
    text.limit() <= 1024 && !text.part(..).trim_ascii_end().contains(&b'\n')
}

fn is_enhanced_alone(text: Window<'_>, codes: &Codes, lead: &Lead<'_>) -> bool {
    let Some((code, at)) = &codes.enhanced else {
        return false;
    };
    if let [before @ .., b'#'] = text.part(..at.start)
        && !before.last().is_some_and(u8::is_ascii_alphanumeric)
    {
        return true;
    }
    if lead.strength == Strength::Strong {
        return true;
    }
    // RFC 3463 and the registry know the subjects 0 to 7.
    if lead.strength < Strength::Likely || code.subject() > 7 {
        return false;
    }
    if is_whole(text, codes) {
        return true;
    }
    if code.class() == EnhancedClass::Success {
        return false;
    }
    let next = text.byte(codes.words);
    let is_capital = next.is_some_and(|byte| byte.is_ascii_uppercase() || byte == b'<');
    if lead.strength < Strength::Good && !is_behind_address(text.part(..at.start)) {
        return is_capital && code.info().detail().is_some();
    }
    match text.byte(at.end) {
        Some(byte) if matches!(byte, b' ' | b':') || is_space(text, at.end) => next
            .is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'<' | b'-' | b'(')),
        None | Some(b'\r' | b'\n' | b'"' | b'\'' | b',' | b')' | b'}') => !lead.begins,
        _ => false,
    }
}

/// `user@example.com: `
fn is_behind_address(before: &[u8]) -> bool {
    let Some(text) = before.strip_suffix(b": ") else {
        return false;
    };
    let word = text.iter().rev().take(256);
    let mut word = word.take_while(|byte| !byte.is_ascii_whitespace());
    word.any(|byte| *byte == b'@')
}

/// Whether a field that sums up what happened says more than the reply it belongs to, and if so,
/// whether it says something else.
pub(crate) fn adds(
    own: EnhancedCode,
    code: Option<ReplyCode>,
    enhanced: Option<EnhancedCode>,
) -> Option<bool> {
    let is_other_class = match (enhanced, code) {
        (Some(enhanced), _) => enhanced.class() != own.class(),
        (None, Some(code)) => !own.agrees_with(code),
        (None, None) => false,
    };
    // `x.0.0` says nothing but the class: in the field as in the reply.
    let is_general = |code: EnhancedCode| code.subject() == 0 && code.detail() == 0;
    let adds = is_other_class || (!is_general(own) && enhanced != Some(own));
    adds.then(|| {
        let differs = |enhanced| enhanced != own && !is_general(enhanced);
        is_other_class || enhanced.is_some_and(differs)
    })
}

/// Whether a field of a line about mail that is kept differs from a permanent refusal in nothing but
/// its class: Postfix tells with it what it did, not what was said.
pub(crate) fn is_kept(
    own: EnhancedCode,
    code: Option<ReplyCode>,
    enhanced: Option<EnhancedCode>,
) -> bool {
    let is_permanent = code.is_some_and(|code| code.class() == Class::PermanentNegative);
    let is_general = own.subject() == 0 && own.detail() == 0;
    let is_same = enhanced.is_some_and(|enhanced| {
        (enhanced.subject(), enhanced.detail()) == (own.subject(), own.detail())
    });
    own.class() == EnhancedClass::Transient && is_permanent && (is_general || is_same)
}
