//! The words that the index knows: which of them have the same stem as a word, or begin as it does.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use frostem::{Algorithm, Stemmer};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet as _, Searcher as Snapshot, TERMINATED, Term};

use super::stem::{self, Language, Stem};
use crate::index::{fields, name};

/// The words of `field` with the same stem as `word`, in order, in every language that the word occurs in.
///
/// English stems are compared with all words. In an index of several languages, a word is widened by the stems of those
/// that its articles are written in, and only to words that occur in that language too: "china" does not find "chin"
/// because Spanish has "chino". A word that the index lacks is taken to be of any of its languages.
pub(super) fn same_stem(snapshot: &Snapshot, field: Field, word: &str) -> tantivy::Result<Vec<String>> {
    let mut words = BTreeSet::from([word.to_owned()]);
    let index = values(snapshot, fields().language)?;
    let known: Vec<Language> = index.iter().filter_map(|code| stem::language_of(code, word)).collect();
    let used = if known.is_empty() { HashSet::new() } else { languages(snapshot, field, word)? };
    let is_of = |code: &str| used.is_empty() || used.contains(code);
    // A word of other languages only is not cut as if it were English.
    if let Some(stems) = Stems::new(word).filter(|_| known.is_empty() || is_of("en")) {
        for prefix in stems.prefixes() {
            each_with_prefix(snapshot, field, &prefix, |candidate| {
                if stems.matches(candidate) {
                    words.insert(candidate.to_owned());
                }
            })?;
        }
    }
    for language in known.into_iter().filter(|language| is_of(language.code)) {
        let Some(stem) = Stem::new(language, word) else { continue };
        let mut candidates = BTreeSet::new();
        for beginning in stem.beginnings() {
            each_with_prefix(snapshot, field, &beginning, |candidate| {
                if !words.contains(candidate) && stem.matches(candidate) {
                    candidates.insert(candidate.to_owned());
                }
            })?;
        }
        for candidate in candidates {
            if languages(snapshot, field, &candidate)?.contains(language.code) {
                words.insert(candidate);
            }
        }
    }
    Ok(words.into_iter().collect())
}

/// Documents of each segment that are looked at to tell the languages of a word.
const SAMPLE: usize = 128;

/// How many, of the documents with a word, are in a language that it is a word of: one of so many at least.
const SHARE: usize = 10;

/// The languages of the documents in which `word` stands, but for those that hardly any of them is in.
fn languages(snapshot: &Snapshot, field: Field, word: &str) -> tantivy::Result<HashSet<String>> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = 0;
    let term = Term::from_field_text(field, word);
    for reader in snapshot.segment_readers() {
        let Some(mut postings) = reader.inverted_index(field)?.read_postings(&term, IndexRecordOption::Basic)? else {
            continue;
        };
        let Some(column) = reader.fast_fields().str(name::LANGUAGE)? else { continue };
        let mut ordinals: BTreeMap<u64, usize> = BTreeMap::new();
        for _ in 0..SAMPLE {
            let document = postings.doc();
            if document == TERMINATED {
                break;
            }
            for ordinal in column.term_ords(document) {
                *ordinals.entry(ordinal).or_default() += 1;
            }
            postings.advance();
        }
        for (ordinal, count) in ordinals {
            let mut code = String::new();
            column.ord_to_str(ordinal, &mut code)?;
            *counts.entry(code).or_default() += count;
            all += count;
        }
    }
    Ok(counts.into_iter().filter(|(_, count)| count * SHARE >= all).map(|(code, _)| code).collect())
}

/// The words of `field` that begin with `prefix`, in order: all of them, however many.
pub(super) fn beginning(snapshot: &Snapshot, field: Field, prefix: &str) -> tantivy::Result<Vec<String>> {
    let mut words = Vec::new();
    each_with_prefix(snapshot, field, prefix, |word| words.push(word.to_owned()))?;
    // Each segment has its words in order.
    words.sort();
    words.dedup();
    Ok(words)
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
