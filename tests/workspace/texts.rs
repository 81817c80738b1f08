//! Every code, and every two codes beside each other: what is said must be true and well said.

use std::collections::BTreeSet;

use codes_core::{
    Aspect, CodeInfo, Command, CommandKind, Comparison, Connection, Difference, EnhancedClass,
    EnumeratedCode, Follows, Meeting, Relation, ReplyCode, Standing, Subject, TABLE, compare,
};

use crate::prose::Blocks;

mod acme {
    codes_core::smtp_codes!("../codes-core/examples/acme-codes.toml");
}

/// Numbers that neither table has: one of each class, and some outside all classes.
const UNKNOWN: [u16; 8] = [100, 199, 299, 399, 499, 598, 699, 999];

fn subjects() -> Vec<Subject> {
    let known = TABLE.iter().chain(acme::TABLE.iter()).map(Subject::from);
    let unknown = UNKNOWN.map(|number| {
        let code = ReplyCode::new(number).expect("three digits");
        assert!(acme::TABLE.get(code).is_none(), "{number} is in a table");
        Subject::from(code)
    });
    known.chain(unknown).collect()
}

fn pairs() -> impl Iterator<Item = Comparison> {
    let subjects = subjects();
    let others = subjects.clone();
    subjects.into_iter().flat_map(move |left| {
        let others = others.clone();
        others.into_iter().map(move |right| compare(left, right))
    })
}

fn name(both: &Comparison) -> String {
    format!(
        "{} with {}",
        both.left().code().as_str(),
        both.right().code().as_str()
    )
}

/// Fails with the first few of many faults.
fn assert_none(faults: &[String]) {
    let shown = faults.len().min(20);
    assert!(
        faults.is_empty(),
        "{} faults, such as\n{}",
        faults.len(),
        faults[..shown].join("\n")
    );
}

#[test]
fn each_explanation_reads_well() {
    let mut faults = Vec::new();
    for subject in subjects() {
        let mut blocks = Blocks::default();
        subject.write_to(&mut blocks).expect("a page in memory");
        faults.extend(
            blocks
                .faults()
                .into_iter()
                .map(|fault| format!("{}: {fault}", subject.code().as_str())),
        );
    }
    assert_none(&faults);
}

#[test]
fn each_enhanced_code_reads_well() {
    // Details, among them Microsoft's, and a subject that the registry does not have.
    let unknown = [(7, 708), (1, 351), (0, 999), (9, 1), (999, 999)];
    let unknown = unknown.map(|(subject, detail)| {
        let code = EnumeratedCode::new(subject, detail).expect("in range");
        assert!(code.info().is_none(), "{code} is registered");
        code
    });
    let mut faults = Vec::new();
    for code in EnumeratedCode::registered().iter().chain(&unknown) {
        for class in EnhancedClass::ALL {
            let code = code.with_class(*class);
            let mut blocks = Blocks::default();
            code.info().write_to(&mut blocks).expect("a page in memory");
            let found = blocks.faults().into_iter();
            faults.extend(found.map(|fault| format!("{code}: {fault}")));
            if !blocks.say(class.info().meaning()) {
                faults.push(format!("{code}: nothing about its class"));
            }
            let subject = code.without_class().subject_info();
            if subject.is_some_and(|subject| !blocks.say(subject.meaning())) {
                faults.push(format!("{code}: nothing about its subject"));
            }
            if blocks.say("The registry does not have")
                != (code.info().detail().is_none() && subject.is_some())
            {
                faults.push(format!("{code}: registered or not?"));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn each_comparison_reads_well() {
    let mut faults = Vec::new();
    for both in pairs() {
        let mut blocks = Blocks::default();
        both.write_to(&mut blocks).expect("a page in memory");
        faults.extend(
            blocks
                .faults()
                .into_iter()
                .map(|fault| format!("{}: {fault}", name(&both))),
        );
        // Of two codes of which it is not known, "they never meet" would be a false claim.
        let (left, right) = (both.left(), both.right());
        let claim = format!(
            "{} and {} never meet",
            left.code().as_str(),
            right.code().as_str()
        );
        let apart = both.relation() == Relation::Apart && ![left, right].iter().any(is_no_reply);
        if blocks.say(&claim) != apart {
            faults.push(format!("{}: {claim}: {}", name(&both), !apart));
        }
    }
    assert_none(&faults);
}

#[test]
fn exactly_the_facts_that_differ_are_named() {
    let mut faults = Vec::new();
    for both in pairs() {
        let named: Vec<Aspect> = both.differences().map(|fact| fact.aspect()).collect();
        for fact in both.differences() {
            let (left, right) = clauses(&fact, &both);
            if fact.left() == fact.right() || left == right {
                faults.push(format!("{}: the same on both sides: {fact}", name(&both)));
            }
        }
        for (aspect, differs) in differing(&both) {
            if named.contains(&aspect) != differs {
                faults.push(format!(
                    "{}: {aspect} differs: {differs}, named: {}",
                    name(&both),
                    !differs
                ));
            }
        }
    }
    assert_none(&faults);
}

/// The two halves of `354 leaves …; 421 ends ….`, without the codes.
fn clauses(fact: &Difference, both: &Comparison) -> (String, String) {
    let text = fact.to_string();
    let halves = text
        .strip_suffix('.')
        .and_then(|text| text.split_once("; "));
    let clause = |half: &str, subject: Subject| {
        half.strip_prefix(subject.code().as_str())
            .map(|clause| clause.trim().to_owned())
    };
    halves
        .and_then(|(left, right)| Some((clause(left, both.left())?, clause(right, both.right())?)))
        .unwrap_or_else(|| panic!("not two halves: {text}"))
}

/// The facts of two codes side by side, taken from the codes themselves.
fn differing(both: &Comparison) -> Vec<(Aspect, bool)> {
    let (left, right) = (both.left(), both.right());
    let (a, b) = (left.code(), right.code());
    let mut facts = vec![
        (Aspect::Class, a.class() != b.class()),
        (Aspect::Category, a.category() != b.category()),
    ];
    if let (Some(left), Some(right)) = (left.info(), right.info()) {
        facts.extend([
            (Aspect::Connection, left.connection() != right.connection()),
            (Aspect::NextActor, left.next_actor() != right.next_actor()),
            (Aspect::Retry, left.retry() != right.retry()),
            (
                Aspect::FollowedBy,
                left.followed_by() != right.followed_by(),
            ),
            (Aspect::Standing, left.standing() != right.standing()),
            (Aspect::Extensions, left.extensions() != right.extensions()),
        ]);
    }
    facts
}

#[test]
fn the_order_of_two_codes_changes_no_fact() {
    let mut faults = Vec::new();
    for both in pairs().filter(|both| both.left().code() < both.right().code()) {
        let mirrored = compare(both.right(), both.left());
        let mut check = |what: &str, holds: bool| {
            if !holds {
                faults.push(format!("{}: {what} does not mirror", name(&both)));
            }
        };
        check("the relation", both.relation() == mirrored.relation());
        check("the place", places(&both) == places(&mirrored));
        let swapped = match mirrored.follows() {
            Follows::Left => Follows::Right,
            Follows::Right => Follows::Left,
            other => other,
        };
        check("what follows", both.follows() == swapped);
        let sides = both
            .differences()
            .map(|fact| (fact.aspect(), fact.left(), fact.right()));
        check(
            "a difference",
            sides.eq(mirrored
                .differences()
                .map(|fact| (fact.aspect(), fact.right(), fact.left()))),
        );
        let written = |both: &Comparison| (both.remark(), both.choose(), both.source());
        check("the remark", written(&both) == written(&mirrored));
        check("the order", both.left().code() == mirrored.right().code());
    }
    assert_none(&faults);
}

fn places(both: &Comparison) -> BTreeSet<String> {
    both.meet_at().map(|place| place.to_string()).collect()
}

#[test]
fn each_relation_is_true() {
    let mut faults = Vec::new();
    for both in pairs() {
        faults
            .extend(untrue(&both).map(|why| format!("{} {}: {why}", name(&both), both.relation())));
    }
    assert_none(&faults);
}

fn is_no_reply(subject: &Subject) -> bool {
    subject
        .info()
        .is_some_and(|info| info.connection() == Connection::NotAReply)
}

/// What speaks against the relation of two codes.
fn untrue(both: &Comparison) -> Option<&'static str> {
    let (left, right) = (both.left(), both.right());
    let relation = both.relation();
    let expected = match (left.info(), right.info()) {
        _ if left.code() == right.code() => Some(Relation::Same),
        _ if is_no_reply(&left) || is_no_reply(&right) => Some(Relation::Apart),
        (Some(left), Some(right)) if left.commands().is_empty() || right.commands().is_empty() => {
            Some(Relation::Unknown)
        }
        (Some(_), Some(_)) => None,
        _ => Some(Relation::Unknown),
    };
    if expected.is_some_and(|expected| expected != relation) {
        return Some("not what the facts of the two leave");
    }
    if expected.is_none() && matches!(relation, Relation::Same | Relation::Unknown) {
        return Some("both have a place in a session");
    }
    untrue_place(both).or_else(|| untrue_order(both))
}

fn untrue_place(both: &Comparison) -> Option<&'static str> {
    let comes = |subject: Subject, point: Command| {
        let info = subject.info();
        let known = info.is_some_and(|info| info.table().base().is_none());
        let rows = || info.into_iter().flat_map(CodeInfo::commands);
        let only_historic = rows().all(|row| row.standing() == Standing::Historic);
        // `answers` has neither private codes nor groups, nor what is only historic.
        match known && !only_historic && point.kind() != CommandKind::Group {
            true => point.answers().contains(&subject.code()),
            false => rows().any(|row| row.command() == point) || point.kind() == CommandKind::Group,
        }
    };
    let (left, right) = (both.left(), both.right());
    both.meet_at()
        .find_map(|place| match (both.relation(), place) {
            (Relation::Alternatives, Meeting::Point(point)) => (!comes(left, point)
                || !comes(right, point))
            .then_some("one does not come where they meet"),
            (Relation::Sequence, Meeting::Step(from, to)) => {
                let step = |first, second| comes(first, from) && comes(second, to);
                (!step(left, right) && !step(right, left)).then_some("a step that neither makes")
            }
            _ => Some("a place that does not fit the relation"),
        })
}

fn untrue_order(both: &Comparison) -> Option<&'static str> {
    let (left, right) = (both.left(), both.right());
    let lists = |first: Subject, second: Subject| {
        first.code() != second.code()
            && first
                .info()
                .is_some_and(|info| info.followed_by().contains(&second.code()))
    };
    let follows = both.follows();
    let after_left = matches!(follows, Follows::Right | Follows::Both);
    let after_right = matches!(follows, Follows::Left | Follows::Both);
    if lists(left, right) && !after_left || lists(right, left) && !after_right {
        return Some("one lists the other as what follows it");
    }
    let sequence = both.relation() == Relation::Sequence;
    if sequence && follows == Follows::Neither {
        return Some("a sequence without an order");
    }
    let listed = lists(left, right) == after_left && lists(right, left) == after_right;
    (!sequence && !listed).then_some("an order from nowhere")
}

#[test]
fn two_alternatives_always_have_a_place() {
    let homeless = pairs().filter(|both| {
        both.relation() == Relation::Alternatives && both.meet_at().next().is_none()
    });
    assert_none(&homeless.map(|both| name(&both)).collect::<Vec<_>>());
}
