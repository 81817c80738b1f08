//! Where the words of a reply end.

use crate::limits;
use crate::{accept, quotes, search, spaces, strangers};
use codes_core::{Class, Deviation, Deviations, EnhancedCode, ReplyCode};
use core::ops::Range;

use crate::codes::{self, Codes, Separator};
use crate::lead::{self, Ending};
use crate::line::{self, Line, Voice};
use crate::marks::{Mark, Marks};
use crate::window::{Part, Window};
use crate::wrapped::{self, Wrapping};

/// The lines of a reply at most.
const LINES: usize = 256;

/// The replies within its words that are found to be made up at most.
const FORGED: usize = 4;

/// The words of a reply, and what they tell about its codes.
#[derive(Debug, Clone)]
pub(crate) struct Extent {
    pub(crate) end: usize,
    /// Where the search for other replies goes on.
    pub(crate) next: usize,
    /// Where another reply is told within the words.
    pub(crate) cut: Option<usize>,
    /// Whether that one is the whole of which a field had only the code: `code: 550, message: '550 ...`.
    pub(crate) is_told_again: bool,
    /// The reply code, where only an enhanced code stood at the beginning.
    pub(crate) later: Option<(ReplyCode, Range<usize>)>,
    /// Whether lines follow each other in it that repeat the codes.
    pub(crate) has_lines: bool,
    /// Whether what stands before it in its line stands before those lines too.
    pub(crate) is_prefixed: bool,
    pub(crate) worst: Option<(ReplyCode, Range<usize>)>,
    pub(crate) last: Option<ReplyCode>,
    /// An enhanced code at the end of the words.
    pub(crate) second: Option<(EnhancedCode, Range<usize>)>,
    pub(crate) deviations: Deviations,
    /// Where the text says which command it answers: behind `in reply to `.
    pub(crate) in_reply_to: Option<usize>,
    /// The octets that were looked at to find its end.
    pub(crate) looked_at: usize,
    /// The replies within the words that strangers made up.
    forged: usize,
}

impl Extent {
    /// The words up to a place, where it is known already.
    pub(crate) fn up_to(end: usize, next: usize) -> Self {
        Self {
            end,
            next,
            cut: None,
            is_told_again: false,
            later: None,
            has_lines: false,
            is_prefixed: false,
            worst: None,
            last: None,
            second: None,
            deviations: Deviations::default(),
            in_reply_to: None,
            looked_at: 0,
            forged: 0,
        }
    }

    /// Finds the end of the words behind codes, of so many octets at most; what is behind them is
    /// searched for other replies.
    pub(crate) fn of(
        marks: &Marks<'_>,
        line: &Line,
        lead: &lead::Lead<'_>,
        codes: &Codes,
        octets: usize,
    ) -> Self {
        let whole = Window::new(marks.input());
        let mut extent = Self::up_to(codes.words, codes.words);
        let mut walk = Walk {
            whole,
            text: whole.up_to(codes.words + octets),
            line,
            codes,
        };
        let sentence = walk.end_of_sentence(lead);
        if sentence.is_some() {
            walk.text = walk.text.up_to(codes.words + limits::AGAIN);
        }
        // The search for the end of the line is not begun anew.
        let mut marks = marks.clone();
        marks.skip_to(codes.words);
        let (mut end, mut next) = walk.run(marks, lead, &mut extent);
        let looked_at = next.saturating_sub(codes.words) + extent.looked_at;
        if !extent.is_told_again
            && let Some(at) = sentence
        {
            extent = Self::up_to(at, at);
            (end, next) = (codes.words, at);
        }
        extent.looked_at = looked_at;
        let mut end = walk.cut_off(lead, codes.words, end, &mut next, &mut extent);
        let words = whole.above(codes.words);
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = words.byte_before(end) {
            end -= 1;
        }
        extent.end = end.max(codes.end());
        extent.next = next.max(extent.end);
        // What stands behind the end does not belong to it.
        let end = extent.end;
        extent.second = extent.second.filter(|(_, at)| at.end <= end);
        extent.later = extent.later.filter(|(_, at)| at.end <= end);
        if extent.worst.take_if(|(_, at)| at.end > end).is_some() {
            extent.last = None;
        }
        extent
    }
}

struct Walk<'a> {
    whole: Window<'a>,
    /// The same up to where words are looked for.
    text: Window<'a>,
    line: &'a Line,
    codes: &'a Codes,
}

impl Walk<'_> {
    /// Goes from mark to mark up to the end of the line, or of the lines that belong to the reply.
    fn run(
        &self,
        mut marks: Marks<'_>,
        lead: &lead::Lead<'_>,
        extent: &mut Extent,
    ) -> (usize, usize) {
        let text = self.text;
        let code = self.codes.code.as_ref().map(|(code, _)| *code);
        let mut open = self.codes.separator == Separator::Hyphen;
        let mut lines = 0;
        let mut last_enhanced = self.codes.enhanced.as_ref().map(|(code, _)| *code);
        let mut wrapping = Wrapping::default();
        while let Some(mark) = marks.next() {
            match mark {
                Mark::Feed(at) | Mark::Basic(at) | Mark::Enhanced(at) if at >= text.limit() => {
                    break;
                }
                Mark::Feed(at) => {
                    lines += 1;
                    if lines > LINES {
                        return (at, at);
                    }
                    match self.following(at + 1, open, lead) {
                        Following::Line(next) => {
                            let Some(read) = Codes::at_basic(text, next) else {
                                return (at, at);
                            };
                            extent.has_lines = true;
                            extent.is_prefixed |= self.repeats_prefix(at + 1) == Some(next);
                            open = read.separator == Separator::Hyphen;
                            self.compare(&read, code, &mut last_enhanced, extent);
                            marks.skip_to(read.words.max(next + 3));
                        }
                        Following::Enhanced(behind) => marks.skip_to(behind),
                        Following::Fold => {}
                        Following::None if self.is_wrapped(&mut wrapping, at + 1, open) => {
                            extent.looked_at = wrapping.looked_at;
                        }
                        Following::None => return (at, at),
                    }
                }
                Mark::Basic(at) => {
                    let number = codes::basic(text, at);
                    let parted = matches!(text.byte(at + 3), Some(b' ' | b'-' | b'_'))
                        || wrapping.is_broken_behind(text, self.codes, at + 3);
                    if open && parted && number == code && self.begins_line(at) {
                        if let Some(read) = Codes::at_basic(text, at) {
                            extent.has_lines = true;
                            wrapping.note_joined(lines);
                            open = read.separator == Separator::Hyphen;
                            self.compare(&read, code, &mut last_enhanced, extent);
                            marks.skip_to(read.words.max(at + 3));
                        }
                        continue;
                    }
                    if self.is_later(at, extent) {
                        continue;
                    }
                    if self.is_another(at, open, extent) {
                        extent.cut = Some(at);
                        extent.is_told_again = number == code
                            && self.codes.enhanced.is_none()
                            && self.codes.separator == Separator::Punctuation;
                        return (self.token(at), at);
                    }
                }
                Mark::Enhanced(at) => self.note_second(at, last_enhanced, extent),
            }
        }
        (text.limit(), text.limit())
    }

    /// The end of the line, where nothing but a full stop stands behind the code: `Fehlercode 550.` Other
    /// sentences follow in the next one.
    fn end_of_sentence(&self, lead: &lead::Lead<'_>) -> Option<usize> {
        if lead.begins || self.codes.separator != Separator::Punctuation {
            return None;
        }
        let end = self.codes.end();
        let rest = self.text.part(end..);
        let is_end = |byte: &&u8| matches!(byte, b'.' | b'!' | b'?' | b')' | b' ' | b'\t' | b'\r');
        let len = rest.iter().take(8).take_while(is_end).count();
        (rest.byte(len) == Some(b'\n')).then_some(end + len)
    }

    /// Compares the codes of a further line with those of the line before.
    fn compare(
        &self,
        read: &Codes,
        code: Option<ReplyCode>,
        last_enhanced: &mut Option<EnhancedCode>,
        extent: &mut Extent,
    ) {
        let Some((number, at)) = &read.code else {
            return;
        };
        let enhanced = read.enhanced.as_ref().map(|(code, _)| *code);
        let enhanced = enhanced.or_else(|| self.enhanced_in_next_line(read.words));
        if Some(*number) != code || extent.last.is_some_and(|last| last != *number) {
            extent.deviations.insert(Deviation::CodesDiffer);
        } else if enhanced != *last_enhanced {
            extent.deviations.insert(Deviation::EnhancedCodesDiffer);
        }
        let worst = extent.worst.as_ref().map(|(code, _)| *code).or(code);
        if worst.is_none_or(|worst| badness(*number) > badness(worst)) {
            extent.worst = Some((*number, at.clone()));
        }
        extent.last = Some(*number);
        *last_enhanced = enhanced.or(*last_enhanced);
    }

    /// Whether a line belongs to the reply only because a mail program broke it.
    fn is_wrapped(&self, wrapping: &mut Wrapping, start: usize, open: bool) -> bool {
        match open {
            true => wrapping.goes_on(self.text, self.line, self.codes, start),
            false => wrapping.ends_with(self.text, self.line, start),
        }
    }

    /// The enhanced code of the reply, if it was broken off from the code before it.
    fn enhanced_in_next_line(&self, at: usize) -> Option<EnhancedCode> {
        let (own, _) = self.codes.enhanced.as_ref()?;
        wrapped::enhanced_in_next_line(self.text, at)
            .map(|(code, _)| code)
            .filter(|code| code == own)
    }

    /// How the next line belongs to the reply.
    fn following(&self, start: usize, open: bool, lead: &lead::Lead<'_>) -> Following {
        let text = self.text;
        if start >= text.limit() {
            return Following::None;
        }
        let (content, voice) = line::content(text, start);
        let ends_or = |at: usize, is_apart: fn(u8) -> bool| match text.byte(at) {
            Some(byte) => is_apart(byte),
            None => !text.cuts(at),
        };
        if open
            && voice == self.line.voice
            && let Some(number) = codes::basic(text, content)
            && (ends_or(content + 3, |byte| {
                matches!(byte, b' ' | b'-' | b'\r' | b'\n')
            }) || spaces::at(text.part(content + 3..)).is_some())
            && !codes::is_unusual(number)
        {
            return Following::Line(content);
        }
        if open && let Some(content) = self.repeats_prefix(start) {
            return Following::Line(content);
        }
        // The errors of some libraries have the reply code before the first line only.
        if let (Some(_), Some((own, _))) = (&self.codes.code, &self.codes.enhanced)
            && voice == self.line.voice
            && let Some((code, end)) = codes::enhanced(text, content)
            && code == *own
            && ends_or(end, |byte| matches!(byte, b' ' | b'\r' | b'\n'))
        {
            return Following::Enhanced(end);
        }
        let is_text = !matches!(text.byte(content), None | Some(b'\r' | b'\n'));
        let (quotes, indent) = line::indent(text.part(start..content));
        let (own_quotes, own_indent) = line::indent(text.part(self.line.start..self.line.content));
        // A space follows the marks of quoted mail anyway.
        let least = 1 + usize::from(quotes > 0);
        let deeper = match lead.begins {
            true => own_indent.max(least),
            false => least,
        };
        let is_quoted = |voice| matches!(voice, None | Some(Voice::Quoted));
        // Behind `smtp;` or `said:` the words are folded wherever they are long enough.
        let begins_reply = lead.begins
            && codes::basic(text, content).is_some()
            && matches!(text.byte(content + 3), Some(b' ' | b'-'));
        if is_text
            && indent >= deeper
            && quotes == own_quotes
            && is_quoted(voice)
            && is_quoted(self.line.voice)
            && !begins_reply
            && !(lead.begins && line::is_command(text, content))
        {
            return Following::Fold;
        }
        Following::None
    }

    /// Where the same code stands in a line that begins as that of the reply: `msmtp: server message:
    /// 550-`.
    fn repeats_prefix(&self, start: usize) -> Option<usize> {
        let text = self.text;
        let (code, at) = self.codes.code.as_ref()?;
        let prefix = text.part(self.line.content..at.start);
        let len = at.start - self.line.start;
        let is_same = !prefix.is_empty()
            && len <= limits::PREFIX
            && text.starts_with(start, text.part(self.line.start..at.start))
            && codes::basic(text, start + len) == Some(*code)
            && matches!(text.byte(start + len + 3), Some(b' ' | b'-'));
        is_same.then_some(start + len)
    }

    /// Whether a line of the reply may begin at a place within a line that several were joined to.
    fn begins_line(&self, at: usize) -> bool {
        let before = self.text.part(self.codes.words..at);
        match before.last() {
            None | Some(b' ' | b'_' | b'/' | b'\t') => true,
            Some(b'n') => before.ends_with(b"\\n"),
            _ => false,
        }
    }

    /// Whether another reply is told within the words: behind `said:`, `LED=` and the like, or with
    /// codes that agree with each other.
    fn is_another(&self, at: usize, open: bool, extent: &mut Extent) -> bool {
        if !matches!(
            self.text.byte_before(at),
            Some(b' ' | b'=' | b'"' | b'\'' | b'(' | b'<' | b'#' | b'_' | 0x80..)
        ) {
            return false;
        }
        let Some(read) = Codes::at_basic(self.text, at) else {
            return false;
        };
        let number = read.code.as_ref().map(|(code, _)| *code);
        let enhanced = read.enhanced.as_ref().map(|(code, _)| *code);
        let own = self.codes.code.as_ref().map(|(code, _)| *code);
        let own_enhanced = self.codes.enhanced.as_ref().map(|(code, _)| *code);
        let is_success = |code: Option<ReplyCode>| {
            code.is_some_and(|code| code.class() == Class::PositiveCompletion)
        };
        // What a filter was told by the server behind it.
        if number == own && (enhanced.is_none() || enhanced == own_enhanced)
            || is_success(own) && is_success(number)
        {
            return false;
        }
        if lead::is_field_again(self.text, self.line, at) {
            return false;
        }
        if read.agree() {
            let goes_on = open && number == own;
            return !goes_on && !self.is_forged(at, extent);
        }
        if extent.has_lines {
            return false;
        }
        let words = self.codes.words;
        let line = Line {
            block: words,
            content: words,
            start: words,
            voice: None,
        };
        let lead = lead::before(self.whole, &line, at);
        lead.is_some_and(|lead| lead.nests && lead.strength == lead::Strength::Strong)
            && !self.is_forged(at, extent)
    }

    /// Whether strangers made up a reply; a text of many such is not looked through for them.
    fn is_forged(&self, at: usize, extent: &mut Extent) -> bool {
        let is_forged = extent.forged < FORGED && strangers::wrote(self.whole, self.line.start, at);
        extent.forged += usize::from(is_forged);
        is_forged
    }

    /// Whether the reply code stands within the words behind an enhanced code: `5.3.0 - Other mail
    /// system problem 554-'delivery error'`.
    fn is_later(&self, at: usize, extent: &mut Extent) -> bool {
        let Some((own, _)) = self.codes.enhanced else {
            return false;
        };
        if self.codes.code.is_some() || extent.later.is_some() {
            return false;
        }
        let Some(read) = Codes::at_basic(self.text, at) else {
            return false;
        };
        let Some((code, place)) = read.code.clone() else {
            return false;
        };
        let before = self.text.part(self.codes.words..at);
        let is_told =
            read.quote.is_some() || before.ends_with(b"smtp; ") || self.is_named(&read, before);
        let is_later = own.agrees_with(code)
            && is_told
            && read.enhanced.as_ref().is_none_or(|(code, _)| *code == own);
        if is_later {
            extent.later = Some((code, place));
        }
        is_later
    }

    /// Whether words lead to a reply code that is said behind the enhanced one: `5.1.1 unknown user;
    /// 550 rejected`, `5.1.1 User unknown (reply: 550)`, `5.1.1 no such: Server said 550`.
    fn is_named(&self, read: &Codes, before: &[u8]) -> bool {
        let words = [
            &b"; "[..],
            b"reply: ",
            b"said ",
            b"said: ",
            b"reply ",
            b"code ",
            b"code: ",
        ];
        read.separator != Separator::None
            && !accept::is_counted(self.text, read.words)
            && words.iter().any(|word| before.ends_with(word))
    }

    /// Where the word begins that ends at a place.
    fn token(&self, at: usize) -> usize {
        let words = self.text.part(self.codes.words..at);
        let len = words.iter().rev().take_while(|&&byte| byte != b' ').count();
        at - len
    }

    /// `(#5.7.1)` at the end of the words.
    fn note_second(&self, at: usize, last: Option<EnhancedCode>, extent: &mut Extent) {
        match self.text.part(..at) {
            [.., byte, b'#'] if !byte.is_ascii_alphanumeric() => {}
            _ => return,
        }
        let Some((code, end)) = codes::enhanced(self.text, at) else {
            return;
        };
        if Some(code) != last && extent.second.is_none() {
            extent.second = Some((code, at..end));
        }
    }

    /// Shortens the words to where the wrapping says that they end.
    fn cut_off(
        &self,
        lead: &lead::Lead<'_>,
        start: usize,
        end: usize,
        next: &mut usize,
        extent: &mut Extent,
    ) -> usize {
        let words = self.whole.part(start..end);
        // What ends the words, and where the search then goes on.
        let mut cut = |at: usize| {
            *next = start + at;
            start + at
        };
        if let Some(quote) = self.codes.quote
            && let Some(at) = closing(words, quote)
        {
            return cut(at);
        }
        let wrapped = match lead.ending {
            Ending::Quote(quote) => closing(words, quote),
            Ending::Typographic(marks) => quotes::closing(words, marks),
            Ending::Fields => {
                search::find(words, b"; from=<").or_else(|| search::find(words, b"; proto="))
            }
            Ending::Parenthesis => closing_parenthesis(words),
            Ending::Comma | Ending::Line => None,
        };
        if let Some(at) = wrapped {
            return cut(at);
        }
        let ends = match lead.ending {
            Ending::Comma => search::find(words, b", stat="),
            // The string of JSON that it is the end of: `"log":"sending: 550 ...\n"`.
            Ending::Line if self.whole.byte(self.line.content) == Some(b'{') => {
                closing(words, b'"')
            }
            _ => None,
        };
        let words = match ends {
            Some(at) => {
                cut(at);
                words.part(..at)
            }
            None => words,
        };
        if let Some((at, behind)) = in_reply_to(words) {
            extent.in_reply_to = Some(start + behind);
            cut(behind);
            return start + at;
        }
        let mut words = words.trim_ascii_end();
        if let Some(rest) = words.strip_suffix(b"##") {
            words = rest.trim_ascii_end();
        }
        let is_odd = |words: &[u8]| memchr::memchr_iter(b'"', words).count() % 2 == 1;
        if words.last() == Some(&b')') && is_unbalanced(words)
            || words.last() == Some(&b'"') && is_odd(words)
        {
            words = words.part(..words.len() - 1);
        }
        words = words.strip_suffix(b"\\n").unwrap_or(words);
        if self.whole.byte(self.codes.end()) == Some(b'_') {
            let end = search::find(words, b"/Giving_up_on_").unwrap_or(words.len());
            words = words.part(..end);
            words = words.strip_suffix(b"/").unwrap_or(words);
        }
        start + words.len()
    }
}

enum Following {
    Line(usize),
    /// A line that repeats the enhanced code alone, which ends there.
    Enhanced(usize),
    Fold,
    None,
}

/// The quote that closes a text.
fn closing(text: &[u8], quote: u8) -> Option<usize> {
    // Some open with a grave accent and close with an apostrophe.
    let other = if quote == b'`' { b'\'' } else { quote };
    memchr::memchr2_iter(quote, other, text).find(|&at| {
        let escaped = text.part(..at).last() == Some(&b'\\');
        let in_word = text.byte(at) == Some(b'\'')
            && text
                .byte(at + 1)
                .is_some_and(|byte| byte.is_ascii_alphanumeric());
        !escaped && !in_word
    })
}

/// Where a parenthesis closes that was opened before a text.
fn closing_parenthesis(text: &[u8]) -> Option<usize> {
    let mut depth = 0;
    memchr::memchr2_iter(b'(', b')', text).find(|&at| {
        depth += if text.byte(at) == Some(b'(') { 1 } else { -1 };
        depth < 0
    })
}

/// Where ` (in reply to ` begins, and where it ends; line folds count as spaces.
fn in_reply_to(text: &[u8]) -> Option<(usize, usize)> {
    memchr::memchr_iter(b'(', text).find_map(|open| {
        let mut rest = text.part(open + 1..);
        for word in [&b"in"[..], b"reply", b"to"] {
            let behind = rest.strip_prefix(word)?;
            rest = behind.trim_ascii_start();
            (rest.len() < behind.len()).then_some(())?;
        }
        Some((open, text.len() - rest.len()))
    })
}

/// Whether a text closes more parentheses than it opens.
fn is_unbalanced(text: &[u8]) -> bool {
    let open = memchr::memchr_iter(b'(', text).count();
    memchr::memchr_iter(b')', text).count() > open
}

/// Orders codes by what a client may make of them: a success last, a permanent refusal first.
fn badness(code: ReplyCode) -> u8 {
    match code.class() {
        Class::PositiveCompletion => 0,
        Class::PositiveIntermediate => 1,
        Class::TransientNegative => 3,
        Class::PermanentNegative => 4,
        _ => 2,
    }
}
