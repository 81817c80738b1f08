//! Where the text comes from.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use codes_text::find;

use crate::complain;
use crate::visible::shortened;

/// So much is read and no more, in octets.
pub(crate) const MOST: usize = 64 << 20;
/// So much of a path is shown.
const LONGEST: usize = 200;

/// A text and what it is called.
#[derive(Debug)]
pub(crate) struct Source {
    pub(crate) text: Vec<u8>,
    pub(crate) name: String,
    /// Whether it was longer than what is read.
    pub(crate) is_cut: bool,
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
            [] if waits_for_person(io::stdin().is_terminal()) => Err(Unread::Nothing),
            [] => Self::of_standard_input().map_err(Unread::Failed),
            [dash] if dash == "-" => {
                if io::stdin().is_terminal() {
                    complain("smtp-codes: reading standard input to its end (Ctrl-D)\n");
                }
                Self::of_standard_input().map_err(Unread::Failed)
            }
            [word] if find(word.as_encoded_bytes()).next().is_none() => Self::of_word(word),
            words => {
                let words: Vec<_> = words.iter().map(|word| word.as_encoded_bytes()).collect();
                Ok(Self::of_arguments(words.join(&b' ')))
            }
        }
    }

    pub(crate) fn of_arguments(text: Vec<u8>) -> Self {
        Self {
            text,
            name: "what was given".to_owned(),
            is_cut: false,
        }
    }

    pub(crate) fn of_standard_input() -> Result<Self, String> {
        let name = "standard input".to_owned();
        Self::read(io::stdin().lock(), name)
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
        let file = File::open(path).map_err(|error| format!("cannot open {name}: {error}"))?;
        Self::read(file, name)
    }

    fn read(input: impl Read, name: String) -> Result<Self, String> {
        let mut text = Vec::new();
        // One more tells whether there is a rest.
        let read = input.take(MOST as u64 + 1).read_to_end(&mut text);
        read.map_err(|error| format!("cannot read {name}: {error}"))?;
        let is_cut = text.len() > MOST;
        text.truncate(MOST);
        Ok(Self { text, name, is_cut })
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

/// Whether reading standard input would wait for a person who was told nothing.
const fn waits_for_person(is_terminal: bool) -> bool {
    is_terminal
}
