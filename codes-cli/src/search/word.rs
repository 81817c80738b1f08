//! Words, and how well one fits another.

use std::ops::Range;

use strsim::osa_distance;

/// A shorter word has too many neighbours to be mistyped, or the beginning of another.
const SHORTEST: usize = 3;
/// What is left of a word without its ending.
const SHORTEST_STEM: usize = 4;
/// Endings that change nothing about what a word means.
const ENDINGS: [&str; 6] = ["ings", "ing", "ers", "ed", "es", "s"];
/// Words that say nothing about what is looked for.
const EMPTY: [&str; 23] = [
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "not", "of",
    "on", "or", "the", "to", "too", "was", "with", "my",
];

/// How well a word of a text fits one that is looked for, the best last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// But for a slip of the finger.
    Near,
    /// It begins so.
    Beginning,
    /// But for the ending.
    Stem,
    Same,
}

impl Fit {
    pub(super) const fn weight(self) -> f64 {
        match self {
            Self::Near => 0.4,
            Self::Beginning => 0.6,
            Self::Stem => 0.9,
            Self::Same => 1.0,
        }
    }
}

/// Where the words of a text stand. A number such as 5.7.1 is one word.
pub(super) fn places(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let mut characters = text[start..].char_indices().peekable();
        let mut end = text.len();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            let joins = character == '.' && next.is_some_and(char::is_alphanumeric);
            if !character.is_alphanumeric() && !joins {
                end = start + at;
                break;
            }
        }
        rest = end;
        Some(start..end)
    })
}

/// The words of a query that say something, or all where none does.
pub(super) fn of_query(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for place in places(text) {
        let word = text[place].to_lowercase();
        if !words.contains(&word) {
            words.push(word);
        }
    }
    let says_something = |word: &String| !EMPTY.contains(&word.as_str());
    if words.iter().any(says_something) {
        words.retain(says_something);
    }
    words
}

/// How well a word of a text, in small letters, fits one that is looked for, slips aside.
pub(super) fn fit(wanted: &str, word: &str) -> Option<Fit> {
    if wanted == word {
        return Some(Fit::Same);
    }
    if is_number(wanted) {
        return None;
    }
    if stem(wanted) == stem(word) {
        return Some(Fit::Stem);
    }
    let is_beginning = wanted.len() >= SHORTEST && word.starts_with(wanted);
    is_beginning.then_some(Fit::Beginning)
}

/// Whether it may be the same word but for one slip of the finger, two in a long word.
pub(super) fn is_near(wanted: &str, word: &str) -> bool {
    let allowed = match wanted.len() {
        0..=SHORTEST => return false,
        4..=7 => 1,
        _ => 2,
    };
    !is_number(wanted)
        && wanted.len().abs_diff(word.len()) <= allowed
        && osa_distance(wanted, word) <= allowed
}

fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit())
}

fn stem(word: &str) -> &str {
    let stems = ENDINGS
        .iter()
        .filter_map(|ending| word.strip_suffix(ending));
    let mut stems = stems.filter(|stem| stem.len() >= SHORTEST_STEM);
    stems.next().unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        places(text).map(|place| &text[place]).collect()
    }

    #[test]
    fn a_text_is_cut_into_words() {
        assert_eq!(words("The 5.7.1, or 550."), ["The", "5.7.1", "or", "550"]);
        assert_eq!(words("DATA-BODY (X.1.10)"), ["DATA", "BODY", "X.1.10"]);
        assert_eq!(words(" … é.ü. "), ["é.ü"]);
        assert!(words("").is_empty() && words(".-.").is_empty());
    }

    #[test]
    fn a_query_keeps_what_says_something() {
        assert_eq!(of_query("the Mailbox is FULL, full"), ["mailbox", "full"]);
        assert_eq!(of_query("to"), ["to"]);
        assert!(of_query(" - ").is_empty());
    }

    #[test]
    fn words_fit_by_their_beginning_and_without_their_ending() {
        assert_eq!(fit("relay", "relay"), Some(Fit::Same));
        assert_eq!(fit("relays", "relaying"), Some(Fit::Stem));
        assert_eq!(fit("greylisting", "greylisted"), Some(Fit::Stem));
        assert_eq!(fit("auth", "authentication"), Some(Fit::Beginning));
        for (wanted, word) in [
            ("re", "relay"),
            ("55", "550"),
            ("relay", "delay"),
            ("tls", "tl"),
        ] {
            assert_eq!(fit(wanted, word), None, "{wanted}");
        }
    }

    #[test]
    fn a_slip_is_forgiven_in_words_that_are_long_enough() {
        assert!(is_near("qouta", "quota") && is_near("recepients", "recipients"));
        for (wanted, word) in [
            ("spf", "spa"),
            ("550", "551"),
            ("5.1.1", "5.1.2"),
            ("mail", "main's"),
        ] {
            assert!(!is_near(wanted, word), "{wanted}");
        }
    }
}
