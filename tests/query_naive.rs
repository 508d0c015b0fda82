//! Hit counts of two hundred generated queries, with every operator nested at random, equal to a matcher that works them
//! out word by word on the stored texts and knows nothing of the index: not one difference.
//!
//! The articles are invented ones, and, where the environment variable `NEWSDEX_SHARED` names the folder that holds them,
//! two thousand real ones. Letters outside of English are taken out of these first, so that the matcher's own way of
//! cutting words can be the plainest.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

#[path = "../benches/support/generator.rs"]
#[allow(dead_code, reason = "the benchmarks use more of it")]
mod generator;
#[path = "query_naive/expression.rs"]
mod expression;
#[path = "query_naive/nexis.rs"]
mod nexis;
#[path = "query_naive/text.rs"]
mod text;

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use expression::Condition;
use generator::{Generator, Random};
use newsdex::article::Article;
use newsdex::extract::Annotations;
use newsdex::index::{FileRecord, Index, Outcome};
use newsdex::parse::parse_text;
use newsdex::search::{ArticleMatches, Dialect, Query, SearchOptions, Searcher};
use nexis::NexisQuery;
use text::Document;

/// Queries on each archive.
const QUERIES: usize = 200;

#[test]
fn invented_articles() {
    let generator = Generator::new(300);
    let articles: Vec<(Article, Annotations)> = (0..300).map(|number| generator.article(number)).collect();
    check(&articles, 1);
}

#[test]
fn real_articles() {
    let Some(shared) = std::env::var_os("NEWSDEX_SHARED").map(PathBuf::from) else {
        println!("NEWSDEX_SHARED is not set: invented articles alone are searched");
        return;
    };
    let texts = real_texts(&shared.join("data/corpora"));
    assert_eq!(texts.len(), 2000, "the folder has fewer articles than it should");
    let article =
        |(number, text): (usize, String)| (parse_text(&format!("{number}.txt"), text).0, Annotations::default());
    check(&texts.into_iter().enumerate().map(article).collect::<Vec<_>>(), 2);
}

/// Searches for `QUERIES` queries made of the words of `articles`, and counts the same by hand.
fn check(articles: &[(Article, Annotations)], seed: u64) {
    let folder = tempfile::tempdir().unwrap();
    let index = indexed(folder.path(), articles);
    let searcher = Searcher::open(&index).unwrap();
    let documents: Vec<Document> = articles.iter().map(|(article, found)| Document::new(article, found)).collect();
    check_nexis(&searcher, &documents, seed);
    let mut random = Random::new(seed);
    let (mut found, mut places) = (0, 0);
    for _ in 0..QUERIES {
        let condition = Condition::random(&mut random, &documents, 3);
        let text = condition.to_string();
        let query = Query::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let expected = documents.iter().filter(|document| condition.holds(document)).count();
        let counted = SearchOptions { limit: 0, all_copies: true, ..SearchOptions::default() };
        assert_eq!(searcher.search(&query, &counted).unwrap().total, expected, "{text}");
        if let Some(by_hand) = condition.matches(&documents) {
            let mut marked = 0;
            let all = SearchOptions { limit: usize::MAX, ..counted };
            let count = |article: ArticleMatches| {
                marked += article.matches.len();
                ControlFlow::Continue(())
            };
            searcher.each_match(&query, &all, count).unwrap();
            assert_eq!(marked, by_hand, "matches of {text}");
            places += 1;
        }
        found += usize::from(expected > 0);
    }
    println!("{found} of {QUERIES} queries find something, and of {places} all places were compared");
    assert!(found * 2 > QUERIES, "{found} of {QUERIES} queries find something");
    assert!(places * 10 > QUERIES, "of {places} queries the places were compared");
}

/// The same for queries in the language of Nexis, which have few brackets and so hang on the order of its operators.
fn check_nexis(searcher: &Searcher, documents: &[Document], seed: u64) {
    let mut random = Random::new(seed + 100);
    let mut found = 0;
    for _ in 0..QUERIES {
        let written = NexisQuery::random(&mut random, documents);
        let (text, condition) = (written.to_string(), written.condition());
        let today = chrono::NaiveDate::from_ymd_opt(2025, 11, 4).unwrap();
        let query = Query::parse_as(&text, Dialect::Nexis, today).unwrap_or_else(|error| panic!("{text}: {error}"));
        let expected = documents.iter().filter(|document| condition.holds(document)).count();
        let counted = SearchOptions { limit: 0, all_copies: true, ..SearchOptions::default() };
        assert_eq!(searcher.search(&query, &counted).unwrap().total, expected, "{text}, read as {query}");
        found += usize::from(expected > 0);
    }
    println!("{found} of {QUERIES} queries in the language of Nexis find something");
    assert!(found * 2 > QUERIES, "{found} of {QUERIES} queries of Nexis find something");
}

fn indexed(folder: &Path, articles: &[(Article, Annotations)]) -> Index {
    let index = Index::open_or_create(folder).unwrap();
    let mut writer = index.writer(0).unwrap();
    for (number, pair) in articles.iter().enumerate() {
        let file = FileRecord {
            path: pair.0.path.clone(),
            size: 1,
            modified: 1,
            hash: number as u64,
            outcome: Outcome::Articles(1),
        };
        writer.replace(&file, std::slice::from_ref(pair)).unwrap();
        if number % 500 == 99 {
            writer.commit(&[]).unwrap();
        }
    }
    writer.commit(&[]).unwrap();
    writer.finish().unwrap();
    index
}

/// Two thousand articles: all text files, and of the agency's items as many as are wanting.
fn real_texts(folder: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    let mut agency = Vec::new();
    for file in files(folder) {
        let text = || plain(&String::from_utf8_lossy(&fs::read(&file).unwrap()));
        match file.extension().and_then(|extension| extension.to_str()) {
            Some("txt") => texts.push(text()),
            Some("sgm") if agency.len() < 2000 => {
                let items = text();
                let bodies = items.split("<BODY>").skip(1).filter_map(|item| item.split("</BODY>").next());
                agency.extend(bodies.map(str::to_owned));
            }
            _ => {}
        }
    }
    texts.extend(agency);
    texts.truncate(2000);
    texts
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// `text` with nothing but English letters, digits, and marks.
fn plain(text: &str) -> String {
    let keep = |c: char| c.is_ascii() && c != '\u{1f}' || matches!(c, '’' | '‘' | '“' | '”' | '—' | '–' | '…');
    text.chars().map(|c| if keep(c) { c } else { ' ' }).collect()
}
