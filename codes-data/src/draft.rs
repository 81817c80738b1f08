//! What was read of each entry, with the places that the rules across entries may have to show.

use crate::model::{
    Advice, CommandKind, Enhanced, Era, Pair, Part, Reply, ReplyKind, Scope, Standing,
};
use crate::problem::Span;

/// A value and where it is in the file.
#[derive(Clone, Copy)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T> At<T> {
    pub(crate) fn value(self) -> T {
        self.value
    }
}

/// A whole file, as far as each entry can be judged by itself.
#[derive(Default)]
pub(crate) struct Draft {
    pub(crate) replies: Vec<ReplyDraft>,
    pub(crate) commands: Vec<CommandDraft>,
    pub(crate) pairs: Vec<PairDraft>,
    pub(crate) enhanced: Vec<EnhancedDraft>,
    pub(crate) advice: Vec<AdviceDraft>,
    pub(crate) lost: Lost,
}

/// What could not be read or was refused, so that a reference to it is not a second mistake: as long as there is
/// such an entry, whatever refers to no other may have been meant for it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Lost {
    /// The code of a `[[reply]]`.
    pub(crate) a_code: bool,
    /// The verb of a `[[command]]`.
    pub(crate) a_verb: bool,
    /// The code of a row somewhere, or a whole list of rows.
    pub(crate) a_row: bool,
    /// What the refusals of a `[[command]]` are about.
    pub(crate) a_scope: bool,
    /// The code of an `[[enhanced]]`.
    pub(crate) an_enhanced: bool,
}

impl Lost {
    /// An entry of which nothing is known, its kind included.
    pub(crate) const ENTRY: Self = Self {
        a_code: true,
        a_verb: true,
        a_row: true,
        a_scope: true,
        an_enhanced: true,
    };
}

/// A `[[reply]]` whose number can be read. Its `followed_by` is filled by the check.
pub(crate) struct ReplyDraft {
    pub(crate) reply: Reply,
    pub(crate) code: Span,
    pub(crate) name: Span,
    /// None where the word was refused.
    pub(crate) standing: Option<Standing>,
    pub(crate) followed_by: Vec<At<i64>>,
    /// Where `replaces = true` is.
    pub(crate) replaces: Option<Span>,
    /// Whether `replaces` was meant to be there, but could not be read.
    pub(crate) may_replace: bool,
    /// Where `challenge = true` is.
    pub(crate) challenge: Option<Span>,
}

/// A `[[command]]`. One whose verb cannot be read is kept for the rules on its rows.
pub(crate) struct CommandDraft {
    pub(crate) verb: Option<At<String>>,
    /// None where the word was refused.
    pub(crate) kind: Option<CommandKind>,
    pub(crate) moment: Option<String>,
    /// Where the key of that is, whatever it holds.
    pub(crate) moment_key: Option<Span>,
    pub(crate) spec: Option<String>,
    pub(crate) next: Vec<At<String>>,
    pub(crate) except: Option<At<Vec<At<String>>>>,
    pub(crate) aside: bool,
    pub(crate) inherits: Option<InheritsDraft>,
    pub(crate) generally: Vec<At<i64>>,
    pub(crate) scope: Scope,
    pub(crate) rows: Vec<RowDraft>,
}

/// `inherits = { … }`.
pub(crate) struct InheritsDraft {
    pub(crate) from: At<String>,
    pub(crate) source: String,
}

/// A row whose code can be read.
pub(crate) struct RowDraft {
    pub(crate) span: Span,
    pub(crate) code: At<i64>,
    pub(crate) kind: Option<At<ReplyKind>>,
    pub(crate) era: Option<Era>,
    pub(crate) source: Option<String>,
    /// Where `unasked = true` is.
    pub(crate) unasked: Option<Span>,
    pub(crate) next: Option<Vec<At<String>>>,
}

/// A `[[pair]]` with two readable numbers. Those of the model's pair are filled by the check.
pub(crate) struct PairDraft {
    pub(crate) pair: Pair,
    pub(crate) codes: At<[At<i64>; 2]>,
}

/// An `[[enhanced]]` with a well-formed code. Its reply codes are filled by the check.
pub(crate) struct EnhancedDraft {
    pub(crate) enhanced: Enhanced,
    pub(crate) code: Span,
    /// Where the words of its constant are.
    pub(crate) name: Span,
    pub(crate) basic: Vec<At<i64>>,
    pub(crate) seen: Vec<At<i64>>,
}

/// An `[[advice]]`. The lists of the model's advice that name something are filled by the check.
pub(crate) struct AdviceDraft {
    pub(crate) advice: Advice,
    pub(crate) span: Span,
    pub(crate) codes: Vec<At<i64>>,
    /// First digits.
    pub(crate) classes: Vec<At<u16>>,
    pub(crate) except: Vec<At<i64>>,
    pub(crate) at: Vec<At<String>>,
    pub(crate) enhanced: Vec<At<Option<Part>>>,
    pub(crate) scope: Option<Span>,
    pub(crate) given: Option<Span>,
    pub(crate) action: Option<Span>,
    /// Whether all that it needs to fit could be read.
    pub(crate) is_sound: bool,
}
