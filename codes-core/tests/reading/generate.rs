//! Octets to be read, made up at random.

use codes_core::Limits;
use proptest::prelude::*;
use proptest::sample::select;

use crate::told::limits;

/// Digits, separators and texts as servers write them, and as they should not.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let usual: &[&[u8]] = &[
        b"250", b"250", b"550", b"550", b"421", b"354", b"334", b"220", b"571", b"199", b"-", b"-",
        b"-", b" ", b" ", b" ", b"\r\n", b"\r\n", b"\r\n", b"\r\n", b"5.1.1", b"4.7.0", b"2.0.0",
        b"5.7.26", b"ok", b"text",
    ];
    let odd: &[&[u8]] = &[
        b"\n",
        b"\r",
        b"\t",
        b"099",
        b"2",
        b"25",
        b"2500",
        b"5.01.1",
        b"5.1.1000",
        b"#",
        b"(",
        b")",
        b":",
        b".",
        b"5",
        b"0",
        b"\0",
        b"\x7f",
        b"\xe9",
        b"\xc3\xa9",
        b"\xef\xbb\xbf",
        b"\xef",
        b"\xff",
        b"\xff\xfb\x0d",
        b"\xff\xfb",
        b"\xff\xf1",
        b"H",
        b"HTTP/1.1 400",
        b"+OK",
        b"-ERR",
        b"* OK",
        b"SSH-2.0",
        b"\x16\x03",
        b"\x15",
    ];
    prop_oneof![
        4 => select(usual).prop_map(<[u8]>::to_vec),
        2 => select(odd).prop_map(<[u8]>::to_vec),
        1 => any::<u8>().prop_map(|byte| vec![byte]),
    ]
}

/// The text behind a separator: an enhanced code or not, in many forms, and words.
fn text(enhanced: &'static [&'static str]) -> impl Strategy<Value = String> {
    let opening = select(&["", "", "", "", " ", "#", "(", "  (", "\t", "x"][..]);
    let closing = select(
        &[
            " ", " ", " ", " ", "", "  ", "\t", ":", ": ", ") ", ")", ",", "\r",
        ][..],
    );
    let words = select(
        &[
            "",
            "x",
            "no such user",
            "**2***0**",
            "a\rb",
            "andré",
            "a\0b",
            "-",
            "250 a",
        ][..],
    );
    (opening, select(enhanced), closing, words).prop_map(|(a, b, c, d)| format!("{a}{b}{c}{d}"))
}

/// A line of a reply, mostly right.
fn line(
    code: &'static str,
    enhanced: &'static [&'static str],
    is_last: bool,
) -> impl Strategy<Value = Vec<u8>> {
    let other = [
        "250", "220", "354", "334", "421", "451", "550", "521", "571", "199", "699",
    ];
    let code = prop_oneof![8 => Just(code), 1 => select(other.to_vec())];
    let right = if is_last { " " } else { "-" };
    let odd = ["", " ", "-", "\t", "x", "(", "#", "\r"];
    let separator = prop_oneof![12 => Just(right), 1 => select(odd.to_vec())];
    let end = prop_oneof![8 => Just("\r\n"), 1 => select(&["\n", "\r\r\n", "\r", ""][..])];
    (code, separator, text(enhanced), end).prop_map(|(code, separator, text, end)| {
        format!("{code}{separator}{text}{end}").into_bytes()
    })
}

/// The enhanced codes that the lines of a reply choose from.
const ENHANCED: &[&[&str]] = &[
    &["", "2.0.0"],
    &["5.1.1"],
    &["5.1.1", "5.7.26"],
    &["5.1.1", "5.7.1", ""],
    &["4.7.0", "4.7.650", "5.7.0"],
    &[
        "",
        "2.1.5",
        "5.999.999",
        "5.1.1000",
        "5.01.1",
        "9.1.1",
        "2.3.4.5",
        "3.0.0",
        "5.1",
    ],
];

/// A reply as servers send it, now and then with a mistake.
pub(crate) fn reply() -> impl Strategy<Value = Vec<u8>> {
    let before: &[&[u8]] = &[
        b"\r\n",
        b"\n",
        b"\xef\xbb\xbf",
        b"\xff\xfb\x01",
        b"\xff\xfb\r",
        b"\r",
    ];
    let before = prop_oneof![
        9 => Just(Vec::new()),
        1 => prop::collection::vec(select(before), 1..18).prop_map(|all| all.concat()),
    ];
    let codes = [
        "250", "220", "354", "334", "421", "451", "550", "550", "552", "554", "521",
    ];
    (before, select(codes.to_vec()), select(ENHANCED)).prop_flat_map(|(before, code, enhanced)| {
        let lines = prop::collection::vec(line(code, enhanced, false), 0..4);
        (Just(before), lines, line(code, enhanced, true))
            .prop_map(|(before, lines, last)| [before, lines.concat(), last].concat())
    })
}

/// A refusal without a mistake outside of its enhanced codes.
fn refusal() -> impl Strategy<Value = Vec<u8>> {
    let forms = [" ", " ", " ", "  ", "#", "(", ":", "\t", ""];
    let line = (select(&["5.1.1", "5.7.1"][..]), select(forms.to_vec()));
    prop::collection::vec(line, 1..6).prop_map(|lines| {
        let last = lines.len() - 1;
        let mut reply = String::new();
        for (at, (enhanced, form)) in lines.into_iter().enumerate() {
            let separator = if at == last { ' ' } else { '-' };
            let text = match form {
                " " => format!("{enhanced} unknown"),
                "  " => format!("  {enhanced} unknown"),
                "#" => format!("#{enhanced} unknown"),
                "(" => format!("({enhanced}) unknown"),
                "" => "unknown".to_owned(),
                behind => format!("{enhanced}{behind}unknown"),
            };
            reply += &format!("550{separator}{text}\r\n");
        }
        reply.into_bytes()
    })
}

/// Octets of a stream: replies, pieces of them, anything.
pub(crate) fn stream() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        4 => prop::collection::vec(reply(), 1..4).prop_map(|replies| replies.concat()),
        3 => prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat()),
        1 => refusal(),
        1 => prop::collection::vec(any::<u8>(), 0..40),
        // Long enough for a deviation, rarely for the limit.
        1 => (reply(), 480..530_usize).prop_map(|(reply, octets)| {
            let mut reply = reply;
            let at = reply.len().min(4);
            reply.splice(at..at, std::iter::repeat_n(b'x', octets));
            reply
        }),
    ]
}

pub(crate) fn any_limits() -> impl Strategy<Value = Limits> {
    prop_oneof![
        2 => Just(Limits::DEFAULT),
        1 => (0..40_usize, 0..4_usize, 0..60_usize).prop_map(|(line, lines, reply)| limits(line, lines, reply)),
    ]
}
