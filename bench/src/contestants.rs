//! Everybody who reads replies, called in the same way.

use std::hint::black_box;
use std::str;

use io_smtp::rfc5321::SmtpResponse;
use lettre::transport::smtp::response::Response;
use memchr::memchr;
use smtp_proto::response::parser::ResponseReceiver;

use crate::floor;

/// What is compared of one reply, and how long it is.
struct Head {
    length: usize,
    code: u16,
    enhanced: u64,
}

/// What reading some replies came to. All contestants have to arrive at the same.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub replies: u64,
    pub codes: u64,
    /// Zero for those who do not read enhanced codes.
    pub enhanced: u64,
}

impl Sum {
    #[inline(always)]
    fn add(&mut self, head: &Head) {
        self.replies += 1;
        self.codes += u64::from(head.code);
        self.enhanced += head.enhanced;
    }

    /// The sum of `times` such readings.
    pub fn times(self, times: u64) -> Self {
        Self {
            replies: self.replies * times,
            codes: self.codes * times,
            enhanced: self.enhanced * times,
        }
    }
}

/// One who reads replies.
pub struct Contestant {
    pub name: &'static str,
    /// Whether it reads enhanced codes.
    pub enhanced: bool,
    /// Reads all the replies that the bytes hold, one after the other.
    pub whole: fn(&[u8]) -> Sum,
    /// Reads the one reply that the bytes are, so many times.
    pub again: fn(&[u8], u64) -> Sum,
    /// Reads all the replies of bytes that come in pieces of this size, where it is able to.
    pub pieces: Option<fn(&[u8], usize) -> Sum>,
}

/// How many of the contestants are the floor; they come first.
pub const FLOORS: usize = 2;

/// All of them.
pub const CONTESTANTS: &[Contestant] = &[
    Contestant {
        name: "floor, memchr",
        enhanced: true,
        whole: |bytes| whole(bytes, floor_memchr),
        again: |bytes, times| again(bytes, times, floor_memchr),
        pieces: Some(|bytes, size| pieces(bytes, size, floor_memchr)),
    },
    Contestant {
        name: "floor, 8 bytes at a time",
        enhanced: true,
        whole: |bytes| whole(bytes, floor_swar),
        again: |bytes, times| again(bytes, times, floor_swar),
        pieces: Some(|bytes, size| pieces(bytes, size, floor_swar)),
    },
    Contestant {
        name: "codes-core",
        enhanced: true,
        whole: |bytes| whole(bytes, codes_core),
        again: |bytes, times| again(bytes, times, codes_core),
        pieces: Some(codes_core_pieces),
    },
    Contestant {
        name: "wasm-smtp, line function",
        enhanced: false,
        whole: |bytes| whole(bytes, wasm_smtp),
        again: |bytes, times| again(bytes, times, wasm_smtp),
        pieces: Some(wasm_smtp_pieces),
    },
    Contestant {
        name: "smtp-proto",
        enhanced: true,
        whole: |bytes| whole(bytes, smtp_proto()),
        again: |bytes, times| again(bytes, times, smtp_proto()),
        pieces: Some(smtp_proto_pieces),
    },
    Contestant {
        name: "lettre",
        enhanced: false,
        whole: lettre_whole,
        again: lettre_again,
        pieces: None,
    },
    Contestant {
        name: "io-smtp",
        enhanced: false,
        whole: |bytes| whole(bytes, io_smtp),
        again: |bytes, times| again(bytes, times, io_smtp),
        pieces: None,
    },
];

#[inline(always)]
fn whole(bytes: &[u8], mut next: impl FnMut(&[u8]) -> Option<Head>) -> Sum {
    let mut sum = Sum::default();
    let mut at = 0;
    while at < bytes.len() {
        let head = next(&bytes[at..]).expect("a whole reply");
        at += head.length;
        sum.add(&head);
    }
    sum
}

#[inline(always)]
fn again(bytes: &[u8], times: u64, mut next: impl FnMut(&[u8]) -> Option<Head>) -> Sum {
    let mut sum = Sum::default();
    for _ in 0..times {
        sum.add(&next(black_box(bytes)).expect("a whole reply"));
    }
    sum
}

/// For those who keep nothing between two calls: they begin again at the head of the reply. Of a small
/// piece it is found out first whether a line ends in it.
#[inline(always)]
fn pieces(bytes: &[u8], size: usize, mut next: impl FnMut(&[u8]) -> Option<Head>) -> Sum {
    let mut sum = Sum::default();
    let mut at = 0;
    for end in ends(bytes, size) {
        if size < 16 && !bytes[end.saturating_sub(size)..end].contains(&b'\n') {
            continue;
        }
        while let Some(head) = next(&bytes[at..end]) {
            at += head.length;
            sum.add(&head);
        }
    }
    sum
}

/// Where each piece of this size ends; the last may be shorter.
fn ends(bytes: &[u8], size: usize) -> impl Iterator<Item = usize> {
    (0..bytes.len())
        .step_by(size)
        .map(move |at| bytes.len().min(at + size))
}

/// An enhanced code as one number to add up.
pub(crate) fn number(class: u8, subject: u16, detail: u16) -> u64 {
    u64::from(class) * 1_000_000 + u64::from(subject) * 1_000 + u64::from(detail)
}

#[inline(always)]
fn floor_head(reply: floor::Reply<'_>) -> Head {
    let reply = black_box(reply);
    Head {
        length: reply.raw.len(),
        code: reply.code,
        enhanced: reply.enhanced.map_or(0, |(a, b, c)| number(a, b, c)),
    }
}

#[inline(always)]
fn floor_memchr(bytes: &[u8]) -> Option<Head> {
    floor::parse_memchr(bytes).map(floor_head)
}

#[inline(always)]
fn floor_swar(bytes: &[u8]) -> Option<Head> {
    floor::parse_swar(bytes).map(floor_head)
}

#[inline(always)]
fn codes_core_head(reply: codes_core::Reply<'_>) -> Head {
    let reply = black_box(reply);
    Head {
        length: reply.len(),
        code: reply.code().get(),
        enhanced: reply.enhanced().map_or(0, |code| {
            number(code.class().digit(), code.subject(), code.detail())
        }),
    }
}

#[inline(always)]
fn codes_core(bytes: &[u8]) -> Option<Head> {
    let reply = codes_core::Reply::parse(bytes).ok()?;
    reply.map(codes_core_head)
}

fn codes_core_pieces(bytes: &[u8], size: usize) -> Sum {
    let mut sum = Sum::default();
    let mut reader = codes_core::ReplyReader::new();
    let mut at = 0;
    for end in ends(bytes, size) {
        while let Some(reply) = reader.read(&bytes[at..end]).expect("replies") {
            at += reply.len();
            sum.add(&codes_core_head(reply));
        }
    }
    sum
}

/// It is called once for each line, which the caller has found.
#[inline(always)]
fn wasm_smtp(bytes: &[u8]) -> Option<Head> {
    let mut at = 0;
    loop {
        let length = memchr(b'\n', &bytes[at..])?;
        let line = wasm_smtp_line(&bytes[at..at + length]);
        at += length + 1;
        if line.is_last {
            return Some(Head {
                length: at,
                code: line.code,
                enhanced: 0,
            });
        }
    }
}

#[inline(always)]
fn wasm_smtp_line(line: &[u8]) -> wasm_smtp::protocol::ReplyLine<'_> {
    let line = line.strip_suffix(b"\r").expect("a line ends in CRLF");
    black_box(wasm_smtp::protocol::parse_reply_line(line)).expect("a line of a reply")
}

fn wasm_smtp_pieces(bytes: &[u8], size: usize) -> Sum {
    let mut sum = Sum::default();
    let (mut line, mut seen) = (0, 0);
    for end in ends(bytes, size) {
        while let Some(length) = memchr(b'\n', &bytes[seen..end]) {
            let parsed = wasm_smtp_line(&bytes[line..seen + length]);
            seen += length + 1;
            line = seen;
            if parsed.is_last {
                sum.add(&Head {
                    length: 0,
                    code: parsed.code,
                    enhanced: 0,
                });
            }
        }
        seen = end;
    }
    sum
}

fn smtp_proto_head(reply: smtp_proto::Response<String>, length: usize) -> Head {
    let reply = black_box(reply);
    let [class, subject, detail] = reply.esc;
    Head {
        length,
        code: reply.code,
        enhanced: number(class, subject.into(), detail.into()),
    }
}

fn smtp_proto() -> impl FnMut(&[u8]) -> Option<Head> {
    let mut receiver = ResponseReceiver::default();
    move |bytes| {
        let mut left = bytes.iter();
        let reply = receiver.parse(&mut left).ok()?;
        receiver.reset();
        Some(smtp_proto_head(reply, bytes.len() - left.len()))
    }
}

fn smtp_proto_pieces(bytes: &[u8], size: usize) -> Sum {
    let mut sum = Sum::default();
    let mut receiver = ResponseReceiver::default();
    for piece in bytes.chunks(size) {
        let mut left = piece.iter();
        while let Ok(reply) = receiver.parse(&mut left) {
            receiver.reset();
            sum.add(&smtp_proto_head(reply, 0));
        }
    }
    sum
}

/// It reads text, so that the bytes have to be checked to be UTF-8 before.
fn lettre_whole(bytes: &[u8]) -> Sum {
    let text = str::from_utf8(bytes).expect("UTF-8");
    whole(bytes, |rest| lettre(&text[bytes.len() - rest.len()..]))
}

fn lettre_again(bytes: &[u8], times: u64) -> Sum {
    again(bytes, times, |bytes| lettre(str::from_utf8(bytes).ok()?))
}

#[inline(always)]
fn lettre(text: &str) -> Option<Head> {
    let reply = black_box(text.parse::<Response>()).ok()?;
    Some(Head {
        // It does not say how much it took: each line had a code, a separator and CRLF.
        length: reply.message().map(|line| line.len() + 6).sum(),
        code: reply.code().into(),
        enhanced: 0,
    })
}

/// It takes nothing but one reply, whose end the caller has to find; its own function tells whether a
/// line was the last.
#[inline(always)]
fn io_smtp(bytes: &[u8]) -> Option<Head> {
    let mut at = 0;
    loop {
        at += memchr(b'\n', &bytes[at..])? + 1;
        if SmtpResponse::is_complete(&bytes[..at]) {
            let reply = black_box(SmtpResponse::parse(&bytes[..at])).ok()?;
            return Some(Head {
                length: at,
                code: reply.code.code(),
                enhanced: 0,
            });
        }
    }
}
