//! A sentence laid out for the tagger of reports: words in quotation marks are one unit, every other token is one.

use std::ops::Range;

use super::{bucket, sort, token};
use crate::extract::speaker::scene::{NONE, Scene, Stretch};
use crate::extract::speaker::words::Word;
use crate::model::clusters;
use crate::model::sequence::feature;

/// A sentence as units.
pub(super) struct Line<'s, 'a, 'b> {
    pub(super) scene: &'s Scene<'a, 'b>,
    /// Tokens of each unit, in order.
    pub(super) units: Vec<Range<usize>>,
    looks: Vec<Look>,
    /// Whether a unit begins the subject of a verb of saying.
    subjects: Vec<bool>,
}

/// What a unit looks like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) word: u64,
    pub(super) sort: u64,
    /// Clusters of words used alike: the two finest of [`clusters`].
    pub(super) clusters: [u16; 2],
    /// Whether a noun phrase begins, ends or goes on here, and of which kind.
    pub(super) phrase: u64,
}

/// What stands before and after a sentence.
const EDGE: Look = Look { word: 1, sort: 1, clusters: [0; 2], phrase: 0 };

impl<'s, 'a, 'b> Line<'s, 'a, 'b> {
    pub(super) fn new(scene: &'s Scene<'a, 'b>, sentence: &Range<usize>) -> Self {
        let units = units(scene, sentence);
        let clusters = clusters(units.iter().map(|unit| scene.prose.word(unit.start)));
        let looks =
            units.iter().zip(clusters).map(|(unit, clusters)| Look::new(scene, sentence, unit, clusters)).collect();
        let subjects = subjects(scene, sentence, &units);
        Self { scene, units, looks, subjects }
    }

    /// The unit that holds token `at`.
    pub(super) fn unit(&self, at: usize) -> usize {
        unit(&self.units, at)
    }

    /// The unit so many units off; the edge of the sentence where there is none.
    pub(super) fn near(&self, unit: usize, offset: isize) -> &Look {
        unit.checked_add_signed(offset).and_then(|at| self.looks.get(at)).unwrap_or(&EDGE)
    }

    /// The quoted stretch that a unit is.
    pub(super) fn stretch(&self, unit: usize) -> Option<&'s Stretch> {
        let number = self.scene.inside[self.units[unit].start];
        (number != NONE).then(|| &self.scene.stretches[number as usize])
    }

    /// Adds the features of a unit that hold whichever word reports.
    pub(super) fn features(&self, unit: usize, into: &mut Vec<u32>) {
        self.push_words(unit, into);
        self.push_sorts(unit, into);
        self.push_clusters(unit, into);
        self.push_place(unit, into);
    }

    fn push_words(&self, unit: usize, into: &mut Vec<u32>) {
        let mut push = |template: u32, value: u64| into.push(feature(template, value));
        let w = |offset: isize| self.near(unit, offset).word;
        push(0, 0);
        push(1, w(0));
        push(2, w(-1));
        push(3, w(1));
    }

    fn push_sorts(&self, unit: usize, into: &mut Vec<u32>) {
        let mut push = |template: u32, value: u64| into.push(feature(template + 10, value));
        let s = |offset: isize| self.near(unit, offset).sort;
        push(0, s(0));
        push(1, s(-1));
        push(2, s(1));
        push(3, self.near(unit, 0).phrase);
    }

    fn push_clusters(&self, unit: usize, into: &mut Vec<u32>) {
        let mut push = |template: u32, value: u64| into.push(feature(template + 30, value));
        push(0, self.near(unit, 0).clusters[0].into());
        for (place, offset) in (1..).zip([0, -1, 1]) {
            push(place, self.near(unit, offset).clusters[1].into());
        }
    }

    /// Its place in the sentence.
    fn push_place(&self, unit: usize, into: &mut Vec<u32>) {
        let mut push = |template: u32, value: u64| into.push(feature(template + 50, value));
        let subject = |ahead: usize| u64::from(self.subjects.get(unit + ahead).is_some_and(|subject| *subject));
        push(0, subject(0) + 2 * subject(1) + 4 * subject(2));
        if let Some(stretch) = self.stretch(unit) {
            push(1, bucket(stretch.words) << 32 | u64::from(stretch.ends));
            push(2, u64::from(stretch.ends));
        }
    }
}

fn units(scene: &Scene, sentence: &Range<usize>) -> Vec<Range<usize>> {
    let mut units: Vec<Range<usize>> = Vec::with_capacity(sentence.len());
    for at in sentence.clone() {
        match units.last_mut() {
            Some(unit) if scene.inside[at] != NONE && scene.inside[at] == scene.inside[unit.start] => unit.end = at + 1,
            _ => units.push(at..at + 1),
        }
    }
    units
}

fn unit(units: &[Range<usize>], at: usize) -> usize {
    units.partition_point(|unit| unit.end <= at)
}

fn subjects(scene: &Scene, sentence: &Range<usize>, units: &[Range<usize>]) -> Vec<bool> {
    let mut subjects = vec![false; units.len()];
    let first = scene.cues.partition_point(|cue| cue.tokens.start < sentence.start);
    let cues = scene.cues[first..].iter().take_while(|cue| cue.tokens.start < sentence.end);
    for subject in cues.filter_map(|cue| cue.left) {
        let start = scene.candidates[subject].tokens.start;
        if sentence.contains(&start) {
            subjects[unit(units, start)] = true;
        }
    }
    subjects
}

impl Look {
    fn new(scene: &Scene, sentence: &Range<usize>, unit: &Range<usize>, clusters: [u16; 4]) -> Self {
        let at = unit.start;
        let is_word = scene.inside[at] == NONE && !scene.words[at].is(Word::MARK);
        Self {
            word: token(scene, sentence, Some(at)),
            sort: sort(scene, sentence, Some(at)),
            clusters: if is_word { [clusters[2], clusters[3]] } else { [0; 2] },
            phrase: phrase(scene, unit),
        }
    }
}

fn phrase(scene: &Scene, unit: &Range<usize>) -> u64 {
    let kind = |candidate: u32| u64::from(scene.candidates[candidate as usize].kind.code());
    match (scene.starting[unit.start], scene.ending[unit.end - 1]) {
        (NONE, NONE) => u64::from(scene.in_candidate(unit.start)),
        (NONE, last) => 2 + 4 * kind(last),
        (first, NONE) => 3 + 4 * kind(first),
        (first, _) => 128 + kind(first),
    }
}
