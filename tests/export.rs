//! What other programs read goes out byte for byte, and each format keeps its form.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;

use support::{fill, found, invented_article, outcome};

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
    assert_eq!(table.lines().filter(|line| line.starts_with("group,speaker,")).count(), 1, "{table}");
    assert!(table.lines().count() > 2, "{table}");
    let list = found(&index, &[&grouped[..], &["markdown"]].concat());
    assert!(list.trim_start().starts_with("## "), "{list}");
}

#[test]
fn groups_hold_every_quote_once() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    let day = corpus.join("valley-times/2025/10/12");
    fs::create_dir_all(&day).unwrap();
    let said =
        ["one", "two", "three", "four", "five"].map(|n| format!("“Vote {n} is the last,” said Maya Torres.\n\n"));
    let said = said.concat();
    fs::write(day.join("a.txt"), format!("Harbour vote\n\n{said}")).unwrap();
    let other = "Ferry late\n\n“We waited for nine hours,” said Owen Pryce. “Nobody told us why,” an official said.\n";
    fs::write(corpus.join("b.txt"), other).unwrap();
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let groups = |arguments: &[&str]| -> Vec<String> {
        let printed = found(&index, &[&["quotes", "--format", "json", "--group-by"], arguments].concat());
        let lines: Vec<serde_json::Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let group = |line: &serde_json::Value| match line["type"].as_str() {
            Some("quote") => line["group"].as_str().unwrap().to_owned(),
            _ => format!("{} of {}", line["shown"], line["total"]),
        };
        lines.iter().map(group).collect()
    };
    let torres = "Maya Torres";
    let rest = ["Owen Pryce", "unknown speaker", "3 of 3"];
    assert_eq!(groups(&["speaker"]), [&[torres; 3][..], &rest].concat());
    assert_eq!(groups(&["speaker", "-n", "0"]), [&[torres; 5][..], &rest].concat());
    assert_eq!(groups(&["speaker", "--offset", "1"]), ["Owen Pryce", "unknown speaker", "2 of 3"]);
    assert_eq!(groups(&["outlet", "-n", "0"])[5..], ["unknown outlet", "unknown outlet", "2 of 2"]);
    assert_eq!(groups(&["month", "-n", "0"])[4..], ["2025-10", "undated", "undated", "2 of 2"]);
    let text = found(&index, &["quotes", "--group-by", "speaker", "-n", "1"]);
    let end = "at most 3 below each; all with --limit 0 --format csv\n1 to 1 of 3 groups; more with --offset 1\n";
    assert!(text.ends_with(end), "{text}");
    let (code, _, errors) = outcome(&index, &["quotes", "--group-by", "speaker", "--offset", "3"]);
    assert_eq!((code, errors.as_str()), (Some(1), "hint: --offset 3 is beyond the last: there are 3 groups in all\n"));
}

/// Who says the same twice in one article is not copied there.
#[test]
fn copies_stand_in_other_articles_and_add_up() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fs::create_dir(&corpus).unwrap();
    let words = "We are going to build the longest dam of the whole river by the end of next year";
    let twice = format!(
        "“{words},” said Maya Torres.\n\nNobody cheered in the hall.\n\n“{words}, and pay for it,” Torres said.\n"
    );
    fs::write(corpus.join("a.txt"), format!("Dam speech\n\n{twice}")).unwrap();
    fs::write(
        corpus.join("b.txt"),
        format!("Dam plans\n\nIn Selby she spoke for an hour. “{words},” said Maya Torres.\n"),
    )
    .unwrap();
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let printed = found(&index, &["quotes", "--format", "json"]);
    let lines: Vec<serde_json::Value> = printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let quotes: Vec<_> = lines.iter().filter(|line| line["type"] == "quote").collect();
    let copies = |quote: &serde_json::Value| quote["copies"].as_array().unwrap().clone();
    assert_eq!(quotes.len(), 2, "{printed}");
    assert_eq!(quotes.iter().map(|quote| 1 + copies(quote).len()).sum::<usize>(), 3, "{printed}");
    for quote in quotes {
        assert!(copies(quote).iter().all(|copy| copy["article"] != quote["article"]), "{printed}");
    }
    assert!(found(&index, &["quotes"]).ends_with("printed 3 times in all\n"));
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
    let hint = |arguments: &[&str]| outcome(&index, &[&["quotes"], arguments].concat()).2;
    assert_eq!(hint(&["checked", "--class", "declined"]), "hint: 1 quote matches without --class\n");
    let codes = "hint: no article matches `language:english`; languages have codes of two letters, such as lang:en\n";
    assert_eq!(outcome(&index, &["search", "lang:english"]).2, codes);
    let other = "hint: 1 quote matches, all of other kinds; try --kind direct,mixed,indirect\n";
    assert_eq!(hint(&["--kind", "direct", "kind:indirect"]), other);
    found(&index, &["save", "told", "--quotes", "kind:indirect"]);
    assert!(found(&index, &["saved"]).contains("kind:indirect"));
}
