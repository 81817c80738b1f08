//! The words that the macro and the core both know must be the same words.

use codes_core::{self as core_words, __private as hidden_words};
use codes_data::model::{self, Word};

/// The words and the names of the variants, which the macro writes into the code that it makes.
macro_rules! assert_same_words {
    ($words:ident: $($name:ident)*) => {$(
        let ours: Vec<_> = $words::$name::ALL.iter().map(|word| (word.as_str(), format!("{word:?}"))).collect();
        let macros: Vec<_> = model::$name::WORDS.iter().map(|word| {
            let value = model::$name::from_word(word).expect("a word of its own");
            (*word, value.variant().to_owned())
        }).collect();
        assert!(!ours.is_empty());
        assert_eq!(ours, macros, "{}", stringify!($name));
    )*};
}

#[test]
fn the_macro_and_the_core_know_the_same_words() {
    assert_same_words!(core_words: Standing Connection NextActor Retry CommandKind ReplyKind Era);
    assert_same_words!(core_words: Scope Certainty);
    assert_same_words!(hidden_words: Circumstance);
}
