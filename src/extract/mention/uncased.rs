//! Names in scripts without capital letters: only those of a list.

use crate::extract::{EntityKind, Mention};
use crate::text::{Prose, Span, TokenKind, gazetteer};

/// Places of the list that `prose` names in a script without capital letters.
pub(super) fn find(prose: &Prose) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut done = 0;
    for token in &prose.tokens {
        let uncased = token.kind == TokenKind::Word && starts_uncased(token.span.of(prose.text));
        if !uncased || token.span.end <= done {
            continue;
        }
        let begin = token.span.begin.max(done);
        done = if is_solid(token.span.of(prose.text)) {
            solid(prose.text, Span::new(begin, token.span.end), &mut found)
        } else {
            spaced(prose.text, begin, &mut found).unwrap_or(done)
        };
    }
    found
}

/// True for a letter that is neither a capital nor a small one.
fn starts_uncased(word: &str) -> bool {
    word.chars().next().is_some_and(|c| !c.is_ascii() && c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase())
}

/// True for scripts that are written without spaces.
fn is_solid(word: &str) -> bool {
    word.chars().next().is_some_and(|c| matches!(c, '\u{0E00}'..='\u{0E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}'))
}

/// Every place that begins in `run`, which may be one character of a longer word.
fn solid(text: &str, run: Span, found: &mut Vec<Mention>) -> usize {
    let mut at = run.begin;
    while at < run.end {
        if let Some(length) = gazetteer::uncased_prefix(&text[at..]) {
            found.push(place(Span::new(at, at + length)));
            at += length;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    at
}

fn spaced(text: &str, begin: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let length = gazetteer::uncased_prefix(&text[begin..])?;
    let end = begin + length;
    let whole = text[end..].chars().next().is_none_or(|c| !c.is_alphanumeric());
    whole.then(|| {
        found.push(place(Span::new(begin, end)));
        end
    })
}

fn place(span: Span) -> Mention {
    Mention { span, kind: EntityKind::Place, confidence: 0.6 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let found = find(&Prose::new(text));
        let names: Vec<&str> = found.iter().map(|mention| mention.span.of(text)).collect();
        assert_eq!(names, expect, "{text}");
    }

    #[test]
    fn places_in_scripts_without_capitals() {
        check("中国和美国", &["中国", "美国"]);
        check("د کابل ښار", &["کابل"]);
        check("کابلیان", &[]);
        check("इस्लामाबाद में बैठक", &["इस्लामाबाद"]);
        check("Kabul is not here", &[]);
    }
}
