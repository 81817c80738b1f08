//! Octets that a person can read.

use core::fmt;

/// Prints octets as a text in quotation marks; whatever is not printable ASCII is escaped.
pub(crate) struct Octets<'a>(pub(crate) &'a [u8]);

impl fmt::Debug for Octets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}
