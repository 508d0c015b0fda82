//! Measures of the attribution on annotated articles: how often the speaker is right, and how far its confidence can be
//! trusted. Quotes and whole speakers are measured by `newsdex eval`.

use super::scene::Scene;
use super::train::{Example, Gold, example, is_source};
use super::{Model, spoken};

/// Words that a stretch must have to count, as in the measure that is published for `PolNeAR`.
const LEAST: usize = 3;

/// One stretch that somebody says, and the model takes for said.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The speaker that the model names is the right one.
    pub right: bool,
    /// How sure the model is of the speaker.
    pub sure: f32,
}

/// The choices of `model` for all quotes of `golds` that have a source.
pub fn choices(model: &Model, golds: &[Gold]) -> Vec<Choice> {
    let mut choices = Vec::new();
    for gold in golds {
        let example = example(gold);
        let scene = Scene::new(&example.prose, &example.mentions, &example.entities, &example.quoted);
        choices.extend(of_scene(model, &scene, &example));
    }
    choices
}

fn of_scene(model: &Model, scene: &Scene, example: &Example) -> Vec<Choice> {
    let mut choices = Vec::new();
    for one in spoken(scene, model, &vec![None; scene.stretches.len()], 0.0) {
        for stretch in one.stretches.clone() {
            let Some(source) = example.answers[stretch].filter(|source| !source.is_empty()) else { continue };
            if scene.stretches[stretch].words >= LEAST {
                let right = one.speaker.is_some_and(|speaker| is_source(scene, speaker, source));
                choices.push(Choice { right, sure: one.sure });
            }
        }
    }
    choices
}

/// Share of right speakers, from 0 to 1.
pub fn share_right(choices: &[Choice]) -> f32 {
    choices.iter().filter(|choice| choice.right).count() as f32 / choices.len().max(1) as f32
}
