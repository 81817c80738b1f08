//! An enhanced status code explained, as far as the registry has it.

use core::fmt;
use core::slice;

use super::{BasicCodes, EnhancedClass, EnhancedInfo, EnumeratedInfo};
use crate::code::ReplyCode;
use crate::page::{Page, list};

pub(super) fn write(info: &EnhancedInfo, page: &mut dyn Page) -> fmt::Result {
    let code = info.code();
    page.title(format_args!("{}", info.title()))?;
    match (info.detail(), info.subject()) {
        (Some(detail), _) => page.paragraph(format_args!("{}", detail.meaning()))?,
        (None, Some(_)) => page.paragraph(format_args!(
            "The registry does not have {code}: only its class and its subject have a meaning. The text \
             behind it may say what the server wants to tell."
        ))?,
        (None, None) => page.paragraph(format_args!(
            "The registry has neither {code} nor the subject X.{}.Y, so only the class has a meaning. \
             The text behind it may say what the server wants to tell.",
            code.subject(),
        ))?,
    }
    page.heading(format_args!("Facts"))?;
    page.item(
        "Class",
        format_args!("{}. {}", info.class(), info.class().meaning()),
    )?;
    if let Some(subject) = info.subject() {
        page.item("Subject", format_args!("{subject}. {}", subject.meaning()))?;
    }
    match info.detail() {
        Some(detail) => known(info, detail, page),
        None => Ok(()),
    }
}

fn known(info: &EnhancedInfo, detail: &EnumeratedInfo, page: &mut dyn Page) -> fmt::Result {
    let code = info.code();
    if !info.is_usual_class() {
        page.item(
            "Unusual class",
            format_args!(
                "{} is meant for {}{}.",
                detail.code(),
                list(detail.classes().iter().map(|class| plural(*class)), "and"),
                all_the_same(code.class(), detail),
            ),
        )?;
    }
    page.item(
        "Reply codes",
        format_args!(
            "{}{}",
            registered(code.class(), detail),
            seen(code.class(), detail)
        ),
    )?;
    if let Some(note) = detail.deprecated() {
        page.item("Deprecated", format_args!("{note}"))?;
    }
    page.item("Reference", format_args!("{}.", detail.reference()))
}

const fn plural(class: EnhancedClass) -> &'static str {
    match class {
        EnhancedClass::Success => "successes (2)",
        EnhancedClass::Transient => "transient failures (4)",
        EnhancedClass::Permanent => "permanent failures (5)",
    }
}

/// The codes of a list that may stand in front of an enhanced code of this class.
fn of_class(codes: &[ReplyCode], class: EnhancedClass) -> OfClass<'_> {
    OfClass {
        rest: codes.iter(),
        class,
    }
}

#[derive(Clone)]
struct OfClass<'a> {
    rest: slice::Iter<'a, ReplyCode>,
    class: EnhancedClass,
}

impl Iterator for OfClass<'_> {
    type Item = u16;

    fn next(&mut self) -> Option<u16> {
        loop {
            let code = *self.rest.next()?;
            if EnhancedClass::of(code) == Some(self.class) {
                return Some(code.get());
            }
        }
    }
}

/// The registry lists reply codes that go against the definition, such as 552 for X.2.2.
fn all_the_same(class: EnhancedClass, detail: &EnumeratedInfo) -> impl fmt::Display {
    let is_listed = match detail.basic_codes() {
        BasicCodes::Listed(codes) => of_class(codes, class).next().is_some(),
        _ => false,
    };
    fmt::from_fn(move |f| match is_listed {
        true => write!(f, "; the registry lists a {}yz all the same", class.digit()),
        false => Ok(()),
    })
}

/// What the registry's column says, seen from one class.
fn registered(class: EnhancedClass, detail: &EnumeratedInfo) -> impl fmt::Display {
    let digit = class.digit();
    fmt::from_fn(move |f| match detail.basic_codes() {
        BasicCodes::NotGiven => f.write_str("The registry names none."),
        BasicCodes::Any => write!(f, "The registry allows any {digit}yz."),
        BasicCodes::Class(own) if own == class => write!(f, "The registry allows any {digit}yz."),
        BasicCodes::Class(own) => {
            write!(
                f,
                "The registry allows any {}yz, but no {digit}yz.",
                own.digit()
            )
        }
        BasicCodes::Listed(codes) => {
            let here = of_class(codes, class);
            match here.clone().next() {
                Some(_) => write!(f, "The registry names {}.", list(here, "and")),
                None => {
                    let all = list(codes.iter().map(|code| code.get()), "and");
                    write!(f, "The registry names {all}, but no {digit}yz.")
                }
            }
        }
    })
}

/// What is seen beside the registry, if anything.
fn seen(class: EnhancedClass, detail: &EnumeratedInfo) -> impl fmt::Display {
    let codes = of_class(detail.seen_with(), class);
    fmt::from_fn(move |f| match codes.clone().next() {
        Some(_) => write!(f, " It is seen with {}.", list(codes.clone(), "and")),
        None => Ok(()),
    })
}
