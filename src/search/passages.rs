//! Which groups of matches may become one: copies of each other, but not two passages of one article.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use tantivy::Searcher as Snapshot;
use tantivy::columnar::Column;

use super::collect::Match;
use super::stored;
use crate::index::name;

/// The articles of a group, each with the first of its matches there.
type Articles = BTreeMap<u64, u32>;

/// The articles of each group that has several matches.
#[derive(Default)]
pub(super) struct Passages {
    /// By the first match of the group.
    groups: HashMap<usize, Articles>,
    /// The matches that report a passage that another one of their group reports.
    pub(super) repeated: HashSet<u32>,
    /// Why two groups could not be joined: two matches in one article. As long as these stand for it in their groups, the
    /// groups need not be gone through again: those of much-used words are asked for once for each of their members.
    apart: HashMap<(usize, usize), (u64, u32, u32)>,
}

impl Passages {
    /// Makes the groups of two matches one, each given by its first match, unless they have two passages of one article;
    /// tells whether it did.
    pub(super) fn join<E>(
        &mut self,
        (left, right): (usize, usize),
        article: impl Fn(usize) -> u64,
        mut is_one_passage: impl FnMut(u32, u32) -> Result<bool, E>,
    ) -> Result<bool, E> {
        let pair = (left.min(right), left.max(right));
        let [first, second] = [pair.0, pair.1].map(|at| self.take(at, &article));
        let apart = match self.apart.get(&pair) {
            Some((article, own, other)) if first.get(article) == Some(own) && second.get(article) == Some(other) => {
                true
            }
            _ => match conflict(&first, &second, &mut is_one_passage)? {
                Some(conflict) => {
                    self.apart.insert(pair, conflict);
                    true
                }
                None => false,
            },
        };
        if apart {
            self.groups.insert(pair.0, first);
            self.groups.insert(pair.1, second);
        } else {
            self.groups.insert(pair.0, joined(first, second, &mut self.repeated));
        }
        Ok(!apart)
    }

    fn take(&mut self, first: usize, article: impl Fn(usize) -> u64) -> Articles {
        self.groups.remove(&first).unwrap_or_else(|| BTreeMap::from([(article(first), first as u32)]))
    }
}

/// The first article of which the groups have two passages.
fn conflict<E>(
    first: &Articles,
    second: &Articles,
    is_one_passage: &mut impl FnMut(u32, u32) -> Result<bool, E>,
) -> Result<Option<(u64, u32, u32)>, E> {
    let (small, large) = if first.len() <= second.len() { (first, second) } else { (second, first) };
    for (article, at) in small {
        if let Some(other) = large.get(article)
            && !is_one_passage(*at, *other)?
        {
            return Ok(Some((*article, first[article], second[article])));
        }
    }
    Ok(None)
}

/// One group of two, which is made out of the larger: a quote that all papers print comes to its group one by one.
fn joined(first: Articles, second: Articles, repeated: &mut HashSet<u32>) -> Articles {
    let (small, mut large) = if first.len() <= second.len() { (first, second) } else { (second, first) };
    for (article, at) in small {
        match large.entry(article) {
            Entry::Vacant(free) => {
                free.insert(at);
            }
            Entry::Occupied(mut own) => {
                repeated.insert(at.max(*own.get()));
                *own.get_mut() = at.min(*own.get());
            }
        }
    }
    large
}

/// Where the matches of a query stand.
pub(super) struct Places<'a> {
    snapshot: &'a Snapshot,
    articles: Vec<Column<u64>>,
    matches: &'a [Match],
}

impl<'a> Places<'a> {
    pub(super) fn new(snapshot: &'a Snapshot, matches: &'a [Match]) -> tantivy::Result<Self> {
        let articles = snapshot.segment_readers().iter().map(|reader| reader.fast_fields().u64(name::ARTICLE));
        Ok(Self { snapshot, articles: articles.collect::<tantivy::Result<_>>()?, matches })
    }

    /// The number of the article that the match number `at` stands in.
    pub(super) fn article(&self, at: usize) -> u64 {
        let address = self.matches[at].address;
        self.articles[address.segment_ord as usize].first(address.doc_id).unwrap_or_default()
    }

    /// True where two quotes of one article have a character of it in common: they are reports of one passage.
    pub(super) fn is_one_passage(&self, left: u32, right: u32) -> tantivy::Result<bool> {
        let spans = |at: u32| stored::spans(self.snapshot, self.matches[at as usize].address);
        let (left, right) = (spans(left)?, spans(right)?);
        Ok(left.iter().any(|span| right.iter().any(|other| other.overlaps(*span))))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::convert::Infallible;
    use std::time::{Duration, Instant};

    use super::*;

    fn join(passages: &mut Passages, pair: (usize, usize), article: impl Fn(usize) -> u64, same: bool) -> bool {
        passages.join(pair, article, |_, _| Ok::<_, Infallible>(same)).unwrap()
    }

    #[test]
    fn two_passages_of_one_article_stay_apart() {
        let article = |at: usize| [7, 8, 8, 9][at];
        let mut passages = Passages::default();
        assert!(join(&mut passages, (0, 1), article, false));
        assert!(!join(&mut passages, (2, 0), article, false));
        assert!(join(&mut passages, (3, 2), article, false));
        assert!(!join(&mut passages, (0, 2), article, false));
        assert!(passages.repeated.is_empty());
    }

    #[test]
    fn of_two_reports_of_one_passage_the_later_is_left_out() {
        let article = |at: usize| [7, 8, 8, 9][at];
        let mut passages = Passages::default();
        assert!(join(&mut passages, (0, 1), article, true));
        assert!(join(&mut passages, (3, 2), article, true));
        assert!(join(&mut passages, (2, 0), article, true));
        assert_eq!(passages.repeated, HashSet::from([2]));
        assert_eq!(passages.groups[&0], BTreeMap::from([(7, 0), (8, 1), (9, 3)]));
    }

    /// Where the larger group was poured into the smaller, or gone through for each that joined it, this took hours.
    #[test]
    fn a_quote_that_all_print_is_grouped_in_linear_time() {
        let begun = Instant::now();
        let (many, read) = (200_000, Cell::new(0));
        let mut passages = Passages::default();
        // Every article prints two quotes, the one again in each group.
        let article = |at: usize| (at / 2) as u64;
        let mut join = |pair: (usize, usize)| {
            let is_one_passage = |_, _| {
                read.set(read.get() + 1);
                Ok::<_, Infallible>(false)
            };
            passages.join(pair, article, is_one_passage).unwrap()
        };
        for at in 1..many {
            assert!(join((2 * at, 0)) && join((1, 2 * at + 1)));
            assert!(!join((0, 1)) && !join((1, 0)));
        }
        assert!(read.get() < 10, "{}", read.get());
        assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
    }
}
