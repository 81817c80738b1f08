//! Which fact decides, where several would lead to the same step.

use super::*;

#[test]
fn each_case_has_its_own_reason() {
    let mut wrong = Vec::new();
    for (number, status, at, words) in [
        (521, "", "CONNECT", "on purpose"),
        (554, "", "CONNECT", "QUIT is the only command"),
        (550, "", "CONNECT", "at the opening"),
        (502, "", "AUTH", "offers no login"),
        (435, "", "AUTH", "not judged the password"),
        (535, "", "AUTH", "corrects the password"),
        (550, "5.7.13", "AUTH", "the login of the client"),
        (550, "5.7.12", "RCPT", "Microsoft 365"),
        (534, "5.7.9", "MAIL", "another mechanism comes first"),
        (534, "5.7.14", "AUTH", "mechanism"),
        (525, "5.7.13", "AUTH", "account is disabled"),
        (440, "", "STARTTLS", "hangs up"),
        (531, "5.2.2", "RCPT", "the 5 of a refusal"),
        (
            452,
            "",
            "RCPT",
            "No other recipient is known to be accepted",
        ),
        (452, "4.2.1", "RCPT", "Room is missing"),
        (502, "", "MAIL", "odd words"),
        (554, "5.5.1", "DATA", "Postfix answers so"),
        (502, "", "DATA", "DATA has no parameter"),
        (502, "", "BDAT", "go by DATA"),
        (501, "", "BDAT", "its length or its place"),
        (502, "", "DATA-BODY", "it is the message that was refused"),
        (250, "", "BDAT", "whether this was it is not known"),
        (251, "", "BDAT", "out of step"),
        (299, "", "DATA-BODY", "another program than a mail server"),
        (541, "5.9.9", "RCPT", "only the 5 speaks"),
        (447, "", "RCPT", "only the 4 speaks"),
        (530, "", "MAIL", "login or STARTTLS first"),
        (505, "", "MAIL", "530 everywhere else"),
        (534, "", "DATA-BODY", "Courier"),
        (432, "", "RCPT", "Courier and Exchange"),
        (251, "", "RCPT", "passes the mail on"),
        (452, "4.2.2", "RCPT", "only its owner can make room"),
        (452, "4.3.1", "RCPT", "The whole host"),
        (454, "", "RCPT", "Postfix defers relaying"),
        (450, "4.7.1", "RCPT", "greylisting"),
        (556, "", "RCPT", "declares in DNS"),
        (521, "", "RCPT", "how Postfix refuses"),
        (501, "5.1.3", "RCPT", "No parameter is to blame"),
        (503, "", "BDAT", "An earlier chunk failed"),
        (550, "5.1.1", "RCPT", "no proof"),
        (550, "5.1.10", "RCPT", "for which 556"),
        (550, "5.1.7", "MAIL", "sender's own address"),
        (550, "5.1.6", "RCPT", "The trouble is an address"),
        (552, "5.2.2", "RCPT", "over its quota"),
        (552, "5.3.4", "DATA-BODY", "too big"),
        (550, "5.2.1", "RCPT", "recipient's hands"),
        (550, "5.4.6", "RCPT", "the way to it"),
        (550, "5.6.9", "DATA-BODY", "in the content"),
        (550, "5.7.2", "RCPT", "write to this list"),
        (550, "5.7.26", "DATA-BODY", "DKIM, SPF, ARC"),
        (550, "5.7.27", "MAIL", "null MX"),
        (550, "5.7.30", "MAIL", "demands TLS"),
        (550, "5.7.10", "MAIL", "A policy or a matter of security"),
        (550, "5.7.708", "RCPT", "A policy or a matter of security"),
        (299, "", "RCPT", "a 2 in front"),
        (399, "", "DATA", "ask for the message"),
        (399, "", "", "does not tell for what"),
        (499, "", "RCPT", "only the 4 speaks"),
        (598, "", "RCPT", "only the 5 speaks"),
        (699, "", "RCPT", "no replies with this first digit"),
        // Nothing but the code.
        (450, "", "RCPT", "greylisting is the best known case"),
        (553, "", "RCPT", "mailbox"),
    ] {
        let advice = reply(number, status, at).advice();
        if !advice.why().contains(words) {
            wrong.push(format!("{number} {status} at {at}: {}", advice.why()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
