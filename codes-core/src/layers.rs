//! Imports run downwards only: whoever reads one floor needs no other above it in the head.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// From the bottom up: what is on one floor may know of the floors below it, and not of its neighbours.
const FLOORS: &[&[&str]] = &[
    // Nothing but the words themselves, and how a text is laid out.
    &["word", "labels", "pad", "page"],
    // The words of the data file.
    &["vocabulary"],
    // A number of three digits, and what its digits say.
    &["code"],
    // The points of a session; the enhanced codes.
    &["session", "enhanced"],
    // What is known of each code; and reading and writing replies, which needs none of that.
    &["table", "reply"],
    // What is known, in words; which reply answers what.
    &["prose", "answer"],
    // What follows from it.
    &["advice", "compare"],
    // What people see.
    &["lib", "command", "layers"],
];

/// What the macro generates, and the only file that reads it.
const GENERATED: &[(&str, &str)] = &[
    ("codes", "table/mod.rs"),
    ("session", "session/command.rs"),
    ("registry", "enhanced/registry.rs"),
    ("advice", "advice/judge.rs"),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every file below a folder that is no test, by its path from `src`, with its lines of code.
fn files(folder: &Path, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
            continue;
        }
        let name = path.strip_prefix(source()).expect("in the sources");
        let name = name.to_str().expect("UTF-8").replace('\\', "/");
        if name.contains("tests") {
            continue;
        }
        let text = fs::read_to_string(&path).expect("readable");
        let code = text.split("#[cfg(test)]\nmod").next().unwrap_or_default();
        let code = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        found.insert(name, code.collect::<Vec<_>>().join("\n"));
    }
}

/// The room that a file is in, and its floor.
fn floor(name: &str) -> (String, usize) {
    let room = name.split('/').next().unwrap_or_default();
    let room = room.strip_suffix(".rs").unwrap_or(room);
    let floor = FLOORS.iter().position(|rooms| rooms.contains(&room));
    (
        room.to_owned(),
        floor.unwrap_or_else(|| panic!("{name} is on no floor")),
    )
}

/// What comes after each `crate::` of a text, as far as it is a path.
fn paths(code: &str) -> impl Iterator<Item = &str> {
    code.match_indices("crate::").filter_map(|(at, _)| {
        // `$crate::` is of the crate that calls the macro; it sees what `lib` shows.
        let is_ours = !code[..at].ends_with('$');
        let path = &code[at + "crate::".len()..];
        let end = path.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
        is_ours.then(|| &path[..end.unwrap_or(path.len())])
    })
}

#[test]
fn imports_run_downwards() {
    let mut sources = BTreeMap::new();
    files(&source(), &mut sources);
    let mut faults = Vec::new();
    let mut seen = 0;
    for (name, code) in &sources {
        let (room, own) = floor(name);
        for path in paths(code) {
            let other = path.split("::").next().unwrap_or_default();
            if other == "generated" || other == room {
                continue;
            }
            seen += 1;
            match FLOORS.iter().position(|rooms| rooms.contains(&other)) {
                Some(floor) if floor < own => {}
                // What people see has everything.
                _ if own == FLOORS.len() - 1 => {}
                Some(_) => faults.push(format!("{name} looks up, at {path}")),
                None => faults.push(format!("{name} goes through lib to {path}")),
            }
        }
    }
    assert!(seen > 80, "only {seen} imports were found");
    assert!(faults.is_empty(), "{faults:#?}");
}

#[test]
fn what_is_generated_is_read_at_one_place() {
    let mut sources = BTreeMap::new();
    files(&source(), &mut sources);
    for (group, reader) in GENERATED {
        let path = format!("generated::{group}");
        let readers: Vec<_> = sources
            .iter()
            .filter(|(name, code)| {
                floor(name).1 < FLOORS.len() - 1
                    && paths(code).any(|found| found.starts_with(&path))
            })
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(readers, [*reader], "{group}");
    }
}
