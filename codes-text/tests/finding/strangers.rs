//! Addresses, names and subjects that look like replies: anybody can write them into a log.

use super::check;

#[test]
fn what_strangers_wrote_is_no_reply() {
    check(&[
        (
            "Nov 24 03:12:45 mail postfix/smtpd[1]: connect from unknown[198.51.100.7]: said: 550 5.1.1 x",
            "",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from said-550-5.1.1.example.org[198.51.100.7]: 450 4.7.1 <x>: Helo command rejected: Host not found; from=<a@example.org> to=<u@example.com> proto=ESMTP helo=<x[1.2.3.4] said: 550 5.1.1 pwn (in reply to RCPT TO command)>",
            "450 4.7.1 RCPT given said-550-5.1.1.example.org[198.51.100.7] rejected <u@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[1]: warning: c.example.org[198.51.100.7]: SASL LOGIN authentication failed: 535 5.7.8 x, sasl_username=said: 550 5.1.1 x",
            "535 5.7.8 given",
        ),
        (
            "Nov 24 03:12:45 mail postfix/cleanup[1]: A1: reject: body <<< 550 5.1.1 evil from c.example.org[198.51.100.7]; from=<a@example.org> to=<u@example.com> proto=ESMTP helo=<c>: 5.7.1 no",
            "5.7.1 given rejected <u@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[1]: A1: to=<\"x said: 450 4.1.1 y\"@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 no (in reply to RCPT TO command))",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1] bounced <\"x said: 450 4.1.1 y\"@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[1]: A1: to=<u@example.com>, orig_to=<\"status=sent (250 2.0.0 ok)\"@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 no (in reply to RCPT TO command))",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1] bounced <u@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail sm-mta[1]: 5AO: from=<\"stat=Deferred: 450 4.1.1 x\"@example.org>, size=550, class=0, nrcpts=1, msgid=<x said: 550 5.1.1@y>, proto=ESMTP, daemon=MTA, relay=c.example.org [198.51.100.7]",
            "",
        ),
        (
            "Nov 24 03:12:45 mail sm-mta[1]: 5AO: c.example.org [198.51.100.7]: VRFY 550 5.1.1 x [rejected]",
            "",
        ),
        (
            "2026-11-24 03:12:45 H=(550 5.1.1 x) [198.51.100.7] rejected EHLO or HELO 550 5.1.1 x: syntactically invalid argument(s): 550 5.1.1 x",
            "",
        ),
        (
            "2026-11-24 03:12:45 SMTP syntax error in \"RCPT TO:<said: 550 5.1.1 x>\" H=c.example.org [198.51.100.7] malformed address",
            "",
        ),
        (
            "2026-11-24 03:12:45 H=c.example.org [198.51.100.7] F=<\"C=250 2.0.0\"@example.org> rejected RCPT <\"said: 550 5.1.1\"@example.com>: relay not permitted",
            "",
        ),
        (
            "Nov 24 03:12:45 mail smtpd[1]: 8f smtp message msgid=7077717e size=550 nrcpt=1 proto=ESMTP from=<\"result=\\\"550 5.1.1\\\"\"@example.org>",
            "",
        ),
        (
            "@40000000419f13a321bbf6a4 info msg 550: bytes 250 from <Remote_host_said:_550_5.1.1@example.org> qp 554 uid 421",
            "",
        ),
        (
            "@40000000419f13a321bbf6a4 starting delivery 1: msg 2 to remote Remote_host_said:_550_5.1.1_x@example.com",
            "",
        ),
        (
            "Nov 24 03:12:45 mail dovecot: imap-login: Disconnected: user=<said: 550 5.1.1 x>, rip=198.51.100.7",
            "",
        ),
        (
            "Nov 24 03:12:45 mail rspamd[1]: <a>; task; subject: 'host x[1.2.3.4] said: 550 5.1.1 x (in reply to RCPT TO command)'",
            "",
        ),
        (
            "Nov 24 03:12:45 mail amavis[1]: (1) Passed CLEAN, [198.51.100.7] <a@example.org> -> <u@example.com>, Subject: \"550 5.1.1 User unknown\", Hits: 2.5, 550 ms",
            "",
        ),
        (
            "Nov 24 03:12:45 mail postgrey[1]: action=pass, reason=triplet found, client_name=c.example.org, sender=<\"550 5.1.1\"@example.org>, recipient=u@example.com",
            "",
        ),
        (
            "2026-11-24T03:12:45Z WARN Mailbox does not exist (smtp.mailbox-does-not-exist) listenerId = \"smtp\", remoteIp = 198.51.100.7, to = \"550 5.1.1 x@example.com\"",
            "",
        ),
        (
            "2026-11-24 03:12:45 login authenticator failed for (User) [198.51.100.7]: 535 Incorrect authentication data (set_id=said: 550 5.1.1 x)",
            "535 AUTH given [198.51.100.7]",
        ),
        (
            "2026-11-24 03:12:45 login authenticator failed for (said: 550 5.1.1) [198.51.100.7]: 535 Incorrect authentication data (set_id=info)",
            "535 AUTH given [198.51.100.7]",
        ),
        (
            "Nov 24 03:12:45 mail sendmail[550]: 3AO3Cj000550: ruleset=check_rcpt, arg1=<\"reject=450 4.1.1 x\"@example.com>, relay=c.example.org [198.51.100.7], reject=550 5.7.1 <u@example.com>... Relaying denied",
            "550 5.7.1 RCPT given c.example.org[198.51.100.7] rejected <\"reject=450 4.1.1 x\"@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail sendmail[550]: 3AO3Cj000550: <x said: 550 5.1.1>... User unknown",
            "",
        ),
        (
            "2026-11-24T03:12:45.550Z,EXCH\\Default,08D550,5,192.0.2.9:25,198.51.100.7:25500,<,RCPT TO:<said: 550 5.1.1 x@example.com>,",
            "",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from c.example.org[198.51.100.7]: 450 4.7.1 <x said: 550 5.1.1 y>: Helo command rejected: Host not found; from=<a@example.org> to=<u@example.com> proto=ESMTP helo=<x said: 550 5.1.1 y>",
            "450 4.7.1 RCPT given c.example.org[198.51.100.7] rejected <u@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from c.example.org[198.51.100.7]: 450 4.7.1 <x>: Helo command rejected: Host not found; from=<a@example.org> to=<u@example.com> proto=ESMTP helo=<x>: 550 5.1.1 y>",
            "450 4.7.1 RCPT given c.example.org[198.51.100.7] rejected <u@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[1]: A1: to=<\"x, relay=evil.example[203.0.113.9]:25, status=sent\"@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 no (in reply to RCPT TO command))",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1] bounced <\"x, relay=evil.example[203.0.113.9]:25, status=sent\"@example.com>",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab ** \"x said: 450 4.1.1 y\"@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after RCPT TO:<\"x said: 450 4.1.1 y\"@example.com>: 550 5.1.1 User unknown",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1] bounced <\"x said: 450 4.1.1 y\"@example.com>",
        ),
        (
            "2026-11-24 03:12:45 H=c.example.org (x said: 550 5.1.1 y) [198.51.100.7] F=<a@example.org> rejected RCPT <u@example.com>: relay not permitted",
            "",
        ),
        (
            "{\"event\":\"failed\",\"message\":{\"headers\":{\"subject\":\"host mx.example.com[192.0.2.1] said: 550 5.1.1 x\",\"from\":\"450 4.1.1 x\"}},\"delivery-status\":{\"code\":554,\"message\":\"5.7.1 Spam\"}}",
            "554 5.7.1",
        ),
    ]);
}

#[test]
fn what_looks_like_an_address_hides_no_reply() {
    check(&[
        (
            "host mx.example.com[192.0.2.1] said: 550 5.1.1 <\"john doe\"@example.com> unknown (in reply to RCPT TO command)",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1]",
        ),
        (
            "after RCPT TO:<user@example.com: SMTP error from remote mail server after RCPT TO:<user@example.com>: 550 5.1.1 x",
            "550 5.1.1 RCPT received",
        ),
        (
            "to=<unclosed, relay=mx.example.com[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 no)",
            "550 5.1.1 received mx.example.com[192.0.2.1] bounced",
        ),
        ("<p>550 5.1.1 User unknown</p>", "550 5.1.1"),
        (
            "The domain \"@example.com\" said: 550 5.1.1 \"@example.net\" is unknown",
            "550 5.1.1 received",
        ),
    ]);
}
