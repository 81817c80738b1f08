//! The reference: every code and every command, linked with each other and with the documents.

use codes_core::{CodeInfo, Command, CommandKind, CommandReply, EnhancedCode, ReplyCode, TABLE};

use super::names::constant;
use super::{class, code_anchor, command_anchor, enhanced_anchor, joined, words};
use crate::MADE_BY;
use crate::escape::escaped;
use crate::labels;
use crate::markdown::{citation, link, source};
use crate::regen::{Output, Part};

const HOW_TO_READ: &str = "\
The **standing** of a code is *standard* (RFC 5321, or RFC 7504 beside it), *extension* (another RFC in
force, or a number given by RFC 5248), *historic* (an RFC that is no longer followed) or *de facto* (no
RFC has it; servers, bounces or lists do). That of a line says the same of the fact that a command may
get a code.
";

pub(super) fn output() -> Output {
    let mut text = format!("<!-- {MADE_BY}. -->\n\n# SMTP reply codes\n\n{HOW_TO_READ}");
    text += &index();
    text += "\n## Codes\n";
    TABLE.iter().for_each(|info| text += &code_section(info));
    text += "\n## Commands\n\n\
             What may be answered at each point of a session. \"May get\" is what the types of the crate \
             allow: all that is not only historic, what holds for any command included.\n";
    Command::all().for_each(|command| text += &command_section(command));
    Output {
        path: "docs/codes.md",
        parts: vec![Part::Whole(text)],
    }
}

fn index() -> String {
    let mut text = String::new();
    let mut last = None;
    for info in &TABLE {
        let class = class(info.code());
        if last.as_ref() != Some(&class) {
            text += &format!("\n**Class: {class}**\n\n");
        }
        last = Some(class);
        text += &format!("- {}\n", titled(info));
    }
    text += "\n**Points of a session**\n\n";
    text += &format!("{}\n", joined(Command::all().map(command_link)));
    text
}

fn code_section(info: &CodeInfo) -> String {
    let code = info.code();
    let mut text = format!(
        "\n### <a id=\"{}\"></a>{}\n",
        code_anchor(code),
        escaped(&info.to_string())
    );
    for (label, words) in [
        ("What it says", info.description()),
        ("When you see it", info.when()),
        ("What to do", info.fix()),
    ] {
        text += &format!("\n**{label}.** {}\n", escaped(words));
    }
    text += "\n| Fact | |\n|---|---|\n";
    for (label, value) in facts(info) {
        if !value.is_empty() {
            text += &format!("| {label} | {value} |\n");
        }
    }
    if !info.commands().is_empty() {
        text += &format!(
            "\n| {} | {} | Source |\n|---|---|---|\n",
            labels::PLACE,
            labels::STANDING
        );
        for row in info.commands() {
            text += &row_line(&place(row.command()), row);
        }
    }
    text
}

fn facts(info: &CodeInfo) -> [(&'static str, String); 13] {
    let code = info.code();
    let category = format!(
        "{} (x{}z)",
        words(info.category().as_str()),
        code.get() / 10 % 10
    );
    let phrase = info
        .phrase()
        .map(|phrase| format!("\"{}\"", escaped(phrase)));
    [
        (
            "In Rust",
            format!(
                "`Smtp{}`, `ReplyCode::{}`",
                code.as_str(),
                constant(info.name())
            ),
        ),
        (labels::PHRASE, phrase.unwrap_or_default()),
        (labels::CLASS, class(code)),
        (labels::CATEGORY, category),
        (labels::STANDING, words(info.standing().as_str())),
        (
            labels::EXTENSIONS,
            joined(info.extensions().iter().map(|name| escaped(name))),
        ),
        (labels::CONNECTION, words(info.connection().as_str())),
        (labels::NEXT_ACTOR, words(info.next_actor().as_str())),
        (labels::RETRY, words(info.retry().as_str())),
        (
            labels::FOLLOWED_BY,
            joined(info.followed_by().iter().map(|&code| code_link(code))),
        ),
        (
            labels::ENHANCED,
            joined(code.enhanced_codes().map(enhanced_link)),
        ),
        (
            labels::SPECS,
            joined(info.specs().iter().map(|spec| citation(spec))),
        ),
        (
            labels::SEE_ALSO,
            joined(
                info.see_also()
                    .iter()
                    .filter_map(|code| code.info())
                    .map(titled),
            ),
        ),
    ]
}

fn command_section(command: Command) -> String {
    let anchor = command_anchor(command);
    let mut text = format!(
        "\n### <a id=\"{anchor}\"></a>{}\n\n",
        escaped(command.name())
    );
    text += &format!("A reply {}", escaped(&command.moment().to_string()));
    text += &command
        .spec()
        .map(|spec| format!(" ({})", citation(spec)))
        .unwrap_or_default();
    text += ".";
    if !command.next().is_empty() {
        let next = joined(command.next().iter().map(|&next| command_link(next)));
        text += &format!(" After a positive one: {next}.");
    }
    text.push('\n');
    if !command.answers().is_empty() {
        let answers = joined(command.answers().iter().map(|&code| code_link(code)));
        text += &format!("\nMay get: {answers}.\n");
    }
    let rows: Vec<String> = TABLE
        .iter()
        .flat_map(|info| lines_at(command, info))
        .collect();
    if !rows.is_empty() {
        text += &format!(
            "\n| Code | {} | Source |\n|---|---|---|\n{}",
            labels::STANDING,
            rows.concat()
        );
    }
    text
}

/// The lines of a command's table that a code has.
fn lines_at(command: Command, info: &CodeInfo) -> impl Iterator<Item = String> {
    let rows = info
        .commands()
        .iter()
        .filter(move |row| row.command() == command);
    rows.map(|row| row_line(&titled(info), row))
}

fn row_line(first: &str, row: &CommandReply) -> String {
    let standing = words(row.standing().as_str());
    format!("| {first} | {standing} | {} |\n", source(row.source()))
}

/// Where a reply comes, for the first column of a line.
fn place(command: Command) -> String {
    match command.kind() {
        CommandKind::Command => command_link(command),
        _ => link(
            &command.moment().to_string(),
            &format!("#{}", command_anchor(command)),
        ),
    }
}

fn titled(info: &CodeInfo) -> String {
    link(&info.to_string(), &format!("#{}", code_anchor(info.code())))
}

fn code_link(code: ReplyCode) -> String {
    link(code.as_str(), &format!("#{}", code_anchor(code)))
}

fn enhanced_link(code: EnhancedCode) -> String {
    let anchor = enhanced_anchor(code.without_class());
    link(&code.to_string(), &format!("enhanced.md#{anchor}"))
}

fn command_link(command: Command) -> String {
    link(command.name(), &format!("#{}", command_anchor(command)))
}
