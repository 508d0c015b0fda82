//! Measures of ranked lists, as `trec_eval` defines them.

/// Ranks that precision and gain are taken over.
const CUT: usize = 10;

/// Means over the queries that have a relevant document.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ranking {
    /// Number of those queries.
    pub queries: usize,
    /// Mean average precision.
    pub average_precision: f64,
    /// Normalised discounted cumulative gain of the first ten (Järvelin & Kekäläinen 2002), the grade being the gain.
    pub gain: f64,
    /// Share of relevant documents among the first ten.
    pub precision: f64,
}

/// Sums over queries.
#[derive(Default)]
pub(super) struct Sum(Ranking);

impl Sum {
    /// Adds a query that `ranked` answers, and the grades of the documents that were `judged`; those not judged have 0.
    pub(super) fn add(&mut self, ranked: &[&str], judged: &[(&str, i64)]) {
        let grade = |document: &str| {
            let found = judged.iter().find(|(name, _)| *name == document);
            found.map_or(0, |(_, grade)| *grade).max(0)
        };
        let grades: Vec<i64> = ranked.iter().map(|document| grade(document)).collect();
        let mut best: Vec<i64> = judged.iter().map(|(_, grade)| *grade).filter(|grade| *grade > 0).collect();
        if best.is_empty() {
            return;
        }
        best.sort_unstable_by(|left, right| right.cmp(left));
        self.0.queries += 1;
        self.0.average_precision += average_precision(&grades, best.len());
        self.0.gain += discounted(&grades) / discounted(&best);
        self.0.precision += grades.iter().take(CUT).filter(|grade| **grade > 0).count() as f64 / CUT as f64;
    }

    /// The means.
    pub(super) fn ranking(&self) -> Ranking {
        let queries = self.0.queries.max(1) as f64;
        Ranking {
            queries: self.0.queries,
            average_precision: self.0.average_precision / queries,
            gain: self.0.gain / queries,
            precision: self.0.precision / queries,
        }
    }
}

/// The mean of the precisions at the ranks of the relevant documents, 0 for those that are not ranked.
fn average_precision(grades: &[i64], relevant: usize) -> f64 {
    let mut found = 0.0;
    let mut sum = 0.0;
    for (rank, _) in (1..).zip(grades).filter(|(_, grade)| **grade > 0) {
        found += 1.0;
        sum += found / f64::from(rank);
    }
    sum / relevant as f64
}

fn discounted(grades: &[i64]) -> f64 {
    (1..).zip(grades).take(CUT).map(|(rank, grade)| *grade as f64 / f64::from(rank + 1).log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_measures_are_those_worked_out_by_hand() {
        let mut sum = Sum::default();
        // Relevant at ranks 1 and 3, a third one never: (1/1 + 2/3) / 3 = 5/9.
        sum.add(&["a", "x", "b"], &[("a", 1), ("b", 2), ("c", 1), ("x", 0)]);
        // Nothing relevant: not counted.
        sum.add(&["a"], &[("a", 0)]);
        let found = sum.ranking();
        assert_eq!(found.queries, 1);
        assert!((found.average_precision - 5.0 / 9.0).abs() < 1e-12, "{found:?}");
        assert!((found.precision - 0.2).abs() < 1e-12, "{found:?}");
        // (1/log2 2 + 2/log2 4) / (2/log2 2 + 1/log2 3 + 1/log2 4) = 2 / (2 + 0.63093 + 0.5).
        assert!((found.gain - 2.0 / 3.130_929_753_571_457_6).abs() < 1e-9, "{found:?}");
    }
}
