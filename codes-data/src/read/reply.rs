//! Replies and pairs of them.

use super::entry::Entry;
use crate::model::{Connection, NextActor, Pair, Reply, Retry, Standing};
use crate::places::Places;
use crate::problem::{At, Span};
use crate::reader::{Code, Reader};
use crate::text::{self, quote};
use toml::de::DeTable;

/// What `ReplyCode` of `codes-core` has beside the names of codes.
const RESERVED_NAMES: &[&str] = &["LOWEST"];

const NAME: &str = "use up to six words of letters and digits, with one space between them: \
                    `Start Mail Input` becomes the constant START_MAIL_INPUT";

/// The replies that were read so far, in ascending order.
#[derive(Default)]
struct Replies {
    list: Vec<Reply>,
    /// Where the constants were given.
    names: Places,
    /// All that follows a reply; it may be defined later in the file.
    followed_by: Vec<At<i64>>,
}

impl<'a> Reader<'a> {
    pub(super) fn replies(&mut self, document: &'a DeTable<'a>) -> Vec<Reply> {
        let mut replies = Replies::default();
        self.each(document, "reply", "this reply", &mut |entry| {
            entry.reply(&mut replies);
        });
        self.codes("`followed-by`", &replies.followed_by);
        replies.list
    }

    pub(super) fn pairs(&mut self, document: &'a DeTable<'a>) -> Vec<Pair> {
        let mut places = Places::default();
        let mut pairs: Vec<Pair> = Vec::new();
        self.each(document, "pair", "this pair", &mut |entry| {
            if let Some(pair) = entry.pair(&mut places) {
                let key = (pair.low, pair.high);
                let at = pairs.partition_point(|other| (other.low, other.high) < key);
                pairs.insert(at, pair);
            }
        });
        pairs
    }
}

impl Entry<'_, '_> {
    fn reply(mut self, replies: &mut Replies) {
        self.require("code");
        let number = self.number("code");
        let code = number.and_then(|number| self.reply_code(number));
        if let Some(number) = number {
            self.label = format!("the reply {}", number.value);
        }
        self.require("name");
        let name = self.line("name");
        let ident = name.as_ref().and_then(|name| self.reply_ident(name));
        let place = name.as_ref().map_or(self.span, |name| name.span);
        let phrase = self.line("phrase").map(At::value);
        let standing = self.word_or("standing", Standing::DeFacto);
        let is_ours = self.reader.base.is_none();
        let is_bound = is_ours && standing != Standing::DeFacto;
        let mut reply = Reply {
            code: code.map_or(0, At::value),
            name: match (name, &ident) {
                (Some(name), Some(_)) => name.value,
                _ => text::REFUSED_NAME.to_owned(),
            },
            ident,
            phrase,
            standing,
            extensions: self.extensions(),
            specs: self.specs(is_bound),
            description: self.text("description"),
            when: self.text("when"),
            fix: self.text("fix"),
            connection: self.word_or("connection", Connection::Open),
            next_actor: self.word_or("next-actor", NextActor::ClientSoftware),
            retry: self.word_or("retry", Retry::Proceed),
            followed_by: Vec::new(),
            scope: None,
            is_challenge: false,
            deprecated: None,
        };
        let followed_by = self.numbers("followed-by");
        for number in &followed_by {
            reply.followed_by.extend(text::reply_code(number.value));
        }
        replies.followed_by.extend(followed_by);
        reply.scope = self.word("scope");
        reply.deprecated = self.short_text("deprecated");
        let challenge = match is_ours {
            true => self.flag("challenge"),
            false => None,
        };
        reply.is_challenge = challenge.is_some();
        let code = code.filter(|code| self.is_first_reply(*code));
        self.replaces(code);
        if code.is_some() {
            self.distinct_name(&mut reply, place, &mut replies.names);
        }
        self.end(&["challenge"]);
        let reader = self.reader;
        let Some(At { value: code, span }) = code else {
            reader.lost.a_code = true;
            return;
        };
        reader.codes[usize::from(code)] = Code {
            defined: Some(span),
            is_standard: standing == Standing::Standard,
            challenge,
            is_named: false,
            asks_for_another_try: reply.retry.__asks_for_another_try(),
        };
        let at = replies.list.partition_point(|other| other.code < code);
        replies.list.insert(at, reply);
    }

    /// The constant of `ReplyCode` that a name becomes; only codes of our own table have one.
    fn reply_ident(&mut self, name: &At<String>) -> Option<String> {
        let ident = self.ident(name, NAME)?;
        if self.reader.base.is_none() && RESERVED_NAMES.contains(&ident.as_str()) {
            let shown = quote(&name.value);
            let message = format!("the name {shown} gives the constant {ident}, which is taken");
            let help = "use words that `ReplyCode` has for nothing else";
            self.report(name.span, message, help);
            return None;
        }
        Some(ident)
    }

    fn reply_code(&mut self, number: At<i64>) -> Option<At<u16>> {
        let At { value, span } = number;
        if let Some(value) = text::reply_code(value) {
            return Some(At { value, span });
        }
        let written = self.reader.written(span);
        let message = format!("`code` is {written}, but a reply code has three digits");
        self.report(span, message, "use a number from 100 to 999");
        None
    }

    fn is_first_reply(&mut self, code: At<u16>) -> bool {
        let At { value: code, span } = code;
        let Some(first) = self.reader.defined(code) else {
            return true;
        };
        let message = format!("the code {code} is defined twice");
        let help = "remove one of the entries, or correct its number";
        self.report(span, message, help)
            .related(first, "first defined");
        false
    }

    /// A code of the table below a private one is to be replaced knowingly.
    fn replaces(&mut self, code: Option<At<u16>>) {
        if self.reader.base.is_none() {
            if self.has("replaces") {
                self.get("replaces");
                let help = "remove it: this table adds to no other";
                let message = "`replaces` is for private tables only";
                self.report(self.key_span("replaces"), message, help);
            }
            return;
        }
        let place = self.flag("replaces");
        let Some(At { value: code, span }) = code else {
            return;
        };
        let value = self.get("replaces");
        let is_unread = value.is_some_and(|value| !value.get_ref().is_bool());
        match (place, self.reader.is_in_base(code)) {
            (None, true) => {
                // The number may have been meant to be another.
                self.reader.lost.a_code = true;
                // What could not be read is refused already.
                if !is_unread && !self.misspells("replaces") {
                    let message = format!("{code} is a code of the table that this one adds to");
                    let help = "use another number, or add `replaces = true` if the entry is to \
                                replace it";
                    self.report(span, message, help);
                }
            }
            (Some(place), false) => {
                let message = format!("there is no {code} to replace in the table below this one");
                self.report(place, message, "remove `replaces`, or correct the code");
            }
            _ => {}
        }
    }

    /// Two names must not give the same constant.
    fn distinct_name(&mut self, reply: &mut Reply, place: Span, names: &mut Places) {
        let Some(ident) = &reply.ident else { return };
        let Some(first) = names.first(ident, place) else {
            return;
        };
        let (name, other) = (&reply.name, self.reader.written(first));
        let message = match other == name {
            true => format!("the name `{name}` is given twice"),
            false => {
                format!("the name `{name}` clashes with `{other}`: both give the constant {ident}")
            }
        };
        let help = "find words that distinguish this reply";
        self.report(place, message, help)
            .related(first, "first used");
        reply.ident = None;
        text::REFUSED_NAME.clone_into(&mut reply.name);
    }

    fn extensions(&mut self) -> Vec<String> {
        let mut extensions = Vec::new();
        for keyword in self.lines("extensions") {
            if text::is_extension(&keyword.value) {
                extensions.push(keyword.value);
                continue;
            }
            let found = quote(&keyword.value);
            let message = format!("`extensions` has {found}, which is no keyword");
            let help = "write it as EHLO announces it: capitals, digits and `-`";
            self.report(keyword.span, message, help);
        }
        extensions
    }

    fn specs(&mut self, is_bound: bool) -> Vec<String> {
        const WHY: &str = "; only a de-facto code goes without";
        if is_bound && !self.has("specs") {
            self.missing("specs", WHY);
        }
        if is_bound && let Some(span) = self.empty_list("specs") {
            let help = "name a document: `RFC 5321 section 4.2.3`";
            self.report(span, format!("`specs` is empty{WHY}"), help);
        }
        let mut specs = Vec::new();
        for spec in self.lines("specs") {
            specs.extend(self.spec("specs", spec));
        }
        specs
    }

    fn pair(mut self, places: &mut Places) -> Option<Pair> {
        self.require("codes");
        let codes = self.two_numbers();
        if let Some([a, b]) = codes.map(At::value) {
            self.label = format!("the pair {} and {}", a.value, b.value);
        }
        let codes = codes.and_then(|codes| self.two_codes(codes, places));
        let pair = Pair {
            low: codes.map_or(0, |(low, _)| low),
            high: codes.map_or(0, |(_, high)| high),
            remark: self.text("remark"),
            choose: self.text("choose"),
            source: self.line("source").map(At::value),
        };
        self.end(&[]);
        codes.map(|_| pair)
    }

    fn two_numbers(&mut self) -> Option<At<[At<i64>; 2]>> {
        let span = self.get("codes")?.span().into();
        let list = self.list("codes")?;
        let [a, b] = list else {
            let (count, s) = (list.len(), if list.len() == 1 { "" } else { "s" });
            let message = format!("`codes` has {count} number{s}, but a pair has two");
            self.report(span, message, "write two codes: `[450, 550]`");
            return None;
        };
        let a = self.reader.number("an item of `codes`", a);
        let b = self.reader.number("an item of `codes`", b);
        let value = [a?, b?];
        Some(At { value, span })
    }

    /// The lower one comes first.
    fn two_codes(&mut self, codes: At<[At<i64>; 2]>, places: &mut Places) -> Option<(u16, u16)> {
        let span = codes.span;
        let [a, b] = codes.value;
        if a.value == b.value {
            let message = format!("{} is paired with itself", a.value);
            self.report(span, message, "a pair compares two codes");
            return None;
        }
        let reader = &mut self.reader;
        let (a, b) = (reader.code("`codes`", a), reader.code("`codes`", b));
        let (a, b) = (a?, b?);
        if reader.defined(a).is_none() && reader.defined(b).is_none() {
            let message = format!("neither {a} nor {b} is a code of this file");
            let help = "a pair of private codes has at least one that this file defines";
            self.report(span, message, help);
            return None;
        }
        let (low, high) = (a.min(b), a.max(b));
        let Some(first) = places.first(&format!("{low} {high}"), span) else {
            return Some((low, high));
        };
        let message = format!("the pair {low} and {high} is given twice");
        let help = "remove one of them; the order of the codes makes no difference";
        self.report(span, message, help)
            .related(first, "first given");
        None
    }
}
