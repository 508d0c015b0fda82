//! What the index holds, in figures.

use std::collections::BTreeMap;
use std::fs;

use chrono::NaiveDate;
use tantivy::{Searcher, Term};

use super::manifest::Outcome;
use super::schema::{Kind, fields, name};
use super::{FORMAT, Index};
use crate::error::Result;
use crate::extract::SpeakerClass;

/// What an index holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Number of articles.
    pub articles: usize,
    /// Number of quotes, in which something is said.
    pub quotes: usize,
    /// Number of clauses that say that somebody was asked and did not answer.
    pub declined: usize,
    /// Number of files read.
    pub files: usize,
    /// Number of files without an article, by the reason's word ("empty", "binary", "unsupported").
    pub skipped: Vec<(String, usize)>,
    /// Days of the first and the last article.
    pub dates: Option<(NaiveDate, NaiveDate)>,
    /// Bytes on disk.
    pub bytes: u64,
    /// Version of what stands on disk.
    pub format: u32,
    /// The folders that it was built from.
    pub folders: Vec<String>,
}

pub(super) fn status(index: &Index) -> Result<Status> {
    let searcher = index.searcher()?;
    let manifest = index.manifest()?;
    let mut skipped: BTreeMap<String, usize> = BTreeMap::new();
    for record in manifest.values() {
        if let Outcome::Skipped(reason) = &record.outcome {
            *skipped.entry(reason.class().to_owned()).or_default() += 1;
        }
    }
    let figures = || -> tantivy::Result<Status> {
        let declined = count(&searcher, Term::from_field_text(fields().class, SpeakerClass::Declined.as_str()))?;
        Ok(Status {
            articles: count(&searcher, Kind::Article.term())?,
            quotes: count(&searcher, Kind::Quote.term())? - declined,
            declined,
            dates: dates(&searcher)?,
            ..Status::default()
        })
    };
    Ok(Status {
        files: manifest.len(),
        skipped: skipped.into_iter().collect(),
        bytes: bytes(index),
        format: FORMAT,
        folders: index.folders()?,
        ..figures().map_err(|source| index.error(source))?
    })
}

fn count(searcher: &Searcher, term: Term) -> tantivy::Result<usize> {
    let query = tantivy::query::TermQuery::new(term, tantivy::schema::IndexRecordOption::Basic);
    tantivy::query::Query::count(&query, searcher)
}

/// First and last day over all articles.
fn dates(searcher: &Searcher) -> tantivy::Result<Option<(NaiveDate, NaiveDate)>> {
    let mut range: Option<(i64, i64)> = None;
    for reader in searcher.segment_readers() {
        let days = reader.fast_fields().i64(name::DAY)?;
        for document in reader.doc_ids_alive() {
            if let Some(day) = days.first(document) {
                let (first, last) = range.unwrap_or((day, day));
                range = Some((first.min(day), last.max(day)));
            }
        }
    }
    let date = |day: i64| NaiveDate::from_num_days_from_ce_opt(day as i32);
    Ok(range.and_then(|(first, last)| date(first).zip(date(last))))
}

fn bytes(index: &Index) -> u64 {
    let Ok(entries) = fs::read_dir(index.path()) else { return 0 };
    entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}
