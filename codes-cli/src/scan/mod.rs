//! `scan`: not there yet.

use std::process::ExitCode;

use clap::{ArgMatches, Command};

use crate::FAILED;
use crate::screen::Screen;

pub(crate) const NAME: &str = "scan";

pub(crate) fn cli() -> Command {
    Command::new(NAME).about("Count the replies of logs and bounces by cause")
}

/// Does nothing so far.
pub(crate) fn run(_matches: &ArgMatches, _screen: Screen, _json: bool) -> ExitCode {
    FAILED.into()
}
