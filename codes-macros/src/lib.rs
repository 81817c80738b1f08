//! The macro behind `codes-core`: from a TOML file of SMTP reply codes to types and tables.
//!
//! Use it through `codes_core::smtp_codes!`, which hands on what a table of private codes may refer
//! to. `codes-data` reads the file into a model or into problems, and here `expand` turns the model into
//! code and cannot fail.
//!
//! Whoever builds `codes-core` builds this first, without optimisation, so what counts is how much
//! code the compiler has to make of it. Each chain of iterators and each map is made anew for its
//! types: hence plain loops, and lists that are kept in order.

mod call;
mod document;
mod escape;
mod expand;
mod labels;
mod spec;

use codes_data::{model, text};
use proc_macro::TokenStream;

/// Expands a file of reply codes into types, constants and a table.
///
/// The argument is one string literal: the path of the file, from the folder of the calling crate's
/// manifest. Every mistake in the file is one compile error that names its line and column.
///
/// `codes-core` calls it for its own table. Other crates call `codes_core::smtp_codes!`, whose
/// documentation has an example.
#[proc_macro]
pub fn smtp_codes(input: TokenStream) -> TokenStream {
    match syn::parse::<call::Call>(input) {
        Ok(call) => call.expand().into(),
        Err(error) => error.into_compile_error().into(),
    }
}
