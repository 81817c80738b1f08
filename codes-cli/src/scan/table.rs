//! The causes in a table for a terminal, one line each.

use std::cmp::Reverse;

use super::report::{Part, Report, Told};
use super::tally::Section;
use super::text::{others, successes};
use super::words::number;
use crate::page::{cut, wrap};
use crate::screen::Screen;

/// Between two columns.
const GAP: usize = 2;
/// A title is not cut to less than this as long as a column can be left out instead.
const TITLE: usize = 24;
/// A title is not cut to less than this for its mark.
const WORD: usize = 8;
const HEADINGS: [&str; COLUMNS] = ["Codes", "At", "What it means", "Done", "Who acts"];
/// Without the count.
const COLUMNS: usize = 5;
const MEANING: usize = 2;
/// The columns that can be left out, the first one first.
const SPARE: [usize; 3] = [4, 3, 1];

pub(super) fn write(report: &Report, screen: Screen) -> Vec<String> {
    let parts = report.parts.iter();
    let causes: Vec<_> = parts
        .clone()
        .filter(|part| part.section != Section::Success)
        .collect();
    let layout = Layout::of(&causes, screen.width());
    let mut lines = Vec::new();
    if !causes.is_empty() {
        lines.push(String::new());
        let heading = layout.line("", &HEADINGS.map(str::to_owned), "");
        lines.push(screen.label(&heading));
    }
    for part in report.parts.iter() {
        if lines.len() > 2 || part.section == Section::Success {
            lines.push(String::new());
        }
        if part.section == Section::Success {
            lines.extend(wrap(&successes(part), screen.width(), ""));
            continue;
        }
        let heading = format!("{}: {}", part.section.title(), number(part.count));
        let heading = wrap(&heading, screen.width(), "");
        lines.extend(heading.iter().map(|line| screen.heading(line)));
        for told in &part.rows {
            // A whole sentence stands in the details.
            let mark = told.mark("local");
            lines.push(layout.line(&number(told.count), &cells(told), &mark));
        }
        if part.others > 0 {
            let count = number(part.others);
            let column = layout.count;
            let indent = " ".repeat(column + GAP);
            let mut text = wrap(&others(part), screen.width(), &indent);
            if let Some(first) = text.first_mut() {
                *first = format!("{count:>column$}  {}", first.trim_start());
            }
            lines.extend(text);
        }
    }
    lines
}

fn cells(told: &Told) -> [String; COLUMNS] {
    let code = told.code.map_or_else(String::new, |code| code.to_string());
    let codes = match &told.enhanced {
        Some(enhanced) => format!("{code:3} {enhanced}"),
        None => code,
    };
    let mut done: Vec<_> = told.outcomes.known().collect();
    done.sort_by_key(|(_, count)| Reverse(*count));
    let done = match done.as_slice() {
        [] => String::new(),
        [(word, _)] => (*word).to_owned(),
        [(word, _), ..] => format!("{word}, …"),
    };
    [
        codes,
        told.place.to_owned(),
        told.title.clone(),
        done,
        told.duty.doer.to_owned(),
    ]
}

/// How wide the columns are; `None` for one that is left out.
struct Layout {
    count: usize,
    columns: [Option<usize>; COLUMNS],
}

impl Layout {
    fn of(parts: &[&Part], width: usize) -> Self {
        let rows = || parts.iter().flat_map(|part| &part.rows);
        let counts = rows().map(|told| told.count);
        let counts = counts.chain(parts.iter().map(|part| part.others));
        let count = counts.map(|count| number(count).len()).max().unwrap_or(0);
        let mut widths = [0; COLUMNS];
        for cells in rows().map(cells) {
            for (widest, cell) in widths.iter_mut().zip(&cells) {
                *widest = (*widest).max(columns(cell));
            }
        }
        let mut layout = Self {
            count,
            columns: std::array::from_fn(|at| match widths[at] {
                0 => None,
                cells => Some(cells.max(columns(HEADINGS[at]))),
            }),
        };
        for spare in SPARE {
            if layout.room(width) < TITLE {
                layout.columns[spare] = None;
            }
        }
        // The marks stand behind the title.
        layout.columns[MEANING] = Some(layout.room(width));
        layout
    }

    /// What the other columns leave for the title.
    fn room(&self, width: usize) -> usize {
        let others = self.columns.iter().enumerate();
        let others = others.filter(|(at, _)| *at != MEANING);
        let others = others.filter_map(|(_, column)| *column);
        width.saturating_sub(self.count + GAP + others.map(|column| column + GAP).sum::<usize>())
    }

    fn line(&self, count: &str, cells: &[String; COLUMNS], mark: &str) -> String {
        let mut line = format!("{count:>width$}", width = self.count);
        // Without codes and place there is more room for the title.
        let is_bare = cells[..MEANING].iter().all(String::is_empty);
        let mut free = 0;
        for (at, (cell, width)) in cells.iter().zip(self.columns).enumerate() {
            let Some(width) = width else {
                continue;
            };
            if is_bare && at < MEANING {
                free += width + GAP;
                continue;
            }
            let (cell, width) = match at {
                MEANING => {
                    let width = width + free;
                    let titled = match width.checked_sub(columns(mark)) {
                        Some(room) if room >= WORD => format!("{}{mark}", cut(cell, room)),
                        _ => cut(&format!("{cell}{mark}"), width),
                    };
                    (titled, width)
                }
                _ => (cell.clone(), width),
            };
            let padding = " ".repeat(width.saturating_sub(columns(&cell)));
            line.push_str(&" ".repeat(GAP));
            line.push_str(&cell);
            line.push_str(&padding);
        }
        line.trim_end().to_owned()
    }
}

fn columns(text: &str) -> usize {
    text.chars().count()
}
