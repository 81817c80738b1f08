//! Links and citations as Markdown.

use crate::escape::escaped;
use crate::spec;

/// A link with a text that is data.
pub(crate) fn link(text: &str, target: &str) -> String {
    format!("[{}]({target})", escaped(text))
}

/// A specification, linked where it can be read.
pub(crate) fn citation(spec: &str) -> String {
    match spec::url(spec) {
        Some(url) => link(spec, &url),
        None => escaped(spec),
    }
}

/// The source of a fact: words in which `RFC 5321 4.1.4, 4.2.4` names two sections, each of which
/// becomes a link.
pub(crate) fn source(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let mut rfc: Option<&str> = None;
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let core = word
            .trim_start_matches('(')
            .trim_end_matches([',', ';', ')']);
        let (before, after) = word.split_once(core).unwrap_or((word, ""));
        let around =
            |link: String, after: &str| format!("{}{link}{}", escaped(before), escaped(after));
        if core == "RFC" && words.peek().is_some_and(|next| is_number(closed(next).0)) {
            let (number, after) = words.next().map(closed).unwrap_or_default();
            rfc = Some(number);
            let section = words
                .peek()
                .map(|next| closed(next))
                .filter(|(next, _)| is_section(next));
            let (name, spec, after) = match section {
                Some((section, ends)) if after.is_empty() => {
                    words.next();
                    (
                        format!("RFC {number} {section}"),
                        format!("RFC {number} section {section}"),
                        ends,
                    )
                }
                _ => (format!("RFC {number}"), format!("RFC {number}"), after),
            };
            out.push(around(linked(&name, &spec), after));
            if after.contains([';', ')']) {
                rfc = None;
            }
            continue;
        }
        match rfc {
            Some(number) if is_section(core) => {
                out.push(around(
                    linked(core, &format!("RFC {number} section {core}")),
                    after,
                ));
            }
            _ if core.starts_with("draft-") => out.push(around(citation(core), after)),
            _ => out.push(escaped(word)),
        }
        if after.contains([';', ')']) || !(is_section(core) || core == "and") {
            rfc = None;
        }
    }
    out.join(" ")
}

fn linked(text: &str, spec: &str) -> String {
    match spec::url(spec) {
        Some(url) => link(text, &url),
        None => escaped(text),
    }
}

/// A word without the punctuation behind it, and that punctuation.
fn closed(word: &str) -> (&str, &str) {
    let core = word.trim_end_matches([',', ';', ')']);
    (core, word.strip_prefix(core).unwrap_or_default())
}

fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_section(word: &str) -> bool {
    word.split('.').all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(
            escaped("a <b> [c] `d` *e* | f"),
            r"a \<b\> \[c\] \`d\` \*e\* \| f"
        );
    }

    #[test]
    fn every_section_of_a_source_is_a_link() {
        let shown = |text: &str| source(text).replace("https://www.rfc-editor.org/rfc/", "");
        assert_eq!(
            shown("RFC 5321 4.3.2"),
            "[RFC 5321 4.3.2](rfc5321#section-4.3.2)"
        );
        assert_eq!(
            shown("RFC 2645 5.2.1, 5.4 and 7"),
            "[RFC 2645 5.2.1](rfc2645#section-5.2.1), [5.4](rfc2645#section-5.4) and [7](rfc2645#section-7)"
        );
        assert_eq!(
            shown("RFC 821 4.3; RFC 2821 4.3.2"),
            "[RFC 821 4.3](rfc821#section-4.3); [RFC 2821 4.3.2](rfc2821#section-4.3.2)"
        );
        assert_eq!(
            shown("RFC 1869 4.4 (RFC 1425/1651 same)"),
            "[RFC 1869 4.4](rfc1869#section-4.4) (RFC 1425/1651 same)"
        );
        assert_eq!(shown("RFC 5248 Table 1"), "[RFC 5248](rfc5248) Table 1");
        assert_eq!(shown("(RFC 5321)"), "([RFC 5321](rfc5321))");
    }

    #[test]
    fn a_source_that_is_no_document_stays_as_it_is() {
        assert_eq!(source("Exim source"), "Exim source");
        assert_eq!(source("inference (one bounce)"), "inference (one bounce)");
        assert_eq!(source("RFC"), "RFC");
        assert_eq!(source(""), "");
        assert_eq!(
            source("draft-hall-prdr-00 (expired); Exim source"),
            "[draft-hall-prdr-00](https://datatracker.ietf.org/doc/draft-hall-prdr-00) (expired); Exim source"
        );
    }
}
