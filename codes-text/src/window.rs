//! Looking at a part of a text without ever looking beside it.
//!
//! Places come from one search and are used in another, and what stands in a text is up to whoever wrote
//! it: a place that was computed from the whole text once ended up in a slice that ends at a limit, and
//! 97 octets of a client ended the reading of a log. Here no place is wrong. What lies outside is not
//! there: no octet, an empty text.

use core::ops::{Bound, RangeBounds};

/// The part of a text that may be looked at, from a floor to a limit. All places are those of the whole
/// text, so that one found in a window means the same in any other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Window<'a> {
    /// The text up to the limit.
    text: &'a [u8],
    floor: usize,
    /// Whether the line goes on behind the limit.
    goes_on: bool,
}

impl<'a> Window<'a> {
    /// All of a text.
    pub(crate) const fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            floor: 0,
            goes_on: false,
        }
    }

    /// Where it ends: no octet is seen there or behind it.
    pub(crate) const fn limit(self) -> usize {
        self.text.len()
    }

    /// Where it begins.
    pub(crate) const fn floor(self) -> usize {
        self.floor
    }

    /// What of it lies before a place.
    #[inline]
    pub(crate) fn up_to(self, limit: usize) -> Self {
        match self.text.split_at_checked(limit) {
            Some((text, [next, ..])) => Self {
                text,
                floor: self.floor,
                goes_on: !matches!(next, b'\r' | b'\n'),
            },
            _ => self,
        }
    }

    /// What of it lies at a place or behind it.
    #[inline]
    pub(crate) fn above(self, floor: usize) -> Self {
        Self {
            floor: self.floor.max(floor),
            ..self
        }
    }

    /// Whether the limit cuts what ends at a place: a number, a name or an address may go on behind it, and
    /// half of one is none.
    pub(crate) const fn cuts(self, end: usize) -> bool {
        end >= self.text.len() && self.goes_on
    }

    /// The octet at a place.
    #[inline]
    pub(crate) fn byte(self, at: usize) -> Option<u8> {
        match at >= self.floor {
            true => self.text.byte(at),
            false => None,
        }
    }

    /// The octet before a place.
    #[inline]
    pub(crate) fn byte_before(self, at: usize) -> Option<u8> {
        self.byte(at.checked_sub(1)?)
    }

    /// What of a range lies in it.
    #[inline]
    pub(crate) fn part(self, range: impl RangeBounds<usize>) -> &'a [u8] {
        let (start, end) = bounds(&range, self.text.len());
        self.text
            .get(start.max(self.floor)..end)
            .unwrap_or_default()
    }

    /// Whether words stand at a place.
    #[inline]
    pub(crate) fn starts_with(self, at: usize, words: &[u8]) -> bool {
        self.part(at..).starts_with(words)
    }

    /// Where the line ends that a place is on: at its line feed, or at the limit.
    #[inline]
    pub(crate) fn line_end(self, at: usize) -> usize {
        let rest = self.part(at..);
        memchr::memchr(b'\n', rest).map_or(self.limit().max(at), |feed| at + feed)
    }
}

/// The same for a text whose places count from its own beginning.
pub(crate) trait Part {
    /// What of a range lies in the text.
    fn part(&self, range: impl RangeBounds<usize>) -> &Self;
    /// The octet at a place.
    fn byte(&self, at: usize) -> Option<u8>;
}

impl Part for [u8] {
    #[inline]
    fn part(&self, range: impl RangeBounds<usize>) -> &Self {
        let (start, end) = bounds(&range, self.len());
        self.get(start..end).unwrap_or_default()
    }

    #[inline]
    fn byte(&self, at: usize) -> Option<u8> {
        self.get(at).copied()
    }
}

/// The ends of a range that is within a length; the first is greater than the second where nothing of
/// the range is.
#[inline]
fn bounds(range: &impl RangeBounds<usize>, length: usize) -> (usize, usize) {
    let start = match range.start_bound() {
        Bound::Included(at) => *at,
        Bound::Excluded(at) => at.saturating_add(1),
        Bound::Unbounded => 0,
    };
    let end = match range.end_bound() {
        Bound::Included(at) => at.saturating_add(1),
        Bound::Excluded(at) => *at,
        Bound::Unbounded => length,
    };
    (start, end.min(length))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &[u8] = b"0123456789";

    #[test]
    fn no_place_is_wrong() {
        let ends = [0, 1, 3, 5, 9, 10, 11, usize::MAX];
        for floor in ends {
            for limit in ends {
                let window = Window::new(TEXT).above(floor).up_to(limit);
                for start in ends {
                    let seen = |at: usize| (floor..limit.min(TEXT.len())).contains(&at);
                    assert_eq!(
                        window.byte(start),
                        TEXT.get(start).copied().filter(|_| seen(start)),
                        "{floor} {limit} {start}"
                    );
                    for end in ends {
                        let part = window.part(start..end);
                        let expected = (start..end.min(TEXT.len())).filter(|at| seen(*at));
                        let expected: Vec<u8> = expected.map(|at| TEXT[at]).collect();
                        assert_eq!(part, expected, "{floor} {limit} {start} {end}");
                        assert!(
                            start > end || TEXT.part(start..end).ends_with(part) || end > limit
                        );
                    }
                    assert_eq!(window.part(start..), window.part(start..usize::MAX));
                    assert_eq!(window.part(..start), window.part(0..start));
                    assert!(window.line_end(start) >= start);
                }
            }
        }
    }

    #[test]
    fn a_window_never_grows() {
        let window = Window::new(TEXT).above(3).up_to(6);
        assert_eq!(window.above(0).up_to(10).part(..), b"345");
        assert_eq!((window.floor(), window.limit()), (3, 6));
        assert_eq!(window.byte_before(3), None);
        assert_eq!(window.byte_before(4), Some(b'3'));
        assert!(window.starts_with(4, b"45") && !window.starts_with(4, b"456"));
    }

    #[test]
    fn a_limit_is_no_end() {
        let text = Window::new(b"550\n5.1.1");
        let cuts = |limit: usize| text.up_to(limit).cuts(limit);
        // Within a code, at the end of a line, within the next one, at the end.
        assert_eq!([2, 3, 6, 9].map(cuts), [true, false, true, false]);
        assert!(!text.cuts(3) && text.up_to(2).up_to(9).cuts(2));
    }
}
