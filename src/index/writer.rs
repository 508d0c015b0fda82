//! Adding, replacing and removing files.

use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};

use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{IndexWriter, Term};
use xxhash_rust::xxh3::xxh3_64;

use super::document::{documents, file_document, path_number};
use super::manifest::{FileRecord, files};
use super::queue::{Operation, Queue};
use super::schema::{Kind, fields};
use super::story::{self, Story};
use super::worker::Worker;
use super::{Index, Payload};
use crate::article::Article;
use crate::error::Result;
use crate::extract::Annotations;

/// Least memory for what is not yet on disk: segments of less would be many, and small. tantivy's own thread, which gets no
/// documents, wants as much, and takes none of it.
const LEAST_MEMORY: usize = 16_000_000;

/// Bytes of a document beside the text of its article, about.
const DOCUMENT: usize = 1000;

/// Share of deleted documents in a segment from which it is written anew.
const DELETED_SHARE: f32 = 0.2;

/// The one process that may change an index. What is not committed is lost when this is dropped.
///
/// Files are added in the order of calls, by one thread: the same calls make the same index.
pub struct Writer {
    index: Index,
    worker: Worker,
    queue: Queue,
    /// Hashes of the paths of all files in the index, committed or not: only these have something to delete.
    known: HashSet<u64, BuildHasherDefault<Unhashed>>,
    /// Columns of dumps that the user named, as typed.
    columns: Vec<String>,
}

impl Writer {
    pub(super) fn new(index: &Index, memory: usize) -> Result<Self> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(LEAST_MEMORY)
            .build();
        let inner: IndexWriter = index.inner.writer_with_options(options).map_err(|source| index.error(source))?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(DELETED_SHARE);
        inner.set_merge_policy(Box::new(policy));
        // A process that was killed leaves files that no commit names; one of the same name could not be written.
        inner.garbage_collect_files().wait().map_err(|source| index.error(source))?;
        let known = files(&index.searcher()?, path_number).map_err(|source| index.error(source))?;
        let columns = index.columns()?;
        let worker = Worker::start(inner, memory.clamp(LEAST_MEMORY, 1 << 31)).map_err(|source| index.error(source))?;
        Ok(Self { index: index.clone(), worker, queue: Queue::default(), known, columns })
    }

    /// Puts `file` with its `articles` in the place of what the index holds of that file.
    pub fn replace(&mut self, file: &FileRecord, articles: &[(Article, Annotations)]) -> Result<()> {
        self.remove(&file.path)?;
        for (article, annotations) in articles {
            self.add(&file.path, article, annotations)?;
        }
        self.record(file)
    }

    /// Takes out everything that the index holds of the file at `path`.
    pub fn remove(&mut self, path: &str) -> Result<()> {
        let file = path_number(path);
        if !self.known.remove(&file) {
            return Ok(());
        }
        let term = Term::from_field_u64(fields().file, file);
        self.run([Operation::Delete(term)], 0)
    }

    /// Adds one article of the file at `path`, for files too large to be held whole: first [`remove`](Self::remove),
    /// then the articles, then [`record`](Self::record), and no [`commit`](Self::commit) in between.
    pub fn add(&mut self, path: &str, article: &Article, annotations: &Annotations) -> Result<()> {
        self.known.insert(path_number(path));
        let documents = documents(path, article, annotations);
        let bytes = article.text.len() * 3 + documents.len() * DOCUMENT;
        self.run(documents.into_iter().map(Operation::Add), bytes)
    }

    /// Notes that `file` was read and what came of it.
    pub fn record(&mut self, file: &FileRecord) -> Result<()> {
        self.known.insert(path_number(&file.path));
        self.run([Operation::Add(file_document(file))], DOCUMENT)
    }

    /// Does all `operations`, on about `bytes` bytes, now or later, but with no commit in between.
    fn run(&mut self, operations: impl IntoIterator<Item = Operation>, bytes: usize) -> Result<()> {
        if self.queue.push(operations, bytes) { self.hand_over() } else { Ok(()) }
    }

    fn hand_over(&mut self) -> Result<()> {
        self.worker.run(self.queue.take()).map_err(|source| self.index.error(source))
    }

    /// Notes, with the next commit, that dumps are read from these `columns`.
    pub fn note_columns(&mut self, columns: &[String]) {
        self.columns = columns.to_vec();
    }

    /// Makes all changes so far last, and notes the `folders` that the index is built from. Returns when they are on
    /// disk.
    pub fn commit(&mut self, folders: &[String]) -> Result<()> {
        self.hand_over()?;
        let payload = serde_json::to_string(&Payload::new(folders, &self.columns))
            .map_err(|source| self.index.error(source.into()))?;
        self.worker.commit(payload).map_err(|source| self.index.error(source))
    }

    /// Groups the articles of the last commit into stories; true where these are not what the index says they are. A
    /// [`commit`](Self::commit) makes the change last.
    pub fn group_stories(&mut self) -> Result<bool> {
        let searcher = self.index.searcher()?;
        let changed = || -> tantivy::Result<Option<Vec<Story>>> {
            let found = story::found(&searcher)?;
            Ok((found != story::stored(&searcher)?).then_some(found))
        };
        let Some(stories) = changed().map_err(|source| self.index.error(source))? else { return Ok(false) };
        let every = Operation::Delete(Kind::Story.term());
        let documents = stories.iter().map(|story| Operation::Add(story.document()));
        self.run(std::iter::once(every).chain(documents), stories.len() * DOCUMENT)?;
        Ok(true)
    }

    /// Waits until segments under way to be merged are, and closes the index. Commits nothing.
    pub fn finish(self) -> Result<()> {
        let Self { index, worker, .. } = self;
        worker.finish().map_err(|source| index.error(source))
    }
}

/// Takes a number that is a hash already as its own hash.
#[derive(Default)]
pub(crate) struct Unhashed(u64);

impl Hasher for Unhashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64(bytes);
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}
