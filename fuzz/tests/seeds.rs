//! What the fuzz targets check holds for every seed, whichever target it was meant for. Needs no fuzzer, and
//! shows that they still compile.
//!
//! With `RUSTFLAGS="--cfg small_limits"` what is read around a place ends so early that the seeds meet each limit.

use std::fs;
use std::path::Path;

fn each(check: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for folder in ["enhanced", "log", "mail", "reply", "text", "write"] {
        let mut seeds = 0;
        for entry in fs::read_dir(corpus.join(folder)).expect("seeds") {
            let path = entry.expect("a seed").path();
            println!("{}", path.display());
            check(&fs::read(path).expect("a seed"));
            seeds += 1;
        }
        assert!(seeds > 10, "{folder}");
    }
}

#[test]
fn blocks() {
    each(codes_fuzz::blocks);
}

#[test]
fn enhanced() {
    each(codes_fuzz::enhanced);
}

#[test]
fn entry() {
    each(codes_fuzz::entry);
}

#[test]
fn mail() {
    each(codes_fuzz::mail);
}

#[test]
fn parse() {
    each(codes_fuzz::parse);
}

#[test]
fn reader() {
    each(codes_fuzz::reader);
}

#[test]
fn records() {
    each(codes_fuzz::records);
}

#[test]
fn redact() {
    each(codes_fuzz::redact);
}

#[test]
fn sessions() {
    each(codes_fuzz::sessions);
}

#[test]
fn text() {
    each(codes_fuzz::text);
}

#[test]
fn write() {
    each(codes_fuzz::write);
}
