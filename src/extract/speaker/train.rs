//! Fits the two models to annotated articles. Same articles in, same weights out.

use serde_json::Value;

use super::report::train::Truth;
use super::scene::Scene;
use super::view::{Last, View};
use super::{Model, Ranked, ReportModel, rank, report};
use crate::extract::{Entity, Mention, entity, mention, quote};
use crate::model::ranker::{Linear, Perceptron, SIZE};
use crate::text::{Prose, Span};

/// An article with what was annotated in it.
#[derive(Clone, Debug)]
pub struct Gold {
    /// Text.
    pub text: String,
    /// All that is reported in it.
    pub attributions: Vec<Attribution>,
}

impl Gold {
    /// Reads a line of gold: `{"id", "text", "attributions": [{"content", "source", "cue"}]}`, each a list of spans as
    /// `[begin, end]` in characters, and with it the publisher, which is the beginning of the identifier. `None` where
    /// the line is something else.
    pub fn from_json(line: &str) -> Option<(String, Self)> {
        let value: Value = serde_json::from_str(line).ok()?;
        let text = value["text"].as_str()?.to_owned();
        let at: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let span = |pair: &Value| {
            let place = |index: usize| pair[index].as_u64().and_then(|place| at.get(place as usize).copied());
            Some(Span::new(place(0)?, place(1)?))
        };
        let spans = |value: &Value| value.as_array()?.iter().map(span).collect::<Option<Vec<Span>>>();
        let one = |value: &Value| {
            let (content, source) = (spans(&value["content"])?, spans(&value["source"])?);
            Some(Attribution { content, source, cue: spans(&value["cue"])? })
        };
        let attributions = value["attributions"].as_array()?.iter().map(one).collect::<Option<_>>()?;
        let publisher = value["id"].as_str()?.split('_').next()?.to_owned();
        Some((publisher, Self { text, attributions }))
    }
}

/// Reported words, who says them, and the words that say so; spans in bytes.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// What is said.
    pub content: Vec<Span>,
    /// Who says it; empty where nobody is named.
    pub source: Vec<Span>,
    /// The words that say so.
    pub cue: Vec<Span>,
}

/// A text as the attribution sees it, with the answer for each stretch.
pub(super) struct Example<'a> {
    pub(super) prose: Prose<'a>,
    pub(super) mentions: Vec<Mention>,
    pub(super) entities: Vec<Entity>,
    pub(super) quoted: Vec<quote::Quoted>,
    /// Per stretch the spans of its source; `None` where nobody says it.
    pub(super) answers: Vec<Option<&'a [Span]>>,
}

pub(super) fn example(gold: &Gold) -> Example<'_> {
    let prose = Prose::new(&gold.text);
    let mentions = mention::find(&prose, Some("en"));
    let entities = entity::resolve(&prose, &mentions);
    let quoted = quote::find(&prose);
    let answers = quoted.iter().map(|quoted| answer(gold, quoted)).collect();
    Example { prose, mentions, entities, quoted, answers }
}

/// The source of the attribution that covers at least half of `quoted`.
fn answer<'a>(gold: &'a Gold, quoted: &quote::Quoted) -> Option<&'a [Span]> {
    let size: usize = quoted.spans.iter().map(|span| span.len()).sum();
    let shared = |content: &[Span]| -> usize {
        let pairs = content.iter().flat_map(|one| quoted.spans.iter().map(move |other| (one, other)));
        pairs.map(|(one, other)| one.end.min(other.end).saturating_sub(one.begin.max(other.begin))).sum()
    };
    let best = gold.attributions.iter().max_by_key(|one| shared(&one.content))?;
    (2 * shared(&best.content) >= size).then_some(best.source.as_slice())
}

/// Fits all models to `golds`, the linear ones in `epochs` passes.
pub fn fit(golds: &[Gold], epochs: usize) -> Model {
    let examples: Vec<Example> = golds.iter().map(example).collect();
    let scenes = scenes(&examples);
    let truths: Vec<Vec<Truth>> = golds.iter().zip(&scenes).map(|(gold, scene)| truths(gold, scene)).collect();
    let report = report::train::fit(&scenes, &truths, epochs);
    Model { report, ..fit_to(&scenes, &examples, epochs) }
}

/// Fits only what tells the speakers of quoted words; the model finds no reported speech.
pub fn fit_speakers(golds: &[Gold], epochs: usize) -> Model {
    let examples: Vec<Example> = golds.iter().map(example).collect();
    fit_to(&scenes(&examples), &examples, epochs)
}

fn fit_to(scenes: &[Scene], examples: &[Example], epochs: usize) -> Model {
    let all: Vec<usize> = (0..scenes.len()).collect();
    let ranker = fit_ranker(scenes, examples, &all, epochs);
    let filter = fit_filter(scenes, examples, &ranker, epochs);
    let trust = fit_trust(scenes, examples, epochs);
    Model { ranker, filter, trust, report: ReportModel::nothing() }
}

fn scenes<'e>(examples: &'e [Example<'e>]) -> Vec<Scene<'e, 'e>> {
    examples.iter().map(|one| Scene::new(&one.prose, &one.mentions, &one.entities, &one.quoted)).collect()
}

fn truths(gold: &Gold, scene: &Scene) -> Vec<Truth> {
    let all = gold.attributions.iter();
    all.filter_map(|one| report::train::truth(scene, &one.content, &one.source, &one.cue)).collect()
}

/// Number of parts that are held out in turn to calibrate.
const FOLDS: usize = 5;

/// Fits the trust in the ranker to its choices on articles that it was not trained on (Platt 1999).
fn fit_trust(scenes: &[Scene], examples: &[Example], epochs: usize) -> Linear {
    let mut rows: Vec<(Vec<u32>, bool)> = Vec::new();
    let mut features = Vec::new();
    for fold in 0..FOLDS {
        let seen: Vec<usize> = (0..scenes.len()).filter(|at| at % FOLDS != fold).collect();
        let ranker = fit_ranker(scenes, examples, &seen, epochs);
        for at in (fold..scenes.len()).step_by(FOLDS) {
            each_ranked(&scenes[at], &examples[at], &ranker, |view, ranked, source| {
                view.trust_features(ranked, &mut features);
                rows.push((features.clone(), source.is_empty() || is_source(view.scene, ranked.best, source)));
            });
        }
    }
    logistic(&rows, epochs)
}

/// Calls `visit` with the best candidate for each stretch of `scene` that somebody says.
fn each_ranked(scene: &Scene, example: &Example, ranker: &Linear, mut visit: impl FnMut(&View, Ranked, &[Span])) {
    let mut last = Last::default();
    let mut features = Vec::new();
    for index in 0..scene.stretches.len() {
        let Some(source) = example.answers[index] else { continue };
        if scene.stretches[index].words == 0 {
            continue;
        }
        let view = View::new(scene, index, last);
        if let Some(ranked) = rank(&view, ranker, &mut features) {
            visit(&view, ranked, source);
            last = Last { candidate: Some(ranked.best), stretch: index };
        }
    }
}

fn fit_ranker(scenes: &[Scene], examples: &[Example], which: &[usize], epochs: usize) -> Linear {
    let mut perceptron = Perceptron::new();
    let mut random = 0x1234_5678_u64;
    let mut order = which.to_vec();
    for _ in 0..epochs {
        shuffle(&mut order, &mut random);
        for &at in &order {
            learn_ranks(&mut perceptron, &scenes[at], &examples[at]);
        }
    }
    perceptron.average()
}

pub(super) fn shuffle(order: &mut [usize], random: &mut u64) {
    for at in (1..order.len()).rev() {
        *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (*random >> 33) as usize % (at + 1));
    }
}

fn learn_ranks(perceptron: &mut Perceptron, scene: &Scene, example: &Example) {
    let mut last = Last::default();
    for index in 0..scene.stretches.len() {
        let Some(source) = example.answers[index] else { continue };
        if scene.stretches[index].words == 0 {
            continue;
        }
        let view = View::new(scene, index, last);
        let mut top: Option<(f32, bool, usize, Vec<u32>)> = None;
        let mut right: Option<(f32, usize, Vec<u32>)> = None;
        let mut wrong: Option<(f32, usize, Vec<u32>)> = None;
        for candidate in view.reach() {
            let mut features = Vec::new();
            view.features(candidate, &mut features);
            let score = perceptron.score(&features);
            let good = is_source(scene, candidate, source);
            if top.as_ref().is_none_or(|top| score > top.0) {
                top = Some((score, good, candidate, Vec::new()));
            }
            let slot = if good { &mut right } else { &mut wrong };
            if slot.as_ref().is_none_or(|slot| score > slot.0) {
                *slot = Some((score, candidate, features));
            }
        }
        if let (Some(right), Some(wrong)) = (&right, &wrong)
            && right.0 < wrong.0 + 1.0
        {
            perceptron.update(&right.2, 1.0);
            perceptron.update(&wrong.2, -1.0);
        }
        perceptron.tick();
        if let Some((_, _, candidate, _)) = top {
            last = Last { candidate: Some(candidate), stretch: index };
        }
    }
}

pub(super) fn is_source(scene: &Scene, candidate: usize, source: &[Span]) -> bool {
    let span = scene.prose.span(scene.candidates[candidate].tokens.clone());
    source.iter().any(|one| one.overlaps(span))
}

/// Logistic regression by stochastic gradient descent with decaying steps.
fn fit_filter(scenes: &[Scene], examples: &[Example], ranker: &Linear, epochs: usize) -> Linear {
    let mut rows: Vec<(Vec<u32>, bool)> = Vec::new();
    for (scene, example) in scenes.iter().zip(examples) {
        let mut last = Last::default();
        let mut features = Vec::new();
        for index in 0..scene.stretches.len() {
            if scene.stretches[index].words == 0 {
                continue;
            }
            let view = View::new(scene, index, last);
            let best = rank(&view, ranker, &mut features);
            view.scare_features(best, &mut features);
            rows.push((features.clone(), example.answers[index].is_some()));
            if let (Some(ranked), true) = (best, example.answers[index].is_some()) {
                last = Last { candidate: Some(ranked.best), stretch: index };
            }
        }
    }
    logistic(&rows, epochs)
}

pub(super) fn logistic(rows: &[(Vec<u32>, bool)], epochs: usize) -> Linear {
    let mut weights = vec![0.0_f32; SIZE];
    let mut squares = vec![0.0_f32; SIZE];
    let mut random = 0x9876_5432_u64;
    let mut order: Vec<usize> = (0..rows.len()).collect();
    for _ in 0..epochs {
        shuffle(&mut order, &mut random);
        for &at in &order {
            let (features, truth) = &rows[at];
            let score: f32 = features.iter().map(|&feature| weights[feature as usize]).sum();
            let gradient = 1.0 / (1.0 + (-score).exp()) - f32::from(u8::from(*truth));
            for &feature in features {
                let slot = feature as usize;
                let gradient = gradient + 0.001 * weights[slot];
                squares[slot] += gradient * gradient;
                weights[slot] -= 0.1 * gradient / (squares[slot].sqrt() + 1e-6);
            }
        }
    }
    Linear::new(&weights)
}
