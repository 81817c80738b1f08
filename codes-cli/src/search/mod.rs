//! `search`: which code, enhanced code or command some words are about.

mod documents;
mod rank;
mod word;

use std::io;
use std::ops::Range;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use serde::Serialize;

use crate::page::{INDENT, wrap};
use crate::screen::Screen;
use crate::visible::visible;
use crate::{FAILED, NOT_FOUND, complain, write_out};
use rank::Findings;

pub(crate) const NAME: &str = "search";

/// Octets of a sentence that are shown, roughly.
const LONGEST: usize = 220;
/// How many of them stand before the first word that fits, at most.
const BEFORE: usize = 90;

pub(crate) fn cli() -> Command {
    Command::new(NAME)
        .override_usage("smtp-codes search [OPTIONS] WORD...")
        .about("Search all texts about codes, enhanced codes, commands and pairs of codes")
        .arg_required_else_help(true)
        .arg(
            Arg::new("word")
                .value_name("WORD")
                .num_args(1..)
                .value_hint(ValueHint::Other)
                .required(true)
                .help("What to look for: words in any order, or a number"),
        )
        .arg(
            Arg::new("limit")
                .long("limit")
                .value_name("N")
                .value_parser(value_parser!(u32).range(1..))
                .value_hint(ValueHint::Other)
                .default_value("10")
                .help("Show at most so many, the best first"),
        )
        .after_help(
            "A word also fits with another ending, as the beginning of a longer one and, where no \
             text has it, with a slip of the finger. What has all the words comes before all else; \
             numbers and names count most. What is shown on the left is what smtp-codes explains.\n\n\
             Exit status: 0; 1 where nothing fits; 2 for a wrong argument or output that cannot be \
             written.",
        )
}

#[derive(Serialize)]
struct Answer<'a> {
    query: &'a [String],
    unknown: &'a [&'a str],
    count: usize,
    hits: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Row<'a> {
    about: &'a str,
    kind: &'static str,
    name: &'a str,
    text: Option<&'a str>,
}

/// Searches and writes what fits.
pub(crate) fn run(matches: &ArgMatches, screen: Screen, json: bool) -> ExitCode {
    let words = matches.get_many::<String>("word").unwrap_or_default();
    let words: Vec<_> = words.map(String::as_str).collect();
    let wanted = word::of_query(&words.join(" "));
    let limit = matches.get_one::<u32>("limit");
    let limit = limit.map_or(usize::MAX, |&limit| limit as usize);
    let documents = documents::all();
    let findings = rank::search(&documents, &wanted);
    tell(&findings, &words);
    let text = match json {
        true => as_json(&findings, &wanted, limit),
        false => Ok(as_text(&findings, limit, screen)),
    };
    let status = if findings.hits.is_empty() {
        NOT_FOUND
    } else {
        0
    };
    match text {
        Ok(text) => write_out(&text, status),
        Err(error) => {
            complain(&format!("smtp-codes: cannot make the output: {error}\n"));
            FAILED.into()
        }
    }
}

/// Says which words were no help.
fn tell(findings: &Findings<'_>, words: &[&str]) {
    if findings.hits.is_empty() {
        let words = visible(words.join(" ").as_bytes());
        complain(&format!(
            "smtp-codes: nothing fits '{words}'\n\n  try other or fewer words, or see all codes with \
             `smtp-codes list`\n"
        ));
    } else if !findings.unknown.is_empty() {
        let unknown = visible(findings.unknown.join(", ").as_bytes());
        complain(&format!("smtp-codes: no text has: {unknown}\n"));
    }
}

fn as_json(findings: &Findings<'_>, query: &[String], limit: usize) -> io::Result<String> {
    let rows = findings.hits.iter().take(limit).map(|hit| Row {
        about: &hit.document.about,
        kind: hit.document.kind.word(),
        name: &hit.document.name,
        text: hit.sentence().map(|(sentence, _)| sentence),
    });
    let answer = Answer {
        query,
        unknown: &findings.unknown,
        count: findings.hits.len(),
        hits: rows.collect(),
    };
    let text = serde_json::to_string_pretty(&answer)?;
    Ok(crate::visible::json(&text) + "\n")
}

fn as_text(findings: &Findings<'_>, limit: usize, screen: Screen) -> String {
    let shown = &findings.hits[..findings.hits.len().min(limit)];
    let widest = shown.iter().map(|hit| hit.document.about.len()).max();
    let column = widest.unwrap_or(0);
    let mut lines = Vec::new();
    for hit in shown {
        let about = &hit.document.about;
        let padding = " ".repeat(column - about.len() + INDENT.len());
        let room = screen.width().saturating_sub(column + INDENT.len()).max(1);
        let name = marked(&hit.document.name, &hit.in_name, screen);
        let names = wrap(&name, room, "");
        let hanging = " ".repeat(column + INDENT.len());
        let name = names.join(&format!("\n{hanging}"));
        lines.push(format!("{}{padding}{name}", screen.label(about)));
        if let Some((sentence, places)) = hit.sentence() {
            let text = marked(sentence, places, screen);
            lines.extend(wrap(&text, screen.width(), &hanging));
        }
    }
    let left = findings.hits.len() - shown.len();
    if left > 0 {
        lines.push(format!("\n{left} more; --limit N shows them"));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The part of a sentence where the first words stand, with the words marked.
fn marked(sentence: &str, places: &[Range<usize>], screen: Screen) -> String {
    let first = places.first().map_or(0, |place| place.start);
    let start = match sentence.len() > LONGEST && first > BEFORE {
        true => beginning_of_word(sentence, first - BEFORE),
        false => 0,
    };
    let end = match sentence.len() - start > LONGEST {
        true => beginning_of_word(sentence, start + LONGEST),
        false => sentence.len(),
    };
    let mut text = String::from(if start > 0 { "… " } else { "" });
    let mut at = start;
    for place in places.iter().filter(|place| place.end <= end) {
        text.push_str(&sentence[at..place.start]);
        text.push_str(&screen.title(&sentence[place.clone()]));
        at = place.end;
    }
    text.push_str(sentence[at..end].trim_end());
    if end < sentence.len() {
        text.push_str(" …");
    }
    text
}

/// Where a word begins, at this octet or behind it.
fn beginning_of_word(text: &str, at: usize) -> usize {
    let spaces = text.match_indices(' ').map(|(space, _)| space + 1);
    let mut behind = spaces.filter(|&word| word >= at);
    behind.next().unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use codes_core::TABLE;

    use super::*;

    #[test]
    fn names_and_numbers_find_their_codes() {
        let documents = documents::all();
        let about = |words: &str| -> Vec<String> {
            let wanted = word::of_query(words);
            let findings = rank::search(&documents, &wanted);
            let hits = findings.hits.iter().take(3);
            hits.map(|hit| hit.document.about.clone()).collect()
        };
        // Some of them, so that the test takes seconds.
        for info in TABLE.iter().step_by(3) {
            let found = about(info.name());
            let code = info.code().as_str().to_owned();
            assert!(found.contains(&code), "{info}: {found:?}");
        }
        let codes = TABLE.iter().map(|info| info.code().as_str().to_owned());
        let registered = codes_core::EnumeratedCode::registered().iter();
        for number in codes.chain(registered.map(ToString::to_string)).step_by(7) {
            assert_eq!(about(&number).first(), Some(&number));
        }
    }
}
