//! The entries that say what to do next.

mod rules;

use super::enhanced::part;
use super::entry::{Entry, item_of, suggestion};
use crate::model::{Advice, Certainty, Connection, Model, Part, Retry, Scope, Word};
use crate::places::Places;
use crate::problem::{At, Span};
use crate::reader::{POINTS, Reader};
use crate::text::quote;
use rules::Given;
use toml::de::DeTable;

/// `1yz` to `9yz`, by their place.
const CLASSES: &[&str] = &[
    "1yz", "2yz", "3yz", "4yz", "5yz", "6yz", "7yz", "8yz", "9yz",
];

/// The entries that were read so far.
#[derive(Default)]
struct Earlier {
    list: Vec<Given>,
    /// Where each `why` was given.
    whys: Places,
}

impl<'a> Reader<'a> {
    /// The model has all but the advice.
    pub(super) fn advice(&mut self, document: &'a DeTable<'a>, model: &Model) -> Vec<Advice> {
        let mut earlier = Earlier::default();
        self.each(document, "advice", "this advice", &mut |entry| {
            entry.advice(model, &mut earlier);
        });
        let mut rules = Vec::new();
        for given in earlier.list {
            self.hidden(&given);
            rules.push(given.rule);
        }
        rules
    }
}

impl Entry<'_, '_> {
    fn advice(mut self, model: &Model, earlier: &mut Earlier) {
        let before = self.reader.problems.len();
        self.require("codes");
        let (numbers, classes) = self.codes();
        for key in ["except", "at", "enhanced", "then"] {
            self.not_empty(key);
        }
        let except = self.numbers("except");
        let at = self.lines("at");
        let patterns = self.patterns();
        let given = self.word("given");
        let is_read = self.reader.problems.len() == before;
        self.redundant(&numbers, &classes, &patterns);
        let action = self.word_at("action");
        let then = self.then();
        let mut rule = Advice {
            codes: Vec::new(),
            classes: values(&classes),
            except: Vec::new(),
            at: Vec::new(),
            enhanced: values(&patterns),
            given,
            action: action.map(At::value),
            then: values(&then),
            scope: self.word("scope"),
            next_actor: self.word("next-actor"),
            connection: self.connection(),
            why: self.text("why"),
            certainty: self.word_or("certainty", Certainty::Unsure),
            source: self.line_or_refused("source"),
        };
        let before = self.reader.problems.len();
        self.end(&[]);
        let is_read = is_read && self.reader.problems.len() == before;

        let commands = &model.commands;
        self.steps(given, action, &then, &at, commands);
        self.out_of_place(given, &at, commands);
        let before = self.reader.problems.len();
        rule.codes = self.reader.codes("`codes`", &numbers);
        rule.except = self.except(&rule.classes, &except, is_read);
        let mut codes = rules::codes(&rule);
        if is_read && rule.action.is_none() {
            self.passed_over(&mut codes);
        }
        for verb in &at {
            if self.reader.point("`at`", verb, POINTS) {
                rule.at.push(verb.value.clone());
            }
        }
        self.unknown_patterns(&patterns, model);
        self.senseless(&rule, &codes);
        if rule.action == Some(Retry::Proceed) {
            self.out_of_step(&numbers, &rule.at, model);
        }
        if let Some(Scope::Recipient | Scope::Message) = rule.scope {
            self.no_mail(&at, commands);
        }
        // What refers to a lost entry is no mistake of its own, yet nothing is known of it.
        let is_whole = (rule.codes.len(), rule.except.len(), rule.at.len())
            == (numbers.len(), except.len(), at.len());
        let is_sound = is_read && is_whole && self.reader.problems.len() == before;
        let judged = Given {
            rule,
            span: self.span,
            codes,
            hidden: Vec::new(),
        };
        let mut given = earlier.list.iter_mut();
        match given.find(|earlier| is_sound && earlier.covers(&judged)) {
            Some(first) => first.hidden.push(judged.span),
            // A copy that is never reached needs no second message.
            None => self.same_why(&judged.rule.why, &mut earlier.whys),
        }
        if is_sound {
            earlier.list.push(judged);
        }
    }

    fn except(&mut self, classes: &[u16], numbers: &[At<i64>], is_read: bool) -> Vec<u16> {
        let mut except = Vec::new();
        for number in numbers {
            let Some(code) = self.reader.code("`except`", *number) else {
                continue;
            };
            let class = code / 100;
            // A class that could not be read may have been this one.
            if is_read && !classes.contains(&class) {
                let message = format!("`except` has {code}, but `codes` has no \"{class}yz\"");
                self.report(number.span, message, "remove it");
            }
            except.push(code);
        }
        except
    }

    fn unknown_patterns(&mut self, patterns: &[At<Option<Part>>], model: &Model) {
        for pattern in patterns {
            if let Some(part) = pattern.value
                && !model.enhanced.iter().any(|known| known.part == part)
                && !self.reader.lost.an_enhanced
            {
                let message =
                    format!("`enhanced` names {part}, but no `[[enhanced]]` has this code");
                let help = "correct the code, or add an entry for it";
                self.report(pattern.span, message, help);
            }
        }
    }

    fn connection(&mut self) -> Option<Connection> {
        let word = self.word_at("connection")?;
        if word.value == Connection::NotAReply {
            let message = "`connection` is `not-a-reply`, but an advice is for a reply";
            let help = "use another word, or leave `connection` out";
            self.report(word.span, message, help);
        }
        Some(word.value)
    }

    /// Numbers, and classes by their first digit.
    fn codes(&mut self) -> (Vec<At<i64>>, Vec<At<u16>>) {
        let (mut numbers, mut classes) = (Vec::new(), Vec::new());
        if let Some(span) = self.empty_list("codes") {
            let help = "name the codes that it is for: `[450, \"5yz\"]`";
            self.report(span, "`codes` is empty", help);
        }
        for item in self.list("codes").unwrap_or_default() {
            let Some(class) = item.get_ref().as_str() else {
                if let Some(number) = self.reader.number(&item_of("codes"), item) {
                    self.reader.add("codes", &mut numbers, number);
                }
                continue;
            };
            let span = item.span().into();
            if let Some(place) = CLASSES.iter().position(|known| *known == class) {
                let value = place as u16 + 1;
                self.reader.add("codes", &mut classes, At { value, span });
                continue;
            }
            // `4xx` and `4YZ` say which one they mean.
            let digit = class.get(..1).filter(|digit| ("1"..="9").contains(digit));
            let digit = digit.unwrap_or("5");
            let message = format!("{} is no class of codes", quote(class));
            let help =
                format!("write `\"{digit}yz\"` for all codes that begin with {digit}, or a number");
            self.report(span, message, help);
        }
        (numbers, classes)
    }

    fn patterns(&mut self) -> Vec<At<Option<Part>>> {
        let mut patterns = Vec::new();
        for At { value, span } in self.lines("enhanced") {
            if let Some(value) = pattern(&value) {
                patterns.push(At { value, span });
                continue;
            }
            let found = quote(&value);
            let message = format!("`enhanced` has {found}, which is no enhanced code");
            let help = "write `X.2.Y` for a subject, `X.2.2` for a detail, `none` for no \
                        enhanced code; the class is always that of the reply code";
            self.report(span, message, help);
        }
        patterns
    }

    /// What another part of the same list says already.
    fn redundant(&mut self, codes: &[At<i64>], classes: &[At<u16>], enhanced: &[At<Option<Part>>]) {
        for At { value, span } in codes {
            let mut classes = classes.iter();
            if let Some(whole) = classes.find(|class| i64::from(class.value) == value / 100) {
                let class = whole.value;
                let message = format!("`codes` has {value}, which \"{class}yz\" has in it");
                self.within(message, *span, whole.span);
            }
        }
        for pattern in enhanced {
            let Some(Part::Detail(subject, detail)) = pattern.value else {
                continue;
            };
            let whole = Some(Part::Subject(subject));
            if let Some(whole) = enhanced.iter().find(|other| other.value == whole) {
                let message =
                    format!("`enhanced` has X.{subject}.{detail}, which X.{subject}.Y has in it");
                self.within(message, pattern.span, whole.span);
            }
        }
    }

    fn within(&mut self, message: String, span: Span, whole: Span) {
        self.report(span, message, "remove one of them")
            .related(whole, "it is");
    }

    fn then(&mut self) -> Vec<At<Retry>> {
        let mut then = Vec::new();
        for At { value: word, span } in self.lines("then") {
            match Retry::from_word(&word) {
                Some(value) if value != Retry::Proceed => then.push(At { value, span }),
                _ => {
                    let message = format!("`then` has {}, which is no step", quote(&word));
                    let help = suggestion(&word, &Retry::WORDS[1..], "the steps are");
                    self.report(span, message, help);
                }
            }
        }
        then
    }
}

/// A subject or a detail, or that there is none. The class is never a matter of choice.
fn pattern(written: &str) -> Option<Option<Part>> {
    match (written, part(written)) {
        ("none", _) => Some(None),
        (_, None | Some(Part::Class(_))) => None,
        (_, part) => Some(part),
    }
}

fn values<T: Copy>(list: &[At<T>]) -> Vec<T> {
    list.iter().map(|item| item.value).collect()
}
