//! Counts what is in blocks.

use codes_text::log::Entry;
use codes_text::{Origin, find};
use memchr::{memchr, memmem, memrchr};

use super::blocks::{Block, FROM, NEXT_FROM, Shape};
use super::moment::{Clock, Newest};
use super::options::Range;
use super::prefilter::may_matter;
use super::tally::{Cause, Said, Seen, Tally};

/// One of those who count.
pub(super) struct Counter {
    tally: Tally,
    clock: Clock,
    range: Range,
}

impl Counter {
    pub(super) fn new(clock: Clock, range: Range) -> Self {
        Self {
            tally: Tally::default(),
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
            let end = memchr(b'\n', rest).unwrap_or(rest.len());
            let line = &rest[..end];
            rest = rest.get(end + 1..).unwrap_or_default();
            self.tally.totals.lines += u64::from(!is_counted);
            is_counted = false;
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if may_matter(line) {
                self.line(line, block.newest);
            }
        }
    }

    fn line(&mut self, line: &[u8], newest: Newest) {
        let entry = Entry::read(line);
        let no_reply = entry.no_reply();
        let is_internal = entry.is_internal();
        // A field that sums up why there was no reply is counted with that.
        let replies = entry.replies();
        let mut replies =
            replies.filter(|found| no_reply.is_none() || found.origin() != Origin::Summary);
        let mut next = replies.next();
        let is_unread = next.is_none() && entry.is_unread();
        if next.is_none() && no_reply.is_none() && !is_unread {
            return;
        }
        let time = entry.time().map(|time| self.clock.moment(time, newest));
        let (time, year) = (time.map(|(time, _)| time), time.and_then(|(_, year)| year));
        if !self.range.is_everything() {
            match time {
                Some(time) if !self.range.contains(time) => return,
                Some(_) => {}
                None => {
                    self.tally.totals.without_time += 1;
                    return;
                }
            }
        }
        self.tally.totals.with_something += 1;
        self.tally.totals.saw(time);
        if let Some(year) = year {
            self.tally.totals.assumed(year);
        }
        let mut seen = Seen {
            time,
            outcome: entry.outcome(),
            host: entry.host(),
            line,
            at: 0,
        };
        while let Some(found) = next {
            seen.at = found.at().start;
            let seen = Seen {
                outcome: found.outcome().or(seen.outcome),
                host: found.host().or(seen.host),
                ..seen
            };
            let cause = Cause::Reply(Said::of(&found, is_internal));
            self.tally.add(cause, &seen);
            next = replies.next();
        }
        seen.at = 0;
        if let Some(why) = no_reply {
            self.tally.add(Cause::NoReply { why, is_internal }, &seen);
        }
        if is_unread {
            self.tally.add(Cause::Unread(entry.system()), &seen);
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
        let mut is_empty = true;
        for found in find(message) {
            is_empty = false;
            let at = found.at();
            let start = memrchr(b'\n', &message[..at.start]).map_or(0, |at| at + 1);
            let end = memchr(b'\n', &message[at.end..]).map_or(message.len(), |end| at.end + end);
            let seen = Seen {
                time: None,
                outcome: found.outcome(),
                host: found.host(),
                line: &message[start..end],
                at: at.start - start,
            };
            self.tally.add(Cause::Reply(Said::of(&found, false)), &seen);
        }
        if !is_empty {
            self.tally.totals.with_something += 1;
        }
    }
}
