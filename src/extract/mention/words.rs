//! Words that tell what a capitalised name is, or that it is none.

use crate::text::list::WordList;

/// Last (or first) words of the names of organizations, in lower case.
static ORGANIZATION: WordList = WordList::new(include_str!("organizations.txt"));

/// Last (or first) words of the names of places, in lower case.
static PLACE: WordList = WordList::new(include_str!("places.txt"));

/// Words that begin sentences, and days, months and the like, in lower case: alone no name.
static PLAIN: WordList = WordList::new(include_str!("plain.txt"));

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
    }
}
