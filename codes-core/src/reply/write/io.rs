//! Replies to a stream of the standard library.

use core::fmt;
use std::io;

use super::ReplyWriter;

impl ReplyWriter<'_> {
    /// Writes the reply to a stream, in pieces of up to 1,024 octets, so that a usual reply is one
    /// write also where nothing buffers. The stream is not flushed.
    ///
    /// # Errors
    ///
    /// [`InvalidInput`](io::ErrorKind::InvalidInput) with a [`WriteError`](crate::WriteError)
    /// inside, as for [`check`](ReplyWriter::check); what `out` says where it fails.
    ///
    /// ```
    /// # use codes_core::Smtp354;
    /// let mut stream = Vec::new();
    /// Smtp354.reply("Go ahead").write_to_io(&mut stream)?;
    /// assert_eq!(stream, b"354 Go ahead\r\n");
    ///
    /// let error = Smtp354.reply("Go\nahead").write_to_io(&mut stream).expect_err("a line break");
    /// assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn write_to_io(&self, out: &mut impl io::Write) -> io::Result<()> {
        let checked = self.checked()?;
        let mut pieces = Pieces {
            out,
            buf: [0; 1024],
            len: 0,
            failure: None,
        };
        let emitted = checked.emit(&mut pieces);
        match pieces.failure.take() {
            Some(failure) => Err(failure),
            None => {
                emitted?;
                pieces.pass_on()
            }
        }
    }
}

/// Gathers what is written, and keeps the failure that [`fmt::Write`] cannot hand on.
struct Pieces<'a, W> {
    out: &'a mut W,
    buf: [u8; 1024],
    len: usize,
    failure: Option<io::Error>,
}

impl<W: io::Write> Pieces<'_, W> {
    fn pass_on(&mut self) -> io::Result<()> {
        let len = core::mem::take(&mut self.len);
        self.out.write_all(&self.buf[..len])
    }

    fn put(&mut self, mut part: &[u8]) -> io::Result<()> {
        while !part.is_empty() {
            if self.len == self.buf.len() {
                self.pass_on()?;
            }
            let room = &mut self.buf[self.len..];
            let (now, rest) = part.split_at(part.len().min(room.len()));
            room[..now.len()].copy_from_slice(now);
            self.len += now.len();
            part = rest;
        }
        Ok(())
    }
}

impl<W: io::Write> fmt::Write for Pieces<'_, W> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        self.put(part.as_bytes()).map_err(|failure| {
            self.failure = Some(failure);
            fmt::Error
        })
    }
}
