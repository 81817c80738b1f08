//! `scan`: single messages, mbox files and folders of them.

use crate::scan::{Folder, json, piped, rows, scan};
use crate::scan_input::{count, line};
use crate::{fed, parsed};

/// A bounce with its words in base64 and a report, about one recipient.
const BOUNCE: &str = "\
Return-Path: <>
From: Mail Delivery System <mailer-daemon@mx.example.com>
To: bob@example.com
Date: Mon, 02 Nov 2026 12:00:00 +0000
Subject: Undelivered mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=\"b1\"

--b1
Content-Type: text/plain
Content-Transfer-Encoding: base64

PGFubkBleGFtcGxlLm5ldD46IGhvc3QgbXguZXhhbXBsZS5uZXRbMTkyLjAuMi4xXSBzYWlkOiA1
NTAgNS4xLjEgTm8gc3VjaCB1c2VyCiAgICAoaW4gcmVwbHkgdG8gUkNQVCBUTyBjb21tYW5kKQo=
--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com

Final-Recipient: rfc822; ann@example.net
Action: failed
Status: 5.1.1
Remote-MTA: dns; mx.example.net
Diagnostic-Code: smtp; 550 5.1.1 No such user

--b1
Content-Type: message/rfc822

From: bob@example.com
To: ann@example.net
Subject: 554 5.7.1 is not what was said

451 4.3.0 neither
--b1--
";

/// The one row of bounces like that.
fn check_bounces(run: &crate::Run, messages: u64) {
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{}", run.out);
    let table = json(run);
    assert_eq!(
        (&table["messages"], &table["lines"]),
        (&messages.into(), &0.into())
    );
    assert_eq!(table["with_something"], messages);
    assert_eq!(table["first"], "2026-11-02T12:00:00");
    assert_eq!(
        table["parts"].as_array().map(Vec::len),
        Some(1),
        "{}",
        run.out
    );
    assert_eq!(count(&table), messages, "{}", run.out);
    let row = &rows(&table, "received")[0];
    assert_eq!(
        (&row["code"], &row["enhanced"]),
        (&550.into(), &"5.1.1".into())
    );
    assert_eq!(
        (&row["command"], &row["outcomes"]["bounced"]),
        (&"RCPT".into(), &messages.into())
    );
    assert_eq!(row["hosts"][0]["host"], "mx.example.net");
}

#[test]
fn a_bounce_is_read_as_a_message_whatever_its_name() {
    let folder = Folder::new("bounce");
    let path = folder.file("bounce.log", BOUNCE);
    check_bounces(&scan([&path], &["--json"]), 1);
    check_bounces(&piped(BOUNCE.as_bytes(), &["--json"]), 1);
    check_bounces(
        &piped(BOUNCE.replace('\n', "\r\n").as_bytes(), &["--json"]),
        1,
    );
}

#[test]
fn an_mbox_is_read_message_by_message() {
    let folder = Folder::new("mbox");
    let message = format!("From MAILER-DAEMON Mon Nov  2 12:00:00 2026\n{BOUNCE}\n");
    let path = folder.file("bounces", message.repeat(3));
    check_bounces(&scan([&path], &["--json"]), 3);
    // Larger than a block.
    check_bounces(&piped(message.repeat(2000).as_bytes(), &["--json"]), 2000);
}

#[test]
fn a_sentence_that_begins_like_a_message_splits_no_mbox() {
    let words = "To: ann@example.net\nSubject: x\n\nsaid: 550 5.1.1 one\n\n\
                 From here on it was not delivered.\n\nsaid: 550 5.1.1 two\n\n";
    let message = format!(
        "From MAILER-DAEMON Mon Nov  2 12:00:00 2026\nFrom: mailer-daemon@example.org\n{words}"
    );
    for end in ["\n", "\r\n", "\r"] {
        let mbox = message.repeat(2).replace('\n', end);
        let table = json(&piped(mbox.as_bytes(), &["--json"]));
        assert_eq!(
            (count(&table), &table["messages"]),
            (4, &2.into()),
            "{end:?}"
        );
        let run = fed(["explain", "--json"], mbox);
        let answer = parsed(&run.out);
        assert_eq!(answer["count"], 4, "{end:?} {}", run.err);
        assert_eq!(answer["messages"].as_array().map(Vec::len), Some(2));
    }
}

/// A report about so many recipients, as Postfix writes one, in both parts.
fn report_about(recipients: usize) -> String {
    let words = (0..recipients).map(|at| {
        format!(
            "<user{at}@example.net>: host mx.example.net[192.0.2.1] said: 550 5.1.1 No such\n    \
             user (in reply to RCPT TO command)\n\n"
        )
    });
    let fields = (0..recipients).map(|at| {
        format!(
            "Final-Recipient: rfc822; user{at}@example.net\nOriginal-Recipient: \
             rfc822;user{at}@example.net\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; \
             mx.example.net\nDiagnostic-Code: smtp; 550 5.1.1 No such user\n\n"
        )
    });
    let (words, fields): (String, String) = (words.collect(), fields.collect());
    BOUNCE
        .replace("Content-Transfer-Encoding: base64\n", "")
        .replace(
            "PGFubkBleGFtcGxlLm5ldD46IGhvc3QgbXguZXhhbXBsZS5uZXRbMTkyLjAuMi4xXSBzYWlkOiA1\n\
             NTAgNS4xLjEgTm8gc3VjaCB1c2VyCiAgICAoaW4gcmVwbHkgdG8gUkNQVCBUTyBjb21tYW5kKQo=\n",
            &words,
        )
        .replace(
            "Final-Recipient: rfc822; ann@example.net\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; \
             mx.example.net\nDiagnostic-Code: smtp; 550 5.1.1 No such user\n\n",
            &fields,
        )
}

#[test]
fn a_report_about_many_recipients_is_read_whole() {
    for recipients in [1, 49, 50, 100, 1_000, 10_000] {
        let report = report_about(recipients);
        let mbox = format!("From MAILER-DAEMON Mon Nov  2 12:00:00 2026\n{report}\n");
        for text in [&report, &mbox] {
            let table = json(&piped(text.as_bytes(), &["--json"]));
            assert_eq!(count(&table), recipients as u64);
            let row = &rows(&table, "received")[0];
            assert_eq!(
                (&row["command"], &row["outcomes"]["bounced"]),
                (&"RCPT".into(), &recipients.into())
            );
            assert_eq!(table["parts"].as_array().map(Vec::len), Some(1));
        }
        let answer = parsed(&fed(["explain", "--json"], report).out);
        assert_eq!(
            (&answer["count"], &answer["messages"][0]["kind"]),
            (&recipients.into(), &"report".into())
        );
    }
}

#[test]
fn what_an_old_mac_wrote_is_read_like_anything_else() {
    let log = format!("{}nothing\n{}", line(), line());
    let returns = log.replace('\n', "\r");
    let table = json(&piped(returns.as_bytes(), &["--json"]));
    assert_eq!((count(&table), &table["lines"]), (2, &3.into()));
    check_bounces(
        &piped(BOUNCE.replace('\n', "\r").as_bytes(), &["--json"]),
        1,
    );
    let mbox = format!("From MAILER-DAEMON Mon Nov  2 12:00:00 2026\n{BOUNCE}\n").repeat(3);
    check_bounces(&piped(mbox.replace('\n', "\r").as_bytes(), &["--json"]), 3);
    for text in [&log, BOUNCE] {
        for args in [
            &["explain", "--json"][..],
            &["annotate"],
            &["annotate", "-0"],
        ] {
            let feeds = fed(args, text.as_bytes());
            let returns = fed(args, text.replace('\n', "\r"));
            assert_eq!(feeds.out, returns.out, "{args:?}");
            assert!(feeds.out.contains("5.1.1"));
        }
    }
    // Where there are line feeds, a CR is what it is.
    let mixed = format!("x\n{}", log.replace('\n', "\r"));
    assert_eq!(json(&piped(mixed.as_bytes(), &["--json"]))["lines"], 2);
}

#[test]
fn a_maildir_is_walked_without_what_has_not_arrived() {
    let folder = Folder::new("maildir");
    for name in ["cur/1:2,S", "new/2", "tmp/3"] {
        folder.file(name, BOUNCE);
    }
    check_bounces(&scan([&folder.path("")], &["--json"]), 2);
}

#[test]
fn a_message_that_is_no_bounce_is_not_searched() {
    let run = piped(
        b"From: bob@example.com\nTo: ann@example.com\nSubject: x\n\nThey said: 550 5.1.1 no\n",
        &["--json"],
    );
    assert_eq!(run.status, Some(1), "{}", run.out);
    assert!(run.err.contains("1 message is no bounce"), "{}", run.err);
    assert_eq!(json(&run)["no_bounces"], 1);
}

#[test]
fn of_a_message_that_cannot_be_taken_apart_all_is_searched_and_that_is_said() {
    let part = "--b\nContent-Type: message/rfc822\n\nFrom: a@b.example\n\nx\n";
    let message = format!(
        "From: MAILER-DAEMON@x.example\nTo: s@example.com\nContent-Type: multipart/digest; \
         boundary=b\n\n{}\nsaid: 550 5.1.1 no\n",
        part.repeat(1200)
    );
    let run = piped(message.as_bytes(), &["--json"]);
    assert_eq!(run.status, Some(0), "{}", run.err);
    assert!(
        run.err.contains("1 message cannot be taken apart"),
        "{}",
        run.err
    );
    let table = json(&run);
    assert_eq!((count(&table), &table["whole"]), (1, &1.into()));
    let run = fed(["explain", "--json"], message);
    let answer = parsed(&run.out);
    assert_eq!(
        (&answer["count"], &answer["messages"][0]["kind"]),
        (&1.into(), &"whole".into())
    );
}

#[test]
fn of_a_message_that_is_too_long_the_beginning_is_searched() {
    let attachment = "TWFueSBvY3RldHMgb2YgYW4gYXR0YWNobWVudAo=\n".repeat(420_000);
    let long = BOUNCE.replace("451 4.3.0 neither\n", &attachment);
    let message = format!("From MAILER-DAEMON Mon Nov  2 12:00:00 2026\n{long}\n");
    for (input, messages) in [(long.clone(), 1), (message.repeat(2), 2)] {
        let run = piped(input.as_bytes(), &["--json"]);
        assert_eq!(run.status, Some(0), "{}", run.err);
        assert!(run.err.contains("only the first 16 MiB"), "{}", run.err);
        let table = json(&run);
        assert_eq!(
            (count(&table), &table["messages"]),
            (messages, &messages.into())
        );
        assert_eq!(table["bounds"]["cut_messages"], messages);
    }
}
