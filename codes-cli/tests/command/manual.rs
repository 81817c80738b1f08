//! Completions and the man page.

use crate::run;

const SUBCOMMANDS: [&str; 8] = [
    "compare",
    "list",
    "explain",
    "scan",
    "annotate",
    "search",
    "completions",
    "man",
];

#[test]
fn each_shell_gets_completions_with_all_subcommands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = run(["completions", shell]);
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""), "{shell}");
        for subcommand in SUBCOMMANDS {
            assert!(run.out.contains(subcommand), "{shell}: {subcommand}");
        }
        assert!(run.out.contains("color"), "{shell}");
    }
    for args in [&["completions"][..], &["completions", "sh"]] {
        let run = run(args);
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{args:?}");
    }
}

#[test]
fn the_man_page_has_a_section_for_each_subcommand() {
    let run = run(["man"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.out.matches("\n.TH ").count(), 1);
    let sections: Vec<_> = run
        .out
        .lines()
        .filter_map(|line| line.strip_prefix(".SH "))
        .collect();
    for subcommand in SUBCOMMANDS {
        assert!(
            sections.contains(&subcommand.to_uppercase().as_str()),
            "{subcommand}: {sections:?}"
        );
    }
    for line in run.out.lines().filter(|line| line.starts_with('.')) {
        let request = line.split(' ').next();
        let known = [
            ".ie", ".el", ".TH", ".SH", ".SS", ".TP", ".br", ".RS", ".RE", ".IP",
        ];
        assert!(
            request.is_some_and(|request| known.contains(&request)),
            "{line}"
        );
    }
}
