//! How many matches name each actor, where a user's rules say who is who.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

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

/// How many of the matches of `plan` have each actor of the field that `facets` count, the most frequent first; without
/// those that the rules hide.
pub(in crate::search) fn count(
    snapshot: &Snapshot,
    roster: &Roster,
    plan: &dyn Plan,
    facets: &Facets,
) -> tantivy::Result<Vec<FacetCount>> {
    let Some(by) = by(facets.field) else { return Ok(Vec::new()) };
    let matches = snapshot.search(plan, &DocSetCollector)?;
    let has = |segment: u32, document: DocId| matches.contains(&DocAddress::new(segment, document));
    let (mut speakers, mut articles) = (Vec::new(), Vec::new());
    for reader in snapshot.segment_readers() {
        speakers.push(reader.fast_fields().str(name::SPEAKER)?);
        articles.push(reader.fast_fields().u64(name::ARTICLE)?);
    }
    let mut tally = Tally::default();
    Walk::new(snapshot, roster)?.each(|seen| {
        let article = || articles[seen.segment as usize].first(seen.document);
        let place = facets.stories.as_ref().and_then(|stories| stories.place(article()?));
        let story = place.map(|place| place.story);
        let speaker = |quote: &SeenQuote| speaker(roster, speakers[seen.segment as usize].as_ref(), quote);
        let is_match = has(seen.segment, seen.document);
        match by {
            By::Kind(kind) if is_match => {
                let named = seen.actors.iter().map(|&actor| &roster.actors[actor as usize]);
                let shown = named.filter(|actor| actor.kind == kind && actor.hidden.is_none());
                shown.for_each(|actor| tally.add(story, &actor.name));
            }
            By::Speaker if is_match => each_speaker(seen, speaker).iter().for_each(|name| tally.add(story, name)),
            By::Speaker => {
                let quotes = seen.quotes.iter().filter(|quote| has(seen.segment, quote.document));
                quotes.filter_map(speaker).for_each(|name| tally.add(None, &name));
            }
            By::Kind(_) => {}
        }
    })?;
    Ok(tally.finish(facets.limit))
}

/// How often each name was counted.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<String, usize>,
    /// The names that each story was counted with.
    told: HashSet<(u32, String)>,
}

impl Tally {
    /// Counts `name`, but once for a story that several articles tell.
    fn add(&mut self, story: Option<u32>, name: &str) {
        if story.is_none_or(|story| self.told.insert((story, name.to_owned()))) {
            *self.counts.entry(name.to_owned()).or_default() += 1;
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
    seen.quotes.iter().filter_map(speaker).collect()
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
