//! An input cut into blocks of whole lines or whole messages.

use std::io::{self, ErrorKind, Read};
use std::sync::Arc;

use super::moment::Newest;
use super::session;
use crate::limit;
use crate::mail::{self, mbox};

/// Octets of a block, if its lines are not longer.
pub(super) const BLOCK: usize = limit(1024 * 1024, 128);
/// The longest line that is kept in one piece: an event with a whole message in it.
const LONGEST_LINE: usize = limit(4 * 1024 * 1024, 256);
/// The longest message, as long as `explain` reads one: a report about 10,000 recipients has 5 MB.
const LONGEST_MESSAGE: usize = limit(16 * 1024 * 1024, 512);
/// How far back from there a place to cut a line is looked for.
const BACK: usize = limit(1024, 32);

/// What an input is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Lines,
    /// One message and nothing else.
    Message,
    Mbox,
}

/// An input, to tell where something was.
#[derive(Debug)]
pub(super) struct InputName {
    /// Its place among all.
    pub(super) number: u64,
    /// As it can be shown.
    pub(super) name: String,
}

/// Whole lines or messages that follow one another.
#[derive(Debug)]
pub(super) struct Block {
    octets: Vec<u8>,
    length: usize,
    pub(super) shape: Shape,
    pub(super) newest: Newest,
    /// Whether it goes on with a line, or message, of which the beginning was in the block before.
    pub(super) continues: bool,
    pub(super) input: Arc<InputName>,
    /// The number of its first line there, from 1.
    pub(super) first_line: u64,
}

impl Block {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.octets[..self.length]
    }

    /// The room that it took, to be used again.
    pub(super) fn into_buffer(self) -> Vec<u8> {
        self.octets
    }
}

/// How the reading of an input ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    AllRead,
    /// Nobody takes it any more, or there was an interrupt.
    NotWanted,
    /// It is nothing to read.
    PassedOver,
}

/// What was too long for the memory.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Cuts {
    /// Lines that were searched in several pieces.
    pub(super) lines: u64,
    /// Messages of which only the beginning was searched.
    pub(super) messages: u64,
}

/// Who takes the blocks.
pub(super) trait Taker {
    /// A buffer to fill, at least [`BLOCK`] octets of it.
    fn buffer(&mut self) -> Vec<u8>;
    /// `false` where no more is wanted.
    fn take(&mut self, block: Block) -> bool;
    /// Whether a block that is not full is welcome, as there is nothing else to do.
    fn is_idle(&self) -> bool;
    /// Whether the reading is to end, with what is whole.
    fn is_interrupted(&self) -> bool;
    /// Called for each piece that was read.
    fn progress(&mut self);
}

/// An input that comes in pieces.
pub(super) trait Pieces: Read {
    /// Whether a read does not wait for others to write.
    fn is_ready(&mut self) -> bool {
        true
    }

    /// Whether it ends by itself after an interrupt, when all is read that came before.
    fn ends_itself(&self) -> bool {
        false
    }
}

/// Cuts one input.
pub(super) struct Cutter<'a, T> {
    taker: &'a mut T,
    newest: Newest,
    name: Arc<InputName>,
    next_line: u64,
    shape: Option<Shape>,
    buffer: Vec<u8>,
    filled: usize,
    /// How much of it is known to have no place to cut.
    searched: usize,
    /// Whether the beginning of the line, or message, is gone already.
    continues: bool,
    pub(super) cuts: Cuts,
}

impl<'a, T: Taker> Cutter<'a, T> {
    pub(super) fn new(taker: &'a mut T, newest: Newest, name: InputName) -> Self {
        let buffer = taker.buffer();
        Self {
            taker,
            newest,
            name: Arc::new(name),
            next_line: 1,
            shape: None,
            buffer,
            filled: 0,
            searched: 0,
            continues: false,
            cuts: Cuts::default(),
        }
    }

    /// Hands over all that can be read, also where an error ends it. What the input is made of is
    /// judged by its beginning; nothing is `None`.
    pub(super) fn run(
        &mut self,
        input: &mut impl Pieces,
        shape: impl Fn(&[u8]) -> Option<Shape>,
    ) -> io::Result<End> {
        loop {
            // While it is waited for more, what is whole does not wait.
            if !input.is_ready() && !self.hand_over_lines(&shape) {
                return Ok(End::NotWanted);
            }
            let room = &mut self.buffer[self.filled..];
            let result = match input.read(room) {
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                other => other,
            };
            let count = *result.as_ref().unwrap_or(&0);
            self.filled += count;
            self.taker.progress();
            let is_over = count == 0 || !input.ends_itself();
            if is_over && result.is_ok() && self.taker.is_interrupted() {
                self.stop(shape);
                return Ok(End::NotWanted);
            }
            let is_full = self.filled == self.buffer.len();
            if self.shape.is_none() && (is_full || count == 0 || self.may_cut_early()) {
                self.shape = shape(&self.buffer[..self.filled]);
                if self.shape.is_none() {
                    return result.map(|_| End::PassedOver);
                }
            }
            if count == 0 {
                return match (self.hand_over(self.filled), result) {
                    (true, result) => result.map(|_| End::AllRead),
                    (false, _) => Ok(End::NotWanted),
                };
            }
            if (is_full || self.may_cut_early()) && !self.cut(is_full) {
                return Ok(End::NotWanted);
            }
        }
    }

    /// Hands over whole lines, or messages of an mbox, if there are any.
    fn hand_over_lines(&mut self, shape: impl Fn(&[u8]) -> Option<Shape>) -> bool {
        let bytes = &self.buffer[..self.filled];
        let is_known = || memchr::memchr(b'\n', bytes).is_some() && !mail::is_begun_header(bytes);
        if self.shape.is_none() && is_known() {
            self.shape = shape(bytes);
        }
        match self.shape {
            Some(Shape::Lines | Shape::Mbox) => self.cut(false),
            Some(Shape::Message) | None => true,
        }
    }

    /// Hands over what is whole of that which will not be finished.
    fn stop(&mut self, shape: impl Fn(&[u8]) -> Option<Shape>) {
        if self.shape.is_none() {
            self.shape = shape(&self.buffer[..self.filled]);
        }
        let end = match self.shape {
            Some(Shape::Lines) | None => memchr::memrchr(b'\n', &self.buffer[..self.filled]),
            // As far as it came.
            Some(_) => self.filled.checked_sub(1),
        };
        self.hand_over(end.map_or(0, |at| at + 1));
    }

    fn may_cut_early(&self) -> bool {
        let new = &self.buffer[self.searched..self.filled];
        self.shape != Some(Shape::Message)
            && self.taker.is_idle()
            && memchr::memchr(b'\n', new).is_some()
            && (self.shape.is_some() || !mail::is_begun_header(&self.buffer[..self.filled]))
    }

    /// Hands over what is whole; `false` where no more is wanted.
    fn cut(&mut self, is_full: bool) -> bool {
        if let Some(end) = self.last_boundary() {
            return self.hand_over(end);
        }
        if !is_full {
            return true;
        }
        let longest = match self.shape {
            Some(Shape::Lines) | None => LONGEST_LINE,
            Some(_) => LONGEST_MESSAGE,
        };
        if self.buffer.len() < longest {
            self.buffer.resize(longest.min(self.buffer.len() * 2), 0);
            return true;
        }
        if !self.continues {
            match self.shape {
                Some(Shape::Lines) | None => self.cuts.lines += 1,
                Some(_) => self.cuts.messages += 1,
            }
        }
        let end = match self.shape {
            Some(Shape::Lines) | None => self.gap(),
            // The octets that stay may begin the next message.
            Some(_) => self.filled - mbox::LONGEST,
        };
        let wanted = self.hand_over(end);
        self.continues = true;
        wanted
    }

    /// Behind the last whole line or message.
    fn last_boundary(&mut self) -> Option<usize> {
        let from = self.searched;
        match self.shape {
            Some(Shape::Lines) | None => {
                self.searched = self.filled;
                let feed = memchr::memrchr(b'\n', &self.buffer[from..self.filled]);
                feed.and_then(|at| self.between_sessions(from + at + 1))
            }
            Some(Shape::Mbox) => {
                // What begins the next message may not be whole yet; the line before it counts too.
                self.searched = self.filled.saturating_sub(mbox::LONGEST);
                let back = from.min(mbox::LONGEST);
                let last = mbox::last(&self.buffer[from - back..self.filled]);
                last.filter(|at| *at >= back).map(|at| from - back + at)
            }
            Some(Shape::Message) => {
                self.searched = self.filled;
                None
            }
        }
    }

    /// The place, or one before it where no session is cut; none where there is still room for the
    /// rest of the session.
    fn between_sessions(&self, end: usize) -> Option<usize> {
        match session::begin_of_last(&self.buffer[..end]) {
            0 if self.filled < self.buffer.len() => None,
            0 => Some(end),
            begin => Some(begin),
        }
    }

    /// A place in a line that is too long where no word is cut.
    fn gap(&self) -> usize {
        let from = self.filled - BACK;
        let gap = memchr::memrchr(b' ', &self.buffer[from..self.filled]);
        gap.map_or(self.filled, |at| from + at)
    }

    fn hand_over(&mut self, end: usize) -> bool {
        if end == 0 {
            return true;
        }
        let rest = end..self.filled;
        let mut next = self.taker.buffer();
        // Without room behind the rest a read would look like the end of the input.
        if next.len() <= rest.len() {
            next.resize(self.buffer.len(), 0);
        }
        next[..rest.len()].copy_from_slice(&self.buffer[rest.clone()]);
        let octets = std::mem::replace(&mut self.buffer, next);
        self.filled = rest.len();
        self.searched = 0;
        let first_line = self.next_line;
        self.next_line += memchr::memchr_iter(b'\n', &octets[..end]).count() as u64;
        self.taker.take(Block {
            octets,
            length: end,
            shape: self.shape.unwrap_or(Shape::Lines),
            newest: self.newest,
            continues: std::mem::replace(&mut self.continues, false),
            input: Arc::clone(&self.name),
            first_line,
        })
    }
}
