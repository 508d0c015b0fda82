//! The best matches of a query, in an order that does not depend on how the index is cut into segments.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::Sort;
use crate::index::name;

/// Scores are compared in steps of this size: sums of the same parts in another order differ by less.
const STEP: Score = 1.0 / 4096.0;

/// One page of matches and the number of all.
pub(super) struct Page {
    pub(super) total: usize,
    pub(super) matches: Vec<Match>,
}

/// A document that matches.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) address: DocAddress,
    pub(super) score: Score,
}

/// Collects one page.
pub(super) struct Pages {
    pub(super) sort: Sort,
    pub(super) limit: usize,
    pub(super) offset: usize,
}

/// What a match is ranked by: the greater, the earlier it stands. First score or day, then day, then path, then place.
type Rank = (i64, i64, Reverse<u64>, Reverse<DocId>);

impl Collector for Pages {
    type Fruit = Page;
    type Child = SegmentPages;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentPages> {
        Ok(SegmentPages {
            segment,
            sort: self.sort,
            keep: self.offset.saturating_add(self.limit),
            days: reader.fast_fields().i64(name::DAY)?,
            depths: reader.fast_fields().u64(name::DEPTH)?,
            paths: reader.fast_fields().str(name::PATH)?,
            total: 0,
            best: BinaryHeap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<SegmentPage>) -> tantivy::Result<Page> {
        let total = segments.iter().map(|page| page.total).sum();
        let mut best = Vec::new();
        for page in segments {
            let paths = page.paths;
            for (rank, score) in page.best {
                let mut path = String::new();
                if let Some(paths) = &paths {
                    paths.ord_to_str(rank.2.0, &mut path)?;
                }
                let address = DocAddress::new(page.segment, rank.3.0);
                best.push(((Reverse(rank.0), Reverse(rank.1), path, address), Match { address, score }));
            }
        }
        best.sort_by(|left, right| left.0.cmp(&right.0));
        let matches = best.into_iter().map(|(_, found)| found).skip(self.offset).take(self.limit).collect();
        Ok(Page { total, matches })
    }
}

/// Collects the best of one segment.
pub(super) struct SegmentPages {
    segment: SegmentOrdinal,
    sort: Sort,
    keep: usize,
    days: Column<i64>,
    depths: Column<u64>,
    paths: Option<StrColumn>,
    total: usize,
    /// The best so far, the worst of them on top.
    best: BinaryHeap<Reverse<(Rank, OrderedScore)>>,
}

/// A score that rides along in a heap without counting there.
#[derive(Clone, Copy)]
struct OrderedScore(Score);

impl PartialEq for OrderedScore {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for OrderedScore {}

impl PartialOrd for OrderedScore {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for OrderedScore {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

/// The best of one segment.
pub(super) struct SegmentPage {
    segment: SegmentOrdinal,
    paths: Option<StrColumn>,
    total: usize,
    best: Vec<(Rank, Score)>,
}

impl SegmentPages {
    /// What `document` is ranked by first.
    fn first(&self, document: DocId, score: Score) -> i64 {
        match self.sort {
            Sort::Relevance => (score / STEP).round() as i64,
            Sort::Newest => self.day(document),
            Sort::Prominence => self.depths.first(document).map_or(self.day(document), |depth| -(depth as i64)),
            Sort::Oldest => self.days.first(document).map_or(i64::MIN, |day| -day),
        }
    }

    fn day(&self, document: DocId) -> i64 {
        self.days.first(document).unwrap_or(i64::MIN)
    }

    fn path(&self, document: DocId) -> u64 {
        self.paths.as_ref().and_then(|paths| paths.ords().first(document)).unwrap_or(u64::MAX)
    }
}

impl SegmentCollector for SegmentPages {
    type Fruit = SegmentPage;

    fn collect(&mut self, document: DocId, score: Score) {
        self.total += 1;
        let first = self.first(document, score);
        if self.best.len() >= self.keep {
            match self.best.peek() {
                Some(Reverse((worst, _))) if first >= worst.0 => {}
                _ => return,
            }
        }
        let rank = (first, self.day(document), Reverse(self.path(document)), Reverse(document));
        self.best.push(Reverse((rank, OrderedScore(score))));
        if self.best.len() > self.keep {
            self.best.pop();
        }
    }

    fn harvest(self) -> SegmentPage {
        let best = self.best.into_iter().map(|Reverse((rank, score))| (rank, score.0)).collect();
        SegmentPage { segment: self.segment, paths: self.paths, total: self.total, best }
    }
}
