//! What can fail, which file it concerns, and what to do next.

use std::io;
use std::path::PathBuf;

/// Result of every fallible function of the library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What failed, which file or folder it concerns, and the cause.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A folder or file named by the user is not there.
    #[error("no such file or folder `{}`", path.display())]
    NotFound {
        /// As the user named it.
        path: PathBuf,
    },
    /// A folder named by the user is not there any more, but articles of it are in the index.
    #[error("`{}` is gone; {articles} {} of it {} still in the index", path.display(),
        if *articles == 1 { "article" } else { "articles" }, if *articles == 1 { "is" } else { "are" })]
    Gone {
        /// As the user named it.
        path: PathBuf,
        /// How many articles.
        articles: usize,
    },
    /// Nothing of a folder named by the user is in the index.
    #[error("nothing of `{}` is in the index", path.display())]
    NotIndexed {
        /// As the user named it.
        path: PathBuf,
        /// The folders that the index is built from.
        folders: Vec<String>,
    },
    /// A folder holds no file.
    #[error("no file in `{}`", path.display())]
    Empty {
        /// As resolved.
        path: PathBuf,
    },
    /// The operating system refused to read or write `path`.
    #[error("cannot {action} `{}`: {source}", path.display())]
    Io {
        /// "read", "write", "create".
        action: &'static str,
        /// File or folder concerned.
        path: PathBuf,
        /// Cause.
        source: io::Error,
    },
    /// There is no index at `path`.
    #[error("no index at `{}`", path.display())]
    NoIndex {
        /// Folder looked in.
        path: PathBuf,
    },
    /// The folder holds something else than an index of newsdex.
    #[error("`{}` holds other files and no newsdex index", path.display())]
    NotAnIndex {
        /// Folder looked in.
        path: PathBuf,
    },
    /// The index was written by another version of newsdex.
    #[error("cannot open index `{}`: format {found}, expected {expected}", path.display())]
    Format {
        /// Folder of the index.
        path: PathBuf,
        /// Format version found.
        found: u32,
        /// Format version that this program writes.
        expected: u32,
        /// Folders it was built from, for the hint.
        folders: Vec<String>,
    },
    /// Another process is writing to the index.
    #[error("index `{}` is locked by another process", path.display())]
    Locked {
        /// Folder of the index.
        path: PathBuf,
    },
    /// The disk under the index is full.
    #[error("no space left on the disk of index `{}`", path.display())]
    DiskFull {
        /// Folder of the index.
        path: PathBuf,
    },
    /// The index cannot be read or written, for another reason.
    #[error("index `{}`: {source}", path.display())]
    Index {
        /// Folder of the index.
        path: PathBuf,
        /// Cause, from tantivy.
        source: Box<tantivy::TantivyError>,
    },
    /// A line of a file of JSON lines is not as it should be.
    #[error("`{}`, line {line}: {message}", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// Number of the line, counted from 1.
        line: usize,
        /// What is wrong, in one line.
        message: String,
    },
    /// A query cannot be understood.
    #[error("cannot understand the query at column {column}: {message}")]
    Query {
        /// What is wrong, in one line.
        message: String,
        /// The query as typed.
        query: String,
        /// Column of the offending character, counted in characters from 1.
        column: usize,
        /// What to type instead, where that can be told.
        hint: Option<String>,
    },
    /// A user's file of rules about actors or outlets cannot be understood.
    #[error("cannot understand `{}` at line {line}: {message}", path.display())]
    Rules {
        /// The file.
        path: PathBuf,
        /// Line of what is wrong, counted from 1.
        line: usize,
        /// What is wrong, in one line.
        message: String,
        /// What to write instead.
        hint: String,
    },
    /// What the user says of a dump's columns cannot be understood.
    #[error("cannot understand the mapping `{value}`")]
    Columns {
        /// As the user typed it.
        value: String,
    },
    /// The file of saved searches cannot be understood.
    #[error("cannot understand `{}`: {}", path.display(), reason.trim_end())]
    Saved {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        reason: String,
    },
    /// A name that no saved search can have.
    #[error("`{name}` cannot be the name of a saved search")]
    SavedName {
        /// As the user typed it.
        name: String,
    },
    /// A date given by the user cannot be understood.
    #[error("cannot understand the date `{value}`")]
    Date {
        /// As the user typed it.
        value: String,
    },
    /// No article has the identifier or path given.
    #[error("no article `{name}` in the index")]
    NoArticle {
        /// As the user typed it.
        name: String,
    },
    /// Several articles have the beginning of an identifier, or the end of a path, given.
    #[error("{count} articles are called `{name}`: {}{}", candidates.join(", "),
        if candidates.len() < *count { ", …" } else { "" })]
    AmbiguousArticle {
        /// How many they are.
        count: usize,
        /// As the user typed it.
        name: String,
        /// Identifiers or paths of the first of them.
        candidates: Vec<String>,
    },
}

impl Error {
    /// What to do next, as one line.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::NotFound { .. } => Some("check the spelling, or name another folder".into()),
            Self::Gone { path, .. } => {
                Some(format!("take them out with `newsdex index --remove {}`, or put it back", path.display()))
            }
            Self::NotIndexed { folders, .. } if folders.is_empty() => Some("the index is empty".into()),
            Self::NotIndexed { folders, .. } => Some(format!("it is built from {}", folders.join(", "))),
            Self::Empty { .. } => Some(
                "name a folder that holds articles; what was indexed before is kept, and `newsdex index --remove FOLDER` takes \
                 it out"
                    .into(),
            ),
            Self::NoIndex { .. } => {
                Some("make one with `newsdex index FOLDER`, or name another with `--index DIR`".into())
            }
            Self::NotAnIndex { .. } => Some("name an empty or new folder with `--index DIR`".into()),
            Self::Format { folders, .. } if folders.is_empty() => Some("rebuild it with `newsdex index FOLDER`".into()),
            Self::Format { folders, .. } => Some(format!("rebuild it with `newsdex index {}`", folders.join(" "))),
            Self::Locked { .. } => Some("wait until the other `newsdex index` has ended, or stop it".into()),
            Self::DiskFull { .. } => {
                Some("free some space and run the same command again: what was committed is kept".into())
            }
            Self::Query { hint, .. } => hint.clone(),
            Self::Rules { hint, .. } => Some(hint.clone()),
            Self::Columns { .. } => Some(
                "write it as FIELD=COLUMN, such as body=text; fields are headline, body, summary, date, outlet, author, url, \
                 dateline, language and kind"
                    .into(),
            ),
            Self::Saved { .. } => Some("each search is a table: `[name]`, below it `query = \"…\"`".into()),
            Self::SavedName { .. } => Some("use letters from a to z, digits, `-` and `_`".into()),
            Self::Date { value } => Some(date_hint(value).into()),
            Self::NoArticle { .. } => Some("`newsdex search` prints the path and identifier of every hit".into()),
            Self::AmbiguousArticle { .. } => Some("give more of the identifier or the path".into()),
            Self::Index { path, .. } => Some(format!(
                "where it is damaged, delete the folder `{}` and make it anew with `newsdex index FOLDER`: all of it comes from \
                 the files",
                path.display()
            )),
            Self::Io { .. } | Self::Line { .. } => None,
        }
    }
}

/// How to write a date, or, where `value` is written so, why it is none.
fn date_hint(value: &str) -> &'static str {
    let parts: Vec<usize> = value.split('-').map(str::len).collect();
    let is_number = value.chars().all(|c| c.is_ascii_digit() || c == '-');
    match parts[..] {
        [4, 1 | 2] if is_number => "a year has the months 01 to 12",
        [4, 1 | 2, 1 | 2] if is_number => "the calendar has no such day; write it as 2025-10-12, year first",
        _ => "write it as 2025-10-12, 2025-10 or 2025, or as yesterday, last-week or last-7-days",
    }
}
