//! Replies and pairs of them, each judged as far as it can be by itself.

use super::entry::Entry;
use crate::draft::{At, PairDraft, ReplyDraft};
use crate::model::{Connection, NextActor, Pair, Reply, Retry, Standing};
use crate::text::{self, quote};

const NAME: &str = "use up to six words of letters and digits, with one space between them: \
                    `Start Mail Input` becomes the constant START_MAIL_INPUT";

impl Entry<'_, '_> {
    /// None where its code cannot be one.
    pub(super) fn reply(mut self) -> Option<ReplyDraft> {
        self.require(&["code"]);
        let number = self.number("code");
        let code = number.and_then(|number| self.reply_code(number));
        if let Some(number) = number {
            self.label = format!("the reply {}", number.value);
        }
        self.require(&["name", "standing"]);
        let name = self.line("name");
        let ident = name.as_ref().and_then(|name| self.ident(name, NAME));
        let place = name.as_ref().map_or(self.span, |name| name.span);
        let phrase = self.line("phrase").map(At::value);
        let standing = self.word("standing");
        let is_ours = self.reader.base.is_none();
        let is_bound = is_ours && standing.is_some_and(|standing| standing != Standing::DeFacto);
        let reply = Reply {
            code: code.unwrap_or_default(),
            name: match (name, &ident) {
                (Some(name), Some(_)) => name.value,
                _ => text::REFUSED_NAME.to_owned(),
            },
            ident,
            phrase,
            standing: standing.unwrap_or(Standing::Standard),
            extensions: self.extensions(),
            specs: self.specs(is_bound),
            description: self.text("description"),
            when: self.text("when"),
            fix: self.text("fix"),
            connection: self.word("connection").unwrap_or(Connection::Open),
            next_actor: self.word("next-actor").unwrap_or(NextActor::ClientSoftware),
            retry: self.word("retry").unwrap_or(Retry::Proceed),
            followed_by: Vec::new(),
            scope: None,
            is_challenge: false,
            deprecated: None,
        };
        self.require(&[
            "description",
            "when",
            "fix",
            "connection",
            "next-actor",
            "retry",
        ]);
        let mut draft = ReplyDraft {
            reply,
            code: number.map_or(self.span, |number| number.span),
            name: place,
            standing,
            followed_by: self.numbers("followed-by"),
            replaces: None,
            may_replace: false,
            challenge: None,
        };
        draft.reply.scope = self.word("scope");
        draft.reply.deprecated = self.short_text("deprecated");
        if is_ours {
            draft.challenge = self.flag("challenge");
            draft.reply.is_challenge = draft.challenge.is_some();
        }
        self.replaces(&mut draft);
        self.end(&["challenge"]);
        code.map(|_| draft)
    }

    fn reply_code(&mut self, number: At<i64>) -> Option<u16> {
        let code = text::reply_code(number.value);
        if code.is_none() {
            let written = number.span.of(self.reader.text).trim_matches('"');
            let message = format!("`code` is {written}, but a reply code has three digits");
            self.report(number.span, message, "use a number from 100 to 999");
        }
        code
    }

    fn replaces(&mut self, draft: &mut ReplyDraft) {
        if self.reader.base.is_some() {
            draft.replaces = self.flag("replaces");
            let value = self.get("replaces");
            let is_unread = value.is_some_and(|value| !value.get_ref().is_bool());
            draft.may_replace = is_unread || self.misspells("replaces");
        } else if self.has("replaces") {
            self.get("replaces");
            let message = "`replaces` is for private tables only";
            let help = "remove it: this table adds to no other";
            self.report(self.key_span("replaces"), message, help);
        }
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

    /// None where it does not have two numbers.
    pub(super) fn pair(mut self) -> Option<PairDraft> {
        self.require(&["codes"]);
        let codes = self.pair_codes();
        if let Some([a, b]) = codes.map(At::value) {
            self.label = format!("the pair {} and {}", a.value, b.value);
        }
        self.require(&["remark", "choose"]);
        let pair = Pair {
            low: 0,
            high: 0,
            remark: self.text("remark"),
            choose: self.text("choose"),
            source: self.line("source").map(At::value),
        };
        self.end(&[]);
        codes.map(|codes| PairDraft { pair, codes })
    }

    fn pair_codes(&mut self) -> Option<At<[At<i64>; 2]>> {
        let span = self.get("codes")?.span().into();
        let list = self.list("codes");
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
}
