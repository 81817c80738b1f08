//! A reply of a text, with what belongs to it.

use std::fmt;

use codes_core::{Command, EnhancedCode, Situation};
use codes_text::{Direction, Found, Origin, find};

use crate::mail::PartKind;
use crate::reply::combination::Combination;
use crate::reply::evidence;
use crate::reply::sheet::Sheet;

/// A reply, with those that belong to it and say something else.
#[derive(Debug, Clone)]
pub(crate) struct Told<'a> {
    pub(crate) reply: Found<'a>,
    pub(crate) also: Vec<Found<'a>>,
    /// The text that the places count in.
    pub(crate) text: &'a [u8],
    /// Which message of several the text belongs to, from 0.
    pub(crate) message: Option<usize>,
    /// The part of a message that the text is.
    pub(crate) part: Option<PartKind>,
    /// The same in another part of the message.
    pub(crate) again: Option<Box<Told<'a>>>,
}

/// The replies of a text, with what contradicts them.
pub(crate) fn replies(text: &[u8]) -> impl Iterator<Item = Told<'_>> {
    let mut found = find(text).peekable();
    std::iter::from_fn(move || {
        let mut reply = found.next()?;
        // What says more about the next one is told with it.
        while let Some(next) = found.next_if(|next| is_of(&reply, next)) {
            reply = next;
        }
        let mut also = Vec::new();
        // `Status:` and `dsn=` stand in front of the reply that they disagree with.
        while is_summary(&reply)
            && let Some(next) =
                found.next_if(|next| !next.disagrees() && next.recipient() == reply.recipient())
        {
            also.push(std::mem::replace(&mut reply, next));
        }
        let belongs = |other: &Found<'_>| {
            let is_here = other.recipient() == reply.recipient();
            // One about nobody may belong to the next reply as well.
            let is_clear = !is_summary(other) || other.recipient().is_some();
            other.disagrees() && is_here && is_clear
        };
        while let Some(other) = found.next_if(belongs) {
            also.push(other);
        }
        while found.next_if(|next| is_of(next, &reply)).is_some() {}
        Some(Told {
            reply,
            also,
            text,
            message: None,
            part: None,
            again: None,
        })
    })
}

/// Whether it is the field that says more about a reply beside it.
fn is_of(field: &Found<'_>, reply: &Found<'_>) -> bool {
    field.code().is_none()
        && !field.disagrees()
        && reply.summary().is_some()
        && reply.summary() == field.enhanced()
        && reply.recipient() == field.recipient()
}

/// Whether it is a field that says something else than its reply.
fn is_summary(found: &Found<'_>) -> bool {
    found.disagrees() && found.origin() == Origin::Summary
}

impl<'a> Told<'a> {
    /// The reply, and by themselves those that contradict it.
    pub(crate) fn each(self) -> Vec<Self> {
        let others = self.also.iter().map(|reply| Told {
            reply: reply.clone(),
            also: Vec::new(),
            again: None,
            ..self
        });
        let others: Vec<_> = others.collect();
        std::iter::once(self).chain(others).collect()
    }

    /// This place and the other one.
    pub(crate) fn both(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(self.again.as_deref())
    }

    /// The command, which often only the words for people tell.
    pub(crate) fn command(&self) -> Option<Command> {
        self.both().find_map(|told| told.reply.command())
    }

    /// The place that tells a fact.
    pub(crate) fn telling<T>(&self, fact: impl Fn(&Found<'a>) -> Option<T>) -> Option<(T, &Self)> {
        self.both()
            .find_map(|told| Some((fact(&told.reply)?, told)))
    }

    /// The enhanced code, of the reply or of the field that says more.
    pub(crate) fn enhanced(&self) -> Option<EnhancedCode> {
        self.reply.summary().or(self.reply.enhanced())
    }

    /// The codes and the command.
    pub(crate) fn combination(&self) -> Combination {
        Combination {
            code: self.reply.code(),
            enhanced: self.both().find_map(|told| told.enhanced()),
            command: self.command(),
        }
    }

    /// What an advice goes by; `None` without a reply code.
    pub(crate) fn situation(&self) -> Option<Situation> {
        let combination = self.combination();
        let situation = self.reply.situation()?;
        Some(
            situation
                .enhanced(combination.enhanced)
                .at(combination.command),
        )
    }

    /// The page about it.
    pub(crate) fn sheet(&self) -> Result<Sheet, fmt::Error> {
        let advice = self.situation().map(|situation| situation.advice());
        let mut sheet = Sheet::of(self.combination(), advice)?;
        sheet.done = self.both().find_map(|told| evidence::done(&told.reply));
        sheet.odd.extend(evidence::odd(self));
        let is_given = self.reply.direction() == Some(Direction::Given);
        if is_given && self.reply.origin() != Origin::Summary {
            sheet.is_given();
        }
        Ok(sheet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The codes of each reply, and of what contradicts it.
    fn told(text: &str) -> Vec<Vec<String>> {
        let all = replies(text.as_bytes()).map(|told| {
            let found = std::iter::once(&told.reply).chain(&told.also);
            found.map(evidence::codes).collect()
        });
        all.collect()
    }

    #[test]
    fn a_field_belongs_to_the_reply_of_the_same_recipient() {
        let block = |name: &str, status: &str, reply: &str| {
            format!(
                "Final-Recipient: rfc822; {name}@example.com\nAction: failed\nStatus: {status}\n\
                 Diagnostic-Code: smtp; {reply} No\n\n"
            )
        };
        let report = [
            block("a", "5.1.1", "550 5.1.1"),
            block("b", "4.7.0", "554 5.7.1"),
            block("c", "5.2.1", "550 5.2.1"),
        ];
        let expected = [&["550 5.1.1"][..], &["554 5.7.1", "4.7.0"], &["550 5.2.1"]];
        assert_eq!(told(&report.concat()), expected);
    }

    #[test]
    fn a_second_code_belongs_to_the_reply_before_it() {
        let expected = [&["554 5.7.1", "5.1.1"][..], &["550 5.2.1"]];
        let text = "554 5.7.1 Refused (#5.1.1)\n550 5.2.1 Closed\n";
        assert_eq!(told(text), expected);
    }
}
