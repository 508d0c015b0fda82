//! Counts over time, without gaps.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::count::per_million;
use super::{FacetField, Filters, Query};
use crate::index::name;

/// What to count over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimelineRequest {
    /// What the articles match: a series for each, or, with [`split`](Self::split), any of them.
    pub queries: Vec<Query>,
    /// Conditions on the articles.
    pub filters: Filters,
    /// How long a period is.
    pub by: Period,
    /// The field whose values have a series each.
    pub split: Option<FacetField>,
    /// Most values of that field, those in most articles.
    pub series: usize,
    /// Whether to set the counts against the number of words printed.
    pub per_million: bool,
}

/// A length of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Period {
    /// A day.
    Day,
    /// From Monday to Sunday.
    Week,
    /// A month.
    #[default]
    Month,
    /// A year.
    Year,
}

impl Period {
    /// All, the shortest first.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// The word that flags use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// First day of the period that `day` is in.
    pub fn first(self, day: NaiveDate) -> NaiveDate {
        let first = match self {
            Self::Day => Some(day),
            Self::Week => day.checked_sub_days(chrono::Days::new(day.weekday().num_days_from_monday().into())),
            Self::Month => day.with_day(1),
            Self::Year => day.with_ordinal(1),
        };
        first.unwrap_or(day)
    }

    /// First day of the period after the one that begins with `first`.
    fn next(self, first: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Day => first.succ_opt(),
            Self::Week => first.checked_add_days(chrono::Days::new(7)),
            Self::Month => first.checked_add_months(Months::new(1)),
            Self::Year => first.checked_add_months(Months::new(12)),
        }
    }

    /// The name of the period that begins with `first`: `2016`, `2016-09`, `2016-W36` (ISO 8601), `2016-09-12`.
    pub fn label(self, first: NaiveDate) -> String {
        let format = match self {
            Self::Day => "%Y-%m-%d",
            Self::Week => "%G-W%V",
            Self::Month => "%Y-%m",
            Self::Year => "%Y",
        };
        first.format(format).to_string()
    }
}

/// Counts over time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// How long a period is.
    pub by: Period,
    /// First days of the periods, in order and without a gap.
    pub periods: Vec<NaiveDate>,
    /// One series for each query or value.
    pub series: Vec<Series>,
}

/// One row of counts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// The value that it is of, where the articles are split by a field.
    pub value: Option<String>,
    /// Articles in each period.
    pub counts: Vec<usize>,
    /// Articles in each period, in every million words that are printed in it; empty where that was not asked for.
    pub per_million: Vec<f64>,
    /// Articles without a day, which stand in no period.
    pub undated: usize,
}

/// Counts matches by day.
#[derive(Default)]
pub(super) struct Daily {
    /// A field, and for each series the values of it that it counts.
    pub(super) split: Option<(FacetField, Vec<Vec<String>>)>,
    /// Counts the words of the matches, not the matches.
    pub(super) weighed: bool,
}

/// Counts by day, for each value of a split or for all, and those without a day.
#[derive(Default)]
pub(super) struct Days {
    series: Vec<(BTreeMap<i64, u64>, u64)>,
}

impl Days {
    /// `series` without a match yet.
    pub(super) fn new(series: usize) -> Self {
        Self { series: vec![(BTreeMap::new(), 0); series] }
    }

    /// Counts a match of `day` as `weight` in the series `at`.
    pub(super) fn add(&mut self, at: usize, day: Option<i64>, weight: u64) {
        let (days, undated) = &mut self.series[at];
        *day.map_or(undated, |day| days.entry(day).or_default()) += weight;
    }
}

impl Collector for Daily {
    type Fruit = Days;
    type Child = SegmentDays;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentDays> {
        let fast = reader.fast_fields();
        let column = match self.split.as_ref().and_then(|(field, values)| Some((field.column()?, values))) {
            Some((column, values)) => fast.str(column)?.map(|column| (column, values)),
            None => None,
        };
        let mut wanted = Vec::new();
        if let Some((column, values)) = &column {
            for values in *values {
                let mut ordinals = Vec::new();
                for value in values {
                    ordinals.extend(column.dictionary().term_ord(value.as_bytes())?);
                }
                wanted.push(ordinals);
            }
        }
        let series = self.split.as_ref().map_or(1, |(_, values)| values.len());
        Ok(SegmentDays {
            days: fast.i64(name::DAY)?,
            weights: if self.weighed { Some(fast.u64(name::LENGTH)?) } else { None },
            is_split: self.split.is_some(),
            ordinals: column.map(|(column, _)| column.ords().clone()),
            wanted,
            found: Days::new(series),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Days>) -> tantivy::Result<Days> {
        let mut sum = Days::default();
        for segment in segments {
            sum.series.resize(segment.series.len().max(sum.series.len()), Default::default());
            for (into, (days, undated)) in sum.series.iter_mut().zip(segment.series) {
                for (day, count) in days {
                    *into.0.entry(day).or_default() += count;
                }
                into.1 += undated;
            }
        }
        Ok(sum)
    }
}

/// Counts the matches of one segment.
pub(super) struct SegmentDays {
    days: Column<i64>,
    weights: Option<Column<u64>>,
    is_split: bool,
    ordinals: Option<Column<u64>>,
    /// The numbers of the values that each series counts, as far as the segment has them.
    wanted: Vec<Vec<u64>>,
    found: Days,
}

impl SegmentCollector for SegmentDays {
    type Fruit = Days;

    fn collect(&mut self, document: DocId, _: Score) {
        let weight = self.weights.as_ref().map_or(1, |weights| weights.first(document).unwrap_or_default());
        let day = self.days.first(document);
        if !self.is_split {
            return self.found.add(0, day, weight);
        }
        for ordinal in self.ordinals.iter().flat_map(|ordinals| ordinals.values_for_doc(document)) {
            if let Some(at) = self.wanted.iter().position(|wanted| wanted.contains(&ordinal)) {
                self.found.add(at, day, weight);
            }
        }
    }

    fn harvest(self) -> Days {
        self.found
    }
}

/// Puts counts by day into periods; `found` has all series of a split, or one for each query.
pub(super) fn timeline(
    request: &TimelineRequest,
    names: Vec<String>,
    found: &[Days],
    words: Option<&Days>,
) -> Timeline {
    let by = request.by;
    let counts: Vec<_> = found.iter().flat_map(|days| &days.series).collect();
    let periods = periods(by, &request.filters, counts.iter().flat_map(|(days, _)| days.keys().copied()));
    let place = |day: i64| periods.partition_point(|first| *first <= date(day).unwrap_or_default()).checked_sub(1);
    let put = |days: &BTreeMap<i64, u64>| {
        let mut row = vec![0u64; periods.len()];
        for (&day, count) in days {
            if let Some(cell) = place(day).and_then(|at| row.get_mut(at)) {
                *cell += count;
            }
        }
        row
    };
    let mut names = names.into_iter().map(Some);
    let mut series = Vec::with_capacity(counts.len());
    for (at, (days, undated)) in counts.into_iter().enumerate() {
        let counts = put(days);
        // Queries are set against the same words; the values of a split have each their own.
        let words = words.and_then(|words| words.series.get(at).or(words.series.first())).map(|(days, _)| put(days));
        let relative =
            words.map(|words| counts.iter().zip(words).map(|(&count, words)| per_million(count, words)).collect());
        series.push(Series {
            value: names.next().flatten(),
            counts: counts.into_iter().map(|count| count as usize).collect(),
            per_million: relative.unwrap_or_default(),
            undated: *undated as usize,
        });
    }
    Timeline { by, periods, series }
}

/// The periods from the first to the last of `days`, or of what `filters` name where that is more.
fn periods(by: Period, filters: &Filters, days: impl Iterator<Item = i64> + Clone) -> Vec<NaiveDate> {
    let earliest = days.clone().min().and_then(date).into_iter().chain(filters.from).min();
    let latest = days.max().and_then(date).into_iter().chain(filters.to).max();
    let Some((earliest, latest)) = earliest.zip(latest) else { return Vec::new() };
    std::iter::successors(Some(by.first(earliest)), |first| by.next(*first))
        .take_while(|first| *first <= latest)
        .collect()
}

fn date(day: i64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn check(by: Period, days: &[&str], expect: &[&str]) {
        let numbers: Vec<i64> = days.iter().map(|text| i64::from(day(text).num_days_from_ce())).collect();
        let found = periods(by, &Filters::default(), numbers.iter().copied());
        assert_eq!(found.into_iter().map(|first| by.label(first)).collect::<Vec<_>>(), expect);
    }

    #[test]
    fn periods_have_no_gaps() {
        check(Period::Month, &["2016-11-30", "2017-02-01"], &["2016-11", "2016-12", "2017-01", "2017-02"]);
        check(Period::Week, &["2021-01-03", "2021-01-11"], &["2020-W53", "2021-W01", "2021-W02"]);
        check(Period::Day, &["2024-02-28", "2024-03-01"], &["2024-02-28", "2024-02-29", "2024-03-01"]);
        check(Period::Year, &["2016-12-31"], &["2016"]);
        check(Period::Year, &[], &[]);
    }

    #[test]
    fn counts_stand_in_their_period_and_are_set_against_words() {
        let number = |text: &str| i64::from(day(text).num_days_from_ce());
        let days = |counts: &[(&str, u64)], undated| Days {
            series: vec![(counts.iter().map(|&(day, count)| (number(day), count)).collect(), undated)],
        };
        let found = days(&[("2016-11-30", 2), ("2016-11-02", 1), ("2017-01-09", 4)], 5);
        let words = days(&[("2016-11-03", 3_000), ("2016-12-03", 9_000), ("2017-01-01", 2_000)], 0);
        let request = TimelineRequest { queries: vec![Query::All], ..TimelineRequest::default() };
        let timeline = timeline(&request, Vec::new(), &[found], Some(&words));
        let [series] = &timeline.series[..] else { panic!("one series") };
        assert_eq!((&series.counts[..], series.undated), (&[3, 0, 4][..], 5));
        assert_eq!(series.per_million, [1_000.0, 0.0, 2_000.0]);
    }
}
