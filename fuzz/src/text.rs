use codes_text::{Found, find};

/// What is found in a text stands where it is said to, in order, and is found again.
pub fn text(data: &[u8]) {
    let mut end = 0;
    for found in find(data) {
        consistent(data, &found);
        let at = found.at();
        // A code that says something else may stand within the words of the reply before it.
        let is_within = found.disagrees() && found.code().is_none();
        assert!(at.start >= end || is_within, "{found:?}");
        end = end.max(at.end);
        // Behind an enhanced code, the reply code counts by what stands around it.
        // Lines of a session are no longer told by their marks.
        let is_one_line = !data[at.clone()].contains(&b'\n');
        // Where the words end at a limit, half a code at their end is whole without what follows.
        let most = if cfg!(small_limits) { 24 } else { 200 };
        let is_short = found.text().len() < most;
        // What follows tells whether a code was only expected.
        let is_said = !data[at.clone()].windows(8).any(|it| it == b"expected");
        if is_one_line
            && is_short
            && is_said
            && found.code_at().is_some_and(|code| code.start == at.start)
        {
            let again = [b"said: ", &data[at]].concat();
            let first = find(&again).next().expect("the same reply");
            assert_eq!(first.code(), found.code());
            assert_eq!(first.enhanced(), found.enhanced());
        }
    }
}

fn consistent(data: &[u8], found: &Found<'_>) {
    let at = found.at();
    assert!(!at.is_empty() && at.end <= data.len());
    let code = found.code().zip(found.code_at());
    let enhanced = found.enhanced().zip(found.enhanced_at());
    let code = code.map(|(code, place)| (code.as_str().to_owned(), place));
    let enhanced = enhanced.map(|(code, place)| (code.to_string(), place));
    assert!(code.is_some() || enhanced.is_some());
    for (digits, place) in code.into_iter().chain(enhanced) {
        assert_eq!(&data[place.clone()], digits.as_bytes());
        assert!(at.start <= place.start && place.end <= at.end);
    }
    for place in [found.command_at(), found.host_at(), found.outcome_at()] {
        assert!(place.is_none_or(|place| !place.is_empty() && place.end <= data.len()));
    }
    if let (Some(recipient), Some(place)) = (found.recipient(), found.recipient_at()) {
        assert_eq!(&data[place], recipient);
    }
    assert!(found.words().all(|line| !line.is_empty()));
    assert!(!found.words().to_string().contains('\n'));
}
