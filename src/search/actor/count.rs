//! How many matches name each actor, under whichever of its names.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap, HashSet};

use tantivy::collector::DocSetCollector;
use tantivy::columnar::StrColumn;
use tantivy::query::Query as Plan;
use tantivy::{DocAddress, DocId, Searcher as Snapshot};

use super::Actors;
use super::owners;
use super::rewrite::Names;
use super::roster::{ActorNumber, NOBODY, Roster};
use super::walk::{Seen, SeenQuote, Walk};
use crate::extract::EntityKind;
use crate::index::name;
use crate::search::facet::{Facets, Found};
use crate::search::{FacetCount, FacetField, stored};

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

/// Somebody or something in an article or quote that matches.
pub(in crate::search) struct Named<'a> {
    pub(in crate::search) segment: u32,
    pub(in crate::search) document: DocId,
    pub(in crate::search) who: Who<'a>,
}

/// An actor, or a speaker of whom the index has a name and no more.
#[derive(Clone, Copy)]
pub(in crate::search) enum Who<'a> {
    Actor(ActorNumber),
    Name(&'a str),
}

impl Actors<'_> {
    /// What `who` is called.
    pub(in crate::search) fn name<'a>(&'a self, who: Who<'a>) -> &'a str {
        match (self, who) {
            (_, Who::Name(name)) => name,
            (Self::Roster(roster), Who::Actor(actor)) => &roster.actors[actor as usize].name,
            (Self::Catalogue(catalogue), Who::Actor(actor)) => catalogue.name(actor),
        }
    }
}

/// Calls `each` with the actors of `field` in each article that matches `plan`; without those that the rules hide.
pub(in crate::search) fn each_in_articles(
    snapshot: &Snapshot,
    actors: Actors<'_>,
    plan: Box<dyn Plan>,
    field: FacetField,
    mut each: impl FnMut(Named<'_>),
) -> tantivy::Result<()> {
    let Some(by) = by(field) else { return Ok(()) };
    let catalogue = match actors {
        Actors::Roster(roster) => return each_name(snapshot, roster, plan.as_ref(), field, each),
        Actors::Catalogue(catalogue) => catalogue,
    };
    let (articles, columns) = (stored::articles(snapshot, plan)?, catalogue.columns());
    let tell = |article: DocAddress, actor| {
        each(Named { segment: article.segment_ord, document: article.doc_id, who: Who::Actor(actor) });
    };
    match by {
        By::Kind(kind) => owners::each_named(snapshot, columns, &articles, |actor| catalogue.kind(actor) == kind, tell),
        By::Speaker => owners::each_speaker(snapshot, columns, &articles, tell),
    }
}

/// Calls `each` with the actors of `field` in each article or quote that matches `plan`; without those that the rules
/// hide.
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
    let shown = |actor: ActorNumber| roster.actors[actor as usize].hidden.is_none();
    Walk::new(snapshot, roster)?.with_declined().each(|seen| {
        let segment = seen.segment;
        let mut tell = |document: DocId, said: &Said| {
            let who = match said {
                Said::By(actor) => Who::Actor(*actor),
                Said::As(name) => Who::Name(name),
            };
            each(Named { segment, document, who });
        };
        let speaker =
            |quote: &SeenQuote| speaker(speakers[segment as usize].as_ref(), quote).filter(|said| said.is(shown));
        let is_match = has(segment, seen.document);
        match by {
            By::Kind(kind) if is_match => {
                let of_kind = seen.actors.iter().filter(|&&actor| roster.actors[actor as usize].kind == kind);
                of_kind.filter(|&&actor| shown(actor)).for_each(|&actor| tell(seen.document, &Said::By(actor)));
            }
            By::Speaker if is_match => each_speaker(seen, speaker).iter().for_each(|said| tell(seen.document, said)),
            By::Speaker => {
                for quote in seen.quotes.iter().filter(|quote| has(segment, quote.document)) {
                    if let Some(said) = speaker(quote) {
                        tell(quote.document, &said);
                    }
                }
            }
            By::Kind(_) => {}
        }
    })
}

/// Which of the documents that a plan matches are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Matches {
    Articles,
    Quotes,
}

/// How many of the matches of `plan` have each actor of the field that `facets` count, or how many words these matches
/// have, the most first; as many as have to be kept to list those that are wanted. Quotes are counted by a roster alone.
pub(in crate::search) fn count(
    snapshot: &Snapshot,
    actors: Actors<'_>,
    (plan, matches): (Box<dyn Plan>, Matches),
    facets: &Facets,
) -> tantivy::Result<Found> {
    let (mut articles, mut lengths) = (Vec::new(), Vec::new());
    for reader in snapshot.segment_readers() {
        articles.push(reader.fast_fields().u64(name::ARTICLE)?);
        lengths.push(reader.fast_fields().u64(name::LENGTH)?);
    }
    let mut tally = Tally::default();
    let add = |named: Named<'_>| {
        let (segment, document) = (named.segment as usize, named.document);
        let place = facets.stories.as_ref().and_then(|stories| stories.place(articles[segment].first(document)?));
        let words = || lengths[segment].first(document).unwrap_or_default() as usize;
        tally.add(place.map(|place| place.story), named.who, if facets.weighed { words() } else { 1 });
    };
    match (matches, actors) {
        (Matches::Quotes, Actors::Roster(roster)) => each_name(snapshot, roster, plan.as_ref(), facets.field, add)?,
        _ => each_in_articles(snapshot, actors, plan, facets.field, add)?,
    }
    Ok(tally.finish(actors, facets.kept()))
}

/// How often each actor, and each name that is none, was counted.
#[derive(Default)]
struct Tally {
    actors: Vec<usize>,
    names: HashMap<String, usize>,
    /// What each story was counted with.
    told: HashSet<(u32, ActorNumber)>,
    told_names: HashSet<(u32, String)>,
}

impl Tally {
    /// Counts `who` as `weight`, but once for a story that several articles tell.
    fn add(&mut self, story: Option<u32>, who: Who<'_>, weight: usize) {
        match who {
            Who::Actor(actor) if story.is_none_or(|story| self.told.insert((story, actor))) => {
                let place = actor as usize;
                if place >= self.actors.len() {
                    self.actors.resize(place + 1, 0);
                }
                self.actors[place] += weight;
            }
            Who::Name(name) if story.is_none_or(|story| self.told_names.insert((story, name.to_owned()))) => {
                *self.names.entry(name.to_owned()).or_default() += weight;
            }
            _ => {}
        }
    }

    /// The `limit` names that were counted most often, and how many there are; actors of one name count together.
    fn finish(&self, actors: Actors<'_>, limit: usize) -> Found {
        let mut names: HashMap<&str, usize> = self.names.iter().map(|(name, &count)| (name.as_str(), count)).collect();
        for (actor, &count) in (0..).zip(&self.actors).filter(|(_, count)| **count > 0) {
            *names.entry(actors.name(Who::Actor(actor))).or_default() += count;
        }
        let mut counts: Vec<(Reverse<usize>, &str)> =
            names.into_iter().map(|(name, count)| (Reverse(count), name)).collect();
        let total = counts.len();
        if limit < total {
            counts.select_nth_unstable(limit);
            counts.truncate(limit);
        }
        counts.sort_unstable();
        let value = |(Reverse(count), name): (Reverse<usize>, &str)| FacetCount { value: name.to_owned(), count };
        Found { total, values: counts.into_iter().map(value).collect() }
    }
}

/// Who says a quote: an actor, or whom the index has a name of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    By(ActorNumber),
    As(String),
}

impl Said {
    /// True for a name that is no actor's, and for an actor that is `shown`.
    fn is(&self, shown: impl Fn(ActorNumber) -> bool) -> bool {
        if let Self::By(actor) = self { shown(*actor) } else { true }
    }
}

/// Everyone who says something in an article, once.
fn each_speaker(seen: &Seen, speaker: impl Fn(&SeenQuote) -> Option<Said>) -> BTreeSet<Said> {
    seen.quotes.iter().filter(|quote| !quote.is_declined).filter_map(speaker).collect()
}

/// Who says a quote: the actor, or else the name that the index has.
fn speaker(names: Option<&StrColumn>, quote: &SeenQuote) -> Option<Said> {
    if quote.by != NOBODY {
        return Some(Said::By(quote.by));
    }
    let names = names?;
    let mut name = String::new();
    let ordinal = names.ords().first(quote.document)?;
    names.ord_to_str(ordinal, &mut name).ok()?.then_some(Said::As(name))
}
