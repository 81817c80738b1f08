//! A reply in fields that a program took apart, in JSON or as `key=value`:
//! `"code":550,"enhanced":"5.1.1","message":"User unknown"`.

use core::ops::Range;

use codes_core::{EnhancedCode, ReplyCode};

use crate::limits;
use crate::window::{Part, Window};
use crate::{codes, search, strangers};

const FIELDS: usize = 8;

/// The octets of the name of a field.
const KEY: usize = 32;

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
pub(crate) fn behind(text: Window<'_>, code: ReplyCode, end: usize) -> Option<Pairs> {
    let text = text.up_to(end + limits::FIELDS_BEHIND);
    let text = text.up_to(text.line_end(end));
    let mut at = match text.byte_before(end - 3) {
        Some(b'"') if text.byte(end) == Some(b'"') => end + 1,
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
        // The whole reply follows.
        if is_of_words(pair.key) && codes::basic(text, pair.value.start) == Some(code) {
            return None;
        }
        has_any = true;
        at = pair.next;
        pairs.note(text, code, &pair);
    }
    has_any.then_some(pairs)
}

impl Pairs {
    fn note(&mut self, text: Window<'_>, code: ReplyCode, pair: &Pair<'_>) {
        // The value is whole.
        let value = Window::new(text.part(..pair.value.end)).above(pair.value.start);
        let (start, limit) = (pair.value.start, pair.value.end);
        if let Some((found, end)) = codes::enhanced(value, start)
            && found.agrees_with(code)
        {
            let is_known = match &self.enhanced {
                Some((known, _)) => *known == found,
                None => true,
            };
            if is_known && (end == limit || is_of_words(pair.key)) {
                self.enhanced.get_or_insert((found, start..end));
                self.next = pair.next;
                if self.words.is_empty() && end < limit {
                    self.words = codes::behind_spaces(value, end)..limit;
                }
            }
            return;
        }
        if is_of_words(pair.key) && self.words.is_empty() && start < limit {
            self.words = start..limit;
            self.next = pair.next;
        } else if value.starts_with(start, b"{\"class\":") && self.enhanced.is_none() {
            let found = in_parts(value.part(..)).filter(|found| found.agrees_with(code));
            self.enhanced = found.map(|found| (found, start..limit));
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
        let digits = text.part(from..).iter().take(3);
        let digits = digits.take_while(|byte| byte.is_ascii_digit());
        digits.fold(None, |sum: Option<u16>, digit| {
            Some(sum.unwrap_or(0) * 10 + u16::from(digit - b'0'))
        })
    };
    let class = u8::try_from(part(b"\"class\":")?).ok()?;
    EnhancedCode::new(class, part(b"\"subject\":")?, part(b"\"detail\":")?)
}

/// The field that begins behind a comma or spaces.
fn read(text: Window<'_>, at: usize) -> Option<Pair<'_>> {
    let behind_spaces = |at: usize| {
        let spaces = text.part(at..).iter().take_while(|byte| **byte == b' ');
        at + spaces.count()
    };
    let first = behind_spaces(at);
    let at = match text.byte(first) {
        Some(b',') => behind_spaces(first + 1),
        _ if first > at => first,
        _ => return None,
    };
    let is_quoted = text.byte(at) == Some(b'"');
    let start = at + usize::from(is_quoted);
    let is_of_key = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    let key = text.part(start..start + KEY).iter();
    let len = key.take_while(|byte| is_of_key(byte)).count();
    let mut at = start + len;
    if is_quoted {
        (text.byte(at) == Some(b'"')).then_some(())?;
        at += 1;
    }
    let at = behind_spaces(at);
    let separator = if is_quoted { b':' } else { b'=' };
    (len > 0 && text.byte(at) == Some(separator)).then_some(())?;
    let at = behind_spaces(at + 1);
    let rest = text.part(at..);
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
        key: text.part(start..start + len),
        value,
        next,
    })
}
