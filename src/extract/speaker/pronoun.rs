//! "he", "she", "who" and "the spokesman" to the name that they stand for.

use std::collections::HashMap;

use super::candidate::Kind;
use super::scene::{NONE, Scene};
use super::words::Word;
use crate::extract::{Entity, EntityKind, cue};
use crate::text::name::{Gender, gender_of_given_name, gender_of_name, gender_of_title};

/// Paragraphs before a pronoun that are searched.
const PARAGRAPHS: u32 = 4;
/// Tokens of the longest byline.
const BYLINE: usize = 12;
/// Names before a pronoun that are looked at.
const NAMES: usize = 60;

/// Resolves what is no name to the entity it stands for; made once a text, filled where needed.
pub(super) struct Resolver<'s, 'a, 'b> {
    scene: &'s Scene<'a, 'b>,
    entities: &'s [Entity],
    /// Gender of each entity, where the text tells it.
    genders: Option<Vec<Option<Gender>>>,
    /// The persons that carry a role, by the [`cue::hash`] of each of its words.
    roles: Option<HashMap<u64, Vec<usize>>>,
}

impl<'s, 'a, 'b> Resolver<'s, 'a, 'b> {
    pub(super) fn new(scene: &'s Scene<'a, 'b>, entities: &'s [Entity]) -> Self {
        Self { scene, entities, genders: None, roles: None }
    }

    /// Index of the entity that `candidate` is or stands for; `None` where the text does not tell.
    pub(super) fn entity(&mut self, candidate: usize) -> Option<usize> {
        let entity = self.scene.entity[candidate];
        if entity != NONE {
            return Some(entity as usize);
        }
        match self.scene.candidates[candidate].kind {
            Kind::He => self.person(candidate, Some(Gender::Male)),
            Kind::She => self.person(candidate, Some(Gender::Female)),
            Kind::Relative => self.antecedent(candidate),
            Kind::Person => self.beside(candidate).or_else(|| self.role(candidate)),
            _ => None,
        }
    }

    /// Scores the persons named before the pronoun: a subject near by, of its gender, often named. The weights were
    /// measured on 219 pronouns.
    fn person(&mut self, pronoun: usize, gender: Option<Gender>) -> Option<usize> {
        self.tell_genders();
        let genders = self.genders.as_deref().unwrap_or_default();
        let scene = self.scene;
        let at = scene.candidates[pronoun].tokens.start;
        let mut best: Option<(f32, usize)> = None;
        for candidate in (pronoun.saturating_sub(NAMES)..pronoun).rev() {
            let tokens = &scene.candidates[candidate].tokens;
            if scene.paragraph[at] - scene.paragraph[tokens.start] > PARAGRAPHS {
                break;
            }
            let entity = scene.entity[candidate];
            let is_person = entity != NONE && self.entities[entity as usize].kind == EntityKind::Person;
            if !is_person || self.is_in_byline(tokens.start) {
                continue;
            }
            let told = genders[entity as usize];
            if told.is_some() && gender.is_some() && told != gender {
                continue;
            }
            let hint = told.or_else(|| gender_of_given_name(&self.entities[entity as usize].name));
            let fits = match hint {
                None => 0.0,
                hint if hint == gender => 0.8,
                // One word may be a surname, so that it only makes the other gender less likely.
                _ => -2.5,
            };
            let score = self.salience(candidate, at) + fits;
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, entity as usize));
            }
        }
        best.map(|(_, entity)| entity)
    }

    /// True in a line such as "By Ada Okwu": who wrote the article is seldom whom it speaks of.
    fn is_in_byline(&self, token: usize) -> bool {
        let prose = self.scene.prose;
        let line = &prose.paragraphs[self.scene.paragraph[token] as usize].tokens;
        line.len() <= BYLINE && prose.word(line.start).eq_ignore_ascii_case("by") && prose.word(line.end - 1) != "."
    }

    fn salience(&self, candidate: usize, at: usize) -> f32 {
        let scene = self.scene;
        let one = &scene.candidates[candidate];
        let sentences = (scene.sentence[at] - scene.sentence[one.tokens.start]).min(12) as f32;
        let before = one.tokens.start.checked_sub(1).map_or(Word::default(), |token| scene.words[token]);
        let opens = one.tokens.start == 0 || scene.sentence[one.tokens.start - 1] != scene.sentence[one.tokens.start];
        let subject = scene.subject_of[candidate] != NONE || opens;
        let object = before.is(Word::PREPOSITION) || before.cue.is_some();
        let often = (scene.frequency[candidate] as f32).ln();
        2.0 * f32::from(u8::from(subject))
            - 1.1 * sentences
            - 0.7 * f32::from(u8::from(object))
            - 0.8 * f32::from(u8::from(one.qualifies))
            + 0.5 * often
    }

    /// The noun phrase that "who" follows.
    fn antecedent(&self, relative: usize) -> Option<usize> {
        let before = relative.checked_sub(1)?;
        let near = self.scene.candidates[relative].tokens.start - self.scene.candidates[before].tokens.end <= 2;
        let entity = self.scene.entity[before];
        (near && entity != NONE).then_some(entity as usize)
    }

    /// "a spokeswoman, Anna White, said": the name in the apposition.
    fn beside(&self, candidate: usize) -> Option<usize> {
        let scene = self.scene;
        let end = scene.candidates[candidate].tokens.end;
        let next = scene.candidates.get(candidate + 1)?;
        let joined = next.tokens.start == end + 1 && scene.words[end].is(Word::COMMA);
        let after = scene.words.get(next.tokens.end).copied().unwrap_or_default();
        let closed = after.is(Word::COMMA | Word::STOP) || after.cue.is_some();
        let person = next.kind == Kind::Name(EntityKind::Person) && !next.qualifies;
        (joined && closed && person && scene.same_sentence(end - 1, next.tokens.start))
            .then(|| scene.entity[candidate + 1])
            .filter(|&entity| entity != NONE)
            .map(|entity| entity as usize)
    }

    /// "the spokesman": the one person before whom the text gives that role. "a spokesman" is somebody new.
    fn role(&mut self, candidate: usize) -> Option<usize> {
        let scene = self.scene;
        let tokens = scene.candidates[candidate].tokens.clone();
        if !scene.prose.word(tokens.start).eq_ignore_ascii_case("the") {
            return None;
        }
        let entities = self.entities;
        let roles = self.roles.get_or_insert_with(|| roles(entities));
        let begin = scene.prose.tokens[tokens.start].span.begin;
        let before = |&&entity: &&usize| entities[entity].mentions.first().is_some_and(|span| span.begin < begin);
        let mut found = roles.get(&scene.words[tokens.end - 1].hash)?.iter().filter(before);
        let first = *found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Gender by the entity's own name, else by a title before one of its mentions.
    fn tell_genders(&mut self) {
        if self.genders.is_some() {
            return;
        }
        let scene = self.scene;
        let mut genders: Vec<Option<Gender>> =
            self.entities.iter().map(|entity| gender_of_name(&entity.name)).collect();
        for (candidate, &entity) in scene.candidates.iter().zip(&scene.entity) {
            if entity != NONE && genders[entity as usize].is_none() {
                let mut titles = candidate.tokens.clone().chain(candidate.tokens.start.checked_sub(1));
                genders[entity as usize] = titles.find_map(|token| gender_of_title(scene.prose.word(token)));
            }
        }
        self.genders = Some(genders);
    }
}

fn roles(entities: &[Entity]) -> HashMap<u64, Vec<usize>> {
    let mut roles: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, entity) in entities.iter().enumerate().filter(|(_, entity)| entity.kind == EntityKind::Person) {
        for word in entity.roles.iter().flat_map(|role| role.split_whitespace()) {
            let bearers = roles.entry(cue::hash(word)).or_default();
            if bearers.last() != Some(&index) {
                bearers.push(index);
            }
        }
    }
    roles
}
