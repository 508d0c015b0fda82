//! Transcripts and interviews: `NAME: words`, `Q: words`, a paragraph each, without quotation marks.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::scene::{NONE, Scene};
use super::words::Word;
use crate::extract::{Entity, EntityKind, Quote, QuoteKind, Reason, Speaker, SpeakerClass};

/// Most tokens of a label.
const LABEL: usize = 6;
/// Labels that name nobody who speaks.
const NOBODY: [&str; 20] = [
    "FROM",
    "TO",
    "SUBJECT",
    "DATE",
    "SENT",
    "CC",
    "UPDATE",
    "PHOTO",
    "PHOTOS",
    "NOTE",
    "CORRECTION",
    "WATCH",
    "READ",
    "MORE",
    "RELATED",
    "SOURCE",
    "VIDEO",
    "IMAGE",
    "CAPTION",
    "CONTACT",
];

/// A paragraph that begins with a label.
struct Turn<'a> {
    /// Number of the paragraph.
    paragraph: usize,
    /// The label may be a place, as in a dateline.
    place: bool,
    label: &'a str,
    tokens: Range<usize>,
    words: Range<usize>,
}

/// The turns of a transcript as quotes. A label counts where it comes back, or where Q has its A.
pub(super) fn quotes(scene: &Scene, entities: &[Entity]) -> Vec<Quote> {
    let mut turns: Vec<Turn> =
        (0..scene.prose.paragraphs.len()).filter_map(|paragraph| turn(scene, paragraph)).collect();
    // Between the turns of others, what looks like a place has a turn too.
    let numbers: Vec<usize> = turns.iter().filter(|turn| !turn.place).map(|turn| turn.paragraph).collect();
    turns.retain(|turn| !turn.place || turn.paragraph > 0 && numbers.binary_search(&(turn.paragraph - 1)).is_ok());
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for turn in &turns {
        *counts.entry(turn.label).or_default() += 1;
    }
    let interview = counts.contains_key("Q") && counts.contains_key("A");
    if !interview && counts.values().all(|&count| count < 2) {
        return Vec::new();
    }
    // A table of figures is no interview, though an answer may be a figure.
    let figures = turns.iter().filter(|turn| !says_something(scene, &turn.words)).count();
    if figures * 2 > turns.len() {
        return Vec::new();
    }
    // "Producers: Ada Okwu, Bela Marsh" credits; whoever speaks has more to say than names.
    let speaking: BTreeSet<&str> =
        turns.iter().filter(|turn| !is_list_of_names(scene, &turn.words)).map(|turn| turn.label).collect();
    turns.retain(|turn| speaking.contains(turn.label));
    turns.iter().map(|turn| quote(scene, entities, turn)).collect()
}

fn turn<'a>(scene: &Scene<'_, 'a>, number: usize) -> Option<Turn<'a>> {
    let paragraph = scene.prose.paragraphs[number].tokens.clone();
    let limit = paragraph.end.min(paragraph.start + LABEL + 1);
    let colon = (paragraph.start..limit).find(|&at| scene.words[at].is(Word::COLON))?;
    let label = paragraph.start..colon;
    let words = colon + 1..paragraph.end;
    let named = |at: usize| scene.words[at].is(Word::CAPITAL) && scene.inside[at] == NONE;
    if label.is_empty() || words.is_empty() || !label.clone().all(named) || scene.inside[words.start] != NONE {
        return None;
    }
    if is_greeting(scene, &label) {
        return None;
    }
    let text = without_number(scene.prose.span(label.clone()).of(scene.prose.text));
    let capitals = text.chars().all(|c| !c.is_lowercase()) && !NOBODY.contains(&text);
    let place = is_place(scene, label.start);
    (capitals || is_person(scene, label.end - 1)).then_some(Turn {
        paragraph: number,
        place,
        label: text,
        tokens: label,
        words,
    })
}

/// True for "DEAR ABBY:", which names who is spoken to.
fn is_greeting(scene: &Scene, label: &Range<usize>) -> bool {
    label.len() > 1 && scene.prose.word(label.start).eq_ignore_ascii_case("dear")
}

/// True for words, not for the figures of a table ("Okwu: 1,769.") or an account ("IG: @ada").
fn says_something(scene: &Scene, words: &Range<usize>) -> bool {
    let is_word = |at: usize| {
        let account = at > words.start && scene.prose.word(at - 1) == "@";
        !account && scene.prose.word(at).starts_with(char::is_alphabetic)
    };
    words.clone().any(is_word)
}

/// True for "Ada Okwu and Bela Marsh": capitals alone, and no mark at the end.
fn is_list_of_names(scene: &Scene, words: &Range<usize>) -> bool {
    let last = scene.prose.word(words.end - 1);
    let joins = |word: &str| matches!(word, "and" | "of" | "the" | "for" | "by" | "in" | "with" | "a");
    let is_part = |word: &str| !word.starts_with(char::is_lowercase) || joins(word);
    last.ends_with(char::is_alphanumeric) && words.clone().all(|at| is_part(scene.prose.word(at)))
}

/// "Q" of "Q1" and "Q 1".
fn without_number(label: &str) -> &str {
    let name = label.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    if matches!(name, "Q" | "A") { name } else { label }
}

fn kind(scene: &Scene, at: usize) -> Option<EntityKind> {
    let span = scene.prose.tokens[at].span;
    let mention = scene.mentions.partition_point(|mention| mention.span.end <= span.begin);
    scene.mentions.get(mention).filter(|mention| mention.span.overlaps(span)).map(|mention| mention.kind)
}

fn is_place(scene: &Scene, at: usize) -> bool {
    kind(scene, at) == Some(EntityKind::Place)
}

fn is_person(scene: &Scene, at: usize) -> bool {
    kind(scene, at) == Some(EntityKind::Person)
}

fn quote(scene: &Scene, entities: &[Entity], turn: &Turn) -> Quote {
    let entity = entity(scene, entities, turn);
    let speaker = Speaker {
        span: Some(scene.prose.span(turn.tokens.clone())),
        entity,
        name: entity.map(|entity| entities[entity].name.clone()),
        role: None,
        class: if turn.label.len() > 1 { SpeakerClass::Named } else { SpeakerClass::Unnamed },
    };
    Quote {
        kind: QuoteKind::Direct,
        spans: vec![scene.prose.span(turn.words.clone())],
        cue: Some(scene.prose.tokens[turn.tokens.end].span),
        speaker: Some(speaker),
        addressee: None,
        embed: None,
        about: Vec::new(),
        reason: Reason::Transcript,
        confidence: 0.9,
    }
}

/// The entity that the label names, in full or by the last word of its name.
fn entity(scene: &Scene, entities: &[Entity], turn: &Turn) -> Option<usize> {
    let last = scene.prose.word(turn.tokens.end - 1);
    if turn.label.len() < 2 {
        return None;
    }
    let same = |entity: &&(usize, &Entity)| {
        entity.1.name.rsplit(' ').next().is_some_and(|word| word.eq_ignore_ascii_case(last))
    };
    let persons: Vec<(usize, &Entity)> =
        entities.iter().enumerate().filter(|(_, entity)| entity.kind == EntityKind::Person).collect();
    let mut found = persons.iter().filter(same);
    let first = found.next()?.0;
    found.next().is_none().then_some(first)
}
