//! What is generated, and the pure functions from the table of codes to texts.

mod codes;
mod enhanced;
mod names;
mod pictures;
mod readme;

use codes_core::{Class, Command, EnumeratedCode, ReplyCode};

use crate::regen::Output;

/// Everything that is generated.
pub(crate) fn outputs() -> Vec<Output> {
    let mut outputs = vec![codes::output(), enhanced::output(), names::output()];
    outputs.extend(readme::outputs());
    outputs.extend(pictures::outputs());
    outputs
}

/// The anchor of a code in the reference.
fn code_anchor(code: ReplyCode) -> String {
    code.as_str().to_owned()
}

/// The anchor of an enhanced code on its page: `x-1-1`.
fn enhanced_anchor(code: EnumeratedCode) -> String {
    code.to_string().to_ascii_lowercase().replace('.', "-")
}

/// The anchor of a command in the reference. It has a word in front, so that it is none of those
/// that a viewer makes out of the headings.
fn command_anchor(command: Command) -> String {
    let plain = |char: char| match char.is_ascii_alphanumeric() {
        true => char.to_ascii_lowercase(),
        false => '-',
    };
    let name: String = command.name().chars().map(plain).collect();
    format!("command-{name}")
}

/// `positive intermediate (3yz)`
fn class(code: ReplyCode) -> String {
    match code.class() {
        Class::Other => format!("none ({}yz)", code.get() / 100),
        class => format!("{} ({}yz)", words(class.as_str()), code.get() / 100),
    }
}

/// A word of a fixed list as people write it.
fn words(word: &str) -> String {
    word.replace('-', " ")
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MADE_BY;
    use crate::regen::Part;
    use std::collections::HashMap;

    fn contents(path: &str) -> String {
        let output = outputs().into_iter().find(|output| output.path == path);
        let parts = output.expect("it is generated").parts;
        let contents = parts.iter().find_map(Part::contents);
        contents.expect("the table makes it").to_owned()
    }

    fn between<'a>(text: &'a str, before: &str, after: &str) -> Vec<&'a str> {
        let pieces = text.split(before).skip(1);
        pieces
            .filter_map(|piece| piece.split_once(after))
            .map(|(inside, _)| inside)
            .collect()
    }

    #[test]
    fn all_that_is_generated_begins_with_the_command_that_makes_it() {
        let outputs = outputs();
        let parts = outputs.iter().flat_map(|output| &output.parts);
        for (part, contents) in parts.filter_map(|part| Some((part, part.contents()?))) {
            let first = match part {
                Part::Between { begin, .. } => begin,
                _ => contents.lines().next().unwrap_or_default(),
            };
            assert!(first.contains(MADE_BY), "{first}");
            assert!(contents.ends_with('\n'), "{first}");
        }
    }

    #[test]
    fn every_link_into_the_reference_leads_to_one_place() {
        let (reference, enhanced) = (contents("docs/codes.md"), contents("docs/enhanced.md"));
        let table = contents("README.md");
        let mut links = between(&reference, "](#", ")");
        links.extend(between(&table, "](docs/codes.md#", ")"));
        links.extend(between(&enhanced, "](codes.md#", ")"));
        assert_lead(&links, &reference);
        assert_lead(&between(&reference, "](enhanced.md#", ")"), &enhanced);
    }

    fn assert_lead(links: &[&str], page: &str) {
        let mut anchors: HashMap<&str, usize> = HashMap::new();
        for anchor in between(page, "<a id=\"", "\"") {
            *anchors.entry(anchor).or_default() += 1;
        }
        assert!(links.len() > anchors.len());
        for link in links {
            assert_eq!(anchors.get(link), Some(&1), "{link}");
        }
    }

    #[test]
    fn every_code_and_every_command_has_a_place_in_the_reference() {
        let reference = contents("docs/codes.md");
        let anchored = |anchor: &str| reference.contains(&format!("<a id=\"{anchor}\"></a>"));
        for info in &codes_core::TABLE {
            assert!(anchored(&code_anchor(info.code())), "{info}");
        }
        for command in Command::all() {
            assert!(anchored(&command_anchor(command)), "{command}");
        }
        let enhanced = contents("docs/enhanced.md");
        for &code in EnumeratedCode::registered() {
            let anchor = format!("<a id=\"{}\"></a>{code} ", enhanced_anchor(code));
            assert!(enhanced.contains(&anchor), "{code}");
        }
    }
}
