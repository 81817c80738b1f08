//! Mistakes in the data file as the compiler reports them.

use std::fs;
use std::path::PathBuf;

use crate::scratch::{Outcome, Scratch, data, manifest, write};

/// Fails to compile where the texts hold what only the file should.
const USER: &str = r#"
use codes_core::Smtp354;

const fn has_carriage_return(text: &str) -> bool {
    let mut at = 0;
    while at < text.len() {
        if text.as_bytes()[at] == b'\r' {
            return true;
        }
        at += 1;
    }
    false
}
const _: () = assert!(!has_carriage_return(Smtp354.description()));

fn main() {
    println!("{Smtp354}");
}
"#;

struct Bench {
    scratch: Scratch,
    user: PathBuf,
}

impl Bench {
    fn new() -> Self {
        let scratch = Scratch::new();
        let manifest = manifest("bad-data-user", "codes-core");
        let user = scratch.user(
            "bad-data-user",
            &[("Cargo.toml", &manifest), ("src/main.rs", USER)],
        );
        Self { scratch, user }
    }

    /// The data file; that of the core is a link to it.
    fn file(&self) -> PathBuf {
        self.scratch.workspace("smtp-codes-data.toml")
    }

    fn check(&self) -> Outcome {
        self.scratch.cargo(&self.user, &["check"])
    }

    /// The one line that the compiler complains with.
    fn only_complaint(&self) -> String {
        let outcome = self.check().failed();
        match outcome.complaints().as_slice() {
            [complaint] => (*complaint).to_owned(),
            _ => panic!("not one error:\n{}", outcome.stderr),
        }
    }
}

/// Behind a mark in the data file, something is replaced by something worse.
struct Mistake {
    behind: &'static str,
    good: &'static str,
    bad: &'static str,
    /// Where the error points at, and what it says.
    at: &'static str,
    message: &'static str,
}

const MISTAKES: [Mistake; 6] = [
    Mistake {
        behind: "code = 211\n",
        good: "\"proceed\"",
        bad: "\"procede\"",
        at: "\"procede\"",
        message: "`procede` is no word for `retry`",
    },
    Mistake {
        behind: "code = 354\n",
        good: "The server",
        bad: "The the server",
        at: "the server",
        message: "`description` has the word `the` twice in a row",
    },
    Mistake {
        behind: "code = 421\n",
        good: "\n[[reply]]\n",
        bad: "\n[[reply]]\ncode = 354\nname = \"Once More\"\nstanding = \"de-facto\"\n\
              description = \"One.\"\nwhen = \"Two.\"\nfix = \"Three.\"\nconnection = \"open\"\n\
              next-actor = \"nobody\"\nretry = \"proceed\"\n\n[[reply]]\n",
        at: "354\nname = \"Once More\"",
        message: "the code 354 is defined twice",
    },
    Mistake {
        behind: "code = 554\n",
        good: "description =",
        bad: "describtion =",
        at: "describtion",
        message: "the reply 554 has no key `describtion`",
    },
    Mistake {
        behind: "verb = \"QUIT\"\n",
        good: "\"standard\"",
        bad: "\"standart\"",
        at: "\"standart\"",
        message: "`standart` is no word for `standing`",
    },
    Mistake {
        behind: "codes = [354, 521]\n",
        good: "choose =",
        bad: "extra = 1\nchoose =",
        at: "extra",
        message: "the pair 354 and 521 has no key `extra`",
    },
];

#[test]
fn each_mistake_is_one_error_at_its_place() {
    let bench = Bench::new();
    let mut text = data();
    for mistake in &MISTAKES {
        let start = find(&text, mistake.behind, mistake.good);
        text.replace_range(start..start + mistake.good.len(), mistake.bad);
    }
    write(&bench.file(), text.as_bytes());
    let expected = MISTAKES.iter().map(|mistake| {
        let before = &text[..find(&text, mistake.behind, mistake.at)];
        let line = before.matches('\n').count() + 1;
        let column = before
            .chars()
            .rev()
            .take_while(|&char| char != '\n')
            .count()
            + 1;
        format!(
            "error: smtp-codes-data.toml:{line}:{column}: {}",
            mistake.message
        )
    });
    let outcome = bench.check().failed();
    assert_eq!(
        outcome.complaints(),
        expected.collect::<Vec<_>>(),
        "{}",
        outcome.stderr
    );
    // The crate that uses the codes is not even tried.
    let end = format!(
        "error: could not compile `codes-core` (lib) due to {} previous errors",
        MISTAKES.len()
    );
    assert!(outcome.stderr.contains(&end), "{}", outcome.stderr);
}

/// Where something stands behind a mark.
fn find(text: &str, mark: &str, wanted: &str) -> usize {
    let from = text
        .find(mark)
        .unwrap_or_else(|| panic!("the data should have {mark:?}"));
    let place = text[from..].find(wanted);
    from + place.unwrap_or_else(|| panic!("the data should have {wanted:?} behind {mark:?}"))
}

#[test]
fn a_file_that_cannot_be_used_is_one_error() {
    let bench = Bench::new();
    let file = bench.file();

    fs::remove_file(&file).expect("the data file was there");
    assert_eq!(
        bench.only_complaint(),
        "error: smtp-codes-data.toml: there is no such file"
    );

    fs::create_dir(&file).expect("a folder in its place");
    assert_eq!(
        bench.only_complaint(),
        "error: smtp-codes-data.toml: this is a folder, not a file"
    );
    fs::remove_dir(&file).expect("the folder");

    write(&file, b"");
    assert_eq!(
        bench.only_complaint(),
        "error: smtp-codes-data.toml:1:1: the file holds no `[[reply]]`"
    );

    let name = "name = \"System Status\"";
    let place = find(&data(), name, "Status");
    let mut latin = data().into_bytes();
    latin[place] = 0xE4;
    let line = data()[..place].matches('\n').count() + 1;
    write(&file, &latin);
    let expected = "the byte 0xE4 is not UTF-8, the only encoding of TOML";
    assert_eq!(
        bench.only_complaint(),
        format!("error: smtp-codes-data.toml:{line}:16: {expected}")
    );
}

#[test]
fn a_link_that_became_a_text_is_recognised() {
    let bench = Bench::new();
    let link = bench.scratch.workspace("codes-core/smtp-codes-data.toml");
    fs::remove_file(&link).expect("the link was there");
    write(&link, b"../smtp-codes-data.toml");
    let expected =
        "this file should be a link to ../smtp-codes-data.toml, but it holds only the name of it";
    assert_eq!(
        bench.only_complaint(),
        format!("error: smtp-codes-data.toml:1:1: {expected}")
    );
}

#[test]
fn the_marks_of_other_systems_do_no_harm() {
    let bench = Bench::new();
    let text = format!("\u{feff}{}", data().replace('\n', "\r\n"));
    write(&bench.file(), text.as_bytes());
    bench.check().succeeded();
}
