//! Saved searches tell of each new article once, also after the index was made anew.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;
use std::path::Path;

use support::{fill, found, invented_article, outcome};

/// Paths that `alerts` tells of, in order.
fn told(index: &Path, arguments: &[&str]) -> Vec<String> {
    let (_, out, _) = outcome(index, &[&["alerts", "--format", "json"], arguments].concat());
    let lines = out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let hits = lines.filter(|line| line["type"] == "hit");
    hits.map(|line| line["path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()).collect()
}

#[test]
fn each_new_article_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    let run = || found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    fill(&corpus, 6);
    run();
    found(&index, &["save", "vote", "vote"]);
    assert!(told(&index, &[]).is_empty());

    fs::write(corpus.join("new-1.txt"), invented_article(101)).unwrap();
    fs::write(corpus.join("new-2.txt"), invented_article(202)).unwrap();
    run();
    let both = told(&index, &["--peek"]);
    assert_eq!(both.len(), 2, "{both:?}");
    assert_eq!(told(&index, &["-n", "1"]), both[..1], "a look that is cut short leaves the rest for the next");
    assert_eq!(told(&index, &[]), both[1..]);
    assert!(told(&index, &[]).is_empty());

    // The index is disposable: its files go, what was told stays.
    for entry in fs::read_dir(&index).unwrap().flatten() {
        if !entry.file_name().to_string_lossy().starts_with("saved") && entry.path().is_file() {
            fs::remove_file(entry.path()).unwrap();
        }
    }
    run();
    assert!(told(&index, &[]).is_empty());
}

#[test]
fn each_new_quote_is_told_once() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    let run = || found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    fill(&corpus, 6);
    run();
    let saved = found(&index, &["save", "pay", "pay", "--quotes", "--outlet", "harrow gazette"]);
    assert!(saved.starts_with("saved `pay`: 2 quotes now"), "{saved}");
    found(&index, &["save", "near", "vote w/3 number", "--quotes", "--dialect", "nexis"]);
    let listed = found(&index, &["saved"]);
    assert!(listed.contains("near  vote w/3 number --quotes --dialect nexis\n"), "{listed}");
    assert_eq!(outcome(&index, &["alerts"]).0, Some(1));

    // The words of an article that was told of stand elsewhere in it now, and another one says something new.
    let old = corpus.join("harrow-gazette/2025/01/01/story-0.txt");
    let text = fs::read_to_string(&old).unwrap();
    fs::write(&old, text.replace("\n\n“We", "\n\nIt rained all day.\n\n“We")).unwrap();
    fs::write(corpus.join("harrow-gazette/2025/01/01/new.txt"), invented_article(101)).unwrap();
    run();
    let (_, out, _) = outcome(&index, &["alerts", "--format", "json"]);
    let lines: Vec<serde_json::Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let told: Vec<(&str, &str)> = lines
        .iter()
        .filter(|line| line["type"] == "quote")
        .map(|line| (line["path"].as_str().unwrap(), line["text"].as_str().unwrap()))
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().all(|(path, _)| path.ends_with("new.txt")), "{told:?}");
    assert_eq!(outcome(&index, &["alerts"]).0, Some(1));
}

#[test]
fn a_file_edited_by_hand_is_read_and_its_mistakes_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 3);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    let file = index.join("saved.toml");
    fs::write(&file, "[all]\nquery = \"vote\"\n").unwrap();
    assert_eq!(told(&index, &[]).len(), 3);
    fs::write(&file, "[all]\nquery = 3\n").unwrap();
    let (code, _, errors) = outcome(&index, &["alerts"]);
    assert_eq!(code, Some(2));
    assert!(errors.starts_with(&format!("error: cannot understand `{}`: ", file.display())), "{errors}");
    assert!(errors.ends_with("hint: each search is a table: `[name]`, below it `query = \"…\"`\n"), "{errors}");
}

#[test]
fn a_search_that_cannot_be_understood_stops_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let (corpus, index) = (folder.path().join("corpus"), folder.path().join("index"));
    fill(&corpus, 6);
    found(&index, &["index", "--quiet", corpus.to_str().unwrap()]);
    fs::write(index.join("saved.toml"), "[bad]\nquery = \"foo NEAR bar\"\n\n[good]\nquery = \"vote\"\n").unwrap();
    let (code, out, errors) = outcome(&index, &["alerts"]);
    assert_eq!(code, Some(2));
    assert!(out.starts_with("good  "), "{out}");
    let lines: Vec<&str> = errors.lines().collect();
    let named = "error: saved search `bad` in `saved.toml`: cannot understand the query at column 5: ";
    assert!(lines[0].starts_with(named), "{errors}");
    assert_eq!(lines.last(), Some(&"error: 1 saved search not run; mend the query in `saved.toml` of the index"));
}
