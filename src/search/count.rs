//! Counts of articles by their fields and over time.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::query::Query as Plan;

use super::actor::{Actors, Matches};
use super::facet::{Facets, Found};
use super::sure::Unread;
use super::timeline::{self, Daily};
use super::{
    Facet, FacetCount, FacetField, FacetRequest, Field, Filters, Query, QuoteRequest, Searcher, Timeline,
    TimelineRequest, actor, figure, filtered, of_quotes, plan, vocabulary,
};
use crate::error::Result;
use crate::index::analyzer::words;
use crate::index::{Kind, fields, name};

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
        if request.per_million {
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
        let unread = Unread::default();
        let plan = self.plan(&of_quotes(request), Kind::Quote).map(|plan| figure::narrowed(plan, request, &unread));
        let found = self.found(plan, Matches::Quotes, &Facets::new(field, limit))?;
        unread.check().map_err(|source| self.index.error(source))?;
        Ok(found.values)
    }

    /// The quotes that [`quote_facets`](Self::quote_facets) counts for the speaker `name`, as a condition on quotes.
    pub fn said_by(&self, name: &str) -> Result<Query> {
        let roster = self.roster().map_err(|source| self.index.error(source))?;
        let names = actor::names_of(roster, name).into_iter().chain([name.to_owned()]);
        let by = |name| Query::Field(Field::Speaker, Box::new(Query::Name(name)));
        let mut by: Vec<Query> = names.collect::<BTreeSet<String>>().into_iter().map(by).collect();
        Ok(if by.len() == 1 { by.remove(0) } else { Query::Or(by) })
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
        let daily = Daily { split: Some((field, self.members(field, &names)?)), ..Daily::default() };
        let words = self.daily_words(request, &daily)?;
        let days = self.daily(&either, filters, &daily)?;
        Ok(timeline::timeline(request, names, &[days], words.as_ref()))
    }

    /// For each of `names`, which `field` is counted by, the values in the index that count as it: an outlet may have
    /// several.
    fn members(&self, field: FacetField, names: &[String]) -> Result<Vec<Vec<String>>> {
        if field != FacetField::Outlet || self.outlets.is_empty() {
            return Ok(names.iter().map(|name| vec![name.clone()]).collect());
        }
        let known = vocabulary::values(&self.snapshot, fields().outlet).map_err(|source| self.index.error(source))?;
        let is_called = |value: &String, name: &String| self.outlets.name(value).unwrap_or(value) == name;
        let members = |name: &String| known.iter().filter(|value| is_called(value, name)).cloned().collect();
        Ok(names.iter().map(members).collect())
    }

    /// The words printed each day, where counts are to be set against them.
    fn daily_words(&self, request: &TimelineRequest, daily: &Daily) -> Result<Option<timeline::Days>> {
        let weighed = Daily { weighed: true, split: daily.split.clone() };
        request.per_million.then(|| self.daily(&Query::All, &request.filters, &weighed)).transpose()
    }

    fn daily(&self, query: &Query, filters: &Filters, daily: &Daily) -> Result<timeline::Days> {
        match &daily.split {
            Some((field, values)) if actor::counts_actors(*field) => {
                let plan = self.plan(&filtered(query, plan::conditions(filters)), Kind::Article);
                let names: Vec<&str> = values.iter().flatten().map(String::as_str).collect();
                let days = || self.daily_actors(plan?, (*field, &names), daily.weighed);
                days().map_err(|source| self.index.error(source))
            }
            _ => self.collect(query, filters, daily),
        }
    }

    /// The matches of `plan` by day, for each of the actors called `names`.
    fn daily_actors(
        &self,
        plan: Box<dyn Plan>,
        (field, names): (FacetField, &[&str]),
        weighed: bool,
    ) -> tantivy::Result<timeline::Days> {
        let (mut lengths, mut dates) = (Vec::new(), Vec::new());
        for reader in self.snapshot.segment_readers() {
            lengths.push(reader.fast_fields().u64(name::LENGTH)?);
            dates.push(reader.fast_fields().i64(name::DAY)?);
        }
        let mut days = timeline::Days::new(names.len());
        let actors = self.known_actors()?;
        actor::each_in_articles(&self.snapshot, actors, plan, field, |named| {
            let segment = named.segment as usize;
            let words = || lengths[segment].first(named.document).unwrap_or_default();
            let called = actors.name(named.who);
            if let Some(at) = names.iter().position(|name| *name == called) {
                days.add(at, dates[segment].first(named.document), if weighed { words() } else { 1 });
            }
        })?;
        Ok(days)
    }

    pub(super) fn counted(&self, query: &Query, filters: &Filters, facets: &Facets) -> Result<Found> {
        self.found(self.plan(&filtered(query, plan::conditions(filters)), Kind::Article), Matches::Articles, facets)
    }

    /// Counts the matches of `plan`: actors under whichever of their names, outlets as the user's rules have them.
    fn found(&self, plan: tantivy::Result<Box<dyn Plan>>, matches: Matches, facets: &Facets) -> Result<Found> {
        let count = || {
            let plan = plan?;
            if facets.field == FacetField::Outlet && !self.outlets.is_empty() {
                let (stories, weighed) = (facets.stories.clone(), facets.weighed);
                let all = Facets { stories, weighed, ..Facets::new(facets.field, usize::MAX) };
                let counts = self.snapshot.search(plan.as_ref(), &all)?.values;
                let values = self.outlets.joined(counts, usize::MAX);
                return Ok(facets.listed(Found { total: values.len(), values }));
            }
            if !actor::counts_actors(facets.field) {
                return self.snapshot.search(plan.as_ref(), facets);
            }
            let actors = match matches {
                Matches::Articles => self.known_actors()?,
                Matches::Quotes => Actors::Roster(self.roster()?),
            };
            actor::count(&self.snapshot, actors, (plan, matches), facets).map(|found| facets.listed(found))
        };
        count().map_err(|source| self.index.error(source))
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
