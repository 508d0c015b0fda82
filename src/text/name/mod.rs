//! The parts of a person's name: titles, particles, suffixes, given names and the gender they tell.
//!
//! `female.txt` and `male.txt` hold given names of which at least nine in ten bearers are of that gender: those of the
//! 1990 census of the United States (public domain), and names usual elsewhere. A name used for both is in neither.
//! `abroad.txt` has further names of the continent of Europe and of Latin America, each with its gender; those that are
//! words or places as well are left out.

mod title;

pub use title::{gender_of_title, is_sovereign, is_title};

use super::list::{FilteredList, with_folded};

static FEMALE: FilteredList = FilteredList::new(include_str!("female.txt"));
static MALE: FilteredList = FilteredList::new(include_str!("male.txt"));

/// Each line has a given name and `f`, `m`, or `-` where both bear it.
static ABROAD: FilteredList = FilteredList::new(include_str!("abroad.txt"));

/// Each line has a short name and the given name that it mostly stands for.
static NICKNAMES: FilteredList = FilteredList::new(include_str!("nicknames.txt"));

/// The gender that a name or a title tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Gender {
    /// She.
    Female,
    /// He.
    Male,
}

/// The gender of most bearers of the given name `name`, in any case; `None` where it is unknown or used for both.
///
/// A double name ("Jean-Claude") goes by the whole, then by its first part.
///
/// ```
/// use newsdex::text::name::{Gender, gender_of_given_name};
/// assert_eq!(gender_of_given_name("Fatima"), Some(Gender::Female));
/// assert_eq!(gender_of_given_name("ROBERT"), Some(Gender::Male));
/// assert_eq!(gender_of_given_name("Kim"), None);
/// ```
pub fn gender_of_given_name(name: &str) -> Option<Gender> {
    if FEMALE.contains_folded(name) {
        Some(Gender::Female)
    } else if MALE.contains_folded(name) {
        Some(Gender::Male)
    } else {
        name.split_once('-').and_then(|(first, _)| gender_of_given_name(first))
    }
}

/// True for a given name of any of the lists, in a text of another language than English. A double name goes by the whole,
/// then by its first part.
pub fn is_given_name_abroad(name: &str) -> bool {
    gender_of_given_name(name).is_some() || abroad(name).is_some()
}

/// As [`gender_of_given_name`], for a text of another language than English.
pub fn gender_of_given_name_abroad(name: &str) -> Option<Gender> {
    gender_of_given_name(name).or_else(|| match abroad(name)? {
        "f" => Some(Gender::Female),
        "m" => Some(Gender::Male),
        _ => None,
    })
}

/// What `abroad.txt` tells of `name`.
fn abroad(name: &str) -> Option<&'static str> {
    with_folded(name, |name| ABROAD.value(name)).or_else(|| abroad(name.split_once('-')?.0))
}

/// The given name that a usual short form stands for, in lower case: "charles" for "Chuck".
pub fn full_given_name(short: &str) -> Option<&'static str> {
    with_folded(short, |short| NICKNAMES.value(short))
}

/// The gender that the full name `name` tells ("Mrs. Okafor", "Khalid Zadran"): by its title, else by its given name.
/// One word alone tells nothing without a title, as it may be a surname.
///
/// Where the last word is two given names ("Chan Lik-sam"), the first is a surname, which tells nothing.
pub fn gender_of_name(name: &str) -> Option<Gender> {
    let last = name.rsplit(' ').next().unwrap_or_default();
    let surname_first = last.split_once('-').is_some_and(|(_, second)| second.starts_with(char::is_lowercase));
    let mut words = name.split_whitespace().peekable();
    while let Some(word) = words.next() {
        if let Some(gender) = gender_of_title(word) {
            return Some(gender);
        }
        if !is_title(word) {
            return words.peek().filter(|_| !surname_first).and_then(|_| gender_of_given_name(word));
        }
    }
    None
}

/// True for a word that joins the parts of a name and is often lower case: "de", "van", "bin", "al".
pub fn is_particle(word: &str) -> bool {
    const PARTICLES: &[&str] = &[
        "abu", "af", "al", "as", "ben", "bin", "binte", "binti", "bint", "d", "da", "dal", "dalla", "das", "de",
        "degli", "del", "della", "den", "der", "di", "dos", "du", "e", "el", "ibn", "la", "las", "le", "los", "lo",
        "o", "san", "st", "ter", "ul", "ur", "van", "vander", "ver", "von", "y", "zu",
    ];
    word.len() <= 6 && PARTICLES.iter().any(|particle| particle.eq_ignore_ascii_case(word))
}

/// True for what follows a name and is no part of the surname: "Jr", "III", "MP".
pub fn is_suffix(word: &str) -> bool {
    const SUFFIXES: &[&str] = &["Jr", "Jnr", "Sr", "Snr", "II", "III", "IV", "PhD", "Esq", "MP", "MD", "QC", "KC"];
    SUFFIXES.contains(&word.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_apart() {
        for list in [&FEMALE, &MALE, &NICKNAMES, &ABROAD] {
            assert!(list.is_sorted(), "binary search needs order");
        }
        assert!(FEMALE.iter().all(|name| !MALE.contains(name)));
    }

    #[test]
    fn given_names_of_other_languages() {
        let check = |name, expect| assert_eq!(gender_of_given_name_abroad(name), expect, "{name}");
        check("Karsten", Some(Gender::Male));
        check("BÄRBEL", Some(Gender::Female));
        check("Karsten-Uwe", Some(Gender::Male));
        check("Mary", Some(Gender::Female));
        check("Andrea", None);
        check("Karst", None);
        assert!(is_given_name_abroad("Andrea") && !is_given_name_abroad("Polizei") && !is_given_name_abroad(""));
        let known = |line: &str| line.split_once(' ').is_some_and(|(name, _)| gender_of_given_name(name).is_some());
        assert!(!ABROAD.iter().any(known), "no name is in two lists");
    }

    #[test]
    fn short_forms_of_given_names() {
        let check = |short, expect| assert_eq!(full_given_name(short), expect, "{short}");
        check("Chuck", Some("charles"));
        check("Abe", Some("abraham"));
        check("Zach", Some("zachary"));
        check("Charles", None);
        check("Ch", None);
        check("Zz", None);
    }

    #[test]
    fn gender_of_a_whole_name() {
        let check = |name, expect| assert_eq!(gender_of_name(name), expect, "{name}");
        check("Chan Lik-sam", None);
        check("Khalid Zadran", Some(Gender::Male));
        check("Prime Minister Jacinda Ardern", Some(Gender::Female));
        check("Mrs. Okafor", Some(Gender::Female));
        check("Gen. Morgan", None);
        check("Mary", None);
        check("Jean-Claude Biver", Some(Gender::Male));
        check("Anne-Marie Duff", Some(Gender::Female));
    }
}
