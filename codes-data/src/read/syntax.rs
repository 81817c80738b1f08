//! What is wrong before the file is a table at all: one mistake, as all others follow from it.

use crate::locate;
use crate::problem::{Problem, Span, line_and_column};
use crate::text::{self, quote};
use toml::de::Error;

/// The first mistake of syntax, or the long text that was never closed.
pub(super) fn problem(text: &str, errors: &[Error]) -> Option<Problem> {
    let mut first: Option<&Error> = None;
    for error in errors {
        if first.is_none_or(|first| start(error) < start(first)) {
            first = Some(error);
        }
    }
    let unclosed = unclosed(text);
    match (first, unclosed) {
        (Some(error), Some(unclosed)) if start(error) < unclosed.opened => {
            Some(describe(text, error))
        }
        (_, Some(unclosed)) => Some(unclosed.describe(text)),
        (Some(error), None) => Some(describe(text, error)),
        (None, None) => None,
    }
}

fn start(error: &Error) -> usize {
    error.span().map_or(0, |span| span.start)
}

fn describe(text: &str, error: &Error) -> Problem {
    let span: Span = error.span().unwrap_or(0..0).into();
    let found = span.of(text);
    if error.message() == "duplicate key" {
        if let Some(header) = one_bracket(text, found) {
            return one_pair_of_brackets(header, found);
        }
        let message = format!("{} is given twice here", quote(found));
        let help = "remove one of them, or begin a new entry in front of the second";
        return Problem::new(span, message, help);
    }
    if let Some(control) = found.chars().next()
        && control.is_control()
        && control != '\n'
    {
        let control = u32::from(control);
        let message = format!("the invisible control character U+{control:04X} stands here");
        return Problem::new(span, message, "remove it, or type the place anew");
    }
    let message = format!("this is not TOML: {}", error.message());
    let help = "other mistakes are listed once the file can be read";
    Problem::new(span, message, help)
}

/// An entry of which there may be several, but whose header is in a single pair of brackets.
pub(super) fn one_pair_of_brackets(span: Span, name: &str) -> Problem {
    let message = format!("`{name}` has one pair of brackets");
    let help = format!("write `[[{name}]]`: there may be more than one");
    Problem::new(span, message, help)
}

/// The first line that is `[name]`, where a name that is given twice is that of a header.
fn one_bracket(text: &str, name: &str) -> Option<Span> {
    let header = format!("[{name}]");
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + line.len() - line.trim_start().len();
        if line.split('#').next().unwrap_or_default().trim() == header {
            return Some((start..start + header.len()).into());
        }
        at += line.len();
    }
    None
}

/// A long text that goes on into the next keys.
struct Unclosed {
    opened: usize,
    /// The first line that was meant to come after the text.
    swallowed: Option<Span>,
}

impl Unclosed {
    fn describe(self, text: &str) -> Problem {
        let span = Span::from(self.opened..self.opened + 3);
        let quotes = span.of(text);
        let help = match self.swallowed {
            Some(line) => {
                let before = text.get(..line.start).unwrap_or_default();
                let (number, _) = line_and_column(before);
                let line = quote(line.of(text).trim());
                format!("end it with {quotes} in front of line {number}, which begins {line}")
            }
            None => format!("end it with {quotes} behind its last word"),
        };
        Problem::new(span, "this long text is never closed", help)
    }
}

/// Walks over the strings of the file as TOML does, but stops where a long one holds what looks
/// like the next key.
fn unclosed(text: &str) -> Option<Unclosed> {
    const TOKENS: &[char] = &['"', '\'', '#'];
    let mut at = 0;
    while let Some(next) = text.get(at..).and_then(|rest| rest.find(TOKENS)) {
        at += next;
        let rest = text.get(at..).unwrap_or_default();
        match locate::opening(rest, &["\"\"\"", "'''"]) {
            Some(quotes) => match long_string(text, at, quotes) {
                Ok(end) => at = end,
                Err(unclosed) => return Some(unclosed),
            },
            None => at += short_token(rest),
        }
    }
    None
}

/// The end of the long string that opens at a place.
fn long_string(text: &str, opened: usize, quotes: &str) -> Result<usize, Unclosed> {
    const STOPS: &[char] = &['\n', '\\', '"', '\''];
    let quote = quotes.get(..1).unwrap_or(quotes);
    let mut at = opened + quotes.len();
    while let Some(rest) = text.get(at..)
        && !rest.is_empty()
    {
        if let Some(mut after) = rest.strip_prefix(quotes) {
            at += quotes.len();
            // Up to two more quotes belong to the text itself.
            for _ in 0..2 {
                if let Some(more) = after.strip_prefix(quote) {
                    (at, after) = (at + quote.len(), more);
                }
            }
            return Ok(at);
        }
        if let Some(next) = rest.strip_prefix('\n') {
            let line = next.split('\n').next().unwrap_or_default();
            if begins_entry(line) {
                return Err(Unclosed {
                    opened,
                    swallowed: Some((at + 1..at + 1 + line.len()).into()),
                });
            }
        }
        let escapes =
            rest.starts_with('\\') && !rest.starts_with("\\\n") && quotes.starts_with('"');
        let mut after = rest.chars();
        after.next();
        if escapes {
            after.next();
        }
        let after = after.as_str();
        at += rest.len() - after.len() + after.find(STOPS).unwrap_or(after.len());
    }
    Err(Unclosed {
        opened,
        swallowed: None,
    })
}

/// `when = """` or `[[reply]]`: no text of prose begins a line so.
fn begins_entry(line: &str) -> bool {
    let line = line.trim();
    if let Some(header) = line.strip_prefix("[[") {
        return header.contains("]]");
    }
    line.split_once('=').is_some_and(|(key, value)| {
        text::is_all(key.trim_end(), |c| c.is_ascii_lowercase() || c == '-')
            && value.trim_start().starts_with(text::QUOTES)
    })
}

/// The length of a comment or of a string on one line.
fn short_token(rest: &str) -> usize {
    let line = rest.split('\n').next().unwrap_or_default();
    match rest.chars().next() {
        Some('#') => line.len(),
        Some(quote @ ('"' | '\'')) => {
            let mut escaped = false;
            for (at, c) in line.char_indices() {
                if at > 0 && c == quote && !escaped {
                    return at + 1;
                }
                escaped = c == '\\' && quote == '"' && !escaped;
            }
            line.len()
        }
        Some(c) => c.len_utf8(),
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::unclosed;

    fn opened(text: &str) -> Option<usize> {
        unclosed(text).map(|unclosed| unclosed.opened)
    }

    #[test]
    fn closed_strings_are_no_mistake() {
        for good in [
            "a = \"\"\"b\"\"\"\nc = \"\"\"\nd\"\"\"\n",
            "a = \"\"\"b\"\"\"\"\"\nc = 'x'",
            "a = \"\"\"\\\"\"\"\"",
            "a = '''\n\\'''\nb = ''",
            "# it's \"\"\"\na = \"\\\"\"\nb = '\"\"\"'",
            "a = \"\"\"\nSIZE=5 and x = y are prose.\n[a] too\"\"\"",
            "a = \"\"\"b \\\n  c\"\"\"",
        ] {
            assert_eq!(opened(good), None, "{good}");
        }
    }

    #[test]
    fn the_string_that_swallows_a_key_was_left_open() {
        assert_eq!(opened("a = \"\"\"\nb\nc = \"d\"\n"), Some(4));
        assert_eq!(opened("a = \"\"\"\nb \\\nc = \"d\"\n"), Some(4));
        assert_eq!(opened("a = \"\"\"\nb\n\n[[reply]]\nc = \"\"\""), Some(4));
        assert_eq!(opened("a = '''\nb\nnext-actor = '''d'''"), Some(4));
        assert_eq!(opened("a = \"\"\"b\"\"\"\nc = \"\"\"d"), Some(16));
    }
}
