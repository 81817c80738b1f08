use proptest::prelude::*;

use super::*;
use crate::Reply;
use crate::{Smtp250, Smtp334, Smtp354, Smtp447, Smtp550, Smtp571};

fn code(number: u16) -> ReplyCode {
    ReplyCode::new(number).expect("three digits")
}

fn enhanced(text: &str) -> EnhancedCode {
    text.parse().expect(text)
}

fn written(reply: ReplyWriter<'_>) -> String {
    let mut text = String::new();
    reply.write_to(&mut text).expect("can be written");
    assert_eq!(reply.encoded_len(), Ok(text.len()));
    text
}

/// Writes a reply and reads it back, to its text with the lines joined.
fn read_back(reply: ReplyWriter<'_>, join: &str) -> String {
    let text = written(reply);
    let read = Reply::parse(text.as_bytes()).expect(&text).expect(&text);
    assert_eq!(read.len(), text.len(), "{text:?}");
    assert_eq!((read.code(), read.first_code()), (reply.code, reply.code));
    assert_eq!(read.enhanced(), reply.enhanced, "{text:?}");
    let deviations: Vec<_> = read.deviations().iter().collect();
    let expected = match text.is_ascii() {
        true => vec![],
        false => vec![crate::Deviation::NotAscii],
    };
    assert_eq!(deviations, expected, "{text:?}");
    let lines: Vec<_> = read
        .lines()
        .map(|line| line.message().to_string())
        .collect();
    lines.join(join)
}

fn kind(reply: ReplyWriter<'_>) -> (WriteErrorKind, Option<usize>, Option<usize>) {
    let error = reply.check().expect_err("cannot be written");
    let mut text = String::new();
    assert_eq!(reply.write_to(&mut text), Err(error));
    assert_eq!(text, "", "something was written");
    (error.kind(), error.line(), error.offset())
}

#[test]
fn short_replies_are_one_line() {
    let mailbox = enhanced("5.1.1");
    for (reply, expected) in [
        (Smtp354.reply("Go ahead"), "354 Go ahead\r\n"),
        (Smtp250.reply(""), "250\r\n"),
        (Smtp250.reply(" "), "250  \r\n"),
        (Smtp250.reply("\tok"), "250 \tok\r\n"),
        (Smtp250.reply("  a  b  "), "250   a  b  \r\n"),
        (Smtp550.reply("x").enhanced(mailbox), "550 5.1.1 x\r\n"),
        (Smtp550.reply("").enhanced(mailbox), "550 5.1.1 \r\n"),
        (Smtp550.reply(" x").enhanced(mailbox), "550 5.1.1  x\r\n"),
        (
            Smtp550.reply("5.2.2 x").enhanced(mailbox),
            "550 5.1.1 5.2.2 x\r\n",
        ),
        (Smtp334.reply(""), "334 \r\n"),
        (Smtp334.reply("VXNlcm5hbWU6"), "334 VXNlcm5hbWU6\r\n"),
        (Smtp334.reply_lines(&["MTIzNA=="]), "334 MTIzNA==\r\n"),
    ] {
        assert_eq!(written(reply), expected);
        read_back(reply, " ");
    }
}

#[test]
fn given_lines_stay_as_they_are() {
    let lines = ["mx.example.org", "", "8BITMIME", "AUTH PLAIN", ""];
    let reply = Smtp250.reply_lines(&lines);
    let expected = "250-mx.example.org\r\n250-\r\n250-8BITMIME\r\n250-AUTH PLAIN\r\n250\r\n";
    assert_eq!(written(reply), expected);
    assert_eq!(read_back(reply, "\n"), lines.join("\n"));
    let reply = reply.enhanced(enhanced("2.1.0"));
    assert!(written(reply).ends_with("250-2.1.0 AUTH PLAIN\r\n250 2.1.0 \r\n"));
    assert_eq!(read_back(reply, "\n"), lines.join("\n"));

    let long = "x".repeat(506);
    let full = ["a", long.as_str()];
    let reply = Smtp250.reply_lines(&full);
    assert!(written(reply).lines().any(|line| line.len() == 510));
    read_back(reply, "\n");
    let reply = reply.enhanced(enhanced("2.1.0"));
    assert_eq!(
        kind(reply),
        (WriteErrorKind::LineTooLong, Some(1), Some(500))
    );
}

#[test]
fn a_fold_stands_in_the_place_of_one_space() {
    let text = "word ".repeat(300);
    let reply = Smtp550.reply(&text);
    let wire = written(reply);
    assert_eq!(wire.lines().count(), 3);
    assert!(wire.lines().all(|line| line.len() <= 510));
    assert_eq!(read_back(reply, " "), text);

    // As long as it can be: 506 octets of text on a line.
    let fits = format!("{} {}", "x".repeat(505 - 3), "abc");
    assert_eq!(written(Smtp550.reply(&fits)).lines().count(), 1);
    let exact = format!("{fits} def");
    assert_eq!(
        written(Smtp550.reply(&exact))
            .lines()
            .map(str::len)
            .collect::<Vec<_>>(),
        [510, 7]
    );
    let longer = format!("x{exact}");
    let lines = written(Smtp550.reply(&longer));
    assert_eq!(lines.lines().map(str::len).collect::<Vec<_>>(), [507, 11]);

    let spaces = " ".repeat(2_000);
    assert_eq!(read_back(Smtp550.reply(&spaces), " "), spaces);
    let umlauts = "ü".repeat(200) + " " + &"ö".repeat(200);
    assert_eq!(read_back(Smtp550.reply(&umlauts).utf8(), " "), umlauts);
}

#[test]
fn no_fold_makes_an_enhanced_code() {
    let filler = "x".repeat(493);
    for odd in ["5.1.1 b", "4.7.1 b", "(5.1.1) b", "#5.1.0 b", "5.1.1: b"] {
        let text = format!("{filler} the code {odd} {filler}");
        let reply = Smtp550.reply(&text);
        let second = written(reply).lines().nth(1).map(str::to_owned);
        assert!(
            second.is_some_and(|line| line[4..].starts_with("code ")),
            "{odd}"
        );
        assert_eq!(read_back(reply, " "), text);

        let text = format!("{}     {odd}", "x".repeat(504));
        let refused = kind(Smtp550.reply(&text));
        assert_eq!(refused.0, WriteErrorKind::LooksEnhanced, "{odd}");
        assert_eq!(
            kind(Smtp550.reply(odd)),
            (WriteErrorKind::LooksEnhanced, None, Some(0))
        );
        let lines = ["a", odd];
        let refused = kind(Smtp550.reply_lines(&lines));
        assert_eq!(refused, (WriteErrorKind::LooksEnhanced, Some(1), Some(0)));
    }
    // A 3yz has none, but who reads it may take it for one all the same.
    for text in ["2.0.0 x", " 5.1.1", "2.0.0"] {
        let refused = kind(Smtp354.reply(text));
        assert_eq!(refused.0, WriteErrorKind::LooksEnhanced, "{text}");
    }
    read_back(Smtp354.reply("(5.1.1) x"), " ");
}

#[test]
fn what_would_not_be_read_back_is_refused() {
    let base64 = "A".repeat(12_292);
    let word = format!("a {} b", "x".repeat(507));
    let many = vec!["x"; 1_025];
    let long = "word ".repeat(27_000);
    for (reply, expected) in [
        (
            Smtp250.reply("a\nb"),
            (WriteErrorKind::LineBreak, None, Some(1)),
        ),
        (
            Smtp250.reply("ab\r"),
            (WriteErrorKind::LineBreak, None, Some(2)),
        ),
        (
            Smtp250.reply("\0"),
            (WriteErrorKind::Control, None, Some(0)),
        ),
        (
            Smtp250.reply("a\x7f"),
            (WriteErrorKind::Control, None, Some(1)),
        ),
        (
            Smtp250.reply("é"),
            (WriteErrorKind::NotAscii, None, Some(0)),
        ),
        (
            Smtp250.reply("é\n").utf8(),
            (WriteErrorKind::LineBreak, None, Some(2)),
        ),
        (
            Smtp250.reply("é\u{85}").utf8(),
            (WriteErrorKind::Control, None, Some(2)),
        ),
        (
            Smtp250.reply_lines(&[]),
            (WriteErrorKind::NoLines, None, None),
        ),
        (
            Smtp250.reply_lines(&["a", "b\r"]),
            (WriteErrorKind::LineBreak, Some(1), Some(1)),
        ),
        (
            Smtp250.reply_lines(&many),
            (WriteErrorKind::TooManyLines, None, None),
        ),
        (
            Smtp250.reply(&long),
            (WriteErrorKind::ReplyTooLong, None, None),
        ),
        (
            Smtp250.reply(&word),
            (WriteErrorKind::WordTooLong, None, Some(2)),
        ),
        (
            Smtp334.reply("User name:"),
            (WriteErrorKind::NotBase64, None, Some(4)),
        ),
        (
            Smtp334.reply("AAA"),
            (WriteErrorKind::NotBase64, None, Some(3)),
        ),
        (
            Smtp334.reply("A==="),
            (WriteErrorKind::NotBase64, None, Some(1)),
        ),
        (
            Smtp334.reply("AA=A"),
            (WriteErrorKind::NotBase64, None, Some(2)),
        ),
        (
            Smtp334.reply("ü").utf8(),
            (WriteErrorKind::NotBase64, None, Some(0)),
        ),
        (
            Smtp334.reply(&base64),
            (WriteErrorKind::ChallengeTooLong, None, Some(12_288)),
        ),
        (
            Smtp334.reply_lines(&["AAAA", "BBBB"]),
            (WriteErrorKind::NotBase64, Some(1), Some(0)),
        ),
        (
            Smtp334.reply_lines(&[]),
            (WriteErrorKind::NoLines, None, None),
        ),
        (
            ReplyWriter::new(Smtp447, "x"),
            (WriteErrorKind::UnsentCode, None, None),
        ),
        (
            ReplyWriter::new(Smtp571, "x"),
            (WriteErrorKind::UnusualCode, None, None),
        ),
        (
            ReplyWriter::new(code(199), "x"),
            (WriteErrorKind::UnusualCode, None, None),
        ),
        (
            ReplyWriter::new(code(650), "x"),
            (WriteErrorKind::UnusualCode, None, None),
        ),
        (
            Smtp550.reply("x").enhanced(enhanced("4.7.1")),
            (WriteErrorKind::EnhancedClassDiffers, None, None),
        ),
        (
            Smtp354.reply("x").enhanced(enhanced("2.0.0")),
            (WriteErrorKind::EnhancedNotAllowed, None, None),
        ),
    ] {
        assert_eq!(kind(reply), expected, "{reply:?}");
    }
    assert_eq!(read_back(Smtp334.reply(&base64[4..]), ""), base64[4..]);
    assert_eq!(
        written(Smtp250.reply_lines(&many[1..])).lines().count(),
        1_024
    );
    read_back(Smtp250.reply_lines(&many[1..]), "");
}

#[test]
fn a_type_knows_better_than_our_table_whether_servers_send_its_code() {
    let number = Smtp447.code();
    assert!(ReplyWriter::new(number, "x").check().is_err());
    // What a private table emits that says so of this number.
    let reply = ReplyWriter::__typed(number, "x");
    assert_eq!(written(reply), "447 x\r\n");
    let reply = ReplyWriter::__typed_lines(number, &["x"]);
    assert_eq!(written(reply), "447 x\r\n");
}

#[test]
fn errors_say_what_is_wrong_where_and_what_to_do() {
    let said = |reply: ReplyWriter<'_>| reply.check().expect_err("refused").to_string();
    assert_eq!(
        said(Smtp250.reply_lines(&["a", "b\r"])),
        "line 2, octet 1: a CR or LF would end the line: put a space there, or give each line by \
         itself"
    );
    assert_eq!(
        said(Smtp550.reply("x").enhanced(enhanced("4.7.1"))),
        "the class of the enhanced code 4.7.1 has to be the first digit of 550"
    );
    assert_eq!(
        said(ReplyWriter::new(Smtp447, "x")),
        "447 is a status that no server sends: answer with the code for its cause"
    );
}

#[test]
fn nothing_is_written_where_the_room_is_short() {
    let reply = Smtp250.reply_lines(&["mx.example.org", "PIPELINING"]);
    let wire = written(reply);
    for room in 0..wire.len() + 2 {
        let mut buf = vec![b'_'; room];
        match reply.write_to_slice(&mut buf) {
            Ok(length) => {
                assert_eq!(&buf[..length], wire.as_bytes());
                assert!(buf[length..].iter().all(|&byte| byte == b'_'));
            }
            Err(error) => {
                assert!(room < wire.len());
                let needed = wire.len();
                assert_eq!(error.kind(), WriteErrorKind::BufferTooSmall { needed });
                assert!(buf.iter().all(|&byte| byte == b'_'));
            }
        }
    }
    struct Full;
    impl Write for Full {
        fn write_str(&mut self, _: &str) -> fmt::Result {
            Err(fmt::Error)
        }
    }
    let error = reply.write_to(&mut Full).expect_err("full");
    assert_eq!(error.kind(), WriteErrorKind::Sink);
}

#[cfg(feature = "std")]
#[test]
fn a_stream_gets_few_pieces_and_its_failure_comes_back() {
    use std::io;

    #[derive(Default)]
    struct Stream {
        pieces: Vec<usize>,
        bytes: Vec<u8>,
        most: usize,
    }
    impl io::Write for Stream {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.bytes.len() + bytes.len() > self.most {
                return Err(io::ErrorKind::ConnectionReset.into());
            }
            self.pieces.push(bytes.len());
            self.bytes.extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let text = "word ".repeat(600);
    let reply = Smtp250.reply(&text);
    let mut stream = Stream {
        most: 10_000,
        ..Stream::default()
    };
    reply.write_to_io(&mut stream).expect("room enough");
    assert_eq!(stream.bytes, written(reply).as_bytes());
    assert_eq!(stream.pieces[..2], [1_024, 1_024]);
    for most in [0, 1_500] {
        let mut stream = Stream {
            most,
            ..Stream::default()
        };
        let error = reply.write_to_io(&mut stream).expect_err("no room");
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    }
}

/// Whether a text can be folded at all, found by trying every way with the reader as the judge.
fn can_be_folded(code: ReplyCode, text: &str, enhanced: Option<EnhancedCode>) -> bool {
    // A 3yz is read without a look for an enhanced code.
    let code = match code.class() {
        Class::PositiveIntermediate => Smtp250.code(),
        _ => code,
    };
    let head = enhanced.map_or(format!("{} ", code.as_str()), |enhanced| {
        format!("{} {enhanced} ", code.as_str())
    });
    let is_good = |line: &str| {
        let wire = format!("{head}{line}\r\n");
        wire.len() <= 512
            && Reply::parse(wire.as_bytes()).is_ok_and(|reply| {
                reply.is_some_and(|reply| {
                    reply.enhanced() == enhanced
                        && reply
                            .lines()
                            .all(|read| read.message().as_bytes() == line.as_bytes())
                })
            })
    };
    let mut starts = vec![0];
    let mut next = 0;
    while let Some(&start) = starts.get(next) {
        next += 1;
        let rest = &text[start..];
        if is_good(rest) {
            return true;
        }
        for (space, _) in rest.match_indices(' ') {
            let behind = start + space + 1;
            if space > 506 {
                break;
            }
            if !starts.contains(&behind) && is_good(&rest[..space]) {
                starts.push(behind);
            }
        }
    }
    false
}

fn any_code() -> impl Strategy<Value = ReplyCode> {
    let number = (2..=5u16, 0..=5u16, 0..=9u16).prop_map(|(a, b, c)| a * 100 + b * 10 + c);
    let code = number.prop_map(code);
    code.prop_filter("a server sends it", |code| {
        code.is_sent() && !code.is_challenge()
    })
}

fn any_enhanced(code: ReplyCode) -> impl Strategy<Value = Option<EnhancedCode>> {
    let class = (code.get() / 100) as u8;
    let enhanced = (0..=999u16, 0..=999u16)
        .prop_map(move |(subject, detail)| EnhancedCode::new(class, subject, detail));
    prop_oneof![Just(None), enhanced]
}

/// Texts full of what makes folding hard.
fn any_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => Just(" ".to_owned()),
        1 => (1..300usize).prop_map(|count| " ".repeat(count)),
        2 => (1..250usize).prop_map(|count| "x".repeat(count)),
        1 => (480..520usize).prop_map(|count| "y".repeat(count)),
        2 => proptest::sample::select(&[
            " 5.1.1 ", "5.1.1", "4.7.0 ", " 2.0.0 ", "(5.1.1) ", "#5.1.0", "5.1.1:", "5.1.1\t", "\t",
        ])
        .prop_map(str::to_owned),
        1 => "[ -~]{0,20}",
    ];
    proptest::collection::vec(part, 0..12).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn what_is_written_is_read_back((code, enhanced) in any_code()
        .prop_flat_map(|code| (Just(code), any_enhanced(code))), text in any_text())
    {
        let reply = ReplyWriter::new(code, &text).enhanced(enhanced);
        match reply.check() {
            Ok(()) => prop_assert_eq!(read_back(reply, " "), text),
            Err(error) => {
                let kinds = [WriteErrorKind::LooksEnhanced, WriteErrorKind::WordTooLong];
                let is_known = kinds.contains(&error.kind())
                    || error.kind() == WriteErrorKind::EnhancedNotAllowed;
                prop_assert!(is_known, "{error}");
            }
        }
    }

    #[test]
    fn a_text_is_refused_only_where_no_way_to_fold_it_exists((code, enhanced) in any_code()
        .prop_flat_map(|code| (Just(code), any_enhanced(code))), text in any_text())
    {
        let enhanced = enhanced.filter(|_| code.class() != Class::PositiveIntermediate);
        let reply = ReplyWriter::new(code, &text).enhanced(enhanced);
        prop_assert_eq!(reply.check().is_ok(), can_be_folded(code, &text, enhanced));
    }

    #[test]
    fn given_lines_are_read_back(code in any_code(),
        lines in proptest::collection::vec("[ -~\t]{0,30}|[245(# ]{1,3}[0-9.]{3,6}[ -~]{0,4}", 1..20))
    {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        let reply = ReplyWriter::lines(code, &lines);
        match reply.check() {
            Ok(()) => prop_assert_eq!(read_back(reply, "\n"), lines.join("\n")),
            Err(error) => prop_assert_eq!(error.kind(), WriteErrorKind::LooksEnhanced),
        }
    }

    #[test]
    fn any_text_is_written_or_refused(text in any::<String>(), utf8: bool) {
        let mut reply = ReplyWriter::new(Smtp250, &text);
        reply.utf8 = utf8;
        let plain = |c: char| c == '\t' || !c.is_control() && (utf8 || c.is_ascii());
        let refused = reply.check().err().map(|error| error.kind());
        prop_assert_eq!(refused.is_none(), text.chars().all(plain));
        if refused.is_none() {
            prop_assert_eq!(read_back(reply, " "), text);
        }
    }
}
