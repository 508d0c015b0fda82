//! What the index holds, in figures.

use std::fs;

use chrono::NaiveDate;
use tantivy::{Searcher, Term};

use super::manifest::Counts;
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
    let figures = || -> tantivy::Result<Status> {
        let counts = Counts::new(&searcher)?;
        let declined = count(&searcher, Term::from_field_text(fields().class, SpeakerClass::Declined.as_str()))?;
        Ok(Status {
            articles: count(&searcher, Kind::Article.term())?,
            quotes: count(&searcher, Kind::Quote.term())? - declined,
            declined,
            dates: dates(&searcher)?,
            files: counts.files,
            skipped: counts.skipped.into_iter().collect(),
            ..Status::default()
        })
    };
    Ok(Status {
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
        let mut add = |day: i64| {
            let (first, last) = range.unwrap_or((day, day));
            range = Some((first.min(day), last.max(day)));
        };
        if reader.has_deletes() {
            reader.doc_ids_alive().filter_map(|document| days.first(document)).for_each(add);
        } else if days.values.num_vals() > 0 {
            add(days.min_value());
            add(days.max_value());
        }
    }
    let date = |day: i64| NaiveDate::from_num_days_from_ce_opt(day as i32);
    Ok(range.and_then(|(first, last)| date(first).zip(date(last))))
}

fn bytes(index: &Index) -> u64 {
    let Ok(entries) = fs::read_dir(index.path()) else { return 0 };
    entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum()
}
