//! What is reported: a clause or phrase of the cue's sentence, on one side of the cue or on both.

use std::ops::Range;

use super::{ReportModel, bucket, sort, token};
use crate::extract::speaker::scene::{NONE, Scene};
use crate::extract::speaker::words::Word;
use crate::model::ranker::feature;

/// Ends that are looked at on the right of a cue.
const ENDS: usize = 22;

/// A content to choose from; one side may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) left: Range<usize>,
    pub(super) right: Range<usize>,
}

impl Choice {
    pub(super) fn runs(&self) -> Vec<Range<usize>> {
        [&self.left, &self.right].into_iter().filter(|run| !run.is_empty()).cloned().collect()
    }
}

/// What the choice is about.
pub(super) struct Place<'a, 'b, 'c> {
    pub(super) scene: &'a Scene<'b, 'c>,
    pub(super) sentence: &'a Range<usize>,
    pub(super) anchor: usize,
    pub(super) cue: &'a Range<usize>,
    pub(super) source: Option<&'a Range<usize>>,
}

/// Where a content on the right may begin and one on the left may end, and why.
struct Edges {
    begins: Vec<usize>,
    left_begins: Vec<usize>,
    left_end: usize,
    after: usize,
}

impl Place<'_, '_, '_> {
    fn mark(&self, at: usize, bits: u32) -> bool {
        self.scene.words[at].is(bits) && !self.scene.in_candidate(at)
    }

    fn edges(&self) -> Edges {
        let (scene, sentence, cue) = (self.scene, self.sentence, self.cue);
        let source = self.source.cloned().unwrap_or(cue.start..cue.start);
        let right_source = source.start >= cue.end;
        let after = if right_source { source.end } else { cue.end };
        let mut begins: Vec<usize> = Vec::new();
        let mut add = |at: usize| {
            if at < sentence.end && !begins.contains(&at) {
                begins.push(at);
            }
        };
        add(after);
        add(cue.end);
        let near = sentence.end.min(after + 14);
        if let Some(candidate) = (cue.end..sentence.end.min(cue.end + 2)).find_map(|at| self.starting(at)) {
            add(scene.candidates[candidate].tokens.end);
        }
        for at in after..near {
            let word = scene.words[at];
            let joins = scene.prose.word(at) == "that"
                || word.is(Word::RELATIVE)
                || scene.prose.word(at) == "to"
                || scene.prose.word(at) == "for";
            if joins || scene.inside[at] != NONE && (at == 0 || scene.inside[at - 1] != scene.inside[at]) {
                add(at);
            }
            if word.is(Word::COMMA | Word::COLON | Word::DASH) && scene.inside[at] == NONE {
                add(at + 1);
            }
        }
        begins.truncate(7);
        let left_end = if right_source { cue.start } else { source.start.min(cue.start) };
        let left_end = (sentence.start..left_end)
            .rev()
            .find(|&at| !scene.words[at].is(Word::COMMA | Word::DASH))
            .map_or(sentence.start, |at| at + 1);
        let mut left_begins = vec![sentence.start];
        for at in sentence.start..left_end {
            if left_begins.len() >= 6 {
                break;
            }
            let link = at == sentence.start && scene.words[at].is(Word::CONJUNCTION | Word::ADVERB);
            let mark = scene.inside[at] == NONE && self.mark(at, Word::COMMA | Word::COLON | Word::DASH);
            let quote = scene.inside[at] != NONE && at > sentence.start && scene.inside[at - 1] != scene.inside[at];
            if link || mark {
                left_begins.push(at + 1);
            } else if quote {
                left_begins.push(at);
            }
        }
        Edges { begins, left_begins, left_end, after }
    }

    fn starting(&self, at: usize) -> Option<usize> {
        Some(self.scene.starting[at]).filter(|&candidate| candidate != NONE).map(|candidate| candidate as usize)
    }

    /// One past the last word of the sentence.
    fn last(&self) -> usize {
        let scene = self.scene;
        let last = self.sentence.clone().rev().find(|&at| scene.inside[at] != NONE || !scene.words[at].is(Word::STOP));
        last.map_or(self.sentence.start, |at| at + 1)
    }

    fn ends(&self, begin: usize) -> Vec<usize> {
        let scene = self.scene;
        let last = self.last();
        let mut ends = vec![last];
        for at in begin + 1..last {
            if ends.len() >= ENDS {
                break;
            }
            let (word, before) = (scene.words[at], at - 1);
            let inside = scene.inside[at] != NONE && scene.inside[at] == scene.inside[before];
            if inside {
                continue;
            }
            let leaves = scene.inside[before] != NONE;
            let phrase = at <= begin + 12 && scene.ending[before] != NONE;
            let breaks = word.is(Word::COMMA
                | Word::DASH
                | Word::COLON
                | Word::BRACKET
                | Word::CONJUNCTION
                | Word::PREPOSITION
                | Word::TIME
                | Word::RELATIVE)
                && !(scene.in_candidate(at) && scene.starting[at] == NONE);
            if leaves || phrase || breaks {
                ends.push(at);
            }
        }
        ends
    }

    /// The contents to choose from.
    pub(super) fn options(&self) -> Vec<Choice> {
        let edges = self.edges();
        let mut choices = Vec::new();
        let none = self.cue.start..self.cue.start;
        for &begin in &edges.begins {
            for end in self.ends(begin) {
                if end > begin {
                    choices.push(Choice { left: none.clone(), right: begin..end });
                }
            }
        }
        let last = self.last();
        let follows = (edges.after..last).find(|&at| !self.scene.words[at].is(Word::COMMA));
        for &begin in &edges.left_begins {
            if begin >= edges.left_end {
                continue;
            }
            let left = begin..edges.left_end;
            choices.push(Choice { left: left.clone(), right: none.clone() });
            let Some(follows) = follows.filter(|&follows| follows < last) else { continue };
            let comma = (follows + 1..last.min(follows + 12)).find(|&at| self.mark(at, Word::COMMA)).map(|at| at + 1);
            for right in [Some(follows), comma].into_iter().flatten().filter(|&right| right < last) {
                choices.push(Choice { left: left.clone(), right: right..last });
            }
        }
        choices
    }

    /// Fills `into` with the features of `choice`.
    pub(super) fn features(&self, choice: &Choice, into: &mut Vec<u32>) {
        into.clear();
        let (scene, sentence) = (self.scene, self.sentence);
        let word = scene.words[self.anchor];
        let verb = sort(scene, sentence, Some(self.anchor));
        let t = |at: usize| token(scene, sentence, Some(at));
        let s = |at: usize| sort(scene, sentence, Some(at));
        let before = |at: usize| at.checked_sub(1);
        let side = u64::from(!choice.left.is_empty()) + 2 * u64::from(!choice.right.is_empty());
        let source = match self.source {
            None => 0,
            Some(source) if source.start >= self.cue.end => 1 + u64::from(source.start == self.cue.end) * 4,
            Some(source) => 2 + u64::from(source.end == self.cue.start) * 4,
        };
        let last = self.last();
        let mut push = |template: u32, value: u64| into.push(feature(template + 330, value));
        push(0, side);
        push(1, side * 16 + source);
        push(2, word.hash.rotate_left(5) ^ side);
        push(3, verb.rotate_left(20) ^ (side * 16 + source));
        push(4, word.hash.rotate_left(6) ^ (side * 16 + source));
        push(5, t(self.cue.end) ^ side.rotate_left(50));
        push(6, token(scene, sentence, before(self.cue.start)) ^ side.rotate_left(50));
        push(7, t(self.cue.end - 1) ^ side.rotate_left(51));
        if !choice.left.is_empty() {
            let run = &choice.left;
            let whole = u64::from(run.start == sentence.start);
            let comma = scene.words.get(run.end).is_some_and(|word| word.is(Word::COMMA));
            let quote = scene.inside[run.end - 1] != NONE;
            let end = u64::from(comma) + 2 * u64::from(quote);
            push(8, end * 8 + side);
            push(9, (whole * 16 + bucket(run.len())) * 4 + end);
            push(10, t(run.start) ^ whole);
            push(11, s(run.start) ^ whole);
            push(12, token(scene, sentence, before(run.start)));
            push(13, end.rotate_left(40) ^ word.hash);
            push(14, self.cuts(run) * 4 + side);
            push(15, self.inner(run) * 8 + side);
            push(16, whole * 4 + side);
        }
        if !choice.right.is_empty() {
            let run = &choice.right;
            let whole = u64::from(run.end == last);
            let joins = u64::from(run.start == self.cue.end)
                + 2 * u64::from(self.source.is_some_and(|source| source.end == run.start));
            push(20, joins * 8 + side);
            push(21, joins.rotate_left(40) ^ word.hash.rotate_left(3));
            push(22, t(run.start) ^ joins.rotate_left(41));
            push(23, s(run.start) ^ joins.rotate_left(41));
            push(24, token(scene, sentence, before(run.start)));
            push(25, sort(scene, sentence, before(run.start)).rotate_left(25) ^ s(run.start));
            push(26, bucket(run.start.saturating_sub(self.cue.end)) * 4 + joins);
            push(30, whole * 16 + bucket(run.len()));
            push(31, word.hash.rotate_left(7) ^ whole);
            push(32, verb.rotate_left(20) ^ (whole * 16 + bucket(run.len())));
            push(33, t(run.end) ^ (1 - whole));
            push(34, s(run.end) ^ (1 - whole));
            push(35, t(run.end - 1));
            push(36, s(run.end - 1).rotate_left(26) ^ s(run.end));
            push(37, t(run.end).rotate_left(9) ^ t(run.end + 1));
            push(38, self.cuts(run));
            push(39, self.inner(run) * 2 + whole);
            push(40, t(run.start).rotate_left(4) ^ whole.rotate_left(60));
            push(41, (t(run.start).rotate_left(4) ^ t(run.end)).rotate_left(3) ^ bucket(run.len()));
            push(42, s(run.start).rotate_left(27) ^ s(run.end));
            push(43, verb.rotate_left(22) ^ s(run.end));
            push(44, word.hash.rotate_left(8) ^ s(run.end));
            let rest = self.rest(run.end);
            push(45, rest);
            push(46, rest.rotate_left(30) ^ t(run.end));
            let phrase = u64::from(scene.ending[run.end - 1] != NONE);
            push(47, phrase * 16 + bucket(run.len()));
            push(48, (phrase * 16 + bucket(run.len())).rotate_left(40) ^ word.hash);
        }
    }

    /// A run that begins or ends inside quotation marks, or holds cue or source.
    fn cuts(&self, run: &Range<usize>) -> u64 {
        let scene = self.scene;
        let inside = |at: usize| {
            at > 0 && at < scene.words.len() && scene.inside[at] != NONE && scene.inside[at] == scene.inside[at - 1]
        };
        let source = self.source.is_some_and(|source| source.start < run.end && run.start < source.end);
        let cue = self.cue.start < run.end && run.start < self.cue.end;
        let quoted = scene.inside[run.start] != NONE && scene.inside[run.end - 1] != NONE;
        u64::from(inside(run.start))
            + 2 * u64::from(inside(run.end))
            + 4 * u64::from(source)
            + 8 * u64::from(cue)
            + 16 * u64::from(quoted)
    }

    /// Verbs of saying, commas and auxiliaries in a run.
    fn inner(&self, run: &Range<usize>) -> u64 {
        let scene = self.scene;
        let count = |bits: u32| run.clone().filter(|&at| scene.inside[at] == NONE && scene.words[at].is(bits)).count();
        let cues = run.clone().filter(|&at| scene.inside[at] == NONE && scene.words[at].cue.is_some()).count();
        (cues.min(2) * 16 + count(Word::COMMA).min(3) * 4 + count(Word::AUXILIARY).min(2)) as u64
    }

    /// What of the sentence is left after the content.
    fn rest(&self, end: usize) -> u64 {
        let scene = self.scene;
        let left = end..self.last().max(end);
        let cues = left.clone().any(|at| scene.words[at].cue.is_some() && scene.inside[at] == NONE);
        let quotes = left.clone().any(|at| scene.inside[at] != NONE);
        bucket(left.len()) * 4 + u64::from(cues) * 2 + u64::from(quotes)
    }
}

pub(super) fn best(
    scene: &Scene,
    sentence: &Range<usize>,
    anchor: usize,
    cue: &Range<usize>,
    source: Option<&Range<usize>>,
    model: &ReportModel,
) -> Vec<Range<usize>> {
    let place = Place { scene, sentence, anchor, cue, source };
    let mut into = Vec::new();
    let mut best = (f32::MIN, Vec::new());
    for choice in place.options() {
        place.features(&choice, &mut into);
        let score = model.content.score(&into);
        if score > best.0 {
            best = (score, choice.runs());
        }
    }
    best.1
}
