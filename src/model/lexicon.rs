//! What is known of words beforehand: the clusters that they fall into and the lists of names that they stand on.

use super::hash::{Table, key};

/// A word's cluster at four granularities; 0 at all of them where the word is unknown, otherwise the id plus one.
pub(super) type Clusters = [u16; 4];

/// What begins or ends at a phrase: which lists it stands on, and whether longer entries begin with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    /// Bit for each of [`LISTS`] that holds exactly this phrase.
    pub(super) lists: u16,
    /// True where a longer phrase begins with this one.
    pub(super) goes_on: bool,
}

/// The lists of names, in the order of their bits.
pub(super) const LISTS: [&str; 14] = [
    "male given name",
    "female given name",
    "frequent surname",
    "rare surname",
    "country",
    "demonym",
    "large city",
    "middling city",
    "small city",
    "state or region",
    "well-known person",
    "outlet",
    "organization",
    "people, event, work or product",
];

/// The longest phrase on any list, in tokens.
pub(super) const LONGEST: usize = 6;

const GOES_ON: u16 = 1 << 15;

/// Clusters and lists of names, read from `weights/clusters.bin` and `weights/names.bin`.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    clusters: Table<Clusters>,
    names: Table<u16>,
}

impl Lexicon {
    /// Reads both tables. `clusters` holds, for all words in the order of their keys, the keys (4 bytes each), the
    /// first and the second column of clusters (1 byte each), the third and the fourth (2 bytes each); `names` holds
    /// the keys of phrases and their bits (2 bytes each). All numbers are little-endian.
    pub(super) fn new(clusters: &[u8], names: &[u8]) -> Self {
        Self { clusters: read_clusters(clusters), names: read_names(names) }
    }

    /// Hands over the clusters of each of the words with these lower-case hashes that is known, with its place among
    /// them.
    pub(super) fn each_clusters(&self, lowers: &[u64], mut found: impl FnMut(usize, Clusters)) {
        let keys: Vec<u32> = lowers.iter().map(|&lower| key(lower)).collect();
        self.clusters.get_each(&keys, |at, clusters| found(at, *clusters));
    }

    /// What the lists know of the phrase with this hash, see [`phrase_hash`].
    #[inline]
    pub(super) fn listed(&self, phrase: u64) -> Option<Listed> {
        let bits = *self.names.get(key(phrase))?;
        Some(Listed { lists: bits & !GOES_ON, goes_on: bits & GOES_ON != 0 })
    }
}

/// Hash of a phrase: the lower-case hashes of its words, one after the other, joined from the left.
#[cfg(any(test, feature = "train"))]
pub(super) fn phrase_hash(words: impl Iterator<Item = u64>) -> u64 {
    words.reduce(super::hash::join).unwrap_or_default()
}

/// Hash of a phrase given as text that is cut as every text is.
#[cfg(test)]
fn text_hash(text: &str) -> u64 {
    phrase_hash(crate::text::tokenize(text).iter().map(|token| super::hash::lower_hash(token.span.of(text))))
}

fn read_clusters(bytes: &[u8]) -> Table<Clusters> {
    let count = bytes.len() / 10;
    let (keys, rest) = bytes.split_at(count * 4);
    let (coarse, rest) = rest.split_at(count);
    let (middle, rest) = rest.split_at(count);
    let (fine, finest) = rest.split_at(count * 2);
    let entries = (0..count).map(|at| {
        let ids = [coarse[at].into(), middle[at].into(), short(fine, at), short(finest, at)];
        (long(keys, at), ids.map(|id: u16| id + 1))
    });
    Table::new(entries)
}

fn read_names(bytes: &[u8]) -> Table<u16> {
    let count = bytes.len() / 6;
    let (keys, bits) = bytes.split_at(count * 4);
    Table::new((0..count).map(|at| (long(keys, at), short(bits, at))))
}

fn short(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at * 2], bytes[at * 2 + 1]])
}

fn long(bytes: &[u8], at: usize) -> u32 {
    let four = &bytes[at * 4..at * 4 + 4];
    u32::from_le_bytes([four[0], four[1], four[2], four[3]])
}

/// Writes phrases, each with the bits of its lists, so that [`Lexicon::new`] can read them.
#[cfg(feature = "train")]
pub(super) fn write_names(phrases: &std::collections::BTreeMap<Vec<u64>, u16>) -> Vec<u8> {
    let mut bits = std::collections::BTreeMap::<u32, u16>::new();
    for (words, lists) in phrases {
        *bits.entry(key(phrase_hash(words.iter().copied()))).or_default() |= lists;
        for length in 1..words.len() {
            *bits.entry(key(phrase_hash(words[..length].iter().copied()))).or_default() |= GOES_ON;
        }
    }
    let keys = bits.keys().flat_map(|key| key.to_le_bytes());
    keys.chain(bits.values().flat_map(|lists| lists.to_le_bytes())).collect()
}

#[cfg(test)]
mod tests {
    use super::super::hash::lower_hash;
    use super::*;

    #[test]
    fn tables_are_read_as_they_are_written() {
        let mut clusters = Vec::new();
        for word in ["tyne", "tees"] {
            clusters.extend(key(lower_hash(word)).to_le_bytes());
        }
        clusters.extend([1, 2, 30, 40]);
        clusters.extend([500_u16, 600, 1700, 1800].iter().flat_map(|id| id.to_le_bytes()));
        let mut names = key(text_hash("Tyne Dock")).to_le_bytes().to_vec();
        names.extend(key(text_hash("Tyne")).to_le_bytes());
        names.extend([0b100_u16, GOES_ON | 1].iter().flat_map(|bits| bits.to_le_bytes()));
        let lexicon = Lexicon::new(&clusters, &names);
        let mut found = Vec::new();
        lexicon.each_clusters(&["wear", "TEES"].map(lower_hash), |at, clusters| found.push((at, clusters)));
        assert_eq!(found, [(1, [3, 41, 601, 1801])]);
        assert_eq!(lexicon.listed(text_hash("tyne dock")), Some(Listed { lists: 4, goes_on: false }));
        assert_eq!(lexicon.listed(text_hash("tyne")), Some(Listed { lists: 1, goes_on: true }));
        assert_eq!(lexicon.listed(text_hash("dock")), None);
    }
}
