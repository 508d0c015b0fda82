//! Precision, recall and F1 of names against gold.

use std::collections::BTreeSet;
use std::fmt;

use crate::text::Span;

/// Names that are right, found, and in the gold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    /// Found with the right span and kind.
    pub right: usize,
    /// Found.
    pub found: usize,
    /// In the gold.
    pub gold: usize,
}

impl Score {
    /// Counts the names of one text, each a span with its kind.
    pub fn add(&mut self, found: &BTreeSet<(Span, u8)>, gold: &BTreeSet<(Span, u8)>) {
        self.right += found.intersection(gold).count();
        self.found += found.len();
        self.gold += gold.len();
    }

    /// Share of what was found that is right, in percent.
    pub fn precision(&self) -> f64 {
        100.0 * self.right as f64 / self.found.max(1) as f64
    }

    /// Share of the gold that was found, in percent.
    pub fn recall(&self) -> f64 {
        100.0 * self.right as f64 / self.gold.max(1) as f64
    }

    /// Harmonic mean of precision and recall, in percent.
    pub fn f1(&self) -> f64 {
        200.0 * self.right as f64 / (self.found + self.gold).max(1) as f64
    }
}

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P {:.2} R {:.2} F1 {:.2}", self.precision(), self.recall(), self.f1())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_counts_only_with_its_kind() {
        let names = |kinds: [u8; 2]| BTreeSet::from([(Span::new(0, 4), kinds[0]), (Span::new(6, 9), kinds[1])]);
        let mut score = Score::default();
        score.add(&names([0, 1]), &names([0, 2]));
        assert_eq!(score.to_string(), "P 50.00 R 50.00 F1 50.00");
    }
}
