//! A record and what was found in it, as JSON or as a row of a table.

use std::borrow::Cow;
use std::fmt::Display;
use std::io;

use codes_text::find;

use super::advices::Advices;
use super::blocks::Record;
use super::object;
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
    to: &'a mut dyn FnMut(&mut Vec<u8>) -> io::Result<()>,
    advices: Advices,
}

impl<'a> Output<'a> {
    /// `to` takes a part and leaves an empty one.
    pub(super) fn new(form: Form, to: &'a mut dyn FnMut(&mut Vec<u8>) -> io::Result<()>) -> Self {
        Self {
            form,
            part: Vec::with_capacity(PART),
            to,
            advices: Advices::default(),
        }
    }

    /// Writes a record, and a line end behind it.
    pub(super) fn write(&mut self, record: &Record<'_>) -> io::Result<()> {
        match self.form {
            Form::Json => self.json(record),
            Form::Tsv => self.tsv(record),
        }
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

    fn json(&mut self, record: &Record<'_>) -> io::Result<()> {
        self.part.extend_from_slice(b"{\"record\":");
        object::number(record.number, &mut self.part);
        self.part.extend_from_slice(b",\"found\":[");
        for (at, found) in find(record.bytes).enumerate() {
            if at > 0 {
                self.part.push(b',');
            }
            let reply = self.advices.record(&found);
            object::write(&reply, &mut self.part)?;
            self.relieve()?;
        }
        self.part.extend_from_slice(match record.is_truncated {
            true => &b"],\"truncated\":true}\n"[..],
            false => b"]}\n",
        });
        self.relieve()
    }

    fn tsv(&mut self, record: &Record<'_>) -> io::Result<()> {
        object::number(record.number, &mut self.part);
        let mut found = find(record.bytes);
        let one = found.next().map(|found| self.advices.record(&found));
        let are_more = found.next().is_some();
        for (_, column) in COLUMNS {
            self.part.push(b'\t');
            match &one {
                // However many there are, none is kept: each column finds them again.
                Some(_) if are_more => {
                    for (at, found) in find(record.bytes).enumerate() {
                        if at > 0 {
                            self.part.push(b';');
                        }
                        escaped(&column(&self.advices.record(&found)), &mut self.part);
                        self.relieve()?;
                    }
                }
                Some(reply) => escaped(&column(reply), &mut self.part),
                None => {}
            }
        }
        self.part.extend_from_slice(match record.is_truncated {
            true => &b"\ttrue\n"[..],
            false => b"\t\n",
        });
        self.relieve()
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
