//! `explain` with messages in their raw form.

use std::path::Path;

use serde_json::{Value, json};

use crate::{fed, folded, parsed, run};

fn path(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mail");
    let path = folder.join(format!("{name}.eml"));
    path.to_str().expect("UTF-8").to_owned()
}

/// Code, enhanced code, command, outcome and recipient of each reply, and the kind of the message.
fn told(name: &str) -> (Value, Vec<Value>) {
    let run = run(["explain", "--json", "--file", &path(name)]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{name}");
    let answer = parsed(&run.out);
    let replies = answer["replies"].as_array().expect("a list");
    let facts = ["code", "enhanced", "command", "outcome", "recipient"];
    let replies = replies
        .iter()
        .map(|reply| facts.iter().map(|fact| reply[fact].clone()).collect());
    (answer["messages"][0]["kind"].clone(), replies.collect())
}

#[test]
fn report_and_notice_are_decoded_and_told_once() {
    let (kind, replies) = told("encoded");
    assert_eq!(kind, "report");
    assert_eq!(
        replies,
        [
            json!([550, "5.1.1", "RCPT", "bounced", "zoe@example.com"]),
            json!([554, "5.7.1", "DATA-BODY", "bounced", "ben@example.net"]),
        ]
    );
    let run = run(["explain", &path("encoded")]);
    let words = folded(&run.out);
    assert!(words.contains("Adresse gelöscht"), "{words}");
    assert!(
        words.contains("\"(in reply to RCPT TO command)\" in the notice: in answer to RCPT."),
        "{words}"
    );
    assert!(
        words.contains("The report for programs, and again the notice in words."),
        "{words}"
    );
    assert!(
        words.contains("A bounce with a report for programs of 2026-11-23"),
        "{words}"
    );
    // Of the returned message and of the header nothing.
    for text in ["is what they said", "They said", "421"] {
        assert!(!words.contains(text), "{text}: {words}");
    }
}

#[test]
fn delayed_is_not_failed() {
    let (_, replies) = told("delayed");
    assert_eq!(
        replies,
        [json!([
            450,
            "4.2.0",
            "RCPT",
            "deferred",
            "carla@example.net"
        ])]
    );
    let words = folded(&run(["explain", &path("delayed")]).out);
    assert!(
        words.contains("What was done The mail stays in the queue and is tried again"),
        "{words}"
    );
    assert!(words.contains("no mail is returned for it"), "{words}");
}

#[test]
fn a_status_of_another_class_is_told_with_its_reply() {
    let text = std::fs::read_to_string(path("delayed")).expect("a file");
    let run = fed(["explain"], text.replace("Status: 4.2.0", "Status: 5.2.0"));
    let words = folded(&run.out);
    assert!(
        run.out.starts_with("450 Mailbox Temporarily Unavailable"),
        "{words}"
    );
    assert!(
        words.contains(
            "Two codes disagree: the reply is 450 4.2.0, but a field that sums it up has 5.2.0"
        ),
        "{words}"
    );
}

#[test]
fn a_report_with_many_recipients_is_short() {
    let run = run(["explain", &path("many")]);
    assert!(
        run.out.starts_with("41 replies, 2 different."),
        "{}",
        run.out
    );
    let words = folded(&run.out);
    assert!(
        words.contains("(40 times)") && words.contains("What succeeded"),
        "{words}"
    );
    assert!(run.out.lines().count() < 60, "{}", run.out);
    let (_, replies) = told("many");
    assert_eq!(replies.len(), 41);
    assert_eq!(
        replies[39],
        json!([550, "5.2.1", null, "bounced", "user39@example.com"])
    );
    assert_eq!(replies[40][3], "sent");
}

#[test]
fn bounces_in_words_end_where_the_returned_message_begins() {
    let (kind, replies) = told("qmail");
    assert_eq!(kind, "notice");
    assert_eq!(replies.len(), 1, "{replies:?}");
    assert_eq!(
        (&replies[0][0], &replies[0][1]),
        (&json!(550), &json!("5.1.1"))
    );
    let (kind, replies) = told("exim");
    assert_eq!(kind, "notice");
    assert_eq!(replies.len(), 1, "{replies:?}");
    assert_eq!(
        replies[0].as_array().map(|facts| &facts[..3]),
        Some(&[json!(550), json!("5.1.1"), json!("RCPT")][..])
    );
}

#[test]
fn a_report_beside_alternatives_is_told_once() {
    let (kind, replies) = told("exchange");
    assert_eq!(kind, "report");
    assert_eq!(
        replies,
        [json!([550, "5.1.1", null, "bounced", "finn@example.com"])]
    );
}

#[test]
fn a_bounce_that_somebody_forwarded_is_found() {
    let (kind, replies) = told("forwarded");
    assert_eq!(kind, "report");
    assert_eq!(
        replies,
        [json!([
            450,
            "4.2.0",
            "RCPT",
            "deferred",
            "carla@example.net"
        ])]
    );
}

#[test]
fn a_message_that_is_no_bounce_is_searched_and_said_to_be_none() {
    let (kind, replies) = told("letter");
    assert_eq!(kind, "other");
    assert_eq!(replies.len(), 1);
    let words = folded(&run(["explain", &path("letter")]).out);
    assert!(
        words.contains("This message is no bounce, as far as can be told"),
        "{words}"
    );
    let none = run(["explain", &path("greeting")]);
    assert_eq!((none.status, none.out.as_str()), (Some(1), ""));
    assert!(
        folded(&none.err).contains("it is a message"),
        "{}",
        none.err
    );
}

#[test]
fn a_message_may_come_from_anywhere_and_be_cut() {
    let text = std::fs::read(path("encoded")).expect("a file");
    let whole = fed(["explain", "--json"], text.clone());
    let answer = parsed(&whole.out);
    assert_eq!(answer["messages"][0]["kind"], "report");
    assert_eq!(answer["count"], 2);
    // As an mbox and as the wire have it.
    let mut mbox = b"From MAILER-DAEMON Mon Nov 23 09:14:05 2026\n".to_vec();
    mbox.extend(&text);
    let crlf = String::from_utf8(text.clone())
        .expect("ASCII")
        .replace('\n', "\r\n");
    for other in [mbox, crlf.into_bytes()] {
        assert_eq!(parsed(&fed(["explain", "--json"], other).out)["count"], 2);
    }
    // Wherever it is cut, there is an answer.
    for end in (0..text.len()).step_by(7) {
        let status = fed(["explain"], &text[..end]).status;
        assert!(matches!(status, Some(0 | 1)), "{end}: {status:?}");
    }
}

#[test]
fn each_message_of_an_mbox_is_read() {
    let mut mbox = String::new();
    for name in ["encoded", "letter", "qmail"] {
        let text = std::fs::read_to_string(path(name)).expect("a file");
        mbox.push_str(&format!(
            "From MAILER-DAEMON Mon Nov 23 09:14:05 2026\n{text}\n"
        ));
    }
    let answer = parsed(&fed(["explain", "--json"], mbox.clone()).out);
    let kinds = answer["messages"].as_array().expect("a list").iter();
    let kinds: Vec<_> = kinds.map(|message| &message["kind"]).collect();
    assert_eq!(kinds, ["report", "other", "notice"]);
    let replies = answer["replies"].as_array().expect("a list").iter();
    let places: Vec<_> = replies.map(|reply| &reply["place"]["message"]).collect();
    assert_eq!(places, [0, 0, 1, 2]);
    let words = folded(&fed(["explain"], mbox).out);
    assert!(
        words.contains("3 messages: 1 bounces with a report"),
        "{words}"
    );
}

#[test]
fn a_message_made_to_be_costly_is_searched_as_text() {
    let mut text = b"From: a@example.com\nTo: b@example.com\n".to_vec();
    for _ in 0..20_000 {
        text.extend(b"Content-Type: message/rfc822\n\n");
    }
    text.extend(b"550 5.1.1 No such user\n");
    let run_nested = fed(["explain"], text);
    assert_eq!(run_nested.status, Some(0));
    assert!(
        run_nested.err.contains("cannot be read as one"),
        "{}",
        run_nested.err
    );
    let mut text = b"From: a@example.com\nTo: b@example.com\n".to_vec();
    for number in 0..20_000 {
        let part = format!("Content-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n");
        text.extend(part.bytes());
    }
    text.extend(b"\n550 5.1.1 No such user\n");
    assert!(matches!(fed(["explain"], text).status, Some(0 | 1)));
}
