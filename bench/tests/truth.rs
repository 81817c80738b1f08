//! What `codes-text` finds in a synthetic log is what was put into it.

use std::collections::BTreeMap;

use codes_bench::mail_log::{self, Fact, Flavour};
use codes_text::log::{Entry, NoReply};
use codes_text::{Direction, Found, Origin, Outcome};

const SIZE: u64 = 2_000_000;

#[test]
fn postfix() {
    check(Flavour::Postfix);
}

#[test]
fn exim() {
    check(Flavour::Exim);
}

#[test]
fn sendmail() {
    check(Flavour::Sendmail);
}

#[test]
fn opensmtpd() {
    check(Flavour::OpenSmtpd);
}

#[test]
fn qmail() {
    check(Flavour::Qmail);
}

/// A session is read as a whole, as the commands in it tell what the replies answer.
#[test]
fn transcript() {
    compare(Flavour::Transcript, |log| vec![log]);
}

/// Compares line by line.
fn check(flavour: Flavour) {
    compare(flavour, |log| log.split(|&byte| byte == b'\n').collect());
}

/// Compares all counts, and shows a text for each count that differs.
fn compare(flavour: Flavour, texts: fn(&[u8]) -> Vec<&[u8]>) {
    let mut log = Vec::new();
    let truth = mail_log::write(flavour, 7, SIZE, &mut log)
        .expect("a Vec takes everything")
        .truth;
    let mut found: BTreeMap<String, (u64, String)> = BTreeMap::new();
    for text in texts(&log) {
        for fact in facts(text) {
            let shown = &text[..text.len().min(1000)];
            let of_text = || (0, String::from_utf8_lossy(shown).into_owned());
            found.entry(fact.to_string()).or_insert_with(of_text).0 += 1;
        }
    }
    let truth: BTreeMap<String, u64> = truth
        .into_iter()
        .map(|(fact, count)| (fact.to_string(), count))
        .collect();
    let mut wrong = String::new();
    for (fact, (count, line)) in &found {
        let expected = truth.get(fact).copied().unwrap_or(0);
        if *count != expected {
            wrong += &format!("{fact}: {count} found, {expected} put in, such as\n    {line}\n");
        }
    }
    for (fact, count) in truth.iter().filter(|(fact, _)| !found.contains_key(*fact)) {
        wrong += &format!("{fact}: none found, {count} put in\n");
    }
    assert!(wrong.is_empty(), "{}\n{wrong}", Fact::HEAD);
}

/// What a line tells, in the words of the generator.
fn facts(line: &[u8]) -> Vec<Fact> {
    let entry = Entry::read(line);
    let outcome = entry.outcome().map_or("", Outcome::as_str);
    let no_reply = entry.no_reply().map_or("", NoReply::as_str);
    let internal = entry.is_internal();
    let of_reply = |found: Found<'_>| Fact {
        code: found.code().map_or(0, |code| code.get()),
        enhanced: found
            .enhanced()
            .map(|code| code.to_string())
            .unwrap_or_default(),
        command: found.command().map_or("", |command| command.name()),
        direction: match found.direction() {
            // Nobody said it.
            _ if found.origin() == Origin::Summary => "",
            Some(Direction::Received) => "received",
            Some(Direction::Given) => "given",
            None => "",
        },
        origin: found.origin().as_str(),
        outcome,
        no_reply,
        internal,
    };
    let facts: Vec<Fact> = entry.replies().map(of_reply).collect();
    let tells = entry.outcome().is_some() || entry.no_reply().is_some();
    if facts.is_empty() && tells {
        let direction = if outcome == "rejected" { "given" } else { "" };
        return vec![Fact {
            code: 0,
            enhanced: String::new(),
            command: entry.command().map_or("", |command| command.name()),
            direction,
            origin: "",
            outcome,
            no_reply,
            internal,
        }];
    }
    facts
}
