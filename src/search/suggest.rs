//! Why a query finds nothing, and which of the index's own words it may mean.

use std::collections::BTreeMap;

use tantivy::Term;

use super::{Filters, Query, SearchOptions, Searcher};
use crate::error::Result;
use crate::index::analyzer::words;
use crate::index::fields;

/// Most words that are suggested for one.
const SUGGESTIONS: usize = 3;

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No article has this part of the query; the index's words most like it, with the number of articles that have them.
    Missing {
        /// The part, as a query.
        part: String,
        /// What may be meant.
        similar: Vec<(String, usize)>,
    },
    /// Articles have each part, with the number of them, but none has all.
    NeverTogether(Vec<(String, usize)>),
    /// Articles match, so many of them, but none meets the filters.
    Filtered(usize),
    /// None of this can be told.
    Unknown,
}

impl Searcher {
    /// Why no article matches `query` and meets `filters`.
    pub fn why_nothing(&self, query: &Query, filters: &Filters) -> Result<Reason> {
        let unfiltered = self.number(query)?;
        if unfiltered > 0 && *filters != Filters::default() {
            return Ok(Reason::Filtered(unfiltered));
        }
        let mut counts = Vec::new();
        for part in parts(query) {
            let count = self.number(part)?;
            if count == 0 {
                return Ok(Reason::Missing { part: part.to_string(), similar: self.similar_words(part)? });
            }
            counts.push((part.to_string(), count));
        }
        Ok(if counts.len() > 1 { Reason::NeverTogether(counts) } else { Reason::Unknown })
    }

    fn number(&self, query: &Query) -> Result<usize> {
        Ok(self.search(query, &SearchOptions { limit: 0, all_copies: true, ..SearchOptions::default() })?.total)
    }

    /// The words of the running texts that are most like the one word that `part` is.
    fn similar_words(&self, part: &Query) -> Result<Vec<(String, usize)>> {
        let Query::Word(text) = part else { return Ok(Vec::new()) };
        let found = match &words(text)[..] {
            [word] => self.nearest(word),
            _ => return Ok(Vec::new()),
        };
        found.map_err(|source| self.index.error(source))
    }

    /// The words at the fewest edits from `word`, those in most articles first.
    fn nearest(&self, word: &str) -> tantivy::Result<Vec<(String, usize)>> {
        let wanted: Vec<char> = word.chars().collect();
        let most = most_edits(wanted.len());
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for reader in self.snapshot.segment_readers() {
            let inverted = reader.inverted_index(fields().body)?;
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                let Ok(candidate) = std::str::from_utf8(stream.key()) else { continue };
                if candidate.len().abs_diff(word.len()) > most * 4 {
                    continue;
                }
                let letters: Vec<char> = candidate.chars().collect();
                if let Some(edits) = edits(&wanted, &letters, most).filter(|edits| *edits > 0) {
                    found.insert(candidate.to_owned(), edits);
                }
            }
        }
        let least = found.values().copied().min();
        let nearest = found.into_iter().filter(|(_, edits)| Some(*edits) == least);
        let mut counted = Vec::new();
        for (candidate, _) in nearest {
            let count = self.snapshot.doc_freq(&Term::from_field_text(fields().body, &candidate))?;
            counted.push((candidate, count as usize));
        }
        counted.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        counted.truncate(SUGGESTIONS);
        Ok(counted)
    }
}

/// What all has to hold for `query`, each by itself.
fn parts(query: &Query) -> Vec<&Query> {
    match query {
        Query::And(parts) => parts.iter().filter(|part| !matches!(part, Query::Not(_))).collect(),
        Query::All | Query::Not(_) => Vec::new(),
        query => vec![query],
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
    fn the_parts_of_a_query() {
        let printed = |query: &str| {
            let query = Query::parse(query).unwrap();
            parts(&query).into_iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(printed("dam \"old wall\" -ferry"), ["dam", "\"old wall\""]);
        assert_eq!(printed("dam OR ferry"), ["dam OR ferry"]);
        assert!(printed("NOT dam").is_empty());
    }
}
