//! A record and what was found in it, as JSON or as a row of a table.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};

use codes_text::find;

use super::blocks::Record;
use crate::record::Record as Reply;

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Tsv,
}

type Column = (&'static str, for<'a> fn(&'a Reply<'_>) -> Cow<'a, str>);

/// What a row has about a reply: the keys of the JSON form.
const COLUMNS: [Column; 17] = [
    ("at", |reply| {
        format!("{}-{}", reply.at[0], reply.at[1]).into()
    }),
    ("code", |reply| text(reply.code)),
    ("enhanced", |reply| text(reply.enhanced)),
    ("command", |reply| word(reply.command)),
    ("host", |reply| text(reply.host.as_ref())),
    ("address", |reply| text(reply.address)),
    ("direction", |reply| word(reply.direction)),
    ("class", |reply| word(reply.class)),
    ("action", |reply| word(reply.action)),
    ("scope", |reply| word(reply.scope)),
    ("actor", |reply| word(reply.actor)),
    ("deviations", |reply| {
        let words: Vec<_> = reply.deviations.iter().map(|one| one.as_str()).collect();
        words.join(",").into()
    }),
    ("certainty", |reply| word(reply.certainty)),
    ("origin", |reply| word(reply.origin)),
    ("outcome", |reply| word(reply.outcome)),
    ("recipient", |reply| word(reply.recipient.as_deref())),
    ("disagrees", |reply| word(reply.disagrees.then_some("true"))),
];

impl Form {
    /// Writes a record, and a line end behind it.
    pub(super) fn write(self, record: &Record<'_>, to: &mut impl Write) -> io::Result<()> {
        match self {
            Self::Json => json(record, to),
            Self::Tsv => tsv(record, to),
        }
    }
}

/// The names of all columns of a table, in their order.
pub(super) fn columns() -> impl Iterator<Item = &'static str> {
    let of_reply = COLUMNS.iter().map(|(name, _)| *name);
    ["record"].into_iter().chain(of_reply).chain(["truncated"])
}

fn json(record: &Record<'_>, to: &mut impl Write) -> io::Result<()> {
    write!(to, "{{\"record\":{},\"found\":[", record.number)?;
    for (at, found) in find(record.bytes).enumerate() {
        if at > 0 {
            to.write_all(b",")?;
        }
        serde_json::to_writer(&mut *to, &Reply::of(&found))?;
    }
    to.write_all(match record.is_truncated {
        true => b"],\"truncated\":true}\n",
        false => b"]}\n",
    })
}

fn tsv(record: &Record<'_>, to: &mut impl Write) -> io::Result<()> {
    write!(to, "{}", record.number)?;
    let replies = || find(record.bytes).map(|found| Reply::of(&found));
    let mut first = replies();
    let (one, more) = (first.next(), first.next().is_some());
    for (_, column) in COLUMNS {
        to.write_all(b"\t")?;
        match &one {
            // However many there are, none is kept: each column finds them again.
            Some(_) if more => {
                for (at, reply) in replies().enumerate() {
                    if at > 0 {
                        to.write_all(b";")?;
                    }
                    escaped(&column(&reply), to)?;
                }
            }
            Some(reply) => escaped(&column(reply), to)?,
            None => {}
        }
    }
    to.write_all(match record.is_truncated {
        true => b"\ttrue\n",
        false => b"\t\n",
    })
}

/// Without what would end a value, a column or a row.
fn escaped(value: &str, to: &mut impl Write) -> io::Result<()> {
    let is_plain = |character: char| !character.is_control() && !matches!(character, '\\' | ';');
    if value.chars().all(is_plain) {
        return to.write_all(value.as_bytes());
    }
    for character in value.chars() {
        match character {
            ';' => to.write_all(b"\\;")?,
            plain if is_plain(plain) => write!(to, "{plain}")?,
            other => write!(to, "{}", other.escape_default())?,
        }
    }
    Ok(())
}

fn word(value: Option<&str>) -> Cow<'_, str> {
    Cow::Borrowed(value.unwrap_or_default())
}

fn text<'a>(value: Option<impl Display>) -> Cow<'a, str> {
    value.map_or(Cow::Borrowed(""), |value| value.to_string().into())
}
