//! What the conditions of a query on quotes mark in an article: words and speaker of those quotes that meet them.
//!
//! That words which somebody said stand in an article is no reason to mark them wherever they stand: they are marked in
//! the quotes that meet the whole condition, speaker and words in one and the same quote, and nowhere else.

use std::collections::BTreeMap;

use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query as Plan, Scorer, Weight};
use tantivy::{DocAddress, DocId, SegmentOrdinal, TERMINATED, TantivyDocument};

use super::highlight::{Mark, Needles};
use super::join::Rows;
use super::query::{Field, Query};
use super::{Searcher, figure, plan, stored};
use crate::extract::{Annotations, Quote};
use crate::index::Kind;
use crate::index::record::{QuoteRecord, decode_article, decode_quote};
use crate::text::Span;

/// A condition of a query that has to hold in one quote.
struct Condition {
    /// The quotes that meet it.
    plan: Box<dyn Plan>,
    /// The words that it looks for in them.
    said: Needles,
    /// True where it asks for a speaker.
    by_speaker: bool,
}

/// All conditions of a query on quotes.
pub(super) struct QuoteConditions(Vec<Condition>);

/// The quotes of an article that meet conditions, each with the number of its condition.
pub(super) type Quoted = Vec<(usize, DocAddress)>;

impl Searcher {
    /// The conditions on quotes that make an article match `query`.
    pub(super) fn quote_conditions(&self, query: &Query) -> tantivy::Result<QuoteConditions> {
        let condition = |query: &Query| {
            let quotes = self.plan(query, Kind::Quote)?;
            let said = vec![(Occur::Must, quotes), (Occur::MustNot, figure::declined())];
            Ok(Condition {
                plan: Box::new(BooleanQuery::new(said)),
                said: Needles::new(&self.snapshot, query, Field::Said)?,
                by_speaker: names_speaker(query),
            })
        };
        let conditions = plan::conditions_on_quotes(query);
        Ok(QuoteConditions(conditions.iter().map(condition).collect::<tantivy::Result<_>>()?))
    }

    /// The quotes of each of `articles` that meet one of `conditions`.
    pub(super) fn quoted(&self, articles: &[DocAddress], conditions: &QuoteConditions) -> tantivy::Result<Vec<Quoted>> {
        let mut found = vec![Vec::new(); articles.len()];
        if conditions.0.is_empty() {
            return Ok(found);
        }
        let mut by_segment: BTreeMap<SegmentOrdinal, Vec<(DocId, usize)>> = BTreeMap::new();
        for (at, article) in articles.iter().enumerate() {
            by_segment.entry(article.segment_ord).or_default().push((article.doc_id, at));
        }
        let weights =
            conditions.0.iter().map(|one| one.plan.weight(EnableScoring::disabled_from_searcher(&self.snapshot)));
        let weights = weights.collect::<tantivy::Result<Vec<Box<dyn Weight>>>>()?;
        for (segment, mut documents) in by_segment {
            documents.sort_unstable();
            let reader = self.snapshot.segment_reader(segment);
            let rows = Rows::new(reader)?;
            for (number, weight) in weights.iter().enumerate() {
                let mut quotes = weight.scorer(reader, 1.0)?;
                for &(article, at) in &documents {
                    let own = among(&rows, article, quotes.as_mut());
                    found[at].extend(own.into_iter().map(|quote| (number, DocAddress::new(segment, quote))));
                }
            }
        }
        Ok(found)
    }

    /// What `quoted` quotes mark in the `text` of their article, which is stored as `record`; needles are numbered from
    /// `first`.
    pub(super) fn quote_marks(
        &self,
        quoted: &Quoted,
        conditions: &QuoteConditions,
        (record, text): (&[u8], &str),
        first: usize,
    ) -> tantivy::Result<Vec<Mark>> {
        let mut marks = Vec::new();
        let mut annotations: Option<Annotations> = None;
        for &(number, address) in quoted {
            let condition = &conditions.0[number];
            let quote = self.quote(address)?;
            let (first, before) = (first + 2 * number, marks.len());
            marks.extend(condition.said.find(text, &quote.spans).into_iter().map(|mark| mark.numbered(first)));
            if condition.by_speaker {
                let all = match &mut annotations {
                    Some(all) => all,
                    none => none.insert(decode_article(record).ok_or_else(stored::damaged)?.1),
                };
                let is_it = |one: &&Quote| one.spans == quote.spans && one.kind == quote.kind;
                let speaker = all.quotes.iter().find(is_it).and_then(|one| one.speaker.as_ref()?.span);
                marks.extend(speaker.map(|span| Mark::new(span, vec![span], first + 1)));
            }
            if marks.len() == before {
                // Whatever the condition is about, the passage is to show what meets it.
                let begin = quote.spans.first().map(|span| Span::new(span.begin, span.begin));
                marks.extend(begin.map(|begin| Mark::new(begin, Vec::new(), first)));
            }
        }
        marks.sort_unstable();
        Ok(marks)
    }

    /// The words of the `quoted` quotes of an article whose text this is that the conditions look for.
    pub(super) fn said_marks(
        &self,
        quoted: &Quoted,
        conditions: &QuoteConditions,
        text: &str,
    ) -> tantivy::Result<Vec<Mark>> {
        let mut marks = Vec::new();
        for &(number, address) in quoted {
            marks.extend(conditions.0[number].said.find(text, &self.quote(address)?.spans));
        }
        Ok(marks)
    }

    fn quote(&self, address: DocAddress) -> tantivy::Result<QuoteRecord> {
        let document: TantivyDocument = self.snapshot.doc(address)?;
        decode_quote(stored::record(&document)).ok_or_else(stored::damaged)
    }
}

/// The quotes of the article `article` that `quotes` comes to.
fn among(rows: &Rows, article: DocId, quotes: &mut dyn Scorer) -> Vec<DocId> {
    let is_match = |&quote: &DocId| {
        if quotes.doc() < quote {
            quotes.seek(quote);
        }
        quotes.doc() != TERMINATED && quotes.doc() == quote
    };
    rows.quotes_of(article).filter(is_match).collect()
}

/// True where `query` asks who speaks.
fn names_speaker(query: &Query) -> bool {
    match query {
        Query::Field(field, _) => *field == Field::Speaker,
        Query::And(parts) | Query::Or(parts) => parts.iter().any(names_speaker),
        _ => false,
    }
}
