//! What the compiler says where a command is answered with a code that it never gets, or anything
//! with one that no server should send.

use crate::scratch::{Scratch, manifest};

const MAIN: &str = "\
use codes_core::Smtp235;
use codes_core::command::{Data, RepliesTo};

fn answer(_: impl RepliesTo<Data>) {}

fn main() {
    answer(Smtp235);
}
";

#[test]
fn a_wrong_pair_is_refused_in_words() {
    let scratch = Scratch::new();
    let manifest = manifest("wrong-pair", "codes-core");
    let user = scratch.user(
        "wrong-pair",
        &[("Cargo.toml", &manifest), ("src/main.rs", MAIN)],
    );
    let refused = scratch.cargo(&user, &["check"]).failed();
    let error = "error[E0277]: a server may not answer `Data` with `Smtp235`";
    assert_eq!(refused.complaints(), [error], "{}", refused.stderr);
    for part in [
        "src/main.rs:7:12",
        "^^^^^^^ not a reply that `Data` can get",
        "note: `Command::answers` lists the codes that may be given at a point of a session",
    ] {
        assert!(
            refused.stderr.contains(part),
            "{part} is not in\n{}",
            refused.stderr
        );
    }
}

const REPLIES: &str = "\
use codes_core::{Smtp447, Smtp550, Smtp571};

fn main() {
    let replies = [
        Smtp550.reply(\"No such user here.\"),
        Smtp447.reply(\"The message expired.\"),
        Smtp571.reply_lines(&[\"Blocked.\"]),
    ];
    println!(\"{replies:?}\");
}
";

#[test]
fn what_no_server_should_send_cannot_be_replied() {
    let scratch = Scratch::new();
    let manifest = manifest("no-reply", "codes-core");
    let user = scratch.user(
        "no-reply",
        &[("Cargo.toml", &manifest), ("src/main.rs", REPLIES)],
    );
    let refused = scratch.cargo(&user, &["check"]).failed();
    // 447 is a status of the sending side; 571 is outside the grammar of RFC 5321.
    let missing = |method, name| {
        format!(
            "error[E0599]: no method named `{method}` found for struct `{name}` in the current scope"
        )
    };
    let expected = [
        missing("reply", "Smtp447"),
        missing("reply_lines", "Smtp571"),
    ];
    assert_eq!(refused.complaints(), expected, "{}", refused.stderr);
}
