//! Query to hits.

mod hit;
mod options;
mod query;

use tantivy::Searcher as Snapshot;

use crate::error::Result;
use crate::index::Index;

pub use hit::{ActorHit, ArticleHead, FacetCount, Hit, Hits, QuoteHit, Snippet, StoredArticle};
pub use options::{ActorRequest, DateRange, FacetField, Filters, QuoteRequest, SearchOptions, Sort};
pub use query::{Field, Query};

/// Answers from the last commit of an index; later commits do not change what it says.
pub struct Searcher {
    index: Index,
    snapshot: Snapshot,
}

impl Searcher {
    /// A searcher over what `index` holds now.
    pub fn open(index: &Index) -> Result<Self> {
        Ok(Self { index: index.clone(), snapshot: index.searcher()? })
    }

    /// The articles that match `query`.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> Result<Hits<Hit>> {
        let _ = (query, options, &self.index, &self.snapshot);
        Ok(Hits { total: 0, hits: Vec::new() })
    }

    /// The quotes that match `request`.
    pub fn quotes(&self, request: &QuoteRequest) -> Result<Hits<QuoteHit>> {
        let _ = request;
        Ok(Hits { total: 0, hits: Vec::new() })
    }

    /// The actors of the whole index, most often named first.
    pub fn actors(&self, request: &ActorRequest) -> Result<Hits<ActorHit>> {
        let _ = request;
        Ok(Hits { total: 0, hits: Vec::new() })
    }

    /// How many of the articles that match `query` and `filters` have each value of `field`: the `limit` most frequent,
    /// or, for days, months and years, all in order.
    pub fn facets(&self, query: &Query, filters: &Filters, field: FacetField, limit: usize) -> Result<Vec<FacetCount>> {
        let _ = (query, filters, field, limit);
        Ok(Vec::new())
    }

    /// As [`facets`](Self::facets), over quotes.
    pub fn quote_facets(&self, request: &QuoteRequest, field: FacetField, limit: usize) -> Result<Vec<FacetCount>> {
        let _ = (request, field, limit);
        Ok(Vec::new())
    }

    /// The article with this identifier or beginning of one, or with this path or end of one.
    ///
    /// # Errors
    /// [`Error::NoArticle`](crate::Error::NoArticle) where there is none, and
    /// [`Error::AmbiguousArticle`](crate::Error::AmbiguousArticle) where there are several.
    pub fn article(&self, name: &str) -> Result<StoredArticle> {
        Err(crate::Error::NoArticle { name: name.into() })
    }
}

impl Query {
    /// Reads a query as typed. Nothing is passed over: what cannot be understood is an error.
    ///
    /// # Errors
    /// [`Error::Query`](crate::Error::Query), with the column of what is wrong.
    pub fn parse(text: &str) -> Result<Self> {
        let _ = text;
        Ok(Self::All)
    }
}
