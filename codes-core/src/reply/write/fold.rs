//! Free text in lines.

use super::super::line::looks_enhanced;
use super::error::WriteErrorKind;
use crate::code::ReplyCode;

/// Cuts a text into lines of at most `room` octets, each cut in the place of one space.
///
/// Each line is as long as it can be, which also finds a way wherever there is one: from a later cut
/// everything can be reached that can be reached from an earlier one.
pub(super) struct Folds<'a> {
    text: &'a str,
    /// Where the next line begins; `None` behind the last.
    at: Option<usize>,
    room: usize,
    /// The code whose reader must not find an enhanced code at the beginning of a line.
    bare: Option<ReplyCode>,
}

/// What is wrong, and at which octet of the text.
pub(super) type Fault = (WriteErrorKind, usize);

impl<'a> Folds<'a> {
    pub(super) const fn new(text: &'a str, room: usize, bare: Option<ReplyCode>) -> Self {
        Self {
            text,
            at: Some(0),
            room,
            bare,
        }
    }

    /// The next line, and whether it is the last.
    pub(super) fn next(&mut self) -> Result<Option<(&'a str, bool)>, Fault> {
        let Some(start) = self.at else {
            return Ok(None);
        };
        if start == 0 && self.looks_enhanced(0) {
            return Err((WriteErrorKind::LooksEnhanced, 0));
        }
        let rest = &self.text[start..];
        if rest.len() <= self.room {
            self.at = None;
            return Ok(Some((rest, true)));
        }
        let end = start + self.cut(start)?;
        self.at = Some(end + 1);
        Ok(Some((&self.text[start..end], false)))
    }

    /// The length of the line that begins at `start`.
    fn cut(&self, start: usize) -> Result<usize, Fault> {
        let mut window = &self.text.as_bytes()[start..=start + self.room];
        let mut fault = (WriteErrorKind::WordTooLong, start);
        while let Some(space) = window.iter().rposition(|&byte| byte == b' ') {
            if !self.looks_enhanced(start + space + 1) {
                return Ok(space);
            }
            fault = (WriteErrorKind::LooksEnhanced, start + space + 1);
            // The other spaces of this run come before the same word.
            window = without_spaces_behind(&window[..space]);
        }
        Err(fault)
    }

    /// Whether a line that begins here would be read as one with an enhanced code.
    fn looks_enhanced(&self, at: usize) -> bool {
        let Some(code) = self.bare else {
            return false;
        };
        let rest = &self.text.as_bytes()[at..];
        // Beyond the room of a line it is not on that line; to stop there keeps the work linear.
        let mut spaces = 0;
        while spaces < self.room && rest.get(spaces) == Some(&b' ') {
            spaces += 1;
        }
        spaces < self.room && looks_enhanced(&rest[spaces..], code)
    }
}

fn without_spaces_behind(bytes: &[u8]) -> &[u8] {
    let last = bytes.iter().rposition(|&byte| byte != b' ');
    &bytes[..last.map_or(0, |last| last + 1)]
}
