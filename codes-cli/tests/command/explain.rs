//! `explain`: texts from arguments, files and standard input.

use std::path::PathBuf;
use std::process::Stdio;

use serde_json::json;

use crate::scan_input::{bzip2, xz};
use crate::{command, fed, finish, folded, info, parsed, run};

const LINE: &str = "Nov 24 03:12:45 mail postfix/smtp[4372]: 2D1371C171: to=<carla@example.com>, \
     relay=mx.example.com[192.0.2.10]:25, delay=1.8, dsn=5.1.1, status=bounced (host \
     mx.example.com[192.0.2.10] said: 550 5.1.1 <carla@example.com>: User unknown (in reply to RCPT \
     TO command))";

/// A file or folder for one test, away from the others.
fn scratch(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("explain-{name}"));
    let _ = std::fs::remove_file(&path);
    path
}

fn written(name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = scratch(name);
    std::fs::write(&path, text).expect("a file can be written");
    path
}

#[test]
fn meaning_and_advice_come_first_and_each_part_has_its_words() {
    let run = run(["explain", LINE]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let first: Vec<_> = run.out.lines().take(16).collect();
    let first = folded(&first.join(" "));
    for piece in [
        "550 Mailbox Unavailable with 5.1.1 Bad destination mailbox address in answer to RCPT",
        "What to do The client does not send the same again",
        "Who The sender acts next.",
        "mail may be returned for it.",
        "What was done The mail was given up and returned",
    ] {
        assert!(first.contains(piece), "{piece}: {first}");
    }
    let words = folded(&run.out);
    for piece in [
        "How sure It is what programs usually do (RFC 3463 3.2).",
        "Code \"550\": permanent negative reply (5yz).",
        "Enhanced code \"5.1.1\": ",
        "Words \"<carla@example.com>: User unknown\"",
        "Command \"(in reply to RCPT TO command)\": in answer to RCPT.",
        "Direction The other server said it",
        "Host \"mx.example.com[192.0.2.10]\".",
        "Recipient \"carla@example.com\".",
        "Outcome \"bounced\".",
        "Often mixed up with",
    ] {
        assert!(words.contains(piece), "{piece}: {words}");
    }
}

#[test]
fn arguments_a_file_and_standard_input_say_the_same() {
    let path = written("same.txt", LINE);
    let path = path.to_str().expect("UTF-8");
    let expected = run(["explain", LINE]).out;
    for args in [&["explain", path][..], &["explain", "--file", path]] {
        assert_eq!(run(args).out, expected, "{args:?}");
    }
    for args in [&["explain"][..], &["explain", "-"], &["-"]] {
        let run = fed(args, LINE);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{args:?}");
        assert_eq!(run.out, expected, "{args:?}");
    }
    let words: Vec<_> = LINE.split(' ').collect();
    let split = run([&["explain"][..], &words].concat());
    assert_eq!(folded(&split.out), folded(&expected));
}

#[test]
fn what_is_no_text_is_answered_as_without_the_word() {
    for words in [
        &["5.7.26"][..],
        &["RCPT"],
        &["5xx"],
        &["550", "5.1.1"],
        &["354", "521"],
    ] {
        let long = run([&["explain"], words].concat());
        assert_eq!(
            (long.status, long.out),
            (Some(0), run(words).out),
            "{words:?}"
        );
    }
}

#[test]
fn what_was_said_and_what_was_done_are_two_things() {
    let text = "relay=mx.example.com[192.0.2.10]:25, dsn=5.7.1, status=deferred (host \
        mx.example.com[192.0.2.10] refused to talk to me: 554 5.7.1 Go away)";
    let run = run(["explain", text]);
    let words = folded(&run.out);
    assert!(
        words.contains("at the opening of the connection"),
        "{words}"
    );
    assert!(
        words.contains("What was done The mail stays in the queue"),
        "{words}"
    );
    assert!(words.contains("what was done is not."), "{words}");
}

#[test]
fn an_enhanced_code_alone_is_explained_as_far_as_its_class_goes() {
    let run = run([
        "explain",
        "milter-reject: END-OF-MESSAGE from x[192.0.2.3]: 5.7.1 Spam",
    ]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    let words = folded(&run.out);
    assert!(words.contains("5.7.1 Delivery not authorized"), "{words}");
    assert!(words.contains("No reply code is given"), "{words}");
}

#[test]
fn the_remedy_is_told_once_for_each_code() {
    let log = [
        LINE.to_owned(),
        LINE.replace("5.1.1", "5.7.26"),
        LINE.replace("550 5.1.1", "554 5.7.1"),
    ];
    let words = folded(&run(["explain", log.join("\n").as_str()]).out);
    for code in ["550", "554"] {
        let fix = folded(info(code).fix());
        assert_eq!(words.matches(&fix).count(), 1, "{code}: {words}");
    }
    // What is out of order has another one, and what succeeded needs none.
    for text in ["354 RCPT", "250 2.1.5 ok"] {
        let none = run(["explain", text]).out;
        assert!(!none.contains("How to fix it"), "{none}");
    }
}

#[test]
fn a_reply_that_was_given_tells_the_sides_apart() {
    let given = |reply: &str| {
        let line = format!(
            "Nov 24 03:12:45 mail postfix/smtpd[8]: NOQUEUE: reject: RCPT from \
             client.example.org[198.51.100.9]: {reply}; from=<bob@example.org> \
             to=<ann@example.com> proto=ESMTP helo=<client>"
        );
        folded(&run(["explain", line.as_str()]).out)
    };
    let policy = given("554 5.7.1 <ann@example.com>: Relay access denied");
    for piece in [
        "The administrator of the sending side acts next. That is the other side, not this system.",
        "On our side Nothing, if the refusal is as intended.",
        "How the other side fixes it",
    ] {
        assert!(policy.contains(piece), "{piece}: {policy}");
    }
    let own = given("554 5.3.5 Local configuration error");
    assert!(own.contains("That is this system."), "{own}");
    assert!(own.contains("On our side The reason lies here"), "{own}");
    let received = folded(&run(["explain", LINE]).out);
    assert!(!received.contains("side, not this system"), "{received}");
    assert!(!received.contains("On our side"), "{received}");
}

#[test]
fn contradictions_are_told_in_words() {
    let run = run(["explain", "550 4.7.1 Try again"]);
    let words = folded(&run.out);
    assert!(words.contains("What does not fit"), "{words}");
    assert!(
        words.contains("of another class than the reply code"),
        "{words}"
    );
    let odd = "554 5.7.1 Refused (#5.1.1)";
    let answer = parsed(&crate::run(["explain", "--json", odd]).out);
    let replies = answer["replies"].as_array().expect("a list");
    assert_eq!(replies.len(), 2, "{answer}");
    assert_eq!(replies[1]["disagrees"], true);
    let words = folded(&crate::run(["explain", odd]).out);
    assert!(
        words.contains("Two codes disagree: the reply is 554 5.7.1"),
        "{words}"
    );
}

#[test]
fn equal_replies_are_told_once_and_successes_are_short() {
    let mut text = String::new();
    for number in 0..30 {
        text.push_str(&LINE.replace("carla", &format!("user{number}")));
        text.push('\n');
        text.push_str("status=sent (250 2.0.0 Ok: queued as 550ABC)\n");
    }
    let run = fed(["explain"], text.clone());
    assert_eq!(run.status, Some(0), "{}", run.err);
    assert!(
        run.out.starts_with("60 replies, 2 different."),
        "{}",
        run.out
    );
    assert_eq!(run.out.matches("What to do").count(), 1, "{}", run.out);
    let words = folded(&run.out);
    assert!(words.contains("(30 times)") && words.contains("user2@example.com and others"));
    assert!(words.contains("What succeeded 250 2.0.0"), "{words}");
    let answer = parsed(&fed(["explain", "--json"], text).out);
    assert_eq!(answer["count"], 60);
    assert_eq!(answer["replies"].as_array().map(Vec::len), Some(60));
    // What equal ones mean is told once.
    assert_eq!(answer["kinds"].as_array().map(Vec::len), Some(2));
    assert_eq!(answer["kinds"][0]["count"], 30);
    assert_eq!(answer["replies"][3]["kind"], 1);
}

#[test]
fn many_kinds_of_replies_stay_readable() {
    let text: String = (400..600)
        .map(|code| format!("host mx.example.com[192.0.2.1] said: {code} No\n"))
        .collect();
    let run = fed(["explain"], text);
    assert_eq!(run.status, Some(0), "{}", run.err);
    assert_eq!(run.out.matches("What to do ").count(), 20);
    assert!(run.out.contains("kinds more"), "{}", run.out);
    assert!(run.out.contains("smtp-codes scan"), "{}", run.out);
}

#[test]
fn a_text_without_a_reply_says_what_was_looked_for() {
    for (args, input) in [
        (&["explain", "hello", "there"][..], ""),
        (&["explain"], ""),
        (&["explain", "-"], "nothing here 12345\n"),
        (&["explain"], "\0\0\0"),
    ] {
        let text = fed(args, input);
        assert_eq!((text.status, text.out.as_str()), (Some(1), ""), "{args:?}");
        assert!(text.err.contains("no reply is found in"), "{}", text.err);
        assert!(text.err.contains("smtp-codes search"), "{}", text.err);
        let json = fed([args, &["--json"]].concat(), input);
        assert_eq!(json.status, Some(1));
        assert_eq!(parsed(&json.out)["replies"], json!([]));
    }
}

#[test]
fn json_has_all_that_is_known() {
    let answer = parsed(&run(["explain", "--json", LINE]).out);
    assert_eq!(answer["count"], 1);
    assert_eq!(answer["messages"], json!([]));
    let reply = &answer["replies"][0];
    for (key, expected) in [
        ("code", json!(550)),
        ("enhanced", json!("5.1.1")),
        ("command", json!("RCPT")),
        ("host", json!("mx.example.com")),
        ("address", json!("192.0.2.10")),
        ("direction", json!("received")),
        ("class", json!("permanent-negative")),
        ("action", json!("after-change")),
        ("scope", json!("recipient")),
        ("actor", json!("sender")),
        ("origin", json!("said")),
        ("outcome", json!("bounced")),
        ("recipient", json!("carla@example.com")),
        ("kind", json!(0)),
        ("words", json!("<carla@example.com>: User unknown")),
    ] {
        assert_eq!(reply[key], expected, "{key}");
    }
    let kind = &answer["kinds"][0];
    for (key, expected) in [
        ("count", json!(1)),
        ("code", json!(550)),
        ("enhanced", json!("5.1.1")),
        ("command", json!("RCPT")),
        ("name", json!("Mailbox Unavailable")),
        ("enhanced_title", json!("Bad destination mailbox address")),
        ("contradictions", json!([])),
    ] {
        assert_eq!(kind[key], expected, "{key}");
    }
    assert_eq!(kind["advice"]["may_bounce"], true);
    let place = |key: &str| {
        let at = &reply["place"][key];
        let number = |place: usize| at[place].as_u64().expect("a number") as usize;
        &LINE[number(0)..number(1)]
    };
    assert_eq!(place("code"), "550");
    assert_eq!(place("enhanced"), "5.1.1");
    assert!(place("reply").starts_with("550 5.1.1 <carla"));
    assert!(LINE.contains(&format!("({})", "in reply to RCPT TO command")));
    assert!(place("command").starts_with("RCPT"));
    assert!(place("host").starts_with("mx.example.com"));
    assert!(kind["neighbours"][0]["remark"].is_string());
}

#[test]
fn what_cannot_be_read_is_named() {
    let missing = scratch("missing.eml");
    let missing = missing.to_str().expect("UTF-8");
    let folder = env!("CARGO_TARGET_TMPDIR");
    for (args, message) in [
        (&["explain", missing][..], "there is no file"),
        (&["explain", "--file", missing], "cannot open"),
        (&["explain", folder], "is a folder"),
        (&["explain", "--file", folder], "is a folder"),
        (&["explain", "--file"], "a value is required"),
        (
            &["explain", "--file", missing, "550 no"],
            "cannot be used with",
        ),
    ] {
        let run = run(args);
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(run.err.contains(message), "{args:?}: {}", run.err);
    }
    let path = written("named.eml", LINE);
    let run = run([path.to_str().expect("UTF-8")]);
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("smtp-codes explain"), "{}", run.err);
}

#[test]
fn a_packed_file_is_unpacked_and_one_that_is_cut_is_explained_so_far() {
    use std::io::Write;

    let text = format!("{LINE}\n").repeat(2000);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    packed.write_all(text.as_bytes()).expect("in memory");
    let packed = packed.finish().expect("in memory");
    let whole = written("whole.gz", &packed);
    let run_whole = run(["explain", whole.to_str().expect("UTF-8")]);
    assert_eq!((run_whole.status, run_whole.err.as_str()), (Some(0), ""));
    assert!(
        folded(&run_whole.out).contains("(2000 times)"),
        "{}",
        run_whole.out
    );
    let cut = written("cut.gz", &packed[..packed.len() / 2]);
    let run_cut = run(["explain", cut.to_str().expect("UTF-8")]);
    assert_eq!(run_cut.status, Some(2));
    assert!(
        run_cut.err.contains("what came before it is explained"),
        "{}",
        run_cut.err
    );
    assert!(
        run_cut.out.contains("550 Mailbox Unavailable"),
        "{}",
        run_cut.out
    );
}

#[test]
fn every_packing_is_read_and_what_is_none_is_named() {
    let text = format!("{LINE}\n").repeat(3);
    for packed in [xz(text.as_bytes()), bzip2(text.as_bytes())] {
        let path = written("packed.log", &packed);
        let from_file = run(["explain", path.to_str().expect("UTF-8")]);
        let from_input = fed(["explain", "-"], packed);
        for run in [from_file, from_input] {
            assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
            assert!(folded(&run.out).contains("(3 times)"), "{}", run.out);
        }
    }
    let path = written("packed.7z", b"7z\xbc\xaf\x27\x1c\0\x04");
    let run = run(["explain", path.to_str().expect("UTF-8")]);
    assert_eq!(run.status, Some(2));
    let next = "'7z x -so FILE | smtp-codes explain -'";
    assert!(folded(&run.err).contains(next), "{}", run.err);
}

#[test]
fn what_is_too_long_is_cut_and_said_to_be() {
    let mut text = format!("{LINE}\n").into_bytes();
    text.resize(16 << 20, b'x');
    let path = written("long.txt", &text);
    let path = path.to_str().expect("UTF-8");
    let whole = run(["explain", path]);
    assert_eq!((whole.status, whole.err.as_str()), (Some(0), ""));
    text.push(b'x');
    std::fs::write(path, text).expect("a file can be written");
    let cut = run(["explain", path]);
    assert_eq!((cut.status, cut.out), (Some(0), whole.out));
    assert!(cut.err.contains("only the first 16 MiB"), "{}", cut.err);
    std::fs::remove_file(path).expect("it was written");
}

#[test]
fn a_path_need_not_be_text() {
    #[cfg(target_os = "linux")]
    {
        use std::ffi::OsStr;
        use std::os::unix::ffi::OsStrExt;

        let mut path = scratch("odd").into_os_string();
        path.push(OsStr::from_bytes(b"\xff\x1b[31m"));
        std::fs::write(&path, LINE).expect("a file can be written");
        for args in [
            vec![OsStr::new("explain"), &path],
            vec![OsStr::new("explain"), OsStr::new("--file"), &path],
        ] {
            let run = run(args);
            assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        }
    }
}

/// Whether anything but line ends acts on a terminal.
fn acts(text: &str) -> bool {
    text.chars()
        .any(|character| character.is_control() && character != '\n' || character == '\u{202e}')
}

#[test]
fn nothing_of_the_input_acts_on_a_terminal() {
    let text = "host mx\u{9b}31m.example.com[192.0.2.1] said: 550 5.1.1 \u{1b}[31mred\u{202e}\u{7} \
        <\u{1b}]0;x\u{7}@example.com> (in reply to RCPT TO command)\n550 5.7.1 \u{0} \u{1b}c\n";
    for args in [
        &["explain"][..],
        &["explain", "--json"],
        &["-"],
        &["explain", "--color", "never"],
    ] {
        let run = fed(args, text);
        assert_eq!(run.status, Some(0), "{args:?}");
        assert!(
            !acts(&run.out) && !acts(&run.err),
            "{args:?}: {:?}",
            run.out
        );
        assert!(run.out.contains("\\u{1b}[31m") || run.out.contains("\\u001b[31m"));
    }
    let run = run(["550", "5.1.1", "\u{1b}[31mred and \u{202e}more"]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    assert!(!acts(&run.out), "{:?}", run.out);
}

#[test]
fn odd_octets_lose_nothing() {
    let mut text =
        b"\xff\xfe\0\x80 host mx.example.com[192.0.2.1] said: 550 5.1.1 na\xefve \0 (in reply to \
        RCPT TO command)\n\xc3("
            .to_vec();
    let run = fed(["explain"], text.clone());
    assert_eq!(run.status, Some(0), "{}", run.err);
    assert!(run.out.contains("na\\xefve"), "{}", run.out);
    text.extend(vec![b'x'; 4 << 20]);
    text.extend(b" said: 554 5.7.1 at the end of a long line");
    let answer = parsed(&fed(["explain", "--json"], text).out);
    let codes: Vec<_> = answer["replies"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|reply| reply["code"].as_u64())
        .collect();
    assert!(
        codes.contains(&Some(550)) && codes.contains(&Some(554)),
        "{codes:?}"
    );
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let output = command(["explain", LINE])
        .stdout(writer)
        .stderr(Stdio::piped())
        .output()
        .expect("the command runs");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn colour_goes_by_the_option_then_by_the_environment() {
    let coloured = |args: &[&str], variables: &[(&str, &str)]| {
        let mut command = command([args, &["explain", LINE]].concat());
        command.envs(variables.iter().copied());
        let run = finish(&mut command);
        assert_eq!(run.status, Some(0), "{}", run.err);
        run.out.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(!coloured(&["--color", "auto"], &[]));
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(
        &["--color=always"],
        &[("NO_COLOR", "1"), ("TERM", "dumb")]
    ));
    assert!(!coloured(&["--color", "never"], &[]));
    for args in [
        &["354", "--color", "always"][..],
        &["list", "--color", "always"],
    ] {
        assert!(run(args).out.contains('\u{1b}'), "{args:?}");
    }
    let json = run(["354", "521", "--json", "--color", "always"]);
    assert!(!json.out.contains("001b"));
    let wrong = run(["354", "--color", "yes"]);
    assert_eq!(wrong.status, Some(2));
    assert!(wrong.err.contains("always"), "{}", wrong.err);
}
