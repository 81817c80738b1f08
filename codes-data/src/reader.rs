//! The reader of a file: what its entries may refer to, and what is said where one refers to nothing.

use crate::model::{Base, CommandKind};
use crate::problem::{At, Problem, Span};
use crate::text::{self, quote};

/// What could not be read or was refused, so that a reference to it is not a second mistake: as long as there is
/// such an entry, whatever refers to no other may have been meant for it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Lost {
    /// The code of a `[[reply]]`.
    pub(crate) a_code: bool,
    /// The verb of a `[[command]]`.
    pub(crate) a_verb: bool,
    /// The code of a row somewhere, or a whole list of rows.
    pub(crate) a_row: bool,
    /// What a `[[command]]` does in a session, or what its refusals are about.
    pub(crate) a_role: bool,
    /// The code of an `[[enhanced]]`.
    pub(crate) an_enhanced: bool,
}

impl Lost {
    /// An entry of which nothing is known, its kind included.
    pub(crate) const ENTRY: Self = Self {
        a_code: true,
        a_verb: true,
        a_row: true,
        a_role: true,
        an_enhanced: true,
    };
}

/// Reads a file, and keeps what was read so far and what is wrong with it.
pub(crate) struct Reader<'a> {
    pub(crate) text: &'a str,
    /// The table that a private one adds to.
    pub(crate) base: Option<&'a Base>,
    pub(crate) lost: Lost,
    /// By number.
    pub(crate) codes: [Code; 1000],
    /// In alphabetical order. No kind where the word for it was refused.
    verbs: Vec<(String, Option<CommandKind>)>,
    pub(crate) problems: Vec<Problem>,
}

/// What is known of a number of three digits.
#[derive(Clone, Copy, Default)]
pub(crate) struct Code {
    /// Where the file defines it first.
    pub(crate) defined: Option<Span>,
    pub(crate) is_standard: bool,
    /// Where it is said to be a challenge of a login.
    pub(crate) challenge: Option<Span>,
    /// Whether some command names it.
    pub(crate) is_named: bool,
    /// Whether its own next step is another command, fewer recipients or another host.
    pub(crate) asks_for_another_try: bool,
}

/// What a reference to a point of a session may name, and in words.
pub(crate) type Points = (&'static [CommandKind], &'static str);

pub(crate) const COMMANDS: Points = (&[CommandKind::Command], "commands");
pub(crate) const POINTS: Points = (
    &[CommandKind::Command, CommandKind::Event],
    "commands and events",
);

impl<'a> Reader<'a> {
    pub(crate) fn new(text: &'a str, base: Option<&'a Base>) -> Self {
        let mut reader = Self {
            text,
            base,
            lost: Lost::default(),
            codes: [Code::default(); 1000],
            verbs: Vec::new(),
            problems: Vec::new(),
        };
        if let Some(base) = base {
            for command in &base.commands {
                reader.add_verb(&command.verb, Some(command.kind));
            }
        }
        reader
    }

    pub(crate) fn report(
        &mut self,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Problem {
        self.problems.push_mut(Problem::new(span, message, help))
    }

    /// What the file has at a place, without quotes.
    pub(crate) fn written(&self, span: Span) -> &'a str {
        span.of(self.text).trim_matches(text::QUOTES)
    }

    /// Where the file defines a code first.
    pub(crate) fn defined(&self, code: u16) -> Option<Span> {
        self.codes[usize::from(code)].defined
    }

    pub(crate) fn is_in_base(&self, code: u16) -> bool {
        self.base.is_some_and(|base| base.codes.contains(&code))
    }

    /// The code that a number refers to; the person hears of it where there is none.
    pub(crate) fn code(&mut self, what: &str, number: At<i64>) -> Option<u16> {
        let At { value, span } = number;
        let code = text::reply_code(value);
        if let Some(code) = code
            && (self.defined(code).is_some() || self.is_in_base(code))
        {
            return Some(code);
        }
        if self.lost.a_code {
            return None;
        }
        let why = match (code, self.base) {
            (None, _) => "a reply code has three digits",
            (Some(_), None) => "no `[[reply]]` has this code",
            (Some(_), Some(_)) => "neither this file nor the table it adds to has this code",
        };
        let help = match code {
            None => "use a number from 100 to 999",
            Some(_) => "correct the number, or add an entry for it",
        };
        self.report(span, format!("{what} names {value}, but {why}"), help);
        None
    }

    pub(crate) fn codes(&mut self, what: &str, numbers: &[At<i64>]) -> Vec<u16> {
        let mut codes = Vec::new();
        for number in numbers {
            codes.extend(self.code(what, *number));
        }
        codes
    }

    /// Of two entries with one verb, one was meant to have another, which then is lost.
    pub(crate) fn add_verb(&mut self, verb: &str, kind: Option<CommandKind>) {
        let verbs = &mut self.verbs;
        let at = verbs.partition_point(|(known, _)| known.as_str() < verb);
        match verbs.get(at) {
            Some((known, _)) if known == verb => self.lost.a_verb = true,
            _ => verbs.insert(at, (verb.to_owned(), kind)),
        }
    }

    /// The kind of a verb that may be referred to.
    pub(crate) fn kind_of(&self, verb: &str) -> Option<Option<CommandKind>> {
        let known = self.verbs.iter().find(|(known, _)| known == verb);
        known.map(|(_, kind)| *kind)
    }

    /// The one group that private codes may answer to: every command.
    pub(crate) fn every_command(&self) -> Option<&str> {
        let mut commands = self.base?.commands.iter();
        let every = commands.find(|command| command.is_every_command());
        every.map(|command| command.verb.as_str())
    }

    /// Some verbs that private codes may answer to, as an example.
    pub(crate) fn some_verbs(&self) -> String {
        const MANY: usize = 6;
        let mut some = String::new();
        let mut count = 0;
        for command in self.base.map_or(&[][..], |base| &base.commands) {
            if command.kind == CommandKind::Command && count < MANY {
                some.push_str(&format!("`{}`, ", command.verb));
                count += 1;
            }
        }
        if count == MANY {
            some.push_str("…, ");
        }
        if let Some(every) = self.every_command() {
            some.push_str(&format!("`{every}`"));
        }
        some
    }

    /// Names the verb that was probably meant.
    pub(crate) fn near(&self, verb: &str, points: Points, other: &str) -> String {
        let mut verbs = Vec::new();
        for (verb, kind) in &self.verbs {
            if kind.is_none_or(|kind| points.0.contains(&kind))
                || self.every_command() == Some(verb)
            {
                verbs.push(verb.as_str());
            }
        }
        match text::nearest(verb, &verbs) {
            Some(near) => format!("did you mean `{near}`?"),
            None => other.to_owned(),
        }
    }

    /// Whether there is such a point; the person hears of it where there is none.
    pub(crate) fn point(&mut self, what: &str, verb: &At<String>, points: Points) -> bool {
        let shown = quote(&verb.value);
        let (kinds, names) = points;
        let (message, help) = match self.kind_of(&verb.value) {
            Some(Some(kind)) if !kinds.contains(&kind) => {
                let kind = match kind {
                    CommandKind::Event => "an event",
                    _ => "a group",
                };
                let message = format!("{what} names {shown}, which is {kind}");
                (message, format!("name {names} only"))
            }
            Some(_) => return true,
            None if self.lost.a_verb => return false,
            None => {
                let other = "correct the verb, or add an entry for it";
                let message = format!("{what} names {shown}, but no `[[command]]` has this verb");
                (message, self.near(&verb.value, points, other))
            }
        };
        self.report(verb.span, message, help);
        false
    }
}
