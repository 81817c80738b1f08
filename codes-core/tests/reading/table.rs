//! The decisions about what is read, one row each.

use codes_core::{Command, Deviation, Reply, ReplyErrorKind, ReplyReader, Retry};

use crate::told::{check, limits, seen, told};

#[test]
fn right_replies_have_no_deviation() {
    check(&[
        (b"250\r\n", r#"250 | 250 """#),
        (b"250 \r\n", r#"250 | 250 """#),
        (b"354 \r\n", r#"354 | 354 """#),
        (b"334 \r\n", r#"334 | 334 """#),
        (b"250-a\r\n250\r\n", r#"250 | 250 "a" | 250 """#),
        (b"250-\r\n250 a\r\n", r#"250 | 250 "" | 250 "a""#),
        (b"250 a\tb\r\n", r#"250 | 250 "a\tb""#),
        (b"250  a \r\n", r#"250 | 250 " a ""#),
        (b"250 -a\r\n", r#"250 | 250 "-a""#),
        (b"250--\r\n250 -\r\n", r#"250 | 250 "-" | 250 "-""#),
        (b"250- \r\n250 \r\n", r#"250 | 250 " " | 250 """#),
        (b"200 a\r\n", r#"200 | 200 "a""#),
        (b"559 a\r\n", r#"559 | 559 "a""#),
        (
            b"250-mx.example.org\r\n250-SIZE 1000\r\n250 8BITMIME\r\n",
            r#"250 | 250 "mx.example.org" | 250 "SIZE 1000" | 250 "8BITMIME""#,
        ),
    ]);
}

#[test]
fn the_end_is_waited_for() {
    for whole in [
        &b"220-mx.example.org\r\n220 mx ESMTP\r\n"[..],
        b"250\r\n",
        b"\r\n\r\n550-5.1.1 a\r\n550 5.1.1 b\r\n",
        b"\xef\xbb\xbf\xff\xfb\x01250 a\r\n",
        b"421 4.7.0 x\n",
        b"250OK\r\n",
        b"250 a\rb\r\r\n",
    ] {
        for end in 0..whole.len() {
            assert_eq!(told(&whole[..end]), "incomplete", "{}", seen(&whole[..end]));
        }
        assert_ne!(told(whole), "incomplete", "{}", seen(whole));
    }
    check(&[
        (b"220-mx.example.org\r\n", "incomplete"),
        (b"220-mx.example.org\r\n220 mx", "incomplete"),
        (
            b"220-mx.example.org\r\n220 mx ESMTP\r\n",
            r#"220 | 220 "mx.example.org" | 220 "mx ESMTP""#,
        ),
    ]);
}

#[test]
fn line_ends() {
    check(&[
        (b"250 a\n", r#"250 | 250 "a" ! BareLf@5"#),
        (b"250\n", r#"250 | 250 "" ! BareLf@3"#),
        (
            b"250-a\r\n250 b\n",
            r#"250 | 250 "a" | 250 "b" ! BareLf@12"#,
        ),
        (b"250-a\n250 b\r\n", r#"250 | 250 "a" | 250 "b" ! BareLf@5"#),
        (b"250 a\rb\r\n", r#"250 | 250 "a\rb" ! LoneCr@5"#),
        (b"250 a\r250 b\r\n", r#"250 | 250 "a\r250 b" ! LoneCr@5"#),
        (b"250 a\r\r\n", r#"250 | 250 "a\r" ! LoneCr@5"#),
        (b"250 a\r\r\r\n", r#"250 | 250 "a\r\r" ! LoneCr@5"#),
        (b"250 a\rb\n", r#"250 | 250 "a\rb" ! BareLf@7, LoneCr@5"#),
        (b"250 \r\r\n", r#"250 | 250 "\r" ! LoneCr@4"#),
        (
            b"550 5.1.1\r\r\n",
            r#"550 5.1.1 | 550 5.1.1 "\r" ! LoneCr@9"#,
        ),
        (b"550 5.1.1\rx\r\n", r#"550 | 550 "5.1.1\rx" ! LoneCr@9"#),
        // No separator: the line could hold anything that a relay put there.
        (b"250\r\r\n", r#"250 | 250 "\r" ! LoneCr@3"#),
    ]);
}

#[test]
fn lines_that_disagree() {
    check(&[
        (
            b"220-host\r\n521 5.7.1 blocked\r\n",
            r#"521 5.7.1, first 220 | 220 "host" | 521 5.7.1 "blocked" ! CodesDiffer@10"#,
        ),
        (
            b"250-a\r\n550 b\r\n",
            r#"550, first 250 | 250 "a" | 550 "b" ! CodesDiffer@7"#,
        ),
        (
            b"550-a\r\n250 b\r\n",
            r#"250, first 550, worst 550 | 550 "a" | 250 "b" ! CodesDiffer@7"#,
        ),
        (
            b"250-a\r\n451-b\r\n250 c\r\n",
            r#"250, worst 451 | 250 "a" | 451 "b" | 250 "c" ! CodesDiffer@7"#,
        ),
        (
            b"450-a\r\n550-b\r\n250 c\r\n",
            r#"250, first 450, worst 550 | 450 "a" | 550 "b" | 250 "c" ! CodesDiffer@7"#,
        ),
        (
            b"250-a\r\n250-b\r\n354 c\r\n",
            r#"354, first 250 | 250 "a" | 250 "b" | 354 "c" ! CodesDiffer@14"#,
        ),
        // The same code, written in two kinds of line, is no difference.
        (b"250-a\r\n250\n", r#"250 | 250 "a" | 250 "" ! BareLf@10"#),
    ]);
}

#[test]
fn enhanced_codes_that_differ() {
    check(&[
        (
            b"550-5.7.1 a\r\n550 5.7.26 b\r\n",
            r#"550 5.7.26 | 550 5.7.1 "a" | 550 5.7.26 "b" ! EnhancedCodesDiffer@17"#,
        ),
        (
            b"550-5.7.26 a\r\n550 b\r\n",
            r#"550 5.7.26 | 550 5.7.26 "a" | 550 "b" ! EnhancedCodesDiffer@18"#,
        ),
        (
            b"550-5.7.26 a\r\n550-b\r\n550 5.7.1 c\r\n",
            r#"550 5.7.1 | 550 5.7.26 "a" | 550 "b" | 550 5.7.1 "c" ! EnhancedCodesDiffer@18"#,
        ),
        // Back to the first, with the second in a form of its own between.
        (
            b"550-5.1.1 a\r\n550-5.7.1: b\r\n550 5.1.1 c and more\r\n",
            r#"550 5.1.1 | 550 5.1.1 "a" | 550 5.7.1 "b" | 550 5.1.1 "c and more" ! EnhancedForm@17, EnhancedCodesDiffer@17"#,
        ),
        (
            b"550-5.1.1 a\r\n550-  5.7.1 b\r\n550 5.1.1 c and more\r\n",
            r#"550 5.1.1 | 550 5.1.1 "a" | 550 5.7.1 "b" | 550 5.1.1 "c and more" ! EnhancedCodesDiffer@19"#,
        ),
        (
            b"550 4.7.1 x\r\n",
            r#"550 4.7.1 | 550 4.7.1 "x" ! EnhancedClassDiffers@4"#,
        ),
        (
            b"554 4.4.7 x\r\n",
            r#"554 4.4.7 | 554 4.4.7 "x" ! EnhancedClassDiffers@4"#,
        ),
        (
            b"250 5.1.1 x\r\n",
            r#"250 5.1.1 | 250 5.1.1 "x" ! EnhancedClassDiffers@4"#,
        ),
        (b"552 5.2.2 x\r\n", r#"552 5.2.2 | 552 5.2.2 "x""#),
        (
            b"550-4.7.1 a\r\n550 5.7.1 b\r\n",
            r#"550 5.7.1 | 550 4.7.1 "a" | 550 5.7.1 "b" ! EnhancedCodesDiffer@17"#,
        ),
    ]);
}

#[test]
fn enhanced_codes_that_are_read() {
    check(&[
        (b"550 5.7.708 x\r\n", r#"550 5.7.708 | 550 5.7.708 "x""#),
        (b"550  5.1.1 x\r\n", r#"550 5.1.1 | 550 5.1.1 "x""#),
        (b"550 5.1.1\r\n", r#"550 5.1.1 | 550 5.1.1 """#),
        (b"550 5.1.1 \r\n", r#"550 5.1.1 | 550 5.1.1 """#),
        (b"550 5.1.1  x\r\n", r#"550 5.1.1 | 550 5.1.1 " x""#),
        (
            b"550 5.999.999 x\r\n",
            r#"550 5.999.999 | 550 5.999.999 "x""#,
        ),
        (
            b"550-5.1.1\r\n550 5.1.1\r\n",
            r#"550 5.1.1 | 550 5.1.1 "" | 550 5.1.1 """#,
        ),
        (b"421 4.7.0 x\r\n", r#"421 4.7.0 | 421 4.7.0 "x""#),
        (b"554 5.7.1 x\r\n", r#"554 5.7.1 | 554 5.7.1 "x""#),
        (b"220 2.0.0 Ready\r\n", r#"220 2.0.0 | 220 2.0.0 "Ready""#),
        (
            b"550 5.1.1 5.7.1 x\r\n",
            r#"550 5.1.1 | 550 5.1.1 "5.7.1 x""#,
        ),
    ]);
}

#[test]
fn what_is_no_enhanced_code_stays_text() {
    check(&[
        (b"550 9.1.1 x\r\n", r#"550 | 550 "9.1.1 x""#),
        (b"550 3.1.1 x\r\n", r#"550 | 550 "3.1.1 x""#),
        (b"550 5.1.1000 x\r\n", r#"550 | 550 "5.1.1000 x""#),
        (b"550 5.01.1 x\r\n", r#"550 | 550 "5.01.1 x""#),
        (b"550 5.1.01 x\r\n", r#"550 | 550 "5.1.01 x""#),
        (b"550 5.1 x\r\n", r#"550 | 550 "5.1 x""#),
        (b"550 5.1.1.1 x\r\n", r#"550 | 550 "5.1.1.1 x""#),
        (b"550 5.1.1, x\r\n", r#"550 | 550 "5.1.1, x""#),
        (b"550 5.1.1-x\r\n", r#"550 | 550 "5.1.1-x""#),
        (b"550 x 5.1.1 y\r\n", r#"550 | 550 "x 5.1.1 y""#),
        (b"220 2.3.4.5 ESMTP\r\n", r#"220 | 220 "2.3.4.5 ESMTP""#),
        (
            b"250-8BITMIME\r\n250 a\r\n",
            r#"250 | 250 "8BITMIME" | 250 "a""#,
        ),
        (
            b"250-234 Text\r\n250 a\r\n",
            r#"250 | 250 "234 Text" | 250 "a""#,
        ),
        (b"354 3.0.0 x\r\n", r#"354 | 354 "3.0.0 x""#),
        (b"334 2.0.0\r\n", r#"334 | 334 "2.0.0""#),
        (b"354 5.1.1 x\r\n", r#"354 | 354 "5.1.1 x""#),
    ]);
}

#[test]
fn enhanced_codes_in_another_form_count_in_a_refusal_of_their_class() {
    check(&[
        (
            b"550 5.1.1\tx\r\n",
            r#"550 5.1.1 | 550 5.1.1 "x" ! EnhancedForm@4"#,
        ),
        (
            b"550 5.1.1: x\r\n",
            r#"550 5.1.1 | 550 5.1.1 "x" ! EnhancedForm@4"#,
        ),
        (
            b"550 #5.1.0 x\r\n",
            r#"550 5.1.0 | 550 5.1.0 "x" ! EnhancedForm@5"#,
        ),
        (
            b"550 (5.1.1) x\r\n",
            r#"550 5.1.1 | 550 5.1.1 "x" ! EnhancedForm@5"#,
        ),
        (
            b"451 #4.1.0 x\r\n",
            r#"451 4.1.0 | 451 4.1.0 "x" ! EnhancedForm@5"#,
        ),
        (
            b"550-a\r\n550 (5.1.1) x\r\n",
            r#"550 5.1.1 | 550 "a" | 550 5.1.1 "x" ! EnhancedForm@12, EnhancedCodesDiffer@12"#,
        ),
        // The same code in two forms is one code.
        (
            b"550-5.1.0 a\r\n550 #5.1.0 x\r\n",
            r#"550 5.1.0 | 550 5.1.0 "a" | 550 5.1.0 "x" ! EnhancedForm@18"#,
        ),
        // Elsewhere it is text: an address, a version, a number.
        (b"550 #4.1.0 x\r\n", r##"550 | 550 "#4.1.0 x""##),
        (b"451 (5.1.1) x\r\n", r#"451 | 451 "(5.1.1) x""#),
        (b"550 4.1.1: x\r\n", r#"550 | 550 "4.1.1: x""#),
        (b"250 2.1.0: x\r\n", r#"250 | 250 "2.1.0: x""#),
        (b"220 (2.1.0) x\r\n", r#"220 | 220 "(2.1.0) x""#),
        (b"220 2.0.0\tx\r\n", r#"220 | 220 "2.0.0\tx""#),
        (b"354 #3.1.0 x\r\n", r##"354 | 354 "#3.1.0 x""##),
        (b"550 (5.1.1 x\r\n", r#"550 | 550 "(5.1.1 x""#),
        (b"550 # 5.1.1 x\r\n", r##"550 | 550 "# 5.1.1 x""##),
        (b"550 #5.01.1 x\r\n", r##"550 | 550 "#5.01.1 x""##),
        (b"550 [5.1.1] x\r\n", r#"550 | 550 "[5.1.1] x""#),
    ]);
}

#[test]
fn separators() {
    check(&[
        (b"550\tx\r\n", r#"550 | 550 "x" ! TabSeparator@3"#),
        (
            b"550\t5.1.1 x\r\n",
            r#"550 5.1.1 | 550 5.1.1 "x" ! TabSeparator@3"#,
        ),
        (b"250\t\r\n", r#"250 | 250 "" ! TabSeparator@3"#),
        (b"250OK\r\n", r#"250 | 250 "OK" ! NoSeparator@3"#),
        (b"250_a\r\n", r#"250 | 250 "_a" ! NoSeparator@3"#),
        (
            b"250-a\r\n250b\r\n",
            r#"250 | 250 "a" | 250 "b" ! NoSeparator@10"#,
        ),
        // Neither goes on: what comes behind is another reply.
        (
            b"250OK\r\n250 a\r\n",
            r#"250 | 250 "OK" ! NoSeparator@3 + 7"#,
        ),
        (
            b"250\ta\r\n250 b\r\n",
            r#"250 | 250 "a" ! TabSeparator@3 + 7"#,
        ),
    ]);
}

#[test]
fn doubtful_replies_are_never_advised_as_a_success() {
    for (bytes, is_success) in [
        (&b"250 OK\r\n"[..], true),
        (b"250\tOK\r\n", true),
        (b"250 OK\n", true),
        (b"250OK\r\n", false),
        (b"550-a\r\n250 b\r\n", false),
        (b"250-a\r\n451-b\r\n250 c\r\n", false),
        (b"250-a\r\n199-b\r\n250 c\r\n", false),
        (b"699 a\r\n", false),
    ] {
        let reply = Reply::parse(bytes).expect("a reply").expect("complete");
        let advice = reply.situation().at(Command::RCPT).advice();
        assert_eq!(advice.action() == Retry::Proceed, is_success, "{reply:?}");
    }
}

#[test]
fn numbers_outside_the_grammar() {
    check(&[
        (b"571 x\r\n", r#"571 | 571 "x" ! UnusualCode@0"#),
        (b"585 x\r\n", r#"585 | 585 "x" ! UnusualCode@0"#),
        (b"471 x\r\n", r#"471 | 471 "x" ! UnusualCode@0"#),
        (b"199 x\r\n", r#"199 | 199 "x" ! UnusualCode@0"#),
        (b"100 x\r\n", r#"100 | 100 "x" ! UnusualCode@0"#),
        (b"699 x\r\n", r#"699 | 699 "x" ! UnusualCode@0"#),
        (b"999 x\r\n", r#"999 | 999 "x" ! UnusualCode@0"#),
        (
            b"571 5.7.1 x\r\n",
            r#"571 5.7.1 | 571 5.7.1 "x" ! UnusualCode@0"#,
        ),
        (
            b"550-a\r\n571 b\r\n",
            r#"571, first 550 | 550 "a" | 571 "b" ! UnusualCode@7, CodesDiffer@7"#,
        ),
        (b"000 x\r\n", "OutOfRange at 0"),
        (b"099 x\r\n", "OutOfRange at 0"),
        (b"250-a\r\n099 x\r\n", "OutOfRange at 7"),
    ]);
}

#[test]
fn what_is_no_reply_is_an_error() {
    check(&[
        (b"2500 x\r\n", "FourthDigit at 3"),
        (b"2500\r\n", "FourthDigit at 3"),
        (b"250-a\r\n2500 x\r\n", "FourthDigit at 10"),
        (b"25 x\r\n", "NoReplyCode at 2"),
        (b"25\r\n", "NoReplyCode at 2"),
        (b"2x0 x\r\n", "NoReplyCode at 1"),
        (b"x50 x\r\n", "NoReplyCode at 0"),
        (b"Hello\r\n", "NoReplyCode at 0"),
        (b" 250 a\r\n", "NoReplyCode at 0"),
        (b"-250 a\r\n", "NoReplyCode at 0"),
        (b"+250 a\r\n", "NoReplyCode at 0"),
        (b"\x00250 a\r\n", "NoReplyCode at 0"),
        (b"250-a\r\nb\r\n", "NoReplyCode at 7"),
        (b"250-a\r\n 250 b\r\n", "NoReplyCode at 7"),
        // An empty line is skipped before a reply, not inside of one.
        (b"250-a\r\n\r\n250 b\r\n", "NoReplyCode at 7"),
        (b"250-a\r\n\n250 b\r\n", "NoReplyCode at 7"),
        (b"\xd9\xa2\xd9\xa5\xd9\xa0 x\r\n", "NoReplyCode at 0"),
    ]);
}

#[test]
fn other_protocols_are_named() {
    check(&[
        (b"+OK POP3 ready\r\n", "OtherProtocol(Pop3) at 0"),
        (b"-ERR no\r\n", "OtherProtocol(Pop3) at 0"),
        (b"* OK IMAP4rev1 ready\r\n", "OtherProtocol(Imap) at 0"),
        (b"HTTP/1.1 400 Bad Request\r\n", "OtherProtocol(Http) at 0"),
        (b"HTTP/1.0 200 OK\r\n", "OtherProtocol(Http) at 0"),
        (b"SSH-2.0-OpenSSH_9.7\r\n", "OtherProtocol(Ssh) at 0"),
        (b"\x15\x03\x01\x00\x02\x02\x46", "OtherProtocol(Tls) at 0"),
        (b"\x16\x03\x03\x00\x7a\x02", "OtherProtocol(Tls) at 0"),
        // Known as soon as the octets say so, without a line end; before that all is open.
        (b"HTTP/", "OtherProtocol(Http) at 0"),
        (b"HTTP", "incomplete"),
        (b"\x16", "incomplete"),
        (b"HTML\r\n", "NoReplyCode at 0"),
        (b"\x16\x04", "NoReplyCode at 0"),
    ]);
}

#[test]
fn a_little_is_skipped_before_a_reply() {
    check(&[
        (b"\r\n250 a\r\n", r#"250 | 250 "a" ! LeadingEmptyLine@0"#),
        (b"\n\n250 a\r\n", r#"250 | 250 "a" ! LeadingEmptyLine@0"#),
        (
            b"\xef\xbb\xbf250 a\r\n",
            r#"250 | 250 "a" ! LeadingBytes@0"#,
        ),
        (
            b"\xff\xfb\x01\xff\xfd\x03250 a\r\n",
            r#"250 | 250 "a" ! LeadingBytes@0"#,
        ),
        (
            b"\r\n\xff\xfb\x01250 a\n",
            r#"250 | 250 "a" ! LeadingEmptyLine@0, LeadingBytes@2, BareLf@10"#,
        ),
        (
            b"\xef\xbb\xbf\r\n571\tb\r\n",
            r#"571 | 571 "b" ! LeadingEmptyLine@3, LeadingBytes@0, UnusualCode@5, TabSeparator@8"#,
        ),
        (b"\xef\xbb250 a\r\n", "NoReplyCode at 0"),
        (b"\r250 a\r\n", "NoReplyCode at 0"),
        (b"\r\r\n250 a\r\n", "NoReplyCode at 0"),
    ]);
    let skipped = [&b"\r\n".repeat(16)[..], b"250 a\r\n"].concat();
    assert_eq!(told(&skipped), r#"250 | 250 "a" ! LeadingEmptyLine@0"#);
    let too_much = [&b"\r\n".repeat(17)[..], b"250 a\r\n"].concat();
    assert_eq!(told(&too_much), "NoReplyCode at 32");
    let code_of_protocol = b"\r\nHTTP/1.1 400 Bad Request\r\n";
    assert_eq!(told(code_of_protocol), "OtherProtocol(Http) at 2");
}

#[test]
fn octets_of_the_text_are_kept() {
    check(&[
        (
            "550 andré\r\n".as_bytes(),
            r#"550 | 550 "andr\xc3\xa9" ! NotAscii@8"#,
        ),
        (b"550 andr\xe9\r\n", r#"550 | 550 "andr\xe9" ! NotAscii@8"#),
        (b"550 a\x00b\r\n", r#"550 | 550 "a\x00b" ! Control@5"#),
        (b"550 a\x7f\r\n", r#"550 | 550 "a\x7f" ! Control@5"#),
        (b"550 \x1b[31m\r\n", r#"550 | 550 "\x1b[31m" ! Control@4"#),
        (b"550 a\x85b\r\n", r#"550 | 550 "a\x85b" ! NotAscii@5"#),
        (
            b"550-a\x01\r\n550 \x02\xff\r\n",
            r#"550 | 550 "a\x01" | 550 "\x02\xff" ! NotAscii@13, Control@5"#,
        ),
        // A firewall that rewrites the greeting.
        (b"220 **2***0**\r\n", r#"220 | 220 "**2***0**""#),
        (b"220 *\x00*\r\n", r#"220 | 220 "*\x00*" ! Control@5"#),
    ]);
    let reply = Reply::parse(b"550 a\xe9b\x00\r\n").expect("a reply");
    let reply = reply.expect("complete");
    let line = reply.lines().next().expect("a line");
    assert_eq!(line.as_bytes(), b"a\xe9b\x00");
    assert_eq!(line.text().to_string(), "a\u{fffd}b\0");
    assert!(line.text().to_str().is_err());
}

#[test]
fn long_lines() {
    let line =
        |code: &str, text: &str, octets: usize| format!("{code} {}\r\n", text.repeat(octets));
    let right = line("250", "x", 506);
    assert_eq!(right.len(), 512);
    assert!(
        Reply::parse(right.as_bytes())
            .is_ok_and(|reply| reply.is_some_and(|reply| reply.is_strict()))
    );

    let long = line("250", "x", 507);
    assert!(
        told(long.as_bytes()).ends_with(r#"x" ! LongLine@512"#),
        "{}",
        told(long.as_bytes())
    );
    let second = format!("250-a\r\n{long}");
    assert!(
        told(second.as_bytes()).ends_with(r#"x" ! LongLine@519"#),
        "{}",
        told(second.as_bytes())
    );

    for text in ["A", "7"] {
        let challenge = line("334", text, 12_000);
        let reply = Reply::parse(challenge.as_bytes())
            .expect("a reply")
            .expect("complete");
        assert!(reply.is_strict() && reply.enhanced().is_none());
        assert_eq!(reply.text().to_string().len(), 12_000);
        let challenge = line("334", text, 12_288);
        assert!(!told(challenge.as_bytes()).contains('!'));
        let challenge = line("334", text, 12_289);
        assert!(told(challenge.as_bytes()).contains(" ! LongLine@"));
    }
}

#[test]
fn limits_end_the_work() {
    let kind = |limits, bytes: &[u8]| {
        let error = ReplyReader::with_limits(limits)
            .read(bytes)
            .expect_err("over a limit");
        (error.kind(), error.offset())
    };
    let endless = [&b"250 "[..], &[b'x'; 100]].concat();
    assert_eq!(
        kind(limits(10, 9, 900), &endless),
        (ReplyErrorKind::LineTooLong, 10)
    );
    assert_eq!(
        kind(limits(99, 9, 50), &endless),
        (ReplyErrorKind::ReplyTooLong, 50)
    );
    let lines = b"250-a\r\n".repeat(10);
    assert_eq!(
        kind(limits(10, 3, 900), &lines).0,
        ReplyErrorKind::TooManyLines
    );
    assert_eq!(
        kind(limits(10, 99, 31), &lines),
        (ReplyErrorKind::ReplyTooLong, 31)
    );

    // What just fits is read: an octet, a line, a reply at the limit.
    let reply = b"250-abc\r\n250 a\r\n";
    for (fits, limits) in [
        (true, limits(9, 2, 16)),
        (false, limits(8, 2, 16)),
        (false, limits(9, 1, 16)),
        (false, limits(9, 2, 15)),
    ] {
        let read = ReplyReader::with_limits(limits).read(reply);
        assert_eq!(matches!(read, Ok(Some(_))), fits, "{limits:?} {read:?}");
    }
    // The same above the 512 octets of the standard.
    let line = [&b"250 "[..], &[b'x'; 594], b"\r\n"].concat();
    for (fits, limit) in [(true, 600), (false, 599)] {
        let read = ReplyReader::with_limits(limits(limit, 1, 900)).read(&line);
        assert_eq!(matches!(read, Ok(Some(_))), fits, "{limit} {read:?}");
    }
    // What is skipped does not count.
    let read = ReplyReader::with_limits(limits(7, 1, 7)).read(b"\r\n\r\n250 a\r\n");
    assert!(matches!(read, Ok(Some(_))), "{read:?}");

    let endless = [&b"250 "[..], &vec![b'x'; 20_000]].concat();
    assert_eq!(told(&endless), "LineTooLong at 16384");
}

#[test]
fn what_comes_behind_a_reply_is_untouched() {
    check(&[
        (
            b"250 2.1.0 a\r\n250 2.1.5 b\r\n354 c\r\n",
            r#"250 2.1.0 | 250 2.1.0 "a" + 20"#,
        ),
        (b"250 ok\r\n421 4.4.2 idle\r\n", r#"250 | 250 "ok" + 16"#),
        (b"220 go\r\n250 injected\r\n", r#"220 | 220 "go" + 14"#),
        (b"220 go\r\n\x16\x03", r#"220 | 220 "go" + 2"#),
        (b"250 ok\n\xff", r#"250 | 250 "ok" ! BareLf@6 + 1"#),
    ]);
}

#[test]
fn one_reply_for_each_recipient() {
    // PRDR: 353, one for each of two recipients, one for the message. LMTP is the same without ends.
    let mut left =
        &b"353 content analysed\r\n250 2.1.5 a\r\n550 5.7.1 b\r\n250 2.0.0 queued\r\n"[..];
    let mut codes = Vec::new();
    let mut reader = ReplyReader::new();
    while let Some(reply) = reader.read(left).expect("replies") {
        codes.push(reply.code().get());
        left = &left[reply.len()..];
    }
    assert_eq!((codes, left), (vec![353, 250, 550, 250], &b""[..]));
}

#[test]
fn texts_joined() {
    let read = |bytes: &'static [u8]| Reply::parse(bytes).expect("a reply").expect("complete");
    let reply = read(b"550-5.1.1 No such user,\r\n550-5.1.1\r\n550 5.1.1 sorry \xe9\r\n+");
    assert_eq!(reply.text().to_string(), "No such user,\n\nsorry \u{fffd}");
    assert_eq!(
        format!("{:#}", reply.text()),
        "No such user,  sorry \u{fffd}"
    );
    assert_eq!(
        reply.as_bytes(),
        &b"550-5.1.1 No such user,\r\n550-5.1.1\r\n550 5.1.1 sorry \xe9\r\n"[..]
    );
    let reply = read(b"\r\n550 a\r\n");
    assert_eq!((reply.as_bytes(), reply.len()), (&b"550 a\r\n"[..], 9));
    assert_eq!(reply.offset_of(Deviation::BareLf), None);
}
