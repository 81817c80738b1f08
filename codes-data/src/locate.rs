//! From a part of a string's value to its place in the file, quotes and escapes counted.

use crate::problem::Span;
use std::ops::Range;

/// Where a part of a string's value is in the file. `span` is the string with its quotes.
///
/// Falls back to the whole string, so that a message never points at a wrong place.
pub(crate) fn locate(file: &str, span: Span, value: &str, part: &Range<usize>) -> Span {
    try_locate(file, span, value, part).unwrap_or(span)
}

fn try_locate(file: &str, span: Span, value: &str, part: &Range<usize>) -> Option<Span> {
    if part.start == 0 && part.end == value.len() {
        return None;
    }
    let raw = file.get(span.start..span.end)?;
    let mut quotes = ["\"\"\"", "'''", "\"", "'"].into_iter();
    let quotes = quotes.find(|quotes| raw.starts_with(*quotes))?;
    let has_escapes = quotes.starts_with('"');
    let mut at = quotes.len();
    if quotes.len() == 3 && raw.get(at..)?.starts_with('\n') {
        at += 1;
    }
    let (mut start, mut end) = (None, None);
    for (index, c) in value.char_indices() {
        let rest = raw.get(at..)?;
        let (skipped, taken) = if has_escapes {
            next_raw(rest)?
        } else {
            (0, rest.chars().next()?.len_utf8())
        };
        let is_escape = has_escapes && rest.get(skipped..)?.starts_with('\\');
        if !is_escape && !rest.get(skipped..)?.starts_with(c) {
            return None;
        }
        if index == part.start {
            start = Some(at + skipped);
        }
        at += skipped + taken;
        if index < part.end.max(part.start + 1) {
            end = Some(at);
        }
    }
    let end = if part.is_empty() { start? } else { end? };
    Some(Span {
        start: span.start + start?,
        end: span.start + end,
    })
}

/// How much of a basic string means nothing, and how much after that is its next character.
fn next_raw(rest: &str) -> Option<(usize, usize)> {
    let mut skipped = 0;
    loop {
        let rest = rest.get(skipped..)?;
        let Some(escape) = rest.strip_prefix('\\') else {
            return Some((skipped, rest.chars().next()?.len_utf8()));
        };
        let digits = match escape.chars().next()? {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            c if c.is_whitespace() => {
                skipped += rest.len() - escape.trim_start().len();
                continue;
            }
            _ => 0,
        };
        return Some((skipped, 2 + digits));
    }
}

#[cfg(test)]
mod tests {
    use super::locate;

    #[test]
    fn places_in_strings_are_found_after_escapes() {
        let find = |raw: &str, value: &str, part: &str| {
            let at = value.find(part).unwrap_or_default();
            let span = locate(raw, (0..raw.len()).into(), value, &(at..at + part.len()));
            raw.get(span.start..span.end).map(str::to_owned)
        };
        let found = |part: &str| Some(part.to_owned());
        assert_eq!(find(r#""a bb""#, "a bb", "bb"), found("bb"));
        assert_eq!(find(r#""\u00FC\t bb""#, "ü\t bb", "bb"), found("bb"));
        assert_eq!(find(r#""\u00FC\t bb""#, "ü\t bb", "ü"), found(r"\u00FC"));
        assert_eq!(find("\"\"\"\na \\\n   bb\"\"\"", "a bb", "bb"), found("bb"));
        assert_eq!(find(r"'\u bb'", r"\u bb", "bb"), found("bb"));
        assert_eq!(find("'''\na\nbb'''", "a\nbb", "bb"), found("bb"));
        // Where the value is not what the file says, nothing is pointed at precisely.
        assert_eq!(find(r#""x""#, "a bb", "bb"), found(r#""x""#));
    }
}
