//! A program links the texts of the codes that it names, and no others.

use std::collections::{BTreeSet, HashMap};
use std::fs;

use codes_core::{CodeInfo, TABLE, compare};

use crate::scratch::{Scratch, manifest};

const PRIVATE: &str = include_str!("../../codes-core/examples/acme-codes.toml");

/// A program by its name, what it does, the codes whose descriptions it may have in it, and the pairs whose
/// remarks it may have.
type Program = (
    &'static str,
    &'static str,
    &'static [u16],
    &'static [(u16, u16)],
);

const PROGRAMS: &[Program] = &[
    ("nothing", "println!();", &[], &[]),
    ("code", "println!(\"{Smtp354:#}\");", &[354], &[]),
    (
        "comparison",
        "println!(\"{}\", compare(Smtp354, Smtp521));",
        &[354, 521],
        &[(354, 521)],
    ),
    (
        "mirrored",
        "println!(\"{}\", Comparison::of::<Smtp521, Smtp354>());",
        &[354, 521],
        &[(354, 521)],
    ),
    (
        "remark",
        "println!(\"{:?}\", compare(Smtp450, Smtp550).remark());",
        &[450, 550],
        &[(450, 550)],
    ),
    (
        "relation",
        "println!(\"{}\", compare(Smtp354, Smtp521).relation());",
        &[354, 521],
        &[(354, 521)],
    ),
    (
        "constant",
        "const BOTH: Comparison = Comparison::of::<Smtp354, Smtp521>();\n    \
         const R: Relation = BOTH.relation();\n    const _: () = assert!(BOTH.remark().is_some());\n    \
         println!(\"{R} {}\", BOTH.choose().is_some());",
        &[354, 521],
        &[(354, 521)],
    ),
    (
        "advice",
        "println!(\"{}\", Situation::new(Smtp450).at(Command::RCPT).advice());",
        &[450],
        &[],
    ),
    (
        "private",
        "const BOTH: Comparison = Comparison::of::<acme::Smtp559, Smtp550>();\n    \
         const _: () = assert!(BOTH.remark().is_some());\n    \
         println!(\"{BOTH} {}\", compare(acme::Smtp559, Smtp550));",
        &[550],
        &[],
    ),
    // What the compiler does not know may be any code: this shows that the texts are found at all.
    (
        "any",
        "let code = ReplyCode::try_from(100 + std::env::args().count() as u16).unwrap();\n    \
         println!(\"{}\", compare(code, Smtp521));",
        ALL,
        &[],
    ),
];

/// Stands for all codes and all pairs.
const ALL: &[u16] = &[0];

#[test]
fn a_program_links_the_texts_of_the_codes_that_it_names() {
    let scratch = Scratch::new();
    let sources: Vec<(String, String)> = PROGRAMS
        .iter()
        .map(|(name, line, ..)| {
            let source = format!(
                "#![allow(unused_imports)]\nuse codes_core::*;\nmod acme {{ codes_core::smtp_codes!(\"acme.toml\"); }}\n\
                 fn main() {{\n    {line}\n}}\n"
            );
            (format!("src/bin/{name}.rs"), source)
        })
        .collect();
    // As small as it gets, and not optimised at all.
    let profiles = "\n[profile.release]\nopt-level = \"z\"\n[profile.dev]\nopt-level = 0\n";
    let manifest = manifest("linked", "codes-core") + profiles;
    let mut files = vec![("Cargo.toml", manifest.as_str()), ("acme.toml", PRIVATE)];
    files.extend(
        sources
            .iter()
            .map(|(file, source)| (file.as_str(), source.as_str())),
    );
    let user = scratch.user("linked", &files);
    for profile in [&["build"][..], &["build", "--release"]] {
        scratch.cargo(&user, profile).succeeded();
        let folder = scratch.target(if profile.len() == 1 {
            "debug"
        } else {
            "release"
        });
        for (name, _, codes, pairs) in PROGRAMS {
            let path = folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
            let program =
                fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let (found, remarks) = (descriptions_in(&program), remarks_in(&program));
            if *codes == ALL {
                assert_eq!(found.len(), TABLE.len(), "{profile:?} {name}");
                assert!(remarks.len() > 80, "{profile:?} {name}: {remarks:?}");
                continue;
            }
            let allowed: BTreeSet<u16> = codes.iter().copied().collect();
            assert!(found.is_subset(&allowed), "{profile:?} {name}: {found:?}");
            let allowed: BTreeSet<(u16, u16)> = pairs.iter().copied().collect();
            assert!(
                remarks.is_subset(&allowed),
                "{profile:?} {name}: {remarks:?}"
            );
            // What it prints in full it has to have.
            if ["code", "comparison", "mirrored"].contains(name) {
                assert_eq!(found.len(), codes.len(), "{profile:?} {name}");
                assert_eq!(remarks.len(), pairs.len(), "{profile:?} {name}");
            }
        }
    }
}

/// The codes whose descriptions are in a program.
fn descriptions_in(program: &[u8]) -> BTreeSet<u16> {
    let of = |info: &'static CodeInfo| (info.description(), info.code().get());
    texts_in(program, TABLE.iter().map(of))
}

/// The pairs whose remarks are in a program.
fn remarks_in(program: &[u8]) -> BTreeSet<(u16, u16)> {
    let pairs = TABLE.iter().flat_map(|info| {
        let others = info.see_also().iter().filter(|other| info.code() < **other);
        others.map(move |&other| (info, other))
    });
    let remarks = pairs.map(|(info, other)| {
        let remark = compare(info, other).remark();
        let codes = (info.code().get(), other.get());
        (remark.expect("see-also lists are the pairs"), codes)
    });
    texts_in(program, remarks)
}

/// Those of the texts that are in a program, each by its key. In one pass, as a debug build is slow.
fn texts_in<K: Ord>(program: &[u8], texts: impl Iterator<Item = (&'static str, K)>) -> BTreeSet<K> {
    let mut by_start = HashMap::<[u8; 2], Vec<(&[u8], K)>>::new();
    let mut starts = vec![false; 1 << 16];
    for (text, key) in texts {
        let text = text.as_bytes();
        let start = [text[0], text[1]];
        starts[usize::from(u16::from_be_bytes(start))] = true;
        by_start.entry(start).or_default().push((text, key));
    }
    let mut found = BTreeSet::new();
    for at in 1..program.len() {
        let start = [program[at - 1], program[at]];
        if starts[usize::from(u16::from_be_bytes(start))] {
            let texts = by_start.get_mut(&start).expect("it has a text");
            let is_here = |text: &mut (&[u8], K)| program[at - 1..].starts_with(text.0);
            found.extend(texts.extract_if(.., is_here).map(|(_, key)| key));
        }
    }
    found
}
