//! A reply in fields that a program took apart, in JSON or as `key=value`:
//! `"code":550,"enhanced":"5.1.1","message":"User unknown"`.

use core::ops::Range;

use codes_core::{EnhancedCode, ReplyCode};

use crate::{codes, search, strangers};

/// The octets behind a code, and the fields in them, that are read.
const OCTETS: usize = 1024;
const FIELDS: usize = 8;

/// What the fields behind a reply code tell.
#[derive(Debug, Clone)]
pub(crate) struct Pairs {
    pub(crate) enhanced: Option<(EnhancedCode, Range<usize>)>,
    pub(crate) words: Range<usize>,
    /// Where the last of the fields ends that was made use of.
    pub(crate) next: usize,
}

/// A field behind a place.
struct Pair<'a> {
    key: &'a [u8],
    value: Range<usize>,
    next: usize,
}

/// Reads the fields behind a reply code that is the value of a field itself; none where none follow.
pub(crate) fn behind(input: &[u8], code: ReplyCode, end: usize) -> Option<Pairs> {
    let limit = input.len().min(end + OCTETS);
    let limit = memchr::memchr(b'\n', &input[end..limit]).map_or(limit, |at| end + at);
    let text = &input[..limit];
    let mut at = match input[..end - 3].last() {
        Some(b'"') if text.get(end) == Some(&b'"') => end + 1,
        Some(b'"') => return None,
        _ => end,
    };
    let mut pairs = Pairs {
        enhanced: None,
        words: end..end,
        next: end,
    };
    let mut has_any = false;
    for _ in 0..FIELDS {
        let Some(pair) = read(text, at) else { break };
        has_any = true;
        at = pair.next;
        pairs.note(text, code, &pair);
    }
    has_any.then_some(pairs)
}

impl Pairs {
    fn note(&mut self, text: &[u8], code: ReplyCode, pair: &Pair<'_>) {
        let value = pair.value.clone();
        let at_value = || codes::enhanced(&text[..value.end], value.start);
        if let Some((found, end)) = at_value()
            && found.agrees_with(code)
        {
            let is_known = match &self.enhanced {
                Some((known, _)) => *known == found,
                None => true,
            };
            if is_known && (end == value.end || is_of_words(pair.key)) {
                self.enhanced.get_or_insert((found, value.start..end));
                self.next = pair.next;
                if self.words.is_empty() && end < value.end {
                    self.words = codes::behind_spaces(text, end, value.end)..value.end;
                }
            }
            return;
        }
        if is_of_words(pair.key) && self.words.is_empty() && !value.is_empty() {
            self.words = value;
            self.next = pair.next;
        } else if text[value.clone()].starts_with(b"{\"class\":") && self.enhanced.is_none() {
            let found = in_parts(&text[value.clone()]).filter(|found| found.agrees_with(code));
            self.enhanced = found.map(|found| (found, value));
            self.next = pair.next;
        }
    }
}

fn is_of_words(key: &[u8]) -> bool {
    matches!(
        key,
        b"message"
            | b"msg"
            | b"smtp_msg"
            | b"content"
            | b"text"
            | b"reason"
            | b"description"
            | b"detail"
            | b"details"
            | b"response"
    )
}

/// `{"class":5,"subject":1,"detail":1}`
fn in_parts(text: &[u8]) -> Option<EnhancedCode> {
    let part = |key: &[u8]| {
        let from = search::find(text, key)? + key.len();
        let digits = text[from..].iter().take(3);
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        digits.fold(None, |sum: Option<u16>, digit| {
            Some(sum.unwrap_or(0) * 10 + u16::from(digit - b'0'))
        })
    };
    let class = u8::try_from(part(b"\"class\":")?).ok()?;
    EnhancedCode::new(class, part(b"\"subject\":")?, part(b"\"detail\":")?)
}

/// The field that begins behind a comma or spaces.
fn read(text: &[u8], at: usize) -> Option<Pair<'_>> {
    let spaces = |mut at: usize| {
        while matches!(text.get(at), Some(b' ')) {
            at += 1;
        }
        at
    };
    let at = match text.get(spaces(at)) {
        Some(b',') => spaces(spaces(at) + 1),
        _ if text.get(at) == Some(&b' ') => spaces(at),
        _ => return None,
    };
    let is_quoted = text.get(at) == Some(&b'"');
    let start = at + usize::from(is_quoted);
    let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let len = text.get(start..)?.iter().take(32);
    let len = len.take_while(|byte| is_of_key(byte)).count();
    let mut at = start + len;
    if is_quoted {
        (text.get(at) == Some(&b'"')).then_some(())?;
        at += 1;
    }
    let at = spaces(at);
    let separator = if is_quoted { b':' } else { b'=' };
    (len > 0 && text.get(at) == Some(&separator)).then_some(())?;
    let at = spaces(at + 1);
    let rest = text.get(at..)?;
    let (value, next) = match rest {
        [b'"', inside @ ..] => {
            let len = strangers::quoted(inside)?;
            (at + 1..at + 1 + len, at + len + 2)
        }
        [b'{', ..] => {
            let end = at + memchr::memchr(b'}', rest)? + 1;
            (at..end, end)
        }
        _ => {
            let ends = |byte: &u8| matches!(byte, b',' | b' ' | b'}' | b']' | b'\r');
            let end = at + rest.iter().position(ends).unwrap_or(rest.len());
            (at..end, end)
        }
    };
    Some(Pair {
        key: &text[start..start + len],
        value,
        next,
    })
}
