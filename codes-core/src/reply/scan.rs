//! Finding the octets of a line that need a look, eight at a time.

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The octets from `at` on as one number, the first one lowest.
#[inline]
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let (word, _) = bytes.get(at..)?.split_first_chunk()?;
    Some(u64::from_le_bytes(*word))
}

/// The place of the first octet from `at` on that is neither printable ASCII nor a space, or the
/// length of `bytes`.
///
/// A TAB is found too, although a text may hold it: it is rare, and a second test would cost more.
#[inline]
pub(super) fn special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(word) = word(bytes, at) {
        // Below a space the subtraction borrows, DEL carries into the high bit, the rest has it
        // set. A borrow or carry touches octets above the first hit only.
        let hits = (word.wrapping_sub(EACH * 0x20) | word.wrapping_add(EACH) | word) & HIGH;
        if hits != 0 {
            return at + hits.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while let Some(byte) = bytes.get(at) {
        if !matches!(byte, b' '..=b'~') {
            break;
        }
        at += 1;
    }
    at
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
