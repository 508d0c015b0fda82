//! Words, numbers and marks.

use super::Span;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with the marks that belong inside a word.
    Word,
    /// Digits, with the marks that belong inside a number.
    Number,
    /// Anything else: one mark, or one run of the same mark.
    Mark,
}

/// One word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
}

/// Splits `text` into tokens in order; between two tokens stands white space or nothing.
pub fn tokenize(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 5);
    let mut rest = text.char_indices().peekable();
    while let Some((begin, first)) = rest.next() {
        if first.is_whitespace() {
            continue;
        }
        let mut end = begin + first.len_utf8();
        if first.is_alphanumeric() {
            while let Some((at, c)) = rest.next_if(|(_, c)| c.is_alphanumeric()) {
                end = at + c.len_utf8();
            }
        }
        let kind = match first {
            c if c.is_numeric() => TokenKind::Number,
            c if c.is_alphanumeric() => TokenKind::Word,
            _ => TokenKind::Mark,
        };
        tokens.push(Token { span: Span::new(begin, end), kind });
    }
    tokens
}
