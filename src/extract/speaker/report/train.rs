//! Fits the models of reported speech to annotated attributions.

use std::collections::BTreeMap;
use std::ops::Range;

use super::line::Line;
use super::seen::Seen;
use super::tagger::{AFTER, BEFORE, CUE, SOURCE};
use super::{Hashes, ReportModel, anchor, sentences, window};
use crate::extract::speaker::scene::{NONE, Scene};
use crate::extract::speaker::train::logistic;
use crate::extract::speaker::words::Word;
use crate::model::ranker::Linear;
use crate::model::sequence::{Labelled, Labeller};
use crate::model::train::Options;
use crate::model::train::sequence::Lessons;
use crate::text::Span;

/// An attribution in tokens.
#[derive(Clone, Debug)]
pub(in crate::extract::speaker) struct Truth {
    pub(super) cue: Range<usize>,
    pub(super) source: Option<Range<usize>>,
    pub(super) content: Vec<Range<usize>>,
}

/// One annotated attribution, in bytes: content, source, cue.
pub(in crate::extract::speaker) fn truth(
    scene: &Scene,
    content: &[Span],
    source: &[Span],
    cue: &[Span],
) -> Option<Truth> {
    let cue = whole(cue)?;
    let mut runs: Vec<Range<usize>> = content.iter().map(|&span| tokens(scene, span)).collect();
    runs.retain(|run| !run.is_empty());
    Some(Truth { cue: tokens(scene, cue), source: whole(source).map(|span| tokens(scene, span)), content: runs })
        .filter(|truth| !truth.cue.is_empty() && !truth.content.is_empty())
}

fn whole(spans: &[Span]) -> Option<Span> {
    spans.iter().copied().reduce(Span::cover)
}

/// The tokens of `span` without marks at its ends, as the measure trims them.
fn tokens(scene: &Scene, span: Span) -> Range<usize> {
    let begin = scene.prose.token_at(span.begin);
    let end = (scene.prose.token_at(span.end.saturating_sub(1)) + 1).min(scene.words.len());
    trim(scene, begin..end.max(begin))
}

fn trim(scene: &Scene, mut run: Range<usize>) -> Range<usize> {
    let loose = |at: usize| scene.words[at].is(Word::MARK) && !scene.words[at].is(Word::GENITIVE | Word::BRACKET);
    while run.start < run.end && loose(run.start) {
        run.start += 1;
    }
    while run.start < run.end && loose(run.end - 1) {
        run.end -= 1;
    }
    run
}

/// How the tagger of reports is fitted.
const RECIPE: Options = Options { rounds: 10, rate: 0.1, decay: 15.0, dropout: 0.5, fits: FITS, seed: 2016 };
const FITS: usize = 2;
/// A word that reports in one of more than so many places is left out: nothing would ever be sure of it.
const RARE: usize = 50;
/// Features seen less often, and rows without a larger weight, are left out.
const LEAST: u32 = 3;
const PRUNE: f32 = 0.05;

/// Fits the models to `truths`, one list a scene.
pub(in crate::extract::speaker) fn fit(scenes: &[Scene], truths: &[Vec<Truth>], epochs: usize) -> ReportModel {
    let shares = shares(scenes, truths);
    let anchored: Vec<Vec<Anchored>> =
        scenes.iter().zip(truths).map(|(scene, truths)| anchors(scene, truths, &shares)).collect();
    let words = reporting(scenes, &anchored);
    let model = ReportModel { words: Hashes::new(words), ..ReportModel::nothing() };
    let texts: Vec<Text> = scenes.iter().zip(&anchored).map(|(scene, anchored)| Text { scene, anchored }).collect();
    let tagger = Labeller::new(fit_tagger(&texts, &model));
    ReportModel { anchor: fit_anchor(&texts, &model, epochs), tagger, ..model }
}

/// Hashes of the words that report more than once, and not once in very many places only.
fn reporting(scenes: &[Scene], anchored: &[Vec<Anchored>]) -> Vec<u32> {
    let mut words: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
    for (scene, anchored) in scenes.iter().zip(anchored) {
        for (anchor, _) in anchored {
            words.entry(scene.words[*anchor].hash as u32).or_default().0 += 1;
        }
        for (word, _) in scene.words.iter().zip(&scene.inside).filter(|&(_, &inside)| inside == NONE) {
            words.entry(word.hash as u32).or_default().1 += 1;
        }
    }
    let often = words.into_iter().filter(|&(_, (count, all))| count > 1 && count * RARE >= all);
    often.map(|(word, _)| word).collect()
}

/// A word that reports, with the attribution that it carries.
type Anchored<'a> = (usize, &'a Truth);

/// A text with the words of it that report, in order.
struct Text<'s, 'a, 'b> {
    scene: &'s Scene<'a, 'b>,
    anchored: &'s [Anchored<'s>],
}

impl Text<'_, '_, '_> {
    /// Calls `visit` with every word that may report: the sentence around it, its place, and the attribution that it
    /// carries, where it does. Another word of a cue is neither right nor wrong.
    fn each(&self, model: &ReportModel, mut visit: impl FnMut(Range<usize>, usize, Option<&Truth>)) {
        for sentence in sentences(self.scene) {
            for at in sentence.clone() {
                let found = self.anchored.binary_search_by_key(&at, |&(anchor, _)| anchor).ok();
                let truth = found.map(|found| self.anchored[found].1);
                let open = || {
                    anchor::may_report(self.scene, model, at)
                        && !self.anchored.iter().any(|(_, truth)| truth.cue.contains(&at))
                };
                if truth.is_some() || open() {
                    visit(window(&sentence, at), at, truth);
                }
            }
        }
    }
}

/// Fits the tagger on the attributions, each seen from the word that reports.
fn fit_tagger(texts: &[Text], model: &ReportModel) -> Vec<u8> {
    let mut lessons = Lessons::default();
    for (number, text) in texts.iter().enumerate() {
        text.each(model, |sentence, at, truth| {
            if let Some(truth) = truth {
                tell(&mut lessons, text.scene, &sentence, at, truth, number);
            }
        });
    }
    lessons.fit(RECIPE, LEAST, PRUNE)
}

/// Adds a sentence, seen from the word at `anchor`, to the lessons.
fn tell(lessons: &mut Lessons, scene: &Scene, sentence: &Range<usize>, anchor: usize, truth: &Truth, article: usize) {
    let line = Line::new(scene, sentence);
    let seen = Seen::new(&line, line.unit(anchor));
    for unit in 0..line.units.len() {
        let mut features = Vec::new();
        line.features(unit, &mut features);
        let (far, place) = (seen.far(unit), seen.place(unit));
        seen.features_of_distance(far, &mut features);
        seen.features_of_place(&place, &mut features);
        seen.features(unit, &place, &mut features);
        lessons.unit(features);
    }
    lessons.sentence(&labelled(&line, sentence, truth), article);
}

/// The stretches of a line that `truth` is made of. Where they overlap, the cue goes before the source, and both before
/// the content.
fn labelled(line: &Line, sentence: &Range<usize>, truth: &Truth) -> Vec<Labelled> {
    let mut kinds: Vec<Option<(u8, usize)>> = vec![None; line.units.len()];
    let content = truth.content.iter().map(|run| (run, if run.start < truth.cue.start { BEFORE } else { AFTER }));
    let source = truth.source.iter().map(|source| (source, SOURCE));
    for (number, (tokens, kind)) in content.chain(source).chain([(&truth.cue, CUE)]).enumerate() {
        let tokens = tokens.start.max(sentence.start)..tokens.end.min(sentence.end);
        if !tokens.is_empty() {
            kinds[line.unit(tokens.start)..=line.unit(tokens.end - 1)].fill(Some((kind, number)));
        }
    }
    let mut found: Vec<Labelled> = Vec::new();
    let mut begin = 0;
    for run in kinds.chunk_by(|one, other| one == other) {
        let end = begin + run.len();
        found.extend(run[0].map(|(kind, _)| (begin..end, kind)));
        begin = end;
    }
    found
}

/// How often each word stands in a cue, of all its places.
fn shares(scenes: &[Scene], truths: &[Vec<Truth>]) -> BTreeMap<u64, (u32, u32)> {
    let mut shares: BTreeMap<u64, (u32, u32)> = BTreeMap::new();
    for (scene, truths) in scenes.iter().zip(truths) {
        for (at, word) in scene.words.iter().enumerate() {
            if scene.inside[at] == NONE {
                shares.entry(word.hash).or_default().1 += 1;
            }
        }
        for at in truths.iter().flat_map(|truth| truth.cue.clone()) {
            shares.entry(scene.words[at].hash).or_default().0 += 1;
        }
    }
    shares
}

/// The word of each cue that is most often part of one.
fn anchors<'a>(scene: &Scene, truths: &'a [Truth], shares: &BTreeMap<u64, (u32, u32)>) -> Vec<Anchored<'a>> {
    let share = |at: usize| {
        shares.get(&scene.words[at].hash).map_or(0.0, |&(inside, all)| (inside as f32 - 0.5) / (all as f32 + 1.0))
    };
    let mut found: Vec<Anchored> = Vec::new();
    for truth in truths {
        let words = truth.cue.clone().filter(|&at| scene.inside[at] == NONE && anchor::is_word(scene, at));
        if let Some(anchor) = words.max_by(|&one, &other| share(one).total_cmp(&share(other))) {
            found.push((anchor, truth));
        }
    }
    found.sort_by_key(|&(anchor, _)| anchor);
    found.dedup_by_key(|&mut (anchor, _)| anchor);
    found
}

/// Fits the model that tells which words report.
fn fit_anchor(texts: &[Text], model: &ReportModel, epochs: usize) -> Linear {
    let mut rows = Vec::new();
    for text in texts {
        text.each(model, |sentence, at, truth| {
            if anchor::may_report(text.scene, model, at) {
                let mut features = Vec::new();
                anchor::features(text.scene, &sentence, at, &mut features);
                rows.push((features, truth.is_some()));
            }
        });
    }
    logistic(&rows, epochs)
}
