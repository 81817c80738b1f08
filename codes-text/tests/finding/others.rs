//! Lines of other mail systems.

use super::check;

#[test]
fn sendmail() {
    check(&[
        (
            "Nov 24 03:12:45 mail sm-mta[550]: 5AO3Cj25012345: to=<user@example.com>, delay=00:05:50, xdelay=00:00:02, mailer=esmtp, pri=120550, relay=mx.example.com. [192.0.2.1], dsn=5.1.1, reply=550 5.1.1 <user@example.com>... User unknown, stat=User unknown",
            "550 5.1.1 received mx.example.com[192.0.2.1] bounced <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail sm-mta[550]: 5AO3Cj25012345: to=<user@example.com>, delay=00:05:50, xdelay=00:00:02, mailer=esmtp, pri=120550, relay=mx.example.com. [192.0.2.1], dsn=2.0.0, stat=Sent (250 2.0.0 Ok: queued as 550)",
            "250 2.0.0 received mx.example.com[192.0.2.1] sent <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail sm-mta[550]: 5AO3Cj25012345: to=<user@example.com>, delay=00:05:50, xdelay=00:00:02, mailer=esmtp, pri=120550, relay=mx.example.com. [192.0.2.1], dsn=4.7.1, stat=Deferred: 451 4.7.1 Greylisted",
            "451 4.7.1 received mx.example.com[192.0.2.1] deferred <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail sm-mta[550]: 5AO3Cj25012345: to=<user@example.com>, delay=00:05:50, xdelay=00:00:02, mailer=esmtp, pri=120550, relay=mx.example.com. [192.0.2.1], dsn=5.1.2, stat=Host unknown (Name server: mx.example.com: host not found)",
            "5.1.2 mx.example.com[192.0.2.1] bounced <user@example.com> summary",
        ),
        (
            "Nov 24 03:12:45 mail sm-mta[550]: ruleset=check_rcpt, arg1=<user@example.com>, relay=c.example.org [198.51.100.7], reject=550 5.7.1 <user@example.com>... Relaying denied",
            "550 5.7.1 RCPT given c.example.org[198.51.100.7] rejected <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail sm-mta[550]: ruleset=check_relay, arg1=[198.51.100.7], arg2=198.51.100.7, relay=[198.51.100.7], reject=553 5.3.0 Rejected",
            "553 5.3.0 CONNECT given [198.51.100.7] rejected",
        ),
        (
            "Nov 24 03:12:45 mail sm-mta[550]: 5AO3Cj25012345: Milter: to=<user@example.com>, reject=451 4.7.1 Greylisting, come back in 00:05:50",
            "451 4.7.1 RCPT given rejected <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail sm-mta[550]: 5AO3Cj25012345: Milter: data, reject=550 5.7.1 Command rejected",
            "550 5.7.1 DATA-BODY given rejected",
        ),
    ]);
}

#[test]
fn opensmtpd() {
    check(&[
        (
            "Nov 24 03:12:45 mail smtpd[550]: 8f4864084ecc48f4 mta delivery evpid=7077717e797a776e from=<a@example.org> to=<user@example.com> rcpt=<-> source=\"203.0.113.1\" relay=\"192.0.2.1 (mx.example.com)\" delay=550s result=\"PermFail\" stat=\"550 5.1.1 User unknown\"",
            "550 5.1.1 received [192.0.2.1] bounced <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail smtpd[550]: 8f4864084ecc48f4 mta delivery evpid=7077717e797a776e from=<a@example.org> to=<user@example.com> rcpt=<-> source=\"203.0.113.1\" relay=\"192.0.2.1 (mx.example.com)\" delay=550s result=\"Ok\" stat=\"250 2.0.0 Ok\"",
            "250 2.0.0 received [192.0.2.1] sent <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail smtpd[550]: 8f4864084ecc48f4 mta delivery evpid=7077717e797a776e from=<a@example.org> to=<user@example.com> rcpt=<-> source=\"203.0.113.1\" relay=\"192.0.2.1 (mx.example.com)\" delay=550s result=\"TempFail\" stat=\"451 4.7.1 Later\"",
            "451 4.7.1 received [192.0.2.1] deferred <user@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail smtpd[550]: 8f4864084ecc48f4 smtp failed-command command=\"RCPT TO:<user@example.com>\" result=\"550 Invalid recipient: <user@example.com>\"",
            "550 RCPT given",
        ),
    ]);
}

#[test]
fn qmail() {
    check(&[
        (
            "@40000000419f13a321bbf6a4 delivery 250: failure: 192.0.2.1_does_not_like_recipient./Remote_host_said:_550_5.1.1_No_such_user/Giving_up_on_192.0.2.1./",
            "550 5.1.1 RCPT received [192.0.2.1] bounced",
        ),
        (
            "@40000000419f13a321bbf6a4 delivery 250: success: 192.0.2.1_accepted_message./Remote_host_said:_250_ok_1392180611_qp_10394/",
            "250 DATA-BODY received [192.0.2.1] sent",
        ),
        (
            "@40000000419f13a321bbf6a4 delivery 250: deferral: Connected_to_192.0.2.1_but_greeting_failed./Remote_host_said:_421_4.7.0_too_busy/",
            "421 4.7.0 CONNECT received [192.0.2.1] deferred",
        ),
        (
            "@40000000419f13a321bbf6a4 delivery 250: failure: 192.0.2.1_failed_after_I_sent_the_message./Remote_host_said:_554-5.7.1_line_one/554_5.7.1_line_two/",
            "554 5.7.1 DATA-BODY received [192.0.2.1] bounced",
        ),
        (
            "<user@example.com>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 5.1.1 No such user\nGiving up on 192.0.2.1.",
            "550 5.1.1 RCPT received [192.0.2.1]",
        ),
        (
            "Connected to 192.0.2.1 but sender was rejected.\nRemote host said: 553 no",
            "553 MAIL received [192.0.2.1]",
        ),
    ]);
}

#[test]
fn courier_and_others() {
    check(&[
        (
            "Nov 24 03:12:45 mail courieresmtp: id=00550.4D02EDDF.0000C65A,from=<a@example.org>,addr=<user@example.com>: 550 5.1.1 User unknown",
            "550 5.1.1 received",
        ),
        (
            "Nov 24 03:12:45 mail courieresmtpd: error,relay=::ffff:198.51.100.7,from=<a@example.org>,to=<user@example.com>: 550 User unknown.",
            "550 given [::ffff:198.51.100.7] <user@example.com>",
        ),
        (
            "2026-11-24T03:12:45.550Z,To the internet,08D550,12,203.0.113.1:25025,192.0.2.1:25,<,550 5.1.1 User unknown,",
            "550 5.1.1 received",
        ),
        (
            "2026-11-24T03:12:45.550Z,Default,08D550,12,203.0.113.1:25,198.51.100.7:55025,>,550 5.7.1 Unable to relay,",
            "550 5.7.1 given",
        ),
        (
            "mx.example.com: [CACHED] 550 5.1.1 User unknown",
            "550 5.1.1 repeated",
        ),
    ]);
}
