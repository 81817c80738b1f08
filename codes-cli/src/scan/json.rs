//! The table as JSON.

use std::io;

use codes_core::Deviation;
use serde::{Serialize, Serializer};

use super::moment::Moment;
use super::report::{FailedAt, Part, Report, Told};
use super::tally::Outcomes;
use crate::visible;

#[derive(Serialize)]
struct Table<'a> {
    files: u64,
    octets: u64,
    lines: u64,
    messages: u64,
    no_bounces: u64,
    whole: u64,
    with_something: u64,
    first: Option<String>,
    last: Option<String>,
    assumed_years: Option<[i16; 2]>,
    interrupted: bool,
    failures: u64,
    faults: Faults<'a>,
    passed_over: u64,
    without_time: u64,
    bounds: Bounds,
    parts: Vec<TablePart<'a>>,
}

/// What reached the bounds of the memory; all are 0 where nothing did.
#[derive(Serialize)]
struct Bounds {
    cut_lines: u64,
    cut_messages: u64,
    without_row: u64,
}

/// Lines, or messages, that this program failed to read.
#[derive(Serialize)]
struct Faults<'a> {
    count: u64,
    /// Where they are, of many the first ones.
    first: &'a [FailedAt],
}

#[derive(Serialize)]
struct TablePart<'a> {
    part: &'static str,
    count: u64,
    rows: Vec<Row<'a>>,
    other_causes: u64,
    others: u64,
}

#[derive(Serialize)]
struct Row<'a> {
    code: Option<u16>,
    enhanced: Option<&'a str>,
    command: Option<&'static str>,
    direction: Option<&'static str>,
    origin: Option<&'static str>,
    no_reply: Option<&'static str>,
    system: Option<&'static str>,
    internal: bool,
    lmtp: bool,
    deviations: &'static [&'static str],
    class: Option<&'static str>,
    title: &'a str,
    meaning: &'a str,
    action: Option<&'static str>,
    scope: Option<&'static str>,
    actor: Option<&'static str>,
    certainty: Option<&'static str>,
    to_do: &'a str,
    who: &'a str,
    count: u64,
    #[serde(serialize_with = "by_word")]
    outcomes: Outcomes,
    first: Option<String>,
    last: Option<String>,
    hosts: Vec<Host<'a>>,
    distinct_hosts: Option<usize>,
    sample: &'a str,
}

#[derive(Serialize)]
struct Host<'a> {
    host: &'a str,
    count: u64,
}

pub(super) fn write(report: &Report) -> io::Result<String> {
    let mut text = serde_json::to_string_pretty(&Table::of(report))?;
    text.push('\n');
    Ok(visible::json(&text))
}

impl<'a> Table<'a> {
    fn of(report: &'a Report) -> Self {
        let Report { inputs, totals, .. } = report;
        Self {
            files: inputs.files,
            octets: totals.octets,
            lines: totals.lines,
            messages: totals.messages,
            no_bounces: totals.no_bounces,
            whole: totals.whole,
            with_something: totals.with_something,
            first: iso(totals.first),
            last: iso(totals.last),
            assumed_years: totals.years.map(|(first, last)| [first, last]),
            interrupted: report.is_interrupted,
            failures: inputs.failures,
            faults: Faults {
                count: report.faults,
                first: &report.failed,
            },
            passed_over: inputs.passed_over,
            without_time: totals.without_time,
            bounds: Bounds {
                cut_lines: inputs.cuts.lines,
                cut_messages: inputs.cuts.messages,
                without_row: report.beyond,
            },
            parts: report.parts.iter().map(TablePart::of).collect(),
        }
    }
}

impl<'a> TablePart<'a> {
    fn of(part: &'a Part) -> Self {
        Self {
            part: part.section.word(),
            count: part.count,
            rows: part.rows.iter().map(Row::of).collect(),
            other_causes: part.other_causes,
            others: part.others,
        }
    }
}

impl<'a> Row<'a> {
    fn of(told: &'a Told) -> Self {
        let hosts = told.hosts.iter();
        Self {
            code: told.code,
            enhanced: told.enhanced.as_deref(),
            command: told.command,
            direction: told.direction,
            origin: told.origin,
            no_reply: told.no_reply,
            system: told.system,
            internal: told.is_internal,
            lmtp: told.is_lmtp,
            deviations: match told.is_glued {
                true => const { &[Deviation::NoSeparator.as_str()] },
                false => &[],
            },
            class: told.class,
            title: &told.title,
            meaning: &told.meaning,
            action: told.action,
            scope: told.scope,
            actor: told.actor,
            certainty: told.certainty,
            to_do: &told.to_do,
            who: &told.who,
            count: told.count,
            outcomes: told.outcomes,
            first: iso(told.first),
            last: iso(told.last),
            hosts: hosts
                .map(|(host, count)| Host {
                    host,
                    count: *count,
                })
                .collect(),
            distinct_hosts: told.distinct_hosts,
            sample: &told.sample,
        }
    }
}

fn iso(moment: Option<Moment>) -> Option<String> {
    moment.map(|moment| format!("{moment:#}"))
}

fn by_word<S: Serializer>(outcomes: &Outcomes, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(outcomes.iter())
}
