//! Reads, parses and extracts: what runs on many threads.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::feed::{Known, Opened, Task, record_of, same_content, unchanged};
use crate::article::{Article, Warning};
use crate::crawl::{self, FoundFile, RawFile, SkipReason, Skipped};
use crate::extract::{self, Annotations};
use crate::index::{FileRecord, Outcome};
use crate::parse::{self, Role};

/// What the writing thread takes.
pub(super) enum Step {
    /// A file that is no container.
    File(Prepared),
    /// A container, whose members follow.
    Begin(Opened),
    /// The next member of the container.
    Member(Read),
    /// There are no more members.
    End {
        /// True where a defect of newsdex ended the reading.
        failed: bool,
    },
}

/// A file after reading, parsing and extraction, ready to be written.
pub(super) struct Prepared {
    pub(super) path: String,
    pub(super) size: u64,
    pub(super) what: What,
}

pub(super) enum What {
    /// It stands in the manifest with the same size and time, or with the same content.
    Unchanged { articles: usize },
    /// It has been read.
    Read { record: FileRecord, read: Read, known: bool },
    /// It was passed over; with what the manifest keeps of it, where that is news, and what was read to find that out.
    Skipped { reason: SkipReason, record: Option<FileRecord>, read: Read },
}

/// A file or member after parsing and extraction.
#[derive(Default)]
pub(super) struct Read {
    pub(super) articles: Vec<(Article, Annotations)>,
    pub(super) warnings: Vec<String>,
    /// Of a dump, which columns hold what.
    pub(super) columns: Vec<(Role, String)>,
    /// Of the columns that the user named, those that a record has; `None` where no record was met.
    pub(super) met: Option<BTreeSet<String>>,
    /// What of it was passed over: the member, or so many items in it.
    pub(super) skipped: Vec<Skipped>,
    /// The items in it that were passed over, one by one.
    pub(super) items: Vec<Skipped>,
}

impl Read {
    /// All that was passed over, one by one.
    pub(super) fn passed_over(&self) -> impl Iterator<Item = &Skipped> {
        // Of items, their number says nothing more.
        let counts_items = |skipped: &&Skipped| matches!(skipped.reason, SkipReason::NoArticle(_));
        let others = self.skipped.iter().filter(move |skipped| self.items.is_empty() || !counts_items(skipped));
        self.items.iter().chain(others)
    }
}

/// Does the work of `task`.
pub(super) fn prepare(task: Task, known: &Known) -> Step {
    match task {
        Task::Done(prepared) => Step::File(prepared),
        Task::Whole(file, path) => {
            // A defect of ours in one file must not cost the others: it is reported like any other reason.
            let what = catch_unwind(AssertUnwindSafe(|| examine(&file, &path, known))).unwrap_or(What::Skipped {
                reason: SkipReason::Failed,
                record: None,
                read: Read::default(),
            });
            Step::File(Prepared { path, size: file.size, what })
        }
        Task::Begin(opened) => Step::Begin(opened),
        Task::Member(Ok(raw)) => {
            let failed = |_| Read {
                skipped: vec![Skipped { path: raw.path.clone(), reason: SkipReason::Failed }],
                ..Read::default()
            };
            Step::Member(catch_unwind(AssertUnwindSafe(|| read(&raw, known))).unwrap_or_else(failed))
        }
        Task::Member(Err(skipped)) => Step::Member(Read { skipped: vec![skipped], ..Read::default() }),
        Task::End { failed } => Step::End { failed },
    }
}

fn examine(file: &FoundFile, path: &str, known: &Known) -> What {
    let mut record = record_of(file, path);
    let raw = match crawl::read(file) {
        Ok(raw) => raw,
        Err(Skipped { reason, .. }) => return skipped(record, reason, Read::default()),
    };
    record.hash = xxhash_rust::xxh3::xxh3_64(&raw.bytes);
    if let Some(known) = known.fresh(path).filter(|known| same_content(known, &record)) {
        return unchanged(known);
    }
    let mut read = read(&raw, known);
    if read.articles.is_empty() {
        let reason = read.skipped.first().map_or(SkipReason::Empty, |skipped| skipped.reason.clone());
        return skipped(record, reason, read);
    }
    read.warnings.splice(0..0, read.skipped.iter().map(|skipped| skipped.reason.to_string()));
    record.outcome = Outcome::Articles(read.articles.len());
    What::Read { record, read, known: known.is_indexed(path) }
}

/// Parses `raw`, and extracts from its articles.
fn read(raw: &RawFile, known: &Known) -> Read {
    let parsed = parse::parse_columns(raw, &known.columns);
    let mut warnings = Vec::new();
    let articles = annotated(parsed.articles, &mut warnings);
    let rejected = parsed.rejected.into_iter();
    let skipped = rejected.map(|reason| Skipped { path: raw.path.clone(), reason }).collect();
    Read { articles, warnings, columns: parsed.columns, met: parsed.met, skipped, items: parsed.passed_over }
}

/// The manifest keeps the reason, unless another try may go better though the file stays the same.
fn skipped(mut record: FileRecord, reason: SkipReason, read: Read) -> What {
    record.outcome = Outcome::Skipped(reason.clone());
    let record = reason.is_lasting().then_some(record);
    What::Skipped { reason, record, read }
}

/// Extracts from each of `articles`, and gathers what was odd about them.
fn annotated(articles: Vec<(Article, Vec<Warning>)>, warnings: &mut Vec<String>) -> Vec<(Article, Annotations)> {
    let annotate = |(article, odd): (Article, Vec<Warning>)| {
        warnings.extend(odd.into_iter().map(|warning| warning.message));
        let annotations = extract::annotate_article(&article);
        (article, annotations)
    };
    articles.into_iter().map(annotate).collect()
}
