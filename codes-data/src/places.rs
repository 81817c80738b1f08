//! Where each of the things that may be there once only was seen first.

use crate::problem::Span;

/// Kept in the order of the keys.
#[derive(Default)]
pub(crate) struct Places(Vec<(String, Span)>);

impl Places {
    /// Where the key was before. If it was nowhere, this is its first place.
    pub(crate) fn first(&mut self, key: &str, place: Span) -> Option<Span> {
        let at = self.0.partition_point(|(known, _)| known.as_str() < key);
        match self.0.get(at) {
            Some((known, first)) if known == key => Some(*first),
            _ => {
                self.0.insert(at, (key.to_owned(), place));
                None
            }
        }
    }
}
