//! `explain`: what the replies in a text mean that somebody pasted.

mod group;
mod source;

use std::cell::Cell;
use std::cmp::Reverse;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, ValueHint, value_parser};
use codes_core::Page;
use std::ffi::OsString;
use std::path::PathBuf;

use crate::fault::{inject, kept};
use crate::json::{self, Answer, Kind, Message};
use crate::mail::{self, Mail, MailKind};
use crate::page::Blocks;
use crate::question::{self, Question};
use crate::reply::told::{self, Told};
use crate::screen::Screen;
use crate::words::{listed, times};
use crate::{FAILED, NOT_FOUND, answer, args, complain, is_written, write_out};
use group::{Group, Groups};
use source::{Source, Unread};

pub(crate) const NAME: &str = "explain";

/// More kinds of replies than this have a line each instead of a page.
const MOST_PAGES: usize = 20;
/// More replies than this are rather for `scan`.
const MANY: usize = 100;

pub(crate) fn cli() -> Command {
    Command::new(NAME)
        .about("Explain the replies in a text: a bounce, lines of a log, whatever was pasted")
        .override_usage(
            "smtp-codes explain [OPTIONS] TEXT...\n       \
             smtp-codes explain [OPTIONS] [FILE|-]\n       \
             ... | smtp-codes explain [OPTIONS]",
        )
        .arg(
            Arg::new("text")
                .value_name("TEXT")
                .num_args(0..)
                .value_parser(value_parser!(OsString))
                .value_hint(ValueHint::FilePath)
                .allow_negative_numbers(true)
                .help(
                    "What a server said, in whatever wrapping; or the path of one file, if it exists \
                     and holds no reply itself; or `-` for standard input, which is also read where \
                     nothing is given",
                ),
        )
        .arg(
            Arg::new("file")
                .long("file")
                .value_name("PATH")
                .value_parser(value_parser!(PathBuf))
                .value_hint(ValueHint::FilePath)
                .conflicts_with("text")
                .help("Read this file: a text, or a message in its raw form such as an .eml bounce, also packed with gzip, zstd, xz or bzip2"),
        )
        .after_help(
            "At most 16 MiB are read, the rest is left out with a message; `smtp-codes scan` takes logs \
             of any size.\n\n\
             Exit status: 0; 1 where no reply is found; 2 for a wrong argument or input that cannot be \
             read.",
        )
}

/// Finds the replies in what is given and explains each.
pub(crate) fn run(matches: &ArgMatches, screen: Screen, json: bool) -> ExitCode {
    let words: Vec<OsString> = matches
        .get_many("text")
        .unwrap_or_default()
        .cloned()
        .collect();
    let file: Option<PathBuf> = matches.get_one("file").cloned();
    // `explain 5.7.26` is the same as without the word.
    if let Ok(question) = question::read(&words, &[])
        && !matches!(question, Question::Text(_))
    {
        return answer::write_out(&question, screen, json);
    }
    let source = match Source::open(words, file) {
        Ok(source) => source,
        Err(Unread::Nothing) => {
            let help = args::help_of(NAME, screen.width());
            complain(&format!("{}\n", help.trim_end()));
            return FAILED.into();
        }
        Err(Unread::Failed(message)) => {
            complain(&format!("smtp-codes: {message}\n"));
            return FAILED.into();
        }
    };
    told(&source, screen, json)
}

/// Explains a text that was given as arguments.
pub(crate) fn text(text: Vec<u8>, screen: Screen, json: bool) -> ExitCode {
    told(&Source::of_arguments(text), screen, json)
}

/// Explains what standard input has.
pub(crate) fn standard_input(screen: Screen, json: bool) -> ExitCode {
    match Source::of_standard_input() {
        Ok(source) => told(&source, screen, json),
        Err(message) => {
            complain(&format!("smtp-codes: {message}\n"));
            FAILED.into()
        }
    }
}

/// Explains what is piped; where that is nothing, or there is a terminal, the help is shown.
pub(crate) fn piped_or_help(help: &str, screen: Screen, json: bool) -> ExitCode {
    if !io::stdin().is_terminal() {
        match Source::of_standard_input() {
            Ok(source) if source.text.is_empty() => {}
            Ok(source) => return told(&source, screen, json),
            Err(message) => complain(&format!("smtp-codes: {message}\n\n")),
        }
    }
    complain(&format!("{}\n", help.trim_end()));
    FAILED.into()
}

fn told(source: &Source, screen: Screen, json: bool) -> ExitCode {
    if source.is_cut {
        complain(&format!(
            "smtp-codes: only the first {} MiB of {} were read; `smtp-codes scan` takes any size\n",
            source::MOST >> 20,
            source.name
        ));
    }
    if let Some(failure) = &source.failure {
        complain(&format!(
            "smtp-codes: {failure}; what came before it is explained\n"
        ));
    }
    let mut faults = 0;
    let messages = messages(source, &mut faults);
    let in_messages: Vec<_> = messages
        .iter()
        .enumerate()
        .flat_map(|(number, mail)| in_message(number, mail, &mut faults))
        .collect();
    let replies = || -> Box<dyn Iterator<Item = Told<'_>>> {
        match messages.is_empty() && faults == 0 {
            true => Box::new(told::replies(&source.text)),
            false => Box::new(in_messages.iter().cloned()),
        }
    };
    let groups = match json {
        true => Groups::of(replies().flat_map(Told::each)),
        false => Groups::of(replies()),
    };
    if groups.count == 0 {
        complain(&nothing(source, &messages));
    }
    let status = match (source.failure.is_some() || faults > 0, groups.count) {
        (true, _) => FAILED,
        (false, 0) => NOT_FOUND,
        (false, _) => 0,
    };
    if json {
        let written = in_json(source, &messages, &groups, replies().flat_map(Told::each));
        return is_written(written, status);
    }
    if groups.count == 0 {
        return status.into();
    }
    match page(&groups, &messages, screen) {
        Ok(text) => write_out(&text, status),
        Err(error) => {
            complain(&format!("smtp-codes: cannot make the output: {error}\n"));
            FAILED.into()
        }
    }
}

/// The replies of a message; none where this program fails to find them, which is said.
fn in_message<'a>(number: usize, mail: &'a Mail, faults: &mut usize) -> Vec<Told<'a>> {
    let replies = kept(|| mail.replies());
    let replies = replies.unwrap_or_else(|fault| {
        *faults += 1;
        complain(&format!(
            "smtp-codes: message {} is not read: {fault}\n",
            number + 1
        ));
        Vec::new()
    });
    let of_message = |told| Told {
        message: Some(number),
        ..told
    };
    replies.into_iter().map(of_message).collect()
}

/// The messages that the text is; none where it is not one, or cannot be read as one.
fn messages(source: &Source, faults: &mut usize) -> Vec<Mail> {
    if !mail::is_message(&source.text) {
        return Vec::new();
    }
    let mut read = |(at, message): (usize, &[u8])| {
        let read = kept(|| {
            inject(message);
            mail::read(message)
        });
        match read {
            Ok(mail) => Some(mail),
            Err(fault) => {
                *faults += 1;
                complain(&format!(
                    "smtp-codes: message {} is not read: {fault}\n",
                    at + 1
                ));
                None
            }
        }
    };
    let messages = mail::mbox::split(&source.text).into_iter().enumerate();
    let messages: Vec<_> = messages.filter_map(&mut read).collect();
    if messages.iter().any(|mail| mail.kind == MailKind::Whole) {
        complain(&format!(
            "smtp-codes: {} begins like a message but cannot be read as one, so it is searched as it \
             stands\n",
            source.name
        ));
    }
    messages
}

fn nothing(source: &Source, messages: &[Mail]) -> String {
    let mut message = format!("smtp-codes: no reply is found in {}\n", source.name);
    if !messages.is_empty() {
        message.push_str(
            "  it is a message: its texts and reports were searched, not its header and not a message \
             that it\n  returns\n",
        );
    }
    message.push_str(
        "\n  looked for: a reply code with its words (550 No such user), an enhanced code (5.1.1), and \
         the\n  forms that bounces and mail logs have (said: ..., status=bounced, Diagnostic-Code:)\n  \
         `smtp-codes search WORDS` looks for words in all explanations\n",
    );
    message
}

fn page(groups: &Groups<'_>, messages: &[Mail], screen: Screen) -> io::Result<String> {
    let mut blocks = Blocks::default();
    write(groups, messages, &mut blocks).map_err(io::Error::other)?;
    Ok(blocks.render(screen))
}

/// Each reply by itself, in the order of the text, and what equal ones mean once.
fn in_json<'a>(
    source: &'a Source,
    messages: &[Mail],
    groups: &Groups<'a>,
    replies: impl Iterator<Item = Told<'a>>,
) -> io::Result<()> {
    let kinds = groups
        .each()
        .map(|group| Kind::of(&group.first, group.count));
    let kinds: Result<Vec<_>, _> = kinds.collect();
    let answer = Answer {
        source: &source.name,
        cut: source.is_cut,
        messages: messages.iter().map(Message::of).collect(),
        count: groups.count,
        kinds: kinds.map_err(io::Error::other)?,
        replies: Cell::new(Some(replies.map(|told| (groups.place(&told), told)))),
    };
    let mut out = BufWriter::new(io::stdout().lock());
    json::explained(&answer, &mut out)?;
    out.flush()
}

fn about(messages: &[Mail]) -> String {
    let searched = "What was searched are the decoded texts, not the header and not a message that is \
                    returned.";
    let [mail] = messages else {
        let of = |kind| messages.iter().filter(|mail| mail.kind == kind).count();
        let whole = match of(MailKind::Whole) {
            0 => String::new(),
            some => format!(" {some} cannot be taken apart, so all of it was searched."),
        };
        return format!(
            "{} messages: {} bounces with a report for programs, {} bounces in words, {} that are no \
             bounces, as far as can be told. {searched}{whole}",
            messages.len(),
            of(MailKind::Report),
            of(MailKind::Notice),
            of(MailKind::Other),
        );
    };
    let date = mail.date.as_ref();
    let date = date.map_or_else(String::new, |date| format!(" of {date}"));
    let what = match mail.kind {
        MailKind::Report => "A bounce with a report for programs",
        MailKind::Notice => "A bounce in words, without a report for programs",
        MailKind::Other => "This message is no bounce, as far as can be told",
        MailKind::Whole => {
            return "It begins like a message and cannot be taken apart, so all of it was searched."
                .to_owned();
        }
    };
    format!("{what}{date}. {searched}")
}

fn write(groups: &Groups<'_>, messages: &[Mail], blocks: &mut Blocks) -> std::fmt::Result {
    let (short, mut full): (Vec<_>, Vec<_>) = groups.each().partition(|group| group.is_success());
    full.sort_by_key(|group| Reverse(group.count));
    // Nothing but one success is what was asked about.
    if let ([only], []) | ([], [only]) = (short.as_slice(), full.as_slice()) {
        only.sheet()?.write_to(blocks, true)?;
        return message(messages, blocks);
    }
    blocks.paragraph(format_args!("{}", summary(groups, &full, &short)))?;
    let mut fixes = Vec::new();
    for group in full.iter().take(MOST_PAGES) {
        let mut sheet = group.sheet()?;
        // Once for each code.
        sheet.fix = sheet.fix.filter(|fix| !fixes.contains(fix));
        fixes.extend(sheet.fix);
        sheet.write_to(blocks, full.len() == 1)?;
    }
    if let Some(rest) = full.get(MOST_PAGES..).filter(|rest| !rest.is_empty()) {
        blocks.heading(format_args!("And {} kinds more", rest.len()))?;
        for group in rest {
            let (label, text) = group.line();
            blocks.item(&label, format_args!("{text}"))?;
        }
    }
    if !short.is_empty() {
        blocks.heading(format_args!("What succeeded"))?;
        for group in short {
            let (label, text) = group.line();
            blocks.item(&label, format_args!("{text}"))?;
        }
    }
    message(messages, blocks)
}

fn message(messages: &[Mail], blocks: &mut Blocks) -> std::fmt::Result {
    if messages.is_empty() {
        return Ok(());
    }
    blocks.heading(format_args!("The message"))?;
    blocks.paragraph(format_args!("{}", about(messages)))
}

fn summary(groups: &Groups<'_>, full: &[&Group<'_>], short: &[&Group<'_>]) -> String {
    let kinds = full.len() + short.len();
    let mut text = format!("{} replies, {kinds} different.", groups.count);
    let kinds = full.iter().map(|group| {
        let command = group.first.command();
        let at = command.map_or_else(String::new, |command| format!(" {}", command.moment()));
        match group.count {
            1 => format!("{}{at}", group.codes()),
            count => format!("{}{at} {}", group.codes(), times(count)),
        }
    });
    let most: Vec<_> = kinds.take(MOST_PAGES).collect();
    if !most.is_empty() {
        text.push_str(&format!(
            " What failed: {}.",
            listed(most.into_iter(), "and")
        ));
    }
    if groups.count > MANY {
        text.push_str(" `smtp-codes scan` makes a table of so many.");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::INJECTED;

    #[test]
    fn one_message_that_cannot_be_read_costs_no_other() {
        let message = |words: &str| {
            format!(
                "From MAILER-DAEMON Mon Nov  2 12:00:00 2026\nFrom: mailer-daemon@example.com\n\
                 To: ann@example.com\nSubject: x\n\nsaid: 550 5.1.1 {words}\n\n"
            )
        };
        let text = [message("one"), message(INJECTED), message("two")].concat();
        let source = Source::of_arguments(text.into_bytes());
        let mut faults = 0;
        let messages = messages(&source, &mut faults);
        assert_eq!((messages.len(), faults), (2, 1));
        let found = messages
            .iter()
            .flat_map(|mail| in_message(0, mail, &mut faults));
        let words: Vec<_> = found.map(|told| told.reply.words().to_string()).collect();
        assert_eq!(words, ["one", "two"]);
    }
}
