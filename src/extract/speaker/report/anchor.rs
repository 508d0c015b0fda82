//! Which words may report, and how likely each does.

use std::ops::Range;

use super::{ReportModel, bucket, sort, token};
use crate::extract::speaker::scene::{NONE, Scene};
use crate::extract::speaker::sigmoid;
use crate::extract::speaker::words::Word;
use crate::model::ranker::{Linear, feature};

/// True for a word outside quotation marks that reports at times.
pub(super) fn may_report(scene: &Scene, model: &ReportModel, at: usize) -> bool {
    scene.inside[at] == NONE && model.words.contains(scene.words[at].hash as u32) && is_word(scene, at)
}

/// How likely the word at `anchor` reports, from 0 to 1; `into` is a buffer.
pub(super) fn likelihood(
    scene: &Scene,
    sentence: &Range<usize>,
    anchor: usize,
    model: &Linear,
    into: &mut Vec<u32>,
) -> f32 {
    features(scene, sentence, anchor, into);
    sigmoid(model.score(into))
}

/// True for words that can carry a cue.
pub(super) fn is_word(scene: &Scene, at: usize) -> bool {
    let word = scene.words[at];
    !word.is(Word::MARK | Word::NUMBER | Word::FOREIGN) && word.hash != 0
}

/// Fills `into` with what tells whether the word at `anchor` reports.
pub(super) fn features(scene: &Scene, sentence: &Range<usize>, anchor: usize, into: &mut Vec<u32>) {
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
