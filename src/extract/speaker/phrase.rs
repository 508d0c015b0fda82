//! The person that a phrase names where the name is not its first word: "Secretary of State Ada B. Okwu", "the director
//! of the centre, Ina Kirsch". "The Clinton campaign" and "an adviser to Donald Trump" name nobody.

use std::ops::Range;

use super::candidate::Kind;
use super::scene::{NONE, Scene};
use super::words::Word;
use crate::extract::EntityKind;

/// The candidate whose name says who the phrase `tokens` is.
pub(super) fn person(scene: &Scene, tokens: &Range<usize>) -> Option<usize> {
    let first = scene.candidates.partition_point(|one| one.tokens.start < tokens.start);
    let inside = first..scene.candidates.partition_point(|one| one.tokens.start < tokens.end);
    inside.into_iter().find(|&candidate| {
        name(scene, candidate).is_some_and(|name| {
            name.end <= tokens.end
                && ends(scene, name.end, tokens.end)
                && is_introduced(scene, tokens.start..name.start, closes(scene, name.end))
        })
    })
}

/// The tokens of the name in `candidate`, where it is that of a person.
fn name(scene: &Scene, candidate: usize) -> Option<Range<usize>> {
    let one = &scene.candidates[candidate];
    let is_person = one.kind == Kind::Name(EntityKind::Person) && scene.entity[candidate] != NONE;
    let span = scene.mentions[one.mention.filter(|_| is_person)?].span;
    Some(scene.prose.token_at(span.begin)..scene.prose.token_at(span.end.saturating_sub(1)) + 1)
}

/// True where the token at `at` after a name makes it no part of something else: no noun, no genitive, no second name.
fn ends(scene: &Scene, at: usize, end: usize) -> bool {
    at == end || scene.words[at].is(Word::COMMA | Word::BRACKET | Word::DASH | Word::PREPOSITION | Word::TIME)
}

/// True where `words`, from the phrase's begin to the name, say who that is; `closed` where a comma ends the name.
fn is_introduced(scene: &Scene, words: Range<usize>, closed: bool) -> bool {
    match words.clone().rfind(|&at| scene.words[at].is(Word::COMMA)) {
        Some(comma) => {
            let is_end = |at: &usize| scene.words[*at].is(Word::PREPOSITION | Word::COMMA);
            let head = words.start..words.clone().find(is_end).unwrap_or(comma);
            let names_somebody = head.clone().any(|at| scene.words[at].is(Word::PERSON));
            let is_somebody = || closed && words.end == comma + 1 && is_one(scene, &head);
            (names_somebody || is_somebody()) && is_title(scene, comma + 1..words.end)
        }
        None => is_title(scene, words),
    }
}

/// True where a name that ends before the token at `at` is an apposition to what stands before it.
fn closes(scene: &Scene, at: usize) -> bool {
    scene.words.get(at).is_some_and(|next| next.is(Word::COMMA))
}

/// True for an article and a noun, whatever it is called: "the assailant". Who stands in apposition to a person is one.
fn is_one(scene: &Scene, head: &Range<usize>) -> bool {
    const LONGEST: usize = 5;
    let noun = |at: usize| {
        let word = scene.words[at];
        word.in_phrase() && word.cue.is_none() && !word.is(Word::MARK | Word::CAPITAL | Word::NUMBER | Word::ROLE)
    };
    (2..=LONGEST).contains(&head.len())
        && scene.words[head.start].is(Word::DETERMINER | Word::OWNER)
        && !scene.prose.word(head.end - 1).ends_with('s')
        && (head.start + 1..head.end).all(noun)
}

/// True where `words` are what may stand before a name: nothing, "Vermont Sen.", "Secretary General of the Red Cross", and
/// two of that: "former mayor of Leeds and current Commissioner for Rivers".
fn is_title(scene: &Scene, words: Range<usize>) -> bool {
    let and = words.clone().skip(1).find(|&at| scene.prose.word(at) == "and" && !joins_names(scene, at));
    // "the mayor and Ada Okwu" and "the mayor and Sen. Ada Okwu" are two.
    let one_more = |and: usize| and + 1 < words.end && !scene.words[and + 1].is(Word::DETERMINER | Word::TITLE);
    let both = |&and: &usize| {
        is_one_title(scene, words.start..and) && is_one_title(scene, and + 1..words.end) && one_more(and)
    };
    is_one_title(scene, words.clone()) || and.as_ref().is_some_and(both)
}

/// As [`is_title`], of a single one.
fn is_one_title(scene: &Scene, words: Range<usize>) -> bool {
    let is = |at: usize, bits: u32| scene.words[at].is(bits);
    let Some(last) = words.clone().rfind(|&at| !is(at, Word::STOP)) else { return true };
    let phrase = words.clone().rfind(|&at| is(at, Word::PREPOSITION));
    let head = words.start..words.clone().find(|&at| is(at, Word::PREPOSITION)).unwrap_or(words.end);
    let names = head.clone().any(|at| is(at, Word::PERSON | Word::TITLE));
    // "of President Donald Trump" is the president's, "of State John Kerry" the secretary.
    let belongs = phrase.is_some_and(|phrase| is(phrase + 1, Word::PERSON | Word::TITLE));
    let field = phrase.filter(|&of| is_field(scene, of, words.end));
    let closed = field.is_some() || is(last, Word::PERSON | Word::TITLE | Word::CAPITAL | Word::BRACKET | Word::BODY);
    names
        && closed
        && !belongs
        && words.clone().all(|at| fits(scene, at, head.contains(&at)) || field.is_some_and(|of| at > of))
        && !names_another(scene, &words)
}

/// True for "of intelligence" in "minister of intelligence Ada Okwu", where `of` stands: an office and its field, nobody.
fn is_field(scene: &Scene, of: usize, end: usize) -> bool {
    const LONGEST: usize = 4;
    const OFFICES: [&str; 18] = [
        "minister",
        "secretary",
        "undersecretary",
        "director",
        "head",
        "chief",
        "commissioner",
        "president",
        "professor",
        "master",
        "chair",
        "editor",
        "officer",
        "manager",
        "superintendent",
        "lecturer",
        "dean",
        "coordinator",
    ];
    let noun = |at: usize| {
        let word = scene.words[at];
        let plain = word.in_phrase() && !word.is(Word::CAPITAL | Word::MARK | Word::ROLE | Word::NUMBER);
        plain && word.cue.is_none() || scene.prose.word(at) == "and"
    };
    let office = of > 0 && OFFICES.iter().any(|office| office.eq_ignore_ascii_case(scene.prose.word(of - 1)));
    office && scene.prose.word(of) == "of" && (1..=LONGEST).contains(&(end - of - 1)) && (of + 1..end).all(noun)
}

/// True where the word at `at` may stand in a title; behind its preposition only words with a capital may.
fn fits(scene: &Scene, at: usize, in_head: bool) -> bool {
    let (word, text) = (scene.words[at], scene.prose.word(at));
    if word.is(Word::MARK) {
        return word.is(Word::GENITIVE | Word::STOP | Word::DASH | Word::BRACKET)
            || matches!(text, "&" | "’" | "'" | "/");
    }
    let joins = word.is(Word::PREPOSITION | Word::DETERMINER | Word::OWNER) || text == "and" && !joins_names(scene, at);
    let noun =
        word.in_phrase() && word.cue.is_none() && (word.is(Word::PERSON) || text == "acting" || !text.ends_with("ing"));
    joins || word.is(Word::CAPITAL | Word::BODY) || in_head && noun
}

/// True where the word at `at` joins a name that ends before it with something else: "the party and Sen. Ada Okwu".
fn joins_names(scene: &Scene, at: usize) -> bool {
    let before = at.checked_sub(1).map_or(NONE, |before| scene.ending[before]);
    before != NONE && scene.candidates[before as usize].mention.is_some()
}

/// True where a person is named in `words` to whom nothing there belongs: "Hillary Clinton and Senator".
fn names_another(scene: &Scene, words: &Range<usize>) -> bool {
    let first = scene.candidates.partition_point(|one| one.tokens.start < words.start);
    let rest = scene.candidates[first..].iter().take_while(|one| one.tokens.start < words.end);
    rest.into_iter().any(|one| {
        one.tokens.end <= words.end
            && one.kind == Kind::Name(EntityKind::Person)
            && !scene.words.get(one.tokens.end).is_some_and(|next| next.is(Word::GENITIVE))
    })
}

#[cfg(test)]
mod tests {
    use super::super::check_last_speaker as check;

    #[test]
    fn titles_and_appositions_lead_up_to_a_name() {
        check("Secretary of State Mary Johnson said the dam would hold.", Some("Mary Johnson"));
        check("The director of the Hydrology Centre, Mary Johnson, said the dam would hold.", Some("Mary Johnson"));
        check("The Peruvian president, Dr. Mary Johnson, said the dam would hold.", Some("Mary Johnson"));
        check("Mary Johnson of the Hydrology Centre said the dam would hold.", Some("Mary Johnson"));
        check("“The dam will hold,” the director of the Hydrology Centre, Mary Johnson, said.", Some("Mary Johnson"));
        check("The mayor and party leader Mary Johnson said the dam would hold.", Some("Mary Johnson"));
    }

    #[test]
    fn an_office_has_a_field_and_may_be_one_of_two() {
        check("The minister of intelligence Mary Johnson said the dam would hold.", Some("Mary Johnson"));
        check("The director of water and power Mary Johnson said the dam would hold.", Some("Mary Johnson"));
        check(
            "Former Secretary of State and presidential candidate Mary Johnson said the dam would hold.",
            Some("Mary Johnson"),
        );
        check("The president of Peru and Mary Johnson said the dam would hold.", None);
        check("A critic of engineer Mary Johnson said the dam would hold.", None);
        check("The head of opponents of Mary Johnson said the dam would hold.", None);
    }

    #[test]
    fn what_belongs_to_somebody_is_somebody_else() {
        check("An adviser to Mary Johnson said the dam would hold.", None);
        check("A friend of President Mary Johnson said the dam would hold.", None);
        check("The Mary Johnson campaign said the dam would hold.", None);
        check("Mary Johnson’s office said the dam would hold.", None);
        check("Robert Miller and Mary Johnson said the dam would hold.", None);
    }
}
