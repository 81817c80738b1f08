//! What has to hold for any octets; each function fails where it does not. The fuzz targets of this project
//! call them, nobody else should.

use std::io::{self, Read};

pub use crate::annotate::invariants::records;
pub use crate::mail::invariants::mail;
pub use crate::scan::invariants::{blocks, redact, sessions};

/// An input that comes in pieces of so many octets.
pub(crate) struct InPieces<'a> {
    pub(crate) rest: &'a [u8],
    pub(crate) size: usize,
}

impl Read for InPieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.size.min(buffer.len());
        self.rest.read(&mut buffer[..size])
    }
}
