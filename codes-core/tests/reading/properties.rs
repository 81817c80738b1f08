//! What must hold for any octets, cut in any way.

use codes_core::{Command, Deviation, Limits, Reply, ReplyError, ReplyReader, Retry, StreamEnd};
use proptest::prelude::*;

use crate::generate::{any_limits, reply, stream};
use crate::oracle::{self, Outcome};
use crate::told::seen;

fn outcome(read: Result<Option<Reply<'_>>, ReplyError>) -> Outcome {
    match read {
        Ok(Some(reply)) => Outcome::Reply(oracle::as_judged(&reply)),
        Ok(None) => Outcome::Incomplete,
        Err(error) => Outcome::Error(error.kind(), error.offset()),
    }
}

/// Everything that can be asked of a reply.
fn ask(reply: &Reply<'_>, buf: &[u8]) -> Result<(), TestCaseError> {
    prop_assert!(reply.len() <= buf.len());
    prop_assert!(buf[..reply.len()].ends_with(reply.as_bytes()));
    for deviation in Deviation::ALL.iter().copied() {
        let offset = reply.offset_of(deviation);
        prop_assert_eq!(offset.is_some(), reply.deviations().contains(deviation));
        // Only where it was cut off is behind the last octet.
        let end = reply.len() + usize::from(deviation == Deviation::Truncated);
        prop_assert!(
            offset.is_none_or(|offset| offset < end),
            "{:?} {:?}",
            deviation,
            offset
        );
    }
    prop_assert_eq!(
        reply.lines().next().map(|line| line.code()),
        Some(reply.first_code())
    );
    prop_assert_eq!(
        reply.lines().last().map(|line| line.code()),
        Some(reply.code())
    );
    prop_assert!(reply.lines().any(|line| line.code() == reply.worst_code()));
    let enhanced = reply.lines().filter_map(|line| line.enhanced()).last();
    prop_assert_eq!(enhanced, reply.enhanced());
    for line in reply.lines() {
        prop_assert!(line.as_bytes().ends_with(line.message().as_bytes()));
        prop_assert!(!line.as_bytes().contains(&b'\n'));
        let shown = line.text().to_string();
        prop_assert_eq!(shown, String::from_utf8_lossy(line.as_bytes()));
        let _ = format!("{line:?} {:?}", line.text());
    }
    let messages: Vec<_> = reply
        .lines()
        .map(|line| line.message().to_string())
        .collect();
    prop_assert_eq!(reply.text().to_string(), messages.join("\n"));
    prop_assert_eq!(format!("{:#}", reply.text()), messages.join(" "));
    if reply.is_strict() {
        prop_assert!(reply.is_strict_utf8() && reply.as_bytes().is_ascii());
    }
    let has = |deviation| reply.deviations().contains(deviation);
    let mut classes = reply.lines().map(|line| line.code().get() / 100);
    let none_refuses = classes.all(|class| matches!(class, 2 | 3));
    if has(Deviation::NoSeparator) || has(Deviation::Truncated) || !none_refuses {
        for command in Command::all() {
            let advice = reply.situation().at(command).advice();
            prop_assert_ne!(
                advice.action(),
                Retry::Proceed,
                "{:?} at {:?}",
                reply,
                command
            );
        }
    }
    let _ = format!(
        "{reply} {reply:?} {} {:?}",
        reply.deviations(),
        reply.deviations()
    );
    Ok(())
}

/// What a client meets that goes on after errors until the stream ends: each reply, error and the end,
/// with the place in the stream. The octets come in pieces that end at `cuts`.
fn session(bytes: &[u8], limits: Limits, cuts: &[usize]) -> Result<Vec<String>, TestCaseError> {
    let mut met = Vec::new();
    let mut reader = ReplyReader::with_limits(limits);
    let mut gone = 0;
    let mut is_bad = false;
    for &end in cuts.iter().chain([&bytes.len()]) {
        loop {
            let buf = &bytes[gone..end];
            if is_bad {
                let skipped = reader.skip_line(buf);
                prop_assert!(skipped.len() <= buf.len());
                gone += skipped.len();
                is_bad = !skipped.is_complete();
                if is_bad {
                    prop_assert_eq!(gone, end);
                    break;
                }
                continue;
            }
            match reader.read(buf) {
                Ok(Some(reply)) => {
                    ask(&reply, buf)?;
                    prop_assert!(reply.len() > 0);
                    met.push(format!("{gone}: {:?}", oracle::as_judged(&reply)));
                    gone += reply.len();
                }
                Ok(None) => break,
                Err(error) => {
                    prop_assert!(error.offset() <= buf.len());
                    prop_assert_eq!(reader.read(buf), Err(error), "it stays");
                    met.push(format!("{gone}: {error}, {:?}", error.kind()));
                    is_bad = true;
                }
            }
        }
    }
    if !is_bad {
        let left = &bytes[gone..];
        match reader.finish(left) {
            Ok(StreamEnd::Clean) => prop_assert!(left.is_empty()),
            Ok(StreamEnd::Truncated(rest)) => {
                prop_assert!(!left.is_empty());
                prop_assert_eq!(rest.as_bytes(), left);
                if let Some(known) = rest.known() {
                    ask(&known, left)?;
                    prop_assert!(known.deviations().contains(Deviation::Truncated));
                    prop_assert!(!known.is_strict() && !known.is_strict_utf8());
                }
                met.push(format!(
                    "{gone}: {rest}, {:?}",
                    rest.known().map(|known| oracle::as_judged(&known))
                ));
            }
            other => {
                return Err(TestCaseError::fail(format!(
                    "all was read before: {other:?}"
                )));
            }
        }
    }
    Ok(met)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        // What fails belongs into the table.
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn both_readings_agree(bytes in stream(), limits in any_limits()) {
        let read = ReplyReader::with_limits(limits).read(&bytes);
        prop_assert_eq!(outcome(read), oracle::read(&bytes, &limits), "{} {:?}", seen(&bytes), limits);
        let read = Reply::parse(&bytes);
        prop_assert_eq!(outcome(read), oracle::read(&bytes, &Limits::DEFAULT), "{}", seen(&bytes));
    }

    #[test]
    fn cuts_change_nothing(
        bytes in stream(),
        limits in any_limits(),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6),
    ) {
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
        cuts.sort_unstable();
        let whole = session(&bytes, limits, &[])?;
        prop_assert_eq!(&session(&bytes, limits, &cuts)?, &whole, "{} {:?}", seen(&bytes), cuts);
        let each: Vec<usize> = (0..bytes.len()).collect();
        prop_assert_eq!(&session(&bytes, limits, &each)?, &whole, "{}", seen(&bytes));
    }

    #[test]
    fn what_was_cut_off_is_known_as_it_would_be_with_more_text_and_a_line_end(
        bytes in reply(),
        end in any::<prop::sample::Index>(),
    ) {
        let bytes = &bytes[..end.index(bytes.len() + 1)];
        let Ok(StreamEnd::Truncated(rest)) = ReplyReader::new().finish(bytes) else {
            return Ok(());
        };
        let last = rest.known().and_then(|known| known.lines().last());
        let has_text = last.is_some_and(|line| !line.as_bytes().is_empty());
        // Without more text, digits at the end might be taken for the end of an enhanced code.
        let more: &[u8] = match bytes.last() {
            Some(b'0'..=b'9') if has_text => b"x\r\n",
            _ => b"\r\n",
        };
        let ended = [bytes.strip_suffix(b"\r").unwrap_or(bytes), more].concat();
        let Ok(Some(ended)) = Reply::parse(&ended) else {
            return Ok(());
        };
        let known = rest.known().expect("a code is there");
        ask(&known, bytes)?;
        prop_assert_eq!(known.code(), ended.code());
        prop_assert_eq!(known.worst_code(), ended.worst_code());
        prop_assert_eq!(known.enhanced(), ended.enhanced());
        let text = ended.text().to_string();
        let text = match more.len() {
            3 => text.strip_suffix('x').unwrap_or(&text),
            _ => &text,
        };
        prop_assert_eq!(known.text().to_string(), text);
        // What a line cut off still lacks is held against nobody.
        let counts = |&deviation: &Deviation| {
            !matches!(deviation, Deviation::Truncated | Deviation::EnhancedCodesDiffer)
        };
        let deviations = known.deviations().iter().filter(counts);
        prop_assert!(deviations.eq(ended.deviations().iter().filter(counts)), "{:?}", known);
    }

    #[test]
    fn what_is_behind_a_reply_changes_nothing(bytes in reply(), behind in stream()) {
        let Ok(Some(reply)) = Reply::parse(&bytes) else {
            return Ok(());
        };
        let taken = &bytes[..reply.len()];
        prop_assert_eq!(Reply::parse(taken), Ok(Some(reply)));
        for end in 0..taken.len() {
            prop_assert_eq!(Reply::parse(&taken[..end]), Ok(None), "{}", seen(&taken[..end]));
        }
        let more = [taken, &behind].concat();
        prop_assert_eq!(Reply::parse(&more), Ok(Some(reply)), "{}", seen(&more));
    }
}
