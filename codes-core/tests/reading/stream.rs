//! Going on after what is no reply, and the end of a stream.

use codes_core::{
    Deviation, EnhancedCode, Limits, Reply, ReplyErrorKind, ReplyReader, StreamEnd, Truncated,
};

use crate::told::{limits, reply_told};

/// All that a client reads which drops bad lines and goes on, the octets coming all at once.
fn all(bytes: &[u8], limits: Limits) -> Vec<String> {
    let mut reader = ReplyReader::with_limits(limits);
    let mut left = bytes;
    let mut met = Vec::new();
    loop {
        match reader.read(left) {
            Ok(Some(reply)) => {
                met.push(reply_told(&reply));
                left = &left[reply.len()..];
            }
            Ok(None) => return met,
            Err(error) => {
                met.push(format!("{:?} at {}", error.kind(), error.offset()));
                let skipped = reader.skip_line(left);
                left = &left[skipped.len()..];
                if !skipped.is_complete() {
                    assert!(left.is_empty());
                    return met;
                }
            }
        }
    }
}

#[test]
fn replies_behind_bad_lines_are_found() {
    let found = |bytes| all(bytes, Limits::DEFAULT);
    assert_eq!(
        found(b"hello\r\n250 a\r\n"),
        ["NoReplyCode at 0", r#"250 | 250 "a""#]
    );
    assert_eq!(
        found(b"2500 x\r\n099 y\r\n550 5.1.1 z\r\n"),
        [
            "FourthDigit at 3",
            "OutOfRange at 0",
            r#"550 5.1.1 | 550 5.1.1 "z""#
        ]
    );
    // The lines before a bad one are lost with it, and what is behind it begins anew.
    assert_eq!(
        found(b"250-a\r\nb\r\n250 c\r\n"),
        ["NoReplyCode at 7", r#"250 | 250 "c""#]
    );
    assert_eq!(
        found(b"550-5.1.1 a\r\n25\r\n250-b\n250 c\r\n"),
        ["NoReplyCode at 15", r#"250 | 250 "b" | 250 "c" ! BareLf@5"#]
    );
    // A lone CR ends no line.
    assert_eq!(
        found(b"x\r250 a\r\n250 b\n"),
        ["NoReplyCode at 0", r#"250 | 250 "b" ! BareLf@5"#]
    );
    assert_eq!(
        found(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
        ["OtherProtocol(Http) at 0"]
    );
    assert_eq!(
        found(b"\x16\x03\x01\x00\n250 a\r\n"),
        ["OtherProtocol(Tls) at 0", r#"250 | 250 "a""#]
    );
    // What was skipped before goes with the bad line.
    assert_eq!(
        found(b"\r\n\xef\xbb\xbfx\r\n250 a\r\n"),
        ["NoReplyCode at 5", r#"250 | 250 "a""#]
    );
    assert_eq!(found(b"+x\r\n"), ["NoReplyCode at 0"]);
    // Only the empty line that was one too many goes: those behind it are before the next reply.
    let empty = [&b"\n".repeat(34)[..], b"250 a\r\n"].concat();
    assert_eq!(
        found(&empty),
        ["NoReplyCode at 32", r#"250 | 250 "a" ! LeadingEmptyLine@0"#]
    );
}

#[test]
fn what_is_too_long_is_dropped_by_the_line() {
    assert_eq!(
        all(b"250 too long for it\r\n250 a\r\n", limits(9, 9, 99)),
        ["LineTooLong at 9", r#"250 | 250 "a""#]
    );
    assert_eq!(
        all(b"250-a\r\n250-b\r\n250-c\r\n250 d\r\n", limits(99, 2, 99)),
        ["TooManyLines at 14", r#"250 | 250 "d""#]
    );
    assert_eq!(
        all(b"250-a\r\n250-b\r\n250-c\r\n250 d\r\n", limits(99, 9, 17)),
        ["ReplyTooLong at 17", r#"250 | 250 "d""#]
    );
}

#[test]
fn a_bad_line_may_end_later() {
    let mut reader = ReplyReader::with_limits(limits(8, 9, 99));
    let error = reader.read(b"250 too long").expect_err("a long line");
    assert_eq!(
        (error.kind(), error.offset()),
        (ReplyErrorKind::LineTooLong, 8)
    );
    assert_eq!(
        reader.read(b"250 too long"),
        Err(error),
        "until it is skipped"
    );
    let skipped = reader.skip_line(b"250 too long");
    assert_eq!((skipped.len(), skipped.is_complete()), (12, false));
    assert_eq!(reader.read(b""), Err(error), "the line still goes on");

    let skipped = reader.skip_line(b" and on");
    assert_eq!((skipped.len(), skipped.is_complete()), (7, false));
    // The text of the bad line is never taken for a reply.
    let skipped = reader.skip_line(b"250 x\r\n550 y\r\n");
    assert_eq!((skipped.len(), skipped.is_complete()), (7, true));
    let reply = reader
        .read(b"550 y\r\n")
        .expect("a reply")
        .expect("complete");
    assert_eq!(reply.code().get(), 550);

    let skipped = reader.skip_line(b"250 a\r\n");
    assert_eq!(
        (skipped.len(), skipped.is_complete()),
        (0, true),
        "no error, nothing to skip"
    );
}

#[test]
fn octets_that_went_away_are_noticed() {
    let mut reader = ReplyReader::new();
    assert_eq!(reader.read(b"250-mx.example.org\r\n250-SIZE"), Ok(None));
    let error = reader
        .read(b"250 a\r\n")
        .expect_err("the first lines are gone");
    assert_eq!(error.kind(), ReplyErrorKind::BufferShrank);
    assert_eq!(error.to_string().split(' ').next(), Some("octet"));
}

fn rest_of(bytes: &'static [u8]) -> Truncated<'static> {
    let mut reader = ReplyReader::new();
    match reader.finish(bytes) {
        Ok(StreamEnd::Truncated(rest)) => {
            assert_eq!(rest.as_bytes(), bytes);
            rest
        }
        other => panic!("{}: {other:?}", bytes.escape_ascii()),
    }
}

fn known(bytes: &'static [u8]) -> Reply<'static> {
    let known = rest_of(bytes).known().expect("a code is there");
    assert!(!known.is_strict() && known.deviations().contains(Deviation::Truncated));
    known
}

#[test]
fn a_stream_that_ends_within_a_reply() {
    for (bytes, expected) in [
        (&b"250-a\r\n"[..], r#"250 | 250 "a" ! Truncated@7"#),
        (b"250-a\r\n2", r#"250 | 250 "a" ! Truncated@7"#),
        (b"250-a\r\n25", r#"250 | 250 "a" ! Truncated@7"#),
        (b"250-a\r\n250", r#"250 | 250 "a" | 250 "" ! Truncated@10"#),
        (
            b"250-a\r\n550 b",
            r#"550, first 250 | 250 "a" | 550 "b" ! CodesDiffer@7, Truncated@12"#,
        ),
        (
            b"550-a\r\n250",
            r#"250, first 550, worst 550 | 550 "a" | 250 "" ! CodesDiffer@7, Truncated@10"#,
        ),
        (b"550 user unk", r#"550 | 550 "user unk" ! Truncated@12"#),
        (b"550 user unk\r", r#"550 | 550 "user unk" ! Truncated@13"#),
        (b"550", r#"550 | 550 "" ! Truncated@3"#),
        (b"550-", r#"550 | 550 "" ! Truncated@4"#),
        (b"250OK", r#"250 | 250 "OK" ! NoSeparator@3, Truncated@5"#),
        (
            b"550 5.1.1 user",
            r#"550 5.1.1 | 550 5.1.1 "user" ! Truncated@14"#,
        ),
        (
            b"\r\n571 a",
            r#"571 | 571 "a" ! LeadingEmptyLine@0, UnusualCode@2, Truncated@7"#,
        ),
    ] {
        assert_eq!(
            reply_told(&known(bytes)),
            expected,
            "{}",
            bytes.escape_ascii()
        );
    }
    assert_eq!(
        known(b"550 5.1.1 us").enhanced(),
        EnhancedCode::new(5, 1, 1)
    );
    assert!(rest_of(b"550 5.1.1 user unk").to_string().contains("550"));
}

#[test]
fn a_stream_that_ends_before_a_code() {
    for bytes in [
        &b"5"[..],
        b"55",
        b"\r\n",
        b"\r",
        b"H",
        b"HTTP",
        b"\xef\xbb\xbf",
        b"\xff",
        b"\r\n25",
    ] {
        let rest = rest_of(bytes);
        assert_eq!(rest.known(), None, "{}", bytes.escape_ascii());
        assert!(rest.to_string().contains("before a reply code"));
    }
}

#[test]
fn a_stream_that_ends_otherwise() {
    let finish = |bytes| ReplyReader::new().finish(bytes);
    assert_eq!(finish(b""), Ok(StreamEnd::Clean));

    let Ok(StreamEnd::Reply(reply)) = finish(b"221 2.0.0 Bye\r\n421 x") else {
        panic!("a reply is there that nobody had read");
    };
    assert_eq!(
        (reply.code().get(), reply.len(), reply.is_strict()),
        (221, 15, true)
    );

    let error = finish(b"250-a\r\nhello").expect_err("no reply");
    assert_eq!(
        (error.kind(), error.offset()),
        (ReplyErrorKind::NoReplyCode, 7)
    );

    // A reader may be used again for the next stream.
    let mut reader = ReplyReader::new();
    assert_eq!(reader.read(b"250-a\r\n250-b"), Ok(None));
    assert!(matches!(
        reader.finish(b"250-a\r\n250-b"),
        Ok(StreamEnd::Truncated(_))
    ));
    let reply = reader
        .read(b"220 x\r\n")
        .expect("a reply")
        .expect("complete");
    assert_eq!(reply.code().get(), 220);
}

#[test]
fn a_bad_line_within_a_reply_is_told_from_one_before_it() {
    let mut reader = ReplyReader::new();
    let buf = b"250-a\r\nhello\r\n250 b\r\n";
    assert!(reader.read(buf).is_err());
    let skipped = reader.skip_line(buf);
    assert_eq!((skipped.len(), skipped.is_complete()), (14, true));
    assert!(skipped.is_within_reply(), "250 b is its rest");

    let buf = b"hel";
    assert!(reader.read(buf).is_err());
    let skipped = reader.skip_line(buf);
    assert_eq!((skipped.len(), skipped.is_complete()), (3, false));
    let skipped = reader.skip_line(b"lo\r\n250 b\r\n");
    assert_eq!((skipped.len(), skipped.is_complete()), (4, true));
    assert!(!skipped.is_within_reply());

    let limits = Limits {
        lines: 1,
        ..Limits::DEFAULT
    };
    let mut reader = ReplyReader::with_limits(limits);
    let buf = b"250-a\r\n250-b";
    assert!(reader.read(buf).is_err());
    let skipped = reader.skip_line(buf);
    assert_eq!((skipped.len(), skipped.is_complete()), (buf.len(), false));
    assert!(reader.skip_line(b"\r\n").is_within_reply());
}

#[test]
fn a_buffer_that_shrank_costs_no_reply() {
    let mut reader = ReplyReader::new();
    assert_eq!(reader.read(b"250-a\r\n"), Ok(None));
    let error = reader.read(b"").expect_err("octets are gone");
    assert_eq!(error.kind(), ReplyErrorKind::BufferShrank);
    let skipped = reader.skip_line(b"250 ok\r\n");
    assert_eq!((skipped.len(), skipped.is_complete()), (0, true));
    let reply = reader.read(b"250 ok\r\n").expect("a reply");
    assert!(reply.is_some_and(|reply| reply.is_strict()));
}

#[test]
fn what_lines_say_differently_is_printed_differently() {
    let reply = |bytes| Reply::parse(bytes).expect("a reply").expect("complete");
    let mixed = reply(b"550-5.1.1 gone\r\n250 2.0.0 fine\r\n");
    assert_eq!(mixed.to_string(), "550 5.1.1 gone / 250 2.0.0 fine");
    assert_eq!(
        reply(b"550-5.1.1 a\r\n550 5.1.1 b\r\n").to_string(),
        "550 5.1.1 a b"
    );
    assert_eq!(reply(b"250\r\n").to_string(), "250");
}
