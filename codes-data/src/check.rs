//! The rules across entries: what refers to what, and what may be there once only.

mod advice;
mod commands;
mod enhanced;
mod places;

use crate::draft::{At, Draft, Lost, PairDraft, ReplyDraft};
use crate::model::{self, Base, Command, CommandKind, Model, Pair, Reply, Retry, Standing};
use crate::problem::{Problem, Problems, Span};
use crate::text;
use places::Places;

/// Judges the entries together and makes a model of them, without what was refused. What is wrong comes after
/// the problems that were found before.
pub(crate) fn check(
    draft: Draft,
    base: Option<&Base>,
    problems: Problems,
) -> (Model, Vec<Problem>) {
    let mut checker = Checker {
        base,
        lost: draft.lost,
        codes: [Code::UNKNOWN; 1000],
        verbs: Vec::new(),
        challenges: Vec::new(),
        problems,
    };
    checker.declare(&draft);
    let replies = checker.replies(draft.replies);
    let commands = checker.commands(draft.commands);
    checker.challenges(&commands);
    let pairs = checker.pairs(draft.pairs);
    let enhanced = checker.enhanced(draft.enhanced);
    let advice = checker.advice(draft.advice, &commands, &enhanced);
    checker.without_command();
    let model = Model {
        replies,
        commands,
        pairs,
        enhanced,
        advice,
    };
    (model, checker.problems.0)
}

struct Checker<'b> {
    base: Option<&'b Base>,
    lost: Lost,
    /// By number.
    codes: [Code; 1000],
    /// The verbs that may be referred to, in alphabetical order. No kind where the word for it was
    /// refused.
    verbs: Vec<(String, Option<CommandKind>)>,
    /// The codes that are said to be a challenge of a login, and where.
    challenges: Vec<At<u16>>,
    problems: Problems,
}

/// What is known of a number of three digits.
#[derive(Clone, Copy)]
struct Code {
    /// Where the file defines it first.
    defined: Option<Span>,
    /// Where it is said to be standard first.
    standard: Option<Span>,
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

impl Checker<'_> {
    /// Takes in what the entries may refer to. Of two entries with one number or verb, one was meant to have
    /// another, which then is lost.
    fn declare(&mut self, draft: &Draft) {
        for draft in &draft.replies {
            let reply = &draft.reply;
            let is_ours = self.is_in_base(reply.code) && draft.replaces.is_none();
            let code = &mut self.codes[usize::from(reply.code)];
            self.lost.a_code |= is_ours || code.defined.is_some();
            if code.defined.is_none() {
                code.defined = Some(draft.code);
                code.asks_for_another_try = matches!(
                    reply.retry,
                    Retry::SameSession | Retry::FewerRecipients | Retry::OtherHost
                );
            }
            if code.standard.is_none() && draft.standing == Some(Standing::Standard) {
                code.standard = Some(draft.code);
            }
        }
        if let Some(base) = self.base {
            for command in &base.commands {
                self.add_verb(&command.verb, Some(command.kind));
            }
        } else {
            for command in &draft.commands {
                if let Some(verb) = &command.verb {
                    self.lost.a_verb |= !self.add_verb(&verb.value, command.kind);
                }
            }
        }
    }

    /// Whether it was not there yet.
    fn add_verb(&mut self, verb: &str, kind: Option<CommandKind>) -> bool {
        let at = self
            .verbs
            .partition_point(|(known, _)| known.as_str() < verb);
        let is_new = self.verbs.get(at).is_none_or(|(next, _)| next != verb);
        if is_new {
            self.verbs.insert(at, (verb.to_owned(), kind));
        }
        is_new
    }

    /// Where the file defines a code first.
    fn defined(&self, code: u16) -> Option<Span> {
        self.codes[usize::from(code)].defined
    }

    fn is_in_base(&self, code: u16) -> bool {
        self.base.is_some_and(|base| base.codes.contains(&code))
    }

    fn report(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Problem {
        self.problems.add(span, message, help)
    }

    /// The code that a number refers to; the person hears of it where there is none.
    fn code(&mut self, what: &str, number: At<i64>) -> Option<u16> {
        let At { value, span } = number;
        let code = text::reply_code(value);
        if let Some(code) = code
            && (self.defined(code).is_some() || self.is_in_base(code))
        {
            return Some(code);
        }
        if self.lost.a_code {
            return None;
        }
        let why = match (code, self.base) {
            (None, _) => "a reply code has three digits",
            (Some(_), None) => "no `[[reply]]` has this code",
            (Some(_), Some(_)) => "neither this file nor the table it adds to has this code",
        };
        let help = match code {
            None => "use a number from 100 to 999",
            Some(_) => "correct the number, or add an entry for it",
        };
        self.report(span, format!("{what} names {value}, but {why}"), help);
        None
    }

    fn codes(&mut self, what: &str, numbers: &[At<i64>]) -> Vec<u16> {
        let mut codes = Vec::new();
        for number in numbers {
            codes.extend(self.code(what, *number));
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
                && first != draft.code
            {
                let message = format!("the code {code} is defined twice");
                let help = "remove one of the entries, or correct its number";
                self.report(draft.code, message, help)
                    .related(first, "first defined");
                continue;
            }
            self.replacement(&draft);
            if let Some(span) = draft.challenge {
                self.challenges.push(At { value: code, span });
            }
            self.name(&mut draft, &replies, &mut names);
            let at = replies.partition_point(|other| other.code < code);
            replies.insert(at, draft.reply);
        }
        replies
    }

    fn replacement(&mut self, draft: &ReplyDraft) {
        let code = draft.reply.code;
        match draft.replaces {
            None if self.is_in_base(code) && !draft.may_replace => {
                let message = format!("{code} is a code of the table that this one adds to");
                let help =
                    "use another number, or add `replaces = true` if the entry is to replace it";
                self.report(draft.code, message, help);
            }
            Some(place) if !self.is_in_base(code) => {
                let message = format!("there is no {code} to replace in the table below this one");
                self.report(place, message, "remove `replaces`, or correct the code");
            }
            _ => {}
        }
    }

    /// Two names must not give the same constant.
    fn name(&mut self, draft: &mut ReplyDraft, replies: &[Reply], names: &mut Places) {
        let Some(ident) = &draft.reply.ident else {
            return;
        };
        let Some(first) = names.first(ident, draft.name) else {
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
        let help = "find words that distinguish this reply";
        self.report(draft.name, message, help)
            .related(first, "first used");
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
            if code / 100 != 3 {
                let message = format!("{code} cannot be a challenge, as it asks for nothing more");
                let help = "remove `challenge`: only a 3yz code has it";
                self.report(span, message, help);
            } else if !is_of_login {
                let message = format!("{code} is a challenge, but no login gets it");
                let help =
                    "remove `challenge`, or add a row for it to a command with `scope = \"login\"`";
                self.report(span, message, help);
            }
        }
    }

    fn pairs(&mut self, drafts: Vec<PairDraft>) -> Vec<Pair> {
        let mut places = Places::default();
        let mut pairs: Vec<Pair> = Vec::new();
        for PairDraft { mut pair, codes } in drafts {
            let Some((low, high)) = self.two_codes(codes) else {
                continue;
            };
            if let Some(first) = places.first(&format!("{low} {high}"), codes.span) {
                let message = format!("the pair {low} and {high} is given twice");
                let help = "remove one of them; the order of the codes makes no difference";
                self.report(codes.span, message, help)
                    .related(first, "first given");
                continue;
            }
            (pair.low, pair.high) = (low, high);
            let at = pairs.partition_point(|other| (other.low, other.high) < (low, high));
            pairs.insert(at, pair);
        }
        pairs
    }

    fn two_codes(&mut self, codes: At<[At<i64>; 2]>) -> Option<(u16, u16)> {
        let At {
            value: [a, b],
            span,
        } = codes;
        if a.value == b.value {
            let message = format!("{} is paired with itself", a.value);
            self.report(span, message, "a pair compares two codes");
            return None;
        }
        let a = self.code("`codes`", a);
        let b = self.code("`codes`", b);
        let (a, b) = (a?, b?);
        if self.defined(a).is_none() && self.defined(b).is_none() {
            let message = format!("neither {a} nor {b} is a code of this file");
            let help = "a pair of private codes has at least one that this file defines";
            self.report(span, message, help);
            return None;
        }
        Some((a.min(b), a.max(b)))
    }

    /// A code that no command gets is either not standard or its row was forgotten.
    fn without_command(&mut self) {
        if self.lost.a_row {
            return;
        }
        for number in 100..1000 {
            let code = self.codes[number];
            if let Some(place) = code.standard
                && !code.is_named
            {
                let message = format!("{number} is `standard`, but no command gets it");
                let help = "add a row for it to the `replies` of a `[[command]]`, or correct its `standing`";
                self.report(place, message, help);
            }
        }
    }
}
