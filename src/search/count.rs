//! Counts of articles by their fields and over time.

use std::collections::BTreeMap;

use tantivy::query::Query as Plan;

use super::facet::{Facets, Found};
use super::timeline::{self, Daily};
use super::{
    Facet, FacetCount, FacetField, FacetRequest, Filters, Query, QuoteRequest, Searcher, Timeline, TimelineRequest,
    actor, figure, filtered, of_quotes, plan,
};
use crate::error::Result;
use crate::index::Kind;
use crate::index::analyzer::words;

/// Words that relative counts are given for.
const MILLION: f64 = 1e6;

impl Searcher {
    /// How many of the articles that match `query` and `filters` have each value of `field`: the `limit` most frequent,
    /// or, for days, months and years, all in order.
    pub fn facets(&self, query: &Query, filters: &Filters, field: FacetField, limit: usize) -> Result<Vec<FacetCount>> {
        Ok(self.counted(query, filters, &Facets::new(field, limit))?.values)
    }

    /// As [`facets`](Self::facets), articles that tell the same story counting once for each value.
    pub fn story_facets(
        &self,
        query: &Query,
        filters: &Filters,
        field: FacetField,
        limit: usize,
    ) -> Result<Vec<FacetCount>> {
        let facets = Facets { stories: Some(self.stories()?), ..Facets::new(field, limit) };
        Ok(self.counted(query, filters, &facets)?.values)
    }

    /// The values of a field as `request` asks for them.
    pub fn facet(&self, request: &FacetRequest) -> Result<Facet> {
        let FacetRequest { query, filters, field, limit, .. } = request;
        let stories = if request.by_story { Some(self.stories()?) } else { None };
        let facets = Facets { beginning: words(&request.beginning), stories, ..Facets::new(*field, *limit) };
        let found = self.counted(query, filters, &facets)?;
        let mut facet = Facet { field: *field, total: found.total, values: found.values, per_million: Vec::new() };
        // How much is printed of an actor that the rules make of several names is not known.
        if request.per_million && !self.follows_rules(*field) {
            let all = Facets { weighed: true, limit: usize::MAX, stories: None, ..facets };
            let printed = self.counted(&Query::All, filters, &all)?.values;
            let printed: BTreeMap<String, usize> =
                printed.into_iter().map(|count| (count.value, count.count)).collect();
            let words = |value: &String| printed.get(value).copied().unwrap_or_default() as u64;
            facet.per_million =
                facet.values.iter().map(|count| per_million(count.count as u64, words(&count.value))).collect();
        }
        Ok(facet)
    }

    /// As [`facets`](Self::facets), over quotes; fields that only articles have are not counted.
    pub fn quote_facets(&self, request: &QuoteRequest, field: FacetField, limit: usize) -> Result<Vec<FacetCount>> {
        let plan = self.plan(&of_quotes(request), Kind::Quote);
        Ok(self.found(plan.map(|plan| figure::narrowed(plan, request)), &Facets::new(field, limit))?.values)
    }

    /// How many articles match in each period, from the first that has one, or that the filters name, to the last.
    pub fn timeline(&self, request: &TimelineRequest) -> Result<Timeline> {
        let (queries, filters) = (&request.queries, &request.filters);
        let Some(field) = request.split else {
            let days = queries.iter().map(|query| self.daily(query, filters, &Daily::default()));
            let words = self.daily_words(request, &Daily::default())?;
            return Ok(timeline::timeline(request, Vec::new(), &days.collect::<Result<Vec<_>>>()?, words.as_ref()));
        };
        let either = if queries.len() == 1 { queries[0].clone() } else { Query::Or(queries.clone()) };
        let top = self.facets(&either, filters, field, request.series)?;
        let names: Vec<String> = top.into_iter().map(|count| count.value).collect();
        let daily = Daily { split: Some((field, names.clone())), ..Daily::default() };
        let words = self.daily_words(request, &daily)?;
        let days = self.daily(&either, filters, &daily)?;
        Ok(timeline::timeline(request, names, &[days], words.as_ref()))
    }

    /// The words printed each day, where counts are to be set against them.
    fn daily_words(&self, request: &TimelineRequest, daily: &Daily) -> Result<Option<timeline::Days>> {
        let weighed = Daily { weighed: true, split: daily.split.clone() };
        request.per_million.then(|| self.daily(&Query::All, &request.filters, &weighed)).transpose()
    }

    fn daily(&self, query: &Query, filters: &Filters, daily: &Daily) -> Result<timeline::Days> {
        self.collect(query, filters, daily)
    }

    pub(super) fn counted(&self, query: &Query, filters: &Filters, facets: &Facets) -> Result<Found> {
        self.found(self.plan(&filtered(query, plan::conditions(filters)), Kind::Article), facets)
    }

    /// Counts the matches of `plan`, actors and outlets as the user's rules have them.
    fn found(&self, plan: tantivy::Result<Box<dyn Plan>>, facets: &Facets) -> Result<Found> {
        let count = || {
            let plan = plan?;
            if facets.field == FacetField::Outlet && !self.outlets.is_empty() {
                let (stories, weighed) = (facets.stories.clone(), facets.weighed);
                let all = Facets { stories, weighed, ..Facets::new(facets.field, usize::MAX) };
                let counts = self.snapshot.search(plan.as_ref(), &all)?.values;
                let values = self.outlets.joined(counts, usize::MAX);
                return Ok(facets.listed(Found { total: values.len(), values }));
            }
            if !self.follows_rules(facets.field) {
                return self.snapshot.search(plan.as_ref(), facets);
            }
            let all = Facets { stories: facets.stories.clone(), ..Facets::new(facets.field, usize::MAX) };
            let values = actor::count(&self.snapshot, self.roster()?, plan.as_ref(), &all)?;
            Ok(facets.listed(Found { total: values.len(), values }))
        };
        count().map_err(|source| self.index.error(source))
    }

    /// True where the values of `field` are actors, and the user's rules say who is who.
    fn follows_rules(&self, field: FacetField) -> bool {
        !self.rules.is_empty() && actor::counts_actors(field)
    }

    /// Runs `collector` over the articles that match.
    pub(super) fn collect<C: tantivy::collector::Collector>(
        &self,
        query: &Query,
        filters: &Filters,
        collector: &C,
    ) -> Result<C::Fruit> {
        let plan = self.plan(&filtered(query, plan::conditions(filters)), Kind::Article);
        plan.and_then(|plan| self.snapshot.search(plan.as_ref(), collector)).map_err(|source| self.index.error(source))
    }
}

/// `count` in a million of `words`; 0 where there are none.
pub(super) fn per_million(count: u64, words: u64) -> f64 {
    if words == 0 { 0.0 } else { count as f64 * MILLION / words as f64 }
}
