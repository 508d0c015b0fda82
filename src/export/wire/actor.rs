//! Actors.

use serde::Serialize;

use super::quote::QuotePlace;
use super::{Body, Line};
use crate::extract::EntityKind;
use crate::search::{ActorHit, ActorProfile, FacetCount};

/// An actor of a listing.
#[derive(Debug, Serialize)]
pub(super) struct ActorFields<'a> {
    name: &'a str,
    kind: &'static str,
    aliases: &'a [String],
    articles: usize,
    quotes: usize,
    first: Option<String>,
    last: Option<String>,
}

/// An actor with its names, roles, time, company and words.
#[derive(Debug, Serialize)]
pub(super) struct ProfileFields<'a> {
    name: &'a str,
    kind: &'static str,
    articles: usize,
    quotes: usize,
    quotes_about: usize,
    first: Option<String>,
    last: Option<String>,
    names: Vec<CountFields<'a>>,
    roles: Vec<CountFields<'a>>,
    outlets: Vec<CountFields<'a>>,
    months: Vec<CountFields<'a>>,
    company: Vec<CompanionFields<'a>>,
    latest_by: Vec<QuotePlace<'a>>,
    latest_about: Vec<QuotePlace<'a>>,
    see_also: Vec<CompanionFields<'a>>,
    hidden: bool,
}

/// A value, and how many articles have it.
#[derive(Debug, Serialize)]
struct CountFields<'a> {
    value: &'a str,
    count: usize,
}

/// Another actor, and how many articles name it; in a company, how many name both.
#[derive(Debug, Serialize)]
struct CompanionFields<'a> {
    name: &'a str,
    kind: &'static str,
    articles: usize,
}

impl<'a> Line<'a> {
    /// An actor.
    pub fn actor(actor: &'a ActorHit) -> Self {
        let body = Body::Actor(ActorFields {
            name: &actor.name,
            kind: actor.kind.as_str(),
            aliases: &actor.aliases,
            articles: actor.articles,
            quotes: actor.quotes,
            first: actor.dates.map(|(first, _)| first.to_string()),
            last: actor.dates.map(|(_, last)| last.to_string()),
        });
        Self::new("actor", body)
    }

    /// An actor with everything that is known of it.
    pub fn profile(profile: &'a ActorProfile) -> Self {
        Self::new("profile", Body::Profile(Box::new(ProfileFields::new(profile))))
    }
}

impl<'a> ProfileFields<'a> {
    fn new(profile: &'a ActorProfile) -> Self {
        let actor = &profile.actor;
        let company = profile.company.iter().map(|other| (other.name.as_str(), other.kind, other.articles));
        let see_also = profile.see_also.iter().map(|other| (other.name.as_str(), other.kind, other.articles));
        let others = |(name, kind, articles): (&'a str, EntityKind, usize)| CompanionFields {
            name,
            kind: kind.as_str(),
            articles,
        };
        Self {
            name: &actor.name,
            kind: actor.kind.as_str(),
            articles: actor.articles,
            quotes: actor.quotes,
            quotes_about: profile.quotes_about,
            first: actor.dates.map(|(first, _)| first.to_string()),
            last: actor.dates.map(|(_, last)| last.to_string()),
            names: counts(&profile.names),
            roles: counts(&profile.roles),
            outlets: counts(&profile.outlets),
            months: counts(&profile.months),
            company: company.map(others).collect(),
            latest_by: profile.latest_by.iter().map(QuotePlace::new).collect(),
            latest_about: profile.latest_about.iter().map(QuotePlace::new).collect(),
            see_also: see_also.map(others).collect(),
            hidden: profile.hidden.is_some(),
        }
    }
}

fn counts(counts: &[FacetCount]) -> Vec<CountFields<'_>> {
    counts.iter().map(|count| CountFields { value: &count.value, count: count.count }).collect()
}
