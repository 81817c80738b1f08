//! The scripts of clap_complete, for some shells with what they get wrong put right.

use clap::Command;
use clap_complete::{Shell, generate};

use super::{LIKE_A_CODE, names, takes_path, values};
use crate::args;

pub(super) fn script(shell: Shell, cli: &Command) -> String {
    let mends = mends(shell, cli);
    let text = mends.iter().fold(generated(shell), |text, (wrong, right)| {
        text.replace(wrong, right)
    });
    match shell {
        Shell::Fish => text + &words_for_fish(cli),
        _ => text,
    }
}

fn generated(shell: Shell) -> String {
    // Not the one that is built already, as the name for the generator goes into what is built.
    let mut cli = args::for_completions();
    let name = cli.get_name().to_owned();
    let mut text = Vec::new();
    generate(shell, &mut cli, name, &mut text);
    String::from_utf8_lossy(&text).into_owned()
}

/// What is wrong in the script for a shell, and what is right instead.
fn mends(shell: Shell, cli: &Command) -> Vec<(String, String)> {
    let pair = |wrong: &str, right: &str| (wrong.to_owned(), right.to_owned());
    let mut names = names(cli);
    match shell {
        Shell::Zsh => vec![
            // What follows a word that is no subcommand.
            pair(
                "case $line[1] in",
                &format!(
                    "case ${{${{(M)line[1]:#({})}}:-{LIKE_A_CODE}}} in",
                    names.join("|")
                ),
            ),
            // With two colons no option is completed behind the first word: `scan mail.log --js`.
            pair("'*::", "'*:"),
            // Nothing to be done is a message, and beside one zsh shows a single option without
            // inserting it: `550 521 --js`.
            pair(":' \\\n", ":( )' \\\n"),
        ],
        Shell::Fish => {
            let all = names.join(" ");
            names.retain(|name| *name != "help");
            vec![
                // An option that waits for its value is a mistake to this parser: `--color `.
                pair("    or return\n", "    or return 0\n"),
                // What follows a word that is no subcommand.
                pair(
                    "    contains -- $cmd[1] $argv\n",
                    &format!(
                        "    contains -- $cmd[1] {all}\n    or set cmd {LIKE_A_CODE}\n    \
                         contains -- $cmd[1] $argv\n"
                    ),
                ),
                // `help` itself would be the one that was seen.
                pair(
                    &format!("not __fish_seen_subcommand_from {all}\""),
                    &format!("not __fish_seen_subcommand_from {}\"", names.join(" ")),
                ),
            ]
        }
        _ => vec![],
    }
}

/// The words that are no options, of which clap_complete writes nothing: without this they are files.
fn words_for_fish(cli: &Command) -> String {
    let name = cli.get_name();
    let function = format!("__fish_{}_using_subcommand", name.replace('-', "_"));
    let without_paths = cli
        .get_subcommands()
        .filter(|command| !command.get_positionals().any(takes_path));
    let lines = without_paths.map(|command| {
        let words: Vec<_> = command.get_positionals().flat_map(values).collect();
        format!(
            "complete -c {name} -n \"{function} {}\" -f -a \"{}\"\n",
            command.get_name(),
            words.join(" ")
        )
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_mended_is_still_wrong() {
        let mut cli = args::for_completions();
        cli.build();
        for shell in [Shell::Zsh, Shell::Fish] {
            let text = generated(shell);
            for (wrong, _) in mends(shell, &cli) {
                assert!(
                    text.contains(&wrong),
                    "clap_complete writes no {wrong:?} for {shell}: mend it in another way, or no more"
                );
            }
        }
        assert!(
            generated(Shell::Bash).contains("smtp__subcmd__codes"),
            "clap_complete may do for bash now"
        );
    }
}
