//! Labels the units of a sentence by the tagger's conditional random field, for other questions than names.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ops::Range;

use super::hash::{join, key};
use super::label::{INSIDE, LABELS, OUTSIDE, label, spans};
use super::scorer::{FORBIDDEN, Sums, Weights, decode};

/// How many kinds of stretches a labeller tells apart.
pub const KINDS: usize = super::label::KINDS;

/// A stretch of units with its kind, which is below [`KINDS`].
pub type Labelled = (Range<usize>, u8);

/// More than the features of a unit can ever add up to.
const CERTAIN: i16 = 15_000;

const NONE: usize = OUTSIDE as usize;

/// A linear-chain conditional random field over the units of a sentence: of the tagger's make, with its own weights.
#[derive(Clone, Debug)]
pub struct Labeller {
    weights: Weights,
    bytes: Cow<'static, [u8]>,
}

/// What the features of one unit add up to.
#[derive(Clone, Copy, Debug, Default)]
pub struct Evidence(Sums);

impl Evidence {
    /// This and `more`.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.0.iter_mut().zip(more.0).for_each(|(sum, more)| *sum += more);
        self
    }

    /// Leaves the unit no other kind than `kind`.
    pub fn is_kind(&mut self, kind: u8) {
        for place in 0..4 {
            self.0[usize::from(label(kind, place))] += CERTAIN;
        }
    }
}

impl Labeller {
    /// Reads what training wrote; nothing is labelled where `bytes` are empty.
    pub fn new(bytes: impl Into<Cow<'static, [u8]>>) -> Self {
        let bytes = bytes.into();
        let weights = if bytes.is_empty() { Weights::empty() } else { Weights::read(&bytes) };
        Self { weights, bytes }
    }

    /// The bytes that it was read from.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds what `features`, each made by [`feature`], tell of a unit.
    pub fn add(&self, features: &[u32], evidence: &mut Evidence) {
        self.weights.add(features, &mut evidence.0);
    }

    /// The likeliest stretches of a sentence whose units have this `evidence`, in order, none overlapping another.
    pub fn label(&self, evidence: &[Evidence]) -> Vec<Labelled> {
        let mut labels = Vec::with_capacity(evidence.len());
        decode(evidence.iter().map(|evidence| &evidence.0), &self.weights.transitions[0][0], &mut labels);
        spans(&labels).map(|(begin, end, kind)| (begin..end, kind)).collect()
    }

    /// Of the likeliest labels of a sentence that hold a stretch of one of `kinds`, a unit of such a stretch and its kind;
    /// `None` where nothing can have these kinds.
    pub fn likeliest(&self, evidence: &[Evidence], kinds: &[u8]) -> Option<(usize, u8)> {
        let scores = self.through(evidence);
        let each = scores.iter().enumerate().flat_map(|(unit, scores)| {
            kinds
                .iter()
                .flat_map(move |&kind| (0..4).map(move |place| (unit, kind, scores[usize::from(label(kind, place))])))
        });
        let best = each.max_by_key(|&(unit, _, score)| (score, Reverse(unit)))?;
        (best.2 > FORBIDDEN / 2).then_some((best.0, best.1))
    }

    /// For every unit and label the score of the best labels of the sentence in which it has that one:
    /// the best before it times the best after it (max-marginals, Wainwright and Jordan 2008).
    fn through(&self, evidence: &[Evidence]) -> Vec<[i32; LABELS]> {
        let steps = &self.weights.transitions[0][0];
        let mut edge = [FORBIDDEN; LABELS];
        edge[NONE] = 0;
        let mut before = edge;
        let mut through: Vec<[i32; LABELS]> = Vec::with_capacity(evidence.len());
        for unit in evidence {
            before = best_step(&before, |left, right| steps[left][right]);
            before.iter_mut().zip(unit.0).for_each(|(score, sum)| *score += i32::from(sum));
            through.push(before);
        }
        let mut after = edge;
        for (scores, unit) in through.iter_mut().zip(evidence).rev() {
            after = best_step(&after, |right, left| steps[left][right]);
            scores.iter_mut().zip(after).for_each(|(score, after)| *score += after);
            after.iter_mut().zip(unit.0).for_each(|(score, sum)| *score += i32::from(sum));
        }
        through
    }
}

/// The best scores of the labels one unit on.
fn best_step(scores: &[i32; LABELS], step: impl Fn(usize, usize) -> i32) -> [i32; LABELS] {
    std::array::from_fn(|to| {
        (0..LABELS).map(|from| (scores[from] + step(from, to)).max(FORBIDDEN)).max().expect("there are labels")
    })
}

/// The key of the feature `value` of `template`.
#[inline]
pub fn feature(template: u32, value: u64) -> u32 {
    key(join(u64::from(template) + 1, value))
}

const _: () = assert!(INSIDE == KINDS * 4, "every kind begins, goes on, ends, or stands as a whole");

#[cfg(test)]
mod tests {
    use super::super::scorer::Row;
    use super::*;

    /// A labeller that knows one feature, which speaks for the first kind.
    fn labeller(known: u32) -> Labeller {
        let mut row: Row = [0; INSIDE];
        row[..4].fill(64);
        let mut labeller = Labeller::new(&[][..]);
        labeller.weights = Weights::new(&[(known, row)], labeller.weights.transitions);
        labeller
    }

    #[test]
    fn stretches_stand_where_features_say_so() {
        let known = feature(3, 77);
        let labeller = labeller(known);
        let mut evidence = [Evidence::default(); 5];
        labeller.add(&[feature(3, 78)], &mut evidence[0]);
        for unit in &mut evidence[1..3] {
            labeller.add(&[known], unit);
        }
        for unit in 1..3 {
            assert!(labeller.label(&evidence).iter().any(|(units, kind)| units.contains(&unit) && *kind == 0));
        }
        evidence[4].is_kind(2);
        assert_eq!(labeller.label(&evidence).last(), Some(&(4..5, 2)));
    }

    #[test]
    fn a_kind_that_must_stand_stands_where_it_is_likeliest() {
        let known = feature(3, 77);
        let labeller = labeller(known);
        let mut evidence = [Evidence::default(); 3];
        labeller.add(&[known], &mut evidence[1]);
        let (unit, kind) = labeller.likeliest(&evidence, &[0, 1]).expect("every unit can be of any kind");
        evidence[unit].is_kind(kind);
        assert!(labeller.label(&evidence).iter().any(|(units, kind)| units.contains(&1) && *kind == 0));
        assert_eq!(labeller.likeliest(&[], &[0]), None);
    }
}
