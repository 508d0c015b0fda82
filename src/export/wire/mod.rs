//! The versioned JSON shape: one object a line, the same for `--format json`, `extract` and exports.
//!
//! Every object has `type` and `version` (this module's [`VERSION`]). Offsets are
//! half-open ranges of UTF-8 bytes, `[begin, end]`. A field that is not known is `null`; a list is in order of
//! position. `docs/json.md` documents every field. Within a version fields may be added, never renamed or removed.

mod actor;
mod article;
mod evaluation;
mod explanation;
mod hit;
mod index;
mod inspection;
mod listing;
mod quote;
mod saved;
mod verification;

use std::io;

use serde::Serialize;

use crate::article::PublicationDate;
use crate::text::Span;

/// Version of the shape.
pub const VERSION: u32 = 1;

/// A half-open range of UTF-8 bytes.
type Range = [usize; 2];

/// A line of any listing.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Line<'a>(Tagged<Body<'a>>);

#[derive(Debug, Serialize)]
struct Tagged<T> {
    r#type: &'static str,
    version: u32,
    #[serde(flatten)]
    body: T,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Hit(Box<hit::HitFields<'a>>),
    Head(hit::HeadFields<'a>),
    Concordance(hit::ConcordanceFields<'a>),
    Quote(Box<quote::QuoteFields<'a>>),
    Actor(actor::ActorFields<'a>),
    Profile(Box<actor::ProfileFields<'a>>),
    Facet(listing::FacetFields<'a>),
    Period(listing::PeriodFields<'a>),
    Undated(listing::UndatedFields<'a>),
    Summary(listing::SummaryFields),
    Query(listing::QueryFields<'a>),
    Term(listing::TermFields<'a>),
    Saved(saved::SavedFields<'a>),
    Alert(saved::AlertFields<'a>),
    Error(listing::ErrorFields<'a>),
    Article(Box<article::ArticleFields<'a>>),
    File(index::FileFields<'a>),
    Member(index::MemberFields<'a>),
    Status(index::StatusFields<'a>),
    Evaluation(Box<evaluation::EvaluationFields>),
    Mistake(evaluation::MistakeFields<'a>),
    Ranking(evaluation::RankingFields),
    Inspection(inspection::InspectionFields<'a>),
    Explanation(Box<explanation::ExplanationFields<'a>>),
    Finding(verification::FindingFields<'a>),
    Verification(verification::VerificationFields),
}

impl<'a> Line<'a> {
    const fn new(r#type: &'static str, body: Body<'a>) -> Self {
        Self(Tagged { r#type, version: VERSION, body })
    }

    /// Writes the line and its line feed.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, mut out: impl io::Write) -> io::Result<()> {
        serde_json::to_writer(&mut out, self)?;
        out.write_all(b"\n")
    }
}

fn day(date: &PublicationDate) -> String {
    date.day.to_string()
}

const fn range(span: Span) -> Range {
    [span.begin, span.end]
}
