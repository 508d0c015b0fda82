//! Which articles of the index tell the same story, for listings that show a story once.

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use tantivy::columnar::Column;
use tantivy::{DocAddress, Searcher as Snapshot};

use super::collect::Match;
use crate::index::{Kind, Story, name, stories};

/// The stories that several articles tell.
#[derive(Debug, Default)]
pub(super) struct Stories {
    told: Vec<Story>,
    places: HashMap<u64, Place>,
    /// Where the articles of all stories stand; looked up when first asked for.
    addresses: OnceLock<HashMap<u64, DocAddress>>,
}

/// Where an article stands among those that tell the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Number of the story.
    pub(super) story: u32,
    /// Number of the article in it: the first printed is 0, earlier versions come last.
    pub(super) member: u32,
    /// True where a later version replaces it.
    pub(super) superseded: bool,
}

impl Stories {
    pub(super) fn new(snapshot: &Snapshot) -> tantivy::Result<Self> {
        let stories = stories(snapshot)?;
        let mut places = HashMap::new();
        for (number, story) in (0..).zip(&stories) {
            let place =
                |member: u32| Place { story: number, member, superseded: member as usize >= story.current.len() };
            places.extend((0..).zip(story.members()).map(|(member, article)| (article, place(member))));
        }
        Ok(Self { told: stories, places, addresses: OnceLock::new() })
    }

    /// Where `article` stands; `None` where it is the only one to tell its story.
    pub(super) fn place(&self, article: u64) -> Option<Place> {
        self.places.get(&article).copied()
    }

    /// True where a later version of the article at `address`, or of that in which the quote there stands, is in the
    /// index.
    pub(super) fn is_superseded(&self, snapshot: &Snapshot, address: DocAddress) -> tantivy::Result<bool> {
        let numbers = snapshot.segment_reader(address.segment_ord).fast_fields().u64(name::ARTICLE)?;
        let place = numbers.first(address.doc_id).and_then(|number| self.place(number));
        Ok(place.is_some_and(|place| place.superseded))
    }

    /// Which of `matches`, articles or their quotes, stand in an article that a later version replaces, by their places.
    pub(super) fn superseded(&self, snapshot: &Snapshot, matches: &[Match]) -> tantivy::Result<HashSet<u32>> {
        if !self.told.iter().any(Story::has_versions) {
            return Ok(HashSet::new());
        }
        let numbers = Numbers::new(snapshot)?;
        let is_superseded = |found: &Match| {
            let place = numbers.of(found.address).and_then(|number| self.place(number));
            place.is_some_and(|place| place.superseded)
        };
        Ok((0..).zip(matches).filter(|(_, found)| is_superseded(found)).map(|(at, _)| at).collect())
    }

    /// The other articles that tell what each of `articles` tells, first printed first.
    pub(super) fn copies(&self, snapshot: &Snapshot, articles: &[DocAddress]) -> tantivy::Result<Vec<Vec<DocAddress>>> {
        if self.told.is_empty() || articles.is_empty() {
            return Ok(vec![Vec::new(); articles.len()]);
        }
        let numbers = Numbers::new(snapshot)?;
        let others = |address: &DocAddress| {
            let own = numbers.of(*address);
            let story = own.and_then(|own| self.place(own)).map(|place| &self.told[place.story as usize]);
            let members = story.into_iter().flat_map(Story::members);
            members.filter(|&member| Some(member) != own).collect::<Vec<u64>>()
        };
        let others: Vec<Vec<u64>> = articles.iter().map(others).collect();
        if others.iter().all(Vec::is_empty) {
            return Ok(vec![Vec::new(); articles.len()]);
        }
        let addresses = self.addresses(snapshot, &numbers)?;
        let known = |others: &Vec<u64>| others.iter().filter_map(|other| addresses.get(other).copied()).collect();
        Ok(others.iter().map(known).collect())
    }

    /// Where the articles of all stories stand.
    fn addresses(&self, snapshot: &Snapshot, numbers: &Numbers) -> tantivy::Result<&HashMap<u64, DocAddress>> {
        if let Some(addresses) = self.addresses.get() {
            return Ok(addresses);
        }
        let addresses = numbers.addresses(snapshot, |number| self.places.contains_key(&number))?;
        Ok(self.addresses.get_or_init(|| addresses))
    }
}

/// Numbers of the articles, by segment.
struct Numbers(Vec<Column<u64>>);

impl Numbers {
    fn new(snapshot: &Snapshot) -> tantivy::Result<Self> {
        let columns = snapshot.segment_readers().iter().map(|reader| reader.fast_fields().u64(name::ARTICLE));
        Ok(Self(columns.collect::<tantivy::Result<_>>()?))
    }

    fn of(&self, address: DocAddress) -> Option<u64> {
        self.0[address.segment_ord as usize].first(address.doc_id)
    }

    /// Where the articles that are `wanted` stand.
    fn addresses(
        &self,
        snapshot: &Snapshot,
        wanted: impl Fn(u64) -> bool,
    ) -> tantivy::Result<HashMap<u64, DocAddress>> {
        let mut found = HashMap::new();
        for ((segment, reader), numbers) in (0..).zip(snapshot.segment_readers()).zip(&self.0) {
            for document in Kind::Article.documents(reader)? {
                if let Some(number) = numbers.first(document).filter(|number| wanted(*number)) {
                    found.insert(number, DocAddress::new(segment, document));
                }
            }
        }
        Ok(found)
    }
}
