//! The list of public names, in which a removed or renamed code catches the eye of a reviewer.

use codes_core::{Command, CommandKind, EnumeratedCode, TABLE};

use crate::MADE_BY;
use crate::regen::{Output, Part};

pub(super) fn output() -> Output {
    let mut text = format!(
        "# {MADE_BY}.\n\
         # The names that programs use, and what `{{}}` prints for each. They are public for ever: a line\n\
         # that changes or goes breaks somebody's build or log parser.\n\n"
    );
    for info in &TABLE {
        let (number, constant) = (info.code().as_str(), constant(info.name()));
        text += &format!("Smtp{number}  ReplyCode::{constant}  \"{info}\"\n");
    }
    text.push('\n');
    for command in Command::all().filter(|command| command.kind() != CommandKind::Group) {
        let (stage, constant) = (stage(command.name()), constant(command.name()));
        text += &format!("command::{stage}  Command::{constant}  \"{command}\"\n");
    }
    text.push('\n');
    for info in EnumeratedCode::registered()
        .iter()
        .filter_map(|code| code.info())
    {
        if let Some(constant) = info.constant() {
            text += &format!("EnumeratedCode::{constant}  \"{}\"\n", info.code());
        }
    }
    Output {
        path: "docs/names.txt",
        parts: vec![Part::Whole(text)],
    }
}

/// `Start Mail Input` or `DATA-BODY` as the name of a constant.
pub(super) fn constant(name: &str) -> String {
    name.replace([' ', '-'], "_").to_ascii_uppercase()
}

/// `DATA-BODY` as the name of a type.
fn stage(verb: &str) -> String {
    let words = verb.split('-').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        format!("{first}{}", rest.to_ascii_lowercase())
    });
    words.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use codes_core::command::{After521Greeting, Data, DataBody, Stage};
    use codes_core::{ReplyCode, Smtp354, Smtp521};

    /// The line that the names themselves make, so that the list cannot drift away from them.
    macro_rules! line {
        ($path:literal $name:ident, $of:ident $constant:ident, $value:expr) => {{
            assert_eq!($of::$constant, $value);
            let (name, constant) = (stringify!($name), stringify!($constant));
            let of = stringify!($of);
            format!(
                "{}{name}  {of}::{constant}  \"{}\"\n",
                $path,
                $of::$constant
            )
        }};
    }

    macro_rules! enhanced {
        ($constant:ident, $code:literal) => {{
            assert_eq!(EnumeratedCode::$constant.to_string(), $code);
            format!("EnumeratedCode::{}  \"{}\"\n", stringify!($constant), $code)
        }};
    }

    #[test]
    fn the_list_has_the_names_that_the_compiler_knows() {
        let output = output();
        let list = output.parts.iter().find_map(Part::contents);
        let list = list.expect("the table makes it");
        for line in [
            line!("" Smtp354, ReplyCode START_MAIL_INPUT, Smtp354.code()),
            line!("" Smtp521, ReplyCode HOST_DOES_NOT_ACCEPT_MAIL, Smtp521.code()),
            enhanced!(MAILBOX_FULL, "X.2.2"),
            enhanced!(MESSAGE_TOO_BIG_FOR_PRIORITY, "X.7.16"),
            line!("command::" Data, Command DATA, Data::COMMAND),
            line!("command::" DataBody, Command DATA_BODY, DataBody::COMMAND),
            line!("command::" After521Greeting, Command AFTER_521_GREETING, After521Greeting::COMMAND),
        ] {
            assert!(list.contains(&format!("\n{line}")), "{line}");
        }
    }

    #[test]
    fn every_name_leads_back_to_its_code() {
        for info in &TABLE {
            assert_eq!(
                ReplyCode::from_name(&constant(info.name())),
                Some(info.code())
            );
        }
    }
}
