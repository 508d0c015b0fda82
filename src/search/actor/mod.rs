//! Actors over the whole index: names that are one, their figures and profiles, and what a user's file says of them.
//!
//! Nothing of this stands in the index but names: which of them are one actor is found anew from the columns of an
//! index and from the user's rules, so that rules hold at once and can be taken back.

mod bare;
mod catalogue;
mod count;
mod evidence;
mod list;
mod nation;
mod owners;
mod profile;
mod resolve;
mod rewrite;
mod roster;
mod rules;
mod title;
mod walk;

use tantivy::Searcher as Snapshot;

pub(super) use catalogue::Catalogue;
pub(super) use count::{Matches, count, counts_actors, each_in_articles};
pub use profile::{ActorProfile, Companion, ProfileOptions};
pub(super) use rewrite::names_actors;
pub(super) use roster::Roster;
pub use rules::{ActorRules, FILE_NAME};
pub(super) use title::Titles;

use super::{ActorHit, ActorRequest, Hits, Query};
use crate::extract::EntityKind;

/// What a name comes to.
#[derive(Clone, Debug, PartialEq)]
pub enum ActorAnswer {
    /// The one actor that is called so.
    Found(Box<ActorProfile>),
    /// Several are called so, none of them much more often than the others; those named most often first.
    Several(Vec<ActorHit>),
    /// None is; those with a name like it, the most alike first.
    Unknown(Vec<ActorHit>),
}

/// What tells which names are one actor: all names of the index, or what was written down of them.
#[derive(Clone, Copy)]
pub(super) enum Actors<'a> {
    Roster(&'a Roster),
    Catalogue(&'a Catalogue),
}

/// `query` with every actor's name widened to all names of that actor.
pub(super) fn rewrite(query: &Query, actors: Actors<'_>) -> Query {
    match actors {
        Actors::Roster(roster) => rewrite::rewrite(query, roster),
        Actors::Catalogue(catalogue) => rewrite::rewrite(query, catalogue),
    }
}

/// Lists the actors that `request` asks for, most often named first, then most often quoted, then by name.
pub(super) fn list(snapshot: &Snapshot, actors: Actors<'_>, request: &ActorRequest) -> tantivy::Result<Hits<ActorHit>> {
    match actors {
        Actors::Roster(roster) => list::list(snapshot, roster, request),
        Actors::Catalogue(catalogue) => Ok(catalogue.list(request)),
    }
}

/// The profile of the actor called `name`, or those that may be meant.
pub(super) fn answer(
    snapshot: &Snapshot,
    roster: &Roster,
    name: &str,
    kind: Option<EntityKind>,
    options: ProfileOptions,
) -> tantivy::Result<ActorAnswer> {
    match resolve::resolve(roster, name, kind) {
        resolve::Resolution::One(actor) => {
            Ok(ActorAnswer::Found(Box::new(profile::profile(snapshot, roster, actor, options)?)))
        }
        resolve::Resolution::Several(actors) => Ok(ActorAnswer::Several(resolve::hits(snapshot, roster, &actors)?)),
        resolve::Resolution::None => Ok(ActorAnswer::Unknown(suggest(snapshot, roster, name, kind)?)),
    }
}

/// The names of all actors that are called just `name`.
pub(super) fn names_of(roster: &Roster, name: &str) -> Vec<String> {
    let called = (0..).zip(&roster.actors).filter(|(_, actor)| actor.name == name);
    called.flat_map(|(actor, _)| roster.names(actor)).map(str::to_owned).collect()
}

/// Actors with a name like `name`, the most alike first.
pub(super) fn suggest(
    snapshot: &Snapshot,
    roster: &Roster,
    name: &str,
    kind: Option<EntityKind>,
) -> tantivy::Result<Vec<ActorHit>> {
    resolve::hits(snapshot, roster, &resolve::alike(roster, name, kind))
}
