//! The places of a text that are worth a look, many octets at a time.

use crate::window::Part;

/// The octets that are looked at together.
const BLOCK: usize = 64;

/// The octets of a block that are judged: one before them and three behind them are looked at too.
const STEP: usize = BLOCK - 4;

/// A place that is worth a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A line feed.
    Feed(usize),
    /// Exactly three digits, that are no part of a number with dots.
    Basic(usize),
    /// A digit that may be the class of an enhanced code, a dot, one to three digits and a dot.
    Enhanced(usize),
}

/// The marks of a text, in order.
#[derive(Debug, Clone)]
pub(crate) struct Marks<'a> {
    input: &'a [u8],
    /// Where the octets begin that are judged.
    base: usize,
    /// A bit for each of them at which a number begins that may be a code.
    numbers: u64,
    /// The next line feed, or the end of the text.
    feed: usize,
}

impl<'a> Marks<'a> {
    /// The marks from a place on.
    #[inline]
    pub(crate) fn new(input: &'a [u8], at: usize) -> Self {
        let mut marks = Self {
            input,
            base: at,
            numbers: 0,
            feed: 0,
        };
        marks.find_feed(at);
        marks.look();
        marks
    }

    pub(crate) const fn input(&self) -> &'a [u8] {
        self.input
    }

    #[inline]
    pub(crate) fn next(&mut self) -> Option<Mark> {
        loop {
            while self.numbers != 0 {
                let at = self.base + self.numbers.trailing_zeros() as usize;
                if at > self.feed {
                    return Some(self.pass_feed());
                }
                self.numbers &= self.numbers - 1;
                if let Some(mark) = self.judge(at) {
                    return Some(mark);
                }
            }
            if self.feed < self.base + STEP {
                if self.feed >= self.input.len() {
                    return None;
                }
                return Some(self.pass_feed());
            }
            self.base += STEP;
            self.look();
        }
    }

    /// Goes on from a place that has not been judged yet.
    #[inline]
    pub(crate) fn skip_to(&mut self, at: usize) {
        let ahead = at.saturating_sub(self.base);
        if ahead < STEP {
            self.numbers &= u64::MAX << ahead;
        } else {
            self.base = at;
            self.look();
        }
        if self.feed < at {
            self.find_feed(at);
        }
    }

    fn pass_feed(&mut self) -> Mark {
        let feed = self.feed;
        self.find_feed(feed + 1);
        Mark::Feed(feed)
    }

    fn find_feed(&mut self, from: usize) {
        let rest = self.input.get(from..).unwrap_or_default();
        self.feed = memchr::memchr(b'\n', rest).map_or(self.input.len(), |at| from + at);
    }

    /// Finds the numbers in the octets from `base` on.
    #[inline]
    fn look(&mut self) {
        // The octet before the first one is the lowest bit.
        let digits = match self.base.checked_sub(1) {
            Some(from) => match self.input.get(from..).and_then(<[u8]>::first_chunk) {
                Some(block) => digits(block),
                None => digits(&self.rest(from)),
            },
            None => match self.input.first_chunk() {
                Some(block) => digits(block) << 1,
                None => digits(&self.rest(0)) << 1,
            },
        };
        let begins = digits & !(digits << 1) & digits >> 2;
        // Three digits and no more, or one, another octet and a digit.
        let numbers = begins & (!(digits >> 1) | !(digits >> 3));
        self.numbers = numbers >> 1 & ((1 << STEP) - 1);
    }

    /// The octets at the end of the text, filled up with zeros.
    #[inline]
    fn rest(&self, from: usize) -> [u8; BLOCK] {
        let mut block = [0; BLOCK];
        for (to, octet) in block.iter_mut().zip(self.input.part(from..)) {
            *to = *octet;
        }
        block
    }

    /// What a number is by its neighbours.
    #[inline]
    fn judge(&self, at: usize) -> Option<Mark> {
        let octet = |at: usize| self.input.get(at).copied().unwrap_or(0);
        let digit = |at: usize| octet(at).is_ascii_digit();
        if octet(at + 1) != b'.' {
            // Not a part of an address or of a long version.
            let in_number = (octet(at + 3) == b'.' && digit(at + 4))
                || matches!(self.input.part(..at), [.., before, b'.'] if before.is_ascii_digit());
            return (digit(at + 1) && !in_number).then_some(Mark::Basic(at));
        }
        let is_class = matches!(octet(at), b'2' | b'4' | b'5');
        let ends = match (octet(at + 3), octet(at + 4), octet(at + 5)) {
            (b'.', _, _) => true,
            (byte, b'.', _) => byte.is_ascii_digit(),
            (byte, next, b'.') => byte.is_ascii_digit() && next.is_ascii_digit(),
            _ => false,
        };
        let in_number = self.input.part(..at).last() == Some(&b'.');
        (is_class && ends && !in_number).then_some(Mark::Enhanced(at))
    }
}

/// A bit for each octet that is a digit.
#[inline]
fn digits(block: &[u8; BLOCK]) -> u64 {
    // The compiler makes this loop one of vectors.
    let are_digits = block.map(|octet| u8::from(octet.wrapping_sub(b'0') < 10));
    let mut digits = 0;
    for (place, octets) in are_digits.as_chunks::<8>().0.iter().enumerate() {
        digits |= gather(u64::from_le_bytes(*octets)) << (8 * place);
    }
    digits
}

/// The lowest bits of eight octets, side by side.
#[inline]
const fn gather(lowest: u64) -> u64 {
    lowest.wrapping_mul(0x0102_0408_1020_4080) >> 56
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
        for (at, &byte) in input.iter().enumerate().skip(from) {
            let is_three =
                (0..3).all(|place| digit(at + place)) && !digit(at + 3) && !before(at, 1, &digit);
            let in_number =
                (before(at, 1, &dot) && before(at, 2, &digit)) || (dot(at + 3) && digit(at + 4));
            let part = (2..5).take_while(|place| digit(at + place)).count();
            if byte == b'\n' {
                marks.push(Mark::Feed(at));
            } else if is_three && !in_number {
                marks.push(Mark::Basic(at));
            } else if matches!(byte, b'2' | b'4' | b'5')
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
