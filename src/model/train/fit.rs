//! Fits a linear-chain conditional random field by stochastic gradient descent with a step size of its own for every
//! weight (`AdaGrad`: Duchi, Hazan and Singer 2011).

use crate::model::label::{INSIDE, LABELS, OUTSIDE};
use crate::model::scorer::allowed;

/// How to fit.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How often to go through all stretches.
    pub rounds: usize,
    /// Step size.
    pub rate: f32,
    /// Strength of the pull towards 0.
    pub decay: f32,
    /// Share of a token's features that are left out at random each time, so that none relies on another.
    pub dropout: f32,
    /// How many fits with different seeds to take the mean of: the scores of linear fits that share their features
    /// add up, so that the mean judges as all of them together would.
    pub fits: usize,
    /// For the order of the stretches.
    pub seed: u64,
}

/// Stretches of tokens with their features and gold labels.
#[derive(Debug, Default)]
pub(super) struct Samples {
    /// Numbers of features, token after token: first pass.
    pub(super) first: Lists,
    /// The same for what only the second pass sees; empty lists where it is not fitted.
    pub(super) second: Lists,
    /// One a token.
    pub(super) labels: Vec<u8>,
    /// First token, one past the last.
    pub(super) stretches: Vec<SampleStretch>,
}

/// Where a stretch of tokens is.
#[derive(Clone, Copy, Debug)]
pub(super) struct SampleStretch {
    /// First token.
    pub(super) begin: usize,
    /// One past the last.
    pub(super) end: usize,
    /// Number of the article that holds it.
    pub(super) article: usize,
    /// True where capitals tell nothing.
    pub(super) uncased: bool,
    /// How much it counts; 1 is usual.
    pub(super) weight: f32,
}

/// Lists of numbers in one piece of memory.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// All numbers.
    pub(super) pool: Vec<u32>,
    /// Where each list ends.
    pub(super) ends: Vec<usize>,
}

impl Lists {
    /// Ends the list that the pool's last numbers make.
    pub(super) fn close(&mut self) {
        self.ends.push(self.pool.len());
    }

    /// The list at `at`.
    pub(super) fn get(&self, at: usize) -> &[u32] {
        let begin = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.pool[begin..self.ends[at]]
    }
}

type Lane = [f32; INSIDE];
type Matrix = [[f32; LABELS]; LABELS];

/// Fitted weights.
#[derive(Clone, Debug)]
pub(super) struct Fitted {
    /// One row a feature.
    pub(super) rows: Vec<Lane>,
    /// First and second pass, each with and without telling capitals.
    pub(super) transitions: [[Matrix; 2]; 2],
}

struct Fit<'a> {
    samples: &'a Samples,
    options: Options,
    rows: Vec<Lane>,
    squares: Vec<Lane>,
    /// Strength of the pull per use of a feature: the whole pull divided by the number of its uses in a round.
    pulls: Vec<f32>,
    transitions: [[Matrix; 2]; 2],
    transition_squares: [[Matrix; 2]; 2],
    chain: Chain,
    random: u64,
}

/// Fits weights on those stretches that `chosen` picks. `features` is how many different features there are; with
/// `second`, rows of the second pass are fitted on top of the first pass's, both at once.
pub(super) fn fit(
    samples: &Samples,
    features: usize,
    second: bool,
    options: Options,
    chosen: impl Fn(usize) -> bool,
) -> Fitted {
    let mut order: Vec<u32> =
        (0..samples.stretches.len() as u32).filter(|at| chosen(samples.stretches[*at as usize].article)).collect();
    let mut uses = vec![0_u32; features];
    for stretch in order.iter().map(|at| samples.stretches[*at as usize]) {
        for at in stretch.begin..stretch.end {
            samples.first.get(at).iter().for_each(|feature| uses[*feature as usize] += 1);
            if second {
                samples.second.get(at).iter().for_each(|feature| uses[*feature as usize] += 1);
            }
        }
    }
    let mut fit = Fit {
        samples,
        options,
        rows: vec![[0.0; INSIDE]; features],
        squares: vec![[1e-2; INSIDE]; features],
        pulls: uses.iter().map(|count| options.decay / (*count).max(1) as f32).collect(),
        transitions: [[[[0.0; LABELS]; LABELS]; 2]; 2],
        transition_squares: [[[[1.0; LABELS]; LABELS]; 2]; 2],
        chain: Chain::default(),
        random: options.seed ^ 0x9e37_79b9_7f4a_7c15,
    };
    let mut random = options.seed | 1;
    let mut mean = Mean::new(features);
    let parts = 4;
    for round in 0..options.rounds {
        shuffle(&mut order, &mut random);
        let mut loss = 0.0;
        for part in order.chunks(order.len().div_ceil(parts).max(1)) {
            loss += part.iter().map(|at| fit.step(samples.stretches[*at as usize], second)).sum::<f64>();
            if round * 2 >= options.rounds {
                mean.add(&fit);
            }
        }
        eprintln!("round {} loss {:.0}", round + 1, loss);
    }
    mean.finish()
}

/// The mean of several fits on all stretches, two at a time.
pub(super) fn fit_several(samples: &Samples, features: usize, second: bool, options: Options) -> Fitted {
    let seeds: Vec<u64> = (0..options.fits as u64).map(|at| options.seed + at * 1000).collect();
    let mut sum = Fitted::new(features);
    for pair in seeds.chunks(2) {
        std::thread::scope(|scope| {
            let start = |seed: &u64| {
                let options = Options { seed: *seed, ..options };
                scope.spawn(move || fit(samples, features, second, options, |_| true))
            };
            for worker in pair.iter().map(start).collect::<Vec<_>>() {
                let fitted = worker.join().expect("fitting does not panic");
                sum.add(&fitted.rows, &fitted.transitions);
            }
        });
    }
    sum.divide(seeds.len() as f32);
    sum
}

/// Mean of the weights at several points of the second half of the fit: steadier than the last ones (Polyak and
/// Juditsky 1992).
struct Mean {
    sum: Fitted,
    count: f32,
}

impl Mean {
    fn new(features: usize) -> Self {
        Self { sum: Fitted::new(features), count: 0.0 }
    }

    fn add(&mut self, fit: &Fit<'_>) {
        self.sum.add(&fit.rows, &fit.transitions);
        self.count += 1.0;
    }

    fn finish(mut self) -> Fitted {
        self.sum.divide(self.count);
        self.sum
    }
}

impl Fitted {
    fn new(features: usize) -> Self {
        Self { rows: vec![[0.0; INSIDE]; features], transitions: [[[[0.0; LABELS]; LABELS]; 2]; 2] }
    }

    fn add(&mut self, rows: &[Lane], transitions: &[[Matrix; 2]; 2]) {
        let add = |sums: &mut [f32], values: &[f32]| sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
        self.rows.iter_mut().zip(rows).for_each(|(sums, row)| add(sums, row));
        let tables = self.transitions.iter_mut().zip(transitions).flat_map(|(left, right)| left.iter_mut().zip(right));
        tables.for_each(|(sums, table)| sums.iter_mut().zip(table).for_each(|(sums, row)| add(sums, row)));
    }

    fn divide(&mut self, count: f32) {
        self.rows.iter_mut().flatten().for_each(|sum| *sum /= count);
        self.transitions.iter_mut().flatten().flatten().flatten().for_each(|sum| *sum /= count);
    }
}

/// Fisher and Yates, with the numbers of xorshift64* (Vigna 2016).
fn shuffle(order: &mut [u32], random: &mut u64) {
    for at in (1..order.len()).rev() {
        order.swap(at, draw(random) as usize % (at + 1));
    }
}

/// The next of 31 random bits.
fn draw(random: &mut u64) -> u64 {
    *random ^= *random >> 12;
    *random ^= *random << 25;
    *random ^= *random >> 27;
    random.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33
}

impl Fit<'_> {
    fn step(&mut self, stretch: SampleStretch, second: bool) -> f64 {
        let tokens = stretch.begin..stretch.end;
        let first = self.kept(&self.samples.first, tokens.clone());
        let mut scores: Vec<Lane> = (0..tokens.len()).map(|at| self.score(first.get(at), [0.0; INSIDE])).collect();
        let gold = &self.samples.labels[tokens.clone()];
        let mut chain = std::mem::take(&mut self.chain);
        let side = usize::from(stretch.uncased);
        let mut loss = chain.run(&scores, &self.transitions[0][side], gold);
        chain.scale(stretch.weight);
        self.update_transitions(0, side, &chain);
        let mut slopes = chain.slopes.clone();
        if second {
            let extra = self.kept(&self.samples.second, tokens.clone());
            for (at, score) in scores.iter_mut().enumerate() {
                *score = self.score(extra.get(at), *score);
            }
            loss += chain.run(&scores, &self.transitions[1][side], gold);
            chain.scale(stretch.weight);
            self.update_transitions(1, side, &chain);
            for (at, slope) in chain.slopes.iter().enumerate() {
                self.update(extra.get(at), slope);
            }
            for (slope, other) in slopes.iter_mut().zip(&chain.slopes) {
                slope.iter_mut().zip(other).for_each(|(left, right)| *left += right);
            }
        }
        for (at, slope) in slopes.iter().enumerate() {
            self.update(first.get(at), slope);
        }
        self.chain = chain;
        loss
    }

    fn score(&self, features: &[u32], mut score: Lane) -> Lane {
        let scale = 1.0 / (1.0 - self.options.dropout);
        for feature in features {
            score.iter_mut().zip(&self.rows[*feature as usize]).for_each(|(sum, weight)| *sum += scale * weight);
        }
        score
    }

    /// The features of `tokens` that are not left out this time.
    fn kept(&mut self, lists: &Lists, tokens: std::ops::Range<usize>) -> Lists {
        let limit = (f64::from(self.options.dropout) * f64::from(1_u32 << 31)) as u64;
        let mut kept = Lists::default();
        for at in tokens {
            let list = lists.get(at);
            if limit == 0 {
                kept.pool.extend_from_slice(list);
            } else {
                let random = &mut self.random;
                kept.pool.extend(list.iter().copied().filter(|_| draw(random) >= limit));
            }
            kept.close();
        }
        kept
    }

    fn update(&mut self, features: &[u32], slope: &Lane) {
        // What the weights already tell for sure teaches nothing and is most of the text.
        if slope.iter().all(|lane| lane.abs() < 1e-3) {
            return;
        }
        let rate = self.options.rate;
        for feature in features {
            let feature = *feature as usize;
            let pull = self.pulls[feature];
            let (row, squares) = (&mut self.rows[feature], &mut self.squares[feature]);
            for lane in 0..INSIDE {
                let slope = slope[lane] + pull * row[lane];
                squares[lane] += slope * slope;
                row[lane] -= rate * slope / squares[lane].sqrt();
            }
        }
    }

    fn update_transitions(&mut self, pass: usize, side: usize, chain: &Chain) {
        let table = &mut self.transitions[pass][side];
        let squares = &mut self.transition_squares[pass][side];
        for (left, right) in allowed() {
            let slope = chain.pairs[left][right];
            if slope != 0.0 {
                squares[left][right] += slope * slope;
                table[left][right] -= self.options.rate * slope / squares[left][right].sqrt();
            }
        }
    }
}

/// Forward and backward sums over one stretch, in scaled numbers.
#[derive(Default)]
struct Chain {
    potentials: Vec<[f32; LABELS]>,
    forward: Vec<[f32; LABELS]>,
    slopes: Vec<Lane>,
    pairs: Matrix,
}

impl Chain {
    /// Works out the slopes of the loss, which it returns, for the scores and the transitions.
    fn run(&mut self, scores: &[Lane], transitions: &Matrix, gold: &[u8]) -> f64 {
        let outside = usize::from(OUTSIDE);
        let mut steps: Matrix = [[0.0; LABELS]; LABELS];
        for (left, right) in allowed() {
            steps[left][right] = transitions[left][right].exp();
        }
        self.pairs = [[0.0; LABELS]; LABELS];
        let mut log_sum = self.forward(scores, &steps);
        let last = self.forward[scores.len() - 1];
        let end: f32 = (0..LABELS).map(|label| last[label] * steps[label][outside]).sum();
        log_sum += f64::from(end.ln());
        let mut backward: [f32; LABELS] = std::array::from_fn(|label| steps[label][outside] / end);
        for (label, alpha) in last.iter().enumerate() {
            self.pairs[label][outside] += alpha * backward[label];
        }
        self.slopes.clear();
        self.slopes.resize(scores.len(), [0.0; INSIDE]);
        for at in (0..scores.len()).rev() {
            for label in 0..INSIDE {
                self.slopes[at][label] = self.forward[at][label] * backward[label];
            }
            let before = if at == 0 { start() } else { self.forward[at - 1] };
            // `forward` was scaled by the sum at this token: the same factor goes into the backward step.
            let weighted: [f32; LABELS] = std::array::from_fn(|label| self.potentials[at][label] * backward[label]);
            for left in 0..LABELS {
                let mut sum = 0.0;
                for right in 0..LABELS {
                    let flow = steps[left][right] * weighted[right];
                    self.pairs[left][right] += before[left] * flow;
                    sum += flow;
                }
                backward[left] = sum;
            }
        }
        log_sum - self.take_gold(scores, transitions, gold)
    }

    fn scale(&mut self, weight: f32) {
        self.slopes.iter_mut().flatten().for_each(|slope| *slope *= weight);
        self.pairs.iter_mut().flatten().for_each(|slope| *slope *= weight);
    }

    fn forward(&mut self, scores: &[Lane], steps: &Matrix) -> f64 {
        self.potentials.clear();
        self.forward.clear();
        let mut log_sum = 0.0;
        let mut alpha = start();
        for score in scores {
            let largest = score.iter().fold(0.0_f32, |most, lane| most.max(*lane));
            let mut potential = [(-largest).exp(); LABELS];
            for (slot, lane) in potential.iter_mut().zip(score) {
                *slot = (lane - largest).exp();
            }
            let mut next = [0.0; LABELS];
            for left in 0..LABELS {
                for right in 0..LABELS {
                    next[right] += alpha[left] * steps[left][right];
                }
            }
            let mut sum = 0.0;
            for label in 0..LABELS {
                next[label] *= potential[label];
                sum += next[label];
            }
            next.iter_mut().for_each(|lane| *lane /= sum);
            potential.iter_mut().for_each(|lane| *lane /= sum);
            log_sum += f64::from(largest) + f64::from(sum.ln());
            self.potentials.push(potential);
            self.forward.push(next);
            alpha = next;
        }
        log_sum
    }

    /// Takes the gold labels' share from the slopes; returns their score.
    fn take_gold(&mut self, scores: &[Lane], transitions: &Matrix, gold: &[u8]) -> f64 {
        let mut total = 0.0;
        let mut before = usize::from(OUTSIDE);
        for (at, label) in gold.iter().enumerate() {
            let label = usize::from(*label);
            if label < INSIDE {
                self.slopes[at][label] -= 1.0;
                total += f64::from(scores[at][label]);
            }
            self.pairs[before][label] -= 1.0;
            total += f64::from(transitions[before][label]);
            before = label;
        }
        self.pairs[before][usize::from(OUTSIDE)] -= 1.0;
        total + f64::from(transitions[before][usize::from(OUTSIDE)])
    }
}

fn start() -> [f32; LABELS] {
    std::array::from_fn(|label| if label == usize::from(OUTSIDE) { 1.0 } else { 0.0 })
}
