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
    /// What stands between quotation marks, with the backslashes before marks that stand for themselves.
    Phrase(String),
    /// What stands between slashes.
    Regex(String),
    /// Anything else without white space.
    Chunk(String),
}

/// Characters in which a single quotation mark has to have its partner: it is looked for from every one anew.
const LONGEST: usize = 1000;

/// Marks that begin and end a phrase wherever they stand.
pub(super) const fn is_quotation_mark(c: char) -> bool {
    is_double(c) || matches!(c, '‹' | '›' | '「' | '」' | '『' | '』')
}

/// Marks of which any one ends a phrase that another begins: which of them ends it differs from language to language.
const fn is_double(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂')
}

/// True where `close` ends a phrase that `open` begins.
const fn is_pair(open: char, close: char) -> bool {
    match open {
        '「' => close == '」',
        '『' => close == '』',
        '‹' | '›' => matches!(close, '‹' | '›'),
        _ => is_double(open) && is_double(close),
    }
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
            _ => match (regex(&characters, at), single_marked(&characters, at)) {
                (Some(length), _) => {
                    at += length + 1;
                    What::Regex(characters[begin + 1..at].iter().collect())
                }
                (None, Some(length)) => {
                    at += length + 1;
                    What::Phrase(characters[begin + 1..at].iter().collect())
                }
                (None, None) => chunk(&characters, &mut at),
            },
        };
        at += 1;
        pieces.push(Piece { what, column: begin + 1, touches: end == begin });
        end = at;
    }
    Ok(pieces)
}

/// Reads from the quotation mark at `at`, and leaves `at` on the closing one.
fn phrase(characters: &[char], at: &mut usize) -> Option<What> {
    let open = characters[*at];
    let mut words = String::new();
    loop {
        *at += 1;
        match *characters.get(*at)? {
            c if is_pair(open, c) => return Some(What::Phrase(words)),
            '\\' if *at + 1 < characters.len() => {
                *at += 1;
                words.extend(['\\', characters[*at]]);
            }
            c => words.push(c),
        }
    }
}

/// Number of characters between the single quotation marks that begin at `at`, ‘so’ or ‚so‘, if a pair does: an apostrophe
/// looks like one of them, but stands in a word or has no partner.
fn single_marked(characters: &[char], at: usize) -> Option<usize> {
    let closes = |c: char| match characters[at] {
        '‘' => c == '’',
        '‚' => matches!(c, '‘' | '’'),
        _ => false,
    };
    if !matches!(characters[at], '‘' | '‚') {
        return None;
    }
    let inside = &characters[at + 1..characters.len().min(at + 1 + LONGEST)];
    // A phrase in other marks has its own apostrophes.
    let inside = &inside[..inside.iter().position(|&c| is_quotation_mark(c)).unwrap_or(inside.len())];
    let ends_word = |index: usize| inside.get(index + 1).is_none_or(|next| !next.is_alphanumeric());
    let length = (0..inside.len()).find(|&index| closes(inside[index]) && ends_word(index))?;
    inside[..length].iter().any(|c| c.is_alphanumeric()).then_some(length)
}

/// Number of characters between the slashes of the regular expression that begins at `at`, if one does: it has no white
/// space, and ends where a word could.
fn regex(characters: &[char], at: usize) -> Option<usize> {
    if characters[at] != '/' {
        return None;
    }
    let mut escaped = false;
    let is_inside = |&&c: &&char| {
        let inside = escaped || c != '/';
        escaped = !escaped && c == '\\';
        inside && !c.is_whitespace()
    };
    let length = characters[at + 1..].iter().take_while(is_inside).count();
    let ends = |c: &char| c.is_whitespace() || matches!(c, '(' | ')' | '^') || is_quotation_mark(*c);
    let closed = characters.get(at + 1 + length) == Some(&'/') && characters.get(at + 2 + length).is_none_or(ends);
    (closed && length > 0).then_some(length)
}

/// Reads from `at` on, and leaves `at` on the last character.
fn chunk(characters: &[char], at: &mut usize) -> What {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_quotation_mark(c);
    let follows = |index: usize, mark: char| index > *at && characters[index - 1] == mark;
    let is_end = |index: usize| {
        ends(characters[index])
            || follows(index, ':') && regex(characters, index).is_some()
            || (follows(index, ':') || index == *at + 1 && follows(index, '-'))
                && single_marked(characters, index).is_some()
    };
    let length = (*at..characters.len()).take_while(|&index| !is_end(index)).count();
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
