use super::{Entry, check};

#[test]
fn postfix() {
    let host = "client.example[192.0.2.1]";
    for (rest, expected) in [
        (
            "smtpd[1]: NOQUEUE: reject: RCPT from client.example[192.0.2.1]: 554 5.7.1 <x>: y; from=<a@example.com> to=<b@example.org> proto=ESMTP helo=<x>",
            format!("rejected {host}"),
        ),
        (
            "smtpd[1]: 4Xy: reject: DATA from client.example[192.0.2.1]: 550 5.5.3 x; from=<a@example.com>",
            format!("rejected {host}"),
        ),
        (
            "smtpd[1]: NOQUEUE: reject: CONNECT from unknown[2001:db8::1]: 554 5.7.1 x; proto=SMTP",
            "rejected [2001:db8::1]".to_owned(),
        ),
        (
            "postscreen[1]: NOQUEUE: reject: RCPT from [192.0.2.1]:4711: 550 5.7.1 x; from=<a>, to=<b>, proto=ESMTP, helo=<x>",
            "rejected [192.0.2.1]".to_owned(),
        ),
        (
            "smtpd[1]: NOQUEUE: reject: RCPT from localhost[127.0.0.1]: 550 5.1.1 x; from=<a>",
            "rejected localhost[127.0.0.1] internal".to_owned(),
        ),
        (
            "cleanup[1]: 4Xy: milter-reject: END-OF-MESSAGE from client.example[192.0.2.1]: 5.7.1 x; from=<a>",
            format!("rejected {host}"),
        ),
        (
            "cleanup[1]: 4Xy: milter-reject: END-OF-MESSAGE from client.example[192.0.2.1]: go away; from=<a>",
            format!("rejected {host} unread"),
        ),
        (
            "cleanup[1]: 4Xy: reject: header Subject: x from y from client.example[192.0.2.1]; from=<a@example.com> to=<b@example.org> proto=ESMTP helo=<x>: 5.7.1 y",
            format!("rejected {host}"),
        ),
        (
            "smtpd[1]: NOQUEUE: reject_warning: RCPT from client.example[192.0.2.1]: 554 5.7.1 x; from=<a>",
            host.to_owned(),
        ),
        (
            "cleanup[1]: 4Xy: discard: header Subject: x from client.example[192.0.2.1]; from=<a@example.com>",
            format!("discarded {host}"),
        ),
        (
            "smtpd[1]: NOQUEUE: discard: RCPT from client.example[192.0.2.1]: <x>: y; from=<a>",
            format!("discarded {host}"),
        ),
    ] {
        check(
            &format!("Nov 24 13:11:59 mail postfix/{rest}"),
            &format!("postfix {expected}"),
        );
    }
}

#[test]
fn exim() {
    for (rest, expected) in [
        (
            "H=client.example (helo) [192.0.2.1]:4 F=<a@example.com> rejected RCPT <b@example.org>: relay not permitted",
            "rejected client.example[192.0.2.1] unread",
        ),
        (
            "H=(helo) [192.0.2.1] F=<> temporarily rejected RCPT <b@example.org>: greylisted",
            "rejected [192.0.2.1] unread",
        ),
        (
            "H=[192.0.2.1] rejected EHLO or HELO x: syntactically invalid argument(s): (no argument given)",
            "rejected [192.0.2.1] unread",
        ),
        (
            "1abcDE-000123-AB H=client.example [192.0.2.1] F=<a> rejected after DATA: spam",
            "rejected client.example[192.0.2.1] unread",
        ),
        (
            "H=client.example [192.0.2.1] F=<a> discarded by RCPT ACL: x",
            "discarded client.example[192.0.2.1]",
        ),
    ] {
        check(
            &format!("2026-11-24 13:11:59 {rest}"),
            &format!("exim {expected}"),
        );
    }
}

#[test]
fn exim_tells_what_it_refused_and_for_how_long() {
    use codes_core::{Class, Command};

    let permanent = Some(Class::PermanentNegative);
    let transient = Some(Class::TransientNegative);
    for (rest, command, class) in [
        (
            "F=<a@example.com> rejected RCPT <b@example.org>: relay not permitted",
            Some(Command::RCPT),
            permanent,
        ),
        (
            "F=<> temporarily rejected RCPT <b@example.org>: greylisted",
            Some(Command::RCPT),
            transient,
        ),
        (
            "rejected EHLO or HELO x: syntactically invalid argument(s): (no argument given)",
            Some(Command::EHLO),
            permanent,
        ),
        (
            "temporarily rejected connection in \"connect\" ACL",
            Some(Command::CONNECT),
            transient,
        ),
        (
            "F=<a> rejected after DATA: spam",
            Some(Command::DATA_BODY),
            permanent,
        ),
        (
            "F=<a> rejected during MIME ACL checks: x",
            Some(Command::DATA_BODY),
            permanent,
        ),
        (
            "rejected MAIL <a@example.com>",
            Some(Command::MAIL),
            permanent,
        ),
        ("rejected by non-SMTP ACL: x", None, permanent),
        // What a stranger wrote behind it changes nothing.
        (
            "F=<a> rejected RCPT <b>: x temporarily rejected after DATA: y",
            Some(Command::RCPT),
            permanent,
        ),
        ("discarded by RCPT ACL: x", None, None),
    ] {
        let line = format!("2026-11-24 13:11:59 H=client.example [192.0.2.1] {rest}");
        let entry = Entry::read(line.as_bytes());
        assert_eq!((entry.command(), entry.class()), (command, class), "{line}");
    }
}

#[test]
fn sendmail() {
    for (rest, expected) in [
        (
            "ruleset=check_rcpt, arg1=<b@example.org>, relay=client.example [192.0.2.1], reject=550 5.7.1 <b@example.org>... x, y",
            "rejected client.example[192.0.2.1]",
        ),
        (
            "ruleset=check_relay, arg1=x, arg2=192.0.2.1, relay=client.example [192.0.2.1] (may be forged), reject=421 4.3.2 x",
            "rejected client.example[192.0.2.1]",
        ),
        ("Milter: to=<b@example.org>, reject=451 4.7.1 x", "rejected"),
        (
            "ruleset=check_mail, arg1=<a@example.com>, relay=[192.0.2.1], discard",
            "discarded [192.0.2.1]",
        ),
        ("Milter: data, discard", "discarded"),
    ] {
        check(
            &format!("Nov 24 13:11:59 mail sm-mta[1]: xAODBx12345: {rest}"),
            &format!("sendmail {expected}"),
        );
    }
}

#[test]
fn others() {
    check(
        "Nov 24 13:11:59 mail smtpd[1]: 7f0c1f2d3e4a5b6c smtp event=failed-command address=192.0.2.1 host=x command=\"MAIL FROM:<>\" result=\"421 4.7.0 x\"",
        "opensmtpd rejected",
    );
    check(
        "Nov 24 13:11:59 mail qmail: 1795525919.123456 rblsmtpd: 192.0.2.1 pid 421 bl.example.com: 451 x",
        "qmail rejected [192.0.2.1]",
    );
    check(
        "2026-11-24 13:11:59 U=root F=<a@example.com> rejected by non-SMTP ACL: x",
        "exim rejected unread",
    );
    check(
        "Nov 24 13:11:59 mail smtpd[1]: 7f0c1f2d3e4a5b6c smtp failed-command command=\"RCPT TO:<b@example.org>\" result=\"550 Invalid recipient\"",
        "opensmtpd rejected",
    );
    check(
        "Nov 24 13:11:59 mail rblsmtpd: 192.0.2.1 pid 421: 451 http://www.example.com/192.0.2.1",
        "qmail rejected [192.0.2.1]",
    );
}

#[test]
fn what_strangers_wrote_counts_nowhere() {
    for (line, expected) in [
        (
            "Nov 24 13:11:59 mail postfix/smtp[1]: 4Xy: to=<\"x>, relay=evil.example[203.0.113.9]:25, status=sent (250 ok)\"@example.com>, relay=mx.example.com[192.0.2.1]:25, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 x)",
            "postfix bounced mx.example.com[192.0.2.1]",
        ),
        (
            "Nov 24 13:11:59 mail postfix/smtp[1]: 4Xy: to=<u@example.com>, orig_to=<\"a>, status=sent (250 ok)\"@example.com>, relay=none, dsn=4.4.1, status=deferred (connect to mx.example.com[192.0.2.1]:25: Connection refused)",
            "postfix deferred silent:refused mx.example.com[192.0.2.1]",
        ),
        (
            "Nov 24 13:11:59 mail sendmail[1]: 3AO: to=<\"x>, relay=evil.example., stat=Sent\"@example.com>, mailer=esmtp, relay=mx.example.com. [192.0.2.1], dsn=5.1.1, stat=User unknown",
            "sendmail bounced mx.example.com[192.0.2.1]",
        ),
        (
            "2026-11-24 13:11:59 1tF2Xy-000550-Ab ** \"x H=evil.example [203.0.113.9]: Connection refused\"@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after RCPT TO:<x>: 550 5.1.1 x",
            "exim bounced mx.example.com[192.0.2.1]",
        ),
        (
            "Nov 24 13:11:59 mail smtpd[1]: 0123456789abcdef mta delivery evpid=1 from=<a@example.org> to=<\" result=\\\"Ok\\\" relay=203.0.113.9 \"@example.com> rcpt=<-> source=\"198.51.100.7\" relay=\"192.0.2.1 (mx.example.com)\" delay=1s result=\"PermFail\" stat=\"550 5.1.1 x\"",
            "opensmtpd bounced mx.example.com[192.0.2.1]",
        ),
    ] {
        check(line, expected);
    }
}
