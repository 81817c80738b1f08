use crate::log::Entry;

#[track_caller]
fn check(line: &str, expected: &str) {
    let time = Entry::read(line.as_bytes()).time().map(|time| {
        let year = time
            .year()
            .map_or("-".to_owned(), |year| format!("{year:04}"));
        let offset = time
            .offset()
            .map_or("-".to_owned(), |offset| format!("{offset:+}"));
        format!(
            "{year} {:02}-{:02} {:02}:{:02}:{:02} {offset}",
            time.month(),
            time.day(),
            time.hour(),
            time.minute(),
            time.second()
        )
    });
    assert_eq!(time.as_deref().unwrap_or("none"), expected, "{line}");
}

#[test]
fn syslog_of_old() {
    check(
        "Nov 24 13:11:59 mail postfix/qmgr[1]: 4Xy: removed",
        "- 11-24 13:11:59 -",
    );
    check(
        "<22>Nov 24 13:11:59 mail postfix/qmgr[1]: 4Xy: removed",
        "- 11-24 13:11:59 -",
    );
    check("Feb  3 00:00:00 mail x[1]: y", "- 02-03 00:00:00 -");
    check("Feb 3 00:00:00 mail x[1]: y", "- 02-03 00:00:00 -");
    check("Feb 29 23:59:60 mail x[1]: y", "- 02-29 23:59:60 -");
    check("Nov 24 13:11:59.123 mail x[1]: y", "- 11-24 13:11:59 -");
    check("Nov 24 2026 13:11:59 mail x[1]: y", "2026 11-24 13:11:59 -");
    check(
        "Tue Nov 24 13:11:59 2026 mail x[1]: y",
        "2026 11-24 13:11:59 -",
    );
    check(
        "Tue Nov  3 13:11:59 2026 mail x[1]: y",
        "2026 11-03 13:11:59 -",
    );
}

#[test]
fn dates_with_a_year() {
    check(
        "2026-11-24T13:11:59Z mail x[1]: y",
        "2026 11-24 13:11:59 +0",
    );
    check(
        "2026-11-24T13:11:59.123456+01:00 mail x[1]: y",
        "2026 11-24 13:11:59 +60",
    );
    check(
        "2026-11-24T13:11:59-0330 mail x[1]: y",
        "2026 11-24 13:11:59 -210",
    );
    check(
        "<22>1 2026-11-24T13:11:59.003Z mail postfix/smtp 123 - - y",
        "2026 11-24 13:11:59 +0",
    );
    check(
        "2026-11-24 13:11:59 1abcDE-000123-AB Completed",
        "2026 11-24 13:11:59 -",
    );
    check(
        "2026-11-24 13:11:59.123 +0100 [123] 1abcDE-000123-AB Completed",
        "2026 11-24 13:11:59 +60",
    );
    check(
        "2026-11-24 13:11:59.123456789 new msg 1",
        "2026 11-24 13:11:59 -",
    );
    check("2026/11/24 13:11:59 x", "2026 11-24 13:11:59 -");
    check("2024-02-29T00:00:00Z x", "2024 02-29 00:00:00 +0");
}

#[test]
fn of_the_journal() {
    check(
        "Tue 2026-11-24 13:11:59 UTC mail x[1]: y",
        "2026 11-24 13:11:59 +0",
    );
    check(
        "Tue 2026-11-24 13:11:59 CET mail x[1]: y",
        "2026 11-24 13:11:59 -",
    );
    check(
        "Tue 2026-11-24 13:11:59 mail x[1]: y",
        "2026 11-24 13:11:59 -",
    );
    check(
        "2026-11-24T13:11:59+0100 mail x[1]: y",
        "2026 11-24 13:11:59 +60",
    );
    check("1795525919.123456 mail x[1]: y", "2026 11-24 13:11:59 +0");
    check("0000000000.5 x", "1970 01-01 00:00:00 +0");
}

#[test]
fn of_multilog() {
    check(
        "@400000006a15c8a91234abcd new msg 1",
        "2026 05-26 16:21:51 +0",
    );
    check("@400000000000000a00000000 x", "1970 01-01 00:00:00 +0");
    check("@400000003865f4d5 x", "1999 12-26 10:58:19 +0");
}

#[test]
fn behind_a_label() {
    check(
        "mail.log:Nov 24 13:11:59 mail x[1]: y",
        "- 11-24 13:11:59 -",
    );
    check(
        "/var/log/mail.log.1:17:2026-11-24T13:11:59Z mail x[1]: y",
        "2026 11-24 13:11:59 +0",
    );
    check(
        "mail-1  | Nov 24 13:11:59 mail x[1]: y",
        "- 11-24 13:11:59 -",
    );
}

#[test]
fn no_time() {
    for line in [
        "",
        "N",
        "Nov",
        "Nov ",
        "Nov 24",
        "Nov 24 13:11",
        "Nov 24 13:11:5",
        "Nov 00 13:11:59 x",
        "Nov 31 13:11:59 x",
        "Feb 30 13:11:59 x",
        "Nov 24 24:00:00 x",
        "Nov 24 13:60:59 x",
        "Nov 24 13:11:61 x",
        "nov 24 13:11:59 x",
        "2025-02-29T00:00:00Z x",
        "2026-13-01T00:00:00Z x",
        "2026-11-24",
        "2026-11-24T",
        "2026-11/24T13:11:59 x",
        "@4000",
        "@ffffffffffffffffffffffff x",
        "@7fffffffffffffff00000000 x",
        "@80000000000000000000000g x",
        "550 5.1.1 No such user",
        "250-SIZE 1000",
        "1795525919 x",
        "999999999999.5 x",
        "<22> ",
        "<22",
        "<<< 550 x",
        "host mx.example.com[192.0.2.1] said: 550 x",
    ] {
        check(line, "none");
    }
    // A zone that is none is passed over.
    check("2026-11-24T13:11:59+24:00 x", "none");
    check("2026-11-24T13:11:59+1 x", "2026 11-24 13:11:59 -");
}
