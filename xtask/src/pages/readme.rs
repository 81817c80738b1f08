//! What is generated in the READMEs: the table of codes in one, and in each what the command prints.

use codes_core::{CodeInfo, TABLE};

use super::{class, code_anchor, words};
use crate::escape::escaped;
use crate::markdown::link;
use crate::regen::{Output, Part};

const BEGIN: &str =
    "<!-- Made by `cargo xtask regen` from smtp-codes-data.toml, up to the end mark. -->";
const END: &str = "<!-- The end of what is made by `cargo xtask regen`. -->";

pub(super) fn outputs() -> [Output; 2] {
    let table = Part::Between {
        begin: BEGIN,
        end: END,
        contents: table(),
    };
    [
        Output {
            path: "README.md",
            parts: vec![table, Part::Tour],
        },
        Output {
            path: "codes-cli/README.md",
            parts: vec![Part::Tour],
        },
    ]
}

fn table() -> String {
    let mut text = "\n| Code | Name | Class | Standing |\n|---|---|---|---|\n".to_owned();
    for info in &TABLE {
        let target = format!("docs/codes.md#{}", code_anchor(info.code()));
        let number = link(info.code().as_str(), &target);
        let (name, class, standing) = (escaped(info.name()), class(info.code()), standing(info));
        text += &format!("| {number} | {name} | {class} | {standing} |\n");
    }
    text.push('\n');
    text
}

/// `extension (AUTH)`
fn standing(info: &CodeInfo) -> String {
    let standing = words(info.standing().as_str());
    match info.extensions() {
        [] => standing,
        extensions => format!("{standing} ({})", escaped(&extensions.join(", "))),
    }
}
