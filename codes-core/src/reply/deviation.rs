//! How a reply departs from the grammar.

use core::fmt;

use crate::pad::pad;
use crate::word::words;

words!(
    /// A way in which a reply that could be read departs from the grammar of RFC 5321 section 4.2,
    /// or from what RFC 2034 section 4 asks of enhanced codes.
    ///
    /// ```
    /// use codes_core::{Deviation, Reply};
    ///
    /// let reply = Reply::parse(b"250 ok\n")?.expect("complete");
    /// assert!(reply.deviations().contains(Deviation::BareLf));
    /// assert_eq!(reply.offset_of(Deviation::BareLf), Some(6));
    /// # Ok::<(), codes_core::ReplyError>(())
    /// ```
    #[derive(PartialOrd, Ord)]
    Deviation {
        /// An empty line came before the reply.
        LeadingEmptyLine = "leading-empty-line",
        /// A byte order mark or telnet commands (RFC 854; but no subnegotiation) came before the reply.
        LeadingBytes = "leading-bytes",
        /// The number is outside the grammar: first digit 2 to 5, second 0 to 5.
        UnusualCode = "unusual-code",
        /// The lines do not all have the same reply code.
        CodesDiffer = "codes-differ",
        /// A TAB stands between the reply code and the text.
        TabSeparator = "tab-separator",
        /// Nothing stands between the reply code and the text. Such a reply is never a success.
        NoSeparator = "no-separator",
        /// A line ends with LF alone.
        BareLf = "bare-lf",
        /// A CR stands inside a line.
        LoneCr = "lone-cr",
        /// A line is longer than 512 octets, its end included (RFC 5321 section 4.5.3.1.5); for the
        /// challenge of a login longer than 12,288 octets of base64 (RFC 4954 section 4).
        LongLine = "long-line",
        /// The text holds an octet that is not ASCII. RFC 6531 section 3.7.4 allows UTF-8 to a
        /// client that asked for it.
        NotAscii = "not-ascii",
        /// The text holds a control character other than TAB.
        Control = "control",
        /// The enhanced code is written in another form than RFC 2034 has it: a TAB or colon behind
        /// it, `#` before it, parentheses around it.
        EnhancedForm = "enhanced-form",
        /// The lines do not all have the same enhanced code; or, where all have the same reply code,
        /// some have none. Each line repeats it (RFC 2034 section 4).
        EnhancedCodesDiffer = "enhanced-codes-differ",
        /// The class of the enhanced code is not the first digit of the reply code.
        EnhancedClassDiffers = "enhanced-class-differs",
        /// The stream ended before the reply did.
        Truncated = "truncated",
    }
);

impl Deviation {
    pub(super) const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// The set of [`Deviation`]s of a reply: two bytes, `Copy`, empty where the reply is strictly right.
///
/// `{}` prints their words with commas between.
///
/// ```
/// use codes_core::{Deviation, Reply};
///
/// let reply = Reply::parse(b"550-5.1.1 no\n550 5.7.1 never\r\n")?.expect("complete");
/// let found: Vec<Deviation> = reply.deviations().iter().collect();
/// assert_eq!(found, [Deviation::BareLf, Deviation::EnhancedCodesDiffer]);
/// assert_eq!(reply.deviations().to_string(), "bare-lf, enhanced-codes-differ");
/// # Ok::<(), codes_core::ReplyError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Deviations(u16);

impl Deviations {
    pub(super) const NONE: Self = Self(0);

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// How many there are.
    #[must_use]
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether a deviation is among them.
    #[must_use]
    pub const fn contains(self, deviation: Deviation) -> bool {
        self.0 & deviation.bit() != 0
    }

    /// Each of them, in the order in which [`Deviation`] declares them.
    pub fn iter(self) -> impl Iterator<Item = Deviation> {
        let all = Deviation::ALL.iter().copied();
        all.filter(move |deviation| self.contains(*deviation))
    }

    /// These without one.
    pub(super) const fn without(self, deviation: Deviation) -> Self {
        Self(self.0 & !deviation.bit())
    }

    /// Adds a deviation, for programs that read replies in another form than [`Reply`](crate::Reply)
    /// does.
    ///
    /// ```
    /// use codes_core::{Deviation, Deviations};
    ///
    /// let mut deviations = Deviations::default();
    /// deviations.insert(Deviation::NoSeparator);
    /// assert!(deviations.contains(Deviation::NoSeparator));
    /// let same: Deviations = [Deviation::NoSeparator].into_iter().collect();
    /// assert_eq!(deviations, same);
    /// ```
    #[inline]
    pub const fn insert(&mut self, deviation: Deviation) {
        self.0 |= deviation.bit();
    }
}

impl FromIterator<Deviation> for Deviations {
    fn from_iter<I: IntoIterator<Item = Deviation>>(deviations: I) -> Self {
        let mut set = Self::default();
        for deviation in deviations {
            set.insert(deviation);
        }
        set
    }
}

impl fmt::Display for Deviations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        pad(f, &|f| {
            for (at, deviation) in self.iter().enumerate() {
                if at > 0 {
                    f.write_str(", ")?;
                }
                f.write_str(deviation.as_str())?;
            }
            Ok(())
        })
    }
}

impl fmt::Debug for Deviations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
