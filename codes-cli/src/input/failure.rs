//! Why an input cannot be read, and what to do, in words.

use std::error::Error;
use std::fmt;
use std::io::{self, ErrorKind, Read};

use super::form::{Form, Packing};

/// It asks for more memory than is given to one input.
#[derive(Debug, Clone, Copy)]
pub(super) enum TooLarge {
    /// In KiB, with something for the decoder.
    Dictionary(u32),
    /// In octets.
    Window(u64),
}

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, mib) = match self {
            Self::Dictionary(kib) => ("dictionary", u64::from(*kib) >> 10),
            Self::Window(octets) => ("window", octets.div_ceil(1 << 20)),
        };
        write!(f, "with a {what} of {mib} MiB; 16 MiB is the most")
    }
}

impl Error for TooLarge {}

impl From<TooLarge> for io::Error {
    fn from(error: TooLarge) -> Self {
        Self::new(ErrorKind::Unsupported, error)
    }
}

/// Who reads, and what it reads: what the messages are about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reading {
    /// The subcommand.
    pub(super) command: &'static str,
    /// How the input is packed, where it is.
    pub(super) packing: Option<Packing>,
}

impl Reading {
    /// Why what was recognised is not read; `None` for what is.
    pub(super) fn refusal(self, form: Form) -> Option<io::Error> {
        let message = match (form, self.packing) {
            (Form::Plain, _) | (Form::Packed(_), None) => return None,
            (Form::Foreign(what, unpack), None) => {
                format!("is {what}, which is not read here; {}", self.piped(unpack))
            }
            (Form::Packed(_) | Form::Foreign(..), Some(packing)) => {
                let unpack = format!("{} -dc", packing.program());
                format!("is packed twice; {}", self.piped(&unpack))
            }
            // Its files follow one another without anything that tells where a message or a packed
            // log begins.
            (Form::Tar, _) => {
                "is a tar archive; unpack it first with 'tar -xf FILE', and read what was in it"
                    .to_owned()
            }
            (Form::Utf16, packing) => {
                let (unpack, file) = match packing {
                    Some(packing) => (format!("{} -dc FILE | ", packing.program()), ""),
                    None => (String::new(), " FILE"),
                };
                format!(
                    "is UTF-16; convert it first: '{unpack}iconv -f UTF-16 -t UTF-8{file} | {}'",
                    self.next()
                )
            }
        };
        Some(io::Error::new(ErrorKind::Unsupported, message))
    }

    /// What to do with a file that another program can unpack.
    fn piped(self, unpack: &str) -> String {
        format!("unpack it first: '{unpack} FILE | {}'", self.next())
    }

    fn next(self) -> String {
        format!("smtp-codes {} -", self.command)
    }

    /// An error of a decoder, for people.
    fn explained(self, packing: Packing, error: io::Error) -> io::Error {
        if error.raw_os_error().is_some() || error.kind() == ErrorKind::Interrupted {
            return error;
        }
        let program = packing.program();
        let kind = error.kind();
        let message = match kind {
            _ if is_end(&error) => {
                format!("ends too early, as the {program} file is cut off or not yet whole")
            }
            ErrorKind::Unsupported => {
                let too_large = error.get_ref().and_then(|it| it.downcast_ref::<TooLarge>());
                let option = match too_large {
                    // `zstd` itself takes no more without being told to.
                    Some(TooLarge::Window(octets)) if *octets > 128 << 20 => " --long=31",
                    None if packing == Packing::Zstd => " -D DICTIONARY",
                    _ => "",
                };
                let unpack = format!("{program} -dc{option}");
                format!(
                    "is packed in a way that is not read here ({error}); {}",
                    self.piped(&unpack)
                )
            }
            _ => format!(
                "cannot be unpacked to its end ({error}); '{program} -t FILE' tells whether it is \
                 damaged"
            ),
        };
        io::Error::new(kind, message)
    }
}

/// Whether an error, or what is behind it, is that there is no more.
fn is_end(error: &io::Error) -> bool {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        cause = match error.downcast_ref::<io::Error>() {
            Some(error) if error.kind() == ErrorKind::UnexpectedEof => return true,
            // Its source would be that of what it wraps.
            Some(error) => error.get_ref().map(|error| error as &(dyn Error + 'static)),
            None => error.source(),
        };
    }
    false
}

/// Reads what is unpacked, and says in words why it cannot be.
pub(super) struct Explained<R> {
    pub(super) reader: R,
    pub(super) reading: Reading,
    pub(super) packing: Packing,
}

impl<R: Read> Read for Explained<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.reader.read(buffer);
        count.map_err(|error| self.reading.explained(self.packing, error))
    }
}
