//! Actors with their figures over the whole index.

use std::cmp::Reverse;

use chrono::NaiveDate;
use tantivy::Searcher as Snapshot;

use super::roster::{ActorNumber, NOBODY, Roster};
use super::walk::{Seen, Walk};
use crate::index::analyzer::words;
use crate::search::plan::has_run;
use crate::search::{ActorHit, ActorRequest, Hits};

/// What is counted of one actor.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) articles: usize,
    pub(super) quotes: usize,
    /// First and last day of an article, counted from the day before 1 January of the year 1.
    pub(super) days: Option<(i64, i64)>,
}

impl Tally {
    pub(super) fn add_article(&mut self, day: Option<i64>) {
        self.articles += 1;
        if let Some(day) = day {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
        }
    }
}

/// Counts every actor.
pub(super) fn tallies(snapshot: &Snapshot, roster: &Roster) -> tantivy::Result<Vec<Tally>> {
    let mut tallies = vec![Tally::default(); roster.actors.len()];
    Walk::new(snapshot, roster)?.each(|seen| count(seen, &mut tallies))?;
    Ok(tallies)
}

pub(super) fn count(seen: &Seen, tallies: &mut [Tally]) {
    seen.actors.iter().for_each(|&actor| tallies[actor as usize].add_article(seen.day));
    for quote in seen.quotes.iter().filter(|quote| quote.by != NOBODY) {
        tallies[quote.by as usize].quotes += 1;
    }
}

/// Lists the actors that `request` asks for, most often named first, then most often quoted, then by name.
pub(super) fn list(snapshot: &Snapshot, roster: &Roster, request: &ActorRequest) -> tantivy::Result<Hits<ActorHit>> {
    let tallies = tallies(snapshot, roster)?;
    let prefix = words(&request.prefix);
    let wanted = |number: &ActorNumber| {
        let actor = &roster.actors[*number as usize];
        let of_kind = request.kinds.is_empty() || request.kinds.contains(&actor.kind);
        of_kind && actor.hidden.is_none() && tallies[*number as usize].articles > 0 && begins(roster, *number, &prefix)
    };
    let mut found: Vec<ActorNumber> = (0..roster.actors.len() as ActorNumber).filter(wanted).collect();
    found.sort_by_cached_key(|&number| {
        let tally = tallies[number as usize];
        (
            Reverse(tally.articles),
            Reverse(tally.quotes),
            &roster.actors[number as usize].name,
            roster.actors[number as usize].kind,
        )
    });
    let total = found.len();
    let page = found.into_iter().skip(request.offset).take(request.limit);
    Ok(Hits { total, copies: 0, hits: page.map(|number| hit(roster, number, tallies[number as usize])).collect() })
}

/// True where one of the actor's names has words that begin with `prefix`.
fn begins(roster: &Roster, actor: ActorNumber, prefix: &[String]) -> bool {
    let mut names = roster.names(actor).chain([roster.actors[actor as usize].name.as_str()]);
    prefix.is_empty() || names.any(|name| has_run(&words(name), prefix, true))
}

pub(super) fn hit(roster: &Roster, number: ActorNumber, tally: Tally) -> ActorHit {
    let actor = &roster.actors[number as usize];
    let date = |day: i64| NaiveDate::from_num_days_from_ce_opt(day as i32);
    let dates = tally.days.and_then(|(first, last)| date(first).zip(date(last)));
    let aliases = roster.names(number).filter(|name| *name != actor.name).map(str::to_owned).collect();
    ActorHit {
        name: actor.name.clone(),
        kind: actor.kind,
        aliases,
        articles: tally.articles,
        quotes: tally.quotes,
        dates,
    }
}
