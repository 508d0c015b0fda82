//! The words that the index knows: which of them have the same stem as a word, or begin as it does.

use std::collections::BTreeSet;

use frostem::{Algorithm, Stemmer};
use tantivy::Searcher as Snapshot;
use tantivy::schema::Field;

/// The words of `field` with the same English stem as `word`, in order (Porter 2001, "Snowball").
pub(super) fn same_stem(snapshot: &Snapshot, field: Field, word: &str) -> tantivy::Result<Vec<String>> {
    let stems = Stems::new(word);
    let Some(stems) = stems else { return Ok(vec![word.to_owned()]) };
    let mut words = BTreeSet::new();
    for prefix in stems.prefixes() {
        each_with_prefix(snapshot, field, &prefix, |candidate| {
            if stems.matches(candidate) {
                words.insert(candidate.to_owned());
            }
        })?;
    }
    Ok(words.into_iter().collect())
}

/// The words of `field` that begin with `prefix`, in order: all of them, however many.
pub(super) fn beginning(snapshot: &Snapshot, field: Field, prefix: &str) -> tantivy::Result<Vec<String>> {
    let mut words = BTreeSet::new();
    each_with_prefix(snapshot, field, prefix, |word| {
        words.insert(word.to_owned());
    })?;
    Ok(words.into_iter().collect())
}

/// All values of `field`, in order.
pub(super) fn values(snapshot: &Snapshot, field: Field) -> tantivy::Result<Vec<String>> {
    beginning(snapshot, field, "")
}

fn each_with_prefix(
    snapshot: &Snapshot,
    field: Field,
    prefix: &str,
    mut each: impl FnMut(&str),
) -> tantivy::Result<()> {
    for reader in snapshot.segment_readers() {
        let inverted = reader.inverted_index(field)?;
        let mut stream = inverted.terms().range().ge(prefix).into_stream()?;
        while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
            if let Ok(word) = std::str::from_utf8(stream.key()) {
                each(word);
            }
        }
    }
    Ok(())
}

/// A word's stem, to compare other words with.
pub(super) struct Stems {
    stemmer: Stemmer,
    stem: String,
    prefix: usize,
}

impl Stems {
    /// `None` for what English has no stems for: numbers, other scripts, words with an apostrophe.
    pub(super) fn new(word: &str) -> Option<Self> {
        if !is_plain(word) {
            return None;
        }
        let stemmer = Stemmer::new(Algorithm::English);
        let stem = stemmer.stem(word).into_owned();
        // The stemmer changes no letter of what it leaves but the last (y to i, or an e that it adds).
        let prefix = if stem.len() > 2 { stem.len() - 1 } else { stem.len() };
        Some(Self { stemmer, stem, prefix })
    }

    /// True where `candidate`, a word as the index knows it, has this stem.
    pub(super) fn matches(&self, candidate: &str) -> bool {
        let begins = candidate.as_bytes().starts_with(&self.stem.as_bytes()[..self.prefix]) || self.is_dying(candidate);
        begins && is_plain(candidate) && self.stemmer.stem(candidate) == self.stem
    }

    /// Beginnings that the words with this stem have, one or the other.
    fn prefixes(&self) -> Vec<String> {
        let mut prefixes = vec![self.stem[..self.prefix].to_owned()];
        if self.stem.len() == 3 && self.stem.ends_with("ie") {
            prefixes.push(format!("{}ying", &self.stem[..1]));
        }
        prefixes
    }

    /// The one kind of word whose stem differs from it in more than the last letter: "dying" has the stem "die".
    fn is_dying(&self, candidate: &str) -> bool {
        self.stem.len() == 3 && candidate.len() == 5 && candidate[..1] == self.stem[..1] && candidate.ends_with("ying")
    }
}

fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, same: &[&str], other: &[&str]) {
        let stems = Stems::new(word).unwrap();
        for candidate in same {
            assert!(stems.matches(candidate), "{word} {candidate}");
            let prefixes = stems.prefixes();
            assert!(prefixes.iter().any(|prefix| candidate.starts_with(prefix.as_str())), "{word} {candidate}");
        }
        for candidate in other {
            assert!(!stems.matches(candidate), "{word} {candidate}");
        }
    }

    #[test]
    fn words_of_one_stem() {
        check(
            "immigrant",
            &["immigrants", "immigrant", "immigration"],
            &["immigrate2", "immigrant2", "immigrant's", "immerse"],
        );
        check("hope", &["hopes", "hoping", "hoped"], &["hop", "hopping"]);
        check("happy", &["happy", "happiness"], &["happen"]);
        check("cried", &["cry", "cries", "crying"], &["crier", "cress"]);
        check("die", &["dies", "died", "dying"], &["dye"]);
        check("possibility", &["possible", "possibly"], &[]);
        check("as", &["as"], &["a"]);
    }

    #[test]
    fn what_has_no_stem() {
        for word in ["2016", "don't", "covid19", "москва"] {
            assert!(Stems::new(word).is_none(), "{word}");
        }
    }
}
