//! The matches of all segments in one order, and where a page of them ends.

use std::cmp::{Ordering, Reverse};
use std::iter::Peekable;
use std::vec::IntoIter;

use tantivy::columnar::{StrColumn, TermOrdHit};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal};

use super::collect::{Rank, SegmentPage};

/// The last match of a page: the next page begins behind it.
#[derive(Clone, Debug)]
pub(super) struct Cursor {
    /// What it is ranked by before its path: a score or the like, and its day.
    first: i64,
    day: i64,
    path: String,
    address: DocAddress,
}

/// Where a page begins in a segment.
pub(super) struct Begin {
    rank: Rank,
    /// True where what has just this rank is on the page.
    inclusive: bool,
}

impl Cursor {
    /// Where the matches of `segment`, whose paths are `paths`, begin to stand behind this one.
    pub(super) fn within(&self, segment: SegmentOrdinal, paths: Option<&StrColumn>) -> tantivy::Result<Begin> {
        let at = |path: u64, document: DocId, inclusive: bool| Begin {
            rank: (self.first, self.day, Reverse(path), Reverse(document)),
            inclusive,
        };
        let found = paths.map(|paths| paths.dictionary().term_ord_or_next(&self.path)).transpose()?;
        Ok(match found {
            Some(TermOrdHit::Next(path)) => at(path, 0, true),
            // What has one path stands in the order of the segments, then of the documents.
            Some(TermOrdHit::Exact(path)) => match segment.cmp(&self.address.segment_ord) {
                Ordering::Less => at(path, DocId::MAX, false),
                Ordering::Equal => at(path, self.address.doc_id, false),
                Ordering::Greater => at(path, 0, true),
            },
            None => at(u64::MAX, self.address.doc_id, segment > self.address.segment_ord),
        })
    }
}

impl Begin {
    /// True where what has `rank` is on the page.
    pub(super) fn is_before(&self, rank: &Rank) -> bool {
        *rank < self.rank || (self.inclusive && *rank == self.rank)
    }
}

/// The matches of one segment, best first.
pub(super) struct SegmentList {
    segment: SegmentOrdinal,
    paths: Option<StrColumn>,
    begin: Option<Begin>,
    found: Vec<(Rank, Score)>,
}

impl SegmentList {
    pub(super) fn new(page: SegmentPage) -> Self {
        Self { segment: page.segment, paths: page.paths, begin: page.begin, found: page.best }
    }

    /// Adds a match, unless it stands before the page.
    pub(super) fn push(&mut self, rank: Rank, score: Score) {
        if self.begin.as_ref().is_none_or(|begin| begin.is_before(&rank)) {
            self.found.push((rank, score));
        }
    }

    /// The path of the match with `rank`; empty where it has none.
    fn path(&self, rank: &Rank) -> tantivy::Result<String> {
        let mut path = String::new();
        if let Some(paths) = &self.paths {
            paths.ord_to_str(rank.2.0, &mut path)?;
        }
        Ok(path)
    }
}

/// Goes through the lists of all segments at once.
pub(super) struct Merged {
    segments: Vec<SegmentList>,
    heads: Vec<Peekable<IntoIter<(Rank, Score)>>>,
    /// The paths of the first matches left, of those whose path was asked for: most are told apart without.
    paths: Vec<Option<String>>,
}

impl Merged {
    pub(super) fn new(mut segments: Vec<SegmentList>) -> Self {
        let sorted = |list: &mut SegmentList| {
            list.found.sort_unstable_by_key(|&(rank, _)| Reverse(rank));
            std::mem::take(&mut list.found).into_iter().peekable()
        };
        let heads: Vec<_> = segments.iter_mut().map(sorted).collect();
        let paths = vec![None; heads.len()];
        Self { segments, heads, paths }
    }

    /// The next match, with the place of its segment.
    pub(super) fn next(&mut self) -> tantivy::Result<Option<(usize, Rank, Score)>> {
        let mut best: Option<(usize, Rank)> = None;
        for at in 0..self.heads.len() {
            let Some(&(rank, _)) = self.heads[at].peek() else { continue };
            let is_better = match best {
                None => true,
                Some((other, others)) => match (rank.0, rank.1).cmp(&(others.0, others.1)) {
                    Ordering::Equal => self.path(at, rank)? < self.path(other, others)?,
                    order => order == Ordering::Greater,
                },
            };
            if is_better {
                best = Some((at, rank));
            }
        }
        let Some((at, _)) = best else { return Ok(None) };
        self.paths[at] = None;
        Ok(self.heads[at].next().map(|(rank, score)| (at, rank, score)))
    }

    /// The path of the first match left of the segment in place `at`, which has `rank`.
    fn path(&mut self, at: usize, rank: Rank) -> tantivy::Result<String> {
        if let Some(path) = &self.paths[at] {
            return Ok(path.clone());
        }
        let path = self.segments[at].path(&rank)?;
        self.paths[at] = Some(path.clone());
        Ok(path)
    }

    /// The number of the segment in place `at`.
    pub(super) fn segment(&self, at: usize) -> SegmentOrdinal {
        self.segments[at].segment
    }

    /// The end of a page whose last match has `rank` in the segment in place `at`.
    pub(super) fn cursor(&self, at: usize, rank: Rank) -> tantivy::Result<Cursor> {
        let address = DocAddress::new(self.segment(at), rank.3.0);
        Ok(Cursor { first: rank.0, day: rank.1, path: self.segments[at].path(&rank)?, address })
    }
}
