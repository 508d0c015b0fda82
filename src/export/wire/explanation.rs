//! What a query means.

use serde::Serialize;

use super::{Body, Line};
use crate::search::{Explanation, Query};

/// A query or a part of one.
#[derive(Debug, Serialize)]
pub(super) struct ExplanationFields<'a> {
    query: &'a str,
    meaning: &'a str,
    hits: usize,
    words: &'a [String],
    parts: Vec<ExplanationFields<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    otherwise: Option<String>,
}

impl<'a> ExplanationFields<'a> {
    fn new(part: &'a Explanation) -> Self {
        Self {
            query: &part.query,
            meaning: &part.meaning,
            hits: part.hits,
            words: &part.words,
            parts: part.parts.iter().map(Self::new).collect(),
            otherwise: None,
        }
    }
}

impl<'a> Line<'a> {
    /// What a query means; `otherwise` is how the other language of queries would read its operators.
    pub fn explanation(explanation: &'a Explanation, otherwise: Option<&Query>) -> Self {
        let mut fields = ExplanationFields::new(explanation);
        fields.otherwise = otherwise.map(Query::to_string);
        Self::new("explanation", Body::Explanation(Box::new(fields)))
    }
}
