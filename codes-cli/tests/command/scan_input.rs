//! `scan`: what it is given to read.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::Duration;

use bzip2::write::BzEncoder;
use flate2::Compression;
use flate2::write::GzEncoder;
use lzma_rust2::{XzOptions, XzWriter};

use crate::scan::{Folder, bounced, json, piped, rows, scan};
use crate::{command, folded};

const TIME: &str = "2026-11-02T12:00:00+00:00";

pub(crate) fn line() -> String {
    bounced(TIME, "mx.example.net", "550 5.1.1 no such user")
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

fn zstd(text: &[u8]) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text, ruzstd::encoding::CompressionLevel::Fastest)
}

pub(crate) fn xz(text: &[u8]) -> Vec<u8> {
    let encoder = XzWriter::new(Vec::new(), XzOptions::with_preset(0));
    let mut encoder = encoder.expect("memory takes it");
    encoder.write_all(text).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

pub(crate) fn bzip2(text: &[u8]) -> Vec<u8> {
    let mut encoder = BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(text).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// How often the reply of [`line`] was counted.
pub(crate) fn count(table: &serde_json::Value) -> u64 {
    let rows = rows(table, "received");
    rows.iter()
        .map(|row| row["count"].as_u64().expect("a number"))
        .sum()
}

#[test]
fn nothing_found_is_status_1() {
    for input in [&b""[..], b"\n", b"nothing here\n", b"\r\n\r\n"] {
        let run = piped(input, &["--json"]);
        assert_eq!((run.status, run.err.as_str()), (Some(1), ""), "{input:?}");
        let table = json(&run);
        assert_eq!(table["parts"], serde_json::json!([]));
    }
    let run = piped(b"", &[]);
    assert_eq!(run.status, Some(1));
    assert!(run.out.starts_with("1 file, 0 B; 0 with"), "{}", run.out);
}

#[test]
fn packed_files_are_read_whatever_their_names() {
    let folder = Folder::new("packed");
    let text = line().repeat(3);
    let text = text.as_bytes();
    folder.file("a", gzip(text));
    folder.file("b.txt", [gzip(text), gzip(text)].concat());
    folder.file("c.gz", zstd(text));
    folder.file("d.zst", text);
    folder.file("e.7z", xz(text));
    folder.file("f.zip", [bzip2(text), bzip2(text)].concat());
    let run = scan([&folder.path("")], &["--json"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let table = json(&run);
    let files = (&table["files"], &table["lines"]);
    assert_eq!(files, (&6.into(), &24.into()));
    assert_eq!(count(&table), 24);
    for pack in [gzip, zstd, xz, bzip2] {
        let run = piped(&pack(text), &["--json", "-"]);
        assert_eq!(count(&json(&run)), 3);
    }
}

#[test]
fn what_is_not_read_in_a_folder_is_named_as_when_it_is_given_alone() {
    let folder = Folder::new("foreign");
    folder.file("mail.log", line());
    folder.file("photo", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    // The first octets that `echo | xz -9` writes.
    let large = b"\xfd7zXZ\0\0\x04\xe6\xd6\xb4\x46\x02\0\x21\x01\x1c\0\0\0\x10\xcf\x58\xcc";
    let mut tar = vec![0; 1024];
    tar[..8].copy_from_slice(b"mail.log");
    tar[257..265].copy_from_slice(b"ustar  \0");
    let files: [(&str, &[u8], &str); 9] = [
        ("a.zip", b"PK\x03\x04\x14\0\0\0", "unzip -p"),
        ("b.7z", b"7z\xbc\xaf\x27\x1c\0\x04", "7z x -so"),
        ("c.lz4", b"\x04\x22\x4d\x18\x64\x40", "lz4 -dc"),
        ("d.Z", b"\x1f\x9d\x90abc", "gzip -dc"),
        ("e.xz", large, "dictionary of 64 MiB"),
        ("f.tar", &tar, "tar -xf"),
        ("g.tar.xz", &xz(&tar), "tar -xf"),
        ("h.txt", b"\xff\xfe5\x005\x000\0", "iconv"),
        ("i.gz", &gzip(b"PK\x03\x04\x14\0\0\0"), "packed twice"),
    ];
    let path = |(name, octets, _): (&str, &[u8], _)| folder.file(name, octets);
    let paths = files.map(path);
    let run = scan([&folder.path("")], &["--json"]);
    assert_eq!(run.status, Some(2), "{}", run.err);
    let table = json(&run);
    assert_eq!((count(&table), &table["files"]), (1, &1.into()));
    assert_eq!(
        (&table["failures"], &table["passed_over"]),
        (&9.into(), &1.into())
    );
    for (path, (name, _, words)) in paths.iter().zip(files) {
        let line = run.err.lines().find(|line| line.contains(name));
        let line = line.unwrap_or_else(|| panic!("{name}: {}", run.err));
        assert!(line.contains(words), "{line}");
        let alone = scan([path], &["--json"]);
        assert_eq!(alone.status, Some(2), "{}", alone.err);
        assert_eq!(alone.err.trim_end(), line);
    }
}

#[test]
fn not_all_of_many_packed_files_are_named() {
    let folder = Folder::new("many-foreign");
    for number in 0..30 {
        folder.file(&format!("{number}.zip"), b"PK\x03\x04\x14\0");
    }
    let run = scan([&folder.path("")], &["--json"]);
    assert_eq!(run.status, Some(2), "{}", run.err);
    assert_eq!(run.err.matches("unzip").count(), 20, "{}", run.err);
    assert!(run.err.contains("there are more"), "{}", run.err);
    assert_eq!(json(&run)["failures"], 30);
}

#[test]
fn what_could_be_read_of_a_truncated_file_is_counted() {
    let folder = Folder::new("truncated");
    // Of each more than what is unpacked at once: 2 MiB with xz. bzip2 takes long for text that repeats.
    for (pack, lines) in [
        (gzip as fn(&[u8]) -> Vec<u8>, 20_000),
        (zstd, 20_000),
        (xz, 20_000),
        (bzip2, 4_000),
    ] {
        let text = (0..lines).map(|n| format!("{n} {}", line()));
        let text = text.collect::<String>();
        let packed = pack(text.as_bytes());
        let path = folder.file("mail.log.1", &packed[..packed.len() / 2]);
        let other = folder.file("mail.log", line());
        let run = scan([&path, &other], &["--json"]);
        assert_eq!(run.status, Some(2));
        let words = ["cannot read ", "mail.log.1: ends too early"];
        assert!(words.iter().all(|it| run.err.contains(it)), "{}", run.err);
        let table = json(&run);
        assert_eq!(
            (&table["files"], &table["failures"]),
            (&2.into(), &1.into())
        );
        assert!((2..lines + 1).contains(&count(&table)), "{}", count(&table));
        assert!(table["lines"].as_u64() > Some(1000));
    }
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_read() {
    let folder = Folder::new("unreadable");
    let good = folder.file("mail.log", line());
    let missing = folder.path("missing\u{1b}[31m.log");
    let run = scan([&missing, &good], &["--json"]);
    assert_eq!(run.status, Some(2));
    assert!(
        run.err.contains("cannot read ") && run.err.contains("missing"),
        "{}",
        run.err
    );
    assert!(!run.err.contains('\u{1b}'), "{:?}", run.err);
    assert_eq!(count(&json(&run)), 1);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_in_a_folder_is_named() {
    let folder = Folder::new("links");
    folder.file("mail.log", line());
    std::os::unix::fs::symlink("nowhere", folder.path("broken.log")).expect("a link");
    // In a circle.
    std::os::unix::fs::symlink(".", folder.path("circle")).expect("a link");
    let run = scan([&folder.path("")], &["--json"]);
    assert_eq!(run.status, Some(2), "{}", run.err);
    assert!(run.err.contains("broken.log"), "{}", run.err);
    assert_eq!(count(&json(&run)), 1);
}

#[test]
fn a_folder_is_walked() {
    let folder = Folder::new("folder");
    folder.file("mail.log", line());
    folder.file("old/mail.log.1.gz", gzip(line().as_bytes()));
    folder.file("old/journal", b"\0\0\0 550 5.1.1 x");
    folder.file("empty", "");
    let run = scan([&folder.path("")], &["--json"]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    let table = json(&run);
    assert_eq!(count(&table), 2);
    assert_eq!(
        (&table["files"], &table["passed_over"]),
        (&3.into(), &1.into())
    );
    assert!(
        run.err.contains("1 file in folders passed over"),
        "{}",
        run.err
    );
    // What was named is read whatever it is.
    let run = scan([&folder.path("old/journal")], &["--json"]);
    assert_eq!(run.status, Some(0), "{}", run.out);
}

#[test]
fn odd_octets_do_no_harm() {
    let mut input = Vec::new();
    for odd in [
        &b"\0\0\0"[..],
        b"\xff\xfe",
        b"\x1b]0;title\x07\x1b[2J",
        "\u{9b}31m\u{202e}".as_bytes(),
    ] {
        input.extend_from_slice(odd);
        input.extend_from_slice(line().trim_end().as_bytes());
        input.extend_from_slice(odd);
        input.push(b'\n');
    }
    for form in [&[][..], &["--json"], &["--csv"]] {
        let run = piped(&input, form);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{form:?}");
        let raw = |it: char| it.is_control() && it != '\n' || it == '\u{202e}';
        assert!(!run.out.contains(raw), "{form:?}: {:?}", run.out);
    }
    assert_eq!(count(&json(&piped(&input, &["--json"]))), 4);
}

#[test]
fn every_kind_of_line_end_is_one() {
    let line = line();
    let line = line.trim_end();
    let input = format!("{line}\r\n{line}\n{line}");
    let table = json(&piped(input.as_bytes(), &["--json"]));
    assert_eq!((count(&table), &table["lines"]), (3, &3.into()));
}

#[test]
fn a_line_of_4_mb_is_one_line() {
    let filler = "x".repeat(4_000_000);
    let input = format!("{}{filler} {}{}", line(), line(), line());
    let run = piped(input.as_bytes(), &["--json"]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    assert_eq!(run.err, "");
    let table = json(&run);
    assert_eq!((count(&table), &table["lines"]), (3, &3.into()));
}

#[test]
fn a_longer_line_is_searched_in_pieces_and_that_is_said() {
    let filler = "word ".repeat(3_000_000);
    let input = format!("{}{filler}{}{}", line(), line(), line());
    let run = piped(input.as_bytes(), &["--json"]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    assert!(run.err.contains("1 line was too long"), "{}", run.err);
    let table = json(&run);
    assert_eq!((count(&table), &table["lines"]), (3, &3.into()));
    assert_eq!(table["bounds"]["cut_lines"], 1);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    for form in ["--json", "--csv", "--redact"] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let folder = Folder::new(&format!("closed{form}"));
        let path = folder.file("mail.log", line());
        let child = command(["scan", form])
            .arg(path)
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn();
        let output = child.expect("it runs").wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    }
}

/// Lines of a log, and of a session, that are written piece by piece and not to an end.
#[cfg(unix)]
#[test]
fn an_interrupt_loses_no_line_that_came() {
    let session = ">>> RCPT TO:<a@example.net>\n<<< 550 5.1.1 no\n";
    for (pieces, size) in [(1, 5), (40, 97), (155, 1)] {
        for text in [line(), session.to_owned(), format!("{}{session}", line())] {
            let lines = text.repeat(pieces * size);
            let expected = lines.matches("5.1.1 no").count() as u64;
            // How long it takes until it is ready for an interrupt nobody tells, so it is waited for
            // longer and longer.
            let waits = [50, 400, 1_600, 6_400, 25_600].map(Duration::from_millis);
            let table = waits.into_iter().find_map(|wait| {
                let step = lines.len().div_ceil(pieces);
                interrupted_after(wait, lines.as_bytes().chunks(step + 7))
            });
            let table = table.expect("it gets ready");
            assert_eq!(count(&table), expected, "{pieces} {size} {text}");
            assert_eq!(
                (&table["interrupted"], &table["files"]),
                (&true.into(), &1.into())
            );
        }
    }
}

/// What a scan says of pieces of an input that does not end, and half a line; `None` where the interrupt
/// ended it before it was ready.
#[cfg(unix)]
fn interrupted_after<'a>(
    wait: Duration,
    pieces: impl Iterator<Item = &'a [u8]>,
) -> Option<serde_json::Value> {
    let mut child = command(["scan", "--json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    std::thread::sleep(wait);
    for piece in pieces {
        stdin.write_all(piece).expect("it reads");
    }
    let half = &line()[..200];
    stdin.write_all(half.as_bytes()).expect("it reads");
    let killed = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(killed.expect("kill is there").success());
    let output = child.wait_with_output().expect("it ends");
    drop(stdin);
    if output.status.code() != Some(130) {
        return None;
    }
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(err.contains("interrupted"), "{err}");
    serde_json::from_slice(&output.stdout).ok()
}

#[test]
fn of_too_many_causes_the_rest_is_summed_up_and_that_is_said() {
    let lines = (0..3000).map(|n| {
        let reply = format!("550 5.{}.{} no", n % 10, n / 10 + 100);
        bounced(TIME, "mx.example.net", &reply)
    });
    let log = lines.collect::<String>();
    let run = piped(log.as_bytes(), &["--json"]);
    assert_eq!(run.status, Some(0));
    assert!(run.err.contains("too many causes"), "{}", run.err);
    let table = json(&run);
    let part = &table["parts"][0];
    assert_eq!(
        (&part["part"], &part["count"]),
        (&"received".into(), &3000.into())
    );
    assert_eq!(part["others"], 3000 - 20);
    let beyond = table["bounds"]["without_row"].as_u64().expect("a number");
    // Each of those who count has room for 1024.
    assert!((1..3000 - 1023).contains(&beyond), "{beyond}");
}

#[test]
fn of_too_many_hosts_the_counts_are_lower_bounds() {
    let mut log = String::new();
    for host in 0..40_000 {
        log.push_str(&bounced(
            TIME,
            &format!("mx{host}.example.net"),
            "550 5.1.1 no",
        ));
        if host % 8 == 0 {
            log.push_str(&bounced(TIME, "often.example.net", "550 5.1.1 no"));
        }
    }
    let table = json(&piped(log.as_bytes(), &["--json"]));
    let row = &rows(&table, "received")[0];
    assert_eq!(row["count"], 45_000);
    assert_eq!(row["distinct_hosts"], serde_json::Value::Null);
    assert_eq!(row["hosts"][0]["host"], "often.example.net");
    assert!(row["hosts"][0]["count"].as_u64() <= Some(5000));
    let run = piped(log.as_bytes(), &[]);
    assert!(
        run.out.contains("many; at least: often.example.net"),
        "{}",
        run.out
    );
}

#[test]
fn the_year_is_that_of_the_last_change_or_the_one_before() {
    use std::fs::File;
    use std::time::{Duration, SystemTime};

    let folder = Folder::new("years");
    let lines = [
        "Dec 30 23:00:00",
        "Dec 31 23:59:59",
        "Jan  1 00:00:01",
        "Jan  4 08:00:00",
    ];
    let lines = lines.map(|time| bounced(time, "mx.example.net", "550 5.1.1 no"));
    let plain = folder.file("mail.log", lines.concat());
    let packed = folder.file("mail.log.gz", gzip(lines.concat().as_bytes()));
    // 2025-01-05, and for the plain one, whose last line counts, some months later.
    let january = SystemTime::UNIX_EPOCH + Duration::from_secs(1_736_035_200);
    let june = january + Duration::from_secs(150 * 86_400);
    for (path, time) in [(&plain, january), (&plain, june), (&packed, january)] {
        let file = File::options()
            .append(true)
            .open(path)
            .expect("it is there");
        file.set_modified(time).expect("it can be set");
        let table = json(&scan([path], &["--json"]));
        assert_eq!(table["assumed_years"], serde_json::json!([2024, 2025]));
        assert_eq!(table["first"], "2024-12-30T23:00:00");
        assert_eq!(table["last"], "2025-01-04T08:00:00");
        let run = scan([path], &[]);
        assert!(run.out.contains("2024 to 2025 is assumed"), "{}", run.out);
        let table = json(&scan([path], &["--json", "--since", "2025-01-01"]));
        assert_eq!(count(&table), 2);
    }
}

#[test]
fn an_offset_is_converted_to_local_time() {
    let log = bounced(
        "2026-11-02T23:30:00+01:00",
        "mx.example.net",
        "550 5.1.1 no",
    );
    let mut command = command(["scan", "--json"]);
    let folder = Folder::new("offset");
    let path = folder.file("mail.log", &log);
    let run = crate::finish(command.arg(&path).env("TZ", "UTC-5"));
    assert_eq!(json(&run)["first"], "2026-11-03T03:30:00");
}

#[test]
fn lines_without_a_time_are_left_out_of_a_span_and_that_is_said() {
    let log = format!("{}550 5.1.1 no such user\n", line());
    let run = piped(log.as_bytes(), &["--json", "--since", "2026-11-02"]);
    assert_eq!(count(&json(&run)), 1);
    assert!(
        run.err.contains("1 line without a time left out"),
        "{}",
        run.err
    );
}

#[test]
fn internal_traffic_is_told_apart() {
    let log = format!("{}{}", line(), line().replace("192.0.2.1", "127.0.0.1"));
    let table = json(&piped(log.as_bytes(), &["--json"]));
    let rows = rows(&table, "received");
    let internal: Vec<_> = rows.iter().map(|row| row["internal"].as_bool()).collect();
    assert_eq!(internal.len(), 2);
    assert!(internal.contains(&Some(true)) && internal.contains(&Some(false)));
    let text = folded(&piped(log.as_bytes(), &[]).out);
    for mark in ["(local)", "(within this machine)"] {
        assert_eq!(text.matches(mark).count(), 1, "{text}");
    }
}

#[test]
fn what_failed_without_a_reply_and_what_was_repeated_have_parts_of_their_own() {
    let deferred = |text: &str| {
        format!(
            "{TIME} mail postfix/error[7]: 4A1B2C: to=<ann@example.net>, relay=none, delay=30, \
             delays=30/0/0/0, dsn=4.4.1, status=deferred ({text})\n"
        )
    };
    let log = [
        deferred("connect to mx.example.net[192.0.2.1]:25: Connection timed out"),
        deferred("connect to mx.example.net[192.0.2.1]:25: Connection timed out"),
        deferred("connect to mx.example.net[192.0.2.1]:25: Connection refused"),
        deferred("delivery temporarily suspended: host mx.example.net[192.0.2.1] refused to talk to me: 421 4.7.0 no"),
        line().replace("550 5.1.1 no such user", "no code here"),
        line().replace("NOQUEUE: reject:", "x"),
        format!(
            "{TIME} mail postfix/smtpd[8]: NOQUEUE: reject_warning: RCPT from a.example[192.0.2.9]: 550 5.7.1 \
             no; from=<b@example.org> to=<a@example.com> proto=ESMTP helo=<x>\n"
        ),
    ]
    .concat();
    let table = json(&piped(log.as_bytes(), &["--json"]));
    let counts = |part: &str| -> Vec<u64> {
        let rows = rows(&table, part).iter();
        rows.map(|row| row["count"].as_u64().expect("a number"))
            .collect()
    };
    assert_eq!(counts("no-reply"), [2, 1]);
    assert_eq!(rows(&table, "no-reply")[0]["no_reply"], "timed-out");
    assert_eq!(
        rows(&table, "no-reply")[0]["hosts"][0]["host"],
        "mx.example.net"
    );
    assert_eq!(counts("repeated"), [1]);
    assert_eq!(counts("withheld"), [1]);
    assert_eq!(counts("unread"), [1]);
    assert_eq!(rows(&table, "unread")[0]["system"], "Postfix");
    assert_eq!(counts("received"), [1]);
    assert_eq!(counts("summary"), [] as [u64; 0]);
}

#[test]
fn a_session_is_read_as_a_whole_however_it_comes() {
    let session = "... while talking to mx.example.net.:\n>>> MAIL From:<a@example.com>\n<<< 250 ok\n\
                   >>> RCPT To:<b@example.net>\n<<< 550-5.1.1 no such\n<<< 550 5.1.1 user\n>>> QUIT\n";
    let log = session.repeat(20_000);
    let table = json(&piped(log.as_bytes(), &["--json"]));
    assert_eq!((count(&table), &table["lines"]), (20_000, &140_000.into()));
    let rows = rows(&table, "received");
    assert_eq!((rows.len(), &rows[0]["command"]), (1, &"RCPT".into()));
}

#[test]
fn lines_of_blanks_are_looked_at_once() {
    // Together they would take hours if each were followed to the end of those behind it.
    let log = format!("{}{}<<< 550 5.1.1 no\n", "\n ".repeat(1_000_000), "\n");
    let table = json(&piped(log.as_bytes(), &["--json"]));
    assert_eq!((count(&table), &table["lines"]), (1, &1_000_002.into()));
}
