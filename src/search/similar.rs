//! Articles like an article: those that share its most telling words (Salton & Buckley 1988).

use std::collections::BTreeMap;
use std::ops::{Bound, ControlFlow};

use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query as Plan, RangeQuery, TermQuery};
use tantivy::schema::IndexRecordOption;

use super::{Hit, Hits, Query, SearchOptions, Searcher, StoredArticle, filtered, plan};
use crate::error::Result;
use crate::index::analyzer::Words;
use crate::index::{Kind, fields, path_number};

/// Words that an article is taken by.
const TELLING: usize = 30;

/// What an occurrence in the headline counts, against one in the running text.
const HEADLINE: f32 = 4.0;

/// What an occurrence among the first words of the running text counts.
const LEAD: f32 = 2.0;

/// Words of the lead.
const LEAD_WORDS: usize = 60;

/// Words in more than this share of all articles tell nothing.
const COMMON: f32 = 0.25;

impl Searcher {
    /// The articles most like `article` that meet the filters, in the order asked for; not the article itself.
    ///
    /// An article is like another that has its telling words: frequent in it, in headline and lead above all, and rare in
    /// the index.
    pub fn similar(&self, article: &StoredArticle, options: &SearchOptions) -> Result<Hits<Hit>> {
        let plan = || -> tantivy::Result<Box<dyn Plan>> {
            let telling = self.telling_words(article)?;
            let conditions = filtered(&Query::All, plan::conditions(&options.filters));
            let mut clauses = vec![(Occur::Must, self.plan(&conditions, Kind::Article)?)];
            clauses.push((Occur::Must, likeness(&telling)));
            let itself = Term::from_field_u64(fields().article, path_number(&article.article.path));
            let itself = RangeQuery::new(Bound::Included(itself.clone()), Bound::Included(itself));
            clauses.push((Occur::MustNot, Box::new(itself)));
            Ok(Box::new(BooleanQuery::new(clauses)))
        };
        let (needles, stories) = (self.article_needles(&Query::All)?, self.stories()?);
        let mut hits = Vec::new();
        let totals = self.each_page(plan(), Kind::Article, &self.pages(options)?, |matches| {
            hits.extend(self.hits(matches, &needles, &stories, options)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(Hits { total: totals.total, copies: totals.copies, hits })
    }

    /// The words that tell most of `article`, with their weights.
    fn telling_words(&self, article: &StoredArticle) -> tantivy::Result<Vec<(String, f32)>> {
        let articles = self.snapshot.doc_freq(&Kind::Article.term())? as f32;
        let mut telling = Vec::new();
        for (word, weight) in weights(article) {
            let frequency = self.snapshot.doc_freq(&Term::from_field_text(fields().body, &word))? as f32;
            // A word that only this article has finds no other.
            if frequency < 2.0 || (frequency / articles > COMMON && articles > 20.0) {
                continue;
            }
            telling.push((word, weight.ln_1p() * (1.0 + articles / frequency).ln()));
        }
        telling.sort_by(|left, right| right.1.total_cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
        telling.truncate(TELLING);
        Ok(telling)
    }
}

/// How often each word occurs in `article`, headline and lead counting more.
fn weights(article: &StoredArticle) -> BTreeMap<String, f32> {
    let mut weights: BTreeMap<String, f32> = BTreeMap::new();
    let mut add = |text: &str, weight: &dyn Fn(usize) -> f32| {
        let mut words = Words::new(text);
        let mut at = 0;
        while words.advance() {
            if words.word.chars().count() > 1 {
                *weights.entry(words.word.clone()).or_default() += weight(at);
            }
            at += 1;
        }
    };
    if let Some(headline) = &article.article.headline {
        add(&headline.value, &|_| HEADLINE);
    }
    add(article.article.body(), &|at| if at < LEAD_WORDS { LEAD } else { 1.0 });
    weights
}

/// Any of the words, each for what it tells.
fn likeness(telling: &[(String, f32)]) -> Box<dyn Plan> {
    let clauses = telling.iter().map(|(word, weight)| {
        let term = TermQuery::new(Term::from_field_text(fields().body, word), IndexRecordOption::WithFreqs);
        Box::new(BoostQuery::new(Box::new(term), *weight)) as Box<dyn Plan>
    });
    Box::new(BooleanQuery::union(clauses.collect()))
}
