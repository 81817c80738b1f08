//! TOML becomes a model; everything that is wrong on the way is kept with its place.

mod advice;
mod command;
mod enhanced;
mod entry;
mod reply;
mod syntax;

use crate::model::{Base, Model};
use crate::problem::{Problem, Span};
use crate::reader::{Lost, Reader};
use crate::text::{self, listed, quote};
use entry::{ENTRIES, Entry, Value, item_of, name_of};
use std::slice;
use toml::de::{DeTable, DeValue};

/// The smallest entry that is complete.
const MINIMAL: &str = r#"begin with an entry such as
[[reply]]
code = 447
name = "Delivery Time Expired"
standing = "de-facto"
description = "The sending host gave up."
when = "In a bounce."
fix = "Send the message again."
connection = "not-a-reply"
next-actor = "sender"
retry = "later""#;

/// The tables of a text that is TOML. All else that could be said about another text follows from its one problem.
pub(crate) fn parse(text: &str) -> Result<DeTable<'_>, Problem> {
    let (document, errors) = DeTable::parse_recoverable(text);
    match syntax::problem(text, &errors) {
        Some(problem) => Err(problem),
        None => Ok(document.into_inner()),
    }
}

/// Reads each entry, with what it refers to. `base` is given for a table of private codes.
pub(crate) fn read(
    text: &str,
    document: &DeTable<'_>,
    base: Option<&Base>,
) -> (Model, Vec<Problem>) {
    let mut reader = Reader::new(text, base);
    reader.top_level(document);
    let mut model = Model {
        replies: reader.replies(document),
        commands: reader.commands(document),
        pairs: reader.pairs(document),
        ..Model::default()
    };
    if base.is_none() {
        model.enhanced = reader.enhanced(document);
        model.advice = reader.advice(document, &model);
    }
    reader.check(&model.commands);
    (model, reader.problems)
}

impl<'a> Reader<'a> {
    /// Refuses what no data file has.
    fn top_level(&mut self, document: &'a DeTable<'a>) {
        const KINDS: &[&str] = &["reply", "command", "pair", "enhanced", "advice"];
        let known = match self.base {
            Some(_) => &KINDS[..3],
            None => KINDS,
        };
        let mut loose: Option<Span> = None;
        for (key, value) in document {
            let (name, span): (&str, Span) = (key.get_ref(), key.span().into());
            if known.contains(&name) {
                continue;
            }
            if KINDS.contains(&name) {
                let message = format!("a table of private codes holds no `[[{name}]]`");
                self.report(span, message, "remove these entries");
            } else if is_entry(value.get_ref()) {
                let message = format!("a data file holds no {}", quote(name));
                let help = match meant(name, known) {
                    Some(meant) => format!("did you mean `[[{meant}]]`?"),
                    None => format!("it holds {}", listed(known, "[[", "]]")),
                };
                self.report(span, message, help);
                self.lost = Lost::ENTRY;
            } else if loose.is_none_or(|first| span.start < first.start) {
                loose = Some(span);
            }
        }
        // Where the header of the first entry is missing, all its keys are here.
        if let Some(first) = loose {
            let key = quote(first.of(self.text));
            let kind = kind_of(document, known);
            let help = format!("put `[[{kind}]]` on the line above it");
            self.report(first, format!("{key} stands outside of any entry"), help);
            self.lost = Lost::ENTRY;
        }
        // Unless what is there may have been meant as one.
        if !self.lost.a_code && is_empty(document, "reply") {
            let message = "the file holds no `[[reply]]`";
            self.report((0..0).into(), message, MINIMAL);
            self.lost.a_code = true;
        }
    }

    /// Calls a function with each table under `[[name]]`.
    fn each(
        &mut self,
        document: &'a DeTable<'a>,
        name: &str,
        label: &str,
        function: &mut dyn FnMut(Entry<'_, 'a>),
    ) {
        let Some(value) = document.get(name) else {
            return;
        };
        let list: &[Value<'a>] = match value.get_ref() {
            DeValue::Array(list) => list,
            DeValue::Table(table) => {
                let problem = syntax::one_pair_of_brackets(value.span().into(), name);
                self.problems.push(problem);
                // One that is empty needs no second message.
                if table.is_empty() {
                    self.lost = Lost::ENTRY;
                    return;
                }
                slice::from_ref(value)
            }
            _ => {
                self.wrong_type(&name_of(name), value, ENTRIES);
                self.lost = Lost::ENTRY;
                return;
            }
        };
        for value in list {
            match self.table(&item_of(name), label, value) {
                Some(entry) => function(entry),
                None => self.lost = Lost::ENTRY,
            }
        }
    }
}

/// Whether a value at the top of the file was meant as one entry or several.
fn is_entry(value: &DeValue<'_>) -> bool {
    match value {
        DeValue::Table(_) => true,
        DeValue::Array(list) => list.iter().all(|item| item.get_ref().is_table()),
        _ => false,
    }
}

/// The kind of entry that keys without a header were probably meant for.
fn kind_of(document: &DeTable<'_>, known: &[&'static str]) -> &'static str {
    const KEYS: &[(&str, &str)] = &[
        ("verb", "command"),
        ("choose", "pair"),
        ("meaning", "enhanced"),
        ("why", "advice"),
    ];
    for (key, kind) in KEYS {
        if document.contains_key(*key) && known.contains(kind) {
            return kind;
        }
    }
    "reply"
}

/// Whether the file has no entry of a kind, not even a bad one.
fn is_empty(document: &DeTable<'_>, name: &str) -> bool {
    match document.get(name) {
        None => true,
        Some(value) => matches!(value.get_ref(), DeValue::Array(list) if list.is_empty()),
    }
}

/// The kind of entry that a header was probably meant for: `[[replies]]`, `[[comand]]`.
fn meant(name: &str, known: &[&'static str]) -> Option<&'static str> {
    let near = text::nearest(name, known);
    let fits = |kind: &str| name.starts_with(kind.get(..4).unwrap_or(kind));
    known
        .iter()
        .copied()
        .find(|kind| near == Some(*kind) || fits(kind))
}
