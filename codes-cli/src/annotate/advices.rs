//! Advice that has been asked for before.

use std::collections::HashMap;

use codes_core::{Command, EnhancedCode, ReplyCode};
use codes_text::Found;

use crate::reply::record::{Advised, Record};

/// A log has some dozens; what asks for more than this is no log.
const MOST: usize = 1000;

/// What replies without deviations are judged by.
type Key = (ReplyCode, Option<EnhancedCode>, Option<Command>, bool);

/// The same few replies make up most of a log, and an advice takes longer than all else about one.
#[derive(Debug, Default)]
pub(super) struct Advices(HashMap<Key, Advised>);

impl Advices {
    /// What is known about a reply.
    pub(super) fn record<'a>(&mut self, found: &Found<'a>) -> Record<'a> {
        let Some(code) = found.code().filter(|_| found.deviations().is_empty()) else {
            return Record::of(found);
        };
        if self.0.len() > MOST {
            self.0.clear();
        }
        let enhanced = found.summary().or(found.enhanced());
        let key = (code, enhanced, found.command(), found.is_lmtp());
        let advised = match self.0.get(&key) {
            Some(advised) => Some(*advised),
            None => {
                let advice = found.situation().map(|situation| situation.advice());
                let advised = advice.as_ref().map(Advised::from);
                self.0.extend(advised.map(|advised| (key, advised)));
                advised
            }
        };
        Record::advised(found, advised)
    }
}
