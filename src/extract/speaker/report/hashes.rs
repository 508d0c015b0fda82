//! A small set of words that most words are not in.

/// A set of hashes of words.
#[derive(Clone, Debug)]
pub struct Hashes {
    sorted: Vec<u32>,
    /// One bit for each value of the lowest bits of a hash.
    maybe: Vec<u64>,
}

impl Hashes {
    /// Values that the lowest bits have.
    const VALUES: usize = 1 << 15;

    /// A set of `hashes`.
    pub fn new(mut hashes: Vec<u32>) -> Self {
        hashes.sort_unstable();
        let mut maybe = vec![0; Self::VALUES / 64];
        for &hash in &hashes {
            let value = hash as usize % Self::VALUES;
            maybe[value / 64] |= 1 << (value % 64);
        }
        Self { sorted: hashes, maybe }
    }

    /// True where `hash` is in the set.
    pub fn contains(&self, hash: u32) -> bool {
        let value = hash as usize % Self::VALUES;
        self.maybe[value / 64] >> (value % 64) & 1 == 1 && self.sorted.binary_search(&hash).is_ok()
    }

    /// Reads what [`to_bytes`](Self::to_bytes) wrote.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        Self::new(bytes.as_chunks::<4>().0.iter().map(|&word| u32::from_le_bytes(word)).collect())
    }

    /// The hashes in order, little-endian.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.sorted.iter().flat_map(|word| word.to_le_bytes()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_hashes_holds_what_it_was_made_of() {
        let set = Hashes::new(vec![7, 1 << 31 | 7, 40_000]);
        let again = Hashes::from_bytes(&set.to_bytes());
        assert!([7, 1 << 31 | 7, 40_000].into_iter().all(|hash| set.contains(hash) && again.contains(hash)));
        assert!(![0, 1 << 30 | 7, 40_001].into_iter().any(|hash| set.contains(hash)));
    }
}
