//! Words that tell what a capitalised name is, or that it is none.

use crate::text::list::{FilteredList, folded};

/// Last (or first) words of the names of organizations, in lower case.
static ORGANIZATION: FilteredList = FilteredList::new(include_str!("organizations.txt"));

/// Last (or first) words of the names of places, in lower case.
static PLACE: FilteredList = FilteredList::new(include_str!("places.txt"));

/// Words that begin sentences, and days, months and the like, in lower case: alone no name.
static PLAIN: FilteredList = FilteredList::new(include_str!("plain.txt"));

/// How German nouns end that are no names.
const NOUNS: [&str; 9] = ["ung", "ungen", "heit", "keit", "schaft", "ismus", "tion", "ministerium", "gericht"];

/// Things that are named after somebody, in lower case: "Hospital Carlos Haya".
const NAMED_AFTER: &str = "hospital fundación calle plaza avenida estadio premio colegio instituto teatro museo aeropuerto \
    paseo centro palacio rue place avenue boulevard lycée collège stade hôpital prix fondation théâtre musée aéroport \
    institut via viale piazza corso stadio ospedale fondazione istituto museo liceo aeroporto palazzo rua praça estádio \
    colégio prêmio fundação museu teatro aeroporto escola platz straße allee stiftung";

/// How German words for offices end.
const GERMAN_OFFICES: [&str; 24] = [
    "präsident",
    "präsidentin",
    "minister",
    "ministerin",
    "sprecher",
    "sprecherin",
    "chef",
    "chefin",
    "meister",
    "meisterin",
    "leiter",
    "leiterin",
    "trainer",
    "trainerin",
    "experte",
    "expertin",
    "direktor",
    "direktorin",
    "kanzler",
    "kanzlerin",
    "vorsitzende",
    "forscher",
    "anwalt",
    "politikerin",
];

/// True for a German word, in lower case, that is what somebody does: "innenministerin".
pub(in crate::extract) fn is_german_office(word: &str) -> bool {
    GERMAN_OFFICES.iter().any(|office| word.ends_with(office))
}

/// True for a word that makes a name that of an organization.
pub(super) fn is_organization(word: &str) -> bool {
    ORGANIZATION.contains_folded(word)
}

/// True for a word that makes a name that of a place.
pub(super) fn is_place(word: &str) -> bool {
    PLACE.contains_folded(word)
}

/// True for a word that is capitalised where it begins a sentence, or as a date, and is alone no name.
pub(super) fn is_plain(word: &str) -> bool {
    PLAIN.contains_folded(word)
}

/// True for a thing that is named after somebody.
pub(super) fn names_after(word: &str) -> bool {
    let word = folded(word);
    NAMED_AFTER.split_whitespace().any(|thing| thing == word)
}

/// True for a German word that is a noun by its ending.
pub(super) fn is_noun(word: &str) -> bool {
    NOUNS.iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!([&ORGANIZATION, &PLACE, &PLAIN].into_iter().all(FilteredList::is_sorted), "binary search needs order");
        assert!(is_organization("Ministry") && is_place("Province") && is_plain("The") && !is_plain("Khan"));
        assert!(is_german_office("innenministerin") && !is_german_office("stadtrat"));
    }
}
