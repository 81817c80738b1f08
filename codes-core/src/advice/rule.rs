//! The entries of the data file that say what to do next.

use super::Situation;
use crate::code::ReplyCode;
use crate::enhanced::EnhancedCode;
use crate::session::CommandSet;
use crate::vocabulary::{Certainty, Circumstance, Class, Connection, NextActor, Retry, Scope};

/// One `[[advice]]` of the data file. Only the macro builds it.
///
/// What is `None` or empty is no condition, or is left to the code's own facts.
#[doc(hidden)]
pub struct Rule {
    pub codes: &'static [u16],
    /// A bit for each first digit whose codes it is for.
    pub classes: u16,
    pub except: &'static [u16],
    pub at: CommandSet,
    pub enhanced: &'static [Pattern],
    pub given: Option<Circumstance>,
    pub action: Option<Retry>,
    pub then: &'static [Retry],
    pub scope: Option<Scope>,
    pub next_actor: Option<NextActor>,
    pub connection: Option<Connection>,
    pub why: &'static str,
    pub certainty: Certainty,
    pub source: &'static str,
}

/// Which enhanced codes a rule is for.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum Pattern {
    /// A reply that has none.
    Absent,
    /// All details of a subject.
    Subject(u16),
    /// One detail of a subject.
    Detail(u16, u16),
}

impl Rule {
    /// `enhanced` is the one that counts, which is none where its class is not that of the code.
    pub(super) fn fits(&self, situation: &Situation, enhanced: Option<EnhancedCode>) -> bool {
        self.has_code(situation)
            && (self.action.is_some() || adds_to(situation))
            && (self.at.is_empty() || situation.point().is_some_and(|at| self.at.contains(at)))
            && (self.enhanced.is_empty()
                || self.enhanced.iter().any(|pattern| pattern.fits(enhanced)))
            && self
                .given
                .is_none_or(|circumstance| situation.has(circumstance))
    }

    fn has_code(&self, situation: &Situation) -> bool {
        let number = situation.code().get();
        // A private table may give a number of ours a meaning of its own.
        let is_ours = !situation.is_private();
        let by_class =
            self.classes >> (number / 100) & 1 == 1 && !(is_ours && self.except.contains(&number));
        by_class || (is_ours && self.codes.contains(&number))
    }

    /// Whether an enhanced code is what it goes by.
    pub(super) fn has_enhanced(&self) -> bool {
        self.enhanced
            .iter()
            .any(|pattern| !matches!(pattern, Pattern::Absent))
    }
}

impl Pattern {
    fn fits(self, enhanced: Option<EnhancedCode>) -> bool {
        match (self, enhanced) {
            (Self::Absent, None) => true,
            (Self::Subject(subject), Some(code)) => code.subject() == subject,
            (Self::Detail(subject, detail), Some(code)) => {
                (code.subject(), code.detail()) == (subject, detail)
            }
            _ => false,
        }
    }
}

/// Whether a rule without an action has something to add to what the code says: a code that asks for
/// another command, fewer recipients or another host has its own reason and its own actor.
fn adds_to(situation: &Situation) -> bool {
    let own = situation.reply_facts().map(|facts| facts.retry);
    !own.is_some_and(Retry::__asks_for_another_try)
}

/// What may be tried when the action did not help, where the data file does not say it.
pub(super) const fn then(action: Retry, code: ReplyCode) -> &'static [Retry] {
    match (action, code.class()) {
        (Retry::SameSession, Class::PermanentNegative) => &[Retry::AfterChange],
        _ if action.__asks_for_another_try() => &[Retry::Later],
        _ => &[],
    }
}
