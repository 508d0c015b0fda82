//! Hashes of words and features, and the flat table that finds what belongs to them.

use xxhash_rust::xxh3::xxh3_64;

/// Hash of a word's bytes as they stand.
pub(super) fn word_hash(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}

/// Hash of a word's lower-case form.
pub(super) fn lower_hash(word: &str) -> u64 {
    let mut buffer = [0_u8; 32];
    match buffer.get_mut(..word.len()) {
        Some(lower) if word.is_ascii() => {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            xxh3_64(lower)
        }
        _ => xxh3_64(word.to_lowercase().as_bytes()),
    }
}

/// Joins a hash with a further value; the order counts.
pub(super) const fn join(left: u64, right: u64) -> u64 {
    let mixed = (left.rotate_left(23) ^ right).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// Values under 32-bit keys, open addressing, at most half full; the key 0 marks an empty slot.
#[derive(Clone, Debug)]
pub(super) struct Table<T> {
    slots: Vec<(u32, T)>,
    mask: usize,
}

impl<T: Copy + Default> Table<T> {
    /// A table of `entries`, whose keys come from [`key`].
    pub(super) fn new(count: usize, entries: impl Iterator<Item = (u32, T)>) -> Self {
        let size = (count * 2).next_power_of_two().max(2);
        let mut table = Self { slots: vec![(0, T::default()); size], mask: size - 1 };
        for (key, value) in entries {
            let slot = table.slot(key);
            table.slots[slot] = (key, value);
        }
        table
    }

    /// Where the search for `key` begins.
    fn home(&self, key: u32) -> usize {
        (u64::from(key).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize & self.mask
    }

    fn slot(&self, key: u32) -> usize {
        let mut at = self.home(key);
        while self.slots[at].0 != key && self.slots[at].0 != 0 {
            at = (at + 1) & self.mask;
        }
        at
    }

    /// The value under `key`.
    #[inline]
    pub(super) fn get(&self, key: u32) -> Option<T> {
        let (found, value) = self.slots[self.slot(key)];
        (found == key).then_some(value)
    }

    /// Hands over the value under each of `keys` that has one, with the key's place in `keys`, in order.
    ///
    /// The first slots of many keys are read before any is looked at: what the processor has to wait for, in a table
    /// larger than its caches, it then fetches at the same time.
    #[inline]
    pub(super) fn get_each(&self, keys: &[u32], mut found: impl FnMut(usize, T)) {
        const AT_ONCE: usize = 32;
        let mut first = [(0, T::default()); AT_ONCE];
        for (group, keys) in keys.chunks(AT_ONCE).enumerate() {
            first.iter_mut().zip(keys).for_each(|(slot, key)| *slot = self.slots[self.home(*key)]);
            for (at, ((held, value), key)) in first.iter().zip(keys).enumerate() {
                let value = if held == key {
                    Some(*value)
                } else if *held == 0 {
                    None
                } else {
                    self.get(*key)
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
        let table = Table::new(keys.len(), keys.iter().map(|key| (*key, key.wrapping_mul(3))));
        for key in keys {
            assert_eq!(table.get(*key), Some(key.wrapping_mul(3)));
        }
        assert_eq!(table.get(absent), None);
        let asked: Vec<u32> = [absent].into_iter().chain(keys.iter().copied()).collect();
        let mut found = Vec::new();
        table.get_each(&asked, |at, value| found.push((asked[at], value)));
        assert_eq!(found, keys.iter().map(|key| (*key, key.wrapping_mul(3))).collect::<Vec<_>>());
    }

    #[test]
    fn a_table_finds_what_it_holds_and_nothing_else() {
        check(&[], 5);
        check(&[1, 2, u32::MAX, 1 << 31, 77], 5);
        check(&(1..1000).collect::<Vec<_>>(), 1001);
    }

    #[test]
    fn lower_case_forms_share_a_hash() {
        assert_eq!(lower_hash("ÉVORA"), word_hash("évora"));
        assert_eq!(lower_hash("Tyne"), lower_hash("TYNE"));
        assert_ne!(join(1, 2), join(2, 1));
    }
}
