//! Where a wrong advice would lose mail or return it for nothing.

use super::*;

const ENDS: [&str; 3] = ["DATA-BODY", "BDAT", "BURL"];

#[test]
fn nothing_is_taken_over_or_returned_where_nobody_was_accepted() {
    for number in [250, 200, 299] {
        for at in ENDS {
            let empty = reply(number, "", at)
                .more_chunks_follow(false)
                .recipients_accepted(0);
            assert_eq!(summary(empty), "proceed | command | kept", "{number} {at}");
            let advice = empty.advice();
            assert_eq!(advice.fate(), Fate::Kept, "{number} {at}");
            assert_eq!(advice.basis(), AdviceBasis::Transaction, "{number} {at}");
        }
    }
    for number in [521, 523, 531, 534, 550] {
        for at in ["DATA", "DATA-BODY", "BDAT", "BURL"] {
            let refused = reply(number, "", at).recipients_accepted(0);
            let expected = "same-session, later | command | kept";
            assert_eq!(summary(refused), expected, "{number} {at}");
        }
    }
    let dot = reply(354, "", "DATA").recipients_accepted(0).advice();
    assert_eq!(dot.action(), Proceed);
    assert!(dot.why().contains("only the final dot"), "{}", dot.why());
}

#[test]
fn want_of_encryption_is_no_message_that_is_too_big() {
    for (number, status) in [(523, "5.7.10"), (534, "5.7.0"), (538, "5.7.11")] {
        for at in ["MAIL", "RCPT", "DATA", "DATA-BODY", "BDAT"] {
            let expected = "same-session, after-change | session | kept";
            let found = summary(reply(number, status, at));
            assert_eq!(found, expected, "{number} {status} {at}");
        }
    }
    for status in ["", "5.0.0", "5.2.3", "5.3.4"] {
        let big = reply(523, status, "DATA-BODY").advice();
        assert!(
            big.may_bounce() && big.why().contains("Courier"),
            "{status}"
        );
    }
    assert!(!reply(523, "5.1.1", "RCPT").advice().may_bounce());
}

#[test]
fn a_refusal_of_doubtful_form_returns_nothing() {
    let read = |octets: &'static str| {
        let reply = crate::Reply::parse(octets.as_bytes()).expect(octets);
        reply.expect(octets).situation().at(Command::RCPT)
    };
    for (octets, expected) in [
        ("550-no\r\n450 4.2.0 later\r\n", "later | recipient | kept"),
        ("550-no\r\n250 yes\r\n", "later | recipient | kept"),
        ("556-no\r\n250 yes\r\n", "later | recipient | kept"),
        ("450-no\r\n550 no\r\n", "after-change | recipient | bounce"),
        ("554-no\r\n550 no\r\n", "after-change | recipient | bounce"),
        ("550OK\r\n", "later | session | kept"),
        ("450OK\r\n", "later | session | kept"),
    ] {
        assert_eq!(summary(read(octets)), expected, "{octets}");
    }
    let greeting = reply(554, "", "CONNECT").lines_disagree(true);
    assert_eq!(greeting.advice().fate(), Fate::Kept);
    assert_eq!(greeting.advice().basis(), AdviceBasis::Form);
    // Where the lines agree, there is no other last line.
    let alone = reply(550, "", "RCPT").last_line(code(250));
    assert!(alone.advice().may_bounce());
}

#[test]
fn want_of_recipients_may_be_told_at_the_final_dot() {
    let kept = "same-session, later | command | kept";
    let bounce = "after-change | message | bounce";
    for (number, status, unknown) in [
        (503, "", kept),
        (503, "5.5.1", kept),
        (503, "5.7.1", bounce),
        (554, "5.5.1", kept),
        (554, "", bounce),
        (554, "5.6.0", bounce),
    ] {
        let dot = reply(number, status, "DATA-BODY");
        assert_eq!(summary(dot), unknown, "{number} {status}");
        let dot = dot.recipients_accepted(1);
        assert_eq!(summary(dot), bounce, "{number} {status}");
    }
}

#[test]
fn a_refusal_for_one_recipient_waits_for_the_last_reply() {
    for status in ["", "5.2.2"] {
        let one = reply(550, status, "DATA-BODY");
        let prdr = one.for_one_recipient(true);
        assert_eq!(summary(prdr), "after-change | recipient | kept");
        assert!(
            prdr.advice()
                .to_string()
                .contains("before the last reply of all")
        );
        assert_eq!(summary(one.lmtp(true)), "after-change | recipient | bounce");
        // At RCPT there is no such reply.
        let rcpt = reply(550, status, "RCPT").for_one_recipient(true);
        assert!(rcpt.advice().may_bounce());
    }
    let anywhere = reply(550, "5.1.1", "").for_one_recipient(true);
    assert!(!anywhere.advice().may_bounce());
}

#[test]
fn a_program_can_tell_the_end_of_a_session() {
    for (number, at, ends) in [
        (250, "DATA", true),
        (199, "RCPT", true),
        (699, "MAIL", true),
        (399, "AUTH", true),
        (421, "RCPT", true),
        (554, "CONNECT", true),
        (221, "QUIT", true),
        (250, "QUIT", true),
        (502, "QUIT", true),
        (250, "RCPT", false),
        (550, "RCPT", false),
        (530, "MAIL", false),
        (502, "EHLO", false),
        (220, "STARTTLS", false),
        (535, "AUTH", false),
    ] {
        let advice = reply(number, "", at).advice();
        assert_eq!(advice.ends_session(), ends, "{number} {at}");
    }
    for number in [250, 450, 550] {
        let glued = reply(number, "", "RCPT").no_separator(true).advice();
        assert!(glued.ends_session(), "{number}");
        let cut = reply(number, "", "RCPT").truncated(true).advice();
        assert!(cut.ends_session(), "{number}");
    }
}

#[test]
fn a_success_of_an_unknown_number_is_no_more_than_one_of_250() {
    for number in [250, 299] {
        let chunk = reply(number, "", "BDAT").more_chunks_follow(true);
        assert_eq!(summary(chunk), "proceed | command | kept", "{number}");
        assert!(chunk.advice().why().contains("no message is accepted"));
        for at in ENDS {
            let one = reply(number, "", at).more_chunks_follow(false);
            let why = one.for_one_recipient(true).advice().why();
            assert!(why.contains("last reply of all"), "{number} {at}: {why}");
            let why = one.lmtp(true).advice().why();
            assert!(why.contains("this one recipient"), "{number} {at}: {why}");
        }
    }
    let last = reply(299, "", "BDAT").more_chunks_follow(false).advice();
    assert_eq!(last.fate(), Fate::TakenOver);
    assert_eq!(last.certainty(), Certainty::Unsure);
}

#[test]
fn a_text_says_a_thing_once_and_only_what_decided() {
    let again = [
        (
            reply(250, "", "RCPT").no_separator(true),
            "space nor a hyphen",
        ),
        (reply(250, "", "RCPT").truncated(true), "connection ended"),
        (reply(598, "", "RCPT"), "No table has"),
    ];
    for (situation, words) in again {
        let advice = situation.advice();
        assert!(!advice.caveats().is_empty());
        for text in [advice.to_string(), format!("{advice:#}")] {
            assert!(text.matches(words).count() <= 1, "{text}");
            let caveat = advice.caveats().iter().next().expect("one").text();
            assert!(!text.contains(caveat), "{text}");
        }
    }
    // One that the reason does not speak of is told.
    let policy = reply(598, "5.7.1", "RCPT").advice().to_string();
    assert!(policy.contains(Caveat::UnknownCode.text()), "{policy}");
    for situation in [
        reply(299, "", "CONNECT"),
        reply(399, "", "RCPT"),
        reply(299, "", "RCPT").truncated(true),
    ] {
        let text = situation.advice().to_string();
        assert!(!text.contains("decides"), "{text}");
    }
    let quit = reply(250, "", "QUIT").advice().to_string();
    assert!(quit.contains("the client closes the connection"), "{quit}");
    for (number, status) in [(550, "5.4.1"), (554, "5.4.6")] {
        let advice = reply(number, status, "RCPT").advice();
        assert_eq!(advice.certainty(), Certainty::Unsure, "{status}");
    }
}
