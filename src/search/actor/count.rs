//! How many matches name each actor, under whichever of its names.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use tantivy::collector::DocSetCollector;
use tantivy::columnar::StrColumn;
use tantivy::query::Query as Plan;
use tantivy::{DocAddress, DocId, Searcher as Snapshot};

use super::roster::{ActorNumber, NOBODY, Roster};
use super::walk::{Seen, SeenQuote, Walk};
use crate::extract::EntityKind;
use crate::index::name;
use crate::search::facet::Facets;
use crate::search::{FacetCount, FacetField};

/// What is counted of an article or a quote.
#[derive(Clone, Copy)]
enum By {
    /// The actors of one kind that an article names.
    Kind(EntityKind),
    /// Who says a quote, or any quote of an article.
    Speaker,
}

/// True where the values of `field` are names of actors.
pub(in crate::search) const fn counts_actors(field: FacetField) -> bool {
    by(field).is_some()
}

const fn by(field: FacetField) -> Option<By> {
    match field {
        FacetField::Person => Some(By::Kind(EntityKind::Person)),
        FacetField::Organization => Some(By::Kind(EntityKind::Organization)),
        FacetField::Place => Some(By::Kind(EntityKind::Place)),
        FacetField::Other => Some(By::Kind(EntityKind::Other)),
        FacetField::Speaker => Some(By::Speaker),
        _ => None,
    }
}

/// An actor in an article or quote that matches.
pub(in crate::search) struct Named<'a> {
    pub(in crate::search) segment: u32,
    pub(in crate::search) document: DocId,
    /// Day of publication of the article.
    pub(in crate::search) day: Option<i64>,
    /// What the actor is called.
    pub(in crate::search) name: &'a str,
}

/// Calls `each` with the actors of `field` in each match of `plan`; without those that the rules hide.
pub(in crate::search) fn each_name(
    snapshot: &Snapshot,
    roster: &Roster,
    plan: &dyn Plan,
    field: FacetField,
    mut each: impl FnMut(Named<'_>),
) -> tantivy::Result<()> {
    let Some(by) = by(field) else { return Ok(()) };
    let matches = snapshot.search(plan, &DocSetCollector)?;
    let has = |segment: u32, document: DocId| matches.contains(&DocAddress::new(segment, document));
    let speakers = snapshot.segment_readers().iter().map(|reader| reader.fast_fields().str(name::SPEAKER));
    let speakers: Vec<Option<StrColumn>> = speakers.collect::<tantivy::Result<_>>()?;
    Walk::new(snapshot, roster)?.with_declined().each(|seen| {
        let (segment, day) = (seen.segment, seen.day);
        let mut tell = |document: DocId, name: &str| each(Named { segment, document, day, name });
        let speaker = |quote: &SeenQuote| speaker(roster, speakers[segment as usize].as_ref(), quote);
        let is_match = has(segment, seen.document);
        match by {
            By::Kind(kind) if is_match => {
                let named = seen.actors.iter().map(|&actor| &roster.actors[actor as usize]);
                let shown = named.filter(|actor| actor.kind == kind && actor.hidden.is_none());
                shown.for_each(|actor| tell(seen.document, &actor.name));
            }
            By::Speaker if is_match => each_speaker(seen, speaker).iter().for_each(|name| tell(seen.document, name)),
            By::Speaker => {
                for quote in seen.quotes.iter().filter(|quote| has(segment, quote.document)) {
                    if let Some(name) = speaker(quote) {
                        tell(quote.document, &name);
                    }
                }
            }
            By::Kind(_) => {}
        }
    })
}

/// How many of the matches of `plan` have each actor of the field that `facets` count, or how many words these matches
/// have, the most first.
pub(in crate::search) fn count(
    snapshot: &Snapshot,
    roster: &Roster,
    plan: &dyn Plan,
    facets: &Facets,
) -> tantivy::Result<Vec<FacetCount>> {
    let (mut articles, mut lengths) = (Vec::new(), Vec::new());
    for reader in snapshot.segment_readers() {
        articles.push(reader.fast_fields().u64(name::ARTICLE)?);
        lengths.push(reader.fast_fields().u64(name::LENGTH)?);
    }
    let mut tally = Tally::default();
    each_name(snapshot, roster, plan, facets.field, |named| {
        let (segment, document) = (named.segment as usize, named.document);
        let place = facets.stories.as_ref().and_then(|stories| stories.place(articles[segment].first(document)?));
        let words = || lengths[segment].first(document).unwrap_or_default() as usize;
        tally.add(place.map(|place| place.story), named.name, if facets.weighed { words() } else { 1 });
    })?;
    Ok(tally.finish(facets.limit))
}

/// How often each name was counted.
#[derive(Default)]
struct Tally {
    counts: HashMap<String, usize>,
    /// The names that each story was counted with.
    told: HashSet<(u32, String)>,
}

impl Tally {
    /// Counts `name` as `weight`, but once for a story that several articles tell.
    fn add(&mut self, story: Option<u32>, name: &str, weight: usize) {
        if story.is_none_or(|story| self.told.insert((story, name.to_owned()))) {
            if let Some(count) = self.counts.get_mut(name) {
                *count += weight;
            } else {
                self.counts.insert(name.to_owned(), weight);
            }
        }
    }

    fn finish(self, limit: usize) -> Vec<FacetCount> {
        let counts = self.counts.into_iter().map(|(value, count)| FacetCount { value, count });
        let mut counts: Vec<FacetCount> = counts.collect();
        counts.sort_by(|left, right| (Reverse(left.count), &left.value).cmp(&(Reverse(right.count), &right.value)));
        counts.truncate(limit);
        counts
    }
}

/// Everyone who says something in an article, once.
fn each_speaker(seen: &Seen, speaker: impl Fn(&SeenQuote) -> Option<String>) -> BTreeSet<String> {
    seen.quotes.iter().filter(|quote| !quote.is_declined).filter_map(speaker).collect()
}

/// What the speaker of a quote is called: as the actor, or else as the index has the name.
fn speaker(roster: &Roster, names: Option<&StrColumn>, quote: &SeenQuote) -> Option<String> {
    if quote.by != NOBODY {
        return shown(roster, quote.by);
    }
    let names = names?;
    let mut name = String::new();
    let ordinal = names.ords().first(quote.document)?;
    names.ord_to_str(ordinal, &mut name).ok()?.then_some(name)
}

fn shown(roster: &Roster, actor: ActorNumber) -> Option<String> {
    let actor = &roster.actors[actor as usize];
    actor.hidden.is_none().then(|| actor.name.clone())
}
