//! Which lines need no closer look.

/// Whether something may be found in a line. It never says no where the closer look finds something.
pub(super) fn may_matter(line: &[u8]) -> bool {
    // An enhanced code or a reply code, or the end of a session, takes as much.
    line.len() >= 3
}
