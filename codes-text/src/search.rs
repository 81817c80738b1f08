//! Finding a word in a short text. A searcher that is built for each search would cost more than the
//! search.

use crate::window::Part;

/// Where a word first stands in a text of at most some hundred octets.
#[inline]
pub(crate) fn find(text: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    memchr::memchr_iter(first, text).find(|&at| text.part(at..).starts_with(word))
}

/// Where a word last stands in a text of at most some hundred octets.
#[inline]
pub(crate) fn rfind(text: &[u8], word: &[u8]) -> Option<usize> {
    let first = *word.first()?;
    memchr::memrchr_iter(first, text).find(|&at| text.part(at..).starts_with(word))
}

/// Calls a function with each place of an octet. Where there are many in a short text, this is faster
/// than searching for one after the other.
#[inline]
pub(crate) fn each(text: &[u8], byte: u8, mut found: impl FnMut(usize)) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = EACH << 7;
    let (words, rest) = text.as_chunks::<8>();
    for (place, octets) in words.iter().enumerate() {
        let other = u64::from_le_bytes(*octets) ^ (EACH * u64::from(byte));
        // The high bit of each octet that is the one asked for.
        let mut hits = !(((other & !HIGH) + !HIGH) | other) & HIGH;
        while hits != 0 {
            found(8 * place + hits.trailing_zeros() as usize / 8);
            hits &= hits - 1;
        }
    }
    let start = text.len() - rest.len();
    for (at, other) in rest.iter().enumerate() {
        if *other == byte {
            found(start + at);
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_place_is_found_once_and_in_order() {
        let text: Vec<u8> = (0..1000u32).map(|at| (at * at % 251) as u8).collect();
        for byte in 0..=u8::MAX {
            for part in [&text[..], &text[3..16], &text[..7], &[]] {
                let mut found = Vec::new();
                super::each(part, byte, |at| found.push(at));
                let all = (0..part.len()).filter(|&at| part[at] == byte);
                assert_eq!(found, all.collect::<Vec<_>>(), "{byte}");
            }
        }
    }
}
