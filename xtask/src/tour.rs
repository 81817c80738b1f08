//! The READMEs show what the command prints; this puts in what it prints now.

use std::env;
use std::path::Path;
use std::process::Command;

/// The line that stands for any number of lines.
const SHORTENED: &str = "[...]";

/// What begins a block that shows commands, and what ends it.
const CONSOLE: &str = "```console";
const FENCE: &str = "```";

/// What `cargo run` gets before the arguments of the command.
pub(crate) const SMTP_CODES: &str = "--package codes-cli -- ";

/// How a command may be written, and what `cargo run` gets for it before the rest.
const CALLS: [(&str, &str); 3] = [
    ("cargo run -- ", SMTP_CODES),
    ("smtp-codes ", SMTP_CODES),
    (
        "cargo run -p codes-core --example ",
        "--package codes-core --example ",
    ),
];

/// The README with what each of its commands prints now, shortened where it was shortened before.
///
/// `run` gets what follows `cargo run` and gives back what that prints.
pub(crate) fn refreshed(
    readme: &str,
    run: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Result<String, String> {
    let lines: Vec<&str> = readme.split('\n').collect();
    let mut text: Vec<String> = Vec::new();
    let (mut at, mut inside, mut empty) = (0, false, true);
    while let Some(&line) = lines.get(at) {
        at += 1;
        text.push(line.to_owned());
        if line.starts_with(FENCE) {
            inside = line.trim_end() == CONSOLE;
        }
        let Some(command) = line.strip_prefix("$ ").filter(|_| inside) else {
            continue;
        };
        let problem = |line: usize, what: &str| format!("line {line}, `{command}`: {what}");
        let arguments = CALLS.iter().find_map(|(call, before)| {
            let rest = command.strip_prefix(call)?;
            Some(format!("{before}{rest}"))
        });
        let arguments = arguments.ok_or_else(|| {
            let calls = CALLS.map(|(call, _)| call).join("...` or `");
            problem(
                at,
                &format!(
                    "only `{calls}...` can be shown in a block that begins with {CONSOLE}. Write it as one \
                     of them, or name another language there."
                ),
            )
        })?;
        let end = (at..lines.len())
            .find(|&at| lines[at].starts_with(FENCE) || lines[at].starts_with("$ "))
            .ok_or_else(|| problem(at, &format!("the block has no end. Put {FENCE} below it.")))?;
        let output = run(&arguments).map_err(|error| problem(at, &error))?;
        let shortened = shortened(&lines[at..end], &output);
        text.extend(shortened.map_err(|(lost, what)| problem(at + lost + 1, &what))?);
        (at, empty) = (end, false);
    }
    if empty {
        return Err(format!(
            "shows no command. Put one, as `$ {}354`, into a block that begins with {CONSOLE}; regen writes \
             its output below it.",
            CALLS[1].0
        ));
    }
    Ok(text.join("\n"))
}

/// The output, without the parts that are left out in what is shown of it.
///
/// The error has the index of a line that is lost.
fn shortened(shown: &[&str], output: &str) -> Result<Vec<String>, (usize, String)> {
    let output: Vec<&str> = output.lines().collect();
    let segments: Vec<&[&str]> = shown.split(|line| line.trim() == SHORTENED).collect();
    let (mut text, mut from, mut line) = (Vec::new(), 0, 0);
    for (nth, segment) in segments.iter().enumerate() {
        let (first, last) = (nth == 0, nth + 1 == segments.len());
        if !first {
            text.push(SHORTENED);
        }
        // Space around the sign for what is left out belongs to the sign.
        let before = segment.iter().take_while(|line| blank(line)).count();
        let core = segment[before..].iter().rposition(|line| !blank(line));
        let core = &segment[before..core.map_or(before, |last| before + last + 1)];
        let range = if first && last {
            0..output.len()
        } else if core.is_empty() {
            from..from
        } else {
            let begin = match first {
                true => Some(0),
                false => beginning(core, &output, from, last),
            };
            let begin = begin.ok_or_else(|| (line + before, lost(core[0])))?;
            begin..if last {
                output.len()
            } else {
                end(core, &output, begin)
            }
        };
        from = range.end;
        if !first {
            text.extend(&segment[..before]);
        }
        text.extend(&output[range]);
        if !last {
            text.extend(&segment[before + core.len()..]);
        }
        line += segment.len() + 1;
    }
    Ok(text.into_iter().map(str::to_owned).collect())
}

fn lost(line: &str) -> String {
    let line = line.trim();
    let word = line.split_whitespace().next().unwrap_or_default();
    format!(
        "it no longer prints \"{line}\" here, nor another line that begins with \"{word}\". Put a line that \
         it prints in its place, or remove the lines up to the next {SHORTENED}."
    )
}

/// Where a segment of what is shown begins in the output: where all of it stands, or else its first
/// line, or else a line that begins with the same word, the first of a paragraph before others.
fn beginning(segment: &[&str], output: &[&str], from: usize, last: bool) -> Option<usize> {
    let whole =
        |&at: &usize| stands(segment, output, at) && (!last || at + segment.len() == output.len());
    let line = |&at: &usize| same(output[at], segment[0]);
    let word = |&at: &usize| opening(output[at]) == opening(segment[0]);
    let paragraph = |at: &usize| word(at) && (*at == 0 || blank(output[at - 1]));
    let places = from..output.len();
    // Something was left out before it, and that often begins with the same number.
    let mut later = from + 1..output.len();
    (places.clone().find(whole))
        .or_else(|| places.clone().find(line))
        .or_else(|| later.clone().find(paragraph))
        .or_else(|| later.find(word))
}

/// Where a segment that begins there ends: behind its last line, or if that is gone, after as many
/// paragraphs. A list or JSON has no paragraphs, and there lines are counted.
fn end(segment: &[&str], output: &[&str], begin: usize) -> usize {
    if stands(segment, output, begin) {
        return begin + segment.len();
    }
    let last = segment[segment.len() - 1];
    if let Some(at) = (begin + 1..output.len()).find(|&at| same(output[at], last)) {
        return at + 1;
    }
    if !output.iter().any(|line| blank(line)) {
        return output.len().min(begin + segment.len());
    }
    let paragraphs = segment.split(|line| blank(line));
    let paragraphs = paragraphs.filter(|lines| !lines.is_empty()).count();
    let mut ends =
        (begin + 1..output.len()).filter(|&at| blank(output[at]) && !blank(output[at - 1]));
    ends.nth(paragraphs - 1).unwrap_or(output.len())
}

/// Whether all of the segment is in the output at that place.
fn stands(segment: &[&str], output: &[&str], at: usize) -> bool {
    let lines = output.get(at..at + segment.len());
    lines.is_some_and(|lines| lines.iter().zip(segment).all(|(a, b)| same(a, b)))
}

/// The width of a column depends on all of a list, so the number of spaces in a line does not count.
fn same(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// How far a line is indented, and its first word.
fn opening(line: &str) -> (usize, Option<&str>) {
    let indent = line.len() - line.trim_start().len();
    (indent, line.split_whitespace().next())
}

fn blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Runs `smtp-codes`, or an example, out of the workspace.
pub(crate) fn runner(root: &Path) -> impl FnMut(&str) -> Result<String, String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    move |arguments| {
        let words = shlex::split(arguments).ok_or("a quotation mark in it has no partner")?;
        let mut command = Command::new(&cargo);
        command
            .args(["run", "--quiet", "--locked"])
            .args(words)
            .current_dir(root)
            .env_remove("COLUMNS")
            // Times are shown as on the machine, and what is committed is the same everywhere.
            .env("TZ", "UTC");
        let run = command
            .output()
            .map_err(|error| format!("{} cannot be started: {error}", cargo.display()))?;
        // 1 is the answer for a code that is in no table, but also that of a cargo which gave up.
        if !matches!(run.status.code(), Some(0 | 1)) || run.stdout.is_empty() {
            let said = String::from_utf8_lossy(&run.stderr);
            return Err(format!("it fails ({}) and says:\n{said}", run.status));
        }
        String::from_utf8(run.stdout).map_err(|error| format!("its output is no text: {error}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(shown: &str) -> String {
        format!("# Read me\n\n```console\n$ smtp-codes 1 2\n{shown}```\n\nThe end")
    }

    /// What becomes of the lines shown when the command prints this.
    fn refresh(shown: &str, output: &str) -> Result<String, String> {
        refreshed(&block(shown), &mut |arguments| {
            assert_eq!(arguments, "--package codes-cli -- 1 2");
            Ok(output.to_owned())
        })
    }

    #[track_caller]
    fn becomes(shown: &str, output: &str, expected: &str) {
        assert_eq!(refresh(shown, output), Ok(block(expected)));
        assert_eq!(refresh(expected, output), Ok(block(expected)), "once more");
    }

    const PAGE: &str = "1 One and 2 Two\n\nThey differ.\n\n1 One\n  A text\n  of two lines.\n\n  When  Now.\n\n\
                        Key differences\n  Class  none\n\nWhich one\n  This.\n";
    const SHOWN: &str = "1 One and 2 Two\n\nThey differ.\n\n1 One\n  A text\n  of two lines.\n[...]\n\
                         Key differences\n  Class  none\n[...]\n";

    #[test]
    fn what_is_true_stays() {
        becomes(SHOWN, PAGE, SHOWN);
        becomes(
            "[...]\n\nWhich one\n  This.\n",
            PAGE,
            "[...]\n\nWhich one\n  This.\n",
        );
        // Not the first line of this text, but all of it, is what tells the place.
        let twice = "a:\n  x\n  y\nb:\n  x\n  z\n";
        becomes("[...]\n  x\n  z\n", twice, "[...]\n  x\n  z\n");
        becomes(
            "[...]\n  x\n  z\n[...]\n",
            &format!("{twice}c\n"),
            "[...]\n  x\n  z\n[...]\n",
        );
    }

    #[test]
    fn a_command_without_lines_gets_all_of_its_output() {
        becomes("", "one\n\ntwo\n", "one\n\ntwo\n");
        becomes("one\n", "one\n\ntwo\n", "one\n\ntwo\n");
    }

    #[test]
    fn a_changed_text_keeps_its_shape() {
        let page = PAGE.replace("of two lines.", "of\n  three, not two.");
        let page = page.replace("They differ.", "They\ndo.");
        let page = page.replace("Class  none", "Class  none\n  Place  some");
        let expected = "1 One and 2 Two\n\nThey\ndo.\n\n1 One\n  A text\n  of\n  three, not two.\n[...]\n\
                        Key differences\n  Class  none\n[...]\n";
        becomes(SHOWN, &page, expected);
    }

    #[test]
    fn a_changed_name_is_found_by_what_stands_before_it() {
        let page = PAGE.replace("1 One", "1 Eins").replace("Key d", "Key D");
        becomes(
            SHOWN,
            &page,
            &SHOWN.replace("1 One", "1 Eins").replace("Key d", "Key D"),
        );
        // A text that is folded before the number is no heading.
        let page = page.replace("They differ.", "They differ, says\n1 of them.");
        becomes(
            "[...]\n1 One\n  A text\n[...]\n",
            &page,
            "[...]\n1 Eins\n  A text\n[...]\n",
        );
    }

    #[test]
    fn a_list_keeps_its_lines_and_gets_the_columns_of_today() {
        let list =
            "100  One   a\n150  New   a\n200  Zwei  b\n250  New   b\n300  Three c\n400  Four  c\n";
        let shown = "100  One a\n[...]\n200  Two b\n[...]\n300  Three c\n400  Vier c\n[...]\n";
        let expected =
            "100  One   a\n[...]\n200  Zwei  b\n[...]\n300  Three c\n400  Four  c\n[...]\n";
        becomes(shown, list, expected);
    }

    #[test]
    fn json_is_cut_behind_the_same_key() {
        let json = "{\n  \"code\": 1,\n  \"name\": \"Eins\",\n  \"when\": null,\n  \"more\": [\n    2\n  ]\n}\n";
        let shown = "{\n  \"code\": 1,\n  \"name\": \"One\",\n[...]\n  \"more\": []\n}\n";
        let expected =
            "{\n  \"code\": 1,\n  \"name\": \"Eins\",\n[...]\n  \"more\": [\n    2\n  ]\n}\n";
        becomes(shown, json, expected);
    }

    #[test]
    fn a_part_that_is_gone_is_an_error_with_its_line() {
        let page = PAGE.replace("Key differences", "Differences");
        let error = refresh(SHOWN, &page).expect_err("it is gone");
        let start = "line 13, `smtp-codes 1 2`: it no longer prints \"Key differences\"";
        assert!(error.starts_with(start), "{error}");
    }

    #[test]
    fn what_cannot_be_shown_is_said() {
        let mut run = |_: &str| Err("it fails".to_owned());
        for (readme, expected) in [
            (&*block(""), "line 4, `smtp-codes 1 2`: it fails"),
            ("```console\n$ ls\n```\n", "line 2, `ls`: only"),
            (
                "```console\n$ smtp-codes 1\n",
                "line 2, `smtp-codes 1`: the block has no end",
            ),
            ("```sh\n$ smtp-codes 1\n```\n", "shows no command"),
        ] {
            let error = refreshed(readme, &mut run).expect_err(readme);
            assert!(error.starts_with(expected), "{error}");
        }
    }

    #[test]
    fn every_command_of_every_block_is_run() {
        let readme = |one, two, three| {
            format!(
                "```console\n$ cargo run -- 1\n{one}$ smtp-codes 2 --json\n{two}\
                 $ cargo run -p codes-core --example three\n{three}```\n\n```sh\n$ ls\n```\n"
            )
        };
        let text = refreshed(&readme("", "old\n", ""), &mut |arguments| {
            Ok(format!("<{arguments}>\n"))
        });
        let expected = readme(
            "<--package codes-cli -- 1>\n",
            "<--package codes-cli -- 2 --json>\n",
            "<--package codes-core --example three>\n",
        );
        assert_eq!(text, Ok(expected));
    }
}
