//! Quoted words to quotes: who said them, and which of them nobody did.
//!
//! Two linear models decide. The ranker scores every name, pronoun and noun phrase around the words by how it stands to
//! them ([`features`]); the best one is the speaker where it is good enough. The filter tells words that somebody said
//! from scare quotes, titles and terms.

mod candidate;
mod features;
mod scene;
#[cfg(feature = "train")]
pub mod train;
mod words;

use std::sync::LazyLock;

use self::features::{Last, View};
use self::scene::Scene;
use super::quote::Quoted;
use super::{Entity, Mention, Quote, QuoteKind, Reason, Speaker, SpeakerClass};
use crate::model::ranker::Linear;
use crate::text::{Prose, Span};

/// The two models.
#[derive(Clone, Debug)]
pub struct Model {
    /// Scores candidates.
    pub ranker: Linear,
    /// Tells quotes (above 0) from others.
    pub filter: Linear,
}

static MODEL: LazyLock<Model> = LazyLock::new(|| Model {
    ranker: Linear::from_bytes(include_bytes!("../../model/weights/quotes-ranker.bin")).unwrap_or_else(Linear::zero),
    filter: Linear::from_bytes(include_bytes!("../../model/weights/quotes-filter.bin")).unwrap_or_else(Linear::zero),
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
    let mut quotes = Vec::new();
    let mut last = Last::default();
    let mut features = Vec::new();
    for index in 0..quoted.len() {
        if scene.stretches[index].words == 0 {
            continue;
        }
        let view = View::new(&scene, index, last);
        let best = best(&view, &model.ranker, &mut features);
        view.scare_features(best, &mut features);
        if model.filter.score(&features) < 0.0 {
            continue;
        }
        if let Some((candidate, _)) = best {
            last = Last { candidate: Some(candidate), stretch: index };
        }
        quotes.push(quote(&view, &quoted[index], entities, best));
    }
    quotes
}

fn best(view: &View, ranker: &Linear, features: &mut Vec<u32>) -> Option<(usize, f32)> {
    let mut best: Option<(usize, f32)> = None;
    for candidate in view.reach() {
        view.features(candidate, features);
        let score = ranker.score(features);
        if best.is_none_or(|(_, highest)| score > highest) {
            best = Some((candidate, score));
        }
    }
    best
}

fn quote(view: &View, quoted: &Quoted, entities: &[Entity], best: Option<(usize, f32)>) -> Quote {
    let scene = view.scene;
    let spans: Vec<Span> = quoted.spans.clone();
    let reason = best.map_or(Reason::NoRule, |(candidate, _)| view.relation(candidate));
    let cue = view.lead.or(view.tail).map(|cue| scene.prose.span(scene.cues[cue].tokens.clone()));
    let speaker = best.map(|(candidate, _)| {
        let entity =
            Some(scene.entity[candidate]).filter(|&entity| entity != scene::NONE).map(|entity| entity as usize);
        Speaker {
            span: Some(scene.prose.span(scene.candidates[candidate].tokens.clone())),
            entity,
            name: entity.map(|entity| entities[entity].name.clone()),
            role: None,
            class: SpeakerClass::Named,
        }
    });
    Quote { kind: QuoteKind::Direct, spans, cue, speaker, about: Vec::new(), reason, confidence: 1.0 }
}
