//! Opening what is read: plain, gzip or zstd, told apart by their first octets and not by name.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, ErrorKind, IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::complain;

/// Octets taken from a packed file at once.
const CHUNK: usize = 64 * 1024;
/// What a zstd frame may ask to keep in memory; the usual levels ask for 8 MiB at most.
const WINDOW: u64 = 16 * 1024 * 1024;
const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// Behind one octet from 0x50 to 0x5f: a frame that holds nothing of the file.
const SKIPPABLE: &[u8] = &[0x2a, 0x4d, 0x18];
/// Forms that are recognised in order to say what to do.
const OTHERS: [(&[u8], &str); 3] = [
    (&[0xfd, b'7', b'z', b'X', b'Z', 0], "xz -dc"),
    (b"BZh", "bzip2 -dc"),
    (b"PK\x03\x04", "unzip -p"),
];
/// The byte order marks of UTF-16, with a character of ASCII behind.
const UTF_16: [fn(&[u8]) -> bool; 2] = [
    |head| matches!(head, [0xff, 0xfe, 1..=0xff, 0, ..]),
    |head| matches!(head, [0xfe, 0xff, 0, 1..=0xff, ..]),
];
const LONGEST_MAGIC: usize = 6;

/// A person at a terminal would not know what the command waits for.
pub(crate) fn tell_of_terminal() {
    if io::stdin().is_terminal() {
        complain("smtp-codes: reading standard input to its end (Ctrl-D)\n");
    }
}

/// Something open for reading, unpacked.
pub(crate) struct Input {
    reader: Box<dyn Read + Send>,
    modified: Option<SystemTime>,
    is_packed: bool,
    taken: Arc<AtomicU64>,
}

impl Input {
    /// Opens a file.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let data = file.metadata()?;
        if data.is_dir() {
            return Err(io::Error::new(ErrorKind::IsADirectory, "is a directory"));
        }
        let modified = if data.is_file() {
            data.modified().ok()
        } else {
            None
        };
        Self::unpack(file, modified)
    }

    /// Standard input.
    pub(crate) fn stdin() -> io::Result<Self> {
        Self::unpack(io::stdin(), None)
    }

    fn unpack(
        source: impl Read + Send + 'static,
        modified: Option<SystemTime>,
    ) -> io::Result<Self> {
        let taken = Arc::new(AtomicU64::new(0));
        let mut source = Counted {
            source,
            taken: Arc::clone(&taken),
        };
        let head = head(&mut source)?;
        let packing = Packing::of(&head)?;
        let is_packed = !matches!(packing, Packing::None);
        // At a terminal the end is not met again by reading on.
        let rest = if head.len() < LONGEST_MAGIC {
            0
        } else {
            u64::MAX
        };
        let whole = Cursor::new(head).chain(source.take(rest));
        let reader: Box<dyn Read + Send> = match packing {
            Packing::None => Box::new(whole),
            Packing::Gzip => {
                let buffered = BufReader::with_capacity(CHUNK, whole);
                Box::new(MultiGzDecoder::new(buffered))
            }
            Packing::Zstd => Box::new(Zstd::new(BufReader::with_capacity(CHUNK, whole))),
        };
        Ok(Self {
            reader,
            modified,
            is_packed,
            taken,
        })
    }

    /// When the file was changed last; `None` for what is no file.
    pub(crate) const fn modified(&self) -> Option<SystemTime> {
        self.modified
    }

    /// Whether what is read is not what lies on the disk.
    pub(crate) const fn is_packed(&self) -> bool {
        self.is_packed
    }

    /// Octets taken so far, as they lie on the disk.
    pub(crate) fn taken(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.taken)
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.reader.read(buffer)
    }
}

/// The first octets; fewer only where there are no more.
fn head(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = [0; LONGEST_MAGIC];
    let mut filled = 0;
    while filled < head.len() {
        match source.read(&mut head[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(head[..filled].to_vec())
}

enum Packing {
    None,
    Gzip,
    Zstd,
}

impl Packing {
    fn of(head: &[u8]) -> io::Result<Self> {
        if head.starts_with(GZIP) {
            return Ok(Self::Gzip);
        }
        let is_skippable = matches!(head, [0x50..=0x5f, rest @ ..] if rest.starts_with(SKIPPABLE));
        if head.starts_with(ZSTD) || is_skippable {
            return Ok(Self::Zstd);
        }
        if UTF_16.iter().any(|is_it| is_it(head)) {
            return Err(io::Error::new(
                ErrorKind::Unsupported,
                "is UTF-16; convert it with 'iconv -f UTF-16 -t UTF-8' first",
            ));
        }
        match OTHERS.iter().find(|(magic, _)| head.starts_with(magic)) {
            Some((_, command)) => Err(io::Error::new(
                ErrorKind::Unsupported,
                format!("packed in a way that is not read here; unpack it with '{command}' first"),
            )),
            None => Ok(Self::None),
        }
    }
}

/// Counts what is read from the source.
struct Counted<R> {
    source: R,
    taken: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.source.read(buffer)?;
        self.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// All frames of a zstd file, one after the other.
struct Zstd<R> {
    source: R,
    decoder: FrameDecoder,
    is_inside: bool,
}

impl<R: BufRead> Zstd<R> {
    fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self {
            source,
            decoder,
            is_inside: false,
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
                    io::copy(&mut frame, &mut io::sink())?;
                }
                Err(error) => return Err(broken(error)),
            }
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
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let some = BlockDecodingStrategy::UptoBlocks(1);
                self.decoder
                    .decode_blocks(&mut self.source, some)
                    .map_err(broken)?;
            }
            match self.decoder.read(buffer)? {
                0 => {
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    fn unpacked(octets: Vec<u8>) -> (Vec<u8>, io::Result<u64>) {
        let mut input = match Input::unpack(Cursor::new(octets), None) {
            Ok(input) => input,
            Err(error) => return (Vec::new(), Err(error)),
        };
        let mut all = Vec::new();
        let result = io::copy(&mut input, &mut all);
        (all, result)
    }

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).expect("memory takes it");
        encoder.finish().expect("memory takes it")
    }

    fn zstd(text: &[u8]) -> Vec<u8> {
        compress_to_vec(text, CompressionLevel::Fastest)
    }

    #[test]
    fn each_form_is_read() {
        let text = b"550 5.1.1 no\n".repeat(50_000);
        for packed in [text.clone(), gzip(&text), zstd(&text)] {
            let (all, result) = unpacked(packed);
            assert!(result.is_ok(), "{result:?}");
            assert!(all == text);
        }
    }

    #[test]
    fn parts_that_follow_one_another_are_all_read() {
        for pack in [gzip, zstd] {
            let (all, result) = unpacked([pack(b"one\n"), pack(b""), pack(b"two\n")].concat());
            assert!(result.is_ok(), "{result:?}");
            assert_eq!(all, b"one\ntwo\n");
        }
    }

    #[test]
    fn a_frame_without_content_is_passed_over() {
        let skippable = [&[0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0], &b"abc"[..]].concat();
        for octets in [
            [&skippable[..], &zstd(b"one\n")].concat(),
            [&zstd(b"one\n")[..], &skippable].concat(),
        ] {
            let (all, result) = unpacked(octets);
            assert!(result.is_ok(), "{result:?}");
            assert_eq!(all, b"one\n");
        }
    }

    #[test]
    fn what_is_cut_off_or_damaged_is_an_error_behind_what_could_be_read() {
        let text = (0..200_000).map(|n| format!("{n}\n")).collect::<String>();
        for pack in [gzip, zstd] {
            let whole = pack(text.as_bytes());
            let (all, result) = unpacked(whole[..whole.len() / 2].to_vec());
            assert!(result.is_err());
            assert!(!all.is_empty() && text.as_bytes().starts_with(&all));
            let mut damaged = whole.clone();
            let last = damaged.len() - 1;
            damaged[last] ^= 1;
            assert!(unpacked(damaged).1.is_err());
        }
    }

    #[test]
    fn a_form_that_is_not_read_is_named() {
        let (_, result) = unpacked(b"BZh91AY".to_vec());
        let error = result.expect_err("not read");
        assert!(error.to_string().contains("bzip2 -dc"), "{error}");
    }

    #[test]
    fn utf_16_is_named() {
        for octets in [&b"\xff\xfe5\x005\x000\0"[..], b"\xfe\xff\x005\x005\x000"] {
            let (_, result) = unpacked(octets.to_vec());
            let error = result.expect_err("not read");
            assert!(error.to_string().contains("iconv"), "{error}");
        }
    }

    #[test]
    fn less_than_a_magic_is_plain() {
        for octets in [&b""[..], b"a", b"\x1f", b"12345"] {
            let (all, result) = unpacked(octets.to_vec());
            assert!(result.is_ok());
            assert_eq!(all, octets);
        }
    }

    #[test]
    fn a_frame_that_wants_too_much_memory_is_refused() {
        // A frame header with the largest window there is, and one empty last block.
        let (_, result) = unpacked([ZSTD, &[0, 0xff, 1, 0, 0]].concat());
        assert!(result.is_err());
    }
}
