//! What holds for any octets.

use proptest::prelude::*;

use crate::log::Entry;
use crate::{Found, find, limits};

/// The parts of texts that mean something to the search.
const PARTS: [&str; 48] = [
    "550",
    "250",
    "421",
    "5.1.1",
    "4.7.0",
    " ",
    "  ",
    "-",
    "\n",
    "\r\n",
    "\n ",
    ": ",
    "said: ",
    "host ",
    "mx.example[192.0.2.1]",
    "(in reply to RCPT TO command)",
    "status=bounced (",
    "status=sent (",
    "dsn=5.1.1",
    "to=<a@example.com>",
    "relay=",
    "reject: RCPT from ",
    "; from=<",
    "\"",
    "'",
    "(",
    ")",
    "<",
    ">",
    "#",
    "<<< ",
    ">>> ",
    "RCPT TO:<a@b>",
    "DATA",
    ".",
    "Status: ",
    "Diagnostic-Code: smtp; ",
    "Final-Recipient: rfc822; ",
    "Action: failed",
    "LED=",
    "C=\"",
    "stat=",
    "\\n",
    "_",
    "/",
    "x",
    "User unknown",
    "\u{e9}",
];

/// What fills a text up to a limit: nothing, what is gone over, and what has to be judged.
const FILLERS: [&[u8]; 9] = [
    b"x", b" ", b"_", b"<", b"\"", b"550 ", b"x=1, ", b"\n ", b"\n> x",
];

/// Where something may begin and end around a limit, in octets.
const AROUND: usize = 24;

fn part() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        9 => proptest::sample::select(&PARTS[..]).prop_map(|part| part.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 1..4),
    ]
}

fn parts(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<u8>> {
    proptest::collection::vec(part(), count).prop_map(|parts| parts.concat())
}

fn texts() -> impl Strategy<Value = Vec<u8>> {
    parts(0..24)
}

/// Everything that is found in a text is as it should be, and what a line of a log tells too.
fn check(text: &[u8]) {
    let mut end = 0;
    for found in find(text) {
        consistent(text, &found);
        // A code at the end of the words that says something else stands within them.
        let is_within = found.disagrees() && found.code().is_none();
        assert!(found.at().start >= end || is_within);
        end = end.max(found.at().end);
    }
    let entry = Entry::read(text);
    let reason = entry.no_reply_at();
    assert!(reason.is_none_or(|at| at <= text.len()));
    assert_eq!(reason.is_some(), entry.no_reply().is_some());
    if entry.is_unread() {
        assert!(
            entry
                .replies()
                .all(|found| found.origin() == crate::Origin::Summary)
        );
    }
    let time = entry.time_at();
    assert_eq!(time.is_some(), entry.time().is_some());
    for place in entry.machines_at().chain(time) {
        assert!(!place.is_empty() && place.end <= text.len());
    }
    let _ = (entry.host(), entry.is_internal());
}

/// Every place is within the text, and the parts are where they are said to be.
fn consistent(text: &[u8], found: &Found<'_>) {
    let at = found.at();
    assert!(!at.is_empty() && at.end <= text.len());
    if let (Some(code), Some(place)) = (found.code(), found.code_at()) {
        assert_eq!(&text[place.clone()], code.as_str().as_bytes());
        assert!(at.start <= place.start && place.end <= at.end);
    }
    if let (Some(code), Some(place)) = (found.enhanced(), found.enhanced_at()) {
        assert_eq!(&text[place.clone()], code.to_string().as_bytes());
        assert!(at.start <= place.start && place.end <= at.end);
    }
    assert!(found.code().is_some() || found.enhanced().is_some());
    if let (Some(recipient), Some(place)) = (found.recipient(), found.recipient_at()) {
        assert_eq!(&text[place], recipient);
    }
    for place in [found.command_at(), found.host_at(), found.outcome_at()] {
        assert!(place.is_none_or(|place| place.end <= text.len() && !place.is_empty()));
    }
    assert!(found.words().all(|line| !line.is_empty()));
    let words = found.words().to_string();
    assert!(!words.contains('\n') && words.len() <= 3 * found.text().len());
    assert_eq!(
        found.situation().map(|situation| situation.code()),
        found.code()
    );
}

proptest! {
    #[test]
    fn places_are_in_the_text_and_in_order(text in texts()) {
        check(&text);
    }

    #[test]
    fn any_octets_are_read(text in proptest::collection::vec(any::<u8>(), 0..200)) {
        check(&text);
    }

    /// Something begins before a limit, ends at it or stands behind it.
    #[test]
    fn nothing_that_lies_across_a_limit_does_harm(
        before in parts(1..4),
        limit in proptest::sample::select(limits::ALL),
        filler in proptest::sample::select(&FILLERS[..]),
        behind in parts(1..4),
    ) {
        let mut text = before;
        let start = text.len();
        let filling = filler.iter().cycle();
        text.extend(filling.take(limit.saturating_sub(AROUND)));
        for _ in 0..2 * AROUND {
            text.push(filler[(text.len() - start) % filler.len()]);
            let filled = text.len();
            text.extend_from_slice(&behind);
            check(&text);
            text.truncate(filled);
        }
    }

    /// What was found is found again behind words that announce it.
    #[test]
    fn what_was_found_is_found_again(text in texts()) {
        for found in find(&text) {
            // Behind an enhanced code, the reply code counts by what stands around it.
            let starts = |at: Option<std::ops::Range<usize>>| at.map(|at| at.start);
            // Lines of a session are no longer told by their marks.
            let is_one_line = !text[found.at()].contains(&b'\n');
            // Where the words end at a limit, half a code at their end is whole without what follows.
            let is_whole = !cfg!(small_limits) || found.text().len() < 24;
            if starts(found.code_at()) != Some(found.at().start) || !is_one_line || !is_whole {
                continue;
            }
            let again = [b"said: ", &text[found.at()]].concat();
            let replies: Vec<Found<'_>> = find(&again).collect();
            let first = replies.first();
            prop_assert_eq!(first.and_then(|again| again.code()), found.code());
            prop_assert_eq!(first.and_then(|again| again.enhanced()), found.enhanced());
        }
    }
}
