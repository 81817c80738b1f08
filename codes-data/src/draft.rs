//! What was read of each entry, with the places that the rules across entries may have to show.

use crate::model::{
    Advice, CommandKind, Enhanced, Era, Pair, Part, Reply, ReplyKind, Scope, Standing,
};
use std::ops::Range;

/// A value and where it stands in the file.
#[derive(Clone)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
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

/// What could not be read, so that a reference to it is not a second mistake.
#[derive(Default)]
pub(crate) struct Lost {
    /// Numbers that a `[[reply]]` has but no reply code can have.
    pub(crate) numbers: Vec<i64>,
    /// Numbers that a `[[reply]]` has but that were probably meant to be others.
    pub(crate) slips: Vec<i64>,
    /// Between which numbers a `[[reply]]` without a readable code stands.
    pub(crate) gaps: Vec<(i64, i64)>,
    /// The file has no `[[reply]]` that could be referred to.
    pub(crate) all_numbers: bool,
    /// Verbs that were refused, and what stands for them if anything does.
    pub(crate) verbs: Vec<(String, Option<String>)>,
    /// A `[[command]]` has no readable verb.
    pub(crate) a_verb: bool,
    /// The code of a row somewhere, or a whole list of rows.
    pub(crate) a_row: bool,
    /// What the refusals of a `[[command]]` are about.
    pub(crate) a_scope: bool,
    /// The code of an `[[enhanced]]`.
    pub(crate) an_enhanced: bool,
}

/// A `[[reply]]` whose number can be read. Its `followed_by` is filled by the check.
pub(crate) struct ReplyDraft {
    pub(crate) reply: Reply,
    pub(crate) code: Range<usize>,
    pub(crate) name: Range<usize>,
    /// None where the word was refused.
    pub(crate) standing: Option<Standing>,
    pub(crate) followed_by: Vec<At<i64>>,
    /// Where `replaces = true` stands.
    pub(crate) replaces: Option<Range<usize>>,
    /// Where `challenge = true` stands.
    pub(crate) challenge: Option<Range<usize>>,
}

/// A `[[command]]`. One whose verb cannot be read is kept for the rules on its rows.
pub(crate) struct CommandDraft {
    pub(crate) verb: Option<At<String>>,
    /// False where the verb stands in for a refused one.
    pub(crate) verb_is_sound: bool,
    /// None where the word was refused.
    pub(crate) kind: Option<CommandKind>,
    pub(crate) moment: Option<String>,
    /// Where the key is, whatever it holds.
    pub(crate) moment_key: Option<Range<usize>>,
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
    pub(crate) span: Range<usize>,
    pub(crate) code: At<i64>,
    pub(crate) kind: Option<At<ReplyKind>>,
    pub(crate) era: Option<Era>,
    pub(crate) source: Option<String>,
    /// Where `unasked = true` stands.
    pub(crate) unasked: Option<Range<usize>>,
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
    pub(crate) code: Range<usize>,
    /// Where the words of its constant stand.
    pub(crate) name: Range<usize>,
    pub(crate) basic: Vec<At<i64>>,
    pub(crate) seen: Vec<At<i64>>,
}

/// An `[[advice]]`. The lists of the model's advice that name something are filled by the check.
pub(crate) struct AdviceDraft {
    pub(crate) advice: Advice,
    pub(crate) span: Range<usize>,
    pub(crate) codes: Vec<At<i64>>,
    /// First digits.
    pub(crate) classes: Vec<At<u16>>,
    pub(crate) except: Vec<At<i64>>,
    pub(crate) at: Vec<At<String>>,
    pub(crate) enhanced: Vec<At<Option<Part>>>,
    pub(crate) scope: Option<Range<usize>>,
    pub(crate) given: Option<Range<usize>>,
    pub(crate) action: Option<Range<usize>>,
    /// Whether all that it needs to fit could be read.
    pub(crate) is_sound: bool,
}
