//! One reply: what its codes mean together, what to do about it, and which words that was read from.

pub(crate) mod advice_words;
pub(crate) mod combination;
pub(crate) mod evidence;
pub(crate) mod record;
pub(crate) mod sheet;
pub(crate) mod told;
