//! What other programs read goes out byte for byte, and each format keeps its form.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;

use support::{fill, found, invented_article};

#[test]
fn paths_end_in_zero_bytes_and_keep_every_byte() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 2);
    let odd = corpus.join("a\u{1b}[31mred.txt");
    fs::write(&odd, invented_article(7)).unwrap();
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    for command in ["search", "quotes"] {
        let printed = found(&index, &[command, "vote", "-n", "0", "--format", "paths", "-0"]);
        let paths: Vec<&str> = printed.split_terminator('\0').collect();
        assert!(paths.contains(&odd.to_str().unwrap()), "{printed:?}");
        assert!(paths.iter().all(|path| fs::exists(path).unwrap()), "{printed:?}");
    }
    let table = found(&index, &["search", "vote", "-n", "0", "--format", "csv"]);
    assert!(table.contains("a\u{1b}[31mred.txt"), "{table:?}");
}

#[test]
fn a_grouped_table_has_one_heading() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 6);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let grouped = ["quotes", "--group-by", "outlet", "--format"];
    let table = found(&index, &[&grouped[..], &["csv"]].concat());
    assert_eq!(table.lines().filter(|line| line.starts_with("speaker,")).count(), 1, "{table}");
    assert!(table.lines().count() > 2, "{table}");
    let list = found(&index, &[&grouped[..], &["markdown"]].concat());
    assert!(list.trim_start().starts_with("## "), "{list}");
}

#[test]
fn a_query_that_names_a_kind_finds_it() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fs::create_dir(&corpus).unwrap();
    let text = "Dam holds\n\nMary Johnson said that the dam would hold. “We checked it twice,” she said.\n";
    fs::write(corpus.join("dam.txt"), text).unwrap();
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let kinds = |arguments: &[&str]| {
        let printed = found(&index, &[&["quotes", "--format", "json"], arguments].concat());
        let lines = printed.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let quotes = lines.filter(|line| line["type"] == "quote");
        quotes.map(|line| line["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(kinds(&["kind:indirect"]), ["indirect"]);
    assert_eq!(kinds(&["dam OR checked"]), ["direct"]);
    assert_eq!(kinds(&["--kind", "indirect"]), ["indirect"]);
    found(&index, &["save", "told", "--quotes", "kind:indirect"]);
    assert!(found(&index, &["saved"]).contains("kind:indirect"));
}
