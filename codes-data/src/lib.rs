//! Reads the TOML file of SMTP reply codes from which `codes-macros` makes the types and tables of `codes-core`.
//!
//! The way of a file: [`source::read`] finds it and returns its text. [`read()`] turns that entry by entry into a
//! [`Model`], checks the rules that need the whole file, and returns a [`Problem`] for each mistake on the way.
//! [`problem::render`] makes messages of these for a person.
//!
//! ```
//! let text = "[[repyl]]\ncode = 554\n";
//! let (model, problems) = codes_data::read(text, None);
//! assert!(model.replies.is_empty());
//! assert_eq!(
//!     codes_data::problem::render("codes.toml", text, &problems),
//!     ["\
//! codes.toml:1:3: a data file holds no `repyl`
//!   |
//! 1 | [[repyl]]
//!   |   ^^^^^
//!   |
//!   = help: did you mean `[[reply]]`?"]
//! );
//! ```
//!
//! A mistake does not spread: what was refused still counts as there, so that one slip gives one message. As long
//! as a code is refused, for example, a reference to a code that is not there may have been meant for it, and is
//! let pass; if it was not, it gets its message once the code is mended.
//!
//! Whoever builds `codes-core` builds this first, without optimisation, so what counts is how much code the
//! compiler has to make of it. Each chain of iterators and each map is made anew for its types: hence plain
//! loops, and lists that are kept in order.

mod check;
mod locate;
pub mod model;
mod places;
pub mod presence;
pub mod problem;
mod read;
mod reader;
pub mod source;
#[cfg(test)]
mod tests;
pub mod text;
mod vocabulary;
mod word;

use model::{Base, Model};
use problem::Problem;

/// Reads the text of a data file. `base` is given for a table of private codes.
///
/// The model is always fit to be expanded: of an entry with mistakes it has stand-ins for the bad parts. The
/// problems are in no order; [`problem::render`] puts them into that of the file.
pub fn read(text: &str, base: Option<&Base>) -> (Model, Vec<Problem>) {
    match read::parse(text) {
        Ok(document) => read::read(text, &document, base),
        Err(problem) => (Model::default(), vec![problem]),
    }
}
