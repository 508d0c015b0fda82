//! The auxiliaries and pronouns around a verb of saying in other languages than English: "s’est-il indigné", "ha detto",
//! "sagte er".

use super::tongue::Tongue;
use super::words::Word;
use crate::text::{Prose, TokenKind};

const AUXILIARIES: &str = "a ont avait avaient ha hanno aveva avevano è han había habían tem tinha hat haben hatte \
    hatten habe heeft hebben had har hade havde s'est s’est s'était s’était se s'è s’è si l'a l’a m'a m’a n'a n’a nous \
    diye me lui leur le les nos vous";
const HE: &str = "il él ele er hij han он він";
const SHE: &str = "elle ella ela sie zij hon hun она вона";
const THEY: &str = "ils elles ellos ellas eles elas";

/// "il a dit", "a-t-il dit", "er sagte".
pub(super) fn before(prose: &Prose, words: &mut [Word], verb: usize) {
    let mut at = verb;
    while at > 0 && is_one_of(AUXILIARIES, prose, at - 1) {
        at -= 1;
        words[at].bits = Word::AUXILIARY;
    }
    let Some(pronoun) = at.checked_sub(1).and_then(|at| Some((at, pronoun(prose, at)?))) else { return };
    let (mut at, bits) = pronoun;
    words[at].bits = bits;
    // The auxiliary of "a-t-il" stands before the hyphens.
    while at > 0 && prose.tokens[at - 1].span.end == prose.tokens[at].span.begin && verb - at < 6 {
        at -= 1;
        words[at].bits = Word::AUXILIARY;
    }
}

/// "dit-il", "lance-t-elle", "sagte er".
pub(super) fn after(prose: &Prose, words: &mut [Word], behind: usize, tongue: Option<Tongue>) {
    let hyphen = |at: usize| at < words.len() && prose.tokens[at].kind == TokenKind::Mark && prose.word(at) == "-";
    let mut at = behind;
    if hyphen(at) && prose.tokens[at - 1].span.end == prose.tokens[at].span.begin {
        at += 1;
        at += if at + 1 < words.len() && prose.word(at) == "t" && hyphen(at + 1) { 2 } else { 0 };
    }
    if tongue.is_none() && words.get(behind).is_some_and(|word| word.is(Word::CAPITAL)) {
        // "svarade Per Lind": no word of English.
        words[behind].bits = Word::CAPITAL;
    }
    // "Ha detto il sindaco": an article.
    let article = tongue == Some(Tongue::Italian) && at < words.len() && prose.word(at) == "il";
    if let Some(bits) = (at < words.len() && !article).then(|| pronoun(prose, at)).flatten() {
        words[behind..at].iter_mut().for_each(|word| word.bits = Word::ADVERB);
        words[at].bits = bits;
    }
}

fn pronoun(prose: &Prose, at: usize) -> Option<u32> {
    match () {
        () if is_one_of(HE, prose, at) => Some(Word::HE),
        () if is_one_of(SHE, prose, at) => Some(Word::SHE),
        () if is_one_of(THEY, prose, at) => Some(Word::THEY),
        () => None,
    }
}

/// True where the token at `at` is in `list`, or is a word of it with a capital first.
fn is_one_of(list: &str, prose: &Prose, at: usize) -> bool {
    let word = prose.word(at);
    word.len() <= 12 && list.split(' ').any(|entry| entry == word || is_capitalized(word, entry))
}

fn is_capitalized(word: &str, entry: &str) -> bool {
    let (mut letters, mut lower) = (word.chars(), entry.chars());
    let first = letters.next().map(|c| c.to_lowercase().next());
    first.is_some_and(|first| first == lower.next()) && letters.as_str() == lower.as_str()
}
