//! What a data file becomes once it is read: plain types, no TOML in sight.
//!
//! A model is always fit to be expanded. Where an entry had mistakes, its bad parts hold harmless
//! stand-ins, so that code which uses the entry does not fail a second time for the same mistake.

pub use crate::vocabulary::{
    __is_in_grammar, Category, Certainty, Circumstance, Class, CommandKind, Connection, NextActor,
    Retry, Scope, Standing,
};
pub use crate::word::Word;

/// Everything that one data file says.
#[derive(Default)]
pub struct Model {
    /// Ordered by number, every number once.
    pub replies: Vec<Reply>,
    /// In the order of the file, every verb once.
    pub commands: Vec<Command>,
    /// Ordered by their two numbers, every pair once; the lower number comes first.
    pub pairs: Vec<Pair>,
    /// Classes, then subjects, then details, each ordered by number, every code once.
    pub enhanced: Vec<Enhanced>,
    /// In the order of the file, in which the first that fits decides.
    pub advice: Vec<Advice>,
}

impl Model {
    /// The reply of this number.
    pub fn reply(&self, code: u16) -> Option<&Reply> {
        self.replies.iter().find(|reply| reply.code == code)
    }

    /// The command of this verb.
    pub fn command(&self, verb: &str) -> Option<&Command> {
        self.commands.iter().find(|command| command.verb == verb)
    }

    /// The codes that share a pair with this one, in ascending order.
    pub fn see_also(&self, code: u16) -> Vec<u16> {
        let mut others = Vec::new();
        // The pairs are in such an order that the lower ones come first.
        for pair in &self.pairs {
            if code == pair.high {
                others.push(pair.low);
            } else if code == pair.low {
                others.push(pair.high);
            }
        }
        others
    }

    /// The details of enhanced codes that name a reply code, in ascending order.
    pub fn enhanced_of(&self, code: u16) -> Vec<&Enhanced> {
        let all = self.enhanced.iter();
        all.filter(|enhanced| enhanced.names(code)).collect()
    }
}

/// One `[[reply]]`.
pub struct Reply {
    /// Three digits.
    pub code: u16,
    /// In words, `Start Mail Input`.
    pub name: String,
    /// The name as a constant, `START_MAIL_INPUT`; none where the name was refused.
    pub ident: Option<String>,
    /// The words of the RFC for it.
    pub phrase: Option<String>,
    /// Its place among the standards.
    pub standing: Standing,
    /// The extensions that give it a meaning.
    pub extensions: Vec<String>,
    /// The documents that define it.
    pub specs: Vec<String>,
    /// What the server says by it.
    pub description: String,
    /// At which point of a session one meets it.
    pub when: String,
    /// What to do about it.
    pub fix: String,
    /// What happens to the connection.
    pub connection: Connection,
    /// Who has to act.
    pub next_actor: NextActor,
    /// Whether and how to try again.
    pub retry: Retry,
    /// The replies of the next step.
    pub followed_by: Vec<u16>,
    /// What it is about, wherever it comes.
    pub scope: Option<Scope>,
    /// Whether the text is the base64 of a login.
    pub is_challenge: bool,
    /// What to use instead.
    pub deprecated: Option<String>,
}

/// One `[[command]]`: a command, another point of a session, or a group of commands.
pub struct Command {
    /// `DATA`, `DATA-BODY`, `ANY except QUIT after STARTTLS`.
    pub verb: String,
    /// What it is.
    pub kind: CommandKind,
    /// How a sentence names the point, `at the opening of the connection`; none for a plain command.
    pub moment: Option<String>,
    /// Where it is defined.
    pub spec: Option<String>,
    /// Verbs of the points that may follow a positive reply.
    pub next: Vec<String>,
    /// For a group that means all commands: the ones it does not mean.
    pub except: Option<Vec<String>>,
    /// Whether a comparison names the point only where two codes share nothing else.
    pub aside: bool,
    /// The point whose replies may be given here too, and the source of that rule.
    pub inherits: Option<Inherits>,
    /// Codes that the general rules of the protocol allow here, without a row of their own.
    pub generally: Vec<u16>,
    /// What a refusal here is about.
    pub scope: Scope,
    /// Whether the message is complete with it.
    pub ends_message: bool,
    /// Whether it carries a part of the message, of which the last one counts.
    pub is_chunk: bool,
    /// Whether a session, or its encryption, begins with a positive reply to it.
    pub begins_session: bool,
    /// Whether it takes parameters that a sender may do without.
    pub has_parameters: bool,
    /// What it may be answered with.
    pub replies: Vec<Row>,
}

impl Command {
    /// A point of which nothing else is known.
    pub fn new(verb: String, kind: CommandKind) -> Self {
        Self {
            verb,
            kind,
            moment: None,
            spec: None,
            next: Vec::new(),
            except: None,
            aside: false,
            inherits: None,
            generally: Vec::new(),
            scope: Scope::Command,
            ends_message: false,
            is_chunk: false,
            begins_session: false,
            has_parameters: false,
            replies: Vec::new(),
        }
    }

    /// Whether it is the group of all commands.
    pub fn is_every_command(&self) -> bool {
        self.except.as_ref().is_some_and(Vec::is_empty)
    }

    /// Whether a row of its own names the code.
    pub fn has_row(&self, code: u16) -> bool {
        self.replies.iter().any(|row| row.code == code)
    }
}

/// `inherits = { from = "DATA-BODY", source = "RFC 3030 2" }`.
pub struct Inherits {
    /// The verb of the other point.
    pub from: String,
    /// Where the rule is.
    pub source: String,
}

/// One row of a command's `replies`.
#[derive(Clone)]
pub struct Row {
    /// The code of the reply.
    pub code: u16,
    /// Which standard, or practice, says that it may come here.
    pub standing: Standing,
    /// Where that is said.
    pub source: String,
    /// Whether the code may also come where no command is answered.
    pub unasked: bool,
    /// The points that may follow this very reply, where they differ from the command's.
    pub next: Option<Vec<String>>,
}

/// One `[[pair]]`.
pub struct Pair {
    /// The lower number.
    pub low: u16,
    /// The higher number.
    pub high: u16,
    /// How the two differ.
    pub remark: String,
    /// Which of the two applies.
    pub choose: String,
    /// Where that is said.
    pub source: Option<String>,
}

/// One `[[enhanced]]`.
pub struct Enhanced {
    /// Its code.
    pub part: Part,
    /// None for a deprecated detail that the registry gives none.
    pub title: Option<String>,
    /// The constant of a detail, `MAILBOX_FULL`; none without title and name, or where it was refused.
    pub ident: Option<String>,
    /// What it says.
    pub meaning: String,
    /// Where it is defined.
    pub reference: String,
    /// The digits of the classes that it is meant for; all three unless the file says less.
    pub classes: Vec<u8>,
    /// The reply codes that it goes with.
    pub basic: BasicCodes,
    /// In ascending order.
    pub seen: Vec<u16>,
    /// What to use instead.
    pub deprecated: Option<String>,
}

impl Enhanced {
    /// Whether a reply code is in one of its two lists.
    fn names(&self, code: u16) -> bool {
        let listed = matches!(&self.basic, BasicCodes::Listed(codes) if codes.contains(&code));
        listed || self.seen.contains(&code)
    }
}

/// What an `[[enhanced]]` is about. The order is that of the registry's three tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `5.X.Y`
    Class(u8),
    /// `X.1.Y`
    Subject(u16),
    /// `X.1.1`
    Detail(u16, u16),
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Class(class) => write!(f, "{class}.X.Y"),
            Self::Subject(subject) => write!(f, "X.{subject}.Y"),
            Self::Detail(subject, detail) => write!(f, "X.{subject}.{detail}"),
        }
    }
}

/// The registry's column of associated reply codes.
pub enum BasicCodes {
    /// It names none.
    NotGiven,
    /// It goes with all.
    Any,
    /// All codes of one class, `5XX`.
    Class(u8),
    /// In ascending order.
    Listed(Vec<u16>),
}

/// One `[[advice]]`. What is `None` or empty is left to the code's own facts.
pub struct Advice {
    /// The codes that it is for.
    pub codes: Vec<u16>,
    /// First digits, all of whose codes it is for.
    pub classes: Vec<u16>,
    /// Codes of these classes that it is not for.
    pub except: Vec<u16>,
    /// The points of a session that it is for; none for all.
    pub at: Vec<String>,
    /// Subjects and details that it is for, `None` for a reply that has no enhanced code; empty for
    /// all.
    pub enhanced: Vec<Option<Part>>,
    /// What else has to be the case.
    pub given: Option<Circumstance>,
    /// What to do.
    pub action: Option<Retry>,
    /// What to do in turn where that did not help.
    pub then: Vec<Retry>,
    /// What the reply is about.
    pub scope: Option<Scope>,
    /// Who has to act.
    pub next_actor: Option<NextActor>,
    /// What happens to the connection.
    pub connection: Option<Connection>,
    /// Which fact decides.
    pub why: String,
    /// How sure it is.
    pub certainty: Certainty,
    /// Where it is said.
    pub source: String,
}

/// What a table of private codes may refer to in the table that it adds to.
pub struct Base {
    /// Its reply codes.
    pub codes: Vec<u16>,
    /// Its points of a session, without what they are answered with.
    pub commands: Vec<Command>,
}
