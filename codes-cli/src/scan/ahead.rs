//! Reads an input that may pause, such as a pipe, on a thread of its own.
//!
//! Whoever waits in a read cannot hand over what it has, and at an interrupt that was lost: of 155 lines that
//! came, 91 were counted. So somebody else waits, and who cuts the input knows when nothing more is there.

use std::io::{self, ErrorKind, Read};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender, channel, sync_channel};
use std::thread;
use std::time::Duration;

use super::blocks::Pieces;
use crate::input::Input;
use crate::line_ends::WithLineFeeds;

/// Octets that are read at once. A pipe gives less, and what is unpacked comes in pieces as large.
const CHUNK: usize = 256 * 1024;
/// Chunks that wait: while one is cut, others are read.
const CHUNKS: usize = 4;
/// So long the next chunk may take before the input counts as one that pauses. Without it a pipe was cut
/// into pieces as small as it gave them, and took a tenth longer.
const MOMENT: Duration = Duration::from_millis(5);
/// How long it is waited before somebody looks whether there was an interrupt.
const PAUSE: Duration = Duration::from_millis(100);
/// How long after an interrupt something may take to come that was there before it.
const REST: Duration = Duration::from_millis(250);
/// What a pipe may hold at an interrupt; what a program writes without end is not waited for.
const MOST_REST: usize = 1024 * 1024;

enum Event {
    /// The input is open. It counts the octets that are taken from it.
    Opened(Arc<AtomicU64>),
    /// A buffer, of which so many octets are filled.
    Chunk(Vec<u8>, usize),
    Failed(io::Error),
}

/// An input that somebody else reads.
pub(super) struct Ahead<'a> {
    events: Receiver<Event>,
    /// Takes the buffers back, to be used again.
    used: Sender<Vec<u8>>,
    is_interrupted: &'a AtomicBool,
    /// What was read, and what of it is not handed on.
    chunk: Vec<u8>,
    left: Range<usize>,
    /// What ended it, to be told by the next read.
    failure: Option<io::Error>,
    /// The octets that came after an interrupt.
    rest: usize,
}

impl<'a> Ahead<'a> {
    /// Opens an input and begins to read it; `None` after an interrupt.
    pub(super) fn open(
        open: impl FnOnce() -> io::Result<Input> + Send + 'static,
        is_interrupted: &'a AtomicBool,
    ) -> io::Result<Option<(Self, Arc<AtomicU64>)>> {
        let (to, events) = sync_channel(CHUNKS);
        let (used, spare) = channel();
        // It is left behind after an interrupt, as it may wait for ever.
        thread::spawn(move || read(open, &to, &spare));
        let ahead = Self {
            events,
            used,
            is_interrupted,
            chunk: Vec::new(),
            left: 0..0,
            failure: None,
            rest: 0,
        };
        match ahead.next() {
            Some(Event::Opened(taken)) => Ok(Some((ahead, taken))),
            Some(Event::Failed(error)) => Err(error),
            Some(Event::Chunk(..)) | None => Ok(None),
        }
    }

    fn take(&mut self, chunk: Vec<u8>, filled: usize) {
        if self.is_interrupted.load(Ordering::SeqCst) {
            self.rest += filled;
        }
        // Where nobody reads any more, nobody needs it.
        let _ = self.used.send(std::mem::replace(&mut self.chunk, chunk));
        self.left = 0..filled;
    }

    /// What comes next; `None` at the end, and after an interrupt where nothing came for a while.
    fn next(&self) -> Option<Event> {
        loop {
            let is_interrupted = self.is_interrupted.load(Ordering::SeqCst);
            if is_interrupted && self.rest > MOST_REST {
                return None;
            }
            let pause = if is_interrupted { REST } else { PAUSE };
            match self.events.recv_timeout(pause) {
                Ok(event) => return Some(event),
                Err(RecvTimeoutError::Timeout) if !is_interrupted => {}
                Err(_) => return None,
            }
        }
    }
}

impl Pieces for Ahead<'_> {
    fn is_ready(&mut self) -> bool {
        if !self.left.is_empty() || self.failure.is_some() {
            return true;
        }
        match self.events.recv_timeout(MOMENT) {
            Ok(Event::Chunk(chunk, filled)) => self.take(chunk, filled),
            Ok(Event::Failed(error)) => self.failure = Some(error),
            Ok(Event::Opened(_)) | Err(RecvTimeoutError::Disconnected) => {}
            Err(RecvTimeoutError::Timeout) => return false,
        }
        true
    }

    fn ends_itself(&self) -> bool {
        true
    }
}

impl Read for Ahead<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = self.failure.take() {
            return Err(error);
        }
        if self.left.is_empty() {
            match self.next() {
                Some(Event::Chunk(chunk, filled)) => self.take(chunk, filled),
                Some(Event::Failed(error)) => return Err(error),
                Some(Event::Opened(_)) | None => return Ok(0),
            }
        }
        let mut left = self.chunk.get(self.left.clone()).unwrap_or_default();
        let count = left.read(buffer)?;
        self.left.start += count;
        Ok(count)
    }
}

/// Reads until there is no more, or nobody wants it.
fn read(
    open: impl FnOnce() -> io::Result<Input>,
    to: &SyncSender<Event>,
    spare: &Receiver<Vec<u8>>,
) {
    let input = match open() {
        Ok(input) => input,
        Err(error) => {
            // Nobody may be there any more.
            let _ = to.send(Event::Failed(error));
            return;
        }
    };
    if to.send(Event::Opened(input.taken())).is_err() {
        return;
    }
    let mut input = WithLineFeeds::new(input);
    loop {
        let mut chunk = spare.try_recv().unwrap_or_default();
        chunk.resize(CHUNK, 0);
        let event = match input.read(&mut chunk) {
            Ok(0) => return,
            Ok(count) => Event::Chunk(chunk, count),
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => Event::Failed(error),
        };
        let is_over = matches!(event, Event::Failed(_));
        if to.send(event).is_err() || is_over {
            return;
        }
    }
}
