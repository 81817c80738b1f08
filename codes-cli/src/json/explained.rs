//! Replies with what they mean together, and what to do.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use codes_core::{CodeInfo, EnumeratedInfo, ReplyCode, Retry, Scope};
use serde::{Serialize, Serializer};

use super::pretty;
use crate::mail::{Mail, MailKind, PartKind};
use crate::reply::combination::{Combination, Neighbour, ToDo};
use crate::reply::record::Record;
use crate::reply::sheet::Sheet;
use crate::reply::told::Told;
use crate::visible;

/// What to do after a reply, as the library has it.
#[derive(Serialize)]
pub(super) struct Advice {
    action: &'static str,
    then: Vec<&'static str>,
    scope: Option<&'static str>,
    next_actor: &'static str,
    connection: &'static str,
    fate: &'static str,
    may_bounce: bool,
    may_retry: bool,
    ends_session: bool,
    basis: &'static str,
    certainty: &'static str,
    caveats: Vec<&'static str>,
    why: &'static str,
    source: &'static str,
}

/// The same in sentences, also where there is no reply code.
#[derive(Serialize)]
pub(super) struct Words {
    steps: String,
    who: Option<String>,
    about: Option<String>,
    why: String,
    certainty: String,
}

#[derive(Serialize)]
struct Near {
    code: u16,
    name: Option<&'static str>,
    remark: &'static str,
    choose: Option<&'static str>,
}

/// What is common to a combination and to a reply that was found.
#[derive(Serialize)]
struct Meaning {
    name: Option<&'static str>,
    enhanced_title: Option<&'static str>,
    meaning: String,
    advice: Option<Advice>,
    to_do: Option<Words>,
    here: Option<String>,
    fix: Option<&'static str>,
    done: Option<String>,
    contradictions: Vec<String>,
    neighbours: Vec<Near>,
}

#[derive(Serialize)]
struct Together {
    code: Option<u16>,
    enhanced: Option<String>,
    command: Option<&'static str>,
    class: Option<&'static str>,
    #[serde(flatten)]
    meaning: Meaning,
    text: String,
}

/// All that was found in a text. The replies are made while they are written, as they may be many.
#[derive(Serialize)]
#[serde(bound = "")]
pub(crate) struct Answer<'a, R: Iterator<Item = (usize, Told<'a>)>> {
    pub(crate) source: &'a str,
    /// Whether the end of the text was left out.
    pub(crate) cut: bool,
    pub(crate) messages: Vec<Message>,
    pub(crate) count: usize,
    pub(crate) kinds: Vec<Kind>,
    /// Each with the place of its kind.
    #[serde(serialize_with = "each")]
    pub(crate) replies: Cell<Option<R>>,
}

/// What equal replies mean.
#[derive(Serialize)]
pub(crate) struct Kind {
    count: usize,
    code: Option<u16>,
    enhanced: Option<String>,
    command: Option<&'static str>,
    #[serde(flatten)]
    meaning: Meaning,
}

/// A message that the text is, or one of several.
#[derive(Serialize)]
pub(crate) struct Message {
    pub(crate) kind: &'static str,
    pub(crate) date: Option<String>,
}

#[derive(Serialize)]
struct Reply<'a> {
    kind: usize,
    #[serde(flatten)]
    record: Record<'a>,
    words: String,
    place: Place,
    /// The same reply in another part of the message.
    again: Option<Place>,
}

/// Where each part stands, as octets of the text.
#[derive(Serialize)]
struct Place {
    /// Which message of several, from 0.
    message: Option<usize>,
    /// The part of a message that the text is, decoded.
    part: Option<&'static str>,
    reply: [usize; 2],
    code: Option<[usize; 2]>,
    enhanced: Option<[usize; 2]>,
    command: Option<[usize; 2]>,
    host: Option<[usize; 2]>,
    outcome: Option<[usize; 2]>,
}

/// A combination, with the text that a terminal shows.
pub(crate) fn combination(parts: Combination, sheet: &Sheet, text: String) -> io::Result<String> {
    let class = parts.code.map(|code| code.class().as_str());
    pretty(&Together {
        code: parts.code.map(ReplyCode::get),
        enhanced: parts.enhanced.map(|code| code.to_string()),
        command: parts.command.map(|command| command.name()),
        class,
        meaning: Meaning::of(parts, sheet),
        text,
    })
}

/// Writes the replies of a text.
pub(crate) fn explained<'a>(
    answer: &Answer<'a, impl Iterator<Item = (usize, Told<'a>)>>,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let mut out = visible::Json(out);
    serde_json::to_writer_pretty(&mut out, answer)?;
    out.write_all(b"\n")
}

fn each<'a, S: Serializer>(
    replies: &Cell<Option<impl Iterator<Item = (usize, Told<'a>)>>>,
    to: S,
) -> Result<S::Ok, S::Error> {
    let replies = replies.take().into_iter().flatten();
    to.collect_seq(replies.map(|(kind, told)| Reply::of(kind, &told)))
}

impl Kind {
    pub(crate) fn of(told: &Told<'_>, count: usize) -> Result<Self, fmt::Error> {
        let parts = told.combination();
        Ok(Self {
            count,
            code: parts.code.map(ReplyCode::get),
            enhanced: parts.enhanced.map(|code| code.to_string()),
            command: parts.command.map(|command| command.name()),
            meaning: Meaning::of(parts, &told.sheet()?),
        })
    }
}

impl<'a> Reply<'a> {
    fn of(kind: usize, told: &Told<'a>) -> Self {
        let mut record = Record::of(&told.reply);
        record.enhanced = told.enhanced();
        if let Some(again) = &told.again {
            let advice = told.situation().map(|situation| situation.advice());
            record.complete(&Record::of(&again.reply), advice.as_ref());
        }
        Self {
            kind,
            place: Place::of(told),
            again: told.again.as_deref().map(Place::of),
            record,
            words: told.reply.words().to_string(),
        }
    }
}

impl Message {
    pub(crate) fn of(mail: &Mail) -> Self {
        Self {
            kind: match mail.kind {
                MailKind::Report => "report",
                MailKind::Notice => "notice",
                MailKind::Other => "other",
                MailKind::Whole => "whole",
            },
            date: mail.date.clone(),
        }
    }
}

impl Place {
    fn of(told: &Told<'_>) -> Self {
        let place = |at: Option<Range<usize>>| at.map(|at| [at.start, at.end]);
        let found = &told.reply;
        Self {
            message: told.message,
            part: told.part.map(PartKind::as_str),
            reply: [found.at().start, found.at().end],
            code: place(found.code_at()),
            enhanced: place(found.enhanced_at()),
            command: place(found.command_at()),
            host: place(found.host_at()),
            outcome: place(found.outcome_at()),
        }
    }
}

impl Meaning {
    fn of(parts: Combination, sheet: &Sheet) -> Self {
        let detail = parts.enhanced.and_then(|code| code.info().detail());
        Self {
            name: parts.code.and_then(ReplyCode::info).map(CodeInfo::name),
            enhanced_title: detail.and_then(EnumeratedInfo::title),
            meaning: sheet.meaning.clone(),
            advice: sheet.advice.as_ref().map(Advice::of),
            to_do: sheet.to_do.as_ref().map(Words::of),
            here: sheet.here.clone(),
            fix: sheet.fix,
            done: sheet.done.clone(),
            contradictions: sheet.odd.clone(),
            neighbours: sheet.neighbours.iter().map(Near::of).collect(),
        }
    }
}

impl Advice {
    pub(super) fn of(advice: &codes_core::Advice) -> Self {
        Self {
            action: advice.action().as_str(),
            then: advice.then().iter().copied().map(Retry::as_str).collect(),
            scope: advice.scope().map(Scope::as_str),
            next_actor: advice.next_actor().as_str(),
            connection: advice.connection().as_str(),
            fate: advice.fate().as_str(),
            may_bounce: advice.may_bounce(),
            may_retry: advice.may_retry(),
            ends_session: advice.ends_session(),
            basis: advice.basis().as_str(),
            certainty: advice.certainty().as_str(),
            caveats: advice
                .caveats()
                .iter()
                .map(|caveat| caveat.as_str())
                .collect(),
            why: advice.why(),
            source: advice.source(),
        }
    }
}

impl Words {
    pub(super) fn of(to_do: &ToDo) -> Self {
        Self {
            steps: to_do.steps.clone(),
            who: to_do.who.clone(),
            about: to_do.about.clone(),
            why: to_do.why.clone(),
            certainty: to_do.sure.clone(),
        }
    }
}

impl Near {
    fn of(other: &Neighbour) -> Self {
        Self {
            code: other.code.get(),
            name: other.code.info().map(CodeInfo::name),
            remark: other.remark,
            choose: other.choose,
        }
    }
}
