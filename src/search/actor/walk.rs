//! Every article of the index once, with the actors that it names and the quotes that stand in it.

use std::collections::BTreeSet;

use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Searcher as Snapshot, SegmentReader};

use super::roster::{ActorNumber, NOBODY, Roster, alive, column_of, each_term};
use crate::extract::{EntityKind, SpeakerClass};
use crate::index::{Kind, name};
use crate::search::{plan, stored};

/// One article.
pub(super) struct Seen<'a> {
    /// Number of its segment.
    pub(super) segment: u32,
    pub(super) document: DocId,
    /// Day of publication, counted from the day before 1 January of the year 1.
    pub(super) day: Option<i64>,
    /// The actors that it names, each once.
    pub(super) actors: &'a [ActorNumber],
    /// Its quotes, in order.
    pub(super) quotes: &'a [SeenQuote],
}

/// One quote of an article.
pub(super) struct SeenQuote {
    pub(super) document: DocId,
    /// Who says it, or [`NOBODY`].
    pub(super) by: ActorNumber,
    /// Whom it names.
    pub(super) about: Vec<ActorNumber>,
    /// True where nothing is said: somebody did not answer.
    pub(super) is_declined: bool,
}

/// Goes through the articles of a snapshot.
pub(super) struct Walk<'a> {
    snapshot: &'a Snapshot,
    roster: &'a Roster,
    /// For each detour of the roster, the articles that take it.
    detours: Vec<BTreeSet<(u32, DocId)>>,
    /// For each actor, whether a detour begins there.
    parts: Vec<bool>,
    /// Whether quotes of those who did not answer are seen too.
    declined: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, roster: &'a Roster) -> tantivy::Result<Self> {
        let mut detours = Vec::new();
        let mut parts = vec![false; roster.actors.len()];
        for detour in &roster.detours {
            let plan = plan::plan(snapshot, &detour.articles, Kind::Article)?;
            let addresses = stored::articles(snapshot, plan)?;
            detours.push(addresses.iter().map(|address| (address.segment_ord, address.doc_id)).collect());
            parts[detour.from as usize] = true;
        }
        Ok(Self { snapshot, roster, detours, parts, declined: false })
    }

    /// The same walk, on which those who did not answer are seen too.
    pub(super) fn with_declined(self) -> Self {
        Self { declined: true, ..self }
    }

    /// Calls `each` with every article, in the order of the index.
    pub(super) fn each(&self, mut each: impl FnMut(&Seen)) -> tantivy::Result<()> {
        // For each actor, the last article that it was seen in, so that it counts there once.
        let mut stamps = vec![0u32; self.roster.actors.len()];
        let mut stamp = 0;
        for (segment, reader) in (0..).zip(self.snapshot.segment_readers()) {
            let columns = Columns::new(reader, self.roster)?;
            let (mut actors, mut quotes) = (Vec::new(), Vec::new());
            for document in alive(reader) {
                match columns.kinds.first(document) {
                    Some(kind) if kind == Kind::Quote as u64 && !self.declined && columns.is_declined(document) => {}
                    Some(kind) if kind == Kind::Quote as u64 => quotes.push(document),
                    Some(kind) if kind == Kind::Article as u64 => {
                        stamp += 1;
                        let mut present = Present { stamps: &mut stamps, stamp, actors: &mut actors };
                        self.name(&columns, (segment, document), &mut present);
                        let said: Vec<SeenQuote> = quotes
                            .drain(..)
                            .map(|quote| self.quote(&columns, (segment, document), quote, &present))
                            .collect();
                        let day = columns.days.first(document);
                        each(&Seen { segment, document, day, actors: &actors, quotes: &said });
                        actors.clear();
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    /// Takes down the actors that an article names.
    fn name(&self, columns: &Columns, article: (u32, DocId), present: &mut Present) {
        for (column, actors) in columns.named.iter().zip(&self.roster.columns[article.0 as usize]) {
            let Some(column) = column else { continue };
            for ordinal in column.values_for_doc(article.1) {
                present.add(self.there(actors[ordinal as usize], article));
            }
        }
    }

    /// Who `actor` is in this article.
    pub(super) fn there(&self, actor: ActorNumber, article: (u32, DocId)) -> ActorNumber {
        if actor == NOBODY || !self.parts[actor as usize] {
            return actor;
        }
        let mut detours = self.roster.detours.iter().zip(&self.detours);
        let taken = detours.find(|(detour, articles)| detour.from == actor && articles.contains(&article));
        taken.map_or(actor, |(detour, _)| detour.into)
    }

    fn quote(&self, columns: &Columns, article: (u32, DocId), document: DocId, present: &Present) -> SeenQuote {
        let (mut by, mut about) = (NOBODY, Vec::new());
        if let Some((column, bearers)) = &columns.speakers
            && let Some(ordinal) = column.ords().first(document)
        {
            let bearers = bearers[ordinal as usize].map(|actor| self.there(actor, article));
            by = columns.speaker(document, bearers, present);
        }
        if let Some((column, bearers)) = &columns.about {
            for ordinal in column.term_ords(document) {
                let bearers = bearers[ordinal as usize].map(|actor| self.there(actor, article));
                about.extend(bearers.into_iter().find(|&actor| present.has(actor)));
            }
        }
        SeenQuote { document, by, about, is_declined: columns.is_declined(document) }
    }
}

/// The actors of one article.
struct Present<'a> {
    stamps: &'a mut [u32],
    stamp: u32,
    actors: &'a mut Vec<ActorNumber>,
}

impl Present<'_> {
    fn add(&mut self, actor: ActorNumber) {
        if actor != NOBODY && self.stamps[actor as usize] != self.stamp {
            self.stamps[actor as usize] = self.stamp;
            self.actors.push(actor);
        }
    }

    fn has(&self, actor: ActorNumber) -> bool {
        actor != NOBODY && self.stamps[actor as usize] == self.stamp
    }
}

/// For one name, the actor of each kind that has it.
type Bearers = [ActorNumber; 4];

/// What is read of a segment.
struct Columns {
    kinds: Column<u64>,
    days: Column<i64>,
    named: [Option<Column<u64>>; 4],
    speakers: Option<(StrColumn, Vec<Bearers>)>,
    about: Option<(StrColumn, Vec<Bearers>)>,
    /// The class of each quote's speaker, and the kinds that each class prefers; `None` for who says nothing.
    class: Option<(Column<u64>, Vec<Option<EntityKind>>)>,
}

/// For each class of speakers in `column`, the kind of actor that it prefers; `None` for who says nothing.
pub(super) fn preferred(column: &StrColumn) -> tantivy::Result<Vec<Option<EntityKind>>> {
    let mut preferred = Vec::new();
    each_term(column, |word| {
        preferred.push(match word {
            word if word == SpeakerClass::Declined.as_str() => None,
            word if word == SpeakerClass::Named.as_str() => Some(EntityKind::Person),
            _ => Some(EntityKind::Organization),
        });
    })?;
    Ok(preferred)
}

impl Columns {
    fn new(reader: &SegmentReader, roster: &Roster) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let mut named = [const { None }; 4];
        for kind in EntityKind::ALL {
            named[kind as usize] = columns.str(column_of(kind))?.map(|column| column.ords().clone());
        }
        let bearers = |field: &str| -> tantivy::Result<Option<(StrColumn, Vec<Bearers>)>> {
            let Some(column) = columns.str(field)? else { return Ok(None) };
            let mut found = Vec::with_capacity(column.num_terms());
            each_term(&column, |text| {
                found.push(roster.bearers(text));
            })?;
            Ok(Some((column, found)))
        };
        let class = match columns.str(name::CLASS)? {
            Some(column) => Some((column.ords().clone(), preferred(&column)?)),
            None => None,
        };
        Ok(Self {
            kinds: columns.u64(name::KIND)?,
            days: columns.i64(name::DAY)?,
            named,
            speakers: bearers(name::SPEAKER)?,
            about: bearers(name::ABOUT)?,
            class,
        })
    }

    /// The kind that the class of the quote's speaker prefers.
    #[expect(clippy::option_option, reason = "the outer tells whether the quote has a class")]
    fn preferred(&self, quote: DocId) -> Option<Option<EntityKind>> {
        let (class, kinds) = self.class.as_ref()?;
        Some(kinds[class.first(quote)? as usize])
    }

    /// True where nothing is said: somebody did not answer.
    fn is_declined(&self, quote: DocId) -> bool {
        self.preferred(quote) == Some(None)
    }

    /// Which of `bearers` of the speaker's name says the quote: one that the article names, of the kind that the class
    /// of the speaker tells where there are several.
    fn speaker(&self, quote: DocId, bearers: Bearers, present: &Present) -> ActorNumber {
        let kind = self.preferred(quote).flatten();
        let preferred = kind.map(|kind| bearers[kind as usize]);
        let mut candidates = preferred.into_iter().chain(bearers);
        candidates.find(|&actor| present.has(actor)).unwrap_or(NOBODY)
    }
}
