//! Every name of the index, and which of them are one actor.
//!
//! Names of one kind are one actor where they are spellings or synonyms of one name; where articles that print both use
//! the one for the other and the words bear that out ([`evidence`](super::evidence)); and where the user's rules say so.
//! Names of two kinds are never one.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::BuildHasherDefault;

use tantivy::columnar::StrColumn;
use tantivy::{DocId, Searcher as Snapshot, SegmentReader};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::evidence;
use super::rules::{ActorRules, Part, kinds};
use crate::extract::EntityKind;
use crate::extract::entity::{name_key, spelling_key};
use crate::index::analyzer::words;
use crate::index::{Unhashed, name, parts_of_use};
use crate::search::Query;

/// Number of an actor in its [`Roster`].
pub(super) type ActorNumber = u32;

/// Stands where a name belongs to no actor.
pub(super) const NOBODY: ActorNumber = u32::MAX;

type Keys = HashSet<u64, BuildHasherDefault<Unhashed>>;
type ByKey<T> = HashMap<u64, T, BuildHasherDefault<Unhashed>>;

/// A name as articles spell it.
#[derive(Debug)]
pub(super) struct Spelling {
    pub(super) text: String,
    pub(super) kind: EntityKind,
    /// How many articles have it as a full name.
    pub(super) articles: usize,
    key: u64,
}

/// A use of a name for an actor that the article also names in full.
#[derive(Debug)]
pub(super) struct Alias {
    pub(super) text: String,
    pub(super) owner: ActorNumber,
    /// In how many articles.
    pub(super) articles: usize,
    pub(super) key: u64,
}

/// One actor.
#[derive(Debug)]
pub(super) struct Actor {
    pub(super) kind: EntityKind,
    /// What it is called: as the rules say, else the most frequent spelling.
    pub(super) name: String,
    /// Its spellings, most frequent first, as indices into [`Roster::spellings`].
    pub(super) spellings: Vec<u32>,
    /// Line of the rule that hides it.
    pub(super) hidden: Option<usize>,
}

/// A part of an actor's articles in which it is another one.
pub(super) struct Detour {
    pub(super) from: ActorNumber,
    pub(super) into: ActorNumber,
    /// In which articles.
    pub(super) articles: Query,
}

/// All names and actors of a snapshot.
pub(in crate::search) struct Roster {
    pub(super) spellings: Vec<Spelling>,
    pub(super) actors: Vec<Actor>,
    pub(super) aliases: Vec<Alias>,
    pub(super) detours: Vec<Detour>,
    /// For each segment and kind, the actor of each name by its number in the column.
    pub(super) columns: Vec<[Vec<ActorNumber>; 4]>,
    /// Names that the rules give to actors, in words.
    pub(super) ruled: Vec<(Vec<String>, ActorNumber)>,
    /// Actors that the rules have a name for.
    pub(super) titled: Vec<ActorNumber>,
    by_text: ByKey<ActorNumber>,
    by_key: ByKey<ActorNumber>,
}

impl Roster {
    /// Reads all names of `snapshot` and joins them.
    pub(in crate::search) fn new(snapshot: &Snapshot, rules: &ActorRules) -> tantivy::Result<Self> {
        let mut draft = Draft { apart: apart(rules), ..Draft::default() };
        let mut columns = Vec::new();
        for reader in snapshot.segment_readers() {
            columns.push(draft.read(reader)?);
        }
        let uses = draft.uses(snapshot)?;
        evidence::join(&mut draft, &uses);
        draft.obey(rules);
        Ok(draft.finish(columns, uses, rules))
    }

    /// The actor of `kind` that has exactly this name, whatever its spelling.
    pub(super) fn find(&self, kind: EntityKind, name: &str) -> Option<ActorNumber> {
        keys_of(kind, name).iter().find_map(|key| self.by_key.get(key)).copied()
    }

    /// For each kind, the actor that has this name in just this spelling, or else in another.
    pub(super) fn bearers(&self, name: &str) -> [ActorNumber; 4] {
        let exact = EntityKind::ALL.map(|kind| self.by_text.get(&exact(kind, name)).copied().unwrap_or(NOBODY));
        if exact != [NOBODY; 4] {
            return exact;
        }
        EntityKind::ALL.map(|kind| self.find(kind, name).unwrap_or(NOBODY))
    }

    /// The keys of names, each with its actor.
    pub(super) fn keys(&self) -> impl Iterator<Item = (u64, ActorNumber)> {
        self.by_key.iter().map(|(&key, &actor)| (key, actor))
    }

    /// How many articles name `actor`; one that has two of its spellings counts twice.
    pub(super) fn articles(&self, actor: ActorNumber) -> usize {
        let spellings = &self.actors[actor as usize].spellings;
        spellings.iter().map(|&spelling| self.spellings[spelling as usize].articles).sum()
    }

    /// The names of `actor`, as articles spell them, most frequent first.
    pub(super) fn names(&self, actor: ActorNumber) -> impl Iterator<Item = &str> {
        let spellings = &self.actors[actor as usize].spellings;
        spellings.iter().map(|&spelling| self.spellings[spelling as usize].text.as_str())
    }
}

/// Seeds that tell keys of two uses apart.
const WHOLE: u64 = 0;
const APART: u64 = 1;
const EXACT: u64 = 2;

/// `key` for names of `kind` alone.
fn mark(kind: EntityKind, key: u64, seed: u64) -> u64 {
    xxh3_64_with_seed(&key.to_le_bytes(), seed * 8 + kind as u64)
}

/// The keys under which an actor of `kind` may be found by `name`, the closer one first.
pub(super) fn keys_of(kind: EntityKind, name: &str) -> [u64; 2] {
    [mark(kind, spelling_key(name), APART), mark(kind, name_key(kind, name), WHOLE)]
}

/// The key of the name `text` of `kind` in just this spelling.
fn exact(kind: EntityKind, text: &str) -> u64 {
    xxh3_64_with_seed(text.as_bytes(), EXACT * 8 + kind as u64)
}

/// The keys of the spellings that the rules set apart.
fn apart(rules: &ActorRules) -> Keys {
    let mut keys = Keys::default();
    for split in &rules.splits {
        let Part::Names(names) = &split.part else { continue };
        for kind in kinds(split.kind) {
            keys.extend(names.iter().map(|name| mark(kind, spelling_key(name), APART)));
        }
    }
    keys
}

/// Names on their way to a roster: groups of spellings that are joined.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) spellings: Vec<Spelling>,
    by_text: ByKey<u32>,
    group_by_key: ByKey<u32>,
    /// For each spelling, its group.
    group_of: Vec<u32>,
    /// For each group, the one that it was joined to, or itself; and its kind.
    parents: Vec<u32>,
    kinds: Vec<EntityKind>,
    /// For each group, what the rules call it.
    titles: HashMap<u32, String>,
    apart: Keys,
}

/// That `articles` articles name the spelling `owner` in full and use `text` for it too.
pub(super) struct Use {
    pub(super) owner: u32,
    pub(super) text: String,
    /// The spelling that is `text`, where some article has it as a full name.
    pub(super) spelling: Option<u32>,
    pub(super) articles: usize,
}

impl Draft {
    /// Takes in the names of a segment; gives the spelling of each name by its number.
    fn read(&mut self, reader: &SegmentReader) -> tantivy::Result<[Vec<u32>; 4]> {
        let mut columns = [const { Vec::new() }; 4];
        for kind in EntityKind::ALL {
            let Some(column) = reader.fast_fields().str(column_of(kind))? else { continue };
            let counts = counts(reader, &column);
            let mut ordinal = 0;
            each_term(&column, |text| {
                columns[kind as usize].push(self.spelling(kind, text, counts[ordinal]));
                ordinal += 1;
            })?;
        }
        Ok(columns)
    }

    fn spelling(&mut self, kind: EntityKind, text: &str, articles: usize) -> u32 {
        let own_text = exact(kind, text);
        if let Some(&known) = self.by_text.get(&own_text) {
            self.spellings[known as usize].articles += articles;
            return known;
        }
        let key = self.key(kind, text);
        let group = self.group(kind, key);
        let number = self.spellings.len() as u32;
        self.spellings.push(Spelling { text: text.to_owned(), kind, articles, key });
        self.group_of.push(group);
        self.by_text.insert(own_text, number);
        number
    }

    /// What the names of one actor have in common.
    fn key(&self, kind: EntityKind, text: &str) -> u64 {
        let own = (!self.apart.is_empty()).then(|| mark(kind, spelling_key(text), APART));
        let own = own.filter(|own| self.apart.contains(own));
        own.unwrap_or_else(|| mark(kind, name_key(kind, text), WHOLE))
    }

    fn group(&mut self, kind: EntityKind, key: u64) -> u32 {
        let next = self.parents.len() as u32;
        let group = *self.group_by_key.entry(key).or_insert(next);
        if group == next {
            self.parents.push(next);
            self.kinds.push(kind);
        }
        group
    }

    /// What articles use for what they name in full, in order.
    fn uses(&self, snapshot: &Snapshot) -> tantivy::Result<Vec<Use>> {
        let mut uses: Vec<Use> = Vec::new();
        let mut known: HashMap<(u32, String), usize> = HashMap::new();
        for reader in snapshot.segment_readers() {
            let Some(column) = reader.fast_fields().str(name::ALIAS)? else { continue };
            let counts = counts(reader, &column);
            let mut ordinal = 0;
            each_term(&column, |text| {
                let articles = counts[ordinal];
                ordinal += 1;
                let Some((kind, owner, alias)) = parts_of_use(text).filter(|_| articles > 0) else { return };
                let spelling = |text: &str| self.by_text.get(&exact(kind, text)).copied();
                let Some(owner) = spelling(owner) else { return };
                let at = *known.entry((owner, alias.to_owned())).or_insert_with(|| {
                    uses.push(Use { owner, text: alias.to_owned(), spelling: spelling(alias), articles: 0 });
                    uses.len() - 1
                });
                uses[at].articles += articles;
            })?;
        }
        Ok(uses)
    }

    /// The group that the spelling belongs to now.
    pub(super) fn root(&self, spelling: u32) -> u32 {
        self.top(self.group_of[spelling as usize])
    }

    fn top(&self, mut group: u32) -> u32 {
        while self.parents[group as usize] != group {
            group = self.parents[group as usize];
        }
        group
    }

    /// True for a spelling that the rules keep by itself.
    pub(super) fn is_apart(&self, spelling: u32) -> bool {
        self.apart.contains(&self.spellings[spelling as usize].key)
    }

    /// Makes the groups of two spellings one.
    pub(super) fn join(&mut self, left: u32, right: u32) {
        self.unite(self.root(left), self.root(right));
    }

    fn unite(&mut self, left: u32, right: u32) {
        let (left, right) = (self.top(left), self.top(right));
        // The first seen stays, so that the order of joining does not show.
        self.parents[left.max(right) as usize] = left.min(right);
    }

    /// Joins and names groups as the rules say.
    fn obey(&mut self, rules: &ActorRules) {
        for split in &rules.splits {
            let Part::Names(names) = &split.part else { continue };
            for kind in kinds(split.kind) {
                self.gather(kind, &split.into, names);
            }
        }
        for merge in &rules.merges {
            for kind in kinds(merge.kind) {
                self.gather(kind, &merge.name, &merge.names);
            }
        }
    }

    /// Makes one group of `name` and those of `names` that the index has, and calls it `name`.
    fn gather(&mut self, kind: EntityKind, name: &str, names: &[String]) {
        let known = |other: &String| self.group_by_key.get(&self.key(kind, other)).map(|&group| self.top(group));
        let found: Vec<u32> = names.iter().filter_map(known).collect();
        let Some(&first) = found.first() else { return };
        for &other in &found {
            self.unite(first, other);
        }
        // Later rules may speak of the actor by its new name.
        let own = self.key(kind, name);
        match self.group_by_key.get(&own) {
            Some(&group) => self.unite(first, group),
            None => drop(self.group_by_key.insert(own, first)),
        }
        let top = self.top(first);
        self.titles.insert(top, name.to_owned());
    }

    fn finish(mut self, columns: Vec<[Vec<u32>; 4]>, uses: Vec<Use>, rules: &ActorRules) -> Roster {
        let mut actors: Vec<Actor> = Vec::new();
        let mut actor_of = vec![NOBODY; self.parents.len()];
        for spelling in 0..self.spellings.len() as u32 {
            let group = self.root(spelling);
            if actor_of[group as usize] == NOBODY {
                actor_of[group as usize] = actors.len() as u32;
                let kind = self.kinds[group as usize];
                actors.push(Actor { kind, name: String::new(), spellings: Vec::new(), hidden: None });
            }
            actors[actor_of[group as usize] as usize].spellings.push(spelling);
        }
        let mut titled = Vec::new();
        for (group, title) in std::mem::take(&mut self.titles).into_iter().collect::<std::collections::BTreeMap<_, _>>()
        {
            let actor = actor_of[self.top(group) as usize];
            actors[actor as usize].name = title;
            titled.push(actor);
        }
        for actor in &mut actors {
            actor.spellings.sort_by_key(|&at| rank(&self.spellings[at as usize]));
            if actor.name.is_empty() {
                actor.name.clone_from(&self.spellings[actor.spellings[0] as usize].text);
            }
        }
        let number = |spelling: u32| actor_of[self.root(spelling) as usize];
        let columns = columns.into_iter().map(|kinds| kinds.map(|column| column.into_iter().map(number).collect()));
        let aliases = uses.into_iter().map(|found| Alias {
            key: name_key(self.spellings[found.owner as usize].kind, &found.text),
            owner: number(found.owner),
            articles: found.articles,
            text: found.text,
        });
        let by_text = self.by_text.iter().map(|(&key, &spelling)| (key, number(spelling)));
        let by_key = self.group_by_key.iter().map(|(&key, &group)| (key, actor_of[self.top(group) as usize]));
        let mut roster = Roster {
            aliases: aliases.collect(),
            columns: columns.collect(),
            by_text: by_text.collect(),
            by_key: by_key.collect(),
            detours: Vec::new(),
            ruled: Vec::new(),
            titled,
            spellings: self.spellings,
            actors,
        };
        roster.apply(rules);
        roster
    }
}

impl Roster {
    /// Hides what the rules hide, adds the actors that only some articles mean, and notes the names that rules give.
    fn apply(&mut self, rules: &ActorRules) {
        for merge in &rules.merges {
            let actors: Vec<ActorNumber> = kinds(merge.kind).filter_map(|kind| self.find(kind, &merge.name)).collect();
            for actor in actors {
                let names = merge.names.iter().chain([&merge.name]);
                self.ruled.extend(names.map(|name| (words(name), actor)));
            }
        }
        for split in &rules.splits {
            let Part::Articles(articles) = &split.part else { continue };
            for kind in kinds(split.kind) {
                let Some(from) = self.find(kind, &split.name) else { continue };
                let into = self.find(kind, &split.into).unwrap_or_else(|| self.add(kind, &split.into));
                self.detours.push(Detour { from, into, articles: articles.clone() });
            }
        }
        for hidden in &rules.hidden {
            for kind in kinds(hidden.kind) {
                if let Some(actor) = self.find(kind, &hidden.name) {
                    self.actors[actor as usize].hidden = Some(hidden.line);
                }
            }
        }
    }

    fn add(&mut self, kind: EntityKind, name: &str) -> ActorNumber {
        let number = self.actors.len() as ActorNumber;
        self.actors.push(Actor { kind, name: name.to_owned(), spellings: Vec::new(), hidden: None });
        self.by_key.insert(mark(kind, name_key(kind, name), WHOLE), number);
        number
    }
}

/// What is not a surname alone first, then what is most frequent and not all capitals, then the longest, then by the
/// alphabet.
fn rank(spelling: &Spelling) -> (bool, Reverse<usize>, Reverse<usize>, &str) {
    let is_part = spelling.kind == EntityKind::Person && !spelling.text.contains(' ');
    let shouts = spelling.text.chars().count() > 5 && !spelling.text.chars().any(char::is_lowercase);
    let articles = if shouts { 0 } else { spelling.articles };
    (is_part, Reverse(articles), Reverse(spelling.text.len()), &spelling.text)
}

/// Where the names of `kind` are counted.
pub(super) const fn column_of(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => name::PERSON,
        EntityKind::Organization => name::ORGANIZATION,
        EntityKind::Place => name::PLACE,
        EntityKind::Other => name::OTHER,
    }
}

/// The documents that are not deleted.
pub(super) fn alive(reader: &SegmentReader) -> impl Iterator<Item = DocId> {
    (0..reader.max_doc()).filter(|&document| !reader.is_deleted(document))
}

/// How many documents have each value of `column`.
fn counts(reader: &SegmentReader, column: &StrColumn) -> Vec<usize> {
    let mut counts = vec![0; column.num_terms()];
    for document in alive(reader) {
        for ordinal in column.term_ords(document) {
            counts[ordinal as usize] += 1;
        }
    }
    counts
}

/// Calls `each` with every value of `column`, in the order of their numbers.
pub(super) fn each_term(column: &StrColumn, mut each: impl FnMut(&str)) -> tantivy::Result<()> {
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        each(std::str::from_utf8(stream.key()).unwrap_or_default());
    }
    Ok(())
}
