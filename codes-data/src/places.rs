//! Where each of the things that may be there once only was seen first.

use crate::problem::Span;

/// Kept in the order of the keys.
#[derive(Default)]
pub(crate) struct Places(Vec<(String, Span)>);

impl Places {
    pub(crate) fn get(&self, key: &str) -> Option<Span> {
        let at = self.position(key).ok()?;
        self.0.get(at).map(|(_, place)| *place)
    }

    /// Where the key was before. If it was nowhere, this is its first place.
    pub(crate) fn first(&mut self, key: &str, place: Span) -> Option<Span> {
        match self.position(key) {
            Ok(at) => self.0.get(at).map(|(_, first)| *first),
            Err(at) => {
                self.0.insert(at, (key.to_owned(), place));
                None
            }
        }
    }

    fn position(&self, key: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(known, _)| known.as_str().cmp(key))
    }
}
