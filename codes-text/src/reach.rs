//! How far around a reply is looked, so that the time grows with the length of the text only.

/// How many octets are looked at around a reply.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    /// Of its words, and of what may belong to them.
    pub(crate) words: usize,
    /// From the beginning of its line, for fields of a log.
    pub(crate) head: usize,
    /// Behind it, for the same.
    pub(crate) tail: usize,
}

const FAR: Reach = Reach {
    words: 16_384,
    head: 2048,
    tail: 1024,
};

/// Where replies stand so close to each other that each octet would be looked at many times.
const NEAR: Reach = Reach {
    words: 256,
    head: 256,
    tail: 64,
};

/// How often each octet is looked at for replies beside it on an average, before the reach is made
/// smaller, and how many are before that.
const OFTEN: usize = 8;
const CREDIT: usize = 64 * 1024;

impl Reach {
    /// That of a reply at a place, by the octets around the replies before it that were looked at.
    pub(crate) const fn of(looked_at: usize, at: usize) -> Self {
        if looked_at > CREDIT + OFTEN * at {
            NEAR
        } else {
            FAR
        }
    }
}
