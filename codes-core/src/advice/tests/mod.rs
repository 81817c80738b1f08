//! What a client must know, one case a line.

mod doubtful;
mod mended;
mod reasons;
mod sweep;

use super::*;
use crate::vocabulary::Retry::{
    AfterChange, FewerRecipients, Later, Never, OtherHost, Proceed, SameSession,
};
use crate::{Command, CommandKind, EnhancedCode, ReplyCode, TABLE, TypedCode};

fn code(number: u16) -> ReplyCode {
    ReplyCode::new(number).expect("three digits")
}

fn enhanced(text: &str) -> Option<EnhancedCode> {
    (!text.is_empty()).then(|| text.parse().expect(text))
}

/// A reply with its enhanced code, or `""`, and the point where it came, or `""`.
fn reply(number: u16, status: &str, at: &str) -> Situation {
    let at = (!at.is_empty()).then(|| Command::from_name(at).expect(at));
    Situation::new(code(number))
        .enhanced(enhanced(status))
        .at(at)
}

/// `other-host, later | session | kept`
fn summary(situation: Situation) -> String {
    let advice = situation.advice();
    let steps: Vec<_> = core::iter::once(advice.action())
        .chain(advice.then().iter().copied())
        .map(Retry::as_str)
        .collect();
    let bounce = if advice.may_bounce() {
        "bounce"
    } else {
        "kept"
    };
    let scope = advice.scope().map_or("?", Scope::as_str);
    format!("{} | {scope} | {bounce}", steps.join(", "))
}

#[track_caller]
fn assert_all(cases: &[(u16, &str, &str, &str)]) {
    let mut wrong = Vec::new();
    for &(number, status, at, expected) in cases {
        let found = summary(reply(number, status, at));
        if found != expected {
            wrong.push(format!(
                "{number} {status} at {at}: {found}, expected {expected}"
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn a_code_alone_has_its_own_facts() {
    for info in &TABLE {
        let advice = Situation::new(info).advice();
        assert_eq!(advice.action(), info.retry(), "{info}");
        assert_eq!(advice.next_actor(), info.next_actor(), "{info}");
        assert_eq!(advice.connection(), info.connection(), "{info}");
        assert_eq!(advice.basis(), AdviceBasis::Code, "{info}");
        assert!(advice.caveats().is_empty(), "{info}");
    }
    assert_all(&[
        (250, "", "", "proceed | ? | kept"),
        (421, "", "", "later | session | kept"),
        (450, "", "", "later | ? | kept"),
        (550, "", "", "after-change | ? | kept"),
        (535, "", "", "after-change | login | kept"),
        (556, "", "", "never | recipient | bounce"),
        (521, "", "", "other-host, later | ? | kept"),
        (101, "", "", "other-host, later | ? | kept"),
        (500, "", "", "same-session, after-change | ? | kept"),
        (531, "", "", "fewer-recipients, later | ? | kept"),
    ]);
}

#[test]
fn a_refusal_at_the_opening_concerns_the_host() {
    assert_all(&[
        (220, "", "CONNECT", "proceed | session | kept"),
        (554, "", "CONNECT", "other-host, later | session | kept"),
        (
            554,
            "5.7.1",
            "CONNECT",
            "other-host, later | session | kept",
        ),
        (521, "", "CONNECT", "other-host, later | session | kept"),
        (550, "", "CONNECT", "other-host, later | session | kept"),
        (598, "", "CONNECT", "other-host, later | session | kept"),
        (450, "", "CONNECT", "other-host, later | session | kept"),
        (
            421,
            "4.7.0",
            "CONNECT",
            "other-host, later | session | kept",
        ),
        (
            521,
            "",
            "AFTER-521-GREETING",
            "other-host, later | session | kept",
        ),
        (
            503,
            "",
            "AFTER-554-GREETING",
            "other-host, later | session | kept",
        ),
        (550, "", "HELO", "other-host, later | session | kept"),
        (504, "", "HELO", "other-host, later | session | kept"),
        (550, "", "LHLO", "other-host, later | session | kept"),
        // EHLO refused, but not by 421: HELO.
        (250, "", "EHLO", "proceed | session | kept"),
        (
            502,
            "",
            "EHLO",
            "same-session, other-host, later | session | kept",
        ),
        (
            550,
            "5.7.1",
            "EHLO",
            "same-session, other-host, later | session | kept",
        ),
        (
            450,
            "",
            "EHLO",
            "same-session, other-host, later | session | kept",
        ),
        (
            530,
            "",
            "EHLO",
            "same-session, other-host, later | session | kept",
        ),
        (421, "", "EHLO", "other-host, later | session | kept"),
    ]);
    let quit = reply(554, "", "CONNECT").advice();
    assert!(quit.why().contains("QUIT"), "{}", quit.why());
    assert_eq!(
        reply(220, "", "CONNECT").advice().connection(),
        Connection::Open
    );
}

#[test]
fn the_end_of_a_session_judges_no_message() {
    assert_all(&[
        (421, "", "MAIL", "other-host, later | session | kept"),
        (421, "4.3.2", "RCPT", "other-host, later | session | kept"),
        (421, "", "DATA-BODY", "other-host, later | session | kept"),
        (421, "", "AUTH", "other-host, later | session | kept"),
        (421, "", "QUIT", "never | command | kept"),
        (221, "", "QUIT", "proceed | command | kept"),
        (250, "", "QUIT", "never | command | kept"),
        (500, "", "QUIT", "never | command | kept"),
    ]);
}

#[test]
fn tls_and_login_come_before_the_mail() {
    assert_all(&[
        (220, "", "STARTTLS", "proceed | session | kept"),
        (
            454,
            "",
            "STARTTLS",
            "same-session, other-host, later | session | kept",
        ),
        (
            540,
            "",
            "STARTTLS",
            "same-session, other-host, later | session | kept",
        ),
        (235, "", "AUTH", "proceed | login | kept"),
        (334, "", "AUTH", "proceed | login | kept"),
        (432, "", "AUTH", "same-session, later | login | kept"),
        (432, "4.3.2", "RCPT", "later | recipient | kept"),
        (454, "4.7.0", "AUTH", "later | login | kept"),
        (504, "", "AUTH", "same-session, after-change | login | kept"),
        (
            530,
            "",
            "AUTH",
            "same-session, after-change | session | kept",
        ),
        (
            534,
            "5.7.9",
            "AUTH",
            "same-session, after-change | login | kept",
        ),
        (535, "5.7.8", "AUTH", "after-change | login | kept"),
        (535, "5.7.139", "AUTH", "after-change | login | kept"),
        (535, "", "MAIL", "after-change | login | kept"),
        (535, "", "DATA-BODY", "after-change | login | kept"),
        (550, "", "AUTH", "after-change | login | kept"),
        (502, "", "AUTH", "same-session, after-change | login | kept"),
        (
            530,
            "5.7.0",
            "MAIL",
            "same-session, after-change | session | kept",
        ),
        (
            530,
            "5.7.0",
            "RCPT",
            "same-session, after-change | session | kept",
        ),
        (
            534,
            "5.7.9",
            "MAIL",
            "same-session, after-change | login | kept",
        ),
        (534, "", "DATA-BODY", "after-change | message | bounce"),
    ]);
    let tls = reply(220, "", "STARTTLS").advice();
    assert!(tls.why().contains("EHLO anew"), "{}", tls.why());
    assert_eq!(tls.connection(), Connection::OpenOrTls);
    let login = reply(454, "", "AUTH").advice();
    assert!(login.why().contains("not judged the password"));
    assert!(reply(454, "", "STARTTLS").advice().why().contains("policy"));
}

#[test]
fn a_recipient_is_refused_or_has_to_wait() {
    assert_all(&[
        (250, "2.1.5", "RCPT", "proceed | recipient | kept"),
        (251, "", "RCPT", "proceed | recipient | kept"),
        (550, "5.1.1", "RCPT", "after-change | recipient | bounce"),
        (550, "5.7.1", "RCPT", "after-change | recipient | bounce"),
        (550, "5.7.708", "RCPT", "after-change | recipient | bounce"),
        (598, "", "RCPT", "after-change | recipient | bounce"),
        (499, "", "RCPT", "later | recipient | kept"),
        (450, "", "RCPT", "later | recipient | kept"),
        (450, "4.7.1", "RCPT", "later | recipient | kept"),
        (451, "4.7.1", "RCPT", "later | recipient | kept"),
        (452, "", "RCPT", "later | recipient | kept"),
        (452, "4.5.3", "RCPT", "later | recipient | kept"),
        (454, "4.7.1", "RCPT", "later | recipient | kept"),
        (
            552,
            "5.5.3",
            "RCPT",
            "fewer-recipients, later | recipient | kept",
        ),
        (552, "5.2.2", "RCPT", "after-change | recipient | bounce"),
        (552, "5.3.4", "RCPT", "after-change | recipient | bounce"),
        (552, "", "RCPT", "after-change | recipient | bounce"),
        (556, "5.1.10", "RCPT", "never | recipient | bounce"),
        (550, "5.1.10", "RCPT", "after-change | recipient | bounce"),
        (550, "5.7.27", "MAIL", "after-change | message | bounce"),
        (521, "", "RCPT", "after-change | recipient | bounce"),
        (521, "5.7.1", "DATA-BODY", "after-change | message | bounce"),
        (531, "", "RCPT", "later | recipient | kept"),
        (459, "", "RCPT", "later | recipient | kept"),
    ]);
    let bare = reply(552, "", "RCPT").advice();
    assert_eq!(bare.certainty(), Certainty::Unsure);
    let full = reply(552, "5.2.2", "RCPT").advice();
    assert_eq!(full.next_actor(), NextActor::Recipient);
    assert_eq!(full.certainty(), Certainty::Stated);
    let unknown = reply(550, "5.1.1", "RCPT").advice();
    assert!(unknown.why().contains("no proof"), "{}", unknown.why());
    assert_eq!(unknown.certainty(), Certainty::Usual);
}

#[test]
fn a_limit_on_recipients_needs_a_recipient_that_was_accepted() {
    let limits = [
        (452, "", "fewer-recipients, later", "later"),
        (452, "4.5.3", "fewer-recipients, later", "later"),
        (451, "4.5.3", "fewer-recipients, later", "later"),
        (552, "5.5.3", "fewer-recipients, later", "later"),
        (550, "5.5.3", "fewer-recipients, later", "later"),
        (531, "", "fewer-recipients, later", "later"),
        // These say themselves that it is something else.
        (452, "4.2.2", "later", "later"),
        (452, "4.3.1", "later", "later"),
        (450, "", "later", "later"),
        (421, "4.5.3", "other-host, later", "other-host, later"),
    ];
    for (number, status, with, without) in limits {
        let at = reply(number, status, "RCPT");
        let steps = |situation| {
            let summary = summary(situation);
            summary.split(" | ").next().expect("steps").to_owned()
        };
        assert_eq!(steps(at.recipients_accepted(2)), with, "{number} {status}");
        assert_eq!(
            steps(at.recipients_accepted(0)),
            without,
            "{number} {status}"
        );
        // Where nobody knows, a 5yz that names their number is about nothing else.
        let unknown = if status == "5.5.3" { with } else { without };
        assert_eq!(steps(at), unknown, "{number} {status}");
        assert!(!at.advice().may_bounce() && !at.recipients_accepted(2).advice().may_bounce());
    }
}

#[test]
fn a_parameter_is_dropped_once_if_that_may_be() {
    for number in [500, 501, 504, 555] {
        for (at, scope) in [("MAIL", "message"), ("RCPT", "recipient")] {
            let refused = reply(number, "", at);
            let expected = format!("same-session, after-change | {scope} | kept");
            assert_eq!(summary(refused), expected, "{number}");
            assert!(refused.advice().why().contains("never drop REQUIRETLS"));
            let bare = refused.nothing_to_drop(true);
            let expected = format!("after-change | {scope} | bounce");
            assert_eq!(summary(bare), expected, "{number}");
        }
    }
    assert_all(&[
        (
            555,
            "5.5.4",
            "MAIL",
            "same-session, after-change | message | kept",
        ),
        (501, "5.1.3", "RCPT", "after-change | recipient | bounce"),
        (501, "5.1.7", "MAIL", "after-change | message | bounce"),
        (550, "5.7.30", "MAIL", "after-change | message | bounce"),
    ]);
    let required = reply(550, "5.7.30", "MAIL").advice();
    assert!(required.why().contains("never dropped"));
}

#[test]
fn where_no_recipient_is_left_their_own_replies_decide() {
    assert_all(&[
        (503, "", "DATA", "same-session, later | command | kept"),
        (503, "5.5.1", "DATA", "same-session, later | command | kept"),
        (503, "", "MAIL", "same-session, later | command | kept"),
        (503, "", "RCPT", "same-session, later | command | kept"),
        (503, "", "BDAT", "same-session, later | command | kept"),
        (554, "", "DATA", "same-session, later | command | kept"),
        (554, "5.7.1", "DATA", "after-change | message | bounce"),
        (550, "", "DATA", "after-change | message | bounce"),
    ]);
    let nobody = reply(554, "5.5.1", "DATA").recipients_accepted(0);
    assert_eq!(summary(nobody), "same-session, later | command | kept");
    let somebody = reply(554, "5.5.1", "DATA").recipients_accepted(1);
    assert_eq!(summary(somebody), "after-change | message | bounce");
    assert!(
        reply(503, "", "DATA")
            .advice()
            .why()
            .contains("RCPT decide")
    );
}

#[test]
fn only_the_last_reply_takes_a_message_over() {
    assert_all(&[
        (354, "", "DATA", "proceed | message | kept"),
        (250, "2.0.0", "DATA-BODY", "proceed | message | kept"),
        (353, "", "DATA-BODY", "proceed | message | kept"),
        (250, "", "BDAT", "proceed | message | kept"),
        (554, "5.7.1", "DATA-BODY", "after-change | message | bounce"),
        (552, "5.3.4", "DATA-BODY", "after-change | message | bounce"),
        (451, "", "DATA-BODY", "later | message | kept"),
        (554, "5.7.1", "BDAT", "after-change | message | bounce"),
    ]);
    let responsible = |situation: Situation| situation.advice().why().contains("responsible");
    assert!(responsible(reply(250, "", "DATA-BODY")));
    assert!(responsible(
        reply(250, "", "BDAT").more_chunks_follow(false)
    ));
    assert!(!responsible(reply(250, "", "BDAT")));
    for at in ["BDAT", "BURL"] {
        let chunk = reply(250, "", at).more_chunks_follow(true);
        assert!(!responsible(chunk) && chunk.advice().why().contains("no message is accepted"));
        assert_eq!(summary(chunk), "proceed | command | kept");
    }
}

#[test]
fn a_reply_out_of_step_is_never_followed() {
    let out_of_step = [
        (250, "DATA"),
        (354, "RCPT"),
        (252, "RCPT"),
        (220, "DATA-BODY"),
        (221, "DATA-BODY"),
        (354, "DATA-BODY"),
        (250, "STARTTLS"),
        (250, "AUTH"),
        (235, "MAIL"),
        (334, "DATA"),
        (250, "CONNECT"),
        (220, "AFTER-554-GREETING"),
        // Unknown ones of a class that the point does not have.
        (299, "DATA"),
        (399, "RCPT"),
        (399, "CONNECT"),
    ];
    for (number, at) in out_of_step {
        let situation = reply(number, "", at);
        assert_eq!(
            summary(situation),
            "later | session | kept",
            "{number} {at}"
        );
        assert_eq!(
            situation.advice().basis(),
            AdviceBasis::Order,
            "{number} {at}"
        );
    }
    let in_step = [
        (250, "TURN"),
        (355, "MAIL"),
        (252, "VRFY"),
        (220, "XCLIENT"),
    ];
    for (number, at) in in_step {
        let advice = reply(number, "", at).advice();
        assert_eq!(advice.action(), Proceed, "{number} {at}");
    }
}

#[test]
fn commands_that_nobody_needs_are_done_without() {
    assert_all(&[
        (502, "", "VRFY", "same-session, never | command | kept"),
        (500, "", "EXPN", "same-session, never | command | kept"),
        (502, "", "HELP", "same-session, never | command | kept"),
        (500, "", "NOOP", "same-session, never | command | kept"),
        (252, "", "VRFY", "proceed | command | kept"),
        (550, "5.1.1", "VRFY", "after-change | command | kept"),
        (458, "", "ETRN", "later | command | kept"),
        (459, "", "ETRN", "after-change | command | kept"),
        (253, "", "ETRN", "proceed | command | kept"),
    ]);
}

#[test]
fn what_is_unknown_falls_back_on_its_digits() {
    assert_all(&[
        (299, "", "", "proceed | ? | kept"),
        (299, "", "RCPT", "proceed | recipient | kept"),
        (399, "", "DATA", "proceed | message | kept"),
        (399, "", "AUTH", "later | session | kept"),
        (399, "", "", "later | session | kept"),
        (499, "", "", "later | ? | kept"),
        (598, "", "", "after-change | ? | kept"),
        (199, "", "", "later | session | kept"),
        (199, "", "RCPT", "later | session | kept"),
        (699, "", "DATA-BODY", "later | session | kept"),
        (999, "", "CONNECT", "later | session | kept"),
        (101, "", "RCPT", "later | session | kept"),
    ]);
    let advice = reply(598, "5.7.708", "RCPT").advice();
    assert!(advice.caveats().contains(Caveat::UnknownCode));
    assert!(advice.caveats().contains(Caveat::UnregisteredDetail));
    assert_eq!(advice.next_actor(), NextActor::SenderAdmin);
    assert_eq!(
        reply(598, "", "RCPT").advice().basis(),
        AdviceBasis::FirstDigit
    );
    let known = reply(550, "5.7.1", "RCPT").advice();
    assert!(known.caveats().is_empty());
}

#[test]
fn of_two_classes_the_basic_code_decides() {
    for (number, status, at, expected) in [
        (550, "4.7.1", "RCPT", "after-change | recipient | bounce"),
        (452, "5.5.3", "RCPT", "later | recipient | kept"),
        (552, "4.2.2", "RCPT", "after-change | recipient | bounce"),
        (554, "4.4.7", "DATA-BODY", "after-change | message | bounce"),
        (354, "2.0.0", "DATA", "proceed | message | kept"),
    ] {
        let situation = reply(number, status, at);
        let advice = situation.advice();
        assert_eq!(summary(situation), expected, "{number} {status}");
        assert!(advice.caveats().contains(Caveat::ClassesDisagree));
        assert_ne!(advice.basis(), AdviceBasis::EnhancedCode);
        assert_eq!(advice.certainty(), Certainty::Unsure);
    }
}

#[test]
fn a_reply_of_doubtful_form_is_no_success() {
    for at in ["", "RCPT", "DATA-BODY", "QUIT"] {
        let advice = reply(250, "", at).no_separator(true).advice();
        assert_eq!(advice.action(), Later, "{at}");
        assert_eq!(advice.basis(), AdviceBasis::Form, "{at}");
        assert!(advice.caveats().contains(Caveat::NoSeparator));
    }
    // A 2yz beside the 354: the server may not be waiting for the message.
    let mixed = reply(354, "", "DATA").lines_disagree(true).advice();
    assert_eq!((mixed.action(), mixed.basis()), (Later, AdviceBasis::Form));
    let lines = reply(550, "", "RCPT").lines_disagree(true);
    let lines = lines.last_line(code(554)).advice();
    assert!(lines.caveats().contains(Caveat::LinesDisagree));
    assert_eq!(lines.action(), AfterChange);
}

#[test]
fn a_reply_that_broke_off_counts_as_a_lost_connection() {
    for (number, at) in [(250, "DATA-BODY"), (550, "RCPT"), (354, ""), (577, "MAIL")] {
        let advice = reply(number, "", at).truncated(true).advice();
        assert_eq!(advice.action(), Later, "{number} {at}");
        assert_eq!(advice.scope(), Some(Scope::Session), "{number} {at}");
        assert!(!advice.may_bounce(), "{number} {at}");
        assert!(advice.caveats().contains(Caveat::Truncated));
    }
}

#[test]
fn the_enhanced_code_says_who_acts() {
    for (status, actor) in [
        ("5.1.1", NextActor::Sender),
        ("5.1.8", NextActor::Sender),
        ("5.2.2", NextActor::Recipient),
        ("5.2.3", NextActor::Sender),
        ("5.2.1", NextActor::Recipient),
        ("5.3.2", NextActor::RecipientAdmin),
        ("5.4.6", NextActor::RecipientAdmin),
        ("5.6.1", NextActor::Sender),
        ("5.7.1", NextActor::SenderAdmin),
        ("5.7.2", NextActor::Sender),
        ("5.7.26", NextActor::SenderAdmin),
        ("5.7.27", NextActor::SenderAdmin),
        ("5.7.30", NextActor::Sender),
    ] {
        let advice = reply(550, status, "RCPT").advice();
        assert_eq!(advice.next_actor(), actor, "{status}");
        assert_eq!(advice.basis(), AdviceBasis::EnhancedCode, "{status}");
    }
}

#[test]
fn a_typed_code_is_a_situation_too() {
    fn action<T: TypedCode>(code: T) -> Retry {
        Situation::new(code).advice().action()
    }
    assert_eq!(action(crate::Smtp354), Proceed);
}

#[test]
fn it_reads_as_a_paragraph() {
    let advice = reply(554, "5.7.1", "CONNECT").advice();
    assert_eq!(
        advice.to_string(),
        "554 Transaction Failed with 5.7.1 at the opening of the connection: the client turns to \
         another host of the domain; where that does not help, it keeps the message and tries again \
         later. The reply is about this host or connection, and no mail is returned for it. The \
         greeting refuses this client or all of them, before any mail was named. QUIT is the only \
         command left here, and the next host of the domain may well answer otherwise. Source: RFC \
         5321 3.1; Postfix source; Exim source (usual)."
    );
    let all = format!("{advice:#}");
    assert!(all.contains("\n\nWhy\nThe greeting"), "{all}");
    assert!(
        all.contains("- Certainty: It is what programs usually do."),
        "{all}"
    );
}
