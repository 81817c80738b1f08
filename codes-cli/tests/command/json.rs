//! The JSON form, on which other programs rely.

use codes_core::{Comparison, Follows, ReplyCode, TABLE, compare};
use serde_json::{Value, json};

use crate::{info, known, run, unknown};

const CODE_KEYS: [&str; 18] = [
    "code",
    "name",
    "phrase",
    "class",
    "category",
    "standing",
    "extensions",
    "specs",
    "commands",
    "description",
    "when",
    "fix",
    "connection",
    "next_actor",
    "retry",
    "followed_by",
    "enhanced",
    "see_also",
];
const COMPARISON_KEYS: [&str; 9] = [
    "left",
    "right",
    "relation",
    "meet_at",
    "follows",
    "differences",
    "remark",
    "choose",
    "text",
];

/// The keys that stand at this depth, in their order in the text.
fn keys(text: &str, depth: usize) -> Vec<&str> {
    let indent = "  ".repeat(depth);
    let keys = text.lines().filter_map(|line| {
        let key = line.strip_prefix(indent.as_str())?.strip_prefix('"')?;
        Some(key.split_once("\":")?.0)
    });
    keys.collect()
}

fn parsed(args: &[&str]) -> Value {
    let run = run([args, &["--json"]].concat());
    assert_eq!(run.err, "", "{args:?}");
    assert!(run.out.ends_with("\n") && !run.out.ends_with("\n\n"));
    serde_json::from_str(&run.out).expect("JSON")
}

fn strings<T: ToString>(items: impl IntoIterator<Item = T>) -> Value {
    items.into_iter().map(|item| item.to_string()).collect()
}

fn numbers(codes: &[ReplyCode]) -> Value {
    codes.iter().map(|code| code.get()).collect()
}

fn expected(code: &str) -> Value {
    let info = info(code);
    let kind = match info.code().get() / 100 {
        2 => "success",
        3 => "intermediate",
        _ => "error",
    };
    let rows = info.commands().iter().map(|row| {
        json!({
            "command": row.command().name(),
            "kind": kind,
            "standing": row.standing().as_str(),
            "source": row.source(),
        })
    });
    json!({
        "code": info.code().get(),
        "name": info.name(),
        "phrase": info.phrase(),
        "class": info.class().as_str(),
        "category": info.category().as_str(),
        "standing": info.standing().as_str(),
        "extensions": info.extensions(),
        "specs": info.specs(),
        "commands": rows.collect::<Vec<_>>(),
        "description": info.description(),
        "when": info.when(),
        "fix": info.fix(),
        "connection": info.connection().as_str(),
        "next_actor": info.next_actor().as_str(),
        "retry": info.retry().as_str(),
        "followed_by": numbers(info.followed_by()),
        "enhanced": info.enhanced().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "see_also": numbers(info.see_also()),
    })
}

#[test]
fn a_code_has_all_keys_in_order() {
    let text = run(["354", "--json"]).out;
    assert_eq!(keys(&text, 1), CODE_KEYS);
    assert_eq!(keys(&text, 3), ["command", "kind", "standing", "source"]);
}

#[test]
fn the_words_are_those_of_the_contract() {
    let value = parsed(&["354"]);
    for (key, expected) in [
        ("code", json!(354)),
        ("name", json!("Start Mail Input")),
        ("phrase", json!("Start mail input; end with <CRLF>.<CRLF>")),
        ("class", json!("positive-intermediate")),
        ("category", json!("mail-system")),
        ("standing", json!("standard")),
        ("extensions", json!([])),
        ("connection", json!("open")),
        ("next_actor", json!("client-software")),
        ("retry", json!("proceed")),
        (
            "commands",
            json!([{
                "command": "DATA",
                "kind": "intermediate",
                "standing": "standard",
                "source": "RFC 5321 4.3.2"
            }]),
        ),
    ] {
        assert_eq!(value[key], expected, "{key}");
    }
    assert!(
        parsed(&["550"])["enhanced"]
            .as_array()
            .expect("a list")
            .contains(&json!("X.1.1"))
    );
}

#[test]
fn every_code_is_whole() {
    for code in known() {
        assert_eq!(parsed(&[code]), expected(code));
    }
}

#[test]
fn an_unknown_number_has_its_digits_only() {
    let [code, _] = unknown();
    let text = run([code, "--json"]);
    assert_eq!(text.status, Some(1));
    assert_eq!(keys(&text.out, 1), CODE_KEYS);
    let nothing = Value::Null;
    let expected = json!({
        "code": code.parse::<u16>().expect("a number"),
        "name": nothing,
        "phrase": nothing,
        "class": "permanent-negative",
        "category": code.parse::<ReplyCode>().expect("a code").category().as_str(),
        "standing": nothing,
        "extensions": [],
        "specs": [],
        "commands": [],
        "description": nothing,
        "when": nothing,
        "fix": nothing,
        "connection": nothing,
        "next_actor": nothing,
        "retry": nothing,
        "followed_by": [],
        "enhanced": [],
        "see_also": [],
    });
    assert_eq!(
        serde_json::from_str::<Value>(&text.out).expect("JSON"),
        expected
    );
}

#[test]
fn a_list_has_whole_codes() {
    let all: Vec<_> = known().map(expected).collect();
    assert_eq!(parsed(&["list"]), Value::Array(all));
    let text = run(["list", "--json", "--class", "3"]).out;
    let count = TABLE
        .iter()
        .filter(|info| info.code().get() / 100 == 3)
        .count();
    assert_eq!(keys(&text, 2), CODE_KEYS.repeat(count));
}

#[test]
fn the_flag_may_stand_anywhere() {
    for forms in [
        [&["354", "--json"][..], &["--json", "354"]],
        [&["354", "521", "--json"], &["--json", "354", "521"]],
        [
            &["compare", "--json", "354", "521"],
            &["--json", "compare", "354", "521"],
        ],
        [&["list", "--json"], &["--json", "list"]],
    ] {
        let [one, other] = forms.map(run);
        assert_eq!(one.status, Some(0));
        assert!(one.out.starts_with(['{', '[']));
        assert_eq!(one.out, other.out);
    }
}

#[test]
fn a_comparison_has_all_keys_in_order() {
    let text = run(["354", "521", "--json"]).out;
    assert_eq!(keys(&text, 1), COMPARISON_KEYS);
    let inner = keys(&text, 2);
    assert_eq!(inner, CODE_KEYS.repeat(2));
    let facts: Vec<_> = keys(&text, 3)
        .into_iter()
        .skip_while(|key| *key != "aspect")
        .collect();
    assert_eq!(facts[..3], ["aspect", "left", "right"]);
    assert_eq!(facts.len() % 3, 0);
}

#[test]
fn a_comparison_has_the_facts_of_both() {
    let value = parsed(&["354", "521"]);
    assert_eq!(value["left"], expected("354"));
    assert_eq!(value["right"], expected("521"));
    assert_eq!(value["relation"], "apart");
    assert_eq!(value["meet_at"], json!([]));
    assert_eq!(value["follows"], Value::Null);
    assert!(value["remark"].is_string() && value["choose"].is_string());
    let facts = value["differences"].as_array().expect("a list");
    let fact = |aspect: &str| {
        facts
            .iter()
            .find(|fact| fact["aspect"] == aspect)
            .expect("differs")
    };
    let sides = |aspect| (fact(aspect)["left"].clone(), fact(aspect)["right"].clone());
    assert_eq!(
        sides("class"),
        (json!("positive-intermediate"), json!("permanent-negative"))
    );
    assert_eq!(sides("connection"), (json!("open"), json!("may-close")));
    assert_eq!(sides("commands").0, json!(["DATA"]));
    assert_eq!(
        sides("followed-by"),
        (
            value["left"]["followed_by"].clone(),
            value["right"]["followed_by"].clone()
        )
    );
}

#[test]
fn follows_names_the_side_that_comes_second() {
    assert_eq!(parsed(&["354", "554"])["follows"], "right");
    assert_eq!(parsed(&["554", "354"])["follows"], "left");
    assert_eq!(parsed(&["250", "354"])["meet_at"][0], "RCPT>DATA");
    let unknown = parsed(&["354", unknown()[0]]);
    assert_eq!(unknown["relation"], "unknown");
    assert_eq!(unknown["right"]["name"], Value::Null);
    assert_eq!(parsed(&["354", "354"])["relation"], "same");
    assert_eq!(parsed(&["354", "354"])["differences"], json!([]));
}

/// What a comparison says in JSON, against the library.
fn check(both: &Comparison, value: &Value) {
    assert_eq!(value["relation"], both.relation().as_str());
    assert_eq!(value["meet_at"], strings(both.meet_at()));
    let follows = match both.follows() {
        Follows::Neither => Value::Null,
        follows => json!(follows.as_str()),
    };
    assert_eq!(value["follows"], follows);
    assert_eq!(value["remark"], json!(both.remark()));
    assert_eq!(value["choose"], json!(both.choose()));
    let facts = value["differences"].as_array().expect("a list");
    let aspects = facts
        .iter()
        .map(|fact| fact["aspect"].as_str().expect("a word"));
    assert!(aspects.eq(both.differences().map(|fact| fact.aspect().as_str())));
    for fact in facts {
        let aspect = fact["aspect"].as_str().expect("a word");
        let (left, right) = (&fact["left"], &fact["right"]);
        assert_ne!(left, right, "{aspect}");
        if aspect != "commands" {
            // As the objects of the codes have it.
            let key = aspect.replace('-', "_");
            assert_eq!(left, &value["left"][&key], "{aspect}");
            assert_eq!(right, &value["right"][&key], "{aspect}");
        }
    }
}

#[test]
fn comparisons_agree_with_the_library_and_the_terminal() {
    let codes: Vec<_> = known().chain(unknown()).collect();
    for (at, left) in codes.iter().enumerate() {
        // Each code once on both sides, with partners near and far.
        let right = codes[(at * 7 + 3) % codes.len()];
        let value = parsed(&[left, right]);
        let text = run([left, right]).out;
        assert_eq!(value["text"], json!(text));
        let code = |text: &str| -> ReplyCode { text.parse().expect("a code") };
        check(&compare(code(left), code(right)), &value);
    }
}
