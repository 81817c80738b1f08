//! Finding the octets of a line that need a look, many at a time.

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The octets that are looked at together.
const BLOCK: usize = 16;

/// The place of the first octet from `at` on that is neither printable ASCII nor a space, or the
/// length of `bytes`.
///
/// A TAB is found too, although a text may hold it: it is rare, and a second test would cost more.
#[inline]
pub(super) fn special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(block) = bytes.get(at..).and_then(<[u8]>::first_chunk::<BLOCK>) {
        // Without a branch for each octet, so that the compiler makes vector instructions of it.
        if block
            .iter()
            .fold(false, |any, &byte| any | is_special(byte))
        {
            return at + place(block);
        }
        at += BLOCK;
    }
    if let Some(word) = word(bytes, at) {
        match hits(word) {
            0 => at += 8,
            hits => return at + hits.trailing_zeros() as usize / 8,
        }
    }
    let rest = bytes.len() - at;
    if rest > 0
        && let Some(last) = bytes.last_chunk()
    {
        // The octets before `at` go out at the low end; the zeros that come in count as special, so
        // that there always is a hit.
        let word = u64::from_le_bytes(*last) >> (64 - 8 * rest);
        return at + (hits(word).trailing_zeros() as usize / 8).min(rest);
    }
    while bytes.get(at).is_some_and(|&byte| !is_special(byte)) {
        at += 1;
    }
    at
}

/// The eight octets from `at` on as one number, the first one lowest.
#[inline]
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let word = bytes.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*word))
}

#[inline]
const fn is_special(byte: u8) -> bool {
    !matches!(byte, b' '..=b'~')
}

/// The place of the first special octet of a block that has one.
#[inline]
fn place(block: &[u8; BLOCK]) -> usize {
    let both = u128::from_le_bytes(*block);
    let low = hits(both as u64);
    match low {
        0 => 8 + hits((both >> 64) as u64).trailing_zeros() as usize / 8,
        hits => hits.trailing_zeros() as usize / 8,
    }
}

/// The high bit of each special octet. Below a space the subtraction borrows, beyond `~` the
/// addition reaches the high bit; a borrow or carry touches octets above the first hit only.
#[inline]
const fn hits(word: u64) -> u64 {
    (word.wrapping_sub(EACH * 0x20) | word.wrapping_add(EACH)) & HIGH
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_octet_is_found_at_each_place() {
        for place in 0..40 {
            for byte in 0..=u8::MAX {
                let mut bytes = [b'~'; 40];
                bytes[place] = byte;
                // Behind the first hit anything may stand.
                for behind in [b' ', b'\n', 0xff] {
                    if let Some(next) = bytes.get_mut(place + 1) {
                        *next = behind;
                    }
                    let naive = |at: usize| {
                        (at..40)
                            .find(|&at| !matches!(bytes[at], b' '..=b'~'))
                            .unwrap_or(40)
                    };
                    for at in [0, 3, place, 40] {
                        assert_eq!(
                            special(&bytes, at),
                            naive(at),
                            "{byte} at {place} from {at}"
                        );
                    }
                }
            }
        }
    }
}
