//! "The Florida senator", "the 21-year-old": the one person of whom the text speaks just then, called by what everybody
//! knows of him or her and the text need not have told.

use super::candidate::Kind;
use super::scene::Scene;
use super::words::Word;
use crate::extract::EntityKind;
use crate::text::gazetteer;

/// Offices that are told apart by a place or a people: "the Florida senator", "the Irish prime minister".
const OFFICES: [&str; 17] = [
    "senator",
    "governor",
    "congressman",
    "congresswoman",
    "lawmaker",
    "legislator",
    "republican",
    "democrat",
    "president",
    "premier",
    "minister",
    "chancellor",
    "leader",
    "mayor",
    "mp",
    "native",
    "independent",
];
/// What a known person is called in turn with the name.
const EPITHETS: [&str; 21] = [
    "candidate",
    "nominee",
    "contender",
    "frontrunner",
    "hopeful",
    "businessman",
    "businesswoman",
    "billionaire",
    "tycoon",
    "mogul",
    "actor",
    "actress",
    "singer",
    "rapper",
    "comedian",
    "comedienne",
    "star",
    "novelist",
    "filmmaker",
    "neurosurgeon",
    "socialist",
];
/// Parties, before the office of somebody who belongs to one: "the Conservative MP".
const PARTIES: [&str; 8] =
    ["conservative", "labour", "liberal", "tory", "gop", "republican", "democratic", "socialist"];

/// True for a definite phrase that stands for a person by an office, an age or a calling.
pub(super) fn is_epithet(scene: &Scene, candidate: usize) -> bool {
    let tokens = scene.candidates[candidate].tokens.clone();
    let definite = scene.prose.word(tokens.start).eq_ignore_ascii_case("the") && tokens.len() > 1;
    let noun = scene.prose.word(tokens.end - 1).to_lowercase();
    definite
        && (EPITHETS.contains(&noun.as_str())
            || OFFICES.contains(&noun.as_str()) && tells_where(scene, candidate)
            || is_age(scene, candidate))
}

/// True for "the human rights group", "the agency": what an organization is called in turn with its name.
pub(super) fn is_group(scene: &Scene, candidate: usize) -> bool {
    const GROUPS: [&str; 9] =
        ["group", "agency", "organization", "organisation", "watchdog", "charity", "nonprofit", "ngo", "think-tank"];
    let tokens = &scene.candidates[candidate].tokens;
    let noun = scene.prose.word(tokens.end - 1).to_lowercase();
    let ends =
        scene.words.get(tokens.end).is_none_or(|next| !next.is(Word::PREPOSITION | Word::GENITIVE | Word::CAPITAL));
    scene.prose.word(tokens.start).eq_ignore_ascii_case("the") && GROUPS.contains(&noun.as_str()) && ends
}

/// True for an office that the noun of `candidate` is.
pub(super) fn office(scene: &Scene, candidate: usize) -> Option<&'static str> {
    let noun = scene.prose.word(scene.candidates[candidate].tokens.end - 1);
    OFFICES.into_iter().find(|office| noun.eq_ignore_ascii_case(office))
}

/// True where `role` has another office than `office`.
pub(super) fn is_other_office(role: &str, office: &str) -> bool {
    let mut words = role.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.any(|word| OFFICES.iter().any(|other| word.eq_ignore_ascii_case(other) && *other != office))
}

/// True where a place, a people or a party stands before the noun.
fn tells_where(scene: &Scene, candidate: usize) -> bool {
    let tokens = &scene.candidates[candidate].tokens;
    (tokens.start + 1..tokens.end - 1).any(|at| {
        let word = scene.prose.word(at);
        let named = scene.candidates.get(scene.starting[at] as usize);
        let is_place = named.is_some_and(|named| named.kind == Kind::Name(EntityKind::Place));
        is_place || gazetteer::is_people(word) || PARTIES.iter().any(|party| word.eq_ignore_ascii_case(party))
    })
}

/// True for "the 21-year-old", and for "the 42-year-old consultant".
fn is_age(scene: &Scene, candidate: usize) -> bool {
    let tokens = &scene.candidates[candidate].tokens;
    let number = scene.words[tokens.start + 1].is(Word::NUMBER);
    number && (tokens.start + 2..tokens.end).any(|at| matches!(scene.prose.word(at), "old" | "year-old"))
}

#[cfg(test)]
mod tests {
    use super::super::check_last_speaker as check;

    #[test]
    fn the_only_one_named_just_then_is_meant() {
        let rower = "Robert Miller still believes in the dam.";
        for phrase in ["the Florida senator", "the 46-year-old", "the candidate", "the Irish prime minister"] {
            check(&format!("{rower} “It will hold,” {phrase} said."), Some("Robert Miller"));
            let two = format!("{rower} Bela Marsh, an engineer, does not.");
            check(&format!("{two} “It will hold,” {phrase} said."), None);
        }
        check(&format!("{rower} “It will hold,” the judge said."), None);
        check(&format!("{rower} “It will hold,” the senator said."), None);
    }

    #[test]
    fn nobody_is_called_what_tells_of_somebody_else() {
        let minister = "Foreign minister Robert Miller came.";
        check(&format!("{minister} “It will hold,” the Florida senator said."), None);
        check("Mary Johnson came. “It will hold,” the businessman said.", None);
        check("Robert Miller met a candidate. “It will hold,” the candidate said.", None);
        check("Robert Miller came. “Mr. Miller may hold it,” the Florida senator said.", None);
    }

    #[test]
    fn a_group_is_called_what_it_is() {
        let amnesty = "Amnesty International says there are 10,000 prisoners.";
        let not_one = "“Not one has been charged,” the human rights group says.";
        check(&format!("{amnesty} {not_one}"), Some("Amnesty International"));
        check(&format!("{amnesty} The World Bank does not. {not_one}"), None);
        check(&format!("{amnesty} Officials said that it lies. {not_one}"), None);
        check(&format!("Robert Miller left for Amnesty International. {not_one}"), None);
        check(&format!("{amnesty} “Not one has been charged,” the group of Robert Miller says."), None);
    }

    #[test]
    fn who_is_named_in_passing_is_called_by_name() {
        let rest = "The town wrote.\n\nIt waited.\n\n“Hate is not enough,” said Robert Miller, a consultant.";
        check(&format!("The dam is old.\n\n{rest}\n\n“It will hold,” the nominee said."), None);
    }
}
