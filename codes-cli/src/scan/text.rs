//! The table for a terminal.

use super::report::{Line, Part, Report};
use super::tally::Section;
use super::words::{counted, number, octets};
use crate::page::wrap;
use crate::screen::Screen;

/// Lines that a sample may take.
const SAMPLE_LINES: usize = 3;

pub(super) fn write(report: &Report, screen: Screen) -> String {
    let mut lines = summary(report, screen);
    for part in &report.parts {
        lines.push(String::new());
        if part.section == Section::Success {
            lines.extend(successes(part, screen));
        } else {
            lines.extend(table(part, screen));
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

fn summary(report: &Report, screen: Screen) -> Vec<String> {
    let totals = &report.totals;
    let mut parts = vec![
        counted(report.inputs.files, "file", "files"),
        octets(totals.octets),
    ];
    if totals.lines > 0 {
        parts.push(counted(totals.lines, "line", "lines"));
    }
    if totals.messages > 0 {
        parts.push(counted(totals.messages, "message", "messages"));
    }
    let mut text = format!(
        "{}; {} with something to count.",
        parts.join(", "),
        number(totals.with_something)
    );
    if let (Some(first), Some(last)) = (totals.first, totals.last) {
        text.push_str(&format!(" {first} to {last}"));
        match totals.years {
            Some((year, same)) if year == same => {
                text.push_str(&format!(
                    "; the year {year} is assumed, lines do not say it"
                ));
            }
            Some((year, other)) => text.push_str(&format!(
                "; the years {year} to {other} are assumed, lines do not say them"
            )),
            None => {}
        }
        text.push('.');
    }
    wrap(&text, screen.width(), "")
}

fn successes(part: &Part, screen: Screen) -> Vec<String> {
    let most = part
        .lines
        .iter()
        .take(3)
        .map(|line| format!("{} {}", codes(line), number(line.count)));
    let text = format!(
        "{}: {} ({}).",
        part.section.title(),
        number(part.count),
        most.collect::<Vec<_>>().join(", ")
    );
    wrap(&text, screen.width(), "")
}

fn table(part: &Part, screen: Screen) -> Vec<String> {
    let heading = format!("{}: {}", part.section.title(), number(part.count));
    let heading = wrap(&heading, screen.width(), "");
    let mut lines: Vec<_> = heading.iter().map(|line| screen.heading(line)).collect();
    let widest = part.lines.iter().map(|line| number(line.count).len()).max();
    let column = widest.unwrap_or(0).min(screen.width() / 4);
    for line in &part.lines {
        lines.push(String::new());
        lines.extend(row(line, column, screen));
    }
    let (causes, count) = part.others;
    if count > 0 {
        lines.push(String::new());
        let text = format!(
            "{:>column$}  in {}",
            number(count),
            counted(causes, "other cause", "other causes")
        );
        lines.extend(wrap(&text, screen.width(), ""));
    }
    lines
}

fn codes(line: &Line) -> String {
    let code = line.code.map(|code| code.to_string());
    let parts = [code, line.enhanced.clone(), line.command.map(str::to_owned)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn row(line: &Line, column: usize, screen: Screen) -> Vec<String> {
    let indent = " ".repeat(column + 2);
    let mut title = codes(line);
    if !title.is_empty() {
        title.push_str("  ");
    }
    title.push_str(&line.title);
    if line.is_internal {
        title.push_str(" (within this machine)");
    }
    let mut lines = wrap(&title, screen.width(), &indent);
    if let Some(first) = lines.first_mut() {
        *first = format!(
            "{:>column$}  {}",
            number(line.count),
            screen.label(first.trim_start())
        );
    }
    let outcomes = line.outcomes.iter().filter(|(_, count)| *count > 0);
    let outcomes: Vec<_> = outcomes
        .map(|(word, count)| format!("{word} {}", number(count)))
        .collect();
    let mut facts = vec![format!("Done: {}", outcomes.join(", "))];
    if !line.steps.is_empty() {
        facts.push(format!("To do: {} {}", line.steps, line.who));
    }
    if let (Some(first), Some(last)) = (line.first, line.last) {
        facts.push(format!("Seen: {first} to {last}"));
    }
    if !line.hosts.is_empty() {
        let about = if line.distinct_hosts.is_none() {
            "at least "
        } else {
            ""
        };
        let hosts = line.hosts.iter().take(3);
        let hosts: Vec<_> = hosts
            .map(|(name, count)| format!("{name} {about}{}", number(*count)))
            .collect();
        facts.push(format!("Hosts: {}", hosts.join(", ")));
    }
    for fact in facts {
        lines.extend(wrap(&fact, screen.width(), &indent));
    }
    let sample = wrap(&format!("Sample: {}", line.sample), screen.width(), &indent);
    lines.extend(sample.into_iter().take(SAMPLE_LINES));
    lines
}
