//! Whether a text of which nothing else is known is English.

use crate::text::{Prose, TokenKind};

/// Frequent words of English that few other languages have.
const FREQUENT: &[&str] = &[
    "and", "are", "be", "but", "by", "for", "from", "has", "have", "he", "his", "it", "not", "of", "said", "that",
    "the", "their", "they", "this", "to", "which", "who", "will", "with",
];

/// Most words that are looked at.
const SAMPLE: usize = 400;

/// Fewest words that tell a language: less is taken for English where its letters are Latin.
const ENOUGH: usize = 12;

/// True for a text of Latin letters with the frequent words of English, or too short to tell.
pub(super) fn looks_english(prose: &Prose) -> bool {
    let words = || prose.tokens.iter().filter(|token| token.kind == TokenKind::Word).take(SAMPLE);
    let words = || words().map(|token| token.span.of(prose.text));
    let latin = words().filter(|word| word.chars().next().is_some_and(|c| c < '\u{250}')).count();
    let frequent = words().filter(|word| FREQUENT.contains(&&*word.to_ascii_lowercase())).count();
    let all = words().count();
    latin * 2 > all && (all < ENOUGH || frequent * 12 >= all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_by_their_frequent_words() {
        let check = |text, expect| assert_eq!(looks_english(&Prose::new(text)), expect, "{text}");
        check("Mayor opens bridge", true);
        check("The mayor opened a bridge over the river, and the people of the town came to see it.", true);
        check("El alcalde abrió un puente sobre el río y la gente del pueblo vino a verlo por la tarde.", false);
        check("Der Bürgermeister hat eine Brücke über den Fluss eröffnet und die Leute kamen, um sie zu sehen.", false);
        check("Мэр открыл мост", false);
        check("市長", false);
    }
}
