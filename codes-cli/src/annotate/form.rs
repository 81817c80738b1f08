//! A record and what was found in it, as JSON or as a row of a table.

use std::borrow::Cow;
use std::fmt::Display;
use std::io;

use codes_text::find;

use super::advices::Advices;
use super::blocks::Record;
use super::object;
use crate::fault::{Fault, inject, kept};
use crate::line_ends::with_line_feeds;
use crate::reply::record::Record as Reply;
use crate::visible;

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

/// Octets of output that are handed on at once, roughly.
const PART: usize = 64 * 1024;

/// The output. It is handed on in parts, so that no record is too much for the memory.
pub(super) struct Output<'a> {
    form: Form,
    part: Vec<u8>,
    /// How much of the part is sure to stay, whatever happens to the rest of the record.
    sure: usize,
    /// The values of the row that stay.
    values: usize,
    to: &'a mut dyn FnMut(&mut Vec<u8>) -> io::Result<()>,
    advices: Advices,
    /// The record that could not be read, and why.
    fault: Option<(u64, Fault)>,
}

impl<'a> Output<'a> {
    /// `to` takes a part and leaves an empty one.
    pub(super) fn new(form: Form, to: &'a mut dyn FnMut(&mut Vec<u8>) -> io::Result<()>) -> Self {
        Self {
            form,
            part: Vec::with_capacity(PART),
            sure: 0,
            values: 0,
            to,
            advices: Advices::default(),
            fault: None,
        }
    }

    /// Writes a record, and a line end behind it.
    pub(super) fn write(&mut self, record: &Record<'_>) -> io::Result<()> {
        self.sure = self.part.len();
        self.values = 0;
        let bytes = match record.has_lines {
            true => with_line_feeds(record.bytes),
            false => Cow::Borrowed(record.bytes),
        };
        let record = &Record {
            bytes: &bytes,
            ..*record
        };
        let written = kept(|| {
            let written = match self.form {
                Form::Json => self.json(record),
                Form::Tsv => self.tsv(record),
            };
            inject(record.bytes);
            written
        });
        let fault = match written {
            Ok(written) => written.map(|()| None)?,
            Err(fault) => Some(fault),
        };
        let error = fault.as_ref().map(Fault::to_string);
        // What was found before the fault stays.
        if error.is_some() {
            self.part.truncate(self.sure);
        }
        match self.form {
            Form::Json => self.end_object(record.is_truncated, error)?,
            Form::Tsv => self.end_row(record.is_truncated),
        }
        if let Some(fault) = fault {
            self.fault = Some((record.number, fault));
        }
        self.relieve()
    }

    /// What to say of the last record that could not be read, once.
    pub(super) fn complaint(&mut self) -> Option<String> {
        let (number, fault) = self.fault.take()?;
        Some(format!("record {number} is not read: {fault}"))
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

    /// The same, where all that was written stays.
    fn keep(&mut self) -> io::Result<()> {
        self.relieve()?;
        self.sure = self.part.len();
        Ok(())
    }

    fn json(&mut self, record: &Record<'_>) -> io::Result<()> {
        self.part.extend_from_slice(b"{\"record\":");
        object::number(record.number, &mut self.part);
        self.part.extend_from_slice(b",\"found\":[");
        self.keep()?;
        for (at, found) in find(record.bytes).enumerate() {
            if at > 0 {
                self.part.push(b',');
            }
            let reply = self.advices.record(&found);
            object::write(&reply, &mut self.part)?;
            self.keep()?;
        }
        Ok(())
    }

    fn end_object(&mut self, is_truncated: bool, error: Option<String>) -> io::Result<()> {
        self.part.push(b']');
        if is_truncated {
            self.part.extend_from_slice(b",\"truncated\":true");
        }
        if let Some(error) = error {
            self.part.extend_from_slice(b",\"error\":");
            self.part
                .extend_from_slice(serde_json::to_string(&error)?.as_bytes());
        }
        self.part.extend_from_slice(b"}\n");
        Ok(())
    }

    fn tsv(&mut self, record: &Record<'_>) -> io::Result<()> {
        object::number(record.number, &mut self.part);
        self.keep()?;
        let mut found = find(record.bytes);
        let one = found.next().map(|found| self.advices.record(&found));
        let are_more = found.next().is_some();
        for (place, (_, column)) in COLUMNS.iter().enumerate() {
            self.part.push(b'\t');
            match &one {
                // However many there are, none is kept: each column finds them again.
                Some(_) if are_more => {
                    for (at, found) in find(record.bytes).enumerate() {
                        if at > 0 {
                            self.part.push(b';');
                        }
                        escaped(&column(&self.advices.record(&found)), &mut self.part);
                        if self.part.len() >= PART {
                            self.values = place + 1;
                            self.keep()?;
                        }
                    }
                }
                Some(reply) => escaped(&column(reply), &mut self.part),
                None => {}
            }
            self.values = place + 1;
            self.keep()?;
        }
        Ok(())
    }

    fn end_row(&mut self, is_truncated: bool) {
        for _ in self.values..COLUMNS.len() {
            self.part.push(b'\t');
        }
        self.part.extend_from_slice(match is_truncated {
            true => &b"\ttrue\n"[..],
            false => b"\t\n",
        });
    }
}

/// The names of all columns of a table, in their order.
pub(super) fn columns() -> impl Iterator<Item = &'static str> {
    let of_reply = COLUMNS.iter().map(|(name, _)| *name);
    ["record"].into_iter().chain(of_reply).chain(["truncated"])
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
