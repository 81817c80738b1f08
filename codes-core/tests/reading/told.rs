//! What a reader says about octets, in one line, so that a table of it can be read.

use codes_core::{Limits, Reply, ReplyError, ReplyReader};

/// `521 5.7.1, first 220 | 220 "host" | 521 5.7.1 "blocked" ! codes-differ@10 + 6`: the code that
/// decides and the enhanced code, other codes that matter, each line with its message, each
/// deviation with its place, the octets that are left.
///
/// The same must come out of `Reply::parse`, of a reader that gets all at once, and of one that gets
/// one octet at a time.
pub(crate) fn told(bytes: &[u8]) -> String {
    let whole = Reply::parse(bytes);
    assert_eq!(ReplyReader::new().read(bytes), whole, "{}", seen(bytes));

    let mut reader = ReplyReader::new();
    let mut piecewise = Ok(None);
    for end in 0..=bytes.len() {
        piecewise = reader.read(&bytes[..end]);
        if !matches!(piecewise, Ok(None)) {
            break;
        }
    }
    match (whole, piecewise) {
        (Ok(Some(whole)), Ok(Some(piecewise))) => {
            assert_eq!(whole, piecewise, "{}", seen(bytes));
        }
        (whole, piecewise) => assert_eq!(whole, piecewise, "{}", seen(bytes)),
    }
    describe(bytes, whole)
}

pub(crate) fn describe(bytes: &[u8], read: Result<Option<Reply<'_>>, ReplyError>) -> String {
    match read {
        Ok(Some(reply)) => {
            let left = bytes.len() - reply.len();
            let left = (left > 0).then(|| format!(" + {left}"));
            reply_told(&reply) + &left.unwrap_or_default()
        }
        Ok(None) => "incomplete".to_owned(),
        Err(error) => format!("{:?} at {}", error.kind(), error.offset()),
    }
}

pub(crate) fn reply_told(reply: &Reply<'_>) -> String {
    let mut told = reply.code().as_str().to_string();
    if let Some(enhanced) = reply.enhanced() {
        told += &format!(" {enhanced}");
    }
    if reply.first_code() != reply.code() {
        told += &format!(", first {}", reply.first_code().as_str());
    }
    if reply.worst_code() != reply.code() {
        told += &format!(", worst {}", reply.worst_code().as_str());
    }
    for line in reply.lines() {
        told += &format!(" | {} ", line.code().as_str());
        if let Some(enhanced) = line.enhanced() {
            told += &format!("{enhanced} ");
        }
        told += &format!("\"{}\"", seen(line.message().as_bytes()));
    }
    assert_eq!(reply.is_strict(), reply.deviations().is_empty());
    assert_eq!(reply.deviations().len(), reply.deviations().iter().count());
    for (at, deviation) in reply.deviations().iter().enumerate() {
        let offset = reply.offset_of(deviation);
        let offset = offset.map_or("nowhere".to_owned(), |offset| offset.to_string());
        told += &format!(
            "{} {deviation:?}@{offset}",
            if at == 0 { " !" } else { "," }
        );
    }
    told
}

pub(crate) fn seen(bytes: &[u8]) -> String {
    bytes.escape_ascii().to_string()
}

pub(crate) fn check(rows: &[(&[u8], &str)]) {
    let mut wrong = String::new();
    for (bytes, expected) in rows {
        let told = told(bytes);
        if told != *expected {
            wrong += &format!(
                "{}\n  read:     {told}\n  expected: {expected}\n",
                seen(bytes)
            );
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Limits that short octets can reach.
pub(crate) fn limits(line: usize, lines: usize, reply: usize) -> Limits {
    Limits { line, lines, reply }
}
