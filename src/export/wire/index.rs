//! What the index holds, and what became of files.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Body, Line};
use crate::crawl::Skipped;
use crate::index::Status;
use crate::ingest::{Change, FileReport};

/// What became of a file.
#[derive(Debug, Serialize)]
pub(super) struct FileFields<'a> {
    path: &'a str,
    outcome: &'static str,
    reason: Option<String>,
    articles: usize,
    quotes: usize,
    warnings: &'a [String],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    columns: BTreeMap<&'static str, &'a str>,
}

/// A member of a container that was passed over.
#[derive(Debug, Serialize)]
pub(super) struct MemberFields<'a> {
    path: &'a str,
    reason: String,
}

/// What an index holds.
#[derive(Debug, Serialize)]
pub(super) struct StatusFields<'a> {
    path: &'a str,
    format: u32,
    articles: usize,
    quotes: usize,
    declined: usize,
    actors: usize,
    files: usize,
    skipped: BTreeMap<&'a str, usize>,
    bytes: u64,
    folders: &'a [String],
    first: Option<String>,
    last: Option<String>,
}

impl<'a> Line<'a> {
    /// What became of a file.
    pub fn file(report: &'a FileReport) -> Self {
        let (outcome, reason) = match &report.change {
            Change::Added => ("added", None),
            Change::Changed => ("changed", None),
            Change::Unchanged => ("unchanged", None),
            Change::Removed => ("removed", None),
            Change::Skipped(reason) => ("skipped", Some(reason.to_string())),
        };
        let FileReport { path, warnings, .. } = report;
        let columns = report.columns.iter().map(|(role, column)| (role.as_str(), column.as_str())).collect();
        let (articles, quotes) = (report.articles, report.quotes);
        let body = Body::File(FileFields { path, outcome, reason, articles, quotes, warnings, columns });
        Self::new("file", body)
    }

    /// A member of a container that was passed over.
    pub fn member(Skipped { path, reason }: &'a Skipped) -> Self {
        Self::new("member", Body::Member(MemberFields { path, reason: reason.to_string() }))
    }

    /// What the index in the folder `path` holds, and how many actors that are no places.
    pub fn status(path: &'a str, status: &'a Status, actors: usize) -> Self {
        let body = Body::Status(StatusFields {
            path,
            format: status.format,
            articles: status.articles,
            quotes: status.quotes,
            declined: status.declined,
            actors,
            files: status.files,
            skipped: status.skipped.iter().map(|(reason, count)| (reason.as_str(), *count)).collect(),
            bytes: status.bytes,
            folders: &status.folders,
            first: status.dates.map(|(first, _)| first.to_string()),
            last: status.dates.map(|(_, last)| last.to_string()),
        });
        Self::new("status", body)
    }
}
