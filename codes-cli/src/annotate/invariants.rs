//! What has to hold for any octets; the fuzz targets of this project call it.

use std::io::{self, Read};

use super::blocks::{Blocks, LONGEST};
use super::form::Form;
use super::pipeline::annotate_by_line;
use crate::invariants::InPieces;

/// The records of an input are its lines, or what NUL ends, however it comes, and each gives one line of output.
pub fn records(data: &[u8]) {
    for end in [b'\n', 0] {
        let expected = by_the_rules(data, end);
        for size in [data.len().max(1), 1 + data.len() / 512, 64] {
            let input = InPieces { rest: data, size };
            let mut blocks = Blocks::new(input, end, 1);
            let mut records = Vec::new();
            let mut take = |block: super::blocks::Block| {
                for record in block.records() {
                    assert_eq!(record.number, records.len() as u64 + 1);
                    assert_eq!(record.has_lines, end == 0);
                    records.push((record.bytes.to_vec(), record.is_truncated));
                }
            };
            while let Some(block) = blocks.read().expect("no failure") {
                take(block);
            }
            if let Some(block) = blocks.rest() {
                take(block);
            }
            assert_eq!(blocks.next_number(), records.len() as u64 + 1);
            assert_eq!(records, expected, "{size}");
        }
    }
    has_a_line_for_each(data);
}

fn by_the_rules(data: &[u8], end: u8) -> Vec<(Vec<u8>, bool)> {
    let mut records: Vec<&[u8]> = data.split(|&octet| octet == end).collect();
    // Behind the last end there is no record.
    if records.last().is_some_and(|last| last.is_empty()) {
        records.pop();
    }
    let is_last_open = !data.ends_with(&[end]);
    let count = records.len();
    let cut = |(at, record): (usize, &[u8])| {
        let has_end = at + 1 < count || !is_last_open;
        let record = match record {
            [line @ .., b'\r'] if end == b'\n' && has_end => line,
            record => record,
        };
        let longest = record.len().min(LONGEST);
        (record[..longest].to_vec(), record.len() > LONGEST)
    };
    records.into_iter().enumerate().map(cut).collect()
}

fn has_a_line_for_each(data: &[u8]) {
    for end in [b'\n', 0] {
        for form in [Form::Json, Form::Tsv] {
            let data = data.to_vec();
            let inputs = std::iter::once_with(move || {
                let input: Box<dyn Read> = Box::new(io::Cursor::new(data));
                ("x".to_owned(), Ok(input))
            });
            let mut output = Vec::new();
            let fail = |message: &str| panic!("{message}");
            annotate_by_line(Box::new(inputs), end, form, &mut output, fail).expect("no failure");
            let output = String::from_utf8(output).expect("UTF-8");
            if form == Form::Json {
                for line in output.lines() {
                    let object: serde_json::Value = serde_json::from_str(line).expect("JSON");
                    assert!(
                        object["record"].is_u64() && object["error"].is_null(),
                        "{line}"
                    );
                }
            }
        }
    }
}
