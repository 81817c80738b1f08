//! The answers to bare words, each a page.

pub(crate) mod command;
pub(crate) mod enhanced;
pub(crate) mod group;
pub(crate) mod list;

use std::fmt;
use std::io;
use std::process::ExitCode;

use codes_core::{ReplyCode, Subject, compare};

use crate::json;
use crate::page::Blocks;
use crate::question::Question;
use crate::reply::combination::Combination;
use crate::reply::sheet::Sheet;
use crate::screen::Screen;

/// The whole output, and whether all that was asked about is in a table.
fn to(question: &Question, screen: Screen, json: bool) -> io::Result<(String, bool)> {
    let text = match json {
        true => in_json(question, screen)?,
        false => page(question)?.render(screen),
    };
    Ok((text, is_known(question)))
}

/// Writes the answer.
pub(crate) fn write_out(question: &Question, screen: Screen, json: bool) -> ExitCode {
    crate::write_answer(to(question, screen, json))
}

fn is_known(question: &Question) -> bool {
    let known = |code: ReplyCode| code.info().is_some();
    match question {
        Question::Code(code) => known(*code),
        Question::Compare(left, right) => known(*left) && known(*right),
        Question::Enhanced(code) => code.info().detail().is_some(),
        Question::Enumerated(code) => code.info().is_some(),
        Question::Combination(parts) => {
            let detail = |code: codes_core::EnhancedCode| code.info().detail().is_some();
            parts.code.is_none_or(known) && parts.enhanced.is_none_or(detail)
        }
        Question::Group(group) => group::is_known(*group),
        Question::Command(_) | Question::Text(_) => true,
    }
}

fn page(question: &Question) -> io::Result<Blocks> {
    let mut blocks = Blocks::default();
    write(question, &mut blocks).map_err(io::Error::other)?;
    Ok(blocks)
}

fn write(question: &Question, blocks: &mut Blocks) -> fmt::Result {
    match *question {
        Question::Code(code) => Subject::from(code).write_to(blocks),
        Question::Compare(left, right) => compare(left, right).write_to(blocks),
        Question::Enhanced(code) => enhanced::write(code, blocks),
        Question::Enumerated(code) => enhanced::write_all_classes(code, blocks),
        Question::Combination(parts) => sheet(parts)?.write_to(blocks, true),
        Question::Group(group) => group::write(group, blocks),
        Question::Command(command) => command::write(command, blocks),
        // Explained where it is read.
        Question::Text(_) => Ok(()),
    }
}

fn sheet(parts: Combination) -> Result<Sheet, fmt::Error> {
    Sheet::of(parts, parts.situation().map(|situation| situation.advice()))
}

fn in_json(question: &Question, screen: Screen) -> io::Result<String> {
    let text = || -> io::Result<String> { Ok(page(question)?.render(screen.without_colour())) };
    match *question {
        Question::Code(code) => json::code(code.into()),
        Question::Compare(left, right) => json::comparison(&compare(left, right), text()?),
        Question::Enhanced(code) => json::enhanced(code, text()?),
        Question::Enumerated(code) => json::enumerated(code, text()?),
        Question::Combination(parts) => {
            let sheet = sheet(parts).map_err(io::Error::other)?;
            json::combination(parts, &sheet, text()?)
        }
        Question::Group(group) => json::group(group, text()?),
        Question::Command(command) => json::command(command, text()?),
        // Explained where it is read.
        Question::Text(_) => Ok(String::new()),
    }
}

#[cfg(test)]
mod tests {
    use codes_core::{Smtp354, Smtp521};

    use super::*;

    #[test]
    fn json_has_no_colour_on_a_terminal_either() {
        let question = Question::Compare(Smtp354.code(), Smtp521.code());
        let answered = |json| {
            let (text, _) = to(&question, Screen::new(80, true), json).expect("cannot fail");
            text
        };
        assert!(answered(false).contains('\u{1b}'));
        // JSON writes the escape character as \u001b.
        assert!(!answered(true).contains("001b"));
    }
}
