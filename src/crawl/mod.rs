//! Folder to [`RawFile`]: walks in a stable order, reads, and says what it passes over and why.

mod container;
mod decode;
mod magic;
mod mailbox;
mod pieces;
mod read;
mod roots;
mod walk;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

pub use container::{Take, attached_members, is_container, members};
pub use decode::{Decoded, How, decode};
pub use pieces::{Cut, Dump, assignment, closing_tags, delimiter, is_open, list_inside, separator_line};
pub use read::{FILE_LIMIT, hash, read};
pub use roots::roots;
pub(crate) use walk::is_walked;
pub use walk::{printed, walk};

/// A file that the walk found, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Absolute path.
    pub path: PathBuf,
    /// Size in bytes.
    pub size: u64,
    /// When its content was last changed, as the file system tells.
    pub modified: SystemTime,
}

/// A file as read: the hand-over from crawling to parsing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawFile {
    /// Absolute path; inside a container followed by `!/` and the member's name. Not valid Unicode is replaced.
    pub path: String,
    /// Content, undecoded.
    pub bytes: Vec<u8>,
    /// What its container tells of it.
    pub told: Told,
}

impl RawFile {
    /// A file at `path` that holds `bytes`.
    pub fn new(path: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self { path: path.into(), bytes, told: Told::default() }
    }
}

/// What a container tells of a member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Address that it was fetched from.
    pub address: Option<String>,
    /// Label of its encoding, as the server sent it.
    pub encoding: Option<String>,
    /// Which part of a dump it is.
    pub part: Option<Part>,
}

/// A run of articles out of a dump too large to be held whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What its items are.
    pub dump: Dump,
    /// How many items the dump holds before these.
    pub before: usize,
    /// The beginning of the dump, which tells its fields: of a table, all that was read of it first; of a feed, what stands
    /// before its items. Empty for others.
    pub head: Arc<[u8]>,
}

/// A file or folder passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Absolute path, as [`RawFile::path`].
    pub path: String,
    /// Why.
    pub reason: SkipReason,
}

/// Why a file is passed over.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum SkipReason {
    /// No byte, or nothing but white space.
    Empty,
    /// Not text.
    Binary,
    /// Larger than the limit, in bytes.
    TooLarge,
    /// The operating system refused to read it; with its message.
    Unreadable(String),
    /// A link that leads back to a folder above it.
    Loop,
    /// A link to a file or folder that the walk reaches in another way.
    Repeated,
    /// A format that newsdex does not read; with its name ("image", "spreadsheet").
    Unsupported(String),
    /// Text without an article in it; with what is missing.
    NoArticle(String),
    /// A file that is cut short or broken; with what is wrong.
    Damaged(String),
    /// A compressed file that unpacks to far more than news ever does.
    Bomb,
    /// A defect of newsdex came up while reading it.
    Failed,
}

impl SkipReason {
    /// The reason in a word or two, without what is special to one file: what reports count by.
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Binary => "binary",
            Self::TooLarge => "too large",
            Self::Unreadable(_) => "unreadable",
            Self::Loop => "loop",
            Self::Repeated => "repeated",
            Self::Unsupported(_) => "unsupported",
            Self::NoArticle(_) => "no article",
            Self::Damaged(_) => "damaged",
            Self::Bomb => "bomb",
            Self::Failed => "failed",
        }
    }

    /// The reason with this [`class`](Self::class) and [`detail`](Self::detail).
    pub fn from_class(class: &str, detail: &str) -> Option<Self> {
        Some(match class {
            "empty" => Self::Empty,
            "binary" => Self::Binary,
            "too large" => Self::TooLarge,
            "unreadable" => Self::Unreadable(detail.into()),
            "loop" => Self::Loop,
            "repeated" => Self::Repeated,
            "unsupported" => Self::Unsupported(detail.into()),
            "no article" => Self::NoArticle(detail.into()),
            "damaged" => Self::Damaged(detail.into()),
            "bomb" => Self::Bomb,
            "failed" => Self::Failed,
            _ => return None,
        })
    }

    /// What is special to one file, where there is something.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Unreadable(detail) | Self::Unsupported(detail) | Self::NoArticle(detail) | Self::Damaged(detail) => {
                Some(detail)
            }
            _ => None,
        }
    }

    /// False where another try may go better though the file stays the same.
    pub const fn is_lasting(&self) -> bool {
        !matches!(self, Self::Unreadable(_) | Self::Failed)
    }
}

impl fmt::Display for SkipReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("empty"),
            Self::Binary => f.write_str("not text"),
            Self::TooLarge => write!(f, "larger than {} MB", FILE_LIMIT >> 20),
            Self::Unreadable(message) => write!(f, "cannot be read: {message}"),
            Self::Loop => f.write_str("link back to a folder above it"),
            Self::Repeated => f.write_str("link to what is read already"),
            Self::Unsupported(format) => write!(f, "{format}: not a format that newsdex reads"),
            Self::NoArticle(missing) => write!(f, "no article: {missing}"),
            Self::Damaged(what) => write!(f, "damaged: {what}"),
            Self::Bomb => write!(f, "unpacks to more than {} times its size", container::RATIO),
            Self::Failed => f.write_str("newsdex failed to read it: a defect, please report it with the file"),
        }
    }
}
