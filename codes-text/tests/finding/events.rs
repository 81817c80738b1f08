//! Logs of services and of other servers: JSON, tables with commas, `key=value`.

use super::check;

#[test]
fn events_and_other_logs() {
    check(&[
        (
            "Nov 24 03:12:45 mail postfix/smtp[123]: 4XyZ: to=<u@example.com>, relay=127.0.0.1[127.0.0.1]:10024, delay=1.5, delays=0.1/0/0.01/1.4, dsn=2.0.0, status=sent (250 2.0.0 from MTA(smtp:[127.0.0.1]:10025): 250 2.0.0 Ok: queued as 4XyZ1)",
            "250 2.0.0 received [127.0.0.1] sent <u@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail amavis[123]: (00123-04) Blocked SPAM {RejectedInbound}, [198.51.100.7] <a@example.org> -> <u@example.com>, Message-ID: <x@y>, Hits: 15.5, 550 5.7.0 Reject, id=00123-04 - spam, 250 ms",
            "550 5.7.0",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[123]: 4XyZ: to=<u@example.com>, relay=127.0.0.1[127.0.0.1]:10024, delay=1.5, delays=0.1/0/0.01/1.4, dsn=5.7.0, status=bounced (host 127.0.0.1[127.0.0.1] said: 554 5.7.0 Reject, id=00123-04 - spam (in reply to end of DATA command))",
            "554 5.7.0 DATA-BODY received [127.0.0.1] bounced <u@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail amavis[123]: (00123-04) (!)FWD from <a@example.org> -> <u@example.com>, 550 5.1.1 from MTA(smtp:[127.0.0.1]:10025): 550 5.1.1 <u@example.com>: Recipient address rejected: User unknown",
            "550 5.1.1",
        ),
        (
            "2026-11-24 03:12:45.550 [NOTICE] [F3A5.1.1] [outbound] delivered file=1_550 domain=example.com host=mx.example.com ip=192.0.2.1 port=25 mode=SMTP tls=Y auth=N response=\"2.0.0 OK 1700000000 x550-xyz.250 - gsmtp\" delay=0.55 fails=0 rcpts=1/0/0",
            "2.0.0 received",
        ),
        (
            "[INFO] [F3A5.1] [outbound] bouncing: Some recipients failed: <u@example.com> (550 5.1.1 User unknown)",
            "550 5.1.1",
        ),
        (
            "b,2026-11-24 03:12:45+0000,2026-11-24 03:12:44+0000,a@example.org,u@example.com,,failed,5.1.1 (bad destination mailbox address),\"smtp;550 5.1.1 <u@example.com>: User unknown\",mx.example.com (192.0.2.1),bad-mailbox,smtp,pmta.example.org (198.51.100.7),smtp,198.51.100.8,192.0.2.1,\"ENHANCEDSTATUSCODES,PIPELINING,8BITMIME,SIZE\",550,v1,job1,,example.com/v1",
            "550 5.1.1 received",
        ),
        (
            "d,2026-11-24 03:12:45+0000,2026-11-24 03:12:44+0000,a@example.org,u@example.com,,relayed,2.0.0 (success),smtp;250 2.0.0 OK,mx.example.com (192.0.2.1),success,smtp,pmta,smtp,198.51.100.8,192.0.2.1,\"PIPELINING,SIZE\",5500,v1,,,example.com/v1",
            "250 2.0.0 received",
        ),
        (
            "{\"type\":\"Bounce\",\"id\":\"550abc\",\"sender\":\"a@example.org\",\"recipient\":\"u@example.com\",\"queue\":\"example.com\",\"site\":\"(mx1|mx2).example.com@smtp_client\",\"size\":550,\"response\":{\"code\":550,\"enhanced_code\":{\"class\":5,\"subject\":1,\"detail\":1},\"content\":\"User unknown\",\"command\":\"RCPT TO:<u@example.com>\"},\"peer_address\":{\"name\":\"mx.example.com\",\"addr\":\"192.0.2.1\"},\"timestamp\":1700000550,\"num_attempts\":0}",
            "550 5.1.1",
        ),
        (
            "{\"type\":\"Delivery\",\"response\":{\"code\":250,\"enhanced_code\":{\"class\":2,\"subject\":0,\"detail\":0},\"content\":\"OK queued\"}}",
            "250 2.0.0",
        ),
        (
            "2026-11-24T03:12:45Z INFO Message delivered (delivery.delivered) queueId = 250123550, queueName = \"default\", from = \"a@example.org\", size = 550, to = [\"u@example.com\"], hostname = \"mx.example.com\", code = 250, details = \"OK\"",
            "250",
        ),
        (
            "2026-11-24T03:12:45Z WARN SMTP RCPT TO rejected (delivery.rcpt-to-rejected) queueId = 1, hostname = \"mx.example.com\", code = 550, reason = \"5.1.1 User unknown\", elapsed = 550ms",
            "550 5.1.1",
        ),
        (
            "queue: delivery attempt failed	{\"attempt\":1,\"msg_id\":\"550abc-1\",\"rcpt\":\"u@example.com\",\"reason\":\"Mailbox does not exist\",\"remote_server\":\"mx.example.com.\",\"smtp_code\":550,\"smtp_enchcode\":\"5.1.1\",\"smtp_msg\":\"mx.example.com. said: User unknown\",\"target\":\"remote\"}",
            "550 5.1.1",
        ),
        (
            "smtp: DATA error	{\"msg_id\":\"abc\",\"smtp_code\":554,\"smtp_enchcode\":\"5.7.1\",\"smtp_msg\":\"Rejected due to spam\"}",
            "554 5.7.1",
        ),
        (
            "{\"event\":\"failed\",\"severity\":\"permanent\",\"delivery-status\":{\"tls\":true,\"mx-host\":\"mx.example.com\",\"code\":550,\"description\":\"\",\"session-seconds\":0.55,\"attempt-no\":1,\"message\":\"5.1.1 The email account that you tried to reach does not exist.\",\"enhanced-code\":\"5.1.1\"},\"recipient\":\"u@example.com\",\"timestamp\":1700000550.25}",
            "550 5.1.1",
        ),
        (
            "{\"event\":\"failed\",\"severity\":\"temporary\",\"delivery-status\":{\"code\":451,\"message\":\"4.7.1 Greylisted, try later\",\"retry-seconds\":600}}",
            "451 4.7.1",
        ),
        (
            "{\"email\":\"u@example.com\",\"event\":\"bounce\",\"reason\":\"550 5.1.1 <u@example.com>: User unknown\",\"status\":\"5.1.1\",\"type\":\"bounce\",\"timestamp\":1700000550,\"sg_event_id\":\"250x\",\"tls\":1}",
            "550 5.1.1",
        ),
        (
            "{\"email\":\"u@example.com\",\"event\":\"delivered\",\"response\":\"250 2.0.0 OK 1700000000 queued as 5501\",\"smtp-id\":\"<550@example.org>\"}",
            "250 2.0.0 received",
        ),
        (
            "{\"email\":\"u@example.com\",\"event\":\"deferred\",\"response\":\"451 4.7.1 Greylisting in action\",\"attempt\":\"5\"}",
            "451 4.7.1 received",
        ),
        (
            "{\"notificationType\":\"Bounce\",\"bounce\":{\"bounceType\":\"Permanent\",\"bounceSubType\":\"General\",\"bouncedRecipients\":[{\"emailAddress\":\"u@example.com\",\"action\":\"failed\",\"status\":\"5.1.1\",\"diagnosticCode\":\"smtp; 550 5.1.1 user unknown\"}],\"timestamp\":\"2026-11-24T03:12:45.550Z\",\"reportingMTA\":\"dns; a.example.com\"},\"mail\":{\"source\":\"a@example.org\",\"messageId\":\"0100-550\",\"destination\":[\"u@example.com\"],\"commonHeaders\":{\"subject\":\"550 5.7.1 fake reply\"}}}",
            "550 5.1.1 received",
        ),
        (
            "{\"notificationType\":\"Delivery\",\"delivery\":{\"processingTimeMillis\":550,\"smtpResponse\":\"250 2.0.0 OK queued as 550\",\"remoteMtaIp\":\"192.0.2.1\",\"reportingMTA\":\"a.example.com\"}}",
            "250 2.0.0",
        ),
        (
            "{\"RecordType\":\"Bounce\",\"Type\":\"HardBounce\",\"TypeCode\":1,\"Details\":\"smtp;550 5.1.1 The email account does not exist\",\"Email\":\"u@example.com\",\"BouncedAt\":\"2026-11-24T03:12:45.550Z\",\"Subject\":\"said: 550 5.7.1 no\",\"Content\":\"x\"}",
            "550 5.1.1 received",
        ),
        (
            "{\"msys\":{\"message_event\":{\"type\":\"bounce\",\"bounce_class\":\"10\",\"error_code\":\"550\",\"raw_reason\":\"550 5.1.1 User unknown\",\"reason\":\"550 5.1.1 User unknown\",\"ip_address\":\"192.0.2.1\",\"msg_size\":\"550\"}}}",
            "550 5.1.1",
        ),
        (
            "Tue Nov 24 03:12:45 2026 Info: Bounced: DCID 550 MID 25055 to RID 0 - 5.1.0 - Unknown address error ('550', ['5.1.1 User unknown']) []",
            "550 5.1.1",
        ),
        (
            "Tue Nov 24 03:12:45 2026 Info: Delayed: DCID 550 MID 250 to RID 0 - 4.1.0 - Unknown address error ('451', ['4.7.1 Greylisted']) []",
            "451 4.7.1",
        ),
        (
            "2026-11-24T03:12:45 pps filter_instance1[550]: info s=4abc m=1 x=4abc-1 mod=smtp cmd=reply code=550 text=\"5.7.1 Blocked\"",
            "550 5.7.1",
        ),
        (
            "{\"timestamp\":1700000550,\"state\":\"RCPT TO\",\"code\":550,\"extended\":\"5.1.1\",\"description\":\"User unknown\",\"type\":\"failure\"}",
            "550 5.1.1",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from c.example.org[198.51.100.7]: 450 4.1.1 <u@example.com>: Recipient address rejected: unverified address: host mx.example.com[192.0.2.1] said: 550 5.1.1 <u@example.com> User unknown (in reply to RCPT TO command); from=<a@example.org> to=<u@example.com> proto=ESMTP helo=<c>",
            "450 4.1.1 RCPT given c.example.org[198.51.100.7] rejected <u@example.com>; 550 5.1.1 RCPT received mx.example.com[192.0.2.1] rejected <u@example.com> disagrees",
        ),
        (
            "{\"code\":\"EENVELOPE\",\"response\":\"550 5.1.1 User unknown\",\"responseCode\":550,\"command\":\"RCPT TO\"}",
            "550 5.1.1 received",
        ),
        ("{\"message\": \"250 OK\", \"level\": \"info\"}", "250"),
        (
            "{\"message\": \"550 User unknown\", \"level\": \"info\"}",
            "550",
        ),
        (
            "[{\"status\":\"5.1.1\"},{\"status\":\"5.2.2\"}]",
            "5.1.1 summary; 5.2.2 summary",
        ),
        (
            "{\n  \"status\": \"5.1.1\",\n  \"diagnosticCode\": \"smtp; 550 5.1.1 no\"\n}",
            "550 5.1.1 received",
        ),
        (
            "{\"code\":550,\"message\":\"no\",\"enhanced\":\"5.1.1\"}",
            "550 5.1.1",
        ),
        ("{\"code\":550,\"status\":\"4.1.1\"}", "550; 4.1.1 summary"),
    ]);
}

#[test]
fn more_events_and_logs() {
    check(&[
        (
            "Nov 24 03:12:45 mail postfix/smtp[1]: 4XyZ: to=<u@example.com>, relay=mx.example.com[192.0.2.1]:25, conn_use=2, delay=1, delays=0/0/0/1, dsn=5.7.26, status=bounced (host mx.example.com[192.0.2.1] said: 550-5.7.26 Your email has been blocked because the sender is unauthenticated. 550-5.7.26 Authentication results: 550-5.7.26  DKIM = did not pass 550-5.7.26  SPF [example.org] with ip: [198.51.100.7] = did not pass 550 5.7.26  https://support.example.com/mail/answer/81126#authentication x550-y.250 - gsmtp (in reply to end of DATA command))",
            "550 5.7.26 DATA-BODY received mx.example.com[192.0.2.1] bounced <u@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtp[1]: 4XyZ: to=<u@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, delays=0/0/0/1, dsn=4.7.650, status=deferred (host mx.example.com[192.0.2.1] said: 451 4.7.650 The mail server [198.51.100.7] has been temporarily rate limited due to IP reputation. For e-mail delivery information, see https://postmaster.example.com (S775) [Name=Protocol Filter Agent][AGT=PFA][MxId=550] (in reply to MAIL FROM command))",
            "451 4.7.650 MAIL received mx.example.com[192.0.2.1] deferred <u@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[1]: NOQUEUE: reject: VRFY from c.example.org[198.51.100.7]: 252 2.0.0 root; from=<> proto=ESMTP helo=<x>",
            "252 2.0.0 VRFY given c.example.org[198.51.100.7] rejected",
        ),
        (
            "Nov 24 03:12:45 mail postfix/smtpd[1]: NOQUEUE: reject: RCPT from c.example.org[198.51.100.7]: 554 5.7.1 Service unavailable; Client host [198.51.100.7] blocked using bl.example.net; https://www.example.net/query/ip/198.51.100.7 / 550 listed; from=<a@example.org> to=<u@example.com> proto=ESMTP helo=<c>",
            "554 5.7.1 RCPT given c.example.org[198.51.100.7] rejected <u@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail spamass-milter[1]: 4XyZ: rejected 550 5.7.1 Blocked by SpamAssassin",
            "550 5.7.1",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after initial connection: 421 4.3.2 Service not available",
            "421 4.3.2 CONNECT received mx.example.com[192.0.2.1]",
        ),
        (
            "2026-11-24 03:12:45 1tF2Xy-000550-Ab == u@example.com R=dnslookup T=remote_smtp defer (-45) H=mx.example.com [192.0.2.1]: SMTP error from remote mail server after MAIL FROM:<a@example.org> SIZE=550: 452 4.3.1 Insufficient system storage",
            "452 4.3.1 MAIL received mx.example.com[192.0.2.1] deferred <u@example.com>",
        ),
        (
            "2026-11-24 03:12:45 H=c.example.org [198.51.100.7] sender verify fail for <a@example.org>: response to \"RCPT TO:<a@example.org>\" was: 550 5.1.1 User unknown",
            "550 5.1.1 received c.example.org[198.51.100.7]",
        ),
        (
            "2026-11-24 03:12:45 H=c.example.org [198.51.100.7] U=x F=<a@example.org> rejected RCPT <u@example.com>: Sender verify failed (response: \"550 5.1.1 x\")",
            "550 5.1.1 RCPT given c.example.org[198.51.100.7] rejected",
        ),
        (
            "Nov 24 03:12:45 mail sendmail[1]: 3AO: to=<u@example.com>, ctladdr=<a@example.org> (550/550), delay=00:00:01, xdelay=00:00:01, mailer=esmtp, pri=120550, relay=mx.example.com. [192.0.2.1], dsn=4.7.1, reply=451 4.7.1 Greylisted, stat=Deferred: 451 4.7.1 Greylisted",
            "451 4.7.1 received mx.example.com[192.0.2.1] deferred <u@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail sendmail[1]: 3AO: to=<u@example.com>, delay=00:00:01, mailer=esmtp, pri=120550, relay=mx.example.com. [192.0.2.1], dsn=5.6.0, reply=550 5.7.1 Rejected, stat=Data format error",
            "5.6.0 mx.example.com[192.0.2.1] bounced <u@example.com> summary disagrees; 550 5.7.1 received mx.example.com[192.0.2.1] bounced <u@example.com>",
        ),
        (
            "Nov 24 03:12:45 mail nullmailer[550]: Sending failed: Permanent error in sending the message: Failed: 550 5.1.1 User unknown",
            "550 5.1.1",
        ),
        (
            "Nov 24 03:12:45 mail sSMTP[550]: 550 5.7.60 Client does not have permissions to send as this sender",
            "550 5.7.60",
        ),
        (
            "Nov 24 03:12:45 mail msmtp: host=smtp.example.com tls=on auth=on user=said from=a@example.org recipients=u@example.com smtpstatus=550 smtpmsg='550 5.1.1 User unknown' errormsg='recipient address not accepted' exitcode=EX_DATAERR",
            "550 5.1.1",
        ),
        (
            "host=smtp.example.com tls=on auth=on user=a from=a@example.org recipients=u@example.com mailsize=550 smtpstatus=250 smtpmsg='250 2.0.0 OK 1700000000 x - gsmtp' exitcode=EX_OK",
            "250 2.0.0",
        ),
        ("curl: (55) RCPT failed: 550", "550"),
        (
            "NDR: #550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##rfc822;u@example.com",
            "550 5.1.1",
        ),
        (
            "u@example.com #550 5.7.520 Access denied, Your organization does not allow external forwarding. AS(7555) ##",
            "550 5.7.520",
        ),
        (
            "LED=450 4.4.316 Connection refused [Message=Socket error code 10061] [LastAttemptedServerName=example.com] [LastAttemptedIP=192.0.2.1:25] [SmtpSecurity=-2;-2] [550]};{MSG=};{FQDN=example.com};{IP=192.0.2.1};{LRT=11/24/2026 3:12:45 AM}",
            "450 4.4.316 received",
        ),
        (
            "Reason: [{LED=550 5.4.1 Recipient address rejected: Access denied. AS(201806281)};{MSG=};{FQDN=};{IP=};{LRT=}]",
            "550 5.4.1 received",
        ),
        (
            "{\"eventType\":\"Bounce\",\"bounce\":{\"bouncedRecipients\":[{\"emailAddress\":\"a@example.com\",\"action\":\"failed\",\"status\":\"5.1.1\",\"diagnosticCode\":\"smtp; 550 5.1.1 no\"},{\"emailAddress\":\"b@example.com\",\"action\":\"failed\",\"status\":\"5.2.2\",\"diagnosticCode\":\"smtp; 552 5.2.2 full\"}]}}",
            "550 5.1.1 received; 552 5.2.2 received",
        ),
        (
            "{\"level\":\"error\",\"ts\":1700000550.25,\"msg\":\"550 5.7.1 relay denied\",\"code\":550,\"remote\":\"192.0.2.1:25\"}",
            "550 5.7.1",
        ),
        (
            "time=\"2026-11-24T03:12:45Z\" level=error msg=\"send failed\" error=\"gomail: could not send email 1: 550 5.1.1 User unknown\"",
            "550 5.1.1",
        ),
        (
            "{\"log\":\"2026/11/24 550 5.1.1 User unknown\\n\",\"stream\":\"stderr\",\"time\":\"2026-11-24T03:12:45.550Z\"}",
            "550 5.1.1",
        ),
        ("{\"status\":550,\"error\":\"Mailbox unavailable\"}", "550"),
        (
            "{\"statusCode\":550,\"statusText\":\"User unknown\"}",
            "550",
        ),
        (
            "{\"status_code\":550,\"message\":\"5.1.1 User unknown\"}",
            "550 5.1.1",
        ),
        (
            "<smtp-reply code=\"550\" enhanced=\"5.1.1\">User unknown</smtp-reply>",
            "550 5.1.1",
        ),
        (
            "[{\"reason\":\"550 5.1.1 no\",\"status\":\"5.1.1\"},{\"reason\":\"550 5.1.1 no\",\"status\":\"5.1.1\"}]",
            "550 5.1.1; 550 5.1.1",
        ),
        (
            "[{\"status\":\"5.1.1\"},{\"status\":\"5.1.1\"}]",
            "5.1.1 summary; 5.1.1 summary",
        ),
    ]);
}
