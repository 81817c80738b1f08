//! The table, ready to be written in any form.

use std::fmt;

use codes_core::{Class, Deviation, NextActor, ReplyCode};
use codes_text::Direction;
use codes_text::log::MailSystem;
use serde::Serialize;

use super::duty::Duty;
use super::feed::Inputs;
use super::hosts::HostName;
use super::moment::Moment;
use super::redact::{Mask, without_first_word, without_last_word};
use super::tally::{Cause, Failed, Outcomes, Row, Said, Section, Tally, Totals, Unlogged};
use super::words::{self, counted, failure, number};
use crate::fault::kept;
use crate::reply::combination::Combination;
use crate::visible::visible;

/// Hosts of a row.
const HOSTS: usize = 5;
/// What to do where no code can be read.
const UNREAD: &str = "Read the sample; what it announces is no reply code.";
/// What to do where this program failed.
const FAULT: &str =
    "Report it to the makers of smtp-codes with the line: the fault is theirs, not the log's.";
/// A line of which a sample cannot be shown.
const UNSHOWN: &str = "(it cannot be shown)";

/// Everything there is to say.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) inputs: Inputs,
    pub(super) totals: Totals,
    pub(super) is_interrupted: bool,
    /// What was counted without a row, as there were too many causes.
    pub(super) beyond: u64,
    pub(super) parts: Vec<Part>,
    /// How many lines, or messages, this program failed to read.
    pub(super) faults: u64,
    /// Where the first of them are.
    pub(super) failed: Vec<FailedAt>,
}

/// A line, or message, that this program failed to read.
#[derive(Debug, Serialize)]
pub(super) struct FailedAt {
    pub(super) file: String,
    pub(super) line: u64,
    pub(super) error: String,
}

/// A part of the table that has rows.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) section: Section,
    pub(super) count: u64,
    pub(super) rows: Vec<Told>,
    /// Causes that have no row here, as far as they were told apart.
    pub(super) other_causes: u64,
    /// How often they were met.
    pub(super) others: u64,
}

/// A row in words.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) code: Option<u16>,
    pub(super) enhanced: Option<String>,
    pub(super) command: Option<&'static str>,
    pub(super) direction: Option<&'static str>,
    pub(super) origin: Option<&'static str>,
    pub(super) class: Option<&'static str>,
    pub(super) no_reply: Option<&'static str>,
    pub(super) system: Option<&'static str>,
    pub(super) is_internal: bool,
    pub(super) is_lmtp: bool,
    /// Whether nothing stands between the code and its words.
    pub(super) is_glued: bool,
    /// Where in a session, for a table.
    pub(super) place: &'static str,
    /// The same in a sentence.
    pub(super) moment: String,
    pub(super) title: String,
    pub(super) duty: Duty,
    pub(super) meaning: String,
    pub(super) to_do: String,
    pub(super) who: String,
    pub(super) action: Option<&'static str>,
    pub(super) actor: Option<&'static str>,
    pub(super) scope: Option<&'static str>,
    pub(super) certainty: Option<&'static str>,
    pub(super) count: u64,
    pub(super) outcomes: Outcomes,
    pub(super) first: Option<Moment>,
    pub(super) last: Option<Moment>,
    pub(super) hosts: Vec<(String, u64)>,
    /// `None` where there were too many to count; the counts of the others are then too small.
    pub(super) distinct_hosts: Option<usize>,
    pub(super) sample: String,
    /// Where in it the reply begins.
    pub(super) sample_at: usize,
}

impl Report {
    pub(super) fn of(
        tally: &Tally,
        inputs: Inputs,
        is_interrupted: bool,
        top: usize,
        mask: &mut Option<Mask>,
    ) -> Result<Self, fmt::Error> {
        let mut parts = Vec::new();
        for section in Section::ALL {
            let rows = tally.section(section);
            let beyond = tally.beyond[section as usize];
            let sum = |rows: &[&Row]| rows.iter().map(|row| row.count).sum::<u64>();
            let (shown, rest) = rows.split_at(rows.len().min(top));
            let count = sum(&rows) + beyond;
            if count > 0 {
                let told = shown.iter().map(|row| Told::of(row, mask));
                parts.push(Part {
                    section,
                    count,
                    rows: told.collect::<Result<_, _>>()?,
                    other_causes: rest.len() as u64,
                    others: sum(rest) + beyond,
                });
            }
        }
        Ok(Self {
            inputs,
            totals: tally.totals,
            is_interrupted,
            beyond: tally.beyond.iter().sum(),
            parts,
            faults: tally.faults,
            failed: tally
                .failed
                .iter()
                .map(|it| FailedAt::of(it, mask))
                .collect(),
        })
    }

    /// What was not done as one could expect, in sentences.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        for FailedAt { file, line, error } in &self.failed {
            notes.push(format!("{file}, line {line}, is not read: {error}"));
        }
        let more = self.faults - self.failed.len() as u64;
        if more > 0 {
            notes.push(format!("{} more are not read", number(more)));
        }
        if self.is_interrupted {
            notes.push("interrupted; this is what was read before that".to_owned());
        }
        let cuts = self.inputs.cuts;
        if cuts.lines > 0 {
            let lines = counted(cuts.lines, "line was", "lines were");
            notes.push(format!("{lines} too long to be searched in one piece"));
        }
        if cuts.messages > 0 {
            let messages = counted(cuts.messages, "message", "messages");
            notes.push(format!("of {messages} only the first 16 MiB were searched"));
        }
        if self.beyond > 0 {
            notes.push(format!(
                "too many causes to tell them all apart; {} under others",
                counted(self.beyond, "case is", "cases are")
            ));
        }
        if self.totals.without_time > 0 {
            notes.push(format!(
                "{} without a time left out, as only a span of time was asked for",
                counted(self.totals.without_time, "line", "lines")
            ));
        }
        if self.totals.no_bounces > 0 {
            let messages = counted(self.totals.no_bounces, "message is", "messages are");
            notes.push(format!("{messages} no bounce and not searched"));
        }
        if self.totals.whole > 0 {
            let messages = counted(self.totals.whole, "message", "messages");
            notes.push(format!(
                "{messages} cannot be taken apart; the whole text was searched"
            ));
        }
        if self.inputs.passed_over > 0 {
            notes.push(format!(
                "{} in folders passed over, as no text was in them",
                counted(self.inputs.passed_over, "file", "files")
            ));
        }
        notes
    }
}

impl FailedAt {
    fn of(failed: &Failed, mask: &mut Option<Mask>) -> Self {
        let Failed { input, line, fault } = failed;
        let (file, error) = match mask {
            Some(mask) => (mask.piece(input.name.as_bytes(), false), fault.place()),
            None => (input.name.clone(), fault.to_string()),
        };
        Self {
            file,
            line: *line,
            error,
        }
    }
}

impl Told {
    fn of(row: &Row, mask: &mut Option<Mask>) -> Result<Self, fmt::Error> {
        let mut hosts = Vec::new();
        for (host, count) in row.hosts.top(HOSTS) {
            hosts.push((name(&host, mask), count));
        }
        let [starts_late, ends_early] = row.sample.is_cut;
        let (before, behind) = row.sample.line.split_at(row.sample.at);
        let mut parts = [before, behind.trim_ascii_end()];
        if mask.is_some() && starts_late {
            parts[0] = without_first_word(parts[0]);
        }
        if mask.is_some() && ends_early {
            parts[1] = without_last_word(parts[1]);
        }
        let [before, behind] = parts;
        let mut shown = [
            (before, !starts_late),
            (behind, before.is_empty() && !starts_late),
        ]
        .map(|(part, begins)| match mask {
            Some(mask) => kept(|| mask.piece(part, begins)).unwrap_or_else(|_| UNSHOWN.to_owned()),
            None => visible(part),
        });
        if starts_late {
            shown[0].insert(0, '…');
        }
        if ends_early {
            shown[1].push('…');
        }
        let told = Self {
            code: None,
            enhanced: None,
            command: None,
            direction: None,
            origin: None,
            class: None,
            no_reply: None,
            system: None,
            is_internal: row.cause.is_internal(),
            is_lmtp: false,
            is_glued: false,
            place: "",
            moment: String::new(),
            title: String::new(),
            duty: Duty::default(),
            meaning: String::new(),
            to_do: String::new(),
            who: String::new(),
            action: None,
            actor: None,
            scope: None,
            certainty: None,
            count: row.count,
            outcomes: row.outcomes,
            first: row.first,
            last: row.last,
            hosts,
            distinct_hosts: row.hosts.distinct(),
            sample_at: shown[0].len(),
            sample: shown.concat(),
        };
        match &row.cause {
            Cause::Reply(said) => told.reply(said),
            Cause::NoReply { why, .. } => {
                let failure = failure(*why);
                Ok(Self {
                    no_reply: Some(why.as_str()),
                    title: failure.title.to_owned(),
                    duty: Duty::told(failure.to_do, failure.actor, Direction::Received),
                    to_do: failure.to_do.to_owned(),
                    who: failure.who().to_owned(),
                    ..told
                })
            }
            Cause::Silent { outcome, .. } => {
                let silent = words::silent(*outcome);
                Ok(Self {
                    title: silent.title.to_owned(),
                    duty: Duty::told(silent.to_do, silent.actor, Direction::Received),
                    to_do: silent.to_do.to_owned(),
                    who: silent.who().to_owned(),
                    ..told
                })
            }
            Cause::Unlogged(unlogged) => Ok(told.unlogged(unlogged)),
            Cause::Fault => Ok(Self {
                title: "a fault of smtp-codes".to_owned(),
                duty: Duty::told(FAULT, NextActor::Nobody, Direction::Received),
                to_do: FAULT.to_owned(),
                ..told
            }),
            Cause::Unread(system) => Ok(Self {
                duty: Duty::told(UNREAD, NextActor::SenderAdmin, Direction::Received),
                system: system.map(MailSystem::as_str),
                title: system
                    .map(MailSystem::as_str)
                    .unwrap_or("a message or an unknown program")
                    .to_owned(),
                to_do: UNREAD.to_owned(),
                ..told
            }),
        }
    }

    /// What tells it from another one with the same codes; with the words for what stays within this
    /// machine.
    pub(super) fn mark(&self, internal: &str) -> String {
        let glued = Deviation::NoSeparator.as_str();
        let marks = [
            (self.is_lmtp, "LMTP"),
            (self.is_glued, glued),
            (self.is_internal, internal),
        ];
        let marks = marks.iter().filter(|(is_so, _)| *is_so);
        let marks: Vec<_> = marks.map(|(_, mark)| *mark).collect();
        match marks.is_empty() {
            true => String::new(),
            false => format!(" ({})", marks.join(", ")),
        }
    }

    fn unlogged(self, unlogged: &Unlogged) -> Self {
        let failure = words::unlogged(unlogged.class);
        let all = Combination {
            code: None,
            enhanced: None,
            command: unlogged.command,
        };
        Self {
            command: unlogged.command.map(|command| command.name()),
            direction: Some(Direction::Given.as_str()),
            class: Some(unlogged.class.as_str()),
            system: unlogged.system.map(MailSystem::as_str),
            place: unlogged.command.map_or("", words::place),
            moment: all.moment().unwrap_or_default(),
            title: failure.title.to_owned(),
            duty: Duty::told(failure.to_do, failure.actor, Direction::Given),
            to_do: failure.to_do.to_owned(),
            who: failure.who().to_owned(),
            actor: Some(failure.actor.as_str()),
            ..self
        }
    }

    fn reply(self, said: &Said) -> Result<Self, fmt::Error> {
        let all = Combination {
            code: said.code,
            enhanced: said.enhanced,
            command: said.command,
        };
        let advice = said.situation().map(|situation| situation.advice());
        let to_do = all.to_do(advice)?;
        let (to_do, who) = to_do.map_or_else(Default::default, |to_do| {
            (to_do.steps, to_do.who.unwrap_or_default())
        });
        Ok(Self {
            code: said.code.map(ReplyCode::get),
            enhanced: said.enhanced.map(|code| code.to_string()),
            command: said.command.map(|command| command.name()),
            direction: said.direction.map(Direction::as_str),
            origin: Some(said.origin.as_str()),
            is_lmtp: said.is_lmtp,
            is_glued: said.is_glued,
            class: said.class().map(Class::as_str),
            place: said.command.map_or("", words::place),
            moment: all.moment().unwrap_or_default(),
            title: title(said),
            duty: match (advice, said.enhanced) {
                (Some(advice), _) => Duty::of(&advice, said.direction),
                (None, Some(enhanced)) => match all.agreed(enhanced).first() {
                    Some(advice) => Duty::of(advice, said.direction),
                    None => Duty::by_class(enhanced, said.direction),
                },
                (None, None) => Duty::default(),
            },
            meaning: all.meaning(),
            to_do,
            who,
            action: advice.map(|advice| advice.action().as_str()),
            actor: advice.map(|advice| advice.next_actor().as_str()),
            scope: advice
                .and_then(|advice| advice.scope())
                .map(|scope| scope.as_str()),
            certainty: advice.map(|advice| advice.certainty().as_str()),
            ..self
        })
    }
}

/// What the codes are called: by the enhanced one where that says more.
fn title(said: &Said) -> String {
    let enhanced = said
        .enhanced
        .filter(|enhanced| said.code.is_none_or(|code| enhanced.agrees_with(code)));
    let info = enhanced.map(|enhanced| enhanced.info());
    // The detail 0 is for whatever has no other.
    let says_more = enhanced.is_some_and(|enhanced| enhanced.detail() != 0);
    let detail = info.as_ref().and_then(|info| info.detail()?.title());
    let code = said.code.and_then(ReplyCode::info);
    match (detail, code, info) {
        (Some(title), ..) if says_more => title.to_owned(),
        (_, Some(code), _) => code.name().to_owned(),
        (Some(title), None, _) => title.to_owned(),
        (None, None, Some(info)) => info.subject().unwrap_or(info.class()).title().to_owned(),
        (None, None, None) => "in no table".to_owned(),
    }
}

fn name(host: &HostName, mask: &mut Option<Mask>) -> String {
    match (host, mask) {
        (HostName::Name(name), Some(mask)) => mask.host(name),
        (HostName::Name(name), None) => visible(name),
        (HostName::Address(address), Some(mask)) => mask.address(*address),
        (HostName::Address(address), None) => address.to_string(),
    }
}
