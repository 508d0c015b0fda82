//! One actor: its names, roles, time, company and words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, Searcher as Snapshot, SegmentReader};

use super::list::{Tally, count, hit};
use super::roster::{ActorNumber, Roster};
use super::walk::{Seen, Walk};
use crate::extract::{EntityKind, QuoteKind};
use crate::index::{name, parts_of_use};
use crate::search::collect::Match;
use crate::search::highlight::Needles;
use crate::search::{ActorHit, FacetCount, QuoteHit, stored};

/// An actor named in fewer than one of so many articles as another is not told of beside that.
const RARE: usize = 100;

/// For each quote of a profile, how many of the newest are looked at.
const CANDIDATES: usize = 8;

/// How much a profile shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProfileOptions {
    /// Most entries of each list: names, roles, outlets, actors of each kind.
    pub entries: usize,
    /// Most quotes by the actor, and as many about it.
    pub quotes: usize,
}

/// One actor, over the whole index.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorProfile {
    /// Name, kind and figures.
    pub actor: ActorHit,
    /// Its other names, full or not, with the number of articles that use each, most first.
    pub names: Vec<FacetCount>,
    /// What articles say it is, with their number, most first.
    pub roles: Vec<FacetCount>,
    /// Outlets with the number of their articles that name it, most first.
    pub outlets: Vec<FacetCount>,
    /// Articles in each month from the first to the last, months without one included ("2016-09").
    pub months: Vec<FacetCount>,
    /// Actors named in the same articles, by kind, then by number of shared articles, most first.
    pub company: Vec<Companion>,
    /// How many quotes name it.
    pub quotes_about: usize,
    /// The latest quotes that it says, newest first.
    pub latest_by: Vec<QuoteHit>,
    /// The latest quotes of others that name it, newest first.
    pub latest_about: Vec<QuoteHit>,
    /// Actors that a reader may mean instead: of the same name and another kind, or that share a name with it.
    pub see_also: Vec<ActorHit>,
    /// Line of the rule that hides it from lists.
    pub hidden: Option<usize>,
}

/// An actor in the company of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Companion {
    /// Name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: EntityKind,
    /// How many articles name both.
    pub articles: usize,
}

/// The profile of the actor `number`.
pub(super) fn profile(
    snapshot: &Snapshot,
    roster: &Roster,
    number: ActorNumber,
    options: ProfileOptions,
) -> tantivy::Result<ActorProfile> {
    let mut gathered = Gathered::new(snapshot, roster, number)?;
    Walk::new(snapshot, roster)?.each(|seen| gathered.take(seen))?;
    let others = related(roster, number);
    let Gathered { tallies, days, together, quotes_by, quotes_about, .. } = &gathered;
    Ok(ActorProfile {
        actor: hit(roster, number, tallies[number as usize]),
        names: gathered.names(options.entries),
        roles: top(counted(gathered.sources.iter().map(|source| &source.roles)), options.entries),
        outlets: top(counted(gathered.sources.iter().map(|source| &source.outlets)), options.entries),
        months: months(days),
        company: company(roster, number, together, tallies, options.entries),
        quotes_about: quotes_about.len(),
        latest_by: latest(snapshot, quotes_by, options.quotes)?,
        latest_about: latest(snapshot, quotes_about, options.quotes)?,
        see_also: see_also(roster, number, others, tallies, options.entries),
        hidden: roster.actors[number as usize].hidden,
    })
}

/// A quote by its day, where it has one, and its place.
type Dated = (Option<i64>, DocAddress);

/// What the walk gathers.
struct Gathered<'a> {
    roster: &'a Roster,
    number: ActorNumber,
    /// For each segment, what to count of each article.
    sources: Vec<Source>,
    tallies: Vec<Tally>,
    days: Vec<i64>,
    /// For each actor, articles that name both.
    together: Vec<usize>,
    quotes_by: Vec<Dated>,
    quotes_about: Vec<Dated>,
}

impl<'a> Gathered<'a> {
    fn new(snapshot: &Snapshot, roster: &'a Roster, number: ActorNumber) -> tantivy::Result<Self> {
        let sources = snapshot.segment_readers().iter().map(|reader| Source::new(reader, roster, number));
        Ok(Self {
            roster,
            number,
            sources: sources.collect::<tantivy::Result<_>>()?,
            tallies: vec![Tally::default(); roster.actors.len()],
            days: Vec::new(),
            together: vec![0; roster.actors.len()],
            quotes_by: Vec::new(),
            quotes_about: Vec::new(),
        })
    }

    fn take(&mut self, seen: &Seen) {
        count(seen, &mut self.tallies);
        if !seen.actors.contains(&self.number) {
            return;
        }
        seen.actors.iter().for_each(|&actor| self.together[actor as usize] += 1);
        self.days.extend(seen.day);
        self.sources[seen.segment as usize].take(seen.document);
        for quote in seen.quotes {
            let dated = (seen.day, DocAddress::new(seen.segment, quote.document));
            if quote.by == self.number {
                self.quotes_by.push(dated);
            } else if quote.about.contains(&self.number) {
                self.quotes_about.push(dated);
            }
        }
    }

    /// All names but the one that it is called by.
    fn names(&self, limit: usize) -> Vec<FacetCount> {
        let mut names = counted(self.sources.iter().map(|source| &source.aliases));
        let actor = &self.roster.actors[self.number as usize];
        for &spelling in &actor.spellings {
            let spelling = &self.roster.spellings[spelling as usize];
            *names.entry(spelling.text.clone()).or_default() += spelling.articles;
        }
        let own = actor.name.to_lowercase();
        names.retain(|name, _| name.to_lowercase() != own);
        top(names, limit)
    }
}

/// Columns of a segment, with the values that are about one actor.
struct Source {
    aliases: Told,
    roles: Told,
    outlets: Told,
}

/// Counts the values of a column that are asked for.
struct Told {
    column: Option<StrColumn>,
    /// Text of each value by its number, and how many articles have it.
    values: BTreeMap<u64, (String, usize)>,
    /// True where every value counts; its text is then looked up at the end.
    all: bool,
}

impl Source {
    fn new(reader: &SegmentReader, roster: &Roster, number: ActorNumber) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        Ok(Self {
            aliases: Told::of(columns.str(name::ALIAS)?, roster, number)?,
            roles: Told::of(columns.str(name::ROLE)?, roster, number)?,
            outlets: Told { column: columns.str(name::OUTLET)?, values: BTreeMap::new(), all: true },
        })
    }

    fn take(&mut self, article: DocId) {
        self.aliases.take(article);
        self.roles.take(article);
        self.outlets.take(article);
    }
}

impl Told {
    /// Only values that are told of the actor `number`.
    fn of(column: Option<StrColumn>, roster: &Roster, number: ActorNumber) -> tantivy::Result<Self> {
        let mut values = BTreeMap::new();
        let Some(column) = column else { return Ok(Self { column, values, all: false }) };
        let parted = roster.detours.iter().filter(|detour| detour.into == number).map(|detour| detour.from);
        for owner in parted.chain([number]) {
            for name in roster.names(owner) {
                let begin = format!("{}{name}\u{1f}", roster.actors[owner as usize].kind as u8);
                let end = format!("{}{name}\u{20}", roster.actors[owner as usize].kind as u8);
                let mut stream = column.dictionary().range().ge(begin).lt(end).into_stream()?;
                while stream.advance() {
                    let text = String::from_utf8_lossy(stream.key());
                    let value = parts_of_use(&text).map(|(_, _, value)| value.to_owned());
                    values.insert(stream.term_ord(), (value.unwrap_or_default(), 0));
                }
            }
        }
        Ok(Self { column: Some(column), values, all: false })
    }

    fn take(&mut self, article: DocId) {
        let Some(column) = &self.column else { return };
        for ordinal in column.term_ords(article) {
            if self.all && !self.values.contains_key(&ordinal) {
                let mut text = String::new();
                if column.ord_to_str(ordinal, &mut text).is_ok() {
                    self.values.insert(ordinal, (text, 0));
                }
            }
            if let Some((_, articles)) = self.values.get_mut(&ordinal) {
                *articles += 1;
            }
        }
    }
}

/// Adds up equal values of several segments.
fn counted<'a>(told: impl Iterator<Item = &'a Told>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for (text, articles) in told.flat_map(|told| told.values.values()).filter(|(_, articles)| *articles > 0) {
        *counts.entry(text.clone()).or_default() += articles;
    }
    counts
}

/// The most frequent values; those that differ only in capitals count as one, in its most frequent form.
fn top(counts: BTreeMap<String, usize>, limit: usize) -> Vec<FacetCount> {
    let mut forms: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
    for (value, count) in counts {
        forms.entry(value.to_lowercase()).or_default().push((value, count));
    }
    let mut values: Vec<FacetCount> = forms
        .into_values()
        .filter_map(|forms| {
            let count = forms.iter().map(|(_, count)| count).sum();
            let (value, _) = forms.into_iter().max_by_key(|(value, count)| (*count, Reverse(value.clone())))?;
            Some(FacetCount { value, count })
        })
        .collect();
    values.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value)));
    values.truncate(limit);
    values
}

/// How many of `days` lie in each month from the first to the last.
fn months(days: &[i64]) -> Vec<FacetCount> {
    let month = |&day: &i64| {
        let date = NaiveDate::from_num_days_from_ce_opt(day as i32)?;
        Some(date.year() * 12 + date.month0() as i32)
    };
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for month in days.iter().filter_map(month) {
        *counts.entry(month).or_default() += 1;
    }
    let (Some((&first, _)), Some((&last, _))) = (counts.first_key_value(), counts.last_key_value()) else {
        return Vec::new();
    };
    let label = |month: i32| format!("{:04}-{:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
    let count = |month: i32| counts.get(&month).copied().unwrap_or_default();
    (first..=last).map(|month| FacetCount { value: label(month), count: count(month) }).collect()
}

/// Who is named most often in the same articles; of equals, who is named less often elsewhere.
fn company(roster: &Roster, own: ActorNumber, together: &[usize], tallies: &[Tally], limit: usize) -> Vec<Companion> {
    let mut found: Vec<ActorNumber> = (0..together.len() as ActorNumber)
        .filter(|&actor| actor != own && together[actor as usize] > 0 && roster.actors[actor as usize].hidden.is_none())
        .collect();
    found.sort_by_key(|&number| {
        let actor = &roster.actors[number as usize];
        (actor.kind, Reverse(together[number as usize]), tallies[number as usize].articles, &actor.name)
    });
    let mut taken = [0; 4];
    found.retain(|&number| {
        let kind = roster.actors[number as usize].kind as usize;
        taken[kind] += 1;
        taken[kind] <= limit
    });
    let companion = |&number: &ActorNumber| {
        let actor = &roster.actors[number as usize];
        Companion { name: actor.name.clone(), kind: actor.kind, articles: together[number as usize] }
    };
    found.iter().map(companion).collect()
}

/// Actors that a reader may mean instead of `number`.
fn related(roster: &Roster, number: ActorNumber) -> BTreeSet<ActorNumber> {
    let mut others = BTreeSet::new();
    let own = &roster.actors[number as usize];
    for name in roster.names(number).chain([own.name.as_str()]) {
        others.extend(EntityKind::ALL.into_iter().filter_map(|kind| roster.find(kind, name)));
        others.extend(super::nation::related(own.kind, name).filter_map(|(kind, name)| roster.find(kind, name)));
    }
    for alias in &roster.aliases {
        if alias.owner == number {
            others.extend(roster.find(own.kind, &alias.text));
        } else if roster.actors[alias.owner as usize].kind == own.kind
            && roster.find(own.kind, &alias.text) == Some(number)
        {
            others.insert(alias.owner);
        }
    }
    for detour in &roster.detours {
        if detour.into == number {
            others.insert(detour.from);
        } else if detour.from == number {
            others.insert(detour.into);
        }
    }
    others.remove(&number);
    others
}

fn see_also(
    roster: &Roster,
    number: ActorNumber,
    others: BTreeSet<ActorNumber>,
    tallies: &[Tally],
    limit: usize,
) -> Vec<ActorHit> {
    let is_shown = |&number: &ActorNumber| {
        roster.actors[number as usize].hidden.is_none() && tallies[number as usize].articles > 0
    };
    let mut hits: Vec<ActorHit> =
        others.into_iter().filter(is_shown).map(|number| hit(roster, number, tallies[number as usize])).collect();
    let own = tallies[number as usize].articles;
    hits.retain(|hit| hit.articles * RARE >= own);
    hits.sort_by(|left, right| right.articles.cmp(&left.articles).then_with(|| left.name.cmp(&right.name)));
    hits.truncate(limit);
    hits
}

/// The newest of `quotes`, and of these rather printed words than reports; of equals, the first by path and place.
fn latest(snapshot: &Snapshot, quotes: &[Dated], limit: usize) -> tantivy::Result<Vec<QuoteHit>> {
    let mut quotes: Vec<Dated> = quotes.to_vec();
    quotes.sort_by_key(|&(day, address)| (Reverse(day), address));
    // Some of them may stand in one sentence, or be reports.
    let Some(&(last, _)) = quotes.get((limit * CANDIDATES).saturating_sub(1)).or(quotes.last()).filter(|_| limit > 0)
    else {
        return Ok(Vec::new());
    };
    // Only where a day is cut through does the order of paths decide; it is looked up for those days alone.
    let close = quotes.into_iter().take_while(|(day, _)| *day >= last);
    let mut close: Vec<(Reverse<Option<i64>>, String, DocAddress)> = close
        .map(|(day, address)| Ok((Reverse(day), path(snapshot, address)?, address)))
        .collect::<tantivy::Result<_>>()?;
    close.sort();
    let needles = Needles::default();
    let mut hits: Vec<QuoteHit> = Vec::new();
    for (_, _, address) in close.into_iter().take(limit * CANDIDATES) {
        let hit = stored::quote_hit(snapshot, &Match { address, score: 0.0 }, &needles)?;
        hits.push(hit);
    }
    hits.sort_by_key(|hit| hit.kind == QuoteKind::Indirect);
    let mut shown: Vec<QuoteHit> = Vec::new();
    for hit in hits {
        // Several quotes in one sentence would show the same words again.
        let is_same =
            |known: &QuoteHit| known.article.id == hit.article.id && known.sentence.span.overlaps(hit.sentence.span);
        if shown.len() < limit && !shown.iter().any(is_same) {
            shown.push(hit);
        }
    }
    shown.sort_by_key(|hit| Reverse(hit.article.date.map(|date| date.day)));
    Ok(shown)
}

fn path(snapshot: &Snapshot, address: DocAddress) -> tantivy::Result<String> {
    let mut path = String::new();
    if let Some(paths) = snapshot.segment_reader(address.segment_ord).fast_fields().str(name::PATH)?
        && let Some(ordinal) = paths.ords().first(address.doc_id)
    {
        paths.ord_to_str(ordinal, &mut path)?;
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_no_gaps() {
        let day = |text: &str| i64::from(text.parse::<NaiveDate>().unwrap().num_days_from_ce());
        let counts = months(&[day("2015-11-30"), day("2016-02-01"), day("2015-11-01")]);
        let found: Vec<String> = counts.iter().map(|count| format!("{} {}", count.value, count.count)).collect();
        assert_eq!(found, ["2015-11 2", "2015-12 0", "2016-01 0", "2016-02 1"]);
        assert!(months(&[]).is_empty());
    }

    #[test]
    fn values_that_differ_in_capitals_are_one() {
        let counts = BTreeMap::from([("Mayor".to_owned(), 2), ("mayor".to_owned(), 3), ("clerk".to_owned(), 4)]);
        let found = top(counts, 5);
        let count = |value: &str, count| FacetCount { value: value.into(), count };
        assert_eq!(found, [count("mayor", 5), count("clerk", 4)]);
    }
}
