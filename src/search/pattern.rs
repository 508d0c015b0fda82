//! Patterns of one word: `*` and `?`, regular expressions, words with letters wrong; and all words of an index that fit.

use tantivy::query::{DfaWrapper, FuzzyTermQuery};
use tantivy::schema::Field as Slot;
use tantivy::{Searcher as Snapshot, Term};
use tantivy_fst::{Automaton, Regex};

use crate::index::analyzer::words;

/// Letters of a script that no news is written in: they stand for `*` and `?` while a pattern is cut into words.
const ANY: char = '\u{102a0}';
const ONE: char = '\u{102a1}';

/// The words of a pattern with `*` and `?`, as the index writes words; a `*` that is a word of its own is left out.
pub(super) fn wildcard_words(pattern: &str) -> Vec<String> {
    let masked: String = pattern
        .chars()
        .map(|c| {
            if c == '*' {
                ANY
            } else if c == '?' {
                ONE
            } else {
                c
            }
        })
        .collect();
    let marks = |word: String| word.replace(ANY, "*").replace(ONE, "?");
    words(&masked).into_iter().map(marks).filter(|word| word.chars().any(char::is_alphanumeric)).collect()
}

/// Tells which words fit.
pub(super) enum Pattern {
    Regex(Regex),
    Fuzzy(DfaWrapper),
}

impl Pattern {
    /// Words in which `*` stands for any letters or none and `?` for one.
    pub(super) fn wildcard(word: &str) -> Result<Self, String> {
        let piece = |c: char| match c {
            '*' => ".*".to_owned(),
            '?' => ".".to_owned(),
            c if c.is_alphanumeric() => c.to_string(),
            c => format!("\\x{{{:x}}}", u32::from(c)),
        };
        compiled(&word.chars().map(piece).collect::<String>())
    }

    /// Words that `expression` matches from end to end. Its letters are read as the index writes letters.
    pub(super) fn regex(expression: &str) -> Result<Self, String> {
        compiled(&folded(expression))
    }

    /// Words that `word` becomes by `changes` changes at most.
    pub(super) fn fuzzy(slot: Slot, word: &str, changes: u8) -> tantivy::Result<Self> {
        let query = FuzzyTermQuery::new(Term::from_field_text(slot, word), changes, true);
        Ok(Self::Fuzzy(query.automaton()?))
    }

    /// True where the whole of `word` fits.
    pub(super) fn matches(&self, word: &str) -> bool {
        match self {
            Self::Regex(regex) => accepts(regex, word),
            Self::Fuzzy(automaton) => accepts(automaton, word),
        }
    }

    /// The words of `slot` that fit, in order: all of them, however many.
    pub(super) fn words(&self, snapshot: &Snapshot, slot: Slot) -> tantivy::Result<Vec<String>> {
        let mut found = std::collections::BTreeSet::new();
        for reader in snapshot.segment_readers() {
            let inverted = reader.inverted_index(slot)?;
            let terms = inverted.terms();
            let mut take = |word: &[u8]| found.extend(std::str::from_utf8(word).ok().map(str::to_owned));
            match self {
                Self::Regex(regex) => {
                    let mut stream = terms.search(regex).into_stream()?;
                    while stream.advance() {
                        take(stream.key());
                    }
                }
                Self::Fuzzy(automaton) => {
                    let mut stream = terms.search(automaton).into_stream()?;
                    while stream.advance() {
                        take(stream.key());
                    }
                }
            }
        }
        Ok(found.into_iter().collect())
    }
}

fn compiled(expression: &str) -> Result<Pattern, String> {
    Regex::new(expression).map(Pattern::Regex).map_err(|error| error.to_string())
}

fn accepts<A: Automaton>(automaton: &A, word: &str) -> bool {
    let state = word.bytes().fold(automaton.start(), |state, byte| automaton.accept(&state, byte));
    automaton.is_match(&state)
}

/// `expression` with its letters in lower case and without accents, but for those behind a backslash.
fn folded(expression: &str) -> String {
    let mut folded = String::with_capacity(expression.len());
    let mut escaped = false;
    for c in expression.chars() {
        match words(c.encode_utf8(&mut [0; 4])).pop() {
            Some(letter) if !escaped => folded.push_str(&letter),
            _ => folded.push(c),
        }
        escaped = !escaped && c == '\\';
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &Pattern, fit: &[&str], other: &[&str]) {
        for word in fit {
            assert!(pattern.matches(word), "{word}");
        }
        for word in other {
            assert!(!pattern.matches(word), "{word}");
        }
    }

    #[test]
    fn wildcards() {
        let check =
            |pattern: &str, fit: &[&str], other: &[&str]| check(&Pattern::wildcard(pattern).unwrap(), fit, other);
        check("immigr*", &["immigr", "immigrant"], &["emigrant", "immig"]);
        check("wom?n", &["woman", "womän", "women"], &["womn", "womaan"]);
        check("*ship*", &["ship", "membership", "ships"], &["shop"]);
        check("o'*n", &["o'brien"], &["obrien"]);
    }

    #[test]
    fn regular_expressions() {
        let check = |pattern: &str, fit: &[&str], other: &[&str]| check(&Pattern::regex(pattern).unwrap(), fit, other);
        check("Colou?r", &["color", "colour"], &["colours"]);
        check("caf[éà]s?", &["cafe", "cafa", "cafes"], &["café"]);
        check(r"\d{4}", &["2016"], &["216", "abcd"]);
        assert!(Pattern::regex("(").is_err());
        assert!(Pattern::regex("^a$").is_err());
    }

    #[test]
    fn patterns_of_several_words() {
        assert_eq!(wildcard_words("Co-op*"), ["co", "op*"]);
        assert_eq!(wildcard_words("É?a*"), ["e?a*"]);
        assert_eq!(wildcard_words("東*"), ["東"]);
        assert_eq!(wildcard_words("*"), Vec::<String>::new());
    }
}
