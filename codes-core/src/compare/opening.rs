//! The paragraph that opens a comparison: how the two codes stand to each other.

use core::fmt;

use super::relation::{is_no_reply, shared, steps_of};
use super::{Comparison, Follows, Relation};
use crate::code::ReplyCode;
use crate::prose::clause;
use crate::session::CommandSet;
use crate::table::Subject;
use crate::vocabulary::{Class, Retry, Standing};

pub(super) fn opening(both: &Comparison) -> impl fmt::Display {
    fmt::from_fn(move |f| match both.relation() {
        Relation::Same => Ok(()),
        Relation::Alternatives => alternatives(both, f),
        Relation::Sequence => sequence(both, f),
        Relation::Apart => apart(both, f),
        Relation::Unknown => unknown(both, f),
    })
}

fn alternatives(both: &Comparison, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (left, right) = (both.left.code().as_str(), both.right.code().as_str());
    write!(
        f,
        "{left} and {right} are alternatives: a server may give either {}. {}",
        clause::moments(shared(both)),
        contrast(both),
    )?;
    let (first, second) = match both.follows() {
        Follows::Neither => return Ok(()),
        Follows::Right => (left, right),
        Follows::Left => (right, left),
        Follows::Both => {
            return write!(f, " Each may also come at the step after the other.");
        }
    };
    write!(
        f,
        " After {first}, {second} may also come at the next step."
    )
}

fn sequence(both: &Comparison, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (left, right) = (both.left.code().as_str(), both.right.code().as_str());
    write!(
        f,
        "{left} and {right} are steps of one session, not two answers to choose from."
    )?;
    let mut steps = steps_of(both).peekable();
    if steps.peek().is_none() {
        let (first, second) = match both.follows() {
            Follows::Left => (right, left),
            _ => (left, right),
        };
        return write!(f, " {second} may come at the step after {first}.");
    }
    while let Some(step) = steps.next() {
        let mut to = CommandSet::EMPTY;
        to.insert(step.to);
        let same = |next: &super::relation::Step| {
            next.first.code() == step.first.code() && next.from == step.from
        };
        while let Some(next) = steps.next_if(same) {
            to.insert(next.to);
        }
        write!(
            f,
            " Once {} has come {}, {} may come {}.",
            step.first.code().as_str(),
            step.from.moment(),
            step.second.code().as_str(),
            clause::moments(to),
        )?;
    }
    Ok(())
}

fn apart(both: &Comparison, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (left, right) = (both.left.code().as_str(), both.right.code().as_str());
    match (is_no_reply(&both.left), is_no_reply(&both.right)) {
        (true, true) => write!(
            f,
            "Neither {left} nor {right} is known as a reply of a server: such a number is written by \
             the side that sends the mail, or stands in lists only."
        ),
        (true, false) => no_reply(both.left, both.right, f),
        (false, true) => no_reply(both.right, both.left, f),
        (false, false) => never_meet(both, f),
    }
}

fn never_meet(both: &Comparison, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (left, right) = (both.left.code().as_str(), both.right.code().as_str());
    let (Some(one), Some(other)) = (both.left.facts(), both.right.facts()) else {
        return write!(
            f,
            "{left} and {right} never meet at the same point of a session."
        );
    };
    let source = match [one, other]
        .iter()
        .all(|facts| facts.standing != Standing::DeFacto)
    {
        true => "By the standard",
        false => "As far as is known",
    };
    write!(
        f,
        "{source} {left} and {right} never meet at the same point of a session: {left} {}, while \
         {right} {}.",
        clause::place_in_rfcs(one),
        clause::place_in_rfcs(other),
    )
}

fn no_reply(status: Subject, other: Subject, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (status, other_code) = (status.code().as_str(), other.code().as_str());
    write!(
        f,
        "{status} is not known as a reply of any server: the side that sends the mail writes it, or it \
         stands in lists only, so it never meets {other_code} in a session."
    )?;
    match other.facts() {
        Some(facts) => write!(f, " {other_code} {}.", clause::place(facts)),
        None => write!(f, " {other_code} is in no table."),
    }
}

fn unknown(both: &Comparison, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (left, right) = (both.left.code().as_str(), both.right.code().as_str());
    match (is_forbidden(both.left), is_forbidden(both.right)) {
        (true, true) => {
            return write!(
                f,
                "RFC 5321 section 4.3.2 lets no server send {left} or {right}, whose first digits are \
                 not among 2 to 5, and neither is in any table."
            );
        }
        (true, false) => return forbidden(both.left, both.right, f),
        (false, true) => return forbidden(both.right, both.left, f),
        (false, false) => {}
    }
    write!(
        f,
        "Whether {left} and {right} ever meet in a session is not known: "
    )?;
    let placed = |subject: Subject| !subject.presence().everywhere().is_empty();
    match (placed(both.left), placed(both.right)) {
        (true, _) => write!(f, "{right} {}.", why_unplaced(both.right))?,
        (_, true) => write!(f, "{left} {}.", why_unplaced(both.left))?,
        _ if both.left.info().is_some() && both.right.info().is_some() => {
            f.write_str("of neither is it known which command it answers.")?;
        }
        _ if both.left.info().is_none() && both.right.info().is_none() => {
            f.write_str("neither is in any table.")?;
        }
        _ => write!(
            f,
            "{left} {}, and {right} {}.",
            why_unplaced(both.left),
            why_unplaced(both.right)
        )?,
    }
    write!(f, " {}", contrast(both))
}

fn why_unplaced(subject: Subject) -> &'static str {
    match subject.facts() {
        None => "is in no table",
        Some(_) => "is not known to answer any command in particular",
    }
}

/// A number that nothing but its first digit is known of, and that is one which SMTP does not have.
fn is_forbidden(subject: Subject) -> bool {
    subject.facts().is_none() && subject.code().class() == Class::Other
}

fn forbidden(subject: Subject, other: Subject, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let code = subject.code();
    write!(
        f,
        "The number {} is in no table, and RFC 5321 section 4.3.2 lets no server send a reply that begins with {}, \
         so it should never meet {}.",
        code.as_str(),
        code.get() / 100,
        other.code().as_str(),
    )
}

/// What the classes of the two say about each other.
fn contrast(both: &Comparison) -> impl fmt::Display {
    let (left, right) = (both.left.code(), both.right.code());
    let may_pass = |subject: Subject| {
        subject
            .facts()
            .is_none_or(|facts| facts.retry == Retry::Later)
    };
    let both_may_pass = may_pass(both.left) && may_pass(both.right);
    fmt::from_fn(move |f| {
        let (a, b) = (left.as_str(), right.as_str());
        match (left.class(), right.class()) {
            (one, other) if one != other => {
                write!(f, "{a} {}, while {b} {}.", verdict(left), verdict(right))
            }
            (Class::PositiveCompletion, _) => f.write_str("Both report success."),
            (Class::PositiveIntermediate, _) => {
                f.write_str("Both accept so far, with more to come.")
            }
            (Class::TransientNegative, _) if both_may_pass => {
                f.write_str("Both refuse for now, so the same may work later.")
            }
            (Class::TransientNegative, _) => {
                f.write_str("Both begin with 4, the digit of failures that may pass.")
            }
            (Class::PermanentNegative, _) => f.write_str("Both refuse until something changes."),
            (Class::Other, _) => f.write_str("Neither begins with a digit that SMTP uses."),
        }
    })
}

fn verdict(code: ReplyCode) -> &'static str {
    match code.class() {
        Class::PositiveCompletion => "reports success",
        Class::PositiveIntermediate => "accepts so far, with more to come",
        Class::TransientNegative => "refuses for now",
        Class::PermanentNegative => "refuses until something changes",
        Class::Other => "begins with a digit that SMTP does not use",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::CommandKind;
    use crate::{Smtp235, Smtp250, Smtp354, Smtp521, compare};

    #[test]
    fn groups_are_no_single_points() {
        let both = compare(Smtp354, Smtp521);
        assert!(
            shared(&both)
                .iter()
                .all(|point| point.kind() != CommandKind::Group)
        );
    }

    #[test]
    fn steps_from_one_point_are_one_sentence() {
        let text = opening(&compare(Smtp235, Smtp250)).to_string();
        assert!(
            text.contains("250 may come in answer to EHLO or MAIL."),
            "{text}"
        );
    }
}
