//! What happens where something that is read reaches a limit: no text panics, and one octet more or less
//! never makes a reply of none, or none of one.

use super::told::told;

/// Checks what is found in texts that differ in their length alone.
fn same(texts: impl IntoIterator<Item = String>, expected: &str) {
    for text in texts {
        let shown = text.get(..200).unwrap_or(&text);
        let octets = text.len();
        assert_eq!(told(text.as_bytes()), expected, "{octets} octets: {shown}");
    }
}

/// Texts with so many times something between a beginning and an end.
fn filled(
    beginning: &str,
    filler: &str,
    times: std::ops::Range<usize>,
    end: &str,
) -> impl Iterator<Item = String> {
    times.map(move |times| format!("{beginning}{}{end}", filler.repeat(times)))
}

#[test]
fn spaces_between_codes() {
    same(filled("550", " ", 1..300, "550 x"), "550");
    same(filled("550 5.1.1", " ", 1..300, "x"), "550 5.1.1");
    same(filled("error 550", " ", 1..300, "x"), "550");
    same(filled("x 5.1.1", " ", 1..300, "550__"), "");
    // Further away than anybody writes it, a second code belongs to the words.
    let both = "550 5.1.1 received (enhanced-form)";
    same(filled("said: 5.1.1", " ", 1..97, "550__"), both);
    same(
        filled("said: 5.1.1", " ", 97..300, "550__"),
        "5.1.1 received",
    );
    same(filled("550", " ", 1..97, "5.1.1 x"), "550 5.1.1");
    same(filled("550", " ", 110..300, "5.1.1 x"), "550");
}

#[test]
fn a_line_that_a_stranger_can_put_into_a_log() {
    for line in [
        "Nov 24 03:12:45 mail postfix/smtpd[1]: warning: non-SMTP command from x[192.0.2.1]: 5.1.1",
        "2026-11-24 03:12:45 H=c.example.org [192.0.2.1] rejected EHLO or HELO 5.1.1",
        "Nov 24 03:12:45 mail postfix/cleanup[1]: 4XyZ: warning: header Subject: 5.1.1",
    ] {
        same(filled(line, " ", 1..300, "550__"), "");
    }
}

#[test]
fn words_as_long_as_they_are_read() {
    let lengths = 16_330..16_400;
    same(filled("550 5.1.1 ", "x", lengths, " 451__y"), "550 5.1.1");
    // What ends where they are no longer read is a code or none, and never half a code.
    let both = "550 5.1.1; 5.7.26 disagrees (enhanced-form)";
    let near = filled("550 5.1.1 ", "x", 16_330..16_375, " (#5.7.26)");
    same(near, both);
    for text in filled("550 5.1.1 ", "x", 16_375..16_400, " (#5.7.26)") {
        let found = told(text.as_bytes());
        assert!(
            ["550 5.1.1", "550 5.1.1; 5.7.26"].contains(&&*found),
            "{found}"
        );
    }
}

#[test]
fn a_report_as_long_as_it_is_read() {
    let long = |lengths| {
        let end = " \n Final-Recipient: rfc822; ann@example.com";
        filled("Diagnostic-Code: smtp; 550 5.1.1 ", "x", lengths, end)
    };
    let with_recipient = "550 5.1.1 received <ann@example.com>";
    same(long(16_250..16_309), with_recipient);
    // Half a recipient is none.
    same(long(16_309..16_400), "550 5.1.1 received");
    let beginning = "Action: failed\nC=\"";
    let end = "\n>  Action: failed\n";
    same(filled(beginning, "<", 16_300..16_400, end), "");
}

#[test]
fn the_last_field_of_a_report() {
    let report = "Final-Recipient: rfc822; a@b\nAction: failed\nX: ";
    for field in ["Status: 5.1.1", "Diagnostic-Code: smtp; 550 5.1.1"] {
        for text in filled(report, "x", 16_300..16_400, &format!("\n{field}")) {
            assert!(told(text.as_bytes()).contains("5.1.1"), "{}", text.len());
        }
    }
}
