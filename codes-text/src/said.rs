//! What was told in a line, and the fields of the same line that may tell it again.

use core::ops::Range;

use codes_core::{EnhancedCode, ReplyCode};

use crate::found::Found;
use crate::limits;
use crate::window::Window;

/// A field that sums up what happened.
#[derive(Debug, Clone)]
pub(crate) struct Summary {
    pub(crate) code: EnhancedCode,
    pub(crate) at: Range<usize>,
    /// Where its line begins.
    pub(crate) line: usize,
    pub(crate) begins: bool,
}

/// A reply that a field in its line may repeat.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said<'a> {
    /// Where its line begins.
    pub(crate) line: Option<usize>,
    pub(crate) end: usize,
    pub(crate) code: Option<ReplyCode>,
    pub(crate) enhanced: Option<EnhancedCode>,
    pub(crate) text: &'a [u8],
}

impl Said<'_> {
    /// Whether it was found in a line, and a place is in the same object if that is of JSON.
    pub(crate) fn is_beside(&self, text: Window<'_>, line: usize, at: usize) -> bool {
        let between = text.part(self.end..at);
        self.line == Some(line)
            && between.len() <= limits::BESIDE
            && memchr::memchr(b'{', between).is_none()
    }

    /// Whether a field tells the same again, or its code alone: `"responseCode":550`.
    pub(crate) fn is(&self, found: &Found<'_>) -> bool {
        let is_code_alone = found.enhanced().is_none() && found.text().is_empty();
        self.code == found.code()
            && (is_code_alone || (self.enhanced == found.enhanced() && self.text == found.text()))
    }
}
