//! What the data file may call a code or a command is checked against what `codes-core` itself has.

use std::fs;
use std::path::{Path, PathBuf};

use crate::scratch::data;

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true => sources(&path, found),
            false => found.push(path),
        }
    }
}

fn core() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../codes-core/src")
}

/// The constants that are written by hand for a type, beside those that the macro makes.
fn constants_of(name: &str) -> Vec<String> {
    let (mut files, mut found) = (Vec::new(), Vec::new());
    sources(&core(), &mut files);
    for file in files {
        let text = fs::read_to_string(&file).expect("a source");
        for block in text.split(&format!("\nimpl {name} {{\n")).skip(1) {
            let block = block.split("\n}\n").next().unwrap_or_default();
            for line in block.lines().filter(|line| line.starts_with("    ")) {
                let constant = line.split_once("const ").map(|(_, rest)| rest);
                let constant = constant.and_then(|rest| rest.split_once(':'));
                let is_name = |name: &str| name.chars().all(|c| c.is_ascii_uppercase() || c == '_');
                found.extend(
                    constant
                        .filter(|(name, _)| is_name(name))
                        .map(|(name, _)| name.to_owned()),
                );
            }
        }
    }
    found
}

/// What is said about the data file with one piece of it replaced.
fn said(old: &str, new: &str) -> Vec<String> {
    let text = data().replacen(old, new, 1);
    let (_, problems) = codes_data::read(&text, None);
    codes_data::problem::render("codes.toml", &text, &problems)
}

#[test]
fn no_name_of_a_code_takes_that_of_something_else() {
    let ours = constants_of("ReplyCode");
    assert_eq!(ours, ["LOWEST"]);
    for constant in ours {
        let name = format!("name = \"{}\"", constant.replace('_', " ").to_lowercase());
        let said = said("name = \"Start Mail Input\"", &name);
        let message = format!("gives the constant {constant}, which is taken");
        assert!(said.iter().any(|said| said.contains(&message)), "{said:?}");
    }
    // They have none, so nothing has to be refused.
    for name in ["EnumeratedCode", "Command"] {
        assert_eq!(constants_of(name), [""; 0], "{name}");
    }
}

#[test]
fn no_verb_takes_the_name_of_another_type_in_its_module() {
    let text = fs::read_to_string(core().join("command.rs")).expect("the module of the commands");
    let shown = text.lines().filter(|line| line.starts_with("pub use"));
    let names: Vec<_> = shown
        .flat_map(|line| line.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.starts_with(char::is_uppercase))
        .collect();
    assert!(
        names.contains(&"Answer") && names.contains(&"RepliesTo"),
        "{names:?}"
    );
    for name in names.iter().chain(&["Self"]) {
        let mut verb = String::new();
        for c in name.chars() {
            if c.is_uppercase() && !verb.is_empty() {
                verb.push('-');
            }
            verb.extend(c.to_uppercase());
        }
        let said = said("verb = \"ETRN\"", &format!("verb = \"{verb}\""));
        let message = format!("the verb `{verb}` gives the type {name}, which is taken");
        assert!(
            said.iter().any(|said| said.contains(&message)),
            "{name}: {said:?}"
        );
    }
}
