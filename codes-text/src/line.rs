//! Lines of a text: how they begin, and what they tell about those that follow.

use core::ops::Range;

/// Whose words a line of a transcript has, as its mark tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The server's, to us: `<<< `.
    Server,
    /// Ours, as the server: `Out: `.
    Us,
    /// The client's: `>>> `.
    Client,
}

/// A line of the text.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) start: usize,
    /// Where its content begins, behind spaces, marks of quoted mail and marks of a transcript.
    pub(crate) content: usize,
    pub(crate) voice: Option<Voice>,
    /// Where the lines begin that it may belong to.
    pub(crate) block: usize,
}

/// The marks of transcripts.
const MARKS: [(&[u8], Voice); 27] = [
    (b"<<< ", Voice::Server),
    (b"<** ", Voice::Server),
    (b"<~* ", Voice::Server),
    (b"<-  ", Voice::Server),
    (b"<~  ", Voice::Server),
    (b"<- ", Voice::Server),
    (b"<~ ", Voice::Server),
    (b"<-- ", Voice::Server),
    (b"<== ", Voice::Server),
    (b"<= ", Voice::Server),
    (b"<< ", Voice::Server),
    (b"< ", Voice::Server),
    (b"SMTP<< ", Voice::Server),
    (b"S: ", Voice::Server),
    (b"Server: ", Voice::Server),
    (b"SERVER -> CLIENT: ", Voice::Server),
    (b"Out: ", Voice::Us),
    (b">>> ", Voice::Client),
    (b">> ", Voice::Client),
    (b"-> ", Voice::Client),
    (b"~> ", Voice::Client),
    (b"--> ", Voice::Client),
    (b"SMTP>> ", Voice::Client),
    (b"C: ", Voice::Client),
    (b"Client: ", Voice::Client),
    (b"CLIENT -> SERVER: ", Voice::Client),
    (b"In: ", Voice::Client),
];

/// The octets before a line's content at most.
const PREFIX: usize = 80;

/// Where the content of a line begins, and whose words it has.
pub(crate) fn content(input: &[u8], start: usize, end: usize) -> (usize, Option<Voice>) {
    let most = end.min(start + PREFIX);
    let mut at = start;
    while at < most && matches!(input[at], b' ' | b'\t' | b'>' | b'|') {
        // A mark of quoted mail or of a transcript: `> RCPT TO:<...>` is decided by its words.
        if input[at] == b'>' && input[at..end].starts_with(b">>> ") {
            break;
        }
        at += 1;
    }
    // Items of a list.
    for bullet in [&b"-- "[..], b"- ", b"* "] {
        if input[at..end].starts_with(bullet) {
            return (at + bullet.len(), None);
        }
    }
    let text = &input[at..end];
    let may_be = matches!(
        text.first(),
        Some(b'<' | b'S' | b'O' | b'>' | b'-' | b'~' | b'C' | b'I')
    );
    if may_be && let Some((mark, voice)) = MARKS.iter().find(|(mark, _)| text.starts_with(mark)) {
        let spaces = &text[mark.len()..];
        let spaces = spaces
            .iter()
            .take(PREFIX)
            .take_while(|&&byte| byte == b' ')
            .count();
        return (at + mark.len() + spaces, Some(*voice));
    }
    let is_marked = input[start..at].contains(&b'>');
    (at, is_marked.then_some(Voice::Client))
}

/// Whether a line has nothing but spaces.
pub(crate) fn is_empty(input: &[u8], line: Range<usize>) -> bool {
    input[line].iter().all(u8::is_ascii_whitespace)
}
