//! What the compiler says where a command is answered with a code that it never gets.

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
