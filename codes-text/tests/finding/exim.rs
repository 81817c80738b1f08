//! Lines of Exim's logs.

use super::check;

#[test]
fn deliveries() {
    check(&[
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab ** user@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] X=TLS1.2:ECDHE-RSA-AES256-GCM-SHA384:256 CV=yes: SMTP error from remote mail server after RCPT TO:<user@example.com>: 550 5.1.1 User unknown",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1] bounced <user@example.com>",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab == user@example.com R=dnslookup T=remote_smtp defer (-44) H=mx.example.com [192.0.2.1] X=TLS1.2:ECDHE-RSA-AES256-GCM-SHA384:256 CV=yes: SMTP error from remote mail server after pipelined MAIL FROM:<a@example.org> SIZE=222: 451 4.7.1 Greylisted",
            "451 4.7.1 MAIL received mx.example.com[192.0.2.1] deferred <user@example.com>",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab => user@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] X=TLS1.2:ECDHE-RSA-AES256-GCM-SHA384:256 CV=yes C=\"250 2.0.0 OK id=550\" QT=5.550s DT=0.250s",
            "250 2.0.0 received mx.example.com[192.0.2.1] sent <user@example.com>",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab -> user2@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] X=TLS1.2:ECDHE-RSA-AES256-GCM-SHA384:256 CV=yes C=\"250 OK\"",
            "250 received mx.example.com[192.0.2.1] sent <user2@example.com>",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab ** user@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] X=TLS1.2:ECDHE-RSA-AES256-GCM-SHA384:256 CV=yes: SMTP error from remote mail server after end of data: 554-rejected\\n554 as spam",
            "554 DATA-BODY received mx.example.com[192.0.2.1] bounced <user@example.com>",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab ** user@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] X=TLS1.2:ECDHE-RSA-AES256-GCM-SHA384:256 CV=yes: SMTP error from remote mail server after initial connection: 554 no service",
            "554 CONNECT received mx.example.com[192.0.2.1] bounced <user@example.com>",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab ** user@example.com R=r T=lmtp: LMTP error after RCPT TO:<user@example.com>: 550 5.1.1 no such user",
            "550 5.1.1 RCPT received bounced <user@example.com> lmtp",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab == user@example.com R=r T=t defer (-19) H=mx.example.com [192.0.2.1]: Malformed SMTP reply in response to RCPT TO:<user@example.com>: 550 no",
            "550 RCPT received mx.example.com[192.0.2.1] deferred <user@example.com>",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab ** user@example.com R=r T=t: SMTP error from remote mail server after RCPT TO:<user@example.com>: host mx.example.com [192.0.2.1]: 550-5.1.1 no\\n550 5.1.1 never",
            "550 5.1.1 RCPT received mx.example.com[192.0.2.1] bounced <user@example.com>",
        ),
        (
            "2026-11-24 03:12:45.550 +0100 [55025] 1tF2Xy-000000001vi-0000 ** user@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] X=TLS1.2:ECDHE-RSA-AES256-GCM-SHA384:256 CV=yes: SMTP error from remote mail server after DATA: 550 no",
            "550 DATA received mx.example.com[192.0.2.1] bounced <user@example.com>",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab ** user@example.com R=r T=t H=mx.example.com [192.0.2.1]: PRDR error after DATA: 550 second recipient does not like it",
            "550 DATA-BODY received mx.example.com[192.0.2.1] bounced <user@example.com>",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab plain authenticator failed H=mx.example.com [192.0.2.1] 535 Incorrect authentication data",
            "535 AUTH received mx.example.com[192.0.2.1]",
        ),
    ]);
}

#[test]
fn refusals() {
    check(&[
        (
            "2026-11-24 03:12:45 H=c.example.org [198.51.100.7] F=<a@example.org> rejected RCPT <user@example.com>: 550 5.7.1 relay not permitted",
            "550 5.7.1 RCPT given c.example.org[198.51.100.7] rejected",
        ),
        (
            "2026-11-24 03:12:45 H=c.example.org [198.51.100.7] F=<a@example.org> rejected RCPT <user@example.com>: relay not permitted",
            "",
        ),
        (
            "2026-11-24 03:12:45 login authenticator failed for (c) [198.51.100.7]:55025: 535 Incorrect authentication data (set_id=u550@example.com)",
            "535 AUTH given [198.51.100.7]",
        ),
    ]);
}
