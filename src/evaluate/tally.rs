//! Counts of what was found, and the figures that follow from them.

use std::ops::AddAssign;

/// How many were found rightly, found, and to be found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Predicted, and in the gold standard.
    pub right: usize,
    /// Predicted.
    pub predicted: usize,
    /// In the gold standard.
    pub gold: usize,
}

impl Tally {
    /// What share of the predicted is right, in percent.
    pub fn precision(&self) -> f64 {
        100.0 * self.shares().0
    }

    /// What share of the gold standard was found, in percent.
    pub fn recall(&self) -> f64 {
        100.0 * self.shares().1
    }

    /// Harmonic mean of precision and recall, in percent.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = self.shares();
        200.0 * precision * recall / (precision + recall).max(1e-9)
    }

    fn shares(&self) -> (f64, f64) {
        let share = |of: usize| self.right as f64 / of.max(1) as f64;
        (share(self.predicted), share(self.gold))
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.predicted += other.predicted;
        self.gold += other.gold;
    }
}

/// `part` of `whole` in percent; 0 of nothing.
pub(super) fn percent(part: usize, whole: usize) -> f64 {
    (100 * part) as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tally: Tally, expect: &str) {
        assert_eq!(format!("{:.1} {:.1} {:.1}", tally.precision(), tally.recall(), tally.f1()), expect);
    }

    #[test]
    fn figures_follow_from_counts() {
        check(Tally { right: 3, predicted: 4, gold: 6 }, "75.0 50.0 60.0");
        check(Tally::default(), "0.0 0.0 0.0");
        check(Tally { right: 0, predicted: 4, gold: 0 }, "0.0 0.0 0.0");
    }

    #[test]
    fn ties_are_printed_as_the_reference_prints_them() {
        // 6.25 and 18.75 are exact: Python rounds them to the even digit.
        check(Tally { right: 1, predicted: 16, gold: 1 }, "6.2 100.0 11.8");
        check(Tally { right: 3, predicted: 16, gold: 3 }, "18.8 100.0 31.6");
    }
}
