//! Interleaved timing, and the table that shows it.

use std::time::{Duration, Instant};

/// One thing to measure: `run(times)` does it so many times and panics if the outcome is wrong.
pub struct Cell<'a> {
    /// How many units (replies, codes, numbers) one run with `times` of 1 deals with.
    pub units: u64,
    pub run: Box<dyn Fn(u64) + 'a>,
}

/// Long enough for the clock, short enough for many rounds.
const BATCH: Duration = Duration::from_millis(2);

/// The best time of each cell over all rounds, in nanoseconds for each unit.
///
/// Every round visits every cell once, so that a slow moment of the machine hits all alike; the best
/// is what the machine can do when nobody disturbs it.
pub fn best(cells: &[Cell<'_>], rounds: usize) -> Vec<f64> {
    let times: Vec<u64> = cells.iter().map(|cell| fitting(cell)).collect();
    let mut best = vec![f64::INFINITY; cells.len()];
    for _ in 0..rounds {
        for ((cell, &times), best) in cells.iter().zip(&times).zip(&mut best) {
            let spent = spent(cell, times).as_secs_f64() * 1e9;
            *best = best.min(spent / (times * cell.units) as f64);
        }
    }
    best
}

/// How many times fill a batch.
fn fitting(cell: &Cell<'_>) -> u64 {
    let mut times = 1;
    while spent(cell, times) < BATCH {
        times *= 2;
    }
    times
}

fn spent(cell: &Cell<'_>, times: u64) -> Duration {
    let start = Instant::now();
    (cell.run)(times);
    start.elapsed()
}

/// Prints rows as a Markdown table, the first as its head.
pub fn print_table(rows: &[Vec<String>]) {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| {
        rows.iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..columns)
        .map(|column| width(column).unwrap_or(0))
        .collect();
    for (at, row) in rows.iter().enumerate() {
        print!("|");
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            if column == 0 {
                print!(" {cell:<width$} |");
            } else {
                print!(" {cell:>width$} |");
            }
        }
        println!();
        if at == 0 {
            print!("|");
            for (column, width) in widths.iter().enumerate() {
                let end = if column == 0 { "-" } else { ":" };
                print!("{}{end}|", "-".repeat(width + 1));
            }
            println!();
        }
    }
}

/// `nanoseconds (ratio)`, with a decimal where there is room for one.
pub fn with_ratio(nanoseconds: f64, floor: f64) -> String {
    let decimals = usize::from(nanoseconds < 10.0);
    format!("{nanoseconds:.decimals$} ({:.2})", nanoseconds / floor)
}
