//! What the facts of a code are called wherever they are listed: in the terminal, in the documentation of the types
//! and in the reference.
#![allow(dead_code, reason = "no list has all of them")]

pub(crate) const CLASS: &str = "Class";
pub(crate) const CATEGORY: &str = "Category";
pub(crate) const PLACE: &str = "Place";
pub(crate) const CONNECTION: &str = "Connection";
pub(crate) const NEXT_ACTOR: &str = "Who acts";
pub(crate) const RETRY: &str = "Retry";
pub(crate) const FOLLOWED_BY: &str = "Next reply";
pub(crate) const STANDING: &str = "Standing";
pub(crate) const EXTENSIONS: &str = "Extensions";
pub(crate) const PHRASE: &str = "Phrase";
pub(crate) const SPECS: &str = "Defined in";
pub(crate) const ENHANCED: &str = "Enhanced codes";
pub(crate) const SEE_ALSO: &str = "See also";
