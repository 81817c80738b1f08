//! What stands before a message: the time, the machine, the program.

use memchr::memchr;

use super::MailSystem;
use super::time::{self, LogTime};
use super::words::{WORD, leading};
use crate::limits;
use crate::window::Part;

/// A line, taken apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header<'a> {
    pub(super) time: Option<LogTime>,
    /// The program, where it is one of a mail system.
    pub(super) program: Option<Program<'a>>,
    pub(super) message: &'a [u8],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Program<'a> {
    pub(super) system: MailSystem,
    /// Without the path of names before it: `smtp` of `postfix/smtp`.
    pub(super) daemon: &'a [u8],
}

/// The words before the message in which the program is looked for: a level, the machine, the program.
const WORDS: usize = 4;

pub(super) fn read(line: &[u8]) -> Header<'_> {
    let (is_5424, text) = priority(line);
    let Some((time, text)) = time::read(text).or_else(|| labelled(text)) else {
        let (program, message) = program(text, false);
        return Header {
            time: None,
            program,
            message,
        };
    };
    let text = text.strip_prefix(b" ").unwrap_or(text);
    let (program, message) = if is_5424 {
        program_5424(text)
    } else {
        program(text, true)
    };
    Header {
        time: Some(time),
        program,
        message,
    }
}

/// `<22>`, and whether the `1 ` of RFC 5424 section 6.2 follows.
fn priority(line: &[u8]) -> (bool, &[u8]) {
    let Some(text) = line.strip_prefix(b"<") else {
        return (false, line);
    };
    let len = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match text.get(len..) {
        Some([b'>', text @ ..]) if (1..=3).contains(&len) => match text {
            [b'1', b' ', text @ ..] => (true, text),
            _ => (false, text),
        },
        _ => (false, line),
    }
}

/// A time behind `mail.log:`, `mail.log:17:` or `mail  | `.
fn labelled(text: &[u8]) -> Option<(LogTime, &[u8])> {
    let label = text.part(..limits::LABEL);
    let end = label
        .iter()
        .position(|&byte| matches!(byte, b' ' | b'|'))
        .unwrap_or(label.len());
    if let Some(colon) = memchr(b':', label.part(..end)) {
        let text = text.part(colon + 1..);
        let number = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        return time::read(text).or_else(|| match text.get(number) {
            Some(b':') => time::read(text.part(number + 1..)),
            _ => None,
        });
    }
    let bar = label.part(end..).iter().position(|&byte| byte != b' ')? + end;
    match text.part(bar..) {
        [b'|', text @ ..] => time::read(text.strip_prefix(b" ").unwrap_or(text)),
        _ => None,
    }
}

/// The program among the first words, and the message behind it. All of it where there is none.
///
/// A word of a sentence may be the name of a program: without a time it needs a process id.
fn program(text: &[u8], has_time: bool) -> (Option<Program<'_>>, &[u8]) {
    let mut rest = text;
    for _ in 0..WORDS {
        let Some(space) = memchr(b' ', rest) else {
            break;
        };
        let (word, behind) = (rest.part(..space), rest.part(space + 1..));
        if let [tag @ .., b':'] = word {
            return match named(tag) {
                Some(program) if has_time || has_process_id(tag) => {
                    (Some(program), without_solaris_id(behind))
                }
                None if has_process_id(tag) => (None, behind),
                _ => (None, text),
            };
        }
        // A message that has no header begins with anything.
        if leading(word, WORD).len() < word.len() {
            break;
        }
        rest = behind;
    }
    (None, text)
}

fn has_process_id(tag: &[u8]) -> bool {
    let Some(id) = tag.strip_suffix(b"]") else {
        return false;
    };
    let digits = id
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    digits > 0 && id.part(..id.len() - digits).ends_with(b"[")
}

/// `mail postfix/smtp 123 - - MESSAGE`, by RFC 5424 section 6.
fn program_5424(text: &[u8]) -> (Option<Program<'_>>, &[u8]) {
    let mut words = [&b""[..]; 4];
    let mut rest = text;
    for word in &mut words {
        let Some(space) = memchr(b' ', rest) else {
            return (None, text);
        };
        *word = rest.part(..space);
        rest = rest.part(space + 1..);
    }
    let message = match rest {
        [b'-', b' ', message @ ..] => message,
        [b'[', ..] => {
            memchr(b']', rest).map_or(rest, |end| rest.part(end + 1..).trim_ascii_start())
        }
        _ => rest,
    };
    let message = message.strip_prefix(b"\xef\xbb\xbf").unwrap_or(message);
    (named(words[1]), message)
}

/// `[ID 801593 mail.info] `, which Solaris puts before a message.
fn without_solaris_id(message: &[u8]) -> &[u8] {
    if !message.starts_with(b"[ID ") {
        return message;
    }
    memchr(b']', message).map_or(message, |end| message.part(end + 1..).trim_ascii_start())
}

/// The program of a tag, such as `postfix/smtp[123]`, where it belongs to a mail system.
fn named(tag: &[u8]) -> Option<Program<'_>> {
    let name = tag.part(..memchr(b'[', tag).unwrap_or(tag.len()));
    let (family, daemon) = match name.iter().rposition(|&byte| byte == b'/') {
        Some(slash) => (name.part(..slash), name.part(slash + 1..)),
        None => (&b""[..], name),
    };
    let first = if family.is_empty() { daemon } else { family };
    let system = if first.starts_with(b"postfix") || (!family.is_empty() && is_of_postfix(daemon)) {
        MailSystem::Postfix
    } else if daemon.starts_with(b"sm-") || daemon.starts_with(b"sendmail") {
        MailSystem::Sendmail
    } else if matches!(daemon, b"smtpd" | b"opensmtpd") {
        MailSystem::OpenSmtpd
    } else if daemon.starts_with(b"exim") {
        MailSystem::Exim
    } else if daemon.starts_with(b"qmail") || daemon == b"rblsmtpd" {
        MailSystem::Qmail
    } else {
        return None;
    };
    Some(Program { system, daemon })
}

/// The programs of Postfix that speak of replies or of deliveries, whatever it is called.
fn is_of_postfix(daemon: &[u8]) -> bool {
    matches!(
        daemon,
        b"smtp"
            | b"smtpd"
            | b"lmtp"
            | b"local"
            | b"virtual"
            | b"pipe"
            | b"error"
            | b"retry"
            | b"discard"
            | b"bounce"
            | b"cleanup"
            | b"qmgr"
            | b"postscreen"
    )
}
