//! The words that roles are made of, and those beside them.

use crate::text::list::FilteredList;
use crate::text::name::is_title;

/// Nouns that say what a person is or does, in lower case.
static ROLES: FilteredList = FilteredList::new(include_str!("roles.txt"));

/// Lower-case words that stand before such a noun and belong to it.
pub(super) static MODIFIERS: FilteredList = FilteredList::new(include_str!("modifiers.txt"));

/// Forms of address, which say nothing about what somebody does.
const COURTESY: &[&str] = &[
    "dame",
    "dato",
    "datuk",
    "don",
    "doña",
    "dr",
    "frau",
    "haji",
    "hajji",
    "herr",
    "hon",
    "honourable",
    "lady",
    "lord",
    "madam",
    "madame",
    "miss",
    "mlle",
    "mme",
    "monsieur",
    "mr",
    "mrs",
    "ms",
    "mx",
    "señor",
    "señora",
    "sheik",
    "sheikh",
    "shri",
    "sir",
    "smt",
    "sra",
    "sri",
    "syed",
    "tun",
];

/// Nouns that say nothing without whose relative somebody is.
const KIN: &[&str] = &[
    "aunt",
    "brother",
    "colleague",
    "cousin",
    "daughter",
    "fellow",
    "friend",
    "father",
    "grandfather",
    "grandmother",
    "grandson",
    "husband",
    "mother",
    "nephew",
    "niece",
    "parent",
    "partner",
    "relative",
    "sister",
    "son",
    "uncle",
    "widow",
    "widower",
    "wife",
];

/// Every noun that says what a person is or does, in lower case.
pub(in crate::extract) fn nouns() -> impl Iterator<Item = &'static str> {
    ROLES.iter()
}

pub(super) fn is_role(word: &str) -> bool {
    !is_courtesy(word)
        && (ROLES.contains_folded(word) || is_title(word) && word.len() > 1 && !MODIFIERS.contains_folded(word))
}

pub(super) fn is_kin(word: &str) -> bool {
    KIN.contains(&word)
}

pub(super) fn is_courtesy(word: &str) -> bool {
    let word = word.strip_suffix('.').unwrap_or(word);
    word.len() <= 10 && is_capital(word) && COURTESY.contains(&&*word.to_lowercase())
}

pub(super) fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "its"
            | "his"
            | "her"
            | "their"
            | "our"
            | "my"
            | "The"
            | "A"
            | "An"
            | "Its"
            | "His"
            | "Her"
            | "Their"
            | "Our"
            | "My"
    )
}

pub(super) fn is_preposition(word: &str) -> bool {
    matches!(word, "of" | "for" | "at" | "in" | "from" | "to" | "on" | "with" | "by" | "under" | "during" | "based")
}

/// Words with a capital that begin no role: those of dates, and those that begin a sentence or a title-case headline.
pub(super) fn is_function(word: &str) -> bool {
    const WORDS: &[&str] = &[
        "after",
        "and",
        "april",
        "as",
        "at",
        "august",
        "but",
        "by",
        "december",
        "february",
        "for",
        "friday",
        "i",
        "in",
        "january",
        "july",
        "june",
        "march",
        "may",
        "monday",
        "november",
        "october",
        "on",
        "said",
        "saturday",
        "says",
        "september",
        "sunday",
        "this",
        "thursday",
        "tuesday",
        "wednesday",
        "when",
        "while",
        "with",
    ];
    is_determiner(word)
        || is_preposition(word)
        || word.len() <= 9 && WORDS.binary_search(&&*word.to_lowercase()).is_ok()
}

/// True for endings that adjectives have.
pub(super) fn is_adjective(word: &str) -> bool {
    word.len() > 4 && ["al", "ic", "ive", "ary", "ist", "ish", "ese"].iter().any(|ending| word.ends_with(ending))
}

pub(super) fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}
