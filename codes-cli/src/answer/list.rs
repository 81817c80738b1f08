//! The codes of the table, a line each.

use std::io;

use codes_core::{Class, CodeInfo, Command, Standing, TABLE};

use crate::page::cut;
use crate::screen::Screen;
use crate::{complain, json};

/// Which codes are listed: those that fit all that is given.
#[derive(Debug, Default)]
pub(crate) struct Filter {
    pub(crate) class: Option<Class>,
    pub(crate) command: Option<Command>,
    pub(crate) standing: Option<Standing>,
}

impl Filter {
    /// The codes that fit, in ascending order.
    pub(crate) fn codes(&self) -> Vec<&'static CodeInfo> {
        let fits = |info: &&CodeInfo| {
            self.class.is_none_or(|class| info.class() == class)
                && self.command.is_none_or(|command| may_answer(info, command))
                && self
                    .standing
                    .is_none_or(|standing| info.standing() == standing)
        };
        TABLE.iter().filter(fits).collect()
    }
}

/// The list, and whether any code is in it.
pub(crate) fn answer(filter: &Filter, screen: Screen, json: bool) -> io::Result<(String, bool)> {
    let codes = filter.codes();
    if codes.is_empty() {
        complain("smtp-codes: no code of the table fits all of these filters\n");
    }
    let text = match json {
        true => json::codes(&codes)?,
        false => lines(&codes, filter.command, screen),
    };
    Ok((text, !codes.is_empty()))
}

/// Whether a row names the two together, be it a historic one, or a rule for many commands does.
fn may_answer(info: &CodeInfo, command: Command) -> bool {
    standings(info, command).next().is_some() || command.answers().contains(&info.code())
}

fn standings(info: &CodeInfo, command: Command) -> impl Iterator<Item = Standing> {
    let rows = info.commands().iter();
    rows.filter(move |row| row.command() == command)
        .map(|row| row.standing())
}

/// Number, name, class and standing; for one command, how it is known to get the code instead of
/// the standing. Columns that the screen has no room for are left out from the right.
pub(crate) fn lines(codes: &[&CodeInfo], command: Option<Command>, screen: Screen) -> String {
    let rows: Vec<_> = codes
        .iter()
        .map(|info| {
            let last = match command {
                Some(command) => basis_in_words(&basis(info, command)),
                None => info.standing().to_string(),
            };
            [info.name().to_owned(), info.class().to_string(), last]
        })
        .collect();
    let widest = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths = [widest(0), widest(1), widest(2)];

    let mut text = String::new();
    for (info, row) in codes.iter().zip(&rows) {
        text.push_str(&screen.label(info.code().as_str()));
        let mut free = screen.width() - info.code().as_str().len();
        let mut line = String::new();
        for (cell, width) in row.iter().zip(widths) {
            match free.checked_sub(width + 2) {
                Some(rest) => {
                    line.push_str(&format!("  {cell:width$}"));
                    free = rest;
                }
                None if line.is_empty() => {
                    line.push_str(&format!("  {}", cut(cell, free - 2)));
                    break;
                }
                None => break,
            }
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// From where it is known that the command may get the code; none for a rule for many commands. A
/// historic row does not count where the code may still come today.
pub(crate) fn basis(info: &CodeInfo, command: Command) -> Vec<Standing> {
    let today = command.answers().contains(&info.code());
    let mut basis = Vec::new();
    for standing in standings(info, command) {
        let counts = !today || standing != Standing::Historic;
        if counts && !basis.contains(&standing) {
            basis.push(standing);
        }
    }
    basis
}

/// `standard, extension`
pub(crate) fn basis_in_words(basis: &[Standing]) -> String {
    if basis.is_empty() {
        return "general rule".to_owned();
    }
    let words: Vec<_> = basis.iter().map(|standing| standing.as_str()).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use codes_core::ReplyCode;

    use super::*;

    #[test]
    fn lines_fit_at_every_width() {
        let codes = Filter::default().codes();
        assert_eq!(codes.len(), TABLE.len());
        for command in [None, Some(Command::RCPT)] {
            for width in 20..=100 {
                let text = lines(&codes, command, Screen::new(width, false));
                assert_eq!(text.lines().count(), codes.len());
                for (line, info) in text.lines().zip(&codes) {
                    assert!(line.chars().count() <= width, "{width}: {line}");
                    assert_eq!(line, line.trim_end());
                    assert!(line.starts_with(info.code().as_str()), "{line}");
                }
            }
        }
    }

    #[test]
    fn a_historic_row_does_not_hide_that_the_code_may_come_today() {
        let info = |number| {
            ReplyCode::new(number)
                .and_then(ReplyCode::info)
                .expect("known")
        };
        let basis = |number| basis_in_words(&basis(info(number), Command::RCPT));
        assert_eq!(basis(421), "general rule");
        assert_eq!(basis(521), "historic");
        assert_eq!(basis(412), "de-facto");
        assert_eq!(basis(550), "standard, extension");
    }
}
