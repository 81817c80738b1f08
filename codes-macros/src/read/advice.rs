//! The entries that say what to do next, each judged as far as it can be by itself.

use super::enhanced::part;
use super::fields::{Entry, Reader, item_of};
use crate::check::draft::{AdviceDraft, At, Draft};
use crate::model::{Advice, Certainty, Circumstance, Connection, NextActor, Part, Retry};
use crate::problem::Problem;
use crate::text::{self, quote};

/// `1yz` to `9yz`, by their place.
const CLASSES: &[&str] = &[
    "1yz", "2yz", "3yz", "4yz", "5yz", "6yz", "7yz", "8yz", "9yz",
];

/// Numbers, and classes by their first digit.
#[derive(Default)]
struct Codes {
    numbers: Vec<At<i64>>,
    classes: Vec<At<u16>>,
}

impl<'a> Reader<'a> {
    pub(super) fn advice(&mut self, mut entry: Entry<'a>, draft: &mut Draft) {
        const KEYS: &[&str] = &[
            "codes",
            "except",
            "at",
            "enhanced",
            "given",
            "action",
            "then",
            "scope",
            "next-actor",
            "connection",
            "why",
            "certainty",
            "source",
        ];
        "this advice".clone_into(&mut entry.label);
        let before = self.problems.len();
        self.keys(&entry, KEYS, &[]);
        let codes = self.codes(&entry);
        let except = self.numbers(&entry, "except");
        let at = self.lines(&entry, "at").unwrap_or_default();
        let enhanced = self.patterns(&entry);
        let given = self.word(&entry, "given", Circumstance::WORDS);
        let is_sound = self.problems.len() == before;
        let action = self.word(&entry, "action", Retry::WORDS);
        let advice = Advice {
            codes: Vec::new(),
            classes: Vec::new(),
            except: Vec::new(),
            at: Vec::new(),
            enhanced: Vec::new(),
            given: given
                .as_ref()
                .and_then(|word| Circumstance::from_word(word.value)),
            action: action
                .as_ref()
                .and_then(|word| Retry::from_word(word.value)),
            then: self.then(&entry),
            scope: self.scope(&entry),
            next_actor: self
                .word(&entry, "next-actor", NextActor::WORDS)
                .and_then(|word| NextActor::from_word(word.value)),
            connection: self
                .word(&entry, "connection", Connection::WORDS)
                .and_then(|word| Connection::from_word(word.value)),
            why: self.required_text(&entry, "why"),
            certainty: self
                .required_word(&entry, "certainty", Certainty::WORDS)
                .and_then(|word| Certainty::from_word(word.value))
                .unwrap_or(Certainty::Unsure),
            source: self
                .required_line(&entry, "source")
                .map_or_else(|| text::REFUSED_LINE.to_owned(), |line| line.value),
        };
        draft.advice.push(AdviceDraft {
            advice,
            span: entry.span,
            codes: codes.numbers,
            classes: codes.classes,
            except,
            at,
            enhanced,
            given: given.map(|word| word.span),
            action: action.map(|word| word.span),
            is_sound,
        });
    }

    fn codes(&mut self, entry: &Entry<'a>) -> Codes {
        let mut codes = Codes::default();
        let Some(value) = self.required(entry, "codes") else {
            return codes;
        };
        let list = self.list("codes", value);
        if list.is_some_and(<[_]>::is_empty) {
            self.report(
                Problem::new(value.span(), "`codes` is empty")
                    .help("name the codes that it is for: `[450, \"5yz\"]`"),
            );
        }
        for value in list.unwrap_or_default() {
            let span = value.span();
            let Some(class) = value.get_ref().as_str() else {
                if let Some(number) = self.number(&item_of("codes"), value) {
                    let known = codes.numbers.iter().find(|at| at.value == number.value);
                    match known.map(|at| at.span.clone()) {
                        Some(first) => self.twice("codes", span, &first),
                        None => codes.numbers.push(number),
                    }
                }
                continue;
            };
            let Some(place) = CLASSES.iter().position(|known| *known == class) else {
                let message = format!("{} is no class of codes", quote(class));
                self.report(
                    Problem::new(span, message)
                        .help("write `\"5yz\"` for all codes that begin with 5, or a number"),
                );
                continue;
            };
            let digit = place as u16 + 1;
            let known = codes.classes.iter().find(|at| at.value == digit);
            match known.map(|at| at.span.clone()) {
                Some(first) => self.twice("codes", span, &first),
                None => codes.classes.push(At { value: digit, span }),
            }
        }
        codes
    }

    fn patterns(&mut self, entry: &Entry<'a>) -> Vec<At<Option<Part>>> {
        let mut patterns = Vec::new();
        for line in self.lines(entry, "enhanced").unwrap_or_default() {
            match pattern(&line.value) {
                Some(value) => patterns.push(At {
                    value,
                    span: line.span,
                }),
                None => {
                    let message = format!(
                        "`enhanced` has {}, which is no enhanced code",
                        quote(&line.value)
                    );
                    self.report(Problem::new(line.span, message).help(
                        "write `X.2.Y` for a subject, `X.2.2` for a detail, `none` for no \
                         enhanced code; the class is always that of the reply code",
                    ));
                }
            }
        }
        patterns
    }

    fn then(&mut self, entry: &Entry<'a>) -> Vec<Retry> {
        let mut then = Vec::new();
        for line in self.lines(entry, "then").unwrap_or_default() {
            match Retry::from_word(&line.value) {
                Some(retry) if retry != Retry::Proceed => then.push(retry),
                _ => {
                    let message = format!("`then` has {}, which is no step", quote(&line.value));
                    self.report(
                        Problem::new(line.span, message).help(super::fields::suggestion(
                            &line.value,
                            &Retry::WORDS[1..],
                            "the steps are",
                        )),
                    );
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
