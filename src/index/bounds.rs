//! Where the sentences and paragraphs of a text begin and where its lead ends, counted in words.
//!
//! The index keeps them as positions in a field of their own, so that they change nothing about the words: no phrase is
//! parted by them, and no text grows longer for BM25.

use tantivy::tokenizer::{PreTokenizedString, Token};

use super::analyzer::Words;
use crate::text::{Prose, Run};

/// Term whose positions are the beginnings of sentences.
pub(crate) const SENTENCE: &str = "sentence";

/// Term whose positions are the beginnings of paragraphs.
pub(crate) const PARAGRAPH: &str = "paragraph";

/// Term whose position is that of the first word after the lead.
pub(crate) const LEAD: &str = "lead";

/// Paragraphs of a lead, and the words of it where these are longer.
const LEAD_PARAGRAPHS: usize = 2;
const LEAD_WORDS: u32 = 100;

/// How a text is cut, by positions of its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// Where sentences begin, in order; the first, at 0, is left out.
    pub(crate) sentences: Vec<u32>,
    /// Where paragraphs begin, in order; the first, at 0, is left out.
    pub(crate) paragraphs: Vec<u32>,
    /// Where the first word stands that is not in the lead; `None` where the lead is the whole text.
    pub(crate) lead: Option<u32>,
    /// Number of words.
    pub(crate) words: u32,
}

impl Bounds {
    /// The bounds of `text`, whose lead is its first two paragraphs, or as much of them as a hundred words are.
    pub(crate) fn new(text: &str) -> Self {
        Self::of(&Prose::new(text))
    }

    /// As [`new`](Self::new), of a text that is cut already.
    pub(crate) fn of(prose: &Prose) -> Self {
        let mut starts = Vec::new();
        let mut words = Words::new(prose.text);
        while words.advance() {
            starts.push(words.span.begin);
        }
        let position = |run: &Run| starts.partition_point(|&start| start < run.span.begin) as u32;
        let beginnings = |runs: &[Run]| {
            let mut found: Vec<u32> = runs.iter().map(position).filter(|&at| at > 0).collect();
            found.dedup();
            found.retain(|&at| at < starts.len() as u32);
            found
        };
        let (sentences, paragraphs) = (beginnings(&prose.sentences), beginnings(&prose.paragraphs));
        let words = starts.len() as u32;
        let lead = paragraphs.get(LEAD_PARAGRAPHS - 1).map_or(words, |&end| end).min(LEAD_WORDS);
        Self { sentences, paragraphs, lead: Some(lead).filter(|&lead| lead < words), words }
    }

    /// The bounds as a field's value.
    pub(super) fn to_value(&self) -> PreTokenizedString {
        let token = |text: &str, position: u32| Token {
            text: text.to_owned(),
            position: position as usize,
            position_length: 1,
            ..Token::default()
        };
        let sentences = self.sentences.iter().map(|&at| token(SENTENCE, at));
        let paragraphs = self.paragraphs.iter().map(|&at| token(PARAGRAPH, at));
        let lead = self.lead.iter().map(|&at| token(LEAD, at));
        PreTokenizedString { text: String::new(), tokens: sentences.chain(paragraphs).chain(lead).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, sentences: &[u32], paragraphs: &[u32], lead: Option<u32>) {
        let bounds = Bounds::new(text);
        assert_eq!(
            (&bounds.sentences[..], &bounds.paragraphs[..], bounds.lead),
            (sentences, paragraphs, lead),
            "{text}"
        );
    }

    #[test]
    fn sentences_and_paragraphs_begin() {
        check("", &[], &[], None);
        check("The dam broke.", &[], &[], None);
        check("The dam broke. It rained.\n\nNobody fled.\n\nWhy?", &[3, 5, 7], &[5, 7], Some(7));
        check("… — The dam broke. — …", &[], &[], None);
    }

    #[test]
    fn a_lead_has_an_end() {
        let long = "word ".repeat(250);
        check(&long, &[], &[], Some(100));
        check(&format!("Short.\n\n{long}"), &[1], &[1], Some(100));
    }
}
