//! What stands around a verb of saying in other languages: auxiliaries ("a déclaré", "ha detto", "s'est indigné") and
//! pronouns ("dit-il", "a-t-il ajouté", "sagte er"). In an English text the same letters may be other words, so that they
//! count only next to such a verb. In a text of a [`Tongue`], every small word is what it is there.

use std::collections::HashSet;

use super::candidate::Kind;
use super::inflection::{after, before};
use super::scene::{Cue, NONE, Scene};
use super::tongue::{self, Tongue};
use super::words::Word;
use crate::extract::EntityKind;
use crate::extract::cue::{self, CueClass, CueForm};
use crate::text::Prose;

/// Owners, whose minister is not the minister.
const OWNERS: &str = "su sus mi mis nuestro nuestra seu sua seus suas suo sua suoi sue son sa ses leur leurs notre nos sein \
    seine seinem seinen ihr ihre ihrem ihren unser unsere";

/// What says something.
const SAYS: Option<(CueClass, CueForm)> = Some((CueClass::Say, CueForm::Finite));
/// Most tokens between a verb and its subject, and between a role and the name apposed to it.
const PHRASE: usize = 24;

/// Marks the auxiliaries and pronouns around the foreign verbs of saying among `words`, and in a text of a `tongue` what
/// each word is.
pub(super) fn frame(prose: &Prose, words: &mut [Word], tongue: Option<Tongue>) {
    if let Some(tongue) = tongue {
        translate(prose, words, tongue);
    }
    for at in 0..words.len() {
        if is_german_so(prose, words, at, tongue) {
            words[at] = Word { bits: Word::FOREIGN, cue: SAYS, ..words[at] };
        }
        if words[at].is(Word::FOREIGN) {
            before(prose, words, at);
            after(prose, words, at + 1, tongue);
        }
    }
    match tongue {
        Some(tongue) => (0..words.len()).for_each(|at| mark_phrases(prose, words, at, tongue)),
        None if words.iter().any(|word| word.is(Word::FOREIGN)) => {
            (0..words.len()).for_each(|at| mark_opening(prose, words, at));
        }
        None => {}
    }
}

/// Makes each of `words` what it is in `tongue`, whatever the same letters are in English.
fn translate(prose: &Prose, words: &mut [Word], tongue: Tongue) {
    for at in 0..words.len() {
        if words[at].is(Word::MARK) {
            continue;
        }
        let text = prose.word(at);
        let mut bits = tongue.bits(text);
        let said = at > 0 && words[at - 1].is(Word::QUOTE | Word::DASH)
            || at > 1 && words[at - 1].is(Word::COMMA) && words[at - 2].is(Word::QUOTE)
            // « Non, pointe Anne Dupont. »
            || tongue == Tongue::French
                && at > 0
                && words[at - 1].is(Word::COMMA)
                && words.get(at + 1).is_some_and(|next| next.is(Word::CAPITAL));
        if said && tongue.is_inserted(text) {
            bits = Word::FOREIGN;
        }
        // "Porte-parole", "porta-voz".
        if matches!(text, "parole" | "voz") && at > 0 && words[at - 1].is(Word::DASH) {
            bits = Word::PERSON;
        }
        // Behind a noun or a mark "der" is a genitive: "der Sprecher der Stadt".
        let noun = || {
            let before = at.checked_sub(1).map_or(Word::default(), |at| words[at]);
            before.is(Word::QUOTE) || before.is(Word::CAPITAL) && !before.is(Word::FOREIGN | Word::DETERMINER)
        };
        if tongue == Tongue::German && text == "der" && noun() && !is_after_subject(words, at - 1) {
            bits = Word::PREPOSITION | Word::DETERMINER;
        }
        let hash = match tongue.article(text) {
            Some(article) => cue::hash(article),
            None if bits & Word::FOREIGN != 0 => cue::hash("said"),
            None => words[at].hash,
        };
        let cue = if bits & Word::FOREIGN == 0 { None } else { SAYS };
        words[at] = Word { bits: words[at].bits & (Word::CAPITAL | Word::NUMBER) | bits, cue, hash };
    }
}

/// True where the noun at `noun` is the subject or object right behind a verb of saying, to which a dative may follow:
/// "sagte Weber der Zeitung".
fn is_after_subject(words: &[Word], noun: usize) -> bool {
    (noun.saturating_sub(2)..noun).any(|at| words[at].is(Word::FOREIGN)) && !words[noun].is(Word::ROLE)
}

/// Marks "sin embargo", "de acuerdo con", "el lunes" and the like, which begin at `at`.
fn mark_phrases(prose: &Prose, words: &mut [Word], at: usize, tongue: Tongue) {
    if let Some(length) = Tongue::opening(prose, at) {
        words[at..at + length].iter_mut().for_each(|word| word.bits = Word::ADVERB);
    }
    if let Some(length) = tongue.according(prose, at) {
        let last = at + length - 1;
        let next = words.get(last + 1).copied().unwrap_or_default();
        words[at..last].iter_mut().for_each(|word| word.bits = Word::ADVERB);
        let who = next.is(Word::DETERMINER | Word::CAPITAL | Word::ROLE | Word::PREPOSITION) && next.cue.is_none();
        words[last].bits = if who { Word::FOREIGN } else { Word::ADVERB };
        words[last].cue = who.then_some((CueClass::According, CueForm::Finite));
    }
    if words[at].is(Word::TIME) {
        let small = |word: Word| word.is(Word::DETERMINER | Word::PREPOSITION);
        let first = (at.saturating_sub(2)..at).rev().take_while(|&at| small(words[at])).last().unwrap_or(at);
        words[first..=at].iter_mut().for_each(|word| word.bits = Word::ADVERB);
    }
}

/// The subject of the verb of saying at `verb`, where `left` (over an apposition or not) and `right` stand next to it: a
/// phrase behind a preposition is none, and neither is a word without an article that is no name.
pub(super) fn subject(
    scene: &Scene,
    verb: usize,
    (left, apposition): (Option<usize>, bool),
    right: Option<usize>,
) -> (Option<usize>, bool, Option<usize>) {
    let right = right.filter(|&one| is_subject(scene, one)).or_else(|| late_subject(scene, verb + 1));
    let beside = right.is_some_and(|right| scene.candidates[right].tokens.start == verb + 1);
    let quoted = |left: usize| (scene.candidates[left].tokens.end..verb).any(|at| scene.inside[at] != NONE);
    let speaks = |left: usize| is_subject(scene, left) || is_spokesbody(scene, left, verb);
    let left = left.filter(|&left| speaks(left) && !((beside || quoted(left)) && apposition));
    let enclosed = || enclosed(scene, verb).filter(|_| !beside);
    (left.or_else(enclosed), apposition && left.is_some(), right)
}

/// True for the body whose people say something by the verb that it goes with.
pub(super) fn speaks_for_body(scene: &Scene, candidate: usize) -> bool {
    let cue = scene.cues.get(scene.subject_of[candidate] as usize);
    cue.is_some_and(|cue| is_spokesbody(scene, candidate, cue.tokens.start))
}

/// "la asociación" in "desde la asociación aseguran": in Spanish, those of a body say something.
fn is_spokesbody(scene: &Scene, candidate: usize, verb: usize) -> bool {
    let one = &scene.candidates[candidate];
    let body = matches!(one.kind, Kind::Body | Kind::Capitals | Kind::Name(_));
    let before = one.tokens.start.checked_sub(1).map_or("", |at| scene.prose.word(at));
    let plural = scene.prose.word(verb).ends_with('n') && one.tokens.end == verb;
    scene.tongue == Some(Tongue::Spanish) && body && plural && before.eq_ignore_ascii_case("desde")
}

/// "Ana Pérez" in "La ministra de Sanidad portuguesa, Ana Pérez, dijo": the name between commas before `verb`.
fn enclosed(scene: &Scene, verb: usize) -> Option<usize> {
    let small = |&at: &usize| scene.words[at].is(Word::AUXILIARY | Word::ADVERB);
    let comma = (verb.saturating_sub(4)..verb).rev().find(|at| !small(at))?;
    let end = comma.checked_sub(1).filter(|_| scene.words[comma].is(Word::COMMA))?;
    let name = *scene.ending.get(end).filter(|&&name| name != NONE)? as usize;
    let one = &scene.candidates[name];
    let opened = one.tokens.start.checked_sub(1).is_some_and(|at| scene.words[at].is(Word::COMMA));
    let person = one.kind == Kind::Name(EntityKind::Person) && !one.qualifies;
    (person && opened && scene.same_sentence(one.tokens.start, verb)).then_some(name)
}

/// True for a verb of saying behind "as": "según dijo", "wie Weber sagte".
pub(super) fn is_as_said(scene: &Scene, cue: &Cue) -> bool {
    const AS: [&str; 7] = ["según", "segundo", "conforme", "como", "come", "comme", "wie"];
    let begin = cue.left.map_or(cue.tokens.start, |left| scene.candidates[left].tokens.start);
    let before = (begin.saturating_sub(3)..begin).rev().find(|&at| !scene.words[at].is(Word::AUXILIARY));
    before.is_some_and(|at| {
        let word = scene.prose.word(at);
        word.len() <= 9 && scene.same_sentence(at, begin) && AS.contains(&word.to_lowercase().as_str())
    })
}

/// True for what may be the subject of a verb of saying.
pub(super) fn is_subject(scene: &Scene, candidate: usize) -> bool {
    let one = &scene.candidates[candidate];
    let first = scene.prose.word(one.tokens.start);
    let article = scene.words[one.tokens.start].is(Word::DETERMINER) && one.tokens.len() > 1 || has_article(first);
    let name = || scene.words[one.tokens.start].is(Word::CAPITAL) && scene.capitals.contains(&cue::hash(first));
    (one.kind != Kind::Noun || article || name()) && !is_governed(scene, candidate)
}

/// The words that begin with a capital where nothing but their kind calls for one, each by its [`cue::hash`].
pub(super) fn capitals(prose: &Prose, words: &[Word]) -> HashSet<u64> {
    let opens = Word::MARK | Word::NUMBER | Word::CAPITAL;
    let inside = |&at: &usize| words[at].is(Word::CAPITAL) && !words[at - 1].is(opens);
    (1..words.len()).filter(inside).map(|at| cue::hash(prose.word(at))).collect()
}

/// True where a preposition stands before `candidate`, or is part of its first word: "de Lugo", "d’Amiens".
pub(super) fn is_governed(scene: &Scene, candidate: usize) -> bool {
    let start = scene.candidates[candidate].tokens.start;
    let before = start.checked_sub(1).filter(|&at| scene.same_sentence(at, start) && scene.inside[at] == NONE);
    is_fused(scene.words[start]) || before.is_some_and(|at| scene.words[at].is(Word::PREPOSITION))
}

/// True for a preposition and an article, or the noun behind it, in one word: "d’Amiens", and the "der" of a genitive.
pub(super) fn is_fused(word: Word) -> bool {
    word.is(Word::PREPOSITION) && word.is(Word::DETERMINER)
}

fn has_article(word: &str) -> bool {
    tongue::elided(word).is_some_and(|(article, _)| matches!(article, "l" | "L" | "un" | "Un"))
}

/// "El presidente" before the adjective at `adjective`: "el presidente andaluz", "le président russe".
pub(super) fn before_adjective(scene: &Scene, adjective: usize) -> Option<usize> {
    let word = scene.words[adjective];
    let plain = word.bits & !Word::CAPITAL == 0 && word.cue.is_none() && !word.is(Word::CAPITAL);
    let romance = scene.tongue.is_some_and(|tongue| tongue != Tongue::German);
    let end = adjective.checked_sub(1).filter(|&end| plain && romance && scene.same_sentence(end, adjective))?;
    let found = *scene.ending.get(end).filter(|&&found| found != NONE && scene.inside[end] == NONE)? as usize;
    let nameless = matches!(scene.candidates[found].kind, Kind::Person | Kind::Group | Kind::Body);
    (nameless && scene.prose.word(adjective).len() > 3).then_some(found)
}

/// True for "su", "sein" and the like.
pub(super) fn is_owner(word: &str) -> bool {
    word.len() <= 8 && OWNERS.split_whitespace().any(|owner| owner.eq_ignore_ascii_case(word))
}

/// True for a word that begins with a definite article: "l’avocat", in lower case.
pub(super) fn has_definite_article(word: &str) -> bool {
    tongue::elided(word).is_some_and(|(article, _)| article == "l")
}

/// `role` without the article that is one word with it: "avocat" of "l’avocat".
pub(super) fn without_article(role: &str) -> &str {
    if has_article(role) { role.split_once(['’', '\'']).map_or(role, |(_, rest)| rest) } else { role }
}

/// "la ministra" in "dijo en Lugo la ministra": the first phrase behind the verb and before the next comma that no
/// preposition governs.
fn late_subject(scene: &Scene, begin: usize) -> Option<usize> {
    let ends = |at: usize| {
        let word = scene.words[at];
        word.is(Word::STOP | Word::COMMA | Word::QUOTE | Word::COLON | Word::CONJUNCTION | Word::AUXILIARY)
            || word.cue.is_some()
            || scene.inside[at] != NONE
            || !scene.same_sentence(begin - 1, at)
    };
    let clause = (begin..scene.words.len().min(begin + PHRASE)).take_while(|&at| !ends(at));
    let mut starting = clause.map(|at| scene.starting[at]).filter(|&one| one != NONE).map(|one| one as usize);
    starting.find(|&one| is_somebody(scene, one) && is_subject(scene, one))
}

/// True for what can speak: a person or a body, with a name or without.
pub(super) fn is_somebody(scene: &Scene, candidate: usize) -> bool {
    let one = &scene.candidates[candidate];
    let named = matches!(one.kind, Kind::Name(EntityKind::Person | EntityKind::Organization));
    (named || matches!(one.kind, Kind::Person | Kind::Group | Kind::Body | Kind::He | Kind::She)) && !one.qualifies
}

/// The person who is apposed to the role `candidate`, over what the role is of: "el alcalde de Lugo, Ana Pérez".
pub(super) fn apposed(scene: &Scene, candidate: usize) -> Option<usize> {
    let one = &scene.candidates[candidate];
    if scene.tongue.is_none() || !matches!(one.kind, Kind::Person | Kind::Noun) {
        return None;
    }
    let goes_on = |at: usize| {
        let word = scene.words[at];
        word.cue.is_none()
            && scene.inside[at] == NONE
            && scene.same_sentence(one.tokens.start, at)
            && !word.is(Word::MARK | Word::AUXILIARY | Word::ADVERB)
    };
    let limit = scene.words.len().min(one.tokens.end + PHRASE);
    let comma = (one.tokens.end..limit).find(|&at| !goes_on(at)).filter(|&at| scene.words[at].is(Word::COMMA))?;
    let name = *scene.starting.get(comma + 1).filter(|&&name| name != NONE)? as usize;
    let end = scene.candidates[name].tokens.end;
    let closed = scene.words.get(end).is_none_or(|word| {
        word.is(Word::COMMA | Word::STOP | Word::QUOTE | Word::BRACKET | Word::COLON) || word.cue.is_some()
    });
    // What the finder of names could not tell to be a person is one beside a role.
    let is_person = matches!(scene.candidates[name].kind, Kind::Name(EntityKind::Person | EntityKind::Other))
        && !scene.candidates[name].qualifies;
    let here = scene.same_sentence(one.tokens.start, comma + 1) && scene.entity[name] != NONE;
    (closed && is_person && here).then(|| scene.entity[name] as usize)
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
fn is_german_so(prose: &Prose, words: &[Word], at: usize, tongue: Option<Tongue>) -> bool {
    let german = tongue == Some(Tongue::German);
    // A straight mark closes what it touches.
    let touches = |mark: usize| prose.tokens[mark - 1].span.end == prose.tokens[mark].span.begin;
    let closes = |mark: usize| {
        let closing = matches!(prose.word(mark), "“" | "«") || german && matches!(prose.word(mark), "\"" | "”" | "‘");
        closing && mark > 0 && !words[mark - 1].is(Word::COLON) && (!german || touches(mark))
    };
    let comma = at > 1 && words[at - 1].is(Word::COMMA);
    let named = Word::CAPITAL | if german { Word::DETERMINER } else { 0 };
    prose.word(at) == "so" && comma && closes(at - 2) && words.get(at + 1).is_some_and(|next| next.is(named))
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

    /// As [`check`] for one quote, with its speaker as printed.
    #[track_caller]
    fn check_phrase(text: &str, language: &str, printed: Option<&str>, name: Option<&str>) {
        let found = annotate(text, Some(language));
        let [quote] = &found.quotes[..] else { panic!("one quote in {text:?}: {:?}", found.quotes) };
        let speaker = quote.speaker.as_ref();
        assert_eq!(speaker.and_then(|one| one.span).map(|span| span.of(text)), printed, "in {text:?}");
        assert_eq!(speaker.and_then(|one| one.name.as_deref()), name, "in {text:?}");
    }

    #[test]
    fn what_a_role_is_of_does_not_speak() {
        let check = check_phrase;
        check("“Limpiamos calle por calle”, asegura el alcalde de Lugo.", "es", Some("el alcalde"), None);
        check("“Es muy grave”, dijo la portavoz del Ayuntamiento de Lugo.", "es", Some("la portavoz"), None);
        check("„Wir sind bereit“, sagt der Bürgermeister von Aachen.", "de", Some("der Bürgermeister"), None);
        let whole = Some("Die Vorsitzende Veltra Ombrin");
        let name = Some("Veltra Ombrin");
        check("Die Vorsitzende Veltra Ombrin forderte, »die Stadt in die Pflicht« zu nehmen.", "de", whole, name);
        check("„Wir sind bereit“, sagte eine Sprecherin der Stadt.", "de", Some("eine Sprecherin"), None);
        check(
            "« Nous sommes prêts », affirme le porte-parole de la mairie de Nantes.",
            "fr",
            Some("le porte-parole"),
            None,
        );
        check("« Nous ne sommes pas prêts », affirme le patron de la régie d’Amiens.", "fr", Some("le patron"), None);
        check("«Siamo pronti per la piena», ha detto il sindaco di Ferrara.", "it", Some("il sindaco"), None);
        check("“Estamos prontos para a cheia”, disse o prefeito de Olinda.", "pt", Some("o prefeito"), None);
    }

    #[test]
    fn a_name_in_apposition_is_that_of_the_role() {
        let check = check_phrase;
        let mayor = Some("el alcalde");
        check(
            "“Limpiamos calle por calle”, asegura el alcalde de Lugo, Juan Torres.",
            "es",
            mayor,
            Some("Juan Torres"),
        );
        check(
            "El presidente del Gobierno, Pedro Torres, manifestó que “no habrá cambios en la ley”.",
            "es",
            Some("El presidente"),
            Some("Pedro Torres"),
        );
        check(
            "La ministra de Sanidad portuguesa, Ana Torres, dijo que es una situación “muy grave”.",
            "es",
            Some("La ministra"),
            Some("Ana Torres"),
        );
        check(
            "„Wir sind bereit“, sagt der Bürgermeister von Aachen, Peter Weber.",
            "de",
            Some("der Bürgermeister"),
            Some("Peter Weber"),
        );
        check(
            "« Nous sommes prêts », affirme le maire de Nantes, Paul Durand.",
            "fr",
            Some("le maire"),
            Some("Paul Durand"),
        );
        check(
            "«Siamo pronti», ha detto la sindaca di Ferrara, Anna Rossi.",
            "it",
            Some("la sindaca"),
            Some("Anna Rossi"),
        );
    }

    #[test]
    fn objects_adverbs_and_clauses_are_no_speakers() {
        let check = check_phrase;
        check("“Mucha precaución con el fuego”, pidió a la población.", "es", None, None);
        check("Además insistió en la tregua: “El pueblo no puede vivir así por más tiempo”.", "es", None, None);
        check("Por ahora, la meta sigue siendo “evitar que el río se lleve el puente”.", "es", None, None);
        check("Es gehe um den Damm: \"Sie haben ihm einen neuen Namen gegeben.\"", "de", None, None);
        check("In einer Mitteilung sagte die Senatorin: \"Wir gehen.\"", "de", Some("die Senatorin"), None);
        check("En un comunicado dijo en Lugo la ministra: “No habrá más cambios”.", "es", Some("la ministra"), None);
    }

    #[test]
    fn who_speaks_is_told_between_french_marks() {
        let check = check_phrase;
        check(
            "« Il n’y a plus de plage devant le poste, explique Anne Dupont, la maire de la ville. C’est grave. »",
            "fr",
            Some("Anne Dupont"),
            Some("Anne Dupont"),
        );
        check(
            "« Il n’y a plus de plage devant le poste, pointe Anne Dupont, la maire de la ville. C’est grave. »",
            "fr",
            Some("Anne Dupont"),
            Some("Anne Dupont"),
        );
        check("« Il n’y a plus de plage ici, a expliqué l’élu. C’est grave. »", "fr", Some("l’élu"), None);
        check("« Il n’y a plus de plage ici, comme le dit le maire de Nantes. C’est grave. »", "fr", None, None);
        let dupont = "Anne Dupont est maire de Nantes depuis mai. Elle est dans son bureau de la mairie.";
        for clause in ["souligne-t-elle", "a-t-elle souligné"] {
            let text = format!("{dupont} « Sur le pont, nous pensons le contraire, {clause}. Le maire ne dit rien. »");
            check(&text, "fr", Some("elle"), Some("Anne Dupont"));
        }
    }

    #[test]
    fn those_of_a_body_say_something() {
        let check = check_phrase;
        check("Desde la asociación aseguran que “la fuente se seca cada verano”.", "es", Some("la asociación"), None);
        check("Desde la plaza se ve que “la fuente se seca cada verano”.", "es", None, None);
    }

    #[test]
    fn a_german_name_ends_before_its_verb() {
        check_phrase(
            "Bischof Karsten Tolle würdigte Konrad Ombrin als Vorbild der Stadt: „Er war immer für uns da.“",
            "de",
            Some("Bischof Karsten Tolle"),
            Some("Karsten Tolle"),
        );
    }

    #[test]
    fn he_and_she_are_told_by_names_of_their_language() {
        let two = "„Es wird heiß“, so Karsten Tolle. Auch Samantha Ombrin erwartet mit Tolle";
        check(
            &format!("{two} keinen Regen. „Es wird ein Jahr ohne Regen“, sagte sie."),
            "de",
            &["„Es wird heiß“ < Karsten Tolle", "„Es wird ein Jahr ohne Regen“ < Samantha Ombrin"],
        );
        check(
            &format!("{two} keinen Regen. „Es wird ein Jahr ohne Regen“, sagte er."),
            "de",
            &["„Es wird heiß“ < Karsten Tolle", "„Es wird ein Jahr ohne Regen“ < Karsten Tolle"],
        );
    }

    #[test]
    fn an_adjective_stands_between_a_subject_and_its_verb() {
        check_phrase(
            "El presidente andaluz ha explicado que “no hay peligro para la gente”.",
            "es",
            Some("El presidente"),
            None,
        );
    }

    #[test]
    fn who_is_meant_by_according_to() {
        let check = check_phrase;
        let president = Some("el presidente");
        check(
            "Según explicó el presidente, Pedro Torres, “no habrá cambios en el plan”.",
            "es",
            president,
            Some("Pedro Torres"),
        );
        check(
            "Selon Paul Durand, « la ville n’a pas de plan pour la crue ».",
            "fr",
            Some("Paul Durand"),
            Some("Paul Durand"),
        );
    }

    #[test]
    fn german_so_says_behind_every_closing_mark() {
        let check = check_phrase;
        check(
            "\"Wir sind da\", so Peter Weber am Montag in der Stadt.",
            "de",
            Some("Peter Weber"),
            Some("Peter Weber"),
        );
        check("\"Wir sind da\", so die Senatorin am Montag in der Stadt.", "de", Some("die Senatorin"), None);
    }

    #[test]
    fn a_pronoun_stands_for_no_bare_word_behind_a_preposition() {
        let fair = "La foire de Veltonne ouvre le 3 mai. La foire de Veltonne attend la foule de la région.";
        check(
            &format!("{fair} Interrogée lors de la foire de Veltonne, elle explique : « Nous ne partirons pas. »"),
            "fr",
            &["« Nous ne partirons pas. » < ?"],
        );
        check(
            "Pour la foire de la ville, Anne Dupont est là. Interrogée le 3 mai, elle explique : « Nous ne partirons pas. »",
            "fr",
            &["« Nous ne partirons pas. » < Anne Dupont"],
        );
    }

    #[test]
    fn usual_verbs_of_saying() {
        for verb in ["informó", "resumió", "se preguntaba", "ha descrito", "defiende", "aseguraban", "desmintió"] {
            let text = format!("“Vamos a esperar el informe de los técnicos”, {verb} Juan Torres.");
            check_phrase(&text, "es", Some("Juan Torres"), Some("Juan Torres"));
        }
        for verb in ["juge", "disait", "martèle", "préconise"] {
            let text = format!("« Nous allons attendre le rapport de la ville », {verb} Paul Durand.");
            check_phrase(&text, "fr", Some("Paul Durand"), Some("Paul Durand"));
        }
    }

    #[test]
    fn an_adverb_that_opens_a_clause_is_no_speaker() {
        check(
            "Ana Torres advirtió del riesgo.\n\nNo obstante, agregó, “la ribera tendrá otro molino en mayo”.",
            "es",
            &["“la ribera tendrá otro molino en mayo” < Ana Torres"],
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
