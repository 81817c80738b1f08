//! A crate with a file of private codes, which knows `codes-core` by another name.

use std::fs;
use std::path::Path;

use crate::scratch::{Scratch, manifest, write};

const MAIN: &str = r#"
mod acme {
    smtp::smtp_codes!("acme-codes.toml");
}

use acme::Smtp559;
use smtp::command::{Answer, Mail, RepliesTo};
use smtp::{Relation, ReplyCode, Smtp550, TypedCode, compare};

fn number<T: TypedCode>(_: T) -> u16 {
    T::CODE.get()
}

fn answer(reply: impl RepliesTo<Mail>) -> ReplyCode {
    reply.into_code()
}

fn main() {
    assert_eq!(Smtp559.to_string(), "559 Tenant Suspended");
    assert_eq!((number(Smtp559), answer(Smtp559)), (559, Smtp559.code()));
    assert_eq!(Answer::<Mail>::from(Smtp559).code(), 559);

    assert_eq!(acme::TABLE.len(), 1);
    assert_eq!(acme::TABLE.get(Smtp559.code()), Some(Smtp559.info()));
    assert_eq!(acme::TABLE.get(Smtp550.code()), Some(Smtp550.info()));
    assert_eq!(smtp::TABLE.get(Smtp559.code()), None);

    let mut text = String::new();
    Smtp559.reply("Acme does not know you.").write_to(&mut text).expect("a reply");
    Smtp559.reply_lines(&["Call", "us"]).write_to(&mut text).expect("a reply");
    assert_eq!(text, "559 Acme does not know you.\r\n559-Call\r\n559 us\r\n");

    let both = compare(Smtp550, Smtp559);
    assert_eq!(both.relation(), Relation::Alternatives);
    assert!(both.meet_at().map(|place| place.to_string()).eq(["MAIL"]));
    assert!(both.remark().is_some());
    assert_eq!(compare(Smtp559, Smtp550).remark(), both.remark());
    let by_number = acme::TABLE.compare(Smtp550.code(), Smtp559.code());
    assert_eq!(by_number.to_string(), both.to_string());
    println!("{both}");
}
"#;

const USES_THE_TYPE: &str = r#"
mod acme {
    smtp::smtp_codes!("acme-codes.toml");
}

use acme::Smtp559;

fn main() {
    let info = acme::TABLE.get(Smtp559.code());
    println!("{} {}", info == Some(Smtp559.info()), smtp::compare(Smtp559, smtp::Smtp550));
    println!("{:?}", Smtp559.reply("no").check());
}
"#;

fn example() -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../codes-core/examples/acme-codes.toml");
    fs::read_to_string(file).expect("the example of a private table")
}

#[test]
fn private_codes_are_like_ours_and_their_mistakes_too() {
    let scratch = Scratch::new();
    let manifest = manifest("acme", "smtp");
    let files = [
        ("Cargo.toml", manifest.as_str()),
        ("src/main.rs", MAIN),
        ("acme-codes.toml", &example()),
    ];
    let user = scratch.user("acme", &files);
    let run = scratch.cargo(&user, &["run"]).succeeded();
    assert!(run.stdout.starts_with("550 "), "{}", run.stdout);
    assert!(
        run.stdout.contains("559 Tenant Suspended"),
        "{}",
        run.stdout
    );
    assert_eq!(run.complaints(), [""; 0]);

    // What uses the type of a code must not fail because its entry, or one about it, has a mistake.
    let spoiled = [
        ("\"MAIL\"", "\"MIAL\"", "there is no command `MIAL`"),
        (
            "550,",
            "558,",
            "`codes` names 558, but neither this file nor the table it adds to has this code",
        ),
    ];
    let mut text = example();
    for (good, bad, _) in spoiled {
        text = text.replacen(good, bad, 1);
    }
    write(&user.join("acme-codes.toml"), text.as_bytes());
    write(&user.join("src/main.rs"), USES_THE_TYPE.as_bytes());
    let expected = spoiled.map(|(_, bad, message)| {
        let mut lines = text.lines().enumerate();
        let found = lines.find_map(|(at, line)| Some((at + 1, line.find(bad)? + 1)));
        let (line, column) = found.unwrap_or_else(|| panic!("{bad} in the file"));
        format!("error: acme-codes.toml:{line}:{column}: {message}")
    });
    let refused = scratch.cargo(&user, &["check"]).failed();
    assert_eq!(refused.complaints(), expected, "{}", refused.stderr);
    assert!(
        refused.stderr.contains("= help: did you mean `MAIL`?"),
        "{}",
        refused.stderr
    );
}
