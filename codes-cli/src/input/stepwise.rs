//! The decoders that are handed octets and room, and do not read by themselves.
//!
//! The crates have readers too, but those lose what was unpacked in the same call as an error: a
//! whole buffer, and of an xz file that is cut off the last chunk, up to 2 MiB of text.

use std::io::{self, BufRead, ErrorKind, Read};

use bzip2::{Decompress, Status};
use lzma_rust2::{Action, XzStream};

use super::failure::TooLarge;

/// What an xz block may ask to keep in memory, in KiB: a dictionary of 16 MiB, as a window of zstd,
/// and something for the decoder. The next larger dictionary has 24 MiB. `xz` packs with 8 MiB, with
/// `-8` and `-9` it takes more than is allowed here.
const XZ_MEMORY: u32 = 17 * 1024;

/// What came of one step.
pub(super) struct Step {
    /// Octets taken from the input.
    taken: usize,
    /// Octets written to the room.
    made: usize,
    /// Whether all is unpacked.
    result: io::Result<bool>,
}

/// Unpacks a piece.
pub(super) trait Decoder {
    /// An empty input is the end of the source.
    fn step(&mut self, input: &[u8], room: &mut [u8]) -> Step;
}

/// Reads what a decoder makes of a source.
pub(super) struct Stepwise<R, D> {
    source: R,
    decoder: D,
    /// An error that came with the last octets before it.
    failure: Option<io::Error>,
    is_over: bool,
}

impl<R: BufRead, D: Decoder> Stepwise<R, D> {
    pub(super) const fn new(source: R, decoder: D) -> Self {
        Self {
            source,
            decoder,
            failure: None,
            is_over: false,
        }
    }
}

impl<R: BufRead, D: Decoder> Read for Stepwise<R, D> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !self.is_over && !buffer.is_empty() {
            let input = self.source.fill_buf()?;
            let is_end = input.is_empty();
            let step = self.decoder.step(input, buffer);
            self.source.consume(step.taken);
            match step.result {
                Ok(is_over) => self.is_over = is_over,
                Err(error) => {
                    self.failure = Some(error);
                    self.is_over = true;
                }
            }
            if step.made > 0 {
                return Ok(step.made);
            }
            if step.taken == 0 && !self.is_over {
                // It would be the same again, for ever.
                self.failure = Some(match is_end {
                    true => ErrorKind::UnexpectedEof.into(),
                    false => io::Error::new(ErrorKind::InvalidData, "the decoder is stuck"),
                });
                self.is_over = true;
            }
        }
        self.failure.take().map_or(Ok(0), Err)
    }
}

/// All streams of an xz file, with what pads them. Besides the dictionary the decoder keeps 16 octets
/// of each block until the index at the end has confirmed them, which is no more than the file has for
/// it: 96 MB of empty blocks took 99 MB.
pub(super) struct Xz(XzStream);

impl Xz {
    pub(super) fn new() -> Self {
        Self(XzStream::new_mem_limit(true, XZ_MEMORY))
    }
}

impl Decoder for Xz {
    fn step(&mut self, input: &[u8], room: &mut [u8]) -> Step {
        let (taken, made) = (self.0.total_in(), self.0.total_out());
        let action = match input {
            [] => Action::Finish,
            _ => Action::Run,
        };
        let result = match self.0.process(input, room, action) {
            Ok(result) => Ok(result.status == lzma_rust2::Status::StreamEnd),
            Err(error) => Err(match self.0.memory_usage() {
                Some(needed) if needed > XZ_MEMORY => TooLarge::Dictionary(needed).into(),
                _ => error,
            }),
        };
        Step {
            // Counted also where there is an error. Neither is more than was handed over.
            taken: (self.0.total_in() - taken) as usize,
            made: (self.0.total_out() - made) as usize,
            result,
        }
    }
}

/// All streams of a bzip2 file; `None` between them.
pub(super) struct Bzip2(Option<Decompress>);

impl Bzip2 {
    pub(super) const fn new() -> Self {
        Self(None)
    }
}

impl Decoder for Bzip2 {
    fn step(&mut self, input: &[u8], room: &mut [u8]) -> Step {
        if self.0.is_none() && input.is_empty() {
            return Step {
                taken: 0,
                made: 0,
                result: Ok(true),
            };
        }
        let decoder = self.0.get_or_insert_with(|| Decompress::new(false));
        let (taken, made) = (decoder.total_in(), decoder.total_out());
        let status = decoder.decompress(input, room);
        let (taken, made) = (decoder.total_in() - taken, decoder.total_out() - made);
        let result = match status {
            Ok(Status::StreamEnd) => {
                self.0 = None;
                Ok(false)
            }
            Ok(Status::MemNeeded) => Err(ErrorKind::OutOfMemory.into()),
            Ok(_) => Ok(false),
            Err(error) => Err(io::Error::new(ErrorKind::InvalidData, error)),
        };
        Step {
            taken: taken as usize,
            made: made as usize,
            result,
        }
    }
}
