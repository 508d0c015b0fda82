//! The same words in several articles as one group.
//!
//! Quotes that share enough of their fingerprints (see `index::fingerprint`) are copies of each other; copies of copies
//! are in one group, but not two passages of one article: who says the same twice is not copied.

use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;

use tantivy::columnar::Column;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet as _, Searcher as Snapshot, TERMINATED, Term};

use super::collect::Match;
use super::passages::{Passages, Places};
use super::story::Stories;
use crate::index::fingerprint::group;
use crate::index::{fields, name};

/// Members of a group that a quote with the same number is compared with: those of a phrase that everybody uses would
/// otherwise cost the square of their number.
const COMPARED: usize = 16;

/// Numbers of quotes that are compared at a time, so that comparing takes little memory however many quotes there are.
const AT_A_TIME: usize = 1 << 19;

/// Matches in groups of copies. Of a million matches it takes some 25 megabytes.
pub(super) struct Groups {
    /// Best first.
    matches: Vec<Match>,
    /// For each match the first of its group.
    sets: Sets,
    /// The matches that are not the first of their group, below those that are.
    others: Vec<(u32, u32)>,
    /// The matches in articles that a later version replaces, in groups that have others.
    withdrawn: HashSet<u32>,
    /// The matches that report a passage that another one of their group reports.
    repeated: HashSet<u32>,
    /// Where the matches stand, in order.
    addresses: Vec<DocAddress>,
}

impl Groups {
    /// Groups `matches`, best first, and keeps their order: a group stands where its best member does, even if that is
    /// left out because a later version of its article is in the index.
    pub(super) fn new(snapshot: &Snapshot, matches: Vec<Match>, stories: &Stories) -> tantivy::Result<Self> {
        let numbers = Numbers::new(snapshot)?;
        let count: usize = matches.iter().map(|found| numbers.count(found.address)).sum();
        let mut sets = Sets::new(matches.len());
        let parts = count.div_ceil(AT_A_TIME) as u64;
        let (places, mut passages) = (Places::new(snapshot, &matches)?, Passages::default());
        for part in 0..parts {
            let wanted = |number| number % parts == part;
            join_copies(&numbers, &matches, &places, wanted, (&mut sets, &mut passages))?;
        }
        let firsts = (0..sets.0.len()).map(|at| (sets.root(at), at));
        let mut others: Vec<(u32, u32)> =
            firsts.filter(|(first, at)| first != at).map(|(first, at)| (first as u32, at as u32)).collect();
        others.sort_unstable();
        let withdrawn = withdrawn(&mut sets, &stories.superseded(snapshot, &matches)?);
        let mut addresses: Vec<DocAddress> = matches.iter().map(|found| found.address).collect();
        addresses.sort_unstable();
        Ok(Self { matches, sets, others, withdrawn, repeated: passages.repeated, addresses })
    }

    /// The number of matches that are left out, or report what another one reports.
    pub(super) fn left_out(&self) -> usize {
        self.withdrawn.union(&self.repeated).count()
    }

    /// True where the quote at `address` matches.
    pub(super) fn has(&self, address: DocAddress) -> bool {
        self.addresses.binary_search(&address).is_ok()
    }

    /// The number of groups.
    pub(super) fn len(&self) -> usize {
        self.matches.len() - self.others.len()
    }

    /// Each group with its members, best first.
    pub(super) fn iter(&self) -> impl Iterator<Item = Vec<Match>> {
        let firsts = (0..self.matches.len()).filter(|&at| self.sets.0[at] as usize == at);
        firsts.map(|first| {
            let begin = self.others.partition_point(|&(of, _)| (of as usize) < first);
            let others = self.others[begin..].iter().take_while(|&&(of, _)| of as usize == first);
            let members = std::iter::once(first as u32).chain(others.map(|&(_, at)| at));
            let kept = members.filter(|at| !self.withdrawn.contains(at));
            kept.map(|at| self.matches[at as usize].clone()).collect()
        })
    }
}

/// Those of the `superseded` matches in whose group there are others.
fn withdrawn(sets: &mut Sets, superseded: &HashSet<u32>) -> HashSet<u32> {
    if superseded.is_empty() {
        return HashSet::new();
    }
    let current = (0..sets.0.len()).filter(|at| !superseded.contains(&(*at as u32)));
    let current: HashSet<usize> = current.collect::<Vec<_>>().into_iter().map(|at| sets.root(at)).collect();
    superseded.iter().copied().filter(|&at| current.contains(&sets.root(at as usize))).collect()
}

/// Joins those of `matches` that share enough numbers, of which one is `wanted`.
fn join_copies(
    numbers: &Numbers,
    matches: &[Match],
    places: &Places<'_>,
    wanted: impl Fn(u64) -> bool,
    (sets, passages): (&mut Sets, &mut Passages),
) -> tantivy::Result<()> {
    let mut found: Vec<(u64, u32)> = Vec::new();
    for (at, one) in (0..).zip(matches) {
        found.extend(numbers.iter(one.address).filter(|&number| wanted(number)).map(|number| (number, at)));
    }
    found.sort_unstable();
    for same in found.chunk_by(|left, right| left.0 == right.0).filter(|same| same.len() > 1) {
        for (before, &(_, at)) in same.iter().enumerate().skip(1) {
            let at = at as usize;
            let own = numbers.of(matches[at].address);
            for other in same[..before.min(COMPARED)].iter().map(|&(_, other)| other as usize) {
                let roots = (sets.root(at), sets.root(other));
                if roots.0 != roots.1
                    && are_copies(&own, &numbers.of(matches[other].address))
                    && passages.join(
                        roots,
                        |at| places.article(at),
                        |left, right| places.is_one_passage(left, right),
                    )?
                {
                    sets.join(at, other);
                }
            }
        }
    }
    Ok(())
}

/// Looks up the copies of quotes in the whole index.
pub(super) struct Copies<'a> {
    snapshot: &'a Snapshot,
    numbers: Numbers,
}

impl<'a> Copies<'a> {
    pub(super) fn new(snapshot: &'a Snapshot) -> tantivy::Result<Self> {
        Ok(Self { snapshot, numbers: Numbers::new(snapshot)? })
    }

    /// All quotes of the index that are copies of one of `members`, and these, in the order of the index.
    pub(super) fn of(&self, members: &[Match]) -> tantivy::Result<Vec<DocAddress>> {
        let prints: Vec<Vec<u64>> = members.iter().map(|found| self.numbers.of(found.address)).collect();
        let mut found = self.near(&prints.iter().flatten().map(|&number| group(number)).collect())?;
        found.retain(|&address| {
            let own = self.numbers.of(address);
            prints.iter().any(|print| are_copies(&own, print))
        });
        found.extend(members.iter().map(|found| found.address));
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The quotes with a number in one of the groups `wanted`.
    fn near(&self, wanted: &BTreeSet<u64>) -> tantivy::Result<Vec<DocAddress>> {
        let mut found = Vec::new();
        for (segment, reader) in (0..).zip(self.snapshot.segment_readers()) {
            let index = reader.inverted_index(fields().fingerprint_group)?;
            for &group in wanted {
                let term = Term::from_field_u64(fields().fingerprint_group, group);
                let Some(mut postings) = index.read_postings(&term, IndexRecordOption::Basic)? else { continue };
                while postings.doc() != TERMINATED {
                    if reader.alive_bitset().is_none_or(|alive| alive.is_alive(postings.doc())) {
                        found.push(DocAddress::new(segment, postings.doc()));
                    }
                    postings.advance();
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}

/// True where the shorter of two quotes has at least half of its numbers in the longer one.
fn are_copies(left: &[u64], right: &[u64]) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let shared = short.iter().filter(|number| long.binary_search(number).is_ok()).count();
    // One number of many says only that some words are the same, as in a proverb that both of them use.
    let enough = if long.len() == 1 { 1 } else { 2.max(short.len().div_ceil(2)) };
    shared >= enough.min(short.len()) && shared > 0 && !(short.len() == 1 && long.len() > 4)
}

/// Fingerprints of the quotes, by segment.
struct Numbers(Vec<Column<u64>>);

impl Numbers {
    fn new(snapshot: &Snapshot) -> tantivy::Result<Self> {
        let columns = snapshot.segment_readers().iter().map(|reader| reader.fast_fields().u64(name::FINGERPRINT));
        Ok(Self(columns.collect::<tantivy::Result<_>>()?))
    }

    /// Ascending.
    fn of(&self, address: DocAddress) -> Vec<u64> {
        self.iter(address).collect()
    }

    fn iter(&self, address: DocAddress) -> impl Iterator<Item = u64> {
        self.0[address.segment_ord as usize].values_for_doc(address.doc_id)
    }

    fn count(&self, address: DocAddress) -> usize {
        self.0[address.segment_ord as usize].index.value_row_ids(address.doc_id).len()
    }
}

/// Disjoint sets of the numbers from 0 (Tarjan, "Efficiency of a good but not linear set union algorithm", 1975).
struct Sets(Vec<u32>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count as u32).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] as usize != at {
            self.0[at] = self.0[self.0[at] as usize];
            at = self.0[at] as usize;
        }
        at
    }

    /// The lesser root stays, so that the outcome does not depend on the order of joining.
    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.root(left), self.root(right));
        self.0[left.max(right)] = left.min(right) as u32;
    }
}

/// Hands each item of `items` to `consume` until one says to stop or fails.
pub(super) fn each<T>(
    items: impl Iterator<Item = tantivy::Result<T>>,
    mut consume: impl FnMut(T) -> ControlFlow<()>,
) -> tantivy::Result<ControlFlow<()>> {
    for item in items {
        if consume(item?).is_break() {
            return Ok(ControlFlow::Break(()));
        }
    }
    Ok(ControlFlow::Continue(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_shorter_is_enough() {
        assert!(are_copies(&[1, 2, 3, 4], &[1, 2, 9, 11, 12, 13]));
        assert!(!are_copies(&[1, 2, 3, 4], &[1, 9, 11, 12]));
        assert!(are_copies(&[7], &[7]) && are_copies(&[7], &[5, 7, 8]));
        assert!(!are_copies(&[7], &[1, 2, 3, 5, 7, 8]));
        assert!(!are_copies(&[], &[]) && !are_copies(&[], &[1]));
    }

    #[test]
    fn sets_join() {
        let mut sets = Sets::new(5);
        sets.join(4, 2);
        sets.join(2, 1);
        assert_eq!([0, 1, 2, 3, 4].map(|at| sets.root(at)), [0, 1, 1, 3, 1]);
    }

    #[test]
    fn what_a_later_version_replaces_is_left_out_beside_others() {
        let mut sets = Sets::new(5);
        sets.join(4, 2);
        sets.join(0, 1);
        let withdrawn = withdrawn(&mut sets, &HashSet::from([0, 1, 2, 3]));
        assert_eq!(withdrawn, HashSet::from([2]));
    }
}
