//! Hashes of words and features, and the flat table that finds what belongs to them.

use std::cmp::Ordering;

use xxhash_rust::xxh3::xxh3_64;

use crate::text::list::with_folded;

/// Hash of a word's bytes as they stand.
pub(super) fn word_hash(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}

/// Hash of a word's lower-case form.
pub(super) fn lower_hash(word: &str) -> u64 {
    with_folded(word, word_hash)
}

/// Joins a hash with a further value; the order counts.
pub(super) const fn join(left: u64, right: u64) -> u64 {
    let mixed = (left.rotate_left(23) ^ right).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// Values under 32-bit keys.
///
/// Entries lie in the order of their keys, without gaps, and each has a place of its own among several times as many: the
/// one that the first bits of its key tell, or the next that is free. Of the places there is one bit each, set where an
/// entry is, and for every 64 of them how many entries are before (Jacobson, "Space-efficient static trees and graphs",
/// 1989). These few bytes settle most questions for what is not there, and lead to what is; and the whole is half as
/// large as a table with free slots, which counts where a processor's cache is shared.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    entries: Vec<(u32, T)>,
    /// Bits of places, 64 a word; the last word is empty.
    taken: Vec<u64>,
    /// For each word of [`taken`](Self::taken), the number of entries before it.
    before: Vec<u32>,
    /// Bits of a key that do not count for its place.
    shift: u32,
}

impl<T: Copy> Table<T> {
    /// A table of `entries`, whose keys come from [`key`]; of several under one key the last counts.
    pub(super) fn new(entries: impl Iterator<Item = (u32, T)>) -> Self {
        const PLACES: usize = 4;
        let mut entries: Vec<(u32, T)> = entries.collect();
        entries.reverse();
        entries.sort_by_key(|(key, _)| *key);
        entries.dedup_by_key(|(key, _)| *key);
        let bits = (entries.len() * PLACES).next_power_of_two().ilog2().max(6);
        let shift = u32::BITS - bits;
        let (mut taken, mut free) = (vec![0; 1 << (bits - 6)], 0);
        for (key, _) in &entries {
            let place = free.max((key >> shift) as usize);
            taken.resize(taken.len().max(place / 64 + 1), 0_u64);
            taken[place / 64] |= 1 << (place % 64);
            free = place + 1;
        }
        taken.push(0);
        let before = taken.iter().scan(0, |count, word| {
            *count += word.count_ones();
            Some(*count - word.count_ones())
        });
        Self { before: before.collect(), entries, taken, shift }
    }

    /// Where the entry under `key` would be.
    fn home(&self, key: u32) -> usize {
        (key >> self.shift) as usize
    }

    fn is_taken(&self, place: usize) -> bool {
        self.taken[place / 64] >> (place % 64) & 1 == 1
    }

    /// Number of the entry at `place`, which is taken.
    fn entry(&self, place: usize) -> usize {
        let lower = self.taken[place / 64] & ((1 << (place % 64)) - 1);
        (self.before[place / 64] + lower.count_ones()) as usize
    }

    /// The value under `key`.
    #[inline]
    pub(super) fn get(&self, key: u32) -> Option<&T> {
        let home = self.home(key);
        if self.is_taken(home) { self.find(key, self.entry(home)) } else { None }
    }

    /// The value under `key`, whose place the entry `at` has taken.
    #[inline]
    fn find(&self, key: u32, at: usize) -> Option<&T> {
        // What had to go on to the next free place stands right behind what was in its way.
        let (held, value) = self.entries[at..].iter().find(|(held, _)| *held >= key)?;
        (*held == key).then_some(value)
    }

    /// Hands over the value under each of `keys` that has one, with the key's place in `keys`, in order.
    ///
    /// Which entries there may be is found out for many keys first, and the entries are fetched before any is looked at:
    /// what the processor has to wait for, in a table larger than its caches, it then waits for at the same time.
    #[inline]
    pub(super) fn get_each(&self, keys: &[u32], mut found: impl FnMut(usize, &T)) {
        const AT_ONCE: usize = 64;
        let (mut maybe, mut entries, mut held) = ([0; AT_ONCE], [0; AT_ONCE], [0; AT_ONCE]);
        for (group, keys) in keys.chunks(AT_ONCE).enumerate() {
            let mut count = 0;
            for (at, key) in keys.iter().enumerate() {
                maybe[count] = at;
                count += usize::from(self.is_taken(self.home(*key)));
            }
            for ((&at, entry), held) in maybe[..count].iter().zip(&mut entries).zip(&mut held) {
                *entry = self.entry(self.home(keys[at]));
                *held = self.entries[*entry].0;
            }
            for ((&at, &entry), &held) in maybe[..count].iter().zip(&entries).zip(&held) {
                let value = match held.cmp(&keys[at]) {
                    Ordering::Equal => Some(&self.entries[entry].1),
                    Ordering::Less => self.find(keys[at], entry),
                    Ordering::Greater => None,
                };
                if let Some(value) = value {
                    found(group * AT_ONCE + at, value);
                }
            }
        }
    }
}

/// The 32 bits of a hash under which tables and files keep it; never 0.
pub(super) const fn key(hash: u64) -> u32 {
    let folded = (hash ^ (hash >> 32)) as u32;
    if folded == 0 { 1 } else { folded }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(keys: &[u32], absent: u32) {
        let table = Table::new(keys.iter().map(|key| (*key, key.wrapping_mul(3))));
        for key in keys {
            assert_eq!(table.get(*key), Some(&key.wrapping_mul(3)));
        }
        assert_eq!(table.get(absent), None);
        let asked: Vec<u32> = [absent].into_iter().chain(keys.iter().copied()).collect();
        let mut found = Vec::new();
        table.get_each(&asked, |at, value| found.push((asked[at], *value)));
        assert_eq!(found, keys.iter().map(|key| (*key, key.wrapping_mul(3))).collect::<Vec<_>>());
    }

    #[test]
    fn a_table_finds_what_it_holds_and_nothing_else() {
        check(&[], 5);
        check(&[1, 2, u32::MAX, 1 << 31, 77], 5);
        check(&(1..1000).collect::<Vec<_>>(), 1001);
        check(&(0..1000).map(|at| u32::MAX - at).collect::<Vec<_>>(), 7);
        check(&(1..5000).map(|at: u32| at.wrapping_mul(0x9e37_79b9)).collect::<Vec<_>>(), 3);
        assert_eq!(Table::new([(5, 1), (4, 2), (5, 3)].into_iter()).get(5), Some(&3));
    }

    #[test]
    fn lower_case_forms_share_a_hash() {
        assert_eq!(lower_hash("ÉVORA"), word_hash("évora"));
        assert_eq!(lower_hash("Tyne"), lower_hash("TYNE"));
        assert_ne!(join(1, 2), join(2, 1));
    }
}
