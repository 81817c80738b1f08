//! The rules across entries: what refers to what, and what may be there once only.

mod commands;
pub(crate) mod draft;

use crate::model::{Base, CommandKind, Enhanced, Model, Pair, Reply, Standing};
use crate::problem::Problem;
use crate::text;
use draft::{At, Draft, EnhancedDraft, Lost, PairDraft, ReplyDraft};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Judges the entries together and makes a model of them, without what was refused.
pub(crate) fn check(draft: Draft, base: Option<&Base>) -> (Model, Vec<Problem>) {
    let mut checker = Checker::new(&draft, base);
    checker.lost = draft.lost;
    let standards = standards(&draft.replies);
    let replies = checker.replies(draft.replies);
    let commands = checker.commands(draft.commands);
    let pairs = checker.pairs(draft.pairs);
    let enhanced = checker.enhanced(draft.enhanced);
    checker.without_command(&standards);
    (
        Model {
            replies,
            commands,
            pairs,
            enhanced,
        },
        checker.problems,
    )
}

/// Which codes a reference may name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    Own,
    All,
}

struct Checker<'b> {
    base: Option<&'b Base>,
    lost: Lost,
    /// The codes of the file, and where each is defined first.
    codes: BTreeMap<u16, Range<usize>>,
    /// The verbs that may be referred to. No kind where the word for it was refused.
    verbs: BTreeMap<String, Option<CommandKind>>,
    /// The codes that some command names.
    named: BTreeSet<u16>,
    /// What the commands name instead of a code that exists.
    misnamed: BTreeSet<i64>,
    problems: Vec<Problem>,
}

/// The standard codes, once each, and where they stand.
fn standards(replies: &[ReplyDraft]) -> BTreeMap<u16, Range<usize>> {
    let mut standards = BTreeMap::new();
    let standard = replies
        .iter()
        .filter(|draft| draft.standing == Some(Standing::Standard));
    for draft in standard {
        standards
            .entry(draft.reply.code)
            .or_insert_with(|| draft.code.clone());
    }
    standards
}

impl<'b> Checker<'b> {
    fn new(draft: &Draft, base: Option<&'b Base>) -> Self {
        let mut codes = BTreeMap::new();
        for reply in &draft.replies {
            codes
                .entry(reply.reply.code)
                .or_insert_with(|| reply.code.clone());
        }
        let mut verbs = BTreeMap::new();
        for command in base.map(|base| base.commands.iter()).into_iter().flatten() {
            verbs.insert(command.verb.clone(), Some(command.kind));
        }
        for command in draft.commands.iter().filter(|_| base.is_none()) {
            if let Some(verb) = &command.verb {
                verbs.entry(verb.value.clone()).or_insert(command.kind);
            }
        }
        Self {
            base,
            lost: Lost::default(),
            codes,
            verbs,
            named: BTreeSet::new(),
            misnamed: BTreeSet::new(),
            problems: Vec::new(),
        }
    }

    fn is_in_base(&self, code: u16) -> bool {
        self.base.is_some_and(|base| base.codes.contains(&code))
    }

    /// The code that a number refers to; the person hears of it where there is none.
    fn code(&mut self, what: &str, number: &At<i64>, scope: Scope) -> Option<u16> {
        let value = number.value;
        let code = u16::try_from(value)
            .ok()
            .filter(|code| (100..=999).contains(code));
        if let Some(code) = code {
            if self.codes.contains_key(&code) {
                return Some(code);
            }
            if self.is_in_base(code) {
                if scope == Scope::Own {
                    let message = format!("{what} names {code}, which is no code of this file");
                    self.problems.push(
                        Problem::new(number.span.clone(), message)
                            .help("name a code that this file defines"),
                    );
                    return None;
                }
                return Some(code);
            }
        }
        if !self.lost.explains(value) {
            let problem = if code.is_none() {
                let message = format!("{what} names {value}, but a reply code has three digits");
                Problem::new(number.span.clone(), message).help("use a number from 100 to 999")
            } else {
                let nowhere = match self.base {
                    Some(_) => "neither this file nor the table it adds to has this code",
                    None => "no `[[reply]]` has this code",
                };
                let message = format!("{what} names {value}, but {nowhere}");
                Problem::new(number.span.clone(), message)
                    .help("correct the number, or add an entry for it")
            };
            self.problems.push(problem);
        }
        None
    }

    fn codes(&mut self, what: &str, numbers: &[At<i64>]) -> Vec<u16> {
        numbers
            .iter()
            .filter_map(|number| self.code(what, number, Scope::All))
            .collect()
    }

    fn replies(&mut self, drafts: Vec<ReplyDraft>) -> Vec<Reply> {
        let mut names = BTreeMap::new();
        let mut replies = Vec::new();
        for mut draft in drafts {
            draft.reply.followed_by = self.codes("`followed-by`", &draft.followed_by);
            let code = draft.reply.code;
            match self.codes.get(&code).filter(|&first| *first != draft.code) {
                Some(first) => {
                    let first = first.clone();
                    self.problems.push(
                        Problem::new(draft.code, format!("the code {code} is defined twice"))
                            .related(first, "first defined")
                            .help("remove one of the entries, or correct its number"),
                    );
                }
                None => {
                    self.replacement(&draft);
                    self.name(&mut draft, &mut names);
                    replies.push(draft.reply);
                }
            }
        }
        replies.sort_by_key(|reply| reply.code);
        replies
    }

    fn replacement(&mut self, draft: &ReplyDraft) {
        let Some(base) = self.base else { return };
        let code = draft.reply.code;
        match (&draft.replaces, base.codes.contains(&code)) {
            (None, true) => {
                let message = format!("{code} is a code of the table that this one adds to");
                self.problems
                    .push(Problem::new(draft.code.clone(), message).help(
                    "use another number, or add `replaces = true` if the entry is to replace it",
                ));
            }
            (Some(place), false) => {
                let message = format!("there is no {code} to replace in the table below this one");
                self.problems.push(
                    Problem::new(place.clone(), message)
                        .help("remove `replaces`, or correct the code"),
                );
            }
            _ => {}
        }
    }

    /// Two names must not give the same constant.
    fn name(
        &mut self,
        draft: &mut ReplyDraft,
        names: &mut BTreeMap<String, (String, Range<usize>)>,
    ) {
        let Some(ident) = draft.reply.ident.clone() else {
            return;
        };
        let name = draft.reply.name.clone();
        let problem = if let Some((other, first)) = names.get(&ident) {
            let message = if *other == name {
                format!("the name `{name}` is given twice")
            } else {
                format!("the name `{name}` clashes with `{other}`: both give the constant {ident}")
            };
            Problem::new(draft.name.clone(), message).related(first.clone(), "first used")
        } else {
            names.insert(ident, (name, draft.name.clone()));
            return;
        };
        self.problems
            .push(problem.help("find words that distinguish this reply"));
        draft.reply.ident = None;
        text::REFUSED_NAME.clone_into(&mut draft.reply.name);
    }

    fn pairs(&mut self, drafts: Vec<PairDraft>) -> Vec<Pair> {
        let mut places: BTreeMap<(u16, u16), Range<usize>> = BTreeMap::new();
        let mut pairs = Vec::new();
        for PairDraft { mut pair, codes } in drafts {
            let Some((low, high)) = self.two_codes(&codes) else {
                continue;
            };
            if let Some(first) = places.get(&(low, high)) {
                let message = format!("the pair {low} and {high} is given twice");
                self.problems.push(
                    Problem::new(codes.span, message)
                        .related(first.clone(), "first given")
                        .help("remove one of them; the order of the codes makes no difference"),
                );
                continue;
            }
            places.insert((low, high), codes.span);
            (pair.low, pair.high) = (low, high);
            pairs.push(pair);
        }
        pairs.sort_by_key(|pair| (pair.low, pair.high));
        pairs
    }

    fn two_codes(&mut self, codes: &At<[At<i64>; 2]>) -> Option<(u16, u16)> {
        let [a, b] = &codes.value;
        if a.value == b.value {
            let message = format!("{} is paired with itself", a.value);
            self.problems
                .push(Problem::new(codes.span.clone(), message).help("a pair compares two codes"));
            return None;
        }
        let a = self.code("`codes`", a, Scope::All);
        let b = self.code("`codes`", b, Scope::All);
        let (a, b) = (a?, b?);
        let is_own = self.codes.contains_key(&a) || self.codes.contains_key(&b);
        if !is_own {
            let message = format!("neither {a} nor {b} is a code of this file");
            self.problems.push(
                Problem::new(codes.span.clone(), message)
                    .help("a pair of private codes has at least one that this file defines"),
            );
            return None;
        }
        Some((a.min(b), a.max(b)))
    }

    fn enhanced(&mut self, drafts: Vec<EnhancedDraft>) -> Vec<Enhanced> {
        let mut places: BTreeMap<String, Range<usize>> = BTreeMap::new();
        for draft in &drafts {
            let code = draft.enhanced.code.clone();
            places.entry(code).or_insert_with(|| draft.code.clone());
        }
        let mut enhanced = Vec::new();
        for mut draft in drafts {
            draft.enhanced.replies = self.enhanced_replies(&draft);
            let code = draft.enhanced.code.clone();
            if let Some(first) = places.get(&code).filter(|&first| *first != draft.code) {
                self.problems.push(
                    Problem::new(
                        draft.code,
                        format!("the enhanced code {code} is defined twice"),
                    )
                    .related(first.clone(), "first defined")
                    .help("remove one of the entries, or correct its code"),
                );
                continue;
            }
            self.subject(&draft, &places);
            enhanced.push(draft.enhanced);
        }
        enhanced
    }

    /// A detail means something under its subject only.
    fn subject(&mut self, draft: &EnhancedDraft, places: &BTreeMap<String, Range<usize>>) {
        let code = &draft.enhanced.code;
        let subject = code
            .rsplit_once('.')
            .map(|(subject, _)| format!("{subject}.Y"));
        let Some(subject) = subject.filter(|subject| !places.contains_key(subject)) else {
            return;
        };
        if !self.lost.an_enhanced {
            let message = format!("the detail {code} has no subject: there is no {subject}");
            self.problems.push(
                Problem::new(draft.code.clone(), message)
                    .help(format!("correct the code, or add an entry for {subject}")),
            );
        }
    }

    fn enhanced_replies(&mut self, draft: &EnhancedDraft) -> Vec<u16> {
        let mut replies = Vec::new();
        for number in &draft.basic {
            replies.extend(self.enhanced_reply("`basic-codes`", number));
        }
        for number in &draft.seen {
            let known = draft.basic.iter().find(|basic| basic.value == number.value);
            if let Some(known) = known {
                let message = format!("{} is one of the `basic-codes` already", number.value);
                self.problems.push(
                    Problem::new(number.span.clone(), message)
                        .related(known.span.clone(), "it is")
                        .help("remove it here"),
                );
            } else {
                replies.extend(self.enhanced_reply("`seen-with`", number));
            }
        }
        replies.sort_unstable();
        replies
    }

    fn enhanced_reply(&mut self, what: &str, number: &At<i64>) -> Option<u16> {
        if (300..400).contains(&number.value) {
            let message = format!("{what} names {}, a 3yz code", number.value);
            self.problems.push(
                Problem::new(number.span.clone(), message)
                    .help("remove it: RFC 2034 4 allows no enhanced code in a 3yz reply"),
            );
            return None;
        }
        self.code(what, number, Scope::All)
    }

    /// A code that no command gets is either not standard or its row was forgotten.
    fn without_command(&mut self, standards: &BTreeMap<u16, Range<usize>>) {
        if self.lost.a_row {
            return;
        }
        for (code, place) in standards {
            let is_meant = self
                .misnamed
                .iter()
                .any(|&number| are_near(number, i64::from(*code)));
            if self.named.contains(code) || is_meant {
                continue;
            }
            let message = format!("{code} is `standard`, but no command gets it");
            self.problems
                .push(Problem::new(place.clone(), message).help(
                "add a row for it to the `replies` of a `[[command]]`, or correct its `standing`",
            ));
        }
    }
}

/// Whether one number may be a slip of the pen for the other.
fn are_near(a: i64, b: i64) -> bool {
    text::distance(&a.to_string(), &b.to_string()) <= 1
}

impl Lost {
    /// Whether a number that no reply has was probably meant for one that could not be read.
    fn explains(&self, number: i64) -> bool {
        self.all_numbers
            || self.numbers.iter().any(|&lost| are_near(lost, number))
            || self
                .gaps
                .iter()
                .any(|&(low, high)| low >= high || (low < number && number < high))
    }
}
