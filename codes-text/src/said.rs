//! What was found last in a line, which fields of the same line may tell again.

use codes_core::{EnhancedCode, ReplyCode};

use crate::found::Found;

/// A reply that a field in its line may repeat.
#[derive(Debug, Clone, Default)]
pub(crate) struct Said<'a> {
    /// Where its line begins.
    pub(crate) line: Option<usize>,
    pub(crate) code: Option<ReplyCode>,
    pub(crate) enhanced: Option<EnhancedCode>,
    pub(crate) text: &'a [u8],
}

impl Said<'_> {
    pub(crate) fn is_in(&self, line: usize) -> bool {
        self.line == Some(line)
    }

    /// Whether a field tells the same again, or its code alone: `"responseCode":550`.
    pub(crate) fn is(&self, found: &Found<'_>) -> bool {
        let is_code_alone = found.enhanced().is_none() && found.text().is_empty();
        self.code == found.code()
            && (is_code_alone || (self.enhanced == found.enhanced() && self.text == found.text()))
    }
}
