//! The rules for single strings of a data file, each a pure function, and how to quote them.

use std::ops::Range;

/// One type for whatever strings are split or searched by, as each type has a search of its own.
pub(crate) type CharTest = fn(char) -> bool;

/// The longest explanation.
pub(crate) const MOST_TEXT: usize = 1000;
/// The longest hint that a compiler prints in the middle of a message.
pub(crate) const MOST_SHORT_TEXT: usize = 200;
/// The longest string on one line.
pub(crate) const MOST_LINE: usize = 120;
/// What is around a string of TOML.
pub(crate) const QUOTES: &[char] = &['"', '\''];
/// The most words of a name.
pub(crate) const MOST_WORDS: usize = 6;

/// What takes the place of a text that was refused.
pub const REFUSED_TEXT: &str = "Refused.";
/// What takes the place of a name that was refused.
pub(crate) const REFUSED_NAME: &str = "Refused";
/// What takes the place of a string on one line that was refused.
pub const REFUSED_LINE: &str = "refused";

/// The mistakes inside one string.
#[derive(Default)]
pub(crate) struct Mistakes(pub(crate) Vec<(Range<usize>, String, &'static str)>);

impl Mistakes {
    /// The place is a byte range of the string's value, and the message goes on after the key: `` `when` `` + `has …`.
    fn add(&mut self, place: Range<usize>, message: impl Into<String>, help: &'static str) {
        self.0.push((place, message.into(), help));
    }

    fn too_long(&mut self, value: &str, length: usize, most: usize) {
        if length > most {
            let message = format!("has {length} characters, but {most} are the most");
            self.add(0..value.len(), message, "say it shorter");
        }
    }
}

/// White space of any kind, line breaks included, becomes single spaces.
pub(crate) fn fold(value: &str) -> String {
    let mut folded = String::with_capacity(value.len());
    for word in value.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// What is wrong with an explanation of one or more sentences, which is also given [`fold`]ed.
pub(crate) fn text_mistakes(value: &str, folded: &str, most: usize) -> Mistakes {
    let mut mistakes = Mistakes::default();
    bad_character(value, true, &mut mistakes);
    if folded.is_empty() {
        let help = "write at least one sentence";
        mistakes.add(0..value.len(), "is empty", help);
        return mistakes;
    }
    mistakes.too_long(value, folded.chars().count(), most);
    blank_line(value, &mut mistakes);
    doubled_words(value, &mut mistakes);
    if !folded.ends_with('.') {
        let trimmed = value.trim_end();
        let last = trimmed.char_indices().next_back().map_or(0, |(at, _)| at);
        let help = "end the last sentence with `.`";
        mistakes.add(last..trimmed.len(), "does not end with a full stop", help);
    }
    mistakes
}

/// What is wrong with a string that has to be on one line.
pub(crate) fn line_mistakes(value: &str) -> Mistakes {
    let mut mistakes = Mistakes::default();
    if value.trim().is_empty() {
        let help = "write something, or remove the key if it may be left out";
        mistakes.add(0..value.len(), "is empty", help);
        return mistakes;
    }
    const BREAKS: &[char] = &['\n', '\r'];
    if let Some(at) = value.find(BREAKS) {
        let help = "write it on one line, in a pair of single `\"`";
        mistakes.add(at..at + 1, "has a line break in it", help);
        return mistakes;
    }
    bad_character(value, false, &mut mistakes);
    let trimmed = value.trim();
    if trimmed != value && mistakes.0.is_empty() {
        let place = match value.len() - value.trim_start().len() {
            0 => trimmed.len()..value.len(),
            front => 0..front,
        };
        mistakes.add(place, "begins or ends with a space", "remove the space");
    }
    mistakes.too_long(value, value.chars().count(), MOST_LINE);
    mistakes
}

/// Only the first one: where one came in by copying, many did.
fn bad_character(value: &str, many_lines: bool, mistakes: &mut Mistakes) {
    for (at, c) in value.char_indices() {
        if !is_forbidden(c) || (many_lines && matches!(c, '\n' | '\t')) {
            continue;
        }
        let what = if c.is_control() {
            "control character"
        } else if c == '\u{FEFF}' {
            "byte order mark"
        } else {
            "character that changes the direction of the writing"
        };
        let number = u32::from(c);
        let message = format!("has the invisible character U+{number:04X} in it, a {what}");
        let help = "remove it, or type the place anew";
        mistakes.add(at..at + c.len_utf8(), message, help);
        return;
    }
}

/// Only the first one, too.
fn blank_line(value: &str, mistakes: &mut Mistakes) {
    let start = value.len() - value.trim_start().len();
    let mut at = start;
    for line in value.trim().split('\n') {
        if at > start && line.trim().is_empty() {
            let help = "a text is one paragraph: join the lines";
            mistakes.add(at..at + line.len(), "has a blank line in it", help);
            return;
        }
        at += line.len() + 1;
    }
}

/// Words count as doubled over a line break too, which is where the eye misses them.
fn doubled_words(value: &str, mistakes: &mut Mistakes) {
    const OPENING: &[char] = &['(', '"', '\''];
    const CLOSING: &[char] = &['.', ',', ';', ':', '!', '?', ')', '"', '\''];
    let mut last = "";
    for word in value.split_whitespace() {
        // The second of two may end its clause, the first may begin one.
        let opened = last.trim_start_matches(OPENING);
        let closed = word.trim_end_matches(CLOSING);
        // Small letters have the length of their capitals, and most neighbours differ in that.
        if opened.len() == closed.len()
            && opened.to_lowercase() == closed.to_lowercase()
            && closed.chars().any(char::is_alphabetic)
        {
            let at = word.as_ptr().addr() - value.as_ptr().addr();
            let message = format!("has the word {} twice in a row", quote(closed));
            mistakes.add(at..at + closed.len(), message, "remove one of them");
        }
        last = word;
    }
}

/// Characters that have no business in a string: they cannot be seen, but change what is.
pub(crate) fn is_forbidden(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{61C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}'
                | '\u{FEFF}'
        )
}

/// Characters that are never printed as they are, so that carets point right and nothing is hidden.
pub(crate) fn is_hidden(c: char) -> bool {
    is_forbidden(c)
        || matches!(
            c,
            '\u{AD}'
                | '\u{180E}'
                | '\u{200B}'..='\u{200D}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{E0000}'..='\u{E007F}'
        )
}

/// `\u{202E}`, as U+202E is written in the usual tables.
pub(crate) fn escape(c: char) -> String {
    format!("\\u{{{:X}}}", u32::from(c))
}

/// A piece of the file inside a message: in quotes, short, and with nothing hidden in it.
pub(crate) fn quote(piece: &str) -> String {
    const MOST: usize = 40;
    let mut quoted = String::from("`");
    for (index, c) in piece.chars().enumerate() {
        if index == MOST {
            quoted.push('…');
            break;
        }
        if is_hidden(c) {
            quoted.push_str(&escape(c));
        } else {
            quoted.push(c);
        }
    }
    quoted.push('`');
    quoted
}

/// Words as a message lists them, with what is around each in the file.
pub(crate) fn listed(words: &[&str], before: &str, after: &str) -> String {
    let mut list = Vec::new();
    for word in words {
        list.push(format!("`{before}{word}{after}`"));
    }
    list.join(", ")
}

/// Whether there is something, and nothing but such characters.
pub(crate) fn is_all(part: &str, fits: fn(char) -> bool) -> bool {
    !part.is_empty() && part.chars().all(fits)
}

fn begins(part: &str, fits: fn(char) -> bool) -> bool {
    part.chars().next().is_some_and(fits)
}

/// `Start Mail Input` as `START_MAIL_INPUT`, or why that is not possible.
pub(crate) fn ident(name: &str) -> Result<String, &'static str> {
    if name.split(' ').any(str::is_empty) {
        return Err("has more than one space between two words");
    }
    if !is_all(name, |c| c.is_ascii_alphanumeric() || c == ' ') {
        return Err("has characters that cannot be part of a constant's name");
    }
    if !begins(name, |c| c.is_ascii_alphabetic()) {
        return Err("does not begin with a letter, as a constant has to");
    }
    if name.split(' ').count() > MOST_WORDS {
        return Err("has more than six words");
    }
    Ok(name.replace(" ", "_").to_ascii_uppercase())
}

/// `Bad sender's mailbox address syntax` as `BAD_SENDERS_MAILBOX_ADDRESS_SYNTAX`: what is no letter or
/// digit only ends a word, but for an apostrophe.
pub(crate) fn ident_of_title(title: &str) -> Result<String, &'static str> {
    let mut name = String::with_capacity(title.len());
    let ends_word: CharTest = |c| c.is_ascii() && c != '\'' && !c.is_ascii_alphanumeric();
    for word in title.split(ends_word) {
        let word = word.replace("'", "");
        if !name.is_empty() && !word.is_empty() {
            name.push(' ');
        }
        name.push_str(&word);
    }
    ident(&name)
}

/// `DATA`, `DATA-BODY`.
pub(crate) fn is_verb(verb: &str) -> bool {
    let fits = |part: &str| is_all(part, |c| c.is_ascii_uppercase() || c.is_ascii_digit());
    begins(verb, |c| c.is_ascii_uppercase()) && verb.split('-').all(fits)
}

/// A number as a reply code, if it can be one.
pub(crate) fn reply_code(number: i64) -> Option<u16> {
    match number {
        100..=999 => u16::try_from(number).ok(),
        _ => None,
    }
}

/// `DATA-BODY` as a type: `DataBody`.
pub fn type_name(verb: &str) -> String {
    let mut name = String::with_capacity(verb.len());
    for part in verb.split('-') {
        let (first, rest) = part.split_at_checked(1).unwrap_or((part, ""));
        name.push_str(first);
        name.push_str(&rest.to_ascii_lowercase());
    }
    name
}

/// `AUTH`, `8BITMIME`, `MT-PRIORITY`.
pub(crate) fn is_extension(keyword: &str) -> bool {
    is_all(keyword, |c| {
        c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-'
    })
}

/// `RFC 5321 section 4.2.3` and the other ways to name a specification.
pub(crate) fn is_spec(spec: &str) -> bool {
    if let Some(rest) = spec.strip_prefix("RFC ") {
        return match rest.split_once(' ') {
            Some((number, part)) => is_number(number) && is_part(part),
            None => is_number(rest),
        };
    }
    if let Some(address) = spec.strip_prefix("https://") {
        return begins(address, |c| c.is_ascii_alphanumeric())
            && is_all(address, |c| {
                c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '\\')
            });
    }
    spec.strip_prefix("draft-").is_some_and(is_draft)
}

/// `hall-prdr-00`, what is after `draft-`.
fn is_draft(name: &str) -> bool {
    let fits = |part: &str| is_all(part, |c| c.is_ascii_lowercase() || c.is_ascii_digit());
    name.rsplit_once('-').is_some_and(|(words, version)| {
        words.split('-').all(fits) && version.len() == 2 && is_all(version, |c| c.is_ascii_digit())
    })
}

/// `section 4.2.3`, `appendix B.1`, `table 1`.
fn is_part(part: &str) -> bool {
    let Some((kind, place)) = part.split_once(' ') else {
        return false;
    };
    match kind {
        "section" => place.split('.').all(is_number),
        "appendix" => {
            let mut steps = place.split('.');
            let letter = steps.next().unwrap_or_default();
            letter.len() == 1 && begins(letter, |c| c.is_ascii_uppercase()) && steps.all(is_number)
        }
        "table" => is_number(place),
        _ => false,
    }
}

/// Digits without leading zeros.
pub(crate) fn is_number(digits: &str) -> bool {
    is_all(digits, |c| c.is_ascii_digit())
        && digits.len() <= 5
        && (digits == "0" || !digits.starts_with('0'))
}

/// The word that was probably meant, the first of those that are equally near.
pub(crate) fn nearest<'w>(word: &str, words: &[&'w str]) -> Option<&'w str> {
    let most = (word.chars().count() / 3).max(1);
    let word = plain(word);
    let (mut nearest, mut least) = (None, most + 1);
    for known in words {
        // Each letter more or less is one step, and most words are not near at all.
        if known.len().abs_diff(word.len()) >= least {
            continue;
        }
        let distance = distance(&word, &plain(known));
        if distance < least && distance < known.chars().count() {
            (nearest, least) = (Some(*known), distance);
        }
    }
    nearest
}

/// Case and `_` for `-` are the commonest slips, so they do not count.
fn plain(word: &str) -> String {
    let mut plain = String::new();
    for c in word.chars().take(60) {
        plain.push(match c {
            '_' => '-',
            _ => c.to_ascii_lowercase(),
        });
    }
    plain
}

/// How many letters have to be added, removed, replaced or swapped with their neighbour.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (height, width) = (a.len() + 1, b.len() + 1);
    // Row by row, the distance of the first `i` letters of `a` to the first `j` of `b`.
    let mut distances: Vec<usize> = Vec::with_capacity(height * width);
    for i in 0..height {
        for j in 0..width {
            let known = |i: usize, j: usize| distances[i * width + j];
            let distance = if i == 0 || j == 0 {
                i + j
            } else {
                let replaced = known(i - 1, j - 1) + usize::from(a[i - 1] != b[j - 1]);
                let best = replaced.min(known(i - 1, j) + 1).min(known(i, j - 1) + 1);
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    best.min(known(i - 2, j - 2) + 1)
                } else {
                    best
                }
            };
            distances.push(distance);
        }
    }
    distances[height * width - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_as_doubled_at_the_edges_of_clauses() {
        let count = |text| {
            let mut mistakes = Mistakes::default();
            doubled_words(text, &mut mistakes);
            mistakes.0.len()
        };
        assert_eq!(count("when when"), 1);
        assert_eq!(count("When when."), 1);
        assert_eq!(count("so (the the end)"), 1);
        assert_eq!(count("the\nthe\tthe"), 2);
        assert_eq!(count("It is no. No mail."), 0);
        assert_eq!(count("550 550, - - and so on"), 0);
        assert_eq!(count("ÄHM ähm"), 1);
    }

    #[test]
    fn specs_name_documents() {
        for good in [
            "RFC 5321",
            "RFC 5321 section 4.2.3",
            "RFC 5321 section 4",
            "RFC 5321 appendix D",
            "RFC 5321 appendix B.1",
            "RFC 5248 table 1",
            "draft-hall-prdr-00",
            "https://example.org/a?b=c",
        ] {
            assert!(is_spec(good), "{good}");
        }
        for bad in [
            "",
            "RFC",
            "RFC ",
            "rfc 5321",
            "RFC 05321",
            "RFC 5321 ",
            "RFC 5321 4.2",
            "RFC 5321 section",
            "RFC 5321 section 4..2",
            "RFC 5321 section 4.2, 4.3",
            "RFC 5321 appendix DD",
            "RFC 5321 table",
            "draft-00",
            "draft-hall--00",
            "draft-hall-prdr",
            "draft-Hall-00",
            "https://",
            "https://a b",
            "http://example.org",
        ] {
            assert!(!is_spec(bad), "{bad}");
        }
    }

    #[test]
    fn a_name_becomes_a_constant() {
        assert_eq!(ident("Start Mail Input").as_deref(), Ok("START_MAIL_INPUT"));
        assert_eq!(ident("A1 b c d e f").as_deref(), Ok("A1_B_C_D_E_F"));
        for bad in [
            "",
            " A",
            "A  B",
            "A-B",
            "Ä",
            "1 A",
            "_",
            "A B C D E F G",
            "A\tB",
        ] {
            assert!(ident(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_title_becomes_a_constant_without_its_marks() {
        for (title, expected) in [
            ("Mailbox full", "MAILBOX_FULL"),
            ("Bad sender's mailbox", "BAD_SENDERS_MAILBOX"),
            ("Disabled, not on (for\tnow).", "DISABLED_NOT_ON_FOR_NOW"),
            ("A non-ASCII/UTF-8", "A_NON_ASCII_UTF_8"),
        ] {
            assert_eq!(ident_of_title(title).as_deref(), Ok(expected));
        }
        for bad in ["", "-", "'", "8 bits", "Zu groß", "A b-c d e f g"] {
            assert!(ident_of_title(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn verbs_are_capitals() {
        assert!(is_verb("DATA") && is_verb("DATA-BODY") && is_verb("A1-2"));
        for bad in [
            "",
            "-",
            "data",
            "DATA-",
            "-DATA",
            "DATA--BODY",
            "1A",
            "A B",
            "Ä",
        ] {
            assert!(!is_verb(bad), "{bad}");
        }
    }

    #[test]
    fn distances_count_swaps_as_one() {
        assert_eq!(distance("", ""), 0);
        assert_eq!(distance("abc", ""), 3);
        assert_eq!(distance("reply", "rpely"), 1);
        assert_eq!(distance("later", "alter"), 1);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let words = ["next-actor", "name", "when"];
        assert_eq!(nearest("next_actor", &words), Some("next-actor"));
        assert_eq!(nearest("Name", &words), Some("name"));
        assert_eq!(nearest("wehn", &words), Some("when"));
        assert_eq!(nearest("zebra", &words), None);
        assert_eq!(nearest("", &["a"]), None);
        assert_eq!(nearest(&"name".repeat(1000), &words), None);
    }

    #[test]
    fn quotes_are_short_and_hide_nothing() {
        assert_eq!(quote("a\u{202E}b"), "`a\\u{202E}b`");
        assert_eq!(quote("a\u{200B}"), "`a\\u{200B}`");
        assert_eq!(quote(&"a".repeat(41)), format!("`{}…`", "a".repeat(40)));
    }

    #[test]
    fn folding_makes_one_line() {
        assert_eq!(fold(" a\n  b\tc\n"), "a b c");
    }
}
