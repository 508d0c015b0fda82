//! Bare surnames that the tagger took for something else: where "Craig Bolton" is named, "Bolton" is he.

use std::collections::HashMap;

use crate::extract::cue::{self, CueForm};
use crate::extract::{EntityKind, Mention};
use crate::parse::clip;
use crate::text::name::{gender_of_given_name, is_particle};
use crate::text::{Span, gazetteer};

/// Bytes beside a name in which a verb is looked for.
const VERB: usize = 32;

/// What a text tells about one word that ends a person's full name.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Where the first full name ends.
    first: usize,
    /// Mentions of persons by the full name or the word alone.
    persons: u32,
    /// Mentions of something else by the word alone.
    others: u32,
    /// The full name begins with a given name, so that it is one beyond doubt.
    given: bool,
    /// Something else is called by the word and more: "Bloomberg News".
    shared: bool,
}

impl Seen {
    /// True where the mention at `span` by the word alone is the person's.
    fn claims(&self, text: &str, span: Span) -> bool {
        let likely = self.given || self.others <= self.persons;
        let spoken = || !gazetteer::is_people(span.of(text)) || says(text, span);
        self.first < span.begin && !self.shared && likely && !has_article(text, span) && spoken()
    }
}

/// Gives each mention that is a surname alone, after the full name of the person, to persons: unless the word names a
/// known place, is part of another name too, or names something else more often than persons and the full name does not
/// begin with a given name. "Cuban said" is Mark Cuban where he is named, "Cuban officials" are not.
pub(super) fn to_persons(text: &str, mentions: &mut [Mention]) {
    let seen = seen(text, mentions);
    if seen.is_empty() {
        return;
    }
    for mention in mentions.iter_mut().filter(|mention| mention.kind != EntityKind::Person) {
        if seen.get(mention.span.of(text)).is_some_and(|seen| seen.claims(text, mention.span)) {
            mention.kind = EntityKind::Person;
        }
    }
}

/// Most surnames of two words that are looked for in a text.
const TWO_WORDS: usize = 16;

/// Adds the places where a surname of two words stands alone, "Le Pen" after "Marine Le Pen", and the tagger passed it
/// over.
pub(super) fn add_passed_over(text: &str, mentions: &mut Vec<Mention>) {
    let mut surnames: Vec<(&str, Mention)> = Vec::new();
    for mention in mentions.iter().filter(|mention| mention.kind == EntityKind::Person) {
        let surname = two_words(mention.span.of(text));
        if let Some(surname) = surname.filter(|surname| surnames.iter().all(|(known, _)| known != surname)) {
            surnames.push((surname, mention.clone()));
        }
        if surnames.len() == TWO_WORDS {
            break;
        }
    }
    for (surname, named) in surnames {
        let places = text.match_indices(surname).map(|(begin, _)| Span::new(begin, begin + surname.len()));
        let is_new = |span: &Span| span.begin > named.span.end && is_whole(text, *span) && is_free(mentions, *span);
        let found: Vec<Mention> = places.filter(is_new).map(|span| Mention { span, ..named.clone() }).collect();
        mentions.extend(found);
        mentions.sort_by_key(|mention| mention.span);
    }
}

/// "Le Pen" of "Marine Le Pen".
fn two_words(name: &str) -> Option<&str> {
    let (before, _) = name.rsplit_once(' ')?;
    let (given, particle) = before.rsplit_once(' ')?;
    (is_particle(particle) && particle.starts_with(char::is_uppercase)).then(|| &name[given.len() + 1..])
}

/// True where no word goes on at either end of `span`.
fn is_whole(text: &str, span: Span) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || c == '-';
    !text[..span.begin].ends_with(goes_on) && !text[span.end..].starts_with(goes_on)
}

/// True where `span` touches none of `mentions`, which are in order.
fn is_free(mentions: &[Mention], span: Span) -> bool {
    let next = mentions.partition_point(|mention| mention.span.end <= span.begin);
    mentions.get(next).is_none_or(|mention| mention.span.begin >= span.end)
}

fn seen<'a>(text: &'a str, mentions: &[Mention]) -> HashMap<&'a str, Seen> {
    let mut seen: HashMap<&str, Seen> = HashMap::new();
    let is_person = |mention: &&Mention| mention.kind == EntityKind::Person;
    for mention in mentions.iter().filter(is_person) {
        let Some((given, surname)) = mention.span.of(text).rsplit_once(' ') else { continue };
        let is_name = surname.len() > 2 && surname.contains(char::is_lowercase) && !given.ends_with(" of");
        if is_name && !gazetteer::is_place(surname) {
            let known = seen.entry(surname).or_insert(Seen { first: mention.span.end, ..Seen::default() });
            known.persons += 1;
            known.given |= given.split(' ').next().is_some_and(|given| gender_of_given_name(given).is_some());
        }
    }
    for mention in mentions {
        let name = mention.span.of(text);
        match (seen.get_mut(name), mention.kind) {
            (Some(known), EntityKind::Person) => known.persons += 1,
            (Some(known), _) => known.others += 1,
            (None, EntityKind::Person) => {}
            (None, _) => {
                for word in name.split(' ') {
                    seen.entry(word).and_modify(|known| known.shared = true);
                }
            }
        }
    }
    seen
}

/// True where a verb of saying stands before or behind the name.
fn says(text: &str, span: Span) -> bool {
    let next = clip::head(&text[span.end..], VERB);
    let before = &text[..span.begin];
    let last = before[clip::tail(before, VERB)..].split_whitespace().next_back().unwrap_or_default();
    let verb = |word: &str| matches!(cue::class(cue::hash(word)), Some((_, CueForm::Finite)));
    next.starts_with(' ') && next.split_whitespace().next().is_some_and(verb) || verb(last)
}

/// True for "the Ford" and "a Tesla": no person.
fn has_article(text: &str, span: Span) -> bool {
    let before = text[..span.begin].trim_end_matches(' ');
    [" the", " a", " an", " The", "\nThe"].iter().any(|article| before.ends_with(article))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Kinds of the mentions in `text`, whose names stand between brackets: "[person:Ada Okwu]".
    #[track_caller]
    fn check(marked: &str, expect: &[EntityKind]) {
        let (mut text, mut mentions) = (String::new(), Vec::new());
        for piece in marked.split('[') {
            let Some((name, rest)) = piece.split_once(']') else {
                text.push_str(piece);
                continue;
            };
            let (kind, name) = name.split_once(':').expect("a kind and a name");
            let kind = EntityKind::ALL.into_iter().find(|other| other.as_str() == kind).expect("a kind");
            let span = Span::new(text.len(), text.len() + name.len());
            mentions.push(Mention { span, kind, confidence: 1.0 });
            text.push_str(name);
            text.push_str(rest);
        }
        to_persons(&text, &mut mentions);
        assert_eq!(mentions.iter().map(|mention| mention.kind).collect::<Vec<_>>(), expect, "in {marked}");
    }

    use EntityKind::{Organization, Person, Place};

    #[test]
    fn a_surname_alone_is_whom_the_text_named() {
        check("[person:Craig Bolton] left. [organization:Bolton] was ill.", &[Person, Person]);
        check("[organization:Bolton] fell. [person:Craig Bolton] left.", &[Organization, Person]);
    }

    #[test]
    fn what_bears_the_name_too_keeps_it() {
        check(
            "[person:Mike Bolton] met [organization:Bolton News]. [organization:Bolton] was glad.",
            &[Person, Organization, Organization],
        );
        check(
            "[person:Mark Cuban] met [other:Cuban] officials. [other:Cuban] said no.",
            &[Person, EntityKind::Other, Person],
        );
        check("[person:Jack London] saw [place:London].", &[Person, Place]);
        check("[person:Ada Bolton] drove the [organization:Bolton].", &[Person, Organization]);
    }

    #[test]
    fn a_surname_of_two_words_is_found_again() {
        let (text, mut mentions) =
            super::super::marked_persons("{Marine Le Pen} left. Le Pen said so. Le Penn, {Ada Le Pen} and Le Pen-led.");
        add_passed_over(&text, &mut mentions);
        let names: Vec<&str> = mentions.iter().map(|mention| mention.span.of(&text)).collect();
        assert_eq!(names, ["Marine Le Pen", "Le Pen", "Ada Le Pen"]);
    }
}
