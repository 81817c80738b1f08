//! The command as people and programs run it.

mod annotate;
mod bounce;
#[cfg(unix)]
mod completions;
mod explain;
mod json;
mod manual;
mod output;
mod scan;
mod scan_input;
mod scan_messages;
mod search;
mod usage;
mod words;

use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Stdio};

use codes_core::{ReplyCode, TABLE};
use serde_json::Value;

/// What a run left behind.
struct Run {
    status: Option<i32>,
    out: String,
    err: String,
}

/// The command with these arguments, away from the settings of whoever runs the tests.
fn command<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_smtp-codes"));
    command.args(args).stdin(Stdio::null());
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(variable);
    }
    command
}

fn run<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Run {
    finish(&mut command(args))
}

fn finish(command: &mut Command) -> Run {
    let output = command.output().expect("the command runs");
    Run {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// The command with this text on standard input.
fn fed<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, input: impl Into<Vec<u8>>) -> Run {
    feed(&mut command(args), input)
}

/// The same for a command that is set up further. It may end before it has read everything.
fn feed(command: &mut Command, input: impl Into<Vec<u8>>) -> Run {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut pipe = child.stdin.take().expect("a pipe");
    let input = input.into();
    // Apart, so that neither waits for the other where both are long.
    let writer = std::thread::spawn(move || pipe.write_all(&input));
    let output = child.wait_with_output().expect("it ends");
    let _ = writer.join().expect("no panic");
    Run {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A JSON text.
fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// All codes of the table as arguments.
fn known() -> impl Iterator<Item = &'static str> {
    TABLE.iter().map(|info| info.code().as_str())
}

/// Numbers that the table lacks, whatever is added to it: two of class 5yz.
fn unknown() -> [&'static str; 2] {
    let mut numbers = (500..=599).filter_map(ReplyCode::new).rev();
    let mut next = || {
        let code = numbers.find(|code| code.info().is_none());
        code.expect("the table is not full").as_str()
    };
    [next(), next()]
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn info(code: &str) -> &'static codes_core::CodeInfo {
    let code: ReplyCode = code.parse().expect("a code");
    code.info().expect("in the table")
}
