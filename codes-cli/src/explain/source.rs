//! Where the text comes from.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use codes_text::find;

use crate::input::{self, Input};
use crate::line_ends::with_line_feeds;
use crate::visible::shortened;

/// So much is read and no more, in octets.
pub(crate) const MOST: usize = 16 << 20;
/// So much of a path is shown.
const LONGEST: usize = 200;

/// A text and what it is called.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) text: Vec<u8>,
    pub(crate) name: String,
    /// Whether it was longer than what is read.
    pub(crate) is_cut: bool,
    /// Why the rest of it could not be read.
    pub(crate) failure: Option<String>,
}

/// Why there is no text.
#[derive(Debug)]
pub(crate) enum Unread {
    /// Nothing was given, and standard input is a terminal.
    Nothing,
    Failed(String),
}

impl Source {
    /// The file; else the words, which may be one path; else standard input.
    pub(crate) fn open(words: Vec<OsString>, file: Option<PathBuf>) -> Result<Self, Unread> {
        if let Some(path) = file {
            return Self::of_file(&path).map_err(Unread::Failed);
        }
        match words.as_slice() {
            [] => Self::of_nothing(io::stdin().is_terminal()),
            [dash] if dash == "-" => Self::of_standard_input().map_err(Unread::Failed),
            [word] if find(word.as_encoded_bytes()).next().is_none() => Self::of_word(word),
            words => {
                let words: Vec<_> = words.iter().map(|word| word.as_encoded_bytes()).collect();
                Ok(Self::of_arguments(words.join(&b' ')))
            }
        }
    }

    /// Nothing was given: a person at a terminal does not know that there is something to type.
    fn of_nothing(is_terminal: bool) -> Result<Self, Unread> {
        match is_terminal {
            true => Err(Unread::Nothing),
            false => Self::of_standard_input().map_err(Unread::Failed),
        }
    }

    pub(crate) fn of_arguments(text: Vec<u8>) -> Self {
        Self {
            text: with_line_feeds(&text).into_owned(),
            name: "what was given".to_owned(),
            is_cut: false,
            failure: None,
        }
    }

    pub(crate) fn of_standard_input() -> Result<Self, String> {
        input::tell_of_terminal();
        Self::read(Input::stdin(super::NAME), "standard input".to_owned())
    }

    /// One word without a reply in it: a path, if there is something or it looks like one.
    fn of_word(word: &OsString) -> Result<Self, Unread> {
        let path = Path::new(word);
        if path.exists() {
            return Self::of_file(path).map_err(Unread::Failed);
        }
        if looks_like_path(path) {
            return Err(Unread::Failed(format!(
                "there is no file {}, and no reply in these words",
                shortened(word.as_encoded_bytes(), LONGEST)
            )));
        }
        Ok(Self::of_arguments(word.as_encoded_bytes().to_vec()))
    }

    fn of_file(path: &Path) -> Result<Self, String> {
        let name = shortened(path.as_os_str().as_encoded_bytes(), LONGEST);
        if path.is_dir() {
            return Err(format!(
                "{name} is a folder: `smtp-codes explain` reads one file, `smtp-codes scan` all in a \
                 folder"
            ));
        }
        Self::read(Input::open(path, super::NAME), name)
    }

    fn read(input: io::Result<Input>, name: String) -> Result<Self, String> {
        let input = input.map_err(|error| format!("cannot open {name}: {error}"))?;
        let mut text = Vec::new();
        // One more tells whether there is a rest.
        let read = input.take(MOST as u64 + 1).read_to_end(&mut text);
        let failure = read
            .err()
            .map(|error| format!("cannot read {name}: {error}"));
        if text.is_empty()
            && let Some(failure) = failure
        {
            return Err(failure);
        }
        let is_cut = text.len() > MOST;
        text.truncate(MOST);
        let text = with_line_feeds(&text).into_owned();
        Ok(Self {
            text,
            name,
            is_cut,
            failure,
        })
    }
}

/// A text has spaces; a path has folders or the ending of a message or a log.
fn looks_like_path(path: &Path) -> bool {
    let text = path.as_os_str().as_encoded_bytes();
    let ending = path.extension().and_then(|ending| ending.to_str());
    let is_usual = ending.is_some_and(|ending| {
        let usual = ["eml", "msg", "txt", "log", "mbox"];
        usual.iter().any(|own| ending.eq_ignore_ascii_case(own))
    });
    let has_folder = path.components().count() > 1;
    (has_folder || is_usual) && !text.contains(&b' ') && !text.contains(&b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_the_help() {
        assert!(matches!(Source::of_nothing(true), Err(Unread::Nothing)));
    }

    #[test]
    fn paths_are_told_from_words() {
        for path in ["a/b", "bounce.eml", "./x", "MAIL.LOG"] {
            assert!(looks_like_path(Path::new(path)), "{path}");
        }
        for word in ["hello", "mx.example.com", "see a/b", "5.1", ""] {
            assert!(!looks_like_path(Path::new(word)), "{word}");
        }
    }
}
