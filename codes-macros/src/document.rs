//! The documentation of the generated items, as Markdown.

use crate::expand::{class_words, stage_name};
use crate::model::{Command, CommandKind, Era, Model, Reply, Row};
use crate::spec;

/// The page of a typed code. `ours` says that the code is one of `codes-core` itself, so that links
/// and examples can name it.
pub(crate) fn reply(reply: &Reply, model: &Model, rows: &[(&Command, Row)], ours: bool) -> String {
    let title = format!("{} {}", reply.code, reply.name);
    let mut page = format!(
        "`{title}`: {}.\n\n{}\n",
        class_words(reply.code),
        escaped(&reply.description)
    );
    if ours {
        page += &example(reply, &title);
    }
    page += &format!("\n# When you see it\n\n{}\n", escaped(&reply.when));
    page += &format!("\n# What to do\n\n{}\n", escaped(&reply.fix));
    page += "\n# Facts\n\n| | |\n|---|---|\n";
    let mut line = |label: &str, value: String| {
        if !value.is_empty() {
            page += &format!("| {label} | {value} |\n");
        }
    };
    line(
        "phrase",
        reply
            .phrase
            .as_ref()
            .map(|phrase| format!("`{}`", cell(phrase)))
            .unwrap_or_default(),
    );
    line("standing", words(reply.standing.word()));
    line("extensions", reply.extensions.join(", "));
    line("answers", places(rows, ours));
    line("connection", words(reply.connection.word()));
    line("next actor", words(reply.next_actor.word()));
    line("retry", words(reply.retry.word()));
    line(
        "followed by",
        joined(
            reply
                .followed_by
                .iter()
                .map(|&code| link(code, model, ours)),
        ),
    );
    line("enhanced codes", enhanced(reply, model).join(", "));
    line(
        "defined in",
        joined(reply.specs.iter().map(|spec| citation(spec))),
    );
    line(
        "see also",
        joined(
            model
                .see_also(reply.code)
                .into_iter()
                .map(|code| link(code, model, ours)),
        ),
    );
    page
}

fn example(reply: &Reply, title: &str) -> String {
    let Some(constant) = &reply.ident else {
        return String::new();
    };
    let code = reply.code;
    format!(
        "\n```\nuse codes_core::{{ReplyCode, Smtp{code}}};\n\n\
         assert_eq!(Smtp{code}, ReplyCode::{constant});\n\
         assert_eq!(Smtp{code}.to_string(), \"{title}\");\n```\n"
    )
}

/// The line over a constant of `ReplyCode`.
pub(crate) fn constant(reply: &Reply) -> String {
    format!(
        "`{} {}`, see [`Smtp{}`](crate::Smtp{}).",
        reply.code, reply.name, reply.code, reply.code
    )
}

/// The line over a point of a session.
pub(crate) fn command(command: &Command) -> String {
    let what = match &command.moment {
        Some(moment) => format!("`{}`: a reply {}", command.verb, escaped(moment)),
        None => format!("The command `{}`", command.verb),
    };
    match &command.spec {
        Some(spec) => format!("{what} ({}).", citation(spec)),
        None => format!("{what}."),
    }
}

fn link(code: u16, model: &Model, ours: bool) -> String {
    match ours && model.reply(code).is_some() {
        true => format!("[{code}](crate::Smtp{code})"),
        false => code.to_string(),
    }
}

/// The points where the code comes, with a word on those that no RFC in force has.
fn places(rows: &[(&Command, Row)], ours: bool) -> String {
    let mut places: Vec<String> = Vec::new();
    let mut rest = rows;
    while let Some(((command, _), _)) = rest.split_first() {
        let here = rest
            .iter()
            .take_while(|(other, _)| other.verb == command.verb);
        let count = here.clone().count();
        let eras: Vec<Era> = here.map(|(_, row)| row.era).collect();
        rest = &rest[count..];
        let name = match ours && command.kind != CommandKind::Group {
            true => {
                format!(
                    "[`{}`](crate::command::{})",
                    command.verb,
                    stage_name(&command.verb)
                )
            }
            false => format!("`{}`", command.verb),
        };
        places.push(match eras.as_slice() {
            eras if eras.iter().all(|era| *era == Era::Historic) => format!("{name} (historic)"),
            eras if eras
                .iter()
                .all(|era| matches!(era, Era::Historic | Era::DeFacto)) =>
            {
                format!("{name} (de-facto)")
            }
            _ => name,
        });
    }
    places.join(", ")
}

fn enhanced(reply: &Reply, model: &Model) -> Vec<String> {
    let class = reply.code / 100;
    let concrete = |code: &str| code.replacen('X', &class.to_string(), 1);
    model.enhanced_of(reply.code).map(concrete).collect()
}

fn citation(spec: &str) -> String {
    match spec::url(spec) {
        Some(url) => format!("[{spec}]({url})"),
        None => escaped(spec),
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

fn words(word: &str) -> String {
    word.replace('-', " ")
}

/// Inside a code span in a table nothing but the bar has a meaning.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// Text in which no character is markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if "\\`*_{}[]<>#|~$&".contains(char) {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escaped("a <b> [c] `d` *e*"), r"a \<b\> \[c\] \`d\` \*e\*");
    }
}
