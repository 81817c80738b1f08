//! `completions`: what a shell needs to complete the arguments.

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use clap_complete::{Shell, generate};

use crate::screen::Screen;
use crate::{FAILED, args, write_out};

pub(crate) const NAME: &str = "completions";

pub(crate) fn cli() -> Command {
    Command::new(NAME)
        .about("Write completions for a shell, to be put where it looks for them")
        .override_usage("smtp-codes completions SHELL")
        .arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(value_parser!(Shell))
                .help("The shell that they are for"),
        )
        .after_help(
            "For bash: smtp-codes completions bash > \
             ~/.local/share/bash-completion/completions/smtp-codes",
        )
}

/// Writes them.
pub(crate) fn run(matches: &ArgMatches, _: Screen, _: bool) -> ExitCode {
    let Some(shell) = matches.get_one::<Shell>("shell") else {
        return FAILED.into();
    };
    let mut cli = args::cli();
    let name = cli.get_name().to_owned();
    let mut text = Vec::new();
    generate(*shell, &mut cli, name, &mut text);
    write_out(&String::from_utf8_lossy(&text), 0)
}
