//! Words of a query that the index lacks, and which of its own words they may mean.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::Term;
use tantivy::schema::Field as Slot;

use super::plan::without_article;
use super::row::Row;
use super::wanted::Place;
use super::{Query, Searcher, vocabulary};
use crate::index::analyzer::words;

/// Most words that are suggested for one.
const SUGGESTIONS: usize = 3;

/// A word of a query that no document has in the place it is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// The word, or the pattern that no word fits.
    pub word: String,
    /// The index's words or names most like it, the most frequent first, with the number of hits that each would have.
    pub similar: Vec<(String, usize)>,
}

/// Where the words of a part of a query are looked for.
#[derive(Clone, Copy)]
pub(super) enum Words {
    /// In texts or names, word by word.
    Of(Slot),
    /// In the whole values of a field.
    Values(Slot),
}

impl Searcher {
    /// Those words of the leaf `query` that no document has in any of `places`; like ones are counted by documents.
    pub(super) fn unknown_words(&self, query: &Query, places: &[Words]) -> tantivy::Result<Vec<UnknownWord>> {
        let mut unknown: Vec<UnknownWord> = Vec::new();
        for leaf in leaves(query) {
            let literal = matches!(leaf, Query::Word(_) | Query::Exact(_) | Query::Phrase(_));
            let typed = if literal { words(&text(leaf)) } else { vec![text(leaf)] };
            let joined = if literal { self.joined_alike(&typed, places)? } else { Vec::new() };
            if !joined.is_empty() {
                unknown.push(UnknownWord { word: text(leaf), similar: joined });
                continue;
            }
            for word in typed.into_iter().filter(|word| !word.is_empty()) {
                let wanted = if literal { Query::Word(word.clone()) } else { leaf.clone() };
                if unknown.iter().any(|known| known.word == word) || self.is_known(&wanted, places)? {
                    continue;
                }
                let similar = if literal { self.similar_words(&word, places)? } else { Vec::new() };
                unknown.push(UnknownWord { word, similar });
            }
        }
        Ok(unknown)
    }

    /// True where a document has a word that stands for the one word that `leaf` is.
    fn is_known(&self, leaf: &Query, places: &[Words]) -> tantivy::Result<bool> {
        for &place in places {
            let slot = match place {
                Words::Of(slot) => slot,
                Words::Values(slot) => {
                    let row = Row::new(slot, leaf)?;
                    let values = vocabulary::values(&self.snapshot, slot)?;
                    if values.iter().any(|value| row.is_in(&words(value))) {
                        return Ok(true);
                    }
                    continue;
                }
            };
            let found = Place { snapshot: &self.snapshot, slot, widened: true }.leaf(leaf)?;
            for forms in &found.words {
                if forms.frequency(&self.snapshot, slot)? > 0 {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The values of `places` that differ from `typed` only in where their words are joined: `huff-post` means `HuffPost`.
    fn joined_alike(&self, typed: &[String], places: &[Words]) -> tantivy::Result<Vec<(String, usize)>> {
        let mut alike = Vec::new();
        for &place in places {
            let Words::Values(slot) = place else { continue };
            for value in vocabulary::values(&self.snapshot, slot)? {
                let own = words(&value);
                let own = without_article(&own);
                if own != typed && own.concat() == typed.concat() {
                    let count = self.snapshot.doc_freq(&Term::from_field_text(slot, &value))? as usize;
                    alike.push((value, count));
                }
            }
        }
        Ok(alike)
    }

    /// The words or values of `places` at the fewest edits from `word`, those in most documents first.
    fn similar_words(&self, word: &str, places: &[Words]) -> tantivy::Result<Vec<(String, usize)>> {
        let mut nearest = Nearest::new(word);
        for &place in places {
            match place {
                Words::Of(slot) => self.each_word(slot, |candidate| nearest.take(candidate, slot, candidate))?,
                Words::Values(slot) => {
                    for value in vocabulary::values(&self.snapshot, slot)? {
                        for candidate in words(&value) {
                            nearest.take(&candidate, slot, &value);
                        }
                    }
                }
            }
        }
        let mut counted: BTreeMap<String, usize> = BTreeMap::new();
        for (slot, term) in nearest.found {
            let count = self.snapshot.doc_freq(&Term::from_field_text(slot, &term))? as usize;
            let most = counted.entry(term).or_default();
            *most = count.max(*most);
        }
        let mut counted: Vec<(String, usize)> = counted.into_iter().filter(|(_, count)| *count > 0).collect();
        counted.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        counted.truncate(SUGGESTIONS);
        Ok(counted)
    }

    /// Hands every word of `slot` to `take`.
    fn each_word(&self, slot: Slot, mut take: impl FnMut(&str)) -> tantivy::Result<()> {
        for reader in self.snapshot.segment_readers() {
            let inverted = reader.inverted_index(slot)?;
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                if let Ok(word) = std::str::from_utf8(stream.key()) {
                    take(word);
                }
            }
        }
        Ok(())
    }
}

/// The parts of a leaf that stand for words of their own.
fn leaves(query: &Query) -> Vec<&Query> {
    match query {
        Query::Run(parts, _) => parts.iter().collect(),
        leaf => vec![leaf],
    }
}

/// What a leaf says.
fn text(leaf: &Query) -> String {
    match leaf {
        Query::Word(text) | Query::Exact(text) | Query::Phrase(text) => text.clone(),
        Query::Wildcard(_) | Query::Fuzzy(..) | Query::Regex(_) => leaf.to_string(),
        _ => String::new(),
    }
}

/// The candidates at the fewest edits from a word.
struct Nearest {
    word: Vec<char>,
    bytes: usize,
    /// The most edits that another candidate may need: as few as the best so far.
    most: usize,
    found: BTreeSet<(Slot, String)>,
}

impl Nearest {
    fn new(word: &str) -> Self {
        let letters: Vec<char> = word.chars().collect();
        Self { most: most_edits(letters.len()), word: letters, bytes: word.len(), found: BTreeSet::new() }
    }

    /// Takes up `term` of `slot` where its word `candidate` is no farther than the best so far.
    fn take(&mut self, candidate: &str, slot: Slot, term: &str) {
        if candidate.len().abs_diff(self.bytes) > self.most * 4 {
            return;
        }
        let letters: Vec<char> = candidate.chars().collect();
        let Some(edits) = edits(&self.word, &letters, self.most).filter(|edits| *edits > 0) else { return };
        if edits < self.most {
            self.most = edits;
            self.found.clear();
        }
        self.found.insert((slot, term.to_owned()));
    }
}

/// Edits that leave a word of so many letters recognisable.
const fn most_edits(letters: usize) -> usize {
    match letters {
        0..=2 => 0,
        3..=5 => 1,
        _ => 2,
    }
}

/// How many letters have to be put in, left out, replaced or swapped with their neighbour to make `right` of `left`
/// (Damerau 1964); `None` where it is more than `most`.
fn edits(left: &[char], right: &[char], most: usize) -> Option<usize> {
    if left.len().abs_diff(right.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let replaced = above[column] + usize::from(letter != other);
            let mut fewest = replaced.min(above[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && *letter == right[column - 1] && left[row - 1] == *other {
                fewest = fewest.min(before[column - 1] + 1);
            }
            next.push(fewest);
        }
        if next.iter().all(|edits| *edits > most) {
            return None;
        }
        before = std::mem::replace(&mut above, next);
    }
    above.last().copied().filter(|edits| *edits <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, right: &str, expect: Option<usize>) {
        let letters = |text: &str| text.chars().collect::<Vec<char>>();
        assert_eq!(edits(&letters(left), &letters(right), 2), expect, "{left} {right}");
        assert_eq!(edits(&letters(right), &letters(left), 2), expect, "{right} {left}");
    }

    #[test]
    fn edits_are_counted() {
        check("harbour", "harbour", Some(0));
        check("harbour", "harbor", Some(1));
        check("harbour", "habrour", Some(1));
        check("clintn", "clinton", Some(1));
        check("ferry", "berth", None);
        check("", "ab", Some(2));
        check("", "abc", None);
    }

    #[test]
    fn the_nearest_words() {
        let slot = crate::index::fields().body;
        let mut nearest = Nearest::new("clintn");
        for word in ["clint", "clinton", "clan", "clinton", "flint", "clintn"] {
            nearest.take(word, slot, word);
        }
        let found: Vec<&str> = nearest.found.iter().map(|(_, word)| word.as_str()).collect();
        assert_eq!(found, ["clint", "clinton"]);
    }

    #[test]
    fn the_words_of_a_leaf() {
        let texts = |query: &str| {
            let query = Query::parse(query).unwrap();
            leaves(&query).into_iter().map(text).collect::<Vec<_>>()
        };
        assert_eq!(texts("\"old riv* wall\"~2"), ["old", "riv*", "wall"]);
        assert_eq!(texts("river~1"), ["river~1"]);
        assert_eq!(texts("river"), ["river"]);
    }
}
