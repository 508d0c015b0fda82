//! Texts as the matcher sees them: words, and the sentences and paragraphs that they stand in.

use chrono::NaiveDate;
use newsdex::article::Article;
use newsdex::extract::Annotations;
use newsdex::text::{Prose, Span};

/// Words in order, with the number of the sentence and the paragraph of each.
#[derive(Default)]
pub(crate) struct Words {
    pub(crate) list: Vec<String>,
    pub(crate) sentences: Vec<usize>,
    pub(crate) paragraphs: Vec<usize>,
}

/// An article.
pub(crate) struct Document {
    pub(crate) headline: Words,
    pub(crate) body: Words,
    /// The day of publication.
    pub(crate) day: Option<NaiveDate>,
    /// The quotes, each with its kind.
    pub(crate) quotes: Vec<(Words, &'static str)>,
}

impl Document {
    pub(crate) fn new(article: &Article, annotations: &Annotations) -> Self {
        let quote = |quote: &newsdex::extract::Quote| {
            let words: Vec<&str> = quote.spans.iter().map(|span| span.of(&article.text)).collect();
            (Words::new(&words.join(" ")), quote.kind.as_str())
        };
        let headline = article.headline.as_ref().map_or("", |headline| headline.value.as_str());
        Self {
            headline: Words {
                sentences: Vec::new(),
                paragraphs: Vec::new(),
                list: cut(headline).into_iter().map(|(word, _)| word).collect(),
            },
            body: Words::of(&article.text, article.body),
            day: article.date.as_ref().map(|date| date.value.day),
            quotes: annotations.quotes.iter().map(quote).collect(),
        }
    }
}

impl Words {
    fn new(text: &str) -> Self {
        Self::of(text, Span::new(0, text.len()))
    }

    /// The words at `place`; what is a sentence or a paragraph, the whole of `text` tells.
    fn of(text: &str, place: Span) -> Self {
        let prose = Prose::new(text);
        let mut words = Self::default();
        for (word, begin) in cut(place.of(text)) {
            let begin = begin + place.begin;
            // A word belongs to the last sentence that begins no later than the word does.
            let sentences = prose.sentences.iter().skip(1).filter(|run| run.span.begin <= begin).count();
            let paragraphs = prose.paragraphs.iter().skip(1).filter(|run| run.span.begin <= begin).count();
            words.list.push(word);
            words.sentences.push(sentences);
            words.paragraphs.push(paragraphs);
        }
        words
    }

    pub(crate) fn sentence(&self, at: usize) -> usize {
        self.sentences.get(at).copied().unwrap_or(0)
    }

    pub(crate) fn paragraph(&self, at: usize) -> usize {
        self.paragraphs.get(at).copied().unwrap_or(0)
    }

    /// Number of words in the lead: two paragraphs, or a hundred words.
    pub(crate) fn lead(&self) -> usize {
        let mut seen: Vec<usize> = self.paragraphs.clone();
        seen.dedup();
        let end = seen
            .get(2)
            .map_or(self.list.len(), |third| self.paragraphs.iter().position(|paragraph| paragraph == third).unwrap());
        end.min(100)
    }
}

/// What stands as a word of its own before an apostrophe, as in French.
const ELIDED: &str = "l d c j m n s t qu jusqu lorsqu puisqu quoiqu dell all nell sull dall coll un quell bell";

/// Words as the language describes them, each with the byte that it begins at.
fn cut(text: &str) -> Vec<(String, usize)> {
    let characters: Vec<(usize, char)> = text.char_indices().map(|(at, c)| (at, simple(c))).collect();
    let at = |index: usize| characters.get(index).map_or(' ', |&(_, c)| c);
    let letter = |index: usize| at(index).is_ascii_alphanumeric();
    let possessive = |index: usize| at(index) == '\'' && at(index + 1).eq_ignore_ascii_case(&'s') && !letter(index + 2);
    let mut found: Vec<(String, usize)> = Vec::new();
    let mut index = 0;
    let mut end = usize::MAX;
    while index < characters.len() {
        let begin = index;
        if possessive(index) && end == index {
            index += 2;
            found.push(("'s".into(), characters[begin].0));
            end = index;
        } else if letter(index) {
            let elided = |end: usize| {
                let before: String = characters[begin..end].iter().map(|&(_, c)| c.to_ascii_lowercase()).collect();
                ELIDED.split(' ').any(|article| article == before)
            };
            while letter(index) || at(index) == '\'' && letter(index + 1) && !possessive(index) && !elided(index) {
                index += 1;
            }
            let mut word: String = characters[begin..index].iter().map(|&(_, c)| c.to_ascii_lowercase()).collect();
            word.truncate(120);
            found.push((word, characters[begin].0));
            end = index;
        } else {
            index += 1;
        }
    }
    found
}

/// A character without its accent, where the invented articles have any.
fn simple(c: char) -> char {
    match c {
        'é' | 'è' => 'e',
        'É' => 'E',
        'ü' => 'u',
        'ï' => 'i',
        'ó' => 'o',
        '’' | '‘' => '\'',
        other => other,
    }
}
