//! Bounces and transcripts that somebody quoted or indented.

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
