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
    numbers: HashTable<u32>,
}

impl Terms {
    /// The number of `term`, which gets the next one where it has none.
    pub(super) fn number(&mut self, term: &[u8]) -> u32 {
        let hash = xxh3_64(term);
        if let Some(&number) = self.numbers.find(hash, |&number| self.get(number) == term) {
            return number;
        }
        let number = self.ends.len() as u32;
        self.bytes.extend_from_slice(term);
        self.ends.push(self.bytes.len() as u32);
        let (bytes, ends) = (&self.bytes, &self.ends);
        self.numbers.insert_unique(hash, number, |&number| xxh3_64(get(bytes, ends, number)));
        number
    }

    /// True where `term` has a number.
    pub(super) fn contains(&self, term: &[u8]) -> bool {
        self.numbers.find(xxh3_64(term), |&number| self.get(number) == term).is_some()
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
        self.bytes.len() + (self.ends.len() + self.numbers.capacity() * 2) * size_of::<u32>()
    }
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
}
