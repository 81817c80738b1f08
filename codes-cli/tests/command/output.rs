//! How the output is written.

use std::process::Stdio;

use crate::{command, finish, known, run, unknown};

#[test]
fn a_closed_pipe_is_no_failure() {
    let [unknown, _] = unknown();
    for (args, status) in [
        (&["354"][..], 0),
        (&["354", "521", "--json"], 0),
        (&["list"], 0),
        (&["--help"], 0),
        (&[unknown], 1),
    ] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let child = command(args)
            .stdout(writer)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let output = child.wait_with_output().expect("it ends");
        assert_eq!(output.status.code(), Some(status), "{args:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{args:?}");
    }
}

#[test]
fn a_message_that_nobody_reads_changes_no_status() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let status = command(["35"])
        .stderr(writer)
        .status()
        .expect("the command runs");
    assert_eq!(status.code(), Some(2));
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_a_failure() {
    for args in [&["354"][..], &["list", "--json"], &["--version"]] {
        let full = std::fs::File::create("/dev/full").expect("Linux has it");
        let run = finish(command(args).stdout(full));
        assert_eq!(run.status, Some(2), "{args:?}");
        assert!(run.err.contains("cannot write the output"), "{}", run.err);
    }
}

#[test]
fn only_a_terminal_gets_colour() {
    for args in [
        &["354"][..],
        &["354", "521"],
        &["list"],
        &["354", "521", "--json"],
        &["35"],
    ] {
        let run = finish(
            command(args)
                .env("TERM", "xterm")
                .env("CLICOLOR_FORCE", "1"),
        );
        assert!(
            !run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'),
            "{args:?}"
        );
    }
}

#[test]
fn a_pipe_gets_80_columns_whatever_the_environment_says() {
    let usual = run(["354", "521"]).out;
    for columns in ["40", "200", "0", "wide"] {
        let run = finish(command(["354", "521"]).env("COLUMNS", columns));
        assert_eq!(run.out, usual, "{columns}");
    }
}

#[test]
fn lines_fit_and_end_cleanly() {
    for code in known().chain(unknown()) {
        for args in [&[code][..], &[code, "354"]] {
            let out = run(args).out;
            assert!(out.ends_with('\n') && !out.ends_with("\n\n"), "{args:?}");
            for line in out.lines() {
                assert!(line.chars().count() <= 80, "{args:?}: {line}");
                assert_eq!(line, line.trim_end(), "{args:?}");
            }
        }
    }
}

#[test]
fn control_characters_of_an_argument_are_not_printed() {
    for text in [
        "\u{1b}[31m",
        "35\u{7}",
        "a\nerror: b",
        "\r354",
        "\u{202e}453",
        "--\u{1b}[31m",
    ] {
        for args in [
            &[text][..],
            &["list", "--class", text],
            &["list", "--command", text],
        ] {
            let run = run(args);
            assert_eq!(run.status, Some(2), "{args:?}");
            let raw = |character: char| character.is_control() && character != '\n';
            assert!(!run.err.contains(raw), "{args:?}: {:?}", run.err);
            assert!(!run.err.contains("\nerror: b"), "{args:?}: {:?}", run.err);
            assert!(!run.err.contains('\u{202e}'), "{args:?}: {:?}", run.err);
        }
    }
}

#[cfg(unix)]
#[test]
fn an_argument_that_is_no_text_is_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    for bytes in [&b"\xff\xfe"[..], b"354\xff"] {
        let run = run([OsStr::from_bytes(bytes)]);
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""));
        assert!(run.err.contains("is not a reply code"), "{}", run.err);
    }
}
