//! Whether a text goes to the finder for English.

use crate::text::{Prose, TokenKind};

/// Frequent words of English that few other languages have.
const ENGLISH: &[&str] = &[
    "about", "after", "and", "are", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "his", "it",
    "its", "not", "of", "results", "said", "she", "than", "that", "the", "their", "they", "this", "to", "was", "were",
    "which", "who", "will", "with", "would",
];

/// Frequent words of other languages in Latin letters that English lacks.
const OTHER: &[&str] = &[
    "auf", "av", "bir", "che", "con", "da", "dan", "dans", "das", "de", "del", "dem", "den", "der", "des", "det", "di",
    "die", "do", "du", "een", "ein", "eine", "el", "em", "en", "er", "est", "et", "het", "i", "il", "ist", "je", "la",
    "las", "le", "les", "los", "med", "mit", "na", "nie", "och", "og", "os", "para", "per", "por", "que", "se", "som",
    "sur", "um", "una", "und", "une", "van", "ve", "von", "y", "yang", "z", "zu",
];

/// Most words that are looked at.
const SAMPLE: usize = 400;

/// Fewest words that tell a language: less is taken for English where its letters are Latin.
const ENOUGH: usize = 12;

/// True for a text of Latin letters that `told`, the code of its language, says is English, or that reads like English
/// more than like any other: tables of results have so few words that no guess at their language is worth much.
pub(super) fn is_english(prose: &Prose, told: Option<&str>) -> bool {
    if told.is_some_and(|code| code == "en" || code.starts_with("en-")) {
        return true;
    }
    let words = || prose.tokens.iter().filter(|token| token.kind == TokenKind::Word).take(SAMPLE);
    let words = || words().map(|token| token.span.of(prose.text));
    let all = words().count();
    let latin = words().filter(|word| word.chars().next().is_some_and(|c| c < '\u{250}')).count();
    let english = words().filter(|word| ENGLISH.contains(word)).count();
    let other = words().filter(|word| OTHER.contains(word)).count();
    let reads = english * 12 >= all || english > other && other * 20 < all;
    latin * 2 > all && (reads || told.is_none() && (all < ENOUGH || english + other == 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_frequent_words() {
        let check = |text, told, expect| assert_eq!(is_english(&Prose::new(text), told), expect, "{text}");
        check("Mayor opens bridge", None, true);
        check("The mayor opened a bridge over the river, and the people of the town came to see it.", None, true);
        check(
            "TARN BEAT TORROW. Tarn beat Torrow 5-0 in the second round of the cup, Okwu 12, Tolle 80.",
            Some("de"),
            true,
        );
        check("El alcalde abrió un puente sobre el río y la gente del pueblo vino a verlo por la tarde.", None, false);
        check("Der Bürgermeister hat eine Brücke über den Fluss eröffnet und die Leute kamen.", Some("de"), false);
        check("Pormestari avasi sillan joen yli ja kaupungin väki tuli katsomaan sitä", Some("fi"), false);
        check("Мэр открыл мост", None, false);
        check("市長", None, false);
    }
}
