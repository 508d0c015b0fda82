//! What kind of source a speaker is, and what the text says the speaker is.

use super::candidate::Kind;
use super::pronoun::Resolver;
use super::scene::Scene;
use super::words::Word;
use crate::extract::{Entity, EntityKind, Speaker, SpeakerClass};
use crate::text::name::is_title;

/// The speaker that `candidate` names.
pub(super) fn speaker(scene: &Scene, resolver: &mut Resolver, entities: &[Entity], candidate: usize) -> Speaker {
    let entity = resolver.entity(candidate).filter(|&entity| !is_namesake(scene, &entities[entity], candidate));
    Speaker {
        span: Some(scene.prose.span(scene.candidates[candidate].tokens.clone())),
        entity,
        name: entity.map(|entity| entities[entity].name.clone()),
        role: role(scene, candidate).or_else(|| entities[entity?].roles.first().cloned()),
        class: class(scene, candidate, entity.map(|entity| entities[entity].kind)),
    }
}

/// True where the words before the surname are another first name than `entity` has: "Casimir Dragan" is not Livia Dragan,
/// though the tagger saw the surname only.
fn is_namesake(scene: &Scene, entity: &Entity, candidate: usize) -> bool {
    let one = &scene.candidates[candidate];
    let Some(mention) = one.mention.map(|mention| scene.mentions[mention].span) else { return false };
    let at = scene.prose.token_at(mention.begin);
    if entity.kind != EntityKind::Person || at <= one.tokens.start || mention.of(scene.prose.text).contains(' ') {
        return false;
    }
    let word = scene.prose.word(at - 1);
    let known = entity.aliases.iter().chain([&entity.name]).any(|name| name.split(' ').any(|part| part == word));
    let names = scene.words[at - 1].is(Word::CAPITAL) && !scene.words[at - 1].is(Word::ROLE | Word::TITLE | Word::MARK);
    names && !known && !is_title(word) && entity.name.contains(' ') && word.chars().any(char::is_lowercase)
}

fn class(scene: &Scene, candidate: usize, entity: Option<EntityKind>) -> SpeakerClass {
    let kind = scene.candidates[candidate].kind;
    match (kind, entity) {
        (_, Some(EntityKind::Person)) => SpeakerClass::Named,
        (_, Some(EntityKind::Organization | EntityKind::Place)) | (Kind::Body | Kind::It, _) => {
            SpeakerClass::Organization
        }
        (Kind::Group | Kind::They, _) => SpeakerClass::Group,
        (Kind::Capitals, _) => SpeakerClass::Named,
        (Kind::Name(_) | Kind::Noun, _) if plural(scene, candidate) => SpeakerClass::Group,
        (Kind::Name(_) | Kind::Paper, _) => SpeakerClass::Document,
        _ => SpeakerClass::Unnamed,
    }
}

fn plural(scene: &Scene, candidate: usize) -> bool {
    let word = scene.prose.word(scene.candidates[candidate].tokens.end - 1);
    word.ends_with('s') && !word.ends_with("ss")
}

/// "Clinton spokesman" in "Clinton spokesman Jesse Ferguson", "senior official" in "a senior official".
fn role(scene: &Scene, candidate: usize) -> Option<String> {
    let one = &scene.candidates[candidate];
    let mut tokens = one.tokens.clone();
    if let Some(mention) = one.mention {
        tokens.end = scene.prose.token_at(scene.mentions[mention].span.begin);
    } else if !matches!(one.kind, Kind::Person | Kind::Group) {
        return None;
    }
    while tokens.start < tokens.end && scene.words[tokens.start].is(Word::DETERMINER | Word::OWNER) {
        tokens.start += 1;
    }
    let only_title = |token: usize| is_title(scene.prose.word(token)) && scene.prose.word(token).ends_with('.');
    if tokens.is_empty() || tokens.clone().all(only_title) {
        return None;
    }
    Some(scene.prose.span(tokens).of(scene.prose.text).to_owned())
}
