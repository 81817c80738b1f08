//! `completions`: what a shell needs to complete the arguments.

mod bash;
mod mended;

use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use clap_complete::Shell;

use crate::screen::Screen;
use crate::{FAILED, args, write_out};

pub(crate) const NAME: &str = "completions";

/// A word that is no subcommand is a code, and behind a code comes what comes behind this.
const LIKE_A_CODE: &str = args::COMPARE;

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
            "Where they are looked for:\n  \
             bash  ~/.local/share/bash-completion/completions/smtp-codes\n  \
             fish  ~/.config/fish/completions/smtp-codes.fish\n  \
             zsh   ~/.zsh/_smtp-codes, after fpath=(~/.zsh $fpath) in front of compinit\n\n\
             In bash that takes the package bash-completion; else ~/.bashrc needs a line: \
             eval \"$(smtp-codes completions bash)\"",
        )
}

/// Writes them.
pub(crate) fn run(matches: &ArgMatches, _: Screen, _: bool) -> ExitCode {
    let Some(shell) = matches.get_one::<Shell>("shell") else {
        return FAILED.into();
    };
    let mut cli = args::for_completions();
    cli.build();
    let text = match shell {
        Shell::Bash => bash::script(&cli),
        shell => mended::script(*shell, &cli),
    };
    write_out(&text, 0)
}

fn names(command: &Command) -> Vec<&str> {
    command.get_subcommands().map(Command::get_name).collect()
}

/// The words from a list that are possible here.
fn values(arg: &Arg) -> Vec<String> {
    let values = arg.get_possible_values().into_iter();
    let shown = values.filter(|value| !value.is_hide_set());
    shown.map(|value| value.get_name().to_owned()).collect()
}

fn takes_path(arg: &Arg) -> bool {
    matches!(
        arg.get_value_hint(),
        ValueHint::AnyPath | ValueHint::FilePath | ValueHint::DirPath
    )
}
