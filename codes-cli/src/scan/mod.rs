//! `scan`: the replies of mail logs and bounces, counted by cause.

mod blocks;
mod count;
mod duty;
mod feed;
mod hosts;
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
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

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
        Ok((text, report.parts.is_empty()))
    });
    let (text, is_empty) = match written {
        Ok(written) => written,
        Err(error) => {
            complain(&format!("smtp-codes: cannot make the output: {error}\n"));
            return FAILED.into();
        }
    };
    let status = match (is_interrupted, inputs.failures, is_empty) {
        (true, ..) => INTERRUPTED,
        (false, 1.., _) => FAILED,
        (false, 0, true) => NOT_FOUND,
        (false, 0, false) => 0,
    };
    write_out(&text, status)
}

/// All that was counted before the end, or before an interrupt.
fn scan(options: &Options, now: &ZonedDateTime) -> (Tally, Arc<Shared>, bool) {
    let counters = thread::available_parallelism().map_or(1, usize::from);
    let counters = counters.min(MOST_COUNTERS);
    let progress = Progress::new(|| feed::size(&options.paths));
    let shared = Arc::new(Shared::new(counters, progress));
    let is_interrupted = interrupts(&shared);
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
    let is_interrupted = is_interrupted.load(Ordering::SeqCst);
    if !is_interrupted && let Err(panic) = reader.join() {
        std::panic::resume_unwind(panic);
    }
    shared.end_progress();
    (tally, shared, is_interrupted)
}

/// Ends the reading at the first interrupt, and all at the second.
fn interrupts(shared: &Arc<Shared>) -> Arc<AtomicBool> {
    let is_interrupted = Arc::new(AtomicBool::new(false));
    let (flag, shared) = (Arc::clone(&is_interrupted), Arc::clone(shared));
    // Without it an interrupt ends the command as it ends any other.
    let _ = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::SeqCst) {
            std::process::exit(INTERRUPTED.into());
        }
        shared.blocks.close();
    });
    is_interrupted
}
