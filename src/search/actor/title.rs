//! What a user's rules call the speakers of quotes.

use std::collections::BTreeSet;

use tantivy::{DocAddress, Searcher as Snapshot};

use super::roster::{ActorNumber, NOBODY, Roster};
use super::walk::Walk;
use crate::extract::{EntityKind, SpeakerClass};
use crate::index::{Kind, name};
use crate::search::QuoteHit;

/// Calls speakers what the rules call them.
pub(in crate::search) struct Titles<'a> {
    snapshot: &'a Snapshot,
    roster: &'a Roster,
    walk: Walk<'a>,
    /// The actors that the rules name; all others keep the name that their article has.
    ruled: BTreeSet<ActorNumber>,
}

impl<'a> Titles<'a> {
    pub(in crate::search) fn new(snapshot: &'a Snapshot, roster: &'a Roster) -> tantivy::Result<Self> {
        let parts = roster.detours.iter().map(|detour| detour.into);
        let ruled = roster.titled.iter().copied().chain(parts);
        Ok(Self { snapshot, roster, walk: Walk::new(snapshot, roster)?, ruled: ruled.collect() })
    }

    /// Gives the speaker of `hit`, the quote at `address`, the name that the rules have for them.
    pub(in crate::search) fn apply(&self, hit: &mut QuoteHit, address: DocAddress) -> tantivy::Result<()> {
        let Some(speaker) = &hit.speaker else { return Ok(()) };
        let article = self.article_of(address)?;
        let bearers = self.roster.bearers(speaker).map(|actor| self.walk.there(actor, article));
        let kind = match hit.class {
            Some(SpeakerClass::Named) | None => EntityKind::Person,
            Some(_) => EntityKind::Organization,
        };
        let mut candidates = [bearers[kind as usize]].into_iter().chain(bearers);
        let actor = candidates.find(|&actor| actor != NOBODY);
        if let Some(actor) = actor.filter(|actor| self.ruled.contains(actor)) {
            hit.speaker = Some(self.roster.actors[actor as usize].name.clone());
        }
        Ok(())
    }

    /// The article of a quote: the next one after it, as an article's quotes stand before it.
    fn article_of(&self, quote: DocAddress) -> tantivy::Result<(u32, u32)> {
        let reader = self.snapshot.segment_reader(quote.segment_ord);
        let kinds = reader.fast_fields().u64(name::KIND)?;
        let mut after = quote.doc_id..reader.max_doc();
        let article = after.find(|&document| kinds.first(document) == Some(Kind::Article as u64));
        Ok((quote.segment_ord, article.unwrap_or(quote.doc_id)))
    }
}
