//! The replies of a text, equal ones together.

use std::collections::HashMap;
use std::fmt;

use codes_core::{Class, Command, Deviations, EnhancedClass, EnhancedCode, ReplyCode};
use codes_text::{Direction, Found, Origin, Outcome};

use crate::reply::evidence::{self, Names};
use crate::reply::sheet::Sheet;
use crate::reply::told::Told;
use crate::visible::shortened;
use crate::words::times;

/// So much of the words of a success is shown.
const SHORT: usize = 60;

/// What equal replies have in common.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    codes: (Option<ReplyCode>, Option<EnhancedCode>),
    command: Option<Command>,
    direction: Option<Direction>,
    origin: Origin,
    outcome: Option<Outcome>,
    is_lmtp: bool,
    deviations: Deviations,
    also: Vec<(Option<ReplyCode>, Option<EnhancedCode>)>,
}

/// Equal replies.
#[derive(Debug)]
pub(crate) struct Group<'a> {
    pub(crate) first: Told<'a>,
    pub(crate) count: usize,
    pub(crate) hosts: Names,
    pub(crate) recipients: Names,
}

/// All replies of a text.
#[derive(Debug)]
pub(crate) struct Groups<'a> {
    groups: Vec<Group<'a>>,
    places: HashMap<Key, usize>,
    pub(crate) count: usize,
}

impl<'a> Groups<'a> {
    pub(crate) fn of(replies: impl Iterator<Item = Told<'a>>) -> Self {
        let mut groups = Self {
            groups: Vec::new(),
            places: HashMap::new(),
            count: 0,
        };
        for told in replies {
            groups.add(told);
        }
        groups
    }

    fn add(&mut self, told: Told<'a>) {
        self.count += 1;
        let next = self.groups.len();
        let place = *self.places.entry(Key::of(&told)).or_insert(next);
        let names = (
            told.telling(Found::host)
                .map(|(host, _)| evidence::host(&host)),
            told.telling(Found::recipient)
                .map(|(name, _)| shortened(name, SHORT)),
        );
        if place == next {
            self.groups.push(Group {
                first: told,
                count: 0,
                hosts: Names::default(),
                recipients: Names::default(),
            });
        }
        let group = &mut self.groups[place];
        group.count += 1;
        group.hosts.add(names.0);
        group.recipients.add(names.1);
    }

    /// The place of the group of a reply, which is one of those that the groups are made of.
    pub(crate) fn place(&self, told: &Told<'_>) -> usize {
        self.places.get(&Key::of(told)).copied().unwrap_or_default()
    }

    pub(crate) fn each(&self) -> impl Iterator<Item = &Group<'a>> {
        self.groups.iter()
    }
}

impl Key {
    fn of(told: &Told<'_>) -> Self {
        let codes = |found: &Found<'_>| (found.code(), found.summary().or(found.enhanced()));
        let reply = &told.reply;
        Self {
            codes: codes(reply),
            command: told.command(),
            direction: reply.direction(),
            origin: reply.origin(),
            outcome: reply.outcome(),
            is_lmtp: reply.is_lmtp(),
            deviations: reply.deviations(),
            also: told.also.iter().map(codes).collect(),
        }
    }
}

impl Group<'_> {
    /// Whether nothing went wrong.
    pub(crate) fn is_success(&self) -> bool {
        let reply = &self.first.reply;
        let is_positive = match (reply.code(), reply.enhanced()) {
            (Some(code), _) => matches!(
                code.class(),
                Class::PositiveCompletion | Class::PositiveIntermediate
            ),
            (None, Some(code)) => code.class() == EnhancedClass::Success,
            (None, None) => false,
        };
        is_positive && self.first.also.is_empty() && reply.deviations().is_empty()
    }

    /// `550 5.1.1`
    pub(crate) fn codes(&self) -> String {
        evidence::codes(&self.first.reply)
    }

    /// For one of many: the codes, and what follows from them in a few words.
    pub(crate) fn line(&self) -> (String, String) {
        let reply = &self.first.reply;
        let mut text = String::new();
        if let Some(command) = self.first.command() {
            text.push_str(&format!("{}, ", command.moment()));
        }
        text.push_str(&times(self.count));
        if !reply.text().is_empty() {
            text.push_str(&format!(": \"{}\"", evidence::words(reply, SHORT)));
        }
        (self.codes(), text)
    }

    /// The page about it.
    pub(crate) fn sheet(&self) -> Result<Sheet, fmt::Error> {
        let mut sheet = self.first.sheet()?;
        sheet.count = self.count;
        sheet.read_from =
            evidence::read_from(&self.first, self.count, &self.hosts, &self.recipients);
        Ok(sheet)
    }
}
