//! A comparison in words.

use core::fmt;

use super::relation::{is_no_reply, shared, steps_of};
use super::{Comparison, Follows, Relation, Subject};
use crate::clause;
use crate::code::{Class, ReplyCode};
use crate::explain::{fix_label, texts, unknown_texts};
use crate::facts::{Retry, Standing};
use crate::page::Page;

pub(super) fn write(both: &Comparison, page: &mut dyn Page) -> fmt::Result {
    if both.relation() == Relation::Same {
        return write_same(both, page);
    }
    page.title(format_args!("{} and {}", both.left, both.right))?;
    page.paragraph(format_args!("{}", opening(both)))?;
    if let Some(remark) = both.remark() {
        page.paragraph(format_args!("{remark}"))?;
    }
    for subject in [both.left, both.right] {
        write_subject(subject, page)?;
    }
    write_differences(both, page)?;
    page.heading(format_args!("Which one applies"))?;
    match both.choose() {
        Some(choose) => page.paragraph(format_args!("{choose}"))?,
        None => page.paragraph(format_args!("{}", choice(both)))?,
    }
    match both.source() {
        Some(source) => page.item("Sources", format_args!("{source}")),
        None => Ok(()),
    }
}

/// A code beside itself: said once, unless two tables describe it.
fn write_same(both: &Comparison, page: &mut dyn Page) -> fmt::Result {
    let code = both.left.code();
    if both.left.info() != both.right.info() {
        page.title(format_args!("{} and {}", both.left, both.right))?;
        page.paragraph(format_args!(
            "Both are {}, as two tables describe it.",
            code.as_str()
        ))?;
        write_subject(both.left, page)?;
        return write_subject(both.right, page);
    }
    page.title(format_args!("{} compared with itself", both.left))?;
    page.paragraph(format_args!(
        "Both are {}, so there is nothing to tell apart.",
        code.as_str()
    ))?;
    match both.left.facts() {
        Some(facts) => texts(facts, page),
        None => unknown_texts(code, page),
    }
}

fn write_subject(subject: Subject, page: &mut dyn Page) -> fmt::Result {
    page.heading(format_args!("{subject}"))?;
    let Some(facts) = subject.facts() else {
        let code = subject.code();
        return page.paragraph(format_args!(
            "{} is in no table: its digits say that it {} and {}.",
            code.as_str(),
            clause::class(code),
            clause::category(code),
        ));
    };
    page.paragraph(format_args!("{}", facts.description))?;
    page.item("When you see it", format_args!("{}", facts.when))?;
    page.item(fix_label(facts.code), format_args!("{}", facts.fix))
}

fn write_differences(both: &Comparison, page: &mut dyn Page) -> fmt::Result {
    page.heading(format_args!("Key differences"))?;
    if both.differences().next().is_none() {
        return page.paragraph(format_args!(
            "None in the facts that are known of both {} and {}.",
            both.left.code().as_str(),
            both.right.code().as_str(),
        ));
    }
    both.differences()
        .try_for_each(|fact| page.item(fact.aspect().label(), format_args!("{fact}")))
}

/// The paragraph that says how the two stand to each other.
fn opening(both: &Comparison) -> impl fmt::Display {
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
    for step in steps_of(both) {
        write!(
            f,
            " Once {} has come {}, {} may come {}.",
            step.first.code().as_str(),
            step.from.moment(),
            step.second.code().as_str(),
            step.to.moment(),
        )?;
    }
    if steps_of(both).next().is_some() {
        return Ok(());
    }
    let (first, second) = match both.follows() {
        Follows::Left => (right, left),
        _ => (left, right),
    };
    write!(f, " {second} may come at the step after {first}.")
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
    let in_standards = |subject: &Subject| {
        standing(*subject).is_some_and(|standing| standing != Standing::DeFacto)
    };
    let source = match [both.left, both.right].iter().all(in_standards) {
        true => "By the standard",
        false => "As far as is known",
    };
    write!(
        f,
        "{source} {left} and {right} never meet at the same point of a session"
    )?;
    match (both.left.facts(), both.right.facts()) {
        (Some(a), Some(b)) => {
            write!(
                f,
                ": {left} {}, while {right} {}.",
                clause::place(a),
                clause::place(b)
            )
        }
        _ => f.write_str("."),
    }
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
    let why = |subject: Subject| match subject.facts() {
        None => "is in no table",
        Some(_) => "is not known to answer any command in particular",
    };
    let placed = |subject: Subject| !subject.presence().everywhere().is_empty();
    write!(
        f,
        "Whether {left} and {right} ever meet in a session is not known: "
    )?;
    match (placed(both.left), placed(both.right)) {
        (true, _) => write!(f, "{right} {}.", why(both.right))?,
        (_, true) => write!(f, "{left} {}.", why(both.left))?,
        _ if both.left.info().is_none() && both.right.info().is_none() => {
            f.write_str("neither is in any table.")?;
        }
        (false, false) => write!(
            f,
            "{left} {}, and {right} {}.",
            why(both.left),
            why(both.right)
        )?,
    }
    write!(f, " {}", contrast(both))
}

/// What the classes of the two say about each other.
fn contrast(both: &Comparison) -> impl fmt::Display {
    let (left, right) = (both.left.code(), both.right.code());
    fmt::from_fn(move |f| {
        let (a, b) = (left.as_str(), right.as_str());
        match (left.class(), right.class()) {
            (one, other) if one != other => {
                write!(f, "{a} {}, {b} {}.", verdict(left), verdict(right))
            }
            (Class::PositiveCompletion, _) => write!(f, "Both report success."),
            (Class::PositiveIntermediate, _) => write!(f, "Both ask the client for more."),
            (Class::TransientNegative, _) => {
                write!(f, "Both refuse for now, so the same may work later.")
            }
            (Class::PermanentNegative, _) => {
                write!(f, "Both refuse for good unless something changes.")
            }
            (Class::Other, _) => write!(f, "Neither begins with a digit that SMTP uses."),
        }
    })
}

fn verdict(code: ReplyCode) -> &'static str {
    match code.class() {
        Class::PositiveCompletion => "reports success",
        Class::PositiveIntermediate => "asks the client for more",
        Class::TransientNegative => "refuses for now",
        Class::PermanentNegative => "refuses until something changes",
        Class::Other => "begins with a digit that SMTP does not use",
    }
}

/// Which of the two applies, from the facts, where nobody wrote about the pair.
fn choice(both: &Comparison) -> impl fmt::Display {
    fmt::from_fn(move |f| {
        let (left, right) = (both.left.code().as_str(), both.right.code().as_str());
        let (one, other) = (advice(both.left), advice(both.right));
        match (one, other) {
            (Some(one), Some(other)) if one == other => {
                write!(
                    f,
                    "A client that gets {left} or {right} {one}, whichever of the two it is."
                )?;
            }
            (Some(one), Some(other)) => {
                write!(
                    f,
                    "A client that gets {left} {one}; one that gets {right} {other}."
                )?;
            }
            (Some(known), None) => only(f, left, known, right)?,
            (None, Some(known)) => only(f, right, known, left)?,
            (None, None) => {
                write!(
                    f,
                    "Nothing in SMTP tells a client what to do with {left} or {right}."
                )?;
            }
        }
        if standing(both.left).is_none() && standing(both.right).is_none() {
            return write!(f, " A server should not invent a meaning for either.");
        }
        [both.left, both.right]
            .iter()
            .try_for_each(|subject| server_advice(*subject, f))
    })
}

fn only(f: &mut fmt::Formatter<'_>, known: &str, advice: &str, other: &str) -> fmt::Result {
    write!(
        f,
        "A client that gets {known} {advice}; what to do with {other} SMTP does not tell."
    )
}

/// What a client does: as the table says, or by the first digit.
fn advice(subject: Subject) -> Option<&'static str> {
    let retry = match (subject.facts(), subject.code().class()) {
        (Some(facts), _) => facts.retry,
        (None, Class::PositiveCompletion) => Retry::Proceed,
        (None, Class::TransientNegative) => Retry::Later,
        (None, Class::PermanentNegative) => Retry::AfterChange,
        (None, _) => return None,
    };
    Some(clause::advice(retry))
}

/// What the writer of a server should know about a code that is not for use.
fn server_advice(subject: Subject, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let code = subject.code().as_str();
    if is_no_reply(&subject) {
        return write!(f, " A server has no use for {code}.");
    }
    match standing(subject) {
        Some(Standing::DeFacto) => {
            write!(f, " A server that keeps to the RFCs does not send {code}.")
        }
        Some(Standing::Historic) => {
            write!(
                f,
                " A server of today does not begin to use {code}, which is historic."
            )
        }
        None => write!(f, " A server should not invent a meaning for {code}."),
        _ => Ok(()),
    }
}

fn standing(subject: Subject) -> Option<Standing> {
    subject.facts().map(|facts| facts.standing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::CommandKind;
    use crate::{Smtp354, Smtp441, Smtp521, compare};

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
    fn a_status_of_the_sending_side_is_said_to_be_one() {
        let text = compare(Smtp441, Smtp354).to_string();
        assert!(
            text.contains("441 is not known as a reply of any server"),
            "{text}"
        );
    }
}
