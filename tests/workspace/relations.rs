//! How some pairs stand to each other, fixed by hand from the RFCs.

use codes_core::Follows::{self, Both, Left, Neither, Right};
use codes_core::Relation::{self, Alternatives, Apart, Same, Sequence, Unknown};
use codes_core::{ReplyCode, TABLE};

/// The two codes, their relation, where they meet, which of them may follow the other.
type Row = (u16, u16, Relation, &'static str, Follows);

const PAIRS: &[Row] = &[
    // RFC 7504: who greets with 521 never takes a transaction as far as DATA.
    (354, 521, Apart, "", Neither),
    // RFC 5321 section 4.2.2 names one failure twice, for now and for good; 6647 adds the greylisting.
    (
        450,
        550,
        Alternatives,
        "EHLO HELO MAIL RCPT DATA DATA-BODY",
        Neither,
    ),
    // RFC 5321 section 4.3.2: RCPT has to succeed before DATA, DATA before the text.
    (250, 354, Sequence, "RCPT>DATA DATA>DATA-BODY", Both),
    // RFC 5321 section 3.1; RFC 3207 section 4.2: after the handshake the client begins anew.
    (
        220,
        250,
        Sequence,
        "CONNECT>EHLO STARTTLS>EHLO EHLO>STARTTLS",
        Both,
    ),
    // RFC 5321 section 4.3.2: any command may get these.
    (500, 501, Alternatives, "ANY", Neither),
    // RFC 5321 section 3.8: 421 may come at any moment.
    (
        421,
        554,
        Alternatives,
        "CONNECT MAIL RCPT DATA DATA-BODY AUTH BURL",
        Neither,
    ),
    // RFC 4954: 334 belongs to AUTH, and nothing leads from it to DATA.
    (334, 354, Apart, "", Neither),
    // RFC 5321 section 4.1.1.4: DATA may be refused, and so may the text.
    (354, 554, Alternatives, "DATA", Right),
    // No server sends 441, so it meets nothing.
    (421, 441, Apart, "", Neither),
    (441, 447, Apart, "", Neither),
    // Nobody has said which command 542 answers.
    (542, 550, Unknown, "", Neither),
    // RFC 1845: the checkpoint answers MAIL, then DATA comes at once.
    (354, 355, Sequence, "MAIL>DATA", Left),
    // RFC 4954 section 4: the exchange goes on until one of these ends it; a failed one may begin anew.
    (235, 334, Alternatives, "AUTH", Left),
    (334, 535, Alternatives, "AUTH", Both),
    (235, 535, Alternatives, "AUTH", Left),
    // RFC 5321 section 3.1: the greeting opens the session or refuses it.
    (220, 554, Alternatives, "CONNECT", Right),
    (521, 554, Alternatives, "CONNECT", Neither),
    // RFC 7504: one speaks for itself in its greeting, the other of a domain at RCPT.
    (521, 556, Apart, "", Neither),
    (550, 556, Alternatives, "RCPT", Neither),
    // RFC 5321 section 3.1: 503 is what comes after a greeting of 554, not of 521.
    (503, 521, Apart, "", Neither),
    // RFC 5321 section 4.1.1.10: QUIT may come after the message, and gets only this.
    (221, 250, Sequence, "DATA-BODY>QUIT", Left),
    (221, 421, Alternatives, "QUIT", Neither),
    // RFC 5321 section 4.1.1.8.
    (211, 214, Alternatives, "HELP", Neither),
    // Only aiosmtpd lists its commands in a 250.
    (214, 250, Alternatives, "HELP", Neither),
    // RFC 5321 section 3.4.
    (251, 551, Alternatives, "RCPT VRFY EXPN", Neither),
    (252, 550, Alternatives, "VRFY EXPN", Neither),
    // RFC 1985 section 5: only ETRN is about the queue.
    (458, 459, Alternatives, "ETRN", Neither),
    // RFC 4954 answers AUTH, RFC 5321 the mailbox.
    (535, 550, Apart, "", Neither),
    (455, 555, Alternatives, "MAIL RCPT", Neither),
    (354, 354, Same, "", Neither),
    // In no table.
    (354, 987, Unknown, "", Neither),
    (987, 699, Unknown, "", Neither),
    (441, 987, Apart, "", Neither),
];

#[test]
fn pairs_stand_to_each_other_as_the_rfcs_have_it() {
    let code = |number| ReplyCode::new(number).expect("three digits");
    let mut wrong = Vec::new();
    for &(left, right, relation, places, follows) in PAIRS {
        let both = TABLE.compare(code(left), code(right));
        let at: Vec<String> = both.meet_at().map(|place| place.to_string()).collect();
        let (derived, fixed) = (
            (both.relation(), at.join(" "), both.follows()),
            (relation, places.to_owned(), follows),
        );
        if derived != fixed {
            wrong.push(format!(
                "{left} with {right}: {derived:?}, fixed by hand: {fixed:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
