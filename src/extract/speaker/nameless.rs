//! Persons without a name, whom a pronoun may stand for as well as for one who is named: "an aide", "my mother".

use std::ops::Range;

use super::candidate::Kind;
use super::phrase;
use super::scene::{Cue, NONE, Scene};
use super::words::Word;
use crate::extract::EntityKind;
use crate::extract::cue::CueForm;
use crate::text::name::Gender;

/// Tokens behind a verb of saying in which somebody is named whom it is said to or of.
const REACH: usize = 40;

/// Nouns for women.
const WOMEN: &str = "mother mom mum grandmother grandma stepmother mother-in-law woman girl schoolgirl daughter \
    granddaughter sister aunt niece wife ex-wife widow girlfriend fiancée bride lady actress spokeswoman congresswoman \
    councilwoman chairwoman policewoman businesswoman saleswoman stateswoman headmistress waitress hostess heiress \
    duchess queen princess nun midwife housewife businesswomen alderwoman assemblywoman";
/// Nouns for men.
const MEN: &str = "father dad grandfather grandpa stepfather father-in-law man boy schoolboy son grandson brother uncle \
    nephew husband ex-husband widower boyfriend fiancé groom gentleman actor spokesman congressman councilman chairman \
    policeman businessman salesman statesman headmaster waiter heir duke king prince monk priest imam rabbi bishop \
    archbishop cardinal pope alderman assemblyman fisherman cameraman";

/// The gender that the noun of `candidate` has, where it has one.
pub(super) fn gender(scene: &Scene, candidate: usize) -> Option<Gender> {
    let noun = scene.prose.word(scene.candidates[candidate].tokens.end - 1).to_lowercase();
    let is_in = |list: &str| list.split_whitespace().any(|word| word == noun);
    match () {
        () if is_in(WOMEN) => Some(Gender::Female),
        () if is_in(MEN) => Some(Gender::Male),
        () => None,
    }
}

/// True for a person who is brought in without a name, and says something: "an aide", "my mother", "Miller's wife". "The
/// aide" may have been named before, and "David Johnson, a lawyer," is.
///
/// `asked` is the gender of the pronoun: what a person says with it behind the verb is of himself, "a spokesman said he knew".
pub(super) fn is_brought_in(scene: &Scene, candidate: usize, asked: Gender) -> bool {
    let one = &scene.candidates[candidate];
    let cue = scene.cues.get(scene.subject_of[candidate] as usize);
    let first = scene.prose.word(one.tokens.start);
    // Whoever is set against others speaks of himself: "another miller said he had left before noon".
    let is_another = first.eq_ignore_ascii_case("another");
    let mut before_noun = one.tokens.start..one.tokens.end - 1;
    let owned = before_noun.any(|at| scene.words[at].is(Word::OWNER | Word::GENITIVE));
    // What "his lawyer said he knew" may be of whose lawyer he is.
    let own = cue.and_then(|cue| own_pronoun(scene, cue, asked)).filter(|_| !owned);
    let says =
        cue.is_some_and(|cue| cue.form == CueForm::Finite && (is_another || !speaks_of_somebody(scene, cue, own)));
    if one.kind != Kind::Person || one.qualifies || !says || is_apposed(scene, one.tokens.start) {
        return false;
    }
    let is_new = is_another || ["a", "an"].iter().any(|article| first.eq_ignore_ascii_case(article));
    let around = scene.subject(candidate).or_else(|| scene.object(candidate));
    let is_named =
        |phrase: &Range<usize>| phrase::person(scene, phrase).is_some() || is_named_behind(scene, phrase.end);
    (is_new || owned) && !around.as_ref().is_some_and(is_named)
}

/// True for the verb of who asks, who may be answered next, and of who speaks to or of somebody, who may be meant as well:
/// "a fan shouted that she loved him". The pronoun at `own` is whoever speaks.
fn speaks_of_somebody(scene: &Scene, cue: &Cue, own: Option<usize>) -> bool {
    let asks = matches!(scene.prose.word(cue.tokens.start), "asked" | "asks" | "wondered" | "questioned" | "inquired");
    let end = scene.words.len().min(cue.tokens.end + REACH);
    let mut behind = (cue.tokens.end..end).take_while(|&at| scene.same_sentence(at, cue.tokens.start));
    let is_person = |at: usize| {
        let one = scene.candidates.get(scene.starting[at] as usize);
        one.is_some_and(|one| one.kind == Kind::Name(EntityKind::Person))
    };
    asks || behind.any(|at| {
        if Some(at) == own {
            return false;
        }
        let is_him = matches!(scene.prose.word(at), "him" | "her" | "himself" | "herself");
        scene.inside[at] == NONE && (is_him || scene.words[at].is(Word::HE | Word::SHE) || is_person(at))
    })
}

/// "he" in "a spokesman said he knew nothing" and in "told the paper that he knew nothing": right behind the verb, or whom it
/// is said to, there stands whoever says it.
fn own_pronoun(scene: &Scene, cue: &Cue, asked: Gender) -> Option<usize> {
    let end = cue.tokens.end;
    let told = scene.starting.get(end).and_then(|&one| scene.candidates.get(one as usize));
    let end = told
        .filter(|one| matches!(one.kind, Kind::Name(_) | Kind::Group | Kind::Body))
        .map_or(end, |one| one.tokens.end);
    let end = end + usize::from(scene.words.len() > end && scene.prose.word(end) == "that");
    let gender = match asked {
        Gender::Male => Word::HE,
        Gender::Female => Word::SHE,
    };
    scene.words.get(end).is_some_and(|word| word.is(gender)).then_some(end)
}

/// True where a comma and a person's name stand at token `at`: "said a friend from school, Ada Okwu".
fn is_named_behind(scene: &Scene, at: usize) -> bool {
    let comma = scene.words.get(at).is_some_and(|word| word.is(Word::COMMA));
    let next = scene.starting.get(at + 1).and_then(|&next| scene.candidates.get(next as usize));
    comma && next.is_some_and(|next| next.kind == Kind::Name(EntityKind::Person) && !next.qualifies)
}

/// True for the token at `start` behind a name and a comma.
fn is_apposed(scene: &Scene, start: usize) -> bool {
    let Some(comma) = start.checked_sub(1).filter(|&comma| scene.words[comma].is(Word::COMMA | Word::DASH)) else {
        return false;
    };
    // "Police arrested Ada Okwu, 42, a spokesman said" apposes nobody.
    let noun = scene.candidates.get(scene.starting[start] as usize);
    let says = noun.is_none_or(|noun| scene.words.get(noun.tokens.end).is_some_and(|next| next.cue.is_some()));
    let comma = if says { comma } else { before_age(scene, comma) };
    let before = comma.checked_sub(1).map_or(NONE, |before| scene.ending[before]);
    before != NONE && scene.candidates[before as usize].mention.is_some()
}

/// The comma before the age in "Ada Okwu, 67, a teacher", whose second comma stands at `comma`; else `comma`.
fn before_age(scene: &Scene, comma: usize) -> usize {
    let Some(first) = comma.checked_sub(2) else { return comma };
    let is_number = scene.prose.word(comma - 1).bytes().all(|byte| byte.is_ascii_digit());
    let is_age = is_number && scene.words[first].is(Word::COMMA);
    if is_age { first } else { comma }
}
