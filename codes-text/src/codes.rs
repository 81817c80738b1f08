//! Reading the codes of a reply at a place where they begin.

use core::ops::Range;

use crate::window::{Part, Window};
use crate::{limits, spaces, wrapped};
use codes_core::{Class, Deviation, Deviations, EnhancedCode, ReplyCode};

/// The codes at the beginning of a reply.
#[derive(Debug, Clone)]
pub(crate) struct Codes {
    pub(crate) code: Option<(ReplyCode, Range<usize>)>,
    pub(crate) enhanced: Option<(EnhancedCode, Range<usize>)>,
    /// What stands behind the reply code.
    pub(crate) separator: Separator,
    /// Where the words begin.
    pub(crate) words: usize,
    /// The quote that was opened between the codes or before the words, as in `(550, b'...')`.
    pub(crate) quote: Option<u8>,
    pub(crate) deviations: Deviations,
}

/// What stands behind a reply code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Separator {
    /// A space, TAB or, in a log of qmail, `_`.
    Space,
    /// A hyphen: more lines follow, as a rule.
    Hyphen,
    /// The end of the line or of the text.
    End,
    /// Punctuation: the code is quoted in a list or a sentence.
    Punctuation,
    /// A letter.
    None,
}

/// The number in three digits.
#[inline]
pub(crate) fn basic(text: Window<'_>, at: usize) -> Option<ReplyCode> {
    let digits = text.part(at..).first_chunk::<3>()?;
    let [a, b, c] = digits.map(|byte| byte.wrapping_sub(b'0'));
    if a > 9 || b > 9 || c > 9 {
        return None;
    }
    ReplyCode::new(u16::from(a) * 100 + u16::from(b) * 10 + u16::from(c))
}

/// The enhanced code at a place, and where it ends; none where it goes on as another number, a
/// version or a name.
pub(crate) fn enhanced(text: Window<'_>, at: usize) -> Option<(EnhancedCode, usize)> {
    let digit = |at: usize| match text.byte(at) {
        Some(byte) if byte.is_ascii_digit() => Some(u16::from(byte - b'0')),
        _ => None,
    };
    let part = |at: usize| {
        let first = digit(at)?;
        let Some(second) = digit(at + 1) else {
            return Some((first, at + 1));
        };
        // A leading zero is none of a code (RFC 3463 section 2).
        if first == 0 {
            return None;
        }
        match (digit(at + 2), digit(at + 3)) {
            (None, _) => Some((first * 10 + second, at + 2)),
            (Some(third), None) => Some((first * 100 + second * 10 + third, at + 3)),
            _ => None,
        }
    };
    let dot = |at: usize| (text.byte(at) == Some(b'.')).then_some(at + 1);
    let class = digit(at)?;
    let (subject, end) = part(dot(at + 1)?)?;
    let (detail, end) = part(dot(end)?)?;
    let goes_on = match (text.byte(end), text.byte(end + 1)) {
        (Some(b'.' | b'-' | b'/' | b':'), Some(byte)) => byte.is_ascii_digit(),
        (Some(b'+' | b'@'), _) => true,
        (Some(byte), _) => {
            byte.is_ascii_alphanumeric() || byte >= 0x80 && spaces::at(text.part(end..)).is_none()
        }
        // At a limit nobody knows.
        (None, _) => text.cuts(end),
    };
    if goes_on {
        return None;
    }
    EnhancedCode::new(class as u8, subject, detail).map(|code| (code, end))
}

/// Where what is no space begins: behind spaces, and behind a line end that only folds a line. Of more
/// spaces than anybody writes it is behind the first ones, and no code follows.
pub(crate) fn behind_spaces(text: Window<'_>, start: usize) -> usize {
    let near = text.up_to(start + limits::SPACES);
    let mut at = start;
    loop {
        let rest = near.part(at..);
        at += match rest {
            [b' ' | b'\t', ..] => 1,
            [b'\r', b'\n', b' ' | b'\t', ..] => 3,
            [b'\n', b' ' | b'\t', ..] => 2,
            [b'\n', b'>', ..] | [b'\r', b'\n', b'>', ..] => match behind_quotes(rest) {
                Some(len) => len,
                None => return at,
            },
            _ => match spaces::at(rest) {
                Some(len) => len,
                None => return at,
            },
        };
    }
}

/// The octets of a line end and the marks of quoted mail, where the line behind them is a folded one.
fn behind_quotes(text: &[u8]) -> Option<usize> {
    let marks = text.iter().take(32);
    let marks = marks.take_while(|byte| matches!(byte, b'\r' | b'\n' | b'>' | b' '));
    let len = marks.count();
    text.part(..len).ends_with(b"  ").then_some(len)
}

/// What may stand between the codes without being a word: quotes, brackets, the `b` of Python.
fn behind_opening(text: Window<'_>, start: usize) -> usize {
    let mut at = start;
    // `', ['` and the like; more is none.
    let near = text.above(start).up_to(start + 6);
    while let Some(byte) = near.byte(at) {
        match byte {
            b',' if matches!(near.byte_before(at), Some(b'"' | b'\'')) => at += 1,
            b'"' | b'\'' | b'[' | b'{' | b'(' | b'#' | b'<' | b' ' | b'\\' => at += 1,
            b'b' if matches!(text.byte(at + 1), Some(b'\'' | b'"')) => at += 2,
            _ => break,
        }
    }
    at
}

/// What programs write between the two codes, each of which they take from a field of its own.
const LABELS: [&[u8]; 4] = [b"Additional SMTP info: ", b"ERROR_CODE :", b"): ", b"/ "];

fn behind_label(text: Window<'_>, at: usize) -> usize {
    let label = LABELS.iter().find(|label| text.starts_with(at, label));
    match label {
        Some(label) if enhanced(text, at + label.len()).is_some() => at + label.len(),
        _ => at,
    }
}

impl Codes {
    /// Reads the codes where a reply code stands.
    pub(crate) fn at_basic(text: Window<'_>, at: usize) -> Option<Self> {
        let code = basic(text, at)?;
        let end = at + 3;
        let mut deviations = Deviations::default();
        let behind = text.byte(end);
        let space = spaces::at(text.part(end..));
        let separator = match behind {
            None | Some(b'\r' | b'\n') => Separator::End,
            Some(b' ') => Separator::Space,
            Some(b'_') => Separator::Space,
            Some(b'\t') => {
                deviations.insert(Deviation::TabSeparator);
                Separator::Space
            }
            Some(b'-') => Separator::Hyphen,
            Some(_) if space.is_some() => Separator::Space,
            Some(byte) if byte.is_ascii_alphabetic() || byte >= 0x80 => Separator::None,
            Some(_) => Separator::Punctuation,
        };
        let mut words = match separator {
            Separator::Space | Separator::Hyphen => end + space.unwrap_or(1),
            Separator::Punctuation if matches!(behind, Some(b',' | b':' | b';')) => end + 1,
            _ => end,
        };
        let is_qmail = behind == Some(b'_');
        let skip = |at: usize| match is_qmail && text.byte(at) == Some(b'_') {
            true => at + 1,
            false => behind_spaces(text, at),
        };
        words = skip(words);
        // Some say their code twice: `550 550 5.1.1 Unknown`.
        if basic(text, words) == Some(code)
            && matches!(text.byte(words + 3), Some(b' ' | b'-' | b'_'))
        {
            words = skip(words + 4);
        }
        if separator == Separator::None {
            deviations.insert(Deviation::NoSeparator);
        }
        let mut codes = Self {
            code: Some((code, at..end)),
            enhanced: None,
            separator,
            words,
            quote: None,
            deviations,
        };
        if is_unusual(code) {
            codes.deviations.insert(Deviation::UnusualCode);
        }
        if separator == Separator::Punctuation || separator == Separator::Space {
            words = behind_label(text, words);
        }
        let opened = behind_opening(text, words);
        let is_quote = |byte: &&u8| matches!(byte, b'"' | b'\'');
        codes.quote = text.part(words..opened).iter().rfind(is_quote).copied();
        if codes.quote.is_some() {
            codes.words = opened;
        }
        if code.class() != Class::PositiveIntermediate {
            codes.read_enhanced(text, words..opened);
        }
        Some(codes)
    }

    /// Looks for the enhanced code behind the reply code, and behind what opens before it.
    fn read_enhanced(&mut self, text: Window<'_>, opening: Range<usize>) {
        let at = opening.end;
        let Some((found, end)) = enhanced(text, at) else {
            return;
        };
        let Some((code, _)) = self.code else { return };
        let wrapped = text.part(opening);
        let agrees = found.agrees_with(code);
        // In another form it may be anything, unless it says the same.
        if !agrees && !wrapped.is_empty() {
            return;
        }
        if !agrees {
            self.deviations.insert(Deviation::EnhancedClassDiffers);
        }
        let behind = text.byte(end);
        if wrapped.iter().any(|byte| matches!(byte, b'#' | b'('))
            || matches!(behind, Some(b':' | b'\t'))
        {
            self.deviations.insert(Deviation::EnhancedForm);
        }
        self.enhanced = Some((found, at..end));
        self.words = match behind {
            Some(b':' | b')' | b']' | b'_') => end + 1,
            _ => end,
        };
        self.words = behind_spaces(text, self.words);
    }

    /// Takes the enhanced code from the next line, where a mail program broke the line between the codes:
    /// `said: 550` and then `5.1.1 The account does not exist`.
    pub(crate) fn read_next_line(&mut self, text: Window<'_>) {
        let is_apart = !matches!(self.separator, Separator::Punctuation | Separator::None);
        if let Some((code, _)) = self.code
            && is_apart
            && self.enhanced.is_none()
            && let Some((found, at)) = wrapped::enhanced_in_next_line(text, self.words)
            && found.agrees_with(code)
            && text.byte(at.end) == Some(b' ')
        {
            self.words = behind_spaces(text, at.end);
            self.enhanced = Some((found, at));
        }
    }

    /// Reads the codes where an enhanced code stands: alone, or before the reply code.
    pub(crate) fn at_enhanced(text: Window<'_>, at: usize) -> Option<Self> {
        let (found, end) = enhanced(text, at)?;
        let mut words = match text.byte(end) {
            Some(b':' | b')' | b']' | b'_' | b';') => end + 1,
            _ => end,
        };
        words = behind_spaces(text, words);
        let mut codes = Self {
            code: None,
            enhanced: Some((found, at..end)),
            separator: Separator::Space,
            words,
            quote: None,
            deviations: Deviations::default(),
        };
        let smtp = text.part(words..words + 5);
        let behind_smtp = match smtp.eq_ignore_ascii_case(b"smtp;") {
            true => behind_spaces(text, words + 5),
            false => words,
        };
        if let Some(basic) = Self::at_basic(text, behind_smtp)
            && basic.separator != Separator::None
            && let Some((code, _)) = basic.code
            && found.agrees_with(code)
            && basic
                .enhanced
                .as_ref()
                .is_none_or(|(other, _)| *other == found)
        {
            codes.deviations = basic.deviations;
            codes.deviations.insert(Deviation::EnhancedForm);
            codes.code = basic.code;
            codes.separator = basic.separator;
            codes.words = basic.words;
            codes.quote = basic.quote;
        }
        Some(codes)
    }

    /// Where the first of the codes begins.
    pub(crate) fn start(&self) -> usize {
        let code = self.code.as_ref().map(|(_, at)| at.start);
        let enhanced = self.enhanced.as_ref().map(|(_, at)| at.start);
        match (code, enhanced) {
            (Some(code), Some(enhanced)) => code.min(enhanced),
            (code, enhanced) => code.or(enhanced).unwrap_or(self.words),
        }
    }

    /// Where the last of the codes ends.
    pub(crate) fn end(&self) -> usize {
        let end = |at: &Range<usize>| at.end;
        let code = self.code.as_ref().map_or(0, |(_, at)| end(at));
        code.max(self.enhanced.as_ref().map_or(0, |(_, at)| end(at)))
    }

    /// Whether the enhanced code has the class of the reply code.
    pub(crate) fn agree(&self) -> bool {
        match (&self.code, &self.enhanced) {
            (Some((code, _)), Some((enhanced, _))) => enhanced.agrees_with(*code),
            _ => false,
        }
    }
}

/// Whether a number is outside the grammar of RFC 5321 section 4.2.
pub(crate) fn is_unusual(code: ReplyCode) -> bool {
    code.class() == Class::Other || code.category() == codes_core::Category::Other
}
