//! Which of two codes applies, from the facts, where nobody wrote about the pair.

use core::fmt;

use super::relation::is_no_reply;
use super::{Comparison, Relation};
use crate::code::ReplyCode;
use crate::prose::clause;
use crate::table::Subject;
use crate::vocabulary::{Class, Connection, Retry, Standing};

pub(super) fn choice(both: &Comparison) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        for_servers(both, f)?;
        for_clients(both, f)?;
        not_for_use(both, f)
    })
}

/// When a server gives which, where it has the choice.
fn for_servers(both: &Comparison, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (left, right) = (both.left.code(), both.right.code());
    if both.relation() != Relation::Alternatives || left.class() == right.class() {
        return Ok(());
    }
    write!(
        f,
        "A server sends {} when {}, and {} when {}. ",
        left.as_str(),
        occasion(left),
        right.as_str(),
        occasion(right),
    )
}

fn occasion(code: ReplyCode) -> &'static str {
    match code.class() {
        Class::PositiveCompletion => "it has done what was asked",
        Class::PositiveIntermediate => "it accepts so far and more has to come",
        Class::TransientNegative => "the same may work later",
        Class::PermanentNegative => "the same would be refused again",
        Class::Other => "it does not keep to SMTP",
    }
}

fn for_clients(both: &Comparison, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (left, right) = (both.left.code().as_str(), both.right.code().as_str());
    let (one, other) = (advice(both.left), advice(both.right));
    match (is_no_reply(&both.left), is_no_reply(&both.right)) {
        (false, false) if one == other => {
            write!(f, "After {left} as after {right} a client {one}.")
        }
        (true, true) if one == other => {
            write!(f, "After {left} as after {right} a sending program {one}.")
        }
        (false, false) => {
            write!(
                f,
                "A client that gets {left} {one}; one that gets {right} {other}."
            )
        }
        (false, true) => write!(
            f,
            "A client that gets {left} {one}; a sending program that has logged {right} {other}."
        ),
        (true, false) => write!(
            f,
            "A sending program that has logged {left} {one}; a client that gets {right} {other}."
        ),
        (true, true) => write!(
            f,
            "A sending program that has logged {left} {one}; one that has logged {right} {other}."
        ),
    }
}

/// What a client does: as the table says, or by the first digit.
fn advice(subject: Subject) -> &'static str {
    match (subject.facts(), subject.code().class()) {
        (Some(facts), _) => clause::advice(facts.retry, facts.connection),
        (None, Class::PositiveCompletion) => clause::advice(Retry::Proceed, Connection::Open),
        (None, Class::TransientNegative) => clause::advice(Retry::Later, Connection::Open),
        (None, Class::PermanentNegative) => clause::advice(Retry::AfterChange, Connection::Open),
        (None, Class::PositiveIntermediate) => {
            "closes the connection unless it knows what the server waits for"
        }
        (None, Class::Other) => "closes the connection, as SMTP has no rule for it",
    }
}

/// What the writer of a server should know about codes that are not for use.
fn not_for_use(both: &Comparison, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (left, right) = (both.left.code().as_str(), both.right.code().as_str());
    match (not_sent(both.left), not_sent(both.right)) {
        (Some(one), Some(other)) if one == other => {
            write!(f, " {} either {left} or {right}{}.", one.0, one.1)
        }
        (one, other) => {
            let say = |f: &mut fmt::Formatter<'_>, words: Option<(&str, &str)>, code| match words {
                Some((before, after)) => write!(f, " {before} {code}{after}."),
                None => Ok(()),
            };
            say(f, one, left)?;
            say(f, other, right)
        }
    }
}

/// Why a server does not send it: the words before and behind the code.
fn not_sent(subject: Subject) -> Option<(&'static str, &'static str)> {
    if is_no_reply(&subject) {
        return Some(("A server has no use for", ""));
    }
    match subject.facts().map(|facts| facts.standing) {
        Some(Standing::DeFacto) => Some(("A server that keeps to the RFCs does not send", "")),
        Some(Standing::Historic) => {
            Some(("A server written today does not use", ", which is historic"))
        }
        None => Some(("A server should not invent a meaning for", "")),
        Some(_) => None,
    }
}
