//! Which articles tell the same story: copies of one text, and versions of one item.
//!
//! Every article carries a [`Sketch`]. After a run that changed articles, all sketches are compared, and each story of
//! two articles or more becomes one document that lists its members. What is a story depends on nothing but the articles
//! that the index holds, so it is the same however they came into it.

use std::collections::HashMap;

use tantivy::{DocId, Searcher, TantivyDocument};

use super::schema::{Kind, fields, name};
use super::sketch::Sketch;

/// Articles in a bucket that a new one is compared with, the latest first: what whole archives have in common, such as
/// a form for weather reports, would otherwise cost the square of their number.
const COMPARED: usize = 32;

/// The articles of one story, by number, in the order of their days.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Story {
    /// All of them.
    pub(crate) members: Vec<u64>,
}

impl Story {
    /// The document that stands for it.
    pub(super) fn document(&self) -> TantivyDocument {
        let to = fields();
        let mut document = TantivyDocument::with_capacity(32 * self.members.len());
        document.add_u64(to.kind, Kind::Story as u64);
        for &member in &self.members {
            document.add_u64(to.member, member);
        }
        document
    }
}

/// The stories that stand in the index.
pub(crate) fn stored(searcher: &Searcher) -> tantivy::Result<Vec<Story>> {
    let mut stories = Vec::new();
    for reader in searcher.segment_readers() {
        let documents = Kind::Story.documents(reader)?;
        if documents.is_empty() {
            continue;
        }
        let members = reader.fast_fields().u64(name::MEMBER)?;
        let story = |&document: &DocId| Story { members: members.values_for_doc(document).collect() };
        stories.extend(documents.iter().map(story));
    }
    stories.sort_by(|left, right| left.members.cmp(&right.members));
    Ok(stories)
}

/// The stories that the articles of the index make, in the order of [`stored`].
pub(super) fn found(searcher: &Searcher) -> tantivy::Result<Vec<Story>> {
    let mut stories = group(&articles(searcher)?);
    stories.sort_by(|left, right| left.members.cmp(&right.members));
    Ok(stories)
}

/// What grouping needs to know of an article.
struct Candidate {
    number: u64,
    sketch: Sketch,
}

/// The articles of the index, first printed first, those without a day last.
fn articles(searcher: &Searcher) -> tantivy::Result<Vec<Candidate>> {
    let mut found = Vec::new();
    for reader in searcher.segment_readers() {
        let columns = reader.fast_fields();
        let (numbers, days) = (columns.u64(name::ARTICLE)?, columns.i64(name::DAY)?);
        let sketches = columns.u64(name::SKETCH)?;
        for document in Kind::Article.documents(reader)? {
            let sketch = Sketch::unpack(sketches.values_for_doc(document));
            let number = numbers.first(document);
            if let Some((number, sketch)) = number.zip(sketch) {
                let day = days.first(document).unwrap_or(i64::MAX);
                found.push((day, number, sketch));
            }
        }
    }
    found.sort_by_key(|&(day, number, _)| (day, number));
    Ok(found.into_iter().map(|(_, number, sketch)| Candidate { number, sketch }).collect())
}

/// Puts every article below the first one that it is a copy of, if there is one; gives those with copies.
///
/// Copies of copies are compared with the first: a story that is told on from day to day does not end up as one with
/// what it began as.
fn group(articles: &[Candidate]) -> Vec<Story> {
    let mut buckets = Buckets::new(articles.len());
    let mut stories: HashMap<usize, Story> = HashMap::new();
    for (at, article) in articles.iter().enumerate() {
        match buckets.first_copied(article, articles) {
            Some(first) => {
                let story = stories.entry(first).or_insert_with(|| Story { members: vec![articles[first].number] });
                story.members.push(article.number);
            }
            None => buckets.add(at, &article.sketch),
        }
    }
    let mut stories: Vec<(usize, Story)> = stories.into_iter().collect();
    stories.sort_unstable_by_key(|&(first, _)| first);
    stories.into_iter().map(|(_, story)| story).collect()
}

/// Articles by the bands of their sketches. In each bucket they form a chain, the latest at its head.
struct Buckets {
    /// The articles, in the order in which they were added.
    added: Vec<u32>,
    /// For each band of each of them, the one before it in its chain: one more than its place in this list.
    before: Vec<u32>,
    /// Head of each chain, by band and bucket, told in the same way; 0 where there is none.
    heads: Vec<Vec<u32>>,
}

impl Buckets {
    fn new(articles: usize) -> Self {
        let size = articles.next_power_of_two();
        Self { added: Vec::new(), before: Vec::new(), heads: vec![vec![0; size]; Sketch::BANDS] }
    }

    fn add(&mut self, at: usize, sketch: &Sketch) {
        self.added.push(at as u32);
        for (heads, band) in self.heads.iter_mut().zip(sketch.bands()) {
            let bucket = bucket(band, heads.len());
            let head = &mut heads[bucket];
            self.before.push(*head);
            *head = self.before.len() as u32;
        }
    }

    /// The earliest of the articles added that `article` is a copy of.
    fn first_copied(&self, article: &Candidate, articles: &[Candidate]) -> Option<usize> {
        let chains = self.heads.iter().zip(article.sketch.bands());
        let chains = chains.map(|(heads, band)| self.chain(heads[bucket(band, heads.len())]).take(COMPARED));
        chains.fold(None, |found: Option<usize>, chain| {
            let earlier = chain.filter(|&at| found.is_none_or(|found| at < found));
            earlier.filter(|&at| article.sketch.is_copy(&articles[at].sketch)).min().or(found)
        })
    }

    /// The articles of the chain that begins at `head`.
    fn chain(&self, head: u32) -> impl Iterator<Item = usize> {
        let places = std::iter::successors(place(head), |&at| place(self.before[at]));
        places.map(|at| self.added[at / Sketch::BANDS] as usize)
    }
}

/// The place that `link` names.
fn place(link: u32) -> Option<usize> {
    link.checked_sub(1).map(|at| at as usize)
}

/// The bucket of `band` among `size`, a power of two.
fn bucket(band: u32, size: usize) -> usize {
    (band.wrapping_mul(0x9e37_79b1) >> 7) as usize & (size - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(texts: &[&str], expect: &[&[u64]]) {
        let sketch = |text: &&str| Sketch::of(&[text]).unwrap();
        let candidates = (0..).zip(texts).map(|(number, text)| Candidate { number, sketch: sketch(text) });
        let stories = group(&candidates.collect::<Vec<_>>());
        let members: Vec<&[u64]> = stories.iter().map(|story| story.members.as_slice()).collect();
        assert_eq!(members, expect);
    }

    /// Forty words about `topic`, from the one at `begin`.
    fn story(topic: &str, begin: usize) -> String {
        (begin..begin + 40).map(|at| format!("{topic}{at}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn copies_stand_below_the_first() {
        let (river, strike) = (story("river", 0), story("strike", 0));
        let longer = format!("{river} {}", story("flood", 0));
        check(&[&river, &strike, &longer, &river.to_uppercase()], &[&[0, 2, 3]]);
        check(&[&river, &strike], &[]);
        check(&["The river rose.", "the river rose", "The river fell."], &[&[0, 1]]);
    }

    #[test]
    fn a_story_told_on_is_compared_with_its_beginning() {
        let told = [story("river", 0), story("river", 15), story("river", 30), story("river", 45)];
        let told: Vec<&str> = told.iter().map(String::as_str).collect();
        check(&told, &[&[0, 1], &[2, 3]]);
    }
}
