//! Whether the text speaks of a person as of a man or of a woman.

use super::candidate::Kind;
use super::scene::{NONE, Scene};
use super::words::Word;
use crate::extract::{Entity, EntityKind};
use crate::text::name::{Gender, gender_of_given_name_abroad, gender_of_name, gender_of_title};

/// Pronouns that tell it where neither name nor title does; fewer may stand for somebody else.
const PRONOUNS: u32 = 2;

/// The gender of each entity, where the text tells it: by its own name, by a title before one of its mentions, else by the
/// pronouns that follow them.
pub(super) fn told(scene: &Scene, entities: &[Entity]) -> Vec<Option<Gender>> {
    let abroad = |name: &str| gender_of_given_name_abroad(name.split_once(' ').filter(|_| scene.tongue.is_some())?.0);
    let by_name = |entity: &Entity| gender_of_name(&entity.name).or_else(|| abroad(&entity.name));
    let mut genders: Vec<Option<Gender>> = entities.iter().map(by_name).collect();
    for (candidate, &entity) in scene.candidates.iter().zip(&scene.entity) {
        if entity != NONE && genders[entity as usize].is_none() {
            let mut titles = candidate.tokens.clone().chain(candidate.tokens.start.checked_sub(1));
            genders[entity as usize] = titles.find_map(|token| gender_of_title(scene.prose.word(token)));
        }
    }
    let votes = votes(scene, entities);
    for (gender, votes) in genders.iter_mut().zip(votes).filter(|(gender, _)| gender.is_none()) {
        *gender = match votes {
            [he, 0] if he >= PRONOUNS => Some(Gender::Male),
            [0, she] if she >= PRONOUNS => Some(Gender::Female),
            _ => None,
        };
    }
    genders
}

/// For each entity, how often "he" is the first such pronoun behind it in a sentence that names nobody else before, and how
/// often "she". "Okwu met her" tells nothing of Okwu.
fn votes(scene: &Scene, entities: &[Entity]) -> Vec<[u32; 2]> {
    let mut votes = vec![[0; 2]; entities.len()];
    let is_somebody = |kind: Kind| matches!(kind, Kind::Name(EntityKind::Person) | Kind::Person | Kind::Relative);
    let persons: Vec<usize> =
        (0..scene.candidates.len()).filter(|&at| is_somebody(scene.candidates[at].kind)).collect();
    for (number, &candidate) in persons.iter().enumerate() {
        let (tokens, entity) = (&scene.candidates[candidate].tokens, scene.entity[candidate]);
        let is_first =
            number == 0 || !scene.same_sentence(scene.candidates[persons[number - 1]].tokens.start, tokens.start);
        if entity == NONE || !is_first {
            continue;
        }
        let next = persons.get(number + 1).map_or(scene.words.len(), |&next| scene.candidates[next].tokens.start);
        let behind = (tokens.end..next).take_while(|&at| scene.same_sentence(tokens.start, at));
        let open = |at: &usize| scene.inside[*at] == NONE;
        if let Some(gender) = behind.filter(open).find_map(|at| pronoun(scene, at)) {
            votes[entity as usize][usize::from(gender == Gender::Female)] += 1;
        }
    }
    votes
}

fn pronoun(scene: &Scene, at: usize) -> Option<Gender> {
    let word = scene.words[at];
    match scene.prose.word(at) {
        _ if word.is(Word::HE) => Some(Gender::Male),
        _ if word.is(Word::SHE) => Some(Gender::Female),
        "himself" => Some(Gender::Male),
        "herself" => Some(Gender::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::check_last_speaker as check;

    #[test]
    fn whom_the_text_calls_he_is_not_she() {
        let he = "Governor Chris Reyes said he would go. Reyes told reporters that he was glad.";
        let she = "To the professor Brigid Harris, the stare of Reyes seemed to reflect sadness.";
        check(&format!("{he}\n\n{she}\n\n“It was sad,” she said."), Some("Brigid Harris"));
        let met = "David Brown left the town. Robin Reyes met her in 1990. Reyes left her in 2001.";
        check(&format!("{met}\n\n“It was sad,” he said."), Some("Robin Reyes"));
        let open = "Governor Chris Reyes would go. Reyes told reporters that the term was over.";
        check(&format!("{open}\n\n“It was sad,” she said."), Some("Chris Reyes"));
    }
}
