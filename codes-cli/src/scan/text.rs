//! What was found, for a terminal.

use codes_text::Direction;

use super::moment::Moment;
use super::report::{Part, Report, Told};
use super::table;
use super::tally::{Outcomes, Section};
use super::words::{counted, number, octets};
use crate::page::wrap;
use crate::screen::Screen;

/// Lines that a sample may take.
const SAMPLE_LINES: usize = 3;
const SAMPLE: &str = "Sample";
/// Between a label and its text.
const GAP: &str = "  ";
/// Hosts that are named.
const HOSTS: usize = 3;
/// Places where the program failed that are named; standard error and JSON have more.
const FAULTS: usize = 3;
/// Kinds of success that are named.
const SUCCESSES: usize = 4;
/// Below this, labels stand in front of their texts instead of in a column.
const ROOM_FOR_LABELS: usize = 60;

/// The table, and below it what is known of the first causes of each part.
pub(super) fn write(report: &Report, details: usize, screen: Screen) -> String {
    let mut lines = wrap(&summary(report), screen.width(), "");
    lines.extend(table::write(report, screen));
    let parts = report.parts.iter();
    let parts = parts.filter(|part| part.section != Section::Success);
    let mut is_cut = false;
    for part in parts {
        lines.push(String::new());
        let heading = format!("{}, in detail", part.section.title());
        let heading = wrap(&heading, screen.width(), "");
        lines.extend(heading.iter().map(|line| screen.heading(line)));
        let rows = part.rows.get(..details).unwrap_or(&part.rows);
        is_cut |= rows.len() < part.rows.len();
        let counts = rows.iter().map(|told| number(told.count).len());
        let column = counts.max().unwrap_or(0);
        for told in rows {
            lines.push(String::new());
            lines.extend(row(told, column, screen));
        }
        if part.section == Section::Unread && report.faults > 0 {
            lines.push(String::new());
            lines.extend(wrap(&faults(report), screen.width(), ""));
        }
    }
    if is_cut {
        let hint = format!(
            "These are the {details} most frequent causes of each part; `--top N` tells of more or fewer."
        );
        lines.push(String::new());
        lines.extend(wrap(&hint, screen.width(), ""));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// `smtp-codes failed at mail.log, line 3, and 2 more.`
fn faults(report: &Report) -> String {
    let named = report.failed.iter().take(FAULTS);
    let named: Vec<_> = named
        .map(|failed| format!("{}, line {}", failed.file, failed.line))
        .collect();
    let more = report.faults - named.len() as u64;
    let more = match more {
        0 => String::new(),
        _ => format!(", and {} more", number(more)),
    };
    format!("smtp-codes failed at {}{more}.", named.join("; "))
}

fn summary(report: &Report) -> String {
    let totals = &report.totals;
    let mut parts = vec![
        counted(report.inputs.files, "file", "files"),
        octets(totals.octets),
    ];
    let pieces = [
        (totals.lines, "line", "lines"),
        (totals.messages, "message", "messages"),
    ];
    for (count, one, more) in pieces.into_iter().filter(|(count, ..)| *count > 0) {
        parts.push(counted(count, one, more));
    }
    let counted = number(totals.with_something);
    let mut text = format!("{}; {counted} with a reply or a failure.", parts.join(", "));
    if let Some(span) = span(totals.first, totals.last) {
        text.push_str(&format!(" {}{}", span[..1].to_uppercase(), &span[1..]));
        match totals.years {
            Some((year, same)) if year == same => {
                text.push_str(&format!("; the lines have no year, {year} is assumed"));
            }
            Some((year, other)) => {
                text.push_str(&format!(
                    "; the lines have no year, {year} to {other} is assumed"
                ));
            }
            None => {}
        }
        text.push('.');
    }
    text
}

/// `2026-11-02 00:00:05 to 17:00:00`
fn span(first: Option<Moment>, last: Option<Moment>) -> Option<String> {
    let (first, last) = (first?, last?);
    Some(match first {
        _ if first == last => first.to_string(),
        _ if first.is_same_day(last) => format!("{first} to {}", last.time()),
        _ => format!("{first} to {last}"),
    })
}

pub(super) fn successes(part: &Part) -> String {
    // By codes alone: which way they went matters to nobody.
    let mut kinds: Vec<(String, u64)> = Vec::new();
    for told in &part.rows {
        let code = told.code.map(|code| code.to_string());
        let codes = [code, told.enhanced.clone()].into_iter().flatten();
        let mut codes = codes.collect::<Vec<_>>().join(" ");
        if codes.is_empty() {
            "without a reply".clone_into(&mut codes);
        }
        match kinds.iter_mut().find(|(known, _)| *known == codes) {
            Some((_, count)) => *count += told.count,
            None => kinds.push((codes, told.count)),
        }
    }
    kinds.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    kinds.truncate(SUCCESSES);
    let shown: u64 = kinds.iter().map(|(_, count)| count).sum();
    let mut named: Vec<_> = kinds
        .iter()
        .map(|(codes, count)| format!("{} × {codes}", number(*count)))
        .collect();
    if part.count > shown {
        named.push(format!("{} others", number(part.count - shown)));
    }
    let title = part.section.title();
    format!("{title}: {} ({}).", number(part.count), named.join(", "))
}

/// What has no row of its own.
pub(super) fn others(part: &Part) -> String {
    match part.other_causes {
        0 => "in other causes".to_owned(),
        causes => format!("in {}", counted(causes, "other cause", "other causes")),
    }
}

/// `550 5.1.1 in answer to RCPT: Bad destination mailbox address`
fn title(told: &Told) -> String {
    let code = told.code.map(|code| code.to_string());
    let moment = Some(told.moment.clone()).filter(|moment| !moment.is_empty());
    let parts = [code, told.enhanced.clone(), moment].into_iter().flatten();
    let codes = parts.collect::<Vec<_>>().join(" ");
    let gap = if codes.is_empty() { "" } else { ": " };
    format!(
        "{codes}{gap}{}{}",
        told.title,
        told.mark("within this machine")
    )
}

fn row(told: &Told, column: usize, screen: Screen) -> Vec<String> {
    let indent = " ".repeat(column + 2);
    let title = title(told);
    let mut lines = wrap(&title, screen.width(), &indent);
    for (at, line) in lines.iter_mut().enumerate() {
        let text = screen.title(line.trim_start());
        let count = if at == 0 {
            number(told.count)
        } else {
            String::new()
        };
        *line = format!("{count:>column$}  {text}");
    }
    let facts = facts(told);
    let labels = facts.iter().map(|(label, _)| label.len());
    let widest = labels.max().unwrap_or(0).max(SAMPLE.len());
    if screen.width() < ROOM_FOR_LABELS {
        for (label, text) in facts {
            lines.extend(wrap(&format!("{label}: {text}"), screen.width(), &indent));
        }
        lines.extend(sample(
            &format!("{SAMPLE}: "),
            told,
            screen.width(),
            &indent,
        ));
        return lines;
    }
    let hanging = " ".repeat(indent.len() + widest + GAP.len());
    let mut labelled = |label: &str, text: &[String]| {
        let padding = " ".repeat(widest - label.len());
        let text = text.join("\n");
        lines.push(format!(
            "{indent}{}{padding}{GAP}{}",
            screen.label(label),
            text.trim_start()
        ));
    };
    for (label, text) in facts {
        labelled(label, &wrap(&text, screen.width(), &hanging));
    }
    labelled(SAMPLE, &sample("", told, screen.width(), &hanging));
    lines
}

/// What is known, each with its label.
fn facts(told: &Told) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    if !told.duty.sentence.is_empty() {
        facts.push(("To do", told.duty.sentence.clone()));
    }
    let is_received = told.direction == Some(Direction::Received.as_str());
    let outcomes = told.outcomes.iter().filter(|(_, count)| *count > 0);
    let outcomes: Vec<_> = outcomes
        .map(|(word, count)| match word {
            // Exim and Postfix log what each host said, and in a line of its own how that ended.
            Outcomes::UNKNOWN if is_received => {
                format!(
                    "{word} {} (attempts whose end is in another line)",
                    number(count)
                )
            }
            _ => format!("{word} {}", number(count)),
        })
        .collect();
    if told.outcomes.known().next().is_some() {
        facts.push(("Done", outcomes.join(", ")));
    }
    if let Some(span) = span(told.first, told.last) {
        facts.push(("Seen", span));
    }
    if !told.hosts.is_empty() {
        let hosts = told.hosts.iter().take(HOSTS);
        let hosts: Vec<_> = hosts
            .map(|(name, count)| format!("{name} {}", number(*count)))
            .collect();
        let hosts = hosts.join(", ");
        facts.push((
            "Hosts",
            match told.distinct_hosts {
                Some(count) if count > HOSTS => {
                    format!("{hosts} and {} more", number((count - HOSTS) as u64))
                }
                Some(_) => hosts,
                None => format!("many; at least: {hosts}"),
            },
        ));
    }
    facts
}

/// The sample in a few lines: the reply, and as much of what stands before it as there is room for.
/// Why there was no reply stands alone, as what comes before it is about other things.
fn sample(label: &str, told: &Told, width: usize, indent: &str) -> Vec<String> {
    let (before, _) = told.sample.split_at(told.sample_at);
    let is_reason = told.no_reply.is_some();
    let words = before.match_indices(' ').map(|(at, _)| at + 1);
    let starts = words.filter(|_| !is_reason).chain([told.sample_at]);
    let whole = Some(0).filter(|_| !is_reason || before.is_empty());
    let mut lines = Vec::new();
    for start in whole.into_iter().chain(starts) {
        let ellipsis = if start == 0 { "" } else { "…" };
        let text = format!("{label}{ellipsis}{}", &told.sample[start..]);
        lines = wrap(&text, width, indent);
        if lines.len() <= SAMPLE_LINES {
            return lines;
        }
    }
    lines.truncate(SAMPLE_LINES);
    if let Some(last) = lines.last_mut() {
        if last.chars().count() == width {
            last.pop();
        }
        last.push('…');
    }
    lines
}

#[cfg(test)]
mod tests {
    use codes_text::log::Entry;

    use super::super::feed::Inputs;
    use super::super::tally::{Cause, Said, Seen, Tally};
    use super::*;

    const LINES: [&str; 6] = [
        "Nov  2 00:00:05 mail postfix/smtp[7]: 4A1B2C: to=<ann@example.net>, \
         relay=mx.example.net[192.0.2.1]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=5.1.1, \
         status=bounced (host mx.example.net[192.0.2.1] said: 550 5.1.1 no such user here, and so it \
         goes on for quite a while: one and two and three and four (in reply to RCPT TO command))",
        "Nov  2 00:00:05 mail postfix/smtpd[8]: NOQUEUE: reject: RCPT from \
         client.example.org[198.51.100.9]: 554 5.7.1 <ann@example.com>: Relay access denied; \
         from=<bob@example.org> to=<ann@example.com> proto=ESMTP helo=<client>",
        "Nov  2 00:00:05 mail postfix/smtp[7]: 4A1B2D: to=<ann@example.net>, \
         relay=mx.example.net[192.0.2.1]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn=2.0.0, \
         status=sent (250 2.0.0 Ok: queued as 7C3)",
        "Nov  2 00:00:05 mail postfix/smtp[7]: 4A1B2E: to=<ann@example.net>, relay=none, delay=30, \
         delays=0/0/30/0, dsn=4.4.1, status=deferred (connect to mx.example.net[192.0.2.1]:25: \
         Connection timed out)",
        "<<< 550 5.7.26 gr\u{fc}n",
        "550 aWordThatIsLongerThanTheNarrowestOfAllLinesAndHasNoGapInIt",
    ];

    fn report(top: usize) -> Report {
        let mut tally = Tally::of_one_in(1);
        for line in LINES {
            let entry = Entry::read(line.as_bytes());
            let seen = Seen {
                time: None,
                outcome: entry.outcome(),
                host: entry.host(),
                line: line.as_bytes(),
                at: 0,
            };
            for found in entry.replies() {
                let at = found.at().start;
                let cause = Cause::Reply(Said::of(&found, entry.is_internal()));
                tally.add(cause, &Seen { at, ..seen });
            }
            if let Some(why) = entry.no_reply() {
                let is_internal = true;
                tally.add(Cause::NoReply { why, is_internal }, &seen);
            }
        }
        Report::of(&tally, Inputs::default(), false, top, &mut None).expect("cannot fail")
    }

    #[test]
    fn lines_fit_at_every_width() {
        for top in [1, 20] {
            let report = report(top);
            for width in 20..=100 {
                let text = write(&report, top, Screen::new(width, false));
                assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{text}");
                for line in text.lines() {
                    let columns = line.chars().count();
                    assert!(columns <= width, "{width}: {line}");
                    assert_eq!(line, line.trim_end(), "{width}");
                }
            }
        }
    }

    #[test]
    fn colour_changes_nothing_else() {
        let report = report(20);
        for width in [30, 80] {
            let mut coloured = write(&report, 20, Screen::new(width, true));
            assert!(coloured.contains("\u{1b}[1m"));
            for style in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[36m"] {
                coloured = coloured.replace(style, "");
            }
            assert_eq!(coloured, write(&report, 20, Screen::new(width, false)));
        }
    }

    #[test]
    fn a_long_sample_shows_its_reply() {
        let report = report(20);
        for width in [40, 60, 80] {
            let text = write(&report, 20, Screen::new(width, false));
            let text: Vec<_> = text.split_whitespace().collect();
            let text = text.join(" ");
            assert!(text.contains("550 5.1.1 no"), "{text}");
            assert!(!text.contains("4A1B2C"), "{text}");
        }
    }
}
