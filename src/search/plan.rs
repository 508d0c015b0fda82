//! [`Query`] to tantivy's queries.
//!
//! Only words in the text count for the score; every other condition filters. A condition on quotes holds for an article
//! where one of its quotes meets it, and the other way round; those that `AND` joins at one level of brackets hold in
//! one and the same quote.

use std::ops::Bound;

use chrono::{Datelike, NaiveDate};
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query as Plan, RangeQuery, TermQuery,
};
use tantivy::schema::{Field as Slot, IndexRecordOption};
use tantivy::{Searcher as Snapshot, Term};

use super::figure;
use super::forms::Forms;
use super::join::Join;
use super::only_scores::OnlyScores;
use super::positional::{self, Positional};
use super::query::{Field, Query};
use super::row::Row;
use super::sequence::Sequence;
use super::wanted::Place;
use super::{DateRange, Filters, LengthRange, vocabulary};
use crate::extract::EntityKind;
use crate::index::analyzer::words;
use crate::index::{Kind, entity_slots, fields};

/// How much a word in the headline counts, beside what it counts in the text. Headlines are short, and few have a word, so
/// that BM25 gives a word there more than one in the text by itself.
const HEADLINE_BOOST: f32 = 1.4;

/// How much a word in the lead counts, beside what it counts in the text; both are measured in `docs/benchmarks.md`.
const LEAD_BOOST: f32 = 0.7;

/// Plans what `query` means for documents of `kind`.
pub(super) fn plan(snapshot: &Snapshot, query: &Query, kind: Kind) -> tantivy::Result<Box<dyn Plan>> {
    let part = Planner { snapshot }.part(query, kind)?;
    if part.bound {
        return Ok(part.plan);
    }
    Ok(within(kind, part).plan)
}

/// `filters` as conditions to join to a query with `AND`.
pub(super) fn conditions(filters: &Filters) -> Vec<Query> {
    let mut conditions = Vec::new();
    conditions.extend(any_name(Field::Outlet, &filters.outlets));
    if filters.from.is_some() || filters.to.is_some() {
        let range = DateRange { from: filters.from, to: filters.to };
        conditions.push(Query::Field(Field::Date, Box::new(Query::Dates(range))));
    }
    conditions.extend(filters.persons.iter().map(|name| named(Field::Person, name)));
    conditions.extend(filters.organizations.iter().map(|name| named(Field::Organization, name)));
    conditions.extend(filters.places.iter().map(|name| named(Field::Place, name)));
    conditions.extend(filters.actors.iter().map(|name| named(Field::Actor, name)));
    conditions
}

/// The condition that `field` has this name.
pub(super) fn named(field: Field, name: &str) -> Query {
    Query::Field(field, Box::new(Query::Phrase(name.to_owned())))
}

/// The condition that `field` has one of these names; `None` where there are none.
pub(super) fn any_name(field: Field, names: &[String]) -> Option<Query> {
    let mut names: Vec<Query> = names.iter().map(|name| named(field, name)).collect();
    match names.len() {
        0 => None,
        1 => names.pop(),
        _ => Some(Query::Or(names)),
    }
}

/// A planned condition.
struct Part {
    plan: Box<dyn Plan>,
    /// True where only documents of the kind asked for can match.
    bound: bool,
}

impl Part {
    fn bound(plan: impl Plan) -> Self {
        Self { plan: Box::new(plan), bound: true }
    }

    /// A condition that does not count for the score.
    fn filter(plan: Box<dyn Plan>, bound: bool) -> Self {
        Self { plan: Box::new(ConstScoreQuery::new(plan, 0.0)), bound }
    }
}

/// Where the words of a condition are looked for.
#[derive(Clone, Copy)]
enum Scope<'a> {
    /// In headline and running text, in any form; in the lead it counts more.
    Article,
    /// In text, in any form; each field with its weight.
    Text(&'a [(Slot, f32)]),
    /// In the beginning of the running text, in any form.
    Lead,
    /// In names, as written.
    Names(&'a [NameField]),
    /// In the values of a field with few values.
    Values(Slot),
    /// As the whole value of a field.
    Exact(Slot),
    /// In the days of publication.
    Days,
    /// In the number of words.
    Length,
}

/// A field of names.
#[derive(Clone, Copy)]
struct NameField {
    /// Names and aliases in words.
    words: Slot,
    /// Full names, where they are told from aliases.
    whole: Option<Slot>,
}

impl NameField {
    const fn new(words: Slot, whole: Slot) -> Self {
        Self { words, whole: Some(whole) }
    }

    /// The documents that have `name` as a full name: those that have its words, as far as the name is that.
    fn whole(self, name: &str) -> Box<dyn Plan> {
        let row = words(name).into_iter().map(Forms::one).collect();
        let row: Box<dyn Plan> = Box::new(Sequence::new(self.words, row));
        let Some(whole) = self.whole else { return row };
        let value = || Bound::Included(Term::from_field_text(whole, name));
        let is_name: Box<dyn Plan> = Box::new(RangeQuery::new(value(), value()));
        Box::new(BooleanQuery::new(vec![(Occur::Must, row), (Occur::Must, is_name)]))
    }
}

struct Planner<'a> {
    snapshot: &'a Snapshot,
}

impl Planner<'_> {
    fn part(&self, query: &Query, kind: Kind) -> tantivy::Result<Part> {
        match query {
            Query::All | Query::Dates(_) | Query::Length(_) => Ok(Part::bound(all_of(kind))),
            Query::Boost(inner, hundredths) => Ok(weighed(self.part(inner, kind)?, *hundredths)),
            Query::Field(field, inner) => self.field(*field, inner, kind),
            Query::Not(inner) => Ok(except(all_of(kind), self.part(inner, kind)?.plan)),
            Query::Or(parts) => any(parts, |part| self.part(part, kind)),
            Query::And(parts) => self.every(parts, kind),
            _ => self.leaf(query, text_scope(kind)),
        }
    }

    /// What all of `parts` have in common; the conditions on quotes among them hold in one quote.
    fn every(&self, parts: &[Query], kind: Kind) -> tantivy::Result<Part> {
        let joined = |part: &&Query| matches!(kind, Kind::Article) && is_of_quote(part);
        let of_quote: Vec<Query> = parts.iter().filter(joined).cloned().collect();
        let mut found = Vec::new();
        if of_quote.len() > 1 {
            let quotes = all_parts(&of_quote, Kind::Quote, |part| self.part(part, Kind::Quote))?;
            found.push(Part::bound(Join::to_articles(said(quotes))));
        }
        let rest: Vec<Query> = parts.iter().filter(|part| of_quote.len() < 2 || !joined(part)).cloned().collect();
        if rest.is_empty() {
            return Ok(found.remove(0));
        }
        let rest = all_parts(&rest, kind, |part| self.part(part, kind))?;
        Ok(match found.pop() {
            Some(quotes) => Part::bound(BooleanQuery::new(vec![(Occur::Must, quotes.plan), (Occur::Must, rest.plan)])),
            None => rest,
        })
    }

    fn field(&self, field: Field, inner: &Query, kind: Kind) -> tantivy::Result<Part> {
        let to = fields();
        let entity = |kind| {
            let (whole, words) = entity_slots(to, kind);
            NameField::new(words, whole)
        };
        let actor = EntityKind::ALL.map(entity);
        let scope = match field {
            Field::Outlet => return self.scoped(inner, Scope::Values(to.outlet), kind),
            Field::Wire => return self.scoped(inner, Scope::Values(to.wire), kind),
            Field::Language => return self.scoped(inner, Scope::Exact(to.language), kind),
            Field::Date => return self.scoped(inner, Scope::Days, kind),
            Field::Length => Scope::Length,
            Field::Lead => Scope::Lead,
            Field::Place => Scope::Names(&[NameField::new(to.place_words, to.place)]),
            Field::Person => Scope::Names(&[NameField::new(to.person_words, to.person)]),
            Field::Organization => Scope::Names(&[NameField::new(to.organization_words, to.organization)]),
            Field::Actor => Scope::Names(&actor),
            Field::Byline => Scope::Names(&[NameField::new(to.byline_words, to.byline)]),
            Field::Path => Scope::Names(&[NameField::new(to.path_words, to.path)]),
            Field::Headline => Scope::Text(&[(to.headline, HEADLINE_BOOST)]),
            Field::Body => Scope::Text(&[(to.body, 1.0)]),
            Field::Said => Scope::Text(&[(to.said, 1.0)]),
            Field::Speaker => Scope::Names(&[NameField::new(to.speaker_words, to.speaker)]),
            Field::Addressee => Scope::Names(&[NameField { words: to.addressee_words, whole: None }]),
            Field::About => Scope::Names(&[NameField::new(to.about_words, to.about)]),
            Field::Kind => Scope::Exact(to.quote_kind),
        };
        let home = if field.is_of_quote() { Kind::Quote } else { Kind::Article };
        let part = self.scoped(inner, scope, home)?;
        if home == kind {
            return Ok(part);
        }
        // Articles and quotes both have a length: what is joined from are documents of the one kind alone.
        let part = if part.bound { part } else { within(home, part) };
        Ok(Part::bound(if home == Kind::Quote { Join::to_articles(said(part)) } else { Join::to_quotes(part.plan) }))
    }

    /// Plans what stands inside a field of documents of `kind`.
    fn scoped(&self, query: &Query, scope: Scope, kind: Kind) -> tantivy::Result<Part> {
        match query {
            Query::All | Query::Field(..) => Ok(Part::bound(all_of(kind))),
            Query::Not(inner) => Ok(except(all_of(kind), self.scoped(inner, scope, kind)?.plan)),
            Query::And(parts) => all_parts(parts, kind, |part| self.scoped(part, scope, kind)),
            Query::Or(parts) => any(parts, |part| self.scoped(part, scope, kind)),
            Query::Boost(inner, hundredths) => Ok(weighed(self.scoped(inner, scope, kind)?, *hundredths)),
            _ => self.leaf(query, scope),
        }
    }

    fn leaf(&self, query: &Query, scope: Scope) -> tantivy::Result<Part> {
        match scope {
            Scope::Article => Ok(Part { plan: self.article_places(query)?, bound: true }),
            Scope::Text(slots) => Ok(Part { plan: self.places(query, slots, true)?, bound: true }),
            Scope::Lead => Ok(Part { plan: self.positional(query, &[(fields().body, 1.0)], true, true)?, bound: true }),
            Scope::Names(names) if let Query::Name(name) = query => {
                let plans = names.iter().map(|names| names.whole(name)).collect();
                Ok(Part::filter(one_of(plans), true))
            }
            Scope::Names(names) => {
                let slots: Vec<(Slot, f32)> = names.iter().map(|names| (names.words, 1.0)).collect();
                Ok(Part::filter(self.places(query, &slots, false)?, true))
            }
            Scope::Values(slot) => self.values(query, slot),
            Scope::Exact(slot) => {
                let value = literal(query).to_lowercase();
                Ok(Part::filter(Box::new(Sequence::new(slot, vec![Forms::one(value)])), false))
            }
            Scope::Days => Ok(days(query)),
            Scope::Length => Ok(length(query)),
        }
    }

    /// What `query` looks for in any of `slots`, each with its weight; in any form where `widened`.
    fn places(&self, query: &Query, slots: &[(Slot, f32)], widened: bool) -> tantivy::Result<Box<dyn Plan>> {
        match self.rows(query, slots, widened)? {
            Some(rows) => Ok(weighed_rows(rows, slots)),
            None => self.positional(query, slots, widened, false),
        }
    }

    /// The words in a row that `query` looks for in each of `slots`; `None` where it is something else.
    fn rows(&self, query: &Query, slots: &[(Slot, f32)], widened: bool) -> tantivy::Result<Option<Vec<Sequence>>> {
        if matches!(query, Query::Linked(..) | Query::AtLeast(..)) {
            return Ok(None);
        }
        let mut rows = Vec::with_capacity(slots.len());
        for &(slot, _) in slots {
            let leaf = Place { snapshot: self.snapshot, slot, widened }.leaf(query)?;
            if !leaf.is_row() {
                return Ok(None);
            }
            rows.push(Sequence::new(slot, leaf.words));
        }
        Ok(Some(rows))
    }

    /// What `query` looks for in headline and running text, a single word counting more where it stands in the lead.
    fn article_places(&self, query: &Query) -> tantivy::Result<Box<dyn Plan>> {
        let to = fields();
        let slots = [(to.body, 1.0), (to.headline, HEADLINE_BOOST)];
        let Some(rows) = self.rows(query, &slots, true)? else {
            return self.positional(query, &slots, true, false);
        };
        let lead = (rows[0].len() == 1).then(|| rows[0].in_field(to.lead));
        let plan = weighed_rows(rows, &slots);
        let Some(lead) = lead else { return Ok(plan) };
        let lead = BoostQuery::new(Box::new(lead), LEAD_BOOST);
        Ok(Box::new(BooleanQuery::union(vec![plan, Box::new(OnlyScores::new(Box::new(lead)))])))
    }

    fn positional(
        &self,
        query: &Query,
        slots: &[(Slot, f32)],
        widened: bool,
        in_lead: bool,
    ) -> tantivy::Result<Box<dyn Plan>> {
        let part = |&(slot, weight): &(Slot, f32)| {
            let wanted = Place { snapshot: self.snapshot, slot, widened }.wanted(query, in_lead)?;
            Ok(positional::Part { slot, weight, wanted })
        };
        let parts: tantivy::Result<Vec<positional::Part>> = slots.iter().map(part).collect();
        let least = if let Query::AtLeast(count, _) = query { *count } else { 1 };
        Ok(Box::new(Positional::new(parts?, least)))
    }

    /// The values of `slot` whose name is what the leaf says, or, where there is none, has it among its words.
    fn values(&self, query: &Query, slot: Slot) -> tantivy::Result<Part> {
        let row = Row::new(slot, query)?;
        let (mut equal, mut containing) = (Vec::new(), Vec::new());
        for value in vocabulary::values(self.snapshot, slot)? {
            let found = words(&value);
            if row.is(without_article(&found)) {
                equal.push(value);
            } else if row.is_in(&found) {
                containing.push(value);
            }
        }
        let values = if equal.is_empty() { containing } else { equal };
        if values.is_empty() {
            return Ok(Part { plan: Box::new(EmptyQuery), bound: true });
        }
        Ok(Part::filter(Box::new(Sequence::new(slot, vec![Forms::Listed(values)])), false))
    }
}

/// What is planned of all of `parts`, of which those that are negated exclude.
fn all_parts(parts: &[Query], kind: Kind, plan: impl Fn(&Query) -> tantivy::Result<Part>) -> tantivy::Result<Part> {
    let mut clauses = Vec::with_capacity(parts.len());
    let mut bound = false;
    for part in parts {
        if let Query::Not(inner) = part {
            clauses.push((Occur::MustNot, plan(inner)?.plan));
        } else {
            let part = plan(part)?;
            bound |= part.bound;
            clauses.push((Occur::Must, part.plan));
        }
    }
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, all_of(kind)));
        bound = true;
    }
    Ok(Part { plan: Box::new(BooleanQuery::new(clauses)), bound })
}

/// `part` among documents of `kind` alone.
fn within(kind: Kind, part: Part) -> Part {
    Part::bound(BooleanQuery::new(vec![(Occur::Must, all_of(kind)), (Occur::Must, part.plan)]))
}

/// What is planned of any of `parts`.
fn any(parts: &[Query], plan: impl Fn(&Query) -> tantivy::Result<Part>) -> tantivy::Result<Part> {
    let mut clauses = Vec::with_capacity(parts.len());
    let mut bound = true;
    for part in parts {
        let part = plan(part)?;
        bound &= part.bound;
        clauses.push((Occur::Should, part.plan));
    }
    Ok(Part { plan: Box::new(BooleanQuery::new(clauses)), bound })
}

/// Where words without a field are looked for.
fn text_scope(kind: Kind) -> Scope<'static> {
    static QUOTE: std::sync::LazyLock<[(Slot, f32); 1]> = std::sync::LazyLock::new(|| [(fields().said, 1.0)]);
    match kind {
        Kind::Quote => Scope::Text(&*QUOTE),
        _ => Scope::Article,
    }
}

/// The quotes of `part` in which something is said: who declined to comment is not quoted.
fn said(part: Part) -> Box<dyn Plan> {
    except(part.plan, figure::declined()).plan
}

/// The conditions of `query` that have to hold in one quote of an article each, as [`plan`] joins them; not those that
/// exclude.
pub(super) fn conditions_on_quotes(query: &Query) -> Vec<Query> {
    match query {
        Query::Field(field, _) if field.is_of_quote() => vec![query.clone()],
        Query::Boost(inner, _) => conditions_on_quotes(inner),
        Query::Or(parts) => parts.iter().flat_map(conditions_on_quotes).collect(),
        Query::And(parts) => {
            let of_quote: Vec<Query> = parts.iter().filter(|part| is_of_quote(part)).cloned().collect();
            if of_quote.len() < 2 {
                return parts.iter().flat_map(conditions_on_quotes).collect();
            }
            let rest = parts.iter().filter(|part| !is_of_quote(part)).flat_map(conditions_on_quotes);
            std::iter::once(Query::And(of_quote)).chain(rest).collect()
        }
        _ => Vec::new(),
    }
}

/// True for conditions that can hold in one quote together with others beside them.
pub(super) fn is_of_quote(query: &Query) -> bool {
    match query {
        Query::Field(field, _) => field.is_of_quote(),
        Query::Or(parts) => parts.iter().all(is_of_quote),
        _ => false,
    }
}

/// What a leaf says.
fn literal(query: &Query) -> &str {
    match query {
        Query::Word(text) | Query::Exact(text) | Query::Phrase(text) | Query::Name(text) => text,
        _ => "",
    }
}

/// `part` with its score multiplied.
fn weighed(part: Part, hundredths: u32) -> Part {
    Part { plan: Box::new(BoostQuery::new(part.plan, hundredths as f32 / 100.0)), bound: part.bound }
}

/// All documents of `kind`.
pub(super) fn all_of(kind: Kind) -> Box<dyn Plan> {
    Box::new(ConstScoreQuery::new(Box::new(TermQuery::new(kind.term(), IndexRecordOption::Basic)), 0.0))
}

fn except(all: Box<dyn Plan>, excluded: Box<dyn Plan>) -> Part {
    Part::bound(BooleanQuery::new(vec![(Occur::Must, all), (Occur::MustNot, excluded)]))
}

/// Any of `rows`, each with the weight of its place in `slots`.
fn weighed_rows(rows: Vec<Sequence>, slots: &[(Slot, f32)]) -> Box<dyn Plan> {
    let weighed = |(row, &(_, weight)): (Sequence, &(Slot, f32))| {
        Box::new(BoostQuery::new(Box::new(row), weight)) as Box<dyn Plan>
    };
    one_of(rows.into_iter().zip(slots).map(weighed).collect())
}

fn one_of(mut plans: Vec<Box<dyn Plan>>) -> Box<dyn Plan> {
    match plans.len() {
        1 => plans.remove(0),
        _ => Box::new(BooleanQuery::union(plans)),
    }
}

fn days(query: &Query) -> Part {
    let Query::Dates(DateRange { from, to }) = query else {
        return Part { plan: Box::new(EmptyQuery), bound: true };
    };
    let bound = |day: &Option<NaiveDate>| match day {
        Some(day) => Bound::Included(Term::from_field_i64(fields().day, i64::from(day.num_days_from_ce()))),
        None => Bound::Unbounded,
    };
    Part::filter(Box::new(RangeQuery::new(bound(from), bound(to))), false)
}

fn length(query: &Query) -> Part {
    let Query::Length(LengthRange { least, most }) = query else {
        return Part { plan: Box::new(EmptyQuery), bound: true };
    };
    let bound = |number: &Option<u64>| match number {
        Some(number) => Bound::Included(Term::from_field_u64(fields().length, *number)),
        None => Bound::Unbounded,
    };
    Part::filter(Box::new(RangeQuery::new(bound(least), bound(most))), false)
}

/// `words` without a "the" before them.
pub(super) fn without_article(words: &[String]) -> &[String] {
    match words {
        [the, rest @ ..] if the == "the" && !rest.is_empty() => rest,
        _ => words,
    }
}

/// True where `wanted` stands in a row in `found`; its last word may be a beginning where `is_prefix`.
pub(super) fn has_run(found: &[String], wanted: &[String], is_prefix: bool) -> bool {
    let Some((last, before)) = wanted.split_last() else { return false };
    found.windows(wanted.len()).any(|run| {
        let (end, start) = run.split_last().expect("a window is as long as what is wanted");
        start == before && if is_prefix { end.starts_with(last.as_str()) } else { end == last }
    })
}
