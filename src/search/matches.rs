//! All places where a query matches, article by article.

use std::ops::ControlFlow;

use super::collect::Match;
use super::highlight::Mark;
use super::{ArticleHead, Field, Query, SearchOptions, Searcher, plan, stored};
use crate::error::Result;
use crate::index::Kind;
use crate::text::{Prose, Run, Span};

/// An article that matches, and where it does.
#[derive(Clone, Debug, PartialEq)]
pub struct ArticleMatches {
    /// Which article.
    pub article: ArticleHead,
    /// Its whole text, which all spans but those of the headline point into.
    pub text: String,
    /// Where the running text stands in it.
    pub body: Span,
    /// Matches in the running text, in order; empty where the query matches by other fields alone.
    pub matches: Vec<TextMatch>,
    /// Words that match in the headline, as spans into [`ArticleHead::headline`].
    pub headline: Vec<Span>,
}

/// A place in a running text that a word, a phrase or an operator of positions matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextMatch {
    /// From the first byte of the match to the last.
    pub span: Span,
    /// The words and phrases that make it up: of a pair, the two; of a phrase, all of it.
    pub words: Vec<Span>,
    /// The sentences that it touches, from the first byte to the last.
    pub sentence: Span,
}

impl Searcher {
    /// Hands every article that matches `query` to `consume`, with all places where it does, one article at a time and
    /// in the order that `options` ask for, until it says to stop; gives the number of all articles that match. As in
    /// [`search`](Self::search), copies of an article stand behind the one printed first unless `options` ask for all.
    pub fn each_match(
        &self,
        query: &Query,
        options: &SearchOptions,
        mut consume: impl FnMut(ArticleMatches) -> ControlFlow<()>,
    ) -> Result<usize> {
        let (body, headline) = (self.needles(query, Field::Body)?, self.needles(query, Field::Headline)?);
        let wanted = super::filtered(query, plan::conditions(&options.filters));
        let plan = self.plan(&wanted, Kind::Article);
        let mut each = |found: &Match| -> tantivy::Result<ControlFlow<()>> {
            let (article, text, span) = stored::head_and_text(&self.snapshot, found.address)?;
            let marks = body.find(&text, &[span]);
            let matches = if marks.is_empty() { Vec::new() } else { placed(marks, &text, span) };
            let title = article.headline.as_deref().unwrap_or_default();
            let headline = headline.find(title, &[Span::new(0, title.len())]);
            let headline = super::highlight::merged(&headline, Span::new(0, title.len()));
            Ok(consume(ArticleMatches { article, text, body: span, matches, headline }))
        };
        let totals = self.each_page(plan, Kind::Article, &self.pages(options)?, |matches| {
            for found in matches {
                if each(found)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(totals.total)
    }
}

/// The `marks` with their sentences.
fn placed(marks: Vec<Mark>, text: &str, body: Span) -> Vec<TextMatch> {
    let prose = Prose::new(body.of(text));
    let sentences: Vec<Span> = prose.sentences.iter().map(|run: &Run| run.span.shifted(body.begin)).collect();
    let around = |span: Span| {
        let from = sentences.partition_point(|sentence| sentence.end <= span.begin);
        let touched = sentences[from..].iter().take_while(|sentence| sentence.begin < span.end);
        touched.copied().fold(span, Span::cover)
    };
    marks
        .into_iter()
        .map(|mark| TextMatch { span: mark.span, words: mark.parts, sentence: around(mark.span) })
        .collect()
}
