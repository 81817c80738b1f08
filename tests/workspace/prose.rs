//! What is wrong with a text, as far as a program can tell.

use std::collections::HashSet;
use std::fmt;

use codes_core::Page;

/// A text as it is written to a page, block by block.
#[derive(Debug, Default)]
pub(crate) struct Blocks(Vec<Block>);

#[derive(Debug)]
enum Block {
    /// The title or a heading.
    Heading(String),
    /// A paragraph or an item of sentences.
    Sentences(String),
    /// An item that only lists or quotes something.
    List(String),
}

impl Block {
    fn text(&self) -> &str {
        let (Self::Heading(text) | Self::Sentences(text) | Self::List(text)) = self;
        text
    }
}

/// The items that hold no sentences.
const LISTS: [&str; 7] = [
    "Phrase",
    "Defined in",
    "Reference",
    "Enhanced codes",
    "See also",
    "Source",
    "Sources",
];

impl Page for Blocks {
    fn title(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.heading(text)
    }

    fn heading(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.0.push(Block::Heading(text.to_string()));
        Ok(())
    }

    fn paragraph(&mut self, text: fmt::Arguments<'_>) -> fmt::Result {
        self.0.push(Block::Sentences(text.to_string()));
        Ok(())
    }

    fn item(&mut self, label: &str, text: fmt::Arguments<'_>) -> fmt::Result {
        let block = match LISTS.contains(&label) {
            true => Block::List,
            false => Block::Sentences,
        };
        self.0.push(block(text.to_string()));
        Ok(())
    }
}

impl Blocks {
    /// Whether a block has these words.
    pub(crate) fn say(&self, words: &str) -> bool {
        self.0.iter().any(|block| block.text().contains(words))
    }

    /// Everything that is wrong with the text; nothing for a good one.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let mut headings = HashSet::new();
        let mut sentences = HashSet::new();
        for block in &self.0 {
            let text = block.text();
            if text.trim() != text || text.contains("  ") || text.contains(['\n', '\r', '\t']) {
                faults.push(format!("not one line of words: {text:?}"));
            }
            let words: Vec<&str> = text.split_whitespace().collect();
            if words.is_empty() {
                faults.push("an empty block".to_owned());
            }
            faults.extend(doubled_word(&words).map(|word| format!("a doubled word: {word}")));
            faults.extend(stray_mark(text).map(|mark| format!("{mark:?} in: {text}")));
            match block {
                Block::Heading(text) => {
                    if text.ends_with('.') {
                        faults.push(format!("a heading with a full stop: {text}"));
                    }
                    if !headings.insert(text) {
                        faults.push(format!("a heading twice: {text}"));
                    }
                }
                Block::Sentences(_) => {
                    for sentence in split(&words) {
                        faults.extend(broken(&sentence).map(|why| format!("{why}: {sentence}")));
                        if let Some(sentence) = sentences.replace(sentence) {
                            faults.push(format!("a sentence twice: {sentence}"));
                        }
                    }
                }
                Block::List(_) => {}
            }
        }
        faults
    }
}

/// A word that stands twice in a row, without a mark between.
fn doubled_word(words: &[&str]) -> Option<String> {
    let mark = |char: char| !char.is_alphanumeric();
    words.windows(2).find_map(|pair| {
        let first = pair[0].trim_start_matches(mark);
        let second = pair[1].trim_end_matches(mark);
        let doubled = !first.is_empty() && first.eq_ignore_ascii_case(second);
        doubled.then(|| format!("{} {}", pair[0], pair[1]))
    })
}

/// Marks that no sentence has: left over where parts were put together.
fn stray_mark(text: &str) -> Option<&'static str> {
    let marks = [
        "..", " .", ".,", ",.", ",,", " ,", ";;", " ;", ";.", ".;", "::", " :", ":.", "()",
    ];
    marks.into_iter().find(|mark| text.contains(mark))
}

/// The sentences of a text, white space folded.
fn split(words: &[&str]) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut sentence: Vec<&str> = Vec::new();
    for word in words {
        sentence.push(word);
        if ends_sentence(word) {
            sentences.push(sentence.join(" "));
            sentence.clear();
        }
    }
    if !sentence.is_empty() {
        sentences.push(sentence.join(" "));
    }
    sentences
}

/// A full stop ends a sentence behind any word but an abbreviation; inside of `4.2.3` there is no
/// white space, so there is no word that ends with it.
fn ends_sentence(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', ')']);
    let opened = bare.trim_start_matches(['"', '\'', '(']);
    bare.ends_with(['.', '?', '!']) && !["e.g.", "i.e.", "cf.", "vs."].contains(&opened)
}

/// What makes a sentence look cut or unfinished.
fn broken(sentence: &str) -> Option<&'static str> {
    let last = sentence.split(' ').next_back().unwrap_or_default();
    if !ends_sentence(last) {
        return Some("no full stop");
    }
    let first = sentence.trim_start_matches(['"', '\'', '(']).chars().next();
    let small = first.is_none_or(|char| char.is_lowercase() || ",;:.)".contains(char));
    small.then_some("a sentence that does not begin like one")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(paragraphs: &[&str]) -> Vec<String> {
        let blocks = paragraphs
            .iter()
            .map(|text| Block::Sentences((*text).to_owned()));
        Blocks(blocks.collect()).faults()
    }

    fn fault_of(paragraphs: &[&str]) -> String {
        match faults_of(paragraphs).as_slice() {
            [fault] => fault.clone(),
            other => panic!("{} faults in {paragraphs:?}: {other:?}", other.len()),
        }
    }

    #[test]
    fn good_texts_pass() {
        let good = [
            "Send 250, 250 again after that, e.g. MAIL. It is X.4.2 (RFC 5321 section 4.2.3).",
            "This is RFC 5321 section 4.2. The reply \"is a question?\" No, it is not.",
            "250 comes first. 250 comes last.",
        ];
        assert_eq!(faults_of(&good), [""; 0]);
    }

    #[test]
    fn doubled_words_are_found() {
        assert_eq!(
            fault_of(&["One sees it when when it comes."]),
            "a doubled word: when when"
        );
        assert_eq!(fault_of(&["The the reply."]), "a doubled word: The the");
        assert_eq!(
            fault_of(&["It answers the command command."]),
            "a doubled word: command command."
        );
        assert_eq!(
            fault_of(&["It is (in in answer)."]),
            "a doubled word: (in in"
        );
        let over_lines = faults_of(&["One sees it when\nwhen it comes."]);
        assert!(
            over_lines.contains(&"a doubled word: when when".to_owned()),
            "{over_lines:?}"
        );
    }

    #[test]
    fn sentences_without_an_end_are_found() {
        assert_eq!(
            fault_of(&["All is well. This is not"]),
            "no full stop: This is not"
        );
        assert_eq!(
            fault_of(&["It closes, e.g."]),
            "no full stop: It closes, e.g."
        );
        assert_eq!(
            fault_of(&["It is as follows:"]),
            "no full stop: It is as follows:"
        );
        let cut = "a sentence that does not begin like one: it closes.";
        assert_eq!(fault_of(&["The server ends. it closes."]), cut);
        assert_eq!(
            fault_of(&["The server ends.. It closes."]),
            "\"..\" in: The server ends.. It closes."
        );
        assert_eq!(fault_of(&["It says 354 ."]), "\" .\" in: It says 354 .");
        assert_eq!(
            fault_of(&["It says  354."]),
            "not one line of words: \"It says  354.\""
        );
        assert!(!faults_of(&[""]).is_empty());
    }

    #[test]
    fn repeated_sentences_are_found() {
        let twice = "a sentence twice: It stays open.";
        assert_eq!(fault_of(&["It stays open. It stays open."]), twice);
        assert_eq!(
            fault_of(&["Well. It stays open.", "It stays open. Good."]),
            twice
        );
        // The end of the section number ends the sentence, the stop inside of it does not.
        let section = "See RFC 5321 section 4.2.";
        assert_eq!(
            fault_of(&[&format!("{section} It is so."), section]),
            format!("a sentence twice: {section}")
        );
        assert_eq!(
            faults_of(&["See 4.2.3 for it.", "See 4.2.4 for it."]),
            [""; 0]
        );
        let folded = faults_of(&["It stays open.", "It\nstays open."]);
        assert!(folded.contains(&twice.to_owned()), "{folded:?}");
    }

    #[test]
    fn headings_are_no_sentences_and_stand_once() {
        let heading = |text: &str| Block::Heading(text.to_owned());
        assert_eq!(Blocks(vec![heading("Facts")]).faults(), [""; 0]);
        assert_eq!(
            Blocks(vec![heading("Facts"), heading("Facts")]).faults(),
            ["a heading twice: Facts"]
        );
        assert_eq!(
            Blocks(vec![heading("Facts.")]).faults(),
            ["a heading with a full stop: Facts."]
        );
    }
}
