//! A crate that uses the codes as people do.

use crate::scratch::{Scratch, manifest};

const MAIN: &str = r#"
use codes_core::command::{Answer, Data, RepliesTo};
use codes_core::{Relation, ReplyCode, Smtp354, Smtp450, Smtp521, TypedCode, compare};

const NAME: &str = Smtp354.name();
const CODE: ReplyCode = Smtp354::CODE;

fn number<T: TypedCode>(_: T) -> u16 {
    T::CODE.get()
}

fn data(known_client: bool) -> Answer<Data> {
    if known_client { Smtp354.into() } else { Smtp450.into() }
}

fn answer(reply: impl RepliesTo<Data>) -> ReplyCode {
    reply.into_code()
}

fn main() {
    assert_eq!(std::mem::size_of::<Smtp354>(), 0);
    assert_eq!((NAME, number(Smtp354)), ("Start Mail Input", 354));
    assert!(CODE == Smtp354 && CODE == ReplyCode::START_MAIL_INPUT && CODE == 354);
    assert_eq!("354".parse(), Ok(CODE));
    assert_eq!((data(true).code(), data(false).code()), (Smtp354.code(), Smtp450.code()));
    assert_eq!(answer(Smtp354), 354);
    let both = compare(Smtp354, Smtp521);
    assert_eq!(both.relation(), Relation::Apart);
    println!("{Smtp354}\n{Smtp354:#}\n{both}");
}
"#;

#[test]
fn a_crate_that_uses_the_codes_runs() {
    let scratch = Scratch::new();
    let manifest = manifest("downstream", "codes-core");
    let user = scratch.user(
        "downstream",
        &[("Cargo.toml", &manifest), ("src/main.rs", MAIN)],
    );
    let run = scratch.cargo(&user, &["run"]).succeeded();
    assert!(
        run.stdout.starts_with("354 Start Mail Input\n"),
        "{}",
        run.stdout
    );
    let own = codes_core::compare(codes_core::Smtp354, codes_core::Smtp521).to_string();
    assert!(run.stdout.ends_with(&format!("{own}\n")), "{}", run.stdout);
    assert_eq!(run.complaints(), [""; 0]);
}
