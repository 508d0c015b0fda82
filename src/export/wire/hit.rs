//! Articles that match.

use serde::Serialize;

use super::{Body, Line, Range, day, range};
use crate::search::{ArticleHead, ConcordanceLine, Hit, Snippet};

/// An article that matches, and its best passage.
#[derive(Debug, Serialize)]
pub(super) struct HitFields<'a> {
    #[serde(flatten)]
    head: HeadFields<'a>,
    score: f32,
    headline_marks: Vec<Range>,
    snippet: SnippetFields<'a>,
    copies: Vec<HeadFields<'a>>,
    superseded: bool,
}

/// What identifies an article in hits.
#[derive(Debug, Serialize)]
pub(super) struct HeadFields<'a> {
    article: &'a str,
    path: &'a str,
    headline: Option<&'a str>,
    outlet: Option<&'a str>,
    date: Option<String>,
}

/// A passage with its matches marked.
#[derive(Debug, Serialize)]
pub(super) struct SnippetFields<'a> {
    text: &'a str,
    span: Range,
    marks: Vec<Range>,
}

/// A match in its context.
#[derive(Debug, Serialize)]
pub(super) struct ConcordanceFields<'a> {
    #[serde(flatten)]
    head: HeadFields<'a>,
    span: Range,
    left: &'a str,
    text: &'a str,
    right: &'a str,
}

impl<'a> Line<'a> {
    /// An article, without a passage.
    pub fn head(head: &'a ArticleHead) -> Self {
        Self::new("hit", Body::Head(HeadFields::new(head)))
    }

    /// A match in its context.
    pub fn concordance(line: &'a ConcordanceLine) -> Self {
        let fields = ConcordanceFields {
            head: HeadFields::new(&line.article),
            span: range(line.span),
            left: &line.left,
            text: &line.matched,
            right: &line.right,
        };
        Self::new("match", Body::Concordance(fields))
    }

    /// An article that matches.
    pub fn hit(hit: &'a Hit) -> Self {
        let (head, snippet) = (HeadFields::new(&hit.article), SnippetFields::new(&hit.snippet));
        let headline_marks = hit.headline_marks.iter().copied().map(range).collect();
        let copies = hit.copies.iter().map(HeadFields::new).collect();
        let (score, superseded) = (hit.score, hit.superseded);
        Self::new("hit", Body::Hit(Box::new(HitFields { head, score, headline_marks, snippet, copies, superseded })))
    }
}

impl<'a> HeadFields<'a> {
    pub(super) fn new(head: &'a ArticleHead) -> Self {
        Self {
            article: &head.id,
            path: &head.path,
            headline: head.headline.as_deref(),
            outlet: head.outlet.as_deref(),
            date: head.date.as_ref().map(day),
        }
    }
}

impl<'a> SnippetFields<'a> {
    pub(super) fn new(snippet: &'a Snippet) -> Self {
        let marks = snippet.marks.iter().copied().map(range).collect();
        Self { text: &snippet.text, span: range(snippet.span), marks }
    }
}
