//! "he", "she", "it", "who", "the spokesman" and "the ministry" to the name that they stand for.

use std::collections::HashMap;

use super::body::{self, Bodies};
use super::candidate::Kind;
use super::foreign;
use super::gender;
use super::nameless;
use super::office::Offices;
use super::roles::{Phrase, Roles};
use super::scene::{NONE, Scene};
use super::words::Word;
use crate::extract::cue::CueForm;
use crate::extract::{Entity, EntityKind};
use crate::text::Span;
use crate::text::name::{Gender, gender_of_given_name};

/// Paragraphs before a pronoun that are searched.
const PARAGRAPHS: u32 = 4;
/// Tokens of the longest byline.
const BYLINE: usize = 12;
/// Names before a pronoun that are looked at.
const NAMES: usize = 60;
/// How much less likely a person says what names that person: about as much as three sentences more in between. Of 37 real
/// pronouns that this gave to somebody else, 30 became right and 7 wrong.
const OWN_NAME: f32 = 3.0;
/// How much more likely a person is meant who was just brought in without a name: as much as one of the right gender.
const BROUGHT_IN: f32 = 0.8;
/// How much less likely a person is meant of whom a clause with "that" tells something.
const IN_CLAUSE: f32 = 0.7;
/// How much of a subject somebody is who says something only inside of what another one says.
const EMBEDDED: f32 = 0.25;
/// Tokens of a list of examples.
const EXAMPLES: usize = 24;
/// Whose photographers are named with them.
const AGENCIES: [&str; 6] = ["Getty", "AFP", "AP", "Reuters", "EPA", "Shutterstock"];
/// Tokens of the longest apposition between a name and "who".
const APPOSITION: usize = 30;
/// What stands in no apposition.
const BREAKS: u32 = Word::AUXILIARY | Word::RELATIVE | Word::PRONOUN | Word::QUOTE;

/// Resolves what is no name to the entity it stands for; made once a text, filled where needed.
pub(super) struct Resolver<'s, 'a, 'b> {
    scene: &'s Scene<'a, 'b>,
    entities: &'s [Entity],
    /// Gender of each entity, where the text tells it.
    genders: Option<Vec<Option<Gender>>>,
    roles: Option<Roles>,
    /// In a text of a tongue.
    offices: Option<Offices>,
    /// What each pronoun says.
    said: HashMap<usize, Vec<Span>>,
    /// Whom each pronoun stands for that was looked up.
    known: HashMap<usize, Option<usize>>,
    bodies: Option<Bodies>,
}

impl<'s, 'a, 'b> Resolver<'s, 'a, 'b> {
    pub(super) fn new(scene: &'s Scene<'a, 'b>, entities: &'s [Entity]) -> Self {
        let (said, known) = (HashMap::new(), HashMap::new());
        Self { scene, entities, genders: None, roles: None, offices: None, said, known, bodies: None }
    }

    /// Index of the entity that `candidate`, who says what stands at `said`, is or stands for; `None` where the text does
    /// not tell.
    pub(super) fn entity(&mut self, candidate: usize, said: &[Span]) -> Option<usize> {
        let entity = self.scene.entity[candidate];
        if let Some(bearer) = self.short_role(candidate) {
            return Some(bearer);
        }
        if entity != NONE {
            return Some(entity as usize);
        }
        match self.scene.candidates[candidate].kind {
            Kind::He => self.person_once(candidate, Gender::Male, said),
            Kind::She => self.person_once(candidate, Gender::Female, said),
            Kind::Relative => self.antecedent(candidate),
            Kind::Person => self.beside(candidate).or_else(|| self.role(candidate)),
            Kind::Noun | Kind::Capitals => self.role(candidate),
            Kind::Body => self.body(candidate),
            Kind::It => {
                let named = body::speaks_again(self.scene, candidate)?;
                let entity = self.scene.entity[named];
                let entity = if entity == NONE { self.body(named) } else { Some(entity as usize) }?;
                (!body::is_unsure(self.scene, self.entities, entity, (named, candidate))).then_some(entity)
            }
            _ => None,
        }
    }

    fn body(&mut self, candidate: usize) -> Option<usize> {
        let bodies = self.bodies.get_or_insert_with(|| Bodies::new(self.scene, self.entities));
        bodies.named(self.scene, self.entities, candidate)
    }

    /// Notes that the candidate says what stands at `span`.
    pub(super) fn note(&mut self, candidate: usize, span: Span) {
        if matches!(self.scene.candidates[candidate].kind, Kind::He | Kind::She) {
            self.said.entry(candidate).or_default().push(span);
        }
    }

    /// Whom the pronoun stands for, who is one and the same in all that he or she says.
    fn person_once(&mut self, pronoun: usize, gender: Gender, said: &[Span]) -> Option<usize> {
        if let Some(&known) = self.known.get(&pronoun) {
            return known;
        }
        let mut all = self.said.remove(&pronoun).unwrap_or_default();
        all.extend(said);
        all.sort_unstable();
        let found = self.person(pronoun, gender, &all);
        self.known.insert(pronoun, found);
        found
    }

    /// Scores the persons named before the pronoun: a subject near by, of its gender, often named. The weights were
    /// measured on 219 pronouns. Gives nobody where it is somebody without a name.
    fn person(&mut self, pronoun: usize, gender: Gender, said: &[Span]) -> Option<usize> {
        self.tell_genders();
        let genders = self.genders.as_deref().unwrap_or_default();
        let scene = self.scene;
        let at = scene.candidates[pronoun].tokens.start;
        // The paragraphs of the words themselves put nobody further away.
        let first = said.first().map_or(at, |span| scene.prose.token_at(span.begin));
        let paragraph = scene.paragraph[first.min(at)];
        let mut best: Option<(f32, Option<usize>)> = None;
        for candidate in (pronoun.saturating_sub(NAMES)..pronoun).rev() {
            let tokens = &scene.candidates[candidate].tokens;
            if paragraph.saturating_sub(scene.paragraph[tokens.start]) > PARAGRAPHS {
                break;
            }
            if nameless::is_brought_in(scene, candidate, gender) && self.beside(candidate).is_none() {
                let fits = nameless::gender(scene, candidate).is_none_or(|told| told == gender);
                let score = self.salience(candidate, at) + BROUGHT_IN;
                if fits && best.is_none_or(|(highest, _)| score > highest) {
                    best = Some((score, None));
                }
                continue;
            }
            let entity = scene.entity[candidate];
            let is_person = entity != NONE && self.entities[entity as usize].kind == EntityKind::Person;
            // One word behind a preposition, in another language, may be a place of which nothing tells that it is none.
            let bare = || !self.entities[entity as usize].name.contains(' ');
            if is_person && scene.tongue.is_some() && bare() && foreign::is_governed(scene, candidate) {
                continue;
            }
            if !is_person || self.is_in_byline(tokens.start) || self.is_in_credit(tokens.start) {
                continue;
            }
            let told = genders[entity as usize];
            if told.is_some_and(|told| told != gender) {
                continue;
            }
            let hint = told.or_else(|| gender_of_given_name(&self.entities[entity as usize].name));
            let fits = match hint {
                None => 0.0,
                Some(hint) if hint == gender => 0.8,
                // One word may be a surname, so that it only makes the other gender less likely.
                Some(_) => -2.5,
            };
            let named = if self.is_named_in(entity as usize, said) { OWN_NAME } else { 0.0 };
            let score = self.salience(candidate, at) + fits - named;
            if best.is_none_or(|(highest, _)| score > highest) {
                best = Some((score, Some(entity as usize)));
            }
        }
        best.and_then(|(_, entity)| entity)
    }

    /// True where the person `entity` is named in the words at `said`: few speak of themselves by name. The name in "Okwu
    /// supporters" and "the Okwu plan" is theirs.
    fn is_named_in(&self, entity: usize, said: &[Span]) -> bool {
        let (scene, mentions) = (self.scene, &self.entities[entity].mentions);
        said.iter().any(|span| {
            let first = mentions.partition_point(|mention| mention.begin < span.begin);
            let mut inside = mentions[first..].iter().take_while(|mention| mention.end <= span.end);
            inside.any(|mention| {
                let next = scene.prose.token_at(mention.end.saturating_sub(1)) + 1;
                let before = scene.prose.token_at(mention.begin).checked_sub(1);
                let owned = before.is_some_and(|before| scene.words[before].is(Word::DETERMINER));
                !owned && !scene.words.get(next).is_some_and(|next| next.is(Word::ROLE))
            })
        })
    }

    /// True in a line such as "By Ada Okwu": who wrote the article is seldom whom it speaks of.
    fn is_in_byline(&self, token: usize) -> bool {
        let prose = self.scene.prose;
        let line = &prose.paragraphs[self.scene.paragraph[token] as usize].tokens;
        line.len() <= BYLINE && prose.word(line.start).eq_ignore_ascii_case("by") && prose.word(line.end - 1) != "."
    }

    /// True for the photographer in "(Photo by Ada Okwu/Getty Images)".
    fn is_in_credit(&self, token: usize) -> bool {
        const CREDITS: [&str; 6] = ["Photo", "Photograph", "Photography", "Picture", "Credit", "©"];
        let prose = self.scene.prose;
        let before = token.saturating_sub(4)..token;
        let agency = prose.tokens.get(token + 1..token + 4).unwrap_or_default();
        before.into_iter().any(|at| CREDITS.contains(&prose.word(at)))
            || agency
                .windows(2)
                .any(|pair| pair[0].span.of(prose.text) == "/" && AGENCIES.contains(&pair[1].span.of(prose.text)))
    }

    /// What makes a person less likely to be meant who is named once, as an example: "such as Ada Okwu and Bela Marsh".
    fn is_example(&self, candidate: usize) -> bool {
        let scene = self.scene;
        let start = scene.candidates[candidate].tokens.start;
        let such = |&at: &usize| {
            scene.prose.word(at) == "including"
                || scene.prose.word(at) == "as" && at > 0 && scene.prose.word(at - 1) == "such"
        };
        let near = (start.saturating_sub(EXAMPLES)..start).rev().take_while(|&at| scene.same_sentence(at, start));
        scene.frequency[candidate] == 1 && near.clone().any(|at| such(&at))
    }

    fn salience(&self, candidate: usize, at: usize) -> f32 {
        let scene = self.scene;
        let one = &scene.candidates[candidate];
        let sentences = (scene.sentence[at] - scene.sentence[one.tokens.start]).min(12) as f32;
        let before = one.tokens.start.checked_sub(1).map_or(Word::default(), |token| scene.words[token]);
        let opens = one.tokens.start == 0 || scene.sentence[one.tokens.start - 1] != scene.sentence[one.tokens.start];
        let says = scene.subject_of[candidate] != NONE || scene.verb_behind(candidate).is_some();
        let subject = says || opens && (sentences == 0.0 || !one.qualifies);
        let embedded = says && sentences <= 1.0 && scene.is_embedded(candidate);
        let subject = if embedded { EMBEDDED } else { f32::from(u8::from(subject)) };
        let object = before.is(Word::PREPOSITION) || before.cue.is_some();
        let often = (scene.frequency[candidate] as f32).ln();
        let in_clause = sentences == 0.0 && one.tokens.start > 0 && scene.prose.word(one.tokens.start - 1) == "that";
        2.0 * subject
            - 1.1 * sentences
            - 0.7 * f32::from(u8::from(object))
            - 0.8 * f32::from(u8::from(one.qualifies))
            - 2.0 * f32::from(u8::from(self.is_example(candidate)))
            - IN_CLAUSE * f32::from(u8::from(in_clause))
            + 0.5 * often
    }

    /// What "which" follows, or the person whom "who" follows, over an apposition: "Ada Okwu, a lawyer with the council,
    /// who".
    fn antecedent(&self, relative: usize) -> Option<usize> {
        let scene = self.scene;
        let at = scene.candidates[relative].tokens.start;
        let before = relative.checked_sub(1).filter(|&before| at - scene.candidates[before].tokens.end <= 2)?;
        let person = self.person_of(before);
        let cue = scene.cues.get(scene.subject_of[relative] as usize);
        let verb = cue.map_or("", |cue| scene.prose.word(cue.tokens.start));
        // "by Okwu and Marsh, who say": both do. Who "did not say" may be one.
        if cue.is_some_and(|cue| cue.form == CueForm::Bare && cue.tokens.start == at + 1) {
            return None;
        }
        // What can be read is a sign or a letter, whoever is named beside it.
        if matches!(verb, "read" | "reads") {
            return None;
        }
        if !scene.prose.word(at).to_ascii_lowercase().starts_with("who") {
            let entity = Some(scene.entity[before]).filter(|&entity| entity != NONE && person.is_none());
            return entity.map(|entity| entity as usize);
        }
        person.or_else(|| self.apposed(before, at))
    }

    /// The person in the sentence of the token `at` to whom everything from the name to `at` is an apposition, the last
    /// part of it being the candidate `last`.
    fn apposed(&self, last: usize, at: usize) -> Option<usize> {
        let scene = self.scene;
        let floor = at.saturating_sub(APPOSITION);
        let near = (0..last).rev().take_while(|&one| scene.candidates[one].tokens.start >= floor);
        let mut persons = near.filter(|&one| self.person_of(one).is_some() && !scene.candidates[one].qualifies);
        let tokens = &scene.candidates[persons.next()?].tokens;
        let one_of_many = tokens.start > 0 && scene.words[tokens.start - 1].is(Word::CONJUNCTION);
        let apposed = scene.words[tokens.end].is(Word::COMMA | Word::BRACKET | Word::PREPOSITION);
        let closed = scene.words[at - 1].is(Word::COMMA) && scene.candidates[last].kind != Kind::Group;
        let breaks = |token: usize| {
            let word = scene.words[token];
            word.cue.is_some()
                || word.is(BREAKS)
                || word.is(Word::CONJUNCTION) && scene.words[token - 1].is(Word::COMMA)
        };
        let one_phrase = closed && apposed && !(tokens.end..at).any(breaks);
        let found = scene.ending[tokens.end - 1] as usize;
        (one_phrase && !one_of_many && scene.same_sentence(tokens.start, at)).then(|| self.person_of(found))?
    }

    /// The person that `candidate` names.
    fn person_of(&self, candidate: usize) -> Option<usize> {
        let entity = Some(self.scene.entity[candidate]).filter(|&entity| entity != NONE)? as usize;
        (self.entities[entity].kind == EntityKind::Person).then_some(entity)
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
        if scene.tongue.is_some() {
            if let Some(named) = foreign::apposed(scene, candidate) {
                return Some(named);
            }
            let offices = self.offices.get_or_insert_with(|| Offices::new(scene));
            return offices.bearer(scene, self.entities, candidate);
        }
        let one = &scene.candidates[candidate];
        let tokens = one.tokens.clone();
        // "The analyst who asked not to be named" and "the CEO of Apple" are told apart from whoever is named.
        let next = if scene.words.len() > tokens.end { scene.prose.word(tokens.end) } else { "" };
        let letters = scene.prose.word(tokens.end - 1).chars().all(char::is_uppercase);
        let told_apart = matches!(next, "who" | "whom" | "whose") || letters && matches!(next, "of" | "at" | "for");
        if !scene.prose.word(tokens.start).eq_ignore_ascii_case("the") || told_apart {
            return None;
        }
        let entities = self.entities;
        let roles = self.roles.get_or_insert_with(|| Roles::new(entities));
        let begin = scene.prose.tokens[tokens.start].span.begin;
        let before = |entity: usize| entities[entity].mentions.first().is_some_and(|span| span.begin < begin);
        let is_place = |at: usize| {
            let named = scene.candidates.get(scene.starting[at] as usize);
            named.is_some_and(|named| named.kind == Kind::Name(EntityKind::Place))
        };
        let words = tokens.start + 1..tokens.end - 1;
        let phrase = Phrase {
            before: words.map(|at| (scene.prose.word(at), is_place(at))).collect(),
            noun: scene.prose.word(tokens.end - 1),
        };
        roles.bearer(&phrase, before)
    }

    /// The person in "the PM" whom the text calls prime minister, where the letters are no part of a name.
    fn short_role(&mut self, candidate: usize) -> Option<usize> {
        let scene = self.scene;
        let tokens = &scene.candidates[candidate].tokens;
        let letters = scene.prose.word(tokens.end - 1);
        let short = tokens.len() == 2 && letters.len() > 1 && letters.chars().all(char::is_uppercase);
        let entity = scene.entity[candidate];
        let named = entity != NONE && self.entities[entity as usize].name != letters;
        if named || !short { None } else { self.role(candidate) }
    }

    fn tell_genders(&mut self) {
        if self.genders.is_none() {
            self.genders = Some(gender::told(self.scene, self.entities));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::check_last_speaker as check;

    #[test]
    fn few_name_themselves() {
        let two = "David Johnson left the dam. Robert Miller stayed there.";
        check(&format!("{two} “The council will have its way,” he said."), Some("Robert Miller"));
        check(&format!("{two} “Miller will have his way,” he said."), Some("David Johnson"));
        check(&format!("{two} “Miller supporters will have their way,” he said."), Some("Robert Miller"));
    }

    #[test]
    fn who_owns_the_subject_is_not_the_subject() {
        check("Robert Miller’s lawyer, David Johnson, left the court. “We lost,” he said.", Some("David Johnson"));
    }

    #[test]
    fn who_stands_beside_the_subject_is_the_subject() {
        let brown = "Anna Brown built it. Brown left. Brown came.";
        let delegate = "One delegate, Mary Johnson, pledged a vote to Brown and allowed Brown to go.";
        check(&format!("{brown}\n\n{delegate}\n\n“It is time,” she said."), Some("Mary Johnson"));
    }

    #[test]
    fn who_says_something_is_meant_before_whom_it_is_said_of() {
        let brown = "David Brown built it. Brown left. Brown came. Brown went.";
        let miller = "Robert Miller came.\n\nMiller said the dam that Brown mentioned was weak.";
        check(&format!("{brown} {miller}\n\n“It will break,” he said."), Some("Robert Miller"));
    }

    #[test]
    fn photographers_are_not_spoken_of() {
        check(
            "David Johnson pays rent for the flat.\n\n(Photo by Robert Miller/Getty Images)\n\n“It is too much,” he said.",
            Some("David Johnson"),
        );
    }

    #[test]
    fn whoever_was_just_brought_in_is_meant_with_a_name_or_without() {
        let aide = "“It will be difficult,” an aide to the engineer David Johnson said.";
        check(&format!("{aide} “The talks could be months away,” he said."), None);
        let manager = "“Gas is dear,” said David Johnson, a director. A manager with the Hydrology Centre agreed.";
        check(&format!("{manager} “It is far too dear,” he said."), None);
        let mother = "Mary Johnson spoke in Ohio. My mother says that it is late.";
        check(&format!("{mother} “We are not equal,” she said."), None);
        check(&format!("{mother} “We are not equal,” Johnson said."), Some("Mary Johnson"));
        let wife = "David Johnson spoke in Ohio. His wife said that it was late.";
        check(&format!("{wife} “We are not equal,” he said."), Some("David Johnson"));
        let asked = "David Johnson left the court. A reporter asked Johnson how he was.";
        check(&format!("{asked} He replied: “I feel fine.”"), Some("David Johnson"));
        let told = "David Johnson left. A spokesman for the council told the Daily Post he could not tell the number.";
        check(&format!("{told} He said the council would give it later on."), None);
        let lawyer = "David Johnson left the court. His lawyer said he was ill.";
        check(&format!("{lawyer} “I feel fine,” he said."), Some("David Johnson"));
        let shouted = "David Johnson left the court. A fan shouted that she loved him.";
        check(&format!("{shouted} “I feel fine,” he said."), Some("David Johnson"));
        check("David Johnson, a lawyer, said it was late. “It is over,” he said.", Some("David Johnson"));
        let friend = "“It is over,” said his friend from school, David Johnson.";
        check(&format!("{friend} (It was not.) “It was over long ago,” he said."), Some("David Johnson"));
        check(
            "A lawyer for the council, David Johnson, said it was late. “It is over,” he said.",
            Some("David Johnson"),
        );
    }

    #[test]
    fn long_words_put_nobody_further_away() {
        let more = "“More.\n\n".repeat(6);
        check(&format!("Mary Johnson came.\n\n{more}“It will hold,” she said."), Some("Mary Johnson"));
        let waits = "It waits.\n\n".repeat(6);
        check(&format!("Mary Johnson came.\n\n{waits}“It will hold,” she said."), None);
    }

    #[test]
    fn whoever_has_an_age_and_a_calling_is_not_new() {
        let said = "“It is so,” Mary Johnson, 67, a retired representative in Leeds, Ohio, said in an interview.";
        check(&format!("{said} But, she added, “It will hold.”"), Some("Mary Johnson"));
        let arrested = "Police arrested David Johnson, 42, a police spokesman said.";
        check(&format!("{arrested} “It was a long hunt,” he said."), None);
    }

    #[test]
    fn a_pronoun_is_one_and_the_same_in_all_that_it_says() {
        let hunter = "David Johnson, a writer, said he will not vote for Robert Miller because of the dam.";
        check(&format!("{hunter} Also, Miller is no engineer, he said. “He is a liar!”"), Some("David Johnson"));
        let won = "Robert Miller won. He beat David Brown.";
        check(
            &format!("{won} “It will hold,” he said, adding that the Miller plan would work."),
            Some("Robert Miller"),
        );
    }

    #[test]
    fn who_is_a_person() {
        check(
            "The dam was built by Mary Johnson, an engineer with the Hydrology Centre, who said it would hold.",
            Some("Mary Johnson"),
        );
        check("The dam was attacked by David Brown and Mary Johnson, who say that it is a “waste” of money.", None);
        check("The dam was attacked by Mary Johnson, who says that it is a “waste” of money.", Some("Mary Johnson"));
        check("The dam was built by members of the Hydrology Centre, who said it would hold.", None);
    }
}
