//! Which files the index has seen, what they were like then, and what came of them.

use std::collections::BTreeMap;

use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher, SegmentReader};

use super::schema::{Kind, name};
use crate::crawl::SkipReason;

/// The files that the index has seen, by path.
pub type Manifest = BTreeMap<String, FileRecord>;

/// A file on disk as the index saw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRecord {
    /// Absolute path.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub modified: i64,
    /// Hash of its content.
    pub hash: u64,
    /// What came of it.
    pub outcome: Outcome,
}

/// What came of reading a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// So many articles, at least one.
    Articles(usize),
    /// Nothing, and why. The file is not read again until it changes.
    Skipped(SkipReason),
    /// A container that is read up to here. The next run goes on behind its last member.
    Begun {
        /// How many of its members are in the index, or were passed over.
        members: usize,
        /// How many articles they hold.
        articles: usize,
    },
}

impl Outcome {
    /// How many articles are in the index.
    pub const fn articles(&self) -> usize {
        match self {
            Self::Articles(articles) | Self::Begun { articles, .. } => *articles,
            Self::Skipped(_) => 0,
        }
    }

    /// How far the file is read: of several records of one file, the last one counts.
    const fn progress(&self) -> usize {
        match self {
            Self::Begun { members, .. } => *members,
            Self::Articles(_) | Self::Skipped(_) => usize::MAX,
        }
    }
}

/// Marks the number of members in the place of a reason.
const BEGUN: &str = "begun:";

/// What stands in the field for reasons; `None` where the articles are all there is to tell.
pub(super) fn outcome_to_text(outcome: &Outcome) -> Option<String> {
    match outcome {
        Outcome::Articles(_) => None,
        Outcome::Skipped(reason) => Some(reason_to_text(reason)),
        Outcome::Begun { members, .. } => Some(format!("{BEGUN}{members}")),
    }
}

/// Reads what [`outcome_to_text`] wrote.
fn outcome_from_text(text: Option<&str>, articles: usize) -> Outcome {
    let begun = text.and_then(|text| text.strip_prefix(BEGUN)?.parse().ok());
    match (begun, text.and_then(reason_from_text)) {
        (Some(members), _) => Outcome::Begun { members, articles },
        (None, Some(reason)) => Outcome::Skipped(reason),
        (None, None) => Outcome::Articles(articles),
    }
}

/// The class of `reason`, then its detail where it has one.
fn reason_to_text(reason: &SkipReason) -> String {
    let detail = reason.detail().map(|detail| format!(":{detail}"));
    format!("{}{}", reason.class(), detail.unwrap_or_default())
}

/// Reads what [`reason_to_text`] wrote.
fn reason_from_text(text: &str) -> Option<SkipReason> {
    let (class, detail) = text.split_once(':').unwrap_or((text, ""));
    SkipReason::from_class(class, detail)
}

/// Loads the records of all files from the fast fields of their documents.
pub(super) fn load(searcher: &Searcher) -> tantivy::Result<Manifest> {
    let mut manifest = Manifest::new();
    for reader in searcher.segment_readers() {
        let columns = reader.fast_fields();
        let (size, modified) = (columns.u64(name::SIZE)?, columns.i64(name::MODIFIED)?);
        let (hash, articles) = (columns.u64(name::HASH)?, columns.u64(name::ARTICLES)?);
        let skipped = columns.str(name::SKIPPED)?;
        each_file(reader, |document, path| {
            let reason = skipped.as_ref().and_then(|column| first_text(column, document));
            let articles = articles.first(document).unwrap_or_default() as usize;
            let record = FileRecord {
                path: path.to_owned(),
                size: size.first(document).unwrap_or_default(),
                modified: modified.first(document).unwrap_or_default(),
                hash: hash.first(document).unwrap_or_default(),
                outcome: outcome_from_text(reason.as_deref(), articles),
            };
            let last = manifest.get(path).is_none_or(|other| other.outcome.progress() <= record.outcome.progress());
            if last {
                manifest.insert(record.path.clone(), record);
            }
        })?;
    }
    Ok(manifest)
}

/// How many files there are, and how many of them were skipped for each reason, by the reason's word.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) files: usize,
    pub(super) skipped: BTreeMap<String, usize>,
}

impl Counts {
    /// As the manifest of `searcher` has them, which is read only while a container is not read to its end: until then
    /// there may be several records of it.
    pub(super) fn new(searcher: &Searcher) -> tantivy::Result<Self> {
        if let Some(counts) = Self::of_records(searcher)? {
            return Ok(counts);
        }
        let mut counts = Self::default();
        for record in load(searcher)?.values() {
            counts.files += 1;
            if let Outcome::Skipped(reason) = &record.outcome {
                *counts.skipped.entry(reason.class().to_owned()).or_default() += 1;
            }
        }
        Ok(counts)
    }

    /// What the records alone tell; `None` where one of them is of a container that was only begun.
    fn of_records(searcher: &Searcher) -> tantivy::Result<Option<Self>> {
        let mut counts = Self::default();
        for reader in searcher.segment_readers() {
            let documents = Kind::File.documents(reader)?;
            counts.files += documents.len();
            let Some(reasons) = reader.fast_fields().str(name::SKIPPED)? else { continue };
            let mut by_ordinal: BTreeMap<u64, usize> = BTreeMap::new();
            for ordinal in documents.into_iter().filter_map(|document| reasons.ords().first(document)) {
                *by_ordinal.entry(ordinal).or_default() += 1;
            }
            let mut text = String::new();
            for (ordinal, count) in by_ordinal {
                text.clear();
                reasons.ord_to_str(ordinal, &mut text)?;
                match outcome_from_text(Some(&text), 0) {
                    Outcome::Begun { .. } => return Ok(None),
                    Outcome::Skipped(reason) => *counts.skipped.entry(reason.class().to_owned()).or_default() += count,
                    Outcome::Articles(_) => {}
                }
            }
        }
        Ok(Some(counts))
    }
}

/// Collects something of the path of every file.
pub(super) fn files<T, C: Default + Extend<T>>(searcher: &Searcher, of: impl Fn(&str) -> T) -> tantivy::Result<C> {
    let mut collected = C::default();
    for reader in searcher.segment_readers() {
        each_file(reader, |_, path| collected.extend([of(path)]))?;
    }
    Ok(collected)
}

/// Calls `each` with every document that stands for a file, and with the file's path, in the order of paths.
fn each_file(reader: &SegmentReader, mut each: impl FnMut(DocId, &str)) -> tantivy::Result<()> {
    let Some(paths) = reader.fast_fields().str(name::PATH)? else { return Ok(()) };
    let documents = Kind::File.documents(reader)?.into_iter();
    let mut files: Vec<(u64, DocId)> =
        documents.filter_map(|document| Some((paths.ords().first(document)?, document))).collect();
    // Paths are packed in blocks: read in their order, each block is unpacked once.
    files.sort_unstable();
    let (ordinals, documents): (Vec<u64>, Vec<DocId>) = files.into_iter().unzip();
    let mut documents = documents.into_iter();
    paths.dictionary().sorted_ords_to_term_cb(&ordinals, |path| {
        if let (Some(document), Ok(path)) = (documents.next(), std::str::from_utf8(path)) {
            each(document, path);
        }
    })?;
    Ok(())
}

fn first_text(column: &StrColumn, document: DocId) -> Option<String> {
    let ordinal = column.ords().first(document)?;
    let mut text = String::new();
    column.ord_to_str(ordinal, &mut text).ok()?.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_read_back() {
        for reason in [
            SkipReason::Empty,
            SkipReason::Binary,
            SkipReason::TooLarge,
            SkipReason::Loop,
            SkipReason::Unreadable("permission denied: really".into()),
            SkipReason::Unsupported("image".into()),
            SkipReason::NoArticle(String::new()),
        ] {
            assert_eq!(reason_from_text(&reason_to_text(&reason)), Some(reason));
        }
        assert_eq!(reason_from_text("whatever"), None);
    }
}
