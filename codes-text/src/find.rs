//! The search.

use core::ops::Range;

use codes_core::{Class, Command, Deviation, Deviations, EnhancedClass, EnhancedCode};

use crate::accept;
use crate::codes::Codes;
use crate::extent::Extent;
use crate::fields::{self, Fields, Known};
use crate::found::{Direction, Found, Origin, Outcome};
use crate::lead::{self, Lead};
use crate::limits::{self, Reach};
use crate::line::{self, Line, Voice};
use crate::marks::{Mark, Marks};
use crate::report::Report;
use crate::said::{Said, Summary};
use crate::told::Told;
use crate::window::Window;
use crate::{command, pairs, report, spaces, strangers};

/// The replies in a text, in the order in which they stand there; made by [`find`].
#[derive(Debug, Clone)]
pub struct Replies<'a> {
    text: Window<'a>,
    marks: Marks<'a>,
    /// Where the search goes on.
    at: usize,
    /// Whether the first line was begun; with the first search, as it is moved until then.
    is_begun: bool,
    /// The octets around replies that were looked at.
    looked_at: usize,
    line: Line,
    /// Whether the last line that was not empty ended with a colon.
    announces: bool,
    told: Told<'a>,
    report: Option<Report<'a>>,
    /// A field that sums up what happened and waits for the reply in its line.
    summary: Option<Summary>,
    /// The last reply of a line that began before it.
    said: Said<'a>,
    /// The last reply, where something that belongs to it follows.
    last: Option<Found<'a>>,
    /// Where another reply stands that is told within the words of the last one.
    within: usize,
    /// Another enhanced code at the end of the last one.
    second: Option<(EnhancedCode, Range<usize>)>,
    /// What is given out next.
    ready: Option<Found<'a>>,
}

/// Finds the replies in a text: a line, a bounce, or a whole file.
///
/// A number counts as a reply code where a reply begins: where something announces one (`said:`,
/// `reject:`, `smtp;`, `stat=`, a mark such as `<<< `), where a line begins, behind words such as
/// `error`, and elsewhere only with an enhanced code of its class behind it. An enhanced code alone
/// counts in the same places, and as `#5.1.1`.
///
/// - One [`Found`] is one reply, whatever its lines: several lines, or lines that were joined to one.
/// - A field that sums up what happened (`dsn=`, `Status:`) is given where it says more than the reply
///   that it belongs to, or something else; `x.0.0` beside a reply of the same class says nothing.
/// - Where two codes of one reply differ, each is given, and one of them says that it
///   [disagrees](Found::disagrees). The 4 that Postfix puts for the class 5 in `dsn=4.7.8` where it
///   keeps a mail in spite of `535 5.7.8` is no other code: that the mail is kept is the
///   [outcome](Found::outcome).
/// - What is known from other lines is added: the command that a client sent before, the recipient
///   and the host of a report about a delivery.
///
/// The time grows with the length of the text, whatever is in it. For that, no more is read than 600
/// octets before a code, 2,048 from the beginning of its line and 1,024 behind the reply for fields of
/// a log, 16,384 octets or 256 lines of words, and 16,384 octets or 64 lines of the fields about one
/// recipient of a report; of pipelined commands eight wait for their replies. In a text that is crammed
/// with replies beyond anything that servers write, 256 octets of words and of the line, and 64 behind
/// the reply.
///
/// ```
/// use codes_text::{Origin, find};
///
/// let report = b"Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.1.1\n\
///     Remote-MTA: dns; mx.example.com\nDiagnostic-Code: smtp; 550 User unknown\n";
/// let mut replies = find(report);
/// let status = replies.next().expect("a status that says more than the reply");
/// assert_eq!(status.origin(), Origin::Summary);
/// let reply = replies.next().expect("the reply");
/// assert_eq!(reply.code().map(|code| code.get()), Some(550));
/// assert_eq!(reply.recipient(), Some(&b"user@example.com"[..]));
/// assert_eq!(reply.host().and_then(|host| host.name()), Some(&b"mx.example.com"[..]));
///
/// assert!(find(b"250 messages, 550 MB on [192.0.2.1]:587 since 2025-05-01").next().is_none());
/// ```
#[must_use]
pub fn find(input: &[u8]) -> Replies<'_> {
    Replies {
        text: Window::new(input),
        marks: Marks::new(input, 0),
        at: 0,
        is_begun: false,
        looked_at: 0,
        line: Line {
            start: 0,
            content: 0,
            voice: None,
            block: 0,
        },
        announces: false,
        told: Told::default(),
        report: None,
        summary: None,
        said: Said::default(),
        last: None,
        within: 0,
        second: None,
        ready: None,
    }
}

impl<'a> Replies<'a> {
    /// Notes what the beginning of a line tells.
    fn begin_line(&mut self, start: usize) {
        let text = self.text;
        let before = match text.part(..start) {
            [before @ .., b'\r', b'\n'] | [before @ .., b'\n'] => before,
            before => before,
        };
        let first = text.byte(start);
        match before.last() {
            Some(b'\n') | None => {}
            Some(&byte) => self.announces = byte == b':',
        }
        let is_empty = matches!(first, None | Some(b'\r' | b'\n'));
        let is_indented = matches!(first, Some(b' ' | b'\t' | b'>' | b'|'));
        let belongs = self.announces || (is_indented && !is_empty);
        if !belongs || start - self.line.block > limits::BLOCK {
            self.line.block = start;
        }
        let (content, voice) = line::content(text, start);
        self.line.start = start;
        self.line.content = content;
        self.line.voice = voice;
        if is_empty {
            self.report = None;
            return;
        }
        if matches!(voice, None | Some(Voice::Client | Voice::Quoted)) {
            self.told.note(text, content, voice);
            if self
                .report
                .as_ref()
                .is_none_or(|report| start >= report.end)
            {
                self.report = Report::read(text, content);
            }
        }
    }

    /// The reply at a mark, if there is one.
    fn examine(&mut self, mark: Mark) -> Option<Found<'a>> {
        let text = self.text;
        let (Mark::Feed(at) | Mark::Basic(at) | Mark::Enhanced(at)) = mark;
        let in_line = text.above(self.line.content);
        if in_line.byte_before(at).is_some_and(lead::is_within_word)
            || self.line.voice == Some(Voice::Client)
            || matches!(mark, Mark::Basic(_)) && accept::is_part(text, self.line.content, at)
        {
            return None;
        }
        let mut codes = match mark {
            Mark::Basic(at) => Codes::at_basic(text, at)?,
            Mark::Enhanced(at) => Codes::at_enhanced(text, at)?,
            Mark::Feed(_) => return None,
        };
        let mut lead = lead::before(text, &self.line, at)?;
        if codes.code.is_none()
            && let Some(value) = report::status(text, self.line.content)
            && spaces::trim(text.part(value..at)).is_empty()
        {
            lead.origin = Origin::Summary;
            lead.strength = lead::Strength::Strong;
            lead.direction = None;
        }
        // `"status":"5.1.1"`
        let is_whole = codes.code.is_none()
            && text.byte(codes.end()) == Some(b'"')
            && text.byte_before(at) == Some(b'"');
        if is_whole && !lead.begins {
            lead.origin = Origin::Summary;
            lead.direction = None;
        }
        codes.read_next_line(text);
        if !accept::is_reply(text, &codes, &lead)
            || codes.enhanced.is_none() && lead::is_expected(text.part(codes.end()..))
        {
            return None;
        }
        // Behind the addresses stands only what a filter said about a header.
        if !lead.begins && !lead.is_of_header && strangers::wrote(text, self.line.start, at) {
            return None;
        }
        // In lines about the mail itself, what we said to the client is all that was said.
        if !lead.begins
            && lead.direction != Some(Direction::Given)
            && line::is_of_mail(text, self.line.start, at)
        {
            return None;
        }
        if lead.origin == Origin::Summary {
            return self.sum_up(codes, lead.begins);
        }
        self.found(codes, lead)
    }

    /// A reply with all that the text tells about it; none where the same is told again and better.
    fn found(&mut self, codes: Codes, lead: Lead<'a>) -> Option<Found<'a>> {
        let whole = self.text;
        let reach = Reach::of(self.looked_at, codes.words);
        let pairs = match &codes.code {
            Some((code, at)) if lead.is_value && codes.enhanced.is_none() => {
                pairs::behind(whole, *code, at.end)
            }
            _ => None,
        };
        let mut codes = codes;
        let extent = match pairs {
            Some(pairs) => {
                codes.enhanced = pairs.enhanced;
                codes.words = pairs.words.start;
                Extent::up_to(pairs.words.end, pairs.next.max(codes.end()))
            }
            None => Extent::of(&self.marks, &self.line, &lead, &codes, reach.words),
        };
        self.looked_at += extent.looked_at;
        if extent.is_told_again {
            return None;
        }
        self.at = extent.next;
        let mut deviations = codes.deviations;
        for deviation in extent.deviations.iter() {
            deviations.insert(deviation);
        }
        let mut disagreeing = None;
        if let Some((code, at)) = extent.second.clone() {
            let basic = codes.code.as_ref().map(|(basic, _)| *basic);
            match &codes.enhanced {
                None if basic.is_none_or(|basic| code.agrees_with(basic)) => {
                    deviations.insert(Deviation::EnhancedForm);
                    codes.enhanced = Some((code, at));
                }
                _ => disagreeing = Some((code, at)),
            }
        }
        let start = codes.start();
        let words = codes.words.min(extent.end);
        if extent.later.is_some() {
            deviations.insert(Deviation::EnhancedForm);
            codes.code = extent.later;
        }
        let text = whole.part(words..extent.end);
        if !spaces::are_all_beside_ascii(text) {
            deviations.insert(Deviation::NotAscii);
        }
        // Without an early end the compiler looks at many octets at a time.
        let is_control = |byte: &u8| byte.is_ascii_control() & !byte.is_ascii_whitespace();
        if text.iter().fold(false, |any, byte| any | is_control(byte)) {
            deviations.insert(Deviation::Control);
        }
        let class = codes.code.as_ref().map(|(code, _)| code.class());
        let has_underscores = whole.byte(codes.end()) == Some(b'_');
        let mut found = Found {
            at: start..extent.end.max(codes.end()),
            first: codes.code.as_ref().map(|(code, _)| *code),
            code: extent.worst.clone().or(codes.code),
            last: extent.last,
            enhanced: codes.enhanced,
            summary: None,
            text,
            command: lead.command,
            host: lead.host,
            direction: lead.direction,
            origin: lead.origin,
            outcome: lead.outcome,
            recipient: None,
            lmtp: lead.lmtp,
            disagrees: false,
            has_lines: extent.has_lines,
            prefix: match extent.is_prefixed {
                true => whole.part(self.line.start..start),
                false => &[],
            },
            has_underscores,
            deviations,
        };
        if let Some(behind) = extent.in_reply_to {
            let named = command::starting(whole.up_to(behind + limits::IN_REPLY_TO), behind);
            found.command = named.or(found.command);
            if let Some((_, at)) = &found.command {
                self.at = self.at.max(at.end);
            }
        }
        let line = (!lead.begins).then_some(self.line.start);
        if let Some(line) = line {
            let may_be_again = lead.is_value || whole.part(..start).ends_with(b"stat=Deferred: ");
            if may_be_again
                && self.said.is(&found)
                && self.said.is_beside(whole, line, found.at.start)
            {
                return None;
            }
            self.said = Said {
                line: Some(line),
                end: found.at.end,
                code: found.code(),
                enhanced: found.enhanced(),
                text,
            };
        }
        self.tell(&mut found, line, class, extent.next);
        self.tell_of_last(&mut found);
        if extent.cut.is_some() || disagreeing.is_some() {
            self.last = Some(found.clone());
            // Behind what Postfix adds, a server's own words may look like another reply.
            self.within = match (extent.in_reply_to, extent.cut) {
                (Some(_), Some(cut)) => cut,
                _ => extent.next,
            };
            self.second = disagreeing;
        }
        Some(found)
    }

    /// Adds what the line tells that began before it, if one did, the report and the transcript.
    fn tell(
        &mut self,
        found: &mut Found<'a>,
        line: Option<usize>,
        class: Option<Class>,
        from: usize,
    ) {
        let whole = self.text;
        if let Some(start) = line {
            let reach = Reach::of(self.looked_at, from);
            let end = whole.up_to(from + reach.tail).line_end(from);
            let head = found.at.start.min(start + reach.head);
            self.looked_at += head - start + end - from;
            let fields = Fields::around(
                whole,
                start..head,
                from..end,
                class,
                Known {
                    host: found.host.is_some(),
                    outcome: found.outcome.is_some(),
                },
            );
            found.recipient = fields.recipient;
            found.outcome = found.outcome.take().or(fields.outcome);
            found.command = found.command.take().or(fields.command);
            found.host = found.host.take().or(fields.host);
            found.lmtp |= fields.lmtp;
            found.direction = found.direction.or(match found.outcome() {
                Some(Outcome::Rejected) => Some(Direction::Given),
                Some(_) => Some(Direction::Received),
                None => fields.direction,
            });
            if class.is_none() && fields::is_own_of_qmail(whole, start, found.at.start) {
                found.origin = Origin::Summary;
                found.direction = None;
            }
        } else {
            self.tell_of_transcript(found);
        }
        if found.recipient.is_none() {
            found.recipient = line::recipient(whole.up_to(found.at.start), self.line.block);
        }
        if let Some(report) = &self.report {
            found.recipient = found.recipient.take().or(report.recipient.clone());
            found.outcome = found.outcome.take().or(report.outcome.clone());
            found.host = found.host.take().or(report.host.clone());
            if let Some((status, code)) = report.status.zip(found.code())
                && accept::adds(status, Some(code), found.enhanced()) == Some(false)
            {
                found.summary = Some(status);
            }
        }
    }

    /// What is told about the reply within whose words this one stands.
    fn tell_of_last(&mut self, found: &mut Found<'a>) {
        let Some(last) = self.last.take() else { return };
        if self.within != found.at.start {
            return;
        }
        found.disagrees = true;
        found.direction = found.direction.or(last.direction);
        found.command = found.command.take().or(last.command);
        found.host = found.host.take().or(last.host);
        found.recipient = found.recipient.take().or(last.recipient);
        found.outcome = found.outcome.take().or(last.outcome);
    }

    /// The enhanced code at the end of the last reply that says something else.
    fn second(&mut self) -> Option<Found<'a>> {
        let second = self.second.take()?;
        let last = self.last.take()?;
        Some(Found {
            at: second.1.clone(),
            code: None,
            first: None,
            last: None,
            text: &[],
            enhanced: Some(second),
            summary: None,
            disagrees: true,
            has_lines: false,
            deviations: [Deviation::EnhancedForm].into_iter().collect(),
            ..last
        })
    }

    /// What the lines of a client before it tell.
    fn tell_of_transcript(&mut self, found: &mut Found<'a>) {
        let Some(code) = found.code() else { return };
        if found.command.is_none() {
            let is_greeting = self.told.is_new() && Command::CONNECT.answers().contains(&code);
            let answered = self.told.answered(code);
            found.command = match is_greeting {
                true => Some((Command::CONNECT, found.at.start..found.at.start + 3)),
                false => answered,
            };
        }
        if found.host.is_none() && found.direction == Some(Direction::Received) {
            found.host = self.told.host.clone();
        }
    }

    /// A field that sums up what happened; one in a line of a log waits for the reply there.
    fn sum_up(&mut self, codes: Codes, begins: bool) -> Option<Found<'a>> {
        let (code, at) = codes.enhanced?;
        let summary = Summary {
            code,
            at,
            line: self.line.start,
            begins,
        };
        let said = self.report.as_ref().and_then(|report| report.said);
        let is_again = self.said.enhanced == Some(code)
            && self
                .said
                .is_beside(self.text, summary.line, summary.at.start);
        match said {
            Some((basic, enhanced)) => {
                let disagrees = accept::adds(code, basic, enhanced)?;
                Some(self.summary(summary, disagrees))
            }
            None if begins => Some(self.summary(summary, false)),
            None if is_again => None,
            None => {
                let before = self.summary.replace(summary)?;
                Some(self.summary(before, false))
            }
        }
    }

    fn summary(&mut self, summary: Summary, disagrees: bool) -> Found<'a> {
        let Summary {
            code,
            at,
            line,
            begins,
        } = summary;
        let from = at.end;
        let mut found = Found {
            at: at.clone(),
            code: None,
            first: None,
            last: None,
            enhanced: Some((code, at)),
            summary: None,
            text: &[],
            command: None,
            host: None,
            direction: None,
            origin: Origin::Summary,
            outcome: None,
            recipient: None,
            lmtp: false,
            disagrees,
            has_lines: false,
            prefix: &[],
            has_underscores: false,
            deviations: Deviations::default(),
        };
        let class = match code.class() {
            EnhancedClass::Permanent => Some(Class::PermanentNegative),
            _ => None,
        };
        self.tell(&mut found, (!begins).then_some(line), class, from);
        // Nobody said it.
        found.direction = None;
        found
    }

    /// Puts what sums up what happened behind another such field that stands before it.
    fn in_order(&mut self, found: Found<'a>) -> Found<'a> {
        let start = found.at.start;
        match self.summary.take_if(|summary| summary.at.start < start) {
            Some(summary) => {
                self.ready = Some(found);
                self.summary(summary, false)
            }
            None => found,
        }
    }

    /// Puts a reply behind the field in its line that sums it up, if that says anything.
    fn with_summary(&mut self, found: Found<'a>) -> Found<'a> {
        let Some(summary) = self.summary.take() else {
            return found;
        };
        if found.outcome() == Some(Outcome::Deferred)
            && accept::is_kept(summary.code, found.first, found.enhanced())
        {
            return found;
        }
        match accept::adds(summary.code, found.first, found.enhanced()) {
            Some(disagrees) => {
                let summed_up = (!disagrees).then_some(summary.code);
                self.ready = Some(Found {
                    summary: summed_up,
                    ..found
                });
                self.summary(summary, disagrees)
            }
            None => found,
        }
    }
}

impl<'a> Iterator for Replies<'a> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        if !core::mem::replace(&mut self.is_begun, true) {
            self.begin_line(0);
        }
        if self.ready.is_some() {
            return self.ready.take();
        }
        if let Some(found) = self.second() {
            return Some(found);
        }
        loop {
            let Some(mark) = self.marks.next() else {
                let summary = self.summary.take()?;
                return Some(self.summary(summary, false));
            };
            match mark {
                Mark::Feed(at) if at < self.at => {}
                Mark::Feed(at) => {
                    // A line that ends with a comma was broken.
                    let end = self.text.part(at.saturating_sub(4)..at);
                    let goes_on = end.trim_ascii_end().ends_with(b",");
                    let summary = self.summary.take_if(|_| !goes_on);
                    let summary = summary.map(|summary| self.summary(summary, false));
                    self.begin_line(at + 1);
                    if summary.is_some() {
                        return summary;
                    }
                }
                Mark::Basic(at) | Mark::Enhanced(at) if at < self.at => {}
                mark => {
                    if let Some(found) = self.examine(mark) {
                        self.marks.skip_to(self.at);
                        return Some(match found.origin() {
                            Origin::Summary => self.in_order(found),
                            _ => self.with_summary(found),
                        });
                    }
                }
            }
        }
    }
}

impl core::iter::FusedIterator for Replies<'_> {}
