//! What stands before a message: the time, the machine, the program.

use core::ops::Range;

use memchr::memchr;

use super::MailSystem;
use super::time::{self, LogTime};
use super::words::{WORD, ip, leading};
use crate::limits;
use crate::window::Part;

/// A line, taken apart.
#[derive(Debug, Clone)]
pub(super) struct Header<'a> {
    pub(super) time: Option<LogTime>,
    /// Where the time stands.
    pub(super) time_at: Range<usize>,
    /// The container or file that is named before the time.
    pub(super) label: Range<usize>,
    /// The words between the time and the program: the machine, with some a level, and others.
    pub(super) names: Range<usize>,
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

/// What a line begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// The time of a syslog, behind which the machine is named (RFC 3164 section 4.1.2).
    SyslogTime,
    /// A time that other logs have too.
    Time,
    /// No time.
    Other,
}

pub(super) fn read(line: &[u8]) -> Header<'_> {
    let (is_5424, text) = priority(line);
    let at = |rest: &[u8]| line.len() - rest.len();
    let (label, timed) = match time::read(text) {
        Some((time, rest)) => (0, Some((time, text, rest))),
        None => match labelled(text) {
            Some((label, end)) => {
                let text = text.part(end..);
                let timed = time::read(text);
                (label, timed.map(|(time, rest)| (time, text, rest)))
            }
            None => (0, None),
        },
    };
    let Some((time, timed, rest)) = timed else {
        let tag = program(text, Start::Other);
        return Header {
            time: None,
            time_at: 0..0,
            label: 0..0,
            names: at(text)..at(text) + tag.names,
            program: tag.program,
            message: tag.message,
        };
    };
    let time_at = at(timed)..at(rest);
    let is_of_syslog = match timed.first() {
        Some(b'A'..=b'Z') => true,
        _ => timed.get(10) == Some(&b'T'),
    };
    let rest = rest.strip_prefix(b" ").unwrap_or(rest);
    let tag = match (is_5424, is_of_syslog) {
        (true, _) => program_5424(rest),
        (false, true) => program(rest, Start::SyslogTime),
        (false, false) => program(rest, Start::Time),
    };
    Header {
        time: Some(time),
        time_at,
        label: at(text)..at(text) + label,
        names: at(rest)..at(rest) + tag.names,
        program: tag.program,
        message: tag.message,
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

/// The length of the name in `mail.log:`, `mail.log:17:` or `mail  | ` before a time, and of all of it.
fn labelled(text: &[u8]) -> Option<(usize, usize)> {
    let label = text.part(..limits::LABEL);
    let begins_with_time = |at: &usize| time::read(text.part(*at..)).is_some();
    let end = label
        .iter()
        .position(|&byte| matches!(byte, b' ' | b'|'))
        .unwrap_or(label.len());
    if let Some(colon) = memchr(b':', label.part(..end)) {
        let behind = text.part(colon + 1..);
        let number = behind.iter().take_while(|byte| byte.is_ascii_digit());
        let number = number.count();
        let with_number = (behind.get(number) == Some(&b':')).then_some(colon + 2 + number);
        let ends = [Some(colon + 1), with_number];
        if let Some(end) = ends.into_iter().flatten().find(begins_with_time) {
            return Some((colon, end));
        }
    }
    let bar = label.part(end..).iter().position(|&byte| byte != b' ')? + end;
    let behind = match text.part(bar..) {
        [b'|', b' ', ..] => bar + 2,
        [b'|', ..] => bar + 1,
        _ => return None,
    };
    begins_with_time(&behind).then_some((end, behind))
}

/// What was read of the words before a message.
struct Tag<'a> {
    program: Option<Program<'a>>,
    /// The octets of the names before the program.
    names: usize,
    message: &'a [u8],
}

/// The program among the first words, and the message behind it. All of it where there is none.
///
/// A word of a sentence may be the name of a program: without a time it needs a process id.
fn program(text: &[u8], start: Start) -> Tag<'_> {
    let has_time = start != Start::Other;
    let mut rest = text;
    for _ in 0..WORDS {
        let Some(space) = memchr(b' ', rest) else {
            break;
        };
        let (word, behind) = (rest.part(..space), rest.part(space + 1..));
        if let [tag @ .., b':'] = word {
            let names = text.len() - rest.len();
            let has_id = has_process_id(tag);
            let (program, message) = match named(tag) {
                Some(program) if has_time || has_id => (Some(program), without_solaris_id(behind)),
                None if has_id => (None, behind),
                _ => (None, text),
            };
            // Another program counts too: with a process id, in a syslog, or behind one name.
            let is_tag = program.is_some()
                || has_id
                || start == Start::SyslogTime
                || has_time && is_behind_one_name(text.part(..names), tag);
            return Tag {
                names: if is_tag { names } else { 0 },
                program,
                message,
            };
        }
        // A message that has no header begins with anything.
        if leading(word, WORD).len() < word.len() {
            break;
        }
        rest = behind;
    }
    let first = memchr(b' ', text).unwrap_or_default();
    Tag {
        program: None,
        names: match start {
            Start::SyslogTime if leading(text, WORD).len() >= first => first,
            _ => 0,
        },
        message: text,
    }
}

/// `mx1 dovecot:`, and not `delivery 9:`.
fn is_behind_one_name(names: &[u8], tag: &[u8]) -> bool {
    let machines = names
        .split(|&byte| byte == b' ')
        .filter(|word| is_machine(word));
    tag.first().is_some_and(u8::is_ascii_alphabetic) && machines.count() == 1
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
fn program_5424(text: &[u8]) -> Tag<'_> {
    let mut words = [&b""[..]; 4];
    let mut rest = text;
    for word in &mut words {
        let Some(space) = memchr(b' ', rest) else {
            return Tag {
                program: None,
                names: words[0].len(),
                message: text,
            };
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
    Tag {
        program: named(words[1]),
        names: words[0].len(),
        message: message.strip_prefix(b"\xef\xbb\xbf").unwrap_or(message),
    }
}

/// The severities of RFC 5424 section 6.2.1, as loggers write them.
const LEVELS: [&[u8]; 11] = [
    b"emerg",
    b"alert",
    b"crit",
    b"critical",
    b"err",
    b"error",
    b"warn",
    b"warning",
    b"notice",
    b"info",
    b"debug",
];

/// Whether a word before a program names a machine, and no level (`INFO`, `<mail.info>`), date, time or
/// code.
pub(super) fn is_machine(word: &[u8]) -> bool {
    let is_mark = |byte: &u8| !byte.is_ascii_alphanumeric();
    let start = word.iter().position(|byte| !is_mark(byte));
    let end = word.iter().rposition(|byte| !is_mark(byte));
    let (Some(start), Some(end)) = (start, end) else {
        return false;
    };
    let word = word.part(start..=end);
    let level = word.rsplit(|&byte| byte == b'.').next().unwrap_or_default();
    let is_level = LEVELS.iter().any(|it| level.eq_ignore_ascii_case(it));
    let is_name = word.iter().any(u8::is_ascii_alphabetic)
        || word.iter().all(u8::is_ascii_digit) && word.len() != 3
        || ip(word).is_some();
    is_name && !is_level
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
