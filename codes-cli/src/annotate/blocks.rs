//! Input, cut into blocks of whole records.

use std::io::{self, ErrorKind, Read};

use memchr::{memchr, memchr_iter, memrchr};

use crate::limit;

/// Octets that are read at once.
const BLOCK: usize = limit(256 * 1024, 64);
/// Octets of a record that are searched, its end not counted. What goes beyond is passed over.
pub(super) const LONGEST: usize = limit(4 * 1024 * 1024, 96);
/// With two octets more a record is too long even if the first of them is the CR of its end.
const TOO_LONG: usize = LONGEST + 2;

/// Records that follow one another.
#[derive(Debug)]
pub(super) struct Block {
    bytes: Vec<u8>,
    end: u8,
    /// The number of the first record.
    first: u64,
}

/// A record without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Record<'a> {
    /// From 1.
    pub(super) number: u64,
    /// At most [`LONGEST`] octets of it.
    pub(super) bytes: &'a [u8],
    /// Whether it is longer than that.
    pub(super) is_truncated: bool,
    /// Whether something else than a line end ends it, so that it may have lines.
    pub(super) has_lines: bool,
}

impl Block {
    /// Each of its records.
    pub(super) fn records(&self) -> impl Iterator<Item = Record<'_>> {
        let mut rest = self.bytes.as_slice();
        let mut number = self.first;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let bytes = match memchr(self.end, rest) {
                Some(at) => {
                    let bytes = &rest[..at];
                    rest = &rest[at + 1..];
                    match bytes {
                        [line @ .., b'\r'] if self.end == b'\n' => line,
                        bytes => bytes,
                    }
                }
                None => std::mem::take(&mut rest),
            };
            let record = Record {
                number,
                bytes: &bytes[..bytes.len().min(LONGEST)],
                is_truncated: bytes.len() > LONGEST,
                has_lines: self.end != b'\n',
            };
            number += 1;
            Some(record)
        })
    }
}

/// The blocks of one input.
pub(super) struct Blocks<R> {
    input: R,
    buffer: Box<[u8]>,
    /// What ends a record.
    end: u8,
    /// The number of the next record.
    next: u64,
    /// A record whose end has not been read yet.
    begun: Vec<u8>,
    /// Whether the rest of a record that is too long is being passed over.
    passes_over: bool,
}

impl<R: Read> Blocks<R> {
    /// The records of an input, numbered from `first` on.
    pub(super) fn new(input: R, end: u8, first: u64) -> Self {
        Self {
            input,
            buffer: vec![0; BLOCK].into_boxed_slice(),
            end,
            next: first,
            begun: Vec::new(),
            passes_over: false,
        }
    }

    /// The number that the next record will have.
    pub(super) const fn next_number(&self) -> u64 {
        self.next
    }

    /// The records that are whole after a read, without waiting for more; `None` at the end of the
    /// input. Then, and after an error, [`rest`](Self::rest) has what is left.
    pub(super) fn read(&mut self) -> io::Result<Option<Block>> {
        loop {
            let count = match self.input.read(&mut self.buffer) {
                Ok(0) => return Ok(None),
                Ok(count) => count,
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let mut new = &self.buffer[..count];
            if self.passes_over {
                let Some(at) = memchr(self.end, new) else {
                    continue;
                };
                new = &new[at + 1..];
                self.passes_over = false;
            }
            if let Some(at) = memrchr(self.end, new) {
                let (whole, begun) = new.split_at(at + 1);
                let mut bytes = std::mem::take(&mut self.begun);
                bytes.extend_from_slice(whole);
                self.begun.extend_from_slice(begun);
                return Ok(Some(self.block(bytes)));
            }
            self.begun.extend_from_slice(new);
            if self.begun.len() >= TOO_LONG {
                self.passes_over = true;
                let mut bytes = std::mem::take(&mut self.begun);
                bytes.truncate(TOO_LONG);
                return Ok(Some(self.block(bytes)));
            }
        }
    }

    /// A last record without an end, if there is one.
    pub(super) fn rest(&mut self) -> Option<Block> {
        let bytes = std::mem::take(&mut self.begun);
        (!bytes.is_empty()).then(|| self.block(bytes))
    }

    fn block(&mut self, bytes: Vec<u8>) -> Block {
        let first = self.next;
        let ends = memchr_iter(self.end, &bytes).count();
        let is_open = bytes.last() != Some(&self.end);
        self.next += ends as u64 + u64::from(is_open);
        Block {
            bytes,
            end: self.end,
            first,
        }
    }
}
