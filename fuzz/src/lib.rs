//! What has to hold for any octets. The fuzz targets call these functions, and so does a test with the
//! seeds, which needs no fuzzer.

mod enhanced;
mod entry;
mod reader;
mod reply;
mod text;
mod write;

pub use codes_cli::invariants::{blocks, mail, records, redact, sessions};
pub use enhanced::enhanced;
pub use entry::entry;
pub use reader::reader;
pub use reply::parse;
pub use text::text;
pub use write::write;
