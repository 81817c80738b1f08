//! A second reading of the same rules: slow, plain, line by line, with nothing taken from the first.

use std::collections::BTreeMap;

use codes_core::{Deviation, EnhancedCode, Limits, Protocol, Reply, ReplyErrorKind};

#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Reply(Judged),
    Incomplete,
    Error(ReplyErrorKind, usize),
}

#[derive(Debug, PartialEq)]
pub(crate) struct Judged {
    pub(crate) len: usize,
    pub(crate) code: u16,
    pub(crate) first: u16,
    pub(crate) worst: u16,
    pub(crate) enhanced: Option<EnhancedCode>,
    pub(crate) deviations: BTreeMap<Deviation, usize>,
    pub(crate) lines: Vec<JudgedLine>,
}

#[derive(Debug, PartialEq)]
pub(crate) struct JudgedLine {
    pub(crate) code: u16,
    pub(crate) enhanced: Option<EnhancedCode>,
    pub(crate) text: Vec<u8>,
    pub(crate) message: Vec<u8>,
}

/// The reply of the real reader in the terms of this one.
pub(crate) fn as_judged(reply: &Reply<'_>) -> Judged {
    Judged {
        len: reply.len(),
        code: reply.code().get(),
        first: reply.first_code().get(),
        worst: reply.worst_code().get(),
        enhanced: reply.enhanced(),
        deviations: reply
            .deviations()
            .iter()
            .map(|deviation| (deviation, reply.offset_of(deviation).unwrap_or(usize::MAX)))
            .collect(),
        lines: reply
            .lines()
            .map(|line| JudgedLine {
                code: line.code().get(),
                enhanced: line.enhanced(),
                text: line.as_bytes().to_vec(),
                message: line.message().as_bytes().to_vec(),
            })
            .collect(),
    }
}

/// What the octets are: a reply at their beginning, the beginning of one, or none.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Outcome {
    let mut deviations = BTreeMap::new();
    let mut at = match skip(bytes, &mut deviations) {
        Ok(at) => at,
        Err(outcome) => return outcome,
    };
    let start = at;
    // The shortest reply always fits.
    let (limit_of_line, limit_of_lines) = (limits.line.max(5), limits.lines.max(1));
    let most = start + limits.reply.max(5);
    // What is beyond the limit is not looked at.
    let seen = &bytes[..bytes.len().min(most)];
    let unfinished = if bytes.len() < most {
        Outcome::Incomplete
    } else {
        Outcome::Error(ReplyErrorKind::ReplyTooLong, most)
    };
    match protocol(&seen[start..]) {
        Some(Some(protocol)) => {
            return Outcome::Error(ReplyErrorKind::OtherProtocol(protocol), start);
        }
        Some(None) => return unfinished,
        None => {}
    }
    let mut lines = Vec::new();
    loop {
        let rest = &seen[at..];
        let end = rest.iter().position(|&byte| byte == b'\n');
        let line = &rest[..end.map_or(rest.len(), |end| end + 1)];
        if lines.len() == limit_of_lines {
            return Outcome::Error(ReplyErrorKind::TooManyLines, at);
        }
        if let Some((kind, place)) = mistake_in_digits(line) {
            return Outcome::Error(kind, at + place);
        }
        // Also where the end could only come behind the limit.
        if line.len() > limit_of_line || line.len() == limit_of_line && end.is_none() {
            return Outcome::Error(ReplyErrorKind::LineTooLong, at + limit_of_line);
        }
        if end.is_none() {
            return unfinished;
        }
        lines.push((at, line));
        at += line.len();
        if line[3] != b'-' {
            return Outcome::Reply(judge(&lines, at, deviations));
        }
    }
}

/// Empty lines, byte order marks and telnet commands, 32 octets at most.
fn skip(bytes: &[u8], deviations: &mut BTreeMap<Deviation, usize>) -> Result<usize, Outcome> {
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        let (length, deviation) = match rest {
            [b'\n', ..] => (1, Deviation::LeadingEmptyLine),
            [b'\r', b'\n', ..] => (2, Deviation::LeadingEmptyLine),
            [0xef, 0xbb, 0xbf, ..] => (3, Deviation::LeadingBytes),
            // WILL, WONT, DO and DONT have an option, which may be any octet.
            [0xff, 0xfb..=0xfe, _, ..] => (3, Deviation::LeadingBytes),
            [0xff, 0xfb..=0xfe] => return Err(Outcome::Incomplete),
            [0xff, _, ..] => (2, Deviation::LeadingBytes),
            [b'\r'] | [0xef] | [0xef, 0xbb] | [0xff] | [] => return Err(Outcome::Incomplete),
            _ => return Ok(at),
        };
        if at + length > 32 {
            return Err(Outcome::Error(ReplyErrorKind::NoReplyCode, at));
        }
        deviations.entry(deviation).or_insert(at);
        at += length;
    }
}

/// The protocol that octets begin with; `Some(None)` while they may become one.
fn protocol(bytes: &[u8]) -> Option<Option<Protocol>> {
    let openings: [(&[u8], Protocol); 7] = [
        (b"+OK", Protocol::Pop3),
        (b"-ERR", Protocol::Pop3),
        (b"* ", Protocol::Imap),
        (b"HTTP/", Protocol::Http),
        (b"SSH-", Protocol::Ssh),
        (b"\x15\x03", Protocol::Tls),
        (b"\x16\x03", Protocol::Tls),
    ];
    openings.into_iter().find_map(|(opening, protocol)| {
        if bytes.starts_with(opening) {
            Some(Some(protocol))
        } else {
            opening.starts_with(bytes).then_some(None)
        }
    })
}

/// What is wrong with the first octets of a line, and where.
fn mistake_in_digits(line: &[u8]) -> Option<(ReplyErrorKind, usize)> {
    let digits = line.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match digits {
        0..3 if digits < line.len() => Some((ReplyErrorKind::NoReplyCode, digits)),
        3.. if line[0] == b'0' => Some((ReplyErrorKind::OutOfRange, 0)),
        4.. => Some((ReplyErrorKind::FourthDigit, 3)),
        _ => None,
    }
}

fn number(digits: &[u8]) -> u16 {
    std::str::from_utf8(digits)
        .expect("ASCII")
        .parse()
        .expect("digits")
}

/// 4yz and 5yz are worse than what has no meaning, that is worse than 3yz and 2yz.
fn badness(code: u16) -> usize {
    [2, 3, 0, 4, 5]
        .iter()
        .position(|&class| class == code / 100)
        .unwrap_or(2)
}

fn judge(
    lines: &[(usize, &[u8])],
    len: usize,
    mut deviations: BTreeMap<Deviation, usize>,
) -> Judged {
    let mut found = |deviation, place| {
        deviations.entry(deviation).or_insert(place);
    };
    let mut judged = Vec::new();
    let codes_differ = lines.iter().any(|line| line.1[..3] != lines[0].1[..3]);
    let mut last_enhanced: Option<(EnhancedCode, usize)> = None;
    for &(at, line) in lines {
        let code = number(&line[..3]);
        if !(2..=5).contains(&(code / 100)) || code / 10 % 10 > 5 {
            found(Deviation::UnusualCode, at);
        }
        if code != number(&lines[0].1[..3]) {
            found(Deviation::CodesDiffer, at);
        }
        let content = match line {
            [content @ .., b'\r', b'\n'] => content,
            [content @ .., _] => {
                found(Deviation::BareLf, at + content.len());
                content
            }
            [] => line,
        };
        let longest = if code == 334 { 12_288 + 6 } else { 512 };
        if line.len() > longest {
            found(Deviation::LongLine, at + longest);
        }
        for (place, &byte) in content.iter().enumerate() {
            match byte {
                b'\r' => found(Deviation::LoneCr, at + place),
                b'\t' | b' '..=b'~' => {}
                0x80.. => found(Deviation::NotAscii, at + place),
                _ => found(Deviation::Control, at + place),
            }
        }
        let text = match content.get(3) {
            None => &[][..],
            Some(b' ' | b'-') => &content[4..],
            Some(b'\t') => {
                found(Deviation::TabSeparator, at + 3);
                &content[4..]
            }
            Some(_) => {
                if content[3..].iter().any(|&byte| byte != b'\r') {
                    found(Deviation::NoSeparator, at + 3);
                }
                &content[3..]
            }
        };
        let text_at = at + content.len() - text.len();
        let enhanced = enhanced(text, code);
        let last_enhanced_before = last_enhanced.map(|(code, _)| code);
        if let Some(Enhanced {
            code, place, usual, ..
        }) = enhanced
        {
            if !usual {
                found(Deviation::EnhancedForm, text_at + place);
            }
            last_enhanced = Some((code, text_at + place));
        }
        // Lines of one reply code all repeat the enhanced code.
        let before = match codes_differ {
            true => last_enhanced_before.map(Some),
            false => judged.last().map(|line: &JudgedLine| line.enhanced),
        };
        let this = enhanced.map(|enhanced| enhanced.code);
        if before.is_some_and(|before| before != this) && !(codes_differ && this.is_none()) {
            let place = enhanced.map_or(0, |enhanced| enhanced.place);
            found(Deviation::EnhancedCodesDiffer, text_at + place);
        }
        judged.push(JudgedLine {
            code,
            enhanced: enhanced.map(|enhanced| enhanced.code),
            text: text.to_vec(),
            message: text[enhanced.map_or(0, |enhanced| enhanced.end)..].to_vec(),
        });
    }
    let codes: Vec<u16> = judged.iter().map(|line| line.code).collect();
    let code = codes[codes.len() - 1];
    if let Some((enhanced, place)) = last_enhanced
        && u16::from(enhanced.class().digit()) != code / 100
    {
        found(Deviation::EnhancedClassDiffers, place);
    }
    Judged {
        len,
        code,
        first: codes[0],
        // Of several as bad as each other the last.
        worst: codes
            .iter()
            .copied()
            .max_by_key(|&code| badness(code))
            .unwrap_or(code),
        enhanced: last_enhanced.map(|(code, _)| code),
        deviations,
        lines: judged,
    }
}

#[derive(Clone, Copy)]
struct Enhanced {
    code: EnhancedCode,
    /// Where its class stands in the text.
    place: usize,
    /// Where the message begins.
    end: usize,
    usual: bool,
}

/// The enhanced code that a text begins with.
fn enhanced(text: &[u8], reply: u16) -> Option<Enhanced> {
    if reply / 100 == 3 {
        return None;
    }
    let spaces = text.iter().take_while(|&&byte| byte == b' ').count();
    // CRs at the end belong to a line end with several of them.
    let crs = text.iter().rev().take_while(|&&byte| byte == b'\r').count();
    let text = &text[..text.len() - crs];
    let spaces = spaces.min(text.len());
    let word: Vec<u8> = text[spaces..]
        .iter()
        .copied()
        .take_while(|&byte| byte != b' ')
        .collect();
    let after = |octets: usize| (octets + 1).min(text.len());
    if let Some(code) = three_numbers(&word) {
        let end = after(spaces + word.len());
        return Some(Enhanced {
            code,
            place: spaces,
            end,
            usual: true,
        });
    }
    // `#5.1.0`, `(5.1.1)`, `5.1.1:` with anything behind it, `5.1.1` TAB.
    let until = word
        .iter()
        .position(|byte| b":\t".contains(byte))
        .unwrap_or(word.len());
    let (code, place, end) = match &word[..] {
        [b'#', inner @ ..] => (three_numbers(inner), 1, word.len()),
        [b'(', inner @ .., b')'] => (three_numbers(inner), 1, word.len()),
        _ => (three_numbers(&word[..until]), 0, until),
    };
    let code =
        code.filter(|code| u16::from(code.class().digit()) == reply / 100 && reply >= 400)?;
    let mut end = after(spaces + end);
    // A colon and a space are one separator.
    if word.get(until) == Some(&b':') && text.get(end) == Some(&b' ') {
        end += 1;
    }
    Some(Enhanced {
        code,
        place: spaces + place,
        end,
        usual: false,
    })
}

fn three_numbers(word: &[u8]) -> Option<EnhancedCode> {
    let word = std::str::from_utf8(word).ok()?;
    let parts: Vec<&str> = word.split('.').collect();
    let [class @ ("2" | "4" | "5"), subject, detail] = parts[..] else {
        return None;
    };
    let number = |part: &str| {
        let is_number =
            part.bytes().all(|byte| byte.is_ascii_digit()) && (1..=3).contains(&part.len());
        let has_zero = part.len() > 1 && part.starts_with('0');
        (is_number && !has_zero)
            .then(|| part.parse::<u16>().ok())
            .flatten()
    };
    EnhancedCode::new(class.parse().ok()?, number(subject)?, number(detail)?)
}
