//! The words of a text, read once for everything that the index keeps of them.

use xxhash_rust::xxh3::xxh3_64;

use super::analyzer::{Joined, Words};

/// A text with the words that the index knows it by, in order.
#[derive(Clone, Debug)]
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    /// The words, for a field.
    pub(super) words: Joined,
    /// A hash of each word.
    pub(super) hashes: Vec<u64>,
    /// Byte at which each word begins. Of a text of one-letter words these take twice as much as the text, which is below four
    /// gigabytes.
    pub(super) begins: Vec<u32>,
}

impl<'a> Reading<'a> {
    /// Reads `text`.
    pub(super) fn new(text: &'a str) -> Self {
        let most = text.len() / 5 + 1;
        let words = Joined::with_capacity(text.len() + text.len() / 8);
        let mut reading = Self { text, words, hashes: Vec::with_capacity(most), begins: Vec::with_capacity(most) };
        let mut words = Words::new(text);
        while words.advance() {
            reading.words.push(&words);
            reading.hashes.push(xxh3_64(words.word.as_bytes()));
            reading.begins.push(words.span.begin as u32);
        }
        reading
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted() {
        let reading = Reading::new("“The dam—broke.” It’s over");
        assert_eq!((reading.hashes.len(), reading.begins.len()), (6, 6));
        assert!(reading.text[reading.begins[2] as usize..].starts_with("broke"));
        assert!(Reading::new("…").hashes.is_empty());
    }

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(Reading::new("Élysée, PARIS").hashes, Reading::new("elysee paris").hashes);
    }
}
