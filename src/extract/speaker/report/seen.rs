//! A sentence seen from the word in it that reports: where every unit stands to that word, and what stands between.

use super::bucket;
use super::line::Line;
use crate::extract::speaker::scene::{NONE, Scene};
use crate::extract::speaker::words::Word;
use crate::model::sequence::feature;

/// A quoted stretch of more words than this is no mere term.
const TERM: usize = 3;

/// A line seen from one of its units.
pub(super) struct Seen<'l, 's, 'a, 'b> {
    line: &'l Line<'s, 'a, 'b>,
    /// The unit that reports.
    anchor: usize,
    /// What stands between each unit and the anchor.
    between: Vec<Between>,
    /// The candidates on the left and on the right of the reporting verb.
    subjects: [Option<usize>; 2],
    /// The nearest quoted stretches on both sides, as a number.
    quotes: u64,
}

/// What stands between two units, counted up to a few.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Between {
    commas: u64,
    cues: u64,
    links: u64,
    phrases: u64,
    quotes: u64,
    that: bool,
}

/// How a unit stands to the anchor, as numbers that features join.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// Before, at or after the anchor.
    side: u64,
    /// What stands between.
    between: Between,
    /// How near the end of the sentence is; 0 where it is not.
    last: u64,
    /// Which part of the candidates beside the reporting verb it is.
    subjects: u64,
}

impl<'l, 's, 'a, 'b> Seen<'l, 's, 'a, 'b> {
    pub(super) fn new(line: &'l Line<'s, 'a, 'b>, anchor: usize) -> Self {
        let scene = line.scene;
        let token = line.units[anchor].start;
        let cue = scene.cues.binary_search_by_key(&token, |cue| cue.tokens.start).ok().map(|cue| &scene.cues[cue]);
        let subjects = [cue.and_then(|cue| cue.left), cue.and_then(|cue| cue.right)];
        Self { line, anchor, between: between(line, anchor), subjects, quotes: quotes(line, anchor) }
    }

    /// Side and distance of a unit, on which [`features_of_distance`](Self::features_of_distance) depend.
    pub(super) fn far(&self, unit: usize) -> u64 {
        bucket(unit.abs_diff(self.anchor)) * 4 + self.side(unit)
    }

    /// Before, at or after the anchor.
    fn side(&self, unit: usize) -> u64 {
        unit.cmp(&self.anchor) as u64 & 3
    }

    /// What [`features_of_place`](Self::features_of_place) depend on.
    pub(super) fn place(&self, unit: usize) -> Place {
        let side = self.side(unit);
        let last = self.line.units.len() - unit;
        let both = self.part_of(0, unit) * 16 + self.part_of(1, unit);
        Place {
            side,
            between: self.between[unit],
            last: if last > 2 { 0 } else { last as u64 },
            subjects: both << 2 | side,
        }
    }

    /// Adds the features of the units so `far`.
    pub(super) fn features_of_distance(&self, far: u64, into: &mut Vec<u32>) {
        let mut push = |template: u32, value: u64| into.push(feature(template + 100, value));
        let side = far & 3;
        let anchor = self.line.near(self.anchor, 0);
        let (before, after) = (self.line.near(self.anchor, -1), self.line.near(self.anchor, 1));
        push(0, far);
        push(1, side);
        push(2, anchor.word.rotate_left(5) ^ side);
        push(3, anchor.word.rotate_left(5) ^ far);
        push(4, anchor.sort.rotate_left(5) ^ far);
        push(5, u64::from(anchor.clusters[1]) << 32 | far);
        push(6, before.word.rotate_left(8) ^ far);
        push(7, after.word.rotate_left(8) ^ far);
        push(8, (self.quotes << 2 | side) << 8 | far >> 2);
    }

    /// Adds the features of the units at such a `place`.
    pub(super) fn features_of_place(&self, place: &Place, into: &mut Vec<u32>) {
        self.push_between(place, into);
        self.push_subjects(place, into);
    }

    /// What stands between.
    fn push_between(&self, place: &Place, into: &mut Vec<u32>) {
        let mut push = |template: u32, value: u64| into.push(feature(template + 130, value));
        let Place { side, between, last, .. } = *place;
        let flags = between.commas.min(1) * 8 + between.cues.min(1) * 4 + u64::from(between.that) * 2;
        let phrases = (between.phrases * 4 + between.commas) << 8 | side;
        let anchor = self.line.near(self.anchor, 0).word;
        push(0, phrases);
        push(1, (between.quotes * 16 + between.commas * 4 + between.cues) << 8 | side);
        push(2, phrases.rotate_left(20) ^ anchor);
        push(3, last << 16 | flags << 2 | side);
    }

    /// How the unit stands to the candidates beside the reporting verb.
    fn push_subjects(&self, place: &Place, into: &mut Vec<u32>) {
        let mut push = |template: u32, value: u64| into.push(feature(template + 150, value));
        let (subjects, anchor) = (place.subjects, self.line.near(self.anchor, 0));
        push(0, subjects);
        push(1, subjects.rotate_left(20) ^ anchor.sort);
        push(2, subjects.rotate_left(20) ^ anchor.word);
    }

    /// Adds the features of a unit at this place that are its own.
    pub(super) fn features(&self, unit: usize, place: &Place, into: &mut Vec<u32>) {
        let mut push = |template: u32, value: u64| into.push(feature(template + 120, value));
        let (anchor, own) = (self.line.near(self.anchor, 0).word.rotate_left(5), self.line.near(unit, 0));
        push(0, anchor ^ place.side ^ own.sort.rotate_left(40));
        push(1, (anchor ^ own.word).rotate_left(9) ^ place.side);
        push(2, place.subjects.rotate_left(20) ^ own.sort);
    }

    /// Which part of the candidate on this side of the verb a unit is; 0 where there is none.
    fn part_of(&self, side: usize, unit: usize) -> u64 {
        let Some(subject) = self.subjects[side] else { return 0 };
        let (tokens, at) = (&self.line.scene.candidates[subject].tokens, &self.line.units[unit]);
        let inside = at.start >= tokens.start && at.end <= tokens.end;
        1 + u64::from(inside) + 2 * u64::from(at.start == tokens.start) + 4 * u64::from(at.end == tokens.end)
    }
}

fn between(line: &Line, anchor: usize) -> Vec<Between> {
    let mut found = vec![Between::default(); line.units.len()];
    let mut walk = |units: &mut dyn Iterator<Item = usize>| {
        let mut so_far = Between::default();
        for unit in units {
            found[unit] = so_far;
            so_far.count(line.scene, line.units[unit].start);
        }
    };
    walk(&mut (anchor + 1..line.units.len()));
    walk(&mut (0..anchor).rev());
    found
}

impl Between {
    /// Adds the unit that begins with token `at`.
    fn count(&mut self, scene: &Scene, at: usize) {
        let word = scene.words[at];
        let more = |count: &mut u64, yes: bool, most: u64| *count = (*count + u64::from(yes)).min(most);
        if scene.inside[at] != NONE {
            return more(&mut self.quotes, true, 3);
        }
        more(&mut self.commas, word.is(Word::COMMA), 3);
        more(&mut self.cues, word.cue.is_some(), 3);
        more(&mut self.links, word.is(Word::CONJUNCTION | Word::RELATIVE), 3);
        more(&mut self.phrases, scene.starting[at] != NONE, 7);
        self.that |= scene.prose.word(at) == "that";
    }
}

/// How far the nearest quoted stretches on both sides are, how long, and whether they go on into the clause.
fn quotes(line: &Line, anchor: usize) -> u64 {
    let one = |unit: usize| {
        let stretch = line.stretch(unit)?;
        let form = 1 + u64::from(matches!(stretch.ends, ',' | '?' | '!')) + 2 * u64::from(stretch.words > TERM);
        Some(form * 8 + bucket(unit.abs_diff(anchor)).min(7))
    };
    let before = (0..anchor).rev().find_map(one).unwrap_or(0);
    let after = (anchor + 1..line.units.len()).find_map(one).unwrap_or(0);
    before * 64 + after
}
