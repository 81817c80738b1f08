//! What was counted, by cause.

use std::collections::HashMap;
use std::sync::Arc;

use codes_core::{Class, Command, Deviation, EnhancedClass, EnhancedCode, ReplyCode, Situation};
use codes_text::log::{MailSystem, NoReply};
use codes_text::{Direction, Found, Host, Origin, Outcome};
use foldhash::fast::RandomState;

use super::blocks::InputName;
use super::hosts::{Hosts, Room};
use super::moment::Moment;
use crate::fault::Fault;
use crate::limit;

/// So many causes are told apart by each thread; a log of years has some hundreds.
const ROOM: usize = 1024;
/// What is kept of a line.
const SAMPLE: usize = limit(600, 60);
/// Of that, what may stand before the reply.
const BEFORE: usize = limit(300, 30);
/// So many places are told at which this program failed: enough for a report of the fault.
const FAILED: usize = 20;

/// Why something was counted: what one row is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Cause {
    Reply(Said),
    /// A delivery that failed, and no server said why.
    NoReply {
        why: NoReply,
        is_internal: bool,
    },
    /// Something was done, and the line has no reply: a message whose time in the queue was over.
    Silent {
        outcome: Outcome,
        is_internal: bool,
    },
    /// A refusal of this system of which its log has no code.
    Unlogged(Unlogged),
    /// A reply of which no code could be read.
    Unread(Option<MailSystem>),
    /// Something that this program failed to read.
    Fault,
}

/// A reply, as far as it makes a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Said {
    pub(super) code: Option<ReplyCode>,
    pub(super) enhanced: Option<EnhancedCode>,
    pub(super) command: Option<Command>,
    pub(super) direction: Option<Direction>,
    pub(super) origin: Origin,
    pub(super) disagrees: bool,
    pub(super) is_lmtp: bool,
    pub(super) is_internal: bool,
    /// Whether its words are glued to its code, so that it is rather no reply.
    pub(super) is_glued: bool,
    /// The code of its last line, where the lines differ.
    pub(super) last: Option<ReplyCode>,
}

/// What a log tells of a refusal in place of its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Unlogged {
    pub(super) class: Class,
    pub(super) command: Option<Command>,
    pub(super) system: Option<MailSystem>,
    pub(super) is_internal: bool,
}

impl Said {
    pub(super) fn of(found: &Found<'_>, is_internal: bool) -> Self {
        // A status field is no reply that went one way.
        let is_said = found.origin() != Origin::Summary;
        let has = |deviation| found.deviations().contains(deviation);
        Self {
            code: found.code(),
            // What succeeded is told by what was said.
            enhanced: match found.code().map(ReplyCode::class) {
                Some(Class::PositiveCompletion) => found.enhanced().or(found.summary()),
                _ => found.summary().or(found.enhanced()),
            },
            command: found.command(),
            direction: found.direction().filter(|_| is_said),
            origin: found.origin(),
            disagrees: found.disagrees(),
            is_lmtp: found.is_lmtp(),
            is_internal,
            is_glued: has(Deviation::NoSeparator),
            last: found.last_code().filter(|_| has(Deviation::CodesDiffer)),
        }
    }

    pub(super) fn situation(&self) -> Option<Situation> {
        let code = self.code?;
        let situation = Situation::new(code);
        Some(
            situation
                .enhanced(self.enhanced)
                .at(self.command)
                .lmtp(self.is_lmtp)
                .no_separator(self.is_glued)
                .lines_disagree(self.last.is_some())
                .last_line(self.last.unwrap_or(code)),
        )
    }

    /// That of the code, or else of the enhanced one.
    pub(super) fn class(&self) -> Option<Class> {
        let of_enhanced = |code: EnhancedCode| match code.class() {
            EnhancedClass::Success => Class::PositiveCompletion,
            EnhancedClass::Transient => Class::TransientNegative,
            EnhancedClass::Permanent => Class::PermanentNegative,
        };
        let class = self.code.map(ReplyCode::class);
        class.or_else(|| self.enhanced.map(of_enhanced))
    }

    fn is_success(&self) -> bool {
        matches!(
            self.class(),
            Some(Class::PositiveCompletion | Class::PositiveIntermediate)
        )
    }
}

/// The parts of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Section {
    Received,
    Given,
    Undirected,
    Summary,
    NoReply,
    Repeated,
    Withheld,
    Disagreeing,
    Unread,
    Success,
}

impl Section {
    /// In the order in which they are shown.
    pub(super) const ALL: [Self; 10] = [
        Self::Received,
        Self::Given,
        Self::Undirected,
        Self::Summary,
        Self::NoReply,
        Self::Repeated,
        Self::Withheld,
        Self::Disagreeing,
        Self::Unread,
        Self::Success,
    ];
}

impl Cause {
    pub(super) fn section(&self) -> Section {
        let said = match self {
            Self::Reply(said) => said,
            Self::NoReply { .. } => return Section::NoReply,
            Self::Silent { outcome, .. } if *outcome == Outcome::Sent => return Section::Success,
            Self::Silent { .. } => return Section::NoReply,
            Self::Unlogged(_) => return Section::Given,
            Self::Unread(_) | Self::Fault => return Section::Unread,
        };
        match (said.origin, said.direction) {
            _ if said.disagrees => Section::Disagreeing,
            (Origin::Withheld, _) => Section::Withheld,
            (Origin::Repeated, _) => Section::Repeated,
            _ if said.is_success() => Section::Success,
            (Origin::Summary, _) => Section::Summary,
            (_, Some(Direction::Received)) => Section::Received,
            (_, Some(Direction::Given)) => Section::Given,
            (_, None) => Section::Undirected,
        }
    }

    pub(super) const fn is_internal(&self) -> bool {
        match self {
            Self::Reply(said) => said.is_internal,
            Self::NoReply { is_internal, .. } | Self::Silent { is_internal, .. } => *is_internal,
            Self::Unlogged(unlogged) => unlogged.is_internal,
            Self::Unread(_) | Self::Fault => false,
        }
    }
}

/// How often each outcome was met, and none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Outcomes([u64; 7]);

impl Outcomes {
    /// In the order in which they are shown.
    const ALL: [Outcome; 6] = [
        Outcome::Sent,
        Outcome::Deferred,
        Outcome::Bounced,
        Outcome::Expired,
        Outcome::Rejected,
        Outcome::Discarded,
    ];
    /// For those of which it is not known.
    pub(super) const UNKNOWN: &'static str = "unknown";

    /// The words of all, in the order of their counts.
    pub(super) fn words() -> impl Iterator<Item = &'static str> {
        let known = Self::ALL.iter().map(|outcome| outcome.as_str());
        known.chain([Self::UNKNOWN])
    }

    fn add(&mut self, outcome: Option<Outcome>) {
        let place = Self::ALL.iter().position(|it| Some(*it) == outcome);
        // An outcome that this program is too old for is not known either.
        self.0[place.unwrap_or(Self::ALL.len())] += 1;
    }

    /// The counts in that order.
    pub(super) const fn counts(&self) -> [u64; 7] {
        self.0
    }

    /// The counts with their words.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> {
        Self::words().zip(self.0)
    }

    /// Those that were met, without what is not known.
    pub(super) fn known(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let known = self.iter().take(Self::ALL.len());
        known.filter(|(_, count)| *count > 0)
    }
}

/// A row of the table.
#[derive(Debug, Clone)]
pub(super) struct Row {
    pub(super) cause: Cause,
    pub(super) count: u64,
    pub(super) outcomes: Outcomes,
    pub(super) first: Option<Moment>,
    pub(super) last: Option<Moment>,
    pub(super) hosts: Hosts,
    pub(super) sample: Sample,
}

/// The latest line; of lines of the same second the least, so that it does not depend on the order
/// in which threads come to them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sample {
    time: Option<Moment>,
    pub(super) line: Vec<u8>,
    /// Where the reply begins in it.
    pub(super) at: usize,
    /// Whether something was cut from its ends.
    pub(super) is_cut: [bool; 2],
}

impl Sample {
    fn of(seen: &Seen<'_>) -> (usize, usize) {
        let start = if seen.line.len() <= SAMPLE {
            0
        } else {
            seen.at.saturating_sub(BEFORE).min(seen.line.len() - SAMPLE)
        };
        (start, seen.line.len().min(start + SAMPLE))
    }

    fn offer(&mut self, seen: &Seen<'_>) {
        let (start, end) = Self::of(seen);
        let line = &seen.line[start..end];
        let is_better = self.line.is_empty()
            || seen.time > self.time
            || seen.time == self.time && line < self.line.as_slice();
        if is_better {
            self.time = seen.time;
            self.line.clear();
            self.line.extend_from_slice(line);
            self.at = seen.at.saturating_sub(start).min(line.len());
            self.is_cut = [start > 0, end < seen.line.len()];
        }
    }

    fn merge(&mut self, other: Self) {
        if other.time > self.time || other.time == self.time && other.line < self.line {
            *self = other;
        }
    }
}

/// One thing to count.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen<'a> {
    pub(super) time: Option<Moment>,
    pub(super) outcome: Option<Outcome>,
    pub(super) host: Option<Host<'a>>,
    pub(super) line: &'a [u8],
    /// Where in the line.
    pub(super) at: usize,
}

/// What does not depend on a cause.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Totals {
    /// Unpacked.
    pub(super) octets: u64,
    pub(super) lines: u64,
    pub(super) messages: u64,
    /// Messages that are no bounces; their texts are not searched.
    pub(super) no_bounces: u64,
    /// Messages that cannot be taken apart; they are searched as they stand.
    pub(super) whole: u64,
    /// Lines and messages in which something was found.
    pub(super) with_something: u64,
    /// Of these, those that say no time although one was asked for.
    pub(super) without_time: u64,
    pub(super) first: Option<Moment>,
    pub(super) last: Option<Moment>,
    /// The years that were assumed.
    pub(super) years: Option<(i16, i16)>,
}

/// A line, or message, that this program failed to read.
#[derive(Debug, Clone)]
pub(super) struct Failed {
    pub(super) input: Arc<InputName>,
    /// From 1; of a message the first one.
    pub(super) line: u64,
    pub(super) fault: Fault,
}

/// All that was counted.
#[derive(Debug)]
pub(super) struct Tally {
    rows: Vec<Row>,
    index: HashMap<Cause, usize, RandomState>,
    room: Room,
    pub(super) totals: Totals,
    /// What was counted without a row, as there were too many causes, by section.
    pub(super) beyond: [u64; Section::ALL.len()],
    /// How often this program failed, and where it did at first.
    pub(super) faults: u64,
    pub(super) failed: Vec<Failed>,
}

impl Tally {
    /// An empty one of so many that count at the same time.
    pub(super) fn of_one_in(threads: usize) -> Self {
        Self {
            rows: Vec::new(),
            index: HashMap::default(),
            room: Room::of_one_in(threads),
            totals: Totals::default(),
            beyond: [0; Section::ALL.len()],
            faults: 0,
            failed: Vec::new(),
        }
    }

    /// Counts what this program failed to read.
    pub(super) fn fail(&mut self, failed: Failed, seen: &Seen<'_>) {
        self.faults += 1;
        if self.failed.len() < FAILED {
            self.failed.push(failed);
        }
        self.add(Cause::Fault, seen);
    }

    pub(super) fn add(&mut self, cause: Cause, seen: &Seen<'_>) {
        let place = match self.index.get(&cause) {
            Some(place) => *place,
            None if self.rows.len() < ROOM => self.open(Row {
                cause,
                count: 0,
                outcomes: Outcomes::default(),
                first: None,
                last: None,
                hosts: Hosts::default(),
                sample: Sample::default(),
            }),
            None => {
                self.beyond[cause.section() as usize] += 1;
                return;
            }
        };
        let row = &mut self.rows[place];
        row.count += 1;
        row.outcomes.add(seen.outcome);
        widen(&mut row.first, &mut row.last, seen.time, seen.time);
        if let Some(host) = seen.host {
            row.hosts.add(host, &mut self.room);
        }
        row.sample.offer(seen);
    }

    fn open(&mut self, row: Row) -> usize {
        let place = self.rows.len();
        self.index.insert(row.cause, place);
        self.rows.push(row);
        place
    }

    pub(super) fn merge(&mut self, other: Self) {
        for row in other.rows {
            let Some(place) = self.index.get(&row.cause) else {
                self.open(row);
                continue;
            };
            let mine = &mut self.rows[*place];
            mine.count += row.count;
            for (mine, more) in mine.outcomes.0.iter_mut().zip(row.outcomes.0) {
                *mine += more;
            }
            widen(&mut mine.first, &mut mine.last, row.first, row.last);
            mine.hosts.merge(row.hosts, &mut self.room);
            mine.sample.merge(row.sample);
        }
        for (mine, more) in self.beyond.iter_mut().zip(other.beyond) {
            *mine += more;
        }
        self.faults += other.faults;
        self.failed.extend(other.failed);
        let place = |failed: &Failed| (failed.input.number, failed.line);
        self.failed.sort_by_key(place);
        self.failed.truncate(FAILED);
        self.totals.merge(&other.totals);
    }

    /// The rows of a section, the most frequent ones first.
    pub(super) fn section(&self, section: Section) -> Vec<&Row> {
        let rows = self.rows.iter();
        let mut rows: Vec<&Row> = rows.filter(|row| row.cause.section() == section).collect();
        rows.sort_by(|left, right| {
            let by_count = right.count.cmp(&left.count);
            by_count.then_with(|| order(&left.cause).cmp(&order(&right.cause)))
        });
        rows
    }
}

impl Totals {
    pub(super) fn saw(&mut self, time: Option<Moment>) {
        widen(&mut self.first, &mut self.last, time, time);
    }

    pub(super) fn assumed(&mut self, year: i16) {
        let (first, last) = self.years.unwrap_or((year, year));
        self.years = Some((first.min(year), last.max(year)));
    }

    fn merge(&mut self, other: &Self) {
        self.octets += other.octets;
        self.lines += other.lines;
        self.messages += other.messages;
        self.no_bounces += other.no_bounces;
        self.whole += other.whole;
        self.with_something += other.with_something;
        self.without_time += other.without_time;
        widen(&mut self.first, &mut self.last, other.first, other.last);
        if let Some((first, last)) = other.years {
            self.assumed(first);
            self.assumed(last);
        }
    }
}

fn widen(
    first: &mut Option<Moment>,
    last: &mut Option<Moment>,
    earlier: Option<Moment>,
    later: Option<Moment>,
) {
    if earlier.is_some() && (first.is_none() || earlier < *first) {
        *first = earlier;
    }
    if later > *last {
        *last = later;
    }
}

/// Among causes that are equally frequent.
fn order(cause: &Cause) -> String {
    format!("{cause:?}")
}
