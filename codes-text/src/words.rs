//! The words of a reply, readable.

use core::fmt::{self, Write};

use codes_core::{EnhancedCode, ReplyCode};

use crate::octets::Octets;
use crate::window::{Part, Window};
use crate::{codes, line, spaces, wrapped};

/// The words of a [`Found`](crate::Found) reply, without what wraps them; made by
/// [`Found::words`](crate::Found::words).
///
/// `{}` prints them on one line: line ends and folds are one space, codes that each line of the reply
/// repeats are left out, and octets that are not UTF-8 are shown as `U+FFFD`. Other control characters
/// are kept as they are: escape them before a terminal sees them. The iterator gives the lines as they
/// stand in the text.
///
/// ```
/// let text = br"550-5.1.1 No such user here.\n550 5.1.1 Ask your administrator.";
/// let found = codes_text::find(text).next().expect("a reply");
/// assert_eq!(found.words().to_string(), "No such user here. Ask your administrator.");
/// let lines: Vec<&[u8]> = found.words().collect();
/// assert_eq!(lines, [&b"No such user here."[..], b"Ask your administrator."]);
/// ```
#[derive(Clone)]
pub struct Words<'a> {
    rest: &'a [u8],
    /// The code that its lines repeat.
    repeated: Option<ReplyCode>,
    /// The enhanced code, which they may repeat alone.
    enhanced: Option<EnhancedCode>,
    /// What a program puts before each of its lines.
    prefix: &'a [u8],
    /// Whether `_` stands for a space, as in the log of qmail.
    has_underscores: bool,
}

impl<'a> Words<'a> {
    pub(crate) const fn new(
        text: &'a [u8],
        repeated: Option<ReplyCode>,
        enhanced: Option<EnhancedCode>,
        prefix: &'a [u8],
        has_underscores: bool,
    ) -> Self {
        Self {
            rest: text,
            repeated,
            enhanced,
            prefix,
            has_underscores,
        }
    }

    fn is_space(&self, byte: u8) -> bool {
        byte.is_ascii_whitespace() || (self.has_underscores && byte == b'_')
    }

    /// A line without the mark of a transcript or of quoted mail, where the reply has several.
    fn unmarked(&self, text: &'a [u8]) -> &'a [u8] {
        if let Some(behind) = text.strip_prefix(self.prefix)
            && !self.prefix.is_empty()
        {
            return behind;
        }
        let line = Window::new(text);
        let (content, voice) = line::content(line, 0);
        // A hyphen alone may be a word: `- gsmtp`.
        let is_marked = voice.is_some() || codes::basic(line, content) == self.repeated;
        if self.repeated.is_some() && is_marked {
            return text.part(content..);
        }
        let is_mark = |byte: &&u8| matches!(byte, b'>' | b'|' | b' ' | b'\t');
        text.part(text.iter().take_while(is_mark).count()..)
    }

    /// What stands behind spaces, and behind line ends with the marks of the lines that begin there.
    fn trim_start(&self, text: &'a [u8]) -> &'a [u8] {
        let mut text = text;
        loop {
            let is_space = |byte: &&u8| self.is_space(**byte) && **byte != b'\n';
            text = text.part(text.iter().take_while(is_space).count()..);
            text = match (text.strip_prefix(b"\n"), spaces::at(text)) {
                (Some(behind), _) => self.unmarked(behind),
                (None, Some(len)) => text.part(len..),
                (None, None) => return text,
            };
        }
    }

    /// The octets of a line end, or of what stands for one before a code that is repeated.
    fn end_of_line(&self, text: &[u8]) -> Option<usize> {
        let first = *text.first()?;
        if first == b'\n' {
            return Some(1);
        }
        if let [b'\\', b'n', behind @ ..] = text
            && self.behind_enhanced(behind).is_some()
        {
            return Some(2);
        }
        let code = self.repeated?;
        match text {
            [b'\\', b'n', ..] => Some(2),
            [b'\\', b'r', b'\\', b'n', ..] => Some(4),
            [_, behind @ ..] if first == b'/' || self.is_space(first) => {
                let is_line = codes::basic(Window::new(behind), 0) == Some(code)
                    && (matches!(behind.get(3), Some(b' ' | b'-' | b'_'))
                        || self.is_broken_behind(behind.part(3..)));
                is_line.then_some(1)
            }
            _ => None,
        }
    }

    /// What stands behind the codes that a line repeats.
    fn behind_codes(&self, text: &'a [u8]) -> &'a [u8] {
        let mut text = text;
        // An empty line leaves nothing but its codes: `550-5.7.26 550-5.7.26  Text`.
        while let Some(code) = self.repeated
            && codes::basic(Window::new(text), 0) == Some(code)
            && (matches!(text.get(3), None | Some(b' ' | b'-' | b'_'))
                || spaces::at(text.part(3..)).is_some()
                || self.is_broken_behind(text.part(3..)))
        {
            let separator = usize::from(matches!(text.get(3), Some(b' ' | b'-' | b'_')));
            text = self.trim_start(text.part(3 + separator..));
            if let Some((_, end)) = codes::enhanced(Window::new(text), 0) {
                text = self.trim_start(text.part(end..));
            }
        }
        match self.behind_enhanced(text) {
            Some(end) => self.trim_start(text.part(end..)),
            None => text,
        }
    }

    /// Whether a line was broken behind the reply code that a text follows: before the enhanced code, if
    /// the reply has one.
    fn is_broken_behind(&self, text: &[u8]) -> bool {
        match self.enhanced {
            Some(own) => wrapped::enhanced_in_next_line(Window::new(text), 0)
                .is_some_and(|(code, _)| code == own),
            None => matches!(text, [b'\n', ..] | [b'\r', b'\n', ..]),
        }
    }

    /// Where the enhanced code ends that a text repeats at its beginning.
    fn behind_enhanced(&self, text: &[u8]) -> Option<usize> {
        let (code, end) = codes::enhanced(Window::new(text), 0)?;
        let is_apart = matches!(text.get(end), None | Some(b' ' | b'\r' | b'\n'))
            || spaces::at(text.part(end..)).is_some();
        (Some(code) == self.enhanced && is_apart).then_some(end)
    }
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a [u8];

    fn next(&mut self) -> Option<&'a [u8]> {
        loop {
            let text = self.behind_codes(self.trim_start(self.rest));
            if text.is_empty() {
                self.rest = text;
                return None;
            }
            let end = (0..text.len()).find_map(|at| Some((at, self.end_of_line(text.part(at..))?)));
            let (line, behind) = match end {
                Some((at, len)) if text.byte(at) == Some(b'\n') => {
                    (text.part(..at), self.unmarked(text.part(at + len..)))
                }
                Some((at, len)) => (text.part(..at), text.part(at + len..)),
                None => (text, &[][..]),
            };
            self.rest = behind;
            let spaces = line.iter().rev().take_while(|&&byte| self.is_space(byte));
            let line = line.part(..line.len() - spaces.count());
            if !line.is_empty() {
                return Some(line);
            }
        }
    }
}

impl fmt::Debug for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Words").field(&Octets(self.rest)).finish()
    }
}

impl core::iter::FusedIterator for Words<'_> {}

impl fmt::Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, line) in self.clone().enumerate() {
            if at > 0 {
                f.write_char(' ')?;
            }
            for chunk in line.utf8_chunks() {
                match self.has_underscores {
                    true => {
                        for (at, word) in chunk.valid().split('_').enumerate() {
                            if at > 0 {
                                f.write_char(' ')?;
                            }
                            f.write_str(word)?;
                        }
                    }
                    false => f.write_str(chunk.valid())?,
                }
                if !chunk.invalid().is_empty() {
                    f.write_char('\u{fffd}')?;
                }
            }
        }
        Ok(())
    }
}
