//! The terms of a segment in the making, each under a number.

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64;

/// Terms, numbered in the order in which they came; all fields share them.
#[derive(Debug, Default)]
pub(super) struct Terms {
    /// One term after another.
    bytes: Vec<u8>,
    /// Where each term ends.
    ends: Vec<u32>,
    /// The numbers, by their terms.
    numbers: HashTable<Slot>,
}

/// A term's number, with what tells most terms apart: what a slot of the table does not tell has to be fetched from memory
/// elsewhere, which takes as long as all the rest.
#[derive(Clone, Copy, Debug)]
struct Slot {
    head: Head,
    number: u32,
}

/// The first bytes of a term, and behind them its length, or a greater one than these have room for.
type Head = [u8; HEAD + 1];

const HEAD: usize = 11;

impl Terms {
    /// The number of `term`, which gets the next one where it has none.
    #[inline]
    pub(super) fn number(&mut self, term: &[u8]) -> u32 {
        let (hash, head) = (xxh3_64(term), head(term));
        if let Some(slot) = self.find(hash, head, term) {
            return slot.number;
        }
        let number = self.ends.len() as u32;
        self.bytes.extend_from_slice(term);
        self.ends.push(self.bytes.len() as u32);
        let (bytes, ends) = (&self.bytes, &self.ends);
        self.numbers.insert_unique(hash, Slot { head, number }, |slot| xxh3_64(get(bytes, ends, slot.number)));
        number
    }

    /// True where `term` has a number.
    pub(super) fn contains(&self, term: &[u8]) -> bool {
        self.find(xxh3_64(term), head(term), term).is_some()
    }

    #[inline]
    fn find(&self, hash: u64, head: Head, term: &[u8]) -> Option<&Slot> {
        let is_whole = usize::from(head[HEAD]) <= HEAD;
        self.numbers.find(hash, |slot| slot.head == head && (is_whole || self.get(slot.number) == term))
    }

    /// The term with this number.
    pub(super) fn get(&self, number: u32) -> &[u8] {
        get(&self.bytes, &self.ends, number)
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The numbers in the order of their terms' bytes.
    pub(super) fn sorted(&self) -> Vec<u32> {
        let mut numbers: Vec<u32> = (0..self.ends.len() as u32).collect();
        numbers.sort_unstable_by_key(|&number| self.get(number));
        numbers
    }

    /// Bytes of memory, about.
    pub(super) fn memory(&self) -> usize {
        self.bytes.len() + self.ends.len() * size_of::<u32>() + self.numbers.capacity() * size_of::<Slot>()
    }
}

#[inline]
fn head(term: &[u8]) -> Head {
    let mut head = [0; HEAD + 1];
    let length = term.len().min(HEAD);
    head[..length].copy_from_slice(&term[..length]);
    head[HEAD] = term.len().min(HEAD + 1) as u8;
    head
}

fn get<'a>(bytes: &'a [u8], ends: &[u32], number: u32) -> &'a [u8] {
    let at = number as usize;
    let begin = if at == 0 { 0 } else { ends[at - 1] as usize };
    &bytes[begin..ends[at] as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_keeps_its_number() {
        let mut terms = Terms::default();
        let names: Vec<String> = (0..5000).map(|at| format!("{}", at * 7919 % 5000)).collect();
        for round in 0..2 {
            for (number, name) in names.iter().enumerate() {
                assert_eq!(terms.contains(name.as_bytes()), round > 0);
                assert_eq!(terms.number(name.as_bytes()), number as u32);
            }
        }
        assert_eq!(terms.number(b""), 5000);
        assert_eq!((terms.get(5000), terms.len()), (&b""[..], 5001));
        let sorted: Vec<&[u8]> = terms.sorted().into_iter().map(|number| terms.get(number)).collect();
        assert!(sorted.is_sorted() && sorted.len() == 5001);
    }

    #[test]
    fn terms_that_begin_alike_are_told_apart() {
        let mut terms = Terms::default();
        let long: Vec<Vec<u8>> = (0..40).flat_map(|length| [vec![b'x'; length], vec![0; length]]).collect();
        let numbers: Vec<u32> = long.iter().map(|term| terms.number(term)).collect();
        assert_eq!(terms.number(b"xxxxxxxxxxxy"), terms.len() as u32 - 1);
        assert!(
            long.iter().zip(numbers).all(|(term, number)| terms.number(term) == number && terms.get(number) == term)
        );
        // Nothing is twice the empty term.
        assert_eq!(terms.len(), 80);
    }
}
