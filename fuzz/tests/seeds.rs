//! What the fuzz targets check holds for every seed. Needs no fuzzer, and shows that they still compile.

use std::fs;
use std::path::Path;

fn each(folder: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpus")
        .join(folder);
    let mut seeds = 0;
    for entry in fs::read_dir(folder).expect("seeds") {
        let path = entry.expect("a seed").path();
        println!("{}", path.display());
        check(&fs::read(path).expect("a seed"));
        seeds += 1;
    }
    assert!(seeds > 10);
}

#[test]
fn enhanced() {
    each("enhanced", codes_fuzz::enhanced);
}

#[test]
fn parse() {
    each("reply", codes_fuzz::parse);
}

#[test]
fn reader() {
    each("reply", codes_fuzz::reader);
}

#[test]
fn text() {
    each("text", codes_fuzz::text);
}

#[test]
fn write() {
    each("write", codes_fuzz::write);
}
