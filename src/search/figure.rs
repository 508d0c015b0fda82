//! What a request asks of a quote beside its words and names: kind, class of speaker, length, confidence.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{BooleanQuery, ConstScoreQuery, ExistsQuery, Occur, Query as Plan, RangeQuery, TermSetQuery};
use tantivy::schema::Field as Slot;

use super::QuoteRequest;
use super::sure::{self, Unread};
use crate::extract::SpeakerClass;
use crate::index::{UNKNOWN, fields, name};

/// `plan`, and what else `request` asks of quotes; nothing of it counts for the score. What cannot be read of it while it
/// runs is noted in `unread`.
pub(super) fn narrowed(plan: Box<dyn Plan>, request: &QuoteRequest, unread: &Unread) -> Box<dyn Plan> {
    let mut clauses = vec![(Occur::Must, plan)];
    let mut add = |plan: Box<dyn Plan>| {
        clauses.push((Occur::Must, Box::new(ConstScoreQuery::new(plan, 0.0)) as Box<dyn Plan>));
    };
    let to = fields();
    if !request.kinds.is_empty() && request.classes != [Some(SpeakerClass::Declined)] {
        add(one_of(to.quote_kind, request.kinds.iter().map(|kind| kind.as_str())));
    }
    if !request.classes.is_empty() {
        let class = |class: &Option<SpeakerClass>| class.map_or(UNKNOWN, SpeakerClass::as_str);
        add(one_of(to.class, request.classes.iter().map(class)));
    }
    if request.confidence > 0.0 {
        add(sure::at_least(request.confidence, unread));
    }
    if let (least, most) = request.length
        && (least.is_some() || most.is_some())
    {
        add(range(to.length, least.map(|words| words as u64), most.map(|words| words as u64)));
    }
    if request.nameless {
        clauses.push((Occur::MustNot, Box::new(ExistsQuery::new(name::SPEAKER.to_owned(), false))));
    }
    if request.classes.is_empty() {
        clauses.push((Occur::MustNot, declined()));
    }
    if clauses.len() == 1 { clauses.remove(0).1 } else { Box::new(BooleanQuery::new(clauses)) }
}

/// Where somebody did not answer: nothing is said, and only who asks for it sees it.
pub(super) fn declined() -> Box<dyn Plan> {
    one_of(fields().class, std::iter::once(SpeakerClass::Declined.as_str()))
}

fn one_of(slot: Slot, values: impl Iterator<Item = &'static str>) -> Box<dyn Plan> {
    Box::new(TermSetQuery::new(values.map(|value| Term::from_field_text(slot, value))))
}

fn range(slot: Slot, least: Option<u64>, most: Option<u64>) -> Box<dyn Plan> {
    let bound =
        |value: Option<u64>| value.map_or(Bound::Unbounded, |value| Bound::Included(Term::from_field_u64(slot, value)));
    Box::new(RangeQuery::new(bound(least), bound(most)))
}
