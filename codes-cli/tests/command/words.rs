//! Bare words other than codes.

use codes_core::{Command, CommandKind, EnumeratedCode, TABLE};
use serde_json::json;

use crate::{folded, info, parsed, run, unknown};

#[test]
fn every_enhanced_code_is_explained() {
    for code in EnumeratedCode::registered() {
        let info = code.info().expect("registered");
        for class in info.classes() {
            let text = code.with_class(*class).to_string();
            let run = run([text.as_str()]);
            assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{text}");
            let words = folded(&run.out);
            assert!(words.contains(&folded(info.meaning())), "{text}: {words}");
            assert!(
                words.contains("What to do ") && words.contains("How sure "),
                "{text}"
            );
            for line in run.out.lines() {
                assert!(
                    line.chars().count() <= 80 && line == line.trim_end(),
                    "{text}: {line}"
                );
            }
        }
        let run = run([code.to_string()]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{code}");
        let words = folded(&run.out);
        assert!(words.contains(&folded(info.meaning())), "{code}: {words}");
    }
    let run = run(["5.7.26"]);
    for piece in [
        "5.7.26 Multiple",
        "The registry names 550",
        "5.7.25 ",
        "Class 5.X.Y",
        "Subject X.7.Y",
    ] {
        assert!(folded(&run.out).contains(piece), "{piece}: {}", run.out);
    }
}

#[test]
fn an_enhanced_code_of_nobody_is_told_apart_by_the_status() {
    for (text, piece) in [
        ("5.7.350", "registry does not have 5.7.350"),
        ("5.99.1", "nor the subject"),
        ("X.99.1", "neither X.99.1"),
    ] {
        let run = run([text]);
        assert_eq!((run.status, run.err.as_str()), (Some(1), ""), "{text}");
        assert!(folded(&run.out).contains(piece), "{}", run.out);
        let json = parsed(&crate::run([text, "--json"]).out);
        assert_eq!(json["registered"], false);
    }
}

#[test]
fn a_combination_says_what_both_mean_together() {
    let all = run(["550", "5.1.1", "RCPT"]);
    for args in [
        &["550 5.1.1 RCPT"][..],
        &["rcpt", "5.1.1", "550"],
        &["550", "5.1.1", "RCPT", "TO"],
    ] {
        assert_eq!(run(args).out, all.out, "{args:?}");
    }
    let answer = parsed(&run(["550", "5.1.1", "RCPT", "--json"]).out);
    for (key, expected) in [
        ("code", json!(550)),
        ("enhanced", json!("5.1.1")),
        ("command", json!("RCPT")),
        ("class", json!("permanent-negative")),
        ("contradictions", json!([])),
        ("text", json!(all.out)),
    ] {
        assert_eq!(answer[key], expected, "{key}");
    }
    assert_eq!(answer["advice"]["scope"], "recipient");
    let words = |args: &[&str]| folded(&run(args).out);
    assert!(words(&["450", "5.1.1"]).contains("of another class than the reply code"));
    assert!(words(&["554", "5.1.1"]).contains("An unusual pair: the registry has 5.1.1 with 550"));
    assert!(words(&["250", "DATA"]).contains("out of step"));
    assert!(words(&["551", "DATA"]).contains("No document and no server is known that gives 551"));
    let [code, _] = unknown();
    assert_eq!(run([code, "RCPT"]).status, Some(1));
}

#[test]
fn a_pasted_reply_is_explained() {
    for args in [
        &["550", "5.1.1", "User", "unknown"][..],
        &["550 5.1.1 User unknown"],
        &["550-5.1.1"],
    ] {
        let run = run(args);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{args:?}");
        assert!(
            run.out.contains("5.1.1 Bad destination mailbox address"),
            "{args:?}"
        );
        assert!(run.out.contains("Read from"), "{args:?}");
    }
}

#[test]
fn a_class_has_its_codes_and_what_a_client_does() {
    let answer = parsed(&run(["5xx", "--json"]).out);
    let codes: Vec<_> = TABLE
        .iter()
        .map(|info| info.code().get())
        .filter(|code| code / 100 == 5)
        .collect();
    assert_eq!(answer["codes"], json!(codes));
    assert_eq!(answer["group"], "5yz");
    let text = run(["5yz"]);
    assert_eq!(text.out, run(["5xx"]).out);
    assert_eq!(text.status, Some(0));
    for code in codes {
        assert!(text.out.contains(&format!("\n  {code}  ")), "{code}");
    }
    assert!(folded(&text.out).contains("What to do Do not repeat the command unchanged."));
    for (word, piece) in [
        ("4xx", "transient negative"),
        ("x5z", "mail system"),
        ("5.x.x", "5.7.Y Security or Policy Status."),
        ("5.7.x", "5.7.26 Multiple authentication checks failed."),
        ("X.7.Y", "X.7.26 Multiple authentication checks failed."),
    ] {
        let run = run([word]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{word}");
        assert!(folded(&run.out).contains(piece), "{word}: {}", run.out);
        let json = parsed(&crate::run([word, "--json"]).out);
        assert_eq!(json["text"], json!(run.out));
    }
    for word in ["6xx", "5.99.x"] {
        assert_eq!(run([word]).status, Some(1), "{word}");
    }
}

#[test]
fn a_command_has_all_that_it_may_be_answered() {
    for command in Command::all() {
        let run = run([command.name()]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{command}");
        let json = parsed(&crate::run([command.name(), "--json"]).out);
        let codes: Vec<_> = json["answers"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|row| row["code"].as_u64().expect("a number"))
            .collect();
        for info in &TABLE {
            let own = info.commands().iter().any(|row| row.command() == command);
            let expected = own || command.answers().contains(&info.code());
            let number = u64::from(info.code().get());
            assert_eq!(codes.contains(&number), expected, "{command} {info}");
            if expected {
                assert!(
                    run.out.contains(&format!("\n  {number}  ")),
                    "{command} {info}"
                );
            }
        }
        // `help` is what people want who do not know SMTP.
        if command.kind() == CommandKind::Command && command != Command::HELP {
            assert_eq!(crate::run([command.name().to_lowercase()]).out, run.out);
        }
    }
    let words = folded(&run(["DATA"]).out);
    assert!(
        words.contains("It stands after RCPT. When it succeeded, DATA-BODY may follow."),
        "{words}"
    );
}

#[test]
fn a_list_and_a_command_say_the_same_about_how_a_code_is_known() {
    for command in ["RCPT", "DATA", "AUTH", "CONNECT"] {
        let page = folded(&run([command]).out);
        let list = run(["list", "--command", command]).out;
        for line in list.lines() {
            let code = &line[..3];
            let name = info(code).name();
            let basis = [
                "general rule",
                "standard",
                "extension",
                "historic",
                "de-facto",
            ];
            let last = basis.iter().filter_map(|it| line.find(it)).min();
            let basis = &line[last.expect("a basis")..];
            let expected = format!("{code} {name} ({basis})");
            assert!(page.contains(&folded(&expected)), "{command}: {expected}");
        }
    }
}
