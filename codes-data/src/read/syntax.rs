//! What is wrong before the file is a table at all: one mistake, as all others follow from it.

use crate::problem::{Problem, Span, line_and_column};
use crate::text::{self, quote};
use toml::de::Error;
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

/// The first mistake of syntax, or the long text that was never closed.
pub(super) fn problem(text: &str, errors: &[Error]) -> Option<Problem> {
    let first = errors.iter().min_by_key(|error| start(error));
    match (first, unclosed(text)) {
        (Some(error), Some(unclosed)) if start(error) < unclosed.span.start => {
            Some(describe(text, error))
        }
        (_, Some(unclosed)) => Some(unclosed),
        (first, None) => first.map(|error| describe(text, error)),
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

/// The long text that goes on into the next keys, or to the end of the file.
fn unclosed(text: &str) -> Option<Problem> {
    for token in Source::new(text).lex() {
        let quotes = match token.kind() {
            TokenKind::MlBasicString => "\"\"\"",
            TokenKind::MlLiteralString => "'''",
            _ => continue,
        };
        let (start, end) = (token.span().start(), token.span().end());
        let mut swallowed = None;
        let mut at = start;
        for line in text.get(start..).unwrap_or_default().split('\n') {
            if at >= end {
                break;
            }
            if at > start && begins_entry(line) {
                swallowed = Some((at, line.trim()));
                break;
            }
            at += line.len() + 1;
        }
        let content = text.get(start + quotes.len()..end).unwrap_or_default();
        let help = match swallowed {
            Some((at, line)) => {
                let (number, _) = line_and_column(text.get(..at).unwrap_or_default());
                let line = quote(line);
                format!("end it with {quotes} in front of line {number}, which begins {line}")
            }
            None if content.ends_with(quotes) => continue,
            None => format!("end it with {quotes} behind its last word"),
        };
        let span = (start..start + quotes.len()).into();
        return Some(Problem::new(span, "this long text is never closed", help));
    }
    None
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

#[cfg(test)]
mod tests {
    use super::unclosed;

    fn opened(text: &str) -> Option<usize> {
        unclosed(text).map(|unclosed| unclosed.span.start)
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
