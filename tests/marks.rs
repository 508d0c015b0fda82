//! What is marked in the passages that `newsdex search` shows: what made the article match, and nothing else.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;

use newsdex::index::Index;
use newsdex::search::{ConcordanceRequest, Query, SearchOptions, Searcher};
use support::found;
use tempfile::TempDir;

const STORY: &str = "The river and the town\n\n\
    “The river is ours,” said Ada Pike, the mayor.\n\n\
    Orla Tull walked down to the river before she spoke. The mayor was not there.\n\n\
    “The river is rising,” said Orla Tull. “The mayor is not.”\n";

/// The words marked for `query` in the passage of the one article, which shows all of it.
fn check(archive: &TempDir, query: &str, expect: &[&str]) {
    let searcher = Searcher::open(&Index::open(archive.path().join("index")).unwrap()).unwrap();
    let options = SearchOptions { context: Some(99), ..SearchOptions::default() };
    let hits = searcher.search(&Query::parse(query).unwrap(), &options).unwrap().hits;
    let hit = hits.first().unwrap_or_else(|| panic!("{query} finds the article"));
    let marked = hit.snippet.marks.iter().map(|mark| {
        // With what stands next to it, to tell which of several it is.
        let around = mark.of(&hit.snippet.text).to_owned() + &hit.snippet.text[mark.end..];
        around.split(['.', ',']).next().unwrap().to_owned()
    });
    assert_eq!(marked.collect::<Vec<_>>(), expect, "{query}");
}

/// Each line of the concordance of `query`: the match with the word after it.
fn check_lines(archive: &TempDir, query: &str, expect: &[&str]) {
    let searcher = Searcher::open(&Index::open(archive.path().join("index")).unwrap()).unwrap();
    let query = Query::parse(query).unwrap();
    let request = ConcordanceRequest { query: query.clone(), context: 7, limit: 99, ..ConcordanceRequest::default() };
    let found = searcher.concordance(&request).unwrap();
    let lines: Vec<String> = found.lines.iter().map(|line| line.matched.clone() + &line.right).collect();
    assert_eq!((found.articles, lines), (1, expect.iter().map(|&line| line.to_owned()).collect()), "{query}");
}

fn archive() -> TempDir {
    let archive = tempfile::tempdir().unwrap();
    let folder = archive.path().join("articles");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("river.txt"), STORY).unwrap();
    found(&archive.path().join("index"), &["index", "--quiet", folder.to_str().unwrap()]);
    archive
}

#[test]
fn words_of_quotes_are_lines_of_a_concordance() {
    let archive = archive();
    check_lines(&archive, "said:river", &["river is", "river is"]);
    check_lines(&archive, "speaker:tull said:river", &["river is"]);
    check_lines(&archive, "speaker:tull said:rising river", &["river is", "river before", "river is", "rising,” said"]);
    check_lines(&archive, "speaker:tull", &[]);
}

#[test]
fn words_of_quotes_are_marked_in_the_quotes_that_meet_the_whole_condition() {
    let archive = archive();
    check(&archive, "said:river", &["river is ours", "river is rising"]);
    check(&archive, "speaker:tull said:river", &["river is rising", "Orla Tull"]);
    check(&archive, "speaker:tull said:(river OR mayor)", &["river is rising", "Orla Tull", "mayor is not"]);
    check(&archive, "speaker:tull", &["Orla Tull"]);
    check(&archive, "speaker:pike said:river", &["river is ours", "Ada Pike"]);
    check(
        &archive,
        "said:river walked",
        &["river is ours", "walked down to the river before she spoke", "river is rising"],
    );
    check(&archive, "(speaker:pike said:ours) OR said:rising", &["ours", "Ada Pike", "rising"]);
    check(&archive, "river -said:sea", &["river is ours", "river before she spoke", "river is rising"]);
    check(&archive, "kind:direct speaker:(pike OR tull) said:(\"is ours\")", &["is ours", "Ada Pike"]);
}

#[test]
fn the_passage_is_that_of_the_quote() {
    let archive = tempfile::tempdir().unwrap();
    let folder = archive.path().join("articles");
    fs::create_dir(&folder).unwrap();
    let filler = "Nothing else of note was reported from the valley on that long and quiet day. ".repeat(20);
    fs::write(folder.join("river.txt"), format!("The valley\n\n{filler}\n\n{STORY}\n{filler}\n")).unwrap();
    let index = archive.path().join("index");
    found(&index, &["index", "--quiet", folder.to_str().unwrap()]);
    for query in ["speaker:tull said:rising", "speaker:tull kind:direct", "said:rising"] {
        let printed = found(&index, &["search", query]);
        assert!(printed.contains("The river is rising"), "{query}: {printed}");
    }
}
