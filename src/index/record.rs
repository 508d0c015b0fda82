//! Articles, annotations and quotes as stored: everything but the text itself.

use super::codec::{Decoder, Encoder};
use crate::article::{Article, Evidence, Field, Origin, PublicationDate};
use crate::extract::{
    Addressee, Annotations, Embed, Entity, EntityKind, Quote, QuoteKind, Reason, Speaker, SpeakerClass,
};
use crate::text::Span;

/// What a listing shows of an article.
#[derive(Debug)]
pub(crate) struct Head {
    pub(crate) path: String,
    pub(crate) headline: Option<String>,
    pub(crate) outlet: Option<String>,
    pub(crate) date: Option<PublicationDate>,
}

/// What a listing shows of a quote.
#[derive(Debug)]
pub(crate) struct QuoteRecord {
    pub(crate) head: Head,
    pub(crate) kind: QuoteKind,
    pub(crate) spans: Vec<Span>,
    /// The sentences around the words, and where they stand in the article's text.
    pub(crate) sentence: String,
    pub(crate) around: Span,
    pub(crate) cue: Option<String>,
    pub(crate) printed: Option<String>,
    pub(crate) speaker: Option<String>,
    pub(crate) role: Option<String>,
    pub(crate) class: Option<SpeakerClass>,
    /// The addressee as printed, and by name.
    pub(crate) addressee: Option<(String, Option<String>)>,
    pub(crate) embed: Option<Embed>,
    pub(crate) about: Vec<String>,
    pub(crate) reason: String,
    pub(crate) confidence: f32,
}

/// Encodes all of `article` but its text, with its `annotations`.
pub(super) fn encode_article(article: &Article, annotations: &Annotations) -> Vec<u8> {
    let mut to = Encoder::with_capacity(1024);
    put_head(&mut to, article);
    to.span(article.body);
    put_evidence(&mut to, article.headline.as_ref());
    put_evidence(&mut to, article.outlet.as_ref());
    put_evidence(&mut to, article.date.as_ref());
    to.list(&article.bylines, put_field);
    for field in [&article.wire, &article.place, &article.language, &article.url, &article.guid] {
        to.option(field.as_ref(), put_field);
    }
    to.option(article.revision.as_ref(), |to, revision| {
        to.number(revision.value);
        put_evidence(to, Some(revision));
    });
    to.list(&annotations.entities, put_entity);
    to.list(&annotations.quotes, put_quote);
    to.bytes
}

/// Reads what [`encode_article`] wrote; the text is left empty.
pub(crate) fn decode_article(bytes: &[u8]) -> Option<(Article, Annotations)> {
    let mut from = Decoder::new(bytes);
    let head = head(&mut from)?;
    let body = from.span()?;
    let article = Article {
        path: head.path,
        text: String::new(),
        body,
        headline: with_evidence(&mut from, head.headline)?,
        outlet: with_evidence(&mut from, head.outlet)?,
        date: with_evidence(&mut from, head.date)?,
        bylines: from.list(field)?,
        wire: from.option(field)?,
        place: from.option(field)?,
        language: from.option(field)?,
        url: from.option(field)?,
        guid: from.option(field)?,
        revision: from.option(|from| {
            let number = from.number()?;
            with_evidence(from, Some(number))?
        })?,
        set_off: Vec::new(),
        markup: Vec::new(),
        rejected: Vec::new(),
    };
    let annotations = Annotations { entities: from.list(entity)?, quotes: from.list(quote)?, cut: None };
    Some((article, annotations))
}

/// Reads only what a listing shows of what [`encode_article`] wrote, and where the body stands.
pub(crate) fn decode_head(bytes: &[u8]) -> Option<(Head, Span)> {
    let mut from = Decoder::new(bytes);
    Some((head(&mut from)?, from.span()?))
}

/// Encodes `quote` with what a listing shows beside it; `sentence` is what stands around it in the text.
pub(super) fn encode_quote(article: &Article, annotations: &Annotations, quote: &Quote, sentence: Span) -> Vec<u8> {
    let text = &article.text;
    let mut to = Encoder::with_capacity(sentence.len() + 512);
    put_head(&mut to, article);
    to.number(quote.kind as u64);
    to.spans(&quote.spans);
    to.span(sentence);
    to.text(sentence.of(text));
    to.option(quote.cue, |to, cue| to.text(cue.of(text)));
    let speaker = quote.speaker.as_ref();
    to.option(speaker.and_then(|speaker| speaker.span), |to, span| to.text(span.of(text)));
    to.option(speaker.and_then(|speaker| speaker.name.as_ref()), |to, name| to.text(name));
    to.option(speaker.and_then(|speaker| speaker.role.as_ref()), |to, role| to.text(role));
    to.option(speaker.map(|speaker| speaker.class), |to, class| to.number(class as u64));
    to.option(quote.addressee.as_ref(), |to, addressee| {
        to.text(addressee.span.of(text));
        to.option(addressee.name.as_ref(), |to, name| to.text(name));
    });
    to.option(quote.embed, |to, embed| to.number(embed as u64));
    let about = quote.about.iter().filter_map(|&at| annotations.entities.get(at));
    to.list(&about.collect::<Vec<_>>(), |to, entity| to.text(&entity.name));
    to.text(quote.reason.as_str());
    to.float(quote.confidence);
    to.bytes
}

/// Reads what [`encode_quote`] wrote.
pub(crate) fn decode_quote(bytes: &[u8]) -> Option<QuoteRecord> {
    let mut from = Decoder::new(bytes);
    Some(QuoteRecord {
        head: head(&mut from)?,
        kind: quote_kind(&mut from)?,
        spans: from.spans()?,
        around: from.span()?,
        sentence: from.text()?,
        cue: from.option(Decoder::text)?,
        printed: from.option(Decoder::text)?,
        speaker: from.option(Decoder::text)?,
        role: from.option(Decoder::text)?,
        class: from.option(class)?,
        addressee: from.option(|from| Some((from.text()?, from.option(Decoder::text)?)))?,
        embed: from.option(embed)?,
        about: from.texts()?,
        reason: from.text()?,
        confidence: from.float()?,
    })
}

fn put_head(to: &mut Encoder, article: &Article) {
    to.text(&article.path);
    to.option(article.headline.as_ref(), |to, field| to.text(&field.value));
    to.option(article.outlet.as_ref(), |to, field| to.text(&field.value));
    to.option(article.date.as_ref(), |to, field| to.date(field.value));
}

fn head(from: &mut Decoder) -> Option<Head> {
    Some(Head {
        path: from.text()?,
        headline: from.option(Decoder::text)?,
        outlet: from.option(Decoder::text)?,
        date: from.option(Decoder::date)?,
    })
}

fn put_field(to: &mut Encoder, field: &Field<String>) {
    to.text(&field.value);
    put_evidence(to, Some(field));
}

fn field(from: &mut Decoder) -> Option<Field<String>> {
    let value = from.text()?;
    with_evidence(from, Some(value))?
}

/// The evidence alone: the value stands in the head.
fn put_evidence<T>(to: &mut Encoder, field: Option<&Field<T>>) {
    if let Some(Field { evidence, .. }) = field {
        to.number(evidence.origin as u64);
        to.float(evidence.confidence);
        to.option(evidence.span, Encoder::span);
    }
}

#[expect(clippy::option_option, reason = "the outer tells whether the bytes could be read")]
fn with_evidence<T>(from: &mut Decoder, value: Option<T>) -> Option<Option<Field<T>>> {
    let Some(value) = value else { return Some(None) };
    let evidence = Evidence { origin: origin(from)?, confidence: from.float()?, span: from.option(Decoder::span)? };
    Some(Some(Field { value, evidence }))
}

fn put_entity(to: &mut Encoder, entity: &Entity) {
    to.text(&entity.name);
    to.number(entity.kind as u64);
    to.spans(&entity.mentions);
    to.texts(&entity.aliases);
    to.texts(&entity.roles);
}

fn entity(from: &mut Decoder) -> Option<Entity> {
    Some(Entity {
        name: from.text()?,
        kind: *EntityKind::ALL.get(from.number()? as usize)?,
        mentions: from.spans()?,
        aliases: from.texts()?,
        roles: from.texts()?,
    })
}

fn put_quote(to: &mut Encoder, quote: &Quote) {
    to.number(quote.kind as u64);
    to.spans(&quote.spans);
    to.option(quote.cue, Encoder::span);
    to.option(quote.speaker.as_ref(), |to, speaker| {
        to.option(speaker.span, Encoder::span);
        to.option(speaker.entity, |to, at| to.number(at as u64));
        to.option(speaker.name.as_ref(), |to, name| to.text(name));
        to.option(speaker.role.as_ref(), |to, role| to.text(role));
        to.number(speaker.class as u64);
    });
    to.option(quote.addressee.as_ref(), |to, addressee| {
        to.span(addressee.span);
        to.option(addressee.entity, |to, at| to.number(at as u64));
        to.option(addressee.name.as_ref(), |to, name| to.text(name));
    });
    to.option(quote.embed, |to, embed| to.number(embed as u64));
    to.list(&quote.about, |to, &at| to.number(at as u64));
    to.text(quote.reason.as_str());
    to.float(quote.confidence);
}

fn quote(from: &mut Decoder) -> Option<Quote> {
    Some(Quote {
        kind: quote_kind(from)?,
        spans: from.spans()?,
        cue: from.option(Decoder::span)?,
        speaker: from.option(|from| {
            Some(Speaker {
                span: from.option(Decoder::span)?,
                entity: from.option(|from| from.number().map(|at| at as usize))?,
                name: from.option(Decoder::text)?,
                role: from.option(Decoder::text)?,
                class: class(from)?,
            })
        })?,
        addressee: from.option(|from| {
            Some(Addressee {
                span: from.span()?,
                entity: from.option(|from| from.number().map(|at| at as usize))?,
                name: from.option(Decoder::text)?,
            })
        })?,
        embed: from.option(embed)?,
        about: from.list(|from| from.number().map(|at| at as usize))?,
        reason: reason(from)?,
        confidence: from.float()?,
    })
}

fn quote_kind(from: &mut Decoder) -> Option<QuoteKind> {
    [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect].get(from.number()? as usize).copied()
}

fn embed(from: &mut Decoder) -> Option<Embed> {
    Embed::ALL.get(from.number()? as usize).copied()
}

fn class(from: &mut Decoder) -> Option<SpeakerClass> {
    use SpeakerClass::{Declined, Document, Group, Named, Organization, Unnamed};
    [Named, Unnamed, Group, Organization, Document, Declined].get(from.number()? as usize).copied()
}

fn reason(from: &mut Decoder) -> Option<Reason> {
    let words = from.text()?;
    Reason::ALL.iter().copied().find(|reason| reason.as_str() == words)
}

fn origin(from: &mut Decoder) -> Option<Origin> {
    use Origin::{Byline, Credit, DateLine, Dateline, FileName, Folder, Headline, Metadata, Text, Url};
    let all = [Metadata, Headline, Byline, Dateline, DateLine, Credit, Url, FileName, Folder, Text];
    all.get(from.number()? as usize).copied()
}
