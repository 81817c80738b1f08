//! The pictures that the README shows.

use crate::regen::{Output, Part};

pub(super) fn outputs() -> [Output; 2] {
    let picture = |path, arguments| Output {
        path,
        parts: vec![Part::Picture(arguments)],
    };
    [
        picture("docs/compare.svg", "354 521"),
        picture("docs/scan.svg", "scan codes-cli/examples/mail.log"),
    ]
}
