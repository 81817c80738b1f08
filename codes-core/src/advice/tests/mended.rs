//! What a program that met real servers found wrong.

use super::*;

#[test]
fn a_detail_of_the_login_outside_of_it_is_a_refusal_by_policy() {
    assert_all(&[
        (554, "5.7.9", "DATA-BODY", "after-change | message | bounce"),
        (550, "5.7.12", "RCPT", "after-change | recipient | bounce"),
        (554, "5.7.8", "MAIL", "after-change | message | bounce"),
        (554, "5.7.8", "AUTH", "after-change | login | kept"),
        (554, "5.7.9", "", "after-change | ? | kept"),
        (
            530,
            "5.7.0",
            "MAIL",
            "same-session, after-change | session | kept",
        ),
        (
            530,
            "5.7.8",
            "RCPT",
            "same-session, after-change | session | kept",
        ),
        (535, "5.7.8", "RCPT", "after-change | login | kept"),
        (525, "5.7.13", "AUTH", "after-change | login | kept"),
        (525, "5.7.13", "MAIL", "after-change | login | kept"),
    ]);
    let yahoo = reply(554, "5.7.9", "DATA-BODY").advice();
    assert_eq!(yahoo.certainty(), Certainty::Unsure);
    for at in ["AUTH", "MAIL"] {
        let disabled = reply(525, "5.7.13", at).advice();
        assert_eq!(disabled.next_actor(), NextActor::SenderAdmin, "{at}");
    }
}

#[test]
fn no_valid_recipients_is_no_verdict_on_the_message() {
    for (status, at) in [("", "DATA"), ("5.5.1", "DATA"), ("5.5.1", "BDAT")] {
        let unknown = reply(554, status, at);
        let expected = "same-session, later | command | kept";
        assert_eq!(summary(unknown), expected, "{status} {at}");
        let nobody = unknown.recipients_accepted(0);
        assert_eq!(summary(nobody), expected, "{status} {at}");
        let somebody = unknown.recipients_accepted(1);
        let expected = "after-change | message | bounce";
        assert_eq!(summary(somebody), expected, "{status} {at}");
    }
    // An empty message behind refused recipients (RFC 2920 3.1).
    let empty = reply(554, "5.5.1", "DATA-BODY").recipients_accepted(0);
    assert_eq!(summary(empty), "same-session, later | command | kept");
    for at in ["DATA", "BDAT"] {
        let lost = reply(503, "5.5.1", at).recipients_accepted(2);
        assert_eq!(summary(lost), "same-session, later | command | kept");
        let why = lost.advice().why();
        assert!(why.contains("Recipients were accepted"), "{why}");
    }
}

#[test]
fn responsibility_moves_once() {
    let fate = |situation: Situation| situation.advice().fate();
    for at in ["BDAT", "BURL"] {
        let chunk = reply(250, "", at);
        assert_eq!(fate(chunk), Fate::Kept);
        assert_eq!(chunk.advice().action(), Proceed);
        assert_eq!(chunk.advice().certainty(), Certainty::Unsure);
        assert_eq!(fate(chunk.more_chunks_follow(true)), Fate::Kept);
        assert_eq!(fate(chunk.more_chunks_follow(false)), Fate::TakenOver);
        // Which chunk it was decides in LMTP too.
        assert_eq!(fate(chunk.lmtp(true)), Fate::Kept);
        let last = chunk.lmtp(true).more_chunks_follow(false);
        assert_eq!(fate(last), Fate::TakenOver);
        assert_eq!(last.advice().scope(), Some(Scope::Recipient));
    }
    assert_eq!(fate(reply(250, "", "DATA-BODY")), Fate::TakenOver);
    assert_eq!(fate(reply(299, "", "DATA-BODY")), Fate::TakenOver);
    for (number, at) in [
        (250, "RCPT"),
        (354, "DATA"),
        (353, "DATA-BODY"),
        (250, ""),
        (250, "DATA"),
        (221, "QUIT"),
        (535, "AUTH"),
        (451, "DATA-BODY"),
        (554, "CONNECT"),
    ] {
        assert_eq!(fate(reply(number, "", at)), Fate::Kept, "{number} {at}");
    }
    assert_eq!(fate(reply(554, "", "DATA-BODY")), Fate::Returned);
}

#[test]
fn a_success_for_one_recipient_is_none_for_the_others() {
    let one = reply(250, "", "DATA-BODY");
    let prdr = one.for_one_recipient(true).advice();
    assert_eq!((prdr.action(), prdr.fate()), (Proceed, Fate::Kept));
    assert_eq!(prdr.scope(), Some(Scope::Recipient));
    assert!(prdr.why().contains("last reply of all"), "{}", prdr.why());
    let lmtp = one.lmtp(true).advice();
    assert_eq!((lmtp.action(), lmtp.fate()), (Proceed, Fate::TakenOver));
    assert_eq!(lmtp.scope(), Some(Scope::Recipient));
    assert!(lmtp.why().contains("this one recipient"), "{}", lmtp.why());
    // Before the end of the message there is nothing that one recipient has to himself.
    let data = reply(550, "", "DATA").lmtp(true).advice();
    assert_eq!(data.scope(), Some(Scope::Message));
}

#[test]
fn at_the_end_of_the_message_no_other_command_helps() {
    for number in [500, 501, 502, 503, 504, 555] {
        let end = reply(number, "", "DATA-BODY").recipients_accepted(1);
        let expected = "after-change | message | bounce";
        assert_eq!(summary(end), expected, "{number}");
    }
    assert_all(&[
        (502, "", "MAIL", "after-change | message | bounce"),
        (502, "", "RCPT", "after-change | recipient | bounce"),
        (501, "", "DATA", "after-change | message | bounce"),
        (502, "", "DATA", "after-change | message | bounce"),
        (504, "", "BDAT", "after-change | message | bounce"),
        (502, "", "BDAT", "same-session, later | command | kept"),
        (
            502,
            "",
            "SAML",
            "same-session, after-change | message | kept",
        ),
    ]);
}

#[test]
fn a_detail_with_two_meanings_is_not_sure() {
    for (status, words) in [("5.7.27", "SPF"), ("5.7.30", "DKIM")] {
        let advice = reply(550, status, "DATA-BODY").advice();
        assert_eq!(advice.certainty(), Certainty::Unsure, "{status}");
        assert!(advice.why().contains("Gmail") && advice.why().contains(words));
    }
}

#[test]
fn a_domain_without_mail_bounces_only_where_mail_is_at_stake() {
    assert_all(&[
        (556, "5.1.10", "RCPT", "never | recipient | bounce"),
        (556, "", "MAIL", "never | message | bounce"),
        (556, "", "VRFY", "never | command | kept"),
        (556, "", "NOOP", "never | command | kept"),
        (556, "", "AUTH", "never | login | kept"),
        (556, "", "CONNECT", "other-host, later | session | kept"),
    ]);
}

#[test]
fn who_acts_fits_what_is_done() {
    for (number, status) in [
        (523, "5.7.10"),
        (534, "5.7.14"),
        (504, "5.7.4"),
        (503, "5.7.0"),
        (501, "5.7.0"),
    ] {
        let advice = reply(number, status, "AUTH").advice();
        assert_eq!(advice.action(), SameSession, "{number}");
        assert_eq!(advice.next_actor(), NextActor::ClientSoftware, "{number}");
        assert_eq!(
            advice.why(),
            code(number).info().expect("known").description()
        );
    }
}

#[test]
fn the_digits_of_the_enhanced_code_do_not_outdo_the_code() {
    assert_all(&[
        (459, "4.7.1", "ETRN", "after-change | command | kept"),
        (440, "", "STARTTLS", "other-host, later | session | kept"),
        (
            440,
            "4.7.1",
            "STARTTLS",
            "other-host, later | session | kept",
        ),
        (531, "", "DATA-BODY", "after-change | message | bounce"),
        (531, "", "VRFY", "after-change | command | kept"),
        (531, "5.2.2", "RCPT", "after-change | recipient | bounce"),
        (421, "", "", "later | session | kept"),
        (421, "4.7.0", "", "later | session | kept"),
        (421, "4.7.1", "", "later | session | kept"),
        (421, "4.2.2", "", "later | session | kept"),
        (421, "4.7.0", "RCPT", "other-host, later | session | kept"),
    ]);
    for status in ["4.1.1", "4.2.1", "4.7.1"] {
        let full = reply(452, status, "RCPT").recipients_accepted(3);
        assert_eq!(summary(full), "later | recipient | kept", "{status}");
    }
}

#[test]
fn the_end_of_a_session_is_the_same_at_every_point() {
    let points = Command::all().filter(|point| point.kind() != CommandKind::Group);
    for point in points.filter(|point| point.name() != "QUIT") {
        let advice = reply(421, "4.7.0", "").at(point).advice();
        assert_eq!(advice.action(), OtherHost, "{point:?}");
        let full = reply(531, "5.5.3", "").at(point).advice();
        let is_limit = full.action() == FewerRecipients;
        assert_eq!(is_limit, point == Command::RCPT, "{point:?}");
    }
}

#[test]
fn a_number_that_no_server_sends_came_all_the_same() {
    assert_all(&[
        (541, "5.7.1", "DATA-BODY", "after-change | message | bounce"),
        (541, "", "RCPT", "after-change | recipient | bounce"),
        (447, "", "RCPT", "later | recipient | kept"),
        (441, "", "MAIL", "later | message | kept"),
        (441, "", "CONNECT", "other-host, later | session | kept"),
    ]);
    for (number, at) in [(541, "RCPT"), (447, "MAIL"), (449, "DATA-BODY")] {
        let advice = reply(number, "", at).advice();
        assert!(advice.caveats().contains(Caveat::NotAReply), "{number}");
        assert!(!advice.caveats().contains(Caveat::UnknownCode), "{number}");
        assert_eq!(advice.connection(), Connection::Open, "{number}");
        assert_eq!(advice.basis(), AdviceBasis::FirstDigit, "{number}");
    }
}

#[test]
fn a_text_says_no_more_than_is_known() {
    let why = |situation: Situation| situation.advice().why();
    assert!(!why(reply(552, "4.2.2", "RCPT")).contains("bare"));
    assert!(!why(reply(452, "", "RCPT")).contains("cannot be"));
    assert!(!why(reply(503, "", "DATA")).contains("is left"));
}

#[test]
fn an_enhanced_code_may_say_what_a_reply_is_about() {
    assert_all(&[
        (550, "5.1.1", "", "after-change | recipient | bounce"),
        (552, "5.2.2", "", "after-change | recipient | bounce"),
        (550, "5.7.1", "", "after-change | ? | kept"),
        // But it is not about mail where none is at stake, nor where the code speaks of a login.
        (550, "5.2.1", "VRFY", "after-change | command | kept"),
        (525, "5.2.1", "MAIL", "after-change | login | kept"),
        (525, "5.2.1", "", "after-change | login | kept"),
    ]);
}

#[test]
fn a_first_digit_opens_no_session() {
    for (number, at) in [(200, "CONNECT"), (201, "CONNECT"), (299, "STARTTLS")] {
        let advice = reply(number, "", at).advice();
        assert_eq!(summary(advice.situation()), "later | session | kept");
        assert_eq!(advice.basis(), AdviceBasis::Order, "{number}");
    }
    let taken = reply(240, "", "DATA-BODY").advice();
    assert_eq!(taken.action(), Proceed);
    assert_eq!(taken.certainty(), Certainty::Unsure);
}
