//! An advice in words.

use core::fmt;

use super::{Advice, AdviceBasis, Caveat};
use crate::labels;
use crate::page::{Page, list};
use crate::prose::clause;
use crate::vocabulary::{Certainty, NextActor, Retry, Scope};

/// `550 Mailbox Unavailable with 5.1.1 in answer to RCPT`
fn title(advice: &Advice) -> impl fmt::Display {
    let situation = advice.situation;
    fmt::from_fn(move |f| {
        write!(f, "{}", situation.subject)?;
        if let Some(enhanced) = situation.enhanced {
            write!(f, " with {enhanced}")?;
        }
        match situation.point() {
            Some(point) => write!(f, " {}", point.moment()),
            None => Ok(()),
        }
    })
}

/// `client turns to another host of the domain; if that does not help, it ...`
fn steps(advice: &Advice) -> impl fmt::Display {
    let verdict = advice.verdict;
    fmt::from_fn(move |f| {
        let step = |retry| clause::advice(retry, verdict.connection);
        write!(f, "client {}", step(verdict.action))?;
        if !verdict.then.is_empty() {
            let steps = list(verdict.then.iter().map(|&retry| step(retry)), "and then");
            write!(f, "; where that does not help, it {steps}")?;
        }
        f.write_str(".")
    })
}

const fn scope(scope: Option<Scope>) -> &'static str {
    match scope {
        Some(Scope::Command) => "The reply is about this command alone",
        Some(Scope::Recipient) => "The reply is about this recipient",
        Some(Scope::Message) => "The reply is about the message",
        Some(Scope::Session) => "The reply is about this host or connection",
        Some(Scope::Login) => "The reply is about the login",
        None => "What the reply is about depends on the command",
    }
}

const fn bounce(advice: &Advice) -> &'static str {
    match (advice.may_bounce(), advice.verdict.scope) {
        (true, _) => "mail may be returned for it",
        (false, _) if advice.awaits_last_reply => {
            "no mail is returned for it before the last reply of all"
        }
        (false, None) => "mail is not returned for it before that is known",
        (false, Some(_)) => "no mail is returned for it",
    }
}

const fn actor(actor: NextActor) -> &'static str {
    match actor {
        NextActor::ClientSoftware => "The client program acts next.",
        NextActor::Sender => "The sender acts next.",
        NextActor::SenderAdmin => "The administrator of the sending side acts next.",
        NextActor::Recipient => "The recipient acts next.",
        NextActor::RecipientAdmin => "The administrator of the receiving side acts next.",
        NextActor::Nobody => "Nobody has to act.",
    }
}

const fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Stated => "Its source says so.",
        Certainty::Usual => "It is what programs usually do.",
        Certainty::Unsure => "It is not sure, as the reply may be read in another way.",
    }
}

const fn basis(basis: AdviceBasis) -> &'static str {
    match basis {
        AdviceBasis::Code => "The code by itself.",
        AdviceBasis::FirstDigit => "The first digit of the code.",
        AdviceBasis::Command => "The command that it answers.",
        AdviceBasis::EnhancedCode => "The enhanced code.",
        AdviceBasis::Transaction => "What is known of the transaction.",
        AdviceBasis::Order => "The order of the session.",
        AdviceBasis::Form => "The form of the reply.",
    }
}

/// Those that the reason does not speak of.
fn caveats(advice: &Advice) -> impl Iterator<Item = &'static str> {
    let said = advice.verdict.said;
    let unsaid = advice.caveats.iter().filter(move |&it| Some(it) != said);
    unsaid.map(Caveat::text)
}

/// For `{}`.
pub(super) fn paragraph(advice: &Advice, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let verdict = &advice.verdict;
    write!(f, "{}: the {}", title(advice), steps(advice))?;
    if verdict.action != Retry::Proceed {
        write!(f, " {}, and {}.", scope(verdict.scope), bounce(advice))?;
    }
    write!(f, " {}", verdict.why)?;
    for caveat in caveats(advice) {
        write!(f, " {caveat}")?;
    }
    write!(f, " Source: {} ({}).", verdict.source, verdict.certainty)
}

/// For `{:#}` and other pages.
pub(super) fn write(advice: &Advice, page: &mut dyn Page) -> fmt::Result {
    let verdict = &advice.verdict;
    page.title(format_args!("{}", title(advice)))?;
    page.paragraph(format_args!("The {}", steps(advice)))?;
    page.heading(format_args!("Why"))?;
    page.paragraph(format_args!("{}", verdict.why))?;
    for caveat in caveats(advice) {
        page.paragraph(format_args!("{caveat}"))?;
    }
    page.heading(format_args!("Facts"))?;
    page.item(
        "Scope",
        format_args!("{}, and {}.", scope(verdict.scope), bounce(advice)),
    )?;
    page.item(
        labels::NEXT_ACTOR,
        format_args!("{}", actor(verdict.next_actor)),
    )?;
    page.item(
        labels::CONNECTION,
        format_args!("The reply {}.", clause::connection(verdict.connection)),
    )?;
    page.item("Decided by", format_args!("{}", basis(verdict.basis)))?;
    page.item(
        "Certainty",
        format_args!("{}", certainty(verdict.certainty)),
    )?;
    page.item("Source", format_args!("{}.", verdict.source))
}
