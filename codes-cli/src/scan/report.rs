//! The table, ready to be written in any form.

use codes_core::{ReplyCode, Retry};
use codes_text::{Direction, Origin};

use super::feed::Inputs;
use super::hosts::HostName;
use super::moment::Moment;
use super::redact::Mask;
use super::tally::{Cause, Outcomes, Row, Said, Section, Tally, Totals};
use super::words::failure;
use crate::visible::visible;

/// Hosts of a row.
const HOSTS: usize = 5;

/// Everything there is to say.
#[derive(Debug)]
pub(super) struct Report {
    pub(super) inputs: Inputs,
    pub(super) totals: Totals,
    pub(super) is_interrupted: bool,
    /// Causes that got no row while counting, as there were too many.
    pub(super) beyond: u64,
    pub(super) parts: Vec<Part>,
}

/// A part of the table that has rows.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) section: Section,
    pub(super) count: u64,
    pub(super) lines: Vec<Line>,
    /// What has no line: causes, and how often they were met.
    pub(super) others: (u64, u64),
}

/// A row in words.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) code: Option<u16>,
    pub(super) enhanced: Option<String>,
    pub(super) command: Option<&'static str>,
    pub(super) direction: Option<&'static str>,
    pub(super) origin: Option<&'static str>,
    pub(super) no_reply: Option<&'static str>,
    pub(super) is_internal: bool,
    pub(super) title: String,
    pub(super) meaning: String,
    pub(super) steps: String,
    pub(super) who: String,
    pub(super) action: Option<&'static str>,
    pub(super) actor: Option<&'static str>,
    pub(super) scope: Option<&'static str>,
    pub(super) count: u64,
    pub(super) outcomes: Outcomes,
    pub(super) first: Option<Moment>,
    pub(super) last: Option<Moment>,
    pub(super) hosts: Vec<(String, u64)>,
    /// `None` where there were too many to count.
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
    ) -> Self {
        let parts = Section::ALL.into_iter().filter_map(|section| {
            let rows = tally.section(section);
            let beyond = tally.beyond[section as usize];
            let sum = |rows: &[&Row]| rows.iter().map(|row| row.count).sum::<u64>();
            let (shown, rest) = rows.split_at(rows.len().min(top));
            let count = sum(&rows) + beyond;
            (count > 0).then(|| Part {
                section,
                count,
                lines: shown.iter().map(|row| Line::of(row, mask)).collect(),
                others: (rest.len() as u64, sum(rest) + beyond),
            })
        });
        Self {
            inputs,
            totals: tally.totals,
            is_interrupted,
            beyond: tally.beyond.iter().sum(),
            parts: parts.collect(),
        }
    }

    /// What was not done as one could expect, in sentences.
    pub(super) fn notes(&self) -> Vec<String> {
        Vec::new()
    }
}

impl Line {
    fn of(row: &Row, mask: &mut Option<Mask>) -> Self {
        let hosts = row.hosts.top(HOSTS).into_iter();
        let hosts = hosts.map(|(host, count)| (name(&host, mask), count));
        let hosts: Vec<_> = hosts.collect();
        let (before, behind) = row.sample.line.split_at(row.sample.at);
        let mut shown = [before, behind].map(|part| match mask {
            Some(mask) => mask.line(part, false),
            None => visible(part),
        });
        let [starts_late, ends_early] = row.sample.is_cut;
        if starts_late {
            shown[0].insert(0, '…');
        }
        if ends_early {
            shown[1].push('…');
        }
        let mut line = Self {
            code: None,
            enhanced: None,
            command: None,
            direction: None,
            origin: None,
            no_reply: None,
            is_internal: row.cause.is_internal(),
            title: String::new(),
            meaning: String::new(),
            steps: String::new(),
            who: String::new(),
            action: None,
            actor: None,
            scope: None,
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
            Cause::Reply(said) => line.explain(said),
            Cause::NoReply { why, .. } => {
                let failure = failure(*why);
                line.no_reply = Some(failure.word);
                line.title = failure.title.to_owned();
                line.steps = failure.steps.to_owned();
                line.who = failure.who.to_owned();
            }
            Cause::Unread(system) => {
                line.title = match system {
                    Some(system) => format!("{system:?}"),
                    None => "Unknown system".to_owned(),
                };
            }
        }
        line
    }

    fn explain(&mut self, said: &Said) {
        self.code = said.code.map(ReplyCode::get);
        self.enhanced = said.enhanced.map(|code| code.to_string());
        self.command = said.command.map(|command| command.name());
        self.direction = said.direction.map(|direction| match direction {
            Direction::Received => "received",
            Direction::Given => "given",
        });
        self.origin = match said.origin {
            Origin::Said => Some("said"),
            Origin::Summary => Some("summary"),
            Origin::Repeated => Some("repeated"),
            Origin::Withheld => Some("withheld"),
            _ => None,
        };
        let detail = said
            .enhanced
            .filter(|enhanced| said.code.is_none_or(|code| enhanced.agrees_with(code)))
            .and_then(|enhanced| enhanced.info().detail());
        let info = said.code.and_then(ReplyCode::info);
        self.title = match (detail.and_then(|detail| detail.title()), info) {
            (Some(title), _) => title.to_owned(),
            (None, Some(info)) => info.name().to_owned(),
            (None, None) => "Unknown".to_owned(),
        };
        if let Some(advice) = said.situation().map(|situation| situation.advice()) {
            self.action = Some(advice.action().as_str());
            self.actor = Some(advice.next_actor().as_str());
            self.scope = advice.scope().map(|scope| scope.as_str());
            self.steps = advice.action().to_string();
            self.who = advice.next_actor().to_string();
            let _ = Retry::ALL;
        }
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
