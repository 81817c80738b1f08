//! Masks what tells of people and hosts.

use std::collections::HashMap;

/// Gives each thing that is masked a number, the same wherever it stands.
#[derive(Debug, Default)]
pub(super) struct Mask {
    numbers: HashMap<Vec<u8>, usize>,
}

impl Mask {
    pub(super) fn line(&mut self, line: &[u8]) -> String {
        "[masked]".repeat(usize::from(!line.is_empty()))
    }

    pub(super) fn host(&mut self, name: &[u8]) -> String {
        self.number("host", name)
    }

    pub(super) fn address(&mut self, address: &str) -> String {
        self.number("ip", address.as_bytes())
    }

    fn number(&mut self, kind: &str, thing: &[u8]) -> String {
        let next = self.numbers.len() + 1;
        let number = self
            .numbers
            .entry(thing.to_ascii_lowercase())
            .or_insert(next);
        format!("{kind}-{number}")
    }
}
