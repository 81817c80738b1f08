//! `explain`: what a reply means that somebody pasted.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use codes_text::{Found, find};

use crate::page::Blocks;
use crate::screen::Screen;
use crate::{NOT_FOUND, complain, write_out};

pub(crate) const NAME: &str = "explain";

pub(crate) fn cli() -> Command {
    Command::new(NAME)
        .about("Explain the replies in a text")
        .arg(
            Arg::new("text")
                .value_name("TEXT")
                .num_args(0..)
                .value_parser(value_parser!(OsString))
                .help("What a server said, in whatever wrapping"),
        )
}

/// Finds the replies in the arguments and explains each.
pub(crate) fn run(matches: &ArgMatches, screen: Screen, _json: bool) -> ExitCode {
    let words = matches.get_many::<OsString>("text").unwrap_or_default();
    let words: Vec<_> = words.map(|word| word.as_encoded_bytes()).collect();
    let text = words.join(&b' ');
    let mut blocks = Blocks::default();
    let mut any = false;
    for found in find(&text) {
        any = true;
        if let Err(error) = page(&found, &mut blocks) {
            complain(&format!("smtp-codes: cannot make the output: {error}\n"));
        }
    }
    write_out(&blocks.render(screen), if any { 0 } else { NOT_FOUND })
}

fn page(found: &Found<'_>, blocks: &mut Blocks) -> std::fmt::Result {
    match found.situation() {
        Some(situation) => situation.advice().write_to(blocks),
        None => Ok(()),
    }
}
