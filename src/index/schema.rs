//! The only place that spells a field's name.

use std::sync::LazyLock;

use tantivy::schema::{
    BytesOptions, FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing,
    TextOptions,
};
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// What the schema calls the way in which [`Split`](super::analyzer::Split) takes a value apart.
pub(crate) const ANALYZER: &str = "words";

/// The same of [`marks`](super::bounds::marks).
pub(super) const BOUNDS: &str = "bounds";

/// The class of a quote whose speaker the text does not tell.
pub(crate) const UNKNOWN: &str = "unknown";

/// What a document of the index stands for, as [`Fields::kind`] has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Article = 0,
    Quote = 1,
    File = 2,
    /// Several articles that tell the same story.
    Story = 3,
}

impl Kind {
    /// What every document of this kind has.
    pub(crate) fn term(self) -> Term {
        Term::from_field_u64(fields().kind, self as u64)
    }

    /// The documents of this kind in a segment, without those that are deleted.
    pub(crate) fn documents(self, reader: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
        let inverted = reader.inverted_index(fields().kind)?;
        let Some(mut postings) = inverted.read_postings(&self.term(), IndexRecordOption::Basic)? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        while postings.doc() != TERMINATED {
            found.push(postings.doc());
            postings.advance();
        }
        found.retain(|&document| !reader.is_deleted(document));
        Ok(found)
    }
}

/// A fast field has to be asked for by name.
pub(crate) mod name {
    pub(crate) const KIND: &str = "kind";
    pub(crate) const ARTICLE: &str = "article";
    pub(crate) const PATH: &str = "path";
    pub(crate) const DAY: &str = "day";
    pub(crate) const OUTLET: &str = "outlet";
    pub(crate) const WIRE: &str = "wire";
    pub(crate) const LANGUAGE: &str = "language";
    pub(crate) const BYLINE: &str = "byline";
    pub(crate) const PERSON: &str = "person";
    pub(crate) const ORGANIZATION: &str = "organization";
    pub(crate) const PLACE: &str = "place";
    pub(crate) const OTHER: &str = "other";
    pub(crate) const SPEAKER: &str = "speaker";
    pub(crate) const ABOUT: &str = "about";
    pub(crate) const ALIAS: &str = "alias";
    pub(crate) const ROLE: &str = "role";
    pub(crate) const QUOTE_KIND: &str = "quote_kind";
    pub(crate) const CLASS: &str = "class";
    pub(crate) const FINGERPRINT: &str = "fingerprint";
    pub(crate) const SKETCH: &str = "sketch";
    pub(crate) const ITEM: &str = "item";
    pub(crate) const REVISION: &str = "revision";
    pub(crate) const CURRENT: &str = "current";
    pub(crate) const SUPERSEDED: &str = "superseded";
    pub(crate) const LENGTH: &str = "length";
    pub(crate) const CONFIDENCE: &str = "confidence";
    pub(crate) const DEPTH: &str = "depth";
    pub(crate) const SIZE: &str = "size";
    pub(crate) const MODIFIED: &str = "modified";
    pub(crate) const HASH: &str = "hash";
    pub(crate) const ARTICLES: &str = "articles";
    pub(crate) const SKIPPED: &str = "skipped";
}

/// Every field; which kinds of document carry it stands beside.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    /// All: [`Kind`].
    pub(crate) kind: Field,
    /// All: hash of the path of the file on disk, by which a file's documents are deleted. A number is indexed faster
    /// than a path, and takes less room.
    pub(crate) file: Field,
    /// All: path of the article; of a file document, the file's.
    pub(crate) path: Field,
    /// Article, quote: hash of the article's path, which is its identifier.
    pub(crate) article: Field,
    /// Article, quote: day of publication, counted from the day before 1 January of the year 1.
    pub(crate) day: Field,
    /// Article, quote: full names.
    pub(crate) outlet: Field,
    pub(crate) wire: Field,
    pub(crate) language: Field,
    /// Article, quote: who is quoted, by full name.
    pub(crate) speaker: Field,
    /// Article: full names, for counting.
    pub(crate) byline: Field,
    pub(crate) person: Field,
    pub(crate) organization: Field,
    pub(crate) place: Field,
    pub(crate) other: Field,
    /// Article: other names and roles of what it names, each with the full name, for counting.
    pub(crate) alias: Field,
    pub(crate) role: Field,
    /// Article: text in words.
    pub(crate) headline: Field,
    pub(crate) body: Field,
    /// Article: the lead in words, without their places: what stands there counts more for the order of hits.
    pub(crate) lead: Field,
    /// Article, quote: where sentences and paragraphs of the running text, or of what is said, begin, and where the
    /// article's lead ends: positions of words in `body` or `said`.
    pub(crate) bounds: Field,
    /// Article: names and aliases in words, a gap between any two.
    pub(crate) path_words: Field,
    pub(crate) byline_words: Field,
    pub(crate) person_words: Field,
    pub(crate) organization_words: Field,
    pub(crate) place_words: Field,
    pub(crate) other_words: Field,
    /// Article: what of its words is compared with other articles.
    pub(crate) sketch: Field,
    /// Article: hash of the guid, where there is one, and the number of the version.
    pub(crate) item: Field,
    pub(crate) revision: Field,
    /// Story: numbers of its articles, earlier versions apart.
    pub(crate) current: Field,
    pub(crate) superseded: Field,
    /// Article: the whole text, stored.
    pub(crate) text: Field,
    /// Article, quote: everything else of it, stored, as `record` encodes it.
    pub(crate) record: Field,
    /// Quote: what is said, in words.
    pub(crate) said: Field,
    /// Quote: the speaker's names and aliases and the words printed, in words.
    pub(crate) speaker_words: Field,
    /// Quote: the addressee's names and aliases and the words printed, in words.
    pub(crate) addressee_words: Field,
    /// Quote: whom the words name, by full name and in words.
    pub(crate) about: Field,
    pub(crate) about_words: Field,
    pub(crate) quote_kind: Field,
    pub(crate) class: Field,
    /// Quote: numbers that it shares with quotes of the same words.
    pub(crate) fingerprint: Field,
    /// Quote: the groups of these numbers, by which it is looked up.
    pub(crate) fingerprint_group: Field,
    /// Article, quote: number of words of the running text, or of what is said.
    pub(crate) length: Field,
    /// Quote: how sure it is, in hundredths.
    pub(crate) confidence: Field,
    /// Quote: how far down the running text it stands, in hundredths.
    pub(crate) depth: Field,
    /// File: what tells whether it has changed, and what came of it.
    pub(crate) size: Field,
    pub(crate) modified: Field,
    pub(crate) hash: Field,
    pub(crate) articles: Field,
    pub(crate) skipped: Field,
}

static SCHEMA: LazyLock<(Schema, Fields)> = LazyLock::new(|| {
    let mut builder = Schema::builder();
    let fields = build(&mut builder);
    (builder.build(), fields)
});

/// The schema of every index of this format.
pub(crate) fn schema() -> Schema {
    SCHEMA.0.clone()
}

/// The fields of [`schema`].
pub(crate) fn fields() -> &'static Fields {
    &SCHEMA.1
}

fn build(schema: &mut SchemaBuilder) -> Fields {
    Fields {
        kind: schema.add_u64_field(name::KIND, INDEXED | FAST),
        file: schema.add_u64_field("file", INDEXED),
        path: schema.add_text_field(name::PATH, counted()),
        article: schema.add_u64_field(name::ARTICLE, FAST),
        day: schema.add_i64_field(name::DAY, FAST),
        outlet: schema.add_text_field(name::OUTLET, exact().set_fast("raw")),
        wire: schema.add_text_field(name::WIRE, exact().set_fast("raw")),
        language: schema.add_text_field(name::LANGUAGE, exact().set_fast("raw")),
        speaker: schema.add_text_field(name::SPEAKER, counted()),
        byline: schema.add_text_field(name::BYLINE, counted()),
        person: schema.add_text_field(name::PERSON, counted()),
        organization: schema.add_text_field(name::ORGANIZATION, counted()),
        place: schema.add_text_field(name::PLACE, counted()),
        other: schema.add_text_field(name::OTHER, counted()),
        alias: schema.add_text_field(name::ALIAS, counted()),
        role: schema.add_text_field(name::ROLE, counted()),
        headline: schema.add_text_field("headline", in_words(true)),
        body: schema.add_text_field("body", in_words(true)),
        lead: schema.add_text_field("lead", counted_words()),
        bounds: schema.add_text_field("bounds", positions(BOUNDS, false)),
        path_words: schema.add_text_field("path_words", in_words(false)),
        byline_words: schema.add_text_field("byline_words", in_words(false)),
        person_words: schema.add_text_field("person_words", in_words(false)),
        organization_words: schema.add_text_field("organization_words", in_words(false)),
        place_words: schema.add_text_field("place_words", in_words(false)),
        other_words: schema.add_text_field("other_words", in_words(false)),
        sketch: schema.add_u64_field(name::SKETCH, FAST),
        item: schema.add_u64_field(name::ITEM, FAST),
        revision: schema.add_u64_field(name::REVISION, FAST),
        current: schema.add_u64_field(name::CURRENT, FAST),
        superseded: schema.add_u64_field(name::SUPERSEDED, FAST),
        text: schema.add_text_field("text", TextOptions::default().set_stored()),
        record: schema.add_bytes_field("record", BytesOptions::from(STORED)),
        said: schema.add_text_field("said", in_words(true)),
        speaker_words: schema.add_text_field("speaker_words", in_words(false)),
        addressee_words: schema.add_text_field("addressee_words", in_words(false)),
        about: schema.add_text_field(name::ABOUT, counted()),
        about_words: schema.add_text_field("about_words", in_words(false)),
        quote_kind: schema.add_text_field(name::QUOTE_KIND, exact().set_fast("raw")),
        class: schema.add_text_field(name::CLASS, exact().set_fast("raw")),
        fingerprint: schema.add_u64_field(name::FINGERPRINT, FAST),
        fingerprint_group: schema.add_u64_field("fingerprint_group", INDEXED),
        length: schema.add_u64_field(name::LENGTH, FAST),
        confidence: schema.add_u64_field(name::CONFIDENCE, FAST),
        depth: schema.add_u64_field(name::DEPTH, FAST),
        size: schema.add_u64_field(name::SIZE, FAST),
        modified: schema.add_i64_field(name::MODIFIED, FAST),
        hash: schema.add_u64_field(name::HASH, FAST),
        articles: schema.add_u64_field(name::ARTICLES, FAST),
        skipped: schema.add_text_field(name::SKIPPED, counted()),
    }
}

/// One term a value.
fn exact() -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer("raw").set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::Basic))
}

/// Values to count, not to look up.
fn counted() -> TextOptions {
    TextOptions::default().set_fast("raw")
}

/// Words with their number, for the ranking alone.
fn counted_words() -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(ANALYZER);
    TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqs))
}

/// Words with their positions; `scored` where their number counts for the ranking.
fn in_words(scored: bool) -> TextOptions {
    positions(ANALYZER, scored)
}

/// The terms that `tokenizer` finds, with their positions.
fn positions(tokenizer: &str, scored: bool) -> TextOptions {
    let indexing = TextFieldIndexing::default().set_tokenizer(tokenizer).set_fieldnorms(scored);
    TextOptions::default().set_indexing_options(indexing.set_index_option(IndexRecordOption::WithFreqsAndPositions))
}
