//! Text from outside, made safe for a terminal.

/// The octets as text: what is no UTF-8 as `\xNN`, and what a terminal could obey, or a reader could
/// not see, as an escape.
pub(crate) fn printable(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len());
    for chunk in octets.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\'' | '"' | '\\' => text.push(character),
                '\t' => text.push(' '),
                _ => text.extend(character.escape_debug()),
            }
        }
        for octet in chunk.invalid() {
            text.push_str(&format!("\\x{octet:02x}"));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        for (octets, expected) in [
            (&b"plain 'a' \"b\" \\c"[..], "plain 'a' \"b\" \\c"),
            ("gr\u{fc}n".as_bytes(), "gr\u{fc}n"),
            (b"\x1b[31m", "\\u{1b}[31m"),
            (b"a\0b\r\x7f", "a\\0b\\r\\u{7f}"),
            ("\u{9b}2J \u{202e}x".as_bytes(), "\\u{9b}2J \\u{202e}x"),
            (b"a\tb", "a b"),
            (b"\xff\xc3", "\\xff\\xc3"),
        ] {
            assert_eq!(printable(octets), expected);
        }
    }
}
