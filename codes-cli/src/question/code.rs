//! A code as people type it, and what they may have meant where it is none.

use std::cmp::Reverse;

use codes_core::{CodeInfo, EnhancedCode, InvalidReplyCode, ReplyCode, Standing, TABLE};
use strsim::osa_distance;

/// At most so many codes are suggested.
const SUGGESTIONS: usize = 3;
/// A longer text that happens to hold three digits is no slip.
const LONGEST_SLIP: usize = 5;

/// The code, or a message that says what is wrong. `words` may be meant in this place too.
pub(crate) fn parse(text: &str, words: &[&str]) -> Result<ReplyCode, String> {
    text.parse().map_err(|error| message(text, words, error))
}

fn message(text: &str, words: &[&str], error: InvalidReplyCode) -> String {
    if is_enhanced(text) {
        return of_enhanced(text, error);
    }
    let wrong = format!("'{text}' is not a reply code: {error}");
    let lower = text.to_lowercase();
    if words.contains(&text) {
        return format!("{wrong}\n\n  the subcommand `{text}` has to come first");
    }
    if let Some(word) = words.iter().find(|word| is_near(&lower, word)) {
        return format!("{wrong}\n\n  did you mean the subcommand `{word}`?");
    }
    let meant: Vec<_> = near(text, &lower)
        .iter()
        .take(SUGGESTIONS)
        .map(ReplyCode::to_string)
        .collect();
    match meant.as_slice() {
        [] => wrong,
        [code] => format!("{wrong}\n\n  did you mean {code}?"),
        several => format!(
            "{wrong}\n\n  did you mean one of these?\n    {}",
            several.join("\n    ")
        ),
    }
}

/// The codes that the text may stand for, the likeliest first.
fn near(text: &str, lower: &str) -> Vec<ReplyCode> {
    let certain = ReplyCode::from_name(text)
        .or_else(|| digits_of(text))
        .or_else(|| beginning_of(text));
    if let Some(code) = certain {
        return vec![code];
    }
    let mut infos: Vec<_> = TABLE
        .iter()
        .filter(|info| osa_distance(text, info.code().as_str()) == 1)
        .collect();
    // Typing goes wrong at the end more often than at the beginning.
    infos.sort_by_key(|info| {
        let common = common_beginning(text, info.code().as_str());
        (Reverse(common), is_rare(info))
    });
    let names = TABLE
        .iter()
        .filter(|info| is_near(lower, &info.name().to_lowercase()));
    infos.extend(names);
    infos.iter().map(|info| info.code()).collect()
}

/// `3 54`, `x354` or `３５４`: short, and exactly three digits are left without the rest.
fn digits_of(text: &str) -> Option<ReplyCode> {
    if text.chars().count() > LONGEST_SLIP {
        return None;
    }
    let ascii = |digit| match digit {
        '0'..='9' => Some(digit),
        // Full-width digits, as input methods for Chinese and Japanese write them.
        '０'..='９' => char::from_digit(u32::from(digit) - u32::from('０'), 10),
        _ => None,
    };
    let digits: String = text.chars().filter_map(ascii).collect();
    digits.parse().ok()
}

/// `550 5.1.1 User unknown`, where the code is followed by something else.
fn beginning_of(text: &str) -> Option<ReplyCode> {
    let (digits, rest) = text.split_at_checked(3)?;
    let ends = !rest.starts_with(|next: char| next.is_ascii_digit());
    if ends { digits.parse().ok() } else { None }
}

/// Whether people less often mean it.
fn is_rare(info: &CodeInfo) -> bool {
    matches!(info.standing(), Standing::DeFacto | Standing::Historic)
}

fn common_beginning(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

/// One slip of the finger in a short word, two in a long one.
pub(crate) fn is_near(text: &str, word: &str) -> bool {
    let allowed = if word.len() < 6 { 1 } else { 2 };
    text.len().abs_diff(word.len()) <= allowed && osa_distance(text, word) <= allowed
}

/// `5.1.1`: class, subject and detail (RFC 3463).
fn is_enhanced(text: &str) -> bool {
    let number = |part: &str| {
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    text.split('.').count() == 3 && text.split('.').all(number)
}

fn of_enhanced(text: &str, error: InvalidReplyCode) -> String {
    let wrong = format!(
        "'{text}' is an enhanced status code (RFC 3463), not a reply code: {error}, and stands in \
         front of it"
    );
    let goes_with = text.parse().into_iter().flat_map(EnhancedCode::reply_codes);
    let mut infos: Vec<_> = goes_with.filter_map(ReplyCode::info).collect();
    infos.sort_by_key(|info| is_rare(info));
    let codes = infos.iter().take(SUGGESTIONS).map(|info| info.code());
    let codes: Vec<_> = codes.map(|code| format!("\n    {code}")).collect();
    if codes.is_empty() {
        return wrong;
    }
    format!("{wrong}\n\n  {text} goes with{}", codes.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hint(text: &str) -> String {
        let message = parse(text, &["compare", "list"]).expect_err("no code");
        let (_, hint) = message.split_once("\n\n  ").unwrap_or_default();
        hint.to_owned()
    }

    #[test]
    fn three_digits_are_a_code() {
        for code in 100..=999 {
            let code = ReplyCode::new(code).expect("three digits");
            assert_eq!(parse(code.as_str(), &[]), Ok(code));
        }
    }

    #[test]
    fn what_is_no_code_is_told_what_one_looks_like() {
        for text in [
            "35",
            "abc",
            "1000",
            "-1",
            "3 54",
            "0354",
            "354x",
            "３５４",
            "",
            "099",
        ] {
            let message = parse(text, &[]).expect_err("no code");
            let expected =
                format!("'{text}' is not a reply code: a reply code has exactly three digits");
            assert!(message.starts_with(&expected), "{message}");
        }
    }

    #[test]
    fn a_single_slip_is_recognised() {
        for text in [
            "354x",
            "3 54",
            "x354",
            "-354",
            "354-",
            "start-mail-input",
            "Start Mail Imput",
        ] {
            assert_eq!(hint(text), "did you mean 354 Start Mail Input?", "{text}");
        }
        assert_eq!(hint("699 5.7.1 No"), "did you mean 699?");
        for text in ["3545", "0354", "35"] {
            assert!(
                hint(text).contains("354 Start Mail Input"),
                "{text}: {}",
                hint(text)
            );
        }
        for text in ["abc", "", "-1", "x", "a1b2c3", "12345", "5.1.1.1"] {
            assert_eq!(hint(text), "", "{text}");
        }
    }

    #[test]
    fn subcommands_are_recognised() {
        assert_eq!(hint("comapre"), "did you mean the subcommand `compare`?");
        assert_eq!(hint("List"), "did you mean the subcommand `list`?");
        assert!(
            !parse("comapre", &[])
                .expect_err("no code")
                .contains("did you mean")
        );
    }

    #[test]
    fn at_most_three_are_suggested() {
        for number in 0..100 {
            let lines = hint(&format!("{number:02}")).lines().count();
            assert!(lines <= 4, "{number}");
        }
    }

    #[test]
    fn an_enhanced_code_is_called_by_its_name() {
        let message = parse("5.1.1", &[]).expect_err("no code");
        assert!(
            message.starts_with("'5.1.1' is an enhanced status code"),
            "{message}"
        );
        assert!(message.contains("goes with\n    550 "), "{message}");
        assert!(
            !parse("9.9.999", &[])
                .expect_err("no code")
                .contains("goes with")
        );
    }
}
