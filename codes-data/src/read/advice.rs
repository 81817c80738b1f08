//! The entries that say what to do next, each judged as far as it can be by itself.

use super::enhanced::part;
use super::fields::{Entry, Reader, item_of, listed};
use crate::draft::{AdviceDraft, At, Draft};
use crate::model::{Advice, Certainty, Circumstance, Connection, NextActor, Part, Retry};
use crate::problem::Problem;
use crate::text::{self, quote};
use std::ops::Range;

/// Where a client names a recipient.
const RECIPIENT: &str = "RCPT";

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
        for key in ["except", "at", "enhanced", "then"] {
            self.not_empty(&entry, key);
        }
        let codes = self.codes(&entry);
        let except = self.numbers(&entry, "except");
        let at = self.lines(&entry, "at").unwrap_or_default();
        let enhanced = self.patterns(&entry);
        let given = self.word(&entry, "given", Circumstance::WORDS);
        let is_sound = self.problems.len() == before;
        self.redundant(&codes, &enhanced);
        let action = self.word(&entry, "action", Retry::WORDS);
        let then = self.then(&entry);
        let step = |word: &At<&str>| {
            let value = Retry::from_word(word.value)?;
            let span = word.span.clone();
            Some(At { value, span })
        };
        self.steps(action.as_ref().and_then(step), &then, &at, given.as_ref());
        self.out_of_place(&at, given.as_ref());
        let scope = entry.get("scope").map(|value| value.span());
        let mut retries = Vec::new();
        for step in &then {
            retries.push(step.value);
        }
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
            then: retries,
            scope: self.scope(&entry),
            next_actor: self
                .word(&entry, "next-actor", NextActor::WORDS)
                .and_then(|word| NextActor::from_word(word.value)),
            connection: self.connection(&entry),
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
            scope,
            given: given.map(|word| word.span),
            action: action.map(|word| word.span),
            is_sound,
        });
    }

    fn connection(&mut self, entry: &Entry<'a>) -> Option<Connection> {
        let word = self.word(entry, "connection", Connection::WORDS)?;
        let connection = Connection::from_word(word.value);
        if connection == Some(Connection::NotAReply) {
            let message = format!(
                "`connection` is `{}`, but an advice is for a reply",
                word.value
            );
            self.report(
                Problem::new(word.span, message)
                    .help("use another word, or leave `connection` out"),
            );
        }
        connection
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
                // `4xx` and `4YZ` say which one they mean.
                let digit = class.get(..1).filter(|digit| ("1"..="9").contains(digit));
                let digit = digit.unwrap_or("5");
                self.report(Problem::new(span, message).help(format!(
                    "write `\"{digit}yz\"` for all codes that begin with {digit}, or a number"
                )));
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

    /// What another part of the same list says already.
    fn redundant(&mut self, codes: &Codes, enhanced: &[At<Option<Part>>]) {
        for number in &codes.numbers {
            let known = codes
                .classes
                .iter()
                .find(|class| i64::from(class.value) == number.value / 100);
            if let Some(class) = known {
                let message = format!(
                    "`codes` has {}, which \"{}yz\" has in it",
                    number.value, class.value
                );
                self.within(message, &number.span, &class.span);
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
                self.within(message, &pattern.span, &whole.span);
            }
        }
    }

    fn within(&mut self, message: String, span: &Range<usize>, whole: &Range<usize>) {
        self.report(
            Problem::new(span.clone(), message)
                .related(whole.clone(), "it is")
                .help("remove one of them"),
        );
    }

    /// Steps that contradict one another, or what must be the case.
    fn steps(
        &mut self,
        action: Option<At<Retry>>,
        then: &[At<Retry>],
        at: &[At<String>],
        given: Option<&At<&str>>,
    ) {
        let is_at_rcpt = matches!(at, [only] if only.value == RECIPIENT);
        for step in action.iter().chain(then) {
            if step.value == Retry::FewerRecipients && !is_at_rcpt {
                let message = "`fewer-recipients` is for the reply to a recipient";
                self.report(
                    Problem::new(step.span.clone(), message)
                        .help(format!("write `at = [\"{RECIPIENT}\"]`, or another step")),
                );
            }
        }
        let Some(action) = action else { return };
        if let Some(given) = given
            && action.value == Retry::Proceed
            && Circumstance::from_word(given.value).is_some_and(Circumstance::forbids_success)
        {
            let message = format!("nothing lets a client `proceed` given `{}`", given.value);
            self.report(
                Problem::new(action.span.clone(), message).help("end the session: `later`"),
            );
        }
        let mut last = &action;
        for step in then {
            if let Retry::Never | Retry::AfterChange = last.value {
                let message = format!("nothing follows `{}`", last.value.word());
                let help = match last.span == action.span {
                    true => "remove `then`, or use another word for `action`",
                    false => "remove it, or move it up",
                };
                self.report(Problem::new(step.span.clone(), message).help(help));
                break;
            }
            last = step;
        }
        if let Some(step) = then.iter().find(|step| step.value == action.value) {
            let message = format!("`then` repeats the action, `{}`", step.value.word());
            self.report(Problem::new(step.span.clone(), message).help("remove it here"));
        }
    }

    /// A circumstance that is never the case at one of the points.
    fn out_of_place(&mut self, at: &[At<String>], given: Option<&At<&str>>) {
        let Some(given) = given else { return };
        let points = Circumstance::from_word(given.value).and_then(Circumstance::points);
        let Some(points) = points else { return };
        let help = format!("name in `at` what it is for: {}", listed(points, "", ""));
        if at.is_empty() {
            let message = format!("`{}` is not for all points of a session", given.value);
            self.report(Problem::new(given.span.clone(), message).help(help));
            return;
        }
        for verb in at {
            if !points.contains(&verb.value.as_str()) {
                let message = format!("`{}` is never the case at {}", given.value, verb.value);
                self.report(
                    Problem::new(verb.span.clone(), message)
                        .related(given.span.clone(), "it is given")
                        .help(help.clone()),
                );
            }
        }
    }

    fn then(&mut self, entry: &Entry<'a>) -> Vec<At<Retry>> {
        let mut then = Vec::new();
        for line in self.lines(entry, "then").unwrap_or_default() {
            match Retry::from_word(&line.value) {
                Some(value) if value != Retry::Proceed => then.push(At {
                    value,
                    span: line.span,
                }),
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
