//! Replies whose lines a mail program broke anew to fit its column: `550-5.7.26 This mail has been blocked
//! because the sender is` and in the next line `unauthenticated. 550-5.7.26 Gmail requires`.

use core::ops::Range;

use codes_core::EnhancedCode;

use crate::codes::{self, Codes};
use crate::line::{self, Line, Voice};
use crate::window::{Part, Window};
use crate::{lead, limits, log};

/// The columns under which no line counts as broken: mail programs take 60 to 80, and marks of quoted mail
/// some of them.
const NARROW: usize = 40;

/// The octets of a line that a program broke at most: what is longer was left as it came.
const WIDE: usize = 400;

/// What is known of the lines of a reply.
#[derive(Debug, Default)]
pub(crate) struct Wrapping {
    /// Where the codes of the reply stand again: what is before them belongs to it.
    again: usize,
    /// Whether lines of it were broken.
    is_found: bool,
    /// The columns of its longest line.
    longest: usize,
    /// Up to where lines were measured.
    measured: usize,
    /// The octets that were looked through for the codes.
    pub(crate) looked_at: usize,
}

impl Wrapping {
    /// Whether a line belongs to a reply whose last line has not come: the same codes stand in it or further
    /// on in its paragraph, and the line before is long enough to be broken.
    pub(crate) fn goes_on(
        &mut self,
        text: Window<'_>,
        own: &Line,
        codes: &Codes,
        start: usize,
    ) -> bool {
        if start > self.again {
            if !had_no_room(text, start, NARROW) {
                return false;
            }
            let Some(at) = self.next(text, own, codes, start) else {
                return false;
            };
            self.again = at;
        }
        self.is_found = true;
        true
    }

    /// Notes that codes stand within a line of the reply, so many lines behind the first.
    pub(crate) fn note_joined(&mut self, lines: usize) {
        self.is_found |= lines > 0;
    }

    /// Whether a line belongs to the last one that the server sent, where others of the reply were broken:
    /// its first word had no room in the line before.
    pub(crate) fn ends_with(&mut self, text: Window<'_>, own: &Line, start: usize) -> bool {
        if !self.is_found || !is_of_paragraph(text, own, start) {
            return false;
        }
        let (content, _) = line::content(text, start);
        // `Reporting-MTA: dns; mx.example.com`
        let word = first_word(text, content);
        let is_field = word.ends_with(b":") && word.contains(&b'-');
        if begins_other(text, content) || is_field || text.starts_with(content, b"--") {
            return false;
        }
        let lines = text.part(self.measured.max(own.start)..start);
        let lines = lines.split(|&byte| byte == b'\n');
        let widths = lines.filter(|line| line.len() <= WIDE).map(columns);
        self.longest = widths.fold(self.longest, usize::max);
        self.measured = start;
        had_no_room(text, start, self.longest.max(NARROW))
    }

    /// Whether a line was broken behind a reply code: before the enhanced code, if the reply has one.
    pub(crate) fn is_broken_behind(&self, text: Window<'_>, codes: &Codes, end: usize) -> bool {
        match codes.enhanced {
            Some((own, _)) => enhanced_in_next_line(text, end).is_some_and(|(code, _)| code == own),
            None => self.is_found && matches!(text.byte(end), Some(b'\r' | b'\n')),
        }
    }

    /// Where the codes of a reply stand next, in the paragraph that goes on with a line.
    fn next(&mut self, text: Window<'_>, own: &Line, codes: &Codes, start: usize) -> Option<usize> {
        let near = text.up_to(start + limits::WRAPPED);
        let mut start = start;
        while start < near.limit() && is_of_paragraph(near, own, start) {
            let end = near.line_end(start);
            self.looked_at += end - start;
            let (content, voice) = line::content(near, start);
            let line = Line {
                start,
                content,
                voice,
                block: start,
            };
            let digit = *near.part(codes.code.as_ref()?.1.clone()).first()?;
            let mut places = memchr::memchr_iter(digit, near.part(content..end));
            let found = places.find(|at| {
                let at = content + at;
                repeats(near, codes, at) && (at == content || is_within(near, &line, at))
            });
            if let Some(at) = found {
                return Some(content + at);
            }
            if begins_other(near, content) {
                return None;
            }
            start = end + 1;
        }
        None
    }
}

/// Whether the codes of a reply stand at a place.
fn repeats(text: Window<'_>, codes: &Codes, at: usize) -> bool {
    let Some((code, _)) = codes.code else {
        return false;
    };
    if codes::basic(text, at) != Some(code) {
        return false;
    }
    let behind = match text.byte(at + 3) {
        Some(b'-' | b' ') => at + 4,
        Some(b'\r' | b'\n') => at + 3,
        _ => return false,
    };
    let Some((own, _)) = codes.enhanced else {
        return true;
    };
    let behind = codes::behind_spaces(text, behind);
    let is_own = |at: usize| codes::enhanced(text, at).is_some_and(|(code, _)| code == own);
    is_own(behind) || enhanced_in_next_line(text, behind).is_some_and(|(code, _)| code == own)
}

/// Whether codes within a line are in the words of a reply that began in another one: what announces a reply
/// begins one.
fn is_within(text: Window<'_>, line: &Line, at: usize) -> bool {
    text.byte_before(at) == Some(b' ')
        && lead::before(text, line, at).is_some_and(|lead| lead.strength < lead::Strength::Strong)
        && !text.part(..at).ends_with(b">: ")
}

/// The enhanced code with which the next line begins, and where it ends, if the line ends at a place.
pub(crate) fn enhanced_in_next_line(
    text: Window<'_>,
    at: usize,
) -> Option<(EnhancedCode, Range<usize>)> {
    let behind = text.part(at..);
    let feed = at
        + behind
            .iter()
            .position(|&byte| !matches!(byte, b' ' | b'\r'))?;
    if text.byte(feed) != Some(b'\n') {
        return None;
    }
    let (content, _) = line::content(text, feed + 1);
    codes::enhanced(text, content).map(|(code, end)| (code, content..end))
}

/// Whether a line begins with codes: those of another reply.
fn begins_other(text: Window<'_>, content: usize) -> bool {
    let is_apart = |at| matches!(text.byte(at), None | Some(b' ' | b'-' | b'\r' | b'\n'));
    codes::basic(text, content).is_some() && is_apart(content + 3)
        || codes::enhanced(text, content).is_some_and(|(_, end)| is_apart(end))
}

/// Whether a line may belong to the paragraph of a reply: not an empty one, one of a log or a session, or
/// one that is quoted otherwise.
fn is_of_paragraph(text: Window<'_>, own: &Line, start: usize) -> bool {
    let (content, voice) = line::content(text, start);
    let is_quoted = |voice| matches!(voice, None | Some(Voice::Quoted));
    let quotes = |range| line::indent(text.part(range)).0;
    !matches!(text.byte(content), None | Some(b'\r' | b'\n'))
        && is_quoted(voice)
        && is_quoted(own.voice)
        && quotes(start..content) == quotes(own.start..own.content)
        && log::time::read(text.part(content..content + limits::LABEL)).is_none()
        && !line::is_command(text, content)
}

/// Whether the first word of a line would have made the line before as long as so many columns, or longer. As
/// long is enough: two spaces may have been between them.
fn had_no_room(text: Window<'_>, start: usize, most: usize) -> bool {
    let before = text.part(start.saturating_sub(WIDE)..start);
    let Some(before) = before.strip_suffix(b"\n") else {
        return false;
    };
    let before = memchr::memrchr(b'\n', before).map_or(before, |feed| before.part(feed + 1..));
    let (content, _) = line::content(text, start);
    columns(before) + 1 + columns(first_word(text, content)) >= most
}

fn first_word(text: Window<'_>, content: usize) -> &[u8] {
    let words = text.part(content..content + WIDE);
    let len = words.iter().position(|byte| byte.is_ascii_whitespace());
    words.part(..len.unwrap_or(words.len()))
}

/// The characters of a line, without spaces at its end.
fn columns(line: &[u8]) -> usize {
    let line = line.trim_ascii_end();
    line.iter().filter(|&&byte| byte & 0xc0 != 0x80).count()
}
