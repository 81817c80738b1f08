//! One mistake in a data file, and how the person who made it gets to see it.

use crate::text;
use std::ops::Range;

/// More than this on one screen is not read any more.
const MOST_MESSAGES: usize = 20;
/// Columns of a snippet; a longer line is cut around the caret.
const MOST_COLUMNS: usize = 100;
/// Columns that are kept in front of the caret where a line is cut.
const COLUMNS_BEFORE: usize = 40;

/// A place in the text of a file, in bytes. Where it is empty a single caret is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self {
            start: range.start,
            end: range.end,
        }
    }
}

impl Span {
    /// What the file has there.
    pub(crate) fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A value and where it is in the file.
#[derive(Clone, Copy)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T> At<T> {
    pub(crate) fn value(self) -> T {
        self.value
    }
}

/// One mistake and its place.
#[derive(Debug, Clone)]
pub struct Problem {
    /// Where it is.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// A second place and what is there, `first defined`.
    pub related: Option<(Span, &'static str)>,
}

impl Problem {
    pub(crate) fn new(span: Span, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: help.into(),
            related: None,
        }
    }

    /// Adds a second place and what is there.
    pub(crate) fn related(&mut self, span: Span, what: &'static str) {
        self.related = Some((span, what));
    }

    fn render(&self, file: &str, text: &str) -> String {
        let place = Place::of(text, self.span.start);
        let number = place.line.to_string();
        let margin = " ".repeat(number.len());
        let (line, caret) = place.snippet(text, self.span.end);
        let mut message = format!(
            "{file}:{}:{}: {}\n{margin} |\n{number} | {line}\n{margin} | {caret}\n{margin} |",
            place.line, place.column, self.message
        );
        if let Some((span, what)) = self.related {
            let other = Place::of(text, span.start);
            let (line, column) = (other.line, other.column);
            message += &format!("\n{margin} = note: {what} at {file}:{line}:{column}");
        }
        let indent = format!("\n{margin}         ");
        message += &format!("\n{margin} = help: {}", self.help.replace("\n", &indent));
        message
    }
}

/// All problems as messages, in the order of the file; of very many only the first, and their count.
pub fn render(file: &str, text: &str, problems: &[Problem]) -> Vec<String> {
    let mut sorted: Vec<&Problem> = Vec::new();
    for problem in problems {
        let place = (problem.span.start, problem.span.end);
        // After those at the same place that were found earlier.
        let at = sorted.partition_point(|other| (other.span.start, other.span.end) <= place);
        sorted.insert(at, problem);
    }
    let mut messages = Vec::new();
    for problem in sorted.iter().take(MOST_MESSAGES) {
        messages.push(problem.render(file, text));
    }
    match sorted.len().saturating_sub(MOST_MESSAGES) {
        0 => {}
        1 => messages.push(format!("… and 1 more mistake in {file}")),
        more => messages.push(format!("… and {more} more mistakes in {file}")),
    }
    messages
}

/// Where an offset is, as people count: from 1, and in characters.
struct Place {
    line: usize,
    column: usize,
    offset: usize,
    line_start: usize,
}

impl Place {
    fn of(text: &str, offset: usize) -> Self {
        // What is wrong at the end of the file is shown after the last thing in it, not on an
        // empty line.
        let offset = match text.floor_char_boundary(offset) {
            end if end == text.len() => text.trim_end().len(),
            offset => offset,
        };
        let before = text.get(..offset).unwrap_or_default();
        let (line, column) = line_and_column(before);
        Self {
            line,
            column,
            offset,
            line_start: before.rfind('\n').map_or(0, |newline| newline + 1),
        }
    }

    /// The line of the place and the line of carets under it, ready to print.
    fn snippet(&self, text: &str, end: usize) -> (String, String) {
        let rest = text.get(self.offset..).unwrap_or_default();
        let rest = rest.split('\n').next().unwrap_or_default();
        let length = text.floor_char_boundary(end).saturating_sub(self.offset);
        let (marked, after) = rest.split_at(length.min(rest.len()));
        let before = shown(text.get(self.line_start..self.offset).unwrap_or_default());
        let (marked, after) = (shown(marked), shown(after));
        let (mut start, mut end) = (0, before.len() + marked.len() + after.len());
        if end > MOST_COLUMNS {
            start = before.len().saturating_sub(COLUMNS_BEFORE);
            end = end.min(start + MOST_COLUMNS);
        }
        let mut line = String::new();
        if start > 0 {
            line.push('…');
        }
        let all = [&before[..], &marked, &after].concat();
        line.extend(&all[start..end]);
        if end < all.len() {
            line.push('…');
        }
        let indent = before.len() - start + usize::from(start > 0);
        let marks = marked.len().min(end - before.len()).max(1);
        let caret = format!("{}{}", " ".repeat(indent), "^".repeat(marks));
        (line.trim_end().to_owned(), caret)
    }
}

/// The line and the column after a piece of text from the start of a file.
pub(crate) fn line_and_column(before: &str) -> (usize, usize) {
    let last = before.rsplit_once('\n').map_or(before, |(_, last)| last);
    (before.matches('\n').count() + 1, last.chars().count() + 1)
}

/// What is printed of a piece of a line, a column each.
fn shown(piece: &str) -> Vec<char> {
    let mut shown = Vec::new();
    for c in piece.chars() {
        match c {
            '\t' => shown.push(' '),
            _ if text::is_hidden(c) => shown.extend(text::escape(c).chars()),
            _ => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{Problem, render};

    fn problems(span: std::ops::Range<usize>) -> Vec<Problem> {
        vec![Problem::new(span.into(), "no", "mend it")]
    }

    /// Without the help.
    fn shown(text: &str, span: std::ops::Range<usize>) -> String {
        let message = render("a.toml", text, &problems(span)).concat();
        let end = message.find("\n  |\n  = help: mend it").unwrap_or_default();
        message[..end].to_owned()
    }

    #[test]
    fn all_parts_of_a_message_have_their_line() {
        let mut problem = Problem::new((6..9).into(), "no", "one\ntwo");
        problem.related((0..1).into(), "first");
        assert_eq!(
            render("a.toml", "a = 1\nb = 2\n", &[problem]),
            [
                "a.toml:2:1: no\n  |\n2 | b = 2\n  | ^^^\n  |\n  = note: first at a.toml:1:1\n  \
              = help: one\n          two"
            ]
        );
    }

    #[test]
    fn columns_are_characters() {
        assert_eq!(
            shown("äöü = 1", 9..10),
            "a.toml:1:7: no\n  |\n1 | äöü = 1\n  |       ^"
        );
    }

    #[test]
    fn the_end_of_the_file_is_after_the_last_thing() {
        let end = "a.toml:1:4: no\n  |\n1 | a =\n  |    ^";
        assert_eq!(shown("a =", 3..3), end);
        assert_eq!(shown("a =\n\n", 5..5), end);
        assert_eq!(shown("a =\n\n", 99..199), end);
        assert_eq!(shown("", 0..0), "a.toml:1:1: no\n  |\n1 | \n  | ^");
    }

    #[test]
    fn hidden_characters_move_the_caret() {
        assert_eq!(
            shown("\u{202E}\täx", 6..7),
            "a.toml:1:4: no\n  |\n1 | \\u{202E} äx\n  |           ^"
        );
        assert_eq!(
            shown("\u{7}", 0..1),
            "a.toml:1:1: no\n  |\n1 | \\u{7}\n  | ^^^^^"
        );
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        let line = format!("{}!{}", "a".repeat(200), "b".repeat(200));
        let shown = shown(&line, 200..201);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(
            lines[2],
            format!("1 | …{}!{}…", "a".repeat(40), "b".repeat(59))
        );
        assert_eq!(lines[3].find('^'), Some("1 | ".len() + 41));
    }

    #[test]
    fn a_span_over_lines_ends_with_the_first() {
        assert_eq!(shown("ab\ncd", 1..5), "a.toml:1:2: no\n  |\n1 | ab\n  |  ^");
        assert_eq!(
            shown("ab\ncd", 2..3),
            "a.toml:1:3: no\n  |\n1 | ab\n  |   ^"
        );
    }

    #[test]
    fn the_order_is_that_of_the_file() {
        let problems = [problems(2..3), problems(0..1)].concat();
        let messages = render("a.toml", "a\nb", &problems);
        assert!(messages[0].starts_with("a.toml:1:1: no"));
        assert!(messages[1].starts_with("a.toml:2:1: no"));
    }

    #[test]
    fn after_twenty_the_rest_is_counted() {
        let many = |count| render("a.toml", "a", &vec![problems(0..1); count].concat());
        assert_eq!(many(20).len(), 20);
        assert_eq!(many(21)[20], "… and 1 more mistake in a.toml");
        assert_eq!(many(25)[20], "… and 5 more mistakes in a.toml");
    }
}
