//! What libraries and programs print.

use super::check;

#[test]
fn errors_of_libraries() {
    check(&[
        (
            "smtplib.SMTPRecipientsRefused: {'user@example.com': (550, b'5.1.1 User unknown')}",
            "550 5.1.1",
        ),
        ("(535, b'5.7.8 wrong')", "535 5.7.8"),
        (
            "SMTP Error: RCPT failed. Detail: unknown SMTP code: 550 Additional SMTP info: 5.1.1",
            "550 5.1.1",
        ),
        ("Error: Can't send mail: 550 5.1.1 unknown", "550 5.1.1"),
        (
            "  responseCode: 550,\n  response: '550 5.1.1 unknown',",
            "550 5.1.1 received",
        ),
        (
            "{\"code\":550,\"message\":\"550 5.1.1 unknown\"}",
            "550 5.1.1",
        ),
        (
            "javax.mail.SendFailedException: 550 5.1.1 unknown\n",
            "550 5.1.1",
        ),
        (
            "time=2026-11-24 level=error err=\"550 5.7.1 denied\" port=587",
            "550 5.7.1",
        ),
        ("permanent error (550): 5.1.1 User unknown", "550 5.1.1"),
        (
            "host=smtp.example.com tls=on smtpstatus=250 smtpmsg='250 2.0.0 OK 1700000000 - gsmtp' exitcode=EX_OK",
            "250 2.0.0",
        ),
        ("server responded: 550 No such user", "550 received"),
        ("SMTP error 550: no such user", "550"),
        ("SMTP reply 550", "550"),
    ]);
}
