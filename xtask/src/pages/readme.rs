//! The table of codes in the README.

use codes_core::{CodeInfo, TABLE};

use super::{class, code_anchor, words};
use crate::markdown::{escaped, link};
use crate::regen::{Output, Place};

const BEGIN: &str =
    "<!-- Made by `cargo xtask regen` from smtp-codes-data.toml, up to the end mark. -->";
const END: &str = "<!-- The end of what is made by `cargo xtask regen`. -->";

pub(super) fn output() -> Output {
    let mut text = "\n| Code | Name | Class | Standing |\n|---|---|---|---|\n".to_owned();
    for info in &TABLE {
        let target = format!("docs/codes.md#{}", code_anchor(info.code()));
        let number = link(info.code().as_str(), &target);
        let (name, class, standing) = (escaped(info.name()), class(info.code()), standing(info));
        text += &format!("| {number} | {name} | {class} | {standing} |\n");
    }
    text.push('\n');
    Output {
        path: "README.md",
        contents: text,
        place: Place::Between {
            begin: BEGIN,
            end: END,
        },
    }
}

/// `extension (AUTH)`
fn standing(info: &CodeInfo) -> String {
    let standing = words(info.standing().as_str());
    match info.extensions() {
        [] => standing,
        extensions => format!("{standing} ({})", escaped(&extensions.join(", "))),
    }
}
