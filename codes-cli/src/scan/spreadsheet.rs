//! The table as CSV, for spreadsheets and other programs.

use std::io;

use csv::Writer;

use super::report::{Part, Report, Told};

const COLUMNS: [&str; 29] = [
    "part",
    "code",
    "enhanced",
    "command",
    "direction",
    "origin",
    "no_reply",
    "system",
    "internal",
    "lmtp",
    "class",
    "title",
    "count",
    "sent",
    "deferred",
    "bounced",
    "expired",
    "rejected",
    "discarded",
    "unknown",
    "first",
    "last",
    "action",
    "scope",
    "actor",
    "to_do",
    "hosts",
    "distinct_hosts",
    "sample",
];
/// A spreadsheet takes what begins like this for a formula.
const FORMULA: [char; 4] = ['=', '+', '-', '@'];

pub(super) fn write(report: &Report) -> io::Result<String> {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for part in &report.parts {
        for told in &part.rows {
            writer.write_record(row(part, told))?;
        }
        if part.others > 0 {
            writer.write_record(others(part))?;
        }
    }
    let text = writer.into_inner().map_err(|error| error.into_error())?;
    String::from_utf8(text).map_err(io::Error::other)
}

fn row(part: &Part, told: &Told) -> [String; COLUMNS.len()] {
    let word = |word: Option<&str>| word.unwrap_or_default().to_owned();
    let moment = |moment: Option<_>| moment.map_or_else(String::new, |it| format!("{it}"));
    let [
        sent,
        deferred,
        bounced,
        expired,
        rejected,
        discarded,
        unknown,
    ] = told.outcomes.counts().map(|count| count.to_string());
    let hosts = told.hosts.iter();
    let hosts: Vec<_> = hosts
        .map(|(host, count)| format!("{host} {count}"))
        .collect();
    let distinct = told.distinct_hosts.map(|count| count.to_string());
    let code = told.code.map(|code| code.to_string());
    [
        part.section.word().to_owned(),
        code.unwrap_or_default(),
        word(told.enhanced.as_deref()),
        word(told.command),
        word(told.direction),
        word(told.origin),
        word(told.no_reply),
        word(told.system),
        told.is_internal.to_string(),
        told.is_lmtp.to_string(),
        word(told.class),
        told.title.clone(),
        told.count.to_string(),
        sent,
        deferred,
        bounced,
        expired,
        rejected,
        discarded,
        unknown,
        moment(told.first),
        moment(told.last),
        word(told.action),
        word(told.scope),
        word(told.actor),
        told.to_do.clone(),
        harmless(hosts.join("; ")),
        distinct.unwrap_or_default(),
        harmless(told.sample.clone()),
    ]
}

/// The causes without a row of their own.
fn others(part: &Part) -> [String; COLUMNS.len()] {
    COLUMNS.map(|column| match column {
        "part" => part.section.word().to_owned(),
        "title" => "others".to_owned(),
        "count" => part.others.to_string(),
        _ => String::new(),
    })
}

fn harmless(cell: String) -> String {
    match cell.starts_with(FORMULA) {
        true => format!("'{cell}"),
        false => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_a_formula() {
        for cell in ["=1+1", "+1", "-1", "@a"] {
            assert_eq!(harmless(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(harmless("a=1".to_owned()), "a=1");
    }
}
