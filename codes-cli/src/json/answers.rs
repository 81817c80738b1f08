//! Enhanced codes, classes of codes, and commands.

use std::fmt;
use std::io;

use codes_core::{
    BasicCodes, Class, Command, EnhancedClass, EnhancedCode, EnumeratedCode, EnumeratedInfo,
    ReplyCode, SubCodeInfo,
};
use serde::Serialize;

use super::explained::Words;
use super::{kind, numbers, pretty};
use crate::answer;
use crate::question::Group;
use crate::reply::combination::Combination;

#[derive(Serialize)]
struct Enhanced {
    enhanced: String,
    registered: bool,
    title: Option<&'static str>,
    constant: Option<&'static str>,
    meaning: Option<&'static str>,
    class: Option<Part>,
    subject: Option<Part>,
    classes: Vec<&'static str>,
    reply_codes: Vec<u16>,
    registry_codes: Option<String>,
    seen_with: Vec<u16>,
    deprecated: Option<&'static str>,
    reference: Option<&'static str>,
    /// By class; one for a code with a class.
    to_do: Vec<ByClass>,
    neighbours: Vec<Titled>,
    text: String,
}

/// A class or a subject.
#[derive(Serialize)]
struct Part {
    code: &'static str,
    title: &'static str,
    meaning: &'static str,
}

#[derive(Serialize)]
struct ByClass {
    class: &'static str,
    #[serde(flatten)]
    words: Words,
}

#[derive(Serialize)]
struct Titled {
    enhanced: String,
    title: Option<&'static str>,
}

#[derive(Serialize)]
struct Members {
    group: String,
    class: Option<&'static str>,
    meaning: Option<&'static str>,
    duty: Option<&'static str>,
    codes: Vec<u16>,
    enhanced: Vec<Titled>,
    text: String,
}

#[derive(Serialize)]
struct Stage {
    command: &'static str,
    kind: &'static str,
    spec: Option<&'static str>,
    next: Vec<&'static str>,
    answers: Vec<Row>,
    text: String,
}

#[derive(Serialize)]
struct Row {
    code: u16,
    name: &'static str,
    kind: &'static str,
    /// Empty where a general rule for many commands allows it.
    standing: Vec<&'static str>,
}

/// `5.7.26`, with the text that a terminal shows.
pub(crate) fn enhanced(code: EnhancedCode, text: String) -> io::Result<String> {
    let class = code.class();
    let reply_codes = code.reply_codes().filter(|&basic| code.agrees_with(basic));
    let codes: Vec<_> = reply_codes.collect();
    let whole = Enhanced {
        enhanced: code.to_string(),
        class: Some(Part::of(class.info())),
        reply_codes: numbers(&codes),
        ..Enhanced::of(code.without_class(), &[class], text).map_err(io::Error::other)?
    };
    pretty(&whole)
}

/// `X.7.26`
pub(crate) fn enumerated(code: EnumeratedCode, text: String) -> io::Result<String> {
    let classes = code.info().map(EnumeratedInfo::classes).unwrap_or_default();
    pretty(&Enhanced::of(code, classes, text).map_err(io::Error::other)?)
}

/// `5yz`, `x5z`, `5.X.Y`, `X.7.Y`
pub(crate) fn group(group: Group, text: String) -> io::Result<String> {
    let digit = |class: EnhancedClass| u16::from(class.digit());
    let first = match group {
        Group::First(first) => Some(u16::from(first)),
        Group::Class(class) | Group::Subject(Some(class), _) => Some(digit(class)),
        Group::Second(_) | Group::Subject(None, _) => None,
    };
    let class = first
        .and_then(|first| ReplyCode::new(first * 100))
        .map(ReplyCode::class);
    let codes: Vec<_> = answer::group::members(group)
        .map(|info| info.code())
        .collect();
    let enhanced = match group {
        Group::Subject(class, subject) => answer::group::details(class, subject)
            .map(|code| Titled {
                enhanced: class.map_or_else(
                    || code.to_string(),
                    |class| code.with_class(class).to_string(),
                ),
                title: code.info().and_then(EnumeratedInfo::title),
            })
            .collect(),
        _ => Vec::new(),
    };
    pretty(&Members {
        group: group.to_string(),
        class: class.map(Class::as_str),
        meaning: class.map(answer::group::meaning),
        duty: class.map(answer::group::duty),
        codes: numbers(&codes),
        enhanced,
        text,
    })
}

/// A command with all that it may be answered.
pub(crate) fn command(command: Command, text: String) -> io::Result<String> {
    let answers = answer::command::answers(command)
        .into_iter()
        .map(|row| Row {
            code: row.info.code().get(),
            name: row.info.name(),
            kind: kind(row.info.code()),
            standing: row.standing.iter().map(|word| word.as_str()).collect(),
        });
    pretty(&Stage {
        command: command.name(),
        kind: command.kind().as_str(),
        spec: command.spec(),
        next: command.next().iter().map(|next| next.name()).collect(),
        answers: answers.collect(),
        text,
    })
}

impl Enhanced {
    fn of(
        code: EnumeratedCode,
        classes: &[EnhancedClass],
        text: String,
    ) -> Result<Self, fmt::Error> {
        let info = code.info();
        let mut to_do = Vec::new();
        for &class in classes {
            let alone = Combination {
                enhanced: Some(code.with_class(class)),
                ..Combination::default()
            };
            if let Some(words) = alone.to_do(None)? {
                to_do.push(ByClass {
                    class: class.as_str(),
                    words: Words::of(&words),
                });
            }
        }
        let name = |code: EnumeratedCode| match classes {
            [class] => code.with_class(*class).to_string(),
            _ => code.to_string(),
        };
        let near = answer::enhanced::near(code)
            .into_iter()
            .map(|other| Titled {
                enhanced: name(other.code()),
                title: other.title(),
            });
        let basic = info.map_or(BasicCodes::NotGiven, EnumeratedInfo::basic_codes);
        let (reply_codes, registry_codes) = match basic {
            BasicCodes::Listed(codes) => (numbers(codes), None),
            BasicCodes::Any => (Vec::new(), Some("any".to_owned())),
            BasicCodes::Class(class) => (Vec::new(), Some(format!("{}yz", class.digit()))),
            _ => (Vec::new(), None),
        };
        let seen = info.map(EnumeratedInfo::seen_with).unwrap_or_default();
        Ok(Self {
            enhanced: code.to_string(),
            registered: info.is_some(),
            title: info.and_then(EnumeratedInfo::title),
            constant: info.and_then(EnumeratedInfo::constant),
            meaning: info.map(EnumeratedInfo::meaning),
            class: None,
            subject: code.subject_info().map(Part::of),
            classes: info
                .map(EnumeratedInfo::classes)
                .unwrap_or_default()
                .iter()
                .map(|class| class.as_str())
                .collect(),
            reply_codes,
            registry_codes,
            seen_with: numbers(seen),
            deprecated: info.and_then(EnumeratedInfo::deprecated),
            reference: info.map(EnumeratedInfo::reference),
            to_do,
            neighbours: near.collect(),
            text,
        })
    }
}

impl Part {
    const fn of(info: &'static SubCodeInfo) -> Self {
        Self {
            code: info.code(),
            title: info.title(),
            meaning: info.meaning(),
        }
    }
}
