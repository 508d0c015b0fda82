//! Reported speech: who reports what by which words, found from the reporting word outwards.
//!
//! Four linear models of the same make as the ranker of speakers follow one another. The first tells whether a word
//! reports; the second how far the cue around it reaches ("has said in a statement"); the third ranks the noun phrases
//! of the sentence for the source; the fourth ranks the clauses and phrases of the sentence for the content. Each sees
//! what the one before chose.

mod content;
mod cue;
mod source;
#[cfg(feature = "train")]
pub(super) mod train;

use std::ops::Range;

use super::scene::{NONE, Scene};
use super::words::Word;
use crate::model::ranker::Linear;

/// Tokens of a sentence before and after a cue that are looked at.
const BEFORE: usize = 150;
const AFTER: usize = 200;

/// The four models.
#[derive(Clone, Debug)]
pub struct ReportModel {
    /// Tells whether a word reports.
    pub anchor: Linear,
    /// Ranks the reach of cues.
    pub cue: Linear,
    /// Ranks sources.
    pub source: Linear,
    /// Ranks contents.
    pub content: Linear,
    /// Hashes of the words that report at times, in order.
    pub words: Vec<u32>,
}

impl ReportModel {
    /// Reads what [`words_to_bytes`](Self::words_to_bytes) wrote.
    pub fn words_from_bytes(bytes: &[u8]) -> Vec<u32> {
        bytes.as_chunks::<4>().0.iter().map(|&word| u32::from_le_bytes(word)).collect()
    }

    /// The hashes of [`words`](Self::words), little-endian.
    pub fn words_to_bytes(&self) -> Vec<u8> {
        self.words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }
}

/// Somebody reports something, in tokens.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub(super) cue: Range<usize>,
    /// Empty where nobody is named.
    pub(super) source: Option<Range<usize>>,
    /// One or two runs, in order.
    pub(super) content: Vec<Range<usize>>,
    /// Probability that the word reports.
    pub(super) sure: f32,
    /// "declined to comment", "did not reply": nothing was said.
    pub(super) silent: bool,
}

/// Tokens of each sentence of the scene.
pub(super) fn sentences(scene: &Scene) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for at in 0..scene.words.len() {
        match runs.last_mut() {
            Some(run) if scene.sentence[at] == scene.sentence[run.start] => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Finds the reports of a text, in order of their cues; those that are less sure than `threshold` are left out.
pub(super) fn find(scene: &Scene, model: &ReportModel, threshold: f32) -> Vec<Report> {
    let mut reports = Vec::new();
    let mut features = Vec::new();
    for whole in sentences(scene) {
        let mut free = whole.start;
        for anchor in whole.clone() {
            if anchor < free || !cue::may_report(scene, model, anchor) {
                continue;
            }
            let sentence = window(&whole, anchor);
            cue::anchor_features(scene, &sentence, anchor, &mut features);
            let sure = super::sigmoid(model.anchor.score(&features));
            if sure < threshold {
                continue;
            }
            let cue = cue::best(scene, &sentence, anchor, model);
            let source = source::best(scene, &sentence, anchor, &cue, model);
            let content = content::best(scene, &sentence, anchor, &cue, source.as_ref(), model);
            free = cue.end;
            let content: Vec<Range<usize>> =
                content.into_iter().map(|run| strip(scene, run)).filter(|run| !run.is_empty()).collect();
            if !content.is_empty() {
                let silent = is_silence(scene, &whole, &cue);
                reports.push(Report { cue, source, content, sure, silent });
            }
        }
    }
    reports
}

/// True where the words around `cue` say that somebody said nothing.
fn is_silence(scene: &Scene, sentence: &Range<usize>, cue: &Range<usize>) -> bool {
    const NO: [&str; 10] =
        ["declined", "declines", "declining", "refused", "refuses", "refusing", "not", "n't", "n’t", "didn’t"];
    const ANSWER: [&str; 3] = ["comment", "reply", "respond"];
    let near = sentence.start.max(cue.start.saturating_sub(2))..sentence.end.min(cue.end + 3);
    let has = |words: &[&str]| near.clone().any(|at| words.contains(&scene.prose.word(at)));
    has(&NO) && has(&ANSWER)
}

/// The part of a sentence around `anchor` that is looked at, so that endless sentences take no endless time.
fn window(sentence: &Range<usize>, anchor: usize) -> Range<usize> {
    sentence.start.max(anchor.saturating_sub(BEFORE))..sentence.end.min(anchor + AFTER)
}

/// `run` without the marks that join it to what stands around.
fn strip(scene: &Scene, mut run: Range<usize>) -> Range<usize> {
    let joins = |at: usize| scene.inside[at] == NONE && scene.words[at].is(Word::COMMA | Word::DASH | Word::COLON);
    while run.start < run.end && joins(run.start) {
        run.start += 1;
    }
    while run.start < run.end && joins(run.end - 1) {
        run.end -= 1;
    }
    run
}

/// What stands at token `at`, as one number: the word, the kind of mark, a quoted stretch, the sentence's edge.
fn token(scene: &Scene, sentence: &Range<usize>, at: Option<usize>) -> u64 {
    match at {
        Some(at) if sentence.contains(&at) => match scene.words[at] {
            _ if scene.inside[at] != NONE => 2,
            word if word.is(Word::MARK) => 3 + u64::from(word.bits),
            word if word.is(Word::NUMBER) => 4,
            word => word.hash,
        },
        _ => 1,
    }
}

/// The same in less detail: what kind of word stands there.
fn sort(scene: &Scene, sentence: &Range<usize>, at: Option<usize>) -> u64 {
    match at {
        Some(at) if sentence.contains(&at) => match scene.words[at] {
            _ if scene.inside[at] != NONE => 2,
            word => u64::from(word.bits) << 8 | word.cue.map_or(0, |(class, form)| 8 + class as u64 * 4 + form as u64),
        },
        _ => 1,
    }
}

fn bucket(distance: usize) -> u64 {
    match distance {
        0..=4 => distance as u64,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=22 => 8,
        23..=35 => 9,
        _ => 10,
    }
}
