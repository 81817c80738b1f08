//! What `smtp-codes scan` counts in a synthetic log is what was put into it.
//!
//! Builds the command first, as it is in a workspace of its own.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use std::process::Command;

use codes_bench::mail_log::{self, Fact, Flavour};

const SIZE: u64 = 3_000_000;

/// The columns that say which row it is, and those that count what was done.
const KEY: [&str; 7] = [
    "code",
    "enhanced",
    "command",
    "direction",
    "origin",
    "no_reply",
    "internal",
];
const OUTCOMES: [&str; 7] = [
    "sent",
    "deferred",
    "bounced",
    "expired",
    "rejected",
    "discarded",
    "unknown",
];

type Rows = BTreeMap<String, [u64; OUTCOMES.len()]>;

#[test]
fn postfix() {
    check("postfix", Flavour::Postfix);
}

#[test]
fn mixed() {
    check("mixed", Flavour::Mixed);
}

fn check(name: &str, flavour: Flavour) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.log"));
    let mut log = BufWriter::new(File::create(&path).expect("the folder is for this"));
    let written = mail_log::write(flavour, 3, SIZE, &mut log).expect("there is room");
    drop(log);
    let mut expected = Rows::new();
    for (fact, count) in &written.truth {
        expected.entry(key_of(fact)).or_default()[place_of(fact.outcome)] += count;
    }
    let counted = scanned(&path);
    fs::remove_file(&path).expect("it was made above");
    let mut wrong = String::new();
    for key in expected.keys().chain(counted.keys()) {
        let (put_in, found) = (expected.get(key), counted.get(key));
        if put_in != found {
            wrong += &format!("{key}\n    {put_in:?} put in\n    {found:?} found\n");
        }
    }
    assert!(wrong.is_empty(), "{KEY:?}\n{OUTCOMES:?}\n{wrong}");
}

/// The row that a fact is counted in.
fn key_of(fact: &Fact) -> String {
    let code = match fact.code {
        0 => String::new(),
        code => code.to_string(),
    };
    let internal = fact.internal.to_string();
    let key = if fact.no_reply.is_empty() {
        let (command, direction, origin) = (fact.command, fact.direction, fact.origin);
        [
            &code,
            &fact.enhanced,
            command,
            direction,
            origin,
            "",
            &internal,
        ]
    } else {
        // A field that sums it up is not counted beside it.
        ["", "", "", "", "", fact.no_reply, &internal]
    };
    key.join(",")
}

fn place_of(outcome: &str) -> usize {
    let place = OUTCOMES.iter().position(|known| *known == outcome);
    place.unwrap_or(OUTCOMES.len() - 1)
}

/// The table of `smtp-codes scan --csv`.
fn scanned(path: &Path) -> Rows {
    let output = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--release", "--manifest-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
        .args(["-p", "codes-cli", "--", "scan", "--csv", "--top", "10000"])
        .arg(path)
        .output()
        .expect("cargo runs");
    let table = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let mut lines = table.lines().map(cells);
    let head = lines.next().expect("a table has a head");
    let column = |name: &str| {
        let place = head.iter().position(|cell| cell == name);
        place.unwrap_or_else(|| panic!("no column {name:?} in {head:?}"))
    };
    let mut rows = Rows::new();
    for row in lines {
        let is_summary = row[column("origin")] == "summary";
        let key = KEY.map(|name| match name {
            // Nobody said it.
            "direction" if is_summary => "",
            _ => row[column(name)].as_str(),
        });
        let key = key.join(",");
        let counts = rows.entry(key).or_default();
        for (count, name) in counts.iter_mut().zip(OUTCOMES) {
            *count += row[column(name)].parse::<u64>().expect("a count");
        }
    }
    rows
}

/// The cells of a line of CSV.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            _ => cells.last_mut().expect("never empty").push(letter),
        }
    }
    cells
}
