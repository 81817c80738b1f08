//! The rules for what is said about the next step.

use super::commands::Points;
use super::places::Places;
use super::{Checker, Scope, three_digits};
use crate::draft::{AdviceDraft, At};
use crate::model::{self, Advice, Circumstance, Command, Enhanced, Part, Retry};
use crate::problem::Problem;
use crate::text;
use std::ops::Range;

/// An entry that was judged, to be compared with the later ones.
struct Given {
    span: Range<usize>,
    /// By number, whether it is for the code.
    codes: [bool; 1000],
    /// The later ones that can never be reached because of it.
    hidden: Vec<Range<usize>>,
}

impl Checker<'_> {
    pub(super) fn advice(
        &mut self,
        drafts: Vec<AdviceDraft>,
        commands: &[Command],
        enhanced: &[Enhanced],
    ) -> Vec<Advice> {
        let mut rules: Vec<Advice> = Vec::new();
        let mut given: Vec<Given> = Vec::new();
        let mut whys = Places::default();
        for draft in drafts {
            let (rule, judged, is_sound) = self.rule(draft, commands, enhanced);
            let first = (0..rules.len())
                .find(|&at| covers(&rules[at], &given[at].codes, &rule, &judged.codes));
            match first {
                Some(first) if is_sound => given[first].hidden.push(judged.span.clone()),
                // A copy that is never reached needs no second message.
                _ => self.same_why(&rule, &judged.span, &mut whys),
            }
            if is_sound {
                rules.push(rule);
                given.push(judged);
            }
        }
        for given in given {
            self.hidden(given);
        }
        rules
    }

    /// Where one hides several, it is itself what stands in the wrong place or is too wide.
    fn hidden(&mut self, given: Given) {
        let problem = match given.hidden.as_slice() {
            [] => return,
            [only] => Problem::new(only.clone(), "this advice can never be reached")
                .related(given.span, "an earlier one always fits first,")
                .help("the first one that fits decides: move it up, or remove it"),
            [first, ..] => {
                let count = given.hidden.len();
                let message = format!("because of this advice, {count} others are never reached");
                Problem::new(given.span, message)
                    .related(first.clone(), "the first of them is")
                    .help("the first one that fits decides: move it down, or say more of its case")
            }
        };
        self.problems.push(problem);
    }

    /// A reader of two advices is to see what tells them apart.
    fn same_why(&mut self, rule: &Advice, span: &Range<usize>, whys: &mut Places) {
        let why = &rule.why;
        if why == text::REFUSED_TEXT {
            return;
        }
        if let Some(first) = whys.first(why, span) {
            let message = "the `why` of this advice is that of another one";
            self.problems.push(
                Problem::new(span.clone(), message)
                    .related(first, "it stands in the advice")
                    .help("say what decides here and not there, or make one advice of the two"),
            );
        }
    }

    /// The last of the three says whether it may be compared with others.
    fn rule(
        &mut self,
        draft: AdviceDraft,
        commands: &[Command],
        enhanced: &[Enhanced],
    ) -> (Advice, Given, bool) {
        let before = self.problems.len();
        let mut rule = draft.advice;
        let mut codes = [false; 1000];
        for number in &draft.codes {
            if let Some(code) = self.code("`codes`", number, Scope::All) {
                codes[usize::from(code)] = true;
                rule.codes.push(code);
            }
        }
        for class in &draft.classes {
            let first = usize::from(class.value) * 100;
            codes[first..first + 100].fill(true);
            rule.classes.push(class.value);
        }
        for number in &draft.except {
            let Some(code) = self.code("`except`", number, Scope::All) else {
                continue;
            };
            // A class that could not be read may have been this one.
            if draft.is_sound && !rule.classes.contains(&(code / 100)) {
                let message = format!(
                    "`except` has {code}, but `codes` has no \"{}yz\"",
                    code / 100
                );
                self.problems
                    .push(Problem::new(number.span.clone(), message).help("remove it"));
            }
            codes[usize::from(code)] = false;
            rule.except.push(code);
        }
        if draft.is_sound && rule.action.is_none() {
            self.passed_over(&mut codes, &draft.span);
        }
        rule.at = self.points("`at`", &draft.at, Points::CommandsAndEvents);
        for pattern in &draft.enhanced {
            rule.enhanced.push(pattern.value);
            if let Some(part) = pattern.value
                && !enhanced.iter().any(|known| known.part == part)
                && !self.lost.an_enhanced
            {
                let message =
                    format!("`enhanced` names {part}, but no `[[enhanced]]` has this code");
                self.problems.push(
                    Problem::new(pattern.span.clone(), message)
                        .help("correct the code, or add an entry for it"),
                );
            }
        }
        self.senseless(&rule, &codes, &draft.given, &draft.action, &draft.span);
        if rule.action == Some(Retry::Proceed) {
            self.out_of_step(&draft.codes, &rule.at, commands);
        }
        if let (Some(model::Scope::Recipient | model::Scope::Message), Some(span)) =
            (rule.scope, &draft.scope)
        {
            self.no_mail(&draft.at, commands, span);
        }
        // What refers to a lost entry is no mistake of its own, yet nothing is known of it.
        let is_whole = (rule.codes.len(), rule.except.len(), rule.at.len())
            == (draft.codes.len(), draft.except.len(), draft.at.len());
        let is_sound = draft.is_sound && is_whole && self.problems.len() == before;
        let judged = Given {
            span: draft.span,
            codes,
            hidden: Vec::new(),
        };
        (rule, judged, is_sound)
    }

    /// Nobody goes on after a reply that the point never gets.
    fn out_of_step(&mut self, numbers: &[At<i64>], at: &[String], commands: &[Command]) {
        if self.lost.a_row || self.lost.a_verb {
            return;
        }
        for number in numbers {
            // Another digit than 2 and 3 is refused for that already.
            let Some(code) = three_digits(number.value).filter(|code| matches!(code / 100, 2 | 3))
            else {
                continue;
            };
            for verb in at {
                if self.defined(code).is_none() || gets(code, verb, commands) {
                    continue;
                }
                let message = format!("no row lets {code} come at {verb}, so no client `proceed`s");
                self.problems.push(
                    Problem::new(number.span.clone(), message)
                        .help("remove it here, or add a row for it to that command"),
                );
            }
        }
    }

    /// Mail bounces where the reply is about mail only.
    fn no_mail(&mut self, at: &[At<String>], commands: &[Command], scope: &Range<usize>) {
        if self.lost.a_scope {
            return;
        }
        for verb in at {
            let command = commands.iter().find(|known| known.verb == verb.value);
            let Some(command) = command else { continue };
            if let model::Scope::Recipient | model::Scope::Message = command.scope {
                continue;
            }
            let message = format!("a reply to {} is about no mail", verb.value);
            self.problems.push(
                Problem::new(verb.span.clone(), message)
                    .related(scope.clone(), "the `scope` that says so is")
                    .help("remove it, or use another `scope`"),
            );
        }
    }

    /// Without an action an advice adds to what its codes say, but not to what has its own reason.
    fn passed_over(&mut self, codes: &mut [bool; 1000], span: &Range<usize>) {
        let was_empty = !codes.contains(&true);
        for (at, code) in codes.iter_mut().enumerate() {
            *code &= !self.codes[at].asks_for_another_try;
        }
        if !was_empty && !codes.contains(&true) {
            let message =
                "this advice adds nothing: all its codes ask for another try by themselves";
            self.problems.push(
                Problem::new(span.clone(), message).help("add `action`, or name other codes"),
            );
        }
    }

    /// What can never be, or would be a wrong advice wherever it fits.
    fn senseless(
        &mut self,
        rule: &Advice,
        codes: &[bool; 1000],
        given: &Option<Range<usize>>,
        action: &Option<Range<usize>>,
        span: &Range<usize>,
    ) {
        let has = |low: usize, high: usize| codes[low * 100..high * 100].contains(&true);
        let is_other = has(1, 2) || has(6, 10);
        let is_negative = has(4, 6) || is_other;
        let given = given.as_ref().unwrap_or(span);
        if rule.given == Some(Circumstance::OutOfStep) && is_negative {
            let message = "only a 2yz or 3yz can be out of step";
            self.problems.push(
                Problem::new(given.clone(), message).help("remove the other codes, or `given`"),
            );
        }
        if rule.given == Some(Circumstance::UnknownCode) && !rule.codes.is_empty() {
            let message = format!(
                "{} has a `[[reply]]`, so it is no unknown code",
                rule.codes[0]
            );
            self.problems
                .push(Problem::new(given.clone(), message).help("name classes only: `[\"5yz\"]`"));
        }
        if rule.action == Some(Retry::Proceed) && is_negative {
            let action = action.as_ref().unwrap_or(span);
            let message = "only a 2yz or 3yz lets a client `proceed`";
            self.problems.push(
                Problem::new(action.clone(), message).help("use another word, or other codes"),
            );
        }
        if rule.action.is_none() && !rule.then.is_empty() {
            let message = "`then` follows an `action`, but this advice has none";
            self.problems
                .push(Problem::new(span.clone(), message).help("add `action`, or remove `then`"));
        }
        let mut names = false;
        for pattern in &rule.enhanced {
            names |= pattern.is_some();
        }
        if names && (has(3, 4) || is_other) {
            let message = "an enhanced code goes with a 2yz, 4yz or 5yz only";
            self.problems.push(
                Problem::new(span.clone(), message).help("remove the other codes, or `enhanced`"),
            );
        }
    }
}

/// Whether a row of its own, of another point or of a group lets a code come at a point.
fn gets(code: u16, verb: &str, commands: &[Command]) -> bool {
    let mut from = None;
    for command in commands {
        if command.verb == verb {
            from = command.inherits.as_ref().map(|rule| rule.from.as_str());
        }
    }
    for command in commands {
        let is_of_it = match &command.except {
            Some(except) => !except.iter().any(|other| other == verb),
            None => command.verb == verb || from == Some(command.verb.as_str()),
        };
        if is_of_it && command.has_row(code) {
            return true;
        }
    }
    false
}

/// Whether the one fits wherever the other does.
fn covers(rule: &Advice, codes: &[bool; 1000], other: &Advice, others: &[bool; 1000]) -> bool {
    if rule.given.is_some() && rule.given != other.given {
        return false;
    }
    let at = rule.at.is_empty()
        || (!other.at.is_empty() && other.at.iter().all(|verb| rule.at.contains(verb)));
    let enhanced = rule.enhanced.is_empty()
        || (!other.enhanced.is_empty()
            && other
                .enhanced
                .iter()
                .all(|&pattern| is_among(pattern, &rule.enhanced)));
    at && enhanced && (100..1000).all(|code| codes[code] || !others[code])
}

fn is_among(pattern: Option<Part>, patterns: &[Option<Part>]) -> bool {
    let whole = match pattern {
        Some(Part::Detail(subject, _)) => Some(Part::Subject(subject)),
        other => other,
    };
    patterns.contains(&pattern) || patterns.contains(&whole)
}
