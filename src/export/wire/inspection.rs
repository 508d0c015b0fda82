//! How one file was read: what it was taken for, each field with its evidence, what was rejected and why.

use serde::Serialize;

use super::{Body, Line, Range, day, range};
use crate::article::{Article, Evidence, Rejected, Warning};
use crate::crawl::{How, Skipped};
use crate::parse::{Parsed, TakenFor};

/// How one file was read.
#[derive(Debug, Serialize)]
pub(super) struct InspectionFields<'a> {
    path: &'a str,
    format: Option<&'static str>,
    format_by: Option<&'static str>,
    encoding: Option<&'static str>,
    encoding_by: Option<&'static str>,
    lossy: bool,
    articles: Vec<InspectedArticle<'a>>,
    rejected: Vec<String>,
}

/// How one article was read.
#[derive(Debug, Serialize)]
struct InspectedArticle<'a> {
    path: &'a str,
    fields: Vec<InspectedField<'a>>,
    warnings: Vec<&'a str>,
    text: &'a str,
    body: Range,
}

/// A value that became a field, or lost.
#[derive(Debug, Serialize)]
struct InspectedField<'a> {
    field: &'static str,
    value: String,
    origin: &'static str,
    confidence: f32,
    span: Option<Range>,
    /// Why it did not become the field; null where it did.
    rejected: Option<&'a str>,
}

impl<'a> Line<'a> {
    /// How the file at `path` was read.
    pub fn inspection(path: &'a str, parsed: &'a Parsed) -> Self {
        let taken_for = parsed.taken_for.as_ref();
        let told = |tell: fn(&TakenFor) -> &'static str| taken_for.map(tell);
        Self::new(
            "inspection",
            Body::Inspection(InspectionFields {
                path,
                format: told(|taken| taken.format),
                format_by: told(|taken| taken.by),
                encoding: told(|taken| taken.encoding),
                encoding_by: told(|taken| how(taken.encoding_by)),
                lossy: taken_for.is_some_and(|taken| taken.lossy),
                articles: parsed.articles.iter().map(InspectedArticle::new).collect(),
                rejected: parsed.rejected.iter().map(ToString::to_string).collect(),
            }),
        )
    }

    /// A file that was turned away before anything could be read of it.
    pub fn turned_away(skipped: &'a Skipped) -> Self {
        Self::new(
            "inspection",
            Body::Inspection(InspectionFields {
                path: &skipped.path,
                format: None,
                format_by: None,
                encoding: None,
                encoding_by: None,
                lossy: false,
                articles: Vec::new(),
                rejected: vec![skipped.reason.to_string()],
            }),
        )
    }
}

const fn how(how: How) -> &'static str {
    match how {
        How::Mark => "mark",
        How::Valid => "bytes",
        How::Declared => "label",
        How::Guessed => "guess",
    }
}

impl<'a> InspectedArticle<'a> {
    fn new((article, warnings): &'a (Article, Vec<Warning>)) -> Self {
        let mut fields = InspectedField::all(article);
        fields.extend(article.rejected.iter().map(InspectedField::lost));
        Self {
            path: &article.path,
            fields,
            warnings: warnings.iter().map(|warning| warning.message.as_str()).collect(),
            text: &article.text,
            body: range(article.body),
        }
    }
}

impl<'a> InspectedField<'a> {
    /// The fields of `article` that are told.
    fn all(article: &Article) -> Vec<Self> {
        let texts = [
            ("headline", &article.headline),
            ("outlet", &article.outlet),
            ("wire", &article.wire),
            ("place", &article.place),
            ("language", &article.language),
            ("url", &article.url),
            ("guid", &article.guid),
        ];
        let text = |(name, field): (&'static str, &Option<crate::article::Field<String>>)| {
            field.as_ref().map(|field| Self::new(name, field.value.clone(), &field.evidence))
        };
        let mut fields: Vec<Self> = texts.into_iter().filter_map(text).collect();
        fields.extend(article.date.iter().map(|date| {
            let moment = date.value.time.map_or_else(|| day(&date.value), |time| time.to_rfc3339());
            Self::new("date", moment, &date.evidence)
        }));
        let revision = article.revision.iter();
        fields.extend(revision.map(|field| Self::new("revision", field.value.to_string(), &field.evidence)));
        let bylines = article.bylines.iter();
        fields.extend(bylines.map(|byline| Self::new("byline", byline.value.clone(), &byline.evidence)));
        fields
    }

    fn lost(rejected: &'a Rejected) -> Self {
        let field = Self::new(rejected.field.as_str(), rejected.value.clone(), &rejected.evidence);
        Self { rejected: Some(&rejected.why), ..field }
    }

    fn new(field: &'static str, value: String, evidence: &Evidence) -> Self {
        let origin = evidence.origin.as_str();
        let span = evidence.span.map(range);
        Self { field, value, origin, confidence: evidence.confidence, span, rejected: None }
    }
}
