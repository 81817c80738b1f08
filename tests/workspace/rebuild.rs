//! An edit of the data file reaches everything that is made from it, and nothing else.

use crate::scratch::{Outcome, Scratch, data, manifest, write};

const USES_354: &str = r#"
fn main() {
    println!("{}", codes_core::Smtp354);
}
"#;

const USES_987: &str = r#"
use codes_core::{Relation, ReplyCode, Smtp987, TABLE, compare};

fn main() {
    assert_eq!(Smtp987.to_string(), "987 Added By A Test");
    assert_eq!(ReplyCode::ADDED_BY_A_TEST, Smtp987);
    assert_eq!(ReplyCode::new(987).and_then(ReplyCode::info), Some(Smtp987.info()));
    assert_eq!(ReplyCode::from_name("Added By A Test"), Some(Smtp987.code()));
    for info in &TABLE {
        let text = compare(info.code(), Smtp987).to_string();
        assert!(text.contains(Smtp987.description()), "{text}");
    }
    assert_eq!(compare(Smtp987, ReplyCode::START_MAIL_INPUT).relation(), Relation::Unknown);
    println!("{Smtp987:#}");
}
"#;

const ENTRY_987: &str = r#"
[[reply]]
code = 987
name = "Added By A Test"
standing = "de-facto"
description = """
A test of this project has added 987."""
when = """
Nobody sees 987 outside of that test."""
fix = """
There is nothing to repair about 987."""
connection = "open"
next-actor = "nobody"
retry = "never"
"#;

#[test]
fn an_edit_rebuilds_the_core_and_its_users_only() {
    let scratch = Scratch::new();
    let user = scratch.user(
        "rebuild-user",
        &[
            ("Cargo.toml", &manifest("rebuild-user", "codes-core")),
            ("src/main.rs", USES_354),
        ],
    );
    let build = || scratch.cargo(&user, &["build", "--verbose"]);
    build().succeeded();
    assert_eq!(
        compiled(&build().succeeded()),
        [""; 0],
        "nothing was changed"
    );

    let data_file = scratch.workspace("smtp-codes-data.toml");
    write(&data_file, format!("{}{ENTRY_987}", data()).as_bytes());
    assert_eq!(
        compiled(&build().succeeded()),
        ["codes-core", "rebuild-user"]
    );
    assert_eq!(
        compiled(&build().succeeded()),
        [""; 0],
        "nothing was changed again"
    );

    write(&user.join("src/main.rs"), USES_987.as_bytes());
    let run = scratch.cargo(&user, &["run", "--verbose"]).succeeded();
    assert_eq!(compiled(&run), ["rebuild-user"]);
    assert!(
        run.stdout.starts_with("987 Added By A Test\n"),
        "{}",
        run.stdout
    );

    write(&data_file, data().as_bytes());
    let removed = build().failed();
    assert_eq!(compiled(&removed), ["codes-core", "rebuild-user"]);
    assert!(
        removed.stderr.contains("no `Smtp987` in the root"),
        "{}",
        removed.stderr
    );
}

/// The packages that cargo compiled, the others being fresh.
fn compiled(outcome: &Outcome) -> Vec<&str> {
    let words = outcome.stderr.lines().map(|line| line.split_whitespace());
    let mut fresh = 0;
    let mut compiled = Vec::new();
    for mut words in words {
        match words.next() {
            Some("Fresh") => fresh += 1,
            Some("Compiling") => compiled.extend(words.next()),
            _ => {}
        }
    }
    assert!(
        fresh + compiled.len() > 2,
        "cargo tells of each package:\n{}",
        outcome.stderr
    );
    compiled
}
