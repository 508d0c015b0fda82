//! What listings say beside their hits: counts, sums, and what could not be read.

use serde::Serialize;

use super::{Body, Line};
use crate::search::{Facet, Keyness, Series, Timeline};

/// A value of a field, and how many have it.
#[derive(Debug, Serialize)]
pub(super) struct FacetFields<'a> {
    field: &'a str,
    value: &'a str,
    count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_million_words: Option<f64>,
}

/// How many articles match in a period.
#[derive(Debug, Serialize)]
pub(super) struct PeriodFields<'a> {
    series: &'a str,
    period: String,
    first: String,
    count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_million_words: Option<f64>,
}

/// How many articles of a series stand in no period.
#[derive(Debug, Serialize)]
pub(super) struct UndatedFields<'a> {
    series: &'a str,
    count: usize,
}

/// How many there are, and how many of them are listed.
#[derive(Debug, Serialize)]
pub(super) struct SummaryFields {
    total: usize,
    shown: usize,
}

/// What stands in the place of an input that could not be read.
#[derive(Debug, Serialize)]
pub(super) struct ErrorFields<'a> {
    id: Option<&'a str>,
    error: &'a str,
}

/// A query of several, whose answer follows.
#[derive(Debug, Serialize)]
pub(super) struct QueryFields<'a> {
    query: &'a str,
    line: usize,
}

/// What is said unusually often.
#[derive(Debug, Serialize)]
pub(super) struct TermFields<'a> {
    list: &'a str,
    value: &'a str,
    inside: u64,
    outside: u64,
    log_likelihood: f64,
}

impl<'a> Line<'a> {
    /// The query that the lines up to the next one answer; it stands on line `line` of its file.
    pub fn query(query: &'a str, line: usize) -> Self {
        Self::new("query", Body::Query(QueryFields { query, line }))
    }

    /// A word, phrase or actor that is unusually frequent; `list` says which.
    pub fn term(list: &'a str, key: &'a Keyness) -> Self {
        let Keyness { value, inside, outside, score } = key;
        let fields = TermFields { list, value, inside: *inside, outside: *outside, log_likelihood: *score };
        Self::new("term", Body::Term(fields))
    }

    /// The values of a facet.
    pub fn facets(facet: &'a Facet) -> impl Iterator<Item = Self> {
        facet.values.iter().enumerate().map(|(at, count)| {
            let fields = FacetFields {
                field: facet.field.as_str(),
                value: &count.value,
                count: count.count,
                per_million_words: facet.per_million.get(at).copied(),
            };
            Self::new("facet", Body::Facet(fields))
        })
    }

    /// The periods of a timeline, one series after the other, each with what has no date behind it, if anything has none;
    /// `names` are those of the series.
    pub fn timeline(timeline: &'a Timeline, names: &'a [String]) -> impl Iterator<Item = Self> {
        let lines = move |(series, name): (&'a Series, &'a String)| {
            let undated = Some(series.undated).filter(|&count| count > 0);
            let undated =
                undated.map(|count| Self::new("undated", Body::Undated(UndatedFields { series: name, count })));
            let periods = timeline.periods.iter().enumerate().map(move |(at, first)| {
                let fields = PeriodFields {
                    series: name,
                    period: timeline.by.label(*first),
                    first: first.to_string(),
                    count: series.counts[at],
                    per_million_words: series.per_million.get(at).copied(),
                };
                Self::new("period", Body::Period(fields))
            });
            periods.chain(undated)
        };
        timeline.series.iter().zip(names).flat_map(lines)
    }

    /// The last line of a listing: how many match in all, and how many lines came.
    pub fn summary(total: usize, shown: usize) -> Self {
        Self::new("summary", Body::Summary(SummaryFields { total, shown }))
    }

    /// Stands where the input named `id`, where it names itself, could not be read.
    pub fn error(id: Option<&'a str>, error: &'a str) -> Self {
        Self::new("error", Body::Error(ErrorFields { id, error }))
    }
}
