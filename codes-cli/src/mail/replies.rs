//! The replies of a message, those told in two parts once.

use codes_text::Found;

use super::{Mail, Part, PartKind, is_same};
use crate::reply::told::{self, Told};

/// Those of the report, each with what the notice adds to it, then those of the notice alone.
pub(super) fn once(mail: &Mail) -> Vec<Told<'_>> {
    let of = |kind: PartKind| {
        let parts = mail.parts.iter().filter(move |part| part.kind == kind);
        parts.flat_map(in_part)
    };
    let mut replies: Vec<_> = of(PartKind::Report).collect();
    let reported = replies.len();
    for told in of(PartKind::Notice) {
        let (report, notice) = replies.split_at_mut(reported);
        let mut same: Vec<_> = report
            .iter_mut()
            .filter(|other| is_same(&other.reply, &told.reply))
            .collect();
        // The most alike of those that nothing was added to yet.
        same.sort_by_key(|other| {
            (
                other.again.is_some(),
                !is_about_same(&other.reply, &told.reply),
            )
        });
        match same.into_iter().next() {
            Some(other) => {
                if other.again.is_none() {
                    other.again = Some(Box::new(told));
                }
            }
            None if notice
                .iter()
                .any(|other| is_repeated(&other.reply, &told.reply)) => {}
            None => replies.push(told),
        }
    }
    replies
}

fn in_part(part: &Part) -> impl Iterator<Item = Told<'_>> {
    told::replies(&part.text).map(|told| Told {
        part: Some(part.kind),
        ..told
    })
}

/// Whether both name the same recipient, or have the same words.
fn is_about_same(one: &Found<'_>, other: &Found<'_>) -> bool {
    match (one.recipient(), other.recipient()) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        _ => one.words().to_string() == other.words().to_string(),
    }
}

/// Whether a notice says the same again: the same codes and words for the same recipient.
fn is_repeated(one: &Found<'_>, other: &Found<'_>) -> bool {
    is_same(one, other)
        && one.words().to_string() == other.words().to_string()
        && (one.recipient().is_none() || one.recipient() == other.recipient())
}
