//! The core and the search in texts need neither the standard library nor an allocator.

use crate::scratch::{Scratch, manifest};

/// A library that brings its own panic handler: it cannot be built with that of the standard library
/// beside it.
const LIB: &str = r#"
#![no_std]

use core::fmt::{self, Write};

use codes_core::{Command, ReplyCode, ReplyReader, ReplyWriter, compare};

#[cfg(feature = "std")]
extern crate std;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

struct Buffer {
    bytes: [u8; 8192],
    len: usize,
}

impl Write for Buffer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = self.bytes.get_mut(self.len..self.len + text.len()).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.len += text.len();
        Ok(())
    }
}

pub fn length_of_comparison(left: u16, right: u16) -> usize {
    let (Some(left), Some(right)) = (ReplyCode::new(left), ReplyCode::new(right)) else {
        return 0;
    };
    let mut buffer = Buffer { bytes: [0; 8192], len: 0 };
    match write!(buffer, "{left} {right} {}", compare(left, right)) {
        Ok(()) => buffer.len,
        Err(fmt::Error) => 0,
    }
}

pub fn octets_of_answer(received: &[u8], answer: &mut [u8]) -> usize {
    let mut reader = ReplyReader::new();
    let Ok(Some(reply)) = reader.read(received) else {
        return 0;
    };
    let advice = reply.situation().at(Command::RCPT).advice();
    let writer = ReplyWriter::new(reply.code(), advice.why()).enhanced(reply.enhanced());
    writer.write_to_slice(answer).unwrap_or_default()
}
"#;

/// What finds replies in text, in such a library.
const TEXT: &str = r#"
#![no_std]

use codes_core::Retry;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

pub fn octets_to_try_again(text: &[u8]) -> usize {
    codes_text::find(text)
        .filter(|found| {
            let situation = found.situation();
            situation.is_some_and(|situation| situation.advice().action() == Retry::Later)
        })
        .map(|found| found.words().map(<[u8]>::len).sum::<usize>())
        .sum()
}
"#;

#[test]
fn the_search_in_texts_builds_where_there_is_no_standard_library() {
    let scratch = Scratch::new();
    let manifest = manifest("bare", "codes-core").replace(
        "\n\n[workspace]",
        "\ncodes-text = { path = \"../workspace/codes-text\" }\n\n[workspace]",
    );
    let manifest = format!(
        "{manifest}[lib]\ncrate-type = [\"staticlib\"]\n\n[profile.dev]\npanic = \"abort\"\n"
    );
    let user = scratch.user("bare", &[("Cargo.toml", &manifest), ("src/lib.rs", TEXT)]);
    let bare = scratch.cargo(&user, &["build"]).succeeded();
    assert_eq!(bare.complaints(), [""; 0]);
}

#[test]
fn the_core_builds_where_there_is_no_standard_library() {
    let scratch = Scratch::new();
    let manifest = format!(
        "{}[lib]\ncrate-type = [\"staticlib\"]\n\n[features]\nstd = []\n\n[profile.dev]\npanic = \"abort\"\n",
        manifest("bare", "codes-core")
    );
    let user = scratch.user("bare", &[("Cargo.toml", &manifest), ("src/lib.rs", LIB)]);
    let bare = scratch.cargo(&user, &["build"]).succeeded();
    assert_eq!(bare.complaints(), [""; 0]);

    // The proof is worth something only if the same fails with the standard library.
    let with_std = scratch
        .cargo(&user, &["build", "--features", "std"])
        .failed();
    assert_eq!(
        with_std.complaints(),
        ["error[E0152]: found duplicate lang item `panic_impl`"]
    );
}
