//! Words: facts that come from a short fixed list.

/// Declares an enum of words, each with the spelling that files and JSON use. Words may be added to
/// it, unless `closed` stands before it.
macro_rules! words {
    (closed $($declaration:tt)*) => {
        $crate::word::words!(@ [] $($declaration)*);
    };
    (@ [$($open:meta)?] $(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $(#[$open])?
        pub enum $name {
            $($(#[$variant_doc])* $variant,)+
        }

        impl $name {
            /// All values, in the order in which they are declared.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in kebab-case, as the data file and JSON have it.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// The value of a word in kebab-case.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
    ($($declaration:tt)*) => {
        $crate::word::words!(@ [non_exhaustive] $($declaration)*);
    };
}

pub(crate) use words;
