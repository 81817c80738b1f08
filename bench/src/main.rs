//! Nanoseconds for each reply, enhanced code and look-up, and the ratio to the floor.
//!
//! `cargo run --release [ROUNDS]`

use std::env;
use std::error::Error;

use codes_bench::contestants::{CONTESTANTS, Contestant, FLOORS, Sum};
use codes_bench::inputs::{self, EHLO, GMAIL, SINGLE};
use codes_bench::lookup;
use codes_bench::measure::{Cell, best, print_table, with_ratio};

/// A packet's worth of bytes on Ethernet.
const PACKET: usize = 1460;

fn main() -> Result<(), Box<dyn Error>> {
    let rounds = match env::args().nth(1) {
        Some(rounds) => rounds
            .parse()
            .map_err(|_| format!("ROUNDS is a number, not {rounds:?}"))?,
        None => 40,
    };
    println!("Nanoseconds, the best of {rounds} rounds, and in brackets the ratio to the floor.\n");
    replies(rounds);
    println!();
    enhanced(rounds);
    println!();
    numbers(rounds);
    Ok(())
}

/// Ours and all others in rows, the inputs in columns.
fn replies(rounds: usize) {
    let stream = inputs::stream(10_000);
    let columns = [
        "one line",
        "EHLO",
        "Gmail",
        "mixed",
        "in 1,460 bytes",
        "in single bytes",
    ];
    let mut cells = Vec::new();
    let mut places = Vec::new();
    for (row, contestant) in CONTESTANTS.iter().enumerate() {
        for (column, input) in [SINGLE, EHLO, GMAIL].into_iter().enumerate() {
            let sum = expected(contestant, input);
            places.push((row, column));
            cells.push(Cell {
                units: 1,
                run: Box::new(move |times| {
                    check(contestant, (contestant.again)(input, times), sum, times)
                }),
            });
        }
        let bytes = stream.bytes.as_slice();
        let sum = expected(contestant, bytes);
        assert_eq!(
            (sum.replies, sum.codes),
            (stream.replies as u64, stream.checksum)
        );
        places.push((row, 3));
        cells.push(Cell {
            units: sum.replies,
            run: Box::new(move |times| {
                for _ in 0..times {
                    check(contestant, (contestant.whole)(bytes), sum, 1);
                }
            }),
        });
        for (column, size) in [(4, PACKET), (5, 1)] {
            let Some(pieces) = contestant.pieces else {
                continue;
            };
            places.push((row, column));
            cells.push(Cell {
                units: sum.replies,
                run: Box::new(move |times| {
                    for _ in 0..times {
                        check(contestant, pieces(bytes, size), sum, 1);
                    }
                }),
            });
        }
    }

    let mut times = vec![[None; 6]; CONTESTANTS.len()];
    for (&(row, column), time) in places.iter().zip(best(&cells, rounds)) {
        times[row][column] = Some(time);
    }
    let floors: Vec<f64> = (0..columns.len())
        .map(|column| {
            times[..FLOORS]
                .iter()
                .filter_map(|row| row[column])
                .fold(f64::INFINITY, f64::min)
        })
        .collect();
    let mut rows = vec![head("a reply", &columns)];
    for (contestant, times) in CONTESTANTS.iter().zip(&times) {
        let mut row = vec![contestant.name.to_owned()];
        for (time, floor) in times.iter().zip(&floors) {
            row.push(time.map_or_else(|| "-".to_owned(), |time| with_ratio(time, *floor)));
        }
        rows.push(row);
    }
    print_table(&rows);
}

/// What the floor makes of the bytes, without what this one does not read.
fn expected(contestant: &Contestant, bytes: &[u8]) -> Sum {
    let mut sum = (CONTESTANTS[0].whole)(bytes);
    if !contestant.enhanced {
        sum.enhanced = 0;
    }
    sum
}

fn check(contestant: &Contestant, found: Sum, expected: Sum, times: u64) {
    assert_eq!(found, expected.times(times), "{}", contestant.name);
}

fn enhanced(rounds: usize) {
    let texts: Vec<String> = inputs::enhanced(4096)
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    let expected = lookup::enhanced_floor(&texts);
    type Read = fn(&[String]) -> u64;
    let readers: [(&str, Read); 2] = [
        ("floor", lookup::enhanced_floor),
        ("codes-core", lookup::enhanced_codes),
    ];
    let cells: Vec<Cell<'_>> = readers
        .iter()
        .map(|(name, read)| {
            let texts = &texts;
            Cell {
                units: texts.len() as u64,
                run: Box::new(move |times| {
                    for _ in 0..times {
                        assert_eq!(read(texts), expected, "{name}");
                    }
                }),
            }
        })
        .collect();
    let times = best(&cells, rounds);
    let mut rows = vec![head("an enhanced code", &["from text"])];
    for ((name, _), time) in readers.iter().zip(&times) {
        rows.push(vec![(*name).to_owned(), with_ratio(*time, times[0])]);
    }
    print_table(&rows);
}

fn numbers(rounds: usize) {
    const COUNT: usize = 4096;
    type Count<'a> = &'a dyn Fn(&[u16]) -> usize;
    let plain = lookup::PlainIndex::default();
    let random = lookup::random_numbers(COUNT);
    let ours = lookup::random_of(&lookup::our_numbers(), COUNT);
    let https = lookup::random_of(&lookup::http_numbers(), COUNT);
    let plain = |numbers: &[u16]| plain.known(numbers);
    let readers: [(&str, Count<'_>, &[u16]); 3] = [
        ("floor, a plain index", &plain, &ours),
        ("codes-core", &lookup::our_known, &ours),
        ("http", &lookup::http_known, &https),
    ];
    let mut cells = Vec::new();
    for (name, read, known) in readers {
        for numbers in [&random, known] {
            let expected = read(numbers);
            cells.push(Cell {
                units: COUNT as u64,
                run: Box::new(move |times| {
                    for _ in 0..times {
                        assert_eq!(read(numbers), expected, "{name}");
                    }
                }),
            });
        }
    }
    assert_eq!(plain(&random), lookup::our_known(&random));
    let times = best(&cells, rounds);
    let mut rows = vec![head("a number", &["any number", "known numbers"])];
    for ((name, ..), times_of_one) in readers.iter().zip(times.chunks(2)) {
        let mut row = vec![(*name).to_owned()];
        row.extend(
            times_of_one
                .iter()
                .zip(&times)
                .map(|(time, floor)| with_ratio(*time, *floor)),
        );
        rows.push(row);
    }
    print_table(&rows);
}

fn head(first: &str, columns: &[&str]) -> Vec<String> {
    [first]
        .iter()
        .chain(columns)
        .map(|&text| text.to_owned())
        .collect()
}
