//! How probable a name is, whatever else the labels of its stretch are: sums over all of them, forward and backward
//! (Rabiner 1989).
//!
//! The likeliest labels of a stretch are one of very many, and a name in them need not be likely by itself. A name that is
//! more probable than not is right more often than wrong, and no two of them overlap.

use std::ops::Range;

use super::label::{BEGIN, KINDS, LABELS, LAST, MIDDLE, OUTSIDE, WHOLE, label};
use super::scorer::{SCALE, Sums, Transitions, allowed};

/// What the probability of a name has to be above.
const EVEN: f32 = 0.5;

/// Labels that are farther than this below the best one of their token, in the scale of [`Sums`], count as if they were
/// just as far: e^−40 is nothing beside 1, and is yet no zero.
const DEPTH: usize = 40 * SCALE as usize;

/// What is below this, beside a sum of 1, is not followed up. It is less than [`DEPTH`] takes away once: what a single token
/// makes unlikely, the next may bear out.
const TRACE: f32 = 1e-18;

const OUT: usize = OUTSIDE as usize;

/// A name that may stand somewhere.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Likely {
    pub(super) tokens: Range<usize>,
    pub(super) kind: u8,
    pub(super) probability: f32,
}

/// A number for every label.
type Each = [f32; LABELS];

/// Weights as factors: sums of weights become products.
#[derive(Debug)]
pub(super) struct Factors {
    /// For a label, then one after it; 0 where it may not follow.
    after: [Each; LABELS],
    /// For a label, then one before it.
    before: [Each; LABELS],
    /// By how far a label is below the best one.
    depths: Vec<f32>,
}

impl Factors {
    pub(super) fn new(weights: &Transitions) -> Self {
        let (mut after, mut before) = ([[0.0; LABELS]; LABELS], [[0.0; LABELS]; LABELS]);
        for (left, right) in allowed() {
            let factor = (weights[left][right] as f32 / SCALE).exp();
            after[left][right] = factor;
            before[right][left] = factor;
        }
        let depths = (0..=DEPTH).map(|below| (below as f32 / -SCALE).exp()).collect();
        Self { after, before, depths }
    }

    /// Adds the names in tokens with these sums that are more probable than not to `names`, in order; the first token is
    /// number `begin`. What stands before and after the tokens is in no name.
    pub(super) fn names(&self, sums: &[Sums], begin: usize, lattice: &mut Lattice, names: &mut Vec<Likely>) {
        lattice.fill(self, sums);
        let mut at = 0;
        while at < sums.len() {
            let name = (0..KINDS as u8).find_map(|kind| lattice.name(self, at, kind));
            at = name.as_ref().map_or(at + 1, |name| name.tokens.end);
            names
                .extend(name.map(|name| Likely { tokens: name.tokens.start + begin..name.tokens.end + begin, ..name }));
        }
    }

    /// What the labels of a token with these sums count, beside the best of them.
    fn token(&self, sums: &Sums) -> Each {
        let best = sums.iter().copied().max().unwrap_or_default().max(0);
        let sum = |label: usize| sums.get(label).copied().unwrap_or_default();
        std::array::from_fn(|label| self.depths[usize::from(best.abs_diff(sum(label))).min(DEPTH)])
    }
}

/// What `shares` of the labels come to, a label further.
fn step(shares: &Each, factors: &[Each; LABELS]) -> Each {
    let mut next = [0.0; LABELS];
    for (share, factors) in shares.iter().zip(factors).filter(|(share, _)| **share > TRACE) {
        next.iter_mut().zip(factors).for_each(|(sum, factor)| *sum += share * factor);
    }
    next
}

/// All ways to label a few tokens; filled anew for the next ones.
#[derive(Debug, Default)]
pub(super) struct Lattice {
    tokens: Vec<Each>,
    /// For every label of a token, the share of all ways to label the tokens up to it that end so.
    forward: Vec<Each>,
    /// What those shares were divided by.
    totals: Vec<f32>,
    /// For every label of a token, what its share forward is multiplied by to give its probability.
    backward: Vec<Each>,
}

impl Lattice {
    fn fill(&mut self, factors: &Factors, sums: &[Sums]) {
        self.tokens.clear();
        self.tokens.extend(sums.iter().map(|sums| factors.token(sums)));
        self.sum_forward(factors);
        self.sum_backward(factors);
    }

    fn sum_forward(&mut self, factors: &Factors) {
        self.forward.clear();
        self.totals.clear();
        let mut last = [0.0; LABELS];
        last[OUT] = 1.0;
        for token in &self.tokens {
            let mut next = step(&last, &factors.after);
            next.iter_mut().zip(token).for_each(|(share, factor)| *share *= factor);
            let total: f32 = next.iter().sum();
            last = next.map(|share| share / total);
            self.forward.push(last);
            self.totals.push(total);
        }
    }

    fn sum_backward(&mut self, factors: &Factors) {
        self.backward.clear();
        let Some(end) = self.forward.last() else { return };
        let mut next = factors.before[OUT];
        let total: f32 = end.iter().zip(&next).map(|(share, factor)| share * factor).sum();
        next = next.map(|factor| factor / total);
        for (token, total) in self.tokens.iter().zip(&self.totals).rev() {
            self.backward.push(next);
            next.iter_mut().zip(token).for_each(|(share, factor)| *share *= factor / total);
            next = step(&next, &factors.before);
        }
        self.backward.reverse();
    }

    /// The probability of one label.
    fn probability(&self, at: usize, label: usize) -> f32 {
        self.forward[at][label] * self.backward[at][label]
    }

    /// The name of `kind` that begins at the token `at` and is more probable than not.
    fn name(&self, factors: &Factors, at: usize, kind: u8) -> Option<Likely> {
        let [begin, middle, last, whole] = [BEGIN, MIDDLE, LAST, WHOLE].map(|place| usize::from(label(kind, place)));
        let likely = |end: usize, probability: f32| Likely { tokens: at..end, kind, probability };
        let probability = self.probability(at, whole);
        if probability > EVEN {
            return Some(likely(at + 1, probability));
        }
        let (mut label, mut share) = (begin, self.forward[at][begin]);
        for end in at + 1..self.tokens.len() {
            // No name that goes on is more probable than that the name so far does.
            if share * self.backward[end - 1][label] <= EVEN {
                return None;
            }
            let on = |next: usize| share * factors.after[label][next] * self.tokens[end][next] / self.totals[end];
            let probability = on(last) * self.backward[end][last];
            if probability > EVEN {
                return Some(likely(end + 1, probability));
            }
            (label, share) = (middle, on(middle));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::label::{INSIDE, spans};
    use crate::model::scorer::FORBIDDEN;

    /// Some weights, the same in every run.
    fn weights(seed: u64) -> impl FnMut() -> i32 {
        let mut state = seed;
        move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as i32 % 200 - 100
        }
    }

    /// Every way to label `count` tokens.
    fn ways(count: usize) -> Vec<Vec<u8>> {
        let mut ways = vec![Vec::new()];
        for _ in 0..count {
            ways = ways.iter().flat_map(|way| (0..LABELS as u8).map(|label| [&way[..], &[label]].concat())).collect();
        }
        ways
    }

    fn names(transitions: &Transitions, sums: &[Sums]) -> Vec<Likely> {
        let (mut lattice, mut names) = (Lattice::default(), Vec::new());
        Factors::new(transitions).names(sums, 0, &mut lattice, &mut names);
        names
    }

    fn check(seed: u64, count: usize) {
        let mut weight = weights(seed);
        let mut transitions = [[FORBIDDEN; LABELS]; LABELS];
        allowed().for_each(|(left, right)| transitions[left][right] = weight());
        let sums: Vec<Sums> = (0..count).map(|_| std::array::from_fn(|_| weight() as i16 * 4)).collect();
        // The same by looking at every way.
        let (mut all, mut shares) = (0.0, std::collections::BTreeMap::new());
        for way in ways(count) {
            let around = [&[OUTSIDE], &way[..], &[OUTSIDE]].concat();
            let steps: i64 =
                around.windows(2).map(|pair| i64::from(transitions[usize::from(pair[0])][usize::from(pair[1])])).sum();
            let own: i64 = sums
                .iter()
                .zip(&way)
                .map(|(sums, label)| sums.get(usize::from(*label)).map_or(0, |sum| i64::from(*sum)))
                .sum();
            let share = ((steps + own) as f64 / f64::from(SCALE)).exp();
            all += share;
            spans(&way).for_each(|name| *shares.entry(name).or_insert(0.0) += share);
        }
        let expect: Vec<_> = shares.into_iter().filter(|(_, share)| share / all > 0.5).collect();
        let found = names(&transitions, &sums);
        assert_eq!(found.len(), expect.len(), "seed {seed}: {found:?} {expect:?}");
        for (found, ((begin, end, kind), share)) in found.iter().zip(expect) {
            assert_eq!((found.tokens.clone(), found.kind), (begin..end, kind), "seed {seed}");
            assert!(
                (f64::from(found.probability) - share / all).abs() < 1e-4,
                "seed {seed}: {found:?} {}",
                share / all
            );
        }
    }

    #[test]
    fn probabilities_are_those_of_all_ways_together() {
        for seed in 0..40 {
            check(seed, 1 + seed as usize % 3);
        }
    }

    #[test]
    fn the_deepest_label_is_still_possible() {
        let mut transitions = [[FORBIDDEN; LABELS]; LABELS];
        allowed().for_each(|(left, right)| transitions[left][right] = 0);
        // The first token would begin a name of kind 0, the second be one of kind 3, and both cannot be. What is left for
        // the first are five labels that let the second have its way, and one for the second that lets the first.
        let mut sums = [[i16::MIN / 2; INSIDE]; 2];
        sums[0][usize::from(label(0, BEGIN))] = i16::MAX / 2;
        sums[1][usize::from(label(3, WHOLE))] = i16::MAX / 2;
        let names = names(&transitions, &sums);
        let [name] = &names[..] else { panic!("{names:?}") };
        assert_eq!((name.tokens.clone(), name.kind), (1..2, 3));
        assert!((name.probability - 5.0 / 6.0).abs() < 1e-4, "{name:?}");
    }
}
