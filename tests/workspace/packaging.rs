//! The packages as they would be published.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::scratch::{Scratch, data};

/// The version of all members, this one among them.
const VERSION: &str = env!("CARGO_PKG_VERSION");

#[test]
fn the_packages_are_whole_and_build() {
    let scratch = Scratch::new();
    forget_unpacked();
    forget_built(&scratch.target("debug/.fingerprint"));
    // What is packed is also unpacked and built, with the packages before it in place of the members.
    let arguments = ["package", "--workspace", "--allow-dirty"];
    scratch
        .cargo(&scratch.workspace(""), &arguments)
        .succeeded();

    let package = |name: &str| scratch.target(&format!("package/{name}-{VERSION}"));
    for name in [
        "codes-data",
        "codes-macros",
        "codes-core",
        "codes-text",
        "codes-cli",
    ] {
        for file in ["Cargo.toml", "README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
            assert!(
                !content(&package(name).join(file)).is_empty(),
                "{name}: {file} is empty"
            );
        }
    }
    let core = package("codes-core");
    assert!(
        content(&core.join("smtp-codes-data.toml")) == data(),
        "not the data file of the workspace"
    );
    assert!(content(&core.join("examples/acme-codes.toml")).contains("[[reply]]"));
}

/// Members that other members are packed with.
const LIBRARIES: [&str; 4] = ["codes-data", "codes-macros", "codes-core", "codes-text"];

/// Removes what cargo unpacked of these packages before: it takes it for theirs again, although the
/// version alone is the same.
fn forget_unpacked() {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(env::home_dir()?.join(".cargo")));
    let registries = home.map(|home| fs::read_dir(home.join("registry/src")));
    for registry in registries.into_iter().flatten().flatten().flatten() {
        // A registry without a host is one that cargo made for packages of a workspace.
        if registry.file_name().to_string_lossy().starts_with('-') {
            for name in LIBRARIES {
                let _ = fs::remove_dir_all(registry.path().join(format!("{name}-{VERSION}")));
            }
        }
    }
}

/// Removes what cargo knows of having built them: what comes out of a package counts as never changed.
fn forget_built(fingerprints: &Path) {
    for entry in fs::read_dir(fingerprints).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if LIBRARIES.iter().any(|library| name.starts_with(library)) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The text of a file that is no link, as the target of one would not be in the package.
fn content(path: &Path) -> String {
    let about =
        fs::symlink_metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert!(about.is_file(), "{} is no file", path.display());
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
