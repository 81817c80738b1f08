//! Brings generated files and what lies in the workspace together.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use crate::{MADE_BY, picture, tour};

/// What to run when something is not up to date.
pub(crate) const COMMAND: &str = "cargo xtask regen";

/// The folder in which every file that has the generated first line is one of ours.
const FOLDER: &str = "docs";

/// Runs what `cargo run` makes of some arguments and gives back what it prints.
pub(crate) type Run<'a> = &'a mut dyn FnMut(&str) -> Result<String, String>;

/// A file of which something is generated.
pub(crate) struct Output {
    /// From the root of the workspace, with `/`.
    pub(crate) path: &'static str,
    pub(crate) parts: Vec<Part>,
}

/// What of a file is generated.
pub(crate) enum Part {
    /// All of it.
    Whole(String),
    /// The lines between two others; the contents do not include those.
    Between {
        begin: &'static str,
        end: &'static str,
        contents: String,
    },
    /// The output that is shown of commands.
    Tour,
    /// All of it, a picture of what a command prints on a terminal; with the arguments of `smtp-codes`.
    Picture(&'static str),
}

impl Part {
    /// The text with this part as it should be.
    fn put_into(&self, text: &str, run: Run<'_>) -> Result<String, Fault> {
        match self {
            Self::Whole(contents) => Ok(contents.clone()),
            &Self::Between {
                begin,
                end,
                ref contents,
            } => fill(text, begin, end, contents).ok_or(Fault::NoMarkers { begin, end }),
            Self::Tour => tour::refreshed(text, run).map_err(Fault::Tour),
            Self::Picture(arguments) => picture::of(arguments, run).map_err(Fault::Tour),
        }
    }

    /// What the table alone makes.
    #[cfg(test)]
    pub(crate) fn contents(&self) -> Option<&str> {
        match self {
            Self::Whole(contents) | Self::Between { contents, .. } => Some(contents),
            Self::Tour | Self::Picture(_) => None,
        }
    }

    /// Why this part is not as it was.
    const fn cause(&self) -> &'static str {
        match self {
            Self::Whole(_) | Self::Between { .. } => "the table of codes says something else",
            Self::Tour | Self::Picture(_) => "a command that it shows prints something else",
        }
    }
}

/// What is wrong with one file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    path: String,
    fault: Fault,
}

#[derive(Debug, PartialEq, Eq)]
enum Fault {
    Missing,
    /// With the reasons.
    Stale(String),
    Orphaned,
    NoMarkers {
        begin: &'static str,
        end: &'static str,
    },
    /// With what is wrong with the commands it shows, or their output.
    Tour(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = &self.path;
        match &self.fault {
            Fault::Missing => write!(f, "{path}: missing"),
            Fault::Stale(causes) => write!(f, "{path}: stale, {causes}"),
            Fault::Tour(error) => write!(f, "{path}: {error}"),
            Fault::Orphaned => write!(
                f,
                "{path}: orphaned, its first line calls it generated but nothing makes it any more"
            ),
            Fault::NoMarkers { begin, end } => write!(
                f,
                "{path}: has no place for the generated table. Put these two lines, once and in this \
                 order, where it belongs:\n    {begin}\n    {end}"
            ),
        }
    }
}

/// A file or folder that cannot be read or written.
#[derive(Debug)]
pub(crate) struct Error {
    attempt: &'static str,
    path: String,
    cause: io::Error,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: cannot {} it: {}",
            self.path, self.attempt, self.cause
        )
    }
}

impl std::error::Error for Error {}

/// Everything that is missing, stale, orphaned or cannot be put in. Writes nothing.
pub(crate) fn check(root: &Path, outputs: &[Output], run: Run<'_>) -> Result<Vec<Problem>, Error> {
    let mut problems = Vec::new();
    for output in outputs {
        let fault = match compare(root, output, run)? {
            State::Current => continue,
            State::Missing(_) => Fault::Missing,
            State::Stale { causes, .. } => Fault::Stale(causes),
            State::Faulty(fault) => fault,
        };
        problems.push(Problem {
            path: output.path.to_owned(),
            fault,
        });
    }
    let orphans = orphans(root, outputs)?.into_iter();
    problems.extend(orphans.map(|path| Problem {
        path,
        fault: Fault::Orphaned,
    }));
    Ok(problems)
}

/// Writes what has changed, removes orphans, and says what it did, a line for each file.
///
/// A file into which a part cannot be put is an error, but only once all others are written.
pub(crate) fn write(root: &Path, outputs: &[Output], run: Run<'_>) -> Result<Vec<String>, String> {
    let mut changes = Vec::new();
    let mut faulty = Vec::new();
    for output in outputs {
        let text = match compare(root, output, run).map_err(|error| error.to_string())? {
            State::Current => continue,
            State::Missing(text) | State::Stale { text, .. } => text,
            State::Faulty(fault) => {
                let path = output.path.to_owned();
                faulty.push(Problem { path, fault }.to_string());
                continue;
            }
        };
        write_file(root, output.path, &text).map_err(|error| error.to_string())?;
        changes.push(format!("{}: written", output.path));
    }
    for path in orphans(root, outputs).map_err(|error| error.to_string())? {
        let removed = fs::remove_file(root.join(&path));
        removed.map_err(|cause| failed("remove", &path, cause).to_string())?;
        changes.push(format!("{path}: removed, nothing makes it any more"));
    }
    if faulty.is_empty() {
        return Ok(changes);
    }
    changes.extend(faulty);
    Err(changes.join("\n"))
}

/// How a file stands to what it should be. The texts are what it should be.
enum State {
    Current,
    Missing(String),
    Stale { text: String, causes: String },
    Faulty(Fault),
}

fn compare(root: &Path, output: &Output, run: Run<'_>) -> Result<State, Error> {
    let found = read(root, output.path)?;
    let mut text = found.clone().unwrap_or_default();
    let mut causes = Vec::new();
    for part in &output.parts {
        match part.put_into(&text, run) {
            Ok(same) if same == text => {}
            Ok(other) => {
                text = other;
                causes.push(part.cause());
            }
            Err(fault) => return Ok(State::Faulty(fault)),
        }
    }
    Ok(match (found, causes.as_slice()) {
        (None, _) => State::Missing(text),
        (Some(_), []) => State::Current,
        (Some(_), causes) => State::Stale {
            text,
            causes: causes.join(" and "),
        },
    })
}

/// The text with other lines between the two markers, each of which must be there exactly once.
fn fill(text: &str, begin: &str, end: &str, contents: &str) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let place = |marker: &str| {
        let mut places = (0..lines.len()).filter(|&at| lines[at].trim_end() == marker);
        let first = places.next()?;
        places.next().is_none().then_some(first)
    };
    let (first, last) = (place(begin)?, place(end)?);
    let (before, after) = (lines.get(..=first)?, lines.get(last..)?);
    (first < last).then(|| format!("{}{contents}{}", before.concat(), after.concat()))
}

/// The files that say they are generated and are none of the outputs.
fn orphans(root: &Path, outputs: &[Output]) -> Result<BTreeSet<String>, Error> {
    let mut orphans = BTreeSet::new();
    let mut folders = vec![FOLDER.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match fs::read_dir(root.join(&folder)) {
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => continue,
            entries => entries.map_err(|cause| failed("read", &folder, cause))?,
        };
        for entry in entries {
            let entry = entry.map_err(|cause| failed("read", &folder, cause))?;
            let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
            let kind = entry
                .file_type()
                .map_err(|cause| failed("read", &path, cause))?;
            if kind.is_dir() {
                folders.push(path);
            } else if outputs.iter().all(|output| output.path != path)
                && is_generated(&entry.path()).map_err(|cause| failed("read", &path, cause))?
            {
                orphans.insert(path);
            }
        }
    }
    Ok(orphans)
}

/// Whether the first line has the words of a generated file. Other files need not be text.
fn is_generated(path: &Path) -> io::Result<bool> {
    let bytes = fs::read(path)?;
    let line = bytes
        .split(|&byte| byte == b'\n')
        .next()
        .unwrap_or_default();
    Ok(String::from_utf8_lossy(line).contains(MADE_BY))
}

/// The text of a file with `\n` at the end of its lines; none where there is no such file.
fn read(root: &Path, path: &str) -> Result<Option<String>, Error> {
    match fs::read_to_string(root.join(path)) {
        Ok(text) => Ok(Some(text.replace("\r\n", "\n"))),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(failed("read", path, cause)),
    }
}

fn write_file(root: &Path, path: &str, text: &str) -> Result<(), Error> {
    let full = root.join(path);
    let folder = full.parent().map_or(Ok(()), fs::create_dir_all);
    folder
        .and_then(|()| fs::write(&full, text))
        .map_err(|cause| failed("write", path, cause))
}

fn failed(attempt: &'static str, path: &str, cause: io::Error) -> Error {
    Error {
        attempt,
        path: path.to_owned(),
        cause,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    const BEGIN: &str = "<!-- begin -->";
    const END: &str = "<!-- end -->";

    /// A folder of its own for one test, removed at its end.
    struct Scratch(PathBuf);

    impl Scratch {
        fn new(test: &str) -> Self {
            let name = format!("codes-xtask-{}-{test}", std::process::id());
            let folder = std::env::temp_dir().join(name);
            fs::create_dir_all(&folder).expect("a folder for temporary files");
            Self(folder)
        }

        fn put(&self, path: &str, text: &str) {
            write_file(&self.0, path, text).expect("the scratch folder can be written");
        }

        fn text(&self, path: &str) -> Option<String> {
            fs::read_to_string(self.0.join(path)).ok()
        }

        fn check(&self) -> Vec<String> {
            let problems = check(&self.0, &outputs(), &mut run);
            let problems = problems.expect("the scratch folder can be read");
            problems.iter().map(ToString::to_string).collect()
        }

        fn write(&self) -> Result<Vec<String>, String> {
            write(&self.0, &outputs(), &mut run)
        }
    }

    impl Drop for Scratch {
        fn drop(&mut self) {
            // What is left in a folder for temporary files is no reason to fail.
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn run(arguments: &str) -> Result<String, String> {
        match arguments.trim_start_matches("--package codes-cli -- ") {
            "1" => Ok("new\n".to_owned()),
            _ => Err("it fails".to_owned()),
        }
    }

    fn whole(path: &'static str) -> Output {
        Output {
            path,
            parts: vec![Part::Whole(format!("# {MADE_BY}.\n\n{path}\n"))],
        }
    }

    fn outputs() -> Vec<Output> {
        let table = Part::Between {
            begin: BEGIN,
            end: END,
            contents: "new\n".to_owned(),
        };
        let readme = Output {
            path: "README.md",
            parts: vec![table, Part::Tour],
        };
        vec![whole("docs/one.md"), whole("docs/two.txt"), readme]
    }

    fn readme_with(shown: &str, inside: &str) -> String {
        format!(
            "Read me\n\n```console\n$ smtp-codes {shown}```\n\n{BEGIN}\n{inside}{END}\n\nLicence\n"
        )
    }

    fn readme(inside: &str) -> String {
        readme_with("1\nnew\n", inside)
    }

    #[test]
    fn every_problem_is_listed_at_once_and_nothing_is_written() {
        let scratch = Scratch::new("all");
        scratch.put("docs/two.txt", "something else\n");
        scratch.put("docs/deep/three.md", &format!("<!-- {MADE_BY}. -->\n"));
        scratch.put(
            "docs/by-hand.md",
            &format!("# Notes\n\n{MADE_BY} is a line of ours.\n"),
        );
        scratch.put("README.md", &readme("old\n"));
        let problems = scratch.check();
        let places: Vec<&str> = problems
            .iter()
            .filter_map(|line| line.split(',').next())
            .collect();
        assert_eq!(
            places,
            [
                "docs/one.md: missing",
                "docs/two.txt: stale",
                "README.md: stale",
                "docs/deep/three.md: orphaned"
            ]
        );
        assert_eq!(scratch.text("docs/one.md"), None);
        assert_eq!(
            scratch.text("docs/two.txt").as_deref(),
            Some("something else\n")
        );
        assert!(scratch.text("docs/deep/three.md").is_some());
        assert_eq!(scratch.text("README.md"), Some(readme("old\n")));
    }

    #[test]
    fn what_was_written_is_up_to_date_and_not_written_again() {
        let scratch = Scratch::new("twice");
        scratch.put("README.md", &readme("old\n"));
        scratch.put("docs/three.md", &format!("<!-- {MADE_BY}. -->\n"));
        let changes = scratch.write().expect("it can be written");
        assert_eq!(changes.len(), 4, "{changes:?}");
        assert_eq!(scratch.text("README.md"), Some(readme("new\n")));
        assert_eq!(scratch.text("docs/three.md"), None);
        assert_eq!(scratch.check(), Vec::<String>::new());
        assert_eq!(scratch.write(), Ok(Vec::new()));
    }

    #[test]
    fn a_readme_is_stale_by_its_table_or_by_what_it_shows_or_both() {
        const TABLE: &str = "the table of codes says something else";
        const TOUR: &str = "a command that it shows prints something else";
        let scratch = Scratch::new("parts");
        scratch.write().expect_err("there is no README yet");
        for (shown, inside, causes) in [
            ("1\nnew\n", "old\n", TABLE.to_owned()),
            ("1\nold\n", "new\n", TOUR.to_owned()),
            ("1\nold\n", "old\n", format!("{TABLE} and {TOUR}")),
        ] {
            scratch.put("README.md", &readme_with(shown, inside));
            assert_eq!(scratch.check(), [format!("README.md: stale, {causes}")]);
            assert_eq!(scratch.write(), Ok(vec!["README.md: written".to_owned()]));
            assert_eq!(scratch.text("README.md"), Some(readme("new\n")));
        }
    }

    #[test]
    fn a_command_that_fails_is_a_problem_of_its_readme() {
        let scratch = Scratch::new("fails");
        let text = readme_with("2\nold\n", "old\n");
        scratch.put("README.md", &text);
        let expected = "README.md: line 4, `smtp-codes 2`: it fails";
        assert_eq!(scratch.check().last().map(String::as_str), Some(expected));
        let error = scratch.write().expect_err("the output is not known");
        assert!(error.contains("docs/one.md: written"), "{error}");
        assert!(error.ends_with(expected), "{error}");
        assert_eq!(scratch.text("README.md"), Some(text));
    }

    #[test]
    fn line_ends_of_another_system_are_no_difference() {
        let scratch = Scratch::new("crlf");
        scratch.put("README.md", &readme("old\n"));
        scratch.write().expect("it can be written");
        for output in outputs() {
            let text = scratch.text(output.path).expect("it was written");
            scratch.put(output.path, &text.replace('\n', "\r\n"));
        }
        assert_eq!(scratch.check(), Vec::<String>::new());
    }

    #[test]
    fn a_readme_without_its_markers_is_said_to_be_one() {
        let twice = readme("old\n").repeat(2);
        let turned = format!("{END}\n{BEGIN}\n");
        let within = format!("see {BEGIN}\n{END}\n");
        let open = format!("{BEGIN}\n");
        for text in ["Read me\n", &twice, &turned, &within, &open] {
            let scratch = Scratch::new("markers");
            scratch.put("README.md", text);
            let problems = scratch.check();
            let last = problems.last().expect("a problem");
            assert!(
                last.contains("README.md: has no place") && last.contains(BEGIN),
                "{last}"
            );
            // All else is written; the README is left as it is.
            let error = scratch.write().expect_err("no place for the table");
            assert!(error.contains("docs/one.md: written"), "{error}");
            assert!(error.contains("README.md: has no place"), "{error}");
            assert_eq!(scratch.text("README.md").as_deref(), Some(text));
        }
    }

    #[test]
    fn a_folder_in_the_place_of_a_file_is_an_error_that_names_it() {
        let scratch = Scratch::new("folder");
        scratch.put("docs/one.md/file", "");
        let error = check(&scratch.0, &outputs(), &mut run).expect_err("it is no file");
        assert!(
            error
                .to_string()
                .starts_with("docs/one.md: cannot read it: "),
            "{error}"
        );
    }
}
