//! Fits the four models to annotated attributions.

use std::collections::BTreeMap;
use std::ops::Range;

use super::content::Place;
use super::{ReportModel, content, cue, sentences, source, window};
use crate::extract::speaker::scene::{NONE, Scene};
use crate::extract::speaker::train::{logistic, shuffle};
use crate::extract::speaker::words::Word;
use crate::model::ranker::{Linear, Perceptron};
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

/// Fits the models to `truths`, one list a scene.
pub(in crate::extract::speaker) fn fit(scenes: &[Scene], truths: &[Vec<Truth>], epochs: usize) -> ReportModel {
    let shares = shares(scenes, truths);
    let anchored: Vec<Vec<(usize, &Truth)>> =
        scenes.iter().zip(truths).map(|(scene, truths)| anchors(scene, truths, &shares)).collect();
    let mut words: BTreeMap<u32, usize> = BTreeMap::new();
    for (scene, anchored) in scenes.iter().zip(&anchored) {
        for (anchor, _) in anchored {
            *words.entry(scene.words[*anchor].hash as u32).or_default() += 1;
        }
    }
    let words: Vec<u32> = words.into_iter().filter(|&(_, count)| count > 1).map(|(word, _)| word).collect();
    let mut model = ReportModel {
        anchor: Linear::zero(),
        cue: Linear::zero(),
        source: Linear::zero(),
        content: Linear::zero(),
        words,
    };
    model.anchor = fit_anchor(scenes, &anchored, &model, epochs);
    model.cue = fit_each(scenes, &anchored, epochs, |scene, sentence, anchor, truth, learn| {
        let options = cue::options(scene, sentence, anchor);
        let right = options.iter().position(|option| trim(scene, option.clone()) == truth.cue);
        learn(right, options.len(), &mut |at, into| cue::features(scene, sentence, anchor, &options[at], into));
    });
    model.source = fit_each(scenes, &anchored, epochs, |scene, sentence, anchor, truth, learn| {
        let options = source::options(scene, sentence, &truth.cue);
        let right = match &truth.source {
            Some(source) => options.iter().position(|option| trim(scene, option.tokens.clone()) == *source),
            None => Some(options.len()),
        };
        learn(right, options.len() + 1, &mut |at, into| {
            source::features(scene, sentence, anchor, &truth.cue, options.get(at), into);
        });
    });
    model.content = fit_each(scenes, &anchored, epochs, |scene, sentence, anchor, truth, learn| {
        let place = Place { scene, sentence, anchor, cue: &truth.cue, source: truth.source.as_ref() };
        let options = place.options();
        let right = best_content(scene, &options, truth);
        learn(right, options.len(), &mut |at, into| place.features(&options[at], into));
    });
    model
}

/// The option that is the true content, or comes near it.
fn best_content(scene: &Scene, options: &[content::Choice], truth: &Truth) -> Option<usize> {
    let size = |runs: &[Range<usize>]| runs.iter().map(ExactSizeIterator::len).sum::<usize>();
    let mut best = (0.6, None);
    for (at, option) in options.iter().enumerate() {
        let runs: Vec<Range<usize>> = option.runs().into_iter().map(|run| trim(scene, run)).collect();
        let pairs = runs.iter().flat_map(|one| truth.content.iter().map(move |other| (one, other)));
        let shared: usize =
            pairs.map(|(one, other)| one.end.min(other.end).saturating_sub(one.start.max(other.start))).sum();
        let share = shared as f32 / (size(&runs) + size(&truth.content) - shared).max(1) as f32;
        if share > best.0 {
            best = (share, Some(at));
        }
    }
    best.1
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
fn anchors<'a>(scene: &Scene, truths: &'a [Truth], shares: &BTreeMap<u64, (u32, u32)>) -> Vec<(usize, &'a Truth)> {
    let share = |at: usize| {
        shares.get(&scene.words[at].hash).map_or(0.0, |&(inside, all)| (inside as f32 - 0.5) / (all as f32 + 1.0))
    };
    let mut found: Vec<(usize, &Truth)> = Vec::new();
    for truth in truths {
        let words = truth.cue.clone().filter(|&at| scene.inside[at] == NONE && cue::is_word(scene, at));
        if let Some(anchor) = words.max_by(|&one, &other| share(one).total_cmp(&share(other))) {
            found.push((anchor, truth));
        }
    }
    found.sort_by_key(|&(anchor, _)| anchor);
    found.dedup_by_key(|&mut (anchor, _)| anchor);
    found
}

fn fit_anchor(scenes: &[Scene], anchored: &[Vec<(usize, &Truth)>], model: &ReportModel, epochs: usize) -> Linear {
    let mut rows = Vec::new();
    for (scene, anchored) in scenes.iter().zip(anchored) {
        for sentence in sentences(scene) {
            for at in sentence.clone().filter(|&at| cue::may_report(scene, model, at)) {
                let sentence = window(&sentence, at);
                let truth = anchored.binary_search_by_key(&at, |&(anchor, _)| anchor).is_ok();
                // Another word of a cue is neither right nor wrong.
                if !truth && anchored.iter().any(|(_, truth)| truth.cue.contains(&at)) {
                    continue;
                }
                let mut features = Vec::new();
                cue::anchor_features(scene, &sentence, at, &mut features);
                rows.push((features, truth));
            }
        }
    }
    logistic(&rows, epochs)
}

type Learn<'l> = dyn FnMut(Option<usize>, usize, &mut dyn FnMut(usize, &mut Vec<u32>)) + 'l;

/// Fits a ranker: `show` names the right option and gives the features of each, for every attribution in turn.
fn fit_each(
    scenes: &[Scene],
    anchored: &[Vec<(usize, &Truth)>],
    epochs: usize,
    show: impl Fn(&Scene, &Range<usize>, usize, &Truth, &mut Learn<'_>),
) -> Linear {
    let mut perceptron = Perceptron::new();
    let mut random = 0x5eed_u64;
    let mut order: Vec<usize> = (0..scenes.len()).collect();
    let runs: Vec<Vec<Range<usize>>> = scenes.iter().map(sentences).collect();
    for _ in 0..epochs {
        shuffle(&mut order, &mut random);
        for &at in &order {
            for (anchor, truth) in &anchored[at] {
                let number = runs[at].partition_point(|run| run.end <= *anchor);
                show(
                    &scenes[at],
                    &window(&runs[at][number], *anchor),
                    *anchor,
                    truth,
                    &mut |right, count, features| {
                        learn(&mut perceptron, right, count, features);
                    },
                );
            }
        }
    }
    perceptron.average()
}

fn learn(
    perceptron: &mut Perceptron,
    right: Option<usize>,
    count: usize,
    features: &mut dyn FnMut(usize, &mut Vec<u32>),
) {
    let Some(right) = right else { return };
    let mut into = Vec::new();
    let mut top = (f32::MIN, right);
    for at in 0..count {
        features(at, &mut into);
        let score = perceptron.score(&into) + if at == right { 0.0 } else { 1.0 };
        if score > top.0 {
            top = (score, at);
        }
    }
    if top.1 != right {
        features(right, &mut into);
        perceptron.update(&into, 1.0);
        features(top.1, &mut into);
        perceptron.update(&into, -1.0);
    }
    perceptron.tick();
}
