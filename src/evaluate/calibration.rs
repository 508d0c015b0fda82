//! How far confidence can be trusted: the share of errors among answers that are at least so sure.

use std::ops::AddAssign;

use super::tally::percent;

/// Least confidences that errors are counted at.
const LEAST: [f32; 7] = [0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95];

/// Answers of known confidence, right and wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calibration {
    /// Those that give no answer count too.
    all: usize,
    told: [usize; LEAST.len()],
    wrong: [usize; LEAST.len()],
}

/// The answers of at least one confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// The least confidence.
    pub confidence: f32,
    /// How many of all are answered with so much of it, in percent.
    pub told: f64,
    /// How many of those answers are wrong, in percent.
    pub wrong: f64,
}

impl Calibration {
    /// Counts one answer that is so sure, from 0 to 1; `right` is `None` where none is given.
    pub fn count(&mut self, confidence: f32, right: Option<bool>) {
        self.all += 1;
        let Some(right) = right else { return };
        let levels = LEAST.into_iter().take_while(|&least| confidence >= least).count();
        self.told[..levels].iter_mut().for_each(|told| *told += 1);
        self.wrong[..levels].iter_mut().for_each(|wrong| *wrong += usize::from(!right));
    }

    /// How many were counted.
    pub const fn all(&self) -> usize {
        self.all
    }

    /// What was counted at each confidence, the least first.
    pub fn levels(&self) -> impl Iterator<Item = Level> {
        (0..LEAST.len()).map(|at| Level {
            confidence: LEAST[at],
            told: percent(self.told[at], self.all),
            wrong: percent(self.wrong[at], self.told[at]),
        })
    }
}

impl AddAssign<&Self> for Calibration {
    fn add_assign(&mut self, other: &Self) {
        self.all += other.all;
        self.told.iter_mut().zip(&other.told).for_each(|(own, other)| *own += other);
        self.wrong.iter_mut().zip(&other.wrong).for_each(|(own, other)| *own += other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(answers: &[(f32, Option<bool>)], expect: &str) {
        let mut calibration = Calibration::default();
        for &(confidence, right) in answers {
            calibration.count(confidence, right);
        }
        let levels =
            calibration.levels().map(|level| format!("{} {:.0}/{:.0}", level.confidence, level.told, level.wrong));
        assert_eq!(levels.collect::<Vec<_>>().join(", "), expect);
    }

    #[test]
    fn an_answer_counts_at_every_confidence_that_it_reaches() {
        check(
            &[(0.95, Some(true)), (0.9, Some(false)), (0.5, Some(false)), (0.49, Some(true)), (1.0, None)],
            "0 80/50, 0.3 80/50, 0.5 60/67, 0.7 40/50, 0.8 40/50, 0.9 40/50, 0.95 20/0",
        );
        check(&[], "0 0/0, 0.3 0/0, 0.5 0/0, 0.7 0/0, 0.8 0/0, 0.9 0/0, 0.95 0/0");
    }

    #[test]
    fn counts_of_two_add_up() {
        let mut one = Calibration::default();
        one.count(0.9, Some(false));
        let mut both = one.clone();
        both += &one;
        assert_eq!((both.all(), both.levels().next().map(|level| level.wrong)), (2, Some(100.0)));
    }
}
