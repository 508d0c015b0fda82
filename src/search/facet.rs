//! How many matches have each value of a field: exact, over all values.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::{FacetCount, FacetField};
use crate::index::name;

/// Counts matches by `field`.
pub(super) struct Facets {
    pub(super) field: FacetField,
    pub(super) limit: usize,
}

/// What a field is counted by.
enum By {
    /// Its values, by their name in the index.
    Name(&'static str),
    /// The first so many characters of the day.
    Day(usize),
}

impl Facets {
    const fn by(&self) -> By {
        match self.field {
            FacetField::Outlet => By::Name(name::OUTLET),
            FacetField::Wire => By::Name(name::WIRE),
            FacetField::Byline => By::Name(name::BYLINE),
            FacetField::Language => By::Name(name::LANGUAGE),
            FacetField::Person => By::Name(name::PERSON),
            FacetField::Organization => By::Name(name::ORGANIZATION),
            FacetField::Place => By::Name(name::PLACE),
            FacetField::Other => By::Name(name::OTHER),
            FacetField::Speaker => By::Name(name::SPEAKER),
            FacetField::Year => By::Day(4),
            FacetField::Month => By::Day(7),
            FacetField::Day => By::Day(10),
        }
    }
}

impl Collector for Facets {
    type Fruit = Vec<FacetCount>;
    type Child = Counts;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Counts> {
        Ok(match self.by() {
            By::Day(_) => Counts::Days(reader.fast_fields().i64(name::DAY)?, BTreeMap::new()),
            By::Name(name) => match reader.fast_fields().str(name)? {
                Some(column) => Counts::names(column),
                None => Counts::Nothing,
            },
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Counts>) -> tantivy::Result<Vec<FacetCount>> {
        let mut counts = match self.by() {
            By::Day(width) => return Ok(by_day(segments, width)),
            By::Name(_) => by_name(segments, self.limit)?,
        };
        counts.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value)));
        counts.truncate(self.limit);
        Ok(counts)
    }
}

/// The counts of one segment.
pub(super) enum Counts {
    Nothing,
    Names { ordinals: Column<u64>, column: StrColumn, counts: Vec<u32> },
    Days(Column<i64>, BTreeMap<i64, usize>),
}

impl Counts {
    fn names(column: StrColumn) -> Self {
        Self::Names { ordinals: column.ords().clone(), counts: vec![0; column.num_terms()], column }
    }
}

impl SegmentCollector for Counts {
    type Fruit = Self;

    fn collect(&mut self, document: DocId, _: Score) {
        match self {
            Self::Nothing => {}
            Self::Names { ordinals, counts, .. } => {
                for ordinal in ordinals.values_for_doc(document) {
                    counts[ordinal as usize] += 1;
                }
            }
            Self::Days(days, counts) => {
                if let Some(day) = days.first(document) {
                    *counts.entry(day).or_default() += 1;
                }
            }
        }
    }

    fn harvest(self) -> Self {
        self
    }
}

/// Days to periods, whose names are the first `width` characters of the day; all of them, in order.
fn by_day(segments: Vec<Counts>, width: usize) -> Vec<FacetCount> {
    let mut periods: BTreeMap<String, usize> = BTreeMap::new();
    for segment in segments {
        let Counts::Days(_, counts) = segment else { continue };
        for (day, count) in counts {
            let Some(date) = NaiveDate::from_num_days_from_ce_opt(day as i32) else { continue };
            let text = format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day());
            *periods.entry(text[..width].to_owned()).or_default() += count;
        }
    }
    periods.into_iter().map(|(value, count)| FacetCount { value, count }).collect()
}

/// Adds up the counts of equal names; looks up only as many names of a single segment as are shown.
fn by_name(segments: Vec<Counts>, limit: usize) -> tantivy::Result<Vec<FacetCount>> {
    let alone = segments.len() == 1;
    let mut totals: BTreeMap<String, usize> = BTreeMap::new();
    for segment in segments {
        let Counts::Names { column, counts, .. } = segment else { continue };
        let mut found: Vec<(u64, u32)> =
            counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(at, count)| (at as u64, *count)).collect();
        if alone {
            // Names have their numbers in their own order, so the first of equals are the first by name.
            found.sort_by_key(|&(ordinal, count)| (std::cmp::Reverse(count), ordinal));
            found.truncate(limit);
            found.sort_unstable();
        }
        let mut amounts = found.iter().map(|&(_, count)| count as usize);
        column.dictionary().sorted_ords_to_term_cb(
            &found.iter().map(|&(ordinal, _)| ordinal).collect::<Vec<_>>(),
            |name| {
                *totals.entry(String::from_utf8_lossy(name).into_owned()).or_default() +=
                    amounts.next().unwrap_or_default();
            },
        )?;
    }
    Ok(totals.into_iter().map(|(value, count)| FacetCount { value, count }).collect())
}
