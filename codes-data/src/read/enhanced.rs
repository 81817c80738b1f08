//! Enhanced codes, each judged as far as it can be by itself.

use super::fields::{Entry, Reader};
use crate::draft::{At, Draft, EnhancedDraft};
use crate::model::{BasicCodes, Enhanced, Part};
use crate::problem::Problem;
use crate::text::{self, quote};

/// The classes of RFC 3463.
const CLASSES: [u8; 3] = [2, 4, 5];

impl<'a> Reader<'a> {
    pub(super) fn enhanced(&mut self, mut entry: Entry<'a>, draft: &mut Draft) {
        "this enhanced code".clone_into(&mut entry.label);
        let code = self.enhanced_code(&entry);
        if let Some(code) = &code {
            entry.label = format!("the enhanced code {}", code.value);
        }
        let is_sub_code = code
            .as_ref()
            .is_some_and(|code| !matches!(code.value, Part::Detail(..)));
        self.enhanced_keys(&entry, is_sub_code);
        let may_lack_title = entry.has("deprecated") || entry.misspells("deprecated");
        if !entry.has("title") && (is_sub_code || !may_lack_title) {
            self.missing(&entry, "title", "; only a deprecated detail goes without");
        }
        let title = self.line(&entry, "title");
        let named = match is_sub_code {
            true => None,
            false => self.constant(&entry, title.as_ref()),
        };
        let (ident, name) = match named {
            Some(At { value, span }) => (Some(value), span),
            None => (None, entry.span.clone()),
        };
        let enhanced = Enhanced {
            part: Part::Class(0),
            title: title.map(|title| title.value),
            ident,
            meaning: self.required_text(&entry, "meaning"),
            reference: match self.required_line(&entry, "reference") {
                Some(line) => line.value,
                None => text::REFUSED_LINE.to_owned(),
            },
            classes: self.classes(&entry),
            basic: BasicCodes::NotGiven,
            seen: Vec::new(),
            deprecated: self.text(&entry, "deprecated", text::MOST_SHORT_TEXT),
        };
        let (word, basic) = self.basic_codes(&entry);
        self.not_empty(&entry, "seen-with");
        let seen = self.numbers(&entry, "seen-with");
        match code {
            Some(code) => draft.enhanced.push(EnhancedDraft {
                enhanced: Enhanced {
                    part: code.value,
                    basic: word,
                    ..enhanced
                },
                code: code.span,
                name,
                basic,
                seen,
            }),
            None => draft.lost.an_enhanced = true,
        }
    }

    /// A class or a subject is no code by itself, so it has neither a constant nor reply codes.
    fn enhanced_keys(&mut self, entry: &Entry<'a>, is_sub_code: bool) {
        const KEYS: &[&str] = &["code", "title", "meaning", "reference"];
        const OF_DETAILS: &[&str] = &["name", "classes", "basic-codes", "seen-with", "deprecated"];
        let mut keys = KEYS.to_vec();
        keys.extend_from_slice(OF_DETAILS);
        self.keys(entry, &keys, &[]);
        if !is_sub_code {
            return;
        }
        for key in OF_DETAILS {
            if entry.has(key) {
                let message = format!("{} has `{key}`, which only a detail has", entry.label);
                self.report(
                    Problem::new(entry.key_span(key), message)
                        .help("remove it, or give it to the details under this code"),
                );
            }
        }
    }

    fn enhanced_code(&mut self, entry: &Entry<'a>) -> Option<At<Part>> {
        if !entry.has("code") && !entry.misspells("code") {
            let message = "this enhanced code has no `code`";
            self.report(Problem::new(entry.span.clone(), message).help("add `code = \"X.1.1\"`"));
        }
        let code = self.line(entry, "code")?;
        let part = part(&code.value);
        if part.is_none() {
            let message = format!(
                "`code` is {}, which is no enhanced code",
                quote(&code.value)
            );
            self.report(Problem::new(code.span.clone(), message).help(
                "write `5.X.Y` for a class, `X.1.Y` for a subject, `X.1.1` for a detail, \
                 with numbers up to 999",
            ));
        }
        Some(At {
            value: part?,
            span: code.span,
        })
    }

    /// The constant of a detail, made of its name, or else of its title.
    fn constant(&mut self, entry: &Entry<'a>, title: Option<&At<String>>) -> Option<At<String>> {
        const WORDS: &str = "up to six words of letters and digits, with one space between them";
        let name = self.line(entry, "name");
        if let Some(name) = name {
            return match text::ident(&name.value) {
                Ok(value) => Some(At {
                    value,
                    span: name.span,
                }),
                Err(message) => {
                    self.report(
                        Problem::new(name.span, format!("`name` {message}"))
                            .help(format!("use {WORDS}")),
                    );
                    None
                }
            };
        }
        if entry.has("name") || entry.misspells("name") {
            return None;
        }
        let title = title?;
        match text::ident_of_title(&title.value) {
            Ok(value) => Some(At {
                value,
                span: title.span.clone(),
            }),
            Err(message) => {
                let message = format!("`title` makes no constant: it {message}");
                self.report(
                    Problem::new(title.span.clone(), message)
                        .help(format!("add `name = \"Mailbox Full\"`: {WORDS}")),
                );
                None
            }
        }
    }

    fn classes(&mut self, entry: &Entry<'a>) -> Vec<u8> {
        self.not_empty(entry, "classes");
        let mut classes = Vec::new();
        for number in self.numbers(entry, "classes") {
            let known = CLASSES
                .iter()
                .find(|&&class| i64::from(class) == number.value);
            match known {
                Some(class) => classes.push(*class),
                None => {
                    let message = format!("`classes` has {}, which is no class", number.value);
                    self.report(
                        Problem::new(number.span, message)
                            .help("use 2 (success), 4 (transient) and 5 (permanent)"),
                    );
                }
            }
        }
        if classes.is_empty() {
            return CLASSES.to_vec();
        }
        if classes.len() == CLASSES.len() {
            self.report(
                Problem::new(entry.key_span("classes"), "`classes` has all classes")
                    .help("remove it: it is for details that are meant for some of them only"),
            );
        }
        // Not `sort`, which is more code to compile than this file.
        let mut sorted = Vec::new();
        for class in &CLASSES {
            if classes.contains(class) {
                sorted.push(*class);
            }
        }
        sorted
    }

    /// What a word stands for, or the numbers of a list.
    fn basic_codes(&mut self, entry: &Entry<'a>) -> (BasicCodes, Vec<At<i64>>) {
        self.not_empty(entry, "basic-codes");
        const WORDS: &[&str] = &["any", "2XX", "4XX", "5XX"];
        let word = entry
            .get("basic-codes")
            .and_then(|value| value.get_ref().as_str());
        if word.is_none() {
            return (BasicCodes::NotGiven, self.numbers(entry, "basic-codes"));
        }
        let word = self.word(entry, "basic-codes", WORDS);
        let codes = match word.map(|word| word.value) {
            Some("any") => BasicCodes::Any,
            Some("2XX") => BasicCodes::Class(2),
            Some("4XX") => BasicCodes::Class(4),
            Some(_) => BasicCodes::Class(5),
            None => BasicCodes::NotGiven,
        };
        (codes, Vec::new())
    }
}

/// `5.X.Y`, `X.1.Y` or `X.1.1`.
pub(super) fn part(code: &str) -> Option<Part> {
    let number = |part: &str| match part.len() <= 3 && text::is_number(part) {
        true => part.parse().ok(),
        false => None,
    };
    let (class, rest) = code.split_once('.')?;
    match (class, rest.split_once('.')?) {
        ("2", ("X", "Y")) => Some(Part::Class(2)),
        ("4", ("X", "Y")) => Some(Part::Class(4)),
        ("5", ("X", "Y")) => Some(Part::Class(5)),
        ("X", (subject, "Y")) => Some(Part::Subject(number(subject)?)),
        ("X", (subject, detail)) => Some(Part::Detail(number(subject)?, number(detail)?)),
        _ => None,
    }
}
