//! Replies of several lines, as programs write them down.

use codes_text::find;

use super::check;

#[test]
fn programs_that_repeat_a_part_of_the_codes() {
    check(&[
        (
            "550 5.1.1 a\n5.1.1 b\n5.1.1 c 250 x\n550 5.7.26 d\n5.7.26 e\n554 5.7.1 f\n",
            "550 5.1.1; 550 5.7.26; 554 5.7.1",
        ),
        (
            "2026/11/24 06:01:02 send: 550 5.1.1 a\n5.1.1 b\n",
            "550 5.1.1",
        ),
        ("550 5.1.1 a\n5.1.2 Bad system\n", "550 5.1.1; 5.1.2"),
        (
            "msmtp: server message: 550-5.1.1 a\nmsmtp: server message: 550-5.1.1 b\nmsmtp: server message: 550 5.1.1 c\nmsmtp: could not send mail\n",
            "550 5.1.1",
        ),
        (
            "msmtp: server message: 550 5.1.1 a\nmsmtp: server message: 550 5.1.1 b\n",
            "550 5.1.1; 550 5.1.1",
        ),
    ]);
}

#[test]
fn words_without_the_codes() {
    for text in [
        "550 5.1.1 a\n5.1.1 b\n5.1.1 c",
        "(550, b'5.1.1 a\\n5.1.1 b\\n5.1.1 c')",
        "msmtp: server message: 550-5.1.1 a\nmsmtp: server message: 550-5.1.1 b\nmsmtp: server message: 550 5.1.1 c\n",
        "said: 550-5.1.1 a 550-5.1.1 550-5.1.1  b\n    550-5.1.1 550 5.1.1 c",
    ] {
        let words: Vec<String> = find(text.as_bytes())
            .map(|found| found.words().to_string())
            .collect();
        assert_eq!(words, ["a b c"], "{text}");
    }
}
