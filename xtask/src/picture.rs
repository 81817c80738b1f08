//! Pictures of what the command prints on a terminal.

use anstyle_svg::Term;

use crate::MADE_BY;
use crate::tour::SMTP_CODES;

/// An SVG of what `smtp-codes` prints for these arguments.
pub(crate) fn of(
    arguments: &str,
    run: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<String, String> {
    let output = run(&format!("{SMTP_CODES}--color always {arguments}"))?;
    let shown = format!("$ smtp-codes {arguments}\n{output}");
    let picture = Term::new().render_svg(&shown);
    Ok(format!("<!-- {MADE_BY} -->\n{}\n", picture.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_the_command_its_output_and_its_colours() {
        let picture = of("1 2", &mut |arguments| {
            assert_eq!(arguments, "--package codes-cli -- --color always 1 2");
            Ok("\u{1b}[1mOne\u{1b}[0m & <two>\n".to_owned())
        });
        let picture = picture.expect("the command succeeds");
        assert!(picture.starts_with("<!-- Made by"), "{picture}");
        for part in ["<svg ", "$ smtp-codes 1 2", "One", "&amp; &lt;two&gt;"] {
            assert!(picture.contains(part), "{part}: {picture}");
        }
        assert!(!picture.contains('\u{1b}'));
    }

    #[test]
    fn a_command_that_fails_makes_no_picture() {
        let failed = of("1 2", &mut |_| Err("no such thing".to_owned()));
        assert_eq!(failed, Err("no such thing".to_owned()));
    }
}
