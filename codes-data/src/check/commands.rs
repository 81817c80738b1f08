//! The rules for commands, the points of a session, and their rows.

use super::places::Places;
use super::{Checker, Scope};
use crate::draft::{At, CommandDraft, InheritsDraft, RowDraft};
use crate::model::{Command, CommandKind, Era, Inherits, ReplyKind, Row};
use crate::problem::Problem;
use crate::text::{self, quote};
use std::ops::Range;

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
            let from = draft.inherits.as_ref();
            let from = from.map(|inherits| inherits.from.span.clone());
            let place = draft.verb.as_ref().map(|verb| verb.span.clone());
            if let Some(command) = self.command(draft, &mut given) {
                if commands.len() == MOST_COMMANDS {
                    let message =
                        format!("there are more than {MOST_COMMANDS} entries of `[[command]]`");
                    let help = "remove some, or widen `CommandSet` in codes-core";
                    self.problems
                        .push(Problem::new(place.unwrap_or_default(), message).help(help));
                    break;
                }
                commands.push(command);
                inheritances.push(from);
            }
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
            let message = "`moment` is for an event or a group";
            self.problems.push(
                Problem::new(key, message)
                    .help("remove it: a sentence names a command by its verb"),
            );
        }
        let command = Command {
            kind,
            moment: match kind {
                CommandKind::Command => None,
                _ => Some(draft.moment.unwrap_or_else(|| REFUSED_MOMENT.to_owned())),
            },
            spec: draft.spec,
            next: self.points("`next`", &draft.next, Points::CommandsAndEvents),
            // The one group that private codes may answer stands for all commands.
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
        let is_first = self.is_first(draft.verb?, kind, draft.verb_is_sound, given);
        (is_first && is_known).then_some(command)
    }

    /// Takes over the kind of one of our verbs, and refuses all others.
    fn private_verb(&mut self, draft: &mut CommandDraft) -> bool {
        let Some(verb) = &draft.verb else {
            return false;
        };
        match self.kind_of(&verb.value) {
            Some(Some(CommandKind::Group)) if verb.value != ANY => {
                draft.kind = None;
                let message = format!("`verb` is {}, a group of commands", quote(&verb.value));
                self.problems.push(
                    Problem::new(verb.span.clone(), message)
                        .help("name one command, or `ANY` for all of them"),
                );
                false
            }
            Some(kind) => {
                draft.kind = kind;
                true
            }
            None => {
                draft.kind = None;
                let message = format!("there is no command {}", quote(&verb.value));
                let near = text::nearest(&verb.value, &self.verbs_of(Points::CommandsAndEvents));
                let help = match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "private codes answer to commands that are known: `MAIL`, `RCPT`, \
                             `DATA`, `ANY`"
                        .to_owned(),
                };
                self.problems
                    .push(Problem::new(verb.span.clone(), message).help(help));
                false
            }
        }
    }

    /// The kind of a verb that may be referred to.
    fn kind_of(&self, verb: &str) -> Option<Option<CommandKind>> {
        let known = self.verbs.iter().find(|(known, _)| known == verb);
        known.map(|(_, kind)| *kind)
    }

    fn verbs_of(&self, points: Points) -> Vec<&str> {
        let mut verbs = Vec::new();
        for (verb, kind) in &self.verbs {
            if points.contain(*kind) || (self.base.is_some() && verb == ANY) {
                verbs.push(verb.as_str());
            }
        }
        verbs
    }

    fn is_first(
        &mut self,
        verb: At<String>,
        kind: CommandKind,
        is_sound: bool,
        given: &mut Vec<Given>,
    ) -> bool {
        let shown = quote(&verb.value);
        let is_typed = kind != CommandKind::Group && self.base.is_none();
        let type_name = match is_typed {
            true => text::type_name(&verb.value),
            false => String::new(),
        };
        let same_verb = given.iter().find(|other| other.verb.value == verb.value);
        let same_type = given
            .iter()
            .find(|other| is_typed && other.type_name == type_name);
        let problem = if let Some(first) = same_verb {
            let message = format!("the verb {shown} is given twice");
            Problem::new(verb.span, message)
                .related(first.verb.span.clone(), "first given")
                .help("put all its rows under one `[[command]]`")
        } else if is_typed && RESERVED_VERBS.contains(&verb.value.as_str()) {
            let message = format!("the verb {shown} gives the type {type_name}, which is taken");
            Problem::new(verb.span, message).help("use another verb")
        } else if let Some(first) = same_type {
            let message = format!(
                "the verb {shown} clashes with `{}`: both give the type {type_name}",
                first.verb.value
            );
            Problem::new(verb.span, message)
                .related(first.verb.span.clone(), "first given")
                .help("use another verb")
        } else {
            given.push(Given { verb, type_name });
            return true;
        };
        // A verb that was refused already needs no second message.
        if is_sound {
            self.problems.push(problem);
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
            if let Some(verb) = self.point(what, verb, points) {
                known.push(verb);
            }
        }
        known
    }

    /// The verb that a reference names; the person hears of it where there is none.
    fn point(&mut self, what: &str, verb: &At<String>, points: Points) -> Option<String> {
        let lost = self.lost.verbs.iter().find(|(lost, _)| *lost == verb.value);
        let name = match lost {
            Some((_, stand_in)) => stand_in.clone()?,
            None => verb.value.clone(),
        };
        let shown = quote(&verb.value);
        let problem = match self.kind_of(&name) {
            Some(kind) if points.contain(kind) => return Some(name),
            Some(kind) => {
                let kind = match kind {
                    Some(CommandKind::Event) => "an event",
                    _ => "a group",
                };
                let message = format!("{what} names {shown}, which is {kind}");
                Problem::new(verb.span.clone(), message).help(match points {
                    Points::Commands => "name commands only",
                    Points::CommandsAndEvents => "name commands and events only",
                })
            }
            None if self.lost.a_verb => return None,
            None => {
                let message = format!("{what} names {shown}, but no `[[command]]` has this verb");
                let near = text::nearest(&verb.value, &self.verbs_of(points));
                Problem::new(verb.span.clone(), message).help(match near {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "correct the verb, or add an entry for it".to_owned(),
                })
            }
        };
        self.problems.push(problem);
        None
    }

    fn except(
        &mut self,
        except: Option<At<Vec<At<String>>>>,
        kind: Option<CommandKind>,
    ) -> Option<Vec<String>> {
        let except = except?;
        let verbs = self.points("`except`", &except.value, Points::Commands);
        if let Some(CommandKind::Command | CommandKind::Event) = kind {
            self.problems.push(
                Problem::new(except.span, "`except` is for a group")
                    .help("remove it, or add `kind = \"group\"`"),
            );
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
            self.problems.push(
                Problem::new(from.span, message).help("name another command, or remove `inherits`"),
            );
            return None;
        }
        let from = self.point("`from`", &from, Points::CommandsAndEvents)?;
        Some(Inherits { from, source })
    }

    /// Who follows `inherits` from one command to the next has to come to an end.
    fn circles(&mut self, commands: &mut [Command], places: &[Option<Range<usize>>]) {
        for index in 0..commands.len() {
            let Some(way) = circle(commands, index) else {
                continue;
            };
            let span = places.get(index).cloned().flatten().unwrap_or_default();
            let message = format!("`inherits` runs in a circle: {}", way.join(" from "));
            self.problems
                .push(Problem::new(span, message).help("remove one of them"));
            commands[index].inherits = None;
        }
    }

    /// A code that a command names as its answer.
    fn answer(&mut self, what: &str, number: &At<i64>) -> Option<u16> {
        let scope = if self.base.is_some() {
            Scope::Own
        } else {
            Scope::All
        };
        let code = self.code(what, number, scope);
        match code {
            Some(code) => self.codes[usize::from(code)].is_named = true,
            None if self.misnamed.contains(&number.value) => {}
            None => self.misnamed.push(number.value),
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
            let Some(code) = self.answer("`generally`", number) else {
                continue;
            };
            codes.push(code);
            let span = number.span.clone();
            let has_it =
                |row: &&RowDraft| row.code.value == number.value && row.era != Some(Era::Historic);
            let row = rows.iter().find(has_it);
            let problem = if let Some(CommandKind::Event | CommandKind::Group) = kind {
                Problem::new(span, "`generally` is for a command")
                    .help("remove it: the general rules are about commands")
            } else if code / 10 != 50 {
                let message = format!("`generally` has {code}, which no general rule allows");
                Problem::new(span, message)
                    .help("remove it, and add a row for it to `replies` with its source")
            } else if let Some(row) = row {
                Problem::new(
                    span,
                    format!("`generally` has {code}, which has a row here"),
                )
                .related(row.span.clone(), "it is")
                .help("remove one of them")
            } else {
                continue;
            };
            self.problems.push(problem);
        }
        codes
    }

    fn rows(&mut self, drafts: Vec<RowDraft>, kind: Option<CommandKind>) -> Vec<Row> {
        let mut seen = Places::default();
        let mut rows = Vec::new();
        for draft in drafts {
            if let (Some(key), Some(CommandKind::Command | CommandKind::Event)) =
                (&draft.unasked, kind)
            {
                self.problems.push(
                    Problem::new(key.clone(), "`unasked` is for the rows of a group")
                        .help("remove it: a command is always asked"),
                );
            }
            let next = draft.next.as_ref();
            let next = next.map(|next| self.points("`next`", next, Points::CommandsAndEvents));
            let Some(code) = self.answer("this row", &draft.code) else {
                continue;
            };
            if self.is_repeated(&draft, code, &mut seen) {
                continue;
            }
            let kind = self.row_kind(&draft, code);
            rows.push(Row {
                code,
                kind,
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
        let (kind, word) = match code / 100 {
            2 => (ReplyKind::Success, "success"),
            3 => (ReplyKind::Intermediate, "intermediate"),
            _ => (ReplyKind::Error, "error"),
        };
        if let Some(given) = draft.kind.as_ref().filter(|given| given.value != kind) {
            let message = format!(
                "this `kind` does not fit {code}, which begins with {}",
                code / 100
            );
            self.problems.push(
                Problem::new(given.span.clone(), message)
                    .help(format!("write `kind = \"{word}\"`, or correct the code")),
            );
        }
        kind
    }

    fn is_repeated(&mut self, draft: &RowDraft, code: u16, seen: &mut Places) -> bool {
        let (Some(era), Some(source)) = (draft.era, &draft.source) else {
            return false;
        };
        let key = format!("{code} {} {source}", era.variant());
        let Some(first) = seen.first(&key, &draft.span) else {
            return false;
        };
        let message = format!("this row for {code} is given twice, with the same era and source");
        self.problems.push(
            Problem::new(draft.span.clone(), message)
                .related(first, "first given")
                .help("remove one of them"),
        );
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
