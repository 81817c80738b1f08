//! The command line.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command as Cli, Error};
use codes_core::{Class, Command, ReplyCode, Standing};

use crate::code_argument::{self, is_near};
use crate::list::Filter;
use crate::screen::Screen;
use crate::{annotate, explain, page, scan, screen, search};

const COMPARE: &str = "compare";
const LIST: &str = "list";
/// Nothing that is understood is longer; the message about an argument need not be either.
const LONGEST: usize = 80;

/// What is asked for, and in which form.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) what: What,
    pub(crate) json: bool,
}

#[derive(Debug)]
pub(crate) enum What {
    Explain(ReplyCode),
    Compare(ReplyCode, ReplyCode),
    List(Filter),
    Work(Work, ArgMatches),
}

/// A subcommand that writes while it reads.
type Work = fn(&ArgMatches, Screen, bool) -> ExitCode;

const WORKS: [(&str, fn() -> Cli, Work); 4] = [
    (explain::NAME, explain::cli, explain::run),
    (scan::NAME, scan::cli, scan::run),
    (annotate::NAME, annotate::cli, annotate::run),
    (search::NAME, search::cli, search::run),
];

/// The request, or the help or the message to print instead.
pub(crate) fn parse(args: impl Iterator<Item = OsString>, width: usize) -> Result<Request, Error> {
    let mut cli = cli().term_width(width);
    let name = cli.get_name().to_owned();
    let args: Vec<_> = args.collect();
    let works = args
        .iter()
        .any(|arg| WORKS.iter().any(|(name, ..)| arg == name));
    let safe = |arg| if works { arg } else { printable(arg).into() };
    let matches = cli
        .try_get_matches_from_mut(std::iter::once(name.into()).chain(args.into_iter().map(safe)))?;
    let json = matches.get_flag("json");
    let direct = codes(&matches, &mut cli, &[COMPARE, LIST, "help"])?;
    let what = match matches.subcommand() {
        Some((name, _)) if !direct.is_empty() => {
            let message = format!("a code cannot stand in front of the subcommand '{name}'");
            return Err(cli.error(ErrorKind::ArgumentConflict, message));
        }
        Some((name, matches)) if let Some(work) = WORKS.iter().find(|work| work.0 == name) => {
            What::Work(work.2, matches.clone())
        }
        Some((LIST, matches)) => What::List(filter(matches)),
        Some((_, matches)) => {
            let given = codes(matches, &mut cli, &[])?;
            match given.as_slice() {
                [left, right] => What::Compare(*left, *right),
                _ => {
                    let possible = "compare takes two codes";
                    return Err(wrong_count(&mut cli, possible, given.len()));
                }
            }
        }
        None => match direct.as_slice() {
            [code] => What::Explain(*code),
            [left, right] => What::Compare(*left, *right),
            _ => {
                let possible = "one code is explained, two are compared";
                return Err(wrong_count(&mut cli, possible, direct.len()));
            }
        },
    };
    Ok(Request { what, json })
}

fn cli() -> Cli {
    let codes = Arg::new("code")
        .value_name("CODE")
        .action(ArgAction::Append)
        .num_args(0..)
        // `-1` is to be told what a code looks like.
        .allow_negative_numbers(true);
    let json = Arg::new("json")
        .long("json")
        .help("Write JSON instead of text")
        .action(ArgAction::SetTrue)
        // Behind the options of a subcommand.
        .display_order(10)
        .global(true);
    Cli::new("smtp-codes")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Explains SMTP reply codes and compares any two of them")
        .override_usage(
            "smtp-codes [--json] CODE\n       \
             smtp-codes [--json] [compare] CODE CODE\n       \
             smtp-codes [--json] list [OPTIONS]",
        )
        .after_help(
            "A code is three digits, 100 to 999.\n\n\
             Exit status: 0; 1 where a code is in no table or no code fits a list; 2 for a wrong \
             argument or output that cannot be written.",
        )
        .arg_required_else_help(true)
        .arg(codes.clone().help("One code to explain, or two to compare"))
        .arg(json)
        .subcommand(
            Cli::new(COMPARE)
                .about("Compare two codes")
                .override_usage("smtp-codes compare [--json] CODE CODE")
                .arg(codes.help("The two codes")),
        )
        .subcommand(
            Cli::new(LIST)
                .about("List the codes of the table, those that fit all filters")
                .after_help(
                    "With --command the last column says how it is known that the command may get \
                     the code, instead of the standing of the code: from a document in force \
                     (current, extension), an old one (historic), servers that send it (de-facto), \
                     or by a general rule for many commands.",
                )
                .args(filters()),
        )
        .subcommands(WORKS.map(|(_, cli, _)| cli()))
}

fn filters() -> [Arg; 3] {
    let option = |name: &'static str| Arg::new(name).long(name).ignore_case(true);
    let classes = Class::ALL
        .iter()
        .map(|class| PossibleValue::new(class.as_str()).aliases(digit_forms(*class)));
    let standings = Standing::ALL.iter().map(|standing| standing.as_str());
    [
        option("class")
            .value_name("CLASS")
            .help("Only codes of this class; also by its digit: 4, 4yz, 4xx")
            .value_parser(PossibleValuesParser::new(classes)),
        option("command")
            .value_name("VERB")
            .help(
                "Only codes that may answer this command, historic ones included; CONNECT is the \
                 opening of the connection, DATA-BODY the end of the message",
            )
            .value_parser(command),
        option("standing")
            .value_name("STANDING")
            .help("Only codes of this standing")
            .value_parser(PossibleValuesParser::new(standings)),
    ]
}

/// `4`, `4yz` and `4xx`; nothing for the class of all other digits.
fn digit_forms(class: Class) -> Vec<String> {
    let digits = ('1'..='9').filter(|digit| {
        let code = format!("{digit}00").parse();
        class != Class::Other && code.map(ReplyCode::class) == Ok(class)
    });
    digits
        .flat_map(|digit| ["", "yz", "xx"].map(|rest| format!("{digit}{rest}")))
        .collect()
}

/// The help has no room for all commands, so a wrong one is answered with them.
fn command(name: &str) -> Result<Command, String> {
    Command::from_name(name).ok_or_else(|| {
        let upper = name.to_uppercase();
        let near = Command::all().find(|command| is_near(&upper, command.name()));
        let hint = near.map_or_else(String::new, |command| {
            format!("\n\n  did you mean {command}?")
        });
        let all: Vec<_> = Command::all().map(Command::name).collect();
        let possible = format!("possible are {}", all.join(", "));
        let possible = page::wrap(&possible, screen::USUAL, page::INDENT);
        format!("no such command{hint}\n\n{}", possible.join("\n"))
    })
}

fn filter(matches: &ArgMatches) -> Filter {
    let given = |name| {
        matches
            .get_one::<String>(name)
            .map(|value| value.to_lowercase())
    };
    let class_of = |value: String| {
        let by_digit = |class: &&Class| digit_forms(**class).contains(&value);
        Class::from_word(&value).or_else(|| Class::ALL.iter().find(by_digit).copied())
    };
    Filter {
        class: given("class").and_then(class_of),
        command: matches.get_one("command").copied(),
        standing: given("standing").and_then(|word| Standing::from_word(&word)),
    }
}

fn codes(matches: &ArgMatches, cli: &mut Cli, words: &[&str]) -> Result<Vec<ReplyCode>, Error> {
    let given = matches.get_many::<String>("code").unwrap_or_default();
    given
        .map(|text| {
            code_argument::parse(text, words)
                .map_err(|message| cli.error(ErrorKind::ValueValidation, message))
        })
        .collect()
}

fn wrong_count(cli: &mut Cli, possible: &str, given: usize) -> Error {
    let given = match given {
        0 => "none is given".to_owned(),
        1 => "one is given".to_owned(),
        more => format!("{more} are given"),
    };
    cli.error(
        ErrorKind::WrongNumberOfValues,
        format!("{possible}, but {given}"),
    )
}

/// The argument as it can safely be printed. Whatever is changed here is nothing that is understood,
/// so the argument stays as wrong as it was.
fn printable(argument: OsString) -> String {
    let text = argument.to_string_lossy();
    let mut safe = String::new();
    for (at, character) in text.chars().enumerate() {
        if at == LONGEST {
            safe.push('…');
            break;
        }
        match character {
            '\'' | '"' | '\\' => safe.push(character),
            _ => safe.extend(character.escape_debug()),
        }
    }
    safe
}
