//! Actors with their figures over the whole index.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use tantivy::{Searcher as Snapshot, SegmentReader};

use super::plan::has_run;
use super::stored::{documents, names};
use super::{ActorHit, ActorRequest, Hits};
use crate::extract::EntityKind;
use crate::index::analyzer::words;
use crate::index::{Kind, name};

/// What is counted of one name.
#[derive(Clone, Copy, Default)]
struct Tally {
    articles: usize,
    days: Option<(i64, i64)>,
}

impl Tally {
    fn add_article(&mut self, day: Option<i64>) {
        self.articles += 1;
        if let Some(day) = day {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
    }

    fn add(&mut self, other: Self) {
        self.articles += other.articles;
        self.days = match (self.days, other.days) {
            (Some(left), Some(right)) => Some((left.0.min(right.0), left.1.max(right.1))),
            (left, right) => left.or(right),
        };
    }
}

/// Lists the actors that `request` asks for, most often named first, then most often quoted, then by name.
pub(super) fn list(snapshot: &Snapshot, request: &ActorRequest) -> tantivy::Result<Hits<ActorHit>> {
    let kinds = if request.kinds.is_empty() { &EntityKind::ALL[..] } else { &request.kinds };
    let prefix = words(&request.prefix);
    let said = quotes(snapshot)?;
    let mut hits = Vec::new();
    for &kind in kinds {
        let mut tallies: BTreeMap<String, Tally> = BTreeMap::new();
        for reader in snapshot.segment_readers() {
            named(reader, kind, &prefix, &mut tallies)?;
        }
        hits.extend(tallies.into_iter().map(|(name, tally)| {
            let quotes = said.get(&name).copied().unwrap_or_default();
            hit(name, kind, tally, quotes)
        }));
    }
    let order = |hit: &ActorHit| (std::cmp::Reverse(hit.articles), std::cmp::Reverse(hit.quotes));
    hits.sort_by(|left, right| order(left).cmp(&order(right)).then_with(|| left.name.cmp(&right.name)));
    let total = hits.len();
    Ok(Hits { total, hits: hits.into_iter().skip(request.offset).take(request.limit).collect() })
}

fn hit(name: String, kind: EntityKind, tally: Tally, quotes: usize) -> ActorHit {
    let date = |day: i64| NaiveDate::from_num_days_from_ce_opt(day as i32);
    let dates = tally.days.and_then(|(first, last)| date(first).zip(date(last)));
    ActorHit { name, kind, articles: tally.articles, quotes, dates }
}

const fn column_of(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => name::PERSON,
        EntityKind::Organization => name::ORGANIZATION,
        EntityKind::Place => name::PLACE,
        EntityKind::Other => name::OTHER,
    }
}

/// Counts the articles of a segment that have each name of `kind` with `prefix`.
fn named(
    reader: &SegmentReader,
    kind: EntityKind,
    prefix: &[String],
    tallies: &mut BTreeMap<String, Tally>,
) -> tantivy::Result<()> {
    let Some(column) = reader.fast_fields().str(column_of(kind))? else { return Ok(()) };
    let days = reader.fast_fields().i64(name::DAY)?;
    let mut counts = vec![Tally::default(); column.num_terms()];
    for document in documents(reader, Kind::Article)? {
        for ordinal in column.term_ords(document) {
            counts[ordinal as usize].add_article(days.first(document));
        }
    }
    let prefixed = |name: &str| prefix.is_empty() || has_run(&words(name), prefix, true);
    let wanted = names(&column, |ordinal, name| counts[ordinal].articles > 0 && prefixed(name))?;
    for (ordinal, name) in wanted {
        tallies.entry(name).or_default().add(counts[ordinal]);
    }
    Ok(())
}

/// Counts the quotes of each speaker.
fn quotes(snapshot: &Snapshot) -> tantivy::Result<BTreeMap<String, usize>> {
    let mut totals = BTreeMap::new();
    for reader in snapshot.segment_readers() {
        let Some(column) = reader.fast_fields().str(name::SPEAKER)? else { continue };
        let mut counts = vec![0; column.num_terms()];
        for document in documents(reader, Kind::Quote)? {
            column.term_ords(document).for_each(|ordinal| counts[ordinal as usize] += 1);
        }
        for (ordinal, name) in names(&column, |ordinal, _| counts[ordinal] > 0)? {
            *totals.entry(name).or_default() += counts[ordinal];
        }
    }
    Ok(totals)
}
