//! Lines of Postfix's log.

use super::check;

#[test]
fn what_a_server_said() {
    check(&[
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 <user@example.com>: Recipient address rejected: User unknown (in reply to RCPT TO command))",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1] bounced <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=5.0.0, status=bounced (host mx.example.com[192.0.2.1] said: 554 refused (in reply to end of DATA command))",
            "554 DATA-BODY received mx.example.com[192.0.2.1] bounced <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=4.7.1, status=deferred (host mx.example.com[192.0.2.1] said: 450 4.7.1 Greylisted (in reply to MAIL FROM command))",
            "450 4.7.1 MAIL received mx.example.com[192.0.2.1] deferred <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 550ABC)",
            "250 2.0.0 received mx.example.com[192.0.2.1] sent <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=2.0.0, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 4F2D61235)",
            "250 2.0.0 received mx.example.com[192.0.2.1] sent <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=4.7.0, status=deferred (host mx.example.com[192.0.2.1] refused to talk to me: 421 4.7.0 Too many connections)",
            "421 4.7.0 CONNECT received mx.example.com[192.0.2.1] deferred <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=4.7.5, status=deferred (TLS is required, but host mx.example.com[192.0.2.1] refused to start TLS: 454 4.7.0 TLS not available)",
            "4.7.5 mx.example.com[192.0.2.1] deferred <user@example.com> summary disagrees; 454 4.7.0 STARTTLS received mx.example.com[192.0.2.1] deferred <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=4.7.8, status=deferred (SASL authentication failed; server mx.example.com[192.0.2.1] said: 535 5.7.8 Authentication failed)",
            "535 5.7.8 AUTH received mx.example.com[192.0.2.1] deferred <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: host mx.example.com[192.0.2.1] said: 451 4.3.0 Try later (in reply to EHLO command)",
            "451 4.3.0 EHLO received mx.example.com[192.0.2.1]",
        ),
        (
            "Nov 24 03:12:45 mail postfix/error[550]: 4F2D61234: to=<user@example.com>, relay=none, delay=55, delays=55/0/0/0, dsn=4.7.0, status=deferred (delivery temporarily suspended: host mx.example.com[192.0.2.1] refused to talk to me: 421 4.7.0 busy)",
            "421 4.7.0 CONNECT received mx.example.com[192.0.2.1] deferred <user@example.com> repeated",
        ),
        (
            "Nov 24 03:12:45 mail postfix/lmtp[550]: 4F2D61234: to=<user@example.com>, relay=mail.example.com[private/dovecot-lmtp], delay=0.1, dsn=5.2.2, status=bounced (host mail.example.com[private/dovecot-lmtp] said: 552 5.2.2 <user@example.com> Quota exceeded (mailbox for user is full) (in reply to end of DATA command))",
            "552 5.2.2 DATA-BODY received mail.example.com bounced <user@example.com> lmtp",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=5.1.1, status=bounced (host 2001:db8::25[2001:db8::25] said: 550 5.1.1 no (in reply to RCPT TO command))",
            "550 5.1.1 RCPT received [2001:db8::25] bounced <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=5.7.1, status=bounced (host mx.example.com[192.0.2.1] said: 550-5.7.1 [2001:db8:3:25:100::2      12] Our system has detected that 550-5.7.1 this is unlikely mail. 550 5.7.1 more (in reply to end of DATA command))",
            "550 5.7.1 DATA-BODY received mx.example.com[192.0.2.1] bounced <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=5.7.1, status=expired, returned to sender",
            "5.7.1 mx.example.com[192.0.2.1] expired <user@example.com> summary",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=none, delay=5, status=deferred (connect to mx.example.com[192.0.2.1]: server refused to talk to me: 421 busy)",
            "421 CONNECT received mx.example.com[192.0.2.1] deferred <user@example.com>",
        ),
    ]);
}

#[test]
fn fields_that_sum_up() {
    check(&[
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=none, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.1]:25: Connection timed out)",
            "4.4.1 deferred <user@example.com> summary",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=local, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=2.0.0, status=sent (delivered to mailbox)",
            "2.0.0 sent <user@example.com> summary",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 no such user (in reply to RCPT TO command))",
            "5.1.1 mx.example.com[192.0.2.1] bounced <user@example.com> summary; 550 RCPT received mx.example.com[192.0.2.1] bounced <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: 4F2D61234: to=<user@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=5.5, delays=0.1/0.02/2.5/2.88, dsn=4.1.1, status=SOFTBOUNCE (host mx.example.com[192.0.2.1] said: 550 5.1.1 no such user (in reply to RCPT TO command))",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1] deferred <user@example.com>",
        ),
    ]);
}

#[test]
fn what_we_said() {
    check(&[
        (
            "Nov 24 03:12:45 mail postfix/smtpd[550]: NOQUEUE: reject: RCPT from c.example.org[198.51.100.7]: 554 5.7.1 <user@example.com>: Relay access denied; from=<a@example.org> to=<user@example.com> proto=ESMTP helo=<c.example.org>",
            "554 5.7.1 RCPT given c.example.org[198.51.100.7] rejected <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[550]: NOQUEUE: reject: RCPT from unknown[198.51.100.7]: 450 4.7.25 Client host rejected: cannot find your hostname, [198.51.100.7]; from=<a@example.org> to=<user@example.com> proto=ESMTP helo=<c.example.org>",
            "450 4.7.25 RCPT given [198.51.100.7] rejected <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[550]: NOQUEUE: reject: RCPT from unknown[unknown]: 450 4.7.1 no; from=<a@example.org> to=<user@example.com> proto=ESMTP helo=<c.example.org>",
            "450 4.7.1 RCPT given rejected <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[550]: NOQUEUE: reject: CONNECT from c.example.org[198.51.100.7]:550: 554 5.7.1 Access denied; proto=SMTP",
            "554 5.7.1 CONNECT given c.example.org[198.51.100.7] rejected",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[550]: 4F2D61234: reject: DATA from c.example.org[198.51.100.7]: 503 5.5.1 Error: need RCPT command; from=<a@example.org> to=<user@example.com> proto=ESMTP helo=<c.example.org>",
            "503 5.5.1 DATA given c.example.org[198.51.100.7] rejected <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[550]: NOQUEUE: reject_warning: RCPT from c.example.org[198.51.100.7]: 450 4.7.1 would be refused; from=<a@example.org> to=<user@example.com> proto=ESMTP helo=<c.example.org>",
            "450 4.7.1 RCPT given c.example.org[198.51.100.7] <user@example.com> withheld",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[550]: NOQUEUE: reject: EHLO from c.example.org[198.51.100.7]: 504 5.5.2 <c>: Helo command rejected; proto=SMTP helo=<c>",
            "504 5.5.2 EHLO given c.example.org[198.51.100.7] rejected",
        ),
        (
            "Nov 24 03:12:45 mail postfix/cleanup[550]: 4F2D61234: milter-reject: END-OF-MESSAGE from c.example.org[198.51.100.7]: 5.7.1 Spam message rejected; from=<a@example.org> to=<user@example.com> proto=ESMTP helo=<c.example.org>",
            "5.7.1 DATA-BODY given c.example.org[198.51.100.7] rejected <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/postscreen[550]: NOQUEUE: reject: RCPT from [198.51.100.7]:55025: 550 5.7.1 Service unavailable; client [198.51.100.7] blocked using dnsbl.example.net; from=<a@example.org>, to=<user@example.com>, proto=ESMTP, helo=<c>",
            "550 5.7.1 RCPT given [198.51.100.7] rejected <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[550]: proxy-reject: END-OF-MESSAGE: 554 5.7.0 Reject, id=31619-02 - spam; from=<a@example.org> to=<user@example.com> proto=ESMTP helo=<c.example.org>",
            "554 5.7.0 DATA-BODY given rejected <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/cleanup[550]: 4F2D61234: reject: header Subject: 550 5.1.1 x from c.example.org[198.51.100.7]; from=<a@example.org> to=<user@example.com> proto=ESMTP helo=<c.example.org>: 5.7.1 message content rejected",
            "5.7.1 given rejected <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[550]: > c.example.org[198.51.100.7]: 250 2.1.0 Ok",
            "250 2.1.0 given c.example.org[198.51.100.7]",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[550]: < mx.example.com[192.0.2.1]:25: 250-PIPELINING",
            "250 received mx.example.com[192.0.2.1]",
        ),
    ]);
}
