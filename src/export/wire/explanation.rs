//! What a query means.

use serde::Serialize;

use super::{Body, Line};
use crate::search::{Explanation, Query, UnknownWord};

/// A query or a part of one.
#[derive(Debug, Serialize)]
pub(super) struct ExplanationFields<'a> {
    query: String,
    meaning: &'a str,
    hits: usize,
    words: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unknown: Vec<UnknownFields<'a>>,
    parts: Vec<ExplanationFields<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    otherwise: Option<String>,
}

/// A word that the index lacks.
#[derive(Debug, Serialize)]
struct UnknownFields<'a> {
    word: &'a str,
    similar: Vec<SimilarFields<'a>>,
}

/// A word of the index, and how many have it.
#[derive(Debug, Serialize)]
struct SimilarFields<'a> {
    word: &'a str,
    hits: usize,
}

impl<'a> UnknownFields<'a> {
    fn new(unknown: &'a UnknownWord) -> Self {
        let similar = unknown.similar.iter().map(|(word, hits)| SimilarFields { word, hits: *hits });
        Self { word: &unknown.word, similar: similar.collect() }
    }
}

impl<'a> ExplanationFields<'a> {
    fn new(part: &'a Explanation) -> Self {
        Self {
            query: part.query.to_string(),
            meaning: &part.meaning,
            hits: part.hits,
            words: &part.words,
            unknown: part.unknown.iter().map(UnknownFields::new).collect(),
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
