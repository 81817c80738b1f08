//! The frames of a zstd file.

use std::io::{self, BufRead, ErrorKind, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::failure::TooLarge;

/// What a frame may ask to keep in memory; the usual levels ask for 8 MiB at most.
const WINDOW: u64 = 16 * 1024 * 1024;
/// A last block without content, and a checksum.
const END: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

/// All frames of a zstd file, one after the other.
pub(super) struct Zstd<R> {
    source: R,
    decoder: FrameDecoder,
    is_inside: bool,
    /// What ended a frame too early, until what was unpacked before has been read.
    failure: Option<io::Error>,
}

impl<R: BufRead> Zstd<R> {
    pub(super) fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self {
            source,
            decoder,
            is_inside: false,
            failure: None,
        }
    }

    /// Whether there is another frame, which is then begun.
    fn begin(&mut self) -> io::Result<bool> {
        loop {
            if self.source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut frame = self.source.by_ref().take(length.into());
                    if io::copy(&mut frame, &mut io::sink())? < length.into() {
                        return Err(ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(FrameDecoderError::WindowSizeTooBig { requested, .. }) => {
                    return Err(TooLarge::Window(requested).into());
                }
                Err(FrameDecoderError::DictNotProvided { dict_id }) => {
                    let message = format!("with the dictionary {dict_id}");
                    return Err(io::Error::new(ErrorKind::Unsupported, message));
                }
                Err(error) => return Err(broken(error)),
            }
        }
    }

    /// Makes the next octets available. The decoder keeps a whole window back as long as the frame
    /// goes on, so that where it cannot go on it is told of an end, to have them too.
    fn decode(&mut self) {
        let some = BlockDecodingStrategy::UptoBlocks(1);
        if let Err(error) = self.decoder.decode_blocks(&mut self.source, some) {
            self.failure = Some(broken(error));
            let all = BlockDecodingStrategy::All;
            // Where this fails too, there is nothing more to have.
            let _ = self.decoder.decode_blocks(END, all);
        }
    }

    /// Whether what was unpacked is what was packed.
    fn check(&self) -> io::Result<()> {
        let told = self.decoder.get_checksum_from_data();
        if told.is_some() && told != self.decoder.get_calculated_checksum() {
            return Err(broken("the checksum is wrong"));
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            if !self.is_inside {
                if !self.begin()? {
                    return Ok(0);
                }
                self.is_inside = true;
            }
            while self.failure.is_none()
                && self.decoder.can_collect() == 0
                && !self.decoder.is_finished()
            {
                self.decode();
            }
            match self.decoder.read(buffer)? {
                0 => {
                    if let Some(error) = self.failure.take() {
                        return Err(error);
                    }
                    self.check()?;
                    self.is_inside = false;
                }
                count => return Ok(count),
            }
        }
    }
}

fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, error)
}
