//! Commands, the points of a session, and their rows.

use super::entry::Entry;
use crate::model::{Command, CommandKind, Inherits, Row, Scope, Standing};
use crate::places::Places;
use crate::problem::{At, Span};
use crate::reader::{COMMANDS, POINTS, Points, Reader};
use crate::text::{self, quote};
use toml::de::DeTable;

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
];

/// So too what a command does in a session, and what a refusal of it is about.
const ROLE: &[&str] = &[
    "scope",
    "ends-message",
    "chunk",
    "begins-session",
    "parameters",
];

/// What else the module `codes_core::command` has, and what no type can be called.
const RESERVED_VERBS: &[&str] = &[
    "ANSWER",
    "COMMAND",
    "COMMAND-KIND",
    "COMMAND-REPLY",
    "MOMENT",
    "NOT-AN-ANSWER",
    "REPLIES-TO",
    "SELF",
    "STAGE",
];

/// The most commands and other points: `codes-core` keeps a set of them in the bits of a `u64`.
const MOST_COMMANDS: usize = 64;
const REFUSED_MOMENT: &str = "at this point";

/// The source of a private row that gives none.
const PRIVATE: &str = "private";

/// The commands that were read so far, in the order of the file.
#[derive(Default)]
struct Commands {
    list: Vec<Command>,
    /// For each in the list, where a rule says that it inherits, or else where its verb is.
    places: Vec<Span>,
    /// Where the types were given that verbs become, and the other verbs.
    types: Places,
    /// All verbs that some command names, which may come later in the file.
    references: Vec<(&'static str, At<String>, Points)>,
}

impl Commands {
    /// Keeps in mind where verbs are named, and returns them.
    fn refer(&mut self, what: &'static str, verbs: Vec<At<String>>, points: Points) -> Vec<String> {
        let mut names = Vec::new();
        for verb in verbs {
            names.push(verb.value.clone());
            self.references.push((what, verb, points));
        }
        names
    }
}

impl<'a> Reader<'a> {
    pub(super) fn commands(&mut self, document: &'a DeTable<'a>) -> Vec<Command> {
        let mut commands = Commands::default();
        self.each(document, "command", "this command", &mut |entry| {
            entry.command(&mut commands);
        });
        if let Some(first) = commands.places.get(MOST_COMMANDS) {
            let message = format!("there are more than {MOST_COMMANDS} entries of `[[command]]`");
            let help = "remove some, or widen `CommandSet` in codes-core";
            self.report(*first, message, help);
            commands.list.truncate(MOST_COMMANDS);
        }
        for (what, verb, points) in &commands.references {
            self.point(what, verb, *points);
        }
        self.circles(&mut commands.list, &commands.places);
        commands.list
    }

    /// Who follows `inherits` from one command to the next has to come to an end.
    fn circles(&mut self, commands: &mut [Command], places: &[Span]) {
        for index in 0..commands.len() {
            let mut way = vec![commands[index].verb.clone()];
            while way.len() <= commands.len() {
                let mut others = commands.iter();
                let last = others.find(|other| Some(&other.verb) == way.last());
                let Some(rule) = last.and_then(|last| last.inherits.as_ref()) else {
                    break;
                };
                way.push(rule.from.clone());
                if way.first() == way.last() {
                    let message = format!("`inherits` runs in a circle: {}", way.join(" from "));
                    let place = places[index];
                    self.report(place, message, "remove one of them");
                    commands[index].inherits = None;
                }
            }
        }
    }

    /// A code that a command names as its answer.
    fn answer(&mut self, what: &str, number: At<i64>) -> Option<u16> {
        let mut code = self.code(what, number);
        if let Some(other) = code
            && self.defined(other).is_none()
        {
            let message = format!("{what} names {other}, which is no code of this file");
            let help = "name a code that this file defines";
            self.report(number.span, message, help);
            code = None;
        }
        match code {
            Some(code) => self.codes[usize::from(code)].is_named = true,
            None => self.lost.a_row = true,
        }
        code
    }

    /// Refuses a verb that was given before, and one whose type something else has.
    fn is_first_command(
        &mut self,
        verb: &At<String>,
        kind: CommandKind,
        types: &mut Places,
    ) -> bool {
        let At { value, span } = verb;
        let shown = quote(value);
        let is_typed = kind != CommandKind::Group && self.base.is_none();
        let type_name = match is_typed {
            true => text::type_name(value),
            false => value.clone(),
        };
        let first = types.first(&type_name, *span);
        let other = first.map(|first| self.written(first));
        let (message, help) = match other {
            Some(other) if other == value => (
                format!("the verb {shown} is given twice"),
                "put all its rows under one `[[command]]`",
            ),
            Some(other) => (
                format!("the verb {shown} clashes with `{other}`: both give the type {type_name}"),
                "use another verb",
            ),
            None if is_typed && RESERVED_VERBS.contains(&value.as_str()) => (
                format!("the verb {shown} gives the type {type_name}, which is taken"),
                "use another verb",
            ),
            None => return true,
        };
        // It was meant to be another verb, which then is nowhere.
        self.lost.a_verb = true;
        let problem = self.report(*span, message, help);
        problem.related = first.map(|first| (first, "first given"));
        false
    }
}

impl Entry<'_, '_> {
    fn command(mut self, commands: &mut Commands) {
        self.require("verb");
        let mut verb = self.line("verb");
        if let Some(verb) = &verb {
            self.label = format!("the command {}", quote(&verb.value));
        }
        self.require("replies");
        self.get("replies");
        let is_ours = self.reader.base.is_none();
        let kind = match &verb {
            _ if is_ours => self.kind(),
            Some(verb) => self.private_kind(verb),
            None => None,
        };
        if is_ours {
            self.refuse_verb(&mut verb, kind);
        }
        let rows = self.rows(kind, commands);
        let name = verb.as_ref().map_or("", |verb| verb.value.as_str());
        let mut command = Command::new(name.to_owned(), kind.unwrap_or(CommandKind::Command));
        let mut inherits = None;
        if is_ours {
            self.our_keys(&mut command, kind, commands);
            inherits = self.inherits(&mut command, commands);
            command.generally = self.generally(kind, &rows);
            self.role(&mut command);
        } else if kind == Some(CommandKind::Group) {
            // The one group that private codes may answer means all commands.
            command.except = Some(Vec::new());
        }
        for row in rows {
            command.replies.push(row.value);
        }
        self.end(&[OURS, ROLE].concat());
        let reader = self.reader;
        let Some(verb) = verb else {
            reader.lost.a_verb = true;
            return;
        };
        if is_ours {
            reader.add_verb(&verb.value, kind);
        }
        let is_known = is_ours || kind.is_some();
        if reader.is_first_command(&verb, command.kind, &mut commands.types) && is_known {
            commands.places.push(inherits.unwrap_or(verb.span));
            commands.list.push(command);
        }
    }

    /// A command unless it says otherwise. None where the word was refused.
    fn kind(&mut self) -> Option<CommandKind> {
        let kind = self.word("kind");
        match self.has("kind") || self.misspells("kind") {
            true => kind,
            false => Some(CommandKind::Command),
        }
    }

    /// Refuses what cannot be a verb.
    fn refuse_verb(&mut self, verb: &mut Option<At<String>>, kind: Option<CommandKind>) {
        let is_group = kind == Some(CommandKind::Group);
        let is_refused = |verb: &mut At<String>| !is_group && !text::is_verb(&verb.value);
        let Some(verb) = verb.take_if(is_refused) else {
            return;
        };
        // Without a kind it may have been meant as a group, whose verb is free.
        if kind.is_some() {
            let message = format!("`verb` is {}, which is no verb", quote(&verb.value));
            let capitals = verb.value.to_ascii_uppercase();
            let help = match text::is_verb(&capitals) {
                true => format!("write `{capitals}`"),
                false => "use capitals and digits, joined by `-`: `DATA`, `DATA-BODY`".to_owned(),
            };
            self.report(verb.span, message, help);
        }
    }

    /// The kind of one of our verbs; all others are refused.
    fn private_kind(&mut self, verb: &At<String>) -> Option<CommandKind> {
        let reader = &self.reader;
        let shown = quote(&verb.value);
        let (message, help) = match reader.kind_of(&verb.value) {
            Some(Some(CommandKind::Group)) if reader.every_command() != Some(&verb.value) => (
                format!("`verb` is {shown}, a group of commands"),
                match reader.every_command() {
                    Some(every) => format!("name one command, or `{every}` for all of them"),
                    None => "name one command".to_owned(),
                },
            ),
            Some(kind) => return kind,
            None => {
                let other = format!(
                    "private codes answer to what is known: {}",
                    reader.some_verbs()
                );
                let help = reader.near(&verb.value, POINTS, &other);
                (format!("there is no command {shown}"), help)
            }
        };
        self.report(verb.span, message, help);
        None
    }

    /// What only a command of our own table has.
    fn our_keys(
        &mut self,
        command: &mut Command,
        kind: Option<CommandKind>,
        commands: &mut Commands,
    ) {
        let moment = self.line("moment").map(At::value);
        if let Some(CommandKind::Event | CommandKind::Group) = kind {
            command.moment = Some(moment.unwrap_or_else(|| REFUSED_MOMENT.to_owned()));
            if !self.has("moment") {
                self.missing("moment", ", which only a command goes without");
            }
        } else if self.has("moment") && kind.is_some() {
            let message = "`moment` is for an event or a group";
            let help = "remove it: a sentence names a command by its verb";
            self.report(self.key_span("moment"), message, help);
        }
        let spec = self.line("spec");
        command.spec = spec.and_then(|spec| self.spec("spec", spec));
        let next = self.lines("next");
        command.next = commands.refer("`next`", next, POINTS);
        let except = self.lines("except");
        let except = commands.refer("`except`", except, COMMANDS);
        if self.has("except") {
            if kind == Some(CommandKind::Group) {
                command.except = Some(except);
            } else if kind.is_some() {
                let help = "remove it, or add `kind = \"group\"`";
                self.report(self.key_span("except"), "`except` is for a group", help);
            }
        }
        command.aside = self.flag("aside").is_some();
    }

    /// The point that it inherits from, and where that is said.
    fn inherits(&mut self, command: &mut Command, commands: &mut Commands) -> Option<Span> {
        let value = self.get("inherits")?;
        let mut entry = self.reader.table("`inherits`", "`inherits`", value)?;
        entry.require("from");
        let from = entry.line("from");
        let source = entry.line_or_refused("source");
        entry.end(&[]);
        let from = from?;
        let span = from.span;
        if from.value == command.verb {
            let message = format!("{} inherits from itself", quote(&from.value));
            let help = "name another command, or remove `inherits`";
            self.report(span, message, help);
            return None;
        }
        let mut from = commands.refer("`from`", vec![from], POINTS);
        command.inherits = from.pop().map(|from| Inherits { from, source });
        Some(span)
    }

    /// What the general rules allow is a refusal of the command as such, so its second digit is
    /// that of syntax (RFC 5321 4.2.1).
    fn generally(&mut self, kind: Option<CommandKind>, rows: &[At<Row>]) -> Vec<u16> {
        self.not_empty("generally");
        let numbers = self.numbers("generally");
        if self.misspells("generally") || (self.has("generally") && numbers.is_empty()) {
            self.reader.lost.a_row = true;
        }
        let mut codes = Vec::new();
        for number in numbers {
            let Some(code) = self.reader.answer("`generally`", number) else {
                continue;
            };
            codes.push(code);
            let span = number.span;
            let mut rows = rows.iter();
            let row =
                rows.find(|row| row.value.code == code && row.value.standing != Standing::Historic);
            if let Some(CommandKind::Event | CommandKind::Group) = kind {
                let help = "remove it: the general rules are about commands";
                self.report(span, "`generally` is for a command", help);
            } else if code / 10 != 50 {
                let message = format!("`generally` has {code}, which no general rule allows");
                let help = "remove it, and add a row for it to `replies` with its source";
                self.report(span, message, help);
            } else if let Some(row) = row {
                let message = format!("`generally` has {code}, which has a row here");
                self.report(span, message, "remove one of them")
                    .related(row.span, "it is");
            }
        }
        codes
    }

    /// What it does in a session, and what a refusal of it is about.
    fn role(&mut self, command: &mut Command) {
        let before = self.reader.problems.len();
        command.scope = self.word("scope").unwrap_or(Scope::Command);
        command.ends_message = self.flag("ends-message").is_some();
        command.is_chunk = self.flag("chunk").is_some();
        command.begins_session = self.flag("begins-session").is_some();
        command.has_parameters = self.flag("parameters").is_some();
        let mut is_unread = self.reader.problems.len() > before;
        for key in ROLE {
            is_unread |= self.misspells(key);
        }
        self.reader.lost.a_role |= is_unread;
    }

    fn rows(&mut self, kind: Option<CommandKind>, commands: &mut Commands) -> Vec<At<Row>> {
        let list = self.list("replies");
        self.reader.lost.a_row |= list.is_none();
        let mut seen = Places::default();
        let mut rows = Vec::new();
        for value in list.unwrap_or_default() {
            let row = self.reader.table("an item of `replies`", "this row", value);
            match row {
                Some(row) => rows.extend(row.row(kind, commands, &mut seen)),
                None => self.reader.lost.a_row = true,
            }
        }
        rows
    }

    fn row(
        mut self,
        kind: Option<CommandKind>,
        commands: &mut Commands,
        seen: &mut Places,
    ) -> Option<At<Row>> {
        self.require("code");
        let number = self.number("code");
        if let Some(number) = number {
            self.label = format!("this row for {}", number.value);
        }
        let message = "a row has no `kind`: the first digit of its code says it";
        self.refuse_old("kind", message, "remove it");
        let message = "a row has no `era`: its `standing` says that";
        let help = "write `standing`, with the words of a reply: `standard` for what was `current`";
        self.refuse_old("era", message, help);
        let mut standing = self.word("standing");
        let mut source = self.line("source").map(At::value);
        if self.reader.base.is_none() {
            if !self.has("era") {
                self.require("standing");
            }
            self.require("source");
        } else {
            if !self.has("standing") {
                standing = Some(Standing::DeFacto);
            }
            if !self.has("source") {
                source = Some(PRIVATE.to_owned());
            }
        }
        let unasked = self.flag("unasked").is_some();
        if let Some(CommandKind::Command | CommandKind::Event) = kind
            && unasked
        {
            let help = "remove it: a command is always asked";
            let message = "`unasked` is for the rows of a group";
            self.report(self.key_span("unasked"), message, help);
        }
        let next = self.lines("next");
        let next = commands.refer("`next`", next, POINTS);
        let next = self.has("next").then_some(next);
        let span = self.span;
        self.end(&[]);
        let reader = self.reader;
        let Some(number) = number else {
            reader.lost.a_row = true;
            return None;
        };
        let code = reader.answer("this row", number)?;
        if let (Some(standing), Some(source)) = (standing, &source) {
            let key = format!("{code} {} {source}", standing.word());
            if let Some(first) = seen.first(&key, span) {
                let message = format!(
                    "this row for {code} is given twice, with the same standing and source"
                );
                reader
                    .report(span, message, "remove one of them")
                    .related(first, "first given");
                return None;
            }
        }
        let value = Row {
            code,
            standing: standing.unwrap_or(Standing::Standard),
            source: source.unwrap_or_else(|| text::REFUSED_LINE.to_owned()),
            unasked,
            next,
        };
        Some(At { value, span })
    }
}
