//! From quotes to their articles and back, as a query of tantivy's.
//!
//! The documents of an article stand in a row: its quotes, then the article. A join walks that row only where it is asked,
//! and so costs no more than what it is joined with.

use std::fmt;
use std::ops::Range;

use tantivy::columnar::Column;
use tantivy::query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use crate::index::{Kind, name};

/// About how many quotes an article has: only a guess of how much there is to walk depends on it.
const QUOTES_AN_ARTICLE: u32 = 5;

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
        let inner = self.inner.scorer(reader, 1.0)?;
        if inner.doc() == TERMINATED {
            return Ok(Box::new(EmptyScorer));
        }
        let rows = Rows::new(reader)?;
        Ok(match self.to {
            Kind::Article => Box::new(ConstScorer::new(Articles::new(rows, inner), 0.0)),
            _ => Box::new(ConstScorer::new(Quotes::new(rows, inner), 0.0)),
        })
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

    /// The article of the quote `document`.
    fn article_of(&self, document: DocId) -> Option<DocId> {
        let article = self.article.first(document);
        let after = (document + 1..self.end).find(|&next| !self.is(next, Kind::Quote, article))?;
        self.is(after, Kind::Article, article).then_some(after)
    }

    /// The first quote of the article `document` that is not before `from`; `document` where there is none.
    fn first_quote(&self, document: DocId, from: DocId) -> DocId {
        let article = self.article.first(document);
        let quotes = (from..document).rev().take_while(|&before| self.is(before, Kind::Quote, article)).count();
        document - quotes as DocId
    }

    /// The quotes of the article `document`, in order.
    pub(super) fn quotes_of(&self, document: DocId) -> Range<DocId> {
        self.first_quote(document, 0)..document
    }
}

/// The articles of quotes.
struct Articles {
    rows: Rows,
    quotes: Box<dyn Scorer>,
    document: DocId,
}

impl Articles {
    fn new(rows: Rows, quotes: Box<dyn Scorer>) -> Self {
        let mut articles = Self { rows, quotes, document: TERMINATED };
        articles.settle();
        articles
    }

    /// Goes to the article of the quote that has been come to, or of the next one that has an article.
    fn settle(&mut self) -> DocId {
        self.document = loop {
            let quote = self.quotes.doc();
            if quote == TERMINATED {
                break TERMINATED;
            }
            match self.rows.article_of(quote) {
                Some(article) => break article,
                None => self.quotes.advance(),
            };
        };
        self.document
    }
}

impl DocSet for Articles {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED {
            return TERMINATED;
        }
        while self.quotes.doc() < self.document {
            self.quotes.advance();
        }
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target {
            return self.document;
        }
        let first = if target < self.rows.end { self.rows.first_quote(target, 0) } else { TERMINATED };
        if self.quotes.doc() < first {
            self.quotes.seek(first);
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.quotes.size_hint()
    }
}

/// The quotes of articles.
struct Quotes {
    rows: Rows,
    articles: Box<dyn Scorer>,
    document: DocId,
}

impl Quotes {
    fn new(rows: Rows, articles: Box<dyn Scorer>) -> Self {
        let mut quotes = Self { rows, articles, document: TERMINATED };
        quotes.settle(0);
        quotes
    }

    /// Goes to the first quote that is not before `from`, of the article that has been come to or of the next one that
    /// has such a quote.
    fn settle(&mut self, from: DocId) -> DocId {
        self.document = loop {
            let article = self.articles.doc();
            if article == TERMINATED {
                break TERMINATED;
            }
            let first = self.rows.first_quote(article, from);
            if first < article {
                break first;
            }
            self.articles.advance();
        };
        self.document
    }
}

impl DocSet for Quotes {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED {
            return TERMINATED;
        }
        self.seek(self.document + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target {
            return self.document;
        }
        if target < self.articles.doc() {
            // Between a quote and its article stand only more of its quotes.
            self.document = target;
            return target;
        }
        self.articles.seek(target);
        self.settle(target)
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.articles.size_hint().saturating_mul(QUOTES_AN_ARTICLE).min(self.rows.end)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::{FAST, Schema};
    use tantivy::{Index, IndexWriter, Searcher, doc};

    use super::*;

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

        fn doc(&self) -> DocId {
            self.documents.get(self.at).copied().unwrap_or(TERMINATED)
        }

        fn size_hint(&self) -> u32 {
            self.documents.len() as u32
        }
    }

    /// Rows of so many quotes each; before each row stands the document of a file.
    fn archive(rows: &[usize]) -> Searcher {
        let mut schema = Schema::builder();
        let kind = schema.add_u64_field(name::KIND, FAST);
        let article = schema.add_u64_field(name::ARTICLE, FAST);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 20_000_000).unwrap();
        let add = |document| assert!(writer.add_document(document).is_ok());
        for (number, quotes) in (0_u64..).zip(rows) {
            add(doc!(kind => Kind::File as u64));
            (0..*quotes).for_each(|_| add(doc!(kind => Kind::Quote as u64, article => number)));
            add(doc!(kind => Kind::Article as u64, article => number));
        }
        writer.commit().unwrap();
        index.reader().unwrap().searcher()
    }

    fn check(rows: &[usize]) {
        let searcher = archive(rows);
        let (mut quotes, mut articles, mut of_quotes, mut of_articles, mut at) = (vec![], vec![], vec![], vec![], 0);
        for &count in rows {
            let (first, article) = (at + 1, at + 1 + count as DocId);
            // Every third document is joined to the other kind.
            let own: Vec<DocId> = (first..article).filter(|quote| quote % 3 == 0).collect();
            of_quotes.extend(Some(article).filter(|_| !own.is_empty()));
            quotes.extend(own);
            if article % 3 == 0 {
                articles.push(article);
                of_articles.extend(first..article);
            }
            at = article + 1;
        }
        let reader = searcher.segment_reader(0);
        let rows = || Rows::new(reader).unwrap();
        check_walks(|| Articles::new(rows(), listed(quotes.clone())), &of_quotes, reader.max_doc());
        check_walks(|| Quotes::new(rows(), listed(articles.clone())), &of_articles, reader.max_doc());
    }

    fn listed(documents: Vec<DocId>) -> Box<dyn Scorer> {
        Box::new(ConstScorer::new(Listed { documents, at: 0 }, 1.0))
    }

    /// `set` is `expect`, whether it is walked or looked up from any place of it.
    fn check_walks<D: DocSet>(set: impl Fn() -> D, expect: &[DocId], end: DocId) {
        let rest = |mut set: D| {
            let mut found = Vec::new();
            while set.doc() != TERMINATED {
                found.push(set.doc());
                set.advance();
            }
            found
        };
        assert_eq!(rest(set()), expect);
        for steps in 0..=expect.len() {
            for target in 0..=end {
                let mut set = set();
                for _ in 0..steps {
                    set.advance();
                }
                let from = expect.get(steps).copied().unwrap_or(TERMINATED).max(target);
                set.seek(target);
                let expect: Vec<DocId> = expect.iter().copied().filter(|&document| document >= from).collect();
                assert_eq!(rest(set), expect, "{steps} steps, then to {target}");
            }
        }
    }

    #[test]
    fn joins_give_what_the_rows_hold_however_they_are_walked() {
        check(&[0, 0]);
        check(&[3, 0, 1, 5, 2, 2, 0, 4]);
        check(&[1, 2, 3, 4, 5, 6]);
    }
}
