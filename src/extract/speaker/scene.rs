//! A text laid out for the search for speakers: its quoted stretches, reporting verbs with their subjects, candidates.

use std::collections::HashSet;
use std::ops::Range;

use super::candidate::{self, Candidate, Kind};
use super::foreign;
use super::tongue::Tongue;
use super::words::{self, Word};
use crate::extract::cue::{CueClass, CueForm};
use crate::extract::quote::Quoted;
use crate::extract::{Entity, EntityKind, Mention};
use crate::text::{Prose, is_short_form};

/// Marks the absence of an index.
pub(super) const NONE: u32 = u32::MAX;

/// Tokens of the longest dateline.
const DATELINE: usize = 12;
/// Tokens of the longest subject behind its verb.
const OBJECT: usize = 24;
/// Tokens in which who is quoted "as saying" is named.
const PHRASE: usize = 12;

/// A reporting verb outside quotation marks.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    /// "said", "according to".
    pub(super) tokens: Range<usize>,
    pub(super) class: CueClass,
    pub(super) form: CueForm,
    /// Candidate that ends right before it, over adverbs and appositions.
    pub(super) left: Option<usize>,
    /// Candidate that begins right after it.
    pub(super) right: Option<usize>,
    /// An apposition stands between the left candidate and the verb.
    pub(super) apposition: bool,
}

/// One quoted stretch in tokens.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// With its marks; over all its paragraphs.
    pub(super) tokens: Range<usize>,
    /// Words between the marks.
    pub(super) words: usize,
    /// Last character before the closing mark.
    pub(super) ends: char,
}

/// Everything that features look at.
pub(super) struct Scene<'a, 'b> {
    pub(super) prose: &'a Prose<'b>,
    /// The language, where it is another than English that is known.
    pub(super) tongue: Option<Tongue>,
    /// In a text of a tongue, the words that have a capital of their own.
    pub(super) capitals: HashSet<u64>,
    pub(super) mentions: &'a [Mention],
    pub(super) words: Vec<Word>,
    pub(super) stretches: Vec<Stretch>,
    pub(super) candidates: Vec<Candidate>,
    /// Entity of each candidate, or [`NONE`].
    pub(super) entity: Vec<u32>,
    /// How often each candidate's entity is named; 1 for others.
    pub(super) frequency: Vec<u32>,
    pub(super) cues: Vec<Cue>,
    /// Per candidate, the cue that it is the subject of, or [`NONE`].
    pub(super) subject_of: Vec<u32>,
    /// Per token, the stretch that holds it, or [`NONE`].
    pub(super) inside: Vec<u32>,
    /// Per token, number of the sentence, a quoted stretch counting as one word of the sentence around it.
    pub(super) sentence: Vec<u32>,
    /// Per token, number of the paragraph.
    pub(super) paragraph: Vec<u32>,
    /// Per token, whether a candidate holds it.
    covered: Vec<bool>,
    /// Per token, the candidate that begins there, or [`NONE`].
    pub(super) starting: Vec<u32>,
    /// Per token, the candidate that ends with it, or [`NONE`].
    pub(super) ending: Vec<u32>,
}

impl<'a, 'b> Scene<'a, 'b> {
    pub(super) fn new(prose: &'a Prose<'b>, mentions: &'a [Mention], entities: &[Entity], quoted: &[Quoted]) -> Self {
        let tongue = Tongue::of(prose);
        let words = words::read(prose, tongue);
        let capitals = tongue.map(|_| foreign::capitals(prose, &words)).unwrap_or_default();
        let mut inside = vec![NONE; words.len()];
        let stretches: Vec<Stretch> = quoted.iter().map(|quoted| stretch(prose, &words, quoted)).collect();
        for (index, stretch) in stretches.iter().enumerate() {
            inside[stretch.tokens.clone()].fill(index as u32);
        }
        let flags: Vec<bool> = inside.iter().map(|&stretch| stretch != NONE).collect();
        let candidates = candidate::find(prose, &words, mentions, &flags, tongue);
        let paragraph = paragraphs(prose);
        let sentence = sentences(prose, &words, &stretches, &inside, &paragraph, tongue.is_some());
        let (mut starting, mut ending) = (vec![NONE; words.len()], vec![NONE; words.len()]);
        for (index, candidate) in candidates.iter().enumerate() {
            let start = &mut starting[candidate.tokens.start];
            if *start == NONE || candidates[*start as usize].tokens.end < candidate.tokens.end {
                *start = index as u32;
            }
            ending[candidate.tokens.end - 1] = index as u32;
        }
        let (entity, frequency) = entities_of(&candidates, mentions, entities);
        let subject_of = vec![NONE; candidates.len()];
        let mut covered = vec![false; words.len()];
        for candidate in &candidates {
            covered[candidate.tokens.clone()].fill(true);
        }
        let mut scene = Self {
            prose,
            tongue,
            capitals,
            mentions,
            words,
            stretches,
            candidates,
            entity,
            frequency,
            cues: Vec::new(),
            subject_of,
            inside,
            sentence,
            paragraph,
            covered,
            starting,
            ending,
        };
        scene.find_cues();
        scene
    }

    fn find_cues(&mut self) {
        let mut at = 0;
        while at < self.words.len() {
            if self.inside[at] == NONE
                && let Some(cue) = self.cue_at(at)
            {
                at = cue.tokens.end;
                let index = self.cues.len() as u32;
                let subject = if cue.class == CueClass::According { cue.right } else { cue.left.or(cue.right) };
                if let Some(subject) = subject
                    && (self.subject_of[subject] == NONE)
                {
                    self.subject_of[subject] = index;
                }
                self.cues.push(cue);
            } else {
                at += 1;
            }
        }
    }

    fn cue_at(&self, at: usize) -> Option<Cue> {
        let word = self.words[at];
        let next = self.words.get(at + 1).copied().unwrap_or_default();
        let text = self.prose.word(at);
        if text.eq_ignore_ascii_case("according") && next.is(Word::PREPOSITION) {
            let right = self.starting.get(at + 2).copied().filter(|&c| c != NONE).map(|c| c as usize);
            let tokens = at..at + 2;
            return Some(Cue {
                tokens,
                class: CueClass::According,
                form: CueForm::Finite,
                left: None,
                right,
                apposition: false,
            });
        }
        if let Some(right) = self.per(at) {
            let (class, form) = (CueClass::According, CueForm::Finite);
            return Some(Cue { tokens: at..at + 1, class, form, left: None, right: Some(right), apposition: false });
        }
        let (class, form) = word.cue?;
        if self.is_so_called(at + 1) {
            return None;
        }
        if self.in_candidate(at) || self.is_noun(at) || self.only_quotes(at) {
            return None;
        }
        if class == CueClass::According {
            let right = self.right_of(at + 1 + usize::from(self.words.get(at + 1)?.is(Word::PREPOSITION)));
            return Some(Cue { tokens: at..at + 1, class, form, left: None, right, apposition: false });
        }
        let right = self.right_of(at + 1);
        if let Some(quoted) = self.quoted_as(at) {
            let (left, form) = (Some(quoted), CueForm::Finite);
            return Some(Cue { tokens: at..at + 1, class, form, left, right, apposition: false });
        }
        if self.is_told(at) {
            let by = self.prose.tokens.get(at + 1).is_some_and(|_| self.prose.word(at + 1) == "by");
            let right = self.right_of(at + 2).filter(|_| by);
            return Some(Cue { tokens: at..at + 1, class, form, left: None, right, apposition: false });
        }
        let (left, apposition) = self.left_of(at);
        let (left, apposition, right) = match self.tongue {
            Some(_) => foreign::subject(self, at, (left, apposition), right),
            None => (left, apposition, right),
        };
        Some(Cue { tokens: at..at + 1, class, form, left, right, apposition })
    }

    /// True for the verb at `at` in "she was told that", "after being asked if": its subject is who listens.
    pub(super) fn is_told(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.prose.word(before));
        let before =
            if self.words[at.saturating_sub(1)].is(Word::ADVERB) && at > 1 { self.prose.word(at - 2) } else { before };
        matches!(self.prose.word(at), "told" | "asked" | "informed" | "advised" | "reminded" | "taught" | "questioned")
            && matches!(before, "was" | "were" | "been" | "being" | "be" | "is" | "are")
    }

    /// True for the verb at `at` in "she was accused", "has been criticized": its subject is of whom it is said. Who "is
    /// convinced" thinks so himself, and who "was quoted" said it.
    pub(super) fn is_passive(&self, at: usize) -> bool {
        const OWN: [&str; 8] =
            ["convinced", "opposed", "reassured", "assured", "agreed", "finished", "quoted", "cited"];
        let word = self.prose.word(at);
        let says = matches!(self.words[at].cue, Some((CueClass::Say | CueClass::Claim | CueClass::Label, _)));
        let participle = word.ends_with("ed") || matches!(word, "said" | "seen" | "written" | "spoken" | "sung");
        let mut before = at;
        while before > 0 && self.words[before - 1].is(Word::ADVERB) {
            before -= 1;
        }
        let be = before.checked_sub(1).filter(|&be| self.same_sentence(be, at)).map_or("", |be| self.prose.word(be));
        says && participle
            && !OWN.contains(&word)
            && matches!(be, "was" | "were" | "been" | "being" | "be" | "is" | "are")
    }

    /// The candidate whom others quote "as saying", which stands at `at`: "the agency quoted the mayor as saying".
    pub(super) fn quoted_as(&self, at: usize) -> Option<usize> {
        let is_as = at > 1 && self.prose.word(at - 1) == "as" && self.prose.word(at) == "saying";
        let quoted = self.outermost(self.ending_at(at.checked_sub(2).filter(|_| is_as)?)?);
        let verb = self.candidates[quoted].tokens.start.checked_sub(1)?;
        self.quotes_others(verb).then_some(quoted)
    }

    fn quotes_others(&self, verb: usize) -> bool {
        matches!(self.prose.word(verb), "quoted" | "quotes" | "quoting" | "cited" | "cites" | "citing")
    }

    /// True for the verb at `at` of who quotes others "as saying" something, and says nothing.
    pub(super) fn only_quotes(&self, at: usize) -> bool {
        let quoted = self.starting.get(at + 1).and_then(|&quoted| self.candidates.get(quoted as usize));
        let saying = |quoted: &Candidate| {
            let near = quoted.tokens.end..self.words.len().min(at + PHRASE);
            near.into_iter().find(|&at| self.prose.word(at) == "saying")
        };
        self.quotes_others(at) && quoted.and_then(saying).is_some_and(|saying| self.quoted_as(saying).is_some())
    }

    /// The candidate after "per", which stands for "according to" behind quoted words and behind a comma.
    fn per(&self, at: usize) -> Option<usize> {
        let source = *self.starting.get(at + 1)?;
        let behind = at > 0 && (self.inside[at - 1] != NONE || self.words[at - 1].is(Word::COMMA));
        (behind && source != NONE && self.prose.word(at) == "per").then_some(source as usize)
    }

    /// True for a token that is likely a verb in the past: "visited", "went".
    pub(super) fn acts(&self, at: usize) -> bool {
        candidate::is_past(self.prose.word(at), self.words[at])
    }

    /// True for a token inside a candidate.
    pub(super) fn in_candidate(&self, at: usize) -> bool {
        self.covered[at]
    }

    /// True after "so-called".
    pub(super) fn is_so_called(&self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).map_or("", |token| self.prose.word(token));
        word(1).eq_ignore_ascii_case("so-called")
            || word(1).eq_ignore_ascii_case("called") && word(2) == "-" && word(3).eq_ignore_ascii_case("so")
    }

    /// "the claims", "his report", "a statement".
    fn is_noun(&self, at: usize) -> bool {
        let Some((_, form)) = self.words[at].cue else { return true };
        at > 0
            && (form != CueForm::Participle || self.words[at].is(Word::ROLE))
            && !self.words[at].is(Word::FOREIGN)
            && self.words[at - 1].is(Word::DETERMINER | Word::OWNER | Word::GENITIVE)
            && !self.words[at - 1].is(Word::STANDS_ALONE | Word::RELATIVE | Word::OBJECT)
    }

    /// The phrase from `candidate` to the reporting verb that it is the subject of, without the comma before the verb.
    pub(super) fn subject(&self, candidate: usize) -> Option<Range<usize>> {
        let cue = self.cues.get(self.subject_of[candidate] as usize).filter(|cue| cue.left == Some(candidate))?;
        let mut phrase = self.candidates[candidate].tokens.start..cue.tokens.start;
        while self.words[phrase.end - 1].is(Word::COMMA | Word::DASH) {
            phrase.end -= 1;
        }
        Some(phrase)
    }

    /// The phrase of `candidate` behind the reporting verb that it is the subject of, up to the next comma or stop.
    pub(super) fn object(&self, candidate: usize) -> Option<Range<usize>> {
        let start = self.candidates[candidate].tokens.start;
        self.cues.get(self.subject_of[candidate] as usize).filter(|cue| cue.right == Some(candidate))?;
        let ends = |&at: &usize| {
            self.words[at].is(Word::COMMA | Word::STOP | Word::QUOTE | Word::COLON) || !self.same_sentence(start, at)
        };
        let end = (start + 1..self.words.len().min(start + OBJECT)).find(ends)?;
        Some(start..end)
    }

    fn right_of(&self, mut at: usize) -> Option<usize> {
        let limit = at + 3;
        while at < self.words.len().min(limit) && self.words[at].is(Word::ADVERB) {
            at += 1;
        }
        let found = *self.starting.get(at)?;
        (found != NONE && at > 0 && self.paragraph[at] == self.paragraph[at - 1]).then_some(found as usize)
    }

    pub(super) fn ending_at(&self, token: usize) -> Option<usize> {
        let found = self.ending[token];
        (found != NONE && self.inside[token] == NONE).then_some(found as usize)
    }

    /// `run` with the rest of the word at either end, as it is written: "a Trump-only" has no end before the hyphen, and
    /// "$22" no begin after the sign.
    pub(super) fn whole_words(&self, mut run: Range<usize>) -> Range<usize> {
        let tokens = &self.prose.tokens;
        let free = |at: usize| at < tokens.len() && self.inside[at] == NONE;
        let touch = |left: usize| free(left) && free(left + 1) && tokens[left].span.end == tokens[left + 1].span.begin;
        let is = |at: usize, marks: &[&str]| marks.contains(&self.prose.word(at));
        let hyphen = |at: usize| is(at, &["-", "‑"]) && at > 0 && touch(at - 1) && touch(at);
        while run.end < tokens.len()
            && touch(run.end - 1)
            && (hyphen(run.end) || hyphen(run.end - 1) || is(run.end, &["%"]))
        {
            run.end += 1;
        }
        while run.start > 0
            && touch(run.start - 1)
            && (hyphen(run.start - 1) || hyphen(run.start) || is(run.start - 1, &["$", "£", "€"]))
        {
            run.start -= 1;
        }
        run
    }

    /// `run` without the place and the dash with which a paragraph begins: "KABUL, Afghanistan — Officials".
    pub(super) fn behind_dateline(&self, run: Range<usize>) -> Range<usize> {
        let opens = run.start == 0 || self.paragraph[run.start - 1] != self.paragraph[run.start];
        let mut place = run.start..run.end.min(run.start + DATELINE);
        let dash = place.find(|&at| candidate::is_spaced_dash(self.prose, &self.words, at));
        let begins = |at: usize| at < run.end && self.words[at].is(Word::CAPITAL | Word::QUOTE);
        match dash.filter(|&dash| opens && begins(dash + 1) && self.is_dateline(run.start..dash)) {
            Some(dash) => dash + 1..run.end,
            None => run,
        }
    }

    /// True for "KABUL, Afghanistan", "Cape Town": a place first, and nothing but names, dates and marks.
    fn is_dateline(&self, words: Range<usize>) -> bool {
        let (first, place) = (self.prose.word(words.start), self.starting[words.start]);
        let upper = first.len() > 2 && first.chars().all(char::is_uppercase);
        let is_place =
            || self.candidates.get(place as usize).is_some_and(|one| one.kind == Kind::Name(EntityKind::Place));
        (upper || is_place())
            && words.into_iter().all(|at| self.words[at].is(Word::CAPITAL | Word::MARK | Word::NUMBER))
    }

    pub(super) fn same_sentence(&self, one: usize, other: usize) -> bool {
        self.sentence[one] == self.sentence[other]
    }
}

fn stretch(prose: &Prose, words: &[Word], quoted: &Quoted) -> Stretch {
    let (first, last) = (quoted.spans[0], quoted.spans[quoted.spans.len() - 1]);
    let begin = prose.token_at(first.begin);
    let end = (prose.token_at(last.end.saturating_sub(1)) + 1).min(words.len());
    let count = words[begin..end].iter().filter(|word| !word.is(Word::MARK)).count();
    let ends =
        last.of(prose.text).trim_end_matches(['"', '”', '\'', '’', '“', '»', '«', '」', ' ']).chars().next_back();
    Stretch { tokens: begin..end, words: count, ends: ends.unwrap_or(' ') }
}

fn paragraphs(prose: &Prose) -> Vec<u32> {
    let mut numbers = vec![0; prose.tokens.len()];
    for (index, run) in prose.paragraphs.iter().enumerate() {
        numbers[run.tokens.clone()].fill(index as u32);
    }
    numbers
}

/// Numbers the sentences around the stretches: `“Go,” he said.` is one, and so is `“Go!” he said.`
fn sentences(
    prose: &Prose,
    words: &[Word],
    stretches: &[Stretch],
    inside: &[u32],
    paragraph: &[u32],
    foreign: bool,
) -> Vec<u32> {
    // What is printed `"No".` ends a sentence. (The models have learned from an English in which it does not.)
    let closes = |at: usize| {
        let mark = foreign && at > 0 && inside[at - 1] != NONE && prose.tokens[at - 1].span.len() == 1;
        mark && words[at].is(Word::STOP) && words.get(at + 1).is_some_and(|next| next.is(Word::CAPITAL | Word::QUOTE))
    };
    let mut numbers = vec![0; words.len()];
    let mut number = 0;
    for at in 0..words.len() {
        let within = at > 0 && inside[at] != NONE && inside[at] == inside[at - 1];
        let breaks = at > 0 && !within && paragraph[at] != paragraph[at - 1];
        let ends = |at: usize| ends_sentence(prose, words, stretches, inside, at) || closes(at);
        if breaks || at > 0 && !within && ends(at - 1) {
            number += 1;
        }
        numbers[at] = number;
    }
    numbers
}

/// True for what a sentence begins with in scripts without capitals, and for an apostrophe.
fn begins(c: char) -> bool {
    c == '\'' || !c.is_ascii() && c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}

/// True where a sentence ends with the token at `at`, seen from outside the quotation marks.
fn ends_sentence(prose: &Prose, words: &[Word], stretches: &[Stretch], inside: &[u32], at: usize) -> bool {
    let Some(next) = words.get(at + 1) else { return true };
    let starts = || {
        next.is(Word::CAPITAL | Word::QUOTE | Word::NUMBER | Word::BRACKET) || prose.word(at + 1).starts_with(begins)
    };
    if inside[at] != NONE {
        let stretch = &stretches[inside[at] as usize];
        return stretch.tokens.end == at + 1 && matches!(stretch.ends, '.' | '…') && starts();
    }
    let stop = words[at].is(Word::STOP) && prose.tokens[at].span.len() == 1;
    if !stop {
        return false;
    }
    let spaced = prose.tokens[at].span.end < prose.tokens[at + 1].span.begin;
    // "a senator." ends a sentence, "Sen." does not.
    let short = |at: usize| words[at].is(Word::TITLE) && is_short_form(prose.word(at));
    let abbreviated = at > 0
        && (short(at - 1) || prose.tokens[at - 1].span.len() == 1)
        && prose.tokens[at - 1].span.end == prose.tokens[at].span.begin
        && prose.word(at) == ".";
    spaced && starts() && !abbreviated
}

/// Entity and frequency of each candidate.
fn entities_of(candidates: &[Candidate], mentions: &[Mention], entities: &[Entity]) -> (Vec<u32>, Vec<u32>) {
    let mut spans: Vec<_> = entities
        .iter()
        .enumerate()
        .flat_map(|(index, entity)| entity.mentions.iter().map(move |&span| (span, index as u32)))
        .collect();
    spans.sort_unstable();
    let entity: Vec<u32> = candidates
        .iter()
        .map(|candidate| {
            let Some(mention) = candidate.mention else { return NONE };
            let span = mentions[mention].span;
            spans.binary_search_by_key(&span, |&(span, _)| span).map_or(NONE, |found| spans[found].1)
        })
        .collect();
    let frequency = entity
        .iter()
        .map(|&entity| if entity == NONE { 1 } else { entities[entity as usize].mentions.len() as u32 })
        .collect();
    (entity, frequency)
}
