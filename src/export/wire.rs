//! The versioned JSON shape: one object a line, the same for `--format json`, `extract` and exports.
//!
//! Every object has `type` and `version` (this module's [`VERSION`]). Offsets are
//! half-open ranges of UTF-8 bytes, `[begin, end]`. A field that is not known is `null`; a list is in order of
//! position. `docs/json.md` documents every field. Within a version fields may be added, never renamed or removed.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::evaluation::{EvaluationFields, MistakeFields};
use super::verification::{FindingFields, VerificationFields};
use crate::article::{Article, Evidence, Field, PublicationDate, Warning};
use crate::evaluate::{Figures, Mistake};
use crate::extract::{Annotations, Entity, EntityKind, Quote, Speaker};
use crate::index::Status;
use crate::ingest::{Change, FileReport};
use crate::search::{
    ActorHit, ActorProfile, ArticleHead, FacetCount, Hit, QuoteGroup, QuoteHit, Snippet, StoredArticle,
};
use crate::text::Span;
use crate::verify::{Finding, Verification};

/// Version of the shape.
pub const VERSION: u32 = 1;

/// A half-open range of UTF-8 bytes.
type Range = [usize; 2];

/// An article with everything extracted from it.
#[derive(Debug, Serialize)]
struct ArticleFields<'a> {
    id: &'a str,
    path: Option<&'a str>,
    headline: Option<&'a str>,
    outlet: Option<&'a str>,
    wire: Option<&'a str>,
    date: Option<String>,
    time: Option<String>,
    bylines: Vec<&'a str>,
    place: Option<&'a str>,
    language: Option<&'a str>,
    url: Option<&'a str>,
    text: &'a str,
    body: Range,
    evidence: BTreeMap<&'static str, EvidenceFields>,
    entities: Vec<EntityFields<'a>>,
    quotes: Vec<ArticleQuote<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<&'a str>,
}

/// Where a field was read, and how sure that is.
#[derive(Debug, Serialize)]
struct EvidenceFields {
    origin: &'static str,
    confidence: f32,
    span: Option<Range>,
}

impl EvidenceFields {
    fn new(evidence: &Evidence) -> Self {
        Self { origin: evidence.origin.as_str(), confidence: evidence.confidence, span: evidence.span.map(range) }
    }
}

/// An entity with its mentions.
#[derive(Debug, Serialize)]
struct EntityFields<'a> {
    name: &'a str,
    r#type: &'static str,
    mentions: Vec<Range>,
    aliases: &'a [String],
    roles: &'a [String],
}

/// A quote of an article.
#[derive(Debug, Serialize)]
struct ArticleQuote<'a> {
    kind: &'static str,
    spans: Vec<Range>,
    text: String,
    cue: Option<Range>,
    speaker: Option<SpeakerFields<'a>>,
    about: Vec<&'a str>,
    reason: &'static str,
    confidence: f32,
}

/// Who said a quote.
#[derive(Debug, Serialize)]
struct SpeakerFields<'a> {
    span: Option<Range>,
    name: Option<&'a str>,
    role: Option<&'a str>,
    class: &'static str,
}

impl<'a> ArticleFields<'a> {
    fn new(id: &'a str, article: &'a Article, annotations: &'a Annotations, warnings: &'a [Warning]) -> Self {
        let entities = &annotations.entities;
        Self {
            id,
            path: (!article.path.is_empty()).then_some(article.path.as_str()),
            headline: value(article.headline.as_ref()),
            outlet: value(article.outlet.as_ref()),
            wire: value(article.wire.as_ref()),
            date: article.date.as_ref().map(|date| day(&date.value)),
            time: article.date.as_ref().and_then(|date| moment(&date.value)),
            bylines: article.bylines.iter().map(|byline| byline.value.as_str()).collect(),
            place: value(article.place.as_ref()),
            language: value(article.language.as_ref()),
            url: value(article.url.as_ref()),
            text: &article.text,
            body: range(article.body),
            evidence: evidence(article),
            entities: entities.iter().map(EntityFields::new).collect(),
            quotes: annotations.quotes.iter().map(|quote| ArticleQuote::new(quote, entities, &article.text)).collect(),
            warnings: warnings.iter().map(|warning| warning.message.as_str()).collect(),
        }
    }
}

impl<'a> EntityFields<'a> {
    fn new(entity: &'a Entity) -> Self {
        Self {
            name: &entity.name,
            r#type: entity.kind.as_str(),
            mentions: entity.mentions.iter().copied().map(range).collect(),
            aliases: &entity.aliases,
            roles: &entity.roles,
        }
    }
}

impl<'a> ArticleQuote<'a> {
    fn new(quote: &'a Quote, entities: &'a [Entity], text: &'a str) -> Self {
        Self {
            kind: quote.kind.as_str(),
            spans: quote.spans.iter().copied().map(range).collect(),
            text: quote.words(text),
            cue: quote.cue.map(range),
            speaker: quote.speaker.as_ref().map(SpeakerFields::new),
            about: quote.about.iter().map(|&index| entities[index].name.as_str()).collect(),
            reason: quote.reason.as_str(),
            confidence: quote.confidence,
        }
    }
}

impl<'a> SpeakerFields<'a> {
    fn new(speaker: &'a Speaker) -> Self {
        Self {
            span: speaker.span.map(range),
            name: speaker.name.as_deref(),
            role: speaker.role.as_deref(),
            class: speaker.class.as_str(),
        }
    }
}

/// What identifies an article in hits.
#[derive(Debug, Serialize)]
struct HeadFields<'a> {
    article: &'a str,
    path: &'a str,
    headline: Option<&'a str>,
    outlet: Option<&'a str>,
    date: Option<String>,
}

impl<'a> HeadFields<'a> {
    fn new(head: &'a ArticleHead) -> Self {
        Self {
            article: &head.id,
            path: &head.path,
            headline: head.headline.as_deref(),
            outlet: head.outlet.as_deref(),
            date: head.date.as_ref().map(day),
        }
    }
}

/// A passage with its matches marked.
#[derive(Debug, Serialize)]
struct SnippetFields<'a> {
    text: &'a str,
    span: Range,
    marks: Vec<Range>,
}

impl<'a> SnippetFields<'a> {
    fn new(snippet: &'a Snippet) -> Self {
        let marks = snippet.marks.iter().copied().map(range).collect();
        Self { text: &snippet.text, span: range(snippet.span), marks }
    }
}

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
    Hit {
        #[serde(flatten)]
        head: HeadFields<'a>,
        score: f32,
        snippet: SnippetFields<'a>,
    },
    Quote(Box<QuoteFields<'a>>),
    Actor {
        name: &'a str,
        kind: &'static str,
        aliases: &'a [String],
        articles: usize,
        quotes: usize,
        first: Option<String>,
        last: Option<String>,
    },
    Profile(Box<ProfileFields<'a>>),
    Facet {
        field: &'a str,
        value: &'a str,
        count: usize,
    },
    Summary {
        total: usize,
        shown: usize,
    },
    Article(Box<ArticleFields<'a>>),
    Error {
        id: Option<&'a str>,
        error: &'a str,
    },
    File {
        path: &'a str,
        outcome: &'static str,
        reason: Option<String>,
        articles: usize,
        quotes: usize,
        warnings: &'a [String],
    },
    Status {
        path: &'a str,
        format: u32,
        articles: usize,
        quotes: usize,
        actors: usize,
        files: usize,
        skipped: BTreeMap<&'a str, usize>,
        bytes: u64,
        folders: &'a [String],
        first: Option<String>,
        last: Option<String>,
    },
    Evaluation(Box<EvaluationFields>),
    Mistake(MistakeFields<'a>),
    Finding(FindingFields<'a>),
    Verification(VerificationFields),
}

/// An actor with its names, roles, time, company and words.
#[derive(Debug, Serialize)]
struct ProfileFields<'a> {
    name: &'a str,
    kind: &'static str,
    articles: usize,
    quotes: usize,
    quotes_about: usize,
    first: Option<String>,
    last: Option<String>,
    names: Vec<CountFields<'a>>,
    roles: Vec<CountFields<'a>>,
    outlets: Vec<CountFields<'a>>,
    months: Vec<CountFields<'a>>,
    company: Vec<CompanionFields<'a>>,
    latest_by: Vec<QuotePlace<'a>>,
    latest_about: Vec<QuotePlace<'a>>,
    see_also: Vec<CompanionFields<'a>>,
    hidden: bool,
}

/// A value, and how many articles have it.
#[derive(Debug, Serialize)]
struct CountFields<'a> {
    value: &'a str,
    count: usize,
}

/// Another actor, and how many articles name it; in a company, how many name both.
#[derive(Debug, Serialize)]
struct CompanionFields<'a> {
    name: &'a str,
    kind: &'static str,
    articles: usize,
}

impl<'a> ProfileFields<'a> {
    fn new(profile: &'a ActorProfile) -> Self {
        let actor = &profile.actor;
        let company = profile.company.iter().map(|other| (other.name.as_str(), other.kind, other.articles));
        let see_also = profile.see_also.iter().map(|other| (other.name.as_str(), other.kind, other.articles));
        let others = |(name, kind, articles): (&'a str, EntityKind, usize)| CompanionFields {
            name,
            kind: kind.as_str(),
            articles,
        };
        Self {
            name: &actor.name,
            kind: actor.kind.as_str(),
            articles: actor.articles,
            quotes: actor.quotes,
            quotes_about: profile.quotes_about,
            first: actor.dates.map(|(first, _)| first.to_string()),
            last: actor.dates.map(|(_, last)| last.to_string()),
            names: counts(&profile.names),
            roles: counts(&profile.roles),
            outlets: counts(&profile.outlets),
            months: counts(&profile.months),
            company: company.map(others).collect(),
            latest_by: profile.latest_by.iter().map(QuotePlace::new).collect(),
            latest_about: profile.latest_about.iter().map(QuotePlace::new).collect(),
            see_also: see_also.map(others).collect(),
            hidden: profile.hidden.is_some(),
        }
    }
}

fn counts(counts: &[FacetCount]) -> Vec<CountFields<'_>> {
    counts.iter().map(|count| CountFields { value: &count.value, count: count.count }).collect()
}

#[derive(Debug, Serialize)]
struct QuoteFields<'a> {
    #[serde(flatten)]
    place: QuotePlace<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copies: Option<Vec<QuotePlace<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speakers_disagree: Option<bool>,
}

/// A quote as one article prints it.
#[derive(Debug, Serialize)]
struct QuotePlace<'a> {
    #[serde(flatten)]
    head: HeadFields<'a>,
    score: f32,
    kind: &'static str,
    spans: Vec<Range>,
    text: &'a str,
    cue: Option<&'a str>,
    speaker: SpeakerNames<'a>,
    about: &'a [String],
    sentence: SnippetFields<'a>,
    reason: &'a str,
    confidence: f32,
}

impl<'a> QuotePlace<'a> {
    fn new(hit: &'a QuoteHit) -> Self {
        let speaker = SpeakerNames {
            printed: hit.printed.as_deref(),
            name: hit.speaker.as_deref(),
            role: hit.role.as_deref(),
            class: hit.class.map(crate::extract::SpeakerClass::as_str),
        };
        Self {
            head: HeadFields::new(&hit.article),
            score: hit.score,
            kind: hit.kind.as_str(),
            spans: hit.spans.iter().copied().map(range).collect(),
            text: &hit.words,
            cue: hit.cue.as_deref(),
            speaker,
            about: &hit.about,
            sentence: SnippetFields::new(&hit.sentence),
            reason: &hit.reason,
            confidence: hit.confidence,
        }
    }
}

#[derive(Debug, Serialize)]
struct SpeakerNames<'a> {
    printed: Option<&'a str>,
    name: Option<&'a str>,
    role: Option<&'a str>,
    class: Option<&'static str>,
}

impl<'a> Line<'a> {
    fn new(r#type: &'static str, body: Body<'a>) -> Self {
        Self(Tagged { r#type, version: VERSION, body })
    }

    /// An article that matches.
    pub fn hit(hit: &'a Hit) -> Self {
        let head = HeadFields::new(&hit.article);
        Self::new("hit", Body::Hit { head, score: hit.score, snippet: SnippetFields::new(&hit.snippet) })
    }

    /// A quote that matches.
    pub fn quote(hit: &'a QuoteHit) -> Self {
        let fields = QuoteFields { place: QuotePlace::new(hit), copies: None, speakers_disagree: None };
        Self::new("quote", Body::Quote(Box::new(fields)))
    }

    /// A quote that matches, with its copies.
    pub fn quote_group(group: &'a QuoteGroup) -> Self {
        let fields = QuoteFields {
            place: QuotePlace::new(&group.quote),
            copies: Some(group.copies.iter().map(QuotePlace::new).collect()),
            speakers_disagree: Some(group.speakers_disagree()),
        };
        Self::new("quote", Body::Quote(Box::new(fields)))
    }

    /// An actor.
    pub fn actor(actor: &'a ActorHit) -> Self {
        let body = Body::Actor {
            name: &actor.name,
            kind: actor.kind.as_str(),
            aliases: &actor.aliases,
            articles: actor.articles,
            quotes: actor.quotes,
            first: actor.dates.map(|(first, _)| first.to_string()),
            last: actor.dates.map(|(_, last)| last.to_string()),
        };
        Self::new("actor", body)
    }

    /// An actor with everything that is known of it.
    pub fn profile(profile: &'a ActorProfile) -> Self {
        Self::new("profile", Body::Profile(Box::new(ProfileFields::new(profile))))
    }

    /// A value of the facet `field`.
    pub fn facet(field: &'a str, facet: &'a FacetCount) -> Self {
        Self::new("facet", Body::Facet { field, value: &facet.value, count: facet.count })
    }

    /// The last line of a listing: how many match in all, and how many lines came.
    pub fn summary(total: usize, shown: usize) -> Self {
        Self::new("summary", Body::Summary { total, shown })
    }

    /// An article with everything extracted from it; `id` names it.
    pub fn article(id: &'a str, article: &'a Article, annotations: &'a Annotations, warnings: &'a [Warning]) -> Self {
        Self::new("article", Body::Article(Box::new(ArticleFields::new(id, article, annotations, warnings))))
    }

    /// An article of the index with its entities and quotes.
    pub fn stored(stored: &'a StoredArticle) -> Self {
        Self::article(&stored.id, &stored.article, &stored.annotations, &[])
    }

    /// Stands where the input named `id`, where it names itself, could not be read.
    pub fn error(id: Option<&'a str>, error: &'a str) -> Self {
        Self::new("error", Body::Error { id, error })
    }

    /// What became of a file.
    pub fn file(report: &'a FileReport) -> Self {
        let (outcome, reason) = match &report.change {
            Change::Added => ("added", None),
            Change::Changed => ("changed", None),
            Change::Unchanged => ("unchanged", None),
            Change::Removed => ("removed", None),
            Change::Skipped(reason) => ("skipped", Some(reason.to_string())),
        };
        let FileReport { path, articles, quotes, warnings, .. } = report;
        let body = Body::File { path, outcome, reason, articles: *articles, quotes: *quotes, warnings };
        Self::new("file", body)
    }

    /// What the index in the folder `path` holds.
    pub fn status(path: &'a str, status: &'a Status) -> Self {
        let body = Body::Status {
            path,
            format: status.format,
            articles: status.articles,
            quotes: status.quotes,
            actors: status.actors,
            files: status.files,
            skipped: status.skipped.iter().map(|(reason, count)| (reason.as_str(), *count)).collect(),
            bytes: status.bytes,
            folders: &status.folders,
            first: status.dates.map(|(first, _)| first.to_string()),
            last: status.dates.map(|(_, last)| last.to_string()),
        };
        Self::new("status", body)
    }

    /// The figures of an evaluation.
    pub fn evaluation(figures: &Figures) -> Self {
        Self::new("evaluation", Body::Evaluation(Box::new(EvaluationFields::new(figures))))
    }

    /// A mistake that an evaluation came upon.
    pub fn mistake(mistake: &'a Mistake) -> Self {
        Self::new("mistake", Body::Mistake(MistakeFields::new(mistake)))
    }

    /// A quote that does not stand where it did.
    pub fn finding(finding: &'a Finding) -> Self {
        Self::new("finding", Body::Finding(FindingFields::new(finding)))
    }

    /// The figures of a verification.
    pub fn verification(verification: &Verification) -> Self {
        Self::new("verification", Body::Verification(VerificationFields::new(verification)))
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

fn value(field: Option<&Field<String>>) -> Option<&str> {
    field.map(|field| field.value.as_str())
}

fn day(date: &PublicationDate) -> String {
    date.day.to_string()
}

fn moment(date: &PublicationDate) -> Option<String> {
    date.time.map(|time| time.to_rfc3339())
}

const fn range(span: Span) -> Range {
    [span.begin, span.end]
}

fn evidence(article: &Article) -> BTreeMap<&'static str, EvidenceFields> {
    let of = |field: &Option<Field<String>>| field.as_ref().map(|field| EvidenceFields::new(&field.evidence));
    let fields = [
        ("headline", of(&article.headline)),
        ("outlet", of(&article.outlet)),
        ("wire", of(&article.wire)),
        ("date", article.date.as_ref().map(|date| EvidenceFields::new(&date.evidence))),
        ("byline", article.bylines.first().map(|byline| EvidenceFields::new(&byline.evidence))),
        ("place", of(&article.place)),
        ("language", of(&article.language)),
        ("url", of(&article.url)),
    ];
    fields.into_iter().filter_map(|(name, evidence)| Some((name, evidence?))).collect()
}
