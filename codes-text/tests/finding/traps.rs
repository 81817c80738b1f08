//! What looks like a code and is none.

use super::check;

#[test]
fn no_replies() {
    check(&[
        ("[5.6.7.8]", ""),
        ("192.0.2.550", ""),
        ("connect from c[250.1.1.1]", ""),
        ("SIZE=222", ""),
        ("size=550", ""),
        ("message size 8596800 exceeds size limit 550", ""),
        ("550 MB free", ""),
        ("250 messages in the queue", ""),
        ("550 kB", ""),
        ("port 587, port 250", ""),
        ("mx.example.com:250", ""),
        ("03:12:45", ""),
        ("2026-11-24 03:12:45.550", ""),
        ("12:250", ""),
        ("delays=0.1/250/2.5/4.4", ""),
        ("delay=550", ""),
        ("TLS 1.2", ""),
        ("TLSv1.2", ""),
        ("Postfix 2.5.6", ""),
        ("version 5.4.0", ""),
        ("Linux 5.4.0-550-generic", ""),
        ("v550", ""),
        ("postfix/smtp[550]: 4F2D61234: removed", ""),
        ("550ABC1234: removed", ""),
        ("4F250D61234", ""),
        ("mx550.example.com", ""),
        ("a550@example.com", ""),
        ("550@example.com", ""),
        ("+49 550 1234567", ""),
        ("call 555-0100", ""),
        ("Tel: 550 1234", ""),
        ("year 2050", ""),
        ("line 450", ""),
        ("line: 450", ""),
        ("error on line 550", ""),
        ("550%", ""),
        ("5.5.0.1", ""),
        ("1.5.1.1", ""),
        ("5.01.1", ""),
        ("5.1.1000", ""),
        ("15.1.1", ""),
        ("x5.1.1", ""),
        ("5.1.1x", ""),
        ("https://example.com/550", ""),
        ("https://example.com/?code=550", ""),
        ("https://example.com/5.1.1/x", ""),
        ("HTTP/1.1 404 Not Found", ""),
        ("HTTP error 503", ""),
        ("exit code 250", ""),
        ("550 of 1000", ""),
        ("250, 550 and 5", ""),
        ("$550", ""),
        ("550.00", ""),
        ("0550", ""),
        ("421st", ""),
        ("554th", ""),
        ("#550", ""),
        ("To: 550 Group <a@example.com>", ""),
        ("message-id=<550.5.1.1@example.com>", ""),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab <= a@example.org H=c.example.org [198.51.100.7] P=esmtps S=550 id=550.5.1.1@example.org",
            "",
        ),
        ("2026-11-24 03:12:45 1tF2Xy-000550-Ab Completed", ""),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[550]: connect from c.example.org[250.250.250.250]",
            "",
        ),
        (
            "Nov 24 03:12:45 mail postfix/qmgr[550]: 4F2D61234: from=<a@example.org>, size=550, nrcpt=250 (queue active)",
            "",
        ),
        (
            "Nov 24 03:12:45 mail postfix/cleanup[550]: 4F2D61234: message-id=<550.550@example.org>",
            "",
        ),
        (
            "Nov 24 03:12:45 mail postfix/cleanup[550]: 4F2D61234: warning: header Subject: 550 5.1.1 x from local; from=<a@example.org>",
            "",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, status=sent (delivered to command: procmail 250 550)",
            "",
        ),
        ("-- 550 Kbytes in 250 Requests.", ""),
        ("", ""),
        ("\n\n", ""),
    ]);
}

#[test]
fn what_a_client_or_the_mail_says() {
    check(&[
        (
            "Nov 24 03:12:45 mail postfix/smtpd[550]: warning: non-SMTP command from c.example.org[198.51.100.7]: 550 5.1.1 x",
            "",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[550]: improper command pipelining after DATA from unknown[198.51.100.7]: 550 5.1.1 x",
            "",
        ),
        (
            "Nov 24 03:12:45 mail postfix/cleanup[1]: 4F2D61234: info: header Subject: (host x[192.0.2.1] said: 550 5.1.1 x (in reply to RCPT TO command)) from local; from=<a@example.org>",
            "",
        ),
        (
            "Nov 24 03:12:45 mail postfix/qmgr[1]: 4F2D61234: from=<\"said: 550 5.1.1 x\"@example.org>, size=550, nrcpt=1 (queue active)",
            "",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab <= a@example.org H=c.example.org (said: 550 5.1.1) [198.51.100.7] P=esmtp S=550 T=\"550 5.1.1 x\"",
            "",
        ),
        (
            "SMTP call from c.example.org [198.51.100.7] dropped: too many unrecognized commands (last was \"550 5.1.1 x\")",
            "",
        ),
        (
            "2026-11-24 03:12:45 SMTP protocol synchronization error: rejected \"RSET\" H=c.example.org [198.51.100.7] next input=\"550 5.1.1\\r\\n\"",
            "",
        ),
        (
            "2026-11-24 03:12:45 unqualified recipient rejected: <550 5.1.1 x> H=c.example.org [198.51.100.7]",
            "",
        ),
        (">>> 550 5.1.1 in my text", ""),
        ("C: 550 5.1.1 in my text", ""),
    ]);
}
