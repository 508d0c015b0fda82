//! From quotes to their articles and back, as a query of tantivy's.
//!
//! The documents of an article stand in a row: its quotes, then the article. A join walks that row, and so costs as
//! much as what it finds.

use std::fmt;

use tantivy::columnar::Column;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use crate::index::{Kind, name};

/// Matches what belongs to the matches of another query, with the score 0.
pub(super) struct Join {
    inner: Box<dyn Query>,
    to: Kind,
}

impl Join {
    /// The articles in which a quote stands that matches `quotes`.
    pub(super) fn to_articles(quotes: Box<dyn Query>) -> Self {
        Self { inner: quotes, to: Kind::Article }
    }

    /// The quotes that stand in an article that matches `articles`.
    pub(super) fn to_quotes(articles: Box<dyn Query>) -> Self {
        Self { inner: articles, to: Kind::Quote }
    }
}

impl Clone for Join {
    fn clone(&self) -> Self {
        Self { inner: self.inner.box_clone(), to: self.to }
    }
}

impl fmt::Debug for Join {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Join({:?} of {:?})", self.to, self.inner)
    }
}

impl Query for Join {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = match scoring {
            EnableScoring::Enabled { searcher, .. } => EnableScoring::disabled_from_searcher(searcher),
            disabled @ EnableScoring::Disabled { .. } => disabled,
        };
        Ok(Box::new(JoinWeight { inner: self.inner.weight(unscored)?, to: self.to }))
    }
}

struct JoinWeight {
    inner: Box<dyn Weight>,
    to: Kind,
}

impl Weight for JoinWeight {
    fn scorer(&self, reader: &SegmentReader, _boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut inner = self.inner.scorer(reader, 1.0)?;
        if inner.doc() == TERMINATED {
            return Ok(Box::new(EmptyScorer));
        }
        let rows = Rows::new(reader)?;
        let mut documents = Vec::new();
        while inner.doc() != TERMINATED {
            match self.to {
                Kind::Article => rows.article_of(inner.doc(), &mut documents),
                _ => rows.quotes_of(inner.doc(), &mut documents),
            }
            inner.advance();
        }
        Ok(Box::new(ConstScorer::new(Listed { documents, at: 0 }, 0.0)))
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > document || scorer.seek(document) != document {
            return Err(TantivyError::InvalidArgument(format!("document {document} does not match")));
        }
        Ok(Explanation::new("join", 0.0))
    }
}

/// The rows of quotes and articles in a segment.
pub(super) struct Rows {
    kind: Column<u64>,
    article: Column<u64>,
    end: DocId,
}

impl Rows {
    pub(super) fn new(reader: &SegmentReader) -> tantivy::Result<Self> {
        Ok(Self {
            kind: reader.fast_fields().u64(name::KIND)?,
            article: reader.fast_fields().u64(name::ARTICLE)?,
            end: reader.max_doc(),
        })
    }

    fn is(&self, document: DocId, kind: Kind, article: Option<u64>) -> bool {
        self.kind.first(document) == Some(kind as u64) && self.article.first(document) == article
    }

    /// Appends the article of the quote `document`, once.
    fn article_of(&self, document: DocId, into: &mut Vec<DocId>) {
        if into.last().is_some_and(|&last| last > document) {
            return;
        }
        let article = self.article.first(document);
        let after = (document + 1..self.end).find(|&next| !self.is(next, Kind::Quote, article));
        into.extend(after.filter(|&next| self.is(next, Kind::Article, article)));
    }

    /// Appends the quotes of the article `document`, in order.
    pub(super) fn quotes_of(&self, document: DocId, into: &mut Vec<DocId>) {
        let article = self.article.first(document);
        let quotes = (0..document).rev().take_while(|&before| self.is(before, Kind::Quote, article)).count();
        into.extend(document - quotes as DocId..document);
    }
}

/// Documents in a list, in order.
struct Listed {
    documents: Vec<DocId>,
    at: usize,
}

impl DocSet for Listed {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.documents.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|&document| document < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.documents.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.documents.len() as u32
    }
}
