//! The spaces of the web, which a pasted page, an HTML bounce or a mailer has in place of the one that a
//! server sent: those that do not break a line, and wide ones, as they are, as HTML and in
//! quoted-printable.

use crate::window::Part;

/// U+00A0, U+2007, U+202F, U+3000 and the other spaces from U+2000 on.
const CHARACTERS: [&str; 14] = [
    "\u{a0}", "\u{202f}", "\u{2007}", "\u{3000}", "\u{2000}", "\u{2001}", "\u{2002}", "\u{2003}",
    "\u{2004}", "\u{2005}", "\u{2006}", "\u{2008}", "\u{2009}", "\u{200a}",
];

/// References to them in HTML, without the `&` and in small letters.
const REFERENCES: [&[u8]; 14] = [
    b"nbsp;", b"#160;", b"#xa0;", b"#xa0", b"ensp;", b"emsp;", b"thinsp;", b"numsp;", b"#8239;",
    b"#x202f;", b"#8199;", b"#x2007;", b"#12288;", b"#x3000;",
];

/// The same in quoted-printable (RFC 2045 section 6.7), the last one of ISO 8859.
const ENCODED: [&[u8]; 5] = [b"=c2=a0", b"=e2=80=af", b"=e2=80=87", b"=e3=80=80", b"=a0"];

/// The octets of such a space that a text begins with.
#[inline]
pub(crate) fn at(text: &[u8]) -> Option<usize> {
    match text.first()? {
        0x80.. | b'&' | b'=' => longer(text),
        _ => None,
    }
}

fn longer(text: &[u8]) -> Option<usize> {
    let (before, words): (usize, &[&[u8]]) = match text {
        [b'&', ..] => (1, &REFERENCES),
        [b'=', ..] => (0, &ENCODED),
        // U+00A0 in ISO 8859: here no character of UTF-8 goes on.
        [0xa0, ..] => return Some(1),
        _ => {
            let found = CHARACTERS.iter().find(|it| text.starts_with(it.as_bytes()));
            return found.map(|it| it.len());
        }
    };
    let begins = |word: &&&[u8]| {
        text.part(before..before + word.len())
            .eq_ignore_ascii_case(word)
    };
    words.iter().find(begins).map(|word| before + word.len())
}

/// Whether a text has nothing but ASCII and these spaces, which no server sent.
#[inline]
pub(crate) fn are_all_beside_ascii(text: &[u8]) -> bool {
    text.is_ascii() || {
        let mut rest = text;
        while let Some(other) = rest.iter().position(|byte| !byte.is_ascii()) {
            rest = rest.part(other..);
            match at(rest) {
                Some(len) => rest = rest.part(len..),
                None => return false,
            }
        }
        true
    }
}

/// A text without spaces at its end, those of ASCII and of the web.
#[inline]
pub(crate) fn trim_end(text: &[u8]) -> &[u8] {
    let text = text.trim_ascii_end();
    match text.last() {
        Some(0x80.. | b';') => trim_end_of_web(text),
        _ => text,
    }
}

fn trim_end_of_web(text: &[u8]) -> &[u8] {
    let mut text = text;
    loop {
        let characters = CHARACTERS.iter();
        let character = characters.filter_map(|it| text.strip_suffix(it.as_bytes()));
        let reference = REFERENCES.iter().filter_map(|it| {
            let (before, end) = text.split_at_checked(text.len().checked_sub(it.len())?)?;
            let before = before.strip_suffix(b"&")?;
            end.eq_ignore_ascii_case(it).then_some(before)
        });
        match character.chain(reference).next() {
            Some(before) => text = before.trim_ascii_end(),
            None => return text,
        }
    }
}

/// A text without spaces at its ends.
pub(crate) fn trim(text: &[u8]) -> &[u8] {
    let mut text = trim_end(text).trim_ascii_start();
    while let Some(len) = at(text) {
        text = text.part(len..).trim_ascii_start();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_found_at_the_beginning_and_at_the_end() {
        let references = ["&nbsp;", "&NBSP;", "&#160;", "&#xA0;", "&#x202F;"];
        for space in CHARACTERS.iter().chain(&references) {
            let text = format!("{space}x {space}\t{space}");
            assert_eq!(at(text.as_bytes()), Some(space.len()), "{space:?}");
            assert_eq!(trim_end(text.as_bytes()), format!("{space}x").as_bytes());
            assert_eq!(trim(text.as_bytes()), b"x", "{space:?}");
        }
        for (text, expected) in [
            (&b"=C2=A0x"[..], Some(6)),
            (b"=c2=a0", Some(6)),
            (b"=E2=80=AF", Some(9)),
            (b"=A0", Some(3)),
            (b"\xa0x", Some(1)),
            (b"=C2", None),
            (b"&nbs", None),
            (b"\xc2", None),
            ("\u{e9}".as_bytes(), None),
            (b" ", None),
            (b"", None),
        ] {
            assert_eq!(at(text), expected, "{text:?}");
        }
        assert_eq!(trim_end("caf\u{e9}".as_bytes()), "caf\u{e9}".as_bytes());
        assert_eq!(trim_end(b"a; &amp;"), b"a; &amp;");
    }
}
