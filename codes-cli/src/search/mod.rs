//! `search`: not there yet.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::FAILED;
use crate::screen::Screen;

pub(crate) const NAME: &str = "search";

pub(crate) fn cli() -> Command {
    Command::new(NAME).about("Search the explanations")
}

/// Does nothing so far.
pub(crate) fn run(_matches: &ArgMatches, _screen: Screen, _json: bool) -> ExitCode {
    FAILED.into()
}
