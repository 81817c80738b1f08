//! Commands with their rows, each judged as far as it can be by itself.

use super::entry::Entry;
use crate::draft::{At, CommandDraft, InheritsDraft, RowDraft};
use crate::model::{CommandKind, Era, Scope};
use crate::text::{self, quote};

/// What a private table does not say of our commands.
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

/// The source of a private row that gives none.
const PRIVATE: &str = "private";

impl Entry<'_, '_> {
    pub(super) fn command(mut self) -> CommandDraft {
        self.require(&["verb"]);
        let verb = self.line("verb");
        if let Some(verb) = &verb {
            self.label = format!("the command {}", quote(&verb.value));
        }
        self.require(&["replies"]);
        let mut command = CommandDraft {
            verb,
            kind: Some(CommandKind::Command),
            moment: None,
            moment_key: None,
            spec: None,
            next: Vec::new(),
            except: None,
            aside: false,
            inherits: None,
            generally: Vec::new(),
            scope: Scope::Command,
            rows: self.rows(),
        };
        if self.reader.base.is_none() {
            self.our_keys(&mut command);
        }
        self.reader.lost.a_verb |= command.verb.is_none();
        self.end(OURS);
        command
    }

    /// What only a command of our own table has.
    fn our_keys(&mut self, command: &mut CommandDraft) {
        let kind = self.word("kind");
        if self.has("kind") || self.misspells("kind") {
            command.kind = kind;
        }
        self.verb(command);
        command.moment = self.line("moment").map(At::value);
        if self.has("moment") {
            command.moment_key = Some(self.key_span("moment"));
        } else if let Some(CommandKind::Event | CommandKind::Group) = command.kind {
            self.missing("moment", ", which only a command goes without");
        }
        let spec = self.line("spec");
        command.spec = spec.and_then(|spec| self.spec("spec", spec));
        command.next = self.lines("next");
        let (value, span) = (self.lines("except"), self.key_span("except"));
        command.except = self.has("except").then_some(At { value, span });
        command.aside = self.flag("aside").is_some();
        command.inherits = self.inherits();
        self.not_empty("generally");
        command.generally = self.numbers("generally");
        let scope = self.word("scope");
        command.scope = scope.unwrap_or(Scope::Command);
        let is_unread = |key: &str, is_read: bool| self.misspells(key) || self.has(key) && !is_read;
        let a_scope = is_unread("scope", scope.is_some());
        let a_row = is_unread("generally", !command.generally.is_empty());
        self.reader.lost.a_scope |= a_scope;
        self.reader.lost.a_row |= a_row;
    }

    /// Refuses what cannot be a verb.
    fn verb(&mut self, command: &mut CommandDraft) {
        let is_group = command.kind == Some(CommandKind::Group);
        let is_refused = |verb: &mut At<String>| !is_group && !text::is_verb(&verb.value);
        let Some(verb) = command.verb.take_if(is_refused) else {
            return;
        };
        // Without a kind it may have been meant as a group, whose verb is free.
        if command.kind.is_some() {
            let message = format!("`verb` is {}, which is no verb", quote(&verb.value));
            let help = "use capitals and digits, joined by `-`: `DATA`, `DATA-BODY`";
            self.report(verb.span, message, help);
        }
    }

    fn inherits(&mut self) -> Option<InheritsDraft> {
        let value = self.get("inherits")?;
        let mut entry = self.reader.table("`inherits`", "`inherits`", value)?;
        entry.require(&["from", "source"]);
        let from = entry.line("from");
        let source = entry.line_or_refused("source");
        entry.end(&[]);
        Some(InheritsDraft {
            from: from?,
            source,
        })
    }

    fn rows(&mut self) -> Vec<RowDraft> {
        let value = self.get("replies");
        self.reader.lost.a_row |= value.is_none_or(|value| !value.get_ref().is_array());
        let mut rows = Vec::new();
        for value in self.list("replies") {
            let row = self.reader.table("an item of `replies`", "this row", value);
            match row.and_then(Entry::row) {
                Some(row) => rows.push(row),
                None => self.reader.lost.a_row = true,
            }
        }
        rows
    }

    /// None where its code cannot be read.
    fn row(mut self) -> Option<RowDraft> {
        self.require(&["code"]);
        let number = self.number("code");
        if let Some(number) = number {
            self.label = format!("this row for {}", number.value);
        }
        self.require(&["kind"]);
        let kind = self.word_at("kind");
        let (mut era, mut source) = (self.word("era"), self.line("source").map(At::value));
        if self.reader.base.is_none() {
            self.require(&["era", "source"]);
        } else {
            if !self.has("era") {
                era = Some(Era::DeFacto);
            }
            if !self.has("source") {
                source = Some(PRIVATE.to_owned());
            }
        }
        let unasked = self.flag("unasked").map(|_| self.key_span("unasked"));
        let next = self.lines("next");
        let (span, next) = (self.span, self.has("next").then_some(next));
        self.end(&[]);
        number.map(|code| RowDraft {
            span,
            code,
            kind,
            era,
            source,
            unasked,
            next,
        })
    }
}
