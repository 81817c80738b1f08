//! The JSON form, on which other programs rely: keys, their order and the spelling of the values.

mod answers;
mod explained;

use std::io;

use codes_core::{
    Class, CodeInfo, CommandReply, Comparison, Difference, Follows, ReplyCode, Side, Subject,
};
use serde::Serialize;

use crate::visible;

pub(crate) use answers::{command, enhanced, enumerated, group};
pub(crate) use explained::{Answer, Kind, Message, combination, explained};

#[derive(Serialize)]
struct Code {
    code: u16,
    name: Option<&'static str>,
    phrase: Option<&'static str>,
    class: &'static str,
    category: &'static str,
    standing: Option<&'static str>,
    extensions: &'static [&'static str],
    specs: &'static [&'static str],
    commands: Vec<Row>,
    description: Option<&'static str>,
    when: Option<&'static str>,
    fix: Option<&'static str>,
    connection: Option<&'static str>,
    next_actor: Option<&'static str>,
    retry: Option<&'static str>,
    followed_by: Vec<u16>,
    enhanced: Vec<String>,
    see_also: Vec<u16>,
}

#[derive(Serialize)]
struct Row {
    command: &'static str,
    kind: &'static str,
    standing: &'static str,
    source: &'static str,
}

#[derive(Serialize)]
struct Pair {
    left: Code,
    right: Code,
    relation: &'static str,
    meet_at: Vec<String>,
    follows: Option<&'static str>,
    differences: Vec<Fact>,
    remark: Option<&'static str>,
    choose: Option<&'static str>,
    text: String,
}

#[derive(Serialize)]
struct Fact {
    aspect: &'static str,
    left: Value,
    right: Value,
}

/// A fact as the object of a code has it, commands by their names.
#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Word(&'static str),
    Words(Vec<&'static str>),
    Numbers(Vec<u16>),
    /// For a kind of fact that this program is too old for.
    Unknown,
}

/// One code, also one that no table has.
pub(crate) fn code(subject: Subject) -> io::Result<String> {
    pretty(&Code::of(subject))
}

/// The codes of a list.
pub(crate) fn codes(codes: &[&'static CodeInfo]) -> io::Result<String> {
    let codes = codes.iter().map(|&info| Code::of(info.into()));
    pretty(&codes.collect::<Vec<_>>())
}

/// A comparison, with the text that a terminal shows.
pub(crate) fn comparison(both: &Comparison, text: String) -> io::Result<String> {
    pretty(&Pair {
        left: Code::of(both.left()),
        right: Code::of(both.right()),
        relation: both.relation().as_str(),
        meet_at: both.meet_at().map(|point| point.to_string()).collect(),
        follows: match both.follows() {
            Follows::Neither => None,
            follows => Some(follows.as_str()),
        },
        differences: both.differences().map(|fact| Fact::of(&fact)).collect(),
        remark: both.remark(),
        choose: both.choose(),
        text,
    })
}

impl Code {
    fn of(subject: Subject) -> Self {
        let code = subject.code();
        let info = subject.info();
        Self {
            code: code.get(),
            name: info.map(CodeInfo::name),
            phrase: info.and_then(CodeInfo::phrase),
            class: code.class().as_str(),
            category: code.category().as_str(),
            standing: info.map(|info| info.standing().as_str()),
            extensions: info.map(CodeInfo::extensions).unwrap_or_default(),
            specs: info.map(CodeInfo::specs).unwrap_or_default(),
            commands: info.map_or_else(Vec::new, |info| {
                let rows = info.commands().iter();
                rows.map(|row| Row::of(row, info.code())).collect()
            }),
            description: info.map(CodeInfo::description),
            when: info.map(CodeInfo::when),
            fix: info.map(CodeInfo::fix),
            connection: info.map(|info| info.connection().as_str()),
            next_actor: info.map(|info| info.next_actor().as_str()),
            retry: info.map(|info| info.retry().as_str()),
            followed_by: numbers(info.map(CodeInfo::followed_by).unwrap_or_default()),
            enhanced: info.map_or_else(Vec::new, |info| {
                info.enhanced().iter().map(ToString::to_string).collect()
            }),
            see_also: numbers(info.map(CodeInfo::see_also).unwrap_or_default()),
        }
    }
}

/// What a code means for the command that it answers: what its first digit says, in the words that programs have
/// read here from the beginning.
fn kind(code: ReplyCode) -> &'static str {
    match code.class() {
        Class::PositiveCompletion => "success",
        Class::PositiveIntermediate => "intermediate",
        _ => "error",
    }
}

impl Row {
    fn of(row: &CommandReply, code: ReplyCode) -> Self {
        Self {
            command: row.command().name(),
            kind: kind(code),
            standing: row.standing().as_str(),
            source: row.source(),
        }
    }
}

impl Fact {
    fn of(fact: &Difference) -> Self {
        Self {
            aspect: fact.aspect().as_str(),
            left: Value::of(fact.left()),
            right: Value::of(fact.right()),
        }
    }
}

impl Value {
    fn of(side: Side) -> Self {
        match side {
            Side::Class(class) => Self::Word(class.as_str()),
            Side::Category(category) => Self::Word(category.as_str()),
            Side::Commands(points) => {
                Self::Words(points.iter().map(|point| point.name()).collect())
            }
            Side::Connection(connection) => Self::Word(connection.as_str()),
            Side::NextActor(actor) => Self::Word(actor.as_str()),
            Side::Retry(retry) => Self::Word(retry.as_str()),
            Side::FollowedBy(codes) => Self::Numbers(numbers(codes)),
            Side::Standing(standing) => Self::Word(standing.as_str()),
            Side::Extensions(extensions) => Self::Words(extensions.to_vec()),
            _ => Self::Unknown,
        }
    }
}

fn numbers(codes: &[ReplyCode]) -> Vec<u16> {
    codes.iter().map(|code| code.get()).collect()
}

fn pretty(value: &impl Serialize) -> io::Result<String> {
    let mut text = visible::json(&serde_json::to_string_pretty(value)?);
    text.push('\n');
    Ok(text)
}
