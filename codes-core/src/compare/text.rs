//! A comparison in words: its layout.

use core::fmt;

use super::choice::choice;
use super::opening::opening;
use super::relation::is_no_reply;
use super::{Comparison, Relation};
use crate::page::Page;
use crate::prose::clause;
use crate::prose::explain::{fix_label, texts, unknown_texts};
use crate::table::Subject;

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
        Some(source) => page.item("Sources", format_args!("{source}.")),
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
            "The number {} is in no table: all that is known is that it {} and {}.",
            code.as_str(),
            clause::class(code, !is_no_reply(&subject)),
            clause::category(code),
        ));
    };
    page.paragraph(format_args!("{}", facts.description))?;
    page.item("When you see it", format_args!("{}", facts.when))?;
    page.item(fix_label(facts.code), format_args!("{}", facts.fix))
}

fn write_differences(both: &Comparison, page: &mut dyn Page) -> fmt::Result {
    page.heading(format_args!("Key differences"))?;
    let unknown = [both.left, both.right]
        .into_iter()
        .find(|subject| subject.info().is_none());
    if let (None, Some(subject)) = (both.differences().next(), unknown) {
        return page.paragraph(format_args!(
            "None in the digits of {} and {}, and nothing else is known of {}.",
            both.left.code().as_str(),
            both.right.code().as_str(),
            subject.code().as_str(),
        ));
    }
    if both.differences().next().is_none() {
        return page.paragraph(format_args!(
            "The facts recorded here are the same for {} and {}.",
            both.left.code().as_str(),
            both.right.code().as_str(),
        ));
    }
    both.differences()
        .try_for_each(|fact| page.item(fact.aspect().label(), format_args!("{fact}")))
}

#[cfg(test)]
mod tests {
    use crate::{ReplyCode, Smtp354, Smtp441, Smtp550, compare};

    #[test]
    fn a_status_of_the_sending_side_is_said_to_be_one() {
        let text = compare(Smtp441, Smtp354).to_string();
        assert!(
            text.contains("441 is not known as a reply of any server"),
            "{text}"
        );
    }

    #[test]
    fn nothing_is_said_to_be_the_same_that_is_not_known() {
        let is_unknown =
            |number: &u16| ReplyCode::new(*number).is_some_and(|code| code.info().is_none());
        let number = (550..560).find(is_unknown).and_then(ReplyCode::new);
        let unknown = number.expect("not all ten numbers are in use");
        let text = compare(Smtp550, unknown).to_string();
        assert!(text.contains("nothing else is known of"), "{text}");
    }
}
