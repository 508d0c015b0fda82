//! What a query means, part by part, in words and in figures; and which part it is that finds nothing.

use std::collections::BTreeSet;

use tantivy::collector::Count;
use tantivy::schema::Field as Slot;

use super::query::{Field, Link, Query, Reach};
use super::suggest::{UnknownWord, Words};
use super::sure::Unread;
use super::wanted::Place;
use super::{Filters, QuoteRequest, Searcher, figure, of_quotes, plan};
use crate::error::Result;
use crate::extract::EntityKind;
use crate::index::analyzer::words;
use crate::index::{Kind, entity_slots, fields};

/// A part of a query, what it means, and how much it finds by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The part.
    pub query: Query,
    /// What it asks for, in words.
    pub meaning: String,
    /// How many articles it finds by itself, or quotes where quotes are searched.
    pub hits: usize,
    /// The words of the index that stand for its own words, in order; empty for what has parts, and outside of texts.
    pub words: Vec<String>,
    /// Its own words that the index does not have there, where it finds nothing.
    pub unknown: Vec<UnknownWord>,
    /// Its parts, in order.
    pub parts: Vec<Explanation>,
}

/// Why nothing was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing has this part of the query: because of these words, if any.
    Missing(Query, Vec<UnknownWord>),
    /// Each word of this phrase is there, but nowhere in this order.
    NeverInOrder(Query),
    /// Something has each of the parts of this query, with the number of them, but nothing has all as it says.
    NeverTogether(Query, Vec<(Query, usize)>),
    /// So many match the query, but none meets the filters.
    Filtered(usize),
}

impl Explanation {
    /// The least parts that find nothing, and because of which the whole finds nothing; the whole itself where each part
    /// finds something but they never meet.
    pub fn empty_parts(&self) -> Vec<&Self> {
        if self.hits > 0 {
            return Vec::new();
        }
        let empty: Vec<&Self> = self.parts.iter().flat_map(Self::empty_parts).collect();
        if empty.is_empty() { vec![self] } else { empty }
    }

    /// Why the whole finds nothing, one reason for each part that is to blame; none where it finds something.
    pub fn reasons(&self) -> Vec<Reason> {
        self.empty_parts().into_iter().filter(|part| part.query != Query::All).map(Self::reason).collect()
    }

    fn reason(&self) -> Reason {
        let counts: Vec<(Query, usize)> = self.parts.iter().map(|part| (part.query.clone(), part.hits)).collect();
        if counts.len() > 1 {
            return Reason::NeverTogether(self.query.clone(), counts);
        }
        if self.unknown.is_empty() && is_row(&self.query) {
            return Reason::NeverInOrder(self.query.clone());
        }
        Reason::Missing(self.query.clone(), self.unknown.clone())
    }
}

/// True for words in a row, of texts.
fn is_row(query: &Query) -> bool {
    match query {
        Query::Field(field, inner) => field.is_text() && is_row(inner),
        Query::Phrase(text) | Query::Word(text) => words(text).len() > 1,
        Query::Run(..) => true,
        _ => false,
    }
}

impl Searcher {
    /// What `query` means in a search for articles.
    pub fn explain(&self, query: &Query) -> Result<Explanation> {
        self.part(query, None, None)
    }

    /// What `request` asks for; all figures are of quotes of the kind, class, length and confidence that it wants.
    pub fn explain_quotes(&self, request: &QuoteRequest) -> Result<Explanation> {
        self.part(&of_quotes(request), None, Some(request))
    }

    /// What `query`, which stands inside of `field` where that is given, means: to a search for quotes where there is a
    /// `request` for them.
    fn part(&self, query: &Query, field: Option<Field>, request: Option<&QuoteRequest>) -> Result<Explanation> {
        if let (Query::Field(field, inner), None) = (query, field) {
            return self.part(inner, Some(*field), request);
        }
        let kind = if request.is_some() { Kind::Quote } else { Kind::Article };
        let whole = match field {
            Some(field) => Query::Field(field, Box::new(query.clone())),
            None => query.clone(),
        };
        let parts: Result<Vec<Explanation>> =
            operands(query).into_iter().map(|operand| self.part(operand, field, request)).collect();
        let hits = self.count_of(&whole, request)?;
        let is_empty_leaf = hits == 0 && operands(query).is_empty();
        let unknown = if is_empty_leaf { self.unknown(query, field, request)? } else { Vec::new() };
        Ok(Explanation {
            query: whole,
            meaning: meaning(query, field, kind),
            hits,
            words: self.words_of(query, field, kind)?,
            unknown,
            parts: parts?,
        })
    }

    /// Why no article matches `query` and meets `filters`; empty where that cannot be told.
    pub fn why_nothing(&self, query: &Query, filters: &Filters) -> Result<Vec<Reason>> {
        let explanation = self.explain(query)?;
        if explanation.hits > 0 && *filters != Filters::default() {
            return Ok(vec![Reason::Filtered(explanation.hits)]);
        }
        Ok(explanation.reasons())
    }

    /// Why no quote is what `request` asks for; empty where that cannot be told.
    pub fn why_no_quotes(&self, request: &QuoteRequest) -> Result<Vec<Reason>> {
        let explanation = self.part(&request.query, None, Some(request))?;
        if explanation.hits > 0 && of_quotes(request) != request.query {
            return Ok(vec![Reason::Filtered(explanation.hits)]);
        }
        Ok(explanation.reasons())
    }

    fn count_of(&self, query: &Query, request: Option<&QuoteRequest>) -> Result<usize> {
        let count = || {
            let unread = Unread::default();
            let plan = match request {
                Some(request) => figure::narrowed(self.plan(query, Kind::Quote)?, request, &unread),
                None => self.plan(query, Kind::Article)?,
            };
            let count = self.snapshot.search(plan.as_ref(), &Count)?;
            unread.check().map(|()| count)
        };
        count().map_err(|source| self.index.error(source))
    }

    /// The words of the leaf `query` that the index lacks; like ones are counted as the leaf was.
    fn unknown(&self, query: &Query, field: Option<Field>, request: Option<&QuoteRequest>) -> Result<Vec<UnknownWord>> {
        let kind = if request.is_some() { Kind::Quote } else { Kind::Article };
        let unknown = self.unknown_words(query, &places(field, kind));
        let mut unknown = unknown.map_err(|source| self.index.error(source))?;
        for (word, count) in unknown.iter_mut().flat_map(|unknown| &mut unknown.similar) {
            let alone = Query::Phrase(word.clone());
            let alone = field.map_or(alone.clone(), |field| Query::Field(field, Box::new(alone)));
            *count = self.count_of(&alone, request)?;
        }
        for unknown in &mut unknown {
            unknown.similar.retain(|(_, count)| *count > 0);
        }
        Ok(unknown)
    }

    /// The words of the index that stand for those of `query`, where it is a leaf about a text.
    fn words_of(&self, query: &Query, field: Option<Field>, kind: Kind) -> Result<Vec<String>> {
        let mut words = BTreeSet::new();
        if !operands(query).is_empty() {
            return Ok(Vec::new());
        }
        for slot in text_slots(field, kind) {
            let place = Place { snapshot: &self.snapshot, slot, widened: true };
            let leaf = place.leaf(query).map_err(|source| self.index.error(source))?;
            for forms in leaf.words {
                words.extend(forms.words(&self.snapshot, slot).map_err(|source| self.index.error(source))?);
            }
        }
        Ok(words.into_iter().collect())
    }

    /// `filters` as a query of their own, to be explained beside what was typed; `None` where there are none.
    pub(super) fn filters_as_query(filters: &super::Filters) -> Option<Query> {
        let conditions = plan::conditions(filters);
        if conditions.is_empty() { None } else { Some(super::filtered(&Query::All, conditions)) }
    }

    /// What `query` means together with `filters`, in a search for articles.
    pub fn explain_filtered(&self, query: &Query, filters: &super::Filters) -> Result<Explanation> {
        let Some(conditions) = Self::filters_as_query(filters) else { return self.explain(query) };
        let parts = if *query == Query::All { vec![conditions] } else { vec![query.clone(), conditions] };
        self.explain(&if parts.len() == 1 { parts[0].clone() } else { Query::And(parts) })
    }
}

/// Where words about a text are looked for.
fn text_slots(field: Option<Field>, kind: Kind) -> Vec<Slot> {
    let to = fields();
    match (field, kind) {
        (None, Kind::Quote) | (Some(Field::Said), _) => vec![to.said],
        (None, _) => vec![to.headline, to.body],
        (Some(Field::Headline), _) => vec![to.headline],
        (Some(Field::Body | Field::Lead), _) => vec![to.body],
        _ => Vec::new(),
    }
}

/// Where words are looked for that stand in `field`.
fn places(field: Option<Field>, kind: Kind) -> Vec<Words> {
    let to = fields();
    let names = match field {
        Some(Field::Outlet) => return vec![Words::Values(to.outlet)],
        Some(Field::Wire) => return vec![Words::Values(to.wire)],
        Some(Field::Place) => vec![to.place_words],
        Some(Field::Person) => vec![to.person_words],
        Some(Field::Organization) => vec![to.organization_words],
        Some(Field::Actor) => EntityKind::ALL.map(|kind| entity_slots(to, kind).1).to_vec(),
        Some(Field::Byline) => vec![to.byline_words],
        Some(Field::Path) => vec![to.path_words],
        Some(Field::Speaker) => vec![to.speaker_words],
        Some(Field::Addressee) => vec![to.addressee_words],
        Some(Field::About) => vec![to.about_words],
        _ => text_slots(field, kind),
    };
    names.into_iter().map(Words::Of).collect()
}

/// The queries that `query` puts together.
fn operands(query: &Query) -> Vec<&Query> {
    match query {
        Query::And(parts) | Query::Or(parts) => parts.iter().collect(),
        Query::Not(inner) | Query::AtLeast(_, inner) | Query::Boost(inner, _) => vec![&**inner],
        Query::Linked(left, _, right) => vec![&**left, &**right],
        _ => Vec::new(),
    }
}

/// What `query` asks for, in words.
fn meaning(query: &Query, field: Option<Field>, kind: Kind) -> String {
    let own = match query {
        Query::All => "everything".into(),
        Query::Word(word) if field.is_none_or(Field::is_text) => format!("the word “{word}” in any form"),
        Query::Word(word) | Query::Exact(word) => format!("the word “{word}” as written"),
        Query::Wildcard(pattern) => format!("words like “{pattern}”"),
        Query::Fuzzy(word, 1) => format!("words with at most one letter other than in “{word}”"),
        Query::Fuzzy(word, changes) => format!("words with at most {changes} letters other than in “{word}”"),
        Query::Regex(expression) => format!("words that the expression /{expression}/ matches"),
        Query::Phrase(phrase) => format!("the words “{phrase}” as they stand"),
        Query::Name(name) => format!("the whole name “{name}”"),
        Query::Run(_, 0) => format!("the words {query} in this order"),
        Query::Run(_, slop) => {
            format!("these words in this order, with up to {} between them", counted(*slop, "other"))
        }
        Query::Linked(_, link, _) => linked(*link),
        Query::AtLeast(count, _) => format!("at least {} of this", counted(*count, "match")),
        Query::Boost(_, hundredths) => format!("this, counting {} times for the order", f64::from(*hundredths) / 100.0),
        Query::Dates(range) => format!("published {range}"),
        Query::Length(range) => format!("{range} words long"),
        Query::Field(..) => "in a field".into(),
        Query::Not(_) => "none of this".into(),
        Query::And(parts) if kind == Kind::Article && of_one_quote(parts) > 1 => {
            "all of these, those about quotes in one and the same quote".into()
        }
        Query::And(_) => "all of these".into(),
        Query::Or(_) => "any of these".into(),
    };
    match field {
        Some(field) if !matches!(query, Query::Dates(_) | Query::Length(_)) => format!("{}: {own}", place(field)),
        _ => own,
    }
}

fn of_one_quote(parts: &[Query]) -> usize {
    parts.iter().filter(|part| plan::is_of_quote(part)).count()
}

fn linked(link: Link) -> String {
    let order = if link.ordered { ", in this order" } else { "" };
    match (link.reach, link.negated) {
        (Reach::Words(1), false) => format!("the first right beside the second{order}"),
        (Reach::Words(count), false) => format!("the first within {count} words of the second{order}"),
        (Reach::Sentence, false) => format!("both in one sentence{order}"),
        (Reach::Paragraph, false) => format!("both in one paragraph{order}"),
        (reach, true) => {
            let reach = match reach {
                Reach::Words(1) => "right beside it".to_owned(),
                Reach::Words(count) => format!("within {count} words of it"),
                Reach::Sentence => "in one sentence with it".to_owned(),
                Reach::Paragraph => "in one paragraph with it".to_owned(),
            };
            let behind = if link.ordered { "behind and " } else { "" };
            format!("the first, where the second is not {behind}{reach}")
        }
    }
}

const fn place(field: Field) -> &'static str {
    match field {
        Field::Outlet => "outlet",
        Field::Wire => "news agency",
        Field::Date => "day of publication",
        Field::Place => "place named",
        Field::Person => "person named",
        Field::Organization => "organization named",
        Field::Actor => "actor named",
        Field::Byline => "author",
        Field::Headline => "in the headline",
        Field::Body => "in the running text",
        Field::Lead => "in the beginning of the text",
        Field::Length => "length",
        Field::Language => "language",
        Field::Path => "in the path",
        Field::Speaker => "speaker of a quote",
        Field::Said => "in quoted words",
        Field::Addressee => "addressee of a quote",
        Field::About => "named in quoted words",
        Field::Kind => "kind of quote",
    }
}

fn counted(count: u32, noun: &str) -> String {
    let plural = if noun.ends_with("ch") { "es" } else { "s" };
    if count == 1 { format!("one {noun}") } else { format!("{count} {noun}{plural}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expect: &str) {
        let query = Query::parse(query).unwrap();
        let (query, field) = match &query {
            Query::Field(field, inner) => (&**inner, Some(*field)),
            other => (other, None),
        };
        assert_eq!(meaning(query, field, Kind::Article), expect);
    }

    #[test]
    fn meanings() {
        check("strikes", "the word “strikes” in any form");
        check("headline:=strikes", "in the headline: the word “strikes” as written");
        check("outlet:herald", "outlet: the word “herald” as written");
        check("a NEAR/5 b", "the first within 5 words of the second");
        check("a PRE/1 b", "the first right beside the second, in this order");
        check("a NOT NEAR/5 b", "the first, where the second is not within 5 words of it");
        check("a NOT PRE/5 b", "the first, where the second is not behind and within 5 words of it");
        check("a NOT /s b", "the first, where the second is not in one sentence with it");
        check("\"a b\"~1", "these words in this order, with up to one other between them");
        check("ATLEAST/3 a", "at least 3 matches of this");
        check("speaker:a said:b", "all of these, those about quotes in one and the same quote");
        check("date:2016", "published 2016-01-01..2016-12-31");
    }

    /// A part that finds so much, of parts that do so too.
    fn part(query: &str, hits: usize, parts: Vec<Explanation>) -> Explanation {
        let query = Query::parse(query).unwrap();
        Explanation { query, meaning: String::new(), hits, words: Vec::new(), unknown: Vec::new(), parts }
    }

    #[test]
    fn what_finds_nothing() {
        let whole = part("a b c", 0, vec![part("a", 3, vec![]), part("b", 0, vec![]), part("c", 0, vec![])]);
        assert_eq!(whole.empty_parts().iter().map(|part| part.query.to_string()).collect::<Vec<_>>(), ["b", "c"]);
        let apart = part("a b", 0, vec![part("a", 3, vec![]), part("b", 2, vec![])]);
        assert_eq!(apart.empty_parts(), [&apart]);
    }

    #[test]
    fn why_something_finds_nothing() {
        let query = |text: &str| Query::parse(text).unwrap();
        let (a, b) = (part("a", 3, vec![]), part("b", 2, vec![]));
        assert_eq!(part("a", 3, vec![]).reasons(), []);
        let counts = vec![(query("a"), 3), (query("b"), 2)];
        let near = part("a NEAR/2 b", 0, vec![a.clone(), b.clone()]);
        assert_eq!(near.reasons(), [Reason::NeverTogether(query("a NEAR/2 b"), counts.clone())]);
        let nested = part("c (a NEAR/2 b)", 0, vec![part("c", 0, vec![]), near]);
        let missing = Reason::Missing(query("c"), Vec::new());
        assert_eq!(nested.reasons(), [missing, Reason::NeverTogether(query("a NEAR/2 b"), counts)]);
        assert_eq!(part("\"a b\"", 0, vec![]).reasons(), [Reason::NeverInOrder(query("\"a b\""))]);
        let without = part("a -b", 0, vec![a, part("NOT b", 5, vec![b])]);
        let counts = vec![(query("a"), 3), (query("NOT b"), 5)];
        assert_eq!(without.reasons(), [Reason::NeverTogether(query("a -b"), counts)]);
    }
}
