//! Query to hits.

mod hit;

pub use hit::{ActorHit, ArticleHead, FacetCount, Hit, Hits, QuoteHit, Snippet, StoredArticle};
