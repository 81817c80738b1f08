//! What has to hold for any octets; the fuzz targets of this project call it.

use std::time::{Duration, SystemTime};

use jiff::tz::TimeZone;

use super::blocks::{BLOCK, Block, Cuts, Cutter, InputName, Pieces, Shape, Taker};
use super::count::Counter;
use super::feed;
use super::moment::{Clock, Newest};
use super::options::Span;
use super::redact::{Mask, without_first_word, without_last_word};
use super::report::Report;
use super::session;
use super::tally::Tally;
use super::{json, text};
use crate::invariants::InPieces;
use crate::mail::{self, mbox};
use crate::screen::Screen;

/// An input is cut into blocks without loss, at line ends or between messages, however it comes; what is
/// counted in them is the same.
pub fn blocks(data: &[u8]) {
    let mut reports = Vec::new();
    // Octet by octet only what is short.
    let smallest = 1 + data.len() / 512;
    for size in [data.len().max(1), smallest, 64] {
        for is_idle in [false, true] {
            // Whatever it is made of.
            for shape in [Shape::Lines, Shape::Message, Shape::Mbox] {
                let (blocks, cuts) = cut(data, size, is_idle, |_| Some(shape));
                are_whole(data, &blocks.taken, shape, cuts);
            }
            let (blocks, cuts) = cut(data, size, is_idle, |head| feed::shape(head, false));
            let tally = counted(data, blocks);
            if cuts == Cuts::default() && !cfg!(small_limits) {
                reports.push(report(&tally));
            }
        }
    }
    reports.dedup();
    assert!(reports.len() < 2, "{}\n{}", reports[0], reports[1]);
}

/// Blocks are the data, without a gap, and end where they may.
fn are_whole(data: &[u8], blocks: &[Taken], shape: Shape, cuts: Cuts) {
    let mut start = 0;
    for (at, block) in blocks.iter().enumerate() {
        let end = start + block.bytes.len();
        assert!(start < end && data[start..end] == block.bytes);
        let lines = data[..start].iter().filter(|&&octet| octet == b'\n');
        assert_eq!(block.first_line, 1 + lines.count() as u64);
        assert_eq!(block.shape, shape);
        let is_whole = match shape {
            _ if end == data.len() => true,
            Shape::Lines => block.bytes.ends_with(b"\n"),
            Shape::Mbox => mbox::is_mbox(&data[end..]),
            Shape::Message => false,
        };
        let goes_on = blocks.get(at + 1).is_some_and(|next| next.continues);
        assert!(
            is_whole || goes_on,
            "{start} {end} {shape:?} {cuts:?} {at} {}",
            blocks.len()
        );
        assert!(!goes_on || cuts != Cuts::default());
        start = end;
    }
    assert_eq!(start, data.len());
}

fn counted(data: &[u8], blocks: Blocks) -> Tally {
    let tally = blocks.counter.into_tally();
    assert!(tally.failed.is_empty(), "{:?}", tally.failed);
    assert_eq!(tally.totals.octets, data.len() as u64);
    if blocks.taken.iter().all(|block| block.shape == Shape::Lines) {
        let lines = data.split_inclusive(|&octet| octet == b'\n').count();
        assert_eq!(tally.totals.lines, lines as u64);
    }
    tally
}

/// What is said of that which was counted, in every form.
fn report(tally: &Tally) -> String {
    let mut shown = String::new();
    for mut mask in [None, Some(Mask::default())] {
        let report = Report::of(tally, feed::Inputs::default(), false, 20, &mut mask);
        let report = report.expect("no failure");
        for note in report.notes() {
            shown += &note;
        }
        shown += &text::write(&report, 5, Screen::new(80, false));
        shown += &json::write(&report).expect("JSON");
    }
    let is_harmless = |shown: char| shown == '\n' || !shown.is_control();
    assert!(shown.chars().all(is_harmless), "{shown:?}");
    shown
}

/// The blocks of data that come in pieces of so many octets, and what is counted in them.
fn cut(
    data: &[u8],
    size: usize,
    is_idle: bool,
    shape: impl Fn(&[u8]) -> Option<Shape>,
) -> (Blocks, Cuts) {
    let clock = Clock::new(TimeZone::UTC);
    let mut taker = Blocks {
        counter: Counter::new(Tally::of_one_in(1), clock, Span::default()),
        taken: Vec::new(),
        spare: Vec::new(),
        is_idle,
    };
    let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
    let name = InputName {
        number: 1,
        name: "x".to_owned(),
    };
    let mut cutter = Cutter::new(&mut taker, Newest::of(now, &TimeZone::UTC), name);
    let mut input = InPieces { rest: data, size };
    let end = cutter.run(&mut input, shape);
    assert!(end.is_ok());
    let cuts = cutter.cuts;
    (taker, cuts)
}

impl Pieces for InPieces<'_> {
    /// As a pipe whose writer pauses after each piece.
    fn is_ready(&mut self) -> bool {
        false
    }
}

/// A block that was taken.
struct Taken {
    bytes: Vec<u8>,
    shape: Shape,
    continues: bool,
    first_line: u64,
}

struct Blocks {
    counter: Counter,
    taken: Vec<Taken>,
    spare: Vec<Vec<u8>>,
    is_idle: bool,
}

impl Taker for Blocks {
    fn buffer(&mut self) -> Vec<u8> {
        self.spare.pop().unwrap_or_else(|| vec![0; BLOCK])
    }

    fn take(&mut self, block: Block) -> bool {
        self.counter.count(&block);
        self.taken.push(Taken {
            bytes: block.bytes().to_vec(),
            shape: block.shape,
            continues: block.continues,
            first_line: block.first_line,
        });
        self.spare.push(block.into_buffer());
        true
    }

    fn is_idle(&self) -> bool {
        self.is_idle
    }

    fn is_interrupted(&self) -> bool {
        false
    }

    fn progress(&mut self) {}
}

/// Sessions, and messages of an mbox, have places within the text, at beginnings of lines.
pub fn sessions(data: &[u8]) {
    let begins_line = |at: usize| at == 0 || data[..at].ends_with(b"\n");
    let ends_line = |at: usize| at == data.len() || begins_line(at);
    let length = session::length(data);
    assert!(ends_line(length));
    if length > 0 {
        let with_more = session::with_broken_lines(data, length);
        assert!(with_more >= length && ends_line(with_more));
    }
    let whole = data.iter().rposition(|&octet| octet == b'\n');
    let whole = &data[..whole.map_or(0, |at| at + 1)];
    let begin = session::begin_of_last(whole);
    assert!(begin <= whole.len() && begins_line(begin));

    let messages = mbox::split(data);
    assert_eq!(messages.concat(), data);
    let others = messages.iter().skip(1);
    assert!(others.clone().all(|message| mbox::is_mbox(message)));
    if mbox::is_mbox(whole) {
        let messages = mbox::split(whole);
        let last = messages.last().map_or(0, |message| message.len());
        let begin = mbox::last(whole).unwrap_or_default();
        assert_eq!(begin, whole.len() - last);
    }
    // Once it is known what a text is, more of it changes nothing.
    if !mail::is_begun_header(whole) && !whole.is_empty() {
        assert_eq!(feed::shape(data, false), feed::shape(whole, false));
    }
}

/// Whatever stands around them, an address of mail, a host and an IP address are masked, and so is the machine
/// that wrote a line; nothing is shown that acts on a terminal.
pub fn redact(data: &[u8]) {
    const SECRETS: [&str; 4] = [
        "geheim@geheim.example",
        "mx.geheim.example",
        "198.51.100.77",
        "2001:db8::dead:beef",
    ];
    // A sample is shorter.
    let data = data.get(..1024).unwrap_or(data);
    let is_hidden = |text: &[u8], begins: bool| {
        let shown = Mask::default().piece(text, begins);
        assert!(!shown.chars().any(|it| it.is_control()), "{shown:?}");
        for part in ["geheim", "198.51", "dead:beef"] {
            assert!(!shown.contains(part), "{text:?}\n{shown}");
        }
    };
    let known = |text: &[u8]| {
        let lower = text.to_ascii_lowercase();
        let part = |part: &[u8]| memchr::memmem::find(&lower, part).is_some();
        part(b"geheim") || part(b"198.51") || part(b"dead:beef")
    };
    if known(data) {
        return;
    }
    for begins in [false, true] {
        is_hidden(data, begins);
        for secret in SECRETS {
            // At every place of a short text, at some of a long one.
            for at in (0..=data.len()).step_by(1 + data.len() / 8) {
                let (before, behind) = data.split_at(at);
                is_hidden(
                    &[before, b" ", secret.as_bytes(), b" ", behind].concat(),
                    begins,
                );
            }
        }
    }
    let header = b"Nov  2 00:00:05 geheim postfix/smtp[1]: ";
    is_hidden(&[header, data].concat(), true);
    is_hidden(&[data, b"\n", header].concat(), false);

    let [late, early] = [without_first_word(data), without_last_word(data)];
    assert!(data.ends_with(late) && data.starts_with(early));
}
