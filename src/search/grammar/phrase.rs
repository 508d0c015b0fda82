//! What stands between quotation marks.

use super::leaf::Trouble;
use crate::index::analyzer::words;
use crate::search::lexer::is_quotation_mark;
use crate::search::pattern::{Pattern, wildcard_words};
use crate::search::query::{Query, is_special};

/// A character, and whether a backslash makes it stand for itself.
type Mark = (char, bool);

/// Reads the words of a phrase, in which up to `slop` other words may stand.
pub(super) fn read(raw: &str, slop: u32) -> Result<Query, Trouble> {
    let marks = unescaped(raw);
    let elements: Vec<&[Mark]> =
        marks.split(|&(c, _)| c.is_whitespace()).filter(|element| !element.is_empty()).collect();
    if slop == 0 && !elements.iter().any(|element| is_pattern(element)) {
        let phrase: String = marks.iter().map(|&(c, _)| c).collect();
        if words(&phrase).is_empty() {
            return Err(NOTHING);
        }
        return Ok(Query::Phrase(phrase));
    }
    let mut run = Vec::new();
    for element in elements {
        run.extend(word(element)?);
    }
    let is_any = |word: Option<&Query>| matches!(word, Some(Query::All));
    if is_any(run.first()) || is_any(run.last()) {
        let message = "a lone `*` stands for a word between others".into();
        return Err((message, "begin and end the phrase with a word"));
    }
    if run.is_empty() { Err(NOTHING) } else { Ok(Query::Run(run, slop)) }
}

const NOTHING: Trouble =
    (std::borrow::Cow::Borrowed("nothing to search for in this phrase"), "put words between the marks");

fn unescaped(raw: &str) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(raw.len());
    let mut characters = raw.chars().peekable();
    while let Some(c) = characters.next() {
        let escaped = characters.next_if(|&next| c == '\\' && (is_special(next) || is_quotation_mark(next)));
        marks.push(escaped.map_or((c, false), |literal| (literal, true)));
    }
    marks
}

fn is_pattern(element: &[Mark]) -> bool {
    is_regex(element) || changes(element).is_some() || (0..element.len()).any(|at| is_wild(element, at))
}

fn is_regex(element: &[Mark]) -> bool {
    element.len() > 2 && element[0] == ('/', false) && element[element.len() - 1] == ('/', false)
}

/// The number of changes that a fuzzy word allows.
fn changes(element: &[Mark]) -> Option<u8> {
    match element {
        [.., ('~', false), (digit @ '1'..='2', _)] => Some(*digit as u8 - b'0'),
        _ => None,
    }
}

/// True for a `*`, and for a `?` that does not end a word: that one ends a question.
fn is_wild(element: &[Mark], at: usize) -> bool {
    let belongs = |mark: Option<&Mark>| mark.is_some_and(|&(c, _)| c.is_alphanumeric() || matches!(c, '*' | '?'));
    match element[at] {
        ('*', false) => true,
        ('?', false) => {
            let after = element[at..].iter().position(|&mark| mark != ('?', false)).map(|next| at + next);
            after.is_some_and(|after| belongs(element.get(after)))
        }
        _ => false,
    }
}

/// What one word of a phrase with patterns looks for; `None` where it has no letters.
fn word(element: &[Mark]) -> Result<Option<Query>, Trouble> {
    let text: String = element.iter().map(|&(c, _)| c).collect();
    if is_regex(element) {
        let expression = &text[1..text.len() - 1];
        return super::leaf::regex(expression).map(Some);
    }
    if let Some(changes) = changes(element) {
        return super::leaf::fuzzy(&text[..text.len() - 2], changes).map(Some);
    }
    if (0..element.len()).any(|at| is_wild(element, at)) {
        return Ok(Some(wildcard(element)?));
    }
    Ok((!words(&text).is_empty()).then_some(Query::Exact(text)))
}

fn wildcard(element: &[Mark]) -> Result<Query, Trouble> {
    // What stands for itself parts words, as other marks do.
    let mark = |at: usize| match element[at].0 {
        c @ ('*' | '?') if !is_wild(element, at) => {
            if c == '*' {
                ' '
            } else {
                '!'
            }
        }
        c if element[at].1 && !c.is_alphanumeric() => '!',
        c => c,
    };
    let text: String = (0..element.len()).map(mark).filter(|c| !c.is_whitespace()).collect();
    if text.chars().all(|c| c == '*') {
        return Ok(Query::All);
    }
    if wildcard_words(&text).is_empty() {
        return Err((format!("nothing to search for in `{text}`").into(), "use letters or digits"));
    }
    for word in wildcard_words(&text) {
        Pattern::wildcard(&word).map_err(|_| (format!("`{text}` is too long a pattern").into(), "shorten it"))?;
    }
    Ok(Query::Wildcard(text))
}
