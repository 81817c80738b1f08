//! TOML becomes drafts of entries, each judged by itself; everything that is wrong is kept with its place.

mod advice;
mod command;
mod enhanced;
mod entry;
mod reply;
mod syntax;

use crate::draft::{Draft, Lost};
use crate::model::Base;
use crate::problem::{Problem, Problems, Span};
use crate::text::{self, quote};
use entry::{ENTRIES, Entry, Reader, Value, listed, name_of};
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

/// Reads each entry by itself. A file that is no TOML has one problem, from which all others follow.
pub(crate) fn read(text: &str, base: Option<&Base>) -> Result<(Draft, Problems), Problem> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if let Some(problem) = syntax::problem(text, &errors) {
        return Err(problem);
    }
    let mut reader = Reader {
        text,
        base,
        lost: Lost::default(),
        problems: Problems::default(),
    };
    let draft = reader.draft(document.get_ref());
    Ok((draft, reader.problems))
}

impl<'a> Reader<'a> {
    fn draft(&mut self, document: &'a DeTable<'a>) -> Draft {
        let mut draft = Draft::default();
        self.top_level(document);
        for value in self.entries(document, "reply") {
            let entry = self.table("an item of `reply`", "this reply", value);
            match entry.and_then(Entry::reply) {
                Some(reply) => draft.replies.push(reply),
                None => self.lost.a_code = true,
            }
        }
        for value in self.entries(document, "command") {
            let entry = self.table("an item of `command`", "this command", value);
            match entry.map(Entry::command) {
                Some(command) => draft.commands.push(command),
                None => self.lost = Lost::ENTRY,
            }
        }
        for value in self.entries(document, "pair") {
            let entry = self.table("an item of `pair`", "this pair", value);
            draft.pairs.extend(entry.and_then(Entry::pair));
        }
        if self.base.is_none() {
            for value in self.entries(document, "enhanced") {
                let entry = self.table("an item of `enhanced`", "this enhanced code", value);
                match entry.and_then(Entry::enhanced) {
                    Some(enhanced) => draft.enhanced.push(enhanced),
                    None => self.lost.an_enhanced = true,
                }
            }
            for value in self.entries(document, "advice") {
                let entry = self.table("an item of `advice`", "this advice", value);
                draft.advice.extend(entry.map(Entry::advice));
            }
        }
        draft.lost = std::mem::take(&mut self.lost);
        draft
    }

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
                self.problems.add(span, message, "remove these entries");
            } else if is_entry(value.get_ref()) {
                let message = format!("a data file holds no {}", quote(name));
                let help = match meant(name, known) {
                    Some(meant) => format!("did you mean `[[{meant}]]`?"),
                    None => format!("it holds {}", listed(known, "[[", "]]")),
                };
                self.problems.add(span, message, help);
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
            self.problems
                .add(first, format!("{key} stands outside of any entry"), help);
            self.lost = Lost::ENTRY;
        }
        // Unless what is there may have been meant as one.
        if !self.lost.a_code && is_empty(document, "reply") {
            let message = "the file holds no `[[reply]]`";
            self.problems.add((0..0).into(), message, MINIMAL);
            self.lost.a_code = true;
        }
    }

    /// What is under `[[name]]`.
    fn entries(&mut self, document: &'a DeTable<'a>, name: &str) -> &'a [Value<'a>] {
        let Some(value) = document.get(name) else {
            return &[];
        };
        match value.get_ref() {
            DeValue::Array(list) => return list,
            DeValue::Table(table) => {
                let problem = syntax::one_pair_of_brackets(value.span().into(), name);
                self.problems.0.push(problem);
                if !table.is_empty() {
                    return slice::from_ref(value);
                }
            }
            _ => self.wrong_type(&name_of(name), value, ENTRIES),
        }
        self.lost = Lost::ENTRY;
        &[]
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
