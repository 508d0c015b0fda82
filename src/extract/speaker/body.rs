//! "the ministry" and "it" to the organization that they stand for.
//!
//! A definite noun phrase stands for what was named before with the same noun at its head (Raghunathan et al., "A
//! multi-pass sieve for coreference resolution", EMNLP 2010). Where two bodies share the noun, or another one without a
//! name ("a court in Lahore") came in between, the text does not tell which is meant.

use super::candidate::Kind;
use super::scene::{NONE, Scene};
use super::words::Word;
use crate::extract::cue::{self, CueClass};
use crate::extract::entity::FIRMS;
use crate::extract::{Entity, EntityKind};
use crate::text::Span;

/// Nouns like the phrase's own that are looked at before it.
const NOUNS: usize = 24;
/// Candidates that are looked at before a phrase and before "it".
const CANDIDATES: usize = 60;
/// Sentences before "it" in which its body is named.
const SENTENCES: u32 = 3;

/// Nouns in names that tell what a body is.
const BODIES: &str = "administration agency army assembly association authority bank board bureau cabinet centre center \
    chamber club college commission committee congress council court department federation force forces foundation fund \
    hospital institute ministry office parliament party police school senate society team union university";
/// What firms are called for short.
const FIRM: [&str; 3] = ["company", "firm", "corporation"];

/// The organizations of a text by what they are.
pub(super) struct Bodies {
    /// The [`cue::hash`] of the noun at the head of a name, with whose name it is; in order.
    heads: Vec<(u64, usize)>,
    /// The tokens that are nouns for bodies.
    nouns: Vec<usize>,
}

impl Bodies {
    pub(super) fn new(scene: &Scene, entities: &[Entity]) -> Self {
        let organizations = entities.iter().enumerate().filter(|(_, one)| one.kind == EntityKind::Organization);
        let mut heads: Vec<(u64, usize)> = Vec::new();
        for (index, entity) in organizations {
            let names = entity.aliases.iter().chain([&entity.name]);
            heads.extend(names.flat_map(|name| heads_of(name)).map(|head| (cue::hash(head), index)));
        }
        heads.sort_unstable();
        heads.dedup();
        let nouns = (0..scene.words.len()).filter(|&at| scene.words[at].is(Word::BODY)).collect();
        Self { heads, nouns }
    }

    /// The organization that the definite noun phrase `candidate` stands for.
    pub(super) fn named(&self, scene: &Scene, entities: &[Entity], candidate: usize) -> Option<usize> {
        let one = &scene.candidates[candidate];
        let (first, head) = (one.tokens.start, one.tokens.end - 1);
        // "the bank in Leeds" is another one than the bank that was named.
        let told_apart = scene.words.get(one.tokens.end).is_some_and(|next| {
            next.is(Word::PREPOSITION | Word::RELATIVE | Word::GENITIVE | Word::DASH) || next.is(Word::CAPITAL)
        });
        if head == first || !is_definite(scene, first) || told_apart {
            return None;
        }
        let begin = scene.prose.tokens[first].span.begin;
        let from = self.heads.partition_point(|&(own, _)| own < scene.words[head].hash);
        let bearers = self.heads[from..].iter().take_while(|&&(own, _)| own == scene.words[head].hash);
        // Entities stand in order of their first mention.
        let before = |&entity: &usize| entities[entity].mentions.first().is_some_and(|span| span.begin < begin);
        let mut bearers = bearers.map(|&(_, entity)| entity).take_while(before);
        let entity = bearers.next()?;
        let told = (first + 1..head).all(|at| has_word(&entities[entity], scene.prose.word(at)));
        let is_one = bearers.next().is_none() && told;
        (is_one && self.is_last(scene, entities, entity, (first, head))).then_some(entity)
    }

    /// True where from the sentence on in which `entity` was last meant to the phrase from `first` to `head` no other body
    /// is named that the noun may stand for.
    fn is_last(&self, scene: &Scene, entities: &[Entity], entity: usize, (first, head): (usize, usize)) -> bool {
        let hash = scene.words[head].hash;
        let end = self.nouns.partition_point(|&at| at < first);
        let same = self.nouns[..end].iter().rev().filter(|&&at| scene.words[at].hash == hash).take(NOUNS);
        let mentions = &entities[entity].mentions;
        let begin = scene.prose.tokens[first].span.begin;
        let named = mentions.partition_point(|mention| mention.begin < begin).checked_sub(1);
        let named = named.map_or(0, |last| scene.prose.token_at(mentions[last].begin));
        // Any name may be a firm's, so that it has to be the firm that the sentence is about.
        let is_firm = FIRM.iter().any(|firm| cue::hash(firm) == hash);
        if is_firm && !is_about(scene, named) {
            return false;
        }
        // "The ministry" itself is the last mention, where it stands behind the name.
        let mut last = named;
        for &at in same {
            if at < named || is_mention(&entities[entity], scene.prose.tokens[at].span) {
                break;
            }
            if at == 0 || !is_definite(scene, at - 1) {
                return false;
            }
            last = last.max(at);
        }
        !names_another(scene, entities, entity, (last, first), |name| !is_other_kind(name, hash))
    }
}

/// True where an organization other than `entity` is named from the sentence of the token `from` to the token `to` by a name
/// that `may_be` meant.
fn names_another(
    scene: &Scene,
    entities: &[Entity],
    entity: usize,
    (from, to): (usize, usize),
    may_be: impl Fn(&str) -> bool,
) -> bool {
    let end = scene.candidates.partition_point(|one| one.tokens.start < to);
    let before = (0..end).rev().take_while(|&one| {
        let start = scene.candidates[one].tokens.start;
        start >= from || scene.same_sentence(start, from)
    });
    let mut others = before.take(CANDIDATES + 1).enumerate();
    others.any(|(count, one)| {
        let other = scene.entity[one];
        let is_other = other != NONE
            && other as usize != entity
            && entities[other as usize].kind == EntityKind::Organization
            && may_be(&entities[other as usize].name);
        // What was named so long ago is not meant.
        is_other || count == CANDIDATES
    })
}

/// True where the name at the token `at` opens its sentence or has a verb of saying.
fn is_about(scene: &Scene, at: usize) -> bool {
    let opens = |at: usize| at == 0 || !scene.same_sentence(at - 1, at);
    let says = scene.subject_of.get(scene.starting[at] as usize).is_some_and(|&cue| cue != NONE);
    says || opens(at) || scene.words[at - 1].is(Word::DETERMINER) && opens(at - 1)
}

/// True for an organization whose name says that it is something else than the noun with the [`cue::hash`] `noun`.
fn is_other_kind(name: &str, noun: u64) -> bool {
    let is_body = |head: &str| BODIES.split_whitespace().any(|body| head.eq_ignore_ascii_case(body));
    let mut heads = heads_of(name);
    let Some(head) = heads.next() else { return false };
    heads.next().is_none() && is_body(head) && cue::hash(head) != noun
}

/// The organization that "it", the candidate `pronoun`, stands for: what spoke last, or what the sentence before is about.
/// Gives the candidate that names it.
pub(super) fn speaks_again(scene: &Scene, pronoun: usize) -> Option<usize> {
    let at = scene.candidates[pronoun].tokens.start;
    if !is_subject(scene, pronoun) {
        return None;
    }
    let near = (pronoun.saturating_sub(CANDIDATES)..pronoun).rev();
    let sentences = |one: &usize| scene.sentence[at] - scene.sentence[scene.candidates[*one].tokens.start];
    let mut near = near.take_while(|one| sentences(one) <= SENTENCES);
    let found = near.find(|one| {
        let candidate = &scene.candidates[*one];
        let begin = candidate.tokens.start;
        let opens = begin == 0 || scene.sentence[begin - 1] != scene.sentence[begin];
        let is_subject = scene.subject_of[*one] != NONE || opens && !candidate.qualifies && sentences(one) <= 1;
        is_subject && candidate.kind != Kind::It
    })?;
    let is_body = matches!(scene.candidates[found].kind, Kind::Name(EntityKind::Organization) | Kind::Body);
    let paragraphs = scene.paragraph[at] - scene.paragraph[scene.candidates[found].tokens.start];
    (is_body && paragraphs <= 1).then_some(found)
}

/// True for "it" in "it said" and "said it", not in "it was said", "it is worth mentioning", "those on it told", "it read".
fn is_subject(scene: &Scene, pronoun: usize) -> bool {
    let Some(cue) = scene.cues.get(scene.subject_of[pronoun] as usize) else { return false };
    let at = scene.candidates[pronoun].tokens.start;
    let is_object = at > 0 && scene.words[at - 1].is(Word::PREPOSITION);
    let mut between = at + 1..cue.tokens.start.max(at + 1);
    let is = |at: usize| matches!(scene.prose.word(at), "is" | "was" | "be" | "been" | "being" | "'s" | "’s");
    let says = matches!(cue.class, CueClass::Say | CueClass::Claim | CueClass::Label);
    !is_object && says && !between.any(is) && !matches!(scene.prose.word(cue.tokens.start), "read" | "reads")
}

/// True where another organization than `entity` is named between the candidate `named` and "it", the candidate `pronoun`.
pub(super) fn is_unsure(scene: &Scene, entities: &[Entity], entity: usize, (named, pronoun): (usize, usize)) -> bool {
    let tokens = |one: usize| scene.candidates[one].tokens.start;
    names_another(scene, entities, entity, (tokens(named), tokens(pronoun)), |_| true)
}

fn is_definite(scene: &Scene, at: usize) -> bool {
    ["the", "that", "this"].iter().any(|word| scene.prose.word(at).eq_ignore_ascii_case(word))
}

fn is_mention(entity: &Entity, span: Span) -> bool {
    let after = entity.mentions.partition_point(|mention| mention.begin <= span.begin);
    after.checked_sub(1).is_some_and(|before| entity.mentions[before].contains(span))
}

/// True where `word` stands in a name of `entity`, in small letters or with a capital.
fn has_word(entity: &Entity, word: &str) -> bool {
    let names = entity.aliases.iter().chain([&entity.name]);
    names.flat_map(|name| name.split_whitespace()).any(|part| part.to_lowercase() == word.to_lowercase())
}

/// The nouns that say what the organization `name` is: "Ministry" of "Ministry of Health", "Court" of "Supreme Court",
/// and what firms are called for a firm.
fn heads_of(name: &str) -> impl Iterator<Item = &str> {
    let words = name.split_whitespace().map(|word| word.trim_end_matches([',', '.']));
    let preposition = |word: &&str| matches!(*word, "of" | "for" | "on" | "to" | "in" | "against");
    let (mut last, mut count) = (None, 0);
    for word in words.take_while(|word| !preposition(word)) {
        (last, count) = (Some(word), count + 1);
    }
    let is_firm = count > 1 && last.is_some_and(|last| FIRMS.iter().any(|firm| firm.eq_ignore_ascii_case(last)));
    last.into_iter().chain(FIRM.into_iter().filter(move |_| is_firm))
}

#[cfg(test)]
mod tests {
    use super::super::check_last_speaker as check;
    use super::heads_of;
    use crate::extract::{Quote, annotate};

    #[test]
    fn heads_of_names() {
        let heads = |name| heads_of(name).collect::<Vec<_>>();
        assert_eq!(heads("Ministry of Health"), ["Ministry"]);
        assert_eq!(heads("Royal Bank of Scotland"), ["Bank"]);
        assert_eq!(heads("Supreme Court"), ["Court"]);
        assert_eq!(heads("Tarn Water Inc."), ["Inc", "company", "firm", "corporation"]);
        assert_eq!(heads("Group"), ["Group"]);
    }

    #[test]
    fn a_body_is_named_once_and_called_by_its_noun_then() {
        let text = "The Ministry of Health confirmed two deaths. “The outbreak is over,” the";
        check(&format!("{text} ministry said."), Some("Ministry of Health"));
        check(&format!("{text} health ministry said."), Some("Ministry of Health"));
        check(&format!("{text} defence ministry said."), None);
        check(&format!("{text} ministry in Kenya said."), None);
        check("Tarn Water Inc. sold a dam. “It was a burden,” the company said.", Some("Tarn Water Inc."));
    }

    #[test]
    fn of_two_bodies_of_one_noun_the_text_does_not_tell_which() {
        let two = "The Ministry of Health met the Ministry of Defence.";
        check(&format!("{two} “We agreed,” the ministry said."), None);
        let court = "The Supreme Court met on Monday. A court in Leeds freed two men on Tuesday.";
        check(&format!("{court} “They are free,” the court said."), None);
    }

    #[test]
    fn another_body_may_be_meant_as_well() {
        for text in [
            "Boeing delivered the first jet to Tarn Water Inc. on Sunday. “It flies,” the company",
            "Boeing delivered the first jet to Air India Limited on Sunday. “It flies,” the company",
            "Tarn Water Inc. sold the dam to Apple. “It was a burden,” the company",
            "The Royal Bank of Scotland was bought by HSBC. “We are glad,” the bank",
        ] {
            check(&format!("{text} said."), None);
        }
        let council = "The Ministry of Health met the Security Council. “The outbreak is over,” the ministry said.";
        check(council, Some("Ministry of Health"));
    }

    #[test]
    fn it_is_the_body_that_spoke_last() {
        let late = "The Tarn Water Board said it was late. On Monday the Ministry of Health closed the dam.";
        check(&format!("{late} “It was a burden,” it said."), None);
        let text = "The Ministry of Health confirmed two deaths. “The outbreak is over,” the ministry said.";
        check(&format!("{text} “All are well,” it added."), Some("Ministry of Health"));
        check(&format!("{text} Mary Johnson said she was ill. “All are well,” it added."), None);
        check("The Tarn Water Board sold a dam. “It was a burden,” it said.", Some("Tarn Water Board"));
        let text = "The Tarn Water Board sold a dam. It is worth mentioning that the dam was a burden.";
        let nobody = |quote: &Quote| quote.speaker.as_ref().is_none_or(|speaker| speaker.name.is_none());
        assert!(annotate(text, Some("en")).quotes.iter().all(nobody));
    }
}
