//! What the rest of a line of a log tells about a reply in it.

use core::ops::Range;

use crate::search;
use codes_core::{Class, Command};

use crate::found::{Direction, Outcome};
use crate::{command, host, strangers};

/// The octets at the beginning of a line that tell the program.
const PROGRAM: usize = 160;

/// What a line tells.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields<'a> {
    pub(crate) recipient: Option<(&'a [u8], Range<usize>)>,
    pub(crate) host: Option<host::Place<'a>>,
    pub(crate) outcome: Option<(Outcome, Range<usize>)>,
    pub(crate) command: Option<command::Place>,
    pub(crate) lmtp: bool,
    pub(crate) direction: Option<Direction>,
    known: Known,
    /// Where `stat=` of Sendmail stands, if it says neither that the mail was sent nor deferred.
    stat: Option<Range<usize>>,
}

/// What is known already, from what leads to the reply.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    pub(crate) host: bool,
    pub(crate) outcome: bool,
}

impl<'a> Fields<'a> {
    /// The fields in what stands before a reply in its line, and in what stands behind it.
    pub(crate) fn around(
        input: &'a [u8],
        before: Range<usize>,
        behind: Range<usize>,
        class: Option<Class>,
        known: Known,
    ) -> Self {
        let mut fields = Self {
            known,
            ..Self::default()
        };
        let (line, head) = (before.start, before.end);
        fields.read(input, line, head);
        fields.read(input, behind.start, behind.end);
        if fields.outcome.is_some() || known.outcome {
            return fields;
        }
        fields.outcome = match fields.stat.take() {
            Some(at) => failed_for_good(class).map(|outcome| (outcome, at)),
            None => fields
                .of_exim(input, line, head)
                .or_else(|| of_qmail(input, line, head)),
        };
        if fields.outcome.is_none() {
            fields.direction = of_program(&input[line..head.min(line + PROGRAM)]);
        }
        fields
    }

    fn read(&mut self, input: &'a [u8], from: usize, to: usize) {
        if from >= to {
            return;
        }
        // What stands in an address is no field.
        let mut known = from;
        search::each(&input[from..to], b'=', |equals| {
            let value = from + equals + 1;
            if value <= known {
                return;
            }
            if input.get(value) == Some(&b'<') {
                known = value + strangers::end(&input[value..to]).unwrap_or(0);
            }
            self.read_field(input, &input[from..value - 1], value, to);
        });
    }

    /// Reads a field whose key is the last word of a text.
    fn read_field(&mut self, input: &'a [u8], key: &[u8], value: usize, to: usize) {
        match key.last() {
            Some(b'o') if is_key(key, b"to") => self.read_recipient(input, value, to),
            Some(b'1') if is_key(key, b"arg1") => {
                self.read_recipient(input, value, to);
                // It may be a host as well.
                let is_address = |(text, _): &(&[u8], _)| memchr::memchr(b'@', text).is_some();
                self.recipient = self.recipient.take().filter(is_address);
            }
            Some(b'y') if self.wants_host() && is_key(key, b"relay") => {
                let quote = usize::from(input.get(value) == Some(&b'"'));
                self.host = host::starting(input, value + quote, to);
            }
            Some(b'H') if self.wants_host() && is_key(key, b"H") => {
                self.host = host::starting(input, value, to);
            }
            Some(b's') if is_key(key, b"status") => {
                self.outcome = self.outcome.take().or_else(|| status(input, value, to));
                self.lmtp = is_by_lmtp(key);
            }
            Some(b't') if is_key(key, b"stat") => {
                self.read_stat(input, value, to);
            }
            Some(b't') if is_key(key, b"result") => {
                self.outcome = self.outcome.take().or_else(|| result(input, value, to));
            }
            Some(b't') if key.ends_with(b"ruleset") => {
                self.command = ruleset(input, value, to);
            }
            Some(b'd') if is_key(key, b"command") => {
                let quote = usize::from(input.get(value) == Some(&b'"'));
                self.command = command::starting(input, value + quote, to);
            }
            _ => {}
        }
    }

    const fn wants_host(&self) -> bool {
        self.host.is_none() && !self.known.host
    }

    fn read_recipient(&mut self, input: &'a [u8], at: usize, to: usize) {
        if self.recipient.is_some() {
            return;
        }
        self.recipient = address(input, at, to);
    }

    fn read_stat(&mut self, input: &[u8], at: usize, to: usize) {
        let text = &input[at..to];
        let outcome = [
            (&b"Sent"[..], Outcome::Sent),
            (b"Deferred", Outcome::Deferred),
        ];
        match outcome.iter().find(|(word, _)| text.starts_with(word)) {
            Some((word, outcome)) => self.outcome = Some((*outcome, at..at + word.len())),
            None => self.stat = Some(at - 5..at - 1),
        }
    }

    /// `2026-11-24 13:22:52 1tFabc-000000001Gh-0abc ** user@example.com R=... H=...`
    fn of_exim(
        &mut self,
        input: &'a [u8],
        line: usize,
        head: usize,
    ) -> Option<(Outcome, Range<usize>)> {
        let text = &input[line..head];
        let mut word = 0;
        let mut before = 0..0;
        // Date, time, zone, process number, id; before them perhaps what syslog writes.
        let ends = memchr::memchr_iter(b' ', text).chain([text.len()]);
        for end in ends.take(12) {
            let outcome = match &text[word..end] {
                b"=>" | b"->" | b">>" | b"*>" => Some(Outcome::Sent),
                b"==" => Some(Outcome::Deferred),
                b"**" => Some(Outcome::Bounced),
                _ => None,
            };
            if let Some(outcome) = outcome
                && is_exim_id(&text[before])
            {
                let start = line + word;
                self.recipient = address(input, start + 3, head);
                return Some((outcome, start..start + 2));
            }
            before = word..end;
            word = end + 1;
        }
        None
    }
}

fn is_exim_id(word: &[u8]) -> bool {
    let dashes = word.iter().filter(|&&byte| byte == b'-').count();
    matches!(word.len(), 16 | 23) && dashes == 2
}

/// Whether a text ends with a key, and not with another one that ends like it.
fn is_key(text: &[u8], key: &[u8]) -> bool {
    text.strip_suffix(key).is_some_and(|before| {
        matches!(before.last(), None | Some(b' ' | b',' | b';' | b'"' | b':'))
    })
}

/// Whether the program that wrote a line of Postfix speaks LMTP: `postfix/lmtp[123]: `.
fn is_by_lmtp(head: &[u8]) -> bool {
    let head = &head[..head.len().min(PROGRAM)];
    memchr::memchr(b'[', head).is_some_and(|at| head[..at].ends_with(b"/lmtp"))
}

fn status(input: &[u8], at: usize, to: usize) -> Option<(Outcome, Range<usize>)> {
    let text = &input[at..to];
    let len = text
        .iter()
        .take(16)
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let outcome = match &text[..len] {
        b"sent" => Outcome::Sent,
        b"deferred" | b"SOFTBOUNCE" => Outcome::Deferred,
        b"bounced" => Outcome::Bounced,
        b"expired" => Outcome::Expired,
        _ => return None,
    };
    Some((outcome, at..at + len))
}

fn result(input: &[u8], at: usize, to: usize) -> Option<(Outcome, Range<usize>)> {
    let text = input[at..to].strip_prefix(b"\"")?;
    let outcomes = [
        (&b"Ok"[..], Outcome::Sent),
        (b"PermFail", Outcome::Bounced),
        (b"TempFail", Outcome::Deferred),
    ];
    let (word, outcome) = outcomes.iter().find(|(word, _)| text.starts_with(word))?;
    Some((*outcome, at + 1..at + 1 + word.len()))
}

fn ruleset(input: &[u8], at: usize, to: usize) -> Option<command::Place> {
    let text = &input[at..to];
    let rulesets = [
        (&b"check_rcpt"[..], Command::RCPT),
        (b"check_mail", Command::MAIL),
        (b"check_relay", Command::CONNECT),
        (b"check_eom", Command::DATA_BODY),
        (b"check_vrfy", Command::VRFY),
    ];
    let (word, command) = rulesets.iter().find(|(word, _)| text.starts_with(word))?;
    Some((*command, at..at + word.len()))
}

/// An address, in angle brackets or up to a space, comma or semicolon.
fn address(input: &[u8], at: usize, to: usize) -> Option<(&[u8], Range<usize>)> {
    let text = input.get(at..to)?;
    let (start, len) = match text {
        [b'<', inside @ ..] => (at + 1, strangers::end(inside)?),
        [b'"', inside @ ..] => {
            let quoted = strangers::quoted(inside)? + 2;
            let rest = text.get(quoted..)?;
            let end = rest.iter().position(|byte| matches!(byte, b' ' | b','));
            (at, quoted + end.unwrap_or(rest.len()))
        }
        text => {
            let ends = |byte: &u8| matches!(byte, b' ' | b',' | b';' | b':' | b'\r' | b'\n');
            (at, text.iter().position(ends).unwrap_or(text.len()))
        }
    };
    (len > 0).then(|| (&input[start..start + len], start..start + len))
}

/// What Sendmail did after a reply, where `stat=` has only the words of it.
fn failed_for_good(class: Option<Class>) -> Option<Outcome> {
    match class? {
        Class::PermanentNegative => Some(Outcome::Bounced),
        _ => None,
    }
}

/// Which way a program speaks that is a server or a client.
fn of_program(head: &[u8]) -> Option<Direction> {
    if search::find(head, b" courieresmtp:").is_some() {
        return Some(Direction::Received);
    }
    let at = search::find(head, b"smtpd")? + b"smtpd".len();
    let rest = head[at..].strip_prefix(b"[").unwrap_or(&head[at..]);
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = rest[digits..].strip_prefix(b"]").unwrap_or(&rest[digits..]);
    let rest = rest.strip_prefix(b": ")?;
    // The client of OpenSMTPD has the same name.
    Some(match search::find(rest, b" mta ") {
        Some(_) => Direction::Received,
        None => Direction::Given,
    })
}

/// Whether a code is qmail's own, which puts one behind what it says itself: no server said it.
pub(crate) fn is_own_of_qmail(input: &[u8], line: usize, code: usize) -> bool {
    search::find(&input[line..code], b"_said:_").is_none() && of_qmail(input, line, code).is_some()
}

/// `delivery 17: failure: ...`
fn of_qmail(input: &[u8], line: usize, head: usize) -> Option<(Outcome, Range<usize>)> {
    let text = &input[line..head.min(line + 120)];
    let at = search::find(text, b"delivery ")? + b"delivery ".len();
    let digits = text[at..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let rest = text[at + digits..].strip_prefix(b": ")?;
    let start = line + at + digits + 2;
    let outcomes = [
        (&b"success:"[..], Outcome::Sent),
        (b"failure:", Outcome::Bounced),
        (b"deferral:", Outcome::Deferred),
    ];
    let (word, outcome) = outcomes.iter().find(|(word, _)| rest.starts_with(word))?;
    Some((*outcome, start..start + word.len() - 1))
}
