//! Small pieces of sentences.

use codes_core::{Class, CodeInfo, CommandKind, ReplyCode, Standing};

/// `a`, `a and b`, `a, b and c`
pub(crate) fn listed<T: AsRef<str>>(items: impl Iterator<Item = T>, last: &str) -> String {
    let items: Vec<_> = items.collect();
    let mut text = String::new();
    for (at, item) in items.iter().enumerate() {
        match items.len() - at {
            _ if at == 0 => {}
            1 => text.push_str(&format!(" {last} ")),
            _ => text.push_str(", "),
        }
        text.push_str(item.as_ref());
    }
    text
}

/// `permanent negative reply (5yz)`
pub(crate) fn of_class(code: ReplyCode) -> String {
    match code.class() {
        Class::Other => "number of no class of SMTP replies".to_owned(),
        class => format!("{} reply ({}yz)", spaced(class), code.get() / 100),
    }
}

/// `permanent negative`
pub(crate) fn spaced(class: Class) -> String {
    class.as_str().replace('-', " ")
}

/// `in answer to RCPT or after the final dot of the message`: where the code may come.
pub(crate) fn moments(info: &CodeInfo) -> String {
    let rows = info.commands().iter();
    let today = rows
        .filter(|row| row.standing() != Standing::Historic)
        .map(|row| row.command());
    let mut commands: Vec<&str> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for command in today {
        match command.kind() {
            CommandKind::Command if !commands.contains(&command.name()) => {
                commands.push(command.name());
            }
            CommandKind::Command => {}
            _ => {
                let moment = command.moment().to_string();
                if !others.contains(&moment) {
                    others.push(moment);
                }
            }
        }
    }
    if !commands.is_empty() {
        others.insert(
            0,
            format!("in answer to {}", listed(commands.into_iter(), "or")),
        );
    }
    listed(others.into_iter(), "or")
}

/// The first sentence of a text.
pub(crate) fn first_sentence(text: &str) -> &str {
    let ends = text.match_indices(". ").find(|(at, _)| {
        let next = text[at + 2..].chars().next();
        next.is_some_and(|next| next.is_uppercase() || next.is_ascii_digit())
    });
    ends.map_or(text, |(at, _)| &text[..=at])
}

/// `once`, `twice`, `3 times`
pub(crate) fn times(count: usize) -> String {
    match count {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        more => format!("{more} times"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_people_write_them() {
        let text = |items: &[&str]| listed(items.iter(), "and");
        assert_eq!(text(&[]), "");
        assert_eq!(text(&["a"]), "a");
        assert_eq!(text(&["a", "b"]), "a and b");
        assert_eq!(text(&["a", "b", "c"]), "a, b and c");
    }

    #[test]
    fn a_sentence_ends_where_the_next_begins() {
        assert_eq!(first_sentence("One, e.g. this. Two."), "One, e.g. this.");
        assert_eq!(first_sentence("One."), "One.");
        assert_eq!(
            first_sentence("See 5.1.1 there. 550 is two."),
            "See 5.1.1 there."
        );
    }
}
