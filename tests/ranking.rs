//! Ranking: articles that a query should find, and where; and the measures on a small collection.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;
use std::path::Path;

use support::found;

/// Every line of `tests/ranking/corpus.tsv`: a query, the end of an article's path, and the rank it has to have at least.
#[test]
fn articles_stand_where_they_belong() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    found(&index, &["index", "--quiet", "corpus"]);
    let goldens = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ranking/corpus.tsv");
    let goldens = fs::read_to_string(goldens).expect("the file is in the repository");
    let lines = goldens.lines().filter(|line| !line.starts_with('#'));
    let mut missed = Vec::new();
    for line in lines {
        let [query, target, rank] = line.split('\t').collect::<Vec<_>>()[..] else { panic!("three columns: {line}") };
        let paths = found(&index, &["search", query, "-n", "0", "--all-copies", "--format", "paths"]);
        let place = paths.lines().position(|path| path.ends_with(target)).map(|place| place + 1);
        if place.is_none_or(|place| place > rank.parse().unwrap()) {
            missed.push(format!("{query}: {target} at {place:?}, not among the first {rank}"));
        }
    }
    assert!(goldens.lines().count() > 15, "too few to tell anything");
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Query 1 has its two documents at ranks 1 and 2: average precision 1, gain 1, two of ten. Query 2 has the first of two at
/// rank 1 and the other, which is not there, never: average precision 1/2, gain 2 / (2 + 1 / log2 3) = 0.7602, one of ten.
/// Query 3 is not judged.
#[test]
fn a_collection_is_measured() {
    let folder = tempfile::tempdir().unwrap();
    let printed = found(folder.path(), &["eval", "--ranking", "tests/ranking/collection"]);
    assert_eq!(printed, "queries  2\nMAP      0.7500\nnDCG@10  0.8801\nP@10     0.1500\n");
}
