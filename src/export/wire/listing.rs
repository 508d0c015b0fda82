//! What listings say beside their hits: counts, sums, and what could not be read.

use serde::Serialize;

use super::{Body, Line};
use crate::search::FacetCount;

/// A value of a field, and how many have it.
#[derive(Debug, Serialize)]
pub(super) struct FacetFields<'a> {
    field: &'a str,
    value: &'a str,
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

impl<'a> Line<'a> {
    /// A value of the facet `field`.
    pub fn facet(field: &'a str, facet: &'a FacetCount) -> Self {
        Self::new("facet", Body::Facet(FacetFields { field, value: &facet.value, count: facet.count }))
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
