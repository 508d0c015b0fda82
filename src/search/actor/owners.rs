//! Which actor each name in the columns of an index is, written down with the catalogue, so that matches are counted by
//! actor without reading a name.

use tantivy::columnar::Column;
use tantivy::directory::OwnedBytes;
use tantivy::{DocAddress, DocId, Searcher as Snapshot, SegmentReader};

use super::roster::{ActorNumber, NOBODY, Roster, column_of, each_term};
use super::walk::preferred;
use crate::extract::EntityKind;
use crate::index::{Kind, name};
use crate::search::block::{self, Block};

/// Columns of names in a segment: one a kind of entity, and the speakers.
const COLUMNS: usize = 5;
/// Numbers for each name of a speaker: the actor of each kind that is called so.
const KINDS: usize = 4;

/// The actors of the names in all segments, as little-endian numbers of four bytes: how many numbers each column of each
/// segment has, then the numbers, column by column.
pub(super) struct Owners {
    bytes: OwnedBytes,
    /// For each segment and column, where its numbers begin.
    begins: Vec<usize>,
}

impl Owners {
    /// What [`Owners::read`] reads of `snapshot`, with the numbers that `places` gives to the actors of `roster`.
    pub(super) fn encode(snapshot: &Snapshot, roster: &Roster, places: &[u32]) -> tantivy::Result<Vec<u8>> {
        let place = |actor: ActorNumber| places.get(actor as usize).copied().unwrap_or(NOBODY);
        let (mut lengths, mut numbers) = (Vec::new(), Vec::new());
        for (columns, reader) in roster.columns.iter().zip(snapshot.segment_readers()) {
            for actors in columns {
                lengths.push(actors.len() as u32);
                numbers.extend(actors.iter().map(|&actor| place(actor)));
            }
            let begin = numbers.len();
            if let Some(speakers) = reader.fast_fields().str(name::SPEAKER)? {
                each_term(&speakers, |text| numbers.extend(roster.bearers(text).map(place)))?;
            }
            lengths.push((numbers.len() - begin) as u32);
        }
        Ok(lengths.into_iter().chain(numbers).flat_map(u32::to_le_bytes).collect())
    }

    /// The numbers of so many `segments`; `None` where `bytes` are not as many.
    pub(super) fn read(bytes: OwnedBytes, segments: usize) -> Option<Self> {
        let columns = segments * COLUMNS;
        let mut at = columns;
        let mut begins = Vec::with_capacity(columns);
        for column in 0..columns {
            begins.push(at);
            at += number(&bytes, column)? as usize;
        }
        (bytes.len() == at * 4).then_some(Self { bytes, begins })
    }

    fn at(&self, segment: u32, column: usize, offset: usize) -> ActorNumber {
        let begin = self.begins.get(segment as usize * COLUMNS + column);
        begin.and_then(|begin| number(&self.bytes, begin + offset)).unwrap_or(NOBODY)
    }

    fn named(&self, segment: u32, kind: EntityKind, ordinal: u64) -> ActorNumber {
        self.at(segment, kind as usize, ordinal as usize)
    }

    fn bearer(&self, segment: u32, kind: EntityKind, ordinal: u64) -> ActorNumber {
        self.at(segment, KINDS, ordinal as usize * KINDS + kind as usize)
    }
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at * 4..at * 4 + 4)?;
    Some(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// Calls `each` with every actor that each of the `articles` names, of those that `is_wanted`, once for each article;
/// these stand in the order of the index.
pub(super) fn each_named(
    snapshot: &Snapshot,
    owners: &Owners,
    articles: &[DocAddress],
    is_wanted: impl Fn(ActorNumber) -> bool,
    mut each: impl FnMut(DocAddress, ActorNumber),
) -> tantivy::Result<()> {
    each_segment(articles, |segment, documents| {
        let mut columns = owners.columns_of(segment, snapshot.segment_reader(segment), &is_wanted)?;
        let mut named = Named::default();
        for documents in documents.chunks(block::DOCUMENTS) {
            for column in &mut columns {
                column.read(documents);
            }
            for &document in documents {
                for column in &mut columns {
                    column.take(document, |actor| {
                        if named.is_first(document, actor) {
                            each(DocAddress::new(segment, document), actor);
                        }
                    });
                }
            }
        }
        Ok(())
    })
}

/// Calls `each` with every actor that is quoted in each of the `articles`, once for each article; these stand in the order
/// of the index.
pub(super) fn each_speaker(
    snapshot: &Snapshot,
    owners: &Owners,
    articles: &[DocAddress],
    mut each: impl FnMut(DocAddress, ActorNumber),
) -> tantivy::Result<()> {
    let mut actors = Vec::new();
    each_segment(articles, |segment, documents| {
        let columns = Columns::new(snapshot.segment_reader(segment))?;
        for &document in documents {
            actors.clear();
            columns.speakers(owners, segment, document, &mut actors);
            actors.sort_unstable();
            actors.dedup();
            let known = actors.iter().filter(|&&actor| actor != NOBODY);
            known.for_each(|&actor| each(DocAddress::new(segment, document), actor));
        }
        Ok(())
    })
}

/// Calls `each` with the documents of each segment among `articles`, which stand in the order of the index.
fn each_segment(
    articles: &[DocAddress],
    mut each: impl FnMut(u32, &[DocId]) -> tantivy::Result<()>,
) -> tantivy::Result<()> {
    for articles in articles.chunk_by(|left, right| left.segment_ord == right.segment_ord) {
        let documents: Vec<DocId> = articles.iter().map(|article| article.doc_id).collect();
        each(articles[0].segment_ord, &documents)?;
    }
    Ok(())
}

/// Tells which actors an article was met with already: one that has several names of an actor counts once.
#[derive(Default)]
struct Named {
    /// For each actor, the last document that named it.
    last: Vec<Option<DocId>>,
}

impl Named {
    fn is_first(&mut self, document: DocId, actor: ActorNumber) -> bool {
        let place = actor as usize;
        if place >= self.last.len() {
            self.last.resize(place + 1, None);
        }
        self.last[place].replace(document) != Some(document)
    }
}

/// A column of names, read for many articles at a time, and the actor of each name.
struct NameColumn {
    ordinals: Column<u64>,
    /// The actor of each ordinal; [`NOBODY`] for those that are not wanted.
    actors: Vec<ActorNumber>,
    block: Block,
    at: usize,
}

impl NameColumn {
    fn read(&mut self, documents: &[DocId]) {
        self.block.read(&self.ordinals, documents);
        self.at = 0;
    }

    /// Calls `each` with the actors that `document` names, the next one of those read.
    fn take(&mut self, document: DocId, mut each: impl FnMut(ActorNumber)) {
        while self.block.documents.get(self.at) == Some(&document) {
            let actor = self.actors.get(self.block.values[self.at] as usize).copied().unwrap_or(NOBODY);
            if actor != NOBODY {
                each(actor);
            }
            self.at += 1;
        }
    }
}

impl Owners {
    /// The columns of a segment that name anybody who `is_wanted`: an actor that is known by an acronym may have names of
    /// several kinds.
    fn columns_of(
        &self,
        segment: u32,
        reader: &SegmentReader,
        is_wanted: impl Fn(ActorNumber) -> bool,
    ) -> tantivy::Result<Vec<NameColumn>> {
        let mut columns = Vec::new();
        for kind in EntityKind::ALL {
            let Some(column) = reader.fast_fields().str(column_of(kind))? else { continue };
            let wanted = |ordinal| {
                let actor = self.named(segment, kind, ordinal);
                if actor != NOBODY && is_wanted(actor) { actor } else { NOBODY }
            };
            let actors: Vec<ActorNumber> = (0..column.num_terms() as u64).map(wanted).collect();
            if actors.iter().any(|&actor| actor != NOBODY) {
                columns.push(NameColumn { ordinals: column.ords().clone(), actors, block: Block::default(), at: 0 });
            }
        }
        Ok(columns)
    }
}

/// The columns of a segment that are read.
struct Columns {
    kinds: Column<u64>,
    named: [Option<Column<u64>>; KINDS],
    speakers: Option<Column<u64>>,
    /// The class of each quote's speaker, and the kinds of actor that each class prefers.
    class: Option<(Column<u64>, Vec<Option<EntityKind>>)>,
}

impl Columns {
    fn new(reader: &SegmentReader) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let read = |field: &str| columns.str(field).map(|column| column.map(|column| column.ords().clone()));
        let mut named = [const { None }; KINDS];
        for kind in EntityKind::ALL {
            named[kind as usize] = read(column_of(kind))?;
        }
        let class = match columns.str(name::CLASS)? {
            Some(column) => Some((column.ords().clone(), preferred(&column)?)),
            None => None,
        };
        Ok(Self { kinds: columns.u64(name::KIND)?, named, speakers: read(name::SPEAKER)?, class })
    }

    /// The actors that an article names: one that is known by an acronym may have names of several kinds.
    fn named(&self, owners: &Owners, segment: u32, article: DocId) -> impl Iterator<Item = ActorNumber> {
        let columns = EntityKind::ALL.into_iter().zip(&self.named);
        let values = columns.filter_map(|(kind, column)| Some((kind, column.as_ref()?)));
        values.flat_map(move |(kind, column)| {
            column.values_for_doc(article).map(move |ordinal| owners.named(segment, kind, ordinal))
        })
    }

    /// Adds who is quoted in an article: for each name the actor that is called so and that the article names.
    fn speakers(&self, owners: &Owners, segment: u32, article: DocId, into: &mut Vec<ActorNumber>) {
        for ordinal in self.speakers.iter().flat_map(|column| column.values_for_doc(article)) {
            let bearers = EntityKind::ALL.map(|kind| owners.bearer(segment, kind, ordinal));
            let there = |&bearer: &ActorNumber| {
                bearer != NOBODY && self.named(owners, segment, article).any(|actor| actor == bearer)
            };
            let first = bearers.into_iter().find(there);
            if bearers.into_iter().filter(there).any(|bearer| Some(bearer) != first) {
                self.by_class(
                    article,
                    ordinal,
                    bearers.map(|bearer| if there(&bearer) { bearer } else { NOBODY }),
                    into,
                );
            } else {
                into.extend(first);
            }
        }
    }

    /// Adds which of the `bearers` of a name the quotes of an article mean, which stand before it in the index.
    fn by_class(&self, article: DocId, ordinal: u64, bearers: [ActorNumber; KINDS], into: &mut Vec<ActorNumber>) {
        let (Some((class, kinds)), Some(speakers)) = (&self.class, &self.speakers) else { return };
        let is_quote = |quote: &DocId| self.kinds.first(*quote) == Some(Kind::Quote as u64);
        let quotes = (0..article).rev().take_while(is_quote);
        for quote in quotes.filter(|&quote| speakers.first(quote) == Some(ordinal)) {
            let kind = class.first(quote).and_then(|class| kinds.get(class as usize).copied().flatten());
            let own = kind.map(|kind| bearers[kind as usize]).into_iter().chain(bearers);
            into.extend(kind.and_then(|_| own.into_iter().find(|&bearer| bearer != NOBODY)));
        }
    }
}
