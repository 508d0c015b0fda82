//! One news story with its fields, each with where it was read and how sure that is.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::text::Span;

/// How much of a text is searched for names and quotes, in bytes. No story is longer; what is, is a file of another
/// kind, and would take memory many times its size.
pub const LONGEST_STORY: usize = 1 << 20;

/// One article: its text, verbatim, and what was read of who printed it, where and when.
///
/// A field that the file does not tell is `None`, never guessed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// File that holds the article: an absolute path, followed by `!/` and the member's name inside a container.
    pub path: String,
    /// The text as decoded from the file, unaltered. Every [`Span`] of the article points into it.
    pub text: String,
    /// The running text inside [`text`](Self::text), without address, headline, byline and date lines above it.
    pub body: Span,
    /// Headline.
    pub headline: Option<Field<String>>,
    /// Who published the article, by its usual name ("The Guardian").
    pub outlet: Option<Field<String>>,
    /// The news agency whose copy the outlet ran, where a dateline or credit names one ("Reuters").
    pub wire: Option<Field<String>>,
    /// Day of publication.
    pub date: Option<Field<PublicationDate>>,
    /// Who wrote it, one value a person, without "By".
    pub bylines: Vec<Field<String>>,
    /// Place that the dateline names.
    pub place: Option<Field<String>>,
    /// Language of the text as an ISO 639-1 code ("en").
    pub language: Option<Field<String>>,
    /// Address that the article was published at.
    pub url: Option<Field<String>>,
    /// Identifier that all versions of the article share, as its publisher gives it, without the version.
    pub guid: Option<Field<String>>,
    /// Number of this version: of the articles with one guid, the highest is the latest.
    pub revision: Option<Field<u64>>,
    /// What the file's own markup sets off from the running text, in order, none overlapping another.
    pub set_off: Vec<SetOff>,
    /// What in the text is not to be read, in order, none overlapping another: the file's header, addresses of links, marks
    /// of emphasis. Extraction reads on as if it were not there.
    pub markup: Vec<Span>,
    /// Values that were read for a field and did not become it: kept for inspection, never indexed.
    pub rejected: Vec<Rejected>,
}

impl Article {
    /// The running text.
    pub fn body(&self) -> &str {
        self.body.of(&self.text)
    }
}

/// A value with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Field<T> {
    /// The value, normalised.
    pub value: T,
    /// Where it was read, and how sure that is.
    pub evidence: Evidence,
}

impl<T> Field<T> {
    /// `value`, read at `origin` with full confidence and no place in the text.
    pub fn new(value: T, origin: Origin) -> Self {
        Self { value, evidence: Evidence::of(origin) }
    }

    /// The same field, read at `span` of the text.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.evidence.span = Some(span);
        self
    }

    /// The same field with `confidence`, from 0 to 1.
    #[must_use]
    pub fn sure(mut self, confidence: f32) -> Self {
        self.evidence.confidence = confidence;
        self
    }
}

/// Why a field has its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// Kind of place that the value was read from.
    pub origin: Origin,
    /// How sure that is, from 0 to 1.
    pub confidence: f32,
    /// Bytes of the article's text that say so, where it is the text that does.
    pub span: Option<Span>,
}

impl Evidence {
    /// Full confidence in what stands at `origin`, with no place in the text.
    pub const fn of(origin: Origin) -> Self {
        Self { origin, confidence: 1.0, span: None }
    }
}

/// Kind of place that a field's value is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A field of its own in the file's format: an XML element, a JSON key, a meta tag.
    Metadata,
    /// The headline line.
    Headline,
    /// The byline.
    Byline,
    /// The dateline that opens the text.
    Dateline,
    /// A line such as "Published 12 October 2025".
    DateLine,
    /// A credit or copyright line.
    Credit,
    /// The address that the article was published at.
    Url,
    /// The name of the file.
    FileName,
    /// The name of a folder above the file.
    Folder,
    /// The text as a whole.
    Text,
}

impl Origin {
    /// The word that reports and the wire format use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Headline => "headline",
            Self::Byline => "byline",
            Self::Dateline => "dateline",
            Self::DateLine => "date line",
            Self::Credit => "credit",
            Self::Url => "url",
            Self::FileName => "file name",
            Self::Folder => "folder",
            Self::Text => "text",
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A field of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldName {
    /// [`Article::headline`]
    Headline,
    /// [`Article::outlet`]
    Outlet,
    /// [`Article::wire`]
    Wire,
    /// [`Article::date`]
    Date,
    /// [`Article::bylines`]
    Byline,
    /// [`Article::place`]
    Place,
    /// [`Article::language`]
    Language,
    /// [`Article::url`]
    Url,
    /// [`Article::guid`]
    Guid,
    /// [`Article::revision`]
    Revision,
}

impl FieldName {
    /// The word that screens and the wire format use.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Outlet => "outlet",
            Self::Wire => "wire",
            Self::Date => "date",
            Self::Byline => "byline",
            Self::Place => "place",
            Self::Language => "language",
            Self::Url => "url",
            Self::Guid => "guid",
            Self::Revision => "revision",
        }
    }
}

/// A value that was read for a field and did not become it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejected {
    /// The field that it was read for.
    pub field: FieldName,
    /// The value, as read.
    pub value: String,
    /// Where it was read, and how sure that was.
    pub evidence: Evidence,
    /// Why it lost, in a few words.
    pub why: String,
}

/// Day, and where the article tells it the time, of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicationDate {
    /// The day as printed, in the outlet's own time zone.
    pub day: NaiveDate,
    /// The moment, with its time zone, where both are told.
    pub time: Option<DateTime<FixedOffset>>,
}

impl From<NaiveDate> for PublicationDate {
    fn from(day: NaiveDate) -> Self {
        Self { day, time: None }
    }
}

/// A part of the text that the file's markup sets off: a block quote, a post that the page embeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SetOff {
    /// Bytes of the article's text.
    pub span: Span,
    /// What it is set off as.
    pub embed: Embed,
}

/// How words are set off from the running text, as web pages and letters do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Embed {
    /// A post on a network, signed with its author's handle.
    Post,
    /// A message with its header, or lines that a message repeats from another.
    Email,
    /// A block quote: an element of its own on a page, lines that begin with `>`, or that are indented.
    Block,
}

impl Embed {
    /// All, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Post, Self::Email, Self::Block];

    /// The word that the wire format uses.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Email => "email",
            Self::Block => "block",
        }
    }
}

impl fmt::Display for Embed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Something odd about one article that did not keep it from being read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// One line for a person: lower case, names the thing.
    pub message: String,
}

impl Warning {
    /// A warning that says `message`.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into() }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
