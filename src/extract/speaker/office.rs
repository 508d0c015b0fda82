//! Who carries an office in a text of a [`Tongue`](super::tongue::Tongue): "el consejero" is whom "el consejero de Sanidad,
//! Juan Torres," named.

use std::collections::HashMap;
use std::ops::Range;

use super::candidate::Kind;
use super::foreign;
use super::scene::{NONE, Scene};
use super::words::Word;
use crate::extract::cue;
use crate::extract::{Entity, EntityKind};
use crate::text::name::{Gender, gender_of_given_name_abroad, is_given_name_abroad};

/// Most tokens behind a noun that tell of what its bearer is one.
const PHRASE: usize = 10;
/// Letters that the words for a country and its people share: "andaluz", "Andalucía".
const STEM: usize = 4;
/// Most bearers of one office that are looked at.
const BEARERS: usize = 24;

/// Prepositions behind which stands of what somebody is something.
const OF: &str = "de del da do das dos di dello della dei degli delle du des d von vom der für pour para per";
const FEMALE: &str = "la a die una uma une eine cette esta essa questa";
const MALE: &str = "el o il lo le der este esse questo ce";

/// An office that the text gives a person.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Office {
    /// Beginnings of the other words, which tell of what.
    of: Vec<String>,
    entity: usize,
}

/// The offices of a text, by the [`cue::hash`] of their noun: "consejero".
pub(super) struct Offices {
    all: HashMap<u64, Vec<Office>>,
}

impl Offices {
    pub(super) fn new(scene: &Scene) -> Self {
        let mut offices = Self { all: HashMap::new() };
        for (index, one) in scene.candidates.iter().enumerate() {
            match one.kind {
                Kind::Person => offices.read_noun(scene, index),
                Kind::Name(EntityKind::Person) if scene.entity[index] != NONE => offices.read_name(scene, index),
                _ => {}
            }
        }
        offices
    }

    /// "el consejero de Sanidad, Juan Torres," and "Juan Torres, consejero de Sanidad,".
    fn read_noun(&mut self, scene: &Scene, noun: usize) {
        let tokens = &scene.candidates[noun].tokens;
        let behind = foreign::apposed(scene, noun);
        let within = || named_within(scene, tokens.end);
        let Some(entity) = behind.or_else(within).or_else(|| apposed_to(scene, noun)) else { return };
        self.note(scene, tokens.end - 1, (tokens.start..tokens.end - 1, phrase(scene, tokens.end)), entity);
    }

    /// "el ministro Torres".
    fn read_name(&mut self, scene: &Scene, index: usize) {
        let one = &scene.candidates[index];
        let Some(mention) = one.mention else { return };
        let name = scene.prose.token_at(scene.mentions[mention].span.begin);
        let noun = (one.tokens.start..name).rev().find(|&at| scene.words[at].is(Word::PERSON));
        if let Some(noun) = noun {
            self.note(scene, noun, (one.tokens.start..noun, noun + 1..name), scene.entity[index] as usize);
        }
    }

    fn note(&mut self, scene: &Scene, noun: usize, (before, behind): (Range<usize>, Range<usize>), entity: usize) {
        let office = Office { of: stems(scene, before.chain(behind)), entity };
        let bearers = self.all.entry(cue::hash(scene.prose.word(noun))).or_default();
        if bearers.len() < BEARERS && !bearers.contains(&office) {
            bearers.push(office);
        }
    }

    /// The one person whom the text has named by then and that `candidate` may stand for: "el consejero", where nobody else
    /// is one; where it tells of what, "el presidente andaluz", who is one of that.
    pub(super) fn bearer(&self, scene: &Scene, entities: &[Entity], candidate: usize) -> Option<usize> {
        let tokens = scene.candidates[candidate].tokens.clone();
        if let Some(named) = named_within(scene, tokens.end) {
            return Some(named);
        }
        let article = scene.prose.word(tokens.start).to_lowercase();
        let definite = scene.words[tokens.start].hash == cue::hash("the") || foreign::has_definite_article(&article);
        let behind = phrase(scene, tokens.end);
        let is_in = |list: &str| list.split_whitespace().any(|word| word == article);
        if !definite || foreign::is_owner(&article) || is_named(scene, behind.end) {
            return None;
        }
        let gender = match () {
            () if is_in(FEMALE) => Some(Gender::Female),
            () if is_in(MALE) => Some(Gender::Male),
            () => None,
        };
        let of = stems(scene, (tokens.start + 1..tokens.end - 1).chain(behind));
        let begin = scene.prose.tokens[tokens.start].span.begin;
        let noun = scene.prose.word(tokens.end - 1);
        let fits = |office: &&Office| {
            let entity = &entities[office.entity];
            let told = gender_of_given_name_abroad(entity.name.split(' ').next().unwrap_or_default());
            entity.mentions.first().is_some_and(|span| span.begin < begin)
                && (gender.is_none() || told.is_none() || told == gender)
                && (of.is_empty() || of.iter().any(|word| office.of.contains(word)))
        };
        // Of a crowd nobody knows who is meant.
        let bearers = self.all.get(&cue::hash(noun)).filter(|bearers| bearers.len() < BEARERS)?;
        let mut bearers = bearers.iter().filter(fits);
        let first = bearers.next()?.entity;
        bearers.all(|other| other.entity == first).then_some(first)
    }
}

/// The beginnings of those words at `tokens` that tell of what somebody is something.
fn stems(scene: &Scene, tokens: impl Iterator<Item = usize>) -> Vec<String> {
    let small = Word::DETERMINER | Word::PREPOSITION | Word::CONJUNCTION | Word::MARK | Word::ADVERB | Word::AUXILIARY;
    let words = tokens.filter(|&at| !scene.words[at].is(small)).map(|at| scene.prose.word(at).to_lowercase());
    words.map(|word| word.chars().take(STEM).collect()).collect()
}

/// What stands from `begin` on and belongs to the noun before: "andaluz", "de la Asociación".
fn phrase(scene: &Scene, begin: usize) -> Range<usize> {
    let goes_on = |at: usize| {
        let word = scene.words[at];
        let is_of = || OF.split_whitespace().any(|of| of == scene.prose.word(at)) || foreign::is_fused(word);
        let tokens = &scene.prose.tokens;
        let hyphen = word.is(Word::DASH) && at > 0 && tokens[at - 1].span.end == tokens[at].span.begin;
        (hyphen || !word.is(Word::MARK | Word::AUXILIARY | Word::ADVERB | Word::CONJUNCTION))
            && word.cue.is_none()
            && scene.inside[at] == NONE
            && begin > 0
            && scene.same_sentence(begin - 1, at)
            && (!word.is(Word::PREPOSITION) || is_of())
    };
    let end = (begin..scene.words.len().min(begin + PHRASE)).find(|&at| !goes_on(at));
    begin..end.unwrap_or(scene.words.len().min(begin + PHRASE))
}

/// "Paul Durand" in "le ministre de la Santé Paul Durand", whose noun ends at `begin`: a name right behind the one of what
/// he is something.
fn named_within(scene: &Scene, begin: usize) -> Option<usize> {
    let mut starting = phrase(scene, begin).map(|at| scene.starting[at]).filter(|&one| one != NONE);
    let name = starting.find(|&one| scene.candidates[one as usize].mention.is_some())? as usize;
    let one = &scene.candidates[name];
    let first = scene.prose.token_at(scene.mentions[one.mention?].span.begin);
    let before = first.checked_sub(1).filter(|&at| at >= one.tokens.start).map(|at| scene.words[at])?;
    let of = before.is(Word::CAPITAL) && !before.is(Word::PERSON | Word::DETERMINER | Word::PREPOSITION | Word::TITLE);
    let span = scene.mentions[one.mention?].span;
    // "La asociación Pradera" has the name of a place.
    let whole = span.of(scene.prose.text).split_once(' ').is_some_and(|(given, _)| is_given_name_abroad(given));
    let person = one.kind == Kind::Name(EntityKind::Person) && !one.qualifies && scene.entity[name] != NONE;
    (of && whole && person).then(|| scene.entity[name] as usize)
}

/// True where a name may follow the phrase that ends at `end`, over a comma: ", Lin Jian".
fn is_named(scene: &Scene, end: usize) -> bool {
    let comma = scene.words.get(end).is_some_and(|word| word.is(Word::COMMA));
    let next = scene.words.get(end + 1).copied().unwrap_or_default();
    comma && next.is(Word::CAPITAL) && !next.is(Word::DETERMINER | Word::PREPOSITION | Word::ADVERB)
}

/// The person to whom the noun is apposed: "Juan Torres, consejero de Sanidad,".
fn apposed_to(scene: &Scene, noun: usize) -> Option<usize> {
    let tokens = &scene.candidates[noun].tokens;
    let comma = tokens.start.checked_sub(1).filter(|&at| scene.words[at].is(Word::COMMA))?;
    let name = scene.ending[comma.checked_sub(1)?];
    let one = scene.candidates.get(name as usize)?;
    let marks = Word::COMMA | Word::STOP | Word::QUOTE | Word::BRACKET;
    let end = phrase(scene, tokens.end).end;
    let closed = scene.words.get(end).is_none_or(|word| word.is(marks)) || !scene.same_sentence(comma, end);
    let person = one.kind == Kind::Name(EntityKind::Person) && !one.qualifies && scene.entity[name as usize] != NONE;
    let listed = one.tokens.start > 0 && scene.words[one.tokens.start - 1].is(Word::COMMA | Word::CONJUNCTION);
    (person && closed && !listed && scene.same_sentence(comma, tokens.start))
        .then(|| scene.entity[name as usize] as usize)
}

#[cfg(test)]
mod tests {
    use super::super::check_last_speaker_in as check;

    #[test]
    fn the_bearer_of_an_office_is_whom_the_text_named() {
        let torres = "El consejero de Sanidad, Juan Torres, llegó a Lugo con el alcalde. La lluvia no cesó.";
        check(&format!("{torres}\n\n“No hay peligro para la gente”, afirmó el consejero."), "es", Some("Juan Torres"));
        check(&format!("{torres}\n\n“No hay peligro”, afirmó el consejero de Sanidad."), "es", Some("Juan Torres"));
        let campo = "Juan Torres, portavoz de la asociación de vecinos, habló del ruido en la plaza de Lugo.";
        check(&format!("{campo} “Es una salvajada”, afirma el portavoz."), "es", Some("Juan Torres"));
        let minister = "Le ministre de la Santé Paul Durand est arrivé à Nantes avec la préfète de la région.";
        check(&format!("{minister} « Il n’y a pas de danger », a déclaré le ministre."), "fr", Some("Paul Durand"));
        let forscher = "Der Klimaforscher Karsten Tolle hat das Meer bei Aachen vermessen. Es wurde heiß.";
        check(&format!("{forscher} „Das ist neu für uns“, sagte der Klimaforscher."), "de", Some("Karsten Tolle"));
    }

    #[test]
    fn of_what_somebody_is_something_is_not_the_bearer() {
        let terol =
            "“Es mucho ruido”, comenta Juan Torres, portavoz de la Asociación de Molineros Ribera-Alta, a la gente.";
        let place = "El ruido llega a la Pradera, y de la Pradera a Lugo.";
        check(
            &format!("{terol} {place} “Es una salvajada para la gente”, afirma el portavoz."),
            "es",
            Some("Juan Torres"),
        );
    }

    #[test]
    fn another_bearer_is_not_meant() {
        let torres = "El presidente de Galicia, Juan Torres, llegó a Lugo con el alcalde. La lluvia no cesó.";
        check(&format!("{torres} “No hay peligro”, afirmó el presidente gallego."), "es", None);
        check(&format!("{torres} “No hay peligro”, afirmó el presidente de la Diputación."), "es", None);
        check(&format!("{torres} “No hay peligro”, afirmó la presidenta."), "es", None);
        check(&format!("{torres} “No hay peligro”, afirmó su presidente."), "es", None);
        check(&format!("{torres} “No hay peligro”, afirmó un presidente."), "es", None);
        let two = "El presidente de Murcia, Luis Pérez, no llegó.";
        check(&format!("{torres} {two} “No hay peligro para la gente”, afirmó el presidente."), "es", None);
        check(
            &format!("{torres} {two} “No hay peligro para la gente”, afirmó el presidente murciano."),
            "es",
            Some("Luis Pérez"),
        );
    }
}
