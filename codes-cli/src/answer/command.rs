//! A command with all that it may be answered.

use std::fmt;

use codes_core::{Class, CodeInfo, Command, CommandKind, Page, Standing, TABLE};

use super::list::{basis, basis_in_words};
use crate::page::Blocks;
use crate::words::listed;

/// A code that a command may get, and how that is known.
pub(crate) struct Row {
    pub(crate) info: &'static CodeInfo,
    /// Of each row; none where a rule for many commands allows it.
    pub(crate) standing: Vec<Standing>,
}

/// All that a command may be answered: by rows of its own, or by a rule for many commands.
pub(crate) fn answers(command: Command) -> Vec<Row> {
    let rows = TABLE.iter().filter_map(|info| {
        let mut rows = info.commands().iter();
        let has_row = rows.any(|row| row.command() == command);
        if !has_row && !command.answers().contains(&info.code()) {
            return None;
        }
        Some(Row {
            info,
            standing: basis(info, command),
        })
    });
    rows.collect()
}

/// Where a command stands in a session, and all that it may be answered.
pub(crate) fn write(command: Command, blocks: &mut Blocks) -> fmt::Result {
    blocks.title(format_args!("{command}"))?;
    blocks.paragraph(format_args!("{}", place(command)))?;
    if let Some(spec) = command.spec() {
        blocks.item("Defined in", format_args!("{spec}."))?;
    }
    if command.kind() == CommandKind::Group {
        blocks.item("Kind", format_args!("It stands for many commands at once."))?;
    }
    let rows = answers(command);
    for heading in ["Success", "Go on", "Refusal"] {
        let is_here = |row: &&Row| heading == under(row.info.class());
        let mut rows = rows.iter().filter(is_here).peekable();
        if rows.peek().is_none() {
            continue;
        }
        blocks.heading(format_args!("{heading}"))?;
        for row in rows {
            let basis = basis_in_words(&row.standing);
            blocks.item(
                row.info.code().as_str(),
                format_args!("{} ({basis})", row.info.name()),
            )?;
        }
    }
    blocks.heading(format_args!("How that is known"))?;
    blocks.paragraph(format_args!(
        "standard: RFC 5321 or RFC 7504; extension: another RFC in force; historic: an RFC no longer \
         followed; de-facto: servers that send it; general rule: what any command may get."
    ))?;
    if command.kind() == CommandKind::Group {
        return Ok(());
    }
    blocks.heading(format_args!("More"))?;
    blocks.paragraph(format_args!(
        "`smtp-codes CODE {command}` explains a code in answer to it."
    ))
}

/// The heading of the codes of a class.
const fn under(class: Class) -> &'static str {
    match class {
        Class::PositiveCompletion => "Success",
        Class::PositiveIntermediate => "Go on",
        _ => "Refusal",
    }
}

/// `It comes after RCPT; DATA may follow.`
fn place(command: Command) -> String {
    let before = Command::all().filter(|other| other.next().contains(&command));
    let before: Vec<_> = before.map(Command::name).collect();
    let after: Vec<_> = command.next().iter().map(|next| next.name()).collect();
    let mut text = format!("Replies come {}.", command.moment());
    if !before.is_empty() {
        text.push_str(&format!(
            " It stands after {}.",
            listed(before.into_iter(), "or")
        ));
    }
    if !after.is_empty() {
        text.push_str(&format!(
            " When it succeeded, {} may follow.",
            listed(after.into_iter(), "or")
        ));
    }
    text
}
