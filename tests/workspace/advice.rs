//! What is said about the next step, at every point of a session.

use codes_core::{
    Command, CommandKind, EnhancedCode, NextActor, Page, ReplyCode, Retry, Scope, Situation,
    Smtp452, TABLE,
};

use crate::prose::Blocks;

mod acme {
    codes_core::smtp_codes!("../codes-core/examples/acme-codes.toml");
}

mod replacement {
    codes_core::smtp_codes!("workspace/replacement.toml");
}

#[test]
fn each_advice_reads_well() {
    let mut faults = Vec::new();
    let statuses = ["4.2.2", "5.7.708"].map(|text| Some(text.parse::<EnhancedCode>().expect(text)));
    let unknown =
        [199, 299, 399, 499, 599].map(|number| ReplyCode::new(number).expect("three digits"));
    let situations = TABLE.iter().map(Situation::new);
    let situations = situations.chain(unknown.map(Situation::new));
    let points = Command::all().filter(|point| point.kind() != CommandKind::Group);
    let points: Vec<_> = points.map(Some).chain([None]).collect();
    for situation in situations {
        for &point in &points {
            for status in statuses.into_iter().chain([None]) {
                let advice = situation.at(point).enhanced(status).advice();
                let mut blocks = Blocks::default();
                advice.write_to(&mut blocks).expect("a page in memory");
                let mut paragraph = Blocks::default();
                paragraph
                    .paragraph(format_args!("{advice}"))
                    .expect("a page in memory");
                let found = blocks.faults().into_iter().chain(paragraph.faults());
                faults.extend(found.map(|fault| format!("{advice}: {fault}")));
            }
        }
    }
    let shown = faults.len().min(10);
    assert!(
        faults.is_empty(),
        "{} faults, such as\n{}",
        faults.len(),
        faults[..shown].join("\n")
    );
}

#[test]
fn a_private_code_keeps_its_own_facts() {
    for info in &acme::TABLE {
        let advice = Situation::new(info).advice();
        assert_eq!(advice.action(), info.retry(), "{info}");
        assert_eq!(advice.next_actor(), info.next_actor(), "{info}");
        assert_eq!(advice.connection(), info.connection(), "{info}");
    }
    // What holds for a whole class holds for it too.
    let advice = Situation::new(acme::Smtp559).at(Command::CONNECT).advice();
    assert_eq!(advice.action(), Retry::OtherHost);
    assert_eq!(advice.scope(), Some(Scope::Session));
    let list: EnhancedCode = "5.7.2".parse().expect("an enhanced code");
    let advice = Situation::new(acme::Smtp559)
        .at(Command::RCPT)
        .enhanced(list);
    assert_eq!(advice.advice().next_actor(), NextActor::Sender);
    assert_eq!(advice.advice().action(), acme::Smtp559.info().retry());
}

#[test]
fn what_is_said_of_a_number_of_ours_is_not_said_of_its_replacement() {
    let ours = Situation::new(Smtp452).at(Command::RCPT);
    let ours = ours.recipients_accepted(1).advice();
    assert_eq!(ours.action(), Retry::FewerRecipients);
    let theirs = Situation::new(replacement::Smtp452).at(Command::RCPT);
    let theirs = theirs.recipients_accepted(1).advice();
    assert_eq!(theirs.action(), Retry::AfterChange);
    assert_eq!(theirs.next_actor(), NextActor::Sender);
    assert_eq!(theirs.scope(), Some(Scope::Login));
    // Still a 4yz.
    assert!(!theirs.may_bounce());
}
