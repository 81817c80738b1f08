//! The rules for commands, the points of a session, and their rows.

use super::Checker;
use super::places::Places;
use crate::draft::{At, CommandDraft, InheritsDraft, RowDraft};
use crate::model::{Command, CommandKind, Era, Inherits, ReplyKind, Row};
use crate::problem::Span;
use crate::text::{self, quote};

/// Types of `codes_core::command` that are no command, and what no type can be called.
const RESERVED_VERBS: &[&str] = &[
    "ANSWER",
    "BASIS",
    "COMMAND",
    "COMMAND-FACTS",
    "COMMAND-KIND",
    "COMMAND-REPLY",
    "COMMAND-SET",
    "MOMENT",
    "NOT-AN-ANSWER",
    "REPLIES-TO",
    "SELF",
    "STAGE",
];

/// The most commands and other points: `codes-core` keeps a set of them in the bits of a `u64`.
const MOST_COMMANDS: usize = 64;
/// The one group that private codes may answer to.
const ANY: &str = "ANY";
const REFUSED_MOMENT: &str = "at this point";

/// What a reference to a point of a session may name.
#[derive(Clone, Copy)]
pub(super) enum Points {
    Commands,
    CommandsAndEvents,
}

impl Points {
    fn contain(self, kind: Option<CommandKind>) -> bool {
        match self {
            Self::Commands => matches!(kind, None | Some(CommandKind::Command)),
            Self::CommandsAndEvents => kind != Some(CommandKind::Group),
        }
    }
}

/// A verb that was given, to be compared with the later ones.
struct Given {
    verb: At<String>,
    /// The type that it becomes, empty where it becomes none.
    type_name: String,
}

impl Checker<'_> {
    pub(super) fn commands(&mut self, drafts: Vec<CommandDraft>) -> Vec<Command> {
        let mut given = Vec::new();
        let mut commands = Vec::new();
        let mut inheritances = Vec::new();
        for draft in drafts {
            let from = draft.inherits.as_ref().map(|inherits| inherits.from.span);
            let place = draft.verb.as_ref().map(|verb| verb.span);
            let command = self.command(draft, &mut given);
            let (Some(command), Some(place)) = (command, place) else {
                continue;
            };
            if commands.len() == MOST_COMMANDS {
                let message =
                    format!("there are more than {MOST_COMMANDS} entries of `[[command]]`");
                let help = "remove some, or widen `CommandSet` in codes-core";
                self.report(place, message, help);
                break;
            }
            commands.push(command);
            inheritances.push(from.unwrap_or(place));
        }
        self.circles(&mut commands, &inheritances);
        commands
    }

    fn command(&mut self, mut draft: CommandDraft, given: &mut Vec<Given>) -> Option<Command> {
        let is_known = self.base.is_none() || self.private_verb(&mut draft);
        let kind = draft.kind.unwrap_or(CommandKind::Command);
        if draft.kind == Some(CommandKind::Command)
            && let Some(key) = draft.moment_key
        {
            let help = "remove it: a sentence names a command by its verb";
            self.report(key, "`moment` is for an event or a group", help);
        }
        let command = Command {
            kind,
            moment: match kind {
                CommandKind::Command => None,
                _ => Some(draft.moment.unwrap_or_else(|| REFUSED_MOMENT.to_owned())),
            },
            spec: draft.spec,
            next: self.points("`next`", &draft.next, Points::CommandsAndEvents),
            // The one group that private codes may answer means all commands.
            except: match (self.base, kind) {
                (Some(_), CommandKind::Group) => Some(Vec::new()),
                _ => self.except(draft.except, draft.kind),
            },
            aside: draft.aside,
            inherits: self.inherits(draft.inherits, draft.verb.as_ref()),
            generally: self.generally(&draft.generally, &draft.rows, draft.kind),
            scope: draft.scope,
            replies: self.rows(draft.rows, draft.kind),
            verb: draft.verb.as_ref()?.value.clone(),
        };
        let is_first = self.is_first(draft.verb?, kind, given);
        (is_first && is_known).then_some(command)
    }

    /// Takes over the kind of one of our verbs, and refuses all others.
    fn private_verb(&mut self, draft: &mut CommandDraft) -> bool {
        let Some(verb) = &draft.verb else {
            return false;
        };
        let kind = self.kind_of(&verb.value);
        let shown = quote(&verb.value);
        let (message, help) = match kind {
            Some(Some(CommandKind::Group)) if verb.value != ANY => (
                format!("`verb` is {shown}, a group of commands"),
                "name one command, or `ANY` for all of them".to_owned(),
            ),
            Some(kind) => {
                draft.kind = kind;
                return true;
            }
            None => (
                format!("there is no command {shown}"),
                self.near(
                    &verb.value,
                    Points::CommandsAndEvents,
                    "private codes answer to commands that are known: `MAIL`, `RCPT`, `DATA`, \
                     `ANY`",
                ),
            ),
        };
        draft.kind = None;
        self.report(verb.span, message, help);
        false
    }

    /// The kind of a verb that may be referred to.
    fn kind_of(&self, verb: &str) -> Option<Option<CommandKind>> {
        let known = self.verbs.iter().find(|(known, _)| known == verb);
        known.map(|(_, kind)| *kind)
    }

    /// Names the verb that was probably meant.
    fn near(&self, verb: &str, points: Points, other: &str) -> String {
        let mut verbs = Vec::new();
        for (verb, kind) in &self.verbs {
            if points.contain(*kind) || (self.base.is_some() && verb == ANY) {
                verbs.push(verb.as_str());
            }
        }
        match text::nearest(verb, &verbs) {
            Some(near) => format!("did you mean `{near}`?"),
            None => other.to_owned(),
        }
    }

    fn is_first(&mut self, verb: At<String>, kind: CommandKind, given: &mut Vec<Given>) -> bool {
        let At { value: verb, span } = verb;
        let shown = quote(&verb);
        let is_typed = kind != CommandKind::Group && self.base.is_none();
        let type_name = match is_typed {
            true => text::type_name(&verb),
            false => String::new(),
        };
        let same_verb = given.iter().find(|other| other.verb.value == verb);
        let same_type = given
            .iter()
            .find(|other| is_typed && other.type_name == type_name);
        if let Some(first) = same_verb {
            let message = format!("the verb {shown} is given twice");
            let help = "put all its rows under one `[[command]]`";
            self.report(span, message, help)
                .related(first.verb.span, "first given");
        } else if is_typed && RESERVED_VERBS.contains(&&*verb) {
            let message = format!("the verb {shown} gives the type {type_name}, which is taken");
            self.report(span, message, "use another verb");
        } else if let Some(first) = same_type {
            let other = &first.verb.value;
            let message =
                format!("the verb {shown} clashes with `{other}`: both give the type {type_name}");
            self.report(span, message, "use another verb")
                .related(first.verb.span, "first given");
        } else {
            let verb = At { value: verb, span };
            given.push(Given { verb, type_name });
            return true;
        }
        false
    }

    pub(super) fn points(
        &mut self,
        what: &str,
        verbs: &[At<String>],
        points: Points,
    ) -> Vec<String> {
        let mut known = Vec::new();
        for verb in verbs {
            if self.is_point(what, verb, points) {
                known.push(verb.value.clone());
            }
        }
        known
    }

    /// Whether there is such a verb; the person hears of it where there is none.
    fn is_point(&mut self, what: &str, verb: &At<String>, points: Points) -> bool {
        let shown = quote(&verb.value);
        let (message, help) = match self.kind_of(&verb.value) {
            Some(kind) if points.contain(kind) => return true,
            Some(kind) => {
                let kind = match kind {
                    Some(CommandKind::Event) => "an event",
                    _ => "a group",
                };
                let help = match points {
                    Points::Commands => "name commands only",
                    Points::CommandsAndEvents => "name commands and events only",
                };
                (
                    format!("{what} names {shown}, which is {kind}"),
                    help.to_owned(),
                )
            }
            None if self.lost.a_verb => return false,
            None => (
                format!("{what} names {shown}, but no `[[command]]` has this verb"),
                self.near(
                    &verb.value,
                    points,
                    "correct the verb, or add an entry for it",
                ),
            ),
        };
        self.report(verb.span, message, help);
        false
    }

    fn except(
        &mut self,
        except: Option<At<Vec<At<String>>>>,
        kind: Option<CommandKind>,
    ) -> Option<Vec<String>> {
        let except = except?;
        let verbs = self.points("`except`", &except.value, Points::Commands);
        if let Some(CommandKind::Command | CommandKind::Event) = kind {
            let help = "remove it, or add `kind = \"group\"`";
            self.report(except.span, "`except` is for a group", help);
        }
        (kind == Some(CommandKind::Group)).then_some(verbs)
    }

    fn inherits(
        &mut self,
        inherits: Option<InheritsDraft>,
        verb: Option<&At<String>>,
    ) -> Option<Inherits> {
        let InheritsDraft { from, source } = inherits?;
        if verb.is_some_and(|verb| verb.value == from.value) {
            let message = format!("{} inherits from itself", quote(&from.value));
            let help = "name another command, or remove `inherits`";
            self.report(from.span, message, help);
            return None;
        }
        let is_known = self.is_point("`from`", &from, Points::CommandsAndEvents);
        let from = from.value;
        is_known.then_some(Inherits { from, source })
    }

    /// Who follows `inherits` from one command to the next has to come to an end.
    fn circles(&mut self, commands: &mut [Command], places: &[Span]) {
        for (index, place) in places.iter().enumerate() {
            if let Some(way) = circle(commands, index) {
                let message = format!("`inherits` runs in a circle: {}", way.join(" from "));
                self.report(*place, message, "remove one of them");
                commands[index].inherits = None;
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
            self.report(number.span, message, "name a code that this file defines");
            code = None;
        }
        match code {
            Some(code) => self.codes[usize::from(code)].is_named = true,
            None => self.lost.a_row = true,
        }
        code
    }

    /// What the general rules allow is a refusal of the command as such, so its second digit is
    /// that of syntax (RFC 5321 4.2.1).
    fn generally(
        &mut self,
        numbers: &[At<i64>],
        rows: &[RowDraft],
        kind: Option<CommandKind>,
    ) -> Vec<u16> {
        let mut codes = Vec::new();
        for number in numbers {
            let At { value, span } = *number;
            let Some(code) = self.answer("`generally`", *number) else {
                continue;
            };
            codes.push(code);
            let row = rows
                .iter()
                .find(|row| row.code.value == value && row.era != Some(Era::Historic));
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

    fn rows(&mut self, drafts: Vec<RowDraft>, kind: Option<CommandKind>) -> Vec<Row> {
        let mut seen = Places::default();
        let mut rows = Vec::new();
        for draft in drafts {
            if let (Some(key), Some(CommandKind::Command | CommandKind::Event)) =
                (draft.unasked, kind)
            {
                let help = "remove it: a command is always asked";
                self.report(key, "`unasked` is for the rows of a group", help);
            }
            let next = draft.next.as_ref();
            let next = next.map(|next| self.points("`next`", next, Points::CommandsAndEvents));
            let Some(code) = self.answer("this row", draft.code) else {
                continue;
            };
            if self.is_repeated(&draft, code, &mut seen) {
                continue;
            }
            rows.push(Row {
                code,
                kind: self.row_kind(&draft, code),
                era: draft.era.unwrap_or(Era::Current),
                source: draft
                    .source
                    .unwrap_or_else(|| text::REFUSED_LINE.to_owned()),
                unasked: draft.unasked.is_some(),
                next,
                inherited: false,
            });
        }
        rows
    }

    /// The kind that the first digit asks for, whatever the row says.
    fn row_kind(&mut self, draft: &RowDraft, code: u16) -> ReplyKind {
        let digit = code / 100;
        let kind = match digit {
            2 => ReplyKind::Success,
            3 => ReplyKind::Intermediate,
            _ => ReplyKind::Error,
        };
        if let Some(given) = draft.kind.filter(|given| given.value != kind) {
            let message = format!("this `kind` does not fit {code}, which begins with {digit}");
            let help = format!("write `kind = \"{}\"`, or correct the code", kind.word());
            self.report(given.span, message, help);
        }
        kind
    }

    fn is_repeated(&mut self, draft: &RowDraft, code: u16, seen: &mut Places) -> bool {
        let (Some(era), Some(source)) = (draft.era, &draft.source) else {
            return false;
        };
        let key = format!("{code} {} {source}", era.word());
        let Some(first) = seen.first(&key, draft.span) else {
            return false;
        };
        let message = format!("this row for {code} is given twice, with the same era and source");
        self.report(draft.span, message, "remove one of them")
            .related(first, "first given");
        true
    }
}

/// The way from a command back to itself, if there is one.
fn circle(commands: &[Command], start: usize) -> Option<Vec<String>> {
    let first = &commands.get(start)?.verb;
    let mut way = vec![first.clone()];
    let mut current = commands.get(start)?;
    while way.len() <= commands.len() {
        let from = &current.inherits.as_ref()?.from;
        way.push(from.clone());
        if from == first {
            return Some(way);
        }
        current = commands.iter().find(|command| command.verb == *from)?;
    }
    None
}
