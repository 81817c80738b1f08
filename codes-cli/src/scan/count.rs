//! Counts what is in blocks.

use std::ops::Range;
use std::sync::Arc;

use codes_text::log::Entry;
use codes_text::{Found, Origin, Replies, find};
use memchr::{memchr, memchr_iter, memmem, memrchr};

use super::blocks::{Block, Shape};
use super::moment::{Clock, Moment, Newest};
use super::options::Span;
use super::prefilter::may_matter;
use super::session;
use super::tally::{Cause, Failed, Said, Seen, Tally, Unlogged};
use crate::fault::{inject, kept};
use crate::limit;
use crate::mail::{self, MailKind, mbox};

/// One of those who count.
pub(super) struct Counter {
    tally: Tally,
    clock: Clock,
    range: Span,
    /// What of the block is being read: a line, the lines of a session, or a message.
    now: Range<usize>,
}

impl Counter {
    pub(super) const fn new(tally: Tally, clock: Clock, range: Span) -> Self {
        Self {
            tally,
            clock,
            range,
            now: 0..0,
        }
    }

    pub(super) fn into_tally(self) -> Tally {
        self.tally
    }

    /// Counts what is in a block. What this program fails to read is counted as that, and what follows it
    /// is read.
    pub(super) fn count(&mut self, block: &Block) {
        self.tally.totals.octets += block.bytes().len() as u64;
        self.now = 0..0;
        while let Err(fault) = kept(|| self.rest(block)) {
            let bytes = block.bytes();
            let read = bytes.get(..self.now.start).unwrap_or_default();
            let unread = bytes.get(self.now.clone()).unwrap_or_default();
            let failed = Failed {
                input: Arc::clone(&block.input),
                line: block.first_line + memchr_iter(b'\n', read).count() as u64,
                fault,
            };
            let seen = Seen {
                time: None,
                outcome: None,
                host: None,
                line: unread.trim_ascii_end(),
                at: 0,
            };
            self.tally.fail(failed, &seen);
        }
    }

    /// Counts what stands behind that which was read last.
    fn rest(&mut self, block: &Block) {
        match block.shape {
            Shape::Lines => self.lines(block),
            // What follows the beginning of a message is its content.
            Shape::Message if block.continues => {}
            Shape::Message => {
                if let Some(message) = self.next(block, |rest| rest.len()) {
                    self.message(message);
                }
            }
            Shape::Mbox => self.mbox(block),
        }
    }

    /// What is read next, of a length that tells how much of the rest of the block it is.
    fn next<'a>(
        &mut self,
        block: &'a Block,
        length: impl FnOnce(&[u8]) -> usize,
    ) -> Option<&'a [u8]> {
        let start = self.now.end;
        let rest = block.bytes().get(start..).unwrap_or_default();
        if rest.is_empty() {
            return None;
        }
        // If its length cannot be told, it is all the rest.
        self.now = start..start + rest.len();
        self.now.end = start + length(rest).clamp(1, rest.len());
        rest.get(..self.now.len())
    }

    fn lines(&mut self, block: &Block) {
        loop {
            let mut session = 0;
            let lines = self.next(block, |rest| {
                session = session::length(rest);
                if session == 0 {
                    return memchr(b'\n', rest).map_or(rest.len(), |at| at + 1);
                }
                session = session::with_broken_lines(rest, session);
                session
            });
            let Some(lines) = lines else { return };
            let count = match session {
                0 => 1,
                _ => memchr_iter(b'\n', lines).count() + usize::from(!lines.ends_with(b"\n")),
            };
            // The beginning of a line that was cut was counted as one.
            let is_counted = block.continues && self.now.start == 0;
            self.tally.totals.lines += count as u64 - u64::from(is_counted);
            inject(lines);
            if session > 0 {
                self.session(lines);
            } else {
                let line = lines.strip_suffix(b"\n").unwrap_or(lines);
                let line = line.strip_suffix(b"\r").unwrap_or(line);
                if may_matter(line) {
                    self.line(line, block.newest);
                }
            }
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
        let mut replies = without_summaries(entry.replies());
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
        // A program that failed may have printed what a server said: that is why.
        let is_told = next.is_some();
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
        if !is_unread && silent.is_none() && (no_reply.is_none() || is_told) {
            return;
        }
        let seen = Seen {
            time,
            outcome: entry.outcome(),
            host: entry.host(),
            line,
            at: entry.no_reply_at().unwrap_or_else(|| reason_at(line)),
        };
        if let Some(why) = no_reply.filter(|_| !is_told) {
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

    fn mbox(&mut self, block: &Block) {
        let length = |rest: &[u8]| mbox::next(rest).unwrap_or(rest.len());
        while let Some(message) = self.next(block, length) {
            // The rest of one that was cut stands before the first one.
            let is_rest = block.continues && self.now.start == 0;
            if !is_rest {
                self.message(message);
            }
        }
    }

    fn message(&mut self, message: &[u8]) {
        self.tally.totals.messages += 1;
        inject(message);
        let mail = mail::read(message);
        if mail.kind == MailKind::Other {
            self.tally.totals.no_bounces += 1;
            return;
        }
        self.tally.totals.whole += u64::from(mail.kind == MailKind::Whole);
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

/// The replies of a line, without the fields that say more about the one behind them: they make no row of
/// their own.
fn without_summaries<'a>(replies: Replies<'a>) -> impl Iterator<Item = Found<'a>> {
    let mut replies = replies.peekable();
    std::iter::from_fn(move || {
        let found = replies.next()?;
        let is_of_next = found.code().is_none()
            && !found.disagrees()
            && replies
                .peek()
                .is_some_and(|next| next.summary() == found.enhanced());
        match is_of_next {
            true => replies.next(),
            false => Some(found),
        }
    })
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
    const AROUND: usize = limit(1024, 48);
    let floor = at.start.saturating_sub(AROUND);
    let start = memrchr(b'\n', &text[floor..at.start]).map_or(floor, |feed| floor + feed + 1);
    let limit = text.len().min(at.end + AROUND);
    let end = memchr(b'\n', &text[at.end..limit]).map_or(limit, |feed| at.end + feed);
    (text[start..end].trim_ascii_end(), at.start - start)
}
