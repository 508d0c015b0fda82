//! `(Article, Annotations)` to a tantivy index on disk.
//!
//! One index holds four kinds of document: an article's quotes, then the article itself, one document for every file
//! that was read, and one for every story that several articles tell. All documents of a file are deleted by one term, and a commit takes them all or none.

mod codec;
mod document;
mod earlier;
mod manifest;
mod particulars;
mod postings;
mod queue;
mod reading;
mod schema;
mod segment;
mod sketch;
mod status;
mod story;
mod terms;
#[cfg(test)]
mod tokenizers;
mod worker;
mod writer;

pub(crate) mod analyzer;
pub(crate) mod bounds;
pub(crate) mod fingerprint;
pub(crate) mod record;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::directory::error::{LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::{IndexReader, IndexSettings, ReloadPolicy, TantivyError};

use crate::error::{Error, Result};

pub(crate) use document::{entity_slots, parts_of_use, path_number};
pub use manifest::{FileRecord, Manifest, Outcome};
#[cfg(test)]
pub(crate) use schema::schema;
pub(crate) use schema::{Kind, UNKNOWN, fields, name};
pub use status::Status;
pub(crate) use story::{Story, stored as stories};
#[cfg(test)]
pub(crate) use tokenizers::register;
pub(crate) use writer::Unhashed;
pub use writer::Writer;

/// Version of what stands on disk. An index of another version is not read; it has to be made again.
pub const FORMAT: u32 = 10;

/// Version of what parsing and extraction find. A file that an older one read is worth reading again.
pub const EXTRACTOR: u32 = 12;

/// File that tantivy keeps its list of segments in, with our [`Payload`].
const META: &str = "meta.json";

/// What the commit's names come to, which search writes beside the index and can do without.
pub(crate) const CATALOGUE_FILE: &str = ".actors";

/// What people keep beside an index, and find there again when it is made anew.
const BESIDE: [&str; 3] = ["actors.toml", "saved.toml", "saved.seen"];

/// An index on disk.
///
/// ```
/// use newsdex::index::Index;
/// let folder = tempfile::tempdir()?;
/// let index = Index::open_or_create(folder.path())?;
/// assert_eq!(index.status()?.articles, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct Index {
    path: PathBuf,
    inner: tantivy::Index,
}

/// What every commit says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Payload {
    format: u32,
    extractor: u32,
    folders: Vec<String>,
    /// Columns of dumps that the user named, as typed.
    #[serde(default)]
    columns: Vec<String>,
}

impl Payload {
    fn new(folders: &[String], columns: &[String]) -> Self {
        Self { format: FORMAT, extractor: EXTRACTOR, folders: folders.to_vec(), columns: columns.to_vec() }
    }
}

/// What stands in a folder.
enum Found {
    Nothing,
    OtherFiles,
    /// An index of newsdex that has no commit yet.
    Fresh,
    Index(Payload),
}

impl Index {
    /// Opens the index in the folder `path`.
    ///
    /// # Errors
    /// [`Error::NoIndex`] and [`Error::NotAnIndex`] where there is none, [`Error::Format`] where another version of
    /// newsdex wrote it.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        match look(path)? {
            Found::Nothing | Found::OtherFiles => Err(Error::NoIndex { path: path.into() }),
            Found::Fresh => Self::open_found(path),
            Found::Index(payload) => check_format(path, &payload).and_then(|()| Self::open_found(path)),
        }
    }

    /// Opens the index in the folder `path`, and makes both where they are missing.
    ///
    /// # Errors
    /// As [`open`](Self::open); and [`Error::NotAnIndex`] where the folder holds other files.
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        match look(path)? {
            Found::Nothing => Self::create(path),
            Found::OtherFiles => Err(Error::NotAnIndex { path: path.into() }),
            Found::Fresh => Self::open_found(path),
            Found::Index(payload) => check_format(path, &payload).and_then(|()| Self::open_found(path)),
        }
    }

    /// Empties the index in the folder `path`, whatever version of newsdex wrote it, and makes it anew.
    ///
    /// # Errors
    /// [`Error::NotAnIndex`] where the folder holds other files, [`Error::Locked`] while another process writes.
    pub fn recreate(path: impl AsRef<Path>) -> Result<Self> {
        let path = path.as_ref();
        match look(path)? {
            Found::Nothing => Self::create(path),
            Found::OtherFiles => Err(Error::NotAnIndex { path: path.into() }),
            Found::Fresh | Found::Index(_) => {
                empty(path)?;
                Self::create(path)
            }
        }
    }

    fn create(path: &Path) -> Result<Self> {
        fs::create_dir_all(path).map_err(|source| write_error(path, source))?;
        let directory = directory(path)?;
        let builder = tantivy::Index::builder().schema(schema::schema()).settings(IndexSettings {
            // A thread of its own for compression costs more switching than it saves on one writer.
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        });
        let inner = builder.open_or_create(directory).map_err(|source| index_error(path, source))?;
        Ok(Self::with(path, inner))
    }

    fn open_found(path: &Path) -> Result<Self> {
        let inner = tantivy::Index::open(directory(path)?).map_err(|source| index_error(path, source))?;
        if inner.schema() != schema::schema() {
            // A build between two releases wrote it: its format has no number of its own.
            return Err(Error::Format { path: path.into(), found: 0, expected: FORMAT, folders: Vec::new() });
        }
        Ok(Self::with(path, inner))
    }

    fn with(path: &Path, inner: tantivy::Index) -> Self {
        Self { path: path.into(), inner }
    }

    /// The folder that the index stands in.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folders that the index was built from, as the last commit says.
    pub fn folders(&self) -> Result<Vec<String>> {
        Ok(self.payload()?.folders)
    }

    /// The columns of dumps that the user named when the files were read, such as `body=text`.
    pub fn columns(&self) -> Result<Vec<String>> {
        Ok(self.payload()?.columns)
    }

    /// True where an older version of newsdex read the files: reading them again may find more.
    pub fn is_stale(&self) -> Result<bool> {
        let payload = self.payload()?;
        Ok(payload.format != 0 && payload.extractor != EXTRACTOR)
    }

    fn payload(&self) -> Result<Payload> {
        let metas = self.inner.load_metas().map_err(|source| self.error(source))?;
        Ok(metas.payload.and_then(|payload| serde_json::from_str(&payload).ok()).unwrap_or_default())
    }

    /// The files that the index has seen.
    pub fn manifest(&self) -> Result<Manifest> {
        manifest::load(&self.searcher()?).map_err(|source| self.error(source))
    }

    /// What the index holds.
    pub fn status(&self) -> Result<Status> {
        status::status(self)
    }

    /// Opens the index for writing, with `memory` bytes for what is not yet on disk (16 MB at least).
    ///
    /// # Errors
    /// [`Error::Locked`] while another process writes.
    pub fn writer(&self, memory: usize) -> Result<Writer> {
        Writer::new(self, memory)
    }

    /// The last commit, as a searcher that later commits do not change.
    pub(crate) fn searcher(&self) -> Result<tantivy::Searcher> {
        let builder = self.inner.reader_builder().reload_policy(ReloadPolicy::Manual);
        let reader: IndexReader = builder.try_into().map_err(|source| self.error(source))?;
        Ok(reader.searcher())
    }

    /// The index's folder as tantivy reads and writes files in it, without that it takes them for its own.
    pub(crate) fn beside(&self) -> Option<MmapDirectory> {
        MmapDirectory::open(&self.path).ok()
    }

    pub(crate) fn error(&self, source: TantivyError) -> Error {
        index_error(&self.path, source)
    }
}

/// Tells what stands in the folder `path`, without opening an index.
fn look(path: &Path) -> Result<Found> {
    match fs::read_to_string(path.join(META)) {
        Ok(meta) => return Ok(found(&meta)),
        Err(source) if source.kind() != ErrorKind::NotFound && source.kind() != ErrorKind::NotADirectory => {
            return Err(Error::Io { action: "read", path: path.join(META), source });
        }
        Err(_) => {}
    }
    match fs::read_dir(path) {
        Ok(entries) => {
            // Files with a dot before their name are our own locks, or keep an empty folder in a repository.
            let visible = |name: &std::ffi::OsStr| {
                !name.as_encoded_bytes().starts_with(b".") && !BESIDE.iter().any(|beside| name == *beside)
            };
            let occupied = entries.flatten().any(|entry| visible(&entry.file_name()));
            Ok(if occupied { Found::OtherFiles } else { Found::Nothing })
        }
        Err(source) if source.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
        Err(source) if source.kind() == ErrorKind::NotADirectory => Ok(Found::OtherFiles),
        Err(source) => Err(Error::Io { action: "read", path: path.into(), source }),
    }
}

/// Reads the payload that `meta`, the content of [`META`], holds.
fn found(meta: &str) -> Found {
    let Ok(meta) = serde_json::from_str::<serde_json::Value>(meta) else { return Found::OtherFiles };
    let payload = meta.get("payload").and_then(|payload| payload.as_str());
    let Some(payload) = payload else {
        let fresh = meta.get("segments").and_then(|segments| segments.as_array()).is_some_and(Vec::is_empty);
        let ours = meta.to_string().contains("\"quote_kind\"");
        return if fresh && ours { Found::Fresh } else { Found::OtherFiles };
    };
    serde_json::from_str(payload).map_or(Found::OtherFiles, Found::Index)
}

fn check_format(path: &Path, payload: &Payload) -> Result<()> {
    if payload.format == FORMAT {
        return Ok(());
    }
    let folders = payload.folders.clone();
    Err(Error::Format { path: path.into(), found: payload.format, expected: FORMAT, folders })
}

/// Removes the files of the index at `path`, the list of its segments last: until then it stays recognisable.
fn empty(path: &Path) -> Result<()> {
    let directory = directory(path)?;
    let locked = |error| index_error(path, TantivyError::from(error));
    let _lock = directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(locked)?;
    let entries = fs::read_dir(path).map_err(|source| write_error(path, source))?;
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|file| is_ours(file)).collect();
    files.sort_by_key(|file| (file.ends_with(META), file.ends_with(".managed.json")));
    for file in files {
        fs::remove_file(&file).map_err(|source| Error::Io { action: "remove", path: file, source })?;
    }
    Ok(())
}

/// True for the files that tantivy writes: segments are named by 32 hexadecimal digits.
fn is_ours(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').next().unwrap_or_default();
    name == META
        || name == ".managed.json"
        || name == CATALOGUE_FILE
        || (stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn directory(path: &Path) -> Result<MmapDirectory> {
    MmapDirectory::open(path).map_err(|source| index_error(path, source.into()))
}

/// An error of writing below `path`, in our words.
fn write_error(path: &Path, source: io::Error) -> Error {
    match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Error::DiskFull { path: path.into() },
        _ => Error::Io { action: "create", path: path.into(), source },
    }
}

/// An error of tantivy on the index at `path`, in our words.
fn index_error(path: &Path, source: TantivyError) -> Error {
    if matches!(source, TantivyError::LockFailure(LockError::LockBusy, _)) {
        return Error::Locked { path: path.into() };
    }
    let cause = io_cause(&source).map(|cause| cause.kind()).filter(|kind| *kind != ErrorKind::Other);
    match cause.or_else(|| told_cause(&source)) {
        Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded) => Error::DiskFull { path: path.into() },
        _ => Error::Index { path: path.into(), source: Box::new(source) },
    }
}

/// What kind of error of the operating system the text of `error` tells of: tantivy passes some on as text only, such as "No
/// space left on device (os error 28)", in an error of its own or in one of no kind.
fn told_cause(error: &TantivyError) -> Option<ErrorKind> {
    let text = error.to_string();
    let (_, number) = text.split_once("(os error ")?;
    let (number, _) = number.split_once(')')?;
    Some(io::Error::from_raw_os_error(number.parse().ok()?).kind())
}

/// The error of the operating system behind `error`, where there is one.
fn io_cause(error: &TantivyError) -> Option<&Arc<io::Error>> {
    match error {
        TantivyError::IoError(cause)
        | TantivyError::LockFailure(LockError::IoError(cause), _)
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: cause, .. })
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error: cause, .. }) => Some(cause),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_full_disk_is_told_however_tantivy_passes_it_on() {
        let full = "No space left on device (os error 28)";
        let told = [
            TantivyError::IoError(Arc::new(io::Error::from_raw_os_error(28))),
            TantivyError::IoError(Arc::new(io::Error::other(full))),
            TantivyError::InternalError(full.into()),
            TantivyError::ErrorInThread(format!("a worker has ended: {full}.")),
        ];
        for told in told {
            let error = index_error(Path::new("/i"), told);
            assert_eq!(error.to_string(), "no space left on the disk of index `/i`");
            assert!(
                error.hint().is_some_and(|hint| hint.starts_with("free some space and run the same command again"))
            );
        }
        for other in ["it was killed", "it was refused (os error 13)", "(os error 28", "(os error x)"] {
            let error = index_error(Path::new("/i"), TantivyError::InternalError(other.into()));
            assert!(error.to_string().contains(other) && matches!(error, Error::Index { .. }), "{other}");
            let hint = error.hint().unwrap_or_default();
            assert!(hint.starts_with("where it is damaged, delete the folder `/i` and make it anew with"), "{hint}");
        }
    }
}
