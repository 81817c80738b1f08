//! Replies, commands and pairs, each judged as far as it can be by itself.

use super::fields::{Entry, Reader, Value};
use crate::check;
use crate::draft::{At, CommandDraft, Draft, InheritsDraft, PairDraft, ReplyDraft, RowDraft};
use crate::model::{
    CommandKind, Connection, Era, NextActor, Pair, Reply, ReplyKind, Retry, Scope, Standing,
};
use crate::problem::Problem;
use crate::text::{self, quote};
use std::ops::Range;
use toml::de::DeValue;

/// The source of a private row that gives none.
const PRIVATE: &str = "private";

impl<'a> Reader<'a> {
    /// Gives the code back, if there is one that can be.
    pub(super) fn reply(&mut self, mut entry: Entry<'a>, draft: &mut Draft) -> Option<i64> {
        const KEYS: &[&str] = &[
            "code",
            "name",
            "phrase",
            "standing",
            "extensions",
            "specs",
            "description",
            "when",
            "fix",
            "connection",
            "next-actor",
            "retry",
            "followed-by",
            "scope",
            "deprecated",
        ];
        "this reply".clone_into(&mut entry.label);
        let number = self
            .required(&entry, "code")
            .and_then(|value| self.number("`code`", value));
        let code = number
            .as_ref()
            .and_then(|number| self.reply_code(number, draft));
        if let Some(number) = &number {
            entry.label = format!("the reply {}", number.value);
        }
        self.reply_keys(&entry, KEYS);
        let name = self.name(&entry);
        let standing = self
            .required_word(&entry, "standing", Standing::WORDS)
            .and_then(|word| Standing::from_word(word.value));
        let is_bound = self.base.is_none() && standing != Some(Standing::DeFacto);
        let challenge = match self.base {
            Some(_) => None,
            None => self.flag(&entry, "challenge"),
        };
        let reply = Reply {
            code: code.unwrap_or_default(),
            name: name
                .as_ref()
                .map_or(text::REFUSED_NAME, |(name, _)| &name.value)
                .to_owned(),
            ident: name.as_ref().map(|(_, ident)| ident.clone()),
            phrase: self.line(&entry, "phrase").map(|line| line.value),
            standing: standing.unwrap_or(Standing::Standard),
            extensions: self.extensions(&entry),
            specs: self.specs(&entry, is_bound && standing.is_some()),
            description: self.required_text(&entry, "description"),
            when: self.required_text(&entry, "when"),
            fix: self.required_text(&entry, "fix"),
            connection: self
                .required_word(&entry, "connection", Connection::WORDS)
                .and_then(|word| Connection::from_word(word.value))
                .unwrap_or(Connection::Open),
            next_actor: self
                .required_word(&entry, "next-actor", NextActor::WORDS)
                .and_then(|word| NextActor::from_word(word.value))
                .unwrap_or(NextActor::ClientSoftware),
            retry: self
                .required_word(&entry, "retry", Retry::WORDS)
                .and_then(|word| Retry::from_word(word.value))
                .unwrap_or(Retry::Proceed),
            followed_by: Vec::new(),
            scope: self.scope(&entry),
            is_challenge: challenge.is_some(),
            deprecated: self.text(&entry, "deprecated", text::MOST_SHORT_TEXT),
        };
        let followed_by = self.numbers(&entry, "followed-by");
        let replaces = self.replaces(&entry, code);
        if let (Some(_), Some(number)) = (code, &number) {
            let name = name.map_or_else(|| entry.span.clone(), |(name, _)| name.span);
            let code = number.span.clone();
            draft.replies.push(ReplyDraft {
                reply,
                code,
                name,
                standing,
                followed_by,
                replaces,
                challenge,
            });
        }
        code.map(i64::from)
    }

    /// Where the entry says that it replaces another. Where that cannot be read, it was meant to
    /// be what fits.
    fn replaces(&mut self, entry: &Entry<'a>, code: Option<u16>) -> Option<Range<usize>> {
        let base = self.base?;
        let found = self.flag(entry, "replaces");
        let fits = code.is_some_and(|code| base.codes.contains(&code));
        let is_unread = match entry.get("replaces") {
            Some(value) => value.get_ref().as_bool().is_none(),
            None => entry.misspells("replaces"),
        };
        found.or_else(|| (is_unread && fits).then(|| entry.span.clone()))
    }

    fn reply_keys(&mut self, entry: &Entry<'a>, keys: &[&str]) {
        let mut keys = keys.to_vec();
        if self.base.is_some() {
            keys.push("replaces");
        } else if entry.has("replaces") {
            self.report(
                Problem::new(
                    entry.key_span("replaces"),
                    "`replaces` is for private tables only",
                )
                .help("remove it: this table adds to no other"),
            );
            keys.push("replaces");
        }
        self.keys(entry, &keys, &["challenge"]);
    }

    fn reply_code(&mut self, number: &At<i64>, draft: &mut Draft) -> Option<u16> {
        let code = check::three_digits(number.value);
        if code.is_none() {
            draft.lost.numbers.push(number.value);
            let written = self.text.get(number.span.clone()).unwrap_or_default();
            let message = format!(
                "`code` is {}, but a reply code has three digits",
                written.trim_matches('"')
            );
            self.report(
                Problem::new(number.span.clone(), message).help("use a number from 100 to 999"),
            );
        }
        code
    }

    fn name(&mut self, entry: &Entry<'a>) -> Option<(At<String>, String)> {
        let name = self.required_line(entry, "name")?;
        match text::ident(&name.value) {
            Ok(ident) => Some((name, ident)),
            Err(message) => {
                self.report(Problem::new(name.span, format!("`name` {message}")).help(
                    "use up to six words of letters and digits, with one space between them: \
                     `Start Mail Input` becomes the constant START_MAIL_INPUT",
                ));
                None
            }
        }
    }

    fn extensions(&mut self, entry: &Entry<'a>) -> Vec<String> {
        let mut extensions = Vec::new();
        for keyword in self.lines(entry, "extensions").unwrap_or_default() {
            if text::is_extension(&keyword.value) {
                extensions.push(keyword.value);
                continue;
            }
            let quoted = quote(&keyword.value);
            let message = format!("`extensions` has {quoted}, which is no keyword");
            self.report(
                Problem::new(keyword.span, message)
                    .help("write it as EHLO announces it: capitals, digits and `-`"),
            );
        }
        extensions
    }

    fn specs(&mut self, entry: &Entry<'a>, is_bound: bool) -> Vec<String> {
        let why = "; only a de-facto code goes without";
        let given = entry.get("specs");
        if is_bound && given.is_none() {
            self.missing(entry, "specs", why);
        }
        if is_bound
            && let Some(value) = given
            && matches!(value.get_ref(), DeValue::Array(list) if list.is_empty())
        {
            self.report(
                Problem::new(value.span(), format!("`specs` is empty{why}"))
                    .help("name a document: `RFC 5321 section 4.2.3`"),
            );
        }
        let mut specs = Vec::new();
        for spec in self.lines(entry, "specs").unwrap_or_default() {
            if self.spec("specs", &spec) {
                specs.push(spec.value);
            }
        }
        specs
    }

    pub(super) fn command(&mut self, mut entry: Entry<'a>, draft: &mut Draft) {
        const OURS: &[&str] = &[
            "kind",
            "moment",
            "spec",
            "next",
            "except",
            "aside",
            "inherits",
            "generally",
            "scope",
        ];
        "this command".clone_into(&mut entry.label);
        let named = self.required_line(&entry, "verb");
        if let Some(verb) = &named {
            entry.label = format!("the command {}", quote(&verb.value));
        }
        self.keys(&entry, &["verb", "replies"], OURS);
        let is_private = self.base.is_some();
        let kind = match entry.has("kind") && !is_private {
            true => self
                .word(&entry, "kind", CommandKind::WORDS)
                .and_then(|word| CommandKind::from_word(word.value)),
            false if entry.misspells("kind") => None,
            false => Some(CommandKind::Command),
        };
        let rows = self.rows(&entry, draft);
        draft.lost.a_row |= match entry.get("generally") {
            Some(value) => !value.get_ref().is_array(),
            None => entry.misspells("generally"),
        };
        let before = self.problems.len();
        let scope = self.scope(&entry);
        draft.lost.a_scope |= self.problems.len() > before || entry.misspells("scope");
        let mut command = CommandDraft {
            verb: None,
            verb_is_sound: true,
            kind,
            moment: None,
            moment_key: None,
            spec: None,
            next: Vec::new(),
            except: None,
            aside: false,
            inherits: None,
            generally: Vec::new(),
            scope: scope.unwrap_or(Scope::Command),
            rows,
        };
        if is_private {
            command.verb = named;
        } else {
            self.verb(named, &mut command, draft);
            self.our_keys(&entry, &mut command);
        }
        draft.commands.push(command);
    }

    /// What only a command of our own table has.
    fn our_keys(&mut self, entry: &Entry<'a>, command: &mut CommandDraft) {
        command.moment = self.line(entry, "moment").map(|line| line.value);
        command.moment_key = entry.has("moment").then(|| entry.key_span("moment"));
        let is_point = matches!(command.kind, Some(CommandKind::Event | CommandKind::Group));
        if is_point && !entry.has("moment") {
            self.missing(entry, "moment", ", which only a command goes without");
        }
        command.spec = self
            .line(entry, "spec")
            .filter(|spec| self.spec("spec", spec))
            .map(|spec| spec.value);
        command.next = self.lines(entry, "next").unwrap_or_default();
        let span = entry.key_span("except");
        command.except = self.lines(entry, "except").map(|value| At { value, span });
        command.aside = self.flag(entry, "aside").is_some();
        command.inherits = entry.get("inherits").and_then(|value| self.inherits(value));
        self.not_empty(entry, "generally");
        command.generally = self.numbers(entry, "generally");
    }

    /// What a reply is about, if the entry says so.
    pub(super) fn scope(&mut self, entry: &Entry<'a>) -> Option<Scope> {
        self.word(entry, "scope", Scope::WORDS)
            .and_then(|word| Scope::from_word(word.value))
    }

    /// Judges the verb; a refused one is replaced by one that may be in the model.
    fn verb(&mut self, named: Option<At<String>>, command: &mut CommandDraft, draft: &mut Draft) {
        let Some(mut verb) = named else {
            draft.lost.a_verb = true;
            return;
        };
        if command.kind == Some(CommandKind::Group) || text::is_verb(&verb.value) {
            command.verb = Some(verb);
            return;
        }
        command.verb_is_sound = false;
        let made = text::verb_like(&verb.value);
        draft.lost.verbs.push((verb.value.clone(), made.clone()));
        // Without a kind it may have been meant as a group, whose verb is free.
        if command.kind.is_some() {
            let message = format!("`verb` is {}, which is no verb", quote(&verb.value));
            let help = match &made {
                Some(made) => format!("write `{made}`: capitals and digits, joined by `-`"),
                None => "use capitals and digits, joined by `-`: `DATA`, `DATA-BODY`".to_owned(),
            };
            self.report(Problem::new(verb.span.clone(), message).help(help));
        }
        command.verb = made.map(|made| {
            verb.value = made;
            verb
        });
    }

    fn inherits(&mut self, value: &'a Value<'a>) -> Option<InheritsDraft> {
        let mut entry = self.table("`inherits`", value)?;
        "`inherits`".clone_into(&mut entry.label);
        self.keys(&entry, &["from", "source"], &[]);
        let from = self.required_line(&entry, "from");
        let source = self.required_line(&entry, "source");
        let source = source.map_or_else(|| text::REFUSED_LINE.to_owned(), |line| line.value);
        Some(InheritsDraft {
            from: from?,
            source,
        })
    }

    fn rows(&mut self, entry: &Entry<'a>, draft: &mut Draft) -> Vec<RowDraft> {
        let list = self
            .required(entry, "replies")
            .and_then(|value| self.list("replies", value));
        if list.is_none() {
            draft.lost.a_row = true;
        }
        let mut rows = Vec::new();
        for value in list.unwrap_or_default() {
            let row = self.table("an item of `replies`", value);
            match row.and_then(|row| self.row(row)) {
                Some(row) => rows.push(row),
                None => draft.lost.a_row = true,
            }
        }
        rows
    }

    fn row(&mut self, mut entry: Entry<'a>) -> Option<RowDraft> {
        "this row".clone_into(&mut entry.label);
        let number = self
            .required(&entry, "code")
            .and_then(|value| self.number("`code`", value));
        if let Some(number) = &number {
            entry.label = format!("this row for {}", number.value);
        }
        self.keys(
            &entry,
            &["code", "kind", "era", "source", "unasked", "next"],
            &[],
        );
        let kind = self.required_word(&entry, "kind", ReplyKind::WORDS);
        let kind = kind.and_then(|word| {
            Some(At {
                value: ReplyKind::from_word(word.value)?,
                span: word.span,
            })
        });
        let may_default = self.base.is_some();
        let era = match may_default && !entry.has("era") {
            true => Some(Era::DeFacto),
            false => self
                .required_word(&entry, "era", Era::WORDS)
                .and_then(|word| Era::from_word(word.value)),
        };
        let source = match may_default && !entry.has("source") {
            true => Some(PRIVATE.to_owned()),
            false => self.required_line(&entry, "source").map(|line| line.value),
        };
        let unasked = self
            .flag(&entry, "unasked")
            .map(|_| entry.key_span("unasked"));
        let next = self.lines(&entry, "next");
        Some(RowDraft {
            span: entry.span,
            code: number?,
            kind,
            era,
            source,
            unasked,
            next,
        })
    }

    pub(super) fn pair(&mut self, mut entry: Entry<'a>, draft: &mut Draft) {
        "this pair".clone_into(&mut entry.label);
        let codes = self.pair_codes(&entry);
        if let Some([a, b]) = codes.as_ref().map(|codes| &codes.value) {
            entry.label = format!("the pair {} and {}", a.value, b.value);
        }
        self.keys(&entry, &["codes", "remark", "choose", "source"], &[]);
        let pair = Pair {
            low: 0,
            high: 0,
            remark: self.required_text(&entry, "remark"),
            choose: self.required_text(&entry, "choose"),
            source: self.line(&entry, "source").map(|line| line.value),
        };
        if let Some(codes) = codes {
            draft.pairs.push(PairDraft { pair, codes });
        }
    }

    fn pair_codes(&mut self, entry: &Entry<'a>) -> Option<At<[At<i64>; 2]>> {
        let value = self.required(entry, "codes")?;
        let list = self.list("codes", value)?;
        let [a, b] = list else {
            let count = list.len();
            let message = format!("`codes` has {count} numbers, but a pair has two");
            let message = if count == 1 {
                message.replace("numbers", "number")
            } else {
                message
            };
            self.report(Problem::new(value.span(), message).help("write two codes: `[450, 550]`"));
            return None;
        };
        let a = self.number("an item of `codes`", a);
        let b = self.number("an item of `codes`", b);
        Some(At {
            value: [a?, b?],
            span: value.span(),
        })
    }
}
