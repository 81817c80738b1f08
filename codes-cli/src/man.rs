//! `man`: the page of the manual, made of the description of the arguments.

use std::io;
use std::process::ExitCode;

use clap::{ArgMatches, Command};
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::screen::Screen;
use crate::{FAILED, args, complain, write_out};

pub(crate) const NAME: &str = "man";

/// Set up anew by each section; once is enough.
const SET_UP: &str = ".ie \\n(.g .ds Aq \\(aq\n.el .ds Aq '\n";

pub(crate) fn cli() -> Command {
    Command::new(NAME)
        .about("Write the man page, with all subcommands")
        .override_usage("smtp-codes man")
        .after_help("To read it: smtp-codes man | man -l -")
}

/// Writes the page.
pub(crate) fn run(_: &ArgMatches, _: Screen, _: bool) -> ExitCode {
    match page() {
        Ok(text) => write_out(&text, 0),
        Err(error) => {
            complain(&format!("smtp-codes: cannot make the output: {error}\n"));
            FAILED.into()
        }
    }
}

/// One page in the language of troff: the command, then each subcommand as a section of its own.
fn page() -> io::Result<String> {
    let mut cli = args::cli();
    cli.build();
    let man = Man::new(cli.clone());
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    man.render_extra_section(&mut text)?;
    let subcommands = cli.get_subcommands();
    for subcommand in subcommands.filter(|subcommand| subcommand.get_name() != "help") {
        text.extend(section(subcommand)?.bytes());
    }
    closing().to_writer(&mut text)?;
    man.render_version_section(&mut text)?;
    let text = String::from_utf8_lossy(&text).replace(".SH EXTRA\n", ".SH NOTES\n");
    Ok(format!("{SET_UP}{}", text.replace(SET_UP, "")))
}

/// What pages of the manual have at their end, and a help has not.
fn closing() -> Roff {
    let examples = [
        ("smtp-codes 354 521", "compares two codes"),
        ("smtp-codes explain bounce.eml", "explains a bounce"),
        (
            "smtp-codes scan /var/log/mail.log*",
            "counts by cause what stands in logs, packed ones too",
        ),
        (
            "smtp-codes annotate <mail.log | jq -c '.found[].code'",
            "gives other programs the codes line by line",
        ),
    ];
    let environment = [
        ("NO_COLOR", "set and not empty: text has no colour"),
        ("COLUMNS", "the width of a terminal that does not tell it"),
        ("TZ", "the time zone in which scan shows times"),
    ];
    let mut roff = Roff::new();
    for (heading, entries) in [("EXAMPLES", &examples[..]), ("ENVIRONMENT", &environment)] {
        roff.control("SH", [heading]);
        for (term, meaning) in entries {
            roff.control("TP", []);
            roff.text([bold(*term)]);
            roff.text([roman(format!("{meaning}."))]);
        }
    }
    roff
}

/// A subcommand, without the options that all have.
fn section(subcommand: &Command) -> io::Result<String> {
    let mut heading = Roff::new();
    heading.control("SH", [subcommand.get_name().to_uppercase().as_str()]);
    if let Some(about) = subcommand.get_about() {
        heading.text([roman(format!("{about}."))]);
    }
    let mut text = Vec::new();
    heading.to_writer(&mut text)?;
    let hidden = ["json", "color", "help"];
    let subcommand = hidden.iter().fold(subcommand.clone(), |subcommand, name| {
        subcommand.mut_arg(name, |arg| arg.hide(true))
    });
    let has_options = subcommand.get_arguments().any(|arg| !arg.is_hide_set());
    let has_notes = subcommand.get_after_help().is_some();
    let man = Man::new(subcommand);
    man.render_synopsis_section(&mut text)?;
    if has_options {
        man.render_options_section(&mut text)?;
    }
    if has_notes {
        man.render_extra_section(&mut text)?;
    }
    let text = String::from_utf8_lossy(&text);
    let (heading, rest) = text.split_once(".SH SYNOPSIS\n").unwrap_or((&text, ""));
    let rest = rest
        .replace("\n.SH EXTRA\n", "\n.SS NOTES\n")
        .replace("\n.SH ", "\n.SS ");
    Ok(format!("{heading}.SS SYNOPSIS\n{rest}"))
}
