//! Tables of texts, and what is found in them.

mod bare;
mod bounces;
mod events;
mod exim;
mod expected;
mod limits;
mod lines;
mod misleading;
mod others;
mod places;
mod postfix;
mod programs;
mod quoted;
mod several;
mod strangers;
mod told;
mod transcripts;
mod traps;
mod web;
mod wrapped;

/// Checks a table of texts and what is found in each, as [`told::told`] writes it.
fn check(table: &[(&str, &str)]) {
    let mut wrong = String::new();
    for (text, expected) in table {
        let found = told::told(text.as_bytes());
        if found != *expected {
            wrong += &format!("{text}\n  expected: {expected}\n  found:    {found}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
