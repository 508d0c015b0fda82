//! Words that tell what a capitalised name is, or that it is none.

use crate::text::list::WordList;

/// Last (or first) words of the names of organizations, in lower case.
static ORGANIZATION: WordList = WordList::new(include_str!("organizations.txt"));

/// Last (or first) words of the names of places, in lower case.
static PLACE: WordList = WordList::new(include_str!("places.txt"));

/// Words that begin sentences, and days, months and the like, in lower case: alone no name.
static PLAIN: WordList = WordList::new(include_str!("plain.txt"));

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        assert!([ORGANIZATION, PLACE, PLAIN].into_iter().all(WordList::is_sorted), "binary search needs order");
        assert!(is_organization("Ministry") && is_place("Province") && is_plain("The") && !is_plain("Khan"));
        assert!(is_german_office("innenministerin") && !is_german_office("stadtrat"));
    }
}
