//! A query's text to its pieces, each with its column.

use crate::error::{Error, Result};

/// A piece of a query, and the columns from its first to its last character, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) what: What,
    pub(super) column: usize,
    /// True where nothing stands between it and the piece before.
    pub(super) touches: bool,
}

/// Kind of a piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Open,
    Close,
    /// What stands between quotation marks.
    Phrase(String),
    /// Anything else without white space.
    Chunk(String),
}

/// Marks that begin and end a phrase.
pub(super) const fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Cuts `query` into pieces.
pub(super) fn pieces(query: &str) -> Result<Vec<Piece>> {
    let characters: Vec<char> = query.chars().collect();
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut end = usize::MAX;
    while at < characters.len() {
        let begin = at;
        let what = match characters[at] {
            c if c.is_whitespace() => {
                at += 1;
                continue;
            }
            '(' => What::Open,
            ')' => What::Close,
            c if is_quotation_mark(c) => phrase(&characters, &mut at).ok_or_else(|| unclosed(query, begin + 1))?,
            _ => chunk(&characters, &mut at),
        };
        at += 1;
        pieces.push(Piece { what, column: begin + 1, touches: end == begin });
        end = at;
    }
    Ok(pieces)
}

/// Reads from the quotation mark at `at`, and leaves `at` on the closing one.
fn phrase(characters: &[char], at: &mut usize) -> Option<What> {
    let mut words = String::new();
    loop {
        *at += 1;
        match *characters.get(*at)? {
            c if is_quotation_mark(c) => return Some(What::Phrase(words)),
            '\\' if characters.get(*at + 1).is_some_and(|&c| c == '\\' || is_quotation_mark(c)) => {
                *at += 1;
                words.push(characters[*at]);
            }
            c => words.push(c),
        }
    }
}

/// Reads from `at` on, and leaves `at` on the last character.
fn chunk(characters: &[char], at: &mut usize) -> What {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_quotation_mark(c);
    let length = characters[*at..].iter().take_while(|&&c| !ends(c)).count();
    let text = characters[*at..*at + length].iter().collect();
    *at += length - 1;
    What::Chunk(text)
}

fn unclosed(query: &str, column: usize) -> Error {
    Error::Query {
        message: "this quotation mark has no partner".into(),
        query: query.into(),
        column,
        hint: Some("put one at the end of the phrase too, or take this one out".into()),
    }
}
