//! One code explained: in full where a table has it, from its digits where none does.

use core::fmt;

use crate::clause;
use crate::code::{Class, ReplyCode};
use crate::page::{Page, Plain, list};
use crate::table::Facts;

/// The explanation on lines, for `{:#}`.
pub(crate) fn write_plain(facts: &'static Facts, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    known(facts, &mut Plain::new(f))
}

/// A code of a table.
pub(crate) fn known(facts: &'static Facts, page: &mut dyn Page) -> fmt::Result {
    page.title(format_args!("{}", facts.title))?;
    texts(facts, page)?;
    page.heading(format_args!("Facts"))?;
    self::facts(facts, page)
}

/// What the code means, when one sees it, what to do.
pub(crate) fn texts(facts: &'static Facts, page: &mut dyn Page) -> fmt::Result {
    page.paragraph(format_args!("{}", facts.description))?;
    page.heading(format_args!("When you see it"))?;
    page.paragraph(format_args!("{}", facts.when))?;
    page.heading(format_args!("{}", fix_label(facts.code)))?;
    page.paragraph(format_args!("{}", facts.fix))
}

/// What the advice is called: nothing is broken where the reply is positive.
pub(crate) fn fix_label(code: ReplyCode) -> &'static str {
    match code.class() {
        Class::PositiveCompletion | Class::PositiveIntermediate => "What to do next",
        _ => "How to fix it",
    }
}

fn facts(facts: &'static Facts, page: &mut dyn Page) -> fmt::Result {
    let code = facts.code.get();
    let mut say =
        |label: &str, clause: &dyn fmt::Display| page.item(label, format_args!("{code} {clause}."));
    say("Class", &clause::class(facts.code))?;
    say("Category", &clause::category(facts.code))?;
    say("Place", &clause::place(facts))?;
    say("Connection", &clause::connection(facts.connection))?;
    say("Next", &clause::next_actor(facts.next_actor))?;
    say("Retry", &clause::retry(facts.retry))?;
    say("Then", &clause::followed_by(facts))?;
    say("Standing", &clause::standing(facts.standing))?;
    if !facts.extensions.is_empty() {
        say("Extensions", &clause::extensions(facts))?;
    }
    if let Some(phrase) = facts.phrase {
        page.item("Phrase", format_args!("\"{phrase}\""))?;
    }
    if !facts.specs.is_empty() {
        page.item(
            "Defined in",
            format_args!("{}", list(facts.specs.iter(), "and")),
        )?;
    }
    if !facts.enhanced.is_empty() {
        let class = code / 100;
        let concrete = facts.enhanced.iter().map(|code| {
            fmt::from_fn(move |f| write!(f, "{class}{}", code.trim_start_matches('X')))
        });
        page.item("Enhanced codes", format_args!("{}", list(concrete, "and")))?;
    }
    if !facts.see_also.is_empty() {
        let others = facts.see_also.iter().map(|code| code.get());
        page.item("See also", format_args!("{}", list(others, "and")))?;
    }
    Ok(())
}

/// A number that no table has.
pub(crate) fn unknown(code: ReplyCode, page: &mut dyn Page) -> fmt::Result {
    page.title(format_args!("{}", code.as_str()))?;
    unknown_texts(code, page)
}

/// What the digits of a number say, and what to make of it.
pub(crate) fn unknown_texts(code: ReplyCode, page: &mut dyn Page) -> fmt::Result {
    let number = code.as_str();
    page.paragraph(format_args!(
        "{number} is in no table, so only its digits speak: {number} {} and {}.",
        clause::class(code),
        clause::category(code),
    ))?;
    page.heading(format_args!("{}", fix_label(code)))?;
    page.paragraph(format_args!(
        "A client that does not know {number} goes by the first digit (RFC 5321 section 4.2): {} Read \
         the text behind {number} too, and the enhanced status code if there is one, as the server \
         may say there what it means.",
        unknown_advice(code),
    ))
}

fn unknown_advice(code: ReplyCode) -> impl fmt::Display {
    let number = code.as_str();
    fmt::from_fn(move |f| match code.class() {
        Class::PositiveCompletion => write!(
            f,
            "{number} counts as success if the command it answers can have one, and anything else is a \
             sign that client and server are out of step."
        ),
        Class::PositiveIntermediate => write!(
            f,
            "{number} says that the server waits for more, and a client that does not know for what \
             ends the exchange."
        ),
        Class::TransientNegative => {
            write!(
                f,
                "{number} is a failure that may pass, so the message stays queued for a later try."
            )
        }
        Class::PermanentNegative => {
            write!(
                f,
                "{number} is a failure that lasts, so nothing is repeated unchanged."
            )
        }
        Class::Other => write!(
            f,
            "no reply of SMTP begins with {}, so the peer may speak another protocol, or the two may \
             be out of step.",
            code.get() / 100
        ),
    })
}
