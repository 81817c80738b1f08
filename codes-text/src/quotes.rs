//! Typographic quotation marks.

use crate::window::Part;

/// What opens a quotation, and what may close it; the marks of some languages close those of others.
const QUOTES: [(&str, &[&str]); 7] = [
    ("\u{201c}", &["\u{201d}"]),
    ("\u{201d}", &["\u{201d}"]),
    ("\u{201e}", &["\u{201c}", "\u{201d}"]),
    ("\u{ab}", &["\u{bb}"]),
    ("\u{bb}", &["\u{ab}"]),
    ("\u{300c}", &["\u{300d}"]),
    ("\u{300e}", &["\u{300f}"]),
];

/// The spaces that French puts within them.
const SPACES: [&str; 2] = ["\u{a0}", "\u{202f}"];

/// The mark that a text ends with: its octets, and what closes it.
pub(crate) fn opening(text: &[u8]) -> Option<(usize, &'static [&'static str])> {
    // Most texts are of ASCII.
    text.last().filter(|byte| **byte >= 0x80)?;
    let space = SPACES.iter().find(|space| text.ends_with(space.as_bytes()));
    let space = space.map_or(0, |space| space.len());
    let text = text.part(..text.len() - space);
    let (open, closing) = QUOTES
        .iter()
        .find(|(open, _)| text.ends_with(open.as_bytes()))?;
    Some((open.len() + space, closing))
}

/// Where a text is closed by one of some marks, and by the space before it.
pub(crate) fn closing(text: &[u8], marks: &[&str]) -> Option<usize> {
    let first = *marks.first()?.as_bytes().first()?;
    let at = memchr::memchr_iter(first, text).find(|&at| {
        let rest = text.part(at..);
        marks.iter().any(|mark| rest.starts_with(mark.as_bytes()))
    })?;
    let words = text.part(..at);
    let space = SPACES
        .iter()
        .find(|space| words.ends_with(space.as_bytes()));
    Some(at - space.map_or(0, |space| space.len()))
}
