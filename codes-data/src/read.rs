//! TOML becomes a model; everything that is wrong on the way is kept with its place.

mod advice;
mod enhanced;
mod entries;
mod fields;
mod syntax;

use crate::draft::Draft;
use crate::model::Base;
use crate::problem::Problem;
use crate::text::{self, quote};
use fields::{Entry, Reader, Value, Wanted, item_of, listed, name_of};
use std::ops::Range;
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

/// Reads each entry by itself. The one problem of a file that is no TOML stands for all that follow from it.
pub(crate) fn read(text: &str, base: Option<&Base>) -> Result<(Draft, Vec<Problem>), Problem> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if let Some(problem) = syntax::problem(text, &errors) {
        return Err(problem);
    }
    let mut reader = Reader {
        text,
        base,
        problems: Vec::new(),
    };
    let draft = reader.draft(document.get_ref());
    Ok((draft, reader.problems))
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
        let mut order = Vec::new();
        for entry in replies {
            order.push(self.reply(entry, &mut draft));
        }
        self.doubtful(&mut order, &mut draft);
        draft.lost.gaps = gaps(&order);
        let before = self.problems.len();
        let commands = self.entries(document, "command");
        draft.lost.a_row |= self.problems.len() > before;
        for entry in commands {
            self.command(entry, &mut draft);
        }
        draft.lost.a_verb |= has_a_verb_twice(&draft);
        for entry in self.entries(document, "pair") {
            self.pair(entry, &mut draft);
        }
        if self.base.is_none() {
            for entry in self.entries(document, "enhanced") {
                self.enhanced(entry, &mut draft);
            }
            for entry in self.entries(document, "advice") {
                self.advice(entry, &mut draft);
            }
        }
        draft
    }

    /// Takes the numbers out of the order that cannot be right: those given twice, and in a private
    /// file those of the other table.
    fn doubtful(&self, order: &mut [Option<i64>], draft: &mut Draft) {
        let mut seen = [0_u8; 1000];
        let place = |number: i64| usize::try_from(number).ok().filter(|&place| place < 1000);
        for number in order.iter().flatten() {
            if let Some(place) = place(*number) {
                seen[place] = seen[place].saturating_add(1);
            }
        }
        for reply in &draft.replies {
            let code = reply.reply.code;
            if self.base.is_some_and(|base| base.codes.contains(&code)) && reply.replaces.is_none()
            {
                seen[usize::from(code)] = 2;
            }
        }
        for number in order {
            if number.and_then(place).is_some_and(|place| seen[place] > 1) {
                draft.lost.slips.extend(number.take());
            }
        }
    }

    /// Refuses what no data file has; gives back what was probably meant by each of it.
    fn top_level(&mut self, document: &'a DeTable<'a>) -> Vec<Option<&'static str>> {
        const KINDS: &[&str] = &["reply", "command", "pair", "enhanced", "advice"];
        let known = if self.base.is_some() {
            &KINDS[..3]
        } else {
            KINDS
        };
        let mut strangers = Vec::new();
        let mut loose: Option<Range<usize>> = None;
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
            if !is_entry(value.get_ref()) {
                strangers.push(None);
                let span = key.span();
                if loose.as_ref().is_none_or(|first| span.start < first.start) {
                    loose = Some(span);
                }
                continue;
            }
            let meant = meant(name, known);
            strangers.push(meant);
            let message = format!("a data file holds no {}", quote(name));
            self.report(Problem::new(key.span(), message).help(match meant {
                Some(meant) => format!("did you mean `[[{meant}]]`?"),
                None => format!("it holds {}", listed(known, "[[", "]]")),
            }));
        }
        // Where the header of the first entry is missing, all its keys are here.
        if let Some(first) = loose {
            let key = quote(self.text.get(first.clone()).unwrap_or_default());
            let message = format!("{key} stands outside of any entry");
            let kind = kind_of(document, known);
            let help = format!("put `[[{kind}]]` on the line above it");
            self.report(Problem::new(first, message).help(help));
        }
        strangers
    }

    /// The tables under `[[name]]`.
    fn entries(&mut self, document: &'a DeTable<'a>, name: &str) -> Vec<Entry<'a>> {
        let Some(value) = document.get(name) else {
            return Vec::new();
        };
        let list: &[Value<'a>] = match value.get_ref() {
            DeValue::Array(list) => list,
            DeValue::Table(table) => {
                self.report(syntax::one_pair_of_brackets(value.span(), name));
                if table.is_empty() {
                    return Vec::new();
                }
                slice::from_ref(value)
            }
            _ => {
                self.wrong_type(&name_of(name), value, Wanted::Entries);
                &[]
            }
        };
        let mut entries = Vec::new();
        for value in list {
            if let Some(entry) = self.table(&item_of(name), value) {
                entries.push(entry);
            }
        }
        entries
    }

    fn table(&mut self, what: &str, value: &'a Value<'a>) -> Option<Entry<'a>> {
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(what, value, Wanted::Table);
            return None;
        };
        if table.is_empty() {
            let message = format!("{what} is empty");
            self.report(
                Problem::new(value.span(), message).help("fill it in, or remove its header"),
            );
            return None;
        }
        Some(Entry {
            table,
            span: value.span(),
            label: String::new(),
        })
    }
}

/// One of the two was meant to be another verb, which then is nowhere.
fn has_a_verb_twice(draft: &Draft) -> bool {
    let verb = |at: usize| {
        draft
            .commands
            .get(at)
            .and_then(|command| command.verb.as_ref())
    };
    (0..draft.commands.len()).any(|at| {
        (0..at).any(|before| match (verb(before), verb(at)) {
            (Some(before), Some(at)) => before.value == at.value,
            _ => false,
        })
    })
}

/// Between which numbers the entries without a number stand, as the entries go up by number. What is
/// missing before the first or behind the last of them could be any number, so that says nothing.
fn gaps(order: &[Option<i64>]) -> Vec<(i64, i64)> {
    let mut gaps = Vec::new();
    let (mut below, mut is_open) = (None, false);
    for number in order {
        let Some(number) = *number else {
            is_open = true;
            continue;
        };
        if is_open && let Some(below) = below {
            gaps.push((below, number));
        }
        (below, is_open) = (Some(number), false);
    }
    gaps
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
