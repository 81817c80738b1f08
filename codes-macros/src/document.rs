//! The documentation of the generated items, as Markdown.

use codes_data::presence::{PointRow, Session};

use crate::escape::escaped;
use crate::labels;
use crate::model::{Class, Command, CommandKind, Enhanced, Reply, Standing};
use crate::spec;
use crate::text;

/// The page of a typed code. Of those of `codes-core` itself it has an example and links to others.
pub(crate) fn reply(reply: &Reply, session: &Session<'_>, rows: &[PointRow<'_>]) -> String {
    let title = format!("{} {}", reply.code, reply.name);
    let mut page = format!(
        "`{title}`: {}.\n\n{}\n",
        class_words(reply.code),
        escaped(&reply.description)
    );
    if !session.is_private {
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
    if let Some(phrase) = &reply.phrase {
        line(labels::PHRASE, format!("`{}`", cell(phrase)));
    }
    line(labels::STANDING, words(reply.standing.word()));
    line(labels::EXTENSIONS, reply.extensions.join(", "));
    line(labels::PLACE, places(session, rows));
    line(labels::CONNECTION, words(reply.connection.word()));
    line(labels::NEXT_ACTOR, words(reply.next_actor.word()));
    line(labels::RETRY, words(reply.retry.word()));
    line(labels::FOLLOWED_BY, links(&reply.followed_by, session));
    line(labels::ENHANCED, enhanced(reply, session));
    line(labels::SPECS, citations(&reply.specs));
    let others = session.model.see_also(reply.code);
    line(labels::SEE_ALSO, links(&others, session));
    page
}

/// `a positive intermediate reply (3yz)`
fn class_words(code: u16) -> String {
    let digit = code / 100;
    match Class::__of_digit(digit as u8) {
        Class::Other => format!("a number outside the classes of SMTP ({digit}yz)"),
        class => format!("a {} reply ({digit}yz)", words(class.word())),
    }
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

/// The text over a constant of `EnumeratedCode`.
pub(crate) fn enumerated(enhanced: &Enhanced) -> String {
    let part = enhanced.part;
    let title = match &enhanced.title {
        Some(title) => format!("`{part} {}`", cell(title)),
        None => format!("`{part}`"),
    };
    let (meaning, reference) = (escaped(&enhanced.meaning), escaped(&enhanced.reference));
    format!("{title}. {meaning}\n\nSource: {reference}.")
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

fn links(codes: &[u16], session: &Session<'_>) -> String {
    let mut links = Vec::new();
    for &code in codes {
        links.push(
            match !session.is_private && session.model.reply(code).is_some() {
                true => format!("[{code}](crate::Smtp{code})"),
                false => code.to_string(),
            },
        );
    }
    links.join(", ")
}

/// The points where the code comes, with a word on those that no RFC in force has.
fn places(session: &Session<'_>, rows: &[PointRow<'_>]) -> String {
    let mut places = Vec::new();
    for here in rows.chunk_by(|row, next| row.place == next.place) {
        let Some(point) = here.first().and_then(|row| session.points.get(row.place)) else {
            continue;
        };
        let has = |standing| here.iter().any(|row| row.row.standing == standing);
        let note = if has(Standing::Standard) || has(Standing::Extension) {
            ""
        } else if has(Standing::DeFacto) {
            " (de-facto)"
        } else {
            " (historic)"
        };
        let verb = &point.verb;
        places.push(
            match !session.is_private && point.kind != CommandKind::Group {
                true => {
                    let name = text::type_name(verb);
                    format!("[`{verb}`](crate::command::{name}){note}")
                }
                false => format!("`{verb}`{note}"),
            },
        );
    }
    places.join(", ")
}

fn enhanced(reply: &Reply, session: &Session<'_>) -> String {
    let class = (reply.code / 100).to_string();
    let mut codes = Vec::new();
    for enhanced in session.model.enhanced_of(reply.code) {
        let code = enhanced.part.to_string().replace("X", &class);
        codes.push(match &enhanced.ident {
            Some(ident) if !session.is_private => {
                format!("[{code}](crate::EnumeratedCode::{ident})")
            }
            _ => code,
        });
    }
    codes.join(", ")
}

fn citations(specs: &[String]) -> String {
    let citations: Vec<String> = specs.iter().map(|spec| citation(spec)).collect();
    citations.join(", ")
}

fn citation(spec: &str) -> String {
    match spec::url(spec) {
        Some(url) => format!("[{spec}]({url})"),
        None => escaped(spec),
    }
}

fn words(word: &str) -> String {
    word.replace("-", " ")
}

/// Inside a code span in a table nothing but the bar has a meaning.
fn cell(text: &str) -> String {
    text.replace("|", "\\|")
}
