//! The command line.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::builder::{PossibleValue, PossibleValuesParser, ValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command as Cli, Error, ValueHint, value_parser};
use codes_core::{Class, Command, ReplyCode, Standing};

use crate::answer::list::Filter;
use crate::question::code::is_near;
use crate::question::{self, Question, Refusal};
use crate::screen::{Colour, Screen};
use crate::visible::shortened;
use crate::{annotate, completions, explain, man, page, scan, screen, search};

pub(crate) const COMPARE: &str = "compare";
const LIST: &str = "list";
/// Nothing that clap has a message about is longer; the message need not be either.
const LONGEST: usize = 80;

/// What is asked for, and in which form.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) what: What,
    pub(crate) json: bool,
    pub(crate) colour: Colour,
}

#[derive(Debug)]
pub(crate) enum What {
    Ask(Question),
    List(Filter),
    /// Bare `-`.
    StandardInput,
    /// No word at all: what is piped is explained. Where nothing is, this is the help.
    Nothing(String),
    Work(Work, ArgMatches),
}

/// A subcommand that does its own reading and writing. The flag is whether JSON is asked for.
type Work = fn(&ArgMatches, Screen, bool) -> ExitCode;

/// Such a subcommand.
struct Worker {
    name: &'static str,
    cli: fn() -> Cli,
    run: Work,
}

macro_rules! worker {
    ($module:ident) => {
        Worker {
            name: $module::NAME,
            cli: $module::cli,
            run: $module::run,
        }
    };
}

const WORKERS: [Worker; 6] = [
    worker!(explain),
    worker!(scan),
    worker!(annotate),
    worker!(search),
    worker!(completions),
    worker!(man),
];

/// The request, or the help or the message to print instead.
pub(crate) fn parse(args: impl Iterator<Item = OsString>, width: usize) -> Result<Request, Error> {
    let mut cli = cli().term_width(width);
    let args: Vec<_> = args.collect();
    match matches(&mut cli.clone(), &args) {
        Ok(matches) => request(&matches, &mut cli),
        Err(error) if error.use_stderr() => Err(message(&mut cli, &args)),
        Err(help) => Err(help),
    }
}

fn matches(cli: &mut Cli, args: &[OsString]) -> Result<ArgMatches, Error> {
    let name = cli.get_name().to_owned();
    cli.try_get_matches_from_mut(std::iter::once(name.into()).chain(args.iter().cloned()))
}

/// What is wrong with the arguments. The message has them as they can be printed; whatever is changed
/// by that is nothing that is understood, so they are as wrong as before.
fn message(cli: &mut Cli, args: &[OsString]) -> Error {
    let printable = |arg: &OsString| shortened(arg.as_encoded_bytes(), LONGEST).into();
    let args: Vec<OsString> = args.iter().map(printable).collect();
    match matches(&mut cli.clone(), &args) {
        Err(error) => error,
        Ok(_) => cli.error(ErrorKind::InvalidUtf8, "an argument is not valid UTF-8"),
    }
}

fn request(matches: &ArgMatches, cli: &mut Cli) -> Result<Request, Error> {
    let bare = words(matches);
    let what = match matches.subcommand() {
        Some((name, _)) if !bare.is_empty() => {
            let message = format!("a code cannot stand in front of the subcommand '{name}'");
            return Err(cli.error(ErrorKind::ArgumentConflict, message));
        }
        Some((name, matches)) if let Some(worker) = WORKERS.iter().find(|it| it.name == name) => {
            What::Work(worker.run, matches.clone())
        }
        Some((LIST, matches)) => What::List(filter(matches)),
        Some((_, matches)) => What::Ask(comparison(&words(matches), cli)?),
        None if bare.iter().eq(["-"]) => What::StandardInput,
        None if bare.is_empty() => What::Nothing(cli.render_help().to_string()),
        None => What::Ask(question(&bare, cli)?),
    };
    Ok(Request {
        what,
        json: matches.get_flag("json"),
        colour: match matches.get_one::<String>("color").map(String::as_str) {
            Some("always") => Colour::Always,
            Some("never") => Colour::Never,
            _ => Colour::Auto,
        },
    })
}

fn words(matches: &ArgMatches) -> Vec<OsString> {
    let words = matches.get_many("word").unwrap_or_default();
    words.cloned().collect()
}

fn question(words: &[OsString], cli: &mut Cli) -> Result<Question, Error> {
    let names = WORKERS.iter().map(|worker| worker.name);
    let names: Vec<_> = names.chain([COMPARE, LIST, "help"]).collect();
    question::read(words, &names).map_err(|refusal| match refusal {
        Refusal::Word(message) => cli.error(ErrorKind::ValueValidation, message),
        Refusal::Count(given) => wrong_count(cli, "one code is explained, two are compared", given),
    })
}

fn comparison(words: &[OsString], cli: &mut Cli) -> Result<Question, Error> {
    let codes: Result<Vec<ReplyCode>, String> = words.iter().map(question::code).collect();
    let codes = codes.map_err(|message| cli.error(ErrorKind::ValueValidation, message))?;
    match codes.as_slice() {
        [left, right] => Ok(Question::Compare(*left, *right)),
        _ => Err(wrong_count(cli, "compare takes two codes", codes.len())),
    }
}

/// The help of a subcommand, with the options that all of them have.
pub(crate) fn help_of(name: &str, width: usize) -> String {
    let mut cli = cli().term_width(width);
    cli.build();
    let help = cli.find_subcommand_mut(name).map(Cli::render_help);
    help.map_or_else(String::new, |help| help.to_string())
}

/// The whole command.
pub(crate) fn cli() -> Cli {
    described(ValueParser::new(command)).arg(codes().help(
        "A code, an enhanced code, a class or a command to explain, or several together; two codes to \
         compare; or `-` for a text on standard input",
    ))
}

/// The command as completions are made of it: they would take codes in the place of a subcommand for a word
/// in front of it, and have room for all commands. A name of several words would be several to them.
pub(crate) fn for_completions() -> Cli {
    let names = Command::all().map(Command::name);
    let names = names.filter(|name| !name.contains(' '));
    described(PossibleValuesParser::new(names).into())
}

fn described(command: ValueParser) -> Cli {
    Cli::new("smtp-codes")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Explains SMTP reply codes, bounces and mail logs, and compares any two codes")
        .override_usage(
            "smtp-codes [OPTIONS] CODE [ENHANCED-CODE] [COMMAND]\n       \
             smtp-codes [OPTIONS] [compare] CODE CODE\n       \
             smtp-codes [OPTIONS] SUBCOMMAND ...\n       \
             ... | smtp-codes [OPTIONS]",
        )
        .after_help(
            "A code is three digits, 100 to 999; an enhanced code is like 5.1.1, a command like RCPT, a \
             class like 5yz. What a server said can be given as it is: 550 5.1.1 User unknown.\n\n\
             Exit status: 0; 1 where a code is in no table, no code fits a list or no reply is found; 2 \
             for a wrong argument, or input or output that fails.",
        )
        .args(everywhere())
        .subcommand(
            Cli::new(COMPARE)
                .about("Compare two codes")
                .override_usage("smtp-codes compare [OPTIONS] CODE CODE")
                .arg(codes().help("The two codes")),
        )
        .subcommand(
            Cli::new(LIST)
                .about("List the codes of the table, those that fit all filters")
                .after_help(
                    "With --command the last column says how it is known that the command may get \
                     the code, instead of the standing of the code: from a document in force \
                     (standard, extension), an old one (historic), servers that send it (de-facto), \
                     or by a general rule for many commands.",
                )
                .args(filters(command)),
        )
        .subcommands(WORKERS.map(|worker| (worker.cli)()))
}

fn codes() -> Arg {
    Arg::new("word")
        .value_name("CODE")
        .action(ArgAction::Append)
        .num_args(0..)
        .value_parser(value_parser!(OsString))
        .value_hint(ValueHint::Other)
        // `-1` is to be told what a code looks like.
        .allow_negative_numbers(true)
}

/// The options that all subcommands have. They stand behind those of a subcommand.
fn everywhere() -> [Arg; 2] {
    [
        Arg::new("json")
            .long("json")
            .help("Write JSON instead of text")
            .action(ArgAction::SetTrue)
            .display_order(10)
            .global(true),
        Arg::new("color")
            .long("color")
            .value_name("WHEN")
            .value_parser(["auto", "always", "never"])
            .help(
                "Whether text is coloured. auto, the default: on a terminal, unless NO_COLOR is set \
                 and not empty or TERM is dumb; always and never count more than these",
            )
            .hide_possible_values(false)
            .display_order(11)
            .global(true),
    ]
}

fn filters(command: ValueParser) -> [Arg; 3] {
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
