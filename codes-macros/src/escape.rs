//! Markdown from data, in which no character of the data is markup.

/// Text in which no character is markup, for any place but the beginning of a line.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if "\\`*_{}[]<>#|~$&".contains(char) {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(escaped("a <b> [c] `d` *e*"), r"a \<b\> \[c\] \`d\` \*e\*");
    }
}
