//! Fits a labeller of sentences.

use super::fit::{Options, SampleStretch, Samples, fit_several};
use super::rows::{number_features, store};
use crate::model::label::{OUTSIDE, write};
use crate::model::scorer;
use crate::model::sequence::Labelled;

/// Sentences with their features and their gold labels.
#[derive(Debug, Default)]
pub struct Lessons {
    samples: Samples,
    /// Features of the sentence that is being told.
    begin: usize,
}

impl Lessons {
    /// Adds one unit with its features to the sentence that is being told.
    pub fn unit(&mut self, features: impl IntoIterator<Item = u32>) {
        self.samples.first.pool.extend(features);
        self.samples.first.close();
        self.samples.labels.push(OUTSIDE);
    }

    /// Ends the sentence, whose stretches are `gold`, and which belongs to the article of this number.
    pub fn sentence(&mut self, gold: &[Labelled], article: usize) {
        let (begin, end) = (self.begin, self.samples.labels.len());
        for (units, kind) in gold {
            write(&mut self.samples.labels[begin..end], units.clone(), *kind);
        }
        self.begin = end;
        if begin < end {
            self.samples.stretches.push(SampleStretch { begin, end, article, uncased: false, weight: 1.0 });
        }
    }

    /// Fits weights and gives their bytes. Features seen less often than `least` and rows without a weight of `prune`
    /// are left out.
    pub fn fit(mut self, options: Options, least: u32, prune: f32) -> Vec<u8> {
        let keys = number_features(&mut self.samples.first, least);
        let fitted = fit_several(&self.samples, keys.len(), false, options);
        let (rows, transitions) = store(&keys, &fitted, prune);
        eprintln!("{} features, {} rows", keys.len(), rows.len());
        scorer::write(&rows, &transitions)
    }
}
