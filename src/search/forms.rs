//! The words of an index that stand for one word of a query, and what a segment's dictionary says of them.

use std::io;

use tantivy::postings::TermInfo;
use tantivy::schema::Field as Slot;
use tantivy::{InvertedIndexReader, Searcher as Snapshot};

use super::vocabulary;

/// From so many words on, a dictionary is read in a row for as long as that finds enough of them.
const MANY: usize = 64;

/// So many other words may be read for each that is found: looking one up costs about as much.
const PASSED: usize = 8;

/// The words that stand for one word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Forms {
    /// These, in order.
    Listed(Vec<String>),
    /// All that begin so, which may be very many: they stay in the dictionary.
    Beginning(String),
}

impl Forms {
    pub(super) fn one(word: String) -> Self {
        Self::Listed(vec![word])
    }

    /// True where `word`, of a text that is indexed, is one of them.
    pub(super) fn has(&self, word: &str) -> bool {
        match self {
            Self::Listed(words) => words.binary_search_by(|own| own.as_str().cmp(word)).is_ok(),
            Self::Beginning(beginning) => word.starts_with(beginning),
        }
    }

    /// All of them that `slot` has, in order; or those that it was looked for with.
    pub(super) fn words(self, snapshot: &Snapshot, slot: Slot) -> tantivy::Result<Vec<String>> {
        match self {
            Self::Listed(words) => Ok(words),
            Self::Beginning(beginning) => vocabulary::beginning(snapshot, slot, &beginning),
        }
    }

    /// The entries of those that the dictionary of `inverted` has, in order.
    pub(super) fn entries(&self, inverted: &InvertedIndexReader) -> io::Result<Vec<TermInfo>> {
        match self {
            Self::Listed(words) => listed(inverted, words),
            Self::Beginning(beginning) => {
                let mut entries = Vec::new();
                let mut stream = inverted.terms().range().ge(beginning).into_stream()?;
                while stream.advance() && stream.key().starts_with(beginning.as_bytes()) {
                    entries.push(stream.value().clone());
                }
                Ok(entries)
            }
        }
    }

    /// In how many documents they stand; one that has several of them counts for each.
    pub(super) fn frequency(&self, snapshot: &Snapshot, slot: Slot) -> tantivy::Result<u64> {
        let mut frequency = 0;
        for reader in snapshot.segment_readers() {
            frequency += total(&self.entries(&*reader.inverted_index(slot)?)?);
        }
        Ok(frequency)
    }
}

/// In how many documents words with these `entries` stand; one that has several of them counts for each.
pub(super) fn total(entries: &[TermInfo]) -> u64 {
    entries.iter().map(|entry| u64::from(entry.doc_freq)).sum()
}

/// The entries of those of `words`, which ascend, that the dictionary has.
fn listed(inverted: &InvertedIndexReader, words: &[String]) -> io::Result<Vec<TermInfo>> {
    let (mut entries, mut at) = (Vec::with_capacity(words.len()), 0);
    if let Some(first) = words.first().filter(|_| words.len() > MANY) {
        let mut stream = inverted.terms().range().ge(first).into_stream()?;
        let mut read = 0;
        while at < words.len() && read <= PASSED * (entries.len() + 1) {
            if !stream.advance() {
                return Ok(entries);
            }
            read += 1;
            let key = stream.key();
            while words.get(at).is_some_and(|word| word.as_bytes() < key) {
                at += 1;
            }
            if words.get(at).is_some_and(|word| word.as_bytes() == key) {
                entries.push(stream.value().clone());
                at += 1;
            }
        }
    }
    for word in &words[at..] {
        entries.extend(inverted.terms().get(word)?);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use tantivy::schema::{Schema, TEXT};
    use tantivy::{Index, doc};

    use super::*;

    /// Checks what is found by `forms` where the index has the words `has`, each as often as its place says.
    fn check(has: &[String], forms: &Forms, expect: impl Fn(&str) -> bool) {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 20_000_000).unwrap();
        for least in 0..has.len() {
            writer.add_document(doc!(field => has[least..].join(" "))).unwrap();
        }
        writer.commit().unwrap();
        let searcher = index.reader().unwrap().searcher();
        let inverted = searcher.segment_reader(0).inverted_index(field).unwrap();
        let found: Vec<usize> = forms.entries(&inverted).unwrap().iter().map(|entry| entry.doc_freq as usize).collect();
        let places: Vec<usize> = (1..=has.len()).filter(|place| expect(&has[place - 1])).collect();
        assert_eq!(found, places);
        assert_eq!(forms.frequency(&searcher, field).unwrap(), places.iter().sum::<usize>() as u64);
        assert!(has.iter().all(|word| forms.has(word) == expect(word)));
    }

    fn numbered(numbers: impl Iterator<Item = usize>) -> Vec<String> {
        numbers.map(|number| format!("w{number:04}")).collect()
    }

    #[test]
    fn words_are_found_wherever_they_lie() {
        let has = numbered((0..400).map(|number| number * 2));
        let check =
            |words: Vec<String>| check(&has, &Forms::Listed(words.clone()), |word| words.iter().any(|own| own == word));
        check(numbered(0..900));
        check(numbered(100..300));
        // Some together, others far apart, others not there, at both ends too.
        check(numbered((0..100).chain((100..700).step_by(37)).chain(700..760)));
        check(numbered((0..100).map(|number| number * 8)));
        check(numbered(900..1_000));
        check(numbered(4..5));
        check(Vec::new());
    }

    #[test]
    fn words_that_begin_alike_are_those_of_the_dictionary() {
        let has = numbered((0..400).map(|number| number * 2));
        for beginning in ["w", "w01", "w0798", "w08", "v", "x"] {
            check(&has, &Forms::Beginning(beginning.into()), |word| word.starts_with(beginning));
        }
    }
}
