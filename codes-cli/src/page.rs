//! Explanations and comparisons laid out for a terminal.

use std::borrow::Cow;
use std::fmt;

use codes_core::Page;
use textwrap::{Options, WordSplitter};

use crate::screen::Screen;

/// How far the blocks under a heading stand to the right.
pub(crate) const INDENT: &str = "  ";
/// Between a label and its text.
const GAP: &str = "  ";

/// The blocks of a page, kept until it is known how wide the labels of a list are.
#[derive(Debug, Default)]
pub(crate) struct Blocks(Vec<Block>);

#[derive(Debug)]
enum Block {
    Title(String),
    Heading(String),
    Paragraph(String),
    /// Facts, each with its label.
    List(Vec<(String, String)>),
}

impl Page for Blocks {
    fn title(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.0.push(Block::Title(text.to_string()));
        Ok(())
    }

    fn heading(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.0.push(Block::Heading(text.to_string()));
        Ok(())
    }

    fn paragraph(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.0.push(Block::Paragraph(text.to_string()));
        Ok(())
    }

    fn item(&mut self, label: &str, text: fmt::Arguments<'_>) -> fmt::Result {
        let item = (label.to_owned(), text.to_string());
        match self.0.last_mut() {
            Some(Block::List(items)) => items.push(item),
            _ => self.0.push(Block::List(vec![item])),
        }
        Ok(())
    }
}

impl Blocks {
    /// Adds the blocks of another page at the end.
    pub(crate) fn append(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Takes away the blocks from this heading on.
    pub(crate) fn split_at_heading(&mut self, heading: &str) -> Self {
        let is_it = |block: &Block| matches!(block, Block::Heading(text) if text == heading);
        let at = self.0.iter().position(is_it);
        Self(self.0.split_off(at.unwrap_or(self.0.len())))
    }

    /// The page as lines that fit the screen.
    pub(crate) fn render(&self, screen: Screen) -> String {
        let mut lines: Vec<String> = Vec::new();
        let mut indent = "";
        let mut previous: Option<&Block> = None;
        for block in &self.0 {
            if !matches!(previous, None | Some(Block::Heading(_))) {
                lines.push(String::new());
            }
            match block {
                Block::Title(text) => {
                    indent = "";
                    let wrapped = wrap(text, screen.width(), "");
                    lines.extend(wrapped.iter().map(|line| screen.title(line)));
                }
                Block::Heading(text) => {
                    indent = INDENT;
                    let wrapped = wrap(text, screen.width(), "");
                    lines.extend(wrapped.iter().map(|line| screen.heading(line)));
                }
                Block::Paragraph(text) => lines.extend(wrap(text, screen.width(), indent)),
                Block::List(items) => lines.extend(list(items, indent, screen)),
            }
            previous = Some(block);
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

/// Labels and texts side by side, or one below the other where the labels take too much room.
fn list(items: &[(String, String)], indent: &str, screen: Screen) -> Vec<String> {
    let widest = items.iter().map(|(label, _)| columns(label)).max();
    let column = widest.unwrap_or(0);
    let side_by_side = column * 4 <= screen.width();
    let mut lines = Vec::new();
    for (label, text) in items {
        if side_by_side {
            let hanging = " ".repeat(indent.len() + column + GAP.len());
            let texts = wrap(text, screen.width(), &hanging).join("\n");
            let padding = " ".repeat(column - columns(label));
            let label = screen.label(label);
            lines.push(format!(
                "{indent}{label}{padding}{GAP}{}",
                texts.trim_start()
            ));
        } else {
            let labels = wrap(label, screen.width(), indent);
            lines.extend(labels.iter().map(|line| screen.label(line)));
            let deeper = format!("{indent}{INDENT}");
            lines.extend(wrap(text, screen.width(), &deeper));
        }
    }
    lines
}

fn columns(text: &str) -> usize {
    textwrap::core::display_width(text)
}

/// Lines of at most this width, each behind the indent.
pub(crate) fn wrap(text: &str, width: usize, indent: &str) -> Vec<String> {
    let options = Options::new(width)
        .initial_indent(indent)
        .subsequent_indent(indent)
        // A name such as DATA-BODY stays in one piece.
        .word_splitter(WordSplitter::NoHyphenation);
    let lines = textwrap::wrap(text, options).into_iter();
    lines.map(Cow::into_owned).collect()
}

/// The text, cut where it is longer than the width.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use codes_core::{ReplyCode, Subject, TABLE, compare};

    use super::*;

    /// Explanations and comparisons of all codes of the table and of one that it lacks.
    fn pages() -> Vec<Blocks> {
        let unknown = Subject::from(ReplyCode::new(699).expect("three digits"));
        let known: Vec<_> = TABLE.iter().map(Subject::from).collect();
        let mut pages = Vec::new();
        let mut other = unknown;
        for &subject in known.iter().chain([&unknown]) {
            let mut explained = Blocks::default();
            subject.write_to(&mut explained).expect("cannot fail");
            let mut compared = Blocks::default();
            let both = compare(other, subject);
            both.write_to(&mut compared).expect("cannot fail");
            pages.extend([explained, compared]);
            other = subject;
        }
        pages
    }

    #[test]
    fn lines_fit_at_every_width() {
        for page in pages() {
            for width in [20, 21, 33, 59, 60, 61, 80, 100] {
                let text = page.render(Screen::new(width, false));
                for line in text.lines() {
                    assert!(columns(line) <= width, "{width}: {line}");
                    assert_eq!(line, line.trim_end(), "{width}");
                }
                assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{text}");
                assert!(!text.contains("\n\n\n"), "{text}");
            }
        }
    }

    #[test]
    fn a_wide_and_a_narrow_page_have_the_same_words() {
        let words =
            |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        for page in pages() {
            let wide = page.render(Screen::new(100, false));
            let narrow = page.render(Screen::new(40, false));
            assert_eq!(words(&wide), words(&narrow));
        }
    }

    #[test]
    fn colour_changes_nothing_else() {
        for page in pages() {
            let mut coloured = page.render(Screen::new(60, true));
            assert!(coloured.starts_with("\u{1b}[1m"));
            for style in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[36m"] {
                coloured = coloured.replace(style, "");
            }
            assert_eq!(coloured, page.render(Screen::new(60, false)));
        }
    }

    #[test]
    fn a_text_that_does_not_fit_is_cut() {
        assert_eq!(cut("Mailbox Unavailable", 19), "Mailbox Unavailable");
        assert_eq!(cut("Mailbox Unavailable", 10), "Mailbox U…");
        assert_eq!(cut("Mailbox Unavailable", 9), "Mailbox…");
    }

    #[test]
    fn names_stay_in_one_piece() {
        assert_eq!(wrap("after DATA-BODY", 12, ""), ["after", "DATA-BODY"]);
    }

    #[test]
    fn texts_of_a_list_begin_in_one_column_if_there_is_room() {
        let mut page = Blocks::default();
        for (label, text) in [("Class", "one two"), ("Connection", "three")] {
            page.item(label, format_args!("{text}"))
                .expect("cannot fail");
        }
        let wide = page.render(Screen::new(40, false));
        assert_eq!(wide, "Class       one two\nConnection  three\n");
        let narrow = page.render(Screen::new(20, false));
        assert_eq!(narrow, "Class\n  one two\nConnection\n  three\n");
    }
}
