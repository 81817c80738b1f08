//! The filter that writes an object for each record.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::scan::Folder;
use crate::scan_input::{bzip2, xz};
use crate::{Run, command, feed};

/// A reply that is found whatever else the text says.
const REPLY: &str = "host mx.example.net[192.0.2.1] said: 550 5.1.1 No such user (in reply to RCPT TO \
                     command)";
/// The octets of a record that are searched.
const LONGEST: usize = 4 * 1024 * 1024;

fn start<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Child {
    let mut command = command([] as [&str; 0]);
    command.arg("annotate").args(args);
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    piped
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs")
}

fn annotate<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, input: &[u8]) -> Run {
    feed(command(["annotate"]).args(args), input)
}

fn objects(out: &str) -> Vec<Value> {
    assert!(out.is_empty() || out.ends_with('\n'));
    let object = |line: &str| serde_json::from_str(line).expect("JSON");
    out.lines().map(object).collect()
}

/// The numbers of the records, and how many replies each has.
fn counts(out: &str) -> Vec<(u64, usize)> {
    let objects = objects(out);
    let pairs = objects.iter().map(|object| {
        let found = object["found"].as_array().expect("a list");
        (object["record"].as_u64().expect("a number"), found.len())
    });
    pairs.collect()
}

#[test]
fn a_record_is_a_line_with_or_without_an_end() {
    for (input, expected) in [
        (&b""[..], &[][..]),
        (b"\n", &[0]),
        (b"\r\n", &[0]),
        (b"\n\n", &[0, 0]),
        (b"x", &[0]),
        (b"x\n", &[0]),
        (b"x\n\n", &[0, 0]),
        (b"\nx", &[0, 0]),
        (b"550 no\n\n250 ok\r\nx\n451 later", &[1, 0, 1, 0, 1]),
    ] {
        for args in [
            &[][..],
            &["--json"],
            &["--format", "json"],
            &["--line-buffered"],
            &["-"],
        ] {
            let run = annotate(args, input);
            assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{args:?}");
            let expected: Vec<_> = (1..).zip(expected.iter().copied()).collect();
            assert_eq!(counts(&run.out), expected, "{input:?}");
        }
    }
}

#[test]
fn an_object_has_its_keys_in_order() {
    let run = annotate([] as [&str; 0], format!("{REPLY}\nnothing\n").as_bytes());
    let (first, second) = run.out.split_once('\n').expect("two lines");
    assert_eq!(second, "{\"record\":2,\"found\":[]}\n");
    let mut rest = first;
    for key in [
        "record",
        "found",
        "at",
        "code",
        "enhanced",
        "command",
        "host",
        "address",
        "direction",
        "class",
        "action",
        "scope",
        "actor",
        "deviations",
        "certainty",
        "origin",
        "outcome",
        "recipient",
        "disagrees",
    ] {
        let at = rest.find(&format!("\"{key}\":")).expect(key);
        rest = &rest[at..];
    }
    let object: Value = serde_json::from_str(first).expect("JSON");
    let found = &object["found"][0];
    assert_eq!(found["code"], 550);
    assert_eq!(found["enhanced"], "5.1.1");
    assert_eq!(found["class"], "permanent-negative");
    assert_eq!(found["deviations"], Value::Array(Vec::new()));
    let at = |end: usize| found["at"][end].as_u64().expect("a number") as usize;
    assert!(REPLY[at(0)..at(1)].starts_with("550 5.1.1 No such user"));
    assert!(object.get("truncated").is_none());
}

#[test]
fn places_are_octets_of_the_record() {
    let run = annotate(
        [] as [&str; 0],
        b"\xff\xc3\xa9 \0 said: 550 no\r\n\r\nsaid: 551 no\n",
    );
    let objects = objects(&run.out);
    assert_eq!(objects[0]["found"][0]["at"], serde_json::json!([12, 18]));
    assert_eq!(objects[2]["found"][0]["at"], serde_json::json!([6, 12]));
}

#[test]
fn records_may_end_with_nul() {
    let input = b"550 no\nsuch\r\nuser\0\0x\r\n\x00250 ok";
    let run = annotate(["-0"], input);
    assert_eq!(counts(&run.out), [(1, 1), (2, 0), (3, 0), (4, 1)]);
    assert_eq!(run.out, annotate(["--null", "--line-buffered"], input).out);
    assert_eq!(annotate(["-0"], b"").out, "");
    assert_eq!(counts(&annotate(["-0"], b"\0").out), [(1, 0)]);
}

/// Pseudo-random, and the same at every run (Marsaglia's xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// Whole words that mean something, cut ones and octets of every kind; no end of a record.
fn random_record(random: &mut Random, end: u8) -> Vec<u8> {
    let words = [
        REPLY,
        "550 5.1.1",
        "250-",
        "4.7.1",
        "dsn=5.0.0, status=bounced (",
        "<<< ",
        "\u{1b}[31m",
        "\r",
        "é",
        "\"\\",
        "\t",
    ];
    let mut record = Vec::new();
    for _ in 0..random.below(12) {
        match random.below(3) {
            0 => record.push(random.below(256) as u8),
            1 => record.extend_from_slice(words[random.below(words.len())].as_bytes()),
            _ => record.extend_from_slice(b" 550"),
        }
    }
    // Some are longer than what a pipe holds.
    if random.below(400) == 0 {
        record.resize(random.below(300_000), b'5');
    }
    record.retain(|&byte| byte != end);
    record
}

#[test]
fn every_record_is_answered_once_and_in_order_whatever_it_holds() {
    let mut random = Random(0x5eed);
    for (end, null) in [(b'\n', false), (0, true)] {
        let count = 4000;
        let mut input = Vec::new();
        for _ in 0..count {
            input.extend_from_slice(&random_record(&mut random, end));
            input.push(end);
        }
        let args = |more: &[&'static str]| -> Vec<&str> {
            let null = null.then_some("--null");
            null.iter().chain(more).copied().collect()
        };
        let run = annotate(args(&[]), &input);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        let numbers: Vec<_> = counts(&run.out).iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, (1..=count).collect::<Vec<_>>());
        assert!(run.out.contains("550"));
        let alone = annotate(args(&["--line-buffered"]), &input);
        assert!(run.out == alone.out, "one processor finds something else");
        let rows = annotate(args(&["--format", "tsv"]), &input);
        assert_eq!(rows.out.lines().count() as u64, count);
        assert!(rows.out.lines().all(|row| row.matches('\t').count() == 18));
        let raw = |character: char| character.is_control() && character != '\n';
        assert!(!run.out.contains(raw));
        assert!(
            !rows
                .out
                .contains(|character| raw(character) && character != '\t')
        );
    }
}

#[test]
fn a_row_has_the_values_of_all_replies() {
    let rows = |args: &[&str], input: &[u8]| {
        let run = annotate(["--format", "tsv"].iter().chain(args), input);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        run.out
    };
    let table = rows(&["--header"], b"x\n550 5.1.1 no\n");
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines.len(), 3);
    let cells = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
    let names = cells(lines[0]);
    let at = |name: &str| names.iter().position(|other| other == name).expect(name);
    assert_eq!(at("record"), 0);
    let nothing = cells(lines[1]);
    assert_eq!(nothing[0], "1");
    assert!(nothing[1..].iter().all(String::is_empty));
    let reply = cells(lines[2]);
    assert_eq!(
        (reply[at("code")].as_str(), reply[at("enhanced")].as_str()),
        ("550", "5.1.1")
    );
    assert_eq!(reply[at("class")], "permanent-negative");

    let two = rows(&["-0"], b"550 5.1.1 no\r\n\r\n250 ok\r\n");
    let two = cells(two.trim_end_matches('\n'));
    assert_eq!(two[at("code")], "550;250");
    assert_eq!(two[at("enhanced")], "5.1.1;");
    assert_eq!(two[at("class")], "permanent-negative;positive-completion");
    // Without the option the first row is the first record.
    assert!(rows(&[], b"x\n").starts_with("1\t"));
}

#[test]
fn a_long_line_is_searched_as_far_as_promised() {
    let with_reply_at = |place: usize, length: usize| {
        let mut line = vec![b'x'; place - 1];
        line.extend_from_slice(b" 550 5.1.1 no ");
        line.resize(length.max(line.len()), b'y');
        line
    };
    for (place, length, found, truncated) in [
        (4_000_000, 4_000_100, 1, false),
        (100, LONGEST, 1, false),
        (100, LONGEST + 1, 1, true),
        (100, LONGEST + 2, 1, true),
        (LONGEST + 100, 2 * LONGEST, 0, true),
    ] {
        for end in ["\n", "\r\n"] {
            let mut input = with_reply_at(place, length);
            input.extend_from_slice(format!("{end}550 no{end}").as_bytes());
            let ways = [&[][..], &["--line-buffered"]];
            // Which end it is makes no difference to the second way.
            for args in &ways[..if end == "\n" { 2 } else { 1 }] {
                let run = annotate(*args, &input);
                assert_eq!(
                    counts(&run.out),
                    [(1, found), (2, 1)],
                    "{place} {length} {end:?}"
                );
                let first = &objects(&run.out)[0];
                let expected = truncated.then_some(true);
                assert_eq!(
                    first.get("truncated").and_then(Value::as_bool),
                    expected,
                    "{length}"
                );
            }
            let rows = annotate(["--format", "tsv"], &input).out;
            assert_eq!(
                rows.starts_with("1\t") && rows.contains("\ttrue\n"),
                truncated
            );
        }
    }
    // Also where it is the last one, and has no end.
    let run = annotate([] as [&str; 0], &with_reply_at(100, 2 * LONGEST));
    assert_eq!(counts(&run.out), [(1, 1)]);
}

/// Reads a line, or fails instead of waiting for ever.
fn next_line(out: &mut BufReader<std::process::ChildStdout>) -> String {
    let mut line = String::new();
    out.read_line(&mut line).expect("UTF-8");
    line
}

#[test]
fn what_is_there_is_answered_while_the_input_stays_open() {
    for args in [&[][..], &["--line-buffered"]] {
        let mut child = start(args);
        let mut to = child.stdin.take().expect("a pipe");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        for number in 1..=20 {
            to.write_all(b"said: 550 no\nmx ").expect("it reads");
            let line = next_line(&mut out);
            assert!(
                line.starts_with(&format!("{{\"record\":{number},\"found\":[{{")),
                "{line}"
            );
        }
        drop(to);
        let last = next_line(&mut out);
        assert_eq!(last, "{\"record\":21,\"found\":[]}\n");
        assert_eq!(child.wait().expect("it ends").code(), Some(0));
    }
}

#[test]
fn a_reader_that_goes_away_ends_it_although_the_input_stays_open() {
    for args in [&[][..], &["--line-buffered"]] {
        let mut child = start(args);
        let mut to = child.stdin.take().expect("a pipe");
        to.write_all(b"550 no\n").expect("it reads");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        next_line(&mut out);
        drop(out);
        // So that there is something to write; the pipe stays open. One record may not do: a process
        // that another test has just begun may hold the other end of the output for a moment.
        while to.write_all(b"550 no\n").is_ok() {}
        assert_eq!(child.wait().expect("it ends").code(), Some(0));
        let mut err = String::new();
        let mut from = child.stderr.take().expect("a pipe");
        from.read_to_string(&mut err).expect("UTF-8");
        assert_eq!(err, "");
        drop(to);
    }
}

#[test]
fn files_are_read_one_after_the_other() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("annotate");
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = |name: &str, text: &[u8]| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a file");
        path.into_os_string()
    };
    let one = path("one", b"550 no\nx");
    let two = path("two", b"\n451 later\n");
    let run = annotate([one.as_os_str(), OsStr::new("-"), &two], b"a\nb");
    assert_eq!(run.status, Some(0));
    assert_eq!(
        counts(&run.out),
        [(1, 1), (2, 0), (3, 0), (4, 0), (5, 0), (6, 1)]
    );

    // What can be read is, and the message tells what cannot.
    let missing = folder.join("missing\u{1b}[31m");
    let run = annotate([&one, missing.as_os_str(), folder.as_os_str(), &two], b"");
    assert_eq!(run.status, Some(2));
    assert_eq!(counts(&run.out), [(1, 1), (2, 0), (3, 0), (4, 1)]);
    assert_eq!(run.err.matches("cannot read").count(), 2, "{}", run.err);
    assert!(!run.err.contains('\u{1b}'), "{:?}", run.err);
    let alone = annotate(
        [
            OsStr::new("--line-buffered"),
            &one,
            missing.as_os_str(),
            folder.as_os_str(),
            &two,
        ],
        b"",
    );
    assert_eq!((alone.status, alone.out), (run.status, run.out));
}

#[test]
fn packed_files_are_unpacked_and_standard_input_is_taken_as_it_is() {
    let folder = Folder::new("annotate-packed");
    let text = b"550 no\nx\n451 later\n";
    for packed in [xz(text), bzip2(text)] {
        let path = folder.file("mail.log", &packed);
        let run = annotate([&path], b"");
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        assert_eq!(counts(&run.out), [(1, 1), (2, 0), (3, 1)]);
        let run = annotate(["-"], &packed);
        assert_eq!(run.status, Some(0));
        assert_ne!(counts(&run.out), [(1, 1), (2, 0), (3, 1)]);
        // What was unpacked of it is answered, and the message tells that there is more.
        let path = folder.file("mail.log", &packed[..packed.len() - 1]);
        let run = annotate([&path], b"");
        assert_eq!(run.status, Some(2));
        assert_eq!(counts(&run.out), [(1, 1), (2, 0), (3, 1)]);
        assert!(run.err.contains("ends too early"), "{}", run.err);
    }
    let run = annotate([folder.file("mail.zip", b"PK\x03\x04\x14\0")], b"");
    assert_eq!(run.status, Some(2));
    let next = "'unzip -p FILE | smtp-codes annotate -'";
    assert!(run.err.contains(next), "{}", run.err);
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    for args in [&["annotate", "-"][..], &["annotate", "--line-buffered"]] {
        let full = std::fs::File::create("/dev/full").expect("Linux has it");
        let mut command = command(args);
        let child = command
            .stdin(Stdio::piped())
            .stdout(full)
            .stderr(Stdio::piped());
        let mut child = child.spawn().expect("the command runs");
        let mut to = child.stdin.take().expect("a pipe");
        // It may have ended before it read all of that.
        let _ = to.write_all(&b"550 no\n".repeat(1000));
        drop(to);
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(err.contains("cannot write the output"), "{err}");
    }
}

#[test]
fn options_that_exclude_each_other_are_refused() {
    for args in [
        &["--json", "--format", "tsv"][..],
        &["--header"],
        &["--header", "--format", "json"],
        &["--format", "xml"],
        &["--unknown"],
    ] {
        let run = annotate(args, b"550 no\n");
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(!run.err.is_empty());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn memory_stays_bounded_whatever_the_input() {
    // What would be kept of the input or the output is more than the bound: short records, one
    // that does not end, replies and nothing else.
    let runs: [(&[u8], usize, &[&str]); 6] = [
        (b"\n", 2_500_000, &[]),
        (b"x", 70_000_000, &[]),
        (b"x", 70_000_000, &["--line-buffered", "-0"]),
        (b"550 a\r\n", 250_000, &[]),
        (b"550 a ", 250_000, &["-0"]),
        (b"550 a ", 250_000, &["--format", "tsv"]),
    ];
    for (unit, size, args) in runs {
        let mut child = start(args);
        let mut to = child.stdin.take().expect("a pipe");
        let unit = unit.repeat(60_000 / unit.len());
        let writer = std::thread::spawn(move || {
            (0..size / unit.len())
                .try_for_each(|_| to.write_all(&unit))
                .map(|()| to)
        });
        let mut out = child.stdout.take().expect("a pipe");
        let reader = std::thread::spawn(move || {
            std::io::copy(&mut out, &mut std::io::sink()).expect("it writes")
        });
        let to = writer.join().expect("no panic").expect("it reads");
        let status = format!("/proc/{}/status", child.id());
        let status = std::fs::read_to_string(status).expect("it still runs");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.expect("Linux tells").trim().trim_end_matches(" kB");
        let peak: u64 = peak.parse().expect("a number");
        assert!(peak < 64 * 1024, "{args:?}: {peak} kB");
        drop(to);
        assert!(reader.join().expect("no panic") > 0);
        assert_eq!(child.wait().expect("it ends").code(), Some(0));
    }
}
