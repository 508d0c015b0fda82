//! What the index stores, as hits.

use std::collections::BTreeSet;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::query::{BooleanQuery, Occur, Query as Plan};
use tantivy::schema::Value;
use tantivy::{
    DocAddress, DocId, Score, Searcher as Snapshot, SegmentOrdinal, SegmentReader, TantivyDocument, TantivyError,
};

use super::collect::Match;
use super::highlight::{Mark, Needles, merged};
use super::plan::all_of;
use super::quoted::QuoteConditions;
use super::{ArticleHead, Hit, QuoteHit, Snippet, StoredArticle};
use crate::error::{Error, Result};
use crate::index::record::{Head, decode_article, decode_head, decode_quote};
use crate::index::{Index, Kind, fields, name, path_number};
use crate::text::Span;

/// Articles named in an error that says that there are several.
const CANDIDATES: usize = 5;

/// What is marked in an article: what a query looks for in the running text, in the headline, and in quotes.
pub(super) struct ArticleNeedles {
    pub(super) body: Needles,
    pub(super) headline: Needles,
    pub(super) quotes: QuoteConditions,
}

/// The article `found`, with the passage that shows best what `needles` match, and what `quoted` makes of its record and
/// text: so many sentences round that as `context` says.
pub(super) fn hit(
    snapshot: &Snapshot,
    found: &Match,
    needles: &ArticleNeedles,
    quoted: impl FnOnce(&[u8], &str) -> tantivy::Result<Vec<Mark>>,
    context: Option<usize>,
) -> tantivy::Result<Hit> {
    let document: TantivyDocument = snapshot.doc(found.address)?;
    let (head, body) = decode_head(record(&document)).ok_or_else(damaged)?;
    let quoted = quoted(record(&document), text(&document))?;
    let snippet = needles.body.passage(text(&document), body, quoted, context);
    let article = article_head(head);
    let headline = article.headline.as_deref().unwrap_or_default();
    let whole = Span::new(0, headline.len());
    let headline_marks = merged(&needles.headline.find(headline, &[whole]), whole);
    Ok(Hit { article, score: found.score, headline_marks, snippet, copies: Vec::new(), superseded: false })
}

/// What identifies the article at `address` in listings.
pub(super) fn head(snapshot: &Snapshot, address: DocAddress) -> tantivy::Result<ArticleHead> {
    let document: TantivyDocument = snapshot.doc(address)?;
    let (head, _) = decode_head(record(&document)).ok_or_else(damaged)?;
    Ok(article_head(head))
}

/// What identifies the article at `address`, its whole text, and where the running text stands in that.
pub(super) fn head_and_text(snapshot: &Snapshot, address: DocAddress) -> tantivy::Result<(ArticleHead, String, Span)> {
    let document: TantivyDocument = snapshot.doc(address)?;
    let (head, body) = decode_head(record(&document)).ok_or_else(damaged)?;
    Ok((article_head(head), text(&document).to_owned(), body))
}

/// The quote `found`, with what `needles` match marked in its sentence.
pub(super) fn quote_hit(snapshot: &Snapshot, found: &Match, needles: &Needles) -> tantivy::Result<QuoteHit> {
    let document: TantivyDocument = snapshot.doc(found.address)?;
    let quote = decode_quote(record(&document)).ok_or_else(damaged)?;
    let inside = |span: &Span| {
        Some(Span::new(span.begin.checked_sub(quote.around.begin)?, span.end.checked_sub(quote.around.begin)?))
    };
    let pieces: Option<Vec<Span>> = quote.spans.iter().map(inside).collect();
    let pieces =
        pieces.filter(|pieces| pieces.iter().all(|piece| quote.sentence.get(piece.begin..piece.end).is_some()));
    let pieces = pieces.ok_or_else(damaged)?;
    let words: Vec<&str> = pieces.iter().map(|piece| piece.of(&quote.sentence)).collect();
    let marks = merged(&needles.find(&quote.sentence, &pieces), Span::new(0, quote.sentence.len()));
    Ok(QuoteHit {
        article: article_head(quote.head),
        score: found.score,
        kind: quote.kind,
        words: words.join(" "),
        spans: quote.spans,
        cue: quote.cue,
        printed: quote.printed,
        speaker: quote.speaker,
        role: quote.role,
        class: quote.class,
        addressee: quote.addressee,
        embed: quote.embed,
        about: quote.about,
        sentence: Snippet { text: quote.sentence, span: quote.around, marks },
        reason: quote.reason,
        confidence: quote.confidence,
        superseded: false,
    })
}

/// Where the words of the quote at `address` stand.
pub(super) fn spans(snapshot: &Snapshot, address: DocAddress) -> tantivy::Result<Vec<Span>> {
    let document: TantivyDocument = snapshot.doc(address)?;
    Ok(decode_quote(record(&document)).ok_or_else(damaged)?.spans)
}

/// The one article that `name` names: by path, by the beginning of its identifier, or by the end of its path.
pub(super) fn article(index: &Index, snapshot: &Snapshot, name: &str) -> Result<StoredArticle> {
    for find in [by_path, by_identifier, by_end_of_path] {
        let found = find(snapshot, name).map_err(|source| index.error(source))?;
        match found[..] {
            [] => {}
            [address] => return load(snapshot, address).map_err(|source| index.error(source)),
            _ => return Err(ambiguous(index, snapshot, name, &found)),
        }
    }
    Err(Error::NoArticle { name: name.into() })
}

fn ambiguous(index: &Index, snapshot: &Snapshot, name: &str, found: &[DocAddress]) -> Error {
    let path =
        |&address: &DocAddress| load(snapshot, address).map(|stored| format!("{} {}", stored.id, stored.article.path));
    match found.iter().take(CANDIDATES).map(path).collect::<tantivy::Result<Vec<String>>>() {
        Ok(candidates) => Error::AmbiguousArticle { count: found.len(), name: name.into(), candidates },
        Err(source) => index.error(source),
    }
}

fn load(snapshot: &Snapshot, address: DocAddress) -> tantivy::Result<StoredArticle> {
    let document: TantivyDocument = snapshot.doc(address)?;
    let (mut article, annotations) = decode_article(record(&document)).ok_or_else(damaged)?;
    text(&document).clone_into(&mut article.text);
    Ok(StoredArticle { id: identifier(&article.path), article, annotations })
}

fn by_path(snapshot: &Snapshot, path: &str) -> tantivy::Result<Vec<DocAddress>> {
    let number = path_number(path);
    numbered(snapshot, number, number)
}

/// The articles whose identifier begins with `digits`.
fn by_identifier(snapshot: &Snapshot, digits: &str) -> tantivy::Result<Vec<DocAddress>> {
    let is_beginning = (1..=16).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let Some(first) = u64::from_str_radix(digits, 16).ok().filter(|_| is_beginning) else { return Ok(Vec::new()) };
    let free = 64 - 4 * digits.len() as u32;
    let least = first.checked_shl(free).unwrap_or_default();
    let most = least | u64::MAX.checked_shr(64 - free).unwrap_or_default();
    numbered(snapshot, least, most)
}

/// The articles whose number is from `least` to `most`.
fn numbered(snapshot: &Snapshot, least: u64, most: u64) -> tantivy::Result<Vec<DocAddress>> {
    let mut found = Vec::new();
    for (segment, reader) in (0..).zip(snapshot.segment_readers()) {
        let numbers = reader.fast_fields().u64(name::ARTICLE)?;
        let documents = Kind::Article.documents(reader)?.into_iter();
        let wanted = documents
            .filter(|&document| numbers.first(document).is_some_and(|number| (least..=most).contains(&number)));
        found.extend(wanted.map(|document| DocAddress::new(segment, document)));
    }
    Ok(found)
}

/// The articles whose path ends with the whole names in `end`.
fn by_end_of_path(snapshot: &Snapshot, end: &str) -> tantivy::Result<Vec<DocAddress>> {
    let end = end.trim_start_matches("./").trim_start_matches('/');
    if end.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    for (segment, reader) in (0..).zip(snapshot.segment_readers()) {
        let Some(paths) = reader.fast_fields().str(name::PATH)? else { continue };
        let ends = |path: &str| path.strip_suffix(end).is_some_and(|before| before.ends_with('/'));
        let wanted: BTreeSet<u64> = names(&paths, |_, path| ends(path))?.into_iter().map(|(at, _)| at as u64).collect();
        if !wanted.is_empty() {
            let documents = Kind::Article.documents(reader)?.into_iter();
            let documents =
                documents.filter(|&document| paths.ords().first(document).is_some_and(|at| wanted.contains(&at)));
            found.extend(documents.map(|document| DocAddress::new(segment, document)));
        }
    }
    Ok(found)
}

/// The values of `column` that are `wanted`, with their numbers.
fn names(column: &StrColumn, wanted: impl Fn(usize, &str) -> bool) -> tantivy::Result<Vec<(usize, String)>> {
    let mut found = Vec::new();
    let mut stream = column.dictionary().stream()?;
    let mut ordinal = 0;
    while stream.advance() {
        if let Ok(name) = std::str::from_utf8(stream.key())
            && wanted(ordinal, name)
        {
            found.push((ordinal, name.to_owned()));
        }
        ordinal += 1;
    }
    Ok(found)
}

/// The articles among the matches of `plan`.
pub(super) fn articles(snapshot: &Snapshot, plan: Box<dyn Plan>) -> tantivy::Result<Vec<DocAddress>> {
    let query = BooleanQuery::new(vec![(Occur::Must, all_of(Kind::Article)), (Occur::Must, plan)]);
    snapshot.search(&query, &Addresses)
}

/// Collects all matches.
pub(super) struct Addresses;

impl Collector for Addresses {
    type Fruit = Vec<DocAddress>;
    type Child = SegmentAddresses;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentAddresses> {
        Ok(SegmentAddresses { segment, found: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<DocAddress>>) -> tantivy::Result<Vec<DocAddress>> {
        Ok(segments.into_iter().flatten().collect())
    }
}

pub(super) struct SegmentAddresses {
    segment: SegmentOrdinal,
    found: Vec<DocAddress>,
}

impl SegmentCollector for SegmentAddresses {
    type Fruit = Vec<DocAddress>;

    fn collect(&mut self, document: DocId, _: Score) {
        self.found.push(DocAddress::new(self.segment, document));
    }

    fn harvest(self) -> Vec<DocAddress> {
        self.found
    }
}

fn article_head(head: Head) -> ArticleHead {
    ArticleHead {
        id: identifier(&head.path),
        path: head.path,
        headline: head.headline,
        outlet: head.outlet,
        date: head.date,
    }
}

fn identifier(path: &str) -> String {
    format!("{:016x}", path_number(path))
}

pub(super) fn record(document: &TantivyDocument) -> &[u8] {
    let value = document.get_first(fields().record);
    value.and_then(|value| value.as_leaf()?.as_bytes()).unwrap_or_default()
}

fn text(document: &TantivyDocument) -> &str {
    document.get_first(fields().text).and_then(|value| value.as_leaf()?.as_str()).unwrap_or_default()
}

pub(super) fn damaged() -> TantivyError {
    TantivyError::InternalError("a stored record is damaged; make the index anew".into())
}
