//! One mistake in a data file, and how the person who made it gets to see it.

use crate::text;
use std::ops::Range;

/// More than this on one screen is not read any more.
const MOST_MESSAGES: usize = 20;
/// Columns of a snippet; a longer line is cut around the caret.
const MOST_COLUMNS: usize = 100;
/// Columns that are kept in front of the caret where a line is cut.
const COLUMNS_BEFORE: usize = 40;

/// One mistake and its place. Places are byte offsets in the text of the file.
#[derive(Debug, Clone)]
pub struct Problem {
    /// May be empty: then a single caret stands there.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// A second place and what is there, `first defined`.
    pub related: Option<(Range<usize>, String)>,
    /// What to do about it.
    pub help: Option<String>,
}

impl Problem {
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            related: None,
            help: None,
        }
    }

    pub(crate) fn related(mut self, span: Range<usize>, what: &str) -> Self {
        self.related = Some((span, what.to_owned()));
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn render(&self, file: &str, text: &str) -> String {
        let place = Place::of(text, self.span.start);
        let number = place.line.to_string();
        let margin = " ".repeat(number.len());
        let (line, caret) = snippet(&place, text, self.span.end);
        let mut message = format!(
            "{file}:{}:{}: {}\n{margin} |\n{number} | {line}\n{margin} | {caret}",
            place.line, place.column, self.message
        );
        let mut notes = Vec::new();
        if let Some((span, what)) = &self.related {
            let other = Place::of(text, span.start);
            notes.push(format!(
                "note: {what} at {file}:{}:{}",
                other.line, other.column
            ));
        }
        if let Some(help) = &self.help {
            let indent = format!("\n{margin}         ");
            notes.push(format!("help: {}", help.replace("\n", &indent)));
        }
        if !notes.is_empty() {
            message.push_str(&format!("\n{margin} |"));
        }
        for note in notes {
            message.push_str(&format!("\n{margin} = {note}"));
        }
        message
    }
}

/// All problems as messages, in the order of the file; of very many only the first, and their count.
pub fn render(file: &str, text: &str, problems: &[Problem]) -> Vec<String> {
    let mut sorted: Vec<&Problem> = Vec::new();
    for problem in problems {
        let place = (problem.span.start, problem.span.end);
        // Behind those at the same place that were found earlier.
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
struct Place<'t> {
    line: usize,
    column: usize,
    offset: usize,
    line_start: usize,
    line_text: &'t str,
}

impl<'t> Place<'t> {
    fn of(text: &'t str, offset: usize) -> Self {
        // What is wrong at the end of the file is shown behind the last thing in it, not on an
        // empty line.
        let offset = text.floor_char_boundary(offset);
        let written = text.trim_end().len();
        let offset = if offset >= text.len() {
            written
        } else {
            offset
        };
        let before = text.get(..offset).unwrap_or_default();
        let (line, column) = line_and_column(before);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let rest = text.get(line_start..).unwrap_or_default();
        Self {
            line,
            column,
            offset,
            line_start,
            line_text: rest.split('\n').next().unwrap_or_default(),
        }
    }
}

/// The line and the column behind a piece of text from the start of a file.
pub(crate) fn line_and_column(before: &str) -> (usize, usize) {
    let last = before.rsplit_once('\n').map_or(before, |(_, last)| last);
    (before.matches('\n').count() + 1, last.chars().count() + 1)
}

/// The line of the place and the line of carets under it, ready to print.
fn snippet(place: &Place<'_>, text: &str, end: usize) -> (String, String) {
    let mut cells = Vec::new();
    for c in place.line_text.chars() {
        cells.push(cell(c));
    }
    let line_end = place.line_start + place.line_text.len();
    let end = text
        .floor_char_boundary(end)
        .clamp(place.offset, line_end.max(place.offset));
    let marked = text
        .get(place.offset..end)
        .unwrap_or_default()
        .chars()
        .count();
    let first = place.column - 1;
    let window = window(&cells, first);
    let (before, after) = (window.start > 0, window.end < cells.len());

    let mut line = String::new();
    let mut caret = String::new();
    if before {
        line.push('…');
        caret.push(' ');
    }
    for (index, (shown, width)) in cells.iter().enumerate() {
        if !window.contains(&index) {
            continue;
        }
        line.push_str(shown);
        let mark = if (first..first + marked).contains(&index) {
            '^'
        } else {
            ' '
        };
        for _ in 0..*width {
            caret.push(mark);
        }
    }
    if after {
        line.push('…');
    }
    let mut caret = caret.trim_end().to_owned();
    if !caret.contains('^') {
        let shift: usize = (window.start..first.min(window.end))
            .map(|i| cells[i].1)
            .sum();
        caret = format!("{}^", " ".repeat(shift + usize::from(before)));
    }
    (line.trim_end().to_owned(), caret)
}

/// The part of a line that fits, with the caret's character in it.
fn window(cells: &[(String, usize)], first: usize) -> Range<usize> {
    if cells.iter().map(|cell| cell.1).sum::<usize>() <= MOST_COLUMNS {
        return 0..cells.len();
    }
    let first = first.min(cells.len());
    let (mut start, mut end, mut width) = (first, first, 0);
    while start > 0 && width + cells[start - 1].1 <= COLUMNS_BEFORE {
        start -= 1;
        width += cells[start].1;
    }
    while end < cells.len() && width + cells[end].1 <= MOST_COLUMNS {
        width += cells[end].1;
        end += 1;
    }
    start..end
}

/// How a character is shown, and how many columns it then takes in a terminal.
fn cell(c: char) -> (String, usize) {
    if c == '\t' {
        (" ".to_owned(), 1)
    } else if text::is_hidden(c) {
        let shown = text::escape(c);
        let width = shown.len();
        (shown, width)
    } else {
        (c.to_string(), columns(c))
    }
}

/// An approximation that holds for what stands in such files: carets need no more.
fn columns(c: char) -> usize {
    match c {
        '\u{300}'..='\u{36F}' | '\u{20D0}'..='\u{20FF}' | '\u{FE00}'..='\u{FE0F}' => 0,
        '\u{1100}'..='\u{115F}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7A3}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF60}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{1F300}'..='\u{1FAFF}'
        | '\u{20000}'..='\u{3FFFD}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::{Problem, render};

    fn shown(text: &str, span: std::ops::Range<usize>) -> String {
        render("a.toml", text, &[Problem::new(span, "no")]).concat()
    }

    #[test]
    fn all_parts_of_a_message_have_their_line() {
        let problem = Problem::new(6..9, "no")
            .related(0..1, "first")
            .help("one\ntwo");
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
    fn the_end_of_the_file_is_behind_the_last_thing() {
        let end = "a.toml:1:4: no\n  |\n1 | a =\n  |    ^";
        assert_eq!(shown("a =", 3..3), end);
        assert_eq!(shown("a =\n\n", 5..5), end);
        assert_eq!(shown("a =\n\n", 99..199), end);
        assert_eq!(shown("", 0..0), "a.toml:1:1: no\n  |\n1 | \n  | ^");
    }

    #[test]
    fn hidden_and_wide_characters_move_the_caret() {
        assert_eq!(
            shown("\u{202E}\t字x", 7..8),
            "a.toml:1:4: no\n  |\n1 | \\u{202E} 字x\n  |            ^"
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
        let problems = [Problem::new(2..3, "two"), Problem::new(0..1, "one")];
        let messages = render("a.toml", "a\nb", &problems);
        assert!(messages[0].starts_with("a.toml:1:1: one"));
        assert!(messages[1].starts_with("a.toml:2:1: two"));
    }

    #[test]
    fn after_twenty_the_rest_is_counted() {
        let many = |count| render("a.toml", "a", &vec![Problem::new(0..1, "no"); count]);
        assert_eq!(many(20).len(), 20);
        assert_eq!(many(21)[20], "… and 1 more mistake in a.toml");
        assert_eq!(many(25)[20], "… and 5 more mistakes in a.toml");
    }
}
