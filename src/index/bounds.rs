//! Where the sentences and paragraphs of a text begin and where its lead ends, counted in words.
//!
//! The index keeps them as positions in a field of their own, so that they change nothing about the words: no phrase is
//! parted by them, and no text grows longer for BM25.

use std::fmt::Write as _;

use super::reading::Reading;
use crate::text::{Cut, Prose, Span, may_have_breaks};

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
        Self::of(&Reading::new(text))
    }

    /// As [`new`](Self::new), of a text whose words are read already.
    pub(super) fn of(reading: &Reading) -> Self {
        let last = reading.begins.last().map_or(0, |&begin| begin as usize);
        if may_have_breaks(&reading.text[..last]) {
            Self::of_cut(reading, 0, &Prose::new(reading.text).cut())
        } else {
            // Of most quotes: what nothing parts needs no cutting.
            Self::with(reading.begins.len() as u32, Vec::new(), Vec::new())
        }
    }

    /// As [`new`](Self::new), of a text whose words are read already; it begins at byte `begin` of the one that is `cut`.
    pub(super) fn of_cut(reading: &Reading, begin: usize, cut: &Cut) -> Self {
        let words = reading.begins.len() as u32;
        let beginnings = |spans: &[Span]| {
            let (mut found, mut at) = (Vec::with_capacity(spans.len()), 0);
            for span in spans {
                at += reading.begins[at..].iter().take_while(|&&word| word as usize + begin < span.begin).count();
                found.push(at as u32);
            }
            found.retain(|&at| at > 0 && at < words);
            found.dedup();
            found
        };
        Self::with(words, beginnings(&cut.sentences), beginnings(&cut.paragraphs))
    }

    fn with(words: u32, sentences: Vec<u32>, paragraphs: Vec<u32>) -> Self {
        let lead = paragraphs.get(LEAD_PARAGRAPHS - 1).map_or(words, |&end| end).min(LEAD_WORDS);
        Self { sentences, paragraphs, lead: Some(lead).filter(|&lead| lead < words), words }
    }

    /// The bounds as a field's value, which [`marks`] takes apart.
    pub(super) fn to_value(&self) -> String {
        let mut value = String::with_capacity(6 * (self.sentences.len() + self.paragraphs.len() + 1));
        for (kind, positions) in
            [(SENTENCE, &self.sentences[..]), (PARAGRAPH, &self.paragraphs), (LEAD, self.lead.as_slice())]
        {
            for position in positions {
                let _ = write!(value, "{}{position}", &kind[..1]);
            }
        }
        value
    }
}

/// The terms that `value`, which [`Bounds::to_value`] wrote, holds, each with its position.
pub(super) fn marks(mut value: &str) -> impl Iterator<Item = (&'static str, usize)> {
    std::iter::from_fn(move || mark(&mut value))
}

/// Takes the first term off `rest`.
fn mark(rest: &mut &str) -> Option<(&'static str, usize)> {
    let kind = [SENTENCE, PARAGRAPH, LEAD].into_iter().find(|kind| rest.starts_with(&kind[..1]))?;
    let number = &rest[1..];
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    *rest = &number[digits..];
    Some((kind, number[..digits].parse().unwrap_or_default()))
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
        let value = bounds.to_value();
        let read: Vec<_> = marks(&value).map(|(term, position)| (term, position as u32)).collect();
        let of = |term, positions: &[u32]| positions.iter().map(|&at| (term, at)).collect::<Vec<_>>();
        let expect = [of(SENTENCE, sentences), of(PARAGRAPH, paragraphs), of(LEAD, lead.as_slice())].concat();
        assert_eq!(read, expect, "{text}");
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
