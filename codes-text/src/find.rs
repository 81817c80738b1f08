//! The search.

use codes_core::{Deviations, EnhancedCode, ReplyCode};

use crate::found::{Found, Origin};

/// The replies in a text, in the order in which they stand there.
#[derive(Debug, Clone)]
pub struct Replies<'a> {
    input: &'a [u8],
    at: usize,
}

/// Finds the replies in a text.
#[must_use]
pub const fn find(input: &[u8]) -> Replies<'_> {
    Replies { input, at: 0 }
}

impl<'a> Iterator for Replies<'a> {
    type Item = Found<'a>;

    fn next(&mut self) -> Option<Found<'a>> {
        while self.at + 4 < self.input.len() {
            let start = self.at;
            self.at += 1;
            let digits = str::from_utf8(&self.input[start..start + 3]).ok();
            let Some(code) = digits.and_then(|digits| digits.parse::<ReplyCode>().ok()) else {
                continue;
            };
            if self.input[start + 3] != b' ' {
                continue;
            }
            let end = memchr::memchr(b'\n', &self.input[start..])
                .map_or(self.input.len(), |at| start + at);
            self.at = end;
            let rest = &self.input[start + 4..end];
            let word = memchr::memchr(b' ', rest).map_or(rest, |at| &rest[..at]);
            let enhanced = str::from_utf8(word)
                .ok()
                .and_then(|word| word.parse::<EnhancedCode>().ok());
            return Some(Found {
                at: start..end,
                code: Some((code, start..start + 3)),
                enhanced: enhanced.map(|code| (code, start + 4..start + 4 + word.len())),
                text: rest,
                command: None,
                host: None,
                direction: None,
                origin: Origin::Said,
                outcome: None,
                recipient: None,
                lmtp: false,
                disagrees: false,
                deviations: Deviations::default(),
            });
        }
        None
    }
}
