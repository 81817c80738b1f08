//! `annotate`: a filter that writes for each record of its input what was found in it.

mod advices;
mod blocks;
mod form;
#[cfg(feature = "invariants")]
pub(crate) mod invariants;
mod object;
mod pipeline;

use std::ffi::OsString;
use std::io::{self, ErrorKind, IsTerminal, Read, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};

use crate::input::{self, Input};
use crate::screen::Screen;
use crate::visible::visible;
use crate::{FAILED, args, complain};
use form::Form;

pub(crate) const NAME: &str = "annotate";

/// So many messages about what cannot be read are printed.
const COMPLAINTS: u64 = 20;

pub(crate) fn cli() -> Command {
    let flag = |name: &'static str| Arg::new(name).long(name).action(ArgAction::SetTrue);
    Command::new(NAME)
        .override_usage("smtp-codes annotate [OPTIONS] [PATH]...")
        .about("Write for each record of the input, a line, what was found in it")
        .arg(
            Arg::new("path")
                .value_name("PATH")
                .num_args(0..)
                .value_parser(value_parser!(OsString))
                .value_hint(ValueHint::FilePath)
                .help("Files to read one after the other, also packed with gzip, zstd, xz or bzip2; - is standard input, as is none"),
        )
        .arg(
            flag("null")
                .short('0')
                .help("Records end with NUL instead of a line end"),
        )
        .arg(
            Arg::new("format")
                .long("format")
                .value_name("FORMAT")
                .value_parser(["json", "tsv"])
                .default_value("json")
                .help("An object or a row of a table for each record"),
        )
        .arg(flag("header").help("Begin the table with the names of its columns"))
        .arg(flag("line-buffered").help("Write each record by itself, as soon as it is read"))
        .after_help(format!(
            "Each record gives one line of output, in order, whatever is in it: an empty `found` \
             where there is no reply. Records are numbered from 1 on through all files. Places \
             (`at`) are octets of the record, from 0, without its LF or CRLF. A record is searched \
             up to {} octets; one that is longer says `\"truncated\":true`. Should this program fail to \
             read one, that is said on standard error and in its `error`, and `found` has what was \
             found before. What is not known is null.\n\n\
             The columns of the table are: {}. A column is empty where nothing is known; where a \
             record has several replies, it has their values one after the other with `;` between. \
             TAB, line ends, other control characters, `\\` and `;` within a value are written \
             \\t, \\n, \\u{{1b}}, \\\\ and \\;.\n\n\
             Output never waits for more input than a whole record; --line-buffered makes one \
             write of each record, on one processor.\n\n\
             Exit status: 0, also where nothing was found, as each record was answered; 2 for a \
             wrong argument, input or a record that cannot be read, or output that cannot be written.",
            blocks::LONGEST,
            form::columns().collect::<Vec<_>>().join(", "),
        ))
}

/// Reads, annotates and writes until the input ends or nobody reads the output.
pub(crate) fn run(matches: &ArgMatches, screen: Screen, json: bool) -> ExitCode {
    let form = match matches.get_one::<String>("format").map(String::as_str) {
        Some("tsv") => Form::Tsv,
        _ => Form::Json,
    };
    if form == Form::Tsv && json {
        return refuse("--json and --format tsv exclude each other");
    }
    if form != Form::Tsv && matches.get_flag("header") {
        return refuse("--header is for --format tsv; JSON has its keys in each object");
    }
    let paths = matches.get_many::<OsString>("path").unwrap_or_default();
    let mut paths: Vec<_> = paths.cloned().collect();
    if paths.is_empty() {
        if io::stdin().is_terminal() {
            let help = args::help_of(NAME, screen.width());
            complain(&format!("{}\n", help.trim_end()));
            return FAILED.into();
        }
        paths.push("-".into());
    }
    if paths.iter().any(|path| path == "-") {
        input::tell_of_terminal();
    }
    let end = if matches.get_flag("null") { 0 } else { b'\n' };
    let mut failures = 0;
    let mut fail = |message: &str| {
        failures += 1;
        if failures <= COMPLAINTS {
            complain(&format!("smtp-codes: {message}\n"));
        } else if failures == COMPLAINTS + 1 {
            complain("smtp-codes: there are more of which nothing is said here\n");
        }
    };
    let inputs = Box::new(paths.into_iter().map(open));
    let mut to = io::stdout().lock();
    let header = match matches.get_flag("header") {
        true => form::columns().collect::<Vec<_>>().join("\t") + "\n",
        false => String::new(),
    };
    let written =
        to.write_all(header.as_bytes())
            .and_then(|()| match matches.get_flag("line-buffered") {
                true => pipeline::annotate_by_line(inputs, end, form, &mut to, &mut fail),
                false => pipeline::annotate(inputs, end, form, &mut to, &mut fail),
            });
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            fail(&format!("cannot write the output: {error}"));
        }
        _ => {}
    }
    if failures > 0 { FAILED } else { 0 }.into()
}

fn refuse(message: &str) -> ExitCode {
    complain(&format!("smtp-codes: {message}\n"));
    FAILED.into()
}

/// Standard input as it is: its first octets may belong to a record, whatever they look like.
fn open(path: OsString) -> (String, io::Result<Box<dyn Read>>) {
    if path == "-" {
        return ("standard input".to_owned(), Ok(Box::new(io::stdin())));
    }
    let name = visible(path.as_encoded_bytes());
    let input = Input::open(Path::new(&path), NAME);
    (name, input.map(|input| Box::new(input) as Box<dyn Read>))
}
