//! Sessions written down.

use super::check;

#[test]
fn whole_sessions() {
    check(&[
        (
            "<<< 220 mx.example.com ESMTP\n>>> EHLO c.example.org\n<<< 250-mx.example.com\n<<< 250 8BITMIME\n>>> MAIL FROM:<a@example.org>\n<<< 250 2.1.0 Ok\n>>> RCPT TO:<user@example.com>\n<<< 550 5.1.1 unknown\n>>> QUIT\n<<< 221 2.0.0 Bye",
            "220 received; 250 EHLO received; 250 2.1.0 MAIL received; 550 5.1.1 RCPT received; 221 2.0.0 QUIT received",
        ),
        (
            "=== Connected to mx.example.com.\n<-  220 mx.example.com ESMTP\n -> EHLO c.example.org\n<-  250 mx.example.com\n -> DATA\n<-  354 go\n -> text\n -> .\n<** 554 5.7.1 spam",
            "220 CONNECT received mx.example.com; 250 EHLO received mx.example.com; 354 DATA received mx.example.com; 554 5.7.1 DATA-BODY received mx.example.com",
        ),
        (
            "S: 220 mx.example.com\nC: MAIL FROM:<a@example.org>\nC: RCPT TO:<user@example.com>\nC: DATA\nS: 250 ok\nS: 550 no\nS: 503 no\nC: 550 5.1.1 not a reply",
            "220 received; 250 MAIL received; 550 RCPT received; 503 DATA received",
        ),
        (
            "EHLO c.example.org\n250-mx.example.com\n250 SIZE 55025550\nMAIL FROM:<a@example.org>\n250 2.1.0 Ok\nRCPT TO:<user@example.com>\n550 5.1.1 unknown",
            "250 EHLO; 250 2.1.0 MAIL; 550 5.1.1 RCPT",
        ),
        (
            "AUTH LOGIN\n334 VXNlcm5hbWU6\ndXNlcg==\n334 UGFzc3dvcmQ6\ncGFzcw==\n535 5.7.8 wrong",
            "334 AUTH; 334 AUTH; 535 5.7.8 AUTH",
        ),
        (
            "Out: 220 mail.example.com ESMTP\n In:  EHLO c.example.org\n Out: 250 mail.example.com\n In:  RCPT TO:<user@example.com>\n Out: 554 5.7.1 Relay access denied",
            "220 given; 250 EHLO given; 554 5.7.1 RCPT given",
        ),
        (
            "SERVER -> CLIENT: 220 mx.example.com\nCLIENT -> SERVER: EHLO c.example.org\nSERVER -> CLIENT: 550 no",
            "220 received; 550 EHLO received",
        ),
        (
            "> RCPT TO:<user@example.com>\n< 550 5.1.1 unknown",
            "550 5.1.1 RCPT received",
        ),
    ]);
}
