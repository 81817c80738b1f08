//! Writes what is generated from the table of codes and committed: the reference, the list of public
//! names, and in the READMEs the table and the output of commands. `cargo xtask help` says how to call it.

mod markdown;
mod pages;
mod picture;
mod regen;
mod tour;
// Links to the files of these names in codes-macros, a macro crate, which can export nothing else.
mod escape;
mod labels;
mod spec;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use regen::COMMAND;

/// The words that the first line of everything generated has, and by which it is known again.
pub(crate) const MADE_BY: &str = "Made by `cargo xtask regen` from smtp-codes-data.toml";

const USAGE: &str = "\
Usage: cargo xtask regen [--check]

  regen           writes docs/codes.md, docs/enhanced.md, docs/names.txt, the table in README.md, the
                  output that README.md and codes-cli/README.md show of smtp-codes, which it runs, and
                  pictures of it, docs/*.svg
  regen --check   writes nothing; lists each of them that is not up to date and exits with 1
  help            prints this";

/// Does what the arguments ask for.
pub fn run(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<String> = arguments
        .map(|argument| argument.to_string_lossy().into_owned())
        .collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["regen"] => regen(),
        ["regen", "--check"] => check(),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            ExitCode::SUCCESS
        }
        [] => usage("no task is given"),
        ["regen", "--check", other, ..] | ["regen", other, ..] => {
            usage(&format!("regen does not know the argument {other:?}"))
        }
        ["help" | "--help" | "-h", other, ..] => {
            usage(&format!("help takes no argument, but got {other:?}"))
        }
        [other, ..] => usage(&format!("there is no task {other:?}")),
    }
}

fn usage(mistake: &str) -> ExitCode {
    eprintln!("{mistake}\n\n{USAGE}");
    ExitCode::from(2)
}

fn regen() -> ExitCode {
    match regen::write(&root(), &pages::outputs(), &mut tour::runner(&root())) {
        Ok(changes) if changes.is_empty() => println!("Everything is up to date."),
        Ok(changes) => changes.iter().for_each(|change| println!("{change}")),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn check() -> ExitCode {
    let problems = match regen::check(&root(), &pages::outputs(), &mut tour::runner(&root())) {
        Ok(problems) => problems,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    if problems.is_empty() {
        return ExitCode::SUCCESS;
    }
    for problem in problems {
        eprintln!("{problem}");
    }
    eprintln!("\nRun `{COMMAND}` and commit what it changes.");
    ExitCode::FAILURE
}

/// The folder of the workspace. Cargo says at run time where this package is; what was true when it
/// was compiled is the answer only for a binary that is started by hand.
fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    match package.parent() {
        Some(root) => root.to_path_buf(),
        None => package,
    }
}

/// The examples of the READMEs, which so are compiled and run with the tests.
#[cfg(doctest)]
mod readmes {
    #[doc = include_str!("../../README.md")]
    mod workspace {}
    #[doc = include_str!("../../codes-core/README.md")]
    mod core {}
    #[doc = include_str!("../../codes-data/README.md")]
    mod data {}
    #[doc = include_str!("../../codes-macros/README.md")]
    mod macros {}
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exit(arguments: &[&str]) -> String {
        format!("{:?}", run(arguments.iter().map(OsString::from)))
    }

    #[test]
    fn what_is_committed_is_what_the_table_makes() {
        let problems = regen::check(&root(), &pages::outputs(), &mut tour::runner(&root()))
            .expect("the files can be read");
        let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(
            problems.is_empty(),
            "{}\n\nRun `{COMMAND}` and commit what it changes.",
            problems.join("\n")
        );
    }

    #[test]
    fn arguments_that_nobody_knows_are_refused() {
        let usage = format!("{:?}", ExitCode::from(2));
        for arguments in [
            &[][..],
            &["regne"],
            &["regen", "--chekc"],
            &["regen", "--check", "--check"],
            &["help", "regen"],
        ] {
            assert_eq!(exit(arguments), usage, "{arguments:?}");
        }
        assert_eq!(exit(&["help"]), format!("{:?}", ExitCode::SUCCESS));
    }
}
