//! A reply by itself, in the ways people paste one.

use super::check;

#[test]
fn a_reply_by_itself() {
    check(&[
        ("550 5.1.1 User unknown", "550 5.1.1"),
        ("250 OK", "250"),
        ("354 End data with <CR><LF>.<CR><LF>", "354"),
        ("550", "550"),
        ("5.1.1.", "5.1.1"),
        ("5.7.26", "5.7.26"),
        ("5.1.1", "5.1.1"),
        ("5.1.1 User unknown", "5.1.1"),
        ("\"550\"", "550"),
        (" 550 5.1.1 x ", "550 5.1.1"),
        ("550-5.1.1 glued", "550 5.1.1"),
        ("550 #5.1.0 Address rejected.", "550 5.1.0 (enhanced-form)"),
        ("550 (5.1.1) no such user", "550 5.1.1 (enhanced-form)"),
        ("550\t5.1.1 tab", "550 5.1.1 (tab-separator)"),
        ("550 5.1.1: colon", "550 5.1.1 (enhanced-form)"),
        ("(#5.1.1)", "5.1.1"),
        ("#5.1.1", "5.1.1"),
        ("550 User unknown (#5.1.1)", "550 5.1.1 (enhanced-form)"),
        (
            "550 5.1.1 User unknown (#5.7.1)",
            "550 5.1.1; 5.7.1 disagrees (enhanced-form)",
        ),
        (
            "250 fine, they say (#5.7.1)",
            "250; 5.7.1 disagrees (enhanced-form)",
        ),
        ("550 550 5.1.1 code twice", "550 5.1.1"),
        ("5.7.1 550 enhanced code first", "550 5.7.1 (enhanced-form)"),
        (
            "550 4.2.1 another class",
            "550 4.2.1 (enhanced-class-differs)",
        ),
        ("571 known, but not in the grammar", "571 (unusual-code)"),
        ("559 Unknown code", "559"),
        ("250OK", "250 (no-separator)"),
        ("550User unknown", "550 (no-separator)"),
        ("\"550 5.1.1 quoted\"", "550 5.1.1"),
        ("'550 5.1.1 can't be delivered'", "550 5.1.1"),
        ("> 550 5.1.1 quoted mail", "550 5.1.1"),
        ("| 550 5.1.1 quoted", "550 5.1.1"),
        ("* 550 5.1.1 an item", "550 5.1.1"),
        (
            "#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##",
            "550 5.1.1",
        ),
        ("550 5.1.1 andré unbekannt", "550 5.1.1 (not-ascii)"),
        ("550 bell \u{7} rings", "550 (control)"),
        ("354 2.0.0 no enhanced code is on a 3yz", "354"),
        (
            "5.3.0 - Other mail system problem 554-'delivery error: dd no account'",
            "554 5.3.0 (enhanced-form)",
        ),
        (
            "5.1.0 - Unknown address error 550-'5.1.1 <user@example.com>... User unknown' (delivery attempts: 0)",
            "5.1.0; 550 5.1.1 disagrees",
        ),
    ]);
}

#[test]
fn several_replies() {
    check(&[
        (
            "550 5.1.1 User unknown / 554 5.7.1 Relay access denied",
            "550 5.1.1; 554 5.7.1 disagrees",
        ),
        (
            "554 4.4.7 Message expired: unable to deliver in 840 minutes.<421 4.4.2 Connection timed out>",
            "554 4.4.7 (enhanced-class-differs); 421 4.4.2 disagrees",
        ),
        (
            "550 5.4.300 Message expired -> 451 4.7.0 Temporary server error",
            "550 5.4.300; 451 4.7.0 disagrees",
        ),
        (
            "450 4.4.0 Message delayed [{LED=450 4.4.316 Connection refused [Message=Socket error code 10061]};{MSG=};{FQDN=mx.example.com};{IP=192.0.2.1}]",
            "450 4.4.0; 450 4.4.316 received disagrees",
        ),
        (
            "421 4.4.1 responded with: \"550 5.7.1 Blocked\" and that was all",
            "421 4.4.1; 550 5.7.1 disagrees",
        ),
        (
            "220-mx.example.com 421 4.2.1 Service refused",
            "220; 421 4.2.1 disagrees",
        ),
        (
            "250 2.0.0 Ok, from MTA(smtp:[127.0.0.1]:10025): 250 2.6.0 Ok: queued as 4F2D61234",
            "250 2.0.0",
        ),
    ]);
}

#[test]
fn what_people_type() {
    check(&[
        ("SMTP 550", "550"),
        ("SMTP 550 5.1.1", "550 5.1.1"),
        ("SMTP error 550:", "550"),
        ("error: 550", "550 received"),
        ("Error 550", "550"),
        ("code 550", "550"),
        ("(550)", "550"),
        ("[550]", "550"),
        ("550:", "550"),
        ("550,", "550"),
        ("reply code 550", "550"),
        ("the server returned 550.", "550"),
        ("rejected with 550", "550"),
        ("Fehlercode 550", "550"),
        ("550 / 5.1.1", "550 5.1.1"),
        ("HTTP error 500", ""),
        ("HTTP returned 500", ""),
        ("room 550", ""),
        ("port 465 or 587", ""),
        ("returned 3 of 550", ""),
        ("Lines: 250", ""),
        ("queue active: 250", ""),
        ("AS(550)", ""),
        ("It happened at 4.5.2026", ""),
    ]);
}
