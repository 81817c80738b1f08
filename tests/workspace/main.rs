//! Tests of the workspace as a whole, a module a subject.

mod advice;
mod bad_data;
mod downstream;
mod linked_texts;
mod names;
mod no_std;
mod packaging;
mod private_table;
mod prose;
mod rebuild;
mod relations;
mod scratch;
mod texts;
mod wrong_pair;
