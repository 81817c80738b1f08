//! A fault of this program costs the line, record or message that it is met in, and nothing else: what is
//! read here is written by strangers, and one of them must not end the reading of a log.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::Once;

use crate::visible::shortened;

/// So much of what a panic says is told, in characters.
const LONGEST: usize = 200;

/// What went wrong, and where in the program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    place: String,
    words: String,
}

impl Fault {
    /// Where in the program; what a panic says may have a piece of the text in it.
    pub(crate) fn place(&self) -> String {
        format!("a fault of smtp-codes, please report it: {}", self.place)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), self.words)
    }
}

thread_local! {
    /// Whether a panic of this thread is caught.
    static IS_KEPT: Cell<bool> = const { Cell::new(false) };
    /// Where the last one was.
    static PLACE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Does some work. A panic in it is its result; what the work has changed until then stays so.
pub(crate) fn kept<T>(work: impl FnOnce() -> T) -> Result<T, Fault> {
    static HOOK: Once = Once::new();
    // A log can hold as many such lines as somebody likes: none of them writes to the terminal.
    HOOK.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |info| match IS_KEPT.get() {
            true => note(info),
            false => usual(info),
        }));
    });
    let was_kept = IS_KEPT.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(work));
    IS_KEPT.set(was_kept);
    result.map_err(|panic| Fault {
        place: PLACE.take(),
        words: shortened(words(panic.as_ref()).as_bytes(), LONGEST),
    })
}

fn note(info: &PanicHookInfo<'_>) {
    PLACE.set(match info.location() {
        Some(place) => format!("{}:{}", place.file(), place.line()),
        None => "somewhere".to_owned(),
    });
}

fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    let string = || panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(string).unwrap_or("no words")
}

/// The words with which tests make a reader fail.
#[cfg(test)]
pub(crate) const INJECTED: &str = "a fault that a test puts in";

/// Fails in tests, where a text has [`INJECTED`] in it.
#[cfg(test)]
pub(crate) fn inject(text: &[u8]) {
    let is_in = memchr::memmem::find(text, INJECTED.as_bytes()).is_some();
    assert!(!is_in, "injected\nby a test");
}

/// Fails in tests.
#[cfg(not(test))]
pub(crate) const fn inject(_: &[u8]) {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_with_its_place_and_the_next_one_too() {
        assert_eq!(kept(|| 7), Ok(7));
        for words in [INJECTED.to_owned(), "x".repeat(1000)] {
            let fault = kept(|| panic!("{words}"))
                .expect_err("it fails")
                .to_string();
            assert!(fault.contains("fault.rs:"), "{fault}");
            assert!(fault.contains(&words[..20]) && fault.len() < 300, "{fault}");
        }
        let nested = kept(|| kept(|| inject(INJECTED.as_bytes())).is_err());
        assert_eq!(nested, Ok(true));
        let fault = kept(|| inject(INJECTED.as_bytes())).expect_err("it fails");
        assert!(fault.to_string().contains("injected\\nby"), "{fault}");
    }

    #[test]
    fn what_was_changed_before_stays() {
        let mut count = 0;
        for text in ["a", INJECTED, "b"] {
            let _ = kept(|| {
                count += 1;
                inject(text.as_bytes());
                count += 10;
            });
        }
        assert_eq!(count, 23);
    }
}
