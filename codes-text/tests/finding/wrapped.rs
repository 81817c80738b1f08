//! Replies whose lines a mail program broke anew to fit its column.

use codes_text::{Found, find};

const GMAIL: [&str; 9] = [
    "550-5.7.26 This mail has been blocked because the sender is unauthenticated.",
    "550-5.7.26 We require all senders to authenticate with either SPF or DKIM.",
    "550-5.7.26 ",
    "550-5.7.26  Authentication results:",
    "550-5.7.26  DKIM = did not pass",
    "550-5.7.26  SPF [example.com] with ip: [192.0.2.1] = did not pass",
    "550-5.7.26 ",
    "550-5.7.26  For instructions on setting up authentication, go to",
    "550 5.7.26  https://mail.example.com/help/a-page-about-it d2e1a72fcca58-1234.5 - gsmtp",
];
const UNKNOWN: [&str; 4] = [
    "550-5.1.1 The account that you tried to reach does not exist. Please try",
    "550-5.1.1 double-checking the address of the recipient for typing errors or",
    "550-5.1.1 unnecessary spaces. More is told at",
    "550 5.1.1  https://mail.example.com/help 5b1f17b1804b1-42 - gsmtp",
];
const NO_ENHANCED: [&str; 3] = [
    "554-The mail was refused because the address of the client is on a list.",
    "554-Whoever looks after that client finds the reason on our page, and what to",
    "554 do: https://mail.example.com/why?ip=192.0.2.1",
];
/// Each with the widest column in which it is broken within lines. Without an enhanced code, one that is
/// only broken before its codes looks like lines that were not.
const REPLIES: [(&[&str], usize); 3] = [(&GMAIL, 100), (&UNKNOWN, 100), (&NO_ENHANCED, 70)];
/// The narrowest column that mail is broken to.
const NARROW: usize = 56;

/// Breaks a paragraph where the next word, or the next part of it, has no room.
fn broken(text: &str, width: usize, ends: &[char], mark: &str) -> String {
    let mut lines = vec![String::new()];
    for word in text.split_inclusive(ends) {
        let line = lines.last_mut().expect("there is one");
        let columns = mark.len() + line.len() + word.trim_end().len();
        if columns > width && !line.is_empty() {
            lines.push(word.into());
        } else {
            line.push_str(word);
        }
    }
    let mut text = String::new();
    for line in lines {
        text += mark;
        text += line.trim_end();
        text.push('\n');
    }
    text
}

fn only<'a>(text: &'a str) -> Found<'a> {
    let mut replies = find(text.as_bytes());
    let found = replies.next().expect(text);
    assert!(replies.next().is_none(), "{text}");
    found
}

/// The words without their spaces: a word that was broken at a hyphen has one more.
fn words(found: &Found<'_>) -> String {
    let words = found.words().to_string();
    words.chars().filter(|it| !it.is_whitespace()).collect()
}

#[test]
fn lines_that_were_broken_are_one_reply_with_all_its_words() {
    let ends: [&[char]; 2] = [&[' '], &[' ', '-']];
    for (lines, widest) in REPLIES {
        let whole = lines.join("\n");
        let whole = only(&whole);
        let paragraph = lines
            .join(" ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        for lead in [
            "",
            "The response was: ",
            "<user@example.com>: host mx.example.com[192.0.2.1] said: ",
        ] {
            for mark in ["", "> ", ">> ", "  "] {
                for ends in ends {
                    for width in NARROW..=widest {
                        let text = broken(&format!("{lead}{paragraph}"), width, ends, mark);
                        let text = format!(
                            "It was not delivered.\n{mark}\n{text}{mark}\n{mark}Reply to this mail to reach us.\n"
                        );
                        let found = only(&text);
                        assert_eq!(found.code(), whole.code(), "{text}");
                        assert_eq!(found.enhanced(), whole.enhanced(), "{text}");
                        assert_eq!(found.deviations(), whole.deviations(), "{text}");
                        assert_eq!(words(&found), words(&whole), "{width}\n{text}");
                    }
                }
            }
        }
    }
}

#[test]
fn lines_that_were_broken_one_by_one_are_one_reply() {
    for (lines, _) in REPLIES {
        let whole = lines.join("\n");
        let whole = only(&whole);
        for mark in ["", "> "] {
            // Where only the last line was broken, nothing tells that what follows belongs to it.
            for width in NARROW..=66 {
                let text = lines
                    .iter()
                    .map(|line| broken(line, width, &[' '], mark))
                    .collect::<String>();
                let found = only(&text);
                assert_eq!(found.code(), whole.code(), "{text}");
                assert_eq!(words(&found), words(&whole), "{width}\n{text}");
            }
        }
    }
}

#[test]
fn what_belongs_to_another_reply_or_to_none_is_left_out() {
    let first = "550-5.7.26 This mail has been blocked because the sender is";
    for behind in [
        // Another paragraph.
        "\nunauthenticated. 550-5.7.26 Gmail requires all senders to",
        // Another mail of the same server, and one of another.
        "<bob@example.com>: 550-5.7.26 This mail has been blocked",
        "Nov  2 12:00:00 mx postfix/smtp[1]: 4XyZ: to=<u@example.com>, said: 550-5.7.26 no",
        "host mx.example.com[192.0.2.1] said: 550-5.7.26 This mail has been",
        ">>> RCPT TO:<bob@example.com>\n<<< 550-5.7.26 no",
    ] {
        let text = format!("{first}\n{behind}\n");
        let found = find(text.as_bytes()).next().expect("a reply");
        let words = found.words().to_string();
        assert_eq!(
            words, "This mail has been blocked because the sender is",
            "{text}"
        );
        assert!(find(text.as_bytes()).count() > 1, "{text}");
    }
    let last = "550-5.7.26 This mail has been blocked because the sender is\nunauthenticated. \
        550-5.7.26 We require senders\nto log in. 550 5.7.26 https://mail.example.com/help - gsmtp\n";
    for behind in [
        "\nReply to this mail",
        "Reporting-MTA: dns; mx.example.com",
        "--0000000000007b8a3c0612345678",
        "> quoted",
        "550 5.1.1 Another",
        "Nov  2 12:00:00 mx postfix/smtp[1]: 4XyZ: removed",
    ] {
        let text = format!("{last}{behind}\n");
        let found = find(text.as_bytes()).next().expect("a reply");
        let words = found.words().to_string();
        assert!(
            words.ends_with("to log in. https://mail.example.com/help - gsmtp"),
            "{text} {words}"
        );
    }
}
