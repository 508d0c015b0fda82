//! Reported speech: who reports what by which words, found from the reporting word outwards.
//!
//! Four linear models of the same make as the ranker of speakers follow one another. The first tells whether a word
//! reports; the second how far the cue around it reaches ("has said in a statement"); the third ranks the noun phrases
//! of the sentence for the source; the fourth ranks the clauses and phrases of the sentence for the content. Each sees
//! what the one before chose.

mod content;
mod cue;
mod silence;
mod source;
#[cfg(feature = "train")]
pub(super) mod train;

use std::ops::Range;

use self::silence::Silence;
use super::scene::{NONE, Scene};
use super::words::Word;
use crate::model::ranker::Linear;

/// Tokens of a sentence before and after a cue that are looked at.
const BEFORE: usize = 150;
const AFTER: usize = 200;

/// How sure a silence is that the model did not see.
const SILENT: f32 = 0.8;

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
    let mut reports: Vec<Report> = Vec::new();
    let mut features = Vec::new();
    for whole in sentences(scene) {
        let silences = silence::find(scene, &whole);
        let first = reports.len();
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
            let silence = silences.iter().find(|silence| is_part(silence, &cue));
            let is_told = |silence: &Silence| reports[first..].iter().any(|report| is_part(silence, &report.cue));
            if !content.is_empty() && !silence.is_some_and(is_told) {
                reports.push(Report { cue, source, content, sure, silent: silence.is_some() });
            }
        }
        for silence in silences {
            if !reports[first..].iter().any(|report| is_part(&silence, &report.cue)) {
                reports.extend(silent(scene, model, &whole, silence));
            }
        }
        without_asking(&mut reports, first);
        reports[first..].sort_by_key(|report| report.cue.start);
    }
    reports
}

/// True where the words that report are those of `silence`.
fn is_part(silence: &Silence, cue: &Range<usize>) -> bool {
    cue.start < silence.tokens.end && silence.tokens.start < cue.end
}

/// Takes out of the reports from `first` on those whose verb stands in the phrase that names who did not answer: "a
/// spokesman, asked about the dam, did not reply".
fn without_asking(reports: &mut Vec<Report>, first: usize) {
    let silent = reports[first..].iter().filter(|report| report.silent);
    let sources: Vec<Range<usize>> = silent.filter_map(|report| report.source.clone()).collect();
    let mut at = 0;
    reports.retain(|report| {
        at += 1;
        at <= first || report.silent || !sources.iter().any(|source| source.contains(&report.cue.start))
    });
}

/// What the model of cues takes for no report: it is one all the same.
fn silent(scene: &Scene, model: &ReportModel, whole: &Range<usize>, silence: Silence) -> Option<Report> {
    let sentence = window(whole, silence.anchor);
    let cue = cue::best(scene, &sentence, silence.anchor, model);
    let subject = scene.left_of(silence.tokens.start).0.map(|subject| scene.candidates[subject].tokens.clone());
    let source = subject.or_else(|| source::best(scene, &sentence, silence.anchor, &cue, model));
    let source = source.or_else(|| source::before(scene, &sentence, silence.tokens.start))?;
    let content = content::best(scene, &sentence, silence.anchor, &cue, Some(&source), model);
    let mut content: Vec<Range<usize>> =
        content.into_iter().map(|run| strip(scene, run)).filter(|run| !run.is_empty()).collect();
    if content.is_empty() {
        content.push(silence.tokens);
    }
    Some(Report { cue, source: Some(source), content, sure: SILENT, silent: true })
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
