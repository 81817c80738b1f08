//! The entries that say what to do next, each judged by itself.

use super::enhanced::part;
use super::entry::{Entry, Reader, item_of, suggestion};
use crate::model::{Advice, Certainty, Connection, Part, Retry, Word};
use crate::problem::{At, Span};
use crate::text::quote;
use toml::de::DeTable;

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
    pub(crate) then: Vec<At<Retry>>,
    /// Whether all that it needs to fit could be read.
    pub(crate) is_sound: bool,
}

/// `1yz` to `9yz`, by their place.
const CLASSES: &[&str] = &[
    "1yz", "2yz", "3yz", "4yz", "5yz", "6yz", "7yz", "8yz", "9yz",
];

impl<'a> Reader<'a> {
    pub(super) fn advice(&mut self, document: &'a DeTable<'a>) -> Vec<AdviceDraft> {
        let mut drafts = Vec::new();
        self.each(document, "advice", "this advice", &mut |entry| {
            drafts.push(entry.advice());
        });
        drafts
    }
}

impl Entry<'_, '_> {
    fn advice(mut self) -> AdviceDraft {
        let before = self.reader.known.problems.len();
        self.require("codes");
        let (codes, classes) = self.codes();
        for key in ["except", "at", "enhanced", "then"] {
            self.not_empty(key);
        }
        let except = self.numbers("except");
        let at = self.lines("at");
        let enhanced = self.patterns();
        let given = self.word_at("given");
        let is_sound = self.reader.known.problems.len() == before;
        self.redundant(&codes, &classes, &enhanced);
        let action = self.word_at("action");
        let then = self.then();
        let scope = self.get("scope").map(|value| value.span().into());
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
            given: given.map(At::value),
            action: action.map(At::value),
            then: retries,
            scope: self.word("scope"),
            next_actor: self.word("next-actor"),
            connection: self.connection(),
            why: self.text("why"),
            certainty: self.word_or("certainty", Certainty::Unsure),
            source: self.line_or_refused("source"),
        };
        let (span, before) = (self.span, self.reader.known.problems.len());
        let reader = self.end(&[]);
        let is_sound = is_sound && reader.known.problems.len() == before;
        AdviceDraft {
            advice,
            span,
            codes,
            classes,
            except,
            at,
            enhanced,
            scope,
            given: given.map(|word| word.span),
            action: action.map(|word| word.span),
            then,
            is_sound,
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
