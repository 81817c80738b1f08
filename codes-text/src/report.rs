//! The fields of a delivery status notification about one recipient (RFC 3464 section 2.3).

use core::ops::Range;

use codes_core::{EnhancedCode, ReplyCode};

use crate::codes::{self, Codes};
use crate::found::Outcome;
use crate::limits;
use crate::window::{Part, Window};
use crate::{host, line, search, spaces};

/// The lines and octets of the fields about one recipient that are read together.
const LINES: usize = 64;

/// The fields about one recipient.
#[derive(Debug, Clone)]
pub(crate) struct Report<'a> {
    pub(crate) end: usize,
    pub(crate) recipient: Option<(&'a [u8], Range<usize>)>,
    pub(crate) outcome: Option<(Outcome, Range<usize>)>,
    pub(crate) host: Option<host::Place<'a>>,
    /// The code of `Status:`.
    pub(crate) status: Option<EnhancedCode>,
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
fn field(text: Window<'_>, at: usize) -> Option<(Field, usize)> {
    let line = text.part(at..);
    let (name, field) = FIELDS
        .iter()
        .find(|(name, _)| line.part(..name.len()).eq_ignore_ascii_case(name))?;
    let end = at + name.len();
    match line.part(name.len()..) {
        [b':', ..] => Some((*field, end + 1)),
        [b' ', b':', ..] => Some((*field, end + 2)),
        _ => None,
    }
}

impl<'a> Report<'a> {
    /// Reads the fields of a recipient where a line begins with one of them.
    pub(crate) fn read(whole: Window<'a>, content: usize) -> Option<Self> {
        let may_be = matches!(
            whole.byte(content)?.to_ascii_lowercase(),
            b'f' | b'o' | b'a' | b's' | b'r' | b'd'
        );
        if !may_be {
            return None;
        }
        field(whole, content)?;
        let text = whole.up_to(content + limits::REPORT);
        let mut report = Self {
            end: text.limit(),
            recipient: None,
            outcome: None,
            host: None,
            status: None,
            said: None,
        };
        let mut at = content;
        let mut has_final = false;
        for _ in 0..LINES {
            let end = text.line_end(at);
            if text.cuts(end) {
                // Half a name is none: what the limit cuts begins another report.
                report.end = at;
                return Some(report);
            }
            let line = text.up_to(end);
            if line.part(at..).trim_ascii().is_empty() {
                report.end = at;
                return Some(report);
            }
            let (content, _) = line::content(line, at);
            if let Some((field, value)) = field(line, content) {
                if field == Field::FinalRecipient && core::mem::replace(&mut has_final, true) {
                    report.end = at;
                    return Some(report);
                }
                report.note(whole, field, value, end);
            }
            at = end + 1;
            if at >= text.limit() {
                return Some(report);
            }
        }
        report.end = at;
        Some(report)
    }

    /// Notes the value of a field; the line ends at `end`.
    fn note(&mut self, whole: Window<'a>, field: Field, value: usize, end: usize) {
        let line = whole.up_to(end);
        let behind_type = || match memchr::memchr(b';', line.part(value..)) {
            Some(at) => value + at + 1,
            None => value,
        };
        match field {
            Field::FinalRecipient => self.recipient = trimmed(line, behind_type()),
            Field::OriginalRecipient if self.recipient.is_none() => {
                self.recipient = trimmed(line, behind_type());
            }
            Field::Action => {
                self.outcome = trimmed(line, value).and_then(|(action, at)| {
                    let outcomes = [
                        (&b"failed"[..], Outcome::Bounced),
                        (b"delayed", Outcome::Deferred),
                        (b"delivered", Outcome::Sent),
                        (b"relayed", Outcome::Sent),
                        (b"expanded", Outcome::Sent),
                    ];
                    let is = |word: &[u8]| action.part(..word.len()).eq_ignore_ascii_case(word);
                    let (word, outcome) = outcomes.iter().find(|(word, _)| is(word))?;
                    Some((*outcome, at.start..at.start + word.len()))
                });
            }
            Field::RemoteMta => {
                let start = trimmed(line, behind_type()).map_or(end, |(_, at)| at.start);
                self.host = host::starting(line, start);
            }
            Field::DiagnosticCode => {
                let from = behind_type();
                // They may be folded.
                let codes_at = |at: usize| {
                    let start = codes::behind_spaces(whole, at);
                    Codes::at_basic(whole, start).or_else(|| Codes::at_enhanced(whole, start))
                };
                // `X-Postfix; host mx.example.com[192.0.2.1] said: 550 5.1.1 ...`
                let behind_said = || {
                    let text = line.part(from..from + limits::BEFORE_SAID);
                    let at = from + search::find(text, b" said:")? + b" said:".len();
                    codes_at(at)
                };
                let codes = codes_at(from).or_else(behind_said);
                // The status with which a program ended is no reply code: `X-Unix; 75`.
                let kind = line.part(value..from).trim_ascii_start();
                let is_of_program = kind.starts_with(b"x-") || kind.starts_with(b"X-");
                let codes = codes.filter(|codes| !is_of_program || codes.enhanced.is_some());
                self.said = codes.map(|codes| {
                    (
                        codes.code.map(|(code, _)| code),
                        codes.enhanced.map(|(code, _)| code),
                    )
                });
            }
            Field::Status => {
                let code = trimmed(line, value).and_then(|(_, at)| codes::enhanced(line, at.start));
                self.status = code.map(|(code, _)| code);
            }
            Field::OriginalRecipient => {}
        }
    }
}

/// What follows a place, without spaces around it.
fn trimmed(line: Window<'_>, start: usize) -> Option<(&[u8], Range<usize>)> {
    let text = spaces::trim_end(line.part(start..));
    let value = spaces::trim(text);
    let end = start + text.len();
    (!value.is_empty()).then(|| (value, end - value.len()..end))
}

/// Whether a line is the field in which a report sums up what happened, and where its value begins.
pub(crate) fn status(text: Window<'_>, content: usize) -> Option<usize> {
    match field(text, content)? {
        (Field::Status, value) => Some(value),
        _ => None,
    }
}
