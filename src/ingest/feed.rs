//! Finds what there is to read: files whole, containers member by member.

use std::fs::Metadata;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use super::prepare::{Prepared, Read, What};
use crate::crawl::{self, FoundFile, RawFile, SkipReason, Skipped};
use crate::index::{FileRecord, Manifest, Outcome};
use crate::ordered::Give;
use crate::parse::Columns;

/// What the walking thread hands to those that read.
pub(super) enum Task {
    /// A file that need not be read.
    Done(Prepared),
    /// A file to read whole, with its path.
    Whole(FoundFile, String),
    /// A container, whose members follow.
    Begin(Opened),
    /// The next member of the container.
    Member(Result<RawFile, Skipped>),
    /// There are no more members.
    End {
        /// True where a defect of newsdex ended the reading.
        failed: bool,
    },
}

impl Task {
    /// Bytes that the task holds, or will.
    pub(super) fn weight(&self) -> u64 {
        match self {
            Self::Whole(file, _) => file.size,
            Self::Member(Ok(member)) => member.bytes.len() as u64,
            _ => 0,
        }
    }
}

/// A container about to be read.
pub(super) struct Opened {
    /// What stands in the manifest once it is read, but for the outcome.
    pub(super) record: FileRecord,
    /// True where the index holds articles of it from a run that ended.
    pub(super) known: bool,
    /// Members and articles of it that an interrupted run has indexed, and that are left as they are.
    pub(super) resumed: (usize, usize),
}

/// What the index knows of the files.
pub(super) struct Known {
    pub(super) manifest: Manifest,
    /// True where an older version of newsdex read them, or other columns: then all are read again.
    pub(super) stale: bool,
    pub(super) columns: Columns,
}

impl Known {
    /// Gives a task for each of the files `found`, and several for a container, until `stop`.
    pub(super) fn feed(
        &self,
        mut found: impl Iterator<Item = Result<FoundFile, Skipped>>,
        stop: &AtomicBool,
        give: &mut Give<'_, Task>,
    ) {
        let _ = found.try_for_each(|found| match found {
            Ok(file) => self.look(file, stop, give),
            Err(skipped) => give(Task::Done(Prepared::skipped(skipped))),
        });
    }

    fn look(&self, file: FoundFile, stop: &AtomicBool, give: &mut Give<'_, Task>) -> ControlFlow<()> {
        let path = crawl::printed(&file.path);
        let record = record_of(&file, &path);
        if let Some(known) = self.fresh(&path).filter(|known| same_time(known, &record)) {
            return give(Task::Done(Prepared { path, size: file.size, what: unchanged(known) }));
        }
        match crawl::is_container(&file) {
            Ok(false) => give(Task::Whole(file, path)),
            Ok(true) => self.container(&file, record, stop, give),
            Err(skipped) => give(Task::Done(Prepared::skipped(skipped))),
        }
    }

    /// What the manifest has of the file at `path`, unless that is outdated whatever the file is like.
    pub(super) fn fresh(&self, path: &str) -> Option<&FileRecord> {
        self.manifest.get(path).filter(|_| !self.stale)
    }

    /// True where articles of the file at `path` are in the index.
    pub(super) fn is_indexed(&self, path: &str) -> bool {
        self.manifest.get(path).is_some_and(|known| matches!(known.outcome, Outcome::Articles(_)))
    }

    fn container(
        &self,
        file: &FoundFile,
        mut record: FileRecord,
        stop: &AtomicBool,
        give: &mut Give<'_, Task>,
    ) -> ControlFlow<()> {
        let path = record.path.clone();
        record.hash = match crawl::hash(file) {
            Ok(hash) => hash,
            Err(error) => {
                let reason = SkipReason::Unreadable(error.to_string());
                return give(Task::Done(Prepared::skipped(Skipped { path, reason })));
            }
        };
        let same = self.fresh(&path).filter(|known| same_content(known, &record));
        let resumed = match same.map(|known| &known.outcome) {
            Some(Outcome::Begun { members, articles }) => (*members, *articles),
            Some(_) => {
                let what = same.map_or(What::Unchanged { articles: 0 }, unchanged);
                return give(Task::Done(Prepared { path, size: file.size, what }));
            }
            None => (0, 0),
        };
        let known = self.is_indexed(&path);
        give(Task::Begin(Opened { record, known, resumed }))?;
        let mut ended = ControlFlow::Continue(());
        let mut numbers = 0..;
        let mut take = |member: Result<RawFile, Skipped>| {
            if stop.load(Ordering::Relaxed) {
                ended = ControlFlow::Break(());
            } else if numbers.next() >= Some(resumed.0) {
                ended = give(Task::Member(member));
            }
            ended
        };
        // A defect of ours in one container must not cost the other files.
        let failed = catch_unwind(AssertUnwindSafe(|| crawl::members(file, &mut take))).is_err();
        ended?;
        give(Task::End { failed })
    }
}

/// What the manifest will have of the file, but for hash and outcome.
pub(super) fn record_of(file: &FoundFile, path: &str) -> FileRecord {
    FileRecord {
        path: path.to_owned(),
        size: file.size,
        modified: nanoseconds(file.modified),
        hash: 0,
        outcome: Outcome::Articles(0),
    }
}

/// True where the file has not been touched since it was read to its end.
fn same_time(known: &FileRecord, now: &FileRecord) -> bool {
    let whole = !matches!(known.outcome, Outcome::Begun { .. });
    whole && known.size == now.size && known.modified == now.modified
}

/// True where the file that `metadata` is of has the size and time that `known` has: an ingestion takes it for unchanged.
pub(crate) fn is_untouched(known: &FileRecord, metadata: &Metadata) -> bool {
    known.size == metadata.len() && metadata.modified().is_ok_and(|time| nanoseconds(time) == known.modified)
}

/// True where the file holds what it held.
pub(super) fn same_content(known: &FileRecord, now: &FileRecord) -> bool {
    known.size == now.size && known.hash == now.hash
}

/// What becomes of a file that is as the manifest has it.
pub(super) fn unchanged(known: &FileRecord) -> What {
    match &known.outcome {
        Outcome::Articles(articles) | Outcome::Begun { articles, .. } => What::Unchanged { articles: *articles },
        Outcome::Skipped(reason) => What::Skipped { reason: reason.clone(), record: None, read: Read::default() },
    }
}

impl Prepared {
    /// What comes of a file that the walk passed over.
    fn skipped(Skipped { path, reason }: Skipped) -> Self {
        Self { path, size: 0, what: What::Skipped { reason, record: None, read: Read::default() } }
    }
}

/// Nanoseconds from 1970 to `time`.
fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as i64,
        Err(before) => -(before.duration().as_nanos() as i64),
    }
}
