//! The replies of a message, those told in two parts once.
//!
//! A report may be about ten thousand recipients, so that nothing here goes through all replies for each.

use std::collections::{HashMap, HashSet, VecDeque};

use codes_core::{EnhancedCode, ReplyCode};
use codes_text::Found;

use super::{Mail, Part, PartKind};
use crate::reply::told::{self, Told};

/// Those of the report, each with what the notice adds to it, then those of the notice alone.
pub(super) fn once(mail: &Mail) -> Vec<Told<'_>> {
    let of = |kind: PartKind| {
        let parts = mail.parts.iter().filter(move |part| part.kind == kind);
        parts.flat_map(in_part)
    };
    let mut names = Names::default();
    let mut report = Report::default();
    let mut replies = Vec::new();
    for told in of(PartKind::Report) {
        report.add(&Facts::of(&told.reply, &mut names));
        replies.push(told);
    }
    let mut notice = Notice::default();
    for told in of(PartKind::Notice) {
        let facts = Facts::of(&told.reply, &mut names);
        if let Some(place) = report.take(&facts) {
            if let Some(other) = replies.get_mut(place) {
                other.again = Some(Box::new(told));
            }
        } else if !report.has(&facts) && notice.add(&facts) {
            replies.push(told);
        }
    }
    replies
}

fn in_part(part: &Part) -> impl Iterator<Item = Told<'_>> {
    told::replies(&part.text).map(|told| Told {
        part: Some(part.kind),
        ..told
    })
}

/// Numbers for texts, so that each is compared once.
#[derive(Default)]
struct Names(HashMap<Vec<u8>, usize>);

impl Names {
    fn number(&mut self, text: Vec<u8>) -> usize {
        let next = self.0.len();
        *self.0.entry(text).or_insert(next)
    }
}

/// What a reply is recognised by in another part.
struct Facts {
    code: Option<ReplyCode>,
    enhanced: Option<EnhancedCode>,
    words: usize,
    recipient: Option<usize>,
    /// The recipient, whatever letters are capital.
    mailbox: Option<usize>,
}

/// Codes under which a reply is found by others that say the same, or less.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Codes {
    /// Those that it has, and no others.
    All(Option<ReplyCode>, Option<EnhancedCode>),
    /// Its reply code, with whatever enhanced one or none.
    Reply(ReplyCode),
    /// Its enhanced code, with whatever reply code or none.
    Enhanced(EnhancedCode),
}

impl Facts {
    fn of(found: &Found<'_>, names: &mut Names) -> Self {
        let recipient = found.recipient();
        Self {
            code: found.code(),
            enhanced: found.enhanced(),
            words: names.number(found.words().to_string().into_bytes()),
            recipient: recipient.map(|name| names.number(name.to_vec())),
            mailbox: recipient.map(|name| names.number(name.to_ascii_lowercase())),
        }
    }

    /// What it is kept under.
    fn kept(&self) -> impl Iterator<Item = Codes> {
        let all = Codes::All(self.code, self.enhanced);
        let parts = [
            self.code.map(Codes::Reply),
            self.enhanced.map(Codes::Enhanced),
        ];
        std::iter::once(all).chain(parts.into_iter().flatten())
    }

    /// Where those are kept that say the same, one of both perhaps less than the other: some code has to
    /// be said by both.
    fn same(&self) -> impl Iterator<Item = Codes> {
        let places = match (self.code, self.enhanced) {
            (Some(code), Some(enhanced)) => [
                Some(Codes::All(Some(code), Some(enhanced))),
                Some(Codes::All(Some(code), None)),
                Some(Codes::All(None, Some(enhanced))),
            ],
            (Some(code), None) => [Some(Codes::Reply(code)), None, None],
            (None, Some(enhanced)) => [Some(Codes::Enhanced(enhanced)), None, None],
            (None, None) => [None; 3],
        };
        places.into_iter().flatten()
    }
}

/// What else a reply of the report is found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum About {
    Anything,
    Mailbox(usize),
    Words(usize),
    /// The words of one about no recipient.
    WordsAlone(usize),
}

/// The replies of the report.
#[derive(Default)]
struct Report {
    /// Their places, in order.
    places: HashMap<(Codes, About), VecDeque<usize>>,
    /// Whether the notice has told of them.
    taken: Vec<bool>,
}

impl Report {
    fn add(&mut self, facts: &Facts) {
        let place = self.taken.len();
        self.taken.push(false);
        let by_recipient = match facts.mailbox {
            Some(mailbox) => About::Mailbox(mailbox),
            None => About::WordsAlone(facts.words),
        };
        for codes in facts.kept() {
            for about in [About::Anything, About::Words(facts.words), by_recipient] {
                let places = self.places.entry((codes, about)).or_default();
                places.push_back(place);
            }
        }
    }

    /// The first that says the same and that the notice has not told of: about the same recipient or in
    /// the same words, or else any.
    fn take(&mut self, facts: &Facts) -> Option<usize> {
        let alike = match facts.mailbox {
            Some(mailbox) => [
                Some(About::Mailbox(mailbox)),
                Some(About::WordsAlone(facts.words)),
            ],
            None => [Some(About::Words(facts.words)), None],
        };
        let place = self.first(facts, alike.into_iter().flatten());
        let place = place.or_else(|| self.first(facts, std::iter::once(About::Anything)))?;
        if let Some(taken) = self.taken.get_mut(place) {
            *taken = true;
        }
        Some(place)
    }

    fn first(
        &mut self,
        facts: &Facts,
        about: impl Iterator<Item = About> + Clone,
    ) -> Option<usize> {
        let Self { places, taken } = self;
        let keys = facts
            .same()
            .flat_map(|codes| about.clone().map(move |it| (codes, it)));
        let first = keys.filter_map(|key| {
            let places = places.get_mut(&key)?;
            // What was taken is not met again.
            while places
                .pop_front_if(|place| taken.get(*place) == Some(&true))
                .is_some()
            {}
            places.front().copied()
        });
        first.min()
    }

    /// Whether one says the same.
    fn has(&self, facts: &Facts) -> bool {
        let mut same = facts.same();
        same.any(|codes| self.places.contains_key(&(codes, About::Anything)))
    }
}

/// The replies of the notice that the report does not have.
#[derive(Default)]
struct Notice(HashSet<(Codes, usize, Option<usize>)>);

impl Notice {
    /// `false` where one has the same codes and words for the same recipient, or for none.
    fn add(&mut self, facts: &Facts) -> bool {
        let recipients = [None, facts.recipient];
        let is_repeated = facts.same().any(|codes| {
            let mut keys = recipients.iter().map(|it| (codes, facts.words, *it));
            keys.any(|key| self.0.contains(&key))
        });
        if !is_repeated {
            let keys = facts
                .kept()
                .map(|codes| (codes, facts.words, facts.recipient));
            self.0.extend(keys);
        }
        !is_repeated
    }
}

#[cfg(test)]
mod tests {
    use super::super::MailKind;
    use super::*;

    /// The same, each compared with all others.
    fn slowly(mail: &Mail) -> Vec<Told<'_>> {
        let of = |kind: PartKind| {
            let parts = mail.parts.iter().filter(move |part| part.kind == kind);
            parts.flat_map(in_part)
        };
        let is_same = |one: &Found<'_>, other: &Found<'_>| {
            let code = one
                .code()
                .zip(other.code())
                .map(|(one, other)| one == other);
            let enhanced = one
                .enhanced()
                .zip(other.enhanced())
                .map(|(one, other)| one == other);
            code.or(enhanced) == Some(true) && code != Some(false) && enhanced != Some(false)
        };
        let words = |found: &Found<'_>| found.words().to_string();
        let is_alike =
            |one: &Found<'_>, other: &Found<'_>| match (one.recipient(), other.recipient()) {
                (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
                _ => words(one) == words(other),
            };
        let mut replies: Vec<_> = of(PartKind::Report).collect();
        let reported = replies.len();
        for told in of(PartKind::Notice) {
            let (report, notice) = replies.split_at_mut(reported);
            let same = report
                .iter_mut()
                .filter(|other| is_same(&other.reply, &told.reply));
            let best = same
                .min_by_key(|other| (other.again.is_some(), !is_alike(&other.reply, &told.reply)));
            let is_repeated = |other: &Told<'_>| {
                is_same(&other.reply, &told.reply)
                    && words(&other.reply) == words(&told.reply)
                    && (other.reply.recipient().is_none()
                        || other.reply.recipient() == told.reply.recipient())
            };
            match best {
                Some(other) if other.again.is_none() => other.again = Some(Box::new(told)),
                Some(_) => {}
                None if notice.iter().any(is_repeated) => {}
                None => replies.push(told),
            }
        }
        replies
    }

    #[test]
    fn it_is_as_if_each_were_compared_with_all() {
        let mut seed = 0x2545_f491_4f6c_dd1d_u64;
        let mut random = move |below: usize| {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            (seed % below as u64) as usize
        };
        let codes = [
            "550",
            "550 5.1.1",
            "5.1.1",
            "550 5.7.1",
            "452",
            "452 4.2.2",
            "4.2.2",
        ];
        let words = ["no", "no such user", "No"];
        let names = ["a@example.com", "A@example.com", "b@example.com"];
        let (mut told, mut twice) = (0, 0);
        for _ in 0..3000 {
            let mut text = [String::new(), String::new()];
            for _ in 0..random(14) {
                let (code, words) = (codes[random(codes.len())], words[random(words.len())]);
                let name = names.get(random(names.len() + 1));
                text[random(2)] += &match (random(3), name) {
                    (0, Some(name)) => {
                        format!(
                            "Final-Recipient: rfc822; {name}\nDiagnostic-Code: smtp; {code} {words}\n\n"
                        )
                    }
                    (1, Some(name)) => {
                        format!("<{name}>: host x.example[192.0.2.1] said: {code} {words}\n\n")
                    }
                    _ => format!("said: {code} {words}\n\n"),
                };
            }
            let [report, notice] = text.map(String::into_bytes);
            let mut mail = Mail::new(MailKind::Report);
            mail.add(PartKind::Notice, &notice);
            mail.add(PartKind::Report, &report);
            let shown = |replies: Vec<Told<'_>>| {
                let one = |told: &Told<'_>| (told.part, told.reply.at());
                let replies = replies
                    .iter()
                    .map(|it| (one(it), it.again.as_deref().map(one)));
                replies.collect::<Vec<_>>()
            };
            let expected = shown(slowly(&mail));
            told += expected.len();
            twice += expected.iter().filter(|(_, again)| again.is_some()).count();
            let text = [&report, &notice].map(|it| String::from_utf8_lossy(it));
            assert_eq!(shown(once(&mail)), expected, "{text:?}");
        }
        assert!(told > 10_000 && twice > 1000, "{told} {twice}");
    }
}
