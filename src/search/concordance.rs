//! Key words in context: every match of a query with what stands before and after it (Luhn 1960).

use chrono::NaiveDate;
use tantivy::DocAddress;

use super::highlight::merged;
use super::stored::{Addresses, head_and_text};
use super::{ArticleHead, Field, Filters, Query, Searcher};
use crate::error::Result;
use crate::index::analyzer::words;
use crate::text::Span;

/// What to list, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConcordanceRequest {
    /// What the articles match.
    pub query: Query,
    /// Conditions on the articles.
    pub filters: Filters,
    /// Order of the lines.
    pub sort: ConcordanceSort,
    /// Characters on either side of a match.
    pub context: usize,
    /// Number of lines.
    pub limit: usize,
    /// Number of lines before the first.
    pub offset: usize,
}

/// Order of the lines of a concordance. Equal lines stand by day, oldest first, then by path and place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ConcordanceSort {
    /// By day, oldest first.
    #[default]
    Date,
    /// By the words before the match, the nearest first.
    Left,
    /// By the match and the words after it.
    Right,
}

/// A match with what stands around it.
#[derive(Clone, Debug, PartialEq)]
pub struct ConcordanceLine {
    /// The article.
    pub article: ArticleHead,
    /// Where the match stands in the article's text.
    pub span: Span,
    /// What stands before it in the article's running text.
    pub left: String,
    /// The match.
    pub matched: String,
    /// What stands after it.
    pub right: String,
}

/// Lines of a concordance, and how many there are in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Concordance {
    /// Articles that match.
    pub articles: usize,
    /// Matches in their running text.
    pub total: usize,
    /// The lines asked for.
    pub lines: Vec<ConcordanceLine>,
}

/// What a line is sorted by, with the place where it stands: little enough to keep for every match.
struct Place {
    words: Vec<String>,
    order: (NaiveDate, String),
    address: DocAddress,
    span: Span,
}

impl Searcher {
    /// Every match of the query in the running text of the articles that match, in context; of conditions on quotes, the
    /// words of the quotes that meet them. Reads each of these articles.
    pub fn concordance(&self, request: &ConcordanceRequest) -> Result<Concordance> {
        let needles = self.needles(&request.query, Field::Body)?;
        let addresses = self.collect(&request.query, &request.filters, &Addresses)?;
        let read = || -> tantivy::Result<Concordance> {
            let conditions = self.quote_conditions(&request.query)?;
            let quoted = self.quoted(&addresses, &conditions)?;
            let mut places = Vec::new();
            for (&address, quoted) in addresses.iter().zip(&quoted) {
                let (head, text, body) = head_and_text(&self.snapshot, address)?;
                let mut marks = needles.find(&text, &[body]);
                marks.extend(self.said_marks(quoted, &conditions, &text)?);
                let found = merged(&marks, Span::new(0, text.len()));
                // Undated articles stand last.
                let order = (head.date.map_or(NaiveDate::MAX, |date| date.day), head.path);
                places.extend(found.into_iter().filter(|span| body.contains(*span)).map(|span| Place {
                    words: sorted_by(request.sort, &text, body, span, request.context),
                    order: order.clone(),
                    address,
                    span,
                }));
            }
            places.sort_by(|left, right| {
                (&left.words, &left.order, left.span).cmp(&(&right.words, &right.order, right.span))
            });
            let wanted = places.iter().skip(request.offset).take(request.limit);
            let lines = wanted.map(|place| self.line(place, request.context)).collect::<tantivy::Result<_>>()?;
            Ok(Concordance { articles: addresses.len(), total: places.len(), lines })
        };
        read().map_err(|source| self.index.error(source))
    }

    fn line(&self, place: &Place, context: usize) -> tantivy::Result<ConcordanceLine> {
        let (head, text, body) = head_and_text(&self.snapshot, place.address)?;
        let (left, right) = around(&text, body, place.span, context);
        Ok(ConcordanceLine {
            span: place.span,
            left: left.to_owned(),
            matched: place.span.of(&text).to_owned(),
            right: right.to_owned(),
            article: head,
        })
    }
}

/// The words that a line is sorted by, the first to compare first.
fn sorted_by(sort: ConcordanceSort, text: &str, body: Span, span: Span, context: usize) -> Vec<String> {
    let (left, right) = around(text, body, span, context);
    match sort {
        ConcordanceSort::Date => Vec::new(),
        ConcordanceSort::Left => words(left).into_iter().rev().collect(),
        ConcordanceSort::Right => words(span.of(text)).into_iter().chain(words(right)).collect(),
    }
}

/// What stands in `body` up to `context` characters before and after `span`, cut between words.
fn around(text: &str, body: Span, span: Span, context: usize) -> (&str, &str) {
    let before = &text[body.begin..span.begin];
    let cut = before.char_indices().rev().take(context).last().map_or(before.len(), |(at, _)| at);
    let left = match before[cut..].find(char::is_whitespace) {
        Some(space) if cut > 0 && !before[..cut].ends_with(char::is_whitespace) => &before[cut + space..],
        _ => &before[cut..],
    };
    let after = &text[span.end..body.end];
    let cut = after.char_indices().nth(context).map_or(after.len(), |(at, _)| at);
    let right = match after[..cut].rfind(char::is_whitespace) {
        Some(space) if cut < after.len() && !after[cut..].starts_with(char::is_whitespace) => &after[..space],
        _ => &after[..cut],
    };
    (left, right)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The old dam broke. Nobody at the dam was hurt.";

    fn check(at: &str, context: usize, expect: (&str, &str)) {
        let begin = TEXT.rfind(at).unwrap();
        let found = around(TEXT, Span::new(0, TEXT.len()), Span::new(begin, begin + at.len()), context);
        assert_eq!(found, expect);
    }

    #[test]
    fn context_is_cut_between_words() {
        check("dam", 9, (" at the ", " was"));
        check("dam", 8, (" at the ", " was"));
        check("dam", 100, ("The old dam broke. Nobody at the ", " was hurt."));
        check("The", 9, ("", " old dam"));
        check("hurt.", 0, ("", ""));
    }

    #[test]
    fn lines_are_sorted_by_the_nearest_word() {
        let begin = TEXT.rfind("dam").unwrap();
        let by = |sort| sorted_by(sort, TEXT, Span::new(0, TEXT.len()), Span::new(begin, begin + 3), 8);
        assert_eq!(by(ConcordanceSort::Left), ["the", "at"]);
        assert_eq!(by(ConcordanceSort::Right), ["dam", "was"]);
        assert!(by(ConcordanceSort::Date).is_empty());
    }
}
