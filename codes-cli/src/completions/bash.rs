//! The script for bash, which is our own. The one of clap_complete misses all subcommands of a command
//! with a hyphen in its name (clap-rs/clap#6421), does not know that bash takes `=` for a word, and
//! offers options where a path is due; to mend all that takes more than to write it.

use std::iter::once;

use clap::{Arg, Command};

use super::{LIKE_A_CODE, names, takes_path, values};

const SCRIPT: &str = include_str!("smtp-codes.bash");

pub(super) fn script(cli: &Command) -> String {
    let (mut behind_options, mut words) = (Vec::new(), Vec::new());
    let commands = cli
        .get_subcommands()
        .map(|command| (command.get_name(), command));
    for (name, command) in once(("", cli)).chain(commands) {
        for option in command.get_opts() {
            let option_of = |spelling| format!("{name},{spelling}");
            let patterns: Vec<_> = spellings(option).map(option_of).collect();
            behind_options.push(format!("{}) {} ;;", patterns.join(" | "), expected(option)));
        }
        let options = command.get_arguments().filter(|arg| !arg.is_positional());
        let options: Vec<_> = options.flat_map(spellings).collect();
        let subcommands = names(command).join(" ");
        let first = match command.get_positionals().next() {
            Some(arg) => expected(arg),
            None => format!("words=\"{subcommands}\""),
        };
        let options = options.join(" ");
        words.push(format!("\"{name}\") options=\"{options}\" {first} ;;"));
    }
    let with_value: Vec<_> = cli.get_opts().flat_map(spellings).collect();
    SCRIPT
        .replace("@with a value@", &with_value.join(" | "))
        .replace("@subcommands@", &names(cli).join(" | "))
        .replace("@like a code@", LIKE_A_CODE)
        .replace("@behind options@", &behind_options.join("\n        "))
        .replace("@words@", &words.join("\n                    "))
}

/// What is set for words in this place.
fn expected(arg: &Arg) -> String {
    if takes_path(arg) {
        "paths=yes".to_owned()
    } else {
        format!("words=\"{}\"", values(arg).join(" "))
    }
}

fn spellings(arg: &Arg) -> impl Iterator<Item = String> {
    let long = arg.get_long_and_visible_aliases().unwrap_or_default();
    let short = arg.get_short_and_visible_aliases().unwrap_or_default();
    let long = long.into_iter().map(|long| format!("--{long}"));
    long.chain(short.into_iter().map(|short| format!("-{short}")))
}
