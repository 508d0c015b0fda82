//! The same words in several articles as one group.
//!
//! Quotes that share enough of their fingerprints (see `index::fingerprint`) are copies of each other; copies of copies
//! are in one group.

use std::collections::HashMap;
use std::ops::ControlFlow;

use tantivy::columnar::Column;
use tantivy::query::{BooleanQuery, Occur, Query as Plan, TermSetQuery};
use tantivy::{DocAddress, Searcher as Snapshot, Term};

use super::collect::Match;
use super::plan::all_of;
use super::stored::Addresses;
use crate::index::{Kind, fields, name};

/// Members of a group that a quote with the same number is compared with: those of a phrase that everybody uses would
/// otherwise cost the square of their number.
const COMPARED: usize = 16;

/// Groups `matches`, best first, and keeps their order: a group stands where its best member does.
pub(super) fn groups(snapshot: &Snapshot, matches: Vec<Match>) -> tantivy::Result<Vec<Vec<Match>>> {
    let numbers = Numbers::new(snapshot)?;
    let prints: Vec<Vec<u64>> = matches.iter().map(|found| numbers.of(found.address)).collect();
    let mut sets = Sets::new(matches.len());
    let mut known: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, own) in prints.iter().enumerate() {
        for number in own {
            let before = known.entry(*number).or_default();
            for &other in before.iter().take(COMPARED) {
                if sets.root(at) != sets.root(other) && are_copies(own, &prints[other]) {
                    sets.join(at, other);
                }
            }
            before.push(at);
        }
    }
    let mut groups: Vec<Vec<Match>> = Vec::new();
    let mut place: HashMap<usize, usize> = HashMap::new();
    for (at, found) in matches.into_iter().enumerate() {
        let group = *place.entry(sets.root(at)).or_insert(groups.len());
        if group == groups.len() {
            groups.push(Vec::new());
        }
        groups[group].push(found);
    }
    Ok(groups)
}

/// All quotes of the index that are copies of one of `members`, those among `members` included, in no order.
pub(super) fn copies(snapshot: &Snapshot, members: &[Match]) -> tantivy::Result<Vec<DocAddress>> {
    let numbers = Numbers::new(snapshot)?;
    let prints: Vec<Vec<u64>> = members.iter().map(|found| numbers.of(found.address)).collect();
    let terms = prints.iter().flatten().map(|&number| Term::from_field_u64(fields().fingerprint, number));
    let sharing: Box<dyn Plan> = Box::new(TermSetQuery::new(terms));
    let query = BooleanQuery::new(vec![(Occur::Must, all_of(Kind::Quote)), (Occur::Must, sharing)]);
    let mut found = snapshot.search(&query, &Addresses)?;
    found.retain(|&address| {
        let own = numbers.of(address);
        prints.iter().any(|print| are_copies(&own, print))
    });
    found.extend(members.iter().map(|found| found.address));
    found.sort_unstable();
    found.dedup();
    Ok(found)
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
        self.0[address.segment_ord as usize].values_for_doc(address.doc_id).collect()
    }
}

/// Disjoint sets of the numbers from 0 (Tarjan, "Efficiency of a good but not linear set union algorithm", 1975).
struct Sets(Vec<usize>);

impl Sets {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// The lesser root stays, so that the outcome does not depend on the order of joining.
    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.root(left), self.root(right));
        self.0[left.max(right)] = left.min(right);
    }
}

/// Hands each item of `items` to `consume` until one says to stop or fails.
pub(super) fn each<T>(
    items: impl Iterator<Item = tantivy::Result<T>>,
    mut consume: impl FnMut(T) -> ControlFlow<()>,
) -> tantivy::Result<()> {
    for item in items {
        if consume(item?).is_break() {
            break;
        }
    }
    Ok(())
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
}
