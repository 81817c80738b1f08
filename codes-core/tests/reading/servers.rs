//! Replies in the manner of servers in the field; hosts, addresses and links are made up.

use crate::told::{check, told};

#[test]
fn postfix() {
    check(&[
        (
            b"220 mail.example.org ESMTP Postfix (Debian/GNU)\r\n",
            r#"220 | 220 "mail.example.org ESMTP Postfix (Debian/GNU)""#,
        ),
        (
            b"250-mail.example.org\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250-VRFY\r\n250-ETRN\r\n250-STARTTLS\r\n250-ENHANCEDSTATUSCODES\r\n250-8BITMIME\r\n250-DSN\r\n250-SMTPUTF8\r\n250 CHUNKING\r\n",
            r#"250 | 250 "mail.example.org" | 250 "PIPELINING" | 250 "SIZE 10240000" | 250 "VRFY" | 250 "ETRN" | 250 "STARTTLS" | 250 "ENHANCEDSTATUSCODES" | 250 "8BITMIME" | 250 "DSN" | 250 "SMTPUTF8" | 250 "CHUNKING""#,
        ),
        (
            b"550 5.1.1 <nobody@example.org>: Recipient address rejected: User unknown in local recipient table\r\n",
            r#"550 5.1.1 | 550 5.1.1 "<nobody@example.org>: Recipient address rejected: User unknown in local recipient table""#,
        ),
        (
            b"450 4.2.0 <user@example.org>: Recipient address rejected: Greylisted, see http://postgrey.example.org/help/example.org.html\r\n",
            r#"450 4.2.0 | 450 4.2.0 "<user@example.org>: Recipient address rejected: Greylisted, see http://postgrey.example.org/help/example.org.html""#,
        ),
        (
            b"554 5.7.1 Service unavailable; Client host [192.0.2.7] blocked using bl.example.net; listed\r\n",
            r#"554 5.7.1 | 554 5.7.1 "Service unavailable; Client host [192.0.2.7] blocked using bl.example.net; listed""#,
        ),
        (
            b"454 4.7.1 <user@example.com>: Relay access denied\r\n",
            r#"454 4.7.1 | 454 4.7.1 "<user@example.com>: Relay access denied""#,
        ),
        (b"354 End data with <CR><LF>.<CR><LF>\r\n", r#"354 | 354 "End data with <CR><LF>.<CR><LF>""#),
        (b"250 2.0.0 Ok: queued as 4XyZ1A2b3Cz9v\r\n", r#"250 2.0.0 | 250 2.0.0 "Ok: queued as 4XyZ1A2b3Cz9v""#),
        (b"421 4.4.2 mail.example.org Error: timeout exceeded\r\n", r#"421 4.4.2 | 421 4.4.2 "mail.example.org Error: timeout exceeded""#),
        (b"521 5.7.1 Blocked by DNSBL\r\n", r#"521 5.7.1 | 521 5.7.1 "Blocked by DNSBL""#),
        (
            b"535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6\r\n",
            r#"535 5.7.8 | 535 5.7.8 "Error: authentication failed: UGFzc3dvcmQ6""#,
        ),
        (b"334 UGFzc3dvcmQ6\r\n", r#"334 | 334 "UGFzc3dvcmQ6""#),
    ]);
}

/// postscreen talks on to catch clients that do not wait, and gives the verdict in the last line.
#[test]
fn postscreen() {
    check(&[
        (b"220-mail.example.org ESMTP Postfix\r\n", "incomplete"),
        (
            b"220-mail.example.org ESMTP Postfix\r\n521 5.7.1 Service unavailable; client [192.0.2.7] blocked\r\n",
            r#"521 5.7.1, first 220 | 220 "mail.example.org ESMTP Postfix" | 521 5.7.1 "Service unavailable; client [192.0.2.7] blocked" ! CodesDiffer@36"#,
        ),
    ]);
}

#[test]
fn exim() {
    check(&[
        (
            b"220 mx.example.net ESMTP Exim 4.97 Tue, 24 Nov 2026 10:00:00 +0000\r\n",
            r#"220 | 220 "mx.example.net ESMTP Exim 4.97 Tue, 24 Nov 2026 10:00:00 +0000""#,
        ),
        (b"550 Unrouteable address\r\n", r#"550 | 550 "Unrouteable address""#),
        (
            b"550-Verification failed for <nobody@example.org>\r\n550-No Such User Here\r\n550 Sender verify failed\r\n",
            r#"550 | 550 "Verification failed for <nobody@example.org>" | 550 "No Such User Here" | 550 "Sender verify failed""#,
        ),
        (b"354 Enter message, ending with \".\" on a line by itself\r\n", r#"354 | 354 "Enter message, ending with \".\" on a line by itself""#),
        (b"250 OK id=1rABCd-0001Ef-2G\r\n", r#"250 | 250 "OK id=1rABCd-0001Ef-2G""#),
        (b"451 Temporary local problem - please try later\r\n", r#"451 | 451 "Temporary local problem - please try later""#),
        (b"535 Incorrect authentication data\r\n", r#"535 | 535 "Incorrect authentication data""#),
        (
            b"503-All RCPT commands were rejected with this error:\r\n503-Unrouteable address\r\n503 Valid RCPT command must precede DATA\r\n",
            r#"503 | 503 "All RCPT commands were rejected with this error:" | 503 "Unrouteable address" | 503 "Valid RCPT command must precede DATA""#,
        ),
    ]);
}

#[test]
fn sendmail() {
    check(&[
        (
            b"550 5.1.1 <nobody@example.org>... User unknown\r\n",
            r#"550 5.1.1 | 550 5.1.1 "<nobody@example.org>... User unknown""#,
        ),
        (
            b"553 5.1.8 <a@b.example>... Domain of sender address a@b.example does not exist\r\n",
            r#"553 5.1.8 | 553 5.1.8 "<a@b.example>... Domain of sender address a@b.example does not exist""#,
        ),
        (
            b"451 4.1.8 Domain of sender address a@b.example does not resolve\r\n",
            r#"451 4.1.8 | 451 4.1.8 "Domain of sender address a@b.example does not resolve""#,
        ),
        (
            b"250-2.1.5 <list@example.org>... Recipient ok\r\n250 2.1.5 will queue\r\n",
            r#"250 2.1.5 | 250 2.1.5 "<list@example.org>... Recipient ok" | 250 2.1.5 "will queue""#,
        ),
        (
            b"214-2.0.0 This is sendmail\r\n214-2.0.0 Topics:\r\n214-2.0.0 \tHELO\tEHLO\tMAIL\r\n214 2.0.0 End of HELP info\r\n",
            r#"214 2.0.0 | 214 2.0.0 "This is sendmail" | 214 2.0.0 "Topics:" | 214 2.0.0 "\tHELO\tEHLO\tMAIL" | 214 2.0.0 "End of HELP info""#,
        ),
        (b"421 4.3.2 Connection rate limit exceeded.\r\n", r#"421 4.3.2 | 421 4.3.2 "Connection rate limit exceeded.""#),
    ]);
}

#[test]
fn exchange_and_office_365() {
    check(&[
        (
            b"550 5.4.1 Recipient address rejected: Access denied. [AM0EUR02FT001.mail.example.com]\r\n",
            r#"550 5.4.1 | 550 5.4.1 "Recipient address rejected: Access denied. [AM0EUR02FT001.mail.example.com]""#,
        ),
        (
            b"550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.\r\n",
            r#"550 5.7.708 | 550 5.7.708 "Service unavailable. Access denied, traffic not accepted from this IP.""#,
        ),
        (
            b"550 5.1.351 Remote server returned unknown recipient or mailbox unavailable\r\n",
            r#"550 5.1.351 | 550 5.1.351 "Remote server returned unknown recipient or mailbox unavailable""#,
        ),
        (
            b"451 4.7.500 Server busy. Please try again later from [192.0.2.7]. (S77719)\r\n",
            r#"451 4.7.500 | 451 4.7.500 "Server busy. Please try again later from [192.0.2.7]. (S77719)""#,
        ),
        (
            b"250 2.6.0 <id@example.org> [InternalId=12345, Hostname=ex.example.org] 1234 bytes in 0.1, 8.0 KB/sec Queued mail for delivery\r\n",
            r#"250 2.6.0 | 250 2.6.0 "<id@example.org> [InternalId=12345, Hostname=ex.example.org] 1234 bytes in 0.1, 8.0 KB/sec Queued mail for delivery""#,
        ),
        (b"354 Start mail input; end with <CRLF>.<CRLF>\r\n", r#"354 | 354 "Start mail input; end with <CRLF>.<CRLF>""#),
        (
            b"550-5.7.1 Unfortunately, messages from [192.0.2.7] weren't sent.\r\n550 5.7.1 Please contact your provider (S3150).\r\n",
            r#"550 5.7.1 | 550 5.7.1 "Unfortunately, messages from [192.0.2.7] weren\'t sent." | 550 5.7.1 "Please contact your provider (S3150).""#,
        ),
        (
            b"530 5.7.57 Client not authenticated to send mail.\r\n",
            r#"530 5.7.57 | 530 5.7.57 "Client not authenticated to send mail.""#,
        ),
    ]);
}

#[test]
fn gmail() {
    check(&[
        (
            b"220 mx.example.com ESMTP d2e1a72fcca58-6d9 - gsmtp\r\n",
            r#"220 | 220 "mx.example.com ESMTP d2e1a72fcca58-6d9 - gsmtp""#,
        ),
        (
            b"550-5.1.1 The email account that you tried to reach does not exist. Please try\r\n550-5.1.1 double-checking the address. For more information, go to\r\n550 5.1.1  https://support.example.com/mail/?p=NoSuchUser - gsmtp\r\n",
            r#"550 5.1.1 | 550 5.1.1 "The email account that you tried to reach does not exist. Please try" | 550 5.1.1 "double-checking the address. For more information, go to" | 550 5.1.1 " https://support.example.com/mail/?p=NoSuchUser - gsmtp""#,
        ),
        (
            b"550-5.7.26 This mail has been blocked because the sender is unauthenticated.\r\n550-5.7.26 Gmail requires all senders to authenticate with either SPF or DKIM.\r\n550-5.7.26\r\n550-5.7.26  DKIM = did not pass\r\n550 5.7.26  SPF [example.org] with ip: [192.0.2.7] = did not pass - gsmtp\r\n",
            r#"550 5.7.26 | 550 5.7.26 "This mail has been blocked because the sender is unauthenticated." | 550 5.7.26 "Gmail requires all senders to authenticate with either SPF or DKIM." | 550 5.7.26 "" | 550 5.7.26 " DKIM = did not pass" | 550 5.7.26 " SPF [example.org] with ip: [192.0.2.7] = did not pass - gsmtp""#,
        ),
        (
            b"452-4.2.2 The recipient's inbox is out of storage space.\r\n452 4.2.2 Please direct the recipient to free some. - gsmtp\r\n",
            r#"452 4.2.2 | 452 4.2.2 "The recipient\'s inbox is out of storage space." | 452 4.2.2 "Please direct the recipient to free some. - gsmtp""#,
        ),
        (b"250 2.0.0 OK  1700000000 x1-20020a05 - gsmtp\r\n", r#"250 2.0.0 | 250 2.0.0 "OK  1700000000 x1-20020a05 - gsmtp""#),
        (b"354 Go ahead x1-20020a05 - gsmtp\r\n", r#"354 | 354 "Go ahead x1-20020a05 - gsmtp""#),
    ]);
}

/// Their codes are in brackets of their own, and are no enhanced codes.
#[test]
fn yahoo() {
    check(&[
        (
            b"421 4.7.0 [TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume\r\n",
            r#"421 4.7.0 | 421 4.7.0 "[TSS04] Messages from 192.0.2.7 temporarily deferred due to unexpected volume""#,
        ),
        (
            b"553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.7\r\n",
            r#"553 5.7.1 | 553 5.7.1 "[BL21] Connections will not be accepted from 192.0.2.7""#,
        ),
        (
            b"554 30 Sorry, your message to user@example.com cannot be delivered. This mailbox is disabled (554.30).\r\n",
            r#"554 | 554 "30 Sorry, your message to user@example.com cannot be delivered. This mailbox is disabled (554.30).""#,
        ),
        (
            b"554 delivery error: dd This user doesn't have an example.com account (a@example.com) [0] - mta1.example.com\r\n",
            r#"554 | 554 "delivery error: dd This user doesn\'t have an example.com account (a@example.com) [0] - mta1.example.com""#,
        ),
    ]);
}

/// qmail writes its enhanced codes at the end of the text, where they are text, or with a `#` before.
#[test]
fn qmail() {
    check(&[
        (
            b"250 ok 1700000000 qp 12345\r\n",
            r#"250 | 250 "ok 1700000000 qp 12345""#,
        ),
        (
            b"553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)\r\n",
            r#"553 | 553 "sorry, that domain isn\'t in my list of allowed rcpthosts (#5.7.1)""#,
        ),
        (
            b"451 qq temporary problem (#4.3.0)\r\n",
            r#"451 | 451 "qq temporary problem (#4.3.0)""#,
        ),
        (
            b"550 #5.1.0 Address rejected.\r\n",
            r#"550 5.1.0 | 550 5.1.0 "Address rejected." ! EnhancedForm@5"#,
        ),
        (b"354 go ahead\r\n", r#"354 | 354 "go ahead""#),
        // From a script in its place, with LF alone.
        (
            b"220 mx.example.org ESMTP\n",
            r#"220 | 220 "mx.example.org ESMTP" ! BareLf@24"#,
        ),
    ]);
}

/// Cisco's appliances (IronPort) write `#` too; the PIX firewall rewrites greetings.
#[test]
fn cisco() {
    check(&[
        (
            b"554-esa.example.org\r\n554 Your access to this mail system has been rejected due to the sending MTA's poor reputation.\r\n",
            r#"554 | 554 "esa.example.org" | 554 "Your access to this mail system has been rejected due to the sending MTA\'s poor reputation.""#,
        ),
        (
            b"452 #4.x.1 Too many recipients received this hour\r\n",
            r##"452 | 452 "#4.x.1 Too many recipients received this hour""##,
        ),
        (
            b"550 #5.1.0 Address rejected user@example.org\r\n",
            r#"550 5.1.0 | 550 5.1.0 "Address rejected user@example.org" ! EnhancedForm@5"#,
        ),
        (b"220 **************************\r\n", r#"220 | 220 "**************************""#),
        (b"220 **2***0******0*2**0*00\r\n", r#"220 | 220 "**2***0******0*2**0*00""#),
        (b"500 Syntax error, command unrecognized: \"XXXX\"\r\n", r#"500 | 500 "Syntax error, command unrecognized: \"XXXX\"""#),
    ]);
}

#[test]
fn courier_opensmtpd_stalwart_haraka_powermta() {
    check(&[
        (
            b"511 sorry, no mailbox here by that name (#5.1.1 - chkuser)\r\n",
            r#"511 | 511 "sorry, no mailbox here by that name (#5.1.1 - chkuser)""#,
        ),
        (
            b"517-Domain does not exist: nowhere.example.\r\n517 Invalid domain, see <URL:ftp://ftp.example.edu/rfc1035.txt>\r\n",
            r#"517 | 517 "Domain does not exist: nowhere.example." | 517 "Invalid domain, see <URL:ftp://ftp.example.edu/rfc1035.txt>""#,
        ),
        (
            b"550 Invalid recipient: <nobody@example.org>\r\n",
            r#"550 | 550 "Invalid recipient: <nobody@example.org>""#,
        ),
        (b"250 2.0.0 3f2a1b0c Message accepted for delivery\r\n", r#"250 2.0.0 | 250 2.0.0 "3f2a1b0c Message accepted for delivery""#),
        (b"550 5.1.2 Relay not allowed.\r\n", r#"550 5.1.2 | 550 5.1.2 "Relay not allowed.""#),
        (b"550 5.1.2 Mailbox does not exist.\r\n", r#"550 5.1.2 | 550 5.1.2 "Mailbox does not exist.""#),
        (b"550 I cannot deliver mail for <a@example.org>\r\n", r#"550 | 550 "I cannot deliver mail for <a@example.org>""#),
        (b"250 Message Queued (5A0E5A1B-1.1)\r\n", r#"250 | 250 "Message Queued (5A0E5A1B-1.1)""#),
        (b"552 1 Requested mail action aborted: exceeded storage allocation\r\n", r#"552 | 552 "1 Requested mail action aborted: exceeded storage allocation""#),
        (b"250 2.6.0 message received\r\n", r#"250 2.6.0 | 250 2.6.0 "message received""#),
    ]);
}

#[test]
fn filters_and_providers() {
    check(&[
        // Proofpoint
        (
            b"554 Blocked - see https://ipcheck.example.com/?ip=192.0.2.7\r\n",
            r#"554 | 554 "Blocked - see https://ipcheck.example.com/?ip=192.0.2.7""#,
        ),
        (b"550 5.7.0 Local Policy Violation\r\n", r#"550 5.7.0 | 550 5.7.0 "Local Policy Violation""#),
        (b"220 mx0a-0001.example.com ESMTP mfa-m0001\r\n", r#"220 | 220 "mx0a-0001.example.com ESMTP mfa-m0001""#),
        // Mimecast, with a name of the reply in brackets at its end
        (
            b"550 Rejected by header based manually Blocked Senders: a@b.example - https://community.example.com/docs/DOC-1369#550 [AbCd_1-2]\r\n",
            r#"550 | 550 "Rejected by header based manually Blocked Senders: a@b.example - https://community.example.com/docs/DOC-1369#550 [AbCd_1-2]""#,
        ),
        (
            b"451 Internal resources are temporarily unavailable [xYz123]\r\n",
            r#"451 | 451 "Internal resources are temporarily unavailable [xYz123]""#,
        ),
        // Zimbra and amavis repeat what another server said
        (
            b"550 5.1.1 <a@example.org>: Recipient address rejected: example.org\r\n",
            r#"550 5.1.1 | 550 5.1.1 "<a@example.org>: Recipient address rejected: example.org""#,
        ),
        (
            b"554 5.7.0 Reject, id=12345-06 - SPAM\r\n",
            r#"554 5.7.0 | 554 5.7.0 "Reject, id=12345-06 - SPAM""#,
        ),
        (
            b"250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as ABC\r\n",
            r#"250 2.0.0 | 250 2.0.0 "from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as ABC""#,
        ),
        // MDaemon
        (b"550 <a@example.org>, Recipient unknown\r\n", r#"550 | 550 "<a@example.org>, Recipient unknown""#),
        (b"354 Enter mail, end with <CRLF>.<CRLF>\r\n", r#"354 | 354 "Enter mail, end with <CRLF>.<CRLF>""#),
        // SendGrid, Amazon
        (
            b"451 Authentication failed: Maximum credits exceeded\r\n",
            r#"451 | 451 "Authentication failed: Maximum credits exceeded""#,
        ),
        (
            b"454 Throttling failure: Maximum sending rate exceeded.\r\n",
            r#"454 | 454 "Throttling failure: Maximum sending rate exceeded.""#,
        ),
        (
            b"554 Message rejected: Email address is not verified.\r\n",
            r#"554 | 554 "Message rejected: Email address is not verified.""#,
        ),
        // T-Online, web.de, Spamhaus users: a help address behind the text
        (
            b"554-mx.example.de (mxweb001) Nemesis ESMTP Service not available\r\n554-No SMTP service\r\n554-IP address is black listed.\r\n554 For explanation visit https://postmaster.example.de/error?ip=192.0.2.7&c=bip\r\n",
            r#"554 | 554 "mx.example.de (mxweb001) Nemesis ESMTP Service not available" | 554 "No SMTP service" | 554 "IP address is black listed." | 554 "For explanation visit https://postmaster.example.de/error?ip=192.0.2.7&c=bip""#,
        ),
        (b"571 Message Refused\r\n", r#"571 | 571 "Message Refused" ! UnusualCode@0"#),
        (b"550 (5.1.1) unknown user\r\n", r#"550 5.1.1 | 550 5.1.1 "unknown user" ! EnhancedForm@5"#),
        (b"550 5.1.1: unknown user\r\n", r#"550 5.1.1 | 550 5.1.1 "unknown user" ! EnhancedForm@4"#),
        ("550 5.1.1 Empfänger unbekannt\r\n".as_bytes(), r#"550 5.1.1 | 550 5.1.1 "Empf\xc3\xa4nger unbekannt" ! NotAscii@14"#),
    ]);
}

/// Dovecot answers the final dot of LMTP once for each recipient.
#[test]
fn dovecot_lmtp() {
    let replies: [(&[u8], &str); 3] = [
        (
            b"250 2.0.0 <a@example.org> oK1/AbC Saved\r\n",
            r#"250 2.0.0 | 250 2.0.0 "<a@example.org> oK1/AbC Saved""#,
        ),
        (
            b"552 5.2.2 <b@example.org> Quota exceeded (mailbox for user is full)\r\n",
            r#"552 5.2.2 | 552 5.2.2 "<b@example.org> Quota exceeded (mailbox for user is full)""#,
        ),
        (
            b"550 5.1.1 <c@example.org> User doesn't exist: c@example.org\r\n",
            r#"550 5.1.1 | 550 5.1.1 "<c@example.org> User doesn\'t exist: c@example.org""#,
        ),
    ];
    let mut stream = replies.map(|(bytes, _)| bytes).concat();
    for (bytes, expected) in replies {
        let left = match stream.len() - bytes.len() {
            0 => String::new(),
            left => format!(" + {left}"),
        };
        assert_eq!(told(&stream), format!("{expected}{left}"));
        stream.drain(..bytes.len());
    }
}
