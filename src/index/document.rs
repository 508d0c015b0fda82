//! Articles and quotes to tantivy's documents.

use std::borrow::Cow;

use chrono::Datelike;
use tantivy::TantivyDocument;
use tantivy::schema::Field as Slot;
use xxhash_rust::xxh3::xxh3_64;

use super::analyzer::{GAP, joined};
use super::bounds::Bounds;
use super::fingerprint::{fingerprints, group};
use super::manifest::{FileRecord, outcome_to_text};
use super::reading::Reading;
use super::record;
use super::schema::{Fields, Kind, UNKNOWN, fields};
use super::sketch::Sketch;
use crate::article::{Article, Field};
use crate::extract::{Annotations, Entity, EntityKind, Quote};
use crate::text::{Cut, Prose, Span};

/// Number under which the file or the article with this path is known.
pub(crate) fn path_number(path: &str) -> u64 {
    xxh3_64(path.as_bytes())
}

/// The documents of `article`, which is read from `file`: its quotes in order, then the article itself.
///
/// The order is what a search relies on to go from quotes to their article and back.
pub(super) fn documents(file: &str, article: &Article, annotations: &Annotations) -> Vec<TantivyDocument> {
    let cut = annotations.cut.as_ref().map_or_else(|| Cow::Owned(Prose::new(&article.text).cut()), Cow::Borrowed);
    let numbers = Numbers { file: path_number(file), article: path_number(&article.path) };
    let quotes = annotations.quotes.iter();
    let mut documents: Vec<TantivyDocument> = Vec::with_capacity(quotes.len() + 1);
    documents.extend(quotes.map(|quote| quote_document(numbers, article, annotations, quote, &cut)));
    documents.push(article_document(numbers, article, annotations, &cut));
    documents
}

/// By which numbers an article's documents are known.
#[derive(Clone, Copy, Debug)]
struct Numbers {
    file: u64,
    article: u64,
}

/// The document that stands for `file` itself.
pub(super) fn file_document(file: &FileRecord) -> TantivyDocument {
    let to = fields();
    let mut document = TantivyDocument::with_capacity(256);
    document.add_u64(to.kind, Kind::File as u64);
    document.add_u64(to.file, path_number(&file.path));
    document.add_text(to.path, &file.path);
    document.add_u64(to.size, file.size);
    document.add_i64(to.modified, file.modified);
    document.add_u64(to.hash, file.hash);
    document.add_u64(to.articles, file.outcome.articles() as u64);
    if let Some(text) = outcome_to_text(&file.outcome) {
        document.add_text(to.skipped, text);
    }
    document
}

fn article_document(numbers: Numbers, article: &Article, annotations: &Annotations, cut: &Cut) -> TantivyDocument {
    let to = fields();
    let mut document = TantivyDocument::with_capacity(article.text.len() * 2 + 4096);
    add_common(&mut document, Kind::Article, numbers, article);
    if let Some(headline) = &article.headline {
        document.add_text(to.headline, joined(&headline.value));
    }
    let reading = Reading::new(article.body());
    document.add_text(to.body, &reading.words.text);
    add_sketch(&mut document, article, &reading);
    let bounds = Bounds::of_cut(&reading, article.body.begin, cut);
    document.add_text(to.lead, bounds.lead.map_or(&*reading.words.text, |count| reading.words.head(count)));
    document.add_text(to.bounds, bounds.to_value());
    document.add_u64(to.length, u64::from(bounds.words));
    document.add_text(to.text, &article.text);
    document.add_bytes(to.record, &record::encode_article(article, annotations));
    document.add_text(to.path_words, joined(&article.path));
    let bylines: Vec<&str> = article.bylines.iter().map(|byline| byline.value.as_str()).collect();
    add_each(&mut document, to.byline, &bylines);
    add_words(&mut document, to.byline_words, &bylines);
    add_entities(&mut document, to, article, annotations);
    for entity in &annotations.entities {
        entity.aliases.iter().for_each(|alias| document.add_text(to.alias, use_of(entity, alias)));
        entity.roles.iter().for_each(|role| document.add_text(to.role, use_of(entity, role)));
    }
    let speakers = annotations.quotes.iter().filter(|quote| !quote.is_declined());
    let speakers = speakers.filter_map(|quote| quote.speaker.as_ref()?.name.as_deref());
    add_each(&mut document, to.speaker, &speakers.collect::<Vec<_>>());
    document
}

/// What tells the copies and the versions of `article`.
fn add_sketch(document: &mut TantivyDocument, article: &Article, body: &Reading) {
    let headline = article.headline.as_ref().map_or("", |headline| headline.value.as_str());
    let sketch = Sketch::of(headline, body);
    for number in sketch.iter().flat_map(Sketch::pack) {
        document.add_u64(fields().sketch, number);
    }
    if let Some(guid) = &article.guid {
        document.add_u64(fields().item, xxh3_64(guid.value.as_bytes()));
    }
    if let Some(revision) = &article.revision {
        document.add_u64(fields().revision, revision.value);
    }
}

/// What an article says of `entity`, with whom it says that of, to be counted over all articles.
fn use_of(entity: &Entity, value: &str) -> String {
    format!("{}{}{GAP}{value}", entity.kind as u8, entity.name)
}

/// Reads what [`use_of`] wrote: kind, name, and what is said of it.
pub(crate) fn parts_of_use(text: &str) -> Option<(EntityKind, &str, &str)> {
    let (name, value) = text.get(1..)?.split_once(GAP)?;
    let kind = text.as_bytes()[0].checked_sub(b'0')?;
    Some((*EntityKind::ALL.get(usize::from(kind))?, name, value))
}

fn quote_document(
    numbers: Numbers,
    article: &Article,
    annotations: &Annotations,
    quote: &Quote,
    cut: &Cut,
) -> TantivyDocument {
    let to = fields();
    let mut document = TantivyDocument::with_capacity(1024);
    add_common(&mut document, Kind::Quote, numbers, article);
    let words = quote.words(&article.text);
    let reading = Reading::new(&words);
    document.add_text(to.said, &reading.words.text);
    document.add_text(to.bounds, Bounds::of(&reading).to_value());
    add_figures(&mut document, article, quote, &reading);
    document.add_text(to.quote_kind, quote.kind.as_str());
    document.add_text(to.class, quote.speaker.as_ref().map_or(UNKNOWN, |speaker| speaker.class.as_str()));
    if let Some(name) = quote.speaker.as_ref().and_then(|speaker| speaker.name.as_ref()) {
        document.add_text(to.speaker, name);
    }
    add_words(&mut document, to.speaker_words, &speaker_names(article, annotations, quote));
    add_words(&mut document, to.addressee_words, &addressee_names(article, annotations, quote));
    let about: Vec<&str> = named(annotations, quote).map(|entity| entity.name.as_str()).collect();
    add_each(&mut document, to.about, &about);
    add_words(&mut document, to.about_words, &about_names(annotations, quote));
    let sentence = touched(&cut.sentences, cover(quote));
    document.add_bytes(to.record, &record::encode_quote(article, annotations, quote, sentence));
    document
}

/// What quotes are sorted, narrowed down and grouped by.
fn add_figures(document: &mut TantivyDocument, article: &Article, quote: &Quote, words: &Reading) {
    let to = fields();
    let speaker = quote.speaker.as_ref().and_then(|speaker| speaker.name.as_deref());
    for number in fingerprints(&words.hashes, speaker) {
        document.add_u64(to.fingerprint, number);
        document.add_u64(to.fingerprint_group, group(number));
    }
    document.add_u64(to.length, words.hashes.len() as u64);
    document.add_u64(to.confidence, (quote.confidence * 100.0).round() as u64);
    let begin = cover(quote).begin.saturating_sub(article.body.begin);
    document.add_u64(to.depth, (begin * 100 / article.body.len().max(1)) as u64);
}

/// What articles and quotes have in common: what both are filtered and sorted by.
fn add_common(document: &mut TantivyDocument, kind: Kind, numbers: Numbers, article: &Article) {
    let to = fields();
    document.add_u64(to.kind, kind as u64);
    document.add_u64(to.file, numbers.file);
    document.add_text(to.path, &article.path);
    document.add_u64(to.article, numbers.article);
    if let Some(date) = &article.date {
        document.add_i64(to.day, i64::from(date.value.day.num_days_from_ce()));
    }
    add_field(document, to.outlet, article.outlet.as_ref());
    add_field(document, to.wire, article.wire.as_ref());
    add_field(document, to.language, article.language.as_ref());
}

fn add_field(document: &mut TantivyDocument, slot: Slot, field: Option<&Field<String>>) {
    if let Some(field) = field {
        document.add_text(slot, &field.value);
    }
}

/// The names of each kind, once to count and once to find. The dateline's place is a place that the article names.
fn add_entities(document: &mut TantivyDocument, to: &Fields, article: &Article, annotations: &Annotations) {
    for kind in EntityKind::ALL {
        let (counted, found) = entity_slots(to, kind);
        let entities = annotations.entities.iter().filter(|entity| entity.kind == kind);
        let dateline = article.place.as_ref().filter(|_| kind == EntityKind::Place).map(|place| place.value.as_str());
        let names = entities.clone().map(|entity| entity.name.as_str()).chain(dateline);
        let aliases = entities.flat_map(|entity| entity.aliases.iter().map(String::as_str));
        add_each(document, counted, &names.clone().collect::<Vec<_>>());
        add_words(document, found, &names.chain(aliases).collect::<Vec<_>>());
    }
}

/// Where the entities of `kind` are counted, and where they are found by their words.
pub(crate) const fn entity_slots(fields: &Fields, kind: EntityKind) -> (Slot, Slot) {
    match kind {
        EntityKind::Person => (fields.person, fields.person_words),
        EntityKind::Organization => (fields.organization, fields.organization_words),
        EntityKind::Place => (fields.place, fields.place_words),
        EntityKind::Other => (fields.other, fields.other_words),
    }
}

/// The speaker's full name, the other names that the text gives, and the words printed beside the quote; of these, not
/// the persons who only tell who the speaker is ("Ada Okwu, a spokeswoman for Bela Marsh").
fn speaker_names<'a>(article: &'a Article, annotations: &'a Annotations, quote: &'a Quote) -> Vec<&'a str> {
    let Some(speaker) = &quote.speaker else { return Vec::new() };
    let mut names: Vec<&str> = speaker.name.as_deref().into_iter().collect();
    names.extend(speaker.entity.into_iter().flat_map(|at| all_names(annotations, at)));
    let printed = speaker.span.into_iter().flat_map(|span| match speaker.entity {
        Some(own) => without_others(annotations, own, span),
        None => without_owners(annotations, &article.text, span),
    });
    names.extend(printed.map(|span| span.of(&article.text)));
    names
}

/// What is left of `span` without the persons named in it but the entity `own`.
fn without_others(annotations: &Annotations, own: usize, span: Span) -> Vec<Span> {
    without(persons_in(annotations, span).filter(|(at, _)| *at != own).map(|(_, mention)| mention).collect(), span)
}

/// What is left of `span` without the persons to whom somebody named there belongs: "Ada Okwu's lawyer" is not Ada Okwu.
fn without_owners(annotations: &Annotations, text: &str, span: Span) -> Vec<Span> {
    let owns = |mention: &Span| ["'s ", "’s ", "' ", "’ "].iter().any(|ending| text[mention.end..].starts_with(ending));
    without(persons_in(annotations, span).map(|(_, mention)| mention).filter(owns).collect(), span)
}

/// The persons named in `span`, each with where.
fn persons_in(annotations: &Annotations, span: Span) -> impl Iterator<Item = (usize, Span)> {
    let persons = annotations.entities.iter().enumerate().filter(|(_, entity)| entity.kind == EntityKind::Person);
    persons.flat_map(move |(at, entity)| {
        let from = entity.mentions.partition_point(|mention| mention.begin < span.begin);
        entity.mentions[from..]
            .iter()
            .take_while(move |mention| mention.end <= span.end)
            .map(move |&mention| (at, mention))
    })
}

/// What is left of `span` without the parts `named`.
fn without(mut named: Vec<Span>, span: Span) -> Vec<Span> {
    named.sort_unstable();
    let begins = std::iter::once(span.begin).chain(named.iter().map(|mention| mention.end));
    let ends = named.iter().map(|mention| mention.begin).chain([span.end]);
    begins.zip(ends).filter(|(begin, end)| begin < end).map(|(begin, end)| Span::new(begin, end)).collect()
}

/// As [`speaker_names`], of the addressee.
fn addressee_names<'a>(article: &'a Article, annotations: &'a Annotations, quote: &'a Quote) -> Vec<&'a str> {
    let Some(addressee) = &quote.addressee else { return Vec::new() };
    let names = addressee.entity.into_iter().flat_map(|at| all_names(annotations, at));
    names.chain([addressee.span.of(&article.text)]).collect()
}

/// The full name and the aliases of the entity at `at`.
fn all_names(annotations: &Annotations, at: usize) -> impl Iterator<Item = &str> {
    let entity = annotations.entities.get(at).into_iter();
    entity.flat_map(|entity| std::iter::once(&entity.name).chain(&entity.aliases)).map(String::as_str)
}

fn about_names<'a>(annotations: &'a Annotations, quote: &Quote) -> Vec<&'a str> {
    quote.about.iter().flat_map(|&at| all_names(annotations, at)).collect()
}

/// The entities that the words of `quote` name.
fn named<'a>(annotations: &'a Annotations, quote: &Quote) -> impl Iterator<Item = &'a Entity> {
    quote.about.iter().filter_map(|&at| annotations.entities.get(at))
}

/// Adds each of `values` once.
fn add_each(document: &mut TantivyDocument, slot: Slot, values: &[&str]) {
    for (at, value) in values.iter().enumerate() {
        if !values[..at].contains(value) {
            document.add_text(slot, value);
        }
    }
}

/// Adds each of `names` once, with gaps that keep a phrase inside one name.
fn add_words(document: &mut TantivyDocument, slot: Slot, names: &[&str]) {
    let mut together = String::with_capacity(names.iter().map(|name| name.len() + 1).sum());
    for (at, name) in names.iter().enumerate() {
        if !names[..at].contains(name) {
            together.push_str(name);
            together.push(GAP);
        }
    }
    if !together.is_empty() {
        document.add_text(slot, joined(&together));
    }
}

/// From the first byte to the last that `quote`, its cue, its speaker and its addressee take.
fn cover(quote: &Quote) -> Span {
    let speaker = quote.speaker.as_ref().and_then(|speaker| speaker.span);
    let addressee = quote.addressee.as_ref().map(|addressee| addressee.span);
    let others = quote.spans.iter().copied().chain(quote.cue).chain(speaker).chain(addressee);
    others.reduce(Span::cover).unwrap_or_default()
}

/// `place` with the whole of those of `sentences` that it touches.
fn touched(sentences: &[Span], place: Span) -> Span {
    let from = sentences.partition_point(|sentence| sentence.end <= place.begin);
    sentences[from..].iter().copied().take_while(|sentence| sentence.begin < place.end).fold(place, Span::cover)
}
