use super::check;
use crate::log::{Entry, MailSystem};

#[track_caller]
fn system(line: &str, expected: Option<MailSystem>) {
    assert_eq!(Entry::read(line.as_bytes()).system(), expected, "{line}");
}

#[test]
fn the_tag_tells() {
    use MailSystem::{Exim, OpenSmtpd, Postfix, Qmail, Sendmail};
    for (line, expected) in [
        (
            "Nov 24 13:11:59 mail postfix/qmgr[1]: 4Xy: removed",
            Postfix,
        ),
        (
            "Nov 24 13:11:59 mail postfix/submission/smtpd[1]: connect from x[192.0.2.1]",
            Postfix,
        ),
        ("Nov 24 13:11:59 mail postfix-out/smtp[1]: 4Xy: x", Postfix),
        ("Nov 24 13:11:59 mail mx1/smtp[1]: 4Xy: x", Postfix),
        (
            "<22>1 2026-11-24T13:11:59Z mail postfix/smtp 123 - - 4Xy: x",
            Postfix,
        ),
        (
            "<22>1 2026-11-24T13:11:59Z mail postfix/smtp 123 - [a@1 b=\"c\"] \u{feff}4Xy: x",
            Postfix,
        ),
        (
            "mail-1  | 2026-11-24T13:11:59Z mail postfix/smtp[1]: 4Xy: x",
            Postfix,
        ),
        ("postfix/smtp[1]: 4Xy: x", Postfix),
        ("Nov 24 13:11:59 mail sm-mta[1]: x", Sendmail),
        (
            "Nov 24 13:11:59 mail sendmail[1]: [ID 801593 mail.info] x",
            Sendmail,
        ),
        (
            "Nov 24 13:11:59 <mail.info> mail sm-msp-queue[1]: x",
            Sendmail,
        ),
        ("Nov 24 13:11:59 mail smtpd[1]: x", OpenSmtpd),
        ("Nov 24 13:11:59 mail exim[1]: x", Exim),
        (
            "Nov 24 13:11:59 mail qmail: 1795525919.123456 new msg 1",
            Qmail,
        ),
    ] {
        system(line, Some(expected));
    }
}

#[test]
fn the_message_tells() {
    use MailSystem::{Exim, OpenSmtpd, Postfix, Qmail, Sendmail, Transcript};
    for (line, expected) in [
        (
            "NOQUEUE: reject: RCPT from x[192.0.2.1]: 554 5.7.1 y",
            Postfix,
        ),
        (
            "4Xy: to=<a@example.com>, relay=none, delay=1, status=deferred (x)",
            Postfix,
        ),
        (
            "to=<a@example.com>, relay=none, delay=1, status=deferred (x)",
            Postfix,
        ),
        (
            "Nov 24 13:11:59 mail mta[1]: 4Xy: to=<a@example.com>, relay=none, status=sent (x)",
            Postfix,
        ),
        (
            "xAO1: to=<a@example.com>, delay=00:00:01, stat=Sent",
            Sendmail,
        ),
        (
            "xAO1: ruleset=check_rcpt, arg1=<a@example.com>, reject=550 x",
            Sendmail,
        ),
        ("2026-11-24 13:11:59 1abcDE-000123-AB Completed", Exim),
        (
            "2026-11-24 13:11:59 1abcDE-00000001234-ABCD Completed",
            Exim,
        ),
        (
            "2026-11-24 13:11:59.123 +0100 [77] 1abcDE-000123-AB Completed",
            Exim,
        ),
        (
            "2026-11-24 13:11:59 H=(x) [192.0.2.1] rejected RCPT <a@example.com>",
            Exim,
        ),
        ("** a@example.com R=dnslookup T=remote_smtp: x", Exim),
        ("@400000006a15c8a91234abcd delivery 1: success: x", Qmail),
        (
            "@400000006a15c8a91234abcd status: local 0/10 remote 1/20",
            Qmail,
        ),
        ("end msg 123", Qmail),
        ("7f0c1f2d3e4a5b6c mta connected", OpenSmtpd),
        ("<<< 550 x", Transcript),
        (">>> RCPT TO:<a@example.com>", Transcript),
        ("S: 250 ok", Transcript),
    ] {
        system(line, Some(expected));
    }
}

#[test]
fn none_tells() {
    for line in [
        "",
        "550 5.1.1 x",
        "host mx.example.com[192.0.2.1] said: 550 x",
        "Nov 24 13:11:59 mail dovecot: lmtp(a)<1><x>: stored mail into mailbox 'INBOX'",
        "Nov 24 13:11:59 mail rspamd[1]: x",
        "new message of 550 pieces",
        "-> RCPT TO:<a@example.com>",
    ] {
        system(line, None);
    }
}

#[test]
fn the_header_makes_no_difference() {
    let message = "4Xy: to=<a@example.com>, relay=none, delay=1, delays=1/0/0/0, dsn=4.4.1, \
        status=deferred (connect to mx.example.com[192.0.2.1]:25: No route to host)";
    for header in [
        "Nov 24 13:11:59 mail postfix/smtp[1]: ",
        "<22>Nov 24 13:11:59 mail postfix/smtp[1]: ",
        "2026-11-24T13:11:59.123456+01:00 mail postfix/smtp[1]: ",
        "<22>1 2026-11-24T13:11:59.123Z mail postfix/smtp 1 - - ",
        "Tue 2026-11-24 13:11:59 UTC mail postfix/smtp[1]: ",
        "mail.log:Nov 24 13:11:59 mail postfix/smtp[1]: ",
        "Nov 24 13:11:59 postfix/smtp[1]: ",
        "postfix/smtp[1]: ",
        "",
    ] {
        check(
            &format!("{header}{message}"),
            "postfix deferred silent:unreachable mx.example.com[192.0.2.1]",
        );
    }
}
