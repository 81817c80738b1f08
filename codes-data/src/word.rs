//! Words: facts that come from short fixed lists.

/// A list of words of the data file.
pub trait Word: Copy + 'static {
    /// The words, in the order of the documentation.
    const WORDS: &'static [&'static str];

    /// The variant of a word, if it is one of them.
    fn from_word(word: &str) -> Option<Self>;
}

/// Declares an enum whose variants are words of the data file. The documentation of each is for those who use
/// `codes-core`, which shares the lists.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        #[doc = concat!("The words for `", stringify!($name), "` of `codes-core`.")]
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $(#[doc = concat!("`", $word, "`")] $variant,)+ }

        impl $crate::word::Word for $name {
            const WORDS: &'static [&'static str] = &[$($word,)+];

            fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl $name {
            /// The word that the data file uses.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The names of the list and of the variant, which are the same in `codes-core`.
            pub const fn path(self) -> (&'static str, &'static str) {
                match self { $(Self::$variant => (stringify!($name), stringify!($variant)),)+ }
            }
        }
    };
}

pub(crate) use words;
