//! Copies of the workspace, and crates that use them, for cargo to build.
//!
//! Cargo is told to stay offline: whoever could build this test has all that the copies need.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of all scratch work of these tests.
const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");

/// A copy of the workspace and room for crates that use it. There is one at a time, so that all
/// tests share the folder and what was built in it.
pub(crate) struct Scratch {
    /// Unlocked when it is closed.
    _lock: File,
}

/// What cargo said and whether it was content.
pub(crate) struct Outcome {
    pub(crate) success: bool,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Scratch {
    /// Waits for its turn, then brings the copy to the state of the workspace.
    pub(crate) fn new() -> Self {
        fs::create_dir_all(FOLDER).expect("the folder for scratch work");
        let lock = File::create(path("lock")).expect("the lock of the scratch folder");
        // Held against other threads and against another run of these tests.
        lock.lock().expect("the lock of the scratch folder");
        copy_workspace();
        Self { _lock: lock }
    }

    /// The path of something in the copy of the workspace.
    pub(crate) fn workspace(&self, name: &str) -> PathBuf {
        path("workspace").join(name)
    }

    /// The path of something that cargo made.
    pub(crate) fn target(&self, name: &str) -> PathBuf {
        path("target").join(name)
    }

    /// A crate beside the workspace, made of these files, with the versions that the workspace uses.
    pub(crate) fn user(&self, name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = path(name);
        let _ = fs::remove_dir_all(&folder);
        for (file, text) in files {
            write(&folder.join(file), text.as_bytes());
        }
        let lock = fs::read(root().join("Cargo.lock")).expect("the lock file of the workspace");
        write(&folder.join("Cargo.lock"), &lock);
        folder
    }

    /// Runs cargo in a folder.
    pub(crate) fn cargo(&self, folder: &Path, arguments: &[&str]) -> Outcome {
        let output = Command::new(env!("CARGO"))
            .args(arguments)
            .arg("--offline")
            .current_dir(folder)
            .env("CARGO_TARGET_DIR", path("target"))
            .env("CARGO_TERM_COLOR", "never")
            .env("CARGO_TERM_PROGRESS_WHEN", "never")
            .env("CARGO_PROFILE_DEV_DEBUG", "0")
            .output()
            .expect("cargo starts");
        Outcome {
            success: output.status.success(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Outcome {
    /// The outcome, if cargo was content.
    pub(crate) fn succeeded(self) -> Self {
        assert!(
            self.success,
            "cargo failed:\n{}\n{}",
            self.stdout, self.stderr
        );
        self
    }

    /// The outcome, if cargo was not content.
    pub(crate) fn failed(self) -> Self {
        assert!(
            !self.success,
            "cargo should have failed:\n{}\n{}",
            self.stdout, self.stderr
        );
        self
    }

    /// The lines that open an error or a warning of the compiler, without what cargo says at the end.
    pub(crate) fn complaints(&self) -> Vec<&str> {
        let lines = self
            .stderr
            .lines()
            .filter(|line| line.starts_with("error") || line.starts_with("warning"));
        lines
            .filter(|line| !line.starts_with("error: could not compile"))
            .collect()
    }
}

/// The manifest of a crate that uses the copy of the workspace under the name `dependency`.
pub(crate) fn manifest(name: &str, dependency: &str) -> String {
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         {dependency} = {{ package = \"codes-core\", path = \"../workspace/codes-core\" }}\n\n[workspace]\n"
    )
}

/// Writes a file and the folders in front of it.
pub(crate) fn write(path: &Path, bytes: &[u8]) {
    let folder = path.parent().expect("a file in a folder");
    fs::create_dir_all(folder).expect("a folder for the file");
    fs::write(path, bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// The data file of the workspace.
pub(crate) fn data() -> String {
    fs::read_to_string(root().join("smtp-codes-data.toml")).expect("the data file")
}

fn path(name: &str) -> PathBuf {
    Path::new(FOLDER).join(name)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("the tests are a member of a workspace")
}

fn copy_workspace() {
    let target = path("workspace");
    fs::create_dir_all(&target).expect("the folder of the copy");
    mirror(root(), &target);
}

/// Makes a folder equal to another. What is equal already keeps its time, so that cargo does not
/// build it again.
fn mirror(from: &Path, to: &Path) {
    let wanted: BTreeSet<_> = entries(from)
        .into_iter()
        .filter(|entry| belongs(entry))
        .collect();
    let names: BTreeSet<_> = wanted
        .iter()
        .filter_map(|entry| entry.file_name())
        .collect();
    for extra in entries(to)
        .into_iter()
        .filter(|entry| entry.file_name().is_none_or(|name| !names.contains(name)))
    {
        remove(&extra);
    }
    for entry in &wanted {
        let copy = to.join(entry.file_name().unwrap_or_default());
        let kind = kind(entry);
        if kind != self::kind(&copy) {
            remove(&copy);
        }
        match kind {
            Kind::Folder => {
                fs::create_dir_all(&copy).expect("a folder of the copy");
                mirror(entry, &copy);
            }
            Kind::Link(target) => link(&target, entry, &copy),
            Kind::File => copy_file(entry, &copy),
            Kind::Nothing => {}
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.expect("an entry of the folder").path())
        .collect()
}

/// Neither what is hidden, such as the history, nor what is built.
fn belongs(entry: &Path) -> bool {
    let hidden = entry
        .file_name()
        .is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    let built = entry.join("CACHEDIR.TAG").exists() || Path::new(FOLDER).starts_with(entry);
    !hidden && !built
}

#[derive(PartialEq, Eq)]
enum Kind {
    Folder,
    Link(PathBuf),
    File,
    Nothing,
}

fn kind(path: &Path) -> Kind {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_symlink() => {
            Kind::Link(fs::read_link(path).expect("the target of a link"))
        }
        Ok(about) if about.is_dir() => Kind::Folder,
        Ok(_) => Kind::File,
        Err(_) => Kind::Nothing,
    }
}

fn remove(path: &Path) {
    let removed = match kind(path) {
        Kind::Folder => fs::remove_dir_all(path),
        Kind::Link(_) | Kind::File => fs::remove_file(path),
        Kind::Nothing => Ok(()),
    };
    removed.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn copy_file(from: &Path, to: &Path) {
    let bytes = fs::read(from).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    if fs::read(to).ok().as_ref() != Some(&bytes) {
        write(to, &bytes);
    }
}

#[cfg(unix)]
fn link(target: &Path, _: &Path, copy: &Path) {
    if kind(copy) == Kind::Nothing {
        std::os::unix::fs::symlink(target, copy).expect("a link of the copy");
    }
}

/// Links need a privilege there.
#[cfg(not(unix))]
fn link(_: &Path, entry: &Path, copy: &Path) {
    match entry.is_dir() {
        true => {
            fs::create_dir_all(copy).expect("a folder of the copy");
            mirror(entry, copy);
        }
        false => copy_file(entry, copy),
    }
}
