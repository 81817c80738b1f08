//! Spoiled files with all that is said about them, and files that nobody would write.

#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use crate::model::{Base, BasicCodes, Command, CommandKind, Model, Part, Retry, Standing};
use crate::problem::render;
use crate::read;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const FILE: &str = "codes.toml";

fn base() -> Base {
    let command = |verb: &str, kind| Command::new(verb.to_owned(), kind);
    let mut any = command("ANY", CommandKind::Group);
    any.except = Some(Vec::new());
    Base {
        codes: vec![250, 354, 550],
        commands: vec![
            command("CONNECT", CommandKind::Event),
            command("MAIL", CommandKind::Command),
            command("RCPT", CommandKind::Command),
            command("DATA", CommandKind::Command),
            command("DATA-BODY", CommandKind::Event),
            any,
            command("ANY except QUIT", CommandKind::Group),
        ],
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn files(folder: &Path, ending: &str) -> BTreeSet<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect()
}

/// As the macro would print it, with a blank line between two messages.
fn said(text: &str, base: Option<&Base>) -> String {
    let (model, problems) = read(text, base);
    assert_consistent(&model, base);
    let messages = render(FILE, text, &problems);
    messages
        .into_iter()
        .map(|message| message + "\n")
        .collect::<Vec<_>>()
        .join("\n")
}

/// What is said about each file in a folder is what the file beside it has. `BLESS=1` writes it down.
fn compare(folder: &Path, base: Option<&Base>) {
    let mut expected = files(folder, "expected");
    let mut wrong = Vec::new();
    let tables = files(folder, "toml");
    assert!(!tables.is_empty(), "no files in {}", folder.display());
    for table in tables {
        // As `source` hands a file on, so that a checkout with CRLF makes no difference.
        let text = fs::read_to_string(&table).unwrap().replace("\r\n", "\n");
        let said = said(&text, base);
        let beside = table.with_extension("expected");
        expected.remove(&beside);
        let is_good = table.file_stem().is_some_and(|name| name == "good");
        assert_eq!(is_good, said.is_empty(), "{}: {said}", table.display());
        if std::env::var_os("BLESS").is_some() {
            fs::write(&beside, said).unwrap();
        } else {
            let known = fs::read_to_string(&beside)
                .unwrap_or_default()
                .replace("\r\n", "\n");
            if known != said || !beside.exists() {
                wrong.push(format!("{}\nnow says:\n{said}", table.display()));
            }
        }
    }
    assert!(
        expected.is_empty(),
        "nothing is expected of a missing file: {expected:?}"
    );
    assert!(
        wrong.is_empty(),
        "{}\nif this is right, run with BLESS=1",
        wrong.join("\n")
    );
}

#[test]
fn every_mistake_is_named() {
    compare(&folder("spoiled"), None);
}

#[test]
fn every_mistake_of_a_private_table_is_named() {
    compare(&folder("spoiled/private"), Some(&base()));
}

/// What `expand` relies on, mistakes or not.
fn assert_consistent(model: &Model, base: Option<&Base>) {
    let own: Vec<u16> = model.replies.iter().map(|reply| reply.code).collect();
    assert!(own.is_sorted_by(|a, b| a < b), "{own:?}");
    assert!(own.iter().all(|code| (100..=999).contains(code)));
    let is_known =
        |code: &u16| own.contains(code) || base.is_some_and(|base| base.codes.contains(code));
    let mut idents: Vec<_> = model
        .replies
        .iter()
        .filter_map(|reply| reply.ident.as_ref())
        .collect();
    idents.sort();
    assert!(idents.is_sorted_by(|a, b| a < b), "{idents:?}");
    for reply in &model.replies {
        let texts = [&reply.name, &reply.description, &reply.when, &reply.fix];
        assert!(texts.iter().all(|text| !text.is_empty()));
    }
    assert_consistent_commands(model, base, &is_known);
    assert_consistent_advice(model, &is_known);
    let pairs: Vec<_> = model
        .pairs
        .iter()
        .map(|pair| (pair.low, pair.high))
        .collect();
    assert!(pairs.is_sorted_by(|a, b| a < b), "{pairs:?}");
    for (low, high) in &pairs {
        assert!(low < high && is_known(low) && is_known(high));
        assert!(own.contains(low) || own.contains(high));
    }
    let mut idents: Vec<_> = model
        .enhanced
        .iter()
        .filter_map(|enhanced| enhanced.ident.as_ref())
        .collect();
    idents.sort();
    assert!(idents.is_sorted_by(|a, b| a < b), "{idents:?}");
    assert!(model.enhanced.is_sorted_by(|a, b| a.part < b.part));
    for enhanced in &model.enhanced {
        let listed: &[u16] = match &enhanced.basic {
            BasicCodes::Listed(codes) => codes,
            _ => &[],
        };
        for codes in [listed, &enhanced.seen] {
            assert!(codes.iter().all(is_known));
            assert!(codes.is_sorted_by(|a, b| a < b));
        }
        assert!(enhanced.classes.is_sorted_by(|a, b| a < b));
        assert!(!enhanced.classes.is_empty());
    }
}

fn assert_consistent_advice(model: &Model, known: &dyn Fn(&u16) -> bool) {
    for advice in &model.advice {
        assert!(advice.codes.iter().all(known));
        assert!(advice.except.iter().all(known));
        assert!(!advice.codes.is_empty() || !advice.classes.is_empty());
        assert!(advice.at.iter().all(|verb| model.command(verb).is_some()));
        assert!(advice.action.is_some() || advice.then.is_empty());
        assert!(!advice.why.is_empty() && !advice.source.is_empty());
    }
}

fn assert_consistent_commands(model: &Model, base: Option<&Base>, known: &dyn Fn(&u16) -> bool) {
    let points = base.map_or(&model.commands, |base| &base.commands);
    let verbs: BTreeSet<&str> = points.iter().map(|point| point.verb.as_str()).collect();
    let is_point = |verb: &String| verbs.contains(verb.as_str());
    for command in &model.commands {
        assert!(is_point(&command.verb));
        assert!(
            base.is_some() || (command.moment.is_none() == (command.kind == CommandKind::Command))
        );
        assert!(command.generally.iter().all(known));
        for row in &command.replies {
            assert!(known(&row.code));
        }
    }
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        usize::try_from(self.0 >> 33).unwrap() % most
    }
}

fn good() -> String {
    fs::read_to_string(folder("spoiled/good.toml")).unwrap()
}

fn small() -> String {
    fs::read_to_string(folder("spoiled/private/good.toml")).unwrap()
}

/// Read both ways, and rendered: none of it may panic.
fn survives(text: &str) {
    said(text, None);
    said(text, Some(&base()));
}

/// Every place of the small file; of the other, which holds more, some, as it takes its time.
fn places() -> Vec<(String, usize)> {
    let places = |text: String, step: usize| -> Vec<(String, usize)> {
        text.char_indices()
            .step_by(step)
            .map(|(at, _)| (text.clone(), at))
            .collect()
    };
    places(small(), 1)
        .into_iter()
        .chain(places(good(), 5))
        .collect()
}

#[test]
fn half_a_file_is_survived() {
    for (text, at) in places() {
        survives(&text[..at]);
    }
}

#[test]
fn a_lost_character_is_survived() {
    for (mut text, at) in places() {
        text.remove(at);
        survives(&text);
    }
}

#[test]
fn random_edits_are_survived() {
    const PIECES: &[&str] = &[
        "\"",
        "\"\"\"",
        "\n",
        "[",
        "]",
        "{",
        "}",
        "=",
        "\\",
        "#",
        "'",
        "\t",
        " ",
        "-",
        ".",
        ",",
        "0",
        "9",
        "354",
        "ä",
        "字",
        "\u{202E}",
        "\u{7}",
        "[[reply]]\n",
        "code = 354\n",
        "true",
        "\\u0007",
        "\\\n",
        "''",
        "DATA",
        "99999999999999999999",
    ];
    let good = good();
    let mut dice = Dice(354);
    for _ in 0..1000 {
        let mut text = good.clone();
        for _ in 0..=dice.below(4) {
            let start = text.floor_char_boundary(dice.below(text.len() + 1));
            let end = text.floor_char_boundary((start + dice.below(12)).min(text.len()));
            let piece = PIECES[dice.below(PIECES.len())];
            text.replace_range(start..end.max(start), piece);
        }
        survives(&text);
    }
}

#[test]
fn a_reply_keeps_what_it_says() {
    let (model, problems) = read(&good(), None);
    assert!(problems.is_empty());
    let reply = model
        .replies
        .iter()
        .find(|reply| reply.code == 354)
        .unwrap();
    assert_eq!(reply.name, "Start Mail Input");
    assert_eq!(reply.ident.as_deref(), Some("START_MAIL_INPUT"));
    assert_eq!(reply.phrase.as_deref(), Some("Start mail input"));
    assert_eq!(reply.followed_by, [250, 550]);
    assert_eq!(
        reply.description,
        "The server reads the message. It delivers nothing yet."
    );
    let any = model
        .commands
        .iter()
        .find(|command| command.verb == "ANY")
        .unwrap();
    assert_eq!(any.except.as_deref(), Some(&["QUIT".to_owned()][..]));
    assert!(any.replies[0].unasked);
    let pair = &model.pairs[0];
    assert_eq!((pair.low, pair.high), (250, 354));
}

#[test]
fn an_advice_keeps_what_it_says() {
    let (model, _) = read(&good(), None);
    let any = &model.advice[1];
    assert_eq!(
        (&any.codes[..], &any.classes[..], &any.except[..]),
        (&[550][..], &[4][..], &[450][..])
    );
    assert_eq!(any.at, ["DATA", "BDAT"]);
    assert_eq!(any.enhanced, [Some(Part::Detail(1, 1)), None]);
    assert_eq!(any.then, [Retry::Later, Retry::AfterChange]);
    assert_eq!(any.why, "An answer is missing.");
}

#[test]
fn an_enhanced_code_keeps_what_it_says() {
    let (model, _) = read(&good(), None);
    let detail = |detail| {
        let part = Part::Detail(1, detail);
        let found = model.enhanced.iter().find(|known| known.part == part);
        found.unwrap()
    };
    let first = detail(1);
    assert!(matches!(&first.basic, BasicCodes::Listed(codes) if *codes == [550]));
    assert_eq!(
        (&first.seen[..], &first.classes[..]),
        (&[450][..], &[4, 5][..])
    );
    assert_eq!(first.ident, None);
    assert_eq!(first.deprecated.as_deref(), Some("Use X.1.2."));
    assert_eq!(detail(2).ident.as_deref(), Some("BAD_SENDERS_ADDRESS"));
    assert!(matches!(detail(2).basic, BasicCodes::Any));
    assert_eq!(detail(10).ident.as_deref(), Some("LONG_ONES_HAVE_A_NAME"));
    assert!(matches!(detail(10).basic, BasicCodes::Class(5)));
}

#[test]
fn a_private_row_has_an_era_and_a_source() {
    let text = fs::read_to_string(folder("spoiled/private/good.toml")).unwrap();
    let (model, problems) = read(&text, Some(&base()));
    assert!(problems.is_empty());
    let body = model
        .commands
        .iter()
        .find(|command| command.verb == "DATA-BODY")
        .unwrap();
    assert_eq!(body.kind, CommandKind::Event);
    assert_eq!(body.replies[0].standing, Standing::DeFacto);
    assert_eq!(body.replies[0].source, "private");
}

#[test]
fn a_refused_entry_keeps_its_place_in_the_model() {
    let text = fs::read_to_string(folder("spoiled/many-in-one-entry.toml")).unwrap();
    let (model, problems) = read(&text, None);
    assert!(problems.len() > 3);
    let reply = &model.replies[0];
    assert_eq!(
        (reply.code, reply.name.as_str(), reply.ident.as_deref()),
        (599, "Refused", None)
    );
}

#[test]
fn nothing_is_read_after_a_mistake_of_syntax() {
    let (model, problems) = read("[[reply]]\ncode = 354\nname\nwhen = 7 7\n", None);
    assert_eq!(problems.len(), 1);
    assert!(model.replies.is_empty());
}
