//! Outlet, date and the other fields of every article in `corpus/` are read as `tests/gold/fields.tsv` tells them.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod known;
mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// What a field of `article` holds; several values are joined, none is empty.
fn value(article: &Value, field: &str) -> String {
    match &article[field] {
        Value::String(value) => value.clone(),
        Value::Array(values) => values.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
        _ => String::new(),
    }
}

/// Articles as the program extracts them, by their path below `corpus/`.
fn articles() -> BTreeMap<String, Value> {
    let output = support::newsdex().args(["extract", "corpus"]).output().expect("the program starts");
    let printed = String::from_utf8(output.stdout).expect("output is UTF-8");
    let articles = printed.lines().map(|line| serde_json::from_str::<Value>(line).expect("one object a line"));
    let with_path = articles.filter_map(|article| {
        let path = article["path"].as_str()?.replace('\\', "/");
        Some((path.rsplit_once("corpus/")?.1.to_owned(), article))
    });
    with_path.collect()
}

#[test]
fn every_field_but_the_known_failures_is_read_as_told() {
    let gold = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold");
    let table = fs::read_to_string(gold.join("fields.tsv")).expect("the table is in the repository");
    let (heading, rows) = table.split_once('\n').expect("a heading");
    let fields: Vec<&str> = heading.split('\t').collect();
    let articles = articles();
    let mut failed = BTreeMap::new();
    for row in rows.lines().map(|line| line.split('\t').collect::<Vec<_>>()) {
        let path = row[0];
        for (field, expect) in fields.iter().zip(row).skip(1) {
            let found = value(&articles[path], field);
            if found != expect {
                failed.insert(format!("{field} of {path}"), vec![format!("expected `{expect}`, found `{found}`")]);
            }
        }
    }
    known::expect_only_known(&gold.join("fields-known-failures"), &failed);
}
