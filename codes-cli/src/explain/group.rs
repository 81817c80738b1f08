//! The replies of a text, equal ones together.

use std::collections::HashMap;
use std::fmt;

use codes_core::{Class, Command, EnhancedClass, EnhancedCode, ReplyCode};
use codes_text::{Direction, Found, Origin, Outcome};

use crate::evidence::{self, Names};
use crate::sheet::Sheet;
use crate::told::Told;
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
    pub(crate) count: usize,
}

impl<'a> Groups<'a> {
    pub(crate) fn of(replies: impl Iterator<Item = Told<'a>>) -> Self {
        let mut groups = Self {
            groups: Vec::new(),
            count: 0,
        };
        let mut places = HashMap::new();
        for told in replies {
            groups.add(told, &mut places);
        }
        groups
    }

    fn add(&mut self, told: Told<'a>, places: &mut HashMap<Key, usize>) {
        self.count += 1;
        let place = *places.entry(Key::of(&told)).or_insert(self.groups.len());
        let names = (
            told.telling(Found::host)
                .map(|(host, _)| evidence::host(&host)),
            told.telling(Found::recipient)
                .map(|(name, _)| shortened(name, SHORT)),
        );
        if place == self.groups.len() {
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

    pub(crate) fn each(&self) -> impl Iterator<Item = &Group<'a>> {
        self.groups.iter()
    }
}

impl Key {
    fn of(told: &Told<'_>) -> Self {
        let codes = |found: &Found<'_>| (found.code(), found.enhanced());
        let reply = &told.reply;
        Self {
            codes: codes(reply),
            command: told.command(),
            direction: reply.direction(),
            origin: reply.origin(),
            outcome: reply.outcome(),
            is_lmtp: reply.is_lmtp(),
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
