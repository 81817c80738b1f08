//! Replies that were copied from a page, or come from an HTML bounce: their spaces are those of the web.

use super::told::told;

const FORMS: [&str; 13] = [
    "550 5.1.1 User",
    "550 User",
    "5.1.1 User",
    "said:\t550 5.1.1 User",
    "550 5.1.1",
    "550 #5.1.1 x",
    "550 (5.1.1) x",
    "5.1.1 550 no",
    "452 4.2.2 Full",
    "550-5.1.1 one\n550 5.1.1 two",
    "Diagnostic-Code:\tsmtp;550 5.1.1 no",
    "4XyZ:\tto=<u@example.com>,\trelay=mx.example.com[192.0.2.1]:25,\tdsn=5.1.1,\tstatus=bounced\t(host\tmx.example.com[192.0.2.1]\tsaid:\t550 5.1.1 No",
    "{\"response\":\"550 5.1.1 No\"}",
];

/// As a character, in HTML, in quoted-printable, and the octet of ISO 8859.
const SPACES: [&[u8]; 14] = [
    "\u{a0}".as_bytes(),
    "\u{202f}".as_bytes(),
    "\u{2007}".as_bytes(),
    "\u{3000}".as_bytes(),
    b"&nbsp;",
    b"&nbsp;&nbsp;",
    b" &nbsp;",
    b"&#160;",
    b"&#xA0;",
    b"=C2=A0",
    b"=E2=80=AF",
    b"=E3=80=80",
    b"=A0",
    b"\xa0",
];

#[test]
fn the_spaces_between_are_as_good_as_others() {
    for form in FORMS {
        let expected = told(form.as_bytes());
        assert!(!expected.is_empty(), "{form}");
        for space in SPACES {
            let words: Vec<&[u8]> = form.split(' ').map(str::as_bytes).collect();
            let text = words.join(space);
            let shown = text.escape_ascii();
            assert_eq!(told(&text), expected, "{shown}");
            let found = codes_text::find(&text).last().expect("a reply");
            let words = found.words().to_string();
            assert!(!words.starts_with(['\u{a0}', '&', '=', ' ']), "{shown}");
        }
    }
}

#[test]
fn a_space_before_the_code_is_one_too() {
    for space in ["\u{a0}", "\u{202f}", "&nbsp;", "\u{3000} "] {
        for (before, expected) in [
            ("said:", "550 User received"),
            ("", "550 User"),
            ("The server returned an error:", "550 User received"),
        ] {
            let text = format!("{before}{space}550{space}User unknown");
            let found = told(text.as_bytes());
            assert_eq!(found, expected.replace(" User", ""), "{text:?}");
        }
    }
}

#[test]
fn what_only_looks_like_a_space_is_none() {
    for text in [
        "x550=A",
        "SIZE=250&nbs",
        "550=20",
        "id=550=C2",
        "5.1.1\u{e9}",
    ] {
        assert_eq!(told(text.as_bytes()), "", "{text}");
    }
}
