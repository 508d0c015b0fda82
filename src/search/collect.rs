//! The best matches of a query, in an order that does not depend on how the index is cut into segments.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::sync::Arc;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::Sort;
use super::merge::{Begin, Cursor, Merged, SegmentList};
use super::story::{Place, Stories};
use crate::index::name;

/// Scores are compared in steps of this size: sums of the same parts in another order differ by less.
const STEP: Score = 1.0 / 4096.0;

/// One page of matches and the number of all.
pub(super) struct Page {
    pub(super) total: usize,
    /// How many more match and are passed over, because an earlier one tells the same story.
    pub(super) copies: usize,
    pub(super) matches: Vec<Match>,
    /// Where the page ends, if anything is on it.
    pub(super) end: Option<Cursor>,
}

/// A document that matches.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) address: DocAddress,
    pub(super) score: Score,
}

/// Collects one page.
#[derive(Clone, Default)]
pub(super) struct Pages {
    pub(super) sort: Sort,
    pub(super) limit: usize,
    pub(super) offset: usize,
    /// Where given, of the matches that tell one story only the first printed is kept.
    pub(super) stories: Option<Arc<Stories>>,
    /// All outlets, in the order in which their articles are to stand, where they are sorted by it.
    pub(super) outlets: Vec<String>,
    /// The newest day of the index, where newer articles are to count more.
    pub(super) newest: Option<i64>,
    /// The end of the page before, where only what stands behind that is wanted.
    pub(super) after: Option<Cursor>,
}

impl Pages {
    /// Where the page begins in a segment.
    fn begin(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Option<Begin>> {
        let Some(after) = &self.after else { return Ok(None) };
        after.within(segment, reader.fast_fields().str(name::PATH)?.as_ref()).map(Some)
    }

    /// What a story is ranked by: it is as relevant as the best of its articles, but as new as the one that is shown.
    fn rank_of(&self, told: &Told) -> Rank {
        let first = if self.requires_scoring() { told.best } else { told.rank.0 };
        (first, told.rank.1, told.rank.2, told.rank.3)
    }

    /// For each number of an outlet in a segment, its place among all outlets.
    fn outlet_places(&self, reader: &SegmentReader) -> tantivy::Result<Option<Outlets>> {
        if self.sort != Sort::Outlet {
            return Ok(None);
        }
        let Some(column) = reader.fast_fields().str(name::OUTLET)? else { return Ok(None) };
        let mut places = Vec::with_capacity(column.num_terms());
        let mut stream = column.dictionary().stream()?;
        while stream.advance() {
            let name = String::from_utf8_lossy(stream.key()).into_owned();
            places.push(self.outlets.iter().position(|outlet| *outlet == name).unwrap_or(self.outlets.len()));
        }
        Ok(Some(Outlets { ordinals: column.ords().clone(), places }))
    }
}

/// The outlets of a segment's documents, as places in the order of all outlets.
struct Outlets {
    ordinals: Column<u64>,
    places: Vec<usize>,
}

impl Outlets {
    fn place(&self, document: DocId) -> Option<usize> {
        self.places.get(self.ordinals.first(document)? as usize).copied()
    }
}

/// Days after which an article counts half as much more for being new as one of the newest day.
const HALF_LIFE: f32 = 30.0;

/// What the score is multiplied by for an article that is so many days older than the newest: 2 for the newest, falling
/// to 1.
fn freshness(days: i64) -> Score {
    1.0 + (-(days.max(0) as f32) / HALF_LIFE).exp2()
}

/// What a match is ranked by: the greater, the earlier it stands. First score or day, then day, then path, then place.
pub(super) type Rank = (i64, i64, Reverse<u64>, Reverse<DocId>);

impl Collector for Pages {
    type Fruit = Page;
    type Child = SegmentPages;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentPages> {
        Ok(SegmentPages {
            segment,
            sort: self.sort,
            outlets: self.outlet_places(reader)?,
            newest: self.newest,
            keep: self.offset.saturating_add(self.limit),
            days: reader.fast_fields().i64(name::DAY)?,
            depths: reader.fast_fields().u64(name::DEPTH)?,
            paths: reader.fast_fields().str(name::PATH)?,
            articles: reader.fast_fields().u64(name::ARTICLE)?,
            begin: self.begin(segment, reader)?,
            stories: self.stories.clone(),
            total: 0,
            best: BinaryHeap::new(),
            told: BTreeMap::new(),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<SegmentPage>) -> tantivy::Result<Page> {
        let matching: usize = segments.iter().map(|page| page.total).sum();
        let passed_over: usize = segments.iter().flat_map(|page| page.told.values().map(|told| told.matching)).sum();
        let told = first_told(&segments);
        let copies = passed_over - told.len();
        let mut lists: Vec<SegmentList> = segments.into_iter().map(SegmentList::new).collect();
        for (at, told) in told.into_values() {
            lists[at].push(self.rank_of(&told), told.score);
        }
        let mut merged = Merged::new(lists);
        let mut page = Page { total: matching - copies, copies, matches: Vec::new(), end: None };
        let mut last = None;
        for _ in 0..self.offset.saturating_add(self.limit) {
            let Some((at, rank, score)) = merged.next()? else { break };
            last = Some((at, rank));
            page.matches.push(Match { address: DocAddress::new(merged.segment(at), rank.3.0), score });
        }
        page.matches.drain(..self.offset.min(page.matches.len()));
        page.end = last.map(|(at, rank)| merged.cursor(at, rank)).transpose()?;
        Ok(page)
    }
}

/// Of each story the matching article that was printed first, with the place of its segment.
fn first_told(segments: &[SegmentPage]) -> BTreeMap<u32, (usize, Told)> {
    let mut first: BTreeMap<u32, (usize, Told)> = BTreeMap::new();
    for (at, page) in segments.iter().enumerate() {
        for (&story, &told) in &page.told {
            let (segment, before) = first.entry(story).or_insert((at, told));
            let best = before.best.max(told.best);
            if told.place.member < before.place.member {
                (*segment, *before) = (at, told);
            }
            before.best = best;
        }
    }
    first
}

/// Collects the best of one segment.
pub(super) struct SegmentPages {
    segment: SegmentOrdinal,
    sort: Sort,
    outlets: Option<Outlets>,
    newest: Option<i64>,
    keep: usize,
    days: Column<i64>,
    depths: Column<u64>,
    paths: Option<StrColumn>,
    articles: Column<u64>,
    begin: Option<Begin>,
    stories: Option<Arc<Stories>>,
    total: usize,
    /// The best so far, the worst of them on top.
    best: BinaryHeap<Reverse<(Rank, OrderedScore)>>,
    /// Of each story that several articles of the index tell, the matching one that was printed first.
    told: BTreeMap<u32, Told>,
}

/// The matching article of a story that was printed first.
#[derive(Clone, Copy)]
struct Told {
    place: Place,
    rank: Rank,
    score: Score,
    /// The best that any of the story is ranked by first.
    best: i64,
    /// How many of the story match.
    matching: usize,
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
    pub(super) segment: SegmentOrdinal,
    pub(super) paths: Option<StrColumn>,
    pub(super) begin: Option<Begin>,
    total: usize,
    pub(super) best: Vec<(Rank, Score)>,
    told: BTreeMap<u32, Told>,
}

impl SegmentPages {
    /// What `document` is ranked by first.
    fn first(&self, document: DocId, score: Score) -> i64 {
        match self.sort {
            Sort::Relevance => (score / STEP).round() as i64,
            Sort::Newest => self.day(document),
            Sort::Prominence => self.depths.first(document).map_or(self.day(document), |depth| -(depth as i64)),
            Sort::Outlet => {
                let place = self.outlets.as_ref().and_then(|outlets| outlets.place(document));
                place.map_or(i64::MIN, |place| -(place as i64))
            }
            Sort::Oldest => self.days.first(document).map_or(i64::MIN, |day| -day),
        }
    }

    fn day(&self, document: DocId) -> i64 {
        self.days.first(document).unwrap_or(i64::MIN)
    }

    fn rank(&self, first: i64, document: DocId) -> Rank {
        (first, self.day(document), Reverse(self.path(document)), Reverse(document))
    }

    /// Where `document` stands in a story of several articles.
    fn place(&self, document: DocId) -> Option<Place> {
        self.stories.as_ref()?.place(self.articles.first(document)?)
    }

    /// Keeps the match at `place` of its story, unless one before it is there.
    fn tell(&mut self, place: Place, rank: Rank, score: Score) {
        let told = self.told.entry(place.story).or_insert(Told { place, rank, score, best: rank.0, matching: 0 });
        (told.matching, told.best) = (told.matching + 1, told.best.max(rank.0));
        if place.member < told.place.member {
            (told.place, told.rank, told.score) = (place, rank, score);
        }
    }

    fn path(&self, document: DocId) -> u64 {
        self.paths.as_ref().and_then(|paths| paths.ords().first(document)).unwrap_or(u64::MAX)
    }
}

impl SegmentCollector for SegmentPages {
    type Fruit = SegmentPage;

    fn collect(&mut self, document: DocId, score: Score) {
        self.total += 1;
        let score = match (self.newest, self.days.first(document)) {
            (Some(newest), Some(day)) => score * freshness(newest - day),
            _ => score,
        };
        let first = self.first(document, score);
        if let Some(place) = self.place(document) {
            return self.tell(place, self.rank(first, document), score);
        }
        if self.best.len() >= self.keep {
            match self.best.peek() {
                Some(Reverse((worst, _))) if first >= worst.0 => {}
                _ => return,
            }
        }
        let rank = self.rank(first, document);
        if self.begin.as_ref().is_some_and(|begin| !begin.is_before(&rank)) {
            return;
        }
        self.best.push(Reverse((rank, OrderedScore(score))));
        if self.best.len() > self.keep {
            self.best.pop();
        }
    }

    fn harvest(self) -> SegmentPage {
        let best = self.best.into_iter().map(|Reverse((rank, score))| (rank, score.0)).collect();
        let Self { segment, paths, begin, total, told, .. } = self;
        SegmentPage { segment, paths, begin, total, best, told }
    }
}
