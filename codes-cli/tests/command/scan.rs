//! `scan`: the table and its forms.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::{Run, command, feed, finish};

/// A folder that is gone after the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("scan-{name}"));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).expect("cargo made its parent");
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// A file and its path.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        let parent = path.parent().expect("the folder");
        fs::create_dir_all(parent).expect("it can be made");
        fs::write(&path, content).expect("it can be written");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A scan of files.
pub(crate) fn scan<const N: usize>(paths: [&Path; N], options: &[&str]) -> Run {
    let mut command = command(["scan"]);
    finish(command.args(options).args(paths).env("TZ", "UTC"))
}

/// A scan of standard input.
pub(crate) fn piped(input: &[u8], options: &[&str]) -> Run {
    feed(command(["scan"]).args(options).env("TZ", "UTC"), input)
}

pub(crate) fn json(run: &Run) -> Value {
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.out))
}

/// The rows of a part.
pub(crate) fn rows<'a>(table: &'a Value, part: &str) -> &'a [Value] {
    let parts = table["parts"].as_array().expect("a list");
    let part = parts.iter().find(|it| it["part"] == part);
    part.map_or(&[], |part| part["rows"].as_array().expect("a list"))
}

/// A delivery of Postfix that another server refused.
pub(crate) fn bounced(time: &str, host: &str, reply: &str) -> String {
    let mut words = reply.split(' ').skip(1);
    let dsn = words
        .next()
        .filter(|it| it.contains('.'))
        .unwrap_or("5.0.0");
    format!(
        "{time} mail postfix/smtp[7]: 4A1B2C: to=<ann@example.net>, relay={host}[192.0.2.1]:25, \
         delay=1.2, delays=0.1/0/0.5/0.6, dsn={dsn}, status=bounced (host {host}[192.0.2.1] said: \
         {reply} (in reply to RCPT TO command))\n"
    )
}

/// A client that Postfix refused.
fn rejected(time: &str, reply: &str) -> String {
    format!(
        "{time} mail postfix/smtpd[8]: NOQUEUE: reject: RCPT from client.example.org[198.51.100.9]: \
         {reply}; from=<bob@example.org> to=<ann@example.com> proto=ESMTP helo=<client>\n"
    )
}

fn sent(time: &str) -> String {
    format!(
        "{time} mail postfix/smtp[7]: 4A1B2D: to=<ann@example.net>, relay=mx.example.net[192.0.2.1]:25, \
         delay=1.2, delays=0.1/0/0.5/0.6, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 7C3)\n"
    )
}

const MORNING: &str = "2026-11-02T06:00:00+00:00";
const NOON: &str = "2026-11-02T12:00:00+00:00";
const EVENING: &str = "2026-11-02T18:00:00+00:00";

fn log() -> String {
    [
        bounced(NOON, "mx.example.net", "550 5.1.1 no such user"),
        bounced(EVENING, "mx2.example.net", "550 5.1.1 no such user"),
        bounced(MORNING, "mx.example.net", "550 5.1.1 no such user"),
        bounced(NOON, "mx.example.net", "552 5.2.2 full"),
        rejected(NOON, "554 5.7.1 <ann@example.com>: Relay access denied"),
        sent(NOON),
        sent(NOON),
        "2026-11-02T12:00:01+00:00 mail postfix/qmgr[9]: 4A1B2C: removed\n".to_owned(),
    ]
    .concat()
}

#[test]
fn equal_replies_make_one_row() {
    let run = piped(log().as_bytes(), &["--json"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let table = json(&run);
    assert_eq!(table["lines"], 8);
    assert_eq!(table["with_something"], 7);
    assert_eq!(table["first"], "2026-11-02T06:00:00");
    assert_eq!(table["last"], "2026-11-02T18:00:00");
    assert_eq!(table["assumed_years"], Value::Null);
    let received = rows(&table, "received");
    assert_eq!(received.len(), 2);
    let row = &received[0];
    for (key, expected) in [
        ("code", json!(550)),
        ("enhanced", json!("5.1.1")),
        ("command", json!("RCPT")),
        ("direction", json!("received")),
        ("origin", json!("said")),
        ("class", json!("permanent-negative")),
        ("title", json!("Bad destination mailbox address")),
        ("action", json!("after-change")),
        ("scope", json!("recipient")),
        ("actor", json!("sender")),
        ("count", json!(3)),
        ("first", json!("2026-11-02T06:00:00")),
        ("last", json!("2026-11-02T18:00:00")),
        ("distinct_hosts", json!(2)),
        (
            "hosts",
            json!([
                {"host": "mx.example.net", "count": 2},
                {"host": "mx2.example.net", "count": 1},
            ]),
        ),
        ("internal", json!(false)),
    ] {
        assert_eq!(row[key], expected, "{key}");
    }
    assert_eq!(row["outcomes"]["bounced"], 3);
    assert_eq!(row["outcomes"]["unknown"], 0);
    let sample = row["sample"].as_str().expect("a text");
    assert_eq!(
        sample,
        bounced(EVENING, "mx2.example.net", "550 5.1.1 no such user").trim_end()
    );
    let given = rows(&table, "given");
    assert_eq!(given.len(), 1);
    assert_eq!(given[0]["direction"], "given");
    assert_eq!(given[0]["outcomes"]["rejected"], 1);
    let success = rows(&table, "success");
    assert_eq!((success.len(), &success[0]["count"]), (1, &json!(2)));
}

#[test]
fn the_text_says_what_to_do_and_fits() {
    let run = piped(log().as_bytes(), &[]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    for expected in [
        "8 lines; 7 with a reply or a failure",
        "Refused by other servers: 4\n\
         3  550 5.1.1  RCPT  Bad destination mailbox address          bounced   sender\n\
         1  552 5.2.2  RCPT  Mailbox full                             bounced   recipient\n",
        "3  550 5.1.1 in answer to RCPT: Bad destination mailbox address\n",
        "The sender checks the address before it is sent again.\n",
        "Their administrator removes the cause before it is sent again.\n",
        "bounced 3\n",
        "mx.example.net 2, mx2.example.net 1\n",
        "2026-11-02 06:00:00 to 18:00:00\n",
        "Refused by this system: 1\n",
        "Succeeded: 2 (2 × 250 2.0.0).\n",
    ] {
        assert!(run.out.contains(expected), "{expected}\n{}", run.out);
    }
    assert!(run.out.ends_with('\n') && !run.out.ends_with("\n\n"));
    for line in run.out.lines() {
        assert!(
            line.chars().count() <= 80 && line == line.trim_end(),
            "{line}"
        );
    }
}

#[test]
fn the_table_comes_first_and_details_of_the_first_causes_follow() {
    let mut log = String::new();
    for code in 550..557 {
        log.push_str(&bounced(NOON, "mx.example.net", &format!("{code} no")));
    }
    let run = piped(log.as_bytes(), &[]);
    let (table, details) = run.out.split_once(", in detail\n").expect("both");
    for code in 550..557 {
        assert!(table.contains(&format!("\n1  {code} ")), "{table}");
    }
    assert_eq!(details.matches("Sample").count(), 5, "{details}");
    assert!(details.contains("`--top N` tells of more"), "{details}");
    let run = piped(log.as_bytes(), &["--top", "6"]);
    assert_eq!(run.out.matches("Sample").count(), 6, "{}", run.out);
    assert!(run.out.contains("1  in 1 other cause\n"), "{}", run.out);
    assert!(!run.out.contains("--top"), "{}", run.out);
}

#[test]
fn a_title_says_something() {
    let log = [
        bounced(NOON, "mx.example.net", "450 4.2.0 Greylisted"),
        bounced(NOON, "mx.example.net", "550 5.1.1 no such user"),
        bounced(NOON, "mx.example.net", "550 5.0.0 no"),
    ];
    let table = json(&piped(log.concat().as_bytes(), &["--json"]));
    let mut titles: Vec<_> = rows(&table, "received")
        .iter()
        .map(|row| row["title"].as_str().expect("a text"))
        .collect();
    titles.sort_unstable();
    assert_eq!(
        titles,
        [
            "Bad destination mailbox address",
            "Mailbox Temporarily Unavailable",
            "Mailbox Unavailable",
        ]
    );
}

#[test]
fn a_place_is_told_in_words() {
    let line = |what: &str| {
        format!(
            "{NOON} mail postfix/smtp[7]: 4A1B2C: to=<ann@example.net>, relay=mx.example.net[192.0.2.1]:25, \
             delay=1, delays=0/0/1/0, dsn=5.7.1, status=deferred (host mx.example.net[192.0.2.1] {what})\n"
        )
    };
    let log = [
        line("refused to talk to me: 554 5.7.1 no"),
        line("said: 554 5.7.1 no (in reply to end of DATA command)"),
    ];
    let run = piped(log.concat().as_bytes(), &[]);
    for expected in [
        "1  554 5.7.1  greeting   Delivery",
        "1  554 5.7.1  final dot  Delivery",
        "1  554 5.7.1 at the opening of the connection: ",
        "1  554 5.7.1 after the final dot of the message: ",
    ] {
        assert!(run.out.contains(expected), "{expected}\n{}", run.out);
    }
    assert!(!run.out.contains("DATA-BODY") && !run.out.contains("CONNECT"));
    let table = json(&piped(log.concat().as_bytes(), &["--json"]));
    let commands = rows(&table, "received").iter().map(|row| &row["command"]);
    assert!(
        commands.clone().any(|it| it == "CONNECT") && commands.clone().any(|it| it == "DATA-BODY")
    );
}

#[test]
fn without_a_reply_the_sample_begins_with_the_reason() {
    let log = format!(
        "{NOON} mail postfix/smtp[7]: 4A1B2C: to=<ann@example.net>, relay=none, delay=30, \
         delays=30/0/0/0, dsn=4.4.1, status=deferred (connect to mx.example.net[192.0.2.1]:25: \
         Connection timed out)\r\n"
    );
    let run = piped(log.as_bytes(), &[]);
    let expected = "Sample  …connect to mx.example.net[192.0.2.1]:25: Connection timed out)\n";
    assert!(run.out.contains(expected), "{}", run.out);
}

#[test]
fn csv_has_a_line_for_each_row() {
    let run = piped(log().as_bytes(), &["--csv"]);
    assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
    let lines: Vec<_> = run.out.lines().collect();
    assert_eq!(lines.len(), 5, "{}", run.out);
    assert!(lines[0].starts_with("part,code,enhanced,command,direction,"));
    assert!(lines[1].starts_with("received,550,5.1.1,RCPT,received,said,"));
    assert!(lines[1].contains(",3,0,0,3,0,0,0,0,2026-11-02 06:00:00,2026-11-02 18:00:00,"));
    assert!(lines[1].contains("mx.example.net 2; mx2.example.net 1"));
}

#[test]
fn only_so_many_rows_are_shown_and_the_rest_is_summed_up() {
    let mut log = String::new();
    for code in 500..560 {
        let times = if code == 530 { 2 } else { 1 };
        log.push_str(&bounced(NOON, "mx.example.net", &format!("{code} no")).repeat(times));
    }
    let table = json(&piped(log.as_bytes(), &["--json"]));
    assert_eq!(rows(&table, "received").len(), 20);
    assert_eq!(rows(&table, "received")[0]["code"], 530);
    assert_eq!(table["parts"][0]["count"], 61);
    assert_eq!(table["parts"][0]["other_causes"], 40);
    assert_eq!(table["parts"][0]["others"], 40);
    let run = piped(log.as_bytes(), &["--top", "1"]);
    assert!(run.out.contains("59  in 59 other causes\n"), "{}", run.out);
    let run = piped(log.as_bytes(), &["--top", "1", "--csv"]);
    assert!(
        run.out.contains("\nreceived,,,,,,,,,,,others,59,"),
        "{}",
        run.out
    );
}

#[test]
fn what_is_masked_is_masked_in_every_form() {
    let log = log();
    for form in [&[][..], &["--json"], &["--csv"]] {
        let run = piped(log.as_bytes(), &[form, &["--redact"]].concat());
        assert_eq!((run.status, run.err.as_str()), (Some(0), ""));
        for secret in [
            "example",
            "192.0.2.1",
            "198.51",
            "ann",
            "bob",
            "<client>",
            "mail postfix",
        ] {
            assert!(!run.out.contains(secret), "{secret}\n{}", run.out);
        }
        assert!(
            run.out.contains("host-1") && run.out.contains("ip-1"),
            "{}",
            run.out
        );
    }
}

#[test]
fn wrong_options_are_refused() {
    for (args, expected) in [
        (&["--top", "0"][..], "'--top <N>'"),
        (&["--top", "many"], "'--top <N>'"),
        (&["--since", "soon\u{1b}[31m"], "is no time for --since"),
        (&["--until", ""], "is no time for --until"),
        (
            &["--since", "2026-11-03", "--until", "2026-11-02"],
            "later than",
        ),
        (&["--csv", "--json"], "cannot be used with"),
    ] {
        let run = piped(b"", args);
        assert_eq!((run.status, run.out.as_str()), (Some(2), ""), "{args:?}");
        assert!(run.err.contains(expected), "{args:?}: {}", run.err);
        assert!(!run.err.contains('\u{1b}'));
    }
}

#[test]
fn a_span_of_time_is_looked_at_alone() {
    for (options, count) in [
        (&["--since", "2026-11-02 12:00"][..], Some(2)),
        (&["--since", "2026-11-02T12:00:01Z"], Some(1)),
        (&["--until", "2026-11-02 12:00"], Some(2)),
        (&["--until", "2026-11-02"], Some(3)),
        (&["--since", "2026-11-02"], Some(3)),
        (&["--since", "2026-11-02", "--until", "2026-11-02"], Some(3)),
        (&["--since", "2026-11-03"], None),
        (&["--until", "2026-11-01"], None),
    ] {
        let run = piped(log().as_bytes(), &[options, &["--json"]].concat());
        let table = json(&run);
        let row = rows(&table, "received").first();
        assert_eq!(
            row.map(|row| &row["count"]),
            count.map(|count| json!(count)).as_ref(),
            "{options:?}"
        );
        assert_eq!(run.status, Some(i32::from(count.is_none())), "{options:?}");
    }
}

#[test]
fn what_exim_refused_without_a_code_is_told_by_command_and_for_how_long() {
    let log = b"\
2026-11-24 13:11:59 H=(x) [192.0.2.1] F=<> rejected RCPT <a@example.com>: relay not permitted
2026-11-24 13:12:00 H=(x) [192.0.2.1] F=<> rejected RCPT <b@example.com>: relay not permitted
2026-11-24 13:12:59 H=(x) [192.0.2.1] F=<> temporarily rejected RCPT <a@example.com>: greylisted
2026-11-24 13:14:59 1abcDE-000123-AB H=client.example [192.0.2.1] F=<a> rejected after DATA: spam
";
    let table = json(&piped(log, &["--json"]));
    let parts = table["parts"].as_array().expect("a list");
    assert_eq!(parts.len(), 1, "{table}");
    assert_eq!(parts[0]["part"], "given");
    let rows = parts[0]["rows"].as_array().expect("a list");
    let told = |row: &Value| {
        let keys = ["count", "command", "class", "actor", "direction", "code"];
        keys.map(|key| row[key].clone())
    };
    let mut found: Vec<_> = rows.iter().map(told).collect();
    found.sort_by_key(|row| format!("{row:?}"));
    let mut expected = [
        ("RCPT", 2, "permanent-negative", "sender-admin"),
        ("RCPT", 1, "transient-negative", "client-software"),
        ("DATA-BODY", 1, "permanent-negative", "sender-admin"),
    ]
    .map(|(command, count, class, actor)| {
        [
            json!(count),
            json!(command),
            json!(class),
            json!(actor),
            json!("given"),
            Value::Null,
        ]
    });
    expected.sort_by_key(|row| format!("{row:?}"));
    assert_eq!(found, expected);

    let text = piped(log, &[]).out;
    assert!(!text.contains("no reply code"), "{text}");
    let row = |place: &str, actor: &str| {
        let mut lines = text.lines();
        lines.any(|line| line.contains(place) && line.ends_with(actor))
    };
    assert!(row("RCPT ", " they"), "{text}");
    assert!(row("RCPT ", " the client"), "{text}");
    assert!(row("final dot ", " they"), "{text}");
}

#[test]
fn a_recipient_who_is_unknown_here_is_for_the_sender() {
    for (line, word, title) in [
        (
            "Nov 24 13:11:59 mail postfix/local[3]: 4XyZ: to=<anna@example.org>, relay=local, \
             delay=0.1, delays=0/0/0/0.1, dsn=5.1.1, status=bounced (unknown user: \"anna\")",
            "unknown-recipient",
            "The recipient is unknown here",
        ),
        (
            "2026-11-24 13:11:59 1abcDE-000123-AB ** user@example.com: Unrouteable address",
            "unrouteable",
            "No such domain, or no such user here",
        ),
    ] {
        let table = json(&piped(line.as_bytes(), &["--json"]));
        let row = &table["parts"][0]["rows"][0];
        assert_eq!(row["no_reply"], word, "{table}");
        assert_eq!(row["title"], title, "{table}");
        assert_eq!(row["who"], "The sender acts next.", "{table}");
    }
}

#[test]
fn attempts_are_told_from_what_was_done_in_the_end() {
    let said = "H=mx.example.net [192.0.2.9]: SMTP error from remote mail server after RCPT \
                TO:<b@example.net>: 421 busy";
    let log = format!(
        "2026-11-24 13:11:59 1xVrni-0005mq-2y {said}\n\
         2026-11-24 13:11:59 1xVrni-0005mq-2y == b@example.net R=d T=remote_smtp defer (-44) {said}\n"
    );
    let text = piped(log.as_bytes(), &[]).out;
    let done = "deferred 1, unknown 1 (attempts whose end is in another line)";
    assert!(text.contains(done), "{text}");
}
