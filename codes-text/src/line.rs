//! Lines of a text: how they begin, and what they tell about those that follow.

use core::ops::Range;

use crate::command;

/// Whose words a line of a transcript has, as its mark tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// The server's, to us: `<<< `.
    Server,
    /// Ours, as the server: `Out: `.
    Us,
    /// The client's: `>>> `.
    Client,
    /// Quoted mail, or a client's line: `> `.
    Quoted,
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
    // A line of a log begins with its date.
    if input[start..end]
        .first()
        .is_some_and(|byte| !may_be_prefix(*byte))
    {
        return (start, None);
    }
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
    let may_be = text.first().is_some_and(|&byte| may_be_prefix(byte));
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
    (at, is_marked.then_some(Voice::Quoted))
}

/// The marks of quoted mail before the content of a line, and the octets behind the last of them.
pub(crate) fn indent(prefix: &[u8]) -> (usize, usize) {
    let mut quotes = 0;
    let mut indent = 0;
    for byte in prefix {
        match byte {
            b'>' | b'|' => {
                quotes += 1;
                indent = 0;
            }
            _ => indent += 1,
        }
    }
    (quotes, indent)
}

/// Whether a line has a command that a client sent, and no words of a reply.
pub(crate) fn is_command(input: &[u8], content: usize, limit: usize) -> bool {
    let limit = limit.min(content + 512);
    let end = memchr::memchr(b'\n', &input[content..limit]).map_or(limit, |at| content + at);
    let end = content + input[content..end].trim_ascii_end().len();
    command::sent(input, content, end).is_some_and(|place| command::is_plain(input, &place, end))
}

/// Whether what stands before the content of a line may begin with an octet.
const fn may_be_prefix(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t' | b'>' | b'|' | b'-' | b'*' | b'<' | b'S' | b'O' | b'~' | b'C' | b'I'
    )
}

/// Whether a line has nothing but spaces.
pub(crate) fn is_empty(input: &[u8], line: Range<usize>) -> bool {
    input[line].iter().all(u8::is_ascii_whitespace)
}

/// The recipient with which Postfix begins a paragraph of a bounce: `<user@example.com>: host ...`.
pub(crate) fn recipient(input: &[u8], block: usize, at: usize) -> Option<(&[u8], Range<usize>)> {
    let text = input.get(block..at.min(block + 400))?;
    let text = text.strip_prefix(b"<")?;
    let len = memchr::memchr(b'>', text)?;
    text[len..]
        .starts_with(b">: ")
        .then(|| (&text[..len], block + 1..block + 1 + len))
}

/// The octets at the beginning of a line of a log that tell what it is about.
const HEAD: usize = 200;

/// Whether a line of a log only tells what a client or the mail said, where that may look like a reply:
/// the headers and the sender in lines of Postfix's `cleanup` and `qmgr`, what `postscreen` got from a
/// client, the arrivals of Exim.
pub(crate) fn is_of_mail(input: &[u8], start: usize, at: usize) -> bool {
    let head = &input[start..at.min(start + HEAD)];
    let is_program = memchr::memchr(b'[', head).is_some_and(|at| {
        let before = &head[..at];
        [&b"/cleanup"[..], b"/qmgr", b"/postscreen"]
            .iter()
            .any(|program| before.ends_with(program))
    });
    let is_arrival = || match memchr::memchr(b'<', head) {
        Some(at) => head[..at].ends_with(b" ") && head[at + 1..].starts_with(b"= "),
        None => false,
    };
    is_program || is_arrival()
}
