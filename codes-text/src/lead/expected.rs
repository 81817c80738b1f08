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

/// What a word says about a number behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// It was expected.
    Expected,
    /// It did not come: `550 instead of 250`.
    Instead,
    /// It came, if something was expected before.
    Got,
    /// Nothing: it may stand between one of these and the number.
    Between,
    /// It is one of a list.
    Joining,
    /// `not`, `never`, the end of `didn't`, and the `as` of `as expected`.
    Negating,
    /// It is a number of three digits.
    Number,
    /// It belongs to something else.
    Other,
}

/// The octets of the longest of the words.
const LONGEST: usize = 9;

impl Word {
    fn of(word: &[u8]) -> Self {
        let mut lower = [0; LONGEST];
        let Some(lower) = lower.get_mut(..word.len()) else {
            return Self::Other;
        };
        lower.copy_from_slice(word);
        lower.make_ascii_lowercase();
        match &*lower {
            b"expected" | b"expecting" | b"expects" | b"expect" | b"wanted" | b"want" => {
                Self::Expected
            }
            b"instead" | b"rather" => Self::Instead,
            b"got" | b"received" | b"receiving" | b"was" | b"is" | b"had" | b"saw" | b"gave"
            | b"found" | b"returned" | b"replied" | b"answered" | b"responded" | b"actual" => {
                Self::Got
            }
            b"a" | b"an" | b"the" | b"to" | b"be" | b"of" | b"with" | b"than" | b"smtp"
            | b"server" | b"reply" | b"response" | b"status" | b"return" | b"result" | b"code"
            | b"codes" | b"value" => Self::Between,
            b"or" | b"and" => Self::Joining,
            b"not" | b"never" | b"t" | b"as" => Self::Negating,
            [b'0'..=b'9', b'0'..=b'9', b'0'..=b'9'] => Self::Number,
            _ => Self::Other,
        }
    }
}

/// The words that are looked at: `the reply code to be 250, 251, 252 or 253`.
const WORDS: usize = 12;

/// What a text says about the number behind it, with which the other one begins.
pub(super) fn before(text: &[u8], number: &[u8]) -> Option<Expectation> {
    let mut rest = text.part(text.len().saturating_sub(limits::EXPECTED)..);
    let mut is_joined = false;
    for _ in 0..WORDS {
        let (before, word, between) = last_word(rest)?;
        let word = Word::of(word);
        let has = |signs: &[u8]| between.iter().any(|byte| signs.contains(byte));
        if word == Word::Other || has(b".;)\n") {
            return None;
        }
        is_joined |= has(b",/|");
        rest = before;
        match word {
            Word::Expected => {
                return match last_word(rest).map(|(_, word, _)| Word::of(word)) {
                    Some(Word::Negating) => None,
                    // `250 expected, got 550`; no key as in `"got":550,"expected":"250"`.
                    Some(Word::Number)
                        if matches!(between.first(), Some(b',' | b'"' | b'\'')) && !has(b":=") =>
                    {
                        None
                    }
                    _ => Some(Expectation::Expected),
                };
            }
            Word::Instead => return Some(Expectation::Expected),
            Word::Got => {
                let came = has_expectation(rest) || goes_on_with_expectation(number);
                return came.then_some(Expectation::Instead);
            }
            Word::Joining => is_joined = true,
            // One that is in no list with it is another thing.
            Word::Number => core::mem::take(&mut is_joined).then_some(())?,
            Word::Between => {}
            Word::Negating | Word::Other => return None,
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
    let next = behind.iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    let ends = match next {
        None | Some(b'\r' | b'\n') => true,
        Some(_) => behind.first().is_some_and(u8::is_ascii_punctuation),
    };
    ends || goes_on.iter().any(|words| behind.starts_with(words))
}

/// Whether another number was expected in place of the one that a text begins with: `550, expected 250`,
/// `550 instead of 250`.
fn goes_on_with_expectation(number: &[u8]) -> bool {
    let line = number.part(..limits::EXPECTED);
    let line = line.part(..memchr::memchr(b'\n', line).unwrap_or(line.len()));
    let words = line.split(|byte| !byte.is_ascii_alphanumeric());
    let mut words = words.filter(|word| !word.is_empty() && *word != b"but");
    let mut next = || words.next().map(|word| Word::of(without_code(word)));
    next() == Some(Word::Number)
        && matches!(next(), Some(Word::Expected | Word::Instead))
        && core::iter::from_fn(next).find(|word| *word != Word::Between) == Some(Word::Number)
}

/// Whether a text tells of a number that was expected.
fn has_expectation(text: &[u8]) -> bool {
    let line = text.part(memchr::memrchr(b'\n', text).map_or(0, |at| at + 1)..);
    let mut is_told = false;
    line.split(|byte| !byte.is_ascii_alphanumeric())
        .any(|word| {
            is_told |= Word::of(without_code(word)) == Word::Expected;
            is_told && Word::of(word) == Word::Number
        })
}

/// A text without its last word, that word, and what stands behind it.
fn last_word(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let end = text.iter().rposition(u8::is_ascii_alphanumeric)? + 1;
    let (text, between) = text.split_at_checked(end)?;
    let start = text.iter().rposition(|byte| !byte.is_ascii_alphanumeric());
    let (before, word) = text.split_at_checked(start.map_or(0, |at| at + 1))?;
    Some((before, without_code(word), between))
}

/// `expected` of `expectedCode`.
fn without_code(word: &[u8]) -> &[u8] {
    match word {
        [word @ .., b'C' | b'c', b'o', b'd', b'e'] if !word.is_empty() => word,
        word => word,
    }
}
