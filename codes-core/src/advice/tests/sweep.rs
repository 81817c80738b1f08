//! What must hold for every reply anywhere.

use super::*;
use crate::EnumeratedCode;

/// All codes at all points, with every kind of enhanced code and circumstance.
#[test]
fn no_reply_anywhere_is_advised_badly() {
    let statuses = [
        "", "2.0.0", "4.2.2", "4.5.3", "4.7.1", "5.1.1", "5.2.2", "5.3.4", "5.5.3", "5.5.4",
        "5.5.1", "5.7.0", "5.7.8", "5.7.10", "5.7.708", "5.9.9",
    ]
    .map(enhanced);
    let mut seen = std::collections::HashSet::new();
    let mut check = |situation: Situation| {
        let advice = situation.advice();
        assert_sensible(&advice);
        seen.insert(advice.why());
    };
    let points: Vec<_> = Command::all().map(Some).chain([None]).collect();
    for number in 100..=999 {
        for &point in &points {
            for status in statuses {
                let situation = Situation::new(code(number)).at(point).enhanced(status);
                check(situation);
                // What is true of one unknown code is true of its class.
                if number % 100 != 99 && code(number).info().is_none() {
                    continue;
                }
                for situation in [
                    situation.recipients_accepted(0),
                    situation.recipients_accepted(0).more_chunks_follow(false),
                    situation.recipients_accepted(1),
                    situation.more_chunks_follow(false).for_one_recipient(true),
                    situation.recipients_accepted(1).more_chunks_follow(true),
                    situation.nothing_to_drop(true).for_one_recipient(true),
                    situation.more_chunks_follow(false),
                    situation.more_chunks_follow(false).lmtp(true),
                    situation.no_separator(true),
                    situation.lines_disagree(true),
                    situation.lines_disagree(true).last_line(code(450)),
                    situation.lines_disagree(true).last_line(code(550)),
                    situation.truncated(true),
                ] {
                    check(situation);
                }
            }
        }
    }
    for code in EnumeratedCode::registered() {
        for info in &TABLE {
            let status = match info.code().class() {
                Class::TransientNegative => code.transient(),
                Class::PermanentNegative => code.permanent(),
                _ => continue,
            };
            for &point in &points {
                let situation = Situation::new(info).at(point).enhanced(status);
                check(situation);
                check(situation.recipients_accepted(1));
            }
        }
    }
    // One that an earlier one always hides says nothing to anybody.
    for rule in crate::generated::advice::ADVICE {
        assert!(seen.contains(rule.why), "never given: {}", rule.why);
    }
}

fn assert_sensible(advice: &Advice) {
    let situation = advice.situation();
    let class = situation.code().class();
    let is_positive = matches!(
        class,
        Class::PositiveCompletion | Class::PositiveIntermediate
    );
    let needs_more = matches!(advice.action(), SameSession | FewerRecipients | OtherHost);
    let is_about_mail = matches!(advice.scope(), Some(Scope::Recipient | Scope::Message));
    assert!(!advice.may_bounce() || is_about_mail, "{situation:?}");
    assert!(
        !advice.may_bounce() || class == Class::PermanentNegative,
        "{situation:?}"
    );
    // Where mail is at stake, whatever a code says of itself.
    let mail = [
        "MAIL",
        "RCPT",
        "DATA",
        "DATA-BODY",
        "BDAT",
        "BURL",
        "SEND",
        "SOML",
        "SAML",
    ];
    let is_at_stake = |point: Command| mail.contains(&point.name());
    assert!(
        !advice.may_bounce() || situation.point().is_none_or(is_at_stake),
        "{situation:?}"
    );
    let is_returned = advice.fate() == Fate::Returned;
    assert_eq!(is_returned, advice.may_bounce(), "{situation:?}");
    let ends = ["DATA-BODY", "BDAT", "BURL"];
    assert!(
        advice.fate() != Fate::TakenOver
            || situation
                .point()
                .is_some_and(|at| ends.contains(&at.name())),
        "{situation:?}"
    );
    assert!(
        situation.accepted != Some(false)
            || advice.fate() == Fate::Kept
            || !situation
                .point()
                .is_some_and(|at| at.name() == "DATA" || ends.contains(&at.name())),
        "{situation:?}"
    );
    let is_doubtful = situation.no_separator
        || situation.truncated
        || situation.lines_disagree && situation.last_line != Some(Class::PermanentNegative);
    assert!(
        !is_doubtful || advice.fate() != Fate::Returned,
        "{situation:?}"
    );
    assert!(
        !(situation.for_one_recipient && situation.ends_message()) || advice.fate() == Fate::Kept,
        "{situation:?}"
    );
    assert!(
        !(needs_more && advice.action() != OtherHost && advice.connection() == Connection::Closes),
        "{situation:?}"
    );
    assert!(!advice.then().contains(&advice.action()), "{situation:?}");
    assert!(advice.action() != Proceed || is_positive, "{situation:?}");
    assert!(
        advice.action() != Proceed || !(situation.no_separator || situation.truncated),
        "{situation:?}"
    );
    assert!(!needs_more || !advice.then().is_empty(), "{situation:?}");
    assert!(!advice.then().contains(&Proceed), "{situation:?}");
    assert!(
        advice.scope().is_some() || situation.point().is_none(),
        "{situation:?}"
    );
    assert!(!advice.why().is_empty() && advice.why() != "Nothing is known about this code.");
    assert!(!advice.source().is_empty());
    // A positive reply that is not followed is no reason to give anything up for good.
    assert!(
        !is_positive || matches!(advice.action(), Proceed | Later | Never),
        "{situation:?}"
    );
}
