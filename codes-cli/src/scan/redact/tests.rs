use super::*;

fn masked(line: &str) -> String {
    Mask::default().piece(line.as_bytes(), true)
}

#[test]
fn lines_keep_what_they_mean() {
    for (line, expected) in [
        (
            "Nov  2 00:00:05 mail postfix/smtpd[15211]: NOQUEUE: reject: RCPT from unknown[192.0.2.219]: 554 5.7.1 <a@b.example>: Relay access denied; from=<> to=<a@b.example> proto=ESMTP helo=<desktop>",
            "Nov  2 00:00:05 host-1 postfix/smtpd[15211]: NOQUEUE: reject: RCPT from unknown[ip-1]: 554 5.7.1 <user-1@host-2>: Relay access denied; from=<> to=<user-1@host-2> proto=ESMTP helo=<name-1>",
        ),
        (
            "2026-11-02T00:00:05.1+01:00 mx postfix/smtp[1]: A1: to=<c@d.example>, relay=mailhost[2001:db8::1]:25, delay=1.2, delays=1/0/0/0.01, dsn=5.1.1, status=bounced (host mailhost[2001:db8::1] said: 550-5.1.1 see https://x.example/?p=c@d.example 550 5.1.1 gone)",
            "2026-11-02T00:00:05.1+01:00 host-1 postfix/smtp[1]: A1: to=<user-1@host-2>, relay=host-3[ip-1]:25, delay=1.2, delays=1/0/0/0.01, dsn=5.1.1, status=bounced (host host-3[ip-1] said: 550-5.1.1 see user-2@host-2 550 5.1.1 gone)",
        ),
        (
            "2026-11-02 00:00:05 1a-2b-3c ** e@f.example F=<g@h.example> R=dnslookup T=smtp H=mx.f.example [192.0.2.1] X=TLS1.3 C=\"550 5.1.1 no mx.f.example\": done",
            "2026-11-02 00:00:05 1a-2b-3c ** user-1@host-1 F=<user-2@host-2> R=dnslookup T=name-1 H=host-3 [ip-1] X=name-2 C=\"550 5.1.1 no host-3\": done",
        ),
        (
            "Client host [192.0.2.1] blocked, host mailhub [192.0.2.2]: 550 relay=mailhub. [192.0.2.2], relay=local, unknown [192.0.2.1]",
            "Client host [ip-1] blocked, host host-1 [ip-2]: 550 relay=host-1. [ip-2], relay=local, unknown [ip-1]",
        ),
        (
            "x ** alice R=localuser: /home/alice/Maildir over quota",
            "x ** name-1 R=localuser: path-1 over quota",
        ),
        (
            "@400000006ae802c439ef8b00 delivery 9: failure: 192.0.2.57_does_not_like_recipient./Remote_host_said:_550_5.1.1_<x@y.example>_no/Giving_up_on_192.0.2.57./",
            "@400000006ae802c439ef8b00 delivery 9: failure: ip-1_does_not_like_recipient./Remote_host_said:_550_5.1.1_<user-1@host-1>_no/Giving_up_on_ip-1./",
        ),
        (
            "H=(desktop) [192.0.2.1] A=login:bob U=bob unknown user: \"bob\"",
            "H=(name-1) [ip-1] A=name-2 U=name-3 unknown user: \"name-3\"",
        ),
        (
            "relay=127.0.0.1[127.0.0.1]:10024, see http://x.example/a, 5.1.1 TLSv1.2 done.",
            "relay=127.0.0.1[127.0.0.1]:10024, see url-1, 5.1.1 TLSv1.2 done.",
        ),
    ] {
        assert_eq!(masked(line), expected);
    }
}

#[test]
fn the_machine_that_wrote_a_line_is_masked_in_every_header_that_is_read() {
    // Behind a header: the program, a mail system or not, and a reply.
    let programs = [
        "postfix/smtp[123]: 4XyZ: to=<u@d.example>",
        "postfix-mx/smtpd[1]: NOQUEUE: reject: 550 5.1.1 no",
        "dovecot: lmtp(1): 550 5.1.1 no",
        "sm-mta[7]: 4XyZ: stat=550 5.1.1 no",
        "exim[99]: 1tF2Xy-000550-Ab ** u@d.example: 550 no",
    ];
    let times = [
        "Nov  2 00:00:05",
        "Nov 02 00:00:05.123",
        "Nov  2 2026 00:00:05",
        "Nov  2 00:00:05 2026",
        "2026-11-02T00:00:05.123456+01:00",
        "2026-11-02T00:00:05Z",
        "2026-11-02 00:00:05",
        "2026-11-02 00:00:05,123 +0100",
        "2026/11/02 00:00:05",
        "Mon 2026-11-02 00:00:05 UTC",
        "Mon Nov  2 00:00:05 2026",
        "1793574005.123",
        "@400000006ae802c439ef8b00",
    ];
    for machine in [
        "geheim",
        "GEHEIM",
        "geheim-7",
        "geheim.lan",
        "7geheim",
        "10.99.0.1",
        "fd00::99",
    ] {
        for program in programs {
            for time in times {
                for line in [
                    format!("{time} {machine} {program}"),
                    format!("<22>{time} {machine} {program}"),
                    format!("mail.log:{time} {machine} {program}"),
                    format!("mail.log:17:{time} {machine} {program}"),
                    format!("{machine}  | {time} {machine} {program}"),
                    format!("{machine}: 550 5.1.1 no\n{time} {machine} {program}"),
                    format!("{time} mail.info {machine} {program}"),
                    format!("{time} {machine} mail.info {program}"),
                    format!("{time} <mail.info> {machine} {program}"),
                    format!("{time} {machine} INFO {program}"),
                ] {
                    let line = line
                        .strip_prefix(&format!("{machine}: 550 5.1.1 no"))
                        .unwrap_or(&line);
                    let text = masked(line).to_lowercase();
                    for part in ["geheim", "10.99", "fd00"] {
                        assert!(!text.contains(part), "{line}\n{text}");
                    }
                    assert!(text.contains(&time.to_lowercase()), "{line}\n{text}");
                    let tag = &program[..=program.find(':').expect("a tag")];
                    assert!(text.contains(tag), "{line}\n{text}");
                }
            }
            // Without a time, a process id tells of a program.
            if program.contains("]:") {
                let text = masked(&format!("{machine} {program}"));
                assert!(
                    text.starts_with("host-1 ") || text.starts_with("ip-1 "),
                    "{text}"
                );
            }
        }
        for rest in [
            "postfix/smtp 123 - - 550 5.1.1 no",
            "other - x [a b=\"c\"] 550 5.1.1 no",
            "- - - -",
            "x",
        ] {
            let line = format!("<22>1 2026-11-02T00:00:05.123Z {machine} {rest}");
            let text = masked(&line);
            let start = text
                .strip_prefix("<22>1 2026-11-02T00:00:05.123Z ")
                .expect("the time");
            assert!(
                start.starts_with("host-1 ") || start.starts_with("ip-1 "),
                "{text}"
            );
        }
    }
    // Without a program that is known there is no telling, but in a syslog the machine comes first.
    for (line, expected) in [
        (
            "Nov  2 00:00:05 geheim 550 5.1.1 no",
            "Nov  2 00:00:05 host-1 550 5.1.1 no",
        ),
        (
            "Nov  2 00:00:05 550 5.1.1 no",
            "Nov  2 00:00:05 550 5.1.1 no",
        ),
        (
            "Nov  2 00:00:05 postfix/smtp[1]: x",
            "Nov  2 00:00:05 postfix/smtp[1]: x",
        ),
        (
            "Nov  2 00:00:05 localhost postfix/smtp[1]: x",
            "Nov  2 00:00:05 localhost postfix/smtp[1]: x",
        ),
        (
            "2026-11-02 00:00:05 SMTP call from x",
            "2026-11-02 00:00:05 SMTP call from x",
        ),
    ] {
        assert_eq!(masked(line), expected);
    }
}

#[test]
fn half_of_a_word_is_not_shown() {
    for (text, expected) in [
        ("der@secret.example> gone", " gone"),
        ("secret", ""),
        ("", ""),
    ] {
        assert_eq!(without_first_word(text.as_bytes()), expected.as_bytes());
    }
    for (text, expected) in [
        ("550 no bob.buil", "550 no"),
        ("550 no <bob buil", "550 no "),
        (
            "550 no <a@b.example> for bob.buil",
            "550 no <a@b.example> for",
        ),
        ("550_no_<bob_buil", "550_no_"),
        ("550_no_bob.buil", "550_no"),
        ("secret", ""),
        ("", ""),
    ] {
        let text = without_last_word(text.as_bytes());
        assert_eq!(text, expected.as_bytes());
    }
}

#[test]
fn a_thing_has_one_number_and_things_have_several() {
    let mut mask = Mask::default();
    assert_eq!(mask.host(b"MX.example"), "host-1");
    assert_eq!(
        mask.piece(b"mx.EXAMPLE and mx2.example", false),
        "host-1 and host-2"
    );
}

#[test]
fn nothing_gets_through_whatever_it_is_wrapped_in() {
    let secrets = [
        "bob.builder@secret.example",
        "mx.secret.example",
        "198.51.100.77",
        "2001:db8::dead:beef",
        "IPv6:2001:db8::dead:beef",
        "http://secret.example/bob.builder",
        "bob.builder%secret.example@relay.secret.example",
        "bounce+bob.builder=secret.example@secret.example",
    ];
    let parts = ["bob", "secret", "198.51", "dead"];
    for secret in secrets {
        for wrapped in [
            secret.to_owned(),
            format!("<{secret}>"),
            format!("[{secret}]"),
            format!("({secret})"),
            format!("'{secret}'"),
            format!("\"{secret}\""),
            format!("to={secret}"),
            format!("to=<{secret}>,"),
            format!("relay={secret}:"),
            format!("to:{secret}"),
            format!("{secret}:25"),
            format!("{secret}_does_not_like_recipient./Remote_host_said:_550_5.1.1_{secret}_x/"),
            format!("Giving_up_on_{secret}./"),
            format!("/home/{secret}/x"),
            format!("1abc-2 => {secret} R=localuser"),
            format!("{secret}/25 x"),
            format!("said: 550 5.1.1 {secret}."),
            format!("<{secret}"),
            format!("{secret}>"),
            format!("\"{secret}"),
            format!("a;{secret},b"),
            format!("\u{1b}{secret}\u{7f}"),
            format!("x@{secret}"),
            format!("status={secret}"),
            format!("smtp;{secret}"),
            format!("{secret}\\n550"),
            format!("550_5.1.1_{secret}_gone"),
        ] {
            let text = masked(&wrapped);
            for part in parts {
                assert!(!text.contains(part), "{wrapped} {text}");
            }
        }
    }
}
