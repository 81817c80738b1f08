//! The keys of one table of the file, each read as what it has to be.

use crate::draft::At;
use crate::locate;
use crate::model::Base;
use crate::problem::Problem;
use crate::text::{self, CharTest, Mistake, quote};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What to write for a key that is not there.
const EXAMPLES: &[(&str, &str)] = &[
    ("basic-codes", "[550]"),
    ("certainty", "\"stated\""),
    ("choose", "\"Use the first when …, the second when ….\""),
    ("code", "354"),
    ("codes", "[450, 550]"),
    ("connection", "\"open\""),
    ("description", "\"What the server says with it.\""),
    ("era", "\"current\""),
    ("kind", "\"error\""),
    ("fix", "\"What to do about it.\""),
    ("from", "\"DATA-BODY\""),
    ("meaning", "\"What it says.\""),
    ("moment", "\"at the opening of the connection\""),
    ("name", "\"Start Mail Input\""),
    ("next-actor", "\"client-software\""),
    ("reference", "\"RFC 3463 3.2\""),
    ("remark", "\"How to tell the two apart.\""),
    ("replies", "[]"),
    ("retry", "\"proceed\""),
    ("source", "\"RFC 5321 4.3.2\""),
    ("specs", "[\"RFC 5321 section 4.2.3\"]"),
    ("standing", "\"standard\""),
    ("title", "\"Bad destination mailbox address\""),
    ("verb", "\"DATA\""),
    ("when", "\"Where in a session one meets it.\""),
    ("why", "\"Which fact decides.\""),
];

/// What a value has to be.
#[derive(Clone, Copy)]
pub(super) enum Wanted {
    String,
    Number,
    Flag,
    List,
    Table,
    Entries,
}

impl Wanted {
    /// Its name, and what to write.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::String => ("a string", "write it in quotes"),
            Self::Number => ("a whole number", "write digits, without quotes"),
            Self::Flag => ("a boolean", "write `true`, or remove the key"),
            Self::List => (
                "a list",
                "write it in brackets, with commas between the items",
            ),
            Self::Table => ("a table", "write it in braces: `{ key = value }`"),
            Self::Entries => (
                "a list of entries",
                "put the name in two pairs of brackets over each",
            ),
        }
    }
}

pub(super) type Value<'a> = Spanned<DeValue<'a>>;

/// One table of the file: an entry, a row, or what stands in braces.
pub(super) struct Entry<'a> {
    pub(super) table: &'a DeTable<'a>,
    /// What is pointed at where something is missing.
    pub(super) span: Range<usize>,
    /// `the reply 354`, `this row`.
    pub(super) label: String,
}

impl<'a> Entry<'a> {
    pub(super) fn get(&self, key: &str) -> Option<&'a Value<'a>> {
        self.table.get(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// Whether the key is not there, but one that was probably meant to be it.
    pub(super) fn misspells(&self, key: &str) -> bool {
        !self.has(key)
            && self
                .table
                .iter()
                .any(|(other, _)| text::nearest(other.get_ref(), &[key]).is_some())
    }

    pub(super) fn key_span(&self, key: &str) -> Range<usize> {
        match self.table.get_key_value(key) {
            Some((known, _)) => known.span(),
            None => self.span.clone(),
        }
    }
}

/// Reads values and keeps what is wrong with them.
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) base: Option<&'a Base>,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Refuses keys that mean nothing here, and in a private table those that only ours may have.
    pub(super) fn keys(&mut self, entry: &Entry<'a>, known: &[&str], ours: &[&str]) {
        for (key, _) in entry.table {
            let name: &str = key.get_ref();
            let is_ours = ours.contains(&name);
            if known.contains(&name) || (is_ours && self.base.is_none()) {
                continue;
            }
            let problem = if is_ours {
                let message = format!("{} has no place in a table of private codes", quote(name));
                Problem::new(key.span(), message)
                    .help("remove it: it belongs to the table that this one adds to")
            } else {
                let message = format!("{} has no key {}", entry.label, quote(name));
                let mut all = known.to_vec();
                if self.base.is_none() {
                    all.extend_from_slice(ours);
                }
                Problem::new(key.span(), message).help(suggestion(name, &all, "the keys are"))
            };
            self.report(problem);
        }
    }

    /// The value of a key that has to be there.
    pub(super) fn required(&mut self, entry: &Entry<'a>, key: &str) -> Option<&'a Value<'a>> {
        let value = entry.get(key);
        if value.is_none() {
            self.missing(entry, key, "");
        }
        value
    }

    pub(super) fn missing(&mut self, entry: &Entry<'a>, key: &str, why: &str) {
        // Its misspelt form is refused already.
        if entry.misspells(key) {
            return;
        }
        let message = format!("{} has no `{key}`{why}", entry.label);
        let example = EXAMPLES.iter().find(|(known, _)| *known == key);
        let example = example.map_or("…", |(_, example)| example);
        self.report(
            Problem::new(entry.span.clone(), message).help(format!("add `{key} = {example}`")),
        );
    }

    pub(super) fn wrong_type(&mut self, what: &str, value: &Value<'a>, wanted: Wanted) {
        let found = type_name(value.get_ref());
        let (name, help) = wanted.words();
        let message = format!("{what} is {found}, but has to be {name}");
        let digits = value.get_ref().as_str().unwrap_or_default().trim();
        let help = match wanted {
            Wanted::Number if text::is_number(digits) => format!("write {digits} without quotes"),
            _ => help.to_owned(),
        };
        self.report(Problem::new(value.span(), message).help(help));
    }

    pub(super) fn string(&mut self, what: &str, value: &'a Value<'a>) -> Option<At<&'a str>> {
        let Some(string) = value.get_ref().as_str() else {
            self.wrong_type(what, value, Wanted::String);
            return None;
        };
        Some(At {
            value: string,
            span: value.span(),
        })
    }

    /// A number, also where somebody put it in quotes: what it refers to is clear then.
    pub(super) fn number(&mut self, what: &str, value: &'a Value<'a>) -> Option<At<i64>> {
        let span = value.span();
        if let Some(integer) = value.get_ref().as_integer() {
            if let Ok(value) = i64::from_str_radix(integer.as_str(), integer.radix()) {
                return Some(At { value, span });
            }
            let written = self.text.get(span.clone()).unwrap_or_default();
            let message = format!("{what} is {}, a number far too large", quote(written));
            self.report(
                Problem::new(span, message).help("no number here has more than three digits"),
            );
            return None;
        }
        self.wrong_type(what, value, Wanted::Number);
        let number = value.get_ref().as_str()?.trim().parse().ok()?;
        Some(At {
            value: number,
            span,
        })
    }

    pub(super) fn flag(&mut self, entry: &Entry<'a>, key: &str) -> Option<Range<usize>> {
        let value = entry.get(key)?;
        let Some(flag) = value.get_ref().as_bool() else {
            self.wrong_type(&name_of(key), value, Wanted::Flag);
            return None;
        };
        // `replaces`, the one that a private table has, is judged with its code.
        if !flag && self.base.is_none() {
            let message = format!("`{key}` is false, which says nothing");
            self.report(Problem::new(value.span(), message).help(Wanted::Flag.words().1));
        }
        flag.then(|| value.span())
    }

    pub(super) fn list(&mut self, key: &str, value: &'a Value<'a>) -> Option<&'a [Value<'a>]> {
        let Some(list) = value.get_ref().as_array() else {
            self.wrong_type(&name_of(key), value, Wanted::List);
            return None;
        };
        Some(list)
    }

    /// An optional list of numbers, none twice.
    pub(super) fn numbers(&mut self, entry: &Entry<'a>, key: &str) -> Vec<At<i64>> {
        let Some(value) = entry.get(key) else {
            return Vec::new();
        };
        let list = self.list(key, value).unwrap_or_default();
        let mut numbers: Vec<At<i64>> = Vec::new();
        for value in list {
            let Some(number) = self.number(&item_of(key), value) else {
                continue;
            };
            match numbers.iter().find(|known| known.value == number.value) {
                Some(known) => {
                    let first = known.span.clone();
                    self.twice(key, number.span, &first);
                }
                None => numbers.push(number),
            }
        }
        numbers
    }

    /// An optional list of strings on one line each, none twice.
    pub(super) fn lines(&mut self, entry: &Entry<'a>, key: &str) -> Option<Vec<At<String>>> {
        let value = entry.get(key)?;
        let mut lines: Vec<At<String>> = Vec::new();
        for value in self.list(key, value)? {
            let Some(line) = self.line_of(&item_of(key), value) else {
                continue;
            };
            match lines.iter().find(|known| known.value == line.value) {
                Some(known) => {
                    let first = known.span.clone();
                    self.twice(key, line.span, &first);
                }
                None => lines.push(line),
            }
        }
        Some(lines)
    }

    /// An empty list would say something else than a missing key, and nobody means it.
    pub(super) fn not_empty(&mut self, entry: &Entry<'a>, key: &str) {
        let Some(value) = entry.get(key) else { return };
        if value
            .get_ref()
            .as_array()
            .is_some_and(|list| list.is_empty())
        {
            self.report(
                Problem::new(value.span(), format!("`{key}` is empty"))
                    .help("put something into it, or leave it out"),
            );
        }
    }

    pub(super) fn twice(&mut self, key: &str, span: Range<usize>, first: &Range<usize>) {
        let found = self.text.get(span.clone()).unwrap_or_default();
        let message = format!(
            "`{key}` has {} twice",
            quote(found.trim_matches(text::QUOTES))
        );
        self.report(
            Problem::new(span, message)
                .related(first.clone(), "the first one is")
                .help("remove one of them"),
        );
    }

    /// An optional string that stands on one line and has nothing wrong in it.
    pub(super) fn line(&mut self, entry: &Entry<'a>, key: &str) -> Option<At<String>> {
        self.line_of(&name_of(key), entry.get(key)?)
    }

    pub(super) fn line_of(&mut self, what: &str, value: &'a Value<'a>) -> Option<At<String>> {
        let string = self.string(what, value)?;
        let mistakes = text::line_mistakes(string.value);
        let is_sound = mistakes.is_empty();
        self.mistakes(what, &string, mistakes);
        is_sound.then(|| At {
            value: string.value.to_owned(),
            span: string.span,
        })
    }

    pub(super) fn required_line(&mut self, entry: &Entry<'a>, key: &str) -> Option<At<String>> {
        let value = self.required(entry, key)?;
        self.line_of(&name_of(key), value)
    }

    /// A text that has to be there, or what stands for it.
    pub(super) fn required_text(&mut self, entry: &Entry<'a>, key: &str) -> String {
        self.required(entry, key)
            .and_then(|value| self.text_of(key, value, text::MOST_TEXT))
            .unwrap_or_else(|| text::REFUSED_TEXT.to_owned())
    }

    pub(super) fn text(&mut self, entry: &Entry<'a>, key: &str, most: usize) -> Option<String> {
        self.text_of(key, entry.get(key)?, most)
    }

    fn text_of(&mut self, key: &str, value: &'a Value<'a>, most: usize) -> Option<String> {
        let name = name_of(key);
        let string = self.string(&name, value)?;
        self.mistakes(&name, &string, text::text_mistakes(string.value, most));
        let folded = text::fold(string.value);
        let is_usable = !folded.is_empty() && !folded.contains(text::is_forbidden as CharTest);
        is_usable.then_some(folded)
    }

    fn mistakes(&mut self, what: &str, string: &At<&str>, mistakes: Vec<Mistake>) {
        for mistake in mistakes {
            let span = locate::locate(self.text, &string.span, string.value, &mistake.place);
            let message = format!("{what} {}", mistake.message);
            self.report(Problem::new(span, message).help(mistake.help));
        }
    }

    /// An optional word out of a few.
    pub(super) fn word(
        &mut self,
        entry: &Entry<'a>,
        key: &str,
        words: &[&str],
    ) -> Option<At<&'a str>> {
        let string = self.string(&name_of(key), entry.get(key)?)?;
        if words.contains(&string.value) {
            return Some(string);
        }
        let message = format!("{} is no word for `{key}`", quote(string.value));
        let help = suggestion(string.value, words, "the words are");
        self.report(Problem::new(string.span, message).help(help));
        None
    }

    pub(super) fn required_word(
        &mut self,
        entry: &Entry<'a>,
        key: &str,
        words: &[&str],
    ) -> Option<At<&'a str>> {
        self.required(entry, key)?;
        self.word(entry, key, words)
    }

    pub(super) fn spec(&mut self, key: &str, spec: &At<String>) -> bool {
        let is_spec = text::is_spec(&spec.value);
        if !is_spec {
            let message = format!(
                "`{key}` has {}, which names no document",
                quote(&spec.value)
            );
            self.report(Problem::new(spec.span.clone(), message).help(
                "write `RFC 5321 section 4.2.3`, `RFC 5321 appendix D`, `RFC 5248 table 1`, \
                 `RFC 5321`, `draft-name-here-00` or `https://…`",
            ));
        }
        is_spec
    }
}

/// How a message names the value of a key.
pub(super) fn name_of(key: &str) -> String {
    format!("`{key}`")
}

/// How a message names one item of a list.
pub(super) fn item_of(key: &str) -> String {
    format!("an item of `{key}`")
}

/// The word that was probably meant, or all of them.
pub(super) fn suggestion(word: &str, words: &[&str], all: &str) -> String {
    match text::nearest(word, words) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("{all} {}", listed(words, "", "")),
    }
}

/// Words as a message lists them, with what stands around each in the file.
pub(super) fn listed(words: &[&str], before: &str, behind: &str) -> String {
    let mut list = Vec::new();
    for word in words {
        list.push(format!("`{before}{word}{behind}`"));
    }
    list.join(", ")
}

fn type_name(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with a fraction",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
