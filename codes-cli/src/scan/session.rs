//! Sessions written down line by line: `<<< 550-...` goes on in the next line, and what a reply
//! answers stands in the lines before.

use codes_text::find;

use crate::limit;

/// What lines of such sessions begin with, besides a code.
const MARKS: [&[u8]; 15] = [
    b"<<< ",
    b">>> ",
    b"... while talking to ",
    b"<-- ",
    b"--> ",
    b"<- ",
    b"-> ",
    b"<** ",
    b"<~ ",
    b"~> ",
    b"<~* ",
    b"S: ",
    b"C: ",
    b"SMTP<< ",
    b"SMTP>> ",
];
/// What a session begins with, if that is written down.
const BEGIN: &[u8] = b"... while talking to ";
/// How far back a session is followed.
const LONGEST: usize = limit(64 * 1024, 96);

/// From such a line on, for what was broken off: ten times what Gmail says in its longest reply.
const PARAGRAPH: usize = limit(4096, 96);

/// Whether a line is one of a session; whatever stands behind the line does not matter.
pub(super) fn is_of_session(line: &[u8]) -> bool {
    // Within the line: what is handed over may go on with others.
    let indent = line.iter().position(|octet| !b" \t".contains(octet));
    let line = &line[indent.unwrap_or(line.len())..];
    match line {
        [b'<' | b'>' | b'.' | b'-' | b'~' | b'S' | b'C', ..]
            if MARKS.iter().any(|mark| line.starts_with(mark)) =>
        {
            true
        }
        [b'2'..=b'5', ..] => is_reply(line),
        [b'>', ..] => is_reply(&line[quoting(line)..]),
        _ => false,
    }
}

/// Whether a text begins with a reply code.
fn is_reply(line: &[u8]) -> bool {
    match line {
        [b'2'..=b'5', tens, ones, rest @ ..] => {
            let is_number = tens.is_ascii_digit() && ones.is_ascii_digit();
            is_number && matches!(rest, [] | [b' ' | b'-' | b'\r', ..])
        }
        _ => false,
    }
}

/// The octets of indentation and of marks of quoted mail at the beginning of a line.
fn quoting(line: &[u8]) -> usize {
    let content = line.iter().position(|octet| !b" \t>".contains(octet));
    content.unwrap_or(line.len())
}

/// Where the last session in a text begins, if it may go on behind the last line; else the end. The text
/// consists of whole lines.
pub(super) fn begin_of_last(text: &[u8]) -> usize {
    let mut begin = begin_of_last_lines(text);
    while let Some(end) = end_of_broken_line(&text[..begin]) {
        begin = begin_of_last_lines(&text[..end]);
        // It is longer than it is followed.
        if begin == end || text.len() - begin > LONGEST {
            return text.len();
        }
    }
    begin
}

/// Where the last line ends of which a mail program may have broken off lines at the end of a text.
fn end_of_broken_line(text: &[u8]) -> Option<usize> {
    let floor = text.len().saturating_sub(PARAGRAPH);
    let mut end = text.len();
    while end > floor {
        let start = match memchr::memrchr(b'\n', &text[floor..end - 1]) {
            Some(at) => floor + at + 1,
            None if floor == 0 => 0,
            None => return None,
        };
        let line = text[start..end].trim_ascii_end();
        if line.is_empty() {
            return None;
        }
        if may_be_broken(line) {
            return Some(end);
        }
        end = start;
    }
    None
}

/// Whether a line may be one of which a mail program broke the lines behind it off: one that others follow.
fn may_be_broken(line: &[u8]) -> bool {
    let content = &line[quoting(line)..];
    is_reply(content) && content.get(3) == Some(&b'-')
}

fn begin_of_last_lines(text: &[u8]) -> usize {
    let floor = text.len().saturating_sub(LONGEST);
    let mut begin = text.len();
    while begin > 0 {
        let before = &text[floor.min(begin - 1)..begin - 1];
        let start = match memchr::memrchr(b'\n', before) {
            Some(at) => floor + at + 1,
            None if floor == 0 => 0,
            // It is longer than it is followed.
            None => return text.len(),
        };
        if !is_of_session(&text[start..begin]) {
            return begin;
        }
        begin = start;
        if text[start..].starts_with(BEGIN) {
            return begin;
        }
    }
    begin
}

/// The length of the lines at the beginning of a text that are of one session.
pub(super) fn length(text: &[u8]) -> usize {
    let mut end = 0;
    while end < text.len() && is_of_session(&text[end..]) {
        end = memchr::memchr(b'\n', &text[end..]).map_or(text.len(), |at| end + at + 1);
    }
    end
}

/// The length of the lines of a session, with those that a mail program broke off the last reply: behind
/// `550-5.7.26 This mail has been blocked because the sender is` the line `unauthenticated. 550-5.7.26 ...`.
pub(super) fn with_broken_lines(text: &[u8], length: usize) -> usize {
    let session = text[..length].trim_ascii_end();
    let start = memchr::memrchr(b'\n', session).map_or(0, |at| at + 1);
    if !may_be_broken(&session[start..]) {
        return length;
    }
    let near = &text[start..text.len().min(start + PARAGRAPH)];
    let begins = |place: std::ops::Range<usize>| place.start == quoting(near);
    let reply = find(near).next().filter(|found| begins(found.at()));
    let end = reply.map_or(0, |found| start + found.at().end);
    match end > length {
        true => memchr::memchr(b'\n', &text[end..]).map_or(text.len(), |at| end + at + 1),
        false => length,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_were_broken_off_a_reply_are_of_its_session() {
        let broken = "550-5.7.26 This mail has been blocked because the sender is\n\
            unauthenticated. 550-5.7.26 We require all senders to\n\
            log in. 550 5.7.26 https://mail.example.com/help/mail/answer\n- gsmtp\n";
        let lines = |before: &str| -> String {
            let lines = broken.lines();
            lines.map(|line| format!("{before}{line}\n")).collect()
        };
        let [quoted, indented] = ["> ", "    "].map(lines);
        for (text, expected) in [
            (format!("{broken}\nOther\n"), broken.len()),
            (broken.into(), broken.len()),
            ("550-5.7.26 Short\nOther\n".into(), 17),
            (
                "550-5.7.26 This mail has been blocked because the sender\nOther\n".into(),
                57,
            ),
            ("<<< 250 ok\nOther\n".into(), 11),
            // A short line, before a word that had no room in it.
            (
                "421-4.7.28 information, go to\nhttps://mail.example.com/help/?p=Limit to\n\
                    421 4.7.28 review it.\n\nOther\n"
                    .into(),
                94,
            ),
            (quoted.clone() + "\nOther\n", quoted.len()),
            (indented.clone() + "\nOther\n", indented.len()),
        ] {
            let length = length(text.as_bytes());
            assert_eq!(
                with_broken_lines(text.as_bytes(), length),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn lines_of_sessions_are_told_from_others() {
        for line in [
            "<<< 550 x",
            ">>> QUIT",
            "S: 250 ok",
            "250",
            "250-x",
            "354 Go\r",
            "  <-  220 x",
            "> 550-x",
            ">> 550 x",
        ] {
            assert!(is_of_session(line.as_bytes()), "{line}");
        }
        for line in [
            "",
            "Nov  2 00:00:05 mail x",
            "2026-11-02 00:00:05",
            "<22>Nov",
            " \n<<< 550 x",
            "\t\r\n250 x",
            "5500 x",
            "199 x",
            "> x",
            "> \n250 x",
            "@4000",
            " \n<<< 550 x",
        ] {
            assert!(!is_of_session(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn the_last_session_is_found() {
        let begin = |text: &str| begin_of_last(text.as_bytes());
        assert_eq!(begin("a\nb\n"), 4);
        assert_eq!(begin("a\n>>> x\n<<< 250 y\n"), 2);
        assert_eq!(begin(">>> x\n<<< 250 y\n"), 0);
        assert_eq!(begin(">>> x\n<<< 250 y\nb\n"), 18);
        assert_eq!(begin(""), 0);
        assert_eq!(begin(">>> x\n... while talking to a:\n>>> y\n"), 6);
        let broken =
            "550-5.7.26 This mail has been blocked because the sender is\nno. 550-5.7.26 We\n";
        assert_eq!(begin(broken), 0);
        assert_eq!(begin(&format!("a\n\n>>> x\n{broken}")), 3);
        assert_eq!(begin(&format!("{broken}\n")), broken.len() + 1);
        let much = broken.replace("no.", &"no ".repeat(2000));
        assert_eq!(begin(&much), much.len());
        let long = ">>> x\n".repeat(20_000);
        assert_eq!(begin(&long), long.len());
    }

    #[test]
    fn the_lines_of_a_session_end_with_another_line() {
        assert_eq!(length(b">>> x\n<<< 250 y\nb\n"), 16);
        assert_eq!(length(b">>> x\n<<< 250 y"), 15);
        assert_eq!(length(b"b\n"), 0);
    }
}
