//! What is asked by bare words: `354`, `354 521`, `5.7.26`, `550 5.1.1 RCPT`, `5xx`, `RCPT`, or a reply
//! somebody pasted.

pub(crate) mod code;

use std::ffi::OsString;
use std::fmt;
use std::path::Path;

use codes_core::{Command, EnhancedClass, EnhancedCode, EnumeratedCode, ReplyCode};
use codes_text::find;

use crate::reply::combination::Combination;
use crate::visible;
use code::is_near;

/// Nothing that is understood is longer; the message about a word need not be either.
const LONGEST: usize = 80;

/// What commands are called in logs and by people.
const NAMES: [(&str, Command); 7] = [
    ("mail from", Command::MAIL),
    ("rcpt to", Command::RCPT),
    ("end of data", Command::DATA_BODY),
    ("end-of-data", Command::DATA_BODY),
    ("end of message", Command::DATA_BODY),
    ("end-of-message", Command::DATA_BODY),
    ("greeting", Command::CONNECT),
];

/// Something that can be explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Question {
    Code(ReplyCode),
    Compare(ReplyCode, ReplyCode),
    /// `5.7.26`
    Enhanced(EnhancedCode),
    /// `X.7.26`
    Enumerated(EnumeratedCode),
    /// A code together with an enhanced code, a command or both.
    Combination(Combination),
    Group(Group),
    Command(Command),
    /// What somebody pasted.
    Text(Vec<u8>),
}

/// Codes with something in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// `5yz`: the first digit.
    First(u8),
    /// `x5z`: the second digit.
    Second(u8),
    /// `5.X.Y`: the class of enhanced codes.
    Class(EnhancedClass),
    /// `X.7.Y` or `5.7.Y`: the subject, and the class if it is given.
    Subject(Option<EnhancedClass>, u16),
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::First(digit) => write!(f, "{digit}yz"),
            Self::Second(digit) => write!(f, "x{digit}z"),
            Self::Class(class) => write!(f, "{}.X.Y", class.digit()),
            Self::Subject(Some(class), subject) => write!(f, "{}.{subject}.Y", class.digit()),
            Self::Subject(None, subject) => write!(f, "X.{subject}.Y"),
        }
    }
}

/// Why the words are no question.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A word is none that is understood.
    Word(String),
    /// So many codes are too many, or too few.
    Count(usize),
}

/// A word, by its form alone.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Word {
    Code(ReplyCode),
    Enhanced(EnhancedCode),
    Enumerated(EnumeratedCode),
    Group(Group),
    Command(Command),
}

/// The question that the arguments are. `subcommands` may be meant by a word, too.
pub(crate) fn read(arguments: &[OsString], subcommands: &[&str]) -> Result<Question, Refusal> {
    let words: Vec<_> = arguments
        .iter()
        .map(|argument| argument.to_string_lossy())
        .collect();
    // `550 5.1.1` in quotes is the same as without; but nothing is stripped from a single word.
    let split: Vec<&str> = match words.as_slice() {
        [one] if one.split_whitespace().count() > 1 => one.split_whitespace().collect(),
        _ => words.iter().map(AsRef::as_ref).collect(),
    };
    let split = with_names(split);
    let known: Option<Vec<_>> = split.iter().map(|word| word_of(word)).collect();
    if let Some(question) = known.as_deref().and_then(asked) {
        return Ok(question);
    }
    let codes = |words: &[Word]| words.iter().all(|word| matches!(word, Word::Code(_)));
    if let Some(words) = known.as_deref().filter(|words| codes(words)) {
        return Err(Refusal::Count(words.len()));
    }
    let whole = split.join(" ");
    // Groups of commands have names of several words.
    if let Some(command) = Command::from_name(&whole) {
        return Ok(Question::Command(command));
    }
    if let Some(code) = ReplyCode::from_name(&whole).filter(|_| words.len() == 1) {
        return Ok(Question::Code(code));
    }
    let encoded: Vec<_> = arguments
        .iter()
        .map(|argument| argument.as_encoded_bytes())
        .collect();
    let text = encoded.join(&b' ');
    // `550-5.1.1` and `(#5.1.1)` are in no doubt.
    let is_enhanced = |text: &[u8]| find(text).next().is_some_and(|it| it.enhanced().is_some());
    if is_enhanced(&text) || is_reply(&split, subcommands) && find(&text).next().is_some() {
        return Ok(Question::Text(text));
    }
    Err(Refusal::Word(wrong(&words, &split, known, subcommands)))
}

fn wrong(
    words: &[std::borrow::Cow<'_, str>],
    split: &[&str],
    known: Option<Vec<Word>>,
    subcommands: &[&str],
) -> String {
    if known.is_some() {
        return "these words are each known, but not together: one code, one enhanced code and one \
                command are explained together, and two codes are compared"
            .to_owned();
    }
    let word = match words {
        // The quoted text is wrong as a whole.
        [one] => one.as_ref(),
        _ => split
            .iter()
            .find(|word| word_of(word).is_none())
            .copied()
            .unwrap_or_default(),
    };
    let shown = visible::shortened(word.as_bytes(), LONGEST);
    if let Some(command) = near_command(word) {
        return format!("'{shown}' is neither a code nor a command\n\n  did you mean {command}?");
    }
    if Path::new(word).is_file() {
        return format!(
            "'{shown}' is a file; to explain what is in it: `smtp-codes explain {shown}`"
        );
    }
    match code::parse(&shown, subcommands) {
        Err(message) if let Ok(code) = format!("X.{word}").parse::<EnumeratedCode>() => {
            let meant = match code.subject() {
                // `5.1`
                class @ (2 | 4 | 5) => {
                    format!("{class}.{}.x, all codes of a subject", code.detail())
                }
                // `7.1`
                _ => code.to_string(),
            };
            let wrong = message.split("\n\n").next().unwrap_or_default();
            format!("{wrong}\n\n  an enhanced code has three numbers; did you mean {meant}?")
        }
        Err(message) if !message.contains("\n\n") => format!(
            "{message}\n\n  an enhanced code (5.1.1), a class (5yz), a command (RCPT) or the words of a \
             server are understood, too"
        ),
        Err(message) => message,
        Ok(code) => format!("{code} is not understood here"),
    }
}

/// The code, or a message that says what is wrong with the argument.
pub(crate) fn code(argument: &OsString) -> Result<ReplyCode, String> {
    let text = argument.to_string_lossy();
    code::parse(&visible::shortened(text.as_bytes(), LONGEST), &[])
}

/// Commands as they are called elsewhere get the names that the table has.
fn with_names(mut words: Vec<&str>) -> Vec<&str> {
    for (name, command) in NAMES {
        let name: Vec<_> = name.split(' ').collect();
        let is_it = |window: &[&str]| {
            let mut pairs = window.iter().zip(&name);
            pairs.all(|(word, name)| word.eq_ignore_ascii_case(name))
        };
        if let Some(at) = words.windows(name.len()).position(is_it) {
            words.splice(at..at + name.len(), [command.name()]);
        }
    }
    words
}

fn asked(words: &[Word]) -> Option<Question> {
    match *words {
        [Word::Code(code)] => return Some(Question::Code(code)),
        [Word::Code(left), Word::Code(right)] => return Some(Question::Compare(left, right)),
        [Word::Enhanced(code)] => return Some(Question::Enhanced(code)),
        [Word::Enumerated(code)] => return Some(Question::Enumerated(code)),
        [Word::Group(group)] => return Some(Question::Group(group)),
        [Word::Command(command)] => return Some(Question::Command(command)),
        _ => {}
    }
    let mut parts = Combination::default();
    for word in words {
        let twice = match *word {
            Word::Code(code) => parts.code.replace(code).is_some(),
            Word::Enhanced(code) => parts.enhanced.replace(code).is_some(),
            Word::Command(command) => parts.command.replace(command).is_some(),
            Word::Enumerated(_) | Word::Group(_) => return None,
        };
        if twice {
            return None;
        }
    }
    // A command and nothing else was answered above.
    let is_some = parts.code.is_some() || parts.enhanced.is_some();
    is_some.then_some(Question::Combination(parts))
}

fn word_of(word: &str) -> Option<Word> {
    if let Ok(code) = word.parse() {
        return Some(Word::Code(code));
    }
    // `#5.1.1` and `5.1.1:`, as they stand in logs.
    let bare = word.trim_matches(|sign: char| sign.is_ascii_punctuation());
    if let Ok(code) = bare.parse() {
        return Some(Word::Enhanced(code));
    }
    if let Some(command) = Command::from_name(word) {
        return Some(Word::Command(command));
    }
    if let Some(group) = group(&word.to_ascii_lowercase()) {
        return Some(Word::Group(group));
    }
    enumerated(word).map(Word::Enumerated)
}

/// `X.7.26`, `x.7.26`, or the name of its constant.
fn enumerated(word: &str) -> Option<EnumeratedCode> {
    if let Some(rest) = word.strip_prefix(['X', 'x']) {
        return format!("X{rest}").parse().ok();
    }
    let is_named = |code: &&EnumeratedCode| {
        let name = code.info().and_then(|info| info.constant());
        name.is_some_and(|name| name.eq_ignore_ascii_case(word))
    };
    EnumeratedCode::registered().iter().find(is_named).copied()
}

/// `5xx` or `5yz`, `x5z`, `5.x.x` or `5.X.Y`, `x.7.x` or `5.7.y`; in small letters.
fn group(word: &str) -> Option<Group> {
    let digit = |text: &str| text.parse::<u8>().ok().filter(|_| text.len() == 1);
    let open = |text: &str| matches!(text, "x" | "y" | "z");
    let class = |text| digit(text).and_then(EnhancedClass::from_digit);
    if let [first, subject, detail] = word.split('.').collect::<Vec<_>>().as_slice() {
        if !open(detail) || !(open(first) || class(first).is_some()) {
            return None;
        }
        if open(subject) {
            return class(first).map(Group::Class);
        }
        let subject = EnhancedCode::new(2, subject.parse().ok()?, 0)?.subject();
        return Some(Group::Subject(class(first), subject));
    }
    if let Some(first) = ["xx", "yz"].iter().find_map(|end| word.strip_suffix(end)) {
        return digit(first).filter(|&digit| digit > 0).map(Group::First);
    }
    let second = word.strip_prefix('x')?.strip_suffix('z')?;
    digit(second).map(Group::Second)
}

/// Whether it looks like what a server said: words of a language behind a code, or more words.
fn is_reply(words: &[&str], subcommands: &[&str]) -> bool {
    let [first, rest @ ..] = words else {
        return false;
    };
    let says = |word: &&str| {
        word.chars().any(char::is_alphabetic) && word_of(word).is_none() && !is_slip(word)
    };
    if let [only] = rest
        && (subcommands.contains(only) || near_command(only).is_some())
    {
        return false;
    }
    let begins_with_code = first
        .get(..3)
        .is_some_and(|digits| digits.parse::<ReplyCode>().is_ok());
    rest.iter().any(says) && (begins_with_code || words.len() > 2)
}

/// The command that was meant. A word in small letters is more likely one of a language.
fn near_command(word: &str) -> Option<Command> {
    let is_name = word.len() > 3 && word.chars().all(|letter| letter.is_ascii_uppercase());
    let mut commands = Command::all().filter(|_| is_name);
    commands.find(|command| is_near(word, command.name()))
}

/// Whether the word is rather a mistyped code: `354x`.
fn is_slip(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit() || first == '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(words: &[&str]) -> Result<Question, Refusal> {
        let arguments: Vec<_> = words.iter().map(OsString::from).collect();
        read(&arguments, &["compare"])
    }

    fn code(number: u16) -> ReplyCode {
        ReplyCode::new(number).expect("three digits")
    }

    #[test]
    fn one_word_is_a_code_a_group_or_a_command() {
        let enhanced = EnhancedCode::new(5, 7, 26).expect("in range");
        for (word, question) in [
            ("354", Question::Code(code(354))),
            ("5.7.26", Question::Enhanced(enhanced)),
            ("(#5.7.26)", Question::Enhanced(enhanced)),
            ("X.7.26", Question::Enumerated(enhanced.without_class())),
            ("x.7.26", Question::Enumerated(enhanced.without_class())),
            ("5xx", Question::Group(Group::First(5))),
            ("5YZ", Question::Group(Group::First(5))),
            ("x5z", Question::Group(Group::Second(5))),
            (
                "5.x.x",
                Question::Group(Group::Class(EnhancedClass::Permanent)),
            ),
            (
                "5.X.Y",
                Question::Group(Group::Class(EnhancedClass::Permanent)),
            ),
            ("X.7.Y", Question::Group(Group::Subject(None, 7))),
            (
                "4.7.x",
                Question::Group(Group::Subject(Some(EnhancedClass::Transient), 7)),
            ),
            ("rcpt", Question::Command(Command::RCPT)),
            ("DATA-BODY", Question::Command(Command::DATA_BODY)),
            ("RCPT TO", Question::Command(Command::RCPT)),
            ("end of DATA", Question::Command(Command::DATA_BODY)),
            ("Mailbox Unavailable", Question::Code(code(550))),
        ] {
            assert_eq!(ask(&[word]), Ok(question), "{word}");
        }
        assert!(matches!(
            ask(&["MAILBOX_FULL"]),
            Ok(Question::Enumerated(_))
        ));
    }

    #[test]
    fn words_together_are_a_combination_in_any_order() {
        let whole = Combination {
            code: Some(code(550)),
            enhanced: EnhancedCode::new(5, 1, 1),
            command: Some(Command::RCPT),
        };
        for words in [
            &["550", "5.1.1", "RCPT"][..],
            &["rcpt 550 5.1.1"],
            &["5.1.1", "RCPT", "550"],
        ] {
            assert_eq!(ask(words), Ok(Question::Combination(whole)), "{words:?}");
        }
        let part = Combination {
            enhanced: None,
            ..whole
        };
        assert_eq!(ask(&["550", "RCPT"]), Ok(Question::Combination(part)));
        let none = Combination {
            code: None,
            ..whole
        };
        assert_eq!(ask(&["5.1.1", "RCPT"]), Ok(Question::Combination(none)));
        assert_eq!(
            ask(&["354", "521"]),
            Ok(Question::Compare(code(354), code(521)))
        );
        assert_eq!(ask(&["354", "521", "250"]), Err(Refusal::Count(3)));
        assert_eq!(ask(&[]), Err(Refusal::Count(0)));
        for words in [
            &["RCPT", "DATA"][..],
            &["5.1.1", "5.1.2"],
            &["5xx", "RCPT"],
            &["550", "X.1.1"],
        ] {
            assert!(matches!(ask(words), Err(Refusal::Word(_))), "{words:?}");
        }
    }

    #[test]
    fn a_pasted_reply_is_told_from_a_slip() {
        for words in [
            &["550 5.1.1 User unknown"][..],
            &["550", "5.1.1", "User", "unknown"],
            &["550 No such user here"],
            &["250", "OK"],
            &["550-5.1.1"],
            &["host mx.example said: 550 5.1.1 No"],
        ] {
            assert!(matches!(ask(words), Ok(Question::Text(_))), "{words:?}");
        }
        for words in [
            &["354", "35"][..],
            &["354", "354x"],
            &["3 54"],
            &["354", "521", "5210"],
            &["x", "y", "z"],
            &["550", "RCTP"],
            &["354", "compare"],
        ] {
            assert!(matches!(ask(words), Err(Refusal::Word(_))), "{words:?}");
        }
    }
}
