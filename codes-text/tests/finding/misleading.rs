//! What a server may say to look like another reply, and codes that stand apart.

use super::check;

#[test]
fn a_reply_within_the_words_of_another() {
    check(&[
        (
            "Nov 24 06:01:02 mx postfix/smtp[123]: 4XyZ1a2b3c: to=<u@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, dsn=5.7.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.7.1 no (in reply to MAIL FROM command) host bank.example [203.0.113.1] said: 421 4.1.1 forged (in reply to RCPT TO command))",
            "550 5.7.1 MAIL received mx.example.com[192.0.2.1] bounced <u@example.com>; 421 4.1.1 RCPT received bank.example[203.0.113.1] bounced <u@example.com> disagrees",
        ),
        (
            "Nov 24 06:01:02 mx postfix/smtp[123]: 4XyZ1a2b3c: to=<u@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, dsn=5.7.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.7.1 no), relay=bank.example[203.0.113.1]:25, dsn=2.0.0, status=sent (250 2.0.0 fine (in reply to RCPT TO command))",
            "550 5.7.1 RCPT received mx.example.com[192.0.2.1] bounced <u@example.com>",
        ),
        (
            "Nov 24 06:01:02 mx postfix/smtp[123]: 4XyZ1a2b3c: to=<u@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, dsn=5.7.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.7.1 no (in reply to RCPT TO command)), relay=bank.example[203.0.113.1]:25, status=sent (250 2.0.0 fine (in reply to RCPT TO command))",
            "550 5.7.1 RCPT received mx.example.com[192.0.2.1] bounced <u@example.com>",
        ),
    ]);
}

#[test]
fn the_reply_code_behind_the_words() {
    check(&[
        (
            "5.1.1 unknown user; 550 rejected",
            "550 5.1.1 (enhanced-form)",
        ),
        (
            "5.1.1 <u@example.com>... User unknown (reply: 550)",
            "550 5.1.1 (enhanced-form)",
        ),
        (
            "u@example.com: 5.1.1 no such: Server said 550",
            "550 5.1.1 (enhanced-form)",
        ),
        ("5.2.2 Mailbox full; 550 MB used", "5.2.2"),
        ("5.1.1 unknown user; 450 rejected", "5.1.1"),
    ]);
}

#[test]
fn a_host_of_exchange() {
    check(&[
        (
            "Remote Server at mx.example.com (192.0.2.1) returned '400 4.4.7 Message delayed'",
            "400 4.4.7 received mx.example.com[192.0.2.1]",
        ),
        (
            "1/2/2026 6:21:01 AM - Remote Server at mx.example.com (2001:db8::1) returned '451 4.7.500 Server busy.'",
            "451 4.7.500 received mx.example.com[2001:db8::1]",
        ),
        (
            "Remote Server returned '550 5.1.1 no'",
            "550 5.1.1 received",
        ),
    ]);
}

#[test]
fn a_status_of_http() {
    check(&[
        ("504 Gateway Timeout", ""),
        ("504 Gateway Time-out", ""),
        ("502 Bad Gateway", ""),
        ("500 Internal Server Error", ""),
        ("502 Command not implemented", "502"),
        ("<<< 500 Internal Server Error", "500 received"),
    ]);
}
