//! Finding and reading the data file.

use crate::problem::line_and_column;
use crate::text::CharTest;
use std::fs;
use std::path::{Component, Path};

/// Why there is no text, in words for the person who meets it.
#[derive(Debug)]
pub struct Unreadable {
    /// A whole message, with a hint.
    pub message: String,
    /// Whether the compiler can be told to watch the file anyway.
    pub tracked: bool,
}

/// The text of the file of this name in a folder, that of the calling crate, freed of what editors and
/// systems put around it.
///
/// # Errors
///
/// A path that holds on one machine only, and a file that cannot be read or is no text.
pub fn read(folder: &Path, name: &str) -> Result<String, Unreadable> {
    let mut tracked = false;
    text(folder, name, &mut tracked).map_err(|message| Unreadable { message, tracked })
}

fn text(folder: &Path, name: &str, tracked: &mut bool) -> Result<String, String> {
    portable(name)?;
    let path = folder.join(name);
    if path.is_dir() {
        return Err(format!(
            "{name}: this is a folder, not a file\n   = help: name the TOML file that holds the codes"
        ));
    }
    let bytes = fs::read(&path).map_err(|error| missing(name, &error))?;
    *tracked = true;
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(name, &error))?;
    if let Some(target) = flattened_link(&text) {
        return Err(format!(
            "{name}:1:1: this file should be a link to {target}, but it holds only the name of it\n   \
             = note: the checkout was made without support for symbolic links\n   \
             = help: run `git config core.symlinks true` and `git checkout -- {name}` (on Windows with \
             developer mode on), or copy {target} over it"
        ));
    }
    // Without a byte order mark, and with LF alone at the end of lines.
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    Ok(text.replace("\r\n", "\n"))
}

/// Refuses a path that holds on one machine only.
fn portable(name: &str) -> Result<(), String> {
    if name.trim().is_empty() {
        let message = "the path of the data file is empty\n   = help: name a TOML file, such as \
                       smtp_codes!(\"acme-codes.toml\")";
        return Err(message.to_owned());
    }
    match Path::new(name).components().next() {
        Some(Component::Prefix(_) | Component::RootDir) => Err(format!(
            "{name}: an absolute path holds on this machine only\n   = help: give the path from the \
             folder of Cargo.toml"
        )),
        _ => Ok(()),
    }
}

fn missing(name: &str, error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => format!(
            "{name}: there is no such file\n   = help: the path is taken from the folder of Cargo.toml \
             of the crate that calls the macro"
        ),
        _ => format!("{name}: the file cannot be read: {error}"),
    }
}

fn not_utf8(name: &str, error: &std::string::FromUtf8Error) -> String {
    let good = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    let before = String::from_utf8_lossy(&bytes[..good]);
    let before = before.strip_prefix('\u{feff}').unwrap_or(&before);
    let (line, column) = line_and_column(before);
    let byte = bytes.get(good).copied().unwrap_or_default();
    format!(
        "{name}:{line}:{column}: the byte 0x{byte:02X} is not UTF-8, the only encoding of TOML\n   \
         = help: save the file as UTF-8"
    )
}

/// The target, if the text is what a checkout without symbolic links leaves of one: a path alone.
fn flattened_link(text: &str) -> Option<&str> {
    let line = text.trim();
    let is_more: CharTest = |char| char.is_whitespace() || "=[]#\"'".contains(char);
    let one_path = !line.is_empty() && !line.contains(is_more) && line.ends_with(".toml");
    one_path.then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(folder: &Path, name: &str) -> String {
        read(folder, name).expect_err(name).message
    }

    #[test]
    fn what_is_no_readable_file_is_told_apart() {
        let folder = std::env::temp_dir().join(format!("codes-data-source-{}", std::process::id()));
        fs::create_dir_all(folder.join("folder.toml")).expect("a scratch folder");
        let write =
            |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).expect("written");

        assert!(message(&folder, "absent.toml").contains("there is no such file"));
        assert!(message(&folder, "folder.toml").contains("this is a folder"));
        assert!(message(&folder, "/etc/codes.toml").contains("absolute path"));
        assert!(message(&folder, "").contains("is empty"));

        write("latin1.toml", b"a = 1\nb = \"\xe9\"\n");
        assert!(message(&folder, "latin1.toml").starts_with("latin1.toml:2:6: the byte 0xE9"));
        write("link.toml", b"../smtp-codes-data.toml");
        assert!(message(&folder, "link.toml").contains("a link to ../smtp-codes-data.toml"));

        write("windows.toml", b"\xef\xbb\xbfa = 1\r\nb = 2\r\n");
        let text = read(&folder, "windows.toml").expect("readable");
        assert_eq!(text, "a = 1\nb = 2\n");
        fs::remove_dir_all(&folder).expect("removed");
    }
}
