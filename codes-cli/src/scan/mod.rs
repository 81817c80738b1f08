//! `scan`: the replies of mail logs and bounces, counted by cause.

mod ahead;
mod blocks;
mod count;
mod duty;
mod feed;
mod hosts;
#[cfg(feature = "invariants")]
pub(crate) mod invariants;
mod json;
mod moment;
mod options;
mod prefilter;
mod progress;
mod queue;
mod redact;
mod report;
mod session;
mod spreadsheet;
mod table;
mod tally;
mod text;
mod words;

use std::ffi::OsString;
use std::io::{self, IsTerminal, stdin};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use clap::{ArgMatches, Command};
use jiff::ZonedDateTime;

use crate::screen::Screen;
use crate::{FAILED, NOT_FOUND, args, complain, input, write_out};
use count::Counter;
use feed::Shared;
use moment::Clock;
use options::{Form, Options};
use progress::Progress;
use redact::Mask;
use report::Report;
use tally::Tally;

pub(crate) const NAME: &str = "scan";

/// As shells have it for a program that an interrupt ended.
const INTERRUPTED: u8 = 130;
/// So long after an interrupt the one that reads may take to hand over what it has.
const PATIENCE: Duration = Duration::from_secs(2);
/// More of them would wait for the one that reads.
const MOST_COUNTERS: usize = 4;

pub(crate) fn cli() -> Command {
    options::command(NAME)
}

/// Reads, counts and prints.
pub(crate) fn run(matches: &ArgMatches, screen: Screen, json: bool) -> ExitCode {
    let now = ZonedDateTime::now();
    let mut options = match options::read(matches, json, &now) {
        Ok(options) => options,
        Err(message) => {
            complain(&format!("error: {message}\n"));
            return FAILED.into();
        }
    };
    if options.paths.is_empty() {
        if stdin().is_terminal() {
            let help = args::help_of(NAME, screen.width());
            complain(&format!("{}\n", help.trim_end()));
            return FAILED.into();
        }
        options.paths.push(OsString::from("-"));
    }
    if options.paths.iter().any(|path| path == "-") {
        input::tell_of_terminal();
    }
    let (tally, shared, is_interrupted) = scan(&options, &now);
    let inputs = shared.inputs();
    let mut mask = options.redact.then(Mask::default);
    let report = Report::of(&tally, inputs, is_interrupted, options.top, &mut mask);
    let written = report.map_err(io::Error::other).and_then(|report| {
        for note in report.notes() {
            complain(&format!("smtp-codes: {note}\n"));
        }
        let text = match options.form {
            Form::Text => text::write(&report, options.details, screen),
            Form::Json => json::write(&report)?,
            Form::Csv => spreadsheet::write(&report)?,
        };
        Ok((text, status(&report)))
    });
    let (text, status) = match written {
        Ok(written) => written,
        Err(error) => {
            complain(&format!("smtp-codes: cannot make the output: {error}\n"));
            return FAILED.into();
        }
    };
    write_out(&text, status)
}

fn status(report: &Report) -> u8 {
    let failures = report.inputs.failures + report.faults;
    match (report.is_interrupted, failures, report.parts.is_empty()) {
        (true, ..) => INTERRUPTED,
        (false, 1.., _) => FAILED,
        (false, 0, true) => NOT_FOUND,
        (false, 0, false) => 0,
    }
}

/// All that was counted before the end, or before an interrupt.
fn scan(options: &Options, now: &ZonedDateTime) -> (Tally, Arc<Shared>, bool) {
    let counters = thread::available_parallelism().map_or(1, usize::from);
    let counters = counters.min(MOST_COUNTERS);
    let progress = Progress::new(|| feed::size(&options.paths));
    let shared = Arc::new(Shared::new(counters, progress));
    interrupts(&shared);
    let zone = now.time_zone().clone();
    let reader = {
        let (shared, paths, zone) = (Arc::clone(&shared), options.paths.clone(), zone.clone());
        // It is left behind after an interrupt, as it may wait for input for ever.
        thread::spawn(move || feed::feed(&paths, &zone, &shared))
    };
    let tally = thread::scope(|scope| {
        let threads: Vec<_> = (0..counters)
            .map(|_| {
                let (tally, clock) = (Tally::of_one_in(counters), Clock::new(zone.clone()));
                let mut counter = Counter::new(tally, clock, options.range);
                let shared = &shared;
                scope.spawn(move || {
                    while let Some(block) = shared.blocks.pop() {
                        counter.count(&block);
                        shared.give_back(block);
                    }
                    counter.into_tally()
                })
            })
            .collect();
        let mut tally = Tally::of_one_in(1);
        for counter in threads {
            match counter.join() {
                Ok(more) => tally.merge(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        tally
    });
    let is_interrupted = shared.is_interrupted();
    if !is_interrupted && let Err(panic) = reader.join() {
        std::panic::resume_unwind(panic);
    }
    shared.end_progress();
    (tally, shared, is_interrupted)
}

/// Ends the reading at the first interrupt, and all at the second.
fn interrupts(shared: &Arc<Shared>) {
    let shared = Arc::clone(shared);
    // Without it an interrupt ends the command as it ends any other.
    let _ = ctrlc::set_handler(move || {
        if shared.interrupt() {
            std::process::exit(INTERRUPTED.into());
        }
        // Whoever reads hands over what came until now; a disk that does not answer is not waited for.
        let shared = Arc::clone(&shared);
        thread::spawn(move || {
            thread::sleep(PATIENCE);
            shared.blocks.close();
        });
    });
}

#[cfg(test)]
mod tests {
    use std::fs;

    use serde_json::Value;

    use super::*;
    use crate::fault::INJECTED;

    /// What a scan of files says, in the order of their names: as text, as JSON, and the exit status.
    fn scanned(name: &str, files: &[String], is_redacted: bool) -> (String, Value, u8) {
        let folder = std::env::temp_dir().join(format!("smtp-codes-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder for temporary files");
        let paths = files.iter().enumerate().map(|(at, text)| {
            let path = folder.join(format!("{at}.log"));
            fs::write(&path, text).expect("there is room");
            path.into_os_string()
        });
        let options = Options {
            paths: paths.collect(),
            ..Options::default()
        };
        let (tally, shared, _) = scan(&options, &ZonedDateTime::now());
        fs::remove_dir_all(&folder).expect("it was made above");
        let mut mask = is_redacted.then(Mask::default);
        let report = Report::of(&tally, shared.inputs(), false, 20, &mut mask).expect("no failure");
        let json = json::write(&report).expect("JSON");
        (
            text::write(&report, 5, Screen::new(200, false)) + &report.notes().join("\n"),
            serde_json::from_str(&json).expect("JSON"),
            status(&report),
        )
    }

    /// A log with a line that this program fails to read among others.
    fn log() -> String {
        let good = "Nov  2 00:00:05 mail postfix/smtp[7]: 4A1: to=<ann@example.net>, \
             relay=mx.example.net[192.0.2.1]:25, dsn=5.1.1, status=bounced (host \
             mx.example.net[192.0.2.1] said: 550 5.1.1 no (in reply to RCPT TO command))\n";
        format!("{good}{good}Nov  2 00:00:06 mail x[1]: {INJECTED}: 550 5.1.1 x\n{good}")
    }

    #[test]
    fn one_line_that_cannot_be_read_costs_no_other() {
        let logs = [log(), log().replace('\n', "\r\n"), log()];
        let (text, table, status) = scanned("line", &logs, false);
        assert_eq!(status, FAILED);
        assert_eq!(table["lines"], 12);
        let part = |name: &str| {
            let parts = table["parts"].as_array().expect("a list");
            parts.iter().find(|part| part["part"] == name).expect(name)
        };
        assert_eq!(part("received")["count"], 9);
        assert_eq!(part("unread")["count"], 3);
        let row = &part("unread")["rows"][0];
        assert!(
            row["sample"].as_str().expect("a text").contains(INJECTED),
            "{row}"
        );
        assert_eq!(table["faults"]["count"], 3);
        for (at, failed) in table["faults"]["first"]
            .as_array()
            .expect("a list")
            .iter()
            .enumerate()
        {
            let file = failed["file"].as_str().expect("a text");
            assert!(file.ends_with(&format!("{at}.log")), "{failed}");
            assert_eq!(failed["line"], 3);
            let error = failed["error"].as_str().expect("a text");
            assert!(
                error.contains("fault.rs:") && error.contains("injected"),
                "{error}"
            );
        }
        for words in [
            "3  a fault of smtp-codes",
            "2.log, line 3, is not read: a fault",
            "smtp-codes failed at ",
            "0.log, line 3; ",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
    }

    #[test]
    fn one_message_that_cannot_be_read_costs_no_other() {
        let message = |words: &str| {
            format!(
                "From MAILER-DAEMON Mon Nov  2 12:00:00 2026\nFrom: mailer-daemon@example.com\n\
                 To: ann@example.com\nSubject: x\n\nsaid: 550 5.1.1 {words}\n\n"
            )
        };
        let mbox = [message("no"), message(INJECTED), message("no")].concat();
        let (_, table, status) = scanned("message", &[mbox, message(INJECTED)], false);
        assert_eq!((status, &table["messages"]), (FAILED, &4.into()));
        let places = table["faults"]["first"].as_array().expect("a list").iter();
        let lines: Vec<_> = places.map(|failed| failed["line"].as_u64()).collect();
        assert_eq!(lines, [Some(8), Some(1)]);
        let parts = table["parts"].as_array().expect("a list");
        let counts: Vec<_> = parts.iter().map(|part| part["count"].as_u64()).collect();
        assert_eq!(counts, [Some(2), Some(2)]);
    }

    #[test]
    fn many_lines_that_cannot_be_read_are_counted_and_the_first_ones_told() {
        let (text, table, _) = scanned("many", &[log().repeat(100)], true);
        assert_eq!(table["faults"]["count"], 100);
        let first = table["faults"]["first"].as_array().expect("a list");
        let lines: Vec<_> = first.iter().map(|failed| failed["line"].as_u64()).collect();
        let expected: Vec<_> = (0..20).map(|at| Some(3 + 4 * at)).collect();
        assert_eq!(lines, expected);
        assert!(text.contains("80 more are not read"), "{text}");
        // What a panic says may be a piece of the line.
        assert!(!table["faults"].to_string().contains("injected"), "{table}");
    }
}
