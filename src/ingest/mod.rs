//! Drives files from crawl to commit, touching only those that are new, changed or gone.
//!
//! One thread walks and opens containers ([`feed`]), several parse and extract ([`prepare`]), and one writes ([`run`]),
//! in the order of the walk, so that the same corpus always gives the same index.

mod feed;
mod open;
mod prepare;
mod remove;
mod run;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::{MAIN_SEPARATOR, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::crawl::{self, SkipReason, Skipped};
use crate::index::Index;
use crate::ordered::map_given_in_order;
use crate::parse::{Columns, Role};
use crate::{Error, Result};
use feed::Known;
pub(crate) use feed::is_untouched;
pub use remove::remove;
use run::Run;

/// How to ingest.
#[derive(Clone, Debug)]
pub struct IngestOptions {
    /// How many threads read, parse and extract.
    pub threads: usize,
    /// Bytes of files under way at a time.
    pub budget: u64,
    /// Bytes of memory for the index writer.
    pub writer_memory: usize,
    /// Most time between two commits: what a kill can cost.
    pub commit_every: Duration,
    /// The columns of dumps that the user named; where there are none, those that the index was last built with. Where
    /// they are other ones, all files are read again.
    pub columns: Columns,
    /// Whether to read every file again, even where its size and time are as they were.
    pub force: bool,
}

impl Default for IngestOptions {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self {
            threads,
            budget: 64 << 20,
            writer_memory: 128 << 20,
            commit_every: Duration::from_secs(30),
            columns: Columns::default(),
            force: false,
        }
    }
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct FileReport {
    /// Absolute path.
    pub path: String,
    /// What was done with it.
    pub change: Change,
    /// Size in bytes; 0 where it is gone.
    pub size: u64,
    /// How many articles of it are in the index.
    pub articles: usize,
    /// How many quotes of it are in the index.
    pub quotes: usize,
    /// What was odd about it.
    pub warnings: Vec<String>,
    /// Of a dump, which columns hold what.
    pub columns: Vec<(Role, String)>,
}

impl FileReport {
    fn new(path: String, change: Change) -> Self {
        Self { path, change, size: 0, articles: 0, quotes: 0, warnings: Vec::new(), columns: Vec::new() }
    }
}

/// What was done with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new, and was indexed.
    Added,
    /// Its content changed, and it was indexed again.
    Changed,
    /// It is as it was.
    Unchanged,
    /// It is gone, and so are its articles.
    Removed,
    /// It was passed over.
    Skipped(SkipReason),
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Files indexed for the first time.
    pub added: usize,
    /// Files indexed again.
    pub changed: usize,
    /// Files that were as they had been.
    pub unchanged: usize,
    /// Files that are gone.
    pub removed: usize,
    /// Articles that were in them.
    pub removed_articles: usize,
    /// Files passed over, by reason.
    pub skipped: BTreeMap<&'static str, usize>,
    /// Members of containers and items of dumps passed over, by reason; of items without an article, by what they lack.
    pub members: BTreeMap<String, usize>,
    /// Of the columns that the user named, those that a record has; `None` where no record was met.
    pub met: Option<BTreeSet<String>>,
    /// Articles indexed in this run.
    pub articles: usize,
    /// Quotes indexed in this run.
    pub quotes: usize,
    /// Bytes of the files indexed in this run.
    pub bytes: u64,
    /// Files with at least one warning.
    pub warned: usize,
    /// True where the run was interrupted; what had been done by then is committed.
    pub interrupted: bool,
}

impl Report {
    fn count(&mut self, file: &FileReport) {
        match &file.change {
            Change::Added => self.added += 1,
            Change::Changed => self.changed += 1,
            Change::Unchanged => self.unchanged += 1,
            Change::Removed => self.removed += 1,
            Change::Skipped(reason) => *self.skipped.entry(reason.class()).or_default() += 1,
        }
        if matches!(file.change, Change::Added | Change::Changed) {
            self.articles += file.articles;
            self.quotes += file.quotes;
            self.bytes += file.size;
        }
        self.warned += usize::from(!file.warnings.is_empty());
    }
}

/// How many reasons are told apart: those of items are made of what stands in them.
const REASONS: usize = 20;

impl Report {
    fn count_member(&mut self, skipped: &Skipped) {
        let class = skipped.reason.class();
        let detail = match &skipped.reason {
            SkipReason::NoArticle(lacks) => lacks.as_str(),
            _ => class,
        };
        let is_told = self.members.contains_key(detail) || self.members.len() < REASONS;
        *self.members.entry(if is_told { detail } else { class }.to_owned()).or_default() += 1;
    }

    fn meet(&mut self, met: Option<&BTreeSet<String>>) {
        if let Some(met) = met {
            self.met.get_or_insert_default().extend(met.iter().cloned());
        }
    }
}

/// Hears how an ingestion goes on.
pub trait Progress {
    /// One more file is done.
    fn file(&mut self, report: &FileReport);
    /// A member of a container was passed over; its container's report follows.
    fn member(&mut self, _skipped: &Skipped) {}
    /// All that was reported so far is now safe on disk.
    fn committed(&mut self) {}
}

/// Brings `index` up to date with the folders and files `roots`.
///
/// A file whose size and time are as they were counts as unchanged and is not read, unless `options` force it. A hidden
/// folder below the roots that an earlier run was given is walked with them.
/// A file that could not be read this time keeps the articles that it had. When `stop` turns true the run ends early,
/// with all that it did committed.
///
/// # Errors
/// Where a root is not there or holds no file at all, the index is locked or cannot be written. What was committed
/// before stands; [`remove`] takes it out.
pub fn ingest(
    index: &Index,
    roots: &[PathBuf],
    options: &IngestOptions,
    stop: &AtomicBool,
    progress: &mut dyn Progress,
) -> Result<Report> {
    let roots = crawl::roots(roots).map_err(|error| gone(index, error))?;
    let mut writer = index.writer(options.writer_memory)?;
    let earlier = index.columns()?;
    let columns = if options.columns.is_empty() {
        Columns::read(earlier.iter().map(String::as_str))?
    } else {
        options.columns.clone()
    };
    writer.note_columns(&columns.arguments());
    // What an older version of newsdex read is read again, though the files are the same.
    let stale = options.force || index.is_stale()? || columns.arguments() != earlier;
    let known = Known { manifest: index.manifest()?, stale, columns };
    let mut run = Run::new(index, writer, &known.manifest, &roots, options.commit_every, progress)?;
    let exclude = [index.path().to_path_buf()];
    let mut walked = roots;
    // A disk that is not there is told by the roots; of a hidden folder that is not there, the files are gone.
    walked.extend(run.hidden().filter(|folder| folder.try_exists().unwrap_or(true)));
    let found = crawl::walk(&walked, &exclude).take_while(|_| !stop.load(Ordering::Relaxed));
    let mut failure = None;
    map_given_in_order(
        |give| known.feed(found, stop, give),
        options.threads,
        options.budget,
        feed::Task::weight,
        |task| prepare::prepare(task, &known),
        |step| match run.take(step) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        },
    );
    match failure {
        Some(error) => Err(error),
        None => run.finish(stop.load(Ordering::Relaxed)),
    }
}

/// `error`, or, where it is that a folder is not there of which articles are in the index, that it is gone.
fn gone(index: &Index, error: Error) -> Error {
    let Error::NotFound { path } = error else { return error };
    match index.manifest().map(|manifest| remove::articles_of(&manifest, &path)) {
        Ok(articles) if articles > 0 => Error::Gone { path, articles },
        _ => Error::NotFound { path },
    }
}

/// True where `path` is `folder` or lies somewhere below it.
fn is_below(path: &str, folder: &str) -> bool {
    let inside = |rest: &str| rest.is_empty() || rest.starts_with(MAIN_SEPARATOR) || folder.ends_with(MAIN_SEPARATOR);
    path.strip_prefix(folder).is_some_and(inside)
}
