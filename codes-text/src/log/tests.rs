//! What lines tell, one by one; the rest of a message decides, so each line is whole.

mod any;
mod deliveries;
mod refusals;
mod systems;
mod times;

use super::Entry;

/// What a line should tell, as short words: see [`told`].
#[track_caller]
fn check(line: &str, expected: &str) {
    assert_eq!(told(line.as_bytes()), expected, "\n{line}");
}

/// System, outcome, why there was no reply, host, and whether it is internal and unread; what is
/// missing is left out.
fn told(line: &[u8]) -> String {
    let entry = Entry::read(line);
    let system = entry.system().map(|system| system.as_str().to_lowercase());
    let outcome = entry.outcome().map(|outcome| outcome.to_string());
    let no_reply = entry.no_reply().map(|why| format!("silent:{why}"));
    let host = entry.host().map(|host| {
        let name = host.name().map(String::from_utf8_lossy);
        let address = host.address().map(|address| format!("[{address}]"));
        format!(
            "{}{}",
            name.unwrap_or_default(),
            address.unwrap_or_default()
        )
    });
    let is_internal = entry.is_internal().then(|| "internal".to_owned());
    let is_unread = entry.is_unread().then(|| "unread".to_owned());
    let words = [system, outcome, no_reply, host, is_internal, is_unread];
    words.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_printed_for_debugging_can_be_read() {
    let entry = Entry::read(b"2026-11-24 13:11:59 H=(\xff) [192.0.2.1] rejected RCPT <a>: x");
    let printed = format!("{entry:?}");
    for part in [
        r#"line: "2026-11-24 13:11:59 H=(\xff) [192.0.2.1] rejected RCPT <a>: x""#,
        "outcome: Some(Rejected)",
        "system: Some(Exim)",
    ] {
        assert!(printed.contains(part), "{printed}");
    }
}
