//! One table of the file, whose keys are read one by one, each as what it has to be.

use crate::locate;
use crate::model::Word;
use crate::problem::{At, Problem, Span};
use crate::reader::Reader;
use crate::text::{self, CharTest, Mistakes, quote};
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

pub(super) type Value<'a> = Spanned<DeValue<'a>>;
type ReadItem<'a, T> = fn(&mut Reader<'a>, &str, &'a Value<'a>) -> Option<At<T>>;

/// What a value has to be, and what to write.
pub(super) type Wanted = (&'static str, &'static str);

const STRING: Wanted = ("a string", "write it in quotes");
const NUMBER: Wanted = ("a whole number", "write digits, without quotes");
const FLAG: Wanted = ("a boolean", "write `true`, or remove the key");
const TABLE: Wanted = ("a table", "write it in braces: `{ key = value }`");
const LIST: Wanted = (
    "a list",
    "write it in brackets, with commas between the items",
);
pub(super) const ENTRIES: Wanted = (
    "a list of entries",
    "put the name in two pairs of brackets over each",
);

impl<'a> Reader<'a> {
    /// A table that is not empty. The label is how messages name it.
    pub(super) fn table<'r>(
        &'r mut self,
        what: &str,
        label: &str,
        value: &'a Value<'a>,
    ) -> Option<Entry<'r, 'a>> {
        let span = value.span().into();
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(what, value, TABLE);
            return None;
        };
        if table.is_empty() {
            let message = format!("{what} is empty");
            self.report(span, message, "fill it in, or remove its header");
            return None;
        }
        Some(Entry {
            reader: self,
            table,
            span,
            label: label.to_owned(),
            asked: Vec::new(),
            refused: Vec::new(),
        })
    }

    pub(super) fn wrong_type(&mut self, what: &str, value: &Value<'a>, (name, help): Wanted) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "a number",
            DeValue::Float(_) => "a number with a fraction",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let message = format!("{what} is {found}, but has to be {name}");
        let digits = value.get_ref().as_str().unwrap_or_default().trim();
        let help = match name == NUMBER.0 && text::is_number(digits) {
            true => format!("write {digits} without quotes"),
            false => help.to_owned(),
        };
        self.report(value.span().into(), message, help);
    }

    fn string(&mut self, what: &str, value: &'a Value<'a>) -> Option<At<&'a str>> {
        let Some(string) = value.get_ref().as_str() else {
            self.wrong_type(what, value, STRING);
            return None;
        };
        let span = value.span().into();
        let value = string;
        Some(At { value, span })
    }

    /// A number, also where somebody put it in quotes: what it refers to is clear then.
    pub(super) fn number(&mut self, what: &str, value: &'a Value<'a>) -> Option<At<i64>> {
        let span: Span = value.span().into();
        let Some(integer) = value.get_ref().as_integer() else {
            self.wrong_type(what, value, NUMBER);
            let value = value.get_ref().as_str()?.trim().parse().ok()?;
            return Some(At { value, span });
        };
        if let Ok(value) = i64::from_str_radix(integer.as_str(), integer.radix()) {
            return Some(At { value, span });
        }
        let written = quote(span.of(self.text));
        let message = format!("{what} is {written}, a number far too large");
        let help = "no number here has more than three digits";
        self.report(span, message, help);
        None
    }

    /// A string that is on one line and has nothing wrong in it.
    fn line(&mut self, what: &str, value: &'a Value<'a>) -> Option<At<String>> {
        let At { value, span } = self.string(what, value)?;
        let mistakes = text::line_mistakes(value);
        let is_sound = mistakes.0.is_empty();
        self.mistakes(what, At { value, span }, mistakes);
        let value = value.to_owned();
        is_sound.then_some(At { value, span })
    }

    /// A text on one line, if enough of it is right to be printed.
    fn paragraph(&mut self, key: &str, value: &'a Value<'a>, most: usize) -> Option<String> {
        let name = name_of(key);
        let string = self.string(&name, value)?;
        let folded = text::fold(string.value);
        let mistakes = text::text_mistakes(string.value, &folded, most);
        self.mistakes(&name, string, mistakes);
        let is_usable = !folded.is_empty() && !folded.contains(text::is_forbidden as CharTest);
        is_usable.then_some(folded)
    }

    fn mistakes(&mut self, what: &str, string: At<&str>, mistakes: Mistakes) {
        for (place, message, help) in mistakes.0 {
            let span = locate::locate(self.text, string.span, string.value, &place);
            self.report(span, format!("{what} {message}"), help);
        }
    }

    /// Adds an item to a list that has each once only.
    pub(super) fn add<T: PartialEq>(&mut self, key: &str, list: &mut Vec<At<T>>, item: At<T>) {
        let Some(first) = list.iter().find(|known| known.value == item.value) else {
            list.push(item);
            return;
        };
        let found = quote(self.written(item.span));
        let message = format!("`{key}` has {found} twice");
        self.report(item.span, message, "remove one of them")
            .related(first.span, "the first one is");
    }
}

/// An entry, a row, or what is in braces. It keeps in mind which keys it was asked for: it has no others.
pub(super) struct Entry<'r, 'a> {
    pub(super) reader: &'r mut Reader<'a>,
    table: &'a DeTable<'a>,
    /// What is pointed at where something is missing.
    pub(super) span: Span,
    /// `the reply 354`, `this row`.
    pub(super) label: String,
    asked: Vec<&'static str>,
    /// Keys that were reported by themselves.
    refused: Vec<&'static str>,
}

impl<'a> Entry<'_, 'a> {
    pub(super) fn get(&mut self, key: &'static str) -> Option<&'a Value<'a>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.table.get(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Whether the key is not there, but one that was probably meant to be it.
    pub(super) fn misspells(&self, key: &str) -> bool {
        let mut keys = self.table.iter();
        !self.has(key) && keys.any(|(other, _)| text::nearest(other.get_ref(), &[key]).is_some())
    }

    pub(super) fn key_span(&self, key: &str) -> Span {
        let known = self.table.get_key_value(key);
        known.map_or(self.span, |(key, _)| key.span().into())
    }

    /// Where the value of a key is, or the entry where it has none.
    pub(super) fn value_span(&self, key: &str) -> Span {
        let value = self.table.get(key);
        value.map_or(self.span, |value| value.span().into())
    }

    pub(super) fn report(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Problem {
        self.reader.report(span, message, help)
    }

    /// Refuses a key that such entries had once, so that a file of then says what to do.
    pub(super) fn refuse_old(&mut self, key: &'static str, message: &str, help: &str) {
        if self.has(key) {
            self.refused.push(key);
            self.report(self.key_span(key), message, help);
        }
    }

    /// Refuses the keys that nothing asked for. In a private table those that only ours may have are told apart.
    pub(super) fn end(&mut self, ours: &[&str]) {
        for (key, _) in self.table {
            let name: &str = key.get_ref();
            if self.asked.contains(&name) || self.refused.contains(&name) {
                continue;
            }
            let (message, help) = if ours.contains(&name) && self.reader.base.is_some() {
                (
                    format!("`{name}` has no place in a table of private codes"),
                    "remove it: it belongs to the table that this one adds to".to_owned(),
                )
            } else {
                (
                    format!("{} has no key {}", self.label, quote(name)),
                    suggestion(name, &self.asked, "the keys are"),
                )
            };
            self.report(key.span().into(), message, help);
        }
    }

    /// Reports a key that is not there.
    pub(super) fn require(&mut self, key: &str) {
        if !self.has(key) {
            self.missing(key, "");
        }
    }

    pub(super) fn missing(&mut self, key: &str, why: &str) {
        // Its misspelt form is refused already.
        if self.misspells(key) {
            return;
        }
        let message = format!("{} has no `{key}`{why}", self.label);
        let example = EXAMPLES.iter().find(|(known, _)| *known == key);
        let example = example.map_or("…", |(_, example)| example);
        self.report(self.span, message, format!("add `{key} = {example}`"));
    }

    pub(super) fn number(&mut self, key: &'static str) -> Option<At<i64>> {
        let value = self.get(key)?;
        self.reader.number(&name_of(key), value)
    }

    /// Where it is, if it is `true`.
    pub(super) fn flag(&mut self, key: &'static str) -> Option<Span> {
        let value = self.get(key)?;
        let Some(flag) = value.get_ref().as_bool() else {
            self.reader.wrong_type(&name_of(key), value, FLAG);
            return None;
        };
        let span = value.span().into();
        // `replaces`, the one that a private table has, is judged with its code.
        if !flag && self.reader.base.is_none() {
            let message = format!("`{key}` is false, which says nothing");
            self.report(span, message, FLAG.1);
        }
        flag.then_some(span)
    }

    pub(super) fn list(&mut self, key: &'static str) -> Option<&'a [Value<'a>]> {
        let value = self.get(key)?;
        let Some(list) = value.get_ref().as_array() else {
            self.reader.wrong_type(&name_of(key), value, LIST);
            return None;
        };
        Some(list)
    }

    /// Numbers, none twice.
    pub(super) fn numbers(&mut self, key: &'static str) -> Vec<At<i64>> {
        self.items(key, Reader::number)
    }

    /// Strings on one line each, none twice.
    pub(super) fn lines(&mut self, key: &'static str) -> Vec<At<String>> {
        self.items(key, Reader::line)
    }

    fn items<T: PartialEq>(&mut self, key: &'static str, read: ReadItem<'a, T>) -> Vec<At<T>> {
        let mut items = Vec::new();
        for value in self.list(key).unwrap_or_default() {
            if let Some(item) = read(self.reader, &item_of(key), value) {
                self.reader.add(key, &mut items, item);
            }
        }
        items
    }

    /// An empty list would say something else than a missing key, and nobody means it.
    pub(super) fn not_empty(&mut self, key: &str) {
        if let Some(span) = self.empty_list(key) {
            let help = "put something into it, or leave it out";
            self.report(span, format!("`{key}` is empty"), help);
        }
    }

    /// Where the key has an empty list.
    pub(super) fn empty_list(&self, key: &str) -> Option<Span> {
        let value = self.table.get(key)?;
        let is_empty = matches!(value.get_ref(), DeValue::Array(list) if list.is_empty());
        is_empty.then(|| value.span().into())
    }

    pub(super) fn line(&mut self, key: &'static str) -> Option<At<String>> {
        let value = self.get(key)?;
        self.reader.line(&name_of(key), value)
    }

    /// A line that has to be there, or what takes its place.
    pub(super) fn line_or_refused(&mut self, key: &'static str) -> String {
        self.require(key);
        let line = self.line(key).map(At::value);
        line.unwrap_or_else(|| text::REFUSED_LINE.to_owned())
    }

    /// An explanation that has to be there, or what takes its place.
    pub(super) fn text(&mut self, key: &'static str) -> String {
        self.require(key);
        let value = self.get(key);
        let text = value.and_then(|value| self.reader.paragraph(key, value, text::MOST_TEXT));
        text.unwrap_or_else(|| text::REFUSED_TEXT.to_owned())
    }

    pub(super) fn short_text(&mut self, key: &'static str) -> Option<String> {
        let value = self.get(key)?;
        self.reader.paragraph(key, value, text::MOST_SHORT_TEXT)
    }

    /// A word that has to be there, or what takes its place.
    pub(super) fn word_or<T: Word>(&mut self, key: &'static str, otherwise: T) -> T {
        self.require(key);
        self.word(key).unwrap_or(otherwise)
    }

    pub(super) fn word<T: Word>(&mut self, key: &'static str) -> Option<T> {
        self.word_at(key).map(At::value)
    }

    pub(super) fn word_at<T: Word>(&mut self, key: &'static str) -> Option<At<T>> {
        let word = self.word_of(key, T::WORDS)?;
        let value = T::from_word(word.value)?;
        let span = word.span;
        Some(At { value, span })
    }

    /// One of a few words.
    pub(super) fn word_of(&mut self, key: &'static str, words: &[&str]) -> Option<At<&'a str>> {
        let value = self.get(key)?;
        let word = self.reader.string(&name_of(key), value)?;
        if words.contains(&word.value) {
            return Some(word);
        }
        let message = format!("{} is no word for `{key}`", quote(word.value));
        let help = suggestion(word.value, words, "the words are");
        self.report(word.span, message, help);
        None
    }

    /// A citation that names a document.
    pub(super) fn spec(&mut self, key: &str, spec: At<String>) -> Option<String> {
        if text::is_spec(&spec.value) {
            return Some(spec.value);
        }
        let found = quote(&spec.value);
        let message = format!("`{key}` has {found}, which names no document");
        let help = "write `RFC 5321 section 4.2.3`, `RFC 5321 appendix D`, `RFC 5248 table 1`, \
                    `RFC 5321`, `draft-name-here-00` or `https://…`";
        self.report(spec.span, message, help);
        None
    }

    /// The constant that a name becomes.
    pub(super) fn ident(&mut self, name: &At<String>, help: &str) -> Option<String> {
        match text::ident(&name.value) {
            Ok(ident) => Some(ident),
            Err(message) => {
                self.report(name.span, format!("`name` {message}"), help);
                None
            }
        }
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
        None => format!("{all} {}", text::listed(words, "", "")),
    }
}
