//! The same story in several articles: listed once, counted once, and whole again when asked for.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use newsdex::index::Index;
use newsdex::search::{FacetField, Filters, Hits, Query, QuoteHit, QuoteRequest, SearchOptions, Searcher};
use support::found;
use tempfile::TempDir;

/// A folder of articles and its index.
struct Archive {
    directory: TempDir,
}

impl Archive {
    fn folder(&self) -> PathBuf {
        self.directory.path().join("articles")
    }

    fn index(&self) {
        found(&self.directory.path().join("index"), &["index", self.folder().to_str().unwrap()]);
    }

    fn searcher(&self) -> Searcher {
        Searcher::open(&Index::open(self.directory.path().join("index")).unwrap()).unwrap()
    }
}

/// Sixty words about `topic`.
fn body(topic: &str) -> String {
    (0..60).map(|at| format!("{topic}{at}")).collect::<Vec<_>>().join(" ")
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Two stories: one that three outlets print, whole or cut, and one that nobody else has.
fn archive() -> Archive {
    let archive = Archive { directory: tempfile::tempdir().unwrap() };
    let folder = &archive.folder();
    let (river, strike) = (body("river"), body("strike"));
    write(folder, "the-herald/2025/03/02/river.txt", &format!("River rises\n\n{river} tide\n"));
    write(folder, "the-courier/2025/03/03/water.txt", &format!("Water everywhere\n\n{river} tide\n"));
    write(
        folder,
        "the-mail/2025/04/04/short.txt",
        &format!("Water in short\n\n{} tide tide\n", &river[..river.len() * 2 / 3]),
    );
    write(folder, "the-herald/2025/03/05/strike.txt", &format!("Strike called\n\n{strike} tide\n"));
    archive.index();
    archive
}

fn search(searcher: &Searcher, query: &str, all_copies: bool) -> Hits<newsdex::search::Hit> {
    let options = SearchOptions { all_copies, ..SearchOptions::default() };
    searcher.search(&Query::parse(query).unwrap(), &options).unwrap()
}

fn headlines(hits: &Hits<newsdex::search::Hit>) -> Vec<&str> {
    let mut headlines: Vec<&str> = hits.hits.iter().filter_map(|hit| hit.article.headline.as_deref()).collect();
    headlines.sort_unstable();
    headlines
}

#[test]
fn a_story_is_listed_once_as_first_printed() {
    let archive = archive();
    let searcher = archive.searcher();
    let hits = search(&searcher, "tide", false);
    assert_eq!((hits.total, hits.copies), (2, 2));
    assert_eq!(headlines(&hits), ["River rises", "Strike called"]);
    let river = hits.hits.iter().find(|hit| hit.article.headline.as_deref() == Some("River rises")).unwrap();
    let copies: Vec<_> = river.copies.iter().map(|copy| copy.headline.as_deref().unwrap()).collect();
    assert_eq!(copies, ["Water everywhere", "Water in short"]);
    // The first printed of those that match leads.
    let hits = search(&searcher, "tide date:2025-03-03..", false);
    assert_eq!(headlines(&hits), ["Strike called", "Water everywhere"]);
}

#[test]
fn all_copies_are_listed_when_asked_for() {
    let archive = archive();
    let hits = search(&archive.searcher(), "tide", true);
    assert_eq!((hits.total, hits.copies), (4, 0));
    assert!(hits.hits.iter().all(|hit| hit.copies.is_empty()));
}

#[test]
fn facets_count_articles_or_stories() {
    let archive = archive();
    let searcher = archive.searcher();
    let query = Query::parse("tide").unwrap();
    let count = |counts: Vec<newsdex::search::FacetCount>| -> Vec<(String, usize)> {
        counts.into_iter().map(|count| (count.value, count.count)).collect()
    };
    let filters = Filters::default();
    let articles = count(searcher.facets(&query, &filters, FacetField::Month, 10).unwrap());
    assert_eq!(articles, [("2025-03".into(), 3), ("2025-04".into(), 1)]);
    let stories = count(searcher.story_facets(&query, &filters, FacetField::Month, 10).unwrap());
    assert_eq!(stories, [("2025-03".into(), 2), ("2025-04".into(), 1)]);
    let stories = count(searcher.story_facets(&query, &filters, FacetField::Outlet, 10).unwrap());
    assert_eq!(stories, [("The Herald".into(), 2), ("The Courier".into(), 1), ("The Mail".into(), 1)]);
}

#[test]
fn stories_follow_what_is_added_and_removed() {
    let archive = archive();
    fs::remove_file(archive.folder().join("the-herald/2025/03/02/river.txt")).unwrap();
    write(&archive.folder(), "the-mail/2025/03/06/strike.txt", &format!("Strike\n\n{} tide\n", body("strike")));
    archive.index();
    let hits = search(&archive.searcher(), "tide", false);
    assert_eq!((hits.total, hits.copies), (2, 2));
    assert_eq!(headlines(&hits), ["Strike called", "Water everywhere"]);
}

/// A version of an agency's item.
fn item(version: u32, text: &str) -> String {
    format!(
        r#"<nitf><head><docdata><doc-id id-string="dam"/><du-key version="{version}"/>
        <date.issue norm="2025030{version}T100000Z"/></docdata></head><body><body.head><hedline><hl1>Dam {version}</hl1>
        </hedline></body.head><body.content><p>{text}</p></body.content></body></nitf>"#
    )
}

#[test]
fn a_later_version_stands_for_the_earlier_ones() {
    let archive = archive();
    write(&archive.folder(), "wire/dam-1.xml", &item(1, "The dam holds, and mice live in it, engineers say."));
    write(&archive.folder(), "wire/dam-2.xml", &item(2, "The dam broke. An earlier version said that it holds."));
    archive.index();
    let searcher = archive.searcher();
    let hits = search(&searcher, "dam", false);
    assert_eq!((headlines(&hits), hits.copies), (vec!["Dam 2"], 1));
    assert!(!hits.hits[0].superseded);
    assert_eq!(hits.hits[0].copies[0].headline.as_deref(), Some("Dam 1"));
    // What only an earlier version says is found, and said to be replaced.
    let hits = search(&searcher, "mice", false);
    assert_eq!((headlines(&hits), hits.hits[0].superseded), (vec!["Dam 1"], true));
    assert!(
        found(&archive.directory.path().join("index"), &["search", "mice"])
            .contains("a later version replaces this one")
    );
}

#[test]
fn quotes_of_a_later_version_stand_for_those_of_the_earlier_ones() {
    let archive = archive();
    let kept = "“The dam will be mended before the winter rains,” said Ada Pike, the engineer.";
    let gone = "“Nobody ever looked at the lower gates,” said Orla Tull, a keeper.";
    write(&archive.folder(), "wire/dam-1.xml", &item(1, &format!("{kept}</p><p>{gone}")));
    write(&archive.folder(), "wire/dam-2.xml", &item(2, &format!("The dam broke on Monday.</p><p>{kept}")));
    write(&archive.folder(), "the-mail/2025/03/09/dam.txt", &format!("Dam to be mended\n\n{kept}\n"));
    archive.index();
    let searcher = archive.searcher();
    let asked = |query: &str| QuoteRequest { query: Query::parse(query).unwrap(), ..QuoteRequest::default() };
    let groups = |query: &str| {
        let found = searcher.quote_groups(&asked(query)).unwrap();
        let article = |quote: &QuoteHit| (quote.article.headline.clone().unwrap_or_default(), quote.superseded);
        let groups = found.groups.iter().map(|group| group.all().map(article).collect::<Vec<_>>());
        (found.quotes, groups.collect::<Vec<_>>())
    };
    let current = vec![("Dam 2".to_owned(), false), ("Dam to be mended".to_owned(), false)];
    assert_eq!(groups("mended"), (2, vec![current]));
    // What only an earlier version has is found, and said to be replaced.
    assert_eq!(groups("gates"), (1, vec![vec![("Dam 1".to_owned(), true)]]));
    let all = searcher.quotes(&asked("mended OR gates")).unwrap();
    assert_eq!(all.hits.iter().filter(|hit| hit.superseded).count(), 2);
    let printed = |arguments: &[&str]| found(&archive.directory.path().join("index"), arguments);
    let warning = "a later version replaces this one";
    let warned = |arguments: &[&str]| printed(arguments).matches(warning).count();
    assert_eq!(
        [&["mended"][..], &["gates"], &["mended", "--all-copies"]].map(|rest| warned(&[&["quotes"], rest].concat())),
        [0, 1, 1]
    );
    assert!(printed(&["quotes", "gates", "--format", "markdown"]).contains(warning));
    assert!(printed(&["quotes", "gates", "--format", "csv"]).contains(",yes,"));
    assert!(printed(&["quotes", "gates", "--format", "json"]).contains("\"superseded\":true"));
}
