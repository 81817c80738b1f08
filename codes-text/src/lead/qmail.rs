//! The sentences with which qmail tells what a server refused.

use codes_core::Command;

use super::Lead;
use crate::host;
use crate::limits;
use crate::window::{Part, Window};

/// The ends of the sentences, and what was answered.
const SENTENCES: [(&[u8], Command); 7] = [
    (b"does not like recipient", Command::RCPT),
    (b"failed after I sent the message", Command::DATA_BODY),
    (b"accepted message", Command::DATA_BODY),
    (b"but sender was rejected", Command::MAIL),
    (b"but greeting failed", Command::CONNECT),
    (b"but my name was rejected", Command::HELO),
    (b"failed on DATA command", Command::DATA),
];

/// Adds the command and the host of the sentence that ends before a place. In the log `_` stands for
/// spaces and `/` for line ends.
pub(super) fn tell<'a>(whole: Window<'a>, end: usize, lead: &mut Lead<'a>) {
    let window = whole.above(end.saturating_sub(limits::QMAIL_SENTENCE));
    let is_between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'_' | b'.');
    let without_end = |text: &'a [u8]| {
        let between = text.iter().rev().take_while(|byte| is_between(byte));
        text.part(..text.len() - between.count())
    };
    let text = without_end(window.part(..end));
    let sentence = SENTENCES.iter().find(|(words, _)| ends_with(text, words));
    let Some((words, command)) = sentence else {
        return;
    };
    let floor = window.floor();
    let start = text.len() - words.len();
    lead.command = Some((*command, floor + start..floor + text.len()));
    let before = without_end(text.part(..start));
    let of_host = |byte: &&u8| !byte.is_ascii_whitespace() && !matches!(byte, b'_' | b'/');
    let len = before.iter().rev().take_while(of_host).count();
    let host_end = floor + before.len();
    lead.host = host::starting(window.up_to(host_end), host_end - len);
}

/// Whether a text ends with words; `_` and line ends count as spaces.
fn ends_with(text: &[u8], words: &[u8]) -> bool {
    let Some(start) = text.len().checked_sub(words.len()) else {
        return false;
    };
    let end = text.part(start..).iter().zip(words);
    end.into_iter().all(|(byte, word)| match byte {
        b'_' | b'\n' => *word == b' ',
        byte => byte == word,
    })
}
