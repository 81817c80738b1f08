//! What may be asked, what is answered and with which exit status.

use codes_core::{Class, Command, Standing, TABLE, compare};

use crate::{fed, folded, info, known, run, unknown};

#[test]
fn a_code_is_explained() {
    for code in known() {
        let run = run([code]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{code}");
        let info = info(code);
        assert!(run.out.starts_with(&format!("{info}\n")), "{}", run.out);
        let words = folded(&run.out);
        for text in [info.description(), info.when(), info.fix()] {
            assert!(words.contains(&folded(text)), "{code}: {text}");
        }
    }
}

#[test]
fn two_codes_are_compared_with_and_without_the_word() {
    let short = run(["354", "521"]);
    let long = run(["compare", "354", "521"]);
    assert_eq!(short.status, Some(0));
    assert_eq!(short.out, long.out);
    assert!(short.out.starts_with("354 Start Mail Input and 521 Host"));
    let words = folded(&short.out);
    for fact in compare(codes_core::Smtp354, codes_core::Smtp521).differences() {
        assert!(words.contains(&fact.to_string()), "{fact}");
    }
    let mirrored = run(["521", "354"]);
    assert!(mirrored.out.starts_with("521 Host"), "{}", mirrored.out);
}

#[test]
fn a_number_in_no_table_is_explained_and_told_apart_by_the_status() {
    let [one, other] = unknown();
    for args in [
        &[one][..],
        &["354", one],
        &[one, "354"],
        &["compare", one, "354"],
        &[one, other],
        &[one, one],
    ] {
        let run = run(args);
        assert_eq!((run.status, run.err.as_str()), (Some(1), ""), "{args:?}");
        let words = folded(&run.out);
        assert!(
            words.contains("no table") || words.contains("in any table"),
            "{words}"
        );
    }
}

#[test]
fn what_is_no_code_is_refused() {
    let long = "9".repeat(5000);
    let refused = [
        "35",
        "1000",
        "-1",
        "-354",
        "3 54",
        "0354",
        "354x",
        "３５４",
        "",
        " 354",
        "+354",
        "099",
        "3.5",
        "354\n",
        long.as_str(),
    ];
    for text in refused {
        for args in [
            &[text][..],
            &["354", text],
            &[text, "354"],
            &["compare", text, "354"],
        ] {
            let run = run(args);
            assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{args:?}");
            let expected = "a reply code has exactly three digits, from 100 to 999";
            assert!(run.err.contains(expected), "{args:?}: {}", run.err);
            assert!(run.err.len() < 800, "{}", run.err);
        }
    }
}

#[test]
fn a_comparison_takes_nothing_but_codes() {
    for text in ["abc", "5.1.1", "RCPT", "start-mail-input"] {
        let run = run(["compare", "354", text]);
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{text}");
        let expected = "a reply code has exactly three digits, from 100 to 999";
        assert!(run.err.contains(expected), "{text}: {}", run.err);
    }
    let run = run(["compare", "354", "5.1.1"]);
    let expected = "'5.1.1' is an enhanced status code (RFC 3463), not a reply code";
    assert!(run.err.contains(expected), "{}", run.err);
}

#[test]
fn a_near_miss_is_suggested() {
    for (text, meant) in [
        ("35", "354 Start Mail Input"),
        ("3545", "354 Start Mail Input"),
        ("354x", "did you mean 354 Start Mail Input?"),
        ("-354", "did you mean 354 Start Mail Input?"),
        ("0354", "did you mean 354 Start Mail Input?"),
        ("３５４", "did you mean 354 Start Mail Input?"),
        ("Start Mail Imput", "did you mean 354 Start Mail Input?"),
        ("comapre", "did you mean the subcommand `compare`?"),
        ("scna", "did you mean the subcommand `scan`?"),
        ("RCTP", "did you mean RCPT?"),
        ("7.1", "did you mean X.7.1?"),
        ("5.1", "did you mean 5.1.x, all codes of a subject?"),
    ] {
        let run = run([text]);
        assert!(run.err.contains(meant), "{text}: {}", run.err);
    }
    for text in ["abc", "1000", "-1", ""] {
        let run = run([text]);
        assert!(!run.err.contains("did you mean"), "{text}: {}", run.err);
    }
}

#[test]
fn the_number_of_codes_is_checked() {
    for (args, message) in [
        (
            &["354", "521", "250"][..],
            "one code is explained, two are compared, but 3 are given",
        ),
        (&["compare"], "compare takes two codes, but none is given"),
        (
            &["compare", "354"],
            "compare takes two codes, but one is given",
        ),
        (
            &["compare", "354", "521", "250"],
            "compare takes two codes, but 3 are given",
        ),
        (&["354", "list"], "the subcommand `list` has to come first"),
        (
            &["354", "--json", "list"],
            "a code cannot stand in front of the subcommand 'list'",
        ),
    ] {
        let run = run(args);
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(run.err.contains(message), "{args:?}: {}", run.err);
        assert!(
            run.err.contains("Usage: smtp-codes"),
            "{args:?}: {}",
            run.err
        );
    }
}

#[test]
fn an_unknown_option_is_refused() {
    let run = run(["--jsno", "354"]);
    assert_eq!((run.status, run.out.as_str()), (Some(2), ""));
    assert!(run.err.contains("'--json'"), "{}", run.err);
}

#[test]
fn nothing_asked_is_answered_with_the_help() {
    let nothing = run([] as [&str; 0]);
    assert_eq!((nothing.status, nothing.out.as_str()), (Some(2), ""));
    let help = run(["--help"]);
    assert_eq!((help.status, help.err.as_str()), (Some(0), ""));
    assert_eq!(nothing.err.trim_end(), help.out.trim_end());
}

#[test]
fn what_is_piped_is_explained_without_a_word() {
    let bare = fed([] as [&str; 0], "550 5.1.1 no such user\n");
    let explained = fed(["explain"], "550 5.1.1 no such user\n");
    assert_eq!((bare.status, bare.err.as_str()), (Some(0), ""));
    assert_eq!(bare.out, explained.out);
    let json = fed(["--json"], "550 5.1.1 no such user\n");
    assert_eq!(crate::parsed(&json.out)["count"], 1);
}

#[test]
fn help_and_version_are_no_failure_and_fit_the_width() {
    for args in [
        &["--help"][..],
        &["-h"],
        &["help"],
        &["list", "--help"],
        &["compare", "--help"],
        &["help", "list"],
    ] {
        let run = run(args);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{args:?}");
        assert!(run.out.contains("Usage: smtp-codes"), "{}", run.out);
        assert!(run.out.ends_with('\n') && !run.out.ends_with("\n\n"));
        let widest = run.out.lines().map(str::len).max();
        assert!(widest <= Some(80), "{args:?}: {}", run.out);
    }
    let version = run(["--version"]);
    assert_eq!(version.status, Some(0));
    assert_eq!(
        version.out,
        format!("smtp-codes {}\n", env!("CARGO_PKG_VERSION"))
    );
}

/// The codes that a list shows, in its order.
fn listed(args: &[&str]) -> Vec<String> {
    let run = run([&["list"], args].concat());
    assert_eq!(run.status, Some(i32::from(run.out.is_empty())), "{args:?}");
    let codes = run.out.lines().map(|line| line[..3].to_owned());
    codes.collect()
}

#[test]
fn the_list_has_every_code_with_its_name() {
    assert!(listed(&[]).iter().eq(known()));
    let run = run(["list"]);
    for (line, info) in run.out.lines().zip(&TABLE) {
        let cells: Vec<_> = line
            .split("  ")
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .collect();
        let expected = [
            info.code().as_str(),
            info.name(),
            info.class().as_str(),
            info.standing().as_str(),
        ];
        assert_eq!(cells, expected);
    }
}

#[test]
fn the_list_is_filtered_by_class() {
    for class in Class::ALL {
        let expected = TABLE.iter().filter(|info| info.class() == *class);
        let expected: Vec<_> = expected.map(|info| info.code().as_str()).collect();
        assert_eq!(listed(&["--class", class.as_str()]), expected);
        assert!(!expected.is_empty(), "{class}");
    }
    let transient = listed(&["--class", "transient-negative"]);
    for other in ["4", "4yz", "4xx", "4YZ", "Transient-Negative"] {
        assert_eq!(listed(&["--class", other]), transient, "{other}");
    }
}

#[test]
fn the_list_is_filtered_by_standing() {
    for standing in Standing::ALL {
        let expected = TABLE.iter().filter(|info| info.standing() == *standing);
        let expected: Vec<_> = expected.map(|info| info.code().as_str()).collect();
        assert_eq!(listed(&["--standing", standing.as_str()]), expected);
    }
}

#[test]
fn the_list_is_filtered_by_command() {
    let data = listed(&["--command", "data"]);
    assert_eq!(data, listed(&["--command", "DATA"]));
    // 354 has a row of its own, 421 comes by the rule for any command, 235 belongs to AUTH.
    for (code, expected) in [("354", true), ("421", true), ("235", false)] {
        assert_eq!(data.contains(&code.to_owned()), expected, "{code}");
    }
    for command in Command::all() {
        let listed = listed(&["--command", command.name()]);
        for info in &TABLE {
            let own = info.commands().iter().any(|row| row.command() == command);
            let expected = own || command.answers().contains(&info.code());
            let found = listed.iter().any(|code| code == info.code().as_str());
            assert_eq!(found, expected, "{command} {info}");
        }
    }
}

#[test]
fn filters_add_up() {
    let both = listed(&[
        "--class",
        "5",
        "--standing",
        "de-facto",
        "--command",
        "rcpt",
    ]);
    assert!(both.contains(&"571".to_owned()));
    for code in &both {
        assert_eq!(info(code).class(), Class::PermanentNegative);
        assert_eq!(info(code).standing(), Standing::DeFacto);
    }
}

#[test]
fn a_list_without_a_match_says_so() {
    let nothing = ["list", "--class", "3", "--command", "QUIT"];
    let text = run(nothing);
    assert_eq!((text.status, text.out.as_str()), (Some(1), ""));
    assert!(
        text.err.contains("no code of the table fits"),
        "{}",
        text.err
    );
    let json = run([&nothing[..], &["--json"]].concat());
    assert_eq!((json.status, json.out.as_str()), (Some(1), "[]\n"));
}

#[test]
fn a_wrong_filter_is_refused_with_what_is_possible() {
    for (args, possible) in [
        (&["--class", "transient"][..], "'transient-negative'"),
        (&["--class", "6"], "positive-completion"),
        (&["--class", "4zz"], "positive-completion"),
        (&["--class"], "positive-completion"),
        (&["--standing", "defacto"], "'de-facto'"),
        (&["--command", "rctp"], "did you mean RCPT?"),
        (&["--command", "databody"], "did you mean DATA-BODY?"),
        (&["--command", "GET"], "CONNECT"),
        (&["354"], "unexpected argument '354'"),
    ] {
        let run = run([&["list"], args].concat());
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(run.err.contains(possible), "{args:?}: {}", run.err);
    }
}
