//! A crate with a file of private codes, which knows `codes-core` by another name.

use std::fs;
use std::path::Path;

use crate::scratch::{Scratch, manifest, write};

const MAIN: &str = r#"
mod acme {
    smtp::smtp_codes!("acme-codes.toml");
}
mod mill {
    smtp::smtp_codes!("mill-codes.toml");
}

use acme::Smtp559;
use smtp::command::{Answer, Bdat, Mail, RepliesTo};
use smtp::{Command, Comparison, Relation, ReplyCode, Smtp550, TypedCode, compare};

// All of it is known while this is compiled.
const BOTH: Comparison = Comparison::of::<Smtp559, Smtp550>();
const RELATION: Relation = BOTH.relation();
const _: () = assert!(BOTH.remark().is_some() && BOTH.choose().is_some());
const _: () = assert!(Comparison::of::<mill::Smtp559, mill::Smtp550>().remark().is_some());
// What a table says of a number is about its own code of that number.
const _: () = assert!(Comparison::of::<mill::Smtp559, Smtp550>().remark().is_none());
const _: () = assert!(Comparison::of::<Smtp559, mill::Smtp550>().remark().is_none());
const _: () = assert!(Comparison::of::<mill::Smtp550, smtp::Smtp450>().remark().is_none());

fn last_chunk(reply: impl RepliesTo<Bdat>) -> ReplyCode {
    reply.into_code()
}

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

    // What comes after the final dot comes after the last chunk too (RFC 3030 section 2).
    assert_eq!(last_chunk(mill::Smtp559), 559);
    let rows: Vec<_> = mill::Smtp559.info().commands().iter().map(|row| row.command()).collect();
    assert_eq!(rows, [Command::DATA_BODY, Command::BDAT]);
    assert_eq!(RELATION, Relation::Alternatives);
    for (left, right, remark) in [
        (smtp::Subject::from(Smtp559), smtp::Subject::from(Smtp550), true),
        (mill::Smtp559.info().into(), mill::Smtp550.info().into(), true),
        (mill::Smtp559.info().into(), Smtp550.info().into(), false),
        (Smtp559.info().into(), mill::Smtp550.info().into(), false),
    ] {
        assert_eq!(compare(left, right).remark().is_some(), remark, "{left} {right}");
        assert_eq!(compare(right, left).remark().is_some(), remark, "{right} {left}");
    }

    // What may follow comes from all rows, each step once.
    for (other, steps) in [(smtp::Smtp354.info(), "RCPT>DATA"), (smtp::Smtp221.info(), "RCPT>QUIT")] {
        let both = compare(mill::Smtp259, other);
        assert!(both.meet_at().map(|step| step.to_string()).eq([steps]), "{both}");
    }

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

/// Another table with the same number, and with one of ours that it describes anew.
const MILL: &str = r#"
[[reply]]
code = 559
name = "Not Milled"
standing = "de-facto"
description = "The mill did not grind it."
when = "At the end of the message."
fix = "Send finer corn."
connection = "open"
next-actor = "sender"
retry = "after-change"

[[reply]]
code = 550
replaces = true
name = "No Such Corn"
standing = "de-facto"
description = "The mill does not know the corn."
when = "At RCPT."
fix = "Send other corn."
connection = "open"
next-actor = "sender"
retry = "after-change"

[[reply]]
code = 259
name = "Half Milled"
standing = "de-facto"
description = "The corn is coarse so far."
when = "At RCPT."
fix = "Send the rest, or leave."
connection = "open"
next-actor = "client-software"
retry = "proceed"

[[command]]
verb = "DATA-BODY"
replies = [{ code = 559 }]

[[command]]
verb = "RCPT"
replies = [
    { code = 550 },
    { code = 259, source = "the new mill", next = ["DATA"] },
    { code = 259, source = "the old mill", next = ["DATA", "QUIT"] },
]

[[pair]]
codes = [550, 559]
remark = "One is before the mill, the other in it."
choose = "Use the first for unknown corn, the second for coarse."
"#;

/// A second call beside the first, where the names of both would be the same.
const TWICE: &str = r#"
smtp::smtp_codes!("acme-codes.toml");
smtp::smtp_codes!("mill-codes.toml");

fn main() {
    println!("{Smtp559}");
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
        ("mill-codes.toml", MILL),
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

    write(&user.join("src/main.rs"), TWICE.as_bytes());
    let refused = scratch.cargo(&user, &["check"]).failed();
    assert_eq!(
        refused.complaints(),
        ["error[E0428]: the name `only_one_smtp_codes_in_a_module` is defined multiple times"],
        "{}",
        refused.stderr
    );

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
