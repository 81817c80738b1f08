//! The code that a client expected, and the one that it got: `expected 354, got 550`. The first was never
//! said; the second was.

use crate::limits;
use crate::window::Part;

/// What the words before a number say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expectation {
    /// It was expected, and is no reply.
    Expected,
    /// It came in place of what was expected.
    Instead,
}

/// Words behind which a number is one that was expected.
const EXPECTED: [&[u8]; 6] = [
    b"expected",
    b"expecting",
    b"expects",
    b"expect",
    b"wanted",
    b"want",
];

/// The same behind the number that came: `550 instead of 250`.
const INSTEAD: [&[u8]; 2] = [b"instead", b"rather"];

/// Words behind which a number is what came, where something was expected before.
const GOT: [&[u8]; 14] = [
    b"got",
    b"received",
    b"receiving",
    b"was",
    b"is",
    b"had",
    b"saw",
    b"gave",
    b"found",
    b"returned",
    b"replied",
    b"answered",
    b"responded",
    b"actual",
];

/// Words that may stand between one of these and the number.
const BETWEEN: [&[u8]; 18] = [
    b"a",
    b"an",
    b"the",
    b"to",
    b"be",
    b"of",
    b"with",
    b"than",
    b"smtp",
    b"server",
    b"reply",
    b"response",
    b"status",
    b"return",
    b"result",
    b"code",
    b"codes",
    b"value",
];

/// The last word of `not`, `never` and `didn't`.
const NEGATING: [&[u8]; 3] = [b"not", b"never", b"t"];

/// Words that join the numbers of a list.
const JOINING: [&[u8]; 2] = [b"or", b"and"];

/// The words that are looked at: `the reply code to be 250, 251, 252 or 253`.
const WORDS: usize = 12;

/// What a text says about the number behind it.
pub(super) fn before(text: &[u8]) -> Option<Expectation> {
    let text = text.part(text.len().saturating_sub(limits::EXPECTED)..);
    let text = text.part(memchr::memrchr(b'\n', text).map_or(0, |at| at + 1)..);
    let mut rest = text;
    let mut is_joined = false;
    for _ in 0..WORDS {
        let (before, word, between) = last_word(rest)?;
        if between
            .iter()
            .any(|byte| matches!(byte, b'.' | b';' | b')'))
        {
            return None;
        }
        is_joined |= between
            .iter()
            .any(|byte| matches!(byte, b',' | b'/' | b'|'));
        rest = before;
        if is_in(&EXPECTED, word) {
            let negated = last_word(rest).is_some_and(|(_, word, _)| is_in(&NEGATING, word));
            return (!negated).then_some(Expectation::Expected);
        }
        if is_in(&INSTEAD, word) {
            return Some(Expectation::Expected);
        }
        if is_in(&GOT, word) {
            return has_expectation(rest).then_some(Expectation::Instead);
        }
        if is_in(&JOINING, word) {
            is_joined = true;
        } else if is_number(word) {
            // One that is in no list with it is another thing.
            core::mem::take(&mut is_joined).then_some(())?;
        } else if !is_in(&BETWEEN, word) {
            return None;
        }
    }
    None
}

/// Whether words behind a number say that it was expected: `250 expected, got 550`, `250 was expected`.
pub(crate) fn is_behind(text: &[u8]) -> bool {
    let text = text.part(..limits::EXPECTED).trim_ascii_start();
    let text = [&b"was "[..], b"is "]
        .iter()
        .find_map(|word| text.strip_prefix(*word))
        .unwrap_or(text);
    let Some(behind) = text.strip_prefix(b"expected") else {
        return false;
    };
    let goes_on = [&b" but "[..], b" and ", b" got ", b" instead"];
    matches!(
        behind.first(),
        None | Some(b',' | b'.' | b';' | b')' | b'\r' | b'\n')
    ) || goes_on.iter().any(|words| behind.starts_with(words))
}

/// Whether a text tells of a number that was expected.
fn has_expectation(text: &[u8]) -> bool {
    let mut is_told = false;
    text.split(|byte| !byte.is_ascii_alphanumeric())
        .any(|word| {
            is_told |= is_in(&EXPECTED, without_code(word));
            is_told && is_number(word)
        })
}

/// A text without its last word, that word, and what stands behind it.
fn last_word(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let between = text.iter().rev();
    let between = between
        .take_while(|byte| !byte.is_ascii_alphanumeric())
        .count();
    let (text, between) = text.split_at_checked(text.len() - between)?;
    let word = text
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_alphanumeric());
    let (before, word) = text.split_at_checked(text.len() - word.count())?;
    (!word.is_empty()).then(|| (before, without_code(word), between))
}

/// `expected` of `expectedCode`.
fn without_code(word: &[u8]) -> &[u8] {
    match word {
        [word @ .., b'C' | b'c', b'o', b'd', b'e'] if !word.is_empty() => word,
        word => word,
    }
}

fn is_number(word: &[u8]) -> bool {
    word.len() == 3 && word.iter().all(u8::is_ascii_digit)
}

fn is_in(words: &[&[u8]], word: &[u8]) -> bool {
    words.iter().any(|it| it.eq_ignore_ascii_case(word))
}
