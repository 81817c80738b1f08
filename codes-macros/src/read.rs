//! TOML becomes a model; everything that is wrong on the way is kept with its place.

mod entries;
mod fields;
mod syntax;
#[cfg(test)]
mod tests;

use crate::check;
use crate::check::draft::Draft;
use crate::model::{Base, Model};
use crate::problem::Problem;
use crate::text::{self, quote};
use fields::{Entry, Reader, Value, Wanted, item_of, name_of};
use toml::Spanned;
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

/// Reads the text of a data file. `base` is given for a table of private codes.
pub(crate) fn read(text: &str, base: Option<&Base>) -> (Model, Vec<Problem>) {
    let (document, errors) = DeTable::parse_recoverable(text);
    if let Some(problem) = syntax::problem(text, &errors) {
        return (Model::default(), vec![problem]);
    }
    let mut reader = Reader {
        text,
        base,
        problems: Vec::new(),
    };
    let draft = reader.draft(document.get_ref());
    let (model, problems) = check::check(draft, base);
    reader.problems.extend(problems);
    (model, reader.problems)
}

impl<'a> Reader<'a> {
    fn draft(&mut self, document: &'a DeTable<'a>) -> Draft {
        let mut draft = Draft::default();
        let misspelt = self.top_level(document);
        let is_misspelt = |name| misspelt.contains(&Some(name));
        let replies = self.entries(document, "reply");
        draft.lost.all_numbers = replies.is_empty() || is_misspelt("reply");
        draft.lost.a_verb = is_misspelt("command");
        draft.lost.a_row = is_misspelt("command");
        draft.lost.an_enhanced = is_misspelt("enhanced");
        if misspelt.is_empty() && is_empty(document, "reply") {
            self.report(Problem::new(0..0, "the file holds no `[[reply]]`").help(MINIMAL));
        }
        let order: Vec<Option<i64>> = replies
            .into_iter()
            .map(|entry| self.reply(entry, &mut draft))
            .collect();
        draft.lost.gaps = gaps(&order);
        let before = self.problems.len();
        let commands = self.entries(document, "command");
        draft.lost.a_row |= self.problems.len() > before;
        for entry in commands {
            self.command(entry, &mut draft);
        }
        for entry in self.entries(document, "pair") {
            self.pair(entry, &mut draft);
        }
        if self.base.is_none() {
            for entry in self.entries(document, "enhanced") {
                self.enhanced(entry, &mut draft);
            }
        }
        draft
    }

    /// Refuses what no data file has; gives back what was probably meant by each of it.
    fn top_level(&mut self, document: &'a DeTable<'a>) -> Vec<Option<&'static str>> {
        const KINDS: &[&str] = &["reply", "command", "pair", "enhanced"];
        let known = if self.base.is_some() {
            &KINDS[..3]
        } else {
            KINDS
        };
        let mut strangers = Vec::new();
        let mut loose = Vec::new();
        for (key, value) in document {
            let name: &str = key.get_ref();
            if known.contains(&name) {
                continue;
            }
            if KINDS.contains(&name) {
                let message = format!("a table of private codes holds no `[[{name}]]`");
                self.report(Problem::new(key.span(), message).help("remove these entries"));
                continue;
            }
            let is_entry = value.get_ref().is_table() || value.get_ref().is_array();
            let meant = meant(name, known).filter(|_| is_entry);
            strangers.push(meant);
            if !is_entry {
                loose.push(key.span());
                continue;
            }
            let message = format!("a data file holds no {}", quote(name));
            self.report(Problem::new(key.span(), message).help(match meant {
                Some(meant) => format!("did you mean `[[{meant}]]`?"),
                None => format!("it holds `[[{}]]`", known.join("]]`, `[[")),
            }));
        }
        // Where the header of the first entry is missing, all its keys are here.
        if let Some(first) = loose.into_iter().min_by_key(|span| span.start) {
            let key = quote(self.text.get(first.clone()).unwrap_or_default());
            let message = format!("{key} stands outside of any entry");
            self.report(Problem::new(first, message).help("put `[[reply]]` on the line above it"));
        }
        strangers
    }

    /// The tables under `[[name]]`.
    fn entries(&mut self, document: &'a DeTable<'a>, name: &str) -> Vec<Entry<'a>> {
        let Some(value) = document.get(name) else {
            return Vec::new();
        };
        let list = match value.get_ref() {
            DeValue::Array(list) => list.iter().collect(),
            DeValue::Table(_) => {
                let message = format!("`{name}` has one pair of brackets");
                self.report(
                    Problem::new(value.span(), message)
                        .help(format!("write `[[{name}]]`: there may be more than one")),
                );
                vec![value]
            }
            _ => {
                self.wrong_type(&name_of(name), value, Wanted::Entries);
                Vec::new()
            }
        };
        list.into_iter()
            .filter_map(|value: &Value<'a>| self.table(&item_of(name), value))
            .collect()
    }

    fn table(&mut self, what: &str, value: &'a Value<'a>) -> Option<Entry<'a>> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(what, value, Wanted::Table);
            return None;
        };
        Some(Entry {
            table,
            span: value.span(),
            label: String::new(),
        })
    }
}

/// Between which numbers the entries without a number stand, as the entries go up by number.
fn gaps(order: &[Option<i64>]) -> Vec<(i64, i64)> {
    let below = |at: usize| order[..at].iter().rev().flatten().next().copied();
    let above = |at: usize| order[at..].iter().flatten().next().copied();
    let unread = (0..order.len()).filter(|&at| order[at].is_none());
    unread
        .map(|at| (below(at).unwrap_or(i64::MIN), above(at).unwrap_or(i64::MAX)))
        .collect()
}

/// Whether the file has no entry of a kind, not even a bad one.
fn is_empty(document: &DeTable<'_>, name: &str) -> bool {
    match document.get(name).map(Spanned::get_ref) {
        None => true,
        Some(value) => value.as_array().is_some_and(|list| list.is_empty()),
    }
}

/// The kind of entry that a header was probably meant for: `[[replies]]`, `[[comand]]`.
fn meant(name: &str, known: &[&'static str]) -> Option<&'static str> {
    let begins_alike = |kind: &&str| kind.get(..4).is_some_and(|start| name.starts_with(start));
    let near = text::nearest(name, known.iter().copied());
    // What `nearest` gives is one of the static words again.
    known
        .iter()
        .copied()
        .find(|kind| Some(*kind) == near || begins_alike(kind))
}
