//! The fields of a delivery status notification about one recipient (RFC 3464 section 2.3).

use core::ops::Range;

use codes_core::{EnhancedCode, ReplyCode};

use crate::codes::Codes;
use crate::found::Outcome;
use crate::{host, line, search};

/// The lines and octets of the fields about one recipient that are read together.
const LINES: usize = 64;
const OCTETS: usize = 16_384;

/// The octets before the reply of a server that Postfix writes down.
const SAID: usize = 400;

/// The fields about one recipient.
#[derive(Debug, Clone)]
pub(crate) struct Report<'a> {
    pub(crate) end: usize,
    pub(crate) recipient: Option<(&'a [u8], Range<usize>)>,
    pub(crate) outcome: Option<(Outcome, Range<usize>)>,
    pub(crate) host: Option<host::Place<'a>>,
    /// The codes of `Diagnostic-Code:`.
    pub(crate) said: Option<(Option<ReplyCode>, Option<EnhancedCode>)>,
}

/// A field that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    FinalRecipient,
    OriginalRecipient,
    Action,
    Status,
    RemoteMta,
    DiagnosticCode,
}

const FIELDS: [(&[u8], Field); 6] = [
    (b"final-recipient", Field::FinalRecipient),
    (b"original-recipient", Field::OriginalRecipient),
    (b"action", Field::Action),
    (b"status", Field::Status),
    (b"remote-mta", Field::RemoteMta),
    (b"diagnostic-code", Field::DiagnosticCode),
];

/// The field that a line begins with, and where its value begins.
fn field(input: &[u8], at: usize) -> Option<(Field, usize)> {
    let text = &input[at..];
    let (name, field) = FIELDS.iter().find(|(name, _)| {
        let begin = text.get(..name.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(name))
    })?;
    match &text[name.len()..] {
        [b':', ..] => Some((*field, at + name.len() + 1)),
        [b' ', b':', ..] => Some((*field, at + name.len() + 2)),
        _ => None,
    }
}

impl<'a> Report<'a> {
    /// Reads the fields of a recipient where a line begins with one of them.
    pub(crate) fn read(input: &'a [u8], content: usize) -> Option<Self> {
        let may_be = matches!(
            input.get(content)?.to_ascii_lowercase(),
            b'f' | b'o' | b'a' | b's' | b'r' | b'd'
        );
        if !may_be {
            return None;
        }
        field(input, content)?;
        let limit = input.len().min(content + OCTETS);
        let mut report = Self {
            end: limit,
            recipient: None,
            outcome: None,
            host: None,
            said: None,
        };
        let mut at = content;
        let mut has_final = false;
        for _ in 0..LINES {
            let end = memchr::memchr(b'\n', &input[at..limit]).map_or(limit, |feed| at + feed);
            if line::is_empty(input, at..end) {
                report.end = at;
                return Some(report);
            }
            let (content, _) = line::content(input, at, end);
            if let Some((field, value)) = field(input, content) {
                if field == Field::FinalRecipient && core::mem::replace(&mut has_final, true) {
                    report.end = at;
                    return Some(report);
                }
                report.note(input, field, value, end);
            }
            at = end + 1;
            if at >= limit {
                return Some(report);
            }
        }
        report.end = at;
        Some(report)
    }

    fn note(&mut self, input: &'a [u8], field: Field, value: usize, end: usize) {
        let behind_type = || match memchr::memchr(b';', &input[value..end]) {
            Some(at) => value + at + 1,
            None => value,
        };
        match field {
            Field::FinalRecipient => self.recipient = trimmed(input, behind_type(), end),
            Field::OriginalRecipient if self.recipient.is_none() => {
                self.recipient = trimmed(input, behind_type(), end);
            }
            Field::Action => {
                self.outcome = trimmed(input, value, end).and_then(|(action, at)| {
                    let outcomes = [
                        (&b"failed"[..], Outcome::Bounced),
                        (b"delayed", Outcome::Deferred),
                        (b"delivered", Outcome::Sent),
                        (b"relayed", Outcome::Sent),
                        (b"expanded", Outcome::Sent),
                    ];
                    let is = |word: &[u8]| {
                        action
                            .get(..word.len())
                            .is_some_and(|begin| begin.eq_ignore_ascii_case(word))
                    };
                    let (word, outcome) = outcomes.iter().find(|(word, _)| is(word))?;
                    Some((*outcome, at.start..at.start + word.len()))
                });
            }
            Field::RemoteMta => {
                let start = trimmed(input, behind_type(), end).map_or(end, |(_, at)| at.start);
                self.host = host::starting(input, start, end);
            }
            Field::DiagnosticCode => {
                let from = behind_type();
                let limit = input.len().min(from + 128);
                let codes_at = |at: usize, limit: usize| {
                    let start = crate::codes::behind_spaces(input, at, limit);
                    Codes::at_basic(input, start, limit)
                        .or_else(|| Codes::at_enhanced(input, start, limit))
                };
                // `X-Postfix; host mx.example.com[192.0.2.1] said: 550 5.1.1 ...`
                let behind_said = || {
                    let text = &input[from..end.min(from + SAID)];
                    let at = from + search::find(text, b" said:")? + b" said:".len();
                    codes_at(at, input.len().min(at + 64))
                };
                let codes = codes_at(from, limit).or_else(behind_said);
                // The status with which a program ended is no reply code: `X-Unix; 75`.
                let is_of_program = input[value..from].trim_ascii_start().starts_with(b"x-")
                    || input[value..from].trim_ascii_start().starts_with(b"X-");
                let codes = codes.filter(|codes| !is_of_program || codes.enhanced.is_some());
                self.said = codes.map(|codes| {
                    (
                        codes.code.map(|(code, _)| code),
                        codes.enhanced.map(|(code, _)| code),
                    )
                });
            }
            Field::Status | Field::OriginalRecipient => {}
        }
    }
}

/// The text without spaces around it.
fn trimmed(input: &[u8], start: usize, end: usize) -> Option<(&[u8], Range<usize>)> {
    let text = &input[start..end];
    let from = start + (text.len() - text.trim_ascii_start().len());
    let text = text.trim_ascii();
    (!text.is_empty()).then(|| (text, from..from + text.len()))
}

/// Whether a line is the field in which a report sums up what happened, and where its value begins.
pub(crate) fn status(input: &[u8], content: usize) -> Option<usize> {
    match field(input, content)? {
        (Field::Status, value) => Some(value),
        _ => None,
    }
}
