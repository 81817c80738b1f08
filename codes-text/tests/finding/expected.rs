//! What a client expected is no reply; what it got is one. Nor is a group of an address.

use super::check;

#[test]
fn what_was_expected_and_what_came() {
    check(&[
        (
            "expected reply code 250, but received 550 5.7.1 Client host blocked",
            "550 5.7.1 received",
        ),
        (
            "Expected response code 250 but got code \"535\", with message \"535 5.7.8 Authentication failed\"",
            "535 5.7.8",
        ),
        (
            "Expected response code \"250\" but got code \"550\", with message \"550 5.1.1 User unknown\".",
            "550 5.1.1",
        ),
        (
            "Expected response code 250 but got code \"535\"",
            "535 received",
        ),
        (
            "Expected response code \"250/251/252\" but got code \"550\"",
            "550 received",
        ),
        ("expected 354 got 550", "550 received"),
        (
            "expected 250, got 550 5.1.1 no such user",
            "550 5.1.1 received",
        ),
        (
            "smtp: expected 250, 251 or 252 but the server said: 550 no",
            "550 received",
        ),
        (
            "expected one of the reply codes 250, 251; received 451",
            "451 received",
        ),
        (
            "Expected 220 from server, got: 554 5.7.1 no",
            "554 5.7.1 received",
        ),
        ("wanted 250, got 451", "451 received"),
        (
            "Error: Expected code 354, got 503 5.5.1 bad sequence",
            "503 5.5.1 received",
        ),
        ("{\"expected\":250,\"received\":550}", "550 received"),
        ("{\"expectedCode\":250,\"actualCode\":550}", "550 received"),
        ("expected=250 actual=550", "550 received"),
        ("server answered 550 instead of 250", "550 received"),
        ("550 received, 250 expected", "550"),
        ("got 550, expected 250", "550 received"),
        ("got \"550\", but expected \"250\"", "550 received"),
        ("Got 550 instead of 250", "550 received"),
        ("the reply code was 451 instead of 354", "451 received"),
        ("got 550, expected \"250 2.0.0 Ok\"", "550 received"),
        ("{\"code\":550,\"expected\":\"250 2.0.0 Ok\"}", "550"),
        ("got 550 messages, expected 250", ""),
        (
            "250 was expected, but the server said: 550 no",
            "550 received",
        ),
        (
            "expected 250 2.0.0 and got 550 5.1.1 no",
            "550 5.1.1 received",
        ),
        ("error=\"250 expected\" reply=\"550 no\"", "550 received"),
        ("expected 250", ""),
        ("expecting: 354", ""),
    ]);
}

#[test]
fn what_came_unexpected() {
    check(&[
        ("unexpected response: 550 5.1.1 no", "550 5.1.1 received"),
        ("Unexpected SMTP reply 550", "550"),
        ("unexpected reply code 550 from server", "550"),
        ("I did not expect 550 5.1.1 no", "550 5.1.1"),
        ("as expected: 550 5.1.1 no", "550 5.1.1"),
        ("550 5.7.1 expected a DKIM signature", "550 5.7.1"),
        ("503 5.5.1 RCPT expected", "503 5.5.1"),
    ]);
}

#[test]
fn groups_of_addresses() {
    let address = "[2001:db8:100:40::8:115]";
    for (line, expected) in [
        (
            "** ben@example.net R=dnslookup T=remote_smtp: SMTP error from remote mail server after RCPT TO:<ben@example.net>: host mx.example.net ADDRESS: 550-inconsistent or no DNS PTR record for 2001:db8:849:9800::aa:ef7d (see RFC\\n550 1912 2.1)",
            "550 RCPT received mx.example.net[2001:db8:100:40::8:115]",
        ),
        (
            "== ben@example.net R=dnslookup T=remote_smtp defer (-44): SMTP error from remote mail server after RCPT TO:<ben@example.net>: host mx.example.net ADDRESS: 451 4.7.1 Greylisted",
            "451 4.7.1 RCPT received mx.example.net[2001:db8:100:40::8:115]",
        ),
        (
            "H=mx.example.net ADDRESS: SMTP error from remote mail server after RCPT TO:<ben@example.net>: 451 Greylisted",
            "451 RCPT received mx.example.net[2001:db8:100:40::8:115]",
        ),
        (
            "SMTP error from remote mail server after RCPT TO:<ben@example.net>:\nhost mx.example.net ADDRESS: 550 5.1.1 User unknown",
            "550 5.1.1 RCPT received mx.example.net[2001:db8:100:40::8:115]",
        ),
        (
            "host mx.example.net ADDRESS: 451 4.7.1 x",
            "451 4.7.1 received mx.example.net[2001:db8:100:40::8:115]",
        ),
        (
            "host mx.example.net[2001:db8:100:40::8:115] said: 550 5.7.1 ADDRESS is blocked",
            "550 5.7.1 received mx.example.net[2001:db8:100:40::8:115]",
        ),
        ("error ADDRESS", ""),
        ("code: ADDRESS", ""),
        ("connect to ADDRESS:25: Connection refused", ""),
    ] {
        check(&[(&line.replace("ADDRESS", address), expected)]);
    }
}

#[test]
fn every_group_in_every_bracketing() {
    let before = "SMTP error from remote mail server after end of data: host mx.example.net ";
    for group in ["100", "250", "354", "421", "550", "999"] {
        for address in [
            format!("2001:db8:{group}::1"),
            format!("2001:db8::{group}"),
            format!("2001:db8:{group}:40::8:115"),
            format!("2001:{group}:{group}:{group}:{group}:{group}:{group}:{group}"),
            format!("2001:db8:{group}::192.0.2.1"),
            format!("fe80::{group}%eth0"),
        ] {
            for (open, close) in [
                ("[", "]"),
                ("(", ")"),
                ("<", ">"),
                ("{", "}"),
                ("\"", "\""),
                ("", ""),
                ("[IPv6:", "]"),
                ("[", "]:25"),
                ("remote:", ""),
                ("", "/64"),
            ] {
                let text = format!("{before}{open}{address}{close}: 451 4.7.1 later");
                let found = codes_text::find(text.as_bytes());
                let codes: Vec<_> = found.filter_map(|found| found.code()).collect();
                assert_eq!(codes.len(), 1, "{text}: {codes:?}");
                assert_eq!(codes[0], 451, "{text}");
            }
        }
    }
    // Colons do not make an address.
    check(&[
        ("Net::SMTP::550 5.1.1 no", ""),
        ("error: 550: 5.1.1 no", "550 5.1.1 received"),
        ("smtp;550:5.1.1 no", "550 5.1.1 received"),
        ("code:550: no", "550"),
    ]);
}
