//! Bounces: the fields of a report, and the words for people.

use super::check;

#[test]
fn reports() {
    check(&[
        (
            "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.example.com\nDiagnostic-Code: smtp; 550 5.1.1 <user@example.com>: User unknown",
            "550 5.1.1 received mx.example.com bounced <user@example.com>",
        ),
        (
            "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 Unknown user",
            "550 received bounced <user@example.com>",
        ),
        (
            "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 Unknown user",
            "5.1.1 bounced <user@example.com> summary; 550 received bounced <user@example.com>",
        ),
        (
            "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.4.7\nDiagnostic-Code: smtp; 450 4.7.1 later",
            "5.4.7 bounced <user@example.com> summary disagrees; 450 4.7.1 received bounced <user@example.com>",
        ),
        (
            "Final-Recipient: rfc822; user@example.com\nAction: failed\nStatus: 5.4.4",
            "5.4.4 bounced <user@example.com> summary",
        ),
        (
            "Final-Recipient: rfc822; a@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 no a\n\nFinal-Recipient: rfc822; b@example.org\nAction: delayed\nStatus: 4.2.2\nDiagnostic-Code: smtp; 452 4.2.2 b is full",
            "550 5.1.1 received bounced <a@example.com>; 452 4.2.2 received deferred <b@example.org>",
        ),
        (
            "Action: failed\nFinal-Recipient: rfc822;user@example.com\nStatus: 5.0.0\nRemote-MTA: dns; mx.example.com\nDiagnostic-Code: smtp; 550-5.1.1 one\n 550 5.1.1 two",
            "550 5.1.1 received mx.example.com bounced <user@example.com>",
        ),
        (
            "Diagnostic-Code: smtp; 550\r\n 5.1.1 folded\r\n words",
            "550 5.1.1 received",
        ),
        (
            "Diagnostic-Code: smtp;550-5.2.1 glued",
            "550 5.2.1 received",
        ),
        (
            "Diagnostic-Code: lmtp; 552 5.2.2 full",
            "552 5.2.2 received lmtp",
        ),
        (
            "Diagnostic-Code: X-Postfix; host mx.example.com[192.0.2.1] said: 550 5.1.1\n    unknown (in reply to RCPT TO\n    command)",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1]",
        ),
        ("Diagnostic-Code: X-Unix; 255", ""),
        (
            "Status : 5.1.1\nDiagnostic-Code : smtp;550 5.1.1 spaces",
            "550 5.1.1 received",
        ),
    ]);
}

#[test]
fn words_for_people() {
    check(&[
        (
            "<user@example.com>: host mx.example.com[192.0.2.1] said: 550 5.1.1\n    <user@example.com>: Recipient address rejected: User unknown (in reply to\n    RCPT TO command)",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1] <user@example.com>",
        ),
        (
            "<user@example.com>: delivery temporarily suspended: host\n    mx.example.com[192.0.2.1] said: 421 4.7.0 later (in reply to end of DATA command)",
            "421 4.7.0 DATA-BODY received mx.example.com[192.0.2.1] <user@example.com> repeated",
        ),
        (
            "  user@example.com\n    host mx.example.com [192.0.2.1]\n    SMTP error from remote mail server after RCPT TO:<user@example.com>:\n    550 5.1.1 <user@example.com>: Recipient address rejected:\n    User unknown",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1]",
        ),
        (
            "  user@example.com\n    SMTP error from remote mail server after end of data:\n    host mx.example.com [192.0.2.1]: 554 no",
            "554 DATA-BODY received mx.example.com[192.0.2.1]",
        ),
        (
            "Diagnostic-Code: smtp; 550-5.1.1 first 550-5.1.1 second\n    line, see http://example.com/550 550 5.1.1 bye\n    250 xyz",
            "550 5.1.1 received",
        ),
        (
            "The response from the remote server was:\n\n550 5.1.1 The email account that you tried to reach does not exist.",
            "550 5.1.1 received",
        ),
        (
            "The error that the other server returned was: 550 5.1.1 User unknown",
            "550 5.1.1 received",
        ),
        (
            "Remote Server returned '550 5.7.520 Access denied, your organization does not allow external forwarding.'",
            "550 5.7.520 received",
        ),
        (
            "mx.example.com gave this error:\n<user@example.com> 550 5.1.1 no such user",
            "550 5.1.1",
        ),
        (
            "   ----- Transcript of session follows -----\n... while talking to mx.example.com.:\n>>> RCPT To:<user@example.com>\n<<< 550 5.1.1 unknown\n550 5.1.1 <user@example.com>... User unknown",
            "550 5.1.1 RCPT received mx.example.com; 550 5.1.1",
        ),
        ("    (reason: 550 5.1.1 User unknown)", "550 5.1.1"),
        (
            "user@example.com Invalid Address, ERROR_CODE :550, ERROR_CODE :5.1.1 unknown",
            "550 5.1.1",
        ),
        ("see DSN code 5.1.1 in Exchange Online", "5.1.1"),
    ]);
}
