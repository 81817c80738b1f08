//! Enhanced codes.

use super::entry::Entry;
use crate::model::{BasicCodes, Enhanced, Part};
use crate::places::Places;
use crate::problem::At;
use crate::reader::Reader;
use crate::text::{self, quote};
use toml::de::DeTable;

/// The classes of RFC 3463.
const CLASSES: [u8; 3] = [2, 4, 5];

/// A class or a subject is no code by itself, so it has neither a constant nor reply codes.
const OF_DETAILS: &[&str] = &["name", "classes", "basic-codes", "seen-with", "deprecated"];

const NAME: &str = "use up to six words of letters and digits, with one space between them";

/// The enhanced codes that were read so far, in the order of the registry.
#[derive(Default)]
struct Registry {
    list: Vec<Enhanced>,
    /// Where their constants are given.
    names: Places,
    /// In the order of the file.
    order: Vec<At<Part>>,
}

impl<'a> Reader<'a> {
    pub(super) fn enhanced(&mut self, document: &'a DeTable<'a>) -> Vec<Enhanced> {
        let mut registry = Registry::default();
        self.each(document, "enhanced", "this enhanced code", &mut |entry| {
            entry.enhanced(&mut registry);
        });
        if !self.lost.an_enhanced {
            self.whole(&registry);
        }
        registry.list
    }

    /// Every code has a class, so a registry needs all three; a detail means something under its subject only.
    fn whole(&mut self, registry: &Registry) {
        let Some(first) = registry.order.first() else {
            return;
        };
        let has = |part: Part| registry.order.iter().any(|known| known.value == part);
        for class in CLASSES {
            let class = Part::Class(class);
            if !has(class) {
                let message = format!("the file has enhanced codes, but no class {class}");
                let help = format!("add an entry for {class} in front of this one");
                self.report(first.span, message, help);
            }
        }
        for At { value: part, span } in &registry.order {
            let Part::Detail(subject, _) = *part else {
                continue;
            };
            let subject = Part::Subject(subject);
            if !has(subject) {
                let message = format!("the detail {part} has no subject: there is no {subject}");
                let help = format!("correct the code, or add an entry for {subject}");
                self.report(*span, message, help);
            }
        }
    }
}

impl Entry<'_, '_> {
    fn enhanced(mut self, registry: &mut Registry) {
        let code = self.enhanced_code();
        if let Some(code) = code {
            self.label = format!("the enhanced code {}", code.value);
        }
        let is_sub_code = code.is_some_and(|code| !matches!(code.value, Part::Detail(..)));
        let may_lack_title = self.has("deprecated") || self.misspells("deprecated");
        if !self.has("title") && (is_sub_code || !may_lack_title) {
            self.missing("title", "; only a deprecated detail goes without");
        }
        let title = self.line("title");
        let (meaning, reference) = (self.text("meaning"), self.line_or_refused("reference"));
        self.get("name");
        let named = match is_sub_code {
            true => None,
            false => self.constant(title.as_ref()),
        };
        let classes = self.classes();
        let (mut basic, listed) = self.basic_codes();
        self.not_empty("seen-with");
        let mut seen = self.numbers("seen-with");
        seen.retain(|number| !self.is_listed(*number, &listed));
        let listed = self.reply_codes("`basic-codes`", &listed);
        if !listed.is_empty() {
            basic = BasicCodes::Listed(listed);
        }
        let mut enhanced = Enhanced {
            part: code.map_or(Part::Class(0), At::value),
            title: title.map(At::value),
            ident: None,
            meaning,
            reference,
            classes,
            basic,
            seen: self.reply_codes("`seen-with`", &seen),
            deprecated: self.short_text("deprecated"),
        };
        for key in OF_DETAILS {
            if is_sub_code && self.has(key) {
                let message = format!("{} has `{key}`, which only a detail has", self.label);
                let help = "remove it, or give it to the details under this code";
                self.report(self.key_span(key), message, help);
            }
        }
        let code = code.filter(|code| self.is_first_enhanced(*code, &registry.order));
        if let (Some(code), Some(name)) = (code, named) {
            enhanced.ident = self.distinct(name, code.value, registry);
        }
        self.end(&[]);
        let reader = self.reader;
        let Some(code) = code else {
            reader.lost.an_enhanced = true;
            return;
        };
        registry.order.push(code);
        let part = code.value;
        let at = registry.list.partition_point(|other| other.part < part);
        registry.list.insert(at, enhanced);
    }

    fn is_first_enhanced(&mut self, code: At<Part>, earlier: &[At<Part>]) -> bool {
        let At { value: part, span } = code;
        let Some(first) = earlier.iter().find(|known| known.value == part) else {
            return true;
        };
        let message = format!("the enhanced code {part} is defined twice");
        let help = "remove one of the entries, or correct its code";
        self.report(span, message, help)
            .related(first.span, "first defined");
        false
    }

    /// The constant, unless another detail gives the same.
    fn distinct(
        &mut self,
        name: At<String>,
        part: Part,
        registry: &mut Registry,
    ) -> Option<String> {
        let At { value: ident, span } = name;
        let Some(first) = registry.names.first(&ident, span) else {
            return Some(ident);
        };
        let message = format!("{part} gives the constant {ident}, which is taken");
        let help = "add or change its `name`: use words that distinguish this code";
        self.report(span, message, help)
            .related(first, "first given");
        None
    }

    /// Whether a number that a code is seen with is one that it is given with anyway.
    fn is_listed(&mut self, number: At<i64>, listed: &[At<i64>]) -> bool {
        let known = listed.iter().find(|other| other.value == number.value);
        if let Some(known) = known {
            let message = format!("{} is one of the `basic-codes` already", number.value);
            self.report(number.span, message, "remove it here")
                .related(known.span, "it is");
        }
        known.is_some()
    }

    /// The reply codes that numbers refer to, in ascending order.
    fn reply_codes(&mut self, what: &str, numbers: &[At<i64>]) -> Vec<u16> {
        let mut codes: Vec<u16> = Vec::new();
        for number in numbers {
            if (300..400).contains(&number.value) {
                let message = format!("{what} names {}, a 3yz code", number.value);
                let help = "remove it: RFC 2034 4 allows no enhanced code in a 3yz reply";
                self.report(number.span, message, help);
            } else if let Some(code) = self.reader.code(what, *number) {
                let at = codes.partition_point(|&other| other < code);
                codes.insert(at, code);
            }
        }
        codes
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
        let numbers = self.numbers("classes");
        let mut classes = CLASSES.to_vec();
        classes.retain(|&class| numbers.iter().any(|number| number.value == class.into()));
        for At { value, span } in numbers {
            if !matches!(value, 2 | 4 | 5) {
                let message = format!("`classes` has {value}, which is no class");
                let help = "use 2 (success), 4 (transient) and 5 (permanent)";
                self.report(span, message, help);
            }
        }
        if classes == CLASSES {
            let message = "`classes` has all classes";
            let help = "remove it: it is for details that are meant for some of them only";
            self.report(self.key_span("classes"), message, help);
        }
        if classes.is_empty() {
            return CLASSES.to_vec();
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
