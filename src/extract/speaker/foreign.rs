//! What stands around a verb of saying in other languages: auxiliaries ("a déclaré", "ha detto", "s'est indigné") and
//! pronouns ("dit-il", "a-t-il ajouté", "sagte er"), and clauses that open with an adverb ("No obstante, agregó"). In an English text the same letters may be other words, so that they
//! count only next to such a verb.

use super::words::Word;
use crate::extract::cue::{CueClass, CueForm};
use crate::text::{Prose, TokenKind};

const AUXILIARIES: &str = "a ont avait avaient ha hanno aveva avevano è han había habían tem tinha hat haben hatte \
    hatten habe heeft hebben had har hade havde s'est s’est s'était s’était se s'è s’è si l'a l’a m'a m’a n'a n’a nous \
    diye me lui leur le les nos vous";
const HE: &str = "il él ele er hij han он він";
const SHE: &str = "elle ella ela sie zij hon hun она вона";

/// Marks the auxiliaries and pronouns around the foreign verbs of saying among `words`.
pub(super) fn frame(prose: &Prose, words: &mut [Word]) {
    for at in 0..words.len() {
        if is_german_so(prose, words, at) {
            words[at] = Word { bits: Word::FOREIGN, cue: Some((CueClass::Say, CueForm::Finite)), ..words[at] };
        }
        if words[at].is(Word::FOREIGN) {
            before(prose, words, at);
            after(prose, words, at + 1);
        }
    }
    if words.iter().any(|word| word.is(Word::FOREIGN)) {
        (0..words.len()).for_each(|at| mark_opening(prose, words, at));
    }
}

/// Takes "No obstante," and the like, with which a clause begins, for no noun phrase.
fn mark_opening(prose: &Prose, words: &mut [Word], at: usize) {
    const OPENINGS: [&[&str]; 20] = [
        &["no", "obstante"],
        &["sin", "embargo"],
        &["además"],
        &["asimismo"],
        &["en", "tanto"],
        &["por", "su", "parte"],
        &["por", "otra", "parte"],
        &["al", "respecto"],
        &["en", "ese", "sentido"],
        &["en", "este", "sentido"],
        &["no", "entanto"],
        &["além", "disso"],
        &["porém"],
        &["cependant"],
        &["toutefois"],
        &["par", "ailleurs"],
        &["en", "revanche"],
        &["inoltre"],
        &["tuttavia"],
        &["außerdem"],
    ];
    if !words[at].is(Word::CAPITAL) {
        return;
    }
    let is_word = |at: usize, word: &str| at < words.len() && prose.word(at).to_lowercase() == word;
    let comma = |at: usize| words.get(at).is_some_and(|word| word.is(Word::COMMA));
    let fits =
        |opening: &&&[&str]| comma(at + opening.len()) && opening.iter().zip(at..).all(|(word, at)| is_word(at, word));
    if let Some(opening) = OPENINGS.iter().find(fits) {
        words[at..at + opening.len()].iter_mut().for_each(|word| word.bits = Word::ADVERB);
    }
}

/// `“Es ist vorbei“, so Anna Schmidt`: behind German marks, and before a capital, "so" says.
fn is_german_so(prose: &Prose, words: &[Word], at: usize) -> bool {
    let closes = |mark: usize| matches!(prose.word(mark), "“" | "«") && mark > 0 && !words[mark - 1].is(Word::COLON);
    let comma = at > 1 && words[at - 1].is(Word::COMMA);
    prose.word(at) == "so" && comma && closes(at - 2) && words.get(at + 1).is_some_and(|next| next.is(Word::CAPITAL))
}

/// "il a dit", "a-t-il dit", "er sagte".
fn before(prose: &Prose, words: &mut [Word], verb: usize) {
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
fn after(prose: &Prose, words: &mut [Word], behind: usize) {
    let hyphen = |at: usize| at < words.len() && prose.tokens[at].kind == TokenKind::Mark && prose.word(at) == "-";
    let mut at = behind;
    if hyphen(at) && prose.tokens[at - 1].span.end == prose.tokens[at].span.begin {
        at += 1;
        at += if at + 1 < words.len() && prose.word(at) == "t" && hyphen(at + 1) { 2 } else { 0 };
    }
    if words.get(behind).is_some_and(|word| word.is(Word::CAPITAL)) {
        // "svarade Per Lind": no word of English.
        words[behind].bits = Word::CAPITAL;
    }
    if let Some(bits) = (at < words.len()).then(|| pronoun(prose, at)).flatten() {
        words[behind..at].iter_mut().for_each(|word| word.bits = Word::ADVERB);
        words[at].bits = bits;
    }
}

fn pronoun(prose: &Prose, at: usize) -> Option<u32> {
    match () {
        () if is_one_of(HE, prose, at) => Some(Word::HE),
        () if is_one_of(SHE, prose, at) => Some(Word::SHE),
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

#[cfg(test)]
mod tests {
    use crate::extract::annotate;

    /// Each quote of `text` as "words < speaker's name".
    #[track_caller]
    fn check(text: &str, language: &str, expect: &[&str]) {
        let found = annotate(text, Some(language));
        let told = found.quotes.iter().map(|quote| {
            let name = quote.speaker.as_ref().and_then(|speaker| speaker.name.as_deref());
            format!("{} < {}", quote.words(text), name.unwrap_or("?"))
        });
        assert_eq!(told.collect::<Vec<_>>(), expect, "in {text:?}");
    }

    #[test]
    fn auxiliaries_are_no_speakers() {
        check(
            "« Nous partirons », a déclaré Anne Dupont. « Ce n’est pas vrai », lui a répondu Paul Martin.",
            "fr",
            &["« Nous partirons » < Anne Dupont", "« Ce n’est pas vrai » < Paul Martin"],
        );
        check(
            "«Questo bilancio è uno scherzo», ha detto Anna Rossi. «Non è vero», ha risposto Paolo Bianchi.",
            "it",
            &["«Questo bilancio è uno scherzo» < Anna Rossi", "«Non è vero» < Paolo Bianchi"],
        );
    }

    #[test]
    fn an_adverb_that_opens_a_clause_is_no_speaker() {
        check(
            "Ana Torres advirtió del riesgo.\n\nNo obstante, agregó, “el sector se beneficiará del fondo este año”.",
            "es",
            &["“el sector se beneficiará del fondo este año” < Ana Torres"],
        );
    }

    #[test]
    fn pronouns_stand_before_and_after_the_verb() {
        check(
            "« Nous partirons », a déclaré Anne Dupont, maire de Lyon. « Il faut agir », a-t-elle ajouté.",
            "fr",
            &["« Nous partirons » < Anne Dupont", "« Il faut agir » < Anne Dupont"],
        );
    }
}
