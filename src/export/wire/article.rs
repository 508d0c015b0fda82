//! Articles with everything extracted from them.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Body, Line, Range, day, range};
use crate::article::{Article, Evidence, Field, PublicationDate, Warning};
use crate::extract::{Annotations, Embed, Entity, Quote, Speaker};
use crate::search::StoredArticle;

/// An article with everything extracted from it.
#[derive(Debug, Serialize)]
pub(super) struct ArticleFields<'a> {
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
    #[serde(skip_serializing_if = "Option::is_none")]
    guid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    revision: Option<u64>,
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
    addressee: Option<AddresseeFields<'a>>,
    embed: Option<&'static str>,
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

/// To whom a quote is said.
#[derive(Debug, Serialize)]
struct AddresseeFields<'a> {
    span: Range,
    name: Option<&'a str>,
}

impl<'a> Line<'a> {
    /// An article with everything extracted from it; `id` names it.
    pub fn article(id: &'a str, article: &'a Article, annotations: &'a Annotations, warnings: &'a [Warning]) -> Self {
        Self::new("article", Body::Article(Box::new(ArticleFields::new(id, article, annotations, warnings))))
    }

    /// An article of the index with its entities and quotes.
    pub fn stored(stored: &'a StoredArticle) -> Self {
        Self::article(&stored.id, &stored.article, &stored.annotations, &[])
    }
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
            guid: value(article.guid.as_ref()),
            revision: article.revision.as_ref().map(|revision| revision.value),
            text: &article.text,
            body: range(article.body),
            evidence: evidence(article),
            entities: entities.iter().map(EntityFields::new).collect(),
            quotes: annotations.quotes.iter().map(|quote| ArticleQuote::new(quote, entities, &article.text)).collect(),
            warnings: warnings.iter().map(|warning| warning.message.as_str()).collect(),
        }
    }
}

impl EvidenceFields {
    fn new(evidence: &Evidence) -> Self {
        Self { origin: evidence.origin.as_str(), confidence: evidence.confidence, span: evidence.span.map(range) }
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
            addressee: quote
                .addressee
                .as_ref()
                .map(|addressee| AddresseeFields { span: range(addressee.span), name: addressee.name.as_deref() }),
            embed: quote.embed.map(Embed::as_str),
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

fn value(field: Option<&Field<String>>) -> Option<&str> {
    field.map(|field| field.value.as_str())
}

fn moment(date: &PublicationDate) -> Option<String> {
    date.time.map(|time| time.to_rfc3339())
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
        ("guid", of(&article.guid)),
        ("revision", article.revision.as_ref().map(|revision| EvidenceFields::new(&revision.evidence))),
    ];
    fields.into_iter().filter_map(|(name, evidence)| Some((name, evidence?))).collect()
}
