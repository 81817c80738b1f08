use codes_text::{Direction, Found, Origin, Outcome, find};

/// All replies in a text, with `; ` between.
pub(crate) fn told(text: &[u8]) -> String {
    let replies: Vec<String> = find(text).map(|found| reply(&found)).collect();
    replies.join("; ")
}

/// A reply in one line: codes, command, direction, host, outcome, recipient, and what is unusual. What
/// the text does not tell is left out.
fn reply(found: &Found<'_>) -> String {
    let mut parts: Vec<String> = Vec::new();
    parts.extend(found.code().map(|code| code.as_str().to_owned()));
    parts.extend(found.enhanced().map(|code| code.to_string()));
    parts.extend(found.command().map(|command| command.to_string()));
    parts.extend(found.direction().map(|direction| {
        match direction {
            Direction::Received => "received",
            Direction::Given => "given",
        }
        .to_owned()
    }));
    if let Some(host) = found.host() {
        let name = String::from_utf8_lossy(host.name().unwrap_or_default());
        let address = host.address().map(|address| format!("[{address}]"));
        parts.push(format!("{name}{}", address.unwrap_or_default()));
    }
    parts.extend(found.outcome().map(|outcome| {
        match outcome {
            Outcome::Sent => "sent",
            Outcome::Deferred => "deferred",
            Outcome::Bounced => "bounced",
            Outcome::Expired => "expired",
            Outcome::Rejected => "rejected",
            Outcome::Discarded => "discarded",
            _ => "another outcome",
        }
        .to_owned()
    }));
    if let Some(recipient) = found.recipient() {
        parts.push(format!("<{}>", String::from_utf8_lossy(recipient)));
    }
    parts.extend(match found.origin() {
        Origin::Said => None,
        Origin::Summary => Some("summary".to_owned()),
        Origin::Repeated => Some("repeated".to_owned()),
        Origin::Withheld => Some("withheld".to_owned()),
        _ => Some("another origin".to_owned()),
    });
    if found.is_lmtp() {
        parts.push("lmtp".to_owned());
    }
    if found.disagrees() {
        parts.push("disagrees".to_owned());
    }
    if !found.deviations().is_empty() {
        parts.push(format!("({})", found.deviations()));
    }
    parts.join(" ")
}
