//! Nanoseconds for each line of a mail log: finding line ends, reading the line, finding its replies.
//!
//! `cargo run --release --bin lines [ROUNDS]`

use std::env;
use std::error::Error;
use std::hint::black_box;

use codes_bench::mail_log::{self, Flavour};
use codes_bench::measure::{Cell, best, print_table, with_ratio};
use codes_text::find;
use codes_text::log::Entry;
use memchr::memchr_iter;

/// Small enough for the processor's cache to keep, large enough for lines that differ.
const SIZE: u64 = 400_000;

fn main() -> Result<(), Box<dyn Error>> {
    let rounds = match env::args().nth(1) {
        Some(rounds) => rounds
            .parse()
            .map_err(|_| format!("ROUNDS is a number, not {rounds:?}"))?,
        None => 20,
    };
    println!(
        "Nanoseconds a line, the best of {rounds} rounds, and in brackets the ratio to finding line ends.\n"
    );
    let columns = ["octets", "line ends", "Entry::read", "find", "both"];
    let mut rows = vec![
        ["a line"]
            .iter()
            .chain(&columns)
            .map(|&text| text.to_owned())
            .collect(),
    ];
    for (name, flavour) in Flavour::ALL {
        let mut log = Vec::new();
        let lines = mail_log::write(flavour, 1, SIZE, &mut log)?.lines;
        let cell = |each: fn(&[u8]) -> usize| {
            let log = &log;
            Cell {
                units: lines,
                run: Box::new(move |times| {
                    for _ in 0..times {
                        black_box(every_line(log, each));
                    }
                }),
            }
        };
        let cells = [
            cell(<[u8]>::len),
            cell(|line| told(&Entry::read(line))),
            cell(|line| find(line).count()),
            cell(|line| {
                let entry = Entry::read(line);
                told(&entry) + entry.replies().count()
            }),
        ];
        let times = best(&cells, rounds);
        let mut row = vec![name.to_owned(), (log.len() as u64 / lines).to_string()];
        row.extend(times.iter().map(|&time| with_ratio(time, times[0])));
        rows.push(row);
    }
    print_table(&rows);
    Ok(())
}

fn every_line(log: &[u8], each: fn(&[u8]) -> usize) -> usize {
    let mut start = 0;
    let mut sum = 0;
    for end in memchr_iter(b'\n', log) {
        sum += each(&log[start..end]);
        start = end + 1;
    }
    sum
}

/// Something of everything, so that the compiler leaves nothing out.
fn told(entry: &Entry<'_>) -> usize {
    usize::from(entry.outcome().is_some())
        + usize::from(entry.no_reply().is_some())
        + usize::from(entry.is_internal())
        + entry.time().map_or(0, |time| usize::from(time.second()))
}
