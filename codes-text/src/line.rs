//! Lines of a text: how they begin, and what they tell about those that follow.

use core::ops::Range;

use crate::command;
use crate::window::{Part, Window};
use crate::{limits, spaces};

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

/// Where the content of a line begins, and whose words it has.
pub(crate) fn content(text: Window<'_>, start: usize) -> (usize, Option<Voice>) {
    // A line of a log begins with its date.
    if text.byte(start).is_some_and(|byte| !may_be_prefix(byte)) {
        return (start, None);
    }
    let prefix = text.up_to(start + limits::INDENT);
    let mut at = start;
    loop {
        at += match prefix.byte(at) {
            // A mark of quoted mail or of a transcript: `> RCPT TO:<...>` is decided by its words.
            Some(b'>') if text.starts_with(at, b">>> ") => break,
            Some(b' ' | b'\t' | b'>' | b'|') => 1,
            _ => match spaces::at(prefix.part(at..)) {
                Some(len) => len,
                None => break,
            },
        };
    }
    // Items of a list.
    for bullet in [&b"-- "[..], b"- ", b"* "] {
        if text.starts_with(at, bullet) {
            return (at + bullet.len(), None);
        }
    }
    let may_be = text.byte(at).is_some_and(may_be_prefix);
    if may_be && let Some((mark, voice)) = MARKS.iter().find(|(mark, _)| text.starts_with(at, mark))
    {
        let behind = at + mark.len();
        let spaces = text.part(behind..behind + limits::INDENT).iter();
        let spaces = spaces.take_while(|&&byte| byte == b' ').count();
        return (behind + spaces, Some(*voice));
    }
    let is_marked = text.part(start..at).contains(&b'>');
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

/// The line that a client may have sent, from its content to what stands before the spaces at its end;
/// of a long one so many octets.
pub(crate) fn as_sent(text: Window<'_>, content: usize, most: usize) -> Window<'_> {
    let text = text.up_to(content + most);
    let line = text.part(content..text.line_end(content));
    text.up_to(content + line.trim_ascii_end().len())
}

/// Whether a line has a command that a client sent, and no words of a reply.
pub(crate) fn is_command(text: Window<'_>, content: usize) -> bool {
    let line = as_sent(text, content, limits::FOLDED_COMMAND);
    command::sent(line, content).is_some_and(|place| command::is_plain(line, &place))
}

/// Whether what stands before the content of a line may begin with an octet.
const fn may_be_prefix(byte: u8) -> bool {
    matches!(
        byte,
        b' ' | b'\t'
            | b'>'
            | b'|'
            | b'-'
            | b'*'
            | b'<'
            | b'S'
            | b'O'
            | b'~'
            | b'C'
            | b'I'
            | b'&'
            | b'='
            | 0x80..
    )
}

/// The recipient with which Postfix begins a paragraph of a bounce: `<user@example.com>: host ...`.
pub(crate) fn recipient(text: Window<'_>, block: usize) -> Option<(&[u8], Range<usize>)> {
    let inside = text
        .part(block..block + limits::RECIPIENT)
        .strip_prefix(b"<")?;
    let len = memchr::memchr(b'>', inside)?;
    let (recipient, behind) = inside.split_at_checked(len)?;
    behind
        .starts_with(b">: ")
        .then(|| (recipient, block + 1..block + 1 + len))
}

/// Whether a line of a log only tells what a client or the mail said, where that may look like a reply:
/// the headers and the sender in lines of Postfix's `cleanup` and `qmgr`, what `postscreen` got from a
/// client, the arrivals of Exim.
pub(crate) fn is_of_mail(text: Window<'_>, start: usize, at: usize) -> bool {
    let head = text.part(start..at.min(start + limits::PROGRAM_OF_MAIL));
    let is_program = memchr::memchr(b'[', head).is_some_and(|at| {
        let before = head.part(..at);
        [&b"/cleanup"[..], b"/qmgr", b"/postscreen"]
            .iter()
            .any(|program| before.ends_with(program))
    });
    let is_arrival = || match memchr::memchr(b'<', head) {
        Some(at) => head.part(..at).ends_with(b" ") && head.part(at + 1..).starts_with(b"= "),
        None => false,
    };
    is_program || is_arrival()
}
