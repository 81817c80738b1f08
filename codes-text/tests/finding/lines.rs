//! Replies of several lines, and their words.

use codes_core::Deviation;
use codes_text::find;

/// The words of the only reply in a text, and its deviations.
fn words(text: &str) -> (String, String) {
    let mut replies = find(text.as_bytes());
    let found = replies.next().expect(text);
    assert!(replies.next().is_none(), "{text}");
    (found.words().to_string(), found.deviations().to_string())
}

#[test]
fn lines_are_one_reply_however_they_were_joined() {
    for text in [
        "550-5.1.1 No such user.\n550-5.1.1 Try again\n550 5.1.1 elsewhere.",
        "550-5.1.1 No such user.\r\n550-5.1.1 Try again\r\n550 5.1.1 elsewhere.\r\n",
        "550-5.1.1 No such user. 550-5.1.1 Try again 550 5.1.1 elsewhere.",
        r"550-5.1.1 No such user.\n550-5.1.1 Try again\n550 5.1.1 elsewhere.",
        r"550-5.1.1 No such user.\r\n550-5.1.1 Try again\r\n550 5.1.1 elsewhere.",
        "Diagnostic-Code: smtp; 550-5.1.1 No such user.\n 550-5.1.1 Try again\n 550 5.1.1 elsewhere.",
        "Diagnostic-Code: smtp; 550-5.1.1 No such user. 550-5.1.1\n Try again 550 5.1.1\n elsewhere.",
        "<<< 550-5.1.1 No such user.\n<<< 550-5.1.1 Try again\n<<< 550 5.1.1 elsewhere.",
        "said: 550 5.1.1 No such user.\n    Try again\n    elsewhere. (in reply to RCPT TO command)",
        "Remote_host_said:_550-5.1.1_No_such_user./550-5.1.1_Try_again/550_5.1.1_elsewhere./",
    ] {
        let expected = "No such user. Try again elsewhere.";
        assert_eq!(words(text), (expected.into(), String::new()), "{text}");
    }
}

#[test]
fn lines_are_given_one_by_one() {
    let text = b"550-5.1.1 No such user.\r\n550 5.1.1 Try elsewhere.\r\n";
    let found = find(text).next().expect("a reply");
    let lines: Vec<&[u8]> = found.words().collect();
    assert_eq!(lines, [&b"No such user."[..], b"Try elsewhere."]);
}

#[test]
fn what_lines_do_not_agree_about_is_told() {
    let deviations = |text: &str| words(text).1;
    assert_eq!(
        deviations("550-5.1.1 a\n550 5.7.1 b"),
        "enhanced-codes-differ"
    );
    assert_eq!(deviations("550-5.1.1 a\n550 b"), "enhanced-codes-differ");
    assert_eq!(deviations("550-a\n250 b"), "codes-differ");
    assert_eq!(
        deviations("550-5.1.1 a 550 5.7.1 b"),
        "enhanced-codes-differ"
    );
}

#[test]
fn the_worst_line_counts_and_no_mail_is_returned_for_a_milder_last_one() {
    let text = b"550-no\n450 later";
    let found = find(text).next().expect("a reply");
    assert_eq!(found.code().map(|code| code.get()), Some(550));
    assert!(found.deviations().contains(Deviation::CodesDiffer));
    let command = codes_core::Command::RCPT;
    let advice = found.situation().expect("a code").at(command).advice();
    assert!(!advice.may_bounce());
    let found = find(b"550 no").next().expect("a reply");
    let advice = found.situation().expect("a code").at(command).advice();
    assert!(advice.may_bounce());
}

#[test]
fn a_success_without_a_separator_is_not_relied_upon() {
    let found = find(b"250OK").next().expect("a reply");
    let advice = found.situation().expect("a code").advice();
    assert_ne!(advice.action(), codes_core::Retry::Proceed);
}

#[test]
fn words_are_readable() {
    for (text, expected) in [
        ("550 5.1.1 User   unknown ", "User   unknown"),
        ("550 5.1.1 User\n   unknown", "User unknown"),
        ("550", ""),
        ("550 5.1.1", ""),
        ("550-5.1.1 only one line", "only one line"),
        ("550 5.1.1 caf\u{e9}", "caf\u{e9}"),
        (
            r"550 5.1.1 DOMAIN\name is unknown",
            r"DOMAIN\name is unknown",
        ),
        (
            "550 5.1.1 <a_b@example.com> unknown",
            "<a_b@example.com> unknown",
        ),
        ("\"550 5.1.1 quoted\" and more", "quoted"),
        ("stat=Deferred: 451 4.7.1 (try later)", "(try later)"),
    ] {
        assert_eq!(words(text).0, expected, "{text}");
    }
    let found = find(b"550 5.1.1 caf\xe9").next().expect("a reply");
    assert_eq!(found.words().to_string(), "caf\u{fffd}");
    assert_eq!(found.text(), b"caf\xe9");
}

#[test]
fn a_line_that_is_no_line_of_the_reply_is_left_out() {
    for text in [
        "550 5.1.1 No such user.\nSincerely, the postmaster",
        "550-5.1.1 No such user.\nSincerely, the postmaster",
        "550 5.1.1 No such user.\n\n    The mail follows.",
        "    550 5.1.1 No such user.\n  Less deep.",
    ] {
        assert_eq!(words(text).0, "No such user.", "{text}");
    }
}

#[test]
fn replies_are_found_in_a_text_that_is_crammed_with_them() {
    for (part, code) in [
        ("C=\"250 ok\" ", 250),
        ("550 5.1.1 a (in reply to RCPT TO command) ", 550),
    ] {
        let text = part.repeat(10_000);
        let replies = find(text.as_bytes());
        let all = replies.filter(|found| found.code().is_some_and(|own| own.get() == code));
        assert_eq!(all.count(), 10_000, "{part}");
    }
}
