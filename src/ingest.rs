//! Drives files from crawl to commit, touching only those that are new, changed or gone.
//!
//! Reading, parsing and extraction run on several threads; one thread writes, in the order of the walk, so that the
//! same corpus always gives the same index.

use std::collections::{BTreeMap, HashSet};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{MAIN_SEPARATOR, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::article::{Article, Warning};
use crate::crawl::{self, FoundFile, SkipReason, Skipped};
use crate::extract::{self, Annotations};
use crate::index::{FileRecord, Index, Manifest, Outcome, Writer};
use crate::ordered::map_in_order;
use crate::{Error, Result, parse};

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
}

impl Default for IngestOptions {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { threads, budget: 64 << 20, writer_memory: 128 << 20, commit_every: Duration::from_secs(30) }
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
}

impl FileReport {
    fn new(path: String, change: Change) -> Self {
        Self { path, change, size: 0, articles: 0, quotes: 0, warnings: Vec::new() }
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
    /// Files passed over, by reason.
    pub skipped: BTreeMap<&'static str, usize>,
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

/// Hears how an ingestion goes on.
pub trait Progress {
    /// One more file is done.
    fn file(&mut self, report: &FileReport);
    /// All that was reported so far is now safe on disk.
    fn committed(&mut self) {}
}

/// Brings `index` up to date with the folders and files `roots`.
///
/// A file that could not be read this time keeps the articles that it had. When `stop` turns true the run ends early,
/// with all that it did committed.
///
/// # Errors
/// Where a root is not there or holds no file at all, the index is locked or cannot be written. What was committed
/// before stands.
pub fn ingest(
    index: &Index,
    roots: &[PathBuf],
    options: &IngestOptions,
    stop: &AtomicBool,
    progress: &mut dyn Progress,
) -> Result<Report> {
    let roots = crawl::roots(roots)?;
    let writer = index.writer(options.writer_memory)?;
    // What an older version of newsdex read is read again, though the files are the same.
    let known = Known { manifest: index.manifest()?, stale: index.is_stale()? };
    let mut run = Run::new(index, writer, &known.manifest, &roots, options.commit_every, progress)?;
    let exclude = [index.path().to_path_buf()];
    let found = crawl::walk(&roots, &exclude).take_while(|_| !stop.load(Ordering::Relaxed));
    let weight = |found: &Result<FoundFile, Skipped>| found.as_ref().map_or(0, |file| file.size);
    let mut failure = None;
    map_in_order(
        found,
        options.threads,
        options.budget,
        weight,
        |found| known.prepare(found),
        |prepared| match run.take(prepared) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        },
    );
    match failure {
        Some(error) => Err(error),
        None => run.finish(stop.load(Ordering::Relaxed), &roots),
    }
}

/// A file after reading, parsing and extraction, ready to be written.
struct Prepared {
    path: String,
    size: u64,
    what: What,
}

enum What {
    /// It stands in the manifest with the same size and time, or with the same content.
    Unchanged { articles: usize },
    /// It has been read.
    Read { record: FileRecord, articles: Vec<(Article, Annotations)>, warnings: Vec<String>, known: bool },
    /// It was passed over; with what the manifest keeps of it, where that is news.
    Skipped { reason: SkipReason, record: Option<FileRecord> },
}

/// What the index knows of the files.
struct Known {
    manifest: Manifest,
    stale: bool,
}

impl Known {
    fn prepare(&self, found: Result<FoundFile, Skipped>) -> Prepared {
        let file = match found {
            Ok(file) => file,
            Err(Skipped { path, reason }) => {
                return Prepared { path, size: 0, what: What::Skipped { reason, record: None } };
            }
        };
        let path = crawl::printed(&file.path);
        // A defect of ours in one file must not cost the others: it is reported like any other reason.
        let what = catch_unwind(AssertUnwindSafe(|| self.examine(&file, &path)))
            .unwrap_or(What::Skipped { reason: SkipReason::Failed, record: None });
        Prepared { path, size: file.size, what }
    }

    fn examine(&self, file: &FoundFile, path: &str) -> What {
        let known = self.manifest.get(path);
        let mut record = FileRecord {
            path: path.to_owned(),
            size: file.size,
            modified: nanoseconds(file.modified),
            hash: 0,
            outcome: Outcome::Articles(0),
        };
        let fresh = known.filter(|_| !self.stale);
        if let Some(fresh) = fresh.filter(|known| known.size == record.size && known.modified == record.modified) {
            return unchanged(fresh);
        }
        let raw = match crawl::read(file) {
            Ok(raw) => raw,
            Err(Skipped { reason, .. }) => return skipped(record, reason),
        };
        record.hash = xxhash_rust::xxh3::xxh3_64(&raw.bytes);
        if let Some(fresh) = fresh.filter(|known| known.size == record.size && known.hash == record.hash) {
            return unchanged(fresh);
        }
        let parsed = parse::parse(&raw);
        drop(raw);
        if parsed.articles.is_empty() {
            return skipped(record, parsed.rejected.into_iter().next().unwrap_or(SkipReason::Empty));
        }
        let mut warnings: Vec<String> = parsed.rejected.iter().map(ToString::to_string).collect();
        let articles: Vec<_> = parsed.articles.into_iter().map(|article| annotate(article, &mut warnings)).collect();
        record.outcome = Outcome::Articles(articles.len());
        What::Read {
            record,
            articles,
            warnings,
            known: known.is_some_and(|known| matches!(known.outcome, Outcome::Articles(_))),
        }
    }
}

/// The manifest keeps the reason, unless another try may go better though the file stays the same.
fn skipped(mut record: FileRecord, reason: SkipReason) -> What {
    record.outcome = Outcome::Skipped(reason.clone());
    let record = reason.is_lasting().then_some(record);
    What::Skipped { reason, record }
}

/// Nanoseconds from 1970 to `time`.
fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(since) => since.as_nanos() as i64,
        Err(before) => -(before.duration().as_nanos() as i64),
    }
}

fn unchanged(known: &FileRecord) -> What {
    match &known.outcome {
        Outcome::Articles(articles) => What::Unchanged { articles: *articles },
        Outcome::Skipped(reason) => What::Skipped { reason: reason.clone(), record: None },
    }
}

fn annotate((article, odd): (Article, Vec<Warning>), warnings: &mut Vec<String>) -> (Article, Annotations) {
    warnings.extend(odd.into_iter().map(|warning| warning.message));
    let language = article.language.as_ref().map(|language| language.value.as_str());
    let annotations = extract::annotate(&article.text, language);
    (article, annotations)
}

/// The writing side of one ingestion.
struct Run<'a> {
    writer: Writer,
    manifest: &'a Manifest,
    /// All folders that the index is built from, those of earlier runs included.
    folders: Vec<String>,
    seen: HashSet<String>,
    /// Folders and files that could not be looked into: what was indexed of them is kept.
    unread: Vec<String>,
    commit_every: Duration,
    last_commit: Instant,
    dirty: bool,
    report: Report,
    progress: &'a mut dyn Progress,
}

impl<'a> Run<'a> {
    fn new(
        index: &Index,
        writer: Writer,
        manifest: &'a Manifest,
        roots: &[PathBuf],
        commit_every: Duration,
        progress: &'a mut dyn Progress,
    ) -> Result<Self> {
        let mut folders = index.folders()?;
        let earlier = folders.len();
        for root in roots.iter().map(|root| crawl::printed(root)) {
            if !folders.contains(&root) {
                folders.push(root);
            }
        }
        let dirty = folders.len() > earlier || index.is_stale()?;
        Ok(Self {
            writer,
            manifest,
            folders,
            seen: HashSet::new(),
            unread: Vec::new(),
            commit_every,
            last_commit: Instant::now(),
            dirty,
            report: Report::default(),
            progress,
        })
    }

    fn take(&mut self, Prepared { path, size, what }: Prepared) -> Result<()> {
        let mut report = FileReport { size, ..FileReport::new(path, Change::Unchanged) };
        match what {
            What::Unchanged { articles } => report.articles = articles,
            What::Read { record, articles, warnings, known } => {
                self.writer.replace(&record, &articles)?;
                self.dirty = true;
                report.change = if known { Change::Changed } else { Change::Added };
                report.articles = articles.len();
                report.quotes = articles.iter().map(|(_, annotations)| annotations.quotes.len()).sum();
                report.warnings = warnings;
            }
            What::Skipped { reason, record } => {
                if !reason.is_lasting() {
                    self.unread.push(report.path.clone());
                }
                if let Some(record) = record {
                    self.writer.replace(&record, &[])?;
                    self.dirty = true;
                }
                report.change = Change::Skipped(reason);
            }
        }
        self.seen.insert(report.path.clone());
        self.tell(&report);
        if self.dirty && self.last_commit.elapsed() >= self.commit_every {
            self.commit()?;
        }
        Ok(())
    }

    fn tell(&mut self, report: &FileReport) {
        self.report.count(report);
        self.progress.file(report);
    }

    /// Removes what is gone, unless the walk was cut short, and commits.
    fn finish(mut self, interrupted: bool, roots: &[PathBuf]) -> Result<Report> {
        self.report.interrupted = interrupted;
        if !interrupted {
            if self.seen.is_empty() && self.unread.is_empty() {
                // An unmounted disk looks like an empty folder: that must not empty the index.
                return Err(Error::Empty { path: roots.first().cloned().unwrap_or_default() });
            }
            self.remove_gone(roots)?;
        }
        if self.dirty {
            self.commit()?;
        }
        self.writer.finish()?;
        Ok(self.report)
    }

    /// Removes what stands in the manifest below the roots and was not met on the walk.
    fn remove_gone(&mut self, roots: &[PathBuf]) -> Result<()> {
        let roots: Vec<String> = roots.iter().map(|root| crawl::printed(root)).collect();
        let is_gone = |path: &&String| {
            !self.seen.contains(*path)
                && roots.iter().any(|root| is_below(path, root))
                && !self.unread.iter().any(|folder| is_below(path, folder))
        };
        let gone: Vec<String> = self.manifest.keys().filter(is_gone).cloned().collect();
        for path in gone {
            self.writer.remove(&path)?;
            self.dirty = true;
            self.tell(&FileReport::new(path, Change::Removed));
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        self.writer.commit(&self.folders)?;
        self.dirty = false;
        self.last_commit = Instant::now();
        self.progress.committed();
        Ok(())
    }
}

/// True where `path` is `folder` or lies somewhere below it.
fn is_below(path: &str, folder: &str) -> bool {
    let inside = |rest: &str| rest.is_empty() || rest.starts_with(MAIN_SEPARATOR) || folder.ends_with(MAIN_SEPARATOR);
    path.strip_prefix(folder).is_some_and(inside)
}
