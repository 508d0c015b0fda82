//! How well hits are ranked, measured on a test collection: documents, queries, and judgements of which documents answer
//! which query.

mod collection;
mod measure;

use std::collections::BTreeMap;
use std::path::Path;

use crate::article::{Article, Field, Origin};
use crate::error::Result;
use crate::extract::Annotations;
use crate::index::Index;
use crate::search::{Query, SearchOptions, Searcher};
use crate::text::Span;

pub use collection::{Collection, Document};
pub use measure::Ranking;

/// Hits of a query that are looked at.
const DEPTH: usize = 1_000;

/// Bytes for what is not yet on disk.
const MEMORY: usize = 100 << 20;

/// Indexes `collection` in `folder`, which is empty or not there, and runs its queries.
///
/// A query is any of its words: those of test collections are questions in prose, whose words no document has all.
pub fn rank(collection: &Collection, folder: &Path) -> Result<Ranking> {
    let index = Index::open_or_create(folder)?;
    let mut writer = index.writer(MEMORY)?;
    for document in &collection.documents {
        writer.add(&document.id, &article(document), &Annotations::default())?;
    }
    writer.commit(&[])?;
    writer.finish()?;
    let searcher = Searcher::open(&index)?;
    let options = SearchOptions { limit: DEPTH, all_copies: true, ..SearchOptions::default() };
    let mut sum = measure::Sum::default();
    for (identifier, text) in &collection.queries {
        let Some(judged) = collection.judgements.get(identifier) else { continue };
        let hits = searcher.search(&any_word(text), &options)?.hits;
        let ranked: Vec<&str> = hits.iter().map(|hit| hit.article.path.as_str()).collect();
        sum.add(&ranked, &grades(judged));
    }
    Ok(sum.ranking())
}

/// The judgements of a query as a list.
fn grades(judged: &BTreeMap<String, i64>) -> Vec<(&str, i64)> {
    judged.iter().map(|(document, grade)| (document.as_str(), *grade)).collect()
}

fn article(document: &Document) -> Article {
    let headline = (!document.title.is_empty()).then(|| Field::new(document.title.clone(), Origin::Metadata));
    Article {
        path: document.id.clone(),
        body: Span::new(0, document.text.len()),
        text: document.text.clone(),
        headline,
        ..Article::default()
    }
}

/// Any of the words of `text`.
fn any_word(text: &str) -> Query {
    let mut words: Vec<Query> =
        crate::index::analyzer::words(text).into_iter().filter(|word| word != "'s").map(Query::Word).collect();
    if words.len() == 1 { words.remove(0) } else { Query::Or(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_lead_counts() {
        let others = "Nothing else was told of it that day. ".repeat(20);
        let document = |id: &str, text: String| Document { id: id.into(), title: String::new(), text };
        let collection = Collection {
            documents: vec![
                document("a", format!("{others} The dam broke.")),
                document("b", format!("The dam broke. {others}")),
                document("c", others.clone()),
            ],
            queries: vec![("1".into(), "dam".into())],
            judgements: BTreeMap::from([("1".into(), BTreeMap::from([("b".into(), 1)]))]),
        };
        let folder = tempfile::tempdir().unwrap();
        let found = rank(&collection, &folder.path().join("index")).unwrap();
        assert!((found.average_precision - 1.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn a_collection_is_ranked() {
        let document =
            |id: &str, title: &str, text: &str| Document { id: id.into(), title: title.into(), text: text.into() };
        let collection = Collection {
            documents: vec![
                document("a", "The dam", "The old dam broke on Monday."),
                document("b", "Ferries", "A ferry passed below the dam of the town."),
                document("c", "Markets", "Wheat rose."),
            ],
            queries: vec![("1".into(), "dam".into()), ("2".into(), "wheat prices".into()), ("3".into(), "none".into())],
            judgements: BTreeMap::from([
                ("1".into(), BTreeMap::from([("a".into(), 1), ("b".into(), 0)])),
                ("2".into(), BTreeMap::from([("c".into(), 2), ("z".into(), 1)])),
            ]),
        };
        let folder = tempfile::tempdir().unwrap();
        let found = rank(&collection, &folder.path().join("index")).unwrap();
        assert_eq!(found.queries, 2);
        // The first query is answered at rank 1; of the second's two documents one is, and the other is not there.
        assert!((found.average_precision - 0.75).abs() < 1e-9, "{found:?}");
    }
}
