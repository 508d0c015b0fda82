//! What a query means by the names of actors: all their names, as the index and the user's rules know them.

use super::bare::bare;
use super::roster::{ActorNumber, Detour, Roster};
use super::rules::kinds;
use crate::extract::EntityKind;
use crate::index::analyzer::words;
use crate::search::plan::has_run;
use crate::search::{Field, Query};

/// Who is called what.
pub(super) trait Names {
    /// The actors of `kind`, where that is told, with exactly this name, and those with its words, `own`, in a name that
    /// the user's rules give them.
    fn called(&self, kind: Option<EntityKind>, name: &str, own: &[String]) -> Vec<ActorNumber>;

    /// True where the user's rules give somebody the name with the words `own`.
    fn is_ruled(&self, own: &[String]) -> bool;

    /// How many actors there are; their numbers are those below.
    fn count(&self) -> ActorNumber;

    /// The kind of `actor`.
    fn kind(&self, actor: ActorNumber) -> EntityKind;

    /// The names of `actor`, as articles spell them, most frequent first.
    fn each_name(&self, actor: ActorNumber) -> Box<dyn Iterator<Item = &str> + '_>;

    /// The articles in which an actor is another one.
    fn detours(&self) -> &[Detour];
}

impl Names for Roster {
    fn called(&self, kind: Option<EntityKind>, name: &str, own: &[String]) -> Vec<ActorNumber> {
        let mut found: Vec<ActorNumber> = kinds(kind).filter_map(|kind| self.find(kind, name)).collect();
        let ruled = self.ruled.iter().filter(|(words, _)| has_run(words, own, false)).map(|&(_, actor)| actor);
        found.extend(ruled.filter(|&actor| kind.is_none_or(|kind| kind == self.kind(actor))));
        found
    }

    fn is_ruled(&self, own: &[String]) -> bool {
        let parts = self.detours.iter().map(|detour| detour.into);
        let called = |actor: ActorNumber| words(&self.actors[actor as usize].name) == own;
        self.ruled.iter().any(|(words, _)| words == own) || self.titled.iter().copied().chain(parts).any(called)
    }

    fn count(&self) -> ActorNumber {
        self.actors.len() as ActorNumber
    }

    fn kind(&self, actor: ActorNumber) -> EntityKind {
        self.actors[actor as usize].kind
    }

    fn each_name(&self, actor: ActorNumber) -> Box<dyn Iterator<Item = &str> + '_> {
        Box::new(self.names(actor))
    }

    fn detours(&self) -> &[Detour] {
        &self.detours
    }
}

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
pub(super) fn rewrite(query: &Query, roster: &dyn Names) -> Query {
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
fn condition(part: &Query, roster: &dyn Names) -> Vec<Query> {
    match (part, rewrite(part, roster)) {
        (Query::Field(..), Query::And(parts)) => parts,
        (_, whole) => vec![whole],
    }
}

fn is_changed(roster: &dyn Names, field: Field, query: &Query) -> bool {
    match query {
        Query::Not(inner) => is_changed(roster, field, inner),
        Query::And(parts) | Query::Or(parts) => parts.iter().any(|part| is_changed(roster, field, part)),
        Query::Word(name) | Query::Exact(name) | Query::Phrase(name) => meaning(roster, field, query, name).is_some(),
        _ => false,
    }
}

/// What `query` inside of `field` means, as conditions that each have their field.
fn widened(roster: &dyn Names, field: Field, query: &Query) -> Query {
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
fn meaning(roster: &dyn Names, field: Field, leaf: &Query, name: &str) -> Option<Query> {
    if let Some(name) = person(roster, field, name) {
        let leaf = Query::Phrase(name.clone());
        return meaning(roster, field, &leaf, &name).or_else(|| Some(Query::Field(field, Box::new(leaf))));
    }
    let own = words(name);
    let mut also = Vec::new();
    let mut not = Vec::new();
    for actor in called(roster, field, name, &own) {
        let to = if field == Field::Actor { field_of(roster.kind(actor)) } else { field };
        let names = roster.each_name(actor).filter(|other| !has_run(&words(other), &own, false));
        also.extend(names.map(|other| whole(to, other)));
        for detour in roster.detours() {
            if detour.into == actor {
                let names = roster.each_name(detour.from).map(|other| whole(to, other)).collect();
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

/// `name` without titles, where that is the name of a person; `None` where it has none, or is a name with them: "General
/// Motors", "Don Lemon".
fn person(roster: &dyn Names, field: Field, name: &str) -> Option<String> {
    use EntityKind::{Organization, Other, Person, Place};
    if matches!(field, Field::Organization | Field::Place) {
        return None;
    }
    let bare = bare(name)?;
    let (whole, own) = (words(name), words(&bare));
    let is_called = |kind: EntityKind| !roster.called(Some(kind), name, &whole).is_empty();
    if roster.is_ruled(&whole)
        || [Organization, Place, Other].into_iter().any(is_called)
        || (own.len() == 1 && is_called(Person))
    {
        return None;
    }
    let has_name =
        |actor| roster.each_name(actor).any(|name| may_hold(name, &own) && has_run(&words(name), &own, false));
    (0..roster.count()).any(|actor| roster.kind(actor) == Person && has_name(actor)).then_some(bare)
}

/// False for most names that do not have the words `own`, which is told before they are cut into words.
fn may_hold(name: &str, own: &[String]) -> bool {
    let Some(first) = own.first() else { return false };
    let is_in = |part: &[u8]| name.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part));
    !(name.is_ascii() && first.is_ascii()) || is_in(first.as_bytes())
}

/// The condition that `field` has `name` and not just its words, which the name of somebody else may have too.
fn whole(field: Field, name: &str) -> Query {
    Query::Field(field, Box::new(Query::Name(name.to_owned())))
}

fn any(mut parts: Vec<Query>) -> Option<Query> {
    match parts.len() {
        0 => None,
        1 => parts.pop(),
        _ => Some(Query::Or(parts)),
    }
}

/// The actors that `name` means in `field`.
fn called(roster: &dyn Names, field: Field, name: &str, own: &[String]) -> Vec<ActorNumber> {
    let kind = match field {
        Field::Person => Some(EntityKind::Person),
        Field::Organization => Some(EntityKind::Organization),
        Field::Place => Some(EntityKind::Place),
        _ => None,
    };
    let mut found = roster.called(kind, name, own);
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
