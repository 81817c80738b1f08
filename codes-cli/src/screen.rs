//! What the output is written for: how wide it is and whether it takes colour.

use std::ffi::OsStr;
use std::io::{IsTerminal, stdout};

use anstyle::{AnsiColor, Style};

/// Longer lines are hard to read, however wide the terminal.
const WIDEST: usize = 100;
/// Below this nothing sensible can be laid out.
const NARROWEST: usize = 20;
/// Where there is no terminal, or it does not tell.
pub(crate) const USUAL: usize = 80;

/// Whether the output is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Colour {
    /// Where a terminal takes it and the environment does not object.
    Auto,
    Always,
    Never,
}

/// The width and the styles of the output.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Screen {
    width: usize,
    colour: bool,
}

impl Screen {
    /// That of standard output.
    pub(crate) fn of_stdout() -> Self {
        let terminal = stdout().is_terminal();
        let reported = terminal_size::terminal_size_of(stdout()).map(|(width, _)| width.0.into());
        let columns = std::env::var("COLUMNS").ok();
        let (no_color, term) = (std::env::var_os("NO_COLOR"), std::env::var_os("TERM"));
        Self {
            width: width(terminal, reported, columns.as_deref()),
            colour: takes_colour(terminal, no_color.as_deref(), term.as_deref())
                // Wakes up the console of Windows; elsewhere there is nothing to do.
                && anstyle_query::windows::enable_ansi_colors() != Some(false),
        }
    }

    /// The same with colour as asked for: that counts more than the environment and the terminal.
    pub(crate) fn with(self, colour: Colour) -> Self {
        match colour {
            Colour::Auto => self,
            Colour::Always => {
                anstyle_query::windows::enable_ansi_colors();
                Self {
                    colour: true,
                    ..self
                }
            }
            Colour::Never => self.without_colour(),
        }
    }

    #[cfg(any(test, feature = "invariants"))]
    pub(crate) const fn new(width: usize, colour: bool) -> Self {
        Self { width, colour }
    }

    pub(crate) const fn width(self) -> usize {
        self.width
    }

    pub(crate) const fn without_colour(self) -> Self {
        Self {
            colour: false,
            ..self
        }
    }

    /// The text as a title.
    pub(crate) fn title(self, text: &str) -> String {
        self.styled(Style::new().bold(), text)
    }

    /// The text as a heading.
    pub(crate) fn heading(self, text: &str) -> String {
        self.styled(AnsiColor::Cyan.on_default().bold(), text)
    }

    /// The text as a label of a fact.
    pub(crate) fn label(self, text: &str) -> String {
        self.styled(AnsiColor::Cyan.on_default(), text)
    }

    fn styled(self, style: Style, text: &str) -> String {
        if self.colour {
            format!("{style}{text}{style:#}")
        } else {
            text.to_owned()
        }
    }
}

/// The terminal's own word counts, then `COLUMNS`; a pipe or a file gets the usual width always, so
/// that the same command writes the same file everywhere.
fn width(terminal: bool, reported: Option<usize>, columns: Option<&str>) -> usize {
    if !terminal {
        return USUAL;
    }
    // Some terminals, serial lines among them, report a width of zero.
    let told = reported.filter(|&width| width > 0);
    let told = told.or_else(|| columns?.parse().ok().filter(|&width| width > 0));
    told.unwrap_or(USUAL).clamp(NARROWEST, WIDEST)
}

/// Only a terminal gets colour, unless `NO_COLOR` is set and not empty or `TERM` speaks against it.
fn takes_colour(terminal: bool, no_color: Option<&OsStr>, term: Option<&OsStr>) -> bool {
    let able = term.map_or(cfg!(windows), |term| term != "dumb");
    terminal && able && no_color.is_none_or(OsStr::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_decides_the_width_within_bounds() {
        assert_eq!(width(true, Some(66), Some("50")), 66);
        assert_eq!(width(true, Some(5), None), NARROWEST);
        assert_eq!(width(true, Some(300), None), WIDEST);
    }

    #[test]
    fn a_terminal_that_does_not_tell_is_as_wide_as_columns_or_as_usual() {
        assert_eq!(width(true, None, Some("50")), 50);
        assert_eq!(width(true, Some(0), Some("50")), 50);
        for useless in [None, Some(""), Some("0"), Some("-3"), Some("wide")] {
            assert_eq!(width(true, None, useless), USUAL, "{useless:?}");
        }
    }

    #[test]
    fn what_is_no_terminal_has_the_usual_width() {
        assert_eq!(width(false, Some(40), Some("50")), USUAL);
    }

    #[test]
    fn colour_needs_a_terminal_and_no_objection() {
        let colour = |terminal, no_color: Option<&str>, term: Option<&str>| {
            takes_colour(terminal, no_color.map(OsStr::new), term.map(OsStr::new))
        };
        assert!(colour(true, None, Some("xterm")));
        assert!(colour(true, Some(""), Some("xterm")));
        assert!(!colour(true, Some("1"), Some("xterm")));
        assert!(!colour(true, Some("0"), Some("xterm")));
        assert!(!colour(true, None, Some("dumb")));
        assert!(!colour(false, None, Some("xterm")));
        assert_eq!(colour(true, None, None), cfg!(windows));
    }

    #[test]
    fn styles_are_there_with_colour_only() {
        assert_eq!(Screen::new(80, true).title("354"), "\u{1b}[1m354\u{1b}[0m");
        assert_eq!(Screen::new(80, false).title("354"), "354");
        assert_eq!(Screen::new(80, true).without_colour().heading("354"), "354");
    }

    #[test]
    fn what_is_asked_for_decides() {
        for able in [true, false] {
            let screen = Screen::new(80, able);
            assert_eq!(screen.with(Colour::Auto).colour, able);
            assert!(screen.with(Colour::Always).colour);
            assert!(!screen.with(Colour::Never).colour);
        }
    }
}
