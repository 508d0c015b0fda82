//! Quoted words to quotes: who said them, and which of them nobody did.
//!
//! Two linear models decide. The ranker scores every name, pronoun and noun phrase around the words by how it stands to
//! them ([`features`]); the best one is the speaker where it is good enough. The filter tells words that somebody said
//! from scare quotes, titles and terms.

mod candidate;
mod compose;
mod features;
mod person;
mod pronoun;
mod scene;
#[cfg(feature = "train")]
pub mod train;
mod words;

use std::sync::LazyLock;

use self::features::{Last, View};
use self::pronoun::Resolver;
use self::scene::Scene;
use super::quote::Quoted;
use super::{Entity, Mention, Quote, QuoteKind, Reason};
use crate::model::ranker::Linear;
use crate::text::Prose;

/// The two models.
#[derive(Clone, Debug)]
pub struct Model {
    /// Scores candidates.
    pub ranker: Linear,
    /// Tells quotes (above 0) from others.
    pub filter: Linear,
    /// Tells how sure the ranker is: logistic regression on its scores, of held-out articles.
    pub trust: Linear,
}

/// Below this probability the best candidate is more likely wrong than right, and the speaker is unknown.
const UNKNOWN_BELOW: f32 = 0.5;
/// Scores beyond this say no more.
const MARGIN: f32 = 20.0;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model {
    ranker: Linear::from_bytes(include_bytes!("../../model/weights/quotes-ranker.bin")).unwrap_or_else(Linear::zero),
    filter: Linear::from_bytes(include_bytes!("../../model/weights/quotes-filter.bin")).unwrap_or_else(Linear::zero),
    trust: Linear::from_bytes(include_bytes!("../../model/weights/quotes-trust.bin")).unwrap_or_else(Linear::zero),
});

/// Makes quotes of those `quoted` stretches that are somebody's words, each with its speaker.
pub fn attribute(prose: &Prose, mentions: &[Mention], entities: &[Entity], quoted: &[Quoted]) -> Vec<Quote> {
    attribute_with(&MODEL, prose, mentions, entities, quoted)
}

/// As [`attribute`], by the weights of `model`.
pub fn attribute_with(
    model: &Model,
    prose: &Prose,
    mentions: &[Mention],
    entities: &[Entity],
    quoted: &[Quoted],
) -> Vec<Quote> {
    if quoted.is_empty() {
        return Vec::new();
    }
    let scene = Scene::new(prose, mentions, entities, quoted);
    let mut quotes: Vec<Quote> = Vec::new();
    let mut last = Last::default();
    let mut resolver = Resolver::new(&scene, entities);
    let mut features = Vec::new();
    let mut goes_on = false;
    for index in 0..quoted.len() {
        if scene.stretches[index].words == 0 {
            goes_on = false;
            continue;
        }
        if goes_on && let Some(quote) = quotes.last_mut() {
            quote.spans.extend_from_slice(&quoted[index].spans);
            last.stretch = index;
            goes_on = false;
            continue;
        }
        let view = View::new(&scene, index, last);
        let ranked = rank(&view, &model.ranker, &mut features);
        view.scare_features(ranked, &mut features);
        let said = model.filter.score(&features);
        if said < 0.0 {
            continue;
        }
        let sure = ranked.map_or(0.0, |ranked| {
            view.trust_features(ranked, &mut features);
            sigmoid(model.trust.score(&features))
        });
        if let Some(ranked) = ranked {
            last = Last { candidate: Some(ranked.best), stretch: index };
        }
        let speaker = ranked.filter(|_| sure >= UNKNOWN_BELOW);
        quotes.push(Quote {
            kind: QuoteKind::Direct,
            spans: quoted[index].spans.clone(),
            cue: speaker.and_then(|ranked| view.cue_of(ranked.best)),
            speaker: speaker.map(|ranked| person::speaker(&scene, &mut resolver, entities, ranked.best)),
            about: Vec::new(),
            reason: speaker.map_or(Reason::NoRule, |ranked| view.relation(ranked.best)),
            confidence: sigmoid(said) * if speaker.is_some() { sure } else { 1.0 },
        });
        goes_on = index + 1 < quoted.len() && compose::continues(&scene, &view, index + 1);
    }
    quotes
}

/// The best candidate for a speaker, with its score.
#[derive(Clone, Copy, Debug)]
struct Ranked {
    best: usize,
    score: f32,
    /// How much the second best is behind.
    margin: f32,
}

fn rank(view: &View, ranker: &Linear, features: &mut Vec<u32>) -> Option<Ranked> {
    let mut ranked: Option<Ranked> = None;
    for candidate in view.reach() {
        view.features(candidate, features);
        let score = ranker.score(features);
        match &mut ranked {
            Some(top) if score <= top.score => top.margin = top.margin.min(top.score - score),
            _ => {
                let margin = ranked.map_or(MARGIN, |top| (score - top.score).min(MARGIN));
                ranked = Some(Ranked { best: candidate, score, margin });
            }
        }
    }
    ranked
}

fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}
