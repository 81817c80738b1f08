//! What the rest of a line of a log tells about a reply in it.

use core::ops::Range;

use crate::limits;
use crate::search;
use codes_core::{Class, Command};

use crate::found::{Direction, Outcome};
use crate::window::{Part, Window};
use crate::{command, host, strangers};

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
        text: Window<'a>,
        before: Range<usize>,
        behind: Range<usize>,
        class: Option<Class>,
        known: Known,
    ) -> Self {
        let mut fields = Self {
            known,
            ..Self::default()
        };
        let head = text.above(before.start).up_to(before.end);
        fields.read(head);
        fields.read(text.above(behind.start).up_to(behind.end));
        if fields.outcome.is_some() || known.outcome {
            return fields;
        }
        fields.outcome = match fields.stat.take() {
            Some(at) => failed_for_good(class).map(|outcome| (outcome, at)),
            None => fields.of_exim(head).or_else(|| of_qmail(head)),
        };
        if fields.outcome.is_none() {
            fields.direction = of_program(head.part(..head.floor() + limits::PROGRAM));
        }
        fields
    }

    fn read(&mut self, text: Window<'a>) {
        let from = text.floor();
        // What stands in an address is no field.
        let mut known = from;
        search::each(text.part(..), b'=', |equals| {
            let value = from + equals + 1;
            if value <= known {
                return;
            }
            if text.byte(value) == Some(b'<') {
                known = value + strangers::end(text.part(value..)).unwrap_or(0);
            }
            self.read_field(text.part(..value - 1), text, value);
        });
    }

    /// Reads a field whose key is the last word of a text.
    fn read_field(&mut self, key: &[u8], text: Window<'a>, value: usize) {
        match key.last() {
            Some(b'o') if is_key(key, b"to") => self.read_recipient(text, value),
            Some(b'1') if is_key(key, b"arg1") => {
                self.read_recipient(text, value);
                // It may be a host as well.
                let is_address = |(text, _): &(&[u8], _)| memchr::memchr(b'@', text).is_some();
                self.recipient = self.recipient.take().filter(is_address);
            }
            Some(b'y') if self.wants_host() && is_key(key, b"relay") => {
                let quote = usize::from(text.byte(value) == Some(b'"'));
                self.host = relay(text, value + quote);
            }
            Some(b'H') if self.wants_host() && is_key(key, b"H") => {
                self.host = host(text, value);
            }
            Some(b's') if is_key(key, b"status") => {
                self.outcome = self.outcome.take().or_else(|| status(text, value));
                self.lmtp = is_by_lmtp(key);
            }
            Some(b't') if is_key(key, b"stat") => {
                self.read_stat(text, value);
            }
            Some(b't') if is_key(key, b"result") => {
                self.outcome = self.outcome.take().or_else(|| result(text, value));
            }
            Some(b't') if key.ends_with(b"ruleset") => {
                self.command = ruleset(text, value);
            }
            Some(b'd') if is_key(key, b"command") => {
                let quote = usize::from(text.byte(value) == Some(b'"'));
                self.command = command::starting(text, value + quote);
            }
            _ => {}
        }
    }

    const fn wants_host(&self) -> bool {
        self.host.is_none() && !self.known.host
    }

    fn read_recipient(&mut self, text: Window<'a>, at: usize) {
        if self.recipient.is_some() {
            return;
        }
        self.recipient = address(text, at);
    }

    fn read_stat(&mut self, text: Window<'_>, at: usize) {
        let outcomes = [
            (&b"Sent"[..], Outcome::Sent),
            (b"Deferred", Outcome::Deferred),
        ];
        match starting(text, at, &outcomes) {
            Some(outcome) => self.outcome = Some(outcome),
            None => self.stat = Some(at - 5..at - 1),
        }
    }

    /// `2026-11-24 13:22:52 1tFabc-000000001Gh-0abc ** user@example.com R=... H=...`
    fn of_exim(&mut self, head: Window<'a>) -> Option<(Outcome, Range<usize>)> {
        let text = head.part(..);
        let mut start = 0;
        let mut before = &b""[..];
        // Date, time, zone, process number, id; before them perhaps what syslog writes.
        let ends = memchr::memchr_iter(b' ', text).chain([text.len()]);
        for end in ends.take(12) {
            let word = text.part(start..end);
            let outcome = match word {
                b"=>" | b"->" | b">>" | b"*>" => Some(Outcome::Sent),
                b"==" => Some(Outcome::Deferred),
                b"**" => Some(Outcome::Bounced),
                _ => None,
            };
            if let Some(outcome) = outcome
                && is_exim_id(before)
            {
                let at = head.floor() + start;
                self.recipient = address(head, at + 3);
                return Some((outcome, at..at + 2));
            }
            before = word;
            start = end + 1;
        }
        None
    }
}

/// The first of some words that stands at a place, with what it means.
fn starting<T: Copy>(
    text: Window<'_>,
    at: usize,
    words: &[(&[u8], T)],
) -> Option<(T, Range<usize>)> {
    let (word, meaning) = words.iter().find(|(word, _)| text.starts_with(at, word))?;
    Some((*meaning, at..at + word.len()))
}

/// The host that begins at a place, all of it.
fn host(text: Window<'_>, at: usize) -> Option<host::Place<'_>> {
    host::starting(text, at).filter(|(_, at)| !text.cuts(at.end))
}

/// The same for `relay=`, where Postfix has the name of a transport if no host was asked: `dovecot`.
fn relay(text: Window<'_>, at: usize) -> Option<host::Place<'_>> {
    host(text, at).filter(|(host, _)| host.is_certain())
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
    let head = head.part(..limits::PROGRAM);
    memchr::memchr(b'[', head).is_some_and(|at| head.part(..at).ends_with(b"/lmtp"))
}

fn status(text: Window<'_>, at: usize) -> Option<(Outcome, Range<usize>)> {
    let value = text.part(at..at + 16).iter();
    let len = value.take_while(|byte| byte.is_ascii_alphabetic()).count();
    let outcome = match text.part(at..at + len) {
        b"sent" => Outcome::Sent,
        b"deferred" | b"SOFTBOUNCE" => Outcome::Deferred,
        b"bounced" => Outcome::Bounced,
        b"expired" => Outcome::Expired,
        _ => return None,
    };
    Some((outcome, at..at + len))
}

fn result(text: Window<'_>, at: usize) -> Option<(Outcome, Range<usize>)> {
    let outcomes = [
        (&b"Ok"[..], Outcome::Sent),
        (b"PermFail", Outcome::Bounced),
        (b"TempFail", Outcome::Deferred),
    ];
    (text.byte(at) == Some(b'"')).then_some(())?;
    starting(text, at + 1, &outcomes)
}

fn ruleset(text: Window<'_>, at: usize) -> Option<command::Place> {
    let rulesets = [
        (&b"check_rcpt"[..], Command::RCPT),
        (b"check_mail", Command::MAIL),
        (b"check_relay", Command::CONNECT),
        (b"check_eom", Command::DATA_BODY),
        (b"check_vrfy", Command::VRFY),
    ];
    starting(text, at, &rulesets)
}

/// An address, in angle brackets or up to a space, comma or semicolon.
fn address(text: Window<'_>, at: usize) -> Option<(&[u8], Range<usize>)> {
    let (start, len) = match text.part(at..) {
        [b'<', inside @ ..] => (at + 1, strangers::end(inside)?),
        [b'"', inside @ ..] => {
            let quoted = strangers::quoted(inside)? + 2;
            let rest = text.part(at + quoted..);
            let end = rest.iter().position(|byte| matches!(byte, b' ' | b','));
            (at, quoted + end.unwrap_or(rest.len()))
        }
        text => {
            let ends = |byte: &u8| matches!(byte, b' ' | b',' | b';' | b':' | b'\r' | b'\n');
            (at, text.iter().position(ends).unwrap_or(text.len()))
        }
    };
    let end = start + len;
    (len > 0 && !text.cuts(end)).then(|| (text.part(start..end), start..end))
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
    let rest = head.part(search::find(head, b"smtpd")? + b"smtpd".len()..);
    let rest = rest.strip_prefix(b"[").unwrap_or(rest);
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = rest.part(digits..);
    let rest = rest.strip_prefix(b"]").unwrap_or(rest);
    let rest = rest.strip_prefix(b": ")?;
    // The client of OpenSMTPD has the same name.
    Some(match search::find(rest, b" mta ") {
        Some(_) => Direction::Received,
        None => Direction::Given,
    })
}

/// Whether a code is qmail's own, which puts one behind what it says itself: no server said it.
pub(crate) fn is_own_of_qmail(text: Window<'_>, line: usize, code: usize) -> bool {
    let head = text.above(line).up_to(code);
    search::find(head.part(..), b"_said:_").is_none() && of_qmail(head).is_some()
}

/// `delivery 17: failure: ...`
fn of_qmail(head: Window<'_>) -> Option<(Outcome, Range<usize>)> {
    let head = head.up_to(head.floor() + limits::DELIVERY);
    let text = head.part(..);
    let at = search::find(text, b"delivery ")? + b"delivery ".len();
    let digits = text.part(at..).iter();
    let digits = digits.take_while(|byte| byte.is_ascii_digit()).count();
    text.part(at + digits..).starts_with(b": ").then_some(())?;
    let outcomes = [
        (&b"success:"[..], Outcome::Sent),
        (b"failure:", Outcome::Bounced),
        (b"deferral:", Outcome::Deferred),
    ];
    let at = head.floor() + at + digits + b": ".len();
    let (outcome, at) = starting(head, at, &outcomes)?;
    Some((outcome, at.start..at.end - 1))
}
