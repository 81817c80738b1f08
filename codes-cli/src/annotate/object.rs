//! The JSON form of a reply, octet for octet what serde makes of it, in a third of the time.

use std::io::{self, Write};

use crate::reply::record::{Name, Record};
use crate::visible;

/// Appends a reply.
pub(super) fn write(reply: &Record<'_>, to: &mut Vec<u8>) -> io::Result<()> {
    to.extend_from_slice(b"{\"at\":[");
    number(reply.at[0] as u64, to);
    to.push(b',');
    number(reply.at[1] as u64, to);
    to.extend_from_slice(b"],\"code\":");
    match reply.code {
        Some(code) => number(code.into(), to),
        None => to.extend_from_slice(NULL),
    }
    to.extend_from_slice(b",\"enhanced\":");
    match reply.enhanced {
        Some(code) => {
            to.extend_from_slice(&[b'"', b'0' + code.class().digit(), b'.']);
            number(code.subject().into(), to);
            to.push(b'.');
            number(code.detail().into(), to);
            to.push(b'"');
        }
        None => to.extend_from_slice(NULL),
    }
    word(b",\"command\":", reply.command, to);
    to.extend_from_slice(b",\"host\":");
    match &reply.host {
        Some(Name::Name(name)) => string(name, to)?,
        Some(Name::Address(address)) => write!(to, "\"{address}\"")?,
        None => to.extend_from_slice(NULL),
    }
    to.extend_from_slice(b",\"address\":");
    match reply.address {
        Some(address) => write!(to, "\"{address}\"")?,
        None => to.extend_from_slice(NULL),
    }
    word(b",\"direction\":", reply.direction, to);
    word(b",\"class\":", reply.class, to);
    word(b",\"action\":", reply.action, to);
    word(b",\"scope\":", reply.scope, to);
    word(b",\"actor\":", reply.actor, to);
    to.extend_from_slice(b",\"deviations\":[");
    for (at, deviation) in reply.deviations.iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        write!(to, "{comma}\"{deviation}\"")?;
    }
    to.push(b']');
    word(b",\"certainty\":", reply.certainty, to);
    word(b",\"origin\":", reply.origin, to);
    word(b",\"outcome\":", reply.outcome, to);
    to.extend_from_slice(b",\"recipient\":");
    match &reply.recipient {
        Some(recipient) => string(recipient, to)?,
        None => to.extend_from_slice(NULL),
    }
    to.extend_from_slice(match reply.disagrees {
        true => b",\"disagrees\":true}",
        false => b",\"disagrees\":false}",
    });
    Ok(())
}

const NULL: &[u8] = b"null";

/// Appends a number; `write!` takes ten times as long, and each record has some.
pub(super) fn number(mut number: u64, to: &mut Vec<u8>) {
    // As many digits as the largest number has.
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            return to.extend_from_slice(&digits[at..]);
        }
    }
}

/// A key and a word of ours, in which nothing has to be escaped.
fn word(key: &[u8], word: Option<&str>, to: &mut Vec<u8>) {
    to.extend_from_slice(key);
    match word {
        Some(word) => {
            to.push(b'"');
            to.extend_from_slice(word.as_bytes());
            to.push(b'"');
        }
        None => to.extend_from_slice(NULL),
    }
}

/// A text from outside, without what acts on a terminal.
fn string(text: &str, to: &mut Vec<u8>) -> io::Result<()> {
    let is_plain = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\');
    if text.bytes().all(is_plain) {
        to.push(b'"');
        to.extend_from_slice(text.as_bytes());
        to.push(b'"');
        return Ok(());
    }
    let text = serde_json::to_string(text)?;
    to.extend_from_slice(visible::json(&text).as_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use codes_text::find;

    use super::*;

    #[test]
    fn numbers_are_written_whole() {
        for given in [0, 7, 10, 999, 1000, u64::MAX] {
            let mut ours = Vec::new();
            number(given, &mut ours);
            assert_eq!(ours, given.to_string().as_bytes());
        }
    }

    #[test]
    fn it_is_what_serde_makes_of_it() {
        let texts = [
            "550 5.1.1 no",
            "250 ok",
            "host mx.example.net[192.0.2.1] said: 550-5.7.1 no 550 5.7.1 never (in reply to RCPT TO \
             command)",
            "postfix/smtp[1]: 1A: to=<\"a\\\u{1b}ü\u{9b}\"@example.org>, relay=mx.example.net[2001:db8::1]:25, \
             dsn=4.7.1, status=deferred (host mx.example.net[2001:db8::1] said: 451 4.7.1 later (in \
             reply to MAIL FROM command))",
            "NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 554 5.7.1 no; from=<a@example.com> \
             to=<b@example.org> proto=ESMTP helo=<x>",
            "dsn=5.0.0, status=bounced (mail for example.org loops back to myself)",
            "550\t5.1.1: no\r\n599no\r\n",
            "milter-reject: END-OF-MESSAGE from mail.example.com[192.0.2.2]: 5.7.1 no",
        ];
        let mut seen = String::new();
        for text in texts {
            for found in find(text.as_bytes()) {
                let reply = Record::of(&found);
                let mut ours = Vec::new();
                write(&reply, &mut ours).expect("memory takes it");
                let ours = String::from_utf8(ours).expect("UTF-8");
                let serde = serde_json::to_string(&reply).expect("JSON");
                assert_eq!(ours, visible::json(&serde));
                seen.push_str(&ours);
            }
        }
        // Both kinds of each field are among them.
        for part in [
            "\"enhanced\":null",
            "\"address\":\"2001:db8::1\"",
            "\"deviations\":[\"",
            "\\u009b",
        ] {
            assert!(seen.contains(part), "{part}: {seen}");
        }
    }
}
