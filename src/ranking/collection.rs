//! A test collection in a folder: `docs.jsonl`, `queries.tsv`, `qrels.txt`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, Result};

/// A document of a collection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Document {
    /// Identifier.
    pub id: String,
    /// Headline; empty where there is none.
    #[serde(default)]
    pub title: String,
    /// Running text.
    pub text: String,
}

/// Documents, queries and judgements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collection {
    /// The documents.
    pub documents: Vec<Document>,
    /// Identifier and text of each query, in order.
    pub queries: Vec<(String, String)>,
    /// For each query the documents that were judged, with their grades: above 0 is relevant.
    pub judgements: BTreeMap<String, BTreeMap<String, i64>>,
}

impl Collection {
    /// Reads the collection in `folder`: `docs.jsonl` with an object `{"id", "title", "text"}` a line, `queries.tsv` with
    /// an identifier, a tab and the query a line, `qrels.txt` as TREC has it (query, 0, document, grade).
    ///
    /// # Errors
    /// Where a file is not there, and [`Error::Line`] for the first line that is not as it should be.
    pub fn read(folder: &Path) -> Result<Self> {
        let mut collection = Self::default();
        each_line(&folder.join("docs.jsonl"), |line| {
            let document = serde_json::from_str(line).map_err(|error| error.to_string())?;
            collection.documents.push(document);
            Ok(())
        })?;
        each_line(&folder.join("queries.tsv"), |line| {
            let (id, text) = line.split_once('\t').ok_or("not an identifier, a tab and a query")?;
            collection.queries.push((id.trim().to_owned(), text.trim().to_owned()));
            Ok(())
        })?;
        each_line(&folder.join("qrels.txt"), |line| {
            let fields: Vec<&str> = line.split_whitespace().collect();
            let [query, _, document, grade] = fields[..] else { return Err("not query, 0, document and grade".into()) };
            let grade = grade.parse().map_err(|_| format!("`{grade}` is no grade"))?;
            collection.judgements.entry(query.to_owned()).or_default().insert(document.to_owned(), grade);
            Ok(())
        })?;
        Ok(collection)
    }
}

/// Hands each line of the file at `path` that is not blank to `read`.
fn each_line(path: &Path, mut read: impl FnMut(&str) -> Result<(), String>) -> Result<()> {
    let text = fs::read_to_string(path).map_err(|source| Error::Io { action: "read", path: path.into(), source })?;
    for (line, text) in
        (1..).zip(text.trim_start_matches('\u{feff}').lines()).filter(|(_, text)| !text.trim().is_empty())
    {
        read(text).map_err(|message| Error::Line { path: path.into(), line, message })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(queries: &str, judgements: &str) -> (tempfile::TempDir, Result<Collection>) {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("docs.jsonl", "{\"id\":\"a\",\"title\":\"T\",\"text\":\"x\"}\n\n{\"id\":\"b\",\"text\":\"y\"}\n");
        write("queries.tsv", queries);
        write("qrels.txt", judgements);
        let found = Collection::read(folder.path());
        (folder, found)
    }

    #[test]
    fn a_collection_is_read() {
        let (_folder, found) = written("1\tdam wall\n", "1 0 a 2\n1 0 b 0\n");
        let found = found.unwrap();
        assert_eq!(found.documents.len(), 2);
        assert_eq!(found.queries, [("1".to_owned(), "dam wall".to_owned())]);
        assert_eq!(found.judgements["1"], BTreeMap::from([("a".into(), 2), ("b".into(), 0)]));
    }

    #[test]
    fn mistakes_name_file_and_line() {
        let (_folder, found) = written("1\tdam\n", "1 0 a 2\n1 0 b\n");
        let message = found.unwrap_err().to_string();
        assert!(message.ends_with("qrels.txt`, line 2: not query, 0, document and grade"), "{message}");
    }
}
