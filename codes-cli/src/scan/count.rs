//! Counts what is in blocks.

use std::ops::Range;

use codes_text::log::Entry;
use codes_text::{Found, Origin, find};
use memchr::{memchr, memchr_iter, memmem, memrchr};

use super::blocks::{Block, FROM, NEXT_FROM, Shape};
use super::moment::{Clock, Moment, Newest};
use super::options::Span;
use super::prefilter::may_matter;
use super::session;
use super::tally::{Cause, Said, Seen, Tally, Unlogged};
use crate::mail::{self, MailKind};

/// One of those who count.
pub(super) struct Counter {
    tally: Tally,
    clock: Clock,
    range: Span,
}

impl Counter {
    pub(super) const fn new(tally: Tally, clock: Clock, range: Span) -> Self {
        Self {
            tally,
            clock,
            range,
        }
    }

    pub(super) fn into_tally(self) -> Tally {
        self.tally
    }

    pub(super) fn count(&mut self, block: &Block) {
        let bytes = block.bytes();
        self.tally.totals.octets += bytes.len() as u64;
        match block.shape {
            Shape::Lines => self.lines(block),
            // What follows the beginning of a message is its content.
            Shape::Message if block.continues => {}
            Shape::Message => self.message(bytes),
            Shape::Mbox => self.mbox(bytes, block.continues),
        }
    }

    fn lines(&mut self, block: &Block) {
        let mut rest = block.bytes();
        // The beginning of a line that was cut was counted as one.
        let mut is_counted = block.continues;
        while !rest.is_empty() {
            let session = session::length(rest);
            let end = match session {
                0 => memchr(b'\n', rest).map_or(rest.len(), |at| at + 1),
                length => length,
            };
            let (lines, behind) = rest.split_at(end);
            if session > 0 {
                let count =
                    memchr_iter(b'\n', lines).count() + usize::from(!lines.ends_with(b"\n"));
                self.tally.totals.lines += count as u64 - u64::from(is_counted);
                self.session(lines);
            } else {
                self.tally.totals.lines += u64::from(!is_counted);
                let line = lines.strip_suffix(b"\n").unwrap_or(lines);
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                if may_matter(line) {
                    self.line(line, block.newest);
                }
            }
            is_counted = false;
            rest = behind;
        }
    }

    /// Lines of a session that follow one another.
    fn session(&mut self, lines: &[u8]) {
        if !self.is_in_range(None) {
            return;
        }
        for found in find(lines) {
            self.tally.totals.with_something += 1;
            let (line, at) = line_of(lines, found.at());
            let seen = Seen {
                time: None,
                outcome: found.outcome(),
                host: found.host(),
                line,
                at,
            };
            self.tally.add(Cause::Reply(Said::of(&found, false)), &seen);
        }
    }

    fn line(&mut self, line: &[u8], newest: Newest) {
        let entry = Entry::read(line);
        let no_reply = entry.no_reply();
        let is_internal = entry.is_internal();
        let is_unread = entry.is_unread();
        // What sums up why there was no reply, or none that can be read, is counted with that.
        let is_counted = |found: &Found<'_>| match (no_reply, is_unread) {
            (Some(_), _) => found.code().is_some(),
            (None, true) => found.origin() != Origin::Summary,
            (None, false) => true,
        };
        let mut replies = entry.replies();
        let mut next = replies.find(is_counted);
        let silent = match (&next, no_reply, is_unread) {
            (None, None, false) => entry.outcome(),
            _ => None,
        };
        if next.is_none() && no_reply.is_none() && !is_unread && silent.is_none() {
            return;
        }
        let time = entry.time().map(|time| self.clock.moment(time, newest));
        let (time, year) = (time.map(|(time, _)| time), time.and_then(|(_, year)| year));
        if !self.is_in_range(time) {
            return;
        }
        self.tally.totals.with_something += 1;
        self.tally.totals.saw(time);
        if let Some(year) = year {
            self.tally.totals.assumed(year);
        }
        while let Some(found) = next {
            let seen = Seen {
                time,
                outcome: found.outcome().or(entry.outcome()),
                host: found.host().or_else(|| entry.host()),
                line,
                at: found.at().start,
            };
            let cause = Cause::Reply(Said::of(&found, is_internal));
            self.tally.add(cause, &seen);
            next = replies.find(is_counted);
        }
        if no_reply.is_none() && silent.is_none() && !is_unread {
            return;
        }
        let seen = Seen {
            time,
            outcome: entry.outcome(),
            host: entry.host(),
            line,
            at: entry.no_reply_at().unwrap_or_else(|| reason_at(line)),
        };
        if let Some(why) = no_reply {
            self.tally.add(Cause::NoReply { why, is_internal }, &seen);
        }
        if let Some(outcome) = silent {
            let cause = Cause::Silent {
                outcome,
                is_internal,
            };
            self.tally.add(cause, &seen);
        }
        if is_unread {
            let system = entry.system();
            let cause = match entry.class() {
                Some(class) => Cause::Unlogged(Unlogged {
                    class,
                    command: entry.command(),
                    system,
                    is_internal,
                }),
                None => Cause::Unread(system),
            };
            self.tally.add(cause, &seen);
        }
    }

    fn mbox(&mut self, mut bytes: &[u8], continues: bool) {
        let next = |bytes: &[u8]| memmem::find(bytes, NEXT_FROM).map(|at| at + 1);
        if continues {
            bytes = next(bytes).map_or(&[], |at| &bytes[at..]);
        }
        while bytes.starts_with(FROM) {
            let end = next(bytes).unwrap_or(bytes.len());
            let (message, rest) = bytes.split_at(end);
            let begin = memchr(b'\n', message).map_or(message.len(), |at| at + 1);
            self.message(&message[begin..]);
            bytes = rest;
        }
    }

    fn message(&mut self, message: &[u8]) {
        self.tally.totals.messages += 1;
        let Some(mail) = mail::read(message) else {
            self.tally.totals.no_bounces += 1;
            return;
        };
        if mail.kind == MailKind::Other {
            self.tally.totals.no_bounces += 1;
            return;
        }
        let time = mail
            .timestamp
            .and_then(|time| self.clock.of_timestamp(time));
        if !self.is_in_range(time) {
            return;
        }
        self.tally.totals.with_something += 1;
        self.tally.totals.saw(time);
        let replies = mail.replies();
        for told in &replies {
            let outcome = told.both().find_map(|told| told.reply.outcome());
            let host = told.both().find_map(|told| told.reply.host());
            let said = Said {
                enhanced: told.combination().enhanced,
                command: told.command(),
                ..Said::of(&told.reply, false)
            };
            for (found, said) in std::iter::once((&told.reply, said))
                .chain(told.also.iter().map(|also| (also, Said::of(also, false))))
            {
                let (line, at) = line_of(told.text, found.at());
                let seen = Seen {
                    time,
                    outcome,
                    host,
                    line,
                    at,
                };
                self.tally.add(Cause::Reply(said), &seen);
            }
        }
        if replies.is_empty() {
            let seen = Seen {
                time,
                outcome: None,
                host: None,
                line: mail.parts.first().map_or(&[], |part| &part.text),
                at: 0,
            };
            self.tally.add(Cause::Unread(None), &seen);
        }
    }

    /// Whether something of this time is looked at; where it has none, that is noted.
    fn is_in_range(&mut self, time: Option<Moment>) -> bool {
        if self.range.is_everything() {
            return true;
        }
        self.tally.totals.without_time += u64::from(time.is_none());
        time.is_some_and(|time| self.range.contains(time))
    }
}

/// Where a line begins to tell why a delivery failed, by what the mail systems write there.
fn reason_at(line: &[u8]) -> usize {
    const BEGINNINGS: [&[u8]; 7] = [
        b"status=",
        b" defer (",
        b"deferral: ",
        b"failure: ",
        b" stat=",
        b" result=",
        b"rejected ",
    ];
    let mut found = BEGINNINGS.iter().filter_map(|it| memmem::find(line, it));
    found.next().unwrap_or_default()
}

/// The lines that a place is on, and where in them it begins; of long ones no more than a sample can
/// have.
fn line_of(text: &[u8], at: Range<usize>) -> (&[u8], usize) {
    const AROUND: usize = 1024;
    let floor = at.start.saturating_sub(AROUND);
    let start = memrchr(b'\n', &text[floor..at.start]).map_or(floor, |feed| floor + feed + 1);
    let limit = text.len().min(at.end + AROUND);
    let end = memchr(b'\n', &text[at.end..limit]).map_or(limit, |feed| at.end + feed);
    (text[start..end].trim_ascii_end(), at.start - start)
}
