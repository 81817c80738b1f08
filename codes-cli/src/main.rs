//! The command `smtp-codes`: explains a reply code, compares two, lists those of the table.
//!
//! Exit status: 0; 1 where a code is in no table or no code fits a list; 2 for a wrong argument or
//! output that cannot be written.

mod annotate;
mod args;
mod code_argument;
mod explain;
mod input;
mod json;
mod list;
mod page;
mod printable;
mod scan;
mod screen;
mod search;

use std::io::{self, Write};
use std::process::ExitCode;

use codes_core::{ReplyCode, Subject, compare};

use args::{Request, What};
use page::Blocks;
use screen::Screen;

/// A code is in no table, or no code fits a list.
pub(crate) const NOT_FOUND: u8 = 1;
/// Bad usage, or output that cannot be written.
pub(crate) const FAILED: u8 = 2;

fn main() -> ExitCode {
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
    if let What::Work(work, matches) = &request.what {
        return work(matches, screen, request.json);
    }
    match answer(&request, screen) {
        Ok((text, status)) => write_out(&text, status),
        Err(error) => {
            complain(&format!("smtp-codes: cannot make the output: {error}\n"));
            FAILED.into()
        }
    }
}

/// The whole output and the exit status.
fn answer(request: &Request, screen: Screen) -> io::Result<(String, u8)> {
    let known = |code: ReplyCode| code.info().is_some();
    let status = |found| if found { 0 } else { NOT_FOUND };
    match &request.what {
        What::Explain(code) => {
            let subject = Subject::from(*code);
            let text = if request.json {
                json::code(subject)?
            } else {
                let mut blocks = Blocks::default();
                subject.write_to(&mut blocks).map_err(io::Error::other)?;
                blocks.render(screen)
            };
            Ok((text, status(known(*code))))
        }
        What::Compare(left, right) => {
            let both = compare(*left, *right);
            let mut blocks = Blocks::default();
            both.write_to(&mut blocks).map_err(io::Error::other)?;
            let text = if request.json {
                json::comparison(&both, blocks.render(screen.without_colour()))?
            } else {
                blocks.render(screen)
            };
            Ok((text, status(known(*left) && known(*right))))
        }
        What::List(filter) => {
            let codes = filter.codes();
            if codes.is_empty() {
                complain("smtp-codes: no code of the table fits all of these filters\n");
            }
            let text = if request.json {
                json::codes(&codes)?
            } else {
                list::lines(&codes, filter.command, screen)
            };
            Ok((text, status(!codes.is_empty())))
        }
        What::Work(..) => Ok((String::new(), FAILED)),
    }
}

pub(crate) fn write_out(text: &str, status: u8) -> ExitCode {
    let mut out = io::stdout().lock();
    let written = out.write_all(text.as_bytes()).and_then(|()| out.flush());
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

#[cfg(test)]
mod tests {
    use codes_core::{Smtp354, Smtp521};

    use super::*;

    #[test]
    fn json_has_no_colour_on_a_terminal_either() {
        let what = || What::Compare(Smtp354.code(), Smtp521.code());
        let answered = |json| {
            let request = Request { what: what(), json };
            let (text, _) = answer(&request, Screen::new(80, true)).expect("cannot fail");
            text
        };
        assert!(answered(false).contains('\u{1b}'));
        // JSON writes the escape character as \u001b.
        assert!(!answered(true).contains("001b"));
    }
}
