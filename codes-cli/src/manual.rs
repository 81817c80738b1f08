//! What the command says about itself to a shell and to `man`.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use crate::FAILED;
use crate::screen::Screen;

pub(crate) const COMPLETIONS: &str = "completions";
pub(crate) const MAN: &str = "man";

pub(crate) fn completions_cli() -> Command {
    Command::new(COMPLETIONS)
        .about("Write completions for a shell")
        .arg(Arg::new("shell").value_name("SHELL").required(true))
}

pub(crate) fn man_cli() -> Command {
    Command::new(MAN).about("Write the man page")
}

pub(crate) fn completions(_: &ArgMatches, _: Screen, _: bool) -> ExitCode {
    FAILED.into()
}

pub(crate) fn man(_: &ArgMatches, _: Screen, _: bool) -> ExitCode {
    FAILED.into()
}
