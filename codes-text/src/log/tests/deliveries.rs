use super::check;

#[track_caller]
fn postfix(daemon: &str, rest: &str, expected: &str) {
    let line = format!("Nov 24 13:11:59 mail postfix/{daemon}[123]: {rest}");
    check(&line, format!("postfix {expected}").trim_end());
}

#[track_caller]
fn smtp(relay: &str, status: &str, expected: &str) {
    let rest = format!(
        "4XyZ1abcdZz12: to=<user@example.com>, orig_to=<a,b@example.org>, relay={relay}, delay=0.45, delays=0.05/0.01/0.2/0.19, dsn=5.0.0, status={status}"
    );
    postfix("smtp", &rest, expected);
}

#[test]
fn postfix_with_a_reply() {
    let relay = "mx.example.com[192.0.2.1]:25";
    smtp(
        relay,
        "sent (250 2.0.0 Ok: queued as 4ABC)",
        "sent mx.example.com[192.0.2.1]",
    );
    smtp(
        relay,
        "bounced (host mx.example.com[192.0.2.1] said: 550-5.1.1 No 550 5.1.1 user (in reply to RCPT TO command))",
        "bounced mx.example.com[192.0.2.1]",
    );
    smtp(
        "mx.example.com[2001:db8::1]:25",
        "deferred (host mx.example.com[2001:db8::1] refused to talk to me: 421 4.7.0 x: try later)",
        "deferred mx.example.com[2001:db8::1]",
    );
    smtp(
        relay,
        "deferred (TLS is required, but host mx.example.com[192.0.2.1] refused to start TLS: 454 4.7.0 x)",
        "deferred mx.example.com[192.0.2.1]",
    );
    smtp(
        relay,
        "deferred (SASL authentication failed; server mx.example.com[192.0.2.1] said: 535 5.7.8 x)",
        "deferred mx.example.com[192.0.2.1]",
    );
    smtp(
        "none",
        "deferred (delivery temporarily suspended: host mx.example.com[192.0.2.1] refused to talk to me: 421 x)",
        "deferred mx.example.com[192.0.2.1]",
    );
    smtp(
        relay,
        "deferred (host mx.example.com[192.0.2.1] said: try again (in reply to RCPT TO command))",
        "deferred mx.example.com[192.0.2.1] unread",
    );
}

#[test]
fn postfix_without_a_reply() {
    let relay = "mx.example.com[192.0.2.1]:25";
    let both = "mx.example.com[192.0.2.1]";
    for (text, why, host) in [
        (
            "connect to mx.example.com[192.0.2.1]:25: Connection timed out",
            "timed-out",
            both,
        ),
        (
            "connect to mx.example.com[192.0.2.1]:25: Connection refused",
            "refused",
            both,
        ),
        (
            "connect to mx.example.com[192.0.2.1]:25: Operation timed out",
            "timed-out",
            both,
        ),
        (
            "connect to mx.example.com[192.0.2.1]:25: No route to host",
            "unreachable",
            both,
        ),
        (
            "connect to mx.example.com[2001:db8::1]:25: Network is unreachable",
            "unreachable",
            "mx.example.com[2001:db8::1]",
        ),
        (
            "delivery temporarily suspended: connect to mx.example.com[192.0.2.1]:25: Connection refused",
            "refused",
            both,
        ),
        (
            "Host or domain name not found. Name service error for name=example.com type=MX: Host not found, try again",
            "dns",
            "example.com",
        ),
        (
            "unable to look up host mx.example.com: Name or service not known",
            "dns",
            "",
        ),
        (
            "Domain example.com does not accept mail (nullMX)",
            "dns",
            "",
        ),
        ("mail for example.com loops back to myself", "local", ""),
        ("mail transport unavailable", "local", ""),
        ("unknown mail transport error", "local", ""),
        ("example.com: mail is handled by somebody else", "other", ""),
    ] {
        let expected = format!("deferred silent:{why} {host}");
        smtp("none", &format!("deferred ({text})"), expected.trim_end());
    }
    for (text, why) in [
        (
            "lost connection with mx.example.com[192.0.2.1] while receiving the initial server greeting",
            "connection-lost",
        ),
        (
            "conversation with mx.example.com[192.0.2.1] timed out while sending end of data -- message may be sent more than once",
            "timed-out",
        ),
        (
            "TLS is required, but was not offered by host mx.example.com[192.0.2.1]",
            "tls",
        ),
        ("Server certificate not verified", "tls"),
        ("Server certificate not trusted", "tls"),
        ("Cannot start TLS: handshake failure", "tls"),
        ("TLSA lookup error for mx.example.com:25", "other"),
    ] {
        smtp(
            relay,
            &format!("deferred ({text})"),
            &format!("deferred silent:{why} {both}"),
        );
    }
}

#[test]
fn postfix_on_this_machine() {
    for (relay, host) in [
        ("mail.example.org[private/dovecot-lmtp]", "mail.example.org"),
        (
            "mail.example.org[/var/run/dovecot/lmtp]",
            "mail.example.org",
        ),
        ("127.0.0.1[127.0.0.1]:10024", "[127.0.0.1]"),
        ("localhost[::1]:24", "localhost[::1]"),
    ] {
        smtp(
            relay,
            "sent (250 2.0.0 x)",
            &format!("sent {host} internal"),
        );
    }
    smtp(
        "local",
        "bounced (unknown user: \"x\")",
        "bounced silent:unknown-recipient internal",
    );
    smtp(
        "local",
        "sent (delivered to command: /usr/bin/x)",
        "sent internal",
    );
    smtp(
        "dovecot",
        "deferred (temporary failure. Command output: lda: cannot open)",
        "deferred silent:local internal",
    );
}

#[test]
fn postfix_ends() {
    postfix(
        "qmgr",
        "4Xy: from=<a@example.com>, status=expired, returned to sender",
        "expired",
    );
    postfix(
        "qmgr",
        "4Xy: from=<>, status=force-expired, returned to sender",
        "expired",
    );
    postfix(
        "discard",
        "4Xy: to=<a@example.com>, relay=none, delay=1, dsn=2.0.0, status=sent (x)",
        "discarded",
    );
    smtp(
        "mx.example.com[192.0.2.1]:25",
        "undeliverable (host mx.example.com[192.0.2.1] said: 550 x)",
        "mx.example.com[192.0.2.1]",
    );
    smtp(
        "mx.example.com[192.0.2.1]:25",
        "deliverable (250 x)",
        "mx.example.com[192.0.2.1]",
    );
    // Cut off in the middle.
    smtp(
        "mx.example.com[192.0.2.1]:25",
        "bounced (host mx",
        "bounced silent:other mx.example.com[192.0.2.1]",
    );
}

#[test]
fn postfix_on_the_way() {
    postfix(
        "smtp",
        "4Xy: host mx.example.com[192.0.2.1] said: 450 4.7.1 x: y (in reply to RCPT TO command)",
        "mx.example.com[192.0.2.1]",
    );
    for line in [
        "connect to mx.example.com[192.0.2.1]:25: Connection refused",
        "Trusted TLS connection established to mx.example.com[192.0.2.1]:25: TLSv1.3 with cipher x",
    ] {
        postfix("smtp", line, "");
    }
    for line in [
        "connect from unknown[192.0.2.1]",
        "disconnect from unknown[192.0.2.1] ehlo=1 mail=1 rcpt=0/1 commands=2/3",
        "lost connection after RCPT from unknown[192.0.2.1]",
        "4Xy: client=localhost[127.0.0.1]",
        "warning: unknown[192.0.2.1]: SASL LOGIN authentication failed: UGFzc3dvcmQ6",
        "",
    ] {
        postfix("smtpd", line, "");
    }
    postfix(
        "qmgr",
        "4Xy: from=<a@example.com>, size=550, nrcpt=1 (queue active)",
        "",
    );
    postfix("qmgr", "4Xy: removed", "");
}

#[track_caller]
fn exim(rest: &str, expected: &str) {
    let line = format!("2026-11-24 13:11:59 1abcDE-000123-AB {rest}");
    check(&line, format!("exim {expected}").trim_end());
}

#[test]
fn exim_with_a_reply() {
    exim(
        "=> user@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1]:25 X=TLS1.3:x:256 CV=yes C=\"250 2.0.0 OK\"",
        "sent mx.example.com[192.0.2.1]",
    );
    exim(
        "-> a@example.com R=dnslookup T=remote_smtp H=mx.example.com [2001:db8::1] C=\"250- a\\n250 b\" QT=1s",
        "sent mx.example.com[2001:db8::1]",
    );
    exim(
        ">> a@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] C=\"250 b\"",
        "sent mx.example.com[192.0.2.1]",
    );
    exim(
        "** user@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1] X=TLS1.2:x:256 CV=yes: SMTP error from remote mail server after RCPT TO:<user@example.com>: 550-5.1.1 x\\n550 5.1.1 y",
        "bounced mx.example.com[192.0.2.1]",
    );
    exim(
        "== user@example.com R=dnslookup T=remote_smtp defer (-44) H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after RCPT TO:<user@example.com>: 450 4.2.0 x",
        "deferred mx.example.com[192.0.2.1]",
    );
    exim(
        "== u@example.com R=lmtp T=lmtp defer (-46): LMTP error after RCPT TO:<u@example.com>: 452 4.2.2 x",
        "deferred internal",
    );
    exim(
        "** u@example.com R=r T=remote_smtp H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after initial connection: go away",
        "bounced mx.example.com[192.0.2.1] unread",
    );
}

#[test]
fn exim_without_a_reply() {
    let host = "mx.example.com[192.0.2.1]";
    exim(
        "== user@example.com R=dnslookup T=remote_smtp defer (110): Connection timed out H=mx.example.com [192.0.2.1]",
        &format!("deferred silent:timed-out {host}"),
    );
    exim(
        "== user@example.com R=dnslookup T=remote_smtp defer (111): Connection refused",
        "deferred silent:refused",
    );
    exim(
        "== user@example.com R=dnslookup defer (-1): host lookup did not complete",
        "deferred silent:dns",
    );
    exim(
        "== user@example.com R=dnslookup T=remote_smtp defer (-18) H=mx.example.com [192.0.2.1]: Remote host closed connection in response to initial connection",
        &format!("deferred silent:connection-lost {host}"),
    );
    exim(
        "== user@example.com R=dnslookup T=remote_smtp defer (-37) H=mx.example.com [192.0.2.1]: TLS session: (gnutls_handshake): timed out",
        &format!("deferred silent:tls {host}"),
    );
    exim(
        "== user@example.com R=dnslookup T=remote_smtp defer (-38) H=mx.example.com [192.0.2.1]: a TLS session is required, but the server did not offer TLS support",
        &format!("deferred silent:tls {host}"),
    );
    exim(
        "** user@example.com: Unrouteable address",
        "bounced silent:unrouteable",
    );
    exim(
        "** user@example.com R=dnslookup: lowest numbered MX record points to local host",
        "bounced silent:local",
    );
    exim("** user@example.com: retry timeout exceeded", "expired");
    exim(
        "** user@example.com R=dnslookup T=remote_smtp H=mx.example.com [192.0.2.1]: retry timeout exceeded",
        &format!("expired {host}"),
    );
    exim(
        "== user@example.com R=dnslookup T=remote_smtp defer (-54): retry time not reached for any host",
        "deferred silent:not-tried",
    );
    exim(
        "== user@example.org R=local T=maildir defer (-22): mailbox is full (MTA-imposed quota exceeded while writing)",
        "deferred silent:local internal",
    );
}

#[test]
fn exim_on_this_machine() {
    exim(
        "=> user <user@example.org> R=local_user T=local_delivery",
        "sent internal",
    );
    exim(
        "=> user <user@example.org> R=dovecot T=lmtp H=127.0.0.1 [127.0.0.1] C=\"250 x\"",
        "sent [127.0.0.1] internal",
    );
    exim(
        "=> |/usr/bin/vacation <user@example.org> R=userforward T=address_pipe",
        "sent internal",
    );
    exim(
        "=> :blackhole: <user@example.org> R=system_aliases",
        "discarded internal",
    );
}

#[test]
fn exim_on_the_way() {
    exim(
        "H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after pipelined MAIL FROM:<> SIZE=3550: 550 5.7.1 x",
        "mx.example.com[192.0.2.1]",
    );
    exim("H=mx.example.com [192.0.2.1] Connection refused", "");
    exim(
        "<= a@example.org H=client.example [192.0.2.1] P=esmtps S=550 id=x@example.org",
        "",
    );
    exim("Completed", "");
    exim("Frozen (delivery error message)", "");
    check("2026-11-24 13:11:59 Start queue run: pid=421", "");
}

#[track_caller]
fn sendmail(rest: &str, expected: &str) {
    let line = format!(
        "Nov 24 13:11:59 mail sm-mta[123]: xAODBx12345: to=<a@example.com>,<b@example.com>, ctladdr=<c@example.org> (1000/1000), delay=00:00:01, xdelay=00:00:01, {rest}"
    );
    check(&line, format!("sendmail {expected}").trim_end());
}

#[test]
fn sendmail_with_a_reply() {
    let to = "mailer=esmtp, pri=30, relay=mx.example.com. [192.0.2.1]";
    let host = "mx.example.com[192.0.2.1]";
    sendmail(
        &format!("{to}, dsn=2.0.0, stat=Sent (Ok: queued as 4A, b=c)"),
        &format!("sent {host}"),
    );
    sendmail(
        &format!("{to}, dsn=5.1.1, stat=User unknown"),
        &format!("bounced {host}"),
    );
    sendmail(
        &format!("{to}, dsn=5.0.0, stat=Service unavailable"),
        &format!("bounced {host}"),
    );
    sendmail(
        &format!("{to}, dsn=4.7.1, stat=Deferred: 451 4.7.1 Greylisted, wait"),
        &format!("deferred {host}"),
    );
    sendmail(
        &format!("{to}, dsn=4.0.0, stat=Please try again later"),
        &format!("deferred {host}"),
    );
}

#[test]
fn sendmail_without_a_reply() {
    let to = "mailer=esmtp, pri=30, relay=mx.example.com., dsn=4.0.0, stat=";
    for (stat, expected) in [
        (
            "Deferred: Connection refused by mx.example.com.",
            "deferred silent:refused",
        ),
        (
            "Deferred: Connection timed out with mx.example.com.",
            "deferred silent:timed-out",
        ),
        (
            "Deferred: Connection reset by mx.example.com.",
            "deferred silent:connection-lost",
        ),
        (
            "Deferred: mx.example.com.: No route to host",
            "deferred silent:unreachable",
        ),
        (
            "Deferred: Name server: mx.example.com.: host name lookup failure",
            "deferred silent:dns",
        ),
        (
            "Host unknown (Name server: mx.example.com.: host not found)",
            "deferred silent:dns",
        ),
        ("Message could not be delivered for 5 days", "expired"),
    ] {
        sendmail(
            &format!("{to}{stat}"),
            &format!("{expected} mx.example.com"),
        );
    }
}

#[test]
fn sendmail_on_this_machine() {
    sendmail(
        "mailer=local, pri=30, dsn=2.0.0, stat=Sent",
        "sent internal",
    );
    sendmail(
        "mailer=local, pri=30, dsn=5.1.1, stat=User unknown",
        "bounced silent:unknown-recipient internal",
    );
    sendmail(
        "mailer=relay, pri=30, relay=[127.0.0.1] [127.0.0.1], dsn=2.0.0, stat=Sent (x)",
        "sent [127.0.0.1] internal",
    );
    sendmail("mailer=esmtp, pri=30, stat=queued", "");
}

#[test]
fn opensmtpd() {
    let line = |part: &str, result: &str, stat: &str| {
        format!(
            "Nov 24 13:11:59 mail smtpd[1]: 7f0c1f2d3e4a5b6c {part} delivery evpid=bb2c87fe00000001 from=<a@example.org> to=<b@example.com> rcpt=<-> source=\"192.0.2.5\" relay=\"192.0.2.1 (mx.example.com)\" delay=1s result=\"{result}\" stat=\"{stat}\""
        )
    };
    let host = "mx.example.com[192.0.2.1]";
    check(
        &line("mta", "Ok", "250 2.0.0 Ok"),
        &format!("opensmtpd sent {host}"),
    );
    check(
        &line("mta", "PermFail", "550 5.1.1 x relay=y"),
        &format!("opensmtpd bounced {host}"),
    );
    check(
        &line("mta", "TempFail", "451 x"),
        &format!("opensmtpd deferred {host}"),
    );
    check(
        &line("mta", "TempFail", "Network error on destination MXs"),
        &format!("opensmtpd deferred silent:other {host}"),
    );
    check(
        &line("mta", "PermFail", "No MX found for domain"),
        &format!("opensmtpd bounced silent:dns {host}"),
    );
    check(
        &line("mta", "Expire", "Envelope expired"),
        &format!("opensmtpd expired {host}"),
    );
    check(
        "Nov 24 13:11:59 mail smtpd[1]: 7f0c1f2d3e4a5b6c mda delivery evpid=1 from=<a@example.org> to=<b@example.com> rcpt=<b@example.com> user=b delay=1s result=Ok stat=Delivered",
        "opensmtpd sent internal",
    );
    check(
        "Nov 24 13:11:59 mail smtpd[1]: relay: PermFail for bb2c87fe00000001: session=7f0c1f2d3e4a5b6c, from=<a@example.org>, to=<b@example.com>, rcpt=<->, source=192.0.2.5, relay=192.0.2.1 (mx.example.com), delay=1s, stat=550 5.1.1 x",
        &format!("opensmtpd bounced {host}"),
    );
    check(
        "Nov 24 13:11:59 mail smtpd[1]: delivery: Ok for bb2c87fe00000001: from=<a@example.org>, to=<b@example.com>, user=b, method=maildir, delay=1s, stat=Delivered",
        "opensmtpd sent internal",
    );
    check(
        "Nov 24 13:11:59 mail smtpd[1]: 7f0c1f2d3e4a5b6c smtp connected address=192.0.2.1 host=x",
        "opensmtpd",
    );
}

#[test]
fn qmail() {
    let line = |rest: &str| format!("@400000006a15c8a91234abcd delivery 17: {rest}");
    for (rest, expected) in [
        (
            "success: 192.0.2.1_accepted_message./Remote_host_said:_250_2.0.0_Ok/",
            "sent [192.0.2.1]",
        ),
        (
            "failure: 192.0.2.1_does_not_like_recipient./Remote_host_said:_550_5.1.1_x/Giving_up_on_192.0.2.1./",
            "bounced [192.0.2.1]",
        ),
        (
            "deferral: Connected_to_192.0.2.1_but_greeting_failed./Remote_host_said:_421_x/",
            "deferred [192.0.2.1]",
        ),
        (
            "deferral: Connected_to_192.0.2.1_but_greeting_failed./Remote_host_said:_busy/",
            "deferred [192.0.2.1] unread",
        ),
        (
            "deferral: Connected_to_192.0.2.1_but_connection_died._(#4.4.2)/",
            "deferred silent:connection-lost [192.0.2.1]",
        ),
        (
            "deferral: Sorry,_I_wasn't_able_to_establish_an_SMTP_connection._(#4.4.1)/",
            "deferred silent:other",
        ),
        (
            "deferral: CNAME_lookup_failed_temporarily._(#4.4.3)/",
            "deferred silent:dns",
        ),
        (
            "failure: Sorry,_I_couldn't_find_any_host_named_mx.example.com._(#5.1.2)/",
            "bounced silent:dns",
        ),
        (
            "failure: Sorry,_no_mailbox_here_by_that_name._(#5.1.1)/",
            "bounced silent:unknown-recipient",
        ),
        (
            "failure: Sorry,_I_wasn't_able_to_establish_an_SMTP_connection._(#4.4.1)/I'm_not_going_to_try_again;_this_message_has_been_in_the_queue_too_long./",
            "expired",
        ),
        ("success: did_1+0+0/", "sent internal"),
    ] {
        check(&line(rest), &format!("qmail {expected}"));
    }
    check("@400000006a15c8a91234abcd new msg 550", "qmail");
    check(
        "Nov 24 13:11:59 mail qmail: 1795525919.123456 delivery 17: success: did_1+0+0/",
        "qmail sent internal",
    );
}
