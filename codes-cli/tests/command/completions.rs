//! Completions, as the shells themselves give them. A shell that is not there is skipped with a message.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use codes_core::Command as Verb;

use crate::run;

const SUBCOMMANDS: [&str; 9] = [
    "annotate",
    "compare",
    "completions",
    "explain",
    "help",
    "list",
    "man",
    "scan",
    "search",
];
const FILES: [&str; 2] = ["mail.log", "old mail.log"];
const COLOURS: [&str; 3] = ["always", "auto", "never"];
const CLASSES: [&str; 5] = [
    "other",
    "permanent-negative",
    "positive-completion",
    "positive-intermediate",
    "transient-negative",
];

/// No shell takes that long; one that hangs is ended.
const PATIENCE: Duration = Duration::from_secs(300);

/// A line, and what is offered for its last word.
type Case = (String, BTreeSet<String>);

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut line = |line: String, offered: &[&str]| {
        let offered = offered.iter().map(|&word| word.to_owned());
        cases.push((line, offered.collect()));
    };
    let mut case = |typed: &str, offered: &[&str]| line(format!("smtp-codes {typed}"), offered);
    for typed in ["", "help ", "--json ", "--color auto ", "--color=auto "] {
        case(typed, &SUBCOMMANDS);
    }
    for typed in ["sc", "--json sc", "--color auto sc", "--color=auto sc"] {
        case(typed, &["scan"]);
    }
    case("help s", &["scan", "search"]);

    for (typed, subcommand) in [
        ("", ""),
        // A code in front, or whatever else is no subcommand.
        ("550 ", "compare"),
        ("--json 550 5.1.1 RCPT ", "compare"),
        ("no such user ", "compare"),
        ("scan mail.log ", "scan"),
        ("scan mail.log more.log ", "scan"),
        ("--color auto scan ", "scan"),
        // Words that are subcommands elsewhere.
        ("search list scan ", "search"),
    ] {
        let options = options(subcommand);
        let options: Vec<_> = options.iter().map(String::as_str).collect();
        case(&format!("{typed}--"), &options);
        case(&format!("{typed}--js"), &["--json"]);
    }
    for subcommand in SUBCOMMANDS.into_iter().filter(|name| *name != "help") {
        let options = options(subcommand);
        let options: Vec<_> = options.iter().map(String::as_str).collect();
        case(&format!("{subcommand} --"), &options);
        case(&format!("{subcommand} --js"), &["--json"]);
        case(&format!("{subcommand} --color=a"), &["always", "auto"]);
    }
    case("scan --re", &["--redact"]);
    case("scan --top 3 --re", &["--redact"]);
    case("explain --file mail.log --js", &["--json"]);
    case("scan mail.log --re", &["--redact"]);

    for front in ["", "550 ", "scan ", "scan mail.log "] {
        case(&format!("{front}--color "), &COLOURS);
        case(&format!("{front}--color="), &COLOURS);
        case(&format!("{front}--color a"), &["always", "auto"]);
        case(&format!("{front}--color=a"), &["always", "auto"]);
        case(&format!("{front}--color=n"), &["never"]);
    }
    case("list --class ", &CLASSES);
    case("list --class=t", &["transient-negative"]);
    case(
        "list --standing ",
        &["de-facto", "extension", "historic", "standard"],
    );
    case("list --class other --standing=h", &["historic"]);
    let verbs = Verb::all().map(Verb::name);
    let verbs: Vec<_> = verbs.filter(|verb| !verb.contains(' ')).collect();
    case("list --command ", &verbs);
    case("list --command D", &["DATA", "DATA-BODY"]);
    case("list --command=D", &["DATA", "DATA-BODY"]);
    case("annotate --format ", &["json", "tsv"]);
    case("annotate mail.log --format=t", &["tsv"]);
    case(
        "completions ",
        &["bash", "elvish", "fish", "powershell", "zsh"],
    );
    case("completions p", &["powershell"]);

    for typed in [
        "scan ",
        "scan mail.log ",
        "scan --csv ",
        "scan --top 3 ",
        "annotate ",
        "annotate -0 mail.log ",
        "explain ",
        "explain --file ",
        "explain --file=",
    ] {
        case(typed, &FILES);
    }
    case("explain --file=m", &["mail.log"]);

    for typed in [
        "mail",
        "550 mail",
        "550 sc",
        "compare mail",
        "list mail",
        "search mail",
        "completions mail",
        "help mail",
        "--color mail",
        "--color=mail",
        "--json=a",
        "list --command mail.l",
        "scan --top mail",
        "scan --since=mail",
        "search --limit mail",
    ] {
        case(typed, &[]);
    }

    // Last, as bash asks bash-completion for a path in vain until the script is loaded.
    for command in ["./smtp-codes", "/usr/local/bin/smtp-codes", "codes"] {
        line(format!("{command} sc"), &["scan"]);
        line(format!("{command} scan --re"), &["--redact"]);
    }
    cases
}

/// The long options of a subcommand, as its help has them.
fn options(subcommand: &str) -> Vec<String> {
    let args = [subcommand, "--help"];
    let help = run(args.iter().filter(|arg| !arg.is_empty())).out;
    let lines = help.lines().map(str::trim_start);
    let options = lines.filter(|line| line.starts_with('-'));
    let words = options.filter_map(|line| line.split([' ', ',']).find(|it| it.starts_with("--")));
    words.map(str::to_owned).collect()
}

/// A folder with files that may be completed, and with the script where the shell looks for it.
fn folder(name: &str, shell: &str, script: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("completions-{name}"));
    let _ = fs::remove_dir_all(&folder);
    let script = folder.join(script);
    fs::create_dir_all(script.parent().expect("it has one")).expect("a folder");
    fs::write(script, run(["completions", shell]).out).expect("a script");
    fs::create_dir(folder.join("here")).expect("a folder");
    for file in FILES {
        fs::write(folder.join("here").join(file), "").expect("a file");
    }
    folder
}

/// Whether the shell is there and has what is needed to ask it.
fn is_there(name: &str, test: &str) -> bool {
    let why = match shell(name).args(["-c", test]).output() {
        Ok(output) if output.status.success() => return true,
        Ok(_) => format!("`{test}` fails there"),
        Err(error) => format!("it does not start: {error}"),
    };
    skip(name, &why);
    false
}

/// Says so also where the output of tests that pass is not shown.
fn skip(shell: &str, why: &str) {
    let _ = writeln!(io::stderr(), "completions are not tested in {shell}: {why}");
}

/// The shell, away from the terminal: an interactive bash takes that for itself, and the tests stop.
fn shell(name: &str) -> Command {
    if name == "bash" {
        let mut setsid = Command::new("setsid");
        setsid.arg(name);
        setsid
    } else {
        Command::new(name)
    }
}

/// What a shell writes that reads this, away from all settings.
fn said(shell: &mut Command, folder: &Path, input: &str) -> String {
    let at = |name| folder.join(name);
    fs::write(at("input"), input).expect("a file");
    let file = |name| File::create(at(name)).expect("a file");
    let mut child = shell
        .current_dir(at("here"))
        .env("HOME", folder)
        .env("TERM", "dumb")
        .env("LC_ALL", "C")
        .env("INPUTRC", "/dev/null")
        .env("COLUMNS", "200")
        .env_remove("XDG_DATA_HOME")
        .env_remove("XDG_CONFIG_HOME")
        .env_remove("BASH_COMPLETION_USER_DIR")
        .env_remove("ENV")
        .stdin(Stdio::from(File::open(at("input")).expect("a file")))
        .stdout(file("said"))
        .stderr(file("screen"))
        .spawn()
        .expect("it starts");
    let start = Instant::now();
    while child.try_wait().expect("it can be asked").is_none() {
        if start.elapsed() > PATIENCE {
            child.kill().expect("it ends");
            panic!("{shell:?} hangs; its output is in {}", folder.display());
        }
        sleep(Duration::from_millis(20));
    }
    fs::read_to_string(at("said")).expect("UTF-8")
}

/// Compares the lines as they are after all that is offered was put in, words apart by tabs.
fn compare(cases: &[Case], said: &str, folder: &Path) {
    let said: Vec<_> = said.lines().collect();
    assert_eq!(
        said.len(),
        cases.len(),
        "see {}: {said:#?}",
        folder.display()
    );
    let mut wrong = Vec::new();
    for ((line, expected), said) in cases.iter().zip(said) {
        let typed: Vec<_> = line.split(' ').collect();
        let (last, before) = typed.split_last().expect("the command");
        // What is in front of a value is repeated by some shells.
        let option = last
            .split_inclusive('=')
            .next()
            .filter(|it| it.ends_with('='));
        let words = said.split('\t').skip(before.len());
        let offered: BTreeSet<_> = words
            .filter(|word| !word.is_empty() && word != last)
            .map(|word| word.strip_prefix(option.unwrap_or("")).unwrap_or(word))
            // zsh puts it behind an option that has a value.
            .map(|word| word.strip_suffix('=').unwrap_or(word).to_owned())
            .collect();
        if offered != *expected {
            wrong.push(format!("{line:?} offers {offered:?}, not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Each line is typed, all completions are put in, and the words are written out instead of being run.
fn ask_bash(folder: &Path, set_up: &str, cases: &[Case]) {
    let mut input = format!(
        r#"said() {{ local words; eval "words=($READLINE_LINE)"; (IFS=$'\t'; echo "${{words[*]}}"); READLINE_LINE= READLINE_POINT=0; }}
bind -x '"\C-xs": said'
bind '"\C-xa": insert-completions'
alias codes=smtp-codes; shopt -s progcomp_alias
{set_up}
"#
    );
    for (line, _) in cases {
        input += &format!("{line}\u{18}a\u{18}s");
    }
    let mut shell = shell("bash");
    shell.args(["--norc", "--noprofile", "-i"]);
    compare(cases, &said(&mut shell, folder, &input), folder);
}

/// It has aliases in completions since.
const BASH: &str = "[[ ${BASH_VERSINFO[0]} -ge 5 ]]";
const IN_BASH_COMPLETION: &str = ".local/share/bash-completion/completions/smtp-codes";

#[test]
fn bash_completes() {
    if is_there("bash", BASH) {
        let folder = folder("bash", "bash", "script");
        ask_bash(&folder, "source ../script", &cases());
    }
}

#[test]
fn bash_completes_values_where_an_equals_sign_does_not_break_words() {
    if is_there("bash", BASH) {
        let folder = folder("bash-breaks", "bash", "script");
        let set_up = "source ../script; COMP_WORDBREAKS=${COMP_WORDBREAKS//=}";
        // Readline itself completes no path there.
        let mut cases = cases();
        cases.retain(|(line, _)| !line.contains("--file="));
        ask_bash(&folder, set_up, &cases);
    }
}

#[test]
fn bash_completion_finds_the_script_where_the_help_puts_it() {
    let package = "/usr/share/bash-completion/bash_completion";
    if !Path::new(package).exists() {
        skip("bash", "the package bash-completion is not here");
    } else if is_there("bash", BASH) {
        let folder = folder("bash-completion", "bash", IN_BASH_COMPLETION);
        // For a name that it does not know, an alias too, it completes paths.
        let mut cases = cases();
        cases.retain(|(line, _)| !line.starts_with("codes "));
        ask_bash(&folder, &format!("source {package}"), &cases);
    }
}

/// An editor of lines needs a terminal, so that a zsh gives one to another.
const ZSH: &str = r#"
zmodload zsh/zpty
zpty shell zsh -f -i
for line in \
    'fpath=(.. $fpath)' \
    'autoload -Uz compinit && compinit -u -D' \
    'zstyle ":completion:*" completer _all_matches _complete' \
    'zstyle ":completion:*" insert true' \
    'said() { print -r -- "${(pj:\t:)${(Q@)${(z)BUFFER}}}" >>../lines; BUFFER=; print -n "it is"" said" }' \
    'zle -N said' \
    'bindkey "\t" complete-word' \
    'bindkey "\C-xs" said' \
    'alias codes=smtp-codes' \
    'print "it is"" set up"'
do
    zpty -w shell $line
done
zpty -r shell screen '*it is set up*'
while IFS= read -r line; do
    zpty -n -w shell "$line"$'\t\x18s'
    zpty -r shell screen '*it is said*'
    print -r -- "$screen" >&2
done
zpty -d shell
cat ../lines
"#;

#[test]
fn zsh_completes() {
    if is_there("zsh", "zmodload zsh/zpty") {
        let folder = folder("zsh", "zsh", "_smtp-codes");
        let cases = cases();
        let lines: Vec<_> = cases.iter().map(|(line, _)| format!("{line}\n")).collect();
        let mut shell = shell("zsh");
        shell.args(["-f", "-c", ZSH]).env("ZDOTDIR", &folder);
        compare(&cases, &said(&mut shell, &folder, &lines.concat()), &folder);
    }
}

/// It tells by itself what it would offer for a line, each with a description.
const FISH: &str = r"
source ../script.fish
alias codes=smtp-codes
while read -l line
    set -l offered (complete -C $line | string replace -r '\t.*' '')
    set -l typed (string split ' ' -- $line)
    set typed[-1] $offered[1]
    string join \t -- $typed $offered[2..-1]
end";

#[test]
fn fish_completes() {
    if is_there("fish", "true") {
        let folder = folder("fish", "fish", "script.fish");
        let cases = cases();
        let lines: Vec<_> = cases.iter().map(|(line, _)| format!("{line}\n")).collect();
        let mut shell = shell("fish");
        shell.args(["--no-config", "-c", FISH]);
        compare(&cases, &said(&mut shell, &folder, &lines.concat()), &folder);
    }
}
