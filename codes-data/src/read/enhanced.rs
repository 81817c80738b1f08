//! Enhanced codes, each judged as far as it can be by itself.

use super::entry::Entry;
use crate::draft::{At, EnhancedDraft};
use crate::model::{BasicCodes, Enhanced, Part};
use crate::text::{self, quote};

/// The classes of RFC 3463.
const CLASSES: [u8; 3] = [2, 4, 5];

/// A class or a subject is no code by itself, so it has neither a constant nor reply codes.
const OF_DETAILS: &[&str] = &["name", "classes", "basic-codes", "seen-with", "deprecated"];

const NAME: &str = "use up to six words of letters and digits, with one space between them";

impl Entry<'_, '_> {
    /// None where its code cannot be one.
    pub(super) fn enhanced(mut self) -> Option<EnhancedDraft> {
        let code = self.enhanced_code();
        if let Some(code) = code {
            self.label = format!("the enhanced code {}", code.value);
        }
        let is_sub_code = code.is_some_and(|code| !matches!(code.value, Part::Detail(..)));
        let may_lack_title = self.has("deprecated") || self.misspells("deprecated");
        if !self.has("title") && (is_sub_code || !may_lack_title) {
            self.missing("title", "; only a deprecated detail goes without");
        }
        self.require(&["meaning", "reference"]);
        let title = self.line("title");
        let (meaning, reference) = (self.text("meaning"), self.line_or_refused("reference"));
        self.get("name");
        let named = match is_sub_code {
            true => None,
            false => self.constant(title.as_ref()),
        };
        let name = named.as_ref().map_or(self.span, |name| name.span);
        let classes = self.classes();
        let (basic, listed) = self.basic_codes();
        self.not_empty("seen-with");
        let draft = EnhancedDraft {
            code: code.map_or(self.span, |code| code.span),
            name,
            basic: listed,
            seen: self.numbers("seen-with"),
            enhanced: Enhanced {
                part: code.map_or(Part::Class(0), At::value),
                title: title.map(At::value),
                ident: named.map(At::value),
                meaning,
                reference,
                classes,
                basic,
                seen: Vec::new(),
                deprecated: self.short_text("deprecated"),
            },
        };
        for key in OF_DETAILS {
            if is_sub_code && self.has(key) {
                let message = format!("{} has `{key}`, which only a detail has", self.label);
                let help = "remove it, or give it to the details under this code";
                self.report(self.key_span(key), message, help);
            }
        }
        self.end(&[]);
        code.map(|_| draft)
    }

    fn enhanced_code(&mut self) -> Option<At<Part>> {
        if !self.has("code") && !self.misspells("code") {
            let message = "this enhanced code has no `code`";
            self.report(self.span, message, "add `code = \"X.1.1\"`");
        }
        let At { value, span } = self.line("code")?;
        let part = part(&value);
        if part.is_none() {
            let message = format!("`code` is {}, which is no enhanced code", quote(&value));
            let help = "write `5.X.Y` for a class, `X.1.Y` for a subject, `X.1.1` for a detail, \
                        with numbers up to 999";
            self.report(span, message, help);
        }
        part.map(|value| At { value, span })
    }

    /// The constant of a detail, made of its name, or else of its title.
    fn constant(&mut self, title: Option<&At<String>>) -> Option<At<String>> {
        let name = self.line("name");
        if self.has("name") || self.misspells("name") {
            let name = name?;
            let value = self.ident(&name, NAME)?;
            let span = name.span;
            return Some(At { value, span });
        }
        let At { value, span } = title?;
        match text::ident_of_title(value) {
            Ok(value) => Some(At { value, span: *span }),
            Err(message) => {
                let message = format!("`title` makes no constant: it {message}");
                let help = NAME.replace("use", "add `name = \"Mailbox Full\"`:");
                self.report(*span, message, help);
                None
            }
        }
    }

    fn classes(&mut self) -> Vec<u8> {
        self.not_empty("classes");
        let mut has = [false; CLASSES.len()];
        for number in self.numbers("classes") {
            let mut known = CLASSES.iter();
            match known.position(|&class| i64::from(class) == number.value) {
                Some(place) => has[place] = true,
                None => {
                    let message = format!("`classes` has {}, which is no class", number.value);
                    let help = "use 2 (success), 4 (transient) and 5 (permanent)";
                    self.report(number.span, message, help);
                }
            }
        }
        if has == [true; CLASSES.len()] {
            let message = "`classes` has all classes";
            let help = "remove it: it is for details that are meant for some of them only";
            self.report(self.key_span("classes"), message, help);
        }
        let is_for_all = !has.contains(&true);
        let mut classes = Vec::new();
        for (class, has) in CLASSES.iter().zip(has) {
            if has || is_for_all {
                classes.push(*class);
            }
        }
        classes
    }

    /// What a word means, or the numbers of a list.
    fn basic_codes(&mut self) -> (BasicCodes, Vec<At<i64>>) {
        self.not_empty("basic-codes");
        let value = self.get("basic-codes");
        if value.is_none_or(|value| value.get_ref().as_str().is_none()) {
            return (BasicCodes::NotGiven, self.numbers("basic-codes"));
        }
        let word = self.word_of("basic-codes", &["any", "2XX", "4XX", "5XX"]);
        let codes = match word.map(At::value) {
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
