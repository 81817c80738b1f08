//! Citations: `RFC 5321 section 4.2.3` and the page where it can be read.

/// The address of a citation, where it has one.
pub(crate) fn url(spec: &str) -> Option<String> {
    if spec.starts_with("https://") {
        return Some(spec.to_owned());
    }
    if spec.starts_with("draft-") {
        return Some(format!("https://datatracker.ietf.org/doc/{spec}"));
    }
    let mut words = spec.strip_prefix("RFC ")?.split(' ');
    let page = format!("https://www.rfc-editor.org/rfc/rfc{}", words.next()?);
    Some(match (words.next(), words.next()) {
        (Some(part @ ("section" | "appendix")), Some(number)) => format!("{page}#{part}-{number}"),
        _ => page,
    })
}

#[cfg(test)]
mod tests {
    use super::url;

    #[test]
    fn citations_lead_to_their_pages() {
        let page = |spec| url(spec).unwrap_or_default();
        assert_eq!(page("RFC 5321"), "https://www.rfc-editor.org/rfc/rfc5321");
        assert_eq!(
            page("RFC 5321 section 4.2.3"),
            "https://www.rfc-editor.org/rfc/rfc5321#section-4.2.3"
        );
        assert_eq!(
            page("RFC 3463 appendix A"),
            "https://www.rfc-editor.org/rfc/rfc3463#appendix-A"
        );
        assert_eq!(
            page("RFC 5248 table 1"),
            "https://www.rfc-editor.org/rfc/rfc5248"
        );
        assert_eq!(
            page("draft-a-b-00"),
            "https://datatracker.ietf.org/doc/draft-a-b-00"
        );
        assert_eq!(url("Courier source"), None);
    }
}
