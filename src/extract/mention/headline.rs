//! Names in headlines whose every word has a capital: there the tagger takes a whole clause for a name.

use std::collections::HashMap;

use crate::extract::{EntityKind, Mention};
use crate::text::name::is_suffix;
use crate::text::{Prose, Run, Span, TokenKind};

/// Fewest words of a name that may be a clause, and most that a name inside one has.
const CLAUSE: usize = 3;
const NAME: usize = 4;

/// Cuts the names that stand in a line of capitalised words alone, and hold names that the text has elsewhere, into
/// these: "Okwu Burns Ada Tolle" names two people.
pub(super) fn cut(prose: &Prose, mentions: &mut Vec<Mention>) {
    let text = prose.text;
    let long = |mention: &Mention| words(mention.span.of(text)) >= CLAUSE;
    if !mentions.iter().any(|mention| long(mention) && in_title_case(prose, mention.span)) {
        return;
    }
    let titled: Vec<bool> = mentions.iter().map(|mention| in_title_case(prose, mention.span)).collect();
    let mut known: HashMap<&str, EntityKind> = HashMap::new();
    for (mention, _) in mentions.iter().zip(&titled).filter(|(_, titled)| !**titled) {
        known.entry(mention.span.of(text)).or_insert(mention.kind);
    }
    let mut cut = Vec::with_capacity(mentions.len());
    for (mention, titled) in mentions.drain(..).zip(titled) {
        let parts = if titled && long(&mention) && !known.contains_key(mention.span.of(text)) {
            parts(text, &mention, &known)
        } else {
            Vec::new()
        };
        if parts.is_empty() { cut.push(mention) } else { cut.extend(parts) }
    }
    *mentions = cut;
}

/// The names of `known` in `mention`, the longest first, where it cannot be one name: a word belongs to none, and one of them is
/// a full name, as in "Ada Okwu Burns Tolle" or "Ada Okwu Joins".
fn parts(text: &str, mention: &Mention, known: &HashMap<&str, EntityKind>) -> Vec<Mention> {
    let name = mention.span.of(text);
    let starts: Vec<usize> = std::iter::once(0).chain(name.match_indices(' ').map(|(at, _)| at + 1)).collect();
    let ends: Vec<usize> = starts[1..].iter().map(|start| start - 1).chain([name.len()]).collect();
    let (mut found, mut at, mut free, mut full) = (Vec::new(), 0, false, false);
    while at < starts.len() {
        let longest = (at..starts.len().min(at + NAME)).rev().find_map(|last| {
            let kind = *known.get(&name[starts[at]..ends[last]])?;
            Some((last, kind))
        });
        if let Some((last, kind)) = longest {
            let span = Span::new(mention.span.begin + starts[at], mention.span.begin + ends[last]);
            found.push(Mention { span, kind, confidence: mention.confidence });
            full |= last > at && kind == EntityKind::Person;
            at = last;
        } else {
            let word = &name[starts[at]..ends[at]];
            free |= word.len() > 2 && word.starts_with(char::is_uppercase) && !is_suffix(word);
        }
        at += 1;
    }
    let is_person = found.len() > 1 || found.iter().chain([mention]).all(|one| one.kind == EntityKind::Person);
    if free && full && is_person { found } else { Vec::new() }
}

fn words(name: &str) -> usize {
    name.split(' ').count()
}

/// True where nearly all long words of the sentence at `span` have a capital.
fn in_title_case(prose: &Prose, span: Span) -> bool {
    let number = prose.sentence_of(prose.token_at(span.begin));
    prose.sentences.get(number).is_some_and(|sentence| is_title_case(prose, sentence))
}

fn is_title_case(prose: &Prose, sentence: &Run) -> bool {
    const LONGEST: usize = 40;
    if sentence.tokens.len() > LONGEST {
        return false;
    }
    let words = sentence.tokens.clone().filter(|&at| prose.tokens[at].kind == TokenKind::Word);
    let long: Vec<&str> = words.map(|at| prose.word(at)).filter(|word| word.chars().count() > 4).collect();
    let capital = long.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
    long.len() > 2 && capital * 10 >= long.len() * 9
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Persons in `text`, whose names stand between braces, and what they are afterwards.
    #[track_caller]
    fn check(marked: &str, expect: &[&str]) {
        let (text, mut mentions) = super::super::marked_persons(marked);
        cut(&Prose::new(&text), &mut mentions);
        assert_eq!(mentions.iter().map(|mention| mention.span.of(&text)).collect::<Vec<_>>(), expect, "in {marked}");
    }

    #[test]
    fn a_headline_is_no_name() {
        check(
            "Poll: {Ada Okwu Burns Maria Tolle} With National Lead\n\nThe poll shows {Ada Okwu} before {Maria Tolle}.",
            &["Ada Okwu", "Maria Tolle", "Ada Okwu", "Maria Tolle"],
        );
    }

    #[test]
    fn a_verb_beside_a_full_name_is_none_of_it() {
        check("{Ada Okwu Joins} Growing Council Revolt\n\nThe council lost {Ada Okwu}.", &["Ada Okwu", "Ada Okwu"]);
        check("{Ada Okwu III} Leaves Growing Council\n\nThe council lost {Ada Okwu}.", &["Ada Okwu III", "Ada Okwu"]);
    }

    #[test]
    fn what_is_one_name_stays_one() {
        check(
            "Crowds Greet {Maria Okwu Tolle} During Festival\n\nThey greeted {Maria Okwu Tolle}, once {Maria Okwu}.",
            &["Maria Okwu Tolle", "Maria Okwu Tolle", "Maria Okwu"],
        );
        check(
            "Crowds Greet {Omar al Sarwar} Again\n\nThey greeted {Omar}, then {Sarwar}.",
            &["Omar al Sarwar", "Omar", "Sarwar"],
        );
        check("Crowds Greet {Ada Okwu Tolle} Again\n\nThey greeted {Okwu}.", &["Ada Okwu Tolle", "Okwu"]);
    }
}
