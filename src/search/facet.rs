//! How many matches have each value of a field: exact, over all values.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::block::Block;
use super::plan::has_run;
use super::story::Stories;
use super::union::Union;
use super::{FacetCount, FacetField};
use crate::index::analyzer::words;
use crate::index::name;

/// Counts matches by `field`.
pub(super) struct Facets {
    pub(super) field: FacetField,
    pub(super) limit: usize,
    /// Where given, articles that tell the same story count once for each value.
    pub(super) stories: Option<Arc<Stories>>,
    /// Only values with words that begin so; empty for all.
    pub(super) beginning: Vec<String>,
    /// Counts the words of the matches, not the matches.
    pub(super) weighed: bool,
}

impl Facets {
    /// Counts all values of `field`.
    pub(super) const fn new(field: FacetField, limit: usize) -> Self {
        Self { field, limit, stories: None, beginning: Vec::new(), weighed: false }
    }
}

/// What is counted: how many different values there are, and those listed.
#[derive(Default)]
pub(super) struct Found {
    pub(super) total: usize,
    pub(super) values: Vec<FacetCount>,
}

impl Found {
    fn all(counts: BTreeMap<String, usize>) -> Self {
        let values: Vec<FacetCount> = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
        Self { total: values.len(), values }
    }
}

/// What a field is counted by.
enum By {
    /// Its values, by their name in the index.
    Name(&'static str),
    /// The first so many characters of the day.
    Day(usize),
}

impl FacetField {
    const fn by(self) -> By {
        match self {
            Self::Outlet => By::Name(name::OUTLET),
            Self::Wire => By::Name(name::WIRE),
            Self::Byline => By::Name(name::BYLINE),
            Self::Language => By::Name(name::LANGUAGE),
            Self::Person => By::Name(name::PERSON),
            Self::Organization => By::Name(name::ORGANIZATION),
            Self::Place => By::Name(name::PLACE),
            Self::Other => By::Name(name::OTHER),
            Self::Speaker => By::Name(name::SPEAKER),
            Self::Year => By::Day(4),
            Self::Month => By::Day(7),
            Self::Day => By::Day(10),
        }
    }

    /// The column that has its values; none for days, months and years.
    pub(super) const fn column(self) -> Option<&'static str> {
        match self.by() {
            By::Name(name) => Some(name),
            By::Day(_) => None,
        }
    }
}

impl Collector for Facets {
    type Fruit = Found;
    type Child = Counts;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Counts> {
        let columns = reader.fast_fields();
        let values = match self.field.by() {
            By::Day(_) => Values::Days(columns.i64(name::DAY)?, BTreeMap::new()),
            By::Name(name) => columns.str(name)?.map_or(Values::Nothing, Values::names),
        };
        Ok(Counts {
            values,
            articles: columns.u64(name::ARTICLE)?,
            weights: if self.weighed { Some(columns.u64(name::LENGTH)?) } else { None },
            stories: self.stories.clone(),
            told: HashSet::new(),
            block: Block::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Counts>) -> tantivy::Result<Found> {
        let found = match self.field.by() {
            By::Day(width) => by_day(segments, width),
            By::Name(_) => by_name(segments, self.kept())?,
        };
        Ok(self.listed(found))
    }
}

impl Facets {
    /// How many names have to be kept of all, the most frequent first, to list those that are wanted.
    pub(super) fn kept(&self) -> usize {
        if self.beginning.is_empty() { self.limit } else { usize::MAX }
    }

    /// What is to be listed of `found`.
    pub(super) fn listed(&self, mut found: Found) -> Found {
        if !self.beginning.is_empty() {
            found.values.retain(|count| has_run(&words(&count.value), &self.beginning, true));
            found.total = found.values.len();
        }
        if let By::Name(_) = self.field.by() {
            found.values.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value)));
            found.values.truncate(self.limit);
        }
        found
    }
}

/// The counts of one segment.
pub(super) struct Counts {
    values: Values,
    articles: Column<u64>,
    /// What each document counts for, where that is not 1.
    weights: Option<Column<u64>>,
    stories: Option<Arc<Stories>>,
    /// Stories that several articles tell, each with the ordinals or days that it has been met with.
    told: HashSet<(u32, i64)>,
    block: Block,
}

/// How often each value of a segment was met.
enum Values {
    Nothing,
    Names { ordinals: Column<u64>, column: StrColumn, counts: Vec<u64> },
    Days(Column<i64>, BTreeMap<i64, u64>),
}

impl Values {
    fn names(column: StrColumn) -> Self {
        Self::Names { ordinals: column.ords().clone(), counts: vec![0; column.num_terms()], column }
    }
}

impl SegmentCollector for Counts {
    type Fruit = Self;

    fn collect(&mut self, document: DocId, _: Score) {
        let weight = self.weights.as_ref().map_or(1, |weights| weights.first(document).unwrap_or_default());
        let stories = self.stories.as_ref();
        let place = stories.and_then(|stories| stories.place(self.articles.first(document)?));
        match (&mut self.values, place) {
            (Values::Nothing, _) => {}
            (Values::Names { ordinals, .. }, Some(place)) => {
                let values = ordinals.values_for_doc(document);
                self.told.extend(values.map(|ordinal| (place.story, ordinal as i64)));
            }
            (Values::Names { ordinals, counts, .. }, None) => {
                for ordinal in ordinals.values_for_doc(document) {
                    counts[ordinal as usize] += weight;
                }
            }
            (Values::Days(days, _), Some(place)) => {
                self.told.extend(days.first(document).map(|day| (place.story, day)));
            }
            (Values::Days(days, counts), None) => {
                if let Some(day) = days.first(document) {
                    *counts.entry(day).or_default() += weight;
                }
            }
        }
    }

    fn collect_block(&mut self, documents: &[DocId]) {
        let is_plain = self.stories.is_none() && self.weights.is_none();
        match &mut self.values {
            Values::Names { ordinals, counts, .. } if is_plain => {
                self.block.read(ordinals, documents);
                for &ordinal in &self.block.values {
                    counts[ordinal as usize] += 1;
                }
            }
            _ => documents.iter().for_each(|&document| self.collect(document, 0.0)),
        }
    }

    fn harvest(self) -> Self {
        self
    }
}

/// Days to periods, whose names are the first `width` characters of the day; all of them, in order.
fn by_day(segments: Vec<Counts>, width: usize) -> Found {
    let mut periods: BTreeMap<String, usize> = BTreeMap::new();
    let mut told: HashSet<(u32, String)> = HashSet::new();
    for segment in segments {
        let Values::Days(_, counts) = segment.values else { continue };
        for (day, count) in counts {
            *periods.entry(period(day, width)).or_default() += count as usize;
        }
        told.extend(segment.told.into_iter().map(|(story, day)| (story, period(day, width))));
    }
    add_each(&mut periods, told);
    Found::all(periods)
}

/// The name of the period that `day` is in.
fn period(day: i64, width: usize) -> String {
    let date = NaiveDate::from_num_days_from_ce_opt(day as i32).unwrap_or_default();
    let mut text = format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
    text.truncate(width);
    text
}

/// Counts each story once for each value that it was `told` with.
fn add_each(counts: &mut BTreeMap<String, usize>, told: HashSet<(u32, String)>) {
    let mut values: Vec<String> = told.into_iter().map(|(_, value)| value).collect();
    values.sort_unstable();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
}

/// The most frequent names of all segments, and how many there are.
fn by_name(segments: Vec<Counts>, limit: usize) -> tantivy::Result<Found> {
    let (mut columns, mut counted) = (Vec::new(), Vec::new());
    for segment in segments {
        let Values::Names { column, counts, .. } = segment.values else { continue };
        let told: Vec<(u32, u64)> = segment.told.iter().map(|&(story, ordinal)| (story, ordinal as u64)).collect();
        columns.push((column, met(&counts, &told)));
        counted.push((counts, told));
    }
    let union = Union::new(columns)?;
    let mut totals = vec![0; union.len()];
    let mut stories: Vec<(u32, u32)> = Vec::new();
    for (number, (counts, told)) in counted.iter().enumerate() {
        for (ordinal, place) in union.places(number) {
            totals[place as usize] += counts[ordinal as usize] as usize;
        }
        stories.extend(told.iter().filter_map(|&(story, ordinal)| Some((story, union.place(number, ordinal)?))));
    }
    stories.sort_unstable();
    stories.dedup();
    for (_, place) in stories {
        totals[place as usize] += 1;
    }
    let most = most_frequent(&totals, limit);
    let names = union.names(&most)?;
    let values = most.iter().zip(names).map(|(&place, value)| FacetCount { value, count: totals[place as usize] });
    Ok(Found { total: union.len(), values: values.collect() })
}

/// The ordinals that were met, ascending: those counted, and those that stories were `told` with.
fn met(counts: &[u64], told: &[(u32, u64)]) -> Vec<u64> {
    let mut ordinals: Vec<u64> =
        (0..).zip(counts).filter(|(_, count)| **count > 0).map(|(ordinal, _)| ordinal).collect();
    if !told.is_empty() {
        ordinals.extend(told.iter().map(|&(_, ordinal)| ordinal));
        ordinals.sort_unstable();
        ordinals.dedup();
    }
    ordinals
}

/// The places of the `limit` highest of `totals`, ascending; of equals the first, which is the first by name.
fn most_frequent(totals: &[usize], limit: usize) -> Vec<u32> {
    let mut places: Vec<u32> = (0..totals.len() as u32).collect();
    if limit < places.len() {
        places.select_nth_unstable_by_key(limit, |&place| (Reverse(totals[place as usize]), place));
        places.truncate(limit);
    }
    places.sort_unstable();
    places
}
