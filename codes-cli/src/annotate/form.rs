//! A record and what was found in it, as JSON or as a row of a table.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, Write};

use codes_text::find;
use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use super::blocks::Record;
use crate::record::Record as Reply;
use crate::visible;

/// The form of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Json,
    Tsv,
}

/// Octets of output that are handed on at once, roughly.
const PART: usize = 64 * 1024;

/// Output that is handed on in parts, so that no record is too much for the memory.
pub(super) struct Parts<'a> {
    part: Vec<u8>,
    to: &'a mut dyn FnMut(&mut Vec<u8>) -> io::Result<()>,
}

impl<'a> Parts<'a> {
    /// `to` takes a part and leaves the room for the next one.
    pub(super) fn new(to: &'a mut dyn FnMut(&mut Vec<u8>) -> io::Result<()>) -> Self {
        let part = Vec::with_capacity(PART);
        Self { part, to }
    }

    /// Hands on what there is.
    pub(super) fn hand_on(&mut self) -> io::Result<()> {
        (self.to)(&mut self.part)
    }

    /// Hands on what there is if it is enough for a part.
    fn relieve(&mut self) -> io::Result<()> {
        match self.part.len() < PART {
            true => Ok(()),
            false => self.hand_on(),
        }
    }
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
    pub(super) fn write(self, record: &Record<'_>, to: &mut Parts<'_>) -> io::Result<()> {
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

fn json(record: &Record<'_>, to: &mut Parts<'_>) -> io::Result<()> {
    write!(to.part, "{{\"record\":{},\"found\":[", record.number)?;
    for (at, found) in find(record.bytes).enumerate() {
        if at > 0 {
            to.part.push(b',');
        }
        Reply::of(&found).serialize(&mut Serializer::with_formatter(&mut to.part, Safe))?;
        to.relieve()?;
    }
    if record.is_truncated {
        to.part.extend_from_slice(b"],\"truncated\":true}\n");
    } else {
        to.part.extend_from_slice(b"]}\n");
    }
    to.relieve()
}

fn tsv(record: &Record<'_>, to: &mut Parts<'_>) -> io::Result<()> {
    write!(to.part, "{}", record.number)?;
    let replies = || find(record.bytes).map(|found| Reply::of(&found));
    let mut first = replies();
    let (one, more) = (first.next(), first.next().is_some());
    for (_, column) in COLUMNS {
        to.part.push(b'\t');
        match &one {
            // However many there are, none is kept: each column finds them again.
            Some(_) if more => {
                for (at, reply) in replies().enumerate() {
                    if at > 0 {
                        to.part.push(b';');
                    }
                    escaped(&column(&reply), &mut to.part);
                    to.relieve()?;
                }
            }
            Some(reply) => escaped(&column(reply), &mut to.part),
            None => {}
        }
    }
    to.part.extend_from_slice(match record.is_truncated {
        true => b"\ttrue\n",
        false => b"\t\n",
    });
    to.relieve()
}

/// Writes JSON in which nothing acts on a terminal.
struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: Write + ?Sized>(
        &mut self,
        to: &mut W,
        text: &str,
    ) -> io::Result<()> {
        match text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            true => to.write_all(text.as_bytes()),
            false => to.write_all(visible::json(text).as_bytes()),
        }
    }
}

/// Without what would end a value, a column or a row, or act on a terminal.
fn escaped(value: &str, to: &mut Vec<u8>) {
    let is_plain = |character| !visible::is_unseen(character) && !matches!(character, '\\' | ';');
    if value.chars().all(is_plain) {
        return to.extend_from_slice(value.as_bytes());
    }
    let mut units = [0; 4];
    for character in value.chars() {
        match character {
            ';' => to.extend_from_slice(b"\\;"),
            plain if is_plain(plain) => {
                to.extend_from_slice(plain.encode_utf8(&mut units).as_bytes())
            }
            other => to.extend(other.escape_default().map(|escaped| escaped as u8)),
        }
    }
}

fn word(value: Option<&str>) -> Cow<'_, str> {
    Cow::Borrowed(value.unwrap_or_default())
}

fn text<'a>(value: Option<impl Display>) -> Cow<'a, str> {
    value.map_or(Cow::Borrowed(""), |value| value.to_string().into())
}
