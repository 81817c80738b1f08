//! What is asked for.

use std::ffi::OsString;

use clap::{Arg, ArgAction, ArgMatches, Command, ValueHint, value_parser};
use jiff::civil::{Date, DateTime, Time};
use jiff::{Timestamp, ToSpan, ZonedDateTime};

use super::moment::Moment;

/// Rows of a part of the table, unless something else is asked for.
const TOP: u16 = 20;
/// Of these, how many the text tells more about.
const DETAILS: usize = 5;

/// In which form the table is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Form {
    #[default]
    Text,
    Json,
    Csv,
}

#[derive(Debug, Default)]
pub(super) struct Options {
    pub(super) paths: Vec<OsString>,
    /// Rows of a part of the table.
    pub(super) top: usize,
    /// Of these, those that the text tells more about.
    pub(super) details: usize,
    pub(super) range: Span,
    pub(super) form: Form,
    pub(super) redact: bool,
}

/// The time that is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Span {
    since: Option<Moment>,
    until: Option<Moment>,
}

impl Span {
    /// Whether every moment belongs to it.
    pub(super) const fn is_everything(&self) -> bool {
        self.since.is_none() && self.until.is_none()
    }

    pub(super) fn contains(&self, moment: Moment) -> bool {
        self.since.is_none_or(|since| since <= moment)
            && self.until.is_none_or(|until| moment <= until)
    }
}

pub(super) fn args() -> [Arg; 6] {
    let option = |name: &'static str| Arg::new(name).long(name);
    [
        Arg::new("paths")
            .value_name("PATH")
            .num_args(0..)
            .value_parser(value_parser!(OsString))
            .value_hint(ValueHint::AnyPath)
            .help("Log files, mbox files, bounces and folders of them; - is standard input"),
        option("top")
            .value_name("N")
            .value_hint(ValueHint::Other)
            .value_parser(value_parser!(u16).range(1..))
            .help(format!(
                "At most so many causes in each part of the table, and all that is known of each \
                 [default: {TOP}, and all that is known of the first {DETAILS}]"
            )),
        option("since")
            .value_name("TIME")
            .value_hint(ValueHint::Other)
            .help("Only what is not older: 2026-11-01, '2026-11-01 12:00', 3h, '2 days ago'")
            .allow_hyphen_values(true),
        option("until")
            .value_name("TIME")
            .value_hint(ValueHint::Other)
            .help("Only what is not newer; a date alone includes that day")
            .allow_hyphen_values(true),
        option("csv")
            .action(ArgAction::SetTrue)
            .conflicts_with("json")
            .help("Write a CSV table instead of text"),
        option("redact")
            .action(ArgAction::SetTrue)
            .help("Mask mail addresses, hosts, IP addresses and users, not names in free text"),
    ]
}

/// The options, or what is wrong with them.
pub(super) fn read(
    matches: &ArgMatches,
    json: bool,
    now: &ZonedDateTime,
) -> Result<Options, String> {
    let moment = |name: &str, end: Time| match matches.get_one::<String>(name) {
        Some(text) => moment(text, end, now).map(Some).ok_or_else(|| {
            format!(
                "'{}' is no time for --{name}; possible are 2026-11-01, '2026-11-01 12:00', 3h, \
                 '2 days ago'",
                crate::visible::visible(text.as_bytes())
            )
        }),
        None => Ok(None),
    };
    let last = Time::constant(23, 59, 59, 0);
    let range = Span {
        since: moment("since", Time::midnight())?,
        until: moment("until", last)?,
    };
    if let (Some(since), Some(until)) = (range.since, range.until)
        && until < since
    {
        return Err(format!("--since {since} is later than --until {until}"));
    }
    let paths = matches.get_many::<OsString>("paths").unwrap_or_default();
    let top = matches.get_one::<u16>("top").copied();
    Ok(Options {
        paths: paths.cloned().collect(),
        top: top.unwrap_or(TOP).into(),
        details: top.map_or(DETAILS, usize::from),
        range,
        form: match (json, matches.get_flag("csv")) {
            (true, _) => Form::Json,
            (false, true) => Form::Csv,
            (false, false) => Form::Text,
        },
        redact: matches.get_flag("redact"),
    })
}

/// A date, a date and time, or how long ago.
fn moment(text: &str, of_a_date: Time, now: &ZonedDateTime) -> Option<Moment> {
    let text = text.trim();
    if let Ok(time) = text.parse::<Timestamp>() {
        return Some(
            time.to_zoned_datetime(now.time_zone().clone())
                .datetime()
                .into(),
        );
    }
    let is_date = text.len() <= "2026-11-01".len();
    if is_date && let Ok(date) = text.parse::<Date>() {
        return Some(date.to_datetime(of_a_date).into());
    }
    if let Ok(time) = text.parse::<DateTime>() {
        return Some(time.into());
    }
    let days = match text.to_ascii_lowercase().as_str() {
        "today" => Some(0),
        "yesterday" => Some(1),
        _ => None,
    };
    if let Some(days) = days {
        let date = now.date().checked_sub(days.days()).ok()?;
        return Some(date.to_datetime(of_a_date).into());
    }
    // `3h` is three hours ago, as no log tells of the future.
    let span = text.parse::<jiff::Span>().ok()?.abs();
    Some(now.checked_sub(span).ok()?.datetime().into())
}

pub(super) fn command(name: &'static str) -> Command {
    Command::new(name)
        .about("Count the replies of mail logs and bounces by cause")
        .after_help(
            "Read are mail logs (Postfix, Exim, Sendmail, OpenSMTPD, qmail, transcripts), mbox \
             files, and single messages, plain or packed with gzip, zstd, xz or bzip2, whatever \
             their names; folders are walked, a Maildir too. Archives (zip, 7z, tar) and other \
             packings are named, with the command that unpacks them. Without PATH it is standard \
             input.\n\n\
             Times are those of this machine: a line with an offset is converted, one without is \
             taken as it is. Where the lines have no year, that of the file's last change is \
             assumed, or the one before, so that no line lies in the future.\n\n\
             --redact gives each mail address, host, IP address, path and URL a number instead, also \
             the machine that wrote a line, and names where a log has users. It goes by the form of \
             a line and cannot know a name in free text: the words of a server, a subject that is \
             logged. Read the samples before you pass them on.\n\n\
             Within a spreadsheet a cell could act as a formula; in CSV an apostrophe stands in \
             front of such a sample.\n\n\
             Ctrl-C ends the reading; the table of what was read so far is still written. A second \
             one ends at once.\n\n\
             Exit status: 0; 1 where nothing was found; 2 where something could not be read, for a \
             wrong argument or output that cannot be written; 130 after Ctrl-C.",
        )
        .args(args())
}

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;

    fn moment_of(text: &str) -> Option<String> {
        let now: Timestamp = "2026-11-24T10:00:00Z".parse().expect("a time");
        let now = now.to_zoned_datetime(TimeZone::UTC);
        let moment = moment(text, Time::constant(23, 59, 59, 0), &now)?;
        Some(moment.to_string())
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        for (text, expected) in [
            ("2026-11-01", "2026-11-01 23:59:59"),
            (" 2026-11-01 12:30 ", "2026-11-01 12:30:00"),
            ("2026-11-01T12:30:05", "2026-11-01 12:30:05"),
            ("2026-11-01T12:30:05+02:00", "2026-11-01 10:30:05"),
            ("3h", "2026-11-24 07:00:00"),
            ("2 days ago", "2026-11-22 10:00:00"),
            ("90 min", "2026-11-24 08:30:00"),
            ("1 month", "2026-10-24 10:00:00"),
            ("today", "2026-11-24 23:59:59"),
            ("Yesterday", "2026-11-23 23:59:59"),
        ] {
            assert_eq!(moment_of(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["", "soon", "2026-13-01", "2026-11-32", "550"] {
            assert_eq!(moment_of(text), None, "{text}");
        }
    }

    #[test]
    fn the_help_of_no_arguments_has_all_options() {
        let help = crate::args::help_of("scan", 80);
        for option in ["--top", "--since", "--csv", "--redact", "--json", "--color"] {
            assert!(help.contains(option), "{option}\n{help}");
        }
    }
}
