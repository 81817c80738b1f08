//! Bounces and transcripts that somebody quoted or indented.

use codes_text::find;

use super::check;

#[test]
fn quoted_mail() {
    check(&[
        (
            "> Diagnostic-Code: smtp; 550\n>     5.1.1 <u@example.com>: x\n",
            "550 5.1.1 received",
        ),
        (
            "> <u@example.com>: host mx.example.com[192.0.2.1] said: 550-5.1.1 a\n>     b 550-5.1.1 c 550 5.1.1 d (in reply to RCPT TO\n>     command)\n",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1]",
        ),
        (
            "> > 550 5.1.1 User\n> >   unknown\n> > Sincerely\n",
            "550 5.1.1",
        ),
        ("> 550-5.1.1 a\n> 550 5.1.1 b\n> 250 ok", "550 5.1.1; 250"),
        (
            "> Status: 5.1.1\n> Diagnostic-Code: smtp;\n>     550 5.1.1 a\n>     b\n",
            "550 5.1.1 received",
        ),
        (
            "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: X-Postfix; host mx.example.com[192.0.2.1] said: 554\n    5.6.0 This message has been scored as spam (in reply to end of DATA command)\n",
            "554 5.6.0 DATA-BODY received mx.example.com[192.0.2.1] bounced <user@example.com>",
        ),
        (
            "Status : 5.0.0\nDiagnostic-Code : smtp;550 5.7.54 SMTP; Unable to relay\n",
            "550 5.7.54 received",
        ),
    ]);
}

#[test]
fn an_indented_transcript() {
    check(&[(
        "    220 mx.example.com ESMTP\n    EHLO x\n    250 mx\n    RCPT TO:<b@example.com>\n    550 User unknown",
        "220; 250 EHLO; 550 RCPT",
    )]);
}

#[test]
fn sentences() {
    let notice = "Der Server hat die Nachricht abgelehnt. Fehlercode 550.\n  Diagnoseinformationen:\n  mx.example.com lieferte: \u{201e}550 5.7.1 Zugriff verweigert\u{201c}. Tel. 0551 550 554\n";
    check(&[
        (notice, "550 5.7.1"),
        (
            "The server refused it with error 550.\n  Ask the administrator.\n",
            "550",
        ),
    ]);
    let alone = "  The server refused it with error 550.\n  Ask the administrator.\n";
    assert_eq!(
        find(alone.as_bytes())
            .next()
            .expect("a reply")
            .words()
            .to_string(),
        ""
    );
}

#[test]
fn quotation_marks_end_the_words() {
    for text in [
        "lieferte: \u{201e}550 5.7.1 Nein\u{201c}. Tel. 0551 550 554",
        "said \u{201c}550 5.7.1 Nein\u{201d} (550)",
        "r\u{e9}ponse : \u{ab}\u{a0}550 5.7.1 Nein\u{a0}\u{bb} le 3 mai",
        "Antwort: \u{bb}550 5.7.1 Nein\u{ab}.",
        "\u{300c}550 5.7.1 Nein\u{300d}\u{ff08}550\u{6587}\u{5b57}\u{ff09}",
        "returned \u{201c}550 Nein\u{201d} today",
    ] {
        let words: Vec<String> = find(text.as_bytes())
            .map(|found| found.words().to_string())
            .collect();
        assert_eq!(words, ["Nein"], "{text}");
    }
}
