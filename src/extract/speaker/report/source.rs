//! Who reports: a noun phrase of the cue's sentence, with what belongs to it.

use std::ops::Range;

use super::{ReportModel, bucket, sort, token};
use crate::extract::speaker::scene::{NONE, Scene};
use crate::extract::speaker::words::Word;
use crate::model::ranker::feature;

/// Tokens around a cue in which sources are looked for.
const LEFT: usize = 40;
const RIGHT: usize = 25;

/// A source to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) tokens: Range<usize>,
    pub(super) candidate: usize,
    /// Where it ends: with the candidate, before the cue, at a comma, at the sentence's end.
    reach: u64,
    /// Candidates between it and the cue.
    crowd: u64,
}

/// The sources to choose from.
pub(super) fn options(scene: &Scene, sentence: &Range<usize>, cue: &Range<usize>) -> Vec<Choice> {
    let mut choices = Vec::new();
    let floor = sentence.start.max(cue.start.saturating_sub(LEFT));
    let roof = sentence.end.min(cue.end + RIGHT);
    let first = scene.candidates.partition_point(|one| one.tokens.start < floor);
    let here = scene.candidates.partition_point(|one| one.tokens.start < cue.start);
    for candidate in first..here {
        let tokens = &scene.candidates[candidate].tokens;
        let crowd = (here - 1 - candidate).min(6) as u64;
        let mut add = |end: usize, reach: u64| {
            if end > tokens.start && end <= cue.start && !crosses_dash(scene, tokens.start..end) {
                choices.push(Choice { tokens: tokens.start..end, candidate, reach, crowd });
            }
        };
        add(tokens.end.min(cue.start), 0);
        if tokens.end < cue.start {
            add(cue.start, 1);
            if let Some(comma) = (tokens.end + 1..cue.start).find(|&at| stops(scene, at)) {
                add(comma, 2);
            }
        }
    }
    for candidate in here..scene.candidates.len() {
        let tokens = &scene.candidates[candidate].tokens;
        if tokens.start >= roof {
            break;
        }
        if tokens.end <= cue.start || tokens.start < cue.end && tokens.end <= cue.end {
            continue;
        }
        let crowd = (candidate - here).min(6) as u64;
        let mut ends = (tokens.end..roof).filter(|&at| stops(scene, at) || scene.inside[at] != NONE);
        choices.push(Choice { tokens: tokens.start..tokens.end, candidate, reach: 4, crowd });
        for reach in 5..7 {
            let Some(end) = ends.next() else { break };
            if end > tokens.end {
                choices.push(Choice { tokens: tokens.start..end, candidate, reach, crowd });
            }
        }
        if let Some(preposition) = (tokens.end..roof.min(tokens.end + 8))
            .find(|&at| at > tokens.end && scene.words[at].is(Word::PREPOSITION | Word::TIME | Word::CONJUNCTION))
        {
            choices.push(Choice { tokens: tokens.start..preposition, candidate, reach: 7, crowd });
        }
    }
    choices
}

/// A dash that stands alone parts a dateline or an aside from what follows; two enclose.
fn crosses_dash(scene: &Scene, tokens: Range<usize>) -> bool {
    let spaced = |at: usize| {
        let span = scene.prose.tokens[at].span;
        at > 0 && scene.prose.tokens[at - 1].span.end < span.begin || span.len() > 1
    };
    tokens.filter(|&at| scene.words[at].is(Word::DASH) && spaced(at)).count() == 1
}

fn stops(scene: &Scene, at: usize) -> bool {
    scene.words[at].is(Word::COMMA | Word::STOP | Word::COLON | Word::DASH) && !scene.in_candidate(at)
}

/// Fills `into` with the features of `choice`; of no source where it is `None`.
pub(super) fn features(
    scene: &Scene,
    sentence: &Range<usize>,
    anchor: usize,
    cue: &Range<usize>,
    choice: Option<&Choice>,
    into: &mut Vec<u32>,
) {
    into.clear();
    let Some(choice) = choice else { return push_none(scene, sentence, anchor, cue, into) };
    let tokens = &choice.tokens;
    let right = tokens.start >= cue.start;
    let side = u64::from(right);
    let gap = if right { tokens.start.saturating_sub(cue.end) } else { cue.start - tokens.end };
    let pair = Pair {
        scene,
        sentence,
        anchor,
        cue,
        choice,
        right,
        side,
        form: choice.reach * 2 + side,
        near: bucket(gap) * 2 + side,
    };
    pair.push_place(into);
    pair.push_edges(into);
    pair.push_between(into);
    pair.push_inside(into);
    pair.push_verb(into);
}

/// A cue and a choice for its source.
struct Pair<'p, 'a, 'b> {
    scene: &'p Scene<'a, 'b>,
    sentence: &'p Range<usize>,
    anchor: usize,
    cue: &'p Range<usize>,
    choice: &'p Choice,
    /// The source stands after the cue.
    right: bool,
    side: u64,
    /// Where the source ends, and its side.
    form: u64,
    /// How far it is from the cue, and its side.
    near: u64,
}

/// The features of no source.
fn push_none(scene: &Scene, sentence: &Range<usize>, anchor: usize, cue: &Range<usize>, into: &mut Vec<u32>) {
    let mut push = |template: u32, value: u64| into.push(feature(template + 280, value));
    let word = scene.words[anchor];
    let verb = sort(scene, sentence, Some(anchor));
    push(0, 0);
    push(1, word.hash);
    push(2, verb);
    push(3, sort(scene, sentence, cue.start.checked_sub(1)));
    push(4, token(scene, sentence, cue.start.checked_sub(1)));
    push(5, token(scene, sentence, Some(cue.start)));
    push(6, u64::from(cue.start == sentence.start));
}

impl Pair<'_, '_, '_> {
    /// Where the source stands.
    fn push_place(&self, into: &mut Vec<u32>) {
        let Self { scene, sentence, anchor, choice, side, form, near, .. } = *self;
        let mut push = |template: u32, value: u64| into.push(feature(template + 280, value));
        let word = scene.words[anchor];
        let verb = sort(scene, sentence, Some(anchor));
        let kind = u64::from(scene.candidates[choice.candidate].kind.code());
        push(10, form);
        push(11, near);
        push(12, form * 16 + kind);
        push(13, near * 16 + kind);
        push(14, near * 8 + choice.crowd);
        push(15, word.hash.rotate_left(5) ^ side);
        push(16, word.hash.rotate_left(6) ^ near);
        push(17, verb.rotate_left(30) ^ (near * 8 + choice.crowd));
        push(18, verb.rotate_left(30) ^ form);
    }

    /// The words at its edges.
    fn push_edges(&self, into: &mut Vec<u32>) {
        let Self { scene, sentence, choice, side, form, .. } = *self;
        let mut push = |template: u32, value: u64| into.push(feature(template + 280, value));
        let tokens = &choice.tokens;
        let one = &scene.candidates[choice.candidate];
        let before = tokens.start.checked_sub(1);
        push(19, side ^ sort(scene, sentence, before).rotate_left(1));
        push(20, side ^ token(scene, sentence, before).rotate_left(1));
        push(21, form ^ sort(scene, sentence, Some(tokens.end)).rotate_left(4));
        push(22, form ^ token(scene, sentence, Some(tokens.end)).rotate_left(4));
        push(23, form ^ sort(scene, sentence, Some(tokens.end - 1)).rotate_left(4));
        push(24, form * 16 + bucket(tokens.len()));
        push(25, scene.words[one.tokens.end - 1].hash ^ side);
        push(26, u64::from(tokens.start == sentence.start) * 16 + form);
        push(27, u64::from(one.qualifies) * 16 + form);
    }

    /// What stands between source and cue.
    fn push_between(&self, into: &mut Vec<u32>) {
        let Self { scene, cue, choice, right, side, form, .. } = *self;
        let mut push = |template: u32, value: u64| into.push(feature(template + 280, value));
        let tokens = &choice.tokens;
        let between = if right { cue.end..tokens.start } else { tokens.end..cue.start };
        let (mut commas, mut verbs, mut quotes, mut links) = (0, 0, 0, 0);
        for at in between {
            commas += usize::from(scene.words[at].is(Word::COMMA));
            verbs += usize::from(scene.words[at].cue.is_some() && scene.inside[at] == NONE);
            quotes += usize::from(scene.inside[at] != NONE);
            links += usize::from(scene.words[at].is(Word::CONJUNCTION | Word::RELATIVE));
        }
        push(28, (commas.min(3) * 4 + verbs.min(3)) as u64 * 32 + form);
        push(29, (quotes.min(1) * 4 + links.min(3)) as u64 * 32 + form);
        push(30, (commas.min(3) * 16 + verbs.min(3) * 4 + links.min(3)) as u64 * 2 + side);
    }

    /// What the source holds.
    fn push_inside(&self, into: &mut Vec<u32>) {
        let Self { scene, choice, form, .. } = *self;
        let mut push = |template: u32, value: u64| into.push(feature(template + 280, value));
        let tokens = &choice.tokens;
        let inner = tokens.clone().filter(|&at| scene.words[at].is(Word::COMMA)).count().min(3) as u64;
        let relatives = tokens.clone().filter(|&at| scene.words[at].is(Word::RELATIVE)).count().min(2) as u64;
        let inner_verbs = tokens
            .clone()
            .filter(|&at| scene.words[at].cue.is_some() || scene.words[at].is(Word::AUXILIARY))
            .count()
            .min(2) as u64;
        let cut = tokens.clone().any(|at| scene.inside[at] != NONE);
        push(31, (inner * 4 + relatives) * 32 + form);
        push(32, (inner_verbs * 2 + u64::from(cut)) * 32 + form);
    }

    /// How source and verb stand to each other.
    fn push_verb(&self, into: &mut Vec<u32>) {
        let Self { scene, sentence, anchor, cue, choice, form, near, .. } = *self;
        let mut push = |template: u32, value: u64| into.push(feature(template + 280, value));
        let word = scene.words[anchor];
        let one = &scene.candidates[choice.candidate];
        let lexical = scene.cues.binary_search_by_key(&anchor, |cue| cue.tokens.start).ok().map(|cue| &scene.cues[cue]);
        let subject = lexical.map_or(3, |cue| {
            u64::from(cue.left == Some(choice.candidate)) + 2 * u64::from(cue.right == Some(choice.candidate))
        });
        push(33, subject * 16 + form);
        push(34, word.hash.rotate_left(8) ^ subject);
        push(35, scene.words[one.tokens.start].hash ^ form);
        push(36, token(scene, sentence, Some(cue.start)).rotate_left(9) ^ near);
    }
}

/// The last noun phrase of the sentence before `at`.
pub(super) fn before(scene: &Scene, sentence: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let before = &scene.candidates[..scene.candidates.partition_point(|one| one.tokens.start < at)];
    let last = before.iter().rev().find(|one| one.tokens.end <= at && !one.qualifies)?;
    (last.tokens.start >= sentence.start).then(|| last.tokens.clone())
}

pub(super) fn best(
    scene: &Scene,
    sentence: &Range<usize>,
    anchor: usize,
    cue: &Range<usize>,
    model: &ReportModel,
) -> Option<Range<usize>> {
    let mut into = Vec::new();
    features(scene, sentence, anchor, cue, None, &mut into);
    let mut best = (model.source.score(&into), None);
    for choice in options(scene, sentence, cue) {
        features(scene, sentence, anchor, cue, Some(&choice), &mut into);
        let score = model.source.score(&into);
        if score > best.0 {
            best = (score, Some(choice.tokens));
        }
    }
    best.1
}
