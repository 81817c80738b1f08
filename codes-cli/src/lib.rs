//! The command `smtp-codes`: explains a reply code, a pasted reply, a bounce or a mail log, and
//! compares two codes.
//!
//! It is a library of one function so that what reads hostile text can be reached by fuzz targets; for
//! other programs there are `codes-core` and `codes-text`.

mod annotate;
mod answer;
mod args;
mod completions;
mod explain;
mod fault;
mod input;
#[cfg(feature = "invariants")]
#[doc(hidden)]
pub mod invariants;
mod json;
mod line_ends;
mod mail;
mod man;
mod page;
mod question;
mod reply;
mod scan;
mod screen;
mod search;
mod visible;
mod words;

use std::io::{self, Write};
use std::process::ExitCode;

use args::What;
use question::Question;
use screen::Screen;

/// How much of an input is taken or looked at; so little where it is compiled for random texts, which are
/// short, that they meet each limit.
const fn limit(usual: usize, small: usize) -> usize {
    if cfg!(small_limits) { small } else { usual }
}

/// A code is in no table, no code fits a list, or no reply is found.
pub(crate) const NOT_FOUND: u8 = 1;
/// Bad usage, or input or output that fails.
pub(crate) const FAILED: u8 = 2;

/// Does what the arguments of the process ask for.
///
/// The exit status is 0; 1 where a code is in no table, no code fits a list or no reply is found; 2 for a
/// wrong argument, or input or output that fails; 130 after an interrupt of `scan`.
pub fn main() -> ExitCode {
    fault::kept(run).unwrap_or_else(|fault| {
        complain(&format!("smtp-codes: {fault}\n"));
        FAILED.into()
    })
}

fn run() -> ExitCode {
    let screen = Screen::of_stdout();
    let request = match args::parse(std::env::args_os().skip(1), screen.width()) {
        Ok(request) => request,
        Err(error) if error.use_stderr() => {
            complain(&error.to_string());
            return FAILED.into();
        }
        // Help and version are what was asked for; some of these texts lack the last line end.
        Err(help) => return write_out(&format!("{}\n", help.to_string().trim_end()), 0),
    };
    let (screen, json) = (screen.with(request.colour), request.json);
    match request.what {
        What::Work(work, matches) => work(&matches, screen, json),
        What::StandardInput => explain::standard_input(screen, json),
        What::Nothing(help) => explain::piped_or_help(&help, screen, json),
        What::Ask(Question::Text(text)) => explain::text(text, screen, json),
        What::Ask(question) => answer::write_out(&question, screen, json),
        What::List(filter) => write_answer(answer::list::answer(&filter, screen, json)),
    }
}

/// Writes a text, of which is known whether it is what was asked for.
fn write_answer(answer: io::Result<(String, bool)>) -> ExitCode {
    match answer {
        Ok((text, is_found)) => write_out(&text, if is_found { 0 } else { NOT_FOUND }),
        Err(error) => {
            complain(&format!("smtp-codes: cannot make the output: {error}\n"));
            FAILED.into()
        }
    }
}

pub(crate) fn write_out(text: &str, status: u8) -> ExitCode {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    is_written(written, status)
}

/// The exit status after an attempt to write the output.
pub(crate) fn is_written(written: io::Result<()>, status: u8) -> ExitCode {
    match written {
        // Whoever reads has seen enough: `smtp-codes list | head -1` is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => status.into(),
        Err(error) => {
            complain(&format!("smtp-codes: cannot write the output: {error}\n"));
            FAILED.into()
        }
        Ok(()) => status.into(),
    }
}

/// Writes to standard error; where that fails there is nobody left to tell.
pub(crate) fn complain(message: &str) {
    let _ = io::stderr().write_all(message.as_bytes());
}
