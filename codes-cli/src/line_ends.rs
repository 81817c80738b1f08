//! The line ends of old Macs: a CR alone, where a text has no LF at all.

use std::borrow::Cow;
use std::io::{self, ErrorKind, Read};

use memchr::memchr;

use crate::limit;

const CR: u8 = b'\r';
const LF: u8 = b'\n';

/// Where so much of an input has no LF, each CR ends a line: no line of a log is as long.
const DECISIVE: usize = limit(64 * 1024, 64);

/// A text with LF as its line ends, where it has CR alone. Places in it stay the same.
pub(crate) fn with_line_feeds(text: &[u8]) -> Cow<'_, [u8]> {
    if memchr(CR, text).is_none() || memchr(LF, text).is_some() {
        return Cow::Borrowed(text);
    }
    let mut text = text.to_vec();
    replace(&mut text);
    Cow::Owned(text)
}

fn replace(text: &mut [u8]) {
    for octet in text.iter_mut().filter(|octet| **octet == CR) {
        *octet = LF;
    }
}

/// The same for an input, of which the beginning decides.
pub(crate) struct WithLineFeeds<R> {
    input: R,
    /// The beginning, as far as it is not handed on. Before the first line end nobody can do anything
    /// with it.
    held: Vec<u8>,
    handed_on: usize,
    /// Whether each CR ends a line; `None` as long as that is not known.
    are_returns: Option<bool>,
    /// What ended the input while that was not known.
    failure: Option<io::Error>,
}

impl<R: Read> WithLineFeeds<R> {
    pub(crate) const fn new(input: R) -> Self {
        Self {
            input,
            held: Vec::new(),
            handed_on: 0,
            are_returns: None,
            failure: None,
        }
    }

    /// Reads until it is known what ends a line.
    fn decide(&mut self) -> bool {
        let mut is_over = false;
        while self.held.len() < DECISIVE && !is_over {
            let known = self.held.len();
            self.held.resize(DECISIVE, 0);
            let read = self.input.read(&mut self.held[known..]);
            self.held.truncate(known + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => is_over = true,
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.failure = Some(error);
                    is_over = true;
                }
            }
            if memchr(LF, &self.held[known..]).is_some() {
                return false;
            }
        }
        let are_returns = memchr(CR, &self.held).is_some();
        if are_returns {
            replace(&mut self.held);
        }
        are_returns
    }
}

impl<R: Read> Read for WithLineFeeds<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let are_returns = match self.are_returns {
            Some(known) => known,
            None => {
                let decided = self.decide();
                *self.are_returns.insert(decided)
            }
        };
        let held = self.held.get(self.handed_on..).unwrap_or_default();
        if !held.is_empty() {
            let count = held.len().min(buffer.len());
            buffer[..count].copy_from_slice(&held[..count]);
            self.handed_on += count;
            return Ok(count);
        }
        if self.handed_on > 0 {
            (self.held, self.handed_on) = (Vec::new(), 0);
        }
        if let Some(error) = self.failure.take() {
            return Err(error);
        }
        let count = self.input.read(buffer)?;
        if are_returns {
            replace(&mut buffer[..count]);
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its pieces one by one, and at last an error.
    struct Pieces(Vec<Vec<u8>>);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return Err(io::Error::other("torn"));
            }
            let mut piece = self.0.remove(0);
            let rest = piece.split_off(piece.len().min(buffer.len()));
            if !rest.is_empty() {
                self.0.insert(0, rest);
            }
            buffer[..piece.len()].copy_from_slice(&piece);
            Ok(piece.len())
        }
    }

    /// All that is read, in pieces of so many octets.
    fn read(pieces: &[&[u8]], size: usize) -> Vec<u8> {
        let pieces = pieces.iter().map(|piece| piece.to_vec()).collect();
        let mut input = WithLineFeeds::new(Pieces(pieces));
        let (mut all, mut buffer) = (Vec::new(), vec![0; size]);
        loop {
            match input.read(&mut buffer) {
                Ok(0) => return all,
                Ok(count) => all.extend_from_slice(&buffer[..count]),
                // What came before it is not lost.
                Err(error) => {
                    assert_eq!(error.to_string(), "torn");
                    return all;
                }
            }
        }
    }

    #[test]
    fn a_return_ends_a_line_where_there_is_no_feed() {
        let long = [b'x'; DECISIVE];
        let tests: [(&[&[u8]], &[u8]); 6] = [
            (&[b"a\rb\r"], b"a\nb\n"),
            (&[b"a\rb", b"\rc"], b"a\nb\nc"),
            (&[b"a\rb\n", b"c\rd"], b"a\rb\nc\rd"),
            (&[b"a\r", b"\nb"], b"a\r\nb"),
            (&[b"ab"], b"ab"),
            (&[], b""),
        ];
        for (pieces, expected) in tests {
            for size in [1, 2, 100] {
                assert_eq!(read(pieces, size), expected, "{pieces:?}");
            }
            let text = pieces.concat();
            assert_eq!(with_line_feeds(&text), expected);
        }
        // What comes later does not count any more.
        let late = read(&[&long, b"\ra\nb\rc"], 1000);
        assert!(late.ends_with(b"x\ra\nb\rc"));
        let late = read(&[&long[1..], b"\ra\nb\rc"], 1000);
        assert!(late.ends_with(b"x\na\nb\nc"));
    }

    #[test]
    fn a_line_is_handed_on_as_soon_as_it_is_there() {
        let mut input = WithLineFeeds::new(Pieces(vec![b"a\n".to_vec(), b"b".to_vec()]));
        let mut buffer = [0; 100];
        assert_eq!(input.read(&mut buffer).expect("a line"), 2);
    }
}
