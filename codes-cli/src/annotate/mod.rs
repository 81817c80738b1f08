//! `annotate`: not there yet.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::FAILED;
use crate::screen::Screen;

pub(crate) const NAME: &str = "annotate";

pub(crate) fn cli() -> Command {
    Command::new(NAME).about("Write one JSON object for each record of the input")
}

/// Does nothing so far.
pub(crate) fn run(_matches: &ArgMatches, _screen: Screen, _json: bool) -> ExitCode {
    FAILED.into()
}
