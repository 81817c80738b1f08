//! What was read from which words of the text.

use std::ops::Range;

use codes_core::{Class, Deviation};
use codes_text::{Direction, Found, Host, Origin, Outcome};

use crate::mail::PartKind;
use crate::reply::told::Told;
use crate::visible::{shortened, visible};
use crate::words::{listed, of_class, times};

/// So much of a reply's words is shown.
const WORDS: usize = 400;
/// So much of the place of a fact is shown.
const PIECE: usize = 120;
/// So many hosts or recipients of equal replies are named.
const NAMED: usize = 3;

/// The first of many names, and whether there are more.
#[derive(Debug, Default)]
pub(crate) struct Names {
    first: Vec<String>,
    more: bool,
}

impl Names {
    pub(crate) fn add(&mut self, name: Option<String>) {
        let Some(name) = name.filter(|name| !self.first.contains(name)) else {
            return;
        };
        match self.first.len() < NAMED {
            true => self.first.push(name),
            false => self.more = true,
        }
    }
}

/// `550 5.1.1`
pub(crate) fn codes(found: &Found<'_>) -> String {
    let code = found.code().map(|code| code.as_str().to_owned());
    let enhanced = found.enhanced().map(|code| code.to_string());
    let codes: Vec<_> = [code, enhanced].into_iter().flatten().collect();
    codes.join(" ")
}

/// Its words on one line, cut after so many characters.
pub(crate) fn words(found: &Found<'_>, longest: usize) -> String {
    match str::from_utf8(found.text()) {
        Ok(_) => shortened(found.words().to_string().as_bytes(), longest),
        // Octets that are no UTF-8 are shown as they are.
        Err(_) => {
            let lines: Vec<_> = found.words().collect();
            shortened(&lines.join(&b' '), longest)
        }
    }
}

/// `mx.example.com [192.0.2.1]`
pub(crate) fn host(host: &Host<'_>) -> String {
    let name = host.name().map(|name| shortened(name, PIECE));
    let address = host.address().map(|address| format!("[{address}]"));
    let parts: Vec<_> = [name, address].into_iter().flatten().collect();
    parts.join(" ")
}

/// Each part beside its words; `count` is how many equal replies there are.
pub(crate) fn read_from(
    told: &Told<'_>,
    count: usize,
    hosts: &Names,
    recipients: &Names,
) -> Vec<(&'static str, String)> {
    let reply = &told.reply;
    let mut items = Vec::new();
    if let Some((code, at)) = reply.code().zip(reply.code_at()) {
        items.push(("Code", format!("{}: {}.", piece(told, at), of_class(code))));
    }
    if let Some(((code, at), place)) =
        told.telling(|found| found.enhanced().zip(found.enhanced_at()))
    {
        let title = code.info().class().title();
        items.push((
            "Enhanced code",
            format!("{}: {title}.", piece_of(told, place, at)),
        ));
    }
    if let Some(code) = reply.summary() {
        let title = code.info().class().title();
        items.push(("Status field", format!("\"{code}\": {title}.")));
    }
    if !reply.text().is_empty() {
        items.push(("Words", format!("\"{}\"", words(reply, WORDS))));
    }
    if let Some(((command, at), place)) =
        told.telling(|found| found.command().zip(found.command_at()))
    {
        let at = in_brackets(place.text, at);
        items.push((
            "Command",
            format!("{}: {}.", piece_of(told, place, at), command.moment()),
        ));
    }
    let way = told.telling(direction);
    items.extend(way.map(|(text, _)| ("Direction", text.to_owned())));
    if let Some(((found, at), place)) = told.telling(|found| found.host().zip(found.host_at())) {
        let piece = piece_of(told, place, at);
        items.push(("Host", named(&piece, &host(&found), hosts)));
    }
    if let Some((recipient, _)) = told.telling(Found::recipient) {
        let own = shortened(recipient, PIECE);
        items.push(("Recipient", named(&format!("\"{own}\""), &own, recipients)));
    }
    if let Some((at, place)) = told.telling(Found::outcome_at) {
        items.push(("Outcome", format!("{}.", piece_of(told, place, at))));
    }
    items.extend(origin(reply).map(|text| ("Origin", text.to_owned())));
    items.extend(part(told).map(|text| ("Part", text.to_owned())));
    if count > 1 {
        let times = times(count);
        items.push(("Seen", format!("{times}, with these words the first time.")));
    }
    items
}

fn piece(told: &Told<'_>, at: Range<usize>) -> String {
    let piece = told.text.get(at).unwrap_or_default();
    format!("\"{}\"", shortened(piece, PIECE))
}

/// The place, or the brackets around it: `(in reply to RCPT TO command)` says more than `RCPT`.
fn in_brackets(text: &[u8], at: Range<usize>) -> Range<usize> {
    const NEAR: usize = 24;
    let before = text.get(at.start.saturating_sub(NEAR)..at.start);
    let after = text.get(at.end..text.len().min(at.end + NEAR));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let start = before.iter().rposition(|&octet| octet == b'(');
    let end = after.iter().position(|&octet| octet == b')');
    match start.zip(end) {
        Some((start, end)) => at.start - before.len() + start..at.end + end + 1,
        None => at,
    }
}

/// The piece, and where that is not the place of the reply, which part it is from.
fn piece_of(told: &Told<'_>, place: &Told<'_>, at: Range<usize>) -> String {
    let piece = piece(place, at);
    match place.part.filter(|_| place.part != told.part) {
        Some(part) => format!("{piece} in the {}", part.as_str()),
        None => piece,
    }
}

/// Where in a message it stands.
const fn part(told: &Told<'_>) -> Option<&'static str> {
    match (told.part, told.again.is_some()) {
        (None, _) => None,
        (Some(_), true) => Some("The report for programs, and again the notice in words."),
        (Some(PartKind::Report), false) => Some("The report for programs."),
        (Some(PartKind::Notice), false) => Some("The notice in words."),
    }
}

/// The piece of the first, and the names of others.
fn named(piece: &str, own: &str, names: &Names) -> String {
    let others = names.first.iter().filter(|name| *name != own).cloned();
    let mut others: Vec<_> = others.collect();
    if names.more {
        others.push("others".to_owned());
    }
    match others.is_empty() {
        true => format!("{piece}."),
        false => format!("{piece}; also {}.", listed(others.iter(), "and")),
    }
}

fn direction(found: &Found<'_>) -> Option<&'static str> {
    let is_said = found.origin() != Origin::Summary;
    match found.direction().filter(|_| is_said) {
        Some(Direction::Received) => {
            Some("The other server said it to the system that wrote this.")
        }
        Some(Direction::Given) => Some("The system that wrote this said it to a client."),
        None => None,
    }
}

const fn origin(found: &Found<'_>) -> Option<&'static str> {
    match found.origin() {
        Origin::Summary => Some(
            "A field in which a mail system sums up what happened; nobody said it on the wire.",
        ),
        Origin::Repeated => {
            Some("The answer of an earlier attempt, repeated: this time the server was not asked.")
        }
        Origin::Withheld => {
            Some("It was never said: the server only noted what it would have answered.")
        }
        _ => None,
    }
}

/// What was done with the mail, beside what was said.
pub(crate) fn done(found: &Found<'_>) -> Option<String> {
    let outcome = found.outcome()?;
    let words = match outcome {
        Outcome::Sent => "The mail was handed on or delivered.",
        Outcome::Deferred => {
            "The mail stays in the queue and is tried again; nothing is returned yet."
        }
        Outcome::Bounced => "The mail was given up and returned to its sender.",
        Outcome::Expired => "The mail was given up because its time in the queue was over.",
        Outcome::Rejected => "It was not taken from the client, which is responsible for it still.",
        Outcome::Discarded => "It was taken and thrown away; nobody is told.",
        _ => return None,
    };
    let contrast = match (outcome, found.code().map(|code| code.class())) {
        (Outcome::Deferred, Some(Class::PermanentNegative)) => {
            " So what was said sounds final, but what was done is not."
        }
        (Outcome::Bounced, Some(Class::TransientNegative)) => {
            " So what was said allows another try, but none is made."
        }
        _ => "",
    };
    Some(format!("{words}{contrast}"))
}

/// What departs from the grammar, and what contradicts the reply.
pub(crate) fn odd(told: &Told<'_>) -> Vec<String> {
    let mut odd: Vec<_> = told
        .also
        .iter()
        .map(|other| contradiction(told, other))
        .collect();
    let deviations = told.reply.deviations().iter();
    odd.extend(deviations.map(deviation));
    odd
}

fn contradiction(told: &Told<'_>, other: &Found<'_>) -> String {
    let own = codes(&told.reply);
    let codes = codes(other);
    let piece = told.text.get(other.at()).unwrap_or_default();
    let piece = shortened(piece, PIECE);
    let who = match other.origin() {
        Origin::Summary => "a field that sums it up has",
        _ => "the same reply also has",
    };
    format!(
        "Two codes disagree: the reply is {own}, but {who} {codes} (\"{piece}\"). Neither is chosen \
         here; the advice is for {own}."
    )
}

fn deviation(deviation: Deviation) -> String {
    let words = match deviation {
        Deviation::LeadingEmptyLine => "An empty line came before the reply.",
        Deviation::LeadingBytes => "Other octets came before the reply.",
        Deviation::UnusualCode => {
            "The number is outside the grammar of replies: the first digit is 2 to 5, the second 0 to 5."
        }
        Deviation::CodesDiffer => "The lines of the reply do not all have the same code.",
        Deviation::TabSeparator => {
            "A TAB stands between the code and its text, instead of a space."
        }
        Deviation::NoSeparator => "Nothing stands between the code and its text.",
        Deviation::BareLf => "A line ends with LF alone.",
        Deviation::LoneCr => "A CR stands inside a line.",
        Deviation::LongLine => "A line is longer than a reply may be.",
        Deviation::NotAscii => "The text holds octets that are not ASCII.",
        Deviation::Control => "The text holds control characters.",
        Deviation::EnhancedForm => {
            "The enhanced code is not written in the form that RFC 2034 has."
        }
        Deviation::EnhancedCodesDiffer => "The lines do not all have the same enhanced code.",
        Deviation::EnhancedClassDiffers => {
            "The class of the enhanced code is not the first digit of the reply code, as RFC 2034 asks."
        }
        Deviation::Truncated => "The text ends before the reply does.",
        other => return visible(other.as_str().as_bytes()),
    };
    words.to_owned()
}
