//! A class of codes, a category, or a subject of enhanced codes.

use std::fmt;

use codes_core::{
    Class, CodeInfo, EnhancedClass, EnumeratedCode, Page, ReplyCode, SubCodeInfo, TABLE,
};

use crate::page::Blocks;
use crate::question::Group;
use crate::words::spaced;

/// Whether anything is known of the group.
pub(crate) fn is_known(group: Group) -> bool {
    match group {
        Group::First(_) | Group::Second(_) => members(group).next().is_some(),
        Group::Class(_) => true,
        Group::Subject(_, subject) => subject_info(subject).is_some(),
    }
}

fn subject_info(subject: u16) -> Option<&'static SubCodeInfo> {
    EnumeratedCode::new(subject, 0)?.subject_info()
}

/// The reply codes of a class or a category.
pub(crate) fn members(group: Group) -> impl Iterator<Item = &'static CodeInfo> {
    let digits = |code: ReplyCode| (code.get() / 100, code.get() / 10 % 10);
    TABLE.iter().filter(move |info| match group {
        Group::First(digit) => digits(info.code()).0 == u16::from(digit),
        Group::Second(digit) => digits(info.code()).1 == u16::from(digit),
        Group::Class(_) | Group::Subject(..) => false,
    })
}

/// What the codes of a group have in common, and which those are.
pub(crate) fn write(group: Group, blocks: &mut Blocks) -> fmt::Result {
    match group {
        Group::First(digit) => first_digit(digit, blocks)?,
        Group::Second(digit) => {
            blocks.title(format_args!("x{digit}z {}", second_title(digit)))?;
            blocks.paragraph(format_args!("{}", second_meaning(digit)))?;
        }
        Group::Class(class) => return enhanced_class(class, blocks),
        Group::Subject(class, subject) => return enhanced_subject(class, subject, blocks),
    }
    if members(group).next().is_none() {
        return Ok(());
    }
    blocks.heading(format_args!("Its codes"))?;
    for info in members(group) {
        blocks.item(
            info.code().as_str(),
            format_args!("{}, {}.", info.name(), info.standing()),
        )?;
    }
    Ok(())
}

fn first_digit(digit: u8, blocks: &mut Blocks) -> fmt::Result {
    let class = ReplyCode::new(u16::from(digit) * 100).map_or(Class::Other, ReplyCode::class);
    blocks.title(format_args!("{digit}yz: {}", title(class)))?;
    blocks.paragraph(format_args!("{}", meaning(class)))?;
    blocks.item("What to do", format_args!("{}", duty(class)))?;
    blocks.item("Defined in", format_args!("RFC 5321 section 4.2.1."))
}

fn title(class: Class) -> String {
    match class {
        Class::Other => "no class of SMTP replies".to_owned(),
        class => format!("{} reply", spaced(class)),
    }
}

/// What the first digit asserts.
pub(crate) const fn meaning(class: Class) -> &'static str {
    match class {
        Class::PositiveCompletion => {
            "The command is carried out. After the end of the message it is more than that: the server \
             is responsible for the mail from then on."
        }
        Class::PositiveIntermediate => {
            "The command is accepted so far, and the server waits for what belongs to it: the message \
             after DATA, the next part of a login."
        }
        Class::TransientNegative => {
            "The command was not carried out, for a reason that may pass: the same may succeed later, \
             without anybody changing anything."
        }
        Class::PermanentNegative => {
            "The command was not carried out, and would be refused again if it were repeated in the \
             same form."
        }
        _ => {
            "No SMTP reply begins with this digit: whoever sent it speaks another protocol, or is out \
             of step with the client."
        }
    }
}

/// What a client does that knows no more than the first digit.
pub(crate) const fn duty(class: Class) -> &'static str {
    match class {
        Class::PositiveCompletion => {
            "Go on with the next command. In answer to DATA it is out of step, as that takes an \
             intermediate reply."
        }
        Class::PositiveIntermediate => {
            "Send what the command goes on with. A client that cannot tell what that is closes the \
             connection and tries again later."
        }
        Class::TransientNegative => {
            "Keep the mail in the queue and try again after a while, for some days; only then it is \
             returned to the sender."
        }
        Class::PermanentNegative => {
            "Do not repeat the command unchanged. In answer to RCPT or to the message the mail goes \
             back to its sender; as a greeting or to EHLO the reply concerns that host alone, and \
             another one is tried."
        }
        _ => "Close the connection, keep the mail in the queue and try again later.",
    }
}

const fn second_title(digit: u8) -> &'static str {
    match digit {
        0 => "Syntax",
        1 => "Information",
        2 => "Connections",
        5 => "Mail system",
        3 | 4 => "Left open",
        _ => "Outside the grammar",
    }
}

const fn second_meaning(digit: u8) -> &'static str {
    match digit {
        0 => {
            "The second digit 0 is for syntax: commands that are wrong, unknown or not implemented, and \
             what fits no other category."
        }
        1 => "The second digit 1 is for answers to a request for information, such as HELP.",
        2 => {
            "The second digit 2 is for the connection: its opening, its end, the service as a whole."
        }
        5 => {
            "The second digit 5 is for the mail system: what became of the recipient, the message or \
             another action on mail."
        }
        3 | 4 => {
            "RFC 5321 leaves this second digit open (section 4.2.1); extensions such as AUTH use it."
        }
        _ => {
            "RFC 5321 has no such second digit: it goes from 0 to 5 (section 4.2), so these numbers are \
             not even legal in form."
        }
    }
}

fn enhanced_class(class: EnhancedClass, blocks: &mut Blocks) -> fmt::Result {
    let info = class.info();
    blocks.title(format_args!("{info}"))?;
    blocks.paragraph(format_args!("{}", info.meaning()))?;
    let basic = ReplyCode::new(u16::from(class.digit()) * 100).map(ReplyCode::class);
    blocks.item(
        "What to do",
        format_args!("{}", duty(basic.unwrap_or(Class::Other))),
    )?;
    blocks.item(
        "Goes with",
        format_args!("Replies {}yz, whose class it shares.", class.digit()),
    )?;
    blocks.item("Defined in", format_args!("{}.", info.reference()))?;
    blocks.heading(format_args!("Its subjects"))?;
    for subject in SubCodeInfo::subjects() {
        let code = subject.code().replacen('X', &class.digit().to_string(), 1);
        blocks.item(&code, format_args!("{}.", subject.title()))?;
    }
    Ok(())
}

fn enhanced_subject(
    class: Option<EnhancedClass>,
    subject: u16,
    blocks: &mut Blocks,
) -> fmt::Result {
    let digit = class.map_or_else(|| "X".to_owned(), |class| class.digit().to_string());
    let Some(info) = subject_info(subject) else {
        blocks.title(format_args!("{digit}.{subject}.Y"))?;
        return blocks.paragraph(format_args!(
            "The registry has no such subject: a client goes by the class alone."
        ));
    };
    blocks.title(format_args!("{digit}.{subject}.Y {}", info.title()))?;
    blocks.paragraph(format_args!("{}", info.meaning()))?;
    if let Some(class) = class {
        let info = class.info();
        blocks.item(
            "Class",
            format_args!("{}: {}", info.title(), info.meaning()),
        )?;
    }
    blocks.item("Defined in", format_args!("{}.", info.reference()))?;
    blocks.heading(format_args!("Its codes"))?;
    for code in details(class, subject) {
        let name = code
            .info()
            .and_then(|info| info.title())
            .unwrap_or("without a title");
        let label = match class {
            Some(class) => code.with_class(class).to_string(),
            None => code.to_string(),
        };
        blocks.item(&label, format_args!("{name}."))?;
    }
    Ok(())
}

/// The registered details of a subject, those that are meant for the class.
pub(crate) fn details(
    class: Option<EnhancedClass>,
    subject: u16,
) -> impl Iterator<Item = EnumeratedCode> {
    let registered = EnumeratedCode::registered().iter().copied();
    registered.filter(move |code| {
        let meant = |class: EnhancedClass| {
            code.info()
                .is_some_and(|info| info.classes().contains(&class))
        };
        code.subject() == subject && class.is_none_or(meant)
    })
}
