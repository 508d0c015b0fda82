//! The small corpora in `tests/corpora` come out as their README tells.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use support::found;

/// The last object that a listing prints: how many there are in all.
fn total(index: &Path, arguments: &[&str]) -> u64 {
    let printed = found(index, &[arguments, &["--limit", "1", "--format", "json"]].concat());
    let last: Value = printed.lines().last().and_then(|line| serde_json::from_str(line).ok()).expect("a summary");
    last["total"].as_u64().expect("a number")
}

/// Indexes `tests/corpora/{name}` and gives what became of each file, by its path.
fn index(index: &Path, name: &str) -> BTreeMap<String, String> {
    let report = index.with_extension("report");
    let corpus = format!("tests/corpora/{name}");
    found(index, &["index", "--quiet", &corpus, "--report", report.to_str().expect("a plain name")]);
    let report = fs::read_to_string(report).expect("the report was written");
    let entries = report.lines().map(|line| serde_json::from_str::<Value>(line).expect("one object a line"));
    let outcome = |entry: &Value| entry["reason"].as_str().or(entry["outcome"].as_str()).unwrap_or_default().to_owned();
    entries.filter_map(|entry| Some((entry["path"].as_str()?.replace('\\', "/"), outcome(&entry)))).collect()
}

#[test]
fn the_sound_corpus_is_counted_right() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = folder.path().join("index");
    assert_eq!(index(&place, "default").len(), 6);
    let count = |query: &str| total(&place, &["search", query]);
    assert_eq!(count("bell"), 3);
    assert_eq!(count("achterberg"), 4);
    assert_eq!(count("benhaddou"), 1);
    assert_eq!(count("pear"), 2);
    assert_eq!(count("\"orchard bell\""), 2);
    assert_eq!(count("outlet:\"plain dealer\""), 2);
    assert_eq!(count("date:2025-01"), 2);
    assert_eq!(count("wire:reuters"), 1);
    assert_eq!(total(&place, &["quotes", "earplugs", "--by", "bertram yule"]), 1);
}

#[test]
fn broken_files_do_not_stop_the_run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = folder.path().join("index");
    let outcomes = index(&place, "broken");
    for (file, outcome) in &outcomes {
        let expect = match file.rsplit('/').next().unwrap_or_default() {
            "empty.txt" | "blank.txt" | "byte-order-mark-only.txt" => "empty",
            "binary.txt" | "nul-bytes.txt" => "not text",
            "picture-called.txt" => "image: not a format that newsdex reads",
            _ => "added",
        };
        assert_eq!(outcome, expect, "{file}");
    }
    assert_eq!(outcomes.len(), 22);
    let undated = |query: &str| total(&place, &["search", &format!("{query} NOT date:1800..9999")]);
    assert_eq!(undated("clock"), 2, "neither the thirtieth of February nor the year 9999 is a date");
    assert_eq!(total(&place, &["search", "\"Åsne Bråten\" outlet:\"associated press\""]), 1);
}

#[test]
fn every_copy_of_a_story_is_kept() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = folder.path().join("index");
    assert_eq!(index(&place, "duplicates").len(), 9);
    assert_eq!(total(&place, &["quotes", "\"keeping it warm\"", "--by", "okonedo", "--all-copies"]), 7);
    // In the rewritten copy it is "she" who says so, which may or may not be resolved.
    assert!(total(&place, &["search", "said:saucepan speaker:strand", "--all-copies"]) >= 5);
    assert_eq!(total(&place, &["search", "said:saucepan speaker:okonedo", "--all-copies"]), 1);
}
