//! What speaks against relying on an advice.

use core::fmt;

use crate::pad::pad;
use crate::page::list;
use crate::word::words;

words!(
    /// Something that speaks against relying on an [`Advice`](crate::Advice).
    ///
    /// ```
    /// use codes_core::{Caveat, EnhancedCode, Situation, Smtp550};
    ///
    /// let later: EnhancedCode = "4.7.1".parse()?;
    /// let advice = Situation::new(Smtp550).enhanced(later).advice();
    /// assert!(advice.caveats().contains(Caveat::ClassesDisagree));
    /// # Ok::<(), codes_core::InvalidEnhancedCode>(())
    /// ```
    Caveat {
        /// The class of the enhanced code is not the first digit of the reply code.
        ClassesDisagree = "classes-disagree",
        /// No table has the code.
        UnknownCode = "unknown-code",
        /// The table has the code as one that no server sends, but here it is a reply.
        NotAReply = "not-a-reply",
        /// The registry does not have the enhanced code.
        UnregisteredDetail = "unregistered-detail",
        /// Nothing separates the code from its text.
        NoSeparator = "no-separator",
        /// The lines of the reply do not have the same code.
        LinesDisagree = "lines-disagree",
        /// The connection ended within the reply.
        Truncated = "truncated",
    }
);

impl Caveat {
    /// What it means for the advice, as a sentence.
    ///
    /// ```
    /// # use codes_core::Caveat;
    /// assert!(Caveat::UnknownCode.text().contains("first digit"));
    /// ```
    #[must_use]
    pub const fn text(self) -> &'static str {
        match self {
            Self::ClassesDisagree => {
                "The enhanced code is of another class than the reply code, so the reply code decides \
                 and the enhanced code is left aside."
            }
            Self::UnknownCode => {
                "No table has this reply code, so nothing but its first digit is known."
            }
            Self::NotAReply => {
                "No server is known to reply with this number, so only its first digit means anything."
            }
            Self::UnregisteredDetail => {
                "The registry does not have this enhanced code, so only its class and subject count."
            }
            Self::NoSeparator => {
                "Neither a space nor a hyphen stands behind the reply code, so it may be none."
            }
            Self::LinesDisagree => {
                "The lines of the reply have different codes, of which the worst is judged."
            }
            Self::Truncated => {
                "The connection ended within the reply, so what the server meant to say is not known."
            }
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The caveats of one advice. `{}` prints their words, separated by commas.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Caveats(u8);

impl Caveats {
    pub(super) const fn with(self, caveat: Caveat, holds: bool) -> Self {
        match holds {
            true => Self(self.0 | caveat.bit()),
            false => self,
        }
    }

    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether this one is among them.
    #[must_use]
    pub const fn contains(self, caveat: Caveat) -> bool {
        self.0 & caveat.bit() != 0
    }

    /// All of them, in the order of [`Caveat::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Caveat> + Clone {
        Each(self)
    }
}

#[derive(Clone)]
struct Each(Caveats);

impl Iterator for Each {
    type Item = Caveat;

    fn next(&mut self) -> Option<Caveat> {
        // Each stands at the place of its bit.
        let caveat = *Caveat::ALL.get(self.0.0.trailing_zeros() as usize)?;
        self.0 = Caveats(self.0.0 & !caveat.bit());
        Some(caveat)
    }
}

impl fmt::Display for Caveats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| write!(f, "{}", list(self.iter(), "and")))
    }
}

impl fmt::Debug for Caveats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
