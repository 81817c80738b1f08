//! Where the parts of a reply stand.

use codes_text::find;

#[test]
fn each_part_is_where_it_is_said_to_be() {
    let text = "4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, dsn=5.1.1, \
                status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 User unknown (in reply \
                to RCPT TO command))";
    let mut replies = find(text.as_bytes());
    let found = replies.next().expect("a reply");
    assert!(replies.next().is_none());
    let at = |place: Option<std::ops::Range<usize>>| place.map(|place| &text[place]);
    assert_eq!(&text[found.at()], "550 5.1.1 User unknown");
    assert_eq!(at(found.code_at()), Some("550"));
    assert_eq!(at(found.enhanced_at()), Some("5.1.1"));
    assert_eq!(at(found.command_at()), Some("RCPT"));
    assert_eq!(at(found.host_at()), Some("mx.example.com[192.0.2.1]"));
    assert_eq!(at(found.outcome_at()), Some("bounced"));
    assert_eq!(at(found.recipient_at()), Some("user@example.com"));
    assert_eq!(found.recipient(), Some(&b"user@example.com"[..]));
}

/// A reply covers its codes and words, and not what wraps them.
#[test]
fn a_reply_ends_with_its_words() {
    for (text, expected) in [
        ("C=\"250 2.0.0 OK id=1\" QT=5s", "250 2.0.0 OK id=1"),
        (
            "status=sent (250 2.0.0 Ok (really))",
            "250 2.0.0 Ok (really)",
        ),
        ("(host a.example said: 550 5.1.1 no)", "550 5.1.1 no"),
        ("(550, b'5.1.1 User unknown')", "550, b'5.1.1 User unknown"),
        ("reply=550 5.1.1 no, stat=User unknown", "550 5.1.1 no"),
        (
            "[{LED=450 4.4.316 refused [Message=x]};{MSG=}]",
            "450 4.4.316 refused [Message=x]",
        ),
        ("answered <550 5.1.1 no> twice", "550 5.1.1 no"),
        ("said '550 5.1.1 can't' twice", "550 5.1.1 can't"),
        (
            "{\"error\":\"550 5.1.1 \\\"x\\\" unknown\",\"y\":1}",
            "550 5.1.1 \\\"x\\\" unknown",
        ),
        ("5.7.1 550 no", "5.7.1 550 no"),
        ("  550 5.1.1 no  ", "550 5.1.1 no"),
    ] {
        let found = find(text.as_bytes()).next().expect(text);
        assert_eq!(&text[found.at()], expected, "{text}");
    }
}

#[test]
fn a_whole_file_is_the_same_as_its_lines() {
    let lines = [
        "4F1: to=<a@example.com>, relay=none, dsn=4.4.1, status=deferred (connect to mx: timed out)\n",
        "4F2: to=<b@example.com>, dsn=5.1.1, status=bounced (host mx.example said: 550 5.1.1 no)\n",
        "nothing to see here\n",
        "4F3: to=<c@example.com>, dsn=2.0.0, status=sent (250 2.0.0 Ok)\n",
    ];
    let whole = lines.concat();
    let codes = |text: &str| -> Vec<String> {
        let replies = find(text.as_bytes());
        replies.map(|found| text[found.at()].to_owned()).collect()
    };
    let one_by_one: Vec<String> = lines.iter().flat_map(|line| codes(line)).collect();
    assert_eq!(codes(&whole), one_by_one);
    assert_eq!(one_by_one, ["4.4.1", "550 5.1.1 no", "250 2.0.0 Ok"]);
}

#[test]
fn a_pipelined_session_gives_each_reply_to_its_command() {
    let text = ">>> MAIL FROM:<a@example.org>\n>>> RCPT TO:<b@example.com>\n>>> DATA\n<<< 250 2.1.0 \
                Ok\n<<< 450 4.2.0 later\n<<< 503 5.5.1 no\n";
    let commands = find(text.as_bytes()).map(|found| found.command());
    let names: Vec<&str> = commands.flatten().map(|command| command.name()).collect();
    assert_eq!(names, ["MAIL", "RCPT", "DATA"]);
}
