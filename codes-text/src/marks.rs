//! The places of a text that are worth a look, many octets at a time.

const EACH: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;
const LOW: u64 = !HIGH;

/// The octets that are looked at together.
const BLOCK: usize = 64;

/// The octets of a block before those that are judged, which are looked at too.
const BEFORE: usize = 2;

/// The octets of a block that are judged; five behind them are looked at too.
const STEP: usize = BLOCK - BEFORE - 5;

/// A place that is worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A line feed.
    Feed(usize),
    /// Exactly three digits, that are no part of a number with dots.
    Basic(usize),
    /// A digit, a dot, one to three digits and a dot.
    Enhanced(usize),
}

/// The marks of a text, in order.
#[derive(Debug, Clone)]
pub(crate) struct Marks<'a> {
    input: &'a [u8],
    /// Where the octets begin that are judged.
    base: usize,
    feeds: u64,
    basic: u64,
    enhanced: u64,
}

impl<'a> Marks<'a> {
    /// The marks from a place on.
    #[inline]
    pub(crate) fn new(input: &'a [u8], at: usize) -> Self {
        let mut marks = Self {
            input,
            base: at,
            feeds: 0,
            basic: 0,
            enhanced: 0,
        };
        marks.look();
        marks
    }

    #[inline]
    pub(crate) fn next(&mut self) -> Option<Mark> {
        loop {
            let all = self.feeds | self.basic | self.enhanced;
            if all != 0 {
                let lowest = all & all.wrapping_neg();
                let at = self.base + all.trailing_zeros() as usize;
                return Some(if self.feeds & lowest != 0 {
                    self.feeds ^= lowest;
                    Mark::Feed(at)
                } else if self.basic & lowest != 0 {
                    self.basic ^= lowest;
                    Mark::Basic(at)
                } else {
                    self.enhanced ^= lowest;
                    Mark::Enhanced(at)
                });
            }
            self.base += STEP;
            if self.base >= self.input.len() {
                self.base = self.input.len();
                return None;
            }
            self.look();
        }
    }

    /// Goes on from a place that has not been judged yet.
    #[inline]
    pub(crate) fn skip_to(&mut self, at: usize) {
        let ahead = at.saturating_sub(self.base);
        if ahead < STEP {
            let keep = u64::MAX << ahead;
            self.feeds &= keep;
            self.basic &= keep;
            self.enhanced &= keep;
        } else {
            self.base = at;
            self.look();
        }
    }

    /// Judges the octets from `base` on.
    #[inline]
    fn look(&mut self) {
        let from = self.base.wrapping_sub(BEFORE);
        let (digits, dots, feeds) = match self.input.get(from..).and_then(<[u8]>::first_chunk) {
            Some(block) => masks(block),
            None => masks(&self.edge()),
        };
        let three = digits & digits >> 1 & digits >> 2 & !(digits << 1) & !(digits >> 3);
        // Not a part of an address or of a long version.
        let in_number = (dots << 1 & digits << 2) | (dots >> 3 & digits >> 4);
        let part_ends = dots >> 3 | (digits >> 3 & (dots >> 4 | (digits >> 4 & dots >> 5)));
        let enhanced = digits & dots >> 1 & digits >> 2 & part_ends & !(digits << 1) & !(dots << 1);
        let judged = (1 << STEP) - 1;
        self.basic = (three & !in_number) >> BEFORE & judged;
        self.enhanced = enhanced >> BEFORE & judged;
        self.feeds = feeds >> BEFORE & judged;
    }

    /// A block at the beginning or the end of the text, filled up with zeros.
    #[cold]
    fn edge(&self) -> [u8; BLOCK] {
        let mut block = [0; BLOCK];
        let from = self.base.saturating_sub(BEFORE);
        let to = BEFORE.saturating_sub(self.base);
        let octets = self.input.get(from..).unwrap_or_default();
        let len = octets.len().min(BLOCK - to);
        block[to..to + len].copy_from_slice(&octets[..len]);
        block
    }
}

/// A bit for each octet that is a digit, a dot, a line feed.
#[inline]
fn masks(block: &[u8; BLOCK]) -> (u64, u64, u64) {
    let (mut digits, mut dots, mut feeds) = (0, 0, 0);
    for (place, octets) in block.as_chunks::<8>().0.iter().enumerate() {
        let word = u64::from_le_bytes(*octets);
        let shift = 8 * place;
        let number = word ^ (EACH * 0x30);
        digits |= gather(!(((number & LOW) + EACH * 0x76) | number) & HIGH) << shift;
        dots |= gather(equal(word, b'.')) << shift;
        feeds |= gather(equal(word, b'\n')) << shift;
    }
    (digits, dots, feeds)
}

/// The high bit of each octet that is the one asked for.
#[inline]
const fn equal(word: u64, byte: u8) -> u64 {
    let other = word ^ (EACH * byte as u64);
    !(((other & LOW) + LOW) | other) & HIGH
}

/// The high bits of eight octets, side by side.
#[inline]
const fn gather(high: u64) -> u64 {
    (high >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, octet by octet.
    fn slowly(input: &[u8], from: usize) -> Vec<Mark> {
        let digit = |at: usize| input.get(at).is_some_and(u8::is_ascii_digit);
        let dot = |at: usize| input.get(at) == Some(&b'.');
        let before = |at: usize, back: usize, what: &dyn Fn(usize) -> bool| {
            at.checked_sub(back).is_some_and(what)
        };
        let mut marks = Vec::new();
        for at in from..input.len() {
            let is_three =
                (0..3).all(|place| digit(at + place)) && !digit(at + 3) && !before(at, 1, &digit);
            let in_number =
                (before(at, 1, &dot) && before(at, 2, &digit)) || (dot(at + 3) && digit(at + 4));
            let part = (2..5).take_while(|place| digit(at + place)).count();
            if input[at] == b'\n' {
                marks.push(Mark::Feed(at));
            } else if is_three && !in_number {
                marks.push(Mark::Basic(at));
            } else if digit(at)
                && dot(at + 1)
                && part > 0
                && dot(at + 2 + part)
                && !before(at, 1, &digit)
                && !before(at, 1, &dot)
            {
                marks.push(Mark::Enhanced(at));
            }
        }
        marks
    }

    fn quickly(mut marks: Marks<'_>) -> Vec<Mark> {
        core::iter::from_fn(|| marks.next()).collect()
    }

    #[test]
    fn every_mark_is_found_wherever_it_stands() {
        let parts = [
            "550",
            " ",
            "5.1.1",
            "\n",
            "192.0.2.1",
            "x",
            "1234",
            "5.7.511",
            ".",
            "12",
            "\u{e9}",
        ];
        let mut state = 1u32;
        for length in 0..160 {
            let mut text = String::new();
            while text.len() < length {
                state = state.wrapping_mul(1_103_515_245).wrapping_add(12345);
                text.push_str(parts[(state >> 16) as usize % parts.len()]);
            }
            let text = text.as_bytes();
            assert_eq!(quickly(Marks::new(text, 0)), slowly(text, 0), "{text:?}");
            for from in 0..text.len() {
                let mut skipped = Marks::new(text, 0);
                skipped.skip_to(from);
                assert_eq!(quickly(skipped), slowly(text, from), "{text:?} from {from}");
            }
        }
    }
}
