//! The rules across entries: what refers to what, and what may be there once only.

mod advice;
mod commands;
mod enhanced;
mod places;

use crate::draft::{At, Draft, Lost, PairDraft, ReplyDraft};
use crate::model::{self, Base, Command, CommandKind, Model, Pair, Reply, Retry, Standing};
use crate::problem::Problem;
use crate::text;
use places::Places;
use std::ops::Range;

/// Judges the entries together and makes a model of them, without what was refused.
pub(crate) fn check(draft: Draft, base: Option<&Base>) -> (Model, Vec<Problem>) {
    let mut checker = Checker::new(&draft, base);
    checker.lost = draft.lost;
    let replies = checker.replies(draft.replies);
    let commands = checker.commands(draft.commands);
    checker.challenges(&commands);
    let pairs = checker.pairs(draft.pairs);
    let enhanced = checker.enhanced(draft.enhanced);
    let advice = checker.advice(draft.advice, &commands, &enhanced);
    checker.without_command();
    (
        Model {
            replies,
            commands,
            pairs,
            enhanced,
            advice,
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
    /// By number.
    codes: [Code; 1000],
    /// The verbs that may be referred to, in alphabetical order. No kind where the word for it was
    /// refused.
    verbs: Vec<(String, Option<CommandKind>)>,
    /// What the commands name instead of a code that exists, each number once.
    misnamed: Vec<i64>,
    /// The codes that are said to be a challenge of a login, and where.
    challenges: Vec<At<u16>>,
    problems: Vec<Problem>,
}

/// What is known of a number of three digits.
struct Code {
    /// Where the file defines it first.
    defined: Option<Range<usize>>,
    /// Where it is said to be standard first.
    standard: Option<Range<usize>>,
    /// Whether some command names it.
    is_named: bool,
    /// Whether its own next step is another command, fewer recipients or another host.
    asks_for_another_try: bool,
}

impl Code {
    const UNKNOWN: Self = Self {
        defined: None,
        standard: None,
        is_named: false,
        asks_for_another_try: false,
    };
}

impl<'b> Checker<'b> {
    fn new(draft: &Draft, base: Option<&'b Base>) -> Self {
        let mut checker = Self {
            base,
            lost: Lost::default(),
            codes: [Code::UNKNOWN; 1000],
            verbs: Vec::new(),
            misnamed: Vec::new(),
            challenges: Vec::new(),
            problems: Vec::new(),
        };
        for reply in &draft.replies {
            let code = &mut checker.codes[usize::from(reply.reply.code)];
            if code.defined.is_none() {
                code.defined = Some(reply.code.clone());
                code.asks_for_another_try = matches!(
                    reply.reply.retry,
                    Retry::SameSession | Retry::FewerRecipients | Retry::OtherHost
                );
            }
            if code.standard.is_none() && reply.standing == Some(Standing::Standard) {
                code.standard = Some(reply.code.clone());
            }
        }
        match base {
            Some(base) => {
                for command in &base.commands {
                    checker.add_verb(&command.verb, Some(command.kind));
                }
            }
            None => {
                for command in &draft.commands {
                    if let Some(verb) = &command.verb {
                        checker.add_verb(&verb.value, command.kind);
                    }
                }
            }
        }
        checker
    }

    fn add_verb(&mut self, verb: &str, kind: Option<CommandKind>) {
        let at = self
            .verbs
            .partition_point(|(known, _)| known.as_str() < verb);
        if self.verbs.get(at).is_none_or(|(next, _)| next != verb) {
            self.verbs.insert(at, (verb.to_owned(), kind));
        }
    }

    /// Where the file defines a code first.
    fn defined(&self, code: u16) -> Option<&Range<usize>> {
        self.codes[usize::from(code)].defined.as_ref()
    }

    fn is_in_base(&self, code: u16) -> bool {
        self.base.is_some_and(|base| base.codes.contains(&code))
    }

    /// The code that a number refers to; the person hears of it where there is none.
    fn code(&mut self, what: &str, number: &At<i64>, scope: Scope) -> Option<u16> {
        let value = number.value;
        let code = three_digits(value);
        if let Some(code) = code {
            if self.defined(code).is_some() {
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
        let mut codes = Vec::new();
        for number in numbers {
            if let Some(code) = self.code(what, number, Scope::All) {
                codes.push(code);
            }
        }
        codes
    }

    fn replies(&mut self, drafts: Vec<ReplyDraft>) -> Vec<Reply> {
        let mut names = Places::default();
        let mut replies: Vec<Reply> = Vec::new();
        for mut draft in drafts {
            draft.reply.followed_by = self.codes("`followed-by`", &draft.followed_by);
            let code = draft.reply.code;
            if let Some(first) = self.defined(code)
                && *first != draft.code
            {
                let first = first.clone();
                self.problems.push(
                    Problem::new(draft.code, format!("the code {code} is defined twice"))
                        .related(first, "first defined")
                        .help("remove one of the entries, or correct its number"),
                );
                continue;
            }
            self.replacement(&draft);
            if let Some(span) = draft.challenge.take() {
                self.challenges.push(At { value: code, span });
            }
            self.name(&mut draft, &replies, &mut names);
            let at = replies.partition_point(|other| other.code < code);
            replies.insert(at, draft.reply);
        }
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
    fn name(&mut self, draft: &mut ReplyDraft, replies: &[Reply], names: &mut Places) {
        let Some(ident) = &draft.reply.ident else {
            return;
        };
        let Some(first) = names.first(ident, &draft.name) else {
            return;
        };
        let name = &draft.reply.name;
        let other = replies
            .iter()
            .find(|reply| reply.ident == draft.reply.ident);
        let message = match other {
            Some(other) if other.name != *name => format!(
                "the name `{name}` clashes with `{}`: both give the constant {ident}",
                other.name
            ),
            _ => format!("the name `{name}` is given twice"),
        };
        self.problems.push(
            Problem::new(draft.name.clone(), message)
                .related(first, "first used")
                .help("find words that distinguish this reply"),
        );
        draft.reply.ident = None;
        text::REFUSED_NAME.clone_into(&mut draft.reply.name);
    }

    /// A challenge asks for the next part of a login.
    fn challenges(&mut self, commands: &[Command]) {
        for At { value: code, span } in std::mem::take(&mut self.challenges) {
            let mut is_of_login = self.lost.a_row || self.lost.a_verb || self.lost.a_scope;
            for command in commands {
                is_of_login |= command.scope == model::Scope::Login && command.has_row(code);
            }
            let problem = if code / 100 != 3 {
                let message = format!("{code} cannot be a challenge, as it asks for nothing more");
                Problem::new(span, message).help("remove `challenge`: only a 3yz code has it")
            } else if !is_of_login {
                let message = format!("{code} is a challenge, but no login gets it");
                Problem::new(span, message).help(
                    "remove `challenge`, or add a row for it to a command with `scope = \"login\"`",
                )
            } else {
                continue;
            };
            self.problems.push(problem);
        }
    }

    fn pairs(&mut self, drafts: Vec<PairDraft>) -> Vec<Pair> {
        let mut places = Places::default();
        let mut pairs: Vec<Pair> = Vec::new();
        for PairDraft { mut pair, codes } in drafts {
            let Some((low, high)) = self.two_codes(&codes) else {
                continue;
            };
            if let Some(first) = places.first(&format!("{low} {high}"), &codes.span) {
                let message = format!("the pair {low} and {high} is given twice");
                self.problems.push(
                    Problem::new(codes.span, message)
                        .related(first, "first given")
                        .help("remove one of them; the order of the codes makes no difference"),
                );
                continue;
            }
            (pair.low, pair.high) = (low, high);
            let at = pairs.partition_point(|other| (other.low, other.high) < (low, high));
            pairs.insert(at, pair);
        }
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
        if self.defined(a).is_none() && self.defined(b).is_none() {
            let message = format!("neither {a} nor {b} is a code of this file");
            self.problems.push(
                Problem::new(codes.span.clone(), message)
                    .help("a pair of private codes has at least one that this file defines"),
            );
            return None;
        }
        Some((a.min(b), a.max(b)))
    }

    /// A code that no command gets is either not standard or its row was forgotten.
    fn without_command(&mut self) {
        if self.lost.a_row {
            return;
        }
        for number in 100..1000_u16 {
            let code = &self.codes[usize::from(number)];
            let Some(place) = &code.standard else {
                continue;
            };
            let number = i64::from(number);
            if code.is_named || self.misnamed.iter().any(|&other| are_near(other, number)) {
                continue;
            }
            let message = format!("{number} is `standard`, but no command gets it");
            self.problems
                .push(Problem::new(place.clone(), message).help(
                "add a row for it to the `replies` of a `[[command]]`, or correct its `standing`",
            ));
        }
    }
}

/// A number as a reply code, if it can be one.
pub(crate) fn three_digits(number: i64) -> Option<u16> {
    match number {
        100..=999 => u16::try_from(number).ok(),
        _ => None,
    }
}

/// Whether one number may be a slip of the pen for the other.
fn are_near(a: i64, b: i64) -> bool {
    text::distance(&a.to_string(), &b.to_string()) <= 1
}

impl Lost {
    /// Whether a number that no reply has was probably meant for one that could not be read.
    ///
    /// A number that is too short could be many, so it explains only itself.
    fn explains(&self, number: i64) -> bool {
        let slipped = |&lost: &i64| match lost {
            0..=999 => lost == number,
            _ => are_near(lost, number),
        };
        let in_gap = |&(low, high): &(i64, i64)| low < number && number < high;
        self.all_numbers
            || self.numbers.iter().any(slipped)
            || self.slips.iter().any(|&slip| are_near(slip, number))
            || self.gaps.iter().any(in_gap)
    }
}
