//! Which names are one actor, written down beside the index, so that a new process need not work it out from all names.
//!
//! A catalogue is a copy of what [`Roster`] finds where no rules of a user count. It names the snapshot that it was made
//! of; for any other it does not count, and the roster is made anew.

use std::cmp::Reverse;
use std::path::Path;

use chrono::NaiveDate;
use tantivy::Searcher as Snapshot;
use tantivy::directory::{Directory, OwnedBytes};
use xxhash_rust::xxh3::Xxh3;

use super::list::{Tally, tallies};
use super::owners::Owners;
use super::rewrite::Names;
use super::roster::{ActorNumber, Detour, Roster, keys_of};
use super::rules::kinds;
use crate::extract::EntityKind;
use crate::index::analyzer::words;
use crate::index::{CATALOGUE_FILE, Index};
use crate::search::plan::has_run;
use crate::search::{ActorHit, ActorRequest, Hits};

/// What the file begins with; another version of newsdex may join names otherwise.
const MARK: &str = concat!("newsdex actors 2, ", env!("CARGO_PKG_VERSION"), "\n");

/// Bytes of the snapshot's number and of the five counts that follow [`MARK`].
const HEAD: usize = 8 + 5 * 4;

/// Bytes of an actor: kind, articles, quotes, first and last day, first of its spellings.
const ACTOR: usize = 6 * 4;

/// A catalogue, read where it is asked.
///
/// Actors stand in the order of [`list`](Self::list). Numbers are little-endian: the actors; the bytes at which each
/// spelling begins, actor by actor, most frequent first, and their end; the keys of names in order; the actor of each
/// key; the actors of the columns' names ([`Owners`]); the spellings.
pub(in crate::search) struct Catalogue {
    actors: OwnedBytes,
    begins: OwnedBytes,
    keys: OwnedBytes,
    owners: OwnedBytes,
    columns: Owners,
    texts: OwnedBytes,
}

impl Catalogue {
    /// The catalogue beside `index`, where it is there and of `snapshot`.
    pub(in crate::search) fn open(index: &Index, snapshot: &Snapshot) -> Option<Self> {
        let bytes = index.beside()?.open_read(Path::new(CATALOGUE_FILE)).ok()?.read_bytes().ok()?;
        let rest = bytes.strip_prefix(MARK.as_bytes())?;
        if rest.len() < HEAD || long(rest, 0) != number_of(snapshot) {
            return None;
        }
        let [actors, spellings, keys, columns, texts] = [0, 1, 2, 3, 4].map(|at| short(rest, 2 + at) as usize);
        let mut at = MARK.len() + HEAD;
        let mut take = |length: usize| {
            at += length;
            (at <= bytes.len()).then(|| bytes.slice(at - length..at))
        };
        Some(Self {
            actors: take(actors * ACTOR)?,
            begins: take((spellings + 1) * 4)?,
            keys: take(keys * 8)?,
            owners: take(keys * 4)?,
            columns: Owners::read(take(columns)?, snapshot.segment_readers().len())?,
            texts: take(texts)?,
        })
    }

    /// Writes the catalogue of `snapshot` beside `index`.
    pub(in crate::search) fn write(index: &Index, snapshot: &Snapshot, roster: &Roster) -> tantivy::Result<()> {
        let bytes = encode(snapshot, roster, &tallies(snapshot, roster)?)?;
        if let Some(folder) = index.beside() {
            folder.atomic_write(Path::new(CATALOGUE_FILE), &bytes)?;
        }
        Ok(())
    }

    /// The actors of the names in the index's columns.
    pub(super) const fn columns(&self) -> &Owners {
        &self.columns
    }

    /// What `actor` is called.
    pub(super) fn name(&self, actor: ActorNumber) -> &str {
        self.each_name(actor).next().unwrap_or_default()
    }

    /// As the list that is made of a roster.
    pub(super) fn list(&self, request: &ActorRequest) -> Hits<ActorHit> {
        let prefix = words(&request.prefix);
        let wanted = |actor: &ActorNumber| {
            let of_kind = request.kinds.is_empty() || request.kinds.contains(&self.kind(*actor));
            of_kind && self.figure(*actor, 1) > 0 && self.begins(*actor, &prefix)
        };
        let found: Vec<ActorNumber> = (0..self.count()).filter(wanted).collect();
        let page = found.iter().skip(request.offset).take(request.limit);
        Hits { total: found.len(), copies: 0, hits: page.map(|&actor| self.hit(actor)).collect() }
    }

    /// True where one of the actor's names has words that begin with `prefix`.
    fn begins(&self, actor: ActorNumber, prefix: &[String]) -> bool {
        let Some(first) = prefix.first() else { return true };
        // Most names are told by their letters not to, before they are cut into words.
        let may = |name: &str| !(name.is_ascii() && first.is_ascii()) || holds(name.as_bytes(), first.as_bytes());
        self.each_name(actor).any(|name| may(name) && has_run(&words(name), prefix, true))
    }

    fn hit(&self, actor: ActorNumber) -> ActorHit {
        let day = |at: usize| Some(self.figure(actor, at)).filter(|day| *day > 0);
        let date = |day: u32| NaiveDate::from_num_days_from_ce_opt(day as i32);
        let mut names = self.each_name(actor).map(str::to_owned);
        ActorHit {
            name: names.next().unwrap_or_default(),
            kind: self.kind(actor),
            aliases: names.collect(),
            articles: self.figure(actor, 1) as usize,
            quotes: self.figure(actor, 2) as usize,
            dates: day(3).and_then(date).zip(day(4).and_then(date)),
        }
    }

    fn figure(&self, actor: ActorNumber, at: usize) -> u32 {
        short(&self.actors, actor as usize * (ACTOR / 4) + at)
    }

    fn find(&self, kind: EntityKind, name: &str) -> Option<ActorNumber> {
        keys_of(kind, name).into_iter().find_map(|key| {
            let at = self.place(key);
            (at * 8 < self.keys.len() && long(&self.keys, at) == key).then(|| short(&self.owners, at))
        })
    }

    /// How many keys are below `key`.
    fn place(&self, key: u64) -> usize {
        let (mut low, mut high) = (0, self.keys.len() / 8);
        while low < high {
            let middle = usize::midpoint(low, high);
            if long(&self.keys, middle) < key { low = middle + 1 } else { high = middle }
        }
        low
    }
}

impl Names for Catalogue {
    fn called(&self, kind: Option<EntityKind>, name: &str, _: &[String]) -> Vec<ActorNumber> {
        kinds(kind).filter_map(|kind| self.find(kind, name)).collect()
    }

    fn is_ruled(&self, _: &[String]) -> bool {
        false
    }

    fn count(&self) -> ActorNumber {
        (self.actors.len() / ACTOR) as ActorNumber
    }

    fn kind(&self, actor: ActorNumber) -> EntityKind {
        EntityKind::ALL[self.figure(actor, 0) as usize % EntityKind::ALL.len()]
    }

    fn each_name(&self, actor: ActorNumber) -> Box<dyn Iterator<Item = &str> + '_> {
        let first = self.figure(actor, 5) as usize;
        let spellings = self.begins.len() / 4 - 1;
        let end = if actor + 1 < self.count() { self.figure(actor + 1, 5) as usize } else { spellings };
        Box::new((first..end).map(|at| {
            let bytes = short(&self.begins, at) as usize..short(&self.begins, at + 1) as usize;
            self.texts.get(bytes).and_then(|text| std::str::from_utf8(text).ok()).unwrap_or_default()
        }))
    }

    fn detours(&self) -> &[Detour] {
        &[]
    }
}

/// True where `part`, in small letters, stands in `name`, whatever its case.
fn holds(name: &[u8], part: &[u8]) -> bool {
    name.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
}

/// The number at `at` in a list of numbers of four bytes.
fn short(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at * 4..at * 4 + 4).map_or(0, |four| u32::from_le_bytes([four[0], four[1], four[2], four[3]]))
}

/// The number at `at` in a list of numbers of eight bytes.
fn long(bytes: &[u8], at: usize) -> u64 {
    u64::from(short(bytes, at * 2)) | u64::from(short(bytes, at * 2 + 1)) << 32
}

/// A number that another snapshot does not have: of its segments, and of how many of their documents are deleted.
fn number_of(snapshot: &Snapshot) -> u64 {
    let mut hash = Xxh3::new();
    for reader in snapshot.segment_readers() {
        hash.update(reader.segment_id().uuid_string().as_bytes());
        hash.update(&reader.num_deleted_docs().to_le_bytes());
    }
    hash.digest()
}

fn encode(snapshot: &Snapshot, roster: &Roster, tallies: &[Tally]) -> tantivy::Result<Vec<u8>> {
    let mut order: Vec<ActorNumber> = (0..roster.actors.len() as ActorNumber).collect();
    order.sort_by_cached_key(|&actor| {
        let (own, tally) = (&roster.actors[actor as usize], tallies[actor as usize]);
        (Reverse(tally.articles), Reverse(tally.quotes), &own.name, own.kind)
    });
    let mut places = vec![0; order.len()];
    (0..).zip(&order).for_each(|(place, &actor): (u32, _)| places[actor as usize] = place);
    let (mut actors, mut begins, mut texts) = (Vec::new(), vec![0], String::new());
    for &actor in &order {
        let (own, tally) = (&roster.actors[actor as usize], tallies[actor as usize]);
        let (first, last) = tally.days.unwrap_or_default();
        let figures = [tally.articles as u32, tally.quotes as u32, first as u32, last as u32];
        actors.push(own.kind as u32);
        actors.extend(figures);
        actors.push(begins.len() as u32 - 1);
        for name in roster.names(actor) {
            texts.push_str(name);
            begins.push(texts.len() as u32);
        }
    }
    let mut keys: Vec<(u64, u32)> = roster.keys().map(|(key, actor)| (key, places[actor as usize])).collect();
    keys.sort_unstable();
    let columns = Owners::encode(snapshot, roster, &places)?;
    let counts = [order.len(), begins.len() - 1, keys.len(), columns.len(), texts.len()].map(|count| count as u32);
    let mut bytes = Vec::from(MARK);
    bytes.extend(number_of(snapshot).to_le_bytes());
    let mut put = |numbers: &[u32]| numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes()));
    put(&counts);
    put(&actors);
    put(&begins);
    bytes.extend(keys.iter().flat_map(|(key, _)| key.to_le_bytes()));
    bytes.extend(keys.iter().flat_map(|(_, owner)| owner.to_le_bytes()));
    bytes.extend(columns);
    bytes.extend(texts.into_bytes());
    Ok(bytes)
}
