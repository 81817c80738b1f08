//! The README shows what the command prints; this compares the two.

use std::process::Command;

/// A command of a `console` block, and the lines shown below it.
struct Shown<'a> {
    command: &'a str,
    lines: Vec<&'a str>,
}

/// The line that stands for any number of lines.
const SHORTENED: &str = "[...]";

fn shown(readme: &str) -> Vec<Shown<'_>> {
    let blocks = readme.split("```console\n").skip(1);
    let blocks = blocks.filter_map(|rest| rest.split("```").next());
    let mut all: Vec<Shown<'_>> = Vec::new();
    for line in blocks.flat_map(str::lines) {
        match (line.strip_prefix("$ "), all.last_mut()) {
            (Some(command), _) => all.push(Shown {
                command,
                lines: Vec::new(),
            }),
            (None, Some(last)) => last.lines.push(line),
            (None, None) => {}
        }
    }
    all
}

/// Whether the output is what is shown. The width of a column depends on all of a list, so the number
/// of spaces in a line does not count.
fn matches(shown: &[&str], output: &[&str]) -> bool {
    let same = |a: &str, b: &str| a.split_whitespace().eq(b.split_whitespace());
    match (shown, output) {
        ([SHORTENED], _) | ([], []) => true,
        ([SHORTENED, rest @ ..], _) => (0..output.len()).any(|at| matches(rest, &output[at..])),
        ([first, rest @ ..], [line, others @ ..]) => same(first, line) && matches(rest, others),
        _ => false,
    }
}

#[test]
fn the_output_in_the_readme_is_what_the_command_prints() {
    let root = crate::root();
    let readme = std::fs::read_to_string(root.join("README.md")).expect("the README is there");
    let shown = shown(&readme);
    assert!(!shown.is_empty());
    for Shown { command, lines } in shown {
        let arguments = command
            .strip_prefix("cargo run -- ")
            .expect("the tour uses cargo run");
        let mut cargo = Command::new(std::env::var_os("CARGO").expect("the test is run by cargo"));
        cargo
            .args(["run", "--quiet", "--locked", "--offline", "--"])
            .args(arguments.split(' '));
        cargo.current_dir(&root).env_remove("COLUMNS");
        let run = cargo.output().expect("cargo can be started");
        let output = String::from_utf8(run.stdout).expect("the output is text");
        assert!(
            matches(&lines, &output.lines().collect::<Vec<_>>()),
            "README.md shows something else for `{command}` than it prints:\n\n{output}\n{}",
            String::from_utf8_lossy(&run.stderr)
        );
    }
}

#[test]
fn a_line_that_is_not_printed_is_noticed() {
    let output = ["one", "two  2", "three", "four"];
    assert!(matches(&["one", "two 2", "three", "four"], &output));
    assert!(matches(&["one", SHORTENED, "four"], &output));
    assert!(matches(&[SHORTENED, "two 2", SHORTENED], &output));
    assert!(!matches(&["one", "two 2", "three"], &output));
    assert!(!matches(&["one", "three", "four"], &output));
    assert!(!matches(&["one", SHORTENED, "five"], &output));
    assert!(!matches(&["two 2", SHORTENED], &output));
}
