//! Sentences and paragraphs.

use std::ops::Range;

use super::{Span, Token};

/// A run of tokens: a sentence or a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// From the first byte of its first token to the last byte of its last, in bytes of the text.
    pub span: Span,
    /// Which tokens it holds: indices into [`Prose::tokens`](super::Prose::tokens), never empty.
    pub tokens: Range<usize>,
}

impl Run {
    fn new(tokens: &[Token], range: Range<usize>) -> Self {
        let span = Span::new(tokens[range.start].span.begin, tokens[range.end - 1].span.end);
        Self { span, tokens: range }
    }
}

/// Cuts `tokens` into paragraphs: a line break ends one.
pub fn paragraphs(text: &str, tokens: &[Token]) -> Vec<Run> {
    runs(tokens, |left, right| text[left.span.end..right.span.begin].contains('\n'))
}

/// Cuts `tokens` into sentences; a paragraph's end always ends one.
pub fn sentences(text: &str, tokens: &[Token]) -> Vec<Run> {
    runs(tokens, |left, right| {
        let gap = &text[left.span.end..right.span.begin];
        gap.contains('\n') || (!gap.is_empty() && matches!(left.span.of(text), "." | "!" | "?"))
    })
}

fn runs(tokens: &[Token], breaks: impl Fn(&Token, &Token) -> bool) -> Vec<Run> {
    let mut found = Vec::new();
    let mut start = 0;
    for at in 1..=tokens.len() {
        if at == tokens.len() || breaks(&tokens[at - 1], &tokens[at]) {
            found.push(Run::new(tokens, start..at));
            start = at;
        }
    }
    found
}
