//! The search over all texts.

use serde_json::Value;

use crate::{command, finish, folded, run};

/// What fits, the best first: what it is about.
fn found(words: &str) -> Vec<String> {
    let run = run(["search", "--json", "--limit", "1000", words]);
    assert_eq!(run.status, Some(0), "{words}: {}", run.err);
    let answer: Value = serde_json::from_str(&run.out).expect("JSON");
    let hits = answer["hits"].as_array().expect("a list");
    assert_eq!(answer["count"].as_u64(), Some(hits.len() as u64));
    let about = hits
        .iter()
        .map(|hit| hit["about"].as_str().expect("a text"));
    about.map(str::to_owned).collect()
}

#[test]
fn what_operators_ask_for_comes_first() {
    // The words, and what has to be among the first three.
    for (words, expected) in [
        ("mailbox full", &["X.2.2", "552"][..]),
        ("full mailbox", &["X.2.2", "552"]),
        ("MAILBOX Full", &["X.2.2"]),
        ("over quota", &["X.2.2"]),
        ("quota", &["X.2.2"]),
        ("greylist", &["450"]),
        ("greylisting", &["450"]),
        ("spf", &["X.7.23", "X.7.24"]),
        ("dmarc", &["550"]),
        ("dkim signature", &["X.7.20"]),
        ("too many recipients", &["X.5.3", "452"]),
        ("relay", &["550"]),
        ("tls required", &["530"]),
        ("password", &["X.7.12", "432"]),
        ("weak mechanism", &["534", "X.7.9"]),
        ("reverse dns", &["X.7.25"]),
        ("null mx", &["X.1.10", "556"]),
        ("message too big", &["X.3.4", "552"]),
        ("routing loop", &["X.4.6"]),
        ("delivery time expired", &["X.4.7", "447"]),
        ("account disabled", &["X.7.13", "525"]),
        ("start mail input", &["354"]),
        ("starttls", &["STARTTLS", "220"]),
        ("rcpt", &["RCPT"]),
        ("354", &["354"]),
        ("550", &["550"]),
        ("5.7.26", &["X.7.26"]),
        ("X.7.26", &["X.7.26"]),
        ("security", &["X.7.Y"]),
        ("450 451", &["450 451"]),
    ] {
        let found = found(words);
        let first = &found[..found.len().min(3)];
        for about in expected {
            assert!(
                first.iter().any(|one| one == about),
                "{words}: {about} in {found:?}"
            );
        }
    }
}

#[test]
fn slips_are_forgiven_where_no_text_has_the_word() {
    for (slip, right) in [
        ("greylsit", "greylist"),
        ("mialbox full", "mailbox full"),
        ("passwrod", "password"),
        ("autentication", "authentication"),
    ] {
        assert_eq!(found(slip)[0], found(right)[0], "{slip}");
    }
}

#[test]
fn what_fits_is_shown_with_its_words() {
    let run = run(["search", "mailbox", "full", "--limit", "2"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert!(run.out.starts_with("X.2.2  Mailbox full\n"), "{}", run.out);
    assert!(
        run.out.contains("\n552    Exceeded Storage Allocation\n"),
        "{}",
        run.out
    );
    assert!(
        folded(&run.out).contains("5.2.2 is a full mailbox"),
        "{}",
        run.out
    );
    assert!(
        run.out.contains(" more; --limit N shows them\n"),
        "{}",
        run.out
    );
    for line in run.out.lines() {
        assert!(
            line.chars().count() <= 80 && line == line.trim_end(),
            "{line:?}"
        );
    }
    let mut coloured = command([
        "--color", "always", "search", "mailbox", "full", "--limit", "2",
    ]);
    let coloured = finish(&mut coloured).out;
    assert!(
        coloured.contains("\u{1b}[1mMailbox\u{1b}[0m \u{1b}[1mfull\u{1b}[0m"),
        "{coloured}"
    );
    let mut plain = coloured;
    for style in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[36m"] {
        plain = plain.replace(style, "");
    }
    assert_eq!(plain, run.out);
}

#[test]
fn what_fits_nothing_is_said() {
    for words in ["xyzzyx", "", " - ", "\u{1b}[31m\u{202e}qqqqq", "999 888"] {
        let run = run(["search", words]);
        assert_eq!((run.status, run.out.as_str()), (Some(1), ""), "{words:?}");
        assert!(
            run.err.starts_with("smtp-codes: nothing fits '"),
            "{}",
            run.err
        );
        assert!(run.err.contains("smtp-codes list"), "{}", run.err);
        let raw = |character: char| character.is_control() && character != '\n';
        assert!(
            !run.err.contains(raw) && !run.err.contains('\u{202e}'),
            "{:?}",
            run.err
        );
    }
    let nothing = run(["search", "--json", "xyzzyx"]);
    assert_eq!(nothing.status, Some(1));
    let answer: Value = serde_json::from_str(&nothing.out).expect("JSON");
    assert_eq!(answer["count"], 0);
    assert_eq!(answer["unknown"], serde_json::json!(["xyzzyx"]));

    // A word that helps nothing does not hide what the others find.
    let some = run(["search", "xyzzyx", "spf"]);
    assert_eq!(some.status, Some(0));
    assert!(some.out.starts_with("X.7.2"), "{}", some.out);
    assert_eq!(some.err, "smtp-codes: no text has: xyzzyx\n");
}

#[test]
fn without_words_the_help_is_shown() {
    let nothing = run(["search"]);
    assert_eq!((nothing.status, nothing.out.as_str()), (Some(2), ""));
    let help = run(["search", "--help"]);
    assert_eq!(nothing.err.trim_end(), help.out.trim_end());
    assert!(help.out.contains("--json") && help.out.contains("--color"));
}

#[test]
fn wrong_arguments_are_refused() {
    for args in [
        &["search"][..],
        &["search", "--limit", "0", "spf"],
        &["search", "--limit", "x", "spf"],
        &["search", "--unknown"],
    ] {
        let run = run(args);
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{args:?}");
    }
}
