//! A text with its tokens, sentences and paragraphs, made once and shared by every step that reads language.

use super::{Run, Span, Token, paragraphs, sentences, tokenize};

/// Where the sentences and paragraphs of a text stand: what remains of [`Prose`] without its tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// All sentences, in order. Each lies in one paragraph.
    pub sentences: Vec<Span>,
    /// All paragraphs, in order.
    pub paragraphs: Vec<Span>,
}

/// A text cut into tokens, sentences and paragraphs.
#[derive(Clone, Debug)]
pub struct Prose<'a> {
    /// The text that every span points into.
    pub text: &'a str,
    /// All tokens, in order.
    pub tokens: Vec<Token>,
    /// All sentences, in order; together they hold every token once.
    pub sentences: Vec<Run>,
    /// All paragraphs, in order; together they hold every token once. A sentence lies in one paragraph.
    pub paragraphs: Vec<Run>,
}

impl<'a> Prose<'a> {
    /// Cuts `text`.
    pub fn new(text: &'a str) -> Self {
        let tokens = tokenize(text);
        let paragraphs = paragraphs(text, &tokens);
        let sentences = sentences(text, &tokens, &paragraphs);
        Self { text, tokens, sentences, paragraphs }
    }

    /// Where sentences and paragraphs stand.
    pub fn cut(&self) -> Cut {
        let spans = |runs: &[Run]| runs.iter().map(|run| run.span).collect();
        Cut { sentences: spans(&self.sentences), paragraphs: spans(&self.paragraphs) }
    }

    /// The token at `index` as it is printed.
    pub fn word(&self, index: usize) -> &'a str {
        &self.text[self.tokens[index].span.begin..self.tokens[index].span.end]
    }

    /// Index of the sentence that holds the token at `index`.
    pub fn sentence_of(&self, index: usize) -> usize {
        self.sentences.partition_point(|run| run.tokens.end <= index)
    }

    /// Index of the paragraph that holds the token at `index`.
    pub fn paragraph_of(&self, index: usize) -> usize {
        self.paragraphs.partition_point(|run| run.tokens.end <= index)
    }

    /// Index of the first token that ends after byte `offset`: the token there, or the next one; the number of tokens
    /// where none follows.
    pub fn token_at(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| token.span.end <= offset)
    }

    /// Bytes from the first to the last of `tokens`, which must not be empty.
    pub fn span(&self, tokens: std::ops::Range<usize>) -> Span {
        Span::new(self.tokens[tokens.start].span.begin, self.tokens[tokens.end - 1].span.end)
    }
}
