//! What a name is compared by: its words without what print varies in.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use xxhash_rust::xxh3::xxh3_64;

use crate::text::name::{full_given_name, is_particle, is_suffix, is_title};

/// One word of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    /// As printed.
    pub(super) text: &'a str,
    /// Equal for words that differ only in case, accents, apostrophes, stops and the article "al-".
    pub(super) key: u64,
    /// Equal, beside that, for usual transliterations of one name ("Mohammed", "Muhammad").
    pub(super) sound: u64,
    /// Equal for a given name and its usual short form ("Charles", "Chuck"), else as `sound`.
    pub(super) given: u64,
    /// It is such a short form.
    pub(super) is_short: bool,
    /// The initial that it begins with.
    pub(super) initial: u64,
    /// Nothing but that initial.
    pub(super) is_initial: bool,
}

/// A name in the parts that count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Name<'a> {
    /// Titles that the name begins with.
    pub(super) titles: Vec<&'a str>,
    /// Words without titles, particles ("bin", "de") and suffixes ("Jr.").
    pub(super) words: Vec<Word<'a>>,
    /// The particle that the name begins with, which may be a given name: "Al", "Ben", "Van".
    pub(super) opening: Option<Word<'a>>,
    /// The name ends in "Jr."
    pub(super) is_junior: bool,
    /// The last word is said to be the father's name: "bin Sarwar".
    pub(super) is_patronymic: bool,
    /// Equal for names that differ only in case, accents, spaces, hyphens, apostrophes and stops.
    pub(super) whole: u64,
}

/// Takes a person's name apart.
pub(super) fn person(name: &str) -> Name<'_> {
    // Square brackets are an editor's.
    let plain = name.split(['[', ']']).flat_map(str::split_whitespace);
    let mut parts: Vec<&str> = plain.collect();
    let mut is_junior = false;
    while parts.len() > 1 && is_suffix(parts[parts.len() - 1].trim_end_matches(',')) {
        is_junior |= parts.pop().is_some_and(|suffix| matches!(suffix, "Jr" | "Jr." | "Jnr" | "Jnr."));
    }
    let titles = parts.iter().take(parts.len().saturating_sub(1)).take_while(|part| is_title(part)).count();
    let titles: Vec<&str> = parts.drain(..titles).collect();
    let whole = hash(parts.iter().copied()) ^ u64::from(is_junior);
    let is_patronymic = parts.iter().rev().nth(1).is_some_and(|part| is_son_of(part));
    // What ends a name is its surname, whatever it means elsewhere: "Arjen Los".
    let joins = |at: usize| at + 1 < parts.len() && is_particle(parts[at]);
    let words: Vec<Word> = (0..parts.len()).filter(|&at| !joins(at)).map(|at| word(parts[at])).collect();
    let opening = parts.first().filter(|part| joins(0) && part.starts_with(char::is_uppercase)).map(|part| word(part));
    Name { titles, words, opening, is_junior, is_patronymic, whole }
}

/// True for "son of" and "daughter of": who is so named is never called by the father's name alone.
fn is_son_of(particle: &str) -> bool {
    ["bin", "ibn", "bint", "binte", "binti"].iter().any(|word| word.eq_ignore_ascii_case(particle))
}

/// The key of any other name: without the leading "the", case, accents, spaces, hyphens, apostrophes and stops.
pub(super) fn thing(name: &str) -> u64 {
    let bare = strip_the(name);
    hash(bare.split_whitespace())
}

/// `name` without a leading "the".
pub(super) fn strip_the(name: &str) -> &str {
    match name.get(..4) {
        Some(start) if start.eq_ignore_ascii_case("the ") => name[4..].trim_start(),
        _ => name,
    }
}

/// The key of one word.
pub(super) fn word(text: &str) -> Word<'_> {
    let mut letters = Vec::with_capacity(text.len());
    fold(strip_article(text), &mut letters);
    let first = text.chars().next().map_or(0, |c| u64::from(u32::from(c)));
    let is_initial = text.chars().filter(|c| c.is_alphanumeric()).count() == 1;
    let sounds = sound(&letters);
    let full = full_given_name(text);
    let given = full.map_or(sounds, |full| sound(full.as_bytes()));
    Word { text, key: xxh3_64(&letters), sound: sounds, given, is_short: full.is_some(), initial: first, is_initial }
}

/// A word without the Arabic article: "al-Assad" is "Assad".
fn strip_article(text: &str) -> &str {
    match text.get(..3) {
        Some(start) if text.len() > 5 && (start.eq_ignore_ascii_case("al-") || start.eq_ignore_ascii_case("el-")) => {
            &text[3..]
        }
        _ => text,
    }
}

fn hash<'a>(words: impl Iterator<Item = &'a str>) -> u64 {
    let mut folded = Vec::with_capacity(64);
    words.for_each(|word| fold(word, &mut folded));
    xxh3_64(&folded)
}

/// Appends the bytes of `text` in lower case, without accents and without marks.
fn fold(text: &str, folded: &mut Vec<u8>) {
    if text.is_ascii() {
        folded.extend(text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()));
        return;
    }
    let letters = text.nfd().filter(|&c| !is_combining_mark(c) && c.is_alphanumeric()).flat_map(char::to_lowercase);
    letters.for_each(|c| folded.extend(c.encode_utf8(&mut [0; 4]).as_bytes()));
}

/// What stays of a word over its usual transliterations: vowels inside it are told apart only as "a" (a, e), "u" (o, u)
/// and "i" (i, y), and double letters are single. The last letter stays, as it tells Mario from Maria.
fn sound(letters: &[u8]) -> u64 {
    let mut kept: Vec<u8> = Vec::with_capacity(letters.len());
    for (at, &letter) in letters.iter().enumerate() {
        let letter = match letter {
            b'e' if at + 1 < letters.len() => b'a',
            b'o' if at + 1 < letters.len() => b'u',
            b'y' => b'i',
            other => other,
        };
        if kept.last() != Some(&letter) {
            kept.push(letter);
        }
    }
    xxh3_64(&kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_apart() {
        let check = |name, titles: &[&str], words: &[&str]| {
            let found = person(name);
            assert_eq!(
                (found.titles.as_slice(), found.words.iter().map(|word| word.text).collect()),
                (titles, words.to_vec())
            );
        };
        check("Lt. Gen. Ada Okwu", &["Lt.", "Gen."], &["Ada", "Okwu"]);
        check("Khalid bin Sarwar", &[], &["Khalid", "Sarwar"]);
        check("Robert Tolle Jr.", &[], &["Robert", "Tolle"]);
        check("King", &[], &["King"]);
        check("Arjen Los", &[], &["Arjen", "Los"]);
    }

    #[test]
    fn what_print_varies_in_does_not_count() {
        let same = |left, right| assert_eq!(thing(left), thing(right), "{left} {right}");
        same("the U.S.", "US");
        same("Côte d’Ivoire", "Cote d'Ivoire");
        same("Al-Shabaab", "Al Shabaab");
        assert_ne!(thing("Theory"), thing("ory"));
        assert_eq!(person("Okon Suk-yeol").whole, person("Okon Suk Yeol").whole);
        assert_eq!(word("al-Assad").key, word("Assad").key);
    }

    #[test]
    fn transliterations_sound_alike() {
        let same = |left, right| assert_eq!(word(left).sound, word(right).sound, "{left} {right}");
        same("Mohammed", "Muhammad");
        same("Hussein", "Hussain");
        same("Zelensky", "Zelenskyy");
        assert_ne!(word("Mario").sound, word("Maria").sound);
        assert_ne!(word("Marie").sound, word("Maria").sound);
    }
}
