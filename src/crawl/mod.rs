//! Folder to [`RawFile`]: walks in a stable order, reads, and says what it passes over and why.

mod container;
mod decode;
mod magic;
mod read;
mod roots;
mod walk;

use std::fmt;
use std::path::PathBuf;
use std::time::SystemTime;

pub use decode::{Decoded, How, decode};
pub use read::{FILE_LIMIT, read};
pub use roots::roots;
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
            "failed" => Self::Failed,
            _ => return None,
        })
    }

    /// What is special to one file, where there is something.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::Unreadable(detail) | Self::Unsupported(detail) | Self::NoArticle(detail) => Some(detail),
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
            Self::Failed => f.write_str("newsdex failed to read it: a defect, please report it with the file"),
        }
    }
}
