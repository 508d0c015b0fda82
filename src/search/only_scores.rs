//! A condition that adds to the score of what another one matches, as a query of tantivy's.

use std::fmt;

use tantivy::query::{EmptyQuery, EnableScoring, Query, Weight};

/// Matches what another query matches where scores are asked for, and nothing where matches are only counted: for parts of
/// a union whose documents its other parts have too.
pub(super) struct OnlyScores(Box<dyn Query>);

impl OnlyScores {
    pub(super) fn new(inner: Box<dyn Query>) -> Self {
        Self(inner)
    }
}

impl Clone for OnlyScores {
    fn clone(&self) -> Self {
        Self(self.0.box_clone())
    }
}

impl fmt::Debug for OnlyScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OnlyScores({:?})", self.0)
    }
}

impl Query for OnlyScores {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        if scoring.is_scoring_enabled() { self.0.weight(scoring) } else { EmptyQuery.weight(scoring) }
    }
}
