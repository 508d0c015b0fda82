//! Words before a person's name that are no part of it.

use super::Gender;
use crate::text::list::{FilteredList, folded};

/// Words that can stand in a title before a name, in lower case and without the final stop. A title of
/// several words ("deputy foreign minister") is made of such words.
static TITLES: FilteredList = FilteredList::new(include_str!("titles.txt"));

/// Titles that are used with a given name and taken as part of it: "Pope Francis", "Queen Elizabeth".
const SOVEREIGN: &[&str] = &["emperor", "king", "pope", "prince", "princess", "queen", "saint", "sultan"];

const FEMALE: &[&str] = &[
    "baroness",
    "bundeskanzlerin",
    "chairwoman",
    "congresswoman",
    "councilwoman",
    "countess",
    "dame",
    "doña",
    "duchess",
    "frau",
    "hajjah",
    "lady",
    "madam",
    "madame",
    "maharani",
    "miss",
    "mlle",
    "mme",
    "mother",
    "mrs",
    "ms",
    "presidenta",
    "princess",
    "présidente",
    "präsidentin",
    "queen",
    "sheikha",
    "sister",
    "smt",
    "sra",
    "señora",
];

const MALE: &[&str] = &[
    "archbishop",
    "ayatollah",
    "baron",
    "bishop",
    "brother",
    "cardinal",
    "chairman",
    "congressman",
    "councilman",
    "count",
    "don",
    "duke",
    "emir",
    "emperor",
    "father",
    "herr",
    "imam",
    "king",
    "lord",
    "maharaja",
    "maulana",
    "maulvi",
    "mawlawi",
    "monsieur",
    "monsignor",
    "mr",
    "msgr",
    "mufti",
    "mullah",
    "pope",
    "prince",
    "qari",
    "shaikh",
    "sheik",
    "sheikh",
    "shri",
    "sir",
    "señor",
];

/// True where `word` can stand in a title before a name, with or without its final stop.
pub fn is_title(word: &str) -> bool {
    TITLES.contains(&bare(word))
}

/// True for a title that is used with a given name and kept in the name: "Pope", "Queen".
pub fn is_sovereign(word: &str) -> bool {
    SOVEREIGN.contains(&&*bare(word))
}

/// The gender that a title tells.
pub fn gender_of_title(word: &str) -> Option<Gender> {
    let word = bare(word);
    if FEMALE.contains(&&*word) { Some(Gender::Female) } else { MALE.contains(&&*word).then_some(Gender::Male) }
}

fn bare(word: &str) -> std::borrow::Cow<'_, str> {
    folded(word.strip_suffix('.').unwrap_or(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_with_and_without_stop() {
        assert!(["Mr.", "Mr", "GEN.", "Prime", "Sheikh", "sen", "Señora"].into_iter().all(is_title));
        assert!(!["Khan", "Ministry", "Presidential", ""].into_iter().any(is_title));
    }

    #[test]
    fn gendered_titles_are_titles() {
        for word in FEMALE.iter().chain(MALE).chain(SOVEREIGN) {
            assert!(is_title(word), "{word}");
        }
        assert_eq!(gender_of_title("Mrs."), Some(Gender::Female));
        assert_eq!(gender_of_title("Sheikh"), Some(Gender::Male));
        assert_eq!(gender_of_title("Gen."), None);
    }
}
