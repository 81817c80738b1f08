//! An enhanced code by itself.

use std::fmt;

use codes_core::{
    BasicCodes, EnhancedClass, EnhancedCode, EnumeratedCode, EnumeratedInfo, Page, ReplyCode,
};

use crate::page::Blocks;
use crate::reply::combination::Combination;
use crate::words::listed;

/// More neighbours than this are for the page of the subject.
const NEIGHBOURS: usize = 6;

/// `5.7.26`: what it means, what to do, what it goes with.
pub(crate) fn write(code: EnhancedCode, blocks: &mut Blocks) -> fmt::Result {
    let mut known = Blocks::default();
    code.info().write_to(&mut known)?;
    let facts = known.split_at_heading("Facts");
    blocks.append(known);
    what_to_do(code, blocks)?;
    blocks.append(facts);
    neighbours(code, blocks)?;
    hint(code, blocks)
}

fn what_to_do(code: EnhancedCode, blocks: &mut Blocks) -> fmt::Result {
    let alone = Combination {
        enhanced: Some(code),
        ..Combination::default()
    };
    let Some(to_do) = alone.to_do(None)? else {
        return Ok(());
    };
    blocks.item("What to do", format_args!("{}", to_do.steps))?;
    if let Some(who) = &to_do.who {
        blocks.item("Who", format_args!("{who}"))?;
    }
    if let Some(about) = &to_do.about {
        blocks.item("About", format_args!("{about}"))?;
    }
    if to_do.why != code.info().class().meaning() {
        blocks.item("Why", format_args!("{}", to_do.why))?;
    }
    blocks.item("How sure", format_args!("{}", to_do.sure))
}

/// Others of the same subject, the nearest in number.
pub(crate) fn near(code: EnumeratedCode) -> Vec<&'static EnumeratedInfo> {
    let registered = EnumeratedCode::registered().iter();
    let mut near: Vec<_> = registered
        .filter(|other| other.subject() == code.subject() && **other != code)
        .filter_map(|other| other.info())
        .collect();
    near.sort_by_key(|other| other.code().detail().abs_diff(code.detail()));
    near.truncate(NEIGHBOURS);
    near.sort_by_key(|other| other.code());
    near
}

fn neighbours(code: EnhancedCode, blocks: &mut Blocks) -> fmt::Result {
    let near = near(code.without_class());
    if near.is_empty() {
        return Ok(());
    }
    blocks.heading(format_args!("Neighbours"))?;
    for other in near {
        let code = other.code().with_class(code.class()).to_string();
        let title = other.title().unwrap_or_else(|| other.meaning());
        blocks.item(&code, format_args!("{title}."))?;
    }
    Ok(())
}

/// Explains it with the reply code that is the least special of those that it goes with: the one that
/// goes with the most.
fn hint(code: EnhancedCode, blocks: &mut Blocks) -> fmt::Result {
    let codes = code.reply_codes().filter(|&basic| code.agrees_with(basic));
    let infos = codes.filter_map(ReplyCode::info);
    let Some(info) = infos.max_by_key(|info| info.enhanced().len()) else {
        return Ok(());
    };
    let basic = info.code().as_str();
    blocks.heading(format_args!("More"))?;
    blocks.paragraph(format_args!(
        "`smtp-codes {basic} {code}` explains the two together, `smtp-codes {basic} {code} RCPT` also \
         with the command that was answered."
    ))
}

/// `X.7.26`: the same for all classes that it is meant for.
pub(crate) fn write_all_classes(code: EnumeratedCode, blocks: &mut Blocks) -> fmt::Result {
    let Some(info) = code.info() else {
        return unknown(code, blocks);
    };
    if let [class] = info.classes() {
        write(code.with_class(*class), blocks)?;
        return blocks.paragraph(format_args!(
            "{code} is meant for this class alone, so it is explained as {}.",
            code.with_class(*class)
        ));
    }
    blocks.title(format_args!("{info}"))?;
    blocks.paragraph(format_args!("{}", info.meaning()))?;
    for class in info.classes() {
        let alone = Combination {
            enhanced: Some(code.with_class(*class)),
            ..Combination::default()
        };
        if let Some(to_do) = alone.to_do(None)? {
            let label = code.with_class(*class).to_string();
            blocks.item(&label, format_args!("{}", to_do.steps))?;
        }
    }
    blocks.heading(format_args!("Facts"))?;
    if let Some(subject) = code.subject_info() {
        blocks.item("Subject", format_args!("{subject}. {}", subject.meaning()))?;
    }
    let codes = |codes: &[ReplyCode]| listed(codes.iter().map(|code| code.as_str()), "and");
    let basic = match info.basic_codes() {
        BasicCodes::Any => "The registry allows any.".to_owned(),
        BasicCodes::Class(class) => format!("The registry allows any {}yz.", class.digit()),
        BasicCodes::Listed(listed) => format!("The registry names {}.", codes(listed)),
        _ => "The registry names none.".to_owned(),
    };
    let seen = match info.seen_with() {
        [] => String::new(),
        seen => format!(" It is seen with {}.", codes(seen)),
    };
    blocks.item("Reply codes", format_args!("{basic}{seen}"))?;
    if let Some(note) = info.deprecated() {
        blocks.item("Deprecated", format_args!("{note}"))?;
    }
    blocks.item("Reference", format_args!("{}.", info.reference()))?;
    blocks.heading(format_args!("More"))?;
    let classes = info.classes().iter().map(|class| {
        let class: EnhancedClass = *class;
        format!("`smtp-codes {}`", code.with_class(class))
    });
    let classes: Vec<_> = classes.collect();
    blocks.paragraph(format_args!(
        "{} explain it for one class.",
        listed(classes.iter(), "and")
    ))
}

fn unknown(code: EnumeratedCode, blocks: &mut Blocks) -> fmt::Result {
    blocks.title(format_args!("{code}"))?;
    match code.subject_info() {
        Some(subject) => blocks.paragraph(format_args!(
            "The registry does not have {code}: only its subject has a meaning, {}. {}",
            subject.title(),
            subject.meaning()
        )),
        None => blocks.paragraph(format_args!(
            "The registry has neither {code} nor its subject, so nothing is known about it."
        )),
    }
}
