//! The words of a text, read once for everything that the index keeps of them.

use xxhash_rust::xxh3::xxh3_64;

use super::analyzer::Words;
use crate::text::Span;

/// A text with the words that the index knows it by, in order.
#[derive(Clone, Debug)]
pub(super) struct Reading<'a> {
    pub(super) text: &'a str,
    /// A hash of each word.
    pub(super) hashes: Vec<u64>,
    /// Where each word stands.
    pub(super) spans: Vec<Span>,
}

impl<'a> Reading<'a> {
    /// Reads `text`.
    pub(super) fn new(text: &'a str) -> Self {
        let most = text.len() / 5 + 1;
        let mut reading = Self { text, hashes: Vec::with_capacity(most), spans: Vec::with_capacity(most) };
        let mut words = Words::new(text);
        while words.advance() {
            reading.hashes.push(xxh3_64(words.word.as_bytes()));
            reading.spans.push(words.span);
        }
        reading
    }

    /// The text before the word at `count`: that which holds the first `count` words.
    pub(super) fn head(&self, count: u32) -> &'a str {
        let last = (count as usize).checked_sub(1).and_then(|last| self.spans.get(last));
        &self.text[..last.map_or(0, |span| span.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, count: u32, words: usize, head: &str) {
        let reading = Reading::new(text);
        assert_eq!((reading.hashes.len(), reading.spans.len()), (words, words), "{text}");
        assert_eq!(reading.head(count), head, "{text}");
    }

    #[test]
    fn a_head_has_so_many_words() {
        check("“The dam—broke.” It’s over", 3, 6, "“The dam—broke");
        check("“The dam", 0, 2, "");
        check("…", 0, 0, "");
    }

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(Reading::new("Élysée, PARIS").hashes, Reading::new("elysee paris").hashes);
    }
}
