//! What has to hold for any octets; the fuzz targets of this project call it.

use codes_text::find;

use super::{MailKind, read};

/// A message is read the same whatever its line ends are, and each of its replies stands where it is said to.
pub fn mail(data: &[u8]) {
    let mail = read(data);
    for told in mail.replies() {
        for found in told
            .both()
            .flat_map(|told| std::iter::once(&told.reply).chain(&told.also))
        {
            let own = told.both().find(|told| told.text.len() >= found.at().end);
            assert!(own.is_some());
        }
        assert!(mail.parts.iter().any(|part| part.text == told.text));
        assert!(find(told.text).any(|found| found.at() == told.reply.at()));
    }
    if mail.kind == MailKind::Whole {
        assert!(mail.parts.len() <= 1);
    }
    // Old Macs ended lines so.
    if !data.contains(&b'\r') {
        let returns: Vec<u8> = data
            .iter()
            .map(|&octet| if octet == b'\n' { b'\r' } else { octet })
            .collect();
        let other = read(&returns);
        assert_eq!(other.kind, mail.kind);
        assert_eq!(other.parts.len(), mail.parts.len());
        for (one, other) in mail.parts.iter().zip(&other.parts) {
            assert_eq!(one.text, other.text);
        }
    }
}
