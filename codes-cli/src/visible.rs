//! Text from outside as it can be shown: nothing in it moves a cursor, changes a colour or turns the
//! direction of writing.

use std::fmt::Write;
use std::io;

/// The text on one line. Control characters and what else is not seen become escapes such as
/// `\u{1b}`, octets that are no UTF-8 become `\xff`, a TAB and the fold of a header become a space.
pub(crate) fn visible(text: &[u8]) -> String {
    shown(text, usize::MAX)
}

/// The same, cut after so many characters of the text.
pub(crate) fn shortened(text: &[u8], longest: usize) -> String {
    shown(text, longest)
}

fn shown(text: &[u8], longest: usize) -> String {
    let mut safe = String::new();
    let mut left = longest;
    for chunk in text.utf8_chunks() {
        let mut characters = chunk.valid().chars().peekable();
        while let Some(character) = characters.next() {
            if left == 0 {
                safe.push('…');
                return safe;
            }
            left -= 1;
            match character {
                '\t' => safe.push(' '),
                '\r' if characters.peek() == Some(&'\n') => {}
                '\n' if characters.next_if(is_blank).is_some() => {
                    while characters.next_if(is_blank).is_some() {}
                    safe.push(' ');
                }
                _ if is_unseen(character) => safe.extend(character.escape_default()),
                _ => safe.push(character),
            }
        }
        for octet in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(safe, "\\x{octet:02x}");
        }
    }
    safe
}

/// Takes JSON and hands it on with the characters escaped that a terminal would act on. They stand in
/// strings only, so the value stays the same.
pub(crate) struct Json<'a, W>(pub(crate) &'a mut W);

impl<W: io::Write> io::Write for Json<'_, W> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        // The library never cuts a character.
        let text = str::from_utf8(octets).map_err(io::Error::other)?;
        let mut done = 0;
        for (at, character) in text.char_indices() {
            if character == '\n' || !is_unseen(character) {
                continue;
            }
            self.0.write_all(&octets[done..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(self.0, "\\u{unit:04x}")?;
            }
            done = at + character.len_utf8();
        }
        self.0.write_all(&octets[done..])?;
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// JSON text with such characters escaped.
pub(crate) fn json(text: &str) -> String {
    let mut safe = Vec::with_capacity(text.len());
    // Writing to memory cannot fail.
    let _ = io::Write::write_all(&mut Json(&mut safe), text.as_bytes());
    String::from_utf8_lossy(&safe).into_owned()
}

const fn is_blank(character: &char) -> bool {
    matches!(character, ' ' | '\t')
}

/// Control characters, and the characters of Unicode that reorder, hide or join what stands beside
/// them.
pub(crate) fn is_unseen(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_on_a_terminal_is_escaped() {
        assert_eq!(visible(b"\x1b[31mred"), "\\u{1b}[31mred");
        assert_eq!(
            visible("\u{9b}2J\u{202e}x".as_bytes()),
            "\\u{9b}2J\\u{202e}x"
        );
        assert_eq!(visible(b"a\r\nb\rc\0"), "a\\nb\\rc\\u{0}");
        assert_eq!(visible(b"a\tb"), "a b");
        assert_eq!(visible(b"a\r\n \t b"), "a b");
        assert_eq!(visible(b"na\xefve"), "na\\xefve");
        assert_eq!(
            visible("naïve 'quoted' \\ \"text\"".as_bytes()),
            "naïve 'quoted' \\ \"text\""
        );
    }

    #[test]
    fn a_long_text_is_cut_between_characters() {
        assert_eq!(shortened("äöü".as_bytes(), 2), "äö…");
        assert_eq!(shortened("äö".as_bytes(), 2), "äö");
    }

    #[test]
    fn json_keeps_its_value() {
        let value = serde_json::json!({"a": "\u{1b}\u{9b}\u{202e}\u{e0001}ü\n"});
        let mut safe = Vec::new();
        serde_json::to_writer_pretty(Json(&mut safe), &value).expect("JSON");
        let safe = String::from_utf8(safe).expect("UTF-8");
        assert!(
            !safe
                .chars()
                .any(|character| character != '\n' && is_unseen(character))
        );
        let read: serde_json::Value = serde_json::from_str(&safe).expect("JSON");
        assert_eq!(read, value);
    }
}
