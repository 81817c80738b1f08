//! Opening what is read: plain or packed, told apart by the first octets and not by name.

mod failure;
mod form;
mod stepwise;
#[cfg(test)]
mod tests;
mod zstd;

use std::fs::File;
use std::io::{self, BufReader, Cursor, ErrorKind, IsTerminal, Read};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::SystemTime;

use flate2::bufread::MultiGzDecoder;

use crate::complain;
use failure::{Explained, Reading};
use form::{Form, Packing};
use stepwise::{Bzip2, Stepwise, Xz};
use zstd::Zstd;

/// Octets taken from a packed file at once.
const CHUNK: usize = 64 * 1024;

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
    /// Opens a file for a subcommand.
    pub(crate) fn open(path: &Path, command: &'static str) -> io::Result<Self> {
        let file = File::open(path)?;
        let data = file.metadata()?;
        if data.is_dir() {
            return Err(io::Error::new(ErrorKind::IsADirectory, "is a directory"));
        }
        let modified = match data.is_file() {
            true => data.modified().ok(),
            false => None,
        };
        Self::unpack(file, data.is_file(), modified, command)
    }

    /// Standard input.
    pub(crate) fn stdin(command: &'static str) -> io::Result<Self> {
        Self::unpack(io::stdin(), false, None, command)
    }

    fn unpack(
        source: impl Read + Send + 'static,
        is_file: bool,
        modified: Option<SystemTime>,
        command: &'static str,
    ) -> io::Result<Self> {
        let taken = Arc::new(AtomicU64::new(0));
        let mut source = Counted {
            source,
            taken: Arc::clone(&taken),
        };
        let reading = |packing| Reading { command, packing };
        let start = Start::of(&mut source, is_file);
        let (form, whole) = start.whole(source, reading(None))?;
        let (reader, is_packed) = match form {
            Form::Packed(packing) => {
                let mut unpacked = unpacked(packing, whole, reading(Some(packing)));
                let start = Start::of(&mut unpacked, is_file);
                (start.whole(unpacked, reading(Some(packing)))?.1, true)
            }
            _ => (whole, false),
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

fn unpacked(
    packing: Packing,
    source: Box<dyn Read + Send>,
    reading: Reading,
) -> Explained<Box<dyn Read + Send>> {
    let source = BufReader::with_capacity(CHUNK, source);
    let reader: Box<dyn Read + Send> = match packing {
        Packing::Gzip => Box::new(MultiGzDecoder::new(source)),
        Packing::Zstd => Box::new(Zstd::new(source)),
        Packing::Xz => Box::new(Stepwise::new(source, Xz::new())),
        Packing::Bzip2 => Box::new(Stepwise::new(source, Bzip2::new())),
    };
    Explained {
        reader,
        reading,
        packing,
    }
}

/// The first octets of a source.
struct Start {
    octets: Vec<u8>,
    /// What comes behind them.
    then: Then,
}

enum Then {
    More,
    End,
    Failure(io::Error),
}

impl Start {
    /// Nobody waits for the octets of a file.
    fn of(source: &mut impl Read, is_file: bool) -> Self {
        match is_file {
            true => Self::many(source),
            false => Self::few(source),
        }
    }

    /// As few octets as tell a packing, since it may take long until there are more.
    fn few(source: &mut impl Read) -> Self {
        let mut octets = Vec::new();
        loop {
            let lacking = form::lacking(&octets);
            if lacking == 0 {
                let then = Then::More;
                return Self { octets, then };
            }
            let then = read_on(source, lacking, &mut octets);
            if !matches!(then, Then::More) {
                return Self { octets, then };
            }
        }
    }

    /// Enough octets for all that can be told.
    fn many(source: &mut impl Read) -> Self {
        let mut octets = Vec::new();
        let then = read_on(source, CHUNK, &mut octets);
        Self { octets, then }
    }

    /// What the source is, with the octets in front of it again.
    fn whole(
        self,
        source: impl Read + Send + 'static,
        reading: Reading,
    ) -> io::Result<(Form, Box<dyn Read + Send>)> {
        let form = form::form(&self.octets);
        if let Some(refusal) = reading.refusal(form) {
            return Err(refusal);
        }
        let octets = Cursor::new(self.octets);
        let reader: Box<dyn Read + Send> = match self.then {
            Then::More => Box::new(octets.chain(source)),
            // At a terminal the end is not met again by reading on.
            Then::End => Box::new(octets),
            Then::Failure(error) if octets.get_ref().is_empty() => return Err(error),
            Then::Failure(error) => Box::new(octets.chain(Failing(Some(error)))),
        };
        Ok((form, reader))
    }
}

fn read_on(source: &mut impl Read, count: usize, octets: &mut Vec<u8>) -> Then {
    let wanted = octets.len() + count;
    match source.take(count as u64).read_to_end(octets) {
        Ok(_) if octets.len() == wanted => Then::More,
        Ok(_) => Then::End,
        Err(error) => Then::Failure(error),
    }
}

/// Fails once, and is at its end then.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
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
