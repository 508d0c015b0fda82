//! Which words report, and how far the cue around them reaches.

use std::ops::Range;

use super::{ReportModel, bucket, sort, token};
use crate::extract::speaker::scene::{NONE, Scene};
use crate::extract::speaker::words::Word;
use crate::model::ranker::feature;

/// Tokens that a cue may reach to the left and to the right of its anchor.
const LEFT: usize = 5;
const RIGHT: usize = 6;

/// True for a word outside quotation marks that reports at times.
pub(super) fn may_report(scene: &Scene, model: &ReportModel, at: usize) -> bool {
    scene.inside[at] == NONE && is_word(scene, at) && model.words.binary_search(&(scene.words[at].hash as u32)).is_ok()
}

/// True for words that can carry a cue, and for the colon that stands for one.
pub(super) fn is_word(scene: &Scene, at: usize) -> bool {
    let word = scene.words[at];
    !word.is(Word::MARK | Word::NUMBER) && word.hash != 0
}

/// Fills `into` with what tells whether the word at `anchor` reports.
pub(super) fn anchor_features(scene: &Scene, sentence: &Range<usize>, anchor: usize, into: &mut Vec<u32>) {
    into.clear();
    push_words(scene, sentence, anchor, into);
    push_phrases(scene, anchor, into);
    push_sentence(scene, sentence, anchor, into);
}

/// The words around.
fn push_words(scene: &Scene, sentence: &Range<usize>, anchor: usize, into: &mut Vec<u32>) {
    let word = scene.words[anchor];
    let at = |offset: isize| anchor.checked_add_signed(offset);
    let w = |offset: isize| token(scene, sentence, at(offset));
    let s = |offset: isize| sort(scene, sentence, at(offset));
    let mut push = |template: u32, value: u64| into.push(feature(template + 200, value));
    push(0, 0);
    push(1, word.hash);
    push(2, word.hash.rotate_left(7) ^ w(-1));
    push(3, word.hash.rotate_left(7) ^ w(1));
    push(4, w(-1));
    push(5, w(1));
    push(6, w(-2));
    push(7, w(2));
    push(8, s(-1));
    push(9, s(1));
    push(10, s(-1).rotate_left(17) ^ s(1));
    push(11, word.hash.rotate_left(9) ^ s(-1));
    push(12, word.hash.rotate_left(9) ^ s(1));
    push(13, s(-2).rotate_left(17) ^ s(-1));
    push(14, s(1).rotate_left(17) ^ s(2));
    push(15, w(-2).rotate_left(5) ^ w(-1));
    push(16, w(1).rotate_left(5) ^ w(2));
    let own = sort(scene, sentence, Some(anchor));
    push(17, own);
    push(18, own.rotate_left(23) ^ s(-1));
    push(19, own.rotate_left(23) ^ s(1));
    push(31, w(-3));
    push(32, w(3));
    push(33, s(-3));
    push(34, s(3));
}

/// The noun phrases on both sides.
fn push_phrases(scene: &Scene, anchor: usize, into: &mut Vec<u32>) {
    let word = scene.words[anchor];
    let mut push = |template: u32, value: u64| into.push(feature(template + 200, value));
    let left = anchor.checked_sub(1).map_or(NONE, |before| scene.ending[before]);
    let right = scene.starting.get(anchor + 1).copied().unwrap_or(NONE);
    let kind = |candidate: u32| {
        if candidate == NONE { 31 } else { u64::from(scene.candidates[candidate as usize].kind.code()) }
    };
    push(20, kind(left) * 32 + kind(right));
    push(21, word.hash.rotate_left(3) ^ (kind(left) * 32 + kind(right)));
    let cue = scene.cues.binary_search_by_key(&anchor, |cue| cue.tokens.start).ok().map(|cue| &scene.cues[cue]);
    let subject = cue.map_or(9, |cue| {
        u64::from(cue.left.is_some()) + 2 * u64::from(cue.right.is_some()) + 4 * u64::from(cue.apposition)
    });
    push(22, subject);
    push(23, word.hash.rotate_left(11) ^ subject);
    push(24, u64::from(scene.in_candidate(anchor)) * 2 + u64::from(word.is(Word::CAPITAL)));
}

/// The word's ending, its place in the sentence, quotation marks near by.
fn push_sentence(scene: &Scene, sentence: &Range<usize>, anchor: usize, into: &mut Vec<u32>) {
    let word = scene.words[anchor];
    let mut push = |template: u32, value: u64| into.push(feature(template + 200, value));
    let text = scene.prose.word(anchor);
    let ending = &text[text.char_indices().rev().nth(2).map_or(0, |(at, _)| at)..];
    push(25, crate::extract::cue::hash(ending));
    push(26, bucket(anchor - sentence.start) * 16 + bucket(sentence.end - anchor));
    let quoted = (anchor + 1..sentence.end.min(anchor + 12)).any(|at| scene.inside[at] != NONE);
    let quoted_before = (sentence.start.max(anchor.saturating_sub(12))..anchor).any(|at| scene.inside[at] != NONE);
    push(27, u64::from(quoted) * 2 + u64::from(quoted_before));
    push(28, word.hash.rotate_left(13) ^ (u64::from(quoted) * 2 + u64::from(quoted_before)));
    let that = (anchor + 1..sentence.end.min(anchor + 6)).any(|at| scene.prose.word(at) == "that");
    push(29, u64::from(that));
    push(30, word.hash.rotate_left(15) ^ u64::from(that));
}

/// The reaches to choose from.
pub(super) fn options(scene: &Scene, sentence: &Range<usize>, anchor: usize) -> Vec<Range<usize>> {
    let first =
        (sentence.start..anchor).rev().take(LEFT).take_while(|&at| scene.inside[at] == NONE).last().unwrap_or(anchor);
    let last =
        (anchor + 1..sentence.end).take(RIGHT).take_while(|&at| scene.inside[at] == NONE).last().unwrap_or(anchor);
    let mut options = Vec::new();
    for begin in first..=anchor {
        for end in anchor + 1..=last + 1 {
            options.push(begin..end);
        }
    }
    options
}

/// Fills `into` with the features of the reach `cue`.
pub(super) fn features(scene: &Scene, sentence: &Range<usize>, anchor: usize, cue: &Range<usize>, into: &mut Vec<u32>) {
    into.clear();
    push_edges(scene, sentence, anchor, cue, into);
    push_inside(scene, sentence, anchor, cue, into);
}

/// How far the cue reaches, and the words at its edges.
fn push_edges(scene: &Scene, sentence: &Range<usize>, anchor: usize, cue: &Range<usize>, into: &mut Vec<u32>) {
    let word = scene.words[anchor];
    let (left, right) = ((anchor - cue.start) as u64, (cue.end - 1 - anchor) as u64);
    let before = cue.start.checked_sub(1);
    let w = |at: usize| token(scene, sentence, Some(at));
    let s = |at: usize| sort(scene, sentence, Some(at));
    let mut push = |template: u32, value: u64| into.push(feature(template + 240, value));
    push(0, left);
    push(1, right);
    push(2, left * 8 + right);
    push(3, left.rotate_left(40) ^ token(scene, sentence, before));
    push(4, right.rotate_left(40) ^ w(cue.end));
    push(5, w(cue.start));
    push(6, w(cue.end - 1));
    push(7, left.rotate_left(40) ^ sort(scene, sentence, before));
    push(8, right.rotate_left(40) ^ s(cue.end));
    push(9, s(cue.start));
    push(10, s(cue.end - 1));
    push(11, s(cue.end - 1).rotate_left(21) ^ s(cue.end));
    push(12, sort(scene, sentence, before).rotate_left(21) ^ s(cue.start));
    push(13, word.hash.rotate_left(5) ^ right);
    push(14, word.hash.rotate_left(6) ^ left);
    push(15, w(cue.end - 1).rotate_left(7) ^ w(cue.end));
    push(16, token(scene, sentence, before).rotate_left(7) ^ w(cue.start));
}

/// What the cue holds and cuts.
fn push_inside(scene: &Scene, sentence: &Range<usize>, anchor: usize, cue: &Range<usize>, into: &mut Vec<u32>) {
    let right = (cue.end - 1 - anchor) as u64;
    let before = cue.start.checked_sub(1);
    let w = |at: usize| token(scene, sentence, Some(at));
    let s = |at: usize| sort(scene, sentence, Some(at));
    let mut push = |template: u32, value: u64| into.push(feature(template + 240, value));
    let begins = scene.starting.get(cue.end).is_some_and(|&candidate| candidate != NONE);
    let ends = before.is_some_and(|before| scene.ending[before] != NONE);
    let cuts = scene.in_candidate(cue.end - 1) && scene.in_candidate(cue.end.min(scene.words.len() - 1)) && !begins;
    push(17, u64::from(begins) * 4 + u64::from(ends) * 2 + u64::from(cuts));
    push(18, (u64::from(begins) * 8 + right) * 2 + u64::from(cuts));
    let marks = cue.clone().filter(|&at| scene.words[at].is(Word::MARK)).count().min(3) as u64;
    let names = cue.clone().filter(|&at| scene.starting[at] != NONE).count().min(3) as u64;
    push(19, marks);
    push(20, names);
    for at in cue.clone().filter(|&at| at != anchor) {
        push(if at < anchor { 21 } else { 22 }, w(at));
        push(if at < anchor { 23 } else { 24 }, s(at));
    }
}

pub(super) fn best(scene: &Scene, sentence: &Range<usize>, anchor: usize, model: &ReportModel) -> Range<usize> {
    let mut into = Vec::new();
    let mut best = (f32::MIN, anchor..anchor + 1);
    for option in options(scene, sentence, anchor) {
        features(scene, sentence, anchor, &option, &mut into);
        let score = model.cue.score(&into);
        if score > best.0 {
            best = (score, option);
        }
    }
    best.1
}
