//! What is reachable: a hand-written loop that knows nothing but well-formed replies.
//!
//! It checks the code of every line, decodes the enhanced code of the first and copies nothing. It
//! records no departure from the grammar, has no limits and cannot say what is wrong.

use memchr::memchr;

/// A reply, as much of it as the floor knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reply<'a> {
    pub code: u16,
    pub enhanced: Option<(u8, u16, u16)>,
    pub raw: &'a [u8],
    pub lines: u32,
}

#[inline]
fn digits3(b: [u8; 3]) -> Option<u16> {
    let d = [
        b[0].wrapping_sub(b'0'),
        b[1].wrapping_sub(b'0'),
        b[2].wrapping_sub(b'0'),
    ];
    if d[0] > 9 || d[1] > 9 || d[2] > 9 {
        return None;
    }
    Some(d[0] as u16 * 100 + d[1] as u16 * 10 + d[2] as u16)
}

#[inline]
fn num(b: &[u8], mut i: usize) -> Option<(u16, usize)> {
    let start = i;
    let mut v = 0u16;
    while i < b.len() && i < start + 3 {
        let d = b[i].wrapping_sub(b'0');
        if d > 9 {
            break;
        }
        v = v * 10 + d as u16;
        i += 1;
    }
    (i > start).then_some((v, i))
}

/// `c.sss.ddd` at the head of `b`, ended by space, CR, LF or the end.
#[inline]
pub fn enhanced(b: &[u8]) -> Option<(u8, u16, u16)> {
    let &[class @ (b'2' | b'4' | b'5'), b'.', ..] = b else {
        return None;
    };
    let (s, i) = num(b, 2)?;
    if b.get(i) != Some(&b'.') {
        return None;
    }
    let (d, i) = num(b, i + 1)?;
    matches!(b.get(i), None | Some(b' ' | b'\r' | b'\n')).then_some((class - b'0', s, d))
}

#[inline]
fn nl_memchr(b: &[u8]) -> Option<usize> {
    memchr(b'\n', b)
}

/// Eight bytes at a time in safe code, without a call or a feature test.
#[inline]
fn nl_swar(b: &[u8]) -> Option<usize> {
    const LO: u64 = 0x0101_0101_0101_0101;
    const HI: u64 = 0x8080_8080_8080_8080;
    let mut at = 0;
    let (chunks, rest) = b.as_chunks::<8>();
    for c in chunks {
        let x = u64::from_le_bytes(*c) ^ (LO * b'\n' as u64);
        let m = x.wrapping_sub(LO) & !x & HI;
        if m != 0 {
            return Some(at + m.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    rest.iter().position(|&c| c == b'\n').map(|i| at + i)
}

/// The reply at the head of `input`. `None`: incomplete or malformed.
#[inline(always)]
fn parse_with(input: &[u8], nl: impl Fn(&[u8]) -> Option<usize>) -> Option<Reply<'_>> {
    let head: [u8; 3] = input.get(..3)?.try_into().ok()?;
    let code = digits3(head)?;
    let esc = enhanced(input.get(4..)?);
    let (mut at, mut lines) = (0usize, 0u32);
    loop {
        let rest = input.get(at..)?;
        let [a, b, c, sep, tail @ ..] = rest else {
            return None;
        };
        if [*a, *b, *c] != head {
            return None;
        }
        let i = nl(tail)?;
        if i == 0 || tail[i - 1] != b'\r' {
            return None;
        }
        at += 4 + i + 1;
        lines += 1;
        match *sep {
            b'-' => {}
            b' ' => {
                return Some(Reply {
                    code,
                    enhanced: esc,
                    raw: &input[..at],
                    lines,
                });
            }
            _ => return None,
        }
    }
}

/// Finds line ends with the crate memchr.
pub fn parse_memchr(input: &[u8]) -> Option<Reply<'_>> {
    parse_with(input, nl_memchr)
}

/// Finds line ends eight bytes at a time.
pub fn parse_swar(input: &[u8]) -> Option<Reply<'_>> {
    parse_with(input, nl_swar)
}
