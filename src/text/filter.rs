//! A few bits that settle most questions for what a set does not hold.

/// Tells of most hashes that a set does not hold them (Bloom, "Space/time trade-offs in hash coding with allowable errors",
/// 1970, with one bit a member).
///
/// Most words of a text stand on none of the lists that they are looked for in. The bits of a list stay in the processor's
/// caches, which the list itself does not.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    bits: Box<[u64]>,
    /// Bits of a hash that do not count.
    shift: u32,
}

impl Filter {
    /// A filter for a set of about `count` members, which have these `hashes`.
    pub(crate) fn new(count: usize, hashes: impl Iterator<Item = u64>) -> Self {
        const BITS: usize = 16;
        let log = (count * BITS).next_power_of_two().ilog2().max(6);
        let mut filter = Self { bits: vec![0; 1 << (log - 6)].into(), shift: u64::BITS - log };
        for hash in hashes {
            let bit = filter.bit(hash);
            filter.bits[bit / 64] |= 1 << (bit % 64);
        }
        filter
    }

    /// False where the set holds nothing with this `hash`.
    #[inline]
    pub(crate) fn may_hold(&self, hash: u64) -> bool {
        let bit = self.bit(hash);
        self.bits[bit / 64] >> (bit % 64) & 1 == 1
    }

    fn bit(&self, hash: u64) -> usize {
        (hash.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> self.shift) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_the_set_is_never_ruled_out() {
        for count in [0, 1, 5, 3000] {
            let hash = |at: usize| (at as u64).wrapping_mul(0x0100_0000_01B3);
            let filter = Filter::new(count, (0..count).map(hash));
            assert!((0..count).all(|at| filter.may_hold(hash(at))));
            let wrong = (count..count + 10_000).filter(|&at| filter.may_hold(hash(at))).count();
            assert!(wrong < 1500, "{wrong} of 10,000 pass the filter of {count}");
        }
    }
}
