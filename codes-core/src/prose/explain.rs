//! One code explained: in full where a table has it, from its digits where none does.

use core::fmt;

use super::clause;
use crate::code::ReplyCode;
use crate::enhanced::EnhancedClass;
use crate::labels;
use crate::pad::pad;
use crate::page::{Page, Plain, list};
use crate::table::{CodeInfo, Facts, Subject};
use crate::vocabulary::{Class, Connection};

impl Facts {
    /// What `Display` does for whatever has these facts.
    ///
    /// # Errors
    ///
    /// When the formatter cannot be written to.
    pub fn fmt(&'static self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => pad(f, &|f| known(self, &mut Plain::new(f))),
            false => f.pad(self.title),
        }
    }
}

impl fmt::Display for CodeInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.facts().fmt(f)
    }
}

impl Subject {
    /// Writes the whole explanation, block by block.
    ///
    /// # Errors
    ///
    /// When the page cannot be written.
    pub fn write_to(&self, page: &mut dyn Page) -> fmt::Result {
        match self.facts() {
            Some(facts) => known(facts, page),
            None => unknown(self.code(), page),
        }
    }
}

impl fmt::Debug for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Subject")
            .field(&format_args!("{self}"))
            .finish()
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.facts() {
            _ if f.alternate() => pad(f, &|f| self.write_to(&mut Plain::new(f))),
            Some(facts) => f.pad(facts.title),
            None => f.pad(self.code().as_str()),
        }
    }
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
    match code.class().__is_positive() {
        true => "What to do next",
        false => "How to fix it",
    }
}

fn facts(facts: &'static Facts, page: &mut dyn Page) -> fmt::Result {
    let code = facts.code.get();
    let mut say =
        |label: &str, clause: &dyn fmt::Display| page.item(label, format_args!("{code} {clause}."));
    let is_reply = facts.connection != Connection::NotAReply;
    say(labels::CLASS, &clause::class(facts.code, is_reply))?;
    say(labels::CATEGORY, &clause::category(facts.code))?;
    say(labels::PLACE, &clause::place(facts))?;
    say(labels::CONNECTION, &clause::connection(facts.connection))?;
    say(labels::NEXT_ACTOR, &clause::next_actor(facts.next_actor))?;
    say(labels::RETRY, &clause::retry(facts))?;
    say(labels::FOLLOWED_BY, &clause::followed_by(facts))?;
    say(labels::STANDING, &clause::standing(facts.standing))?;
    if !facts.extensions.is_empty() {
        say(labels::EXTENSIONS, &clause::extensions(facts))?;
    }
    if let Some(phrase) = facts.phrase {
        page.item(labels::PHRASE, format_args!("\"{phrase}\"."))?;
    }
    if !facts.specs.is_empty() {
        page.item(
            labels::SPECS,
            format_args!("{}.", list(facts.specs.iter(), "and")),
        )?;
    }
    if let Some(class) = EnhancedClass::of(facts.code)
        && !facts.enhanced.is_empty()
    {
        let codes = facts.enhanced.iter().map(|code| code.with_class(class));
        page.item(labels::ENHANCED, format_args!("{}.", list(codes, "and")))?;
    }
    if !facts.see_also.is_empty() {
        let others = facts.see_also.iter().map(|code| code.get());
        page.item(labels::SEE_ALSO, format_args!("{}.", list(others, "and")))?;
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
        "The number {number} is in no table, so only its digits speak: it {} and {}.",
        clause::class(code, true),
        clause::category(code),
    ))?;
    page.heading(format_args!("{}", fix_label(code)))?;
    if code.class() == Class::Other {
        return page.paragraph(format_args!(
            "No SMTP reply begins with {} (RFC 5321 section 4.3.2): the peer speaks another protocol, \
             or the two sides are out of step. Close the connection and keep the message queued.",
            code.get() / 100,
        ));
    }
    page.paragraph(format_args!(
        "A client that does not know {number} goes by the first digit (RFC 5321 section 4.3.2). {} The \
         text behind {number}, and the enhanced status code if there is one, may say what the server \
         means by it.",
        unknown_advice(code),
    ))
}

fn unknown_advice(code: ReplyCode) -> impl fmt::Display {
    let number = code.as_str();
    fmt::from_fn(move |f| match code.class() {
        Class::PositiveCompletion => write!(
            f,
            "{number} counts as success where the command can end in success. In answer to DATA, which \
             needs a 3yz, it shows that client and server are out of step."
        ),
        Class::PositiveIntermediate => write!(
            f,
            "{number} says that the server waits for more input. A client that cannot tell for what \
             must not guess: it closes the connection and tries again later."
        ),
        Class::TransientNegative => write!(
            f,
            "{number} is a failure that may pass, so the message stays queued for a later try."
        ),
        Class::PermanentNegative | Class::Other => write!(
            f,
            "{number} is a failure that lasts, so the client does not repeat the command unchanged. \
             Only in answer to RCPT or to the message does it return the mail; as a greeting or to \
             EHLO it concerns that host alone."
        ),
    })
}
