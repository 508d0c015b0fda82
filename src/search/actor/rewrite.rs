//! What a query means by the names of actors: all their names, as the index and the user's rules know them.

use super::roster::{ActorNumber, Roster};
use super::rules::kinds;
use crate::extract::EntityKind;
use crate::index::analyzer::words;
use crate::search::plan::{has_run, named};
use crate::search::{Field, Query};

/// True where `query` asks for actors by name.
pub(in crate::search) fn names_actors(query: &Query) -> bool {
    match query {
        Query::Field(field, _) => is_of_actors(*field),
        Query::Not(inner) | Query::Boost(inner, _) => names_actors(inner),
        Query::And(parts) | Query::Or(parts) => parts.iter().any(names_actors),
        _ => false,
    }
}

const fn is_of_actors(field: Field) -> bool {
    use Field::{About, Actor, Addressee, Organization, Person, Place, Speaker};
    matches!(field, Person | Organization | Place | Actor | Speaker | Addressee | About)
}

/// `query` with every actor's name widened to all names of that actor.
pub(in crate::search) fn rewrite(query: &Query, roster: &Roster) -> Query {
    match query {
        Query::Field(field, inner) if is_of_actors(*field) && is_changed(roster, *field, inner) => {
            widened(roster, *field, inner)
        }
        Query::Not(inner) => Query::Not(Box::new(rewrite(inner, roster))),
        Query::Boost(inner, weight) => Query::Boost(Box::new(rewrite(inner, roster)), *weight),
        Query::And(parts) => Query::And(parts.iter().flat_map(|part| condition(part, roster)).collect()),
        Query::Or(parts) => Query::Or(parts.iter().map(|part| rewrite(part, roster)).collect()),
        _ => query.clone(),
    }
}

/// What `part` of an `AND` means. What a name means stands at the level of the name itself; brackets that the user set
/// stay, because conditions on quotes inside them hold in a quote of their own.
fn condition(part: &Query, roster: &Roster) -> Vec<Query> {
    match (part, rewrite(part, roster)) {
        (Query::Field(..), Query::And(parts)) => parts,
        (_, whole) => vec![whole],
    }
}

fn is_changed(roster: &Roster, field: Field, query: &Query) -> bool {
    match query {
        Query::Not(inner) => is_changed(roster, field, inner),
        Query::And(parts) | Query::Or(parts) => parts.iter().any(|part| is_changed(roster, field, part)),
        Query::Word(name) | Query::Exact(name) | Query::Phrase(name) => meaning(roster, field, query, name).is_some(),
        _ => false,
    }
}

/// What `query` inside of `field` means, as conditions that each have their field.
fn widened(roster: &Roster, field: Field, query: &Query) -> Query {
    match query {
        Query::Not(inner) => Query::Not(Box::new(widened(roster, field, inner))),
        Query::And(parts) => and(parts.iter().map(|part| widened(roster, field, part)).collect()),
        Query::Or(parts) => Query::Or(parts.iter().map(|part| widened(roster, field, part)).collect()),
        Query::Word(name) | Query::Exact(name) | Query::Phrase(name) => {
            meaning(roster, field, query, name).unwrap_or_else(|| Query::Field(field, Box::new(query.clone())))
        }
        _ => Query::Field(field, Box::new(query.clone())),
    }
}

/// All of `parts` at one level: only there do conditions on quotes hold in one and the same quote.
fn and(parts: Vec<Query>) -> Query {
    let mut flat = Vec::with_capacity(parts.len());
    for part in parts {
        match part {
            Query::And(inner) => flat.extend(inner),
            other => flat.push(other),
        }
    }
    Query::And(flat)
}

/// What the name `name` in `field` means beside what its words say; `None` where that is all.
fn meaning(roster: &Roster, field: Field, leaf: &Query, name: &str) -> Option<Query> {
    let own = words(name);
    let mut also = Vec::new();
    let mut not = Vec::new();
    for actor in called(roster, field, name, &own) {
        let to = if field == Field::Actor { field_of(roster.actors[actor as usize].kind) } else { field };
        let names = roster.names(actor).filter(|other| !has_run(&words(other), &own, false));
        also.extend(names.map(|other| named(to, other)));
        for detour in &roster.detours {
            if detour.into == actor {
                let names = roster.names(detour.from).map(|other| named(to, other)).collect();
                also.push(and(vec![any(names)?, detour.articles.clone()]));
            } else if detour.from == actor {
                not.push(Query::Not(Box::new(detour.articles.clone())));
            }
        }
    }
    if also.is_empty() && not.is_empty() {
        return None;
    }
    also.insert(0, Query::Field(field, Box::new(leaf.clone())));
    let all = any(also)?;
    Some(if not.is_empty() { all } else { and([vec![all], not].concat()) })
}

fn any(mut parts: Vec<Query>) -> Option<Query> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Query::Or(parts)),
    }
}

/// The actors with exactly this name, and those with its words in a name that the rules give them.
fn called(roster: &Roster, field: Field, name: &str, own: &[String]) -> Vec<ActorNumber> {
    let kind = match field {
        Field::Person => Some(EntityKind::Person),
        Field::Organization => Some(EntityKind::Organization),
        Field::Place => Some(EntityKind::Place),
        _ => None,
    };
    let mut found: Vec<ActorNumber> = kinds(kind).filter_map(|kind| roster.find(kind, name)).collect();
    let ruled = roster.ruled.iter().filter(|(words, _)| has_run(words, own, false)).map(|&(_, actor)| actor);
    found.extend(ruled.filter(|&actor| kind.is_none_or(|kind| kind == roster.actors[actor as usize].kind)));
    found.sort_unstable();
    found.dedup();
    found
}

const fn field_of(kind: EntityKind) -> Field {
    match kind {
        EntityKind::Person => Field::Person,
        EntityKind::Organization => Field::Organization,
        EntityKind::Place => Field::Place,
        EntityKind::Other => Field::Actor,
    }
}
