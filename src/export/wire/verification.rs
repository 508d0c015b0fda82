//! What became of quotes since they were indexed, in the JSON shape.

use serde::Serialize;

use super::{Body, Line};
use crate::search::QuoteHit;
use crate::text::Span;
use crate::verify::{Fate, Finding, Verification};

/// A quote that does not stand where it did.
#[derive(Debug, Serialize)]
pub(super) struct FindingFields<'a> {
    article: &'a str,
    path: &'a str,
    fate: &'static str,
    spans: Vec<[usize; 2]>,
    text: &'a str,
    speaker: Option<&'a str>,
    now: Option<Place<'a>>,
}

/// Where the words stand now.
#[derive(Debug, Serialize)]
struct Place<'a> {
    path: &'a str,
    spans: Vec<[usize; 2]>,
    line: usize,
}

impl<'a> FindingFields<'a> {
    pub(super) fn new(finding: &'a Finding) -> Self {
        let quote: &QuoteHit = &finding.quote;
        let now = match &finding.fate {
            Fate::Moved { article, spans, line } => Some(Place { path: article, spans: ranges(spans), line: *line }),
            Fate::Changed | Fate::Vanished => None,
        };
        Self {
            article: &quote.article.id,
            path: &quote.article.path,
            fate: finding.fate.as_str(),
            spans: ranges(&quote.spans),
            text: &quote.words,
            speaker: quote.speaker.as_deref().or(quote.printed.as_deref()),
            now,
        }
    }
}

fn ranges(spans: &[Span]) -> Vec<[usize; 2]> {
    spans.iter().map(|span| [span.begin, span.end]).collect()
}

/// The figures of a verification.
#[derive(Debug, Serialize)]
pub(super) struct VerificationFields {
    files: usize,
    changed_files: usize,
    vanished_files: usize,
    unread_files: usize,
    quotes: usize,
    standing: usize,
    moved: usize,
    changed: usize,
    vanished: usize,
}

impl VerificationFields {
    pub(super) fn new(verification: &Verification) -> Self {
        let &Verification {
            files, changed_files, vanished_files, unread_files, quotes, moved, changed, vanished, ..
        } = verification;
        let standing = verification.standing();
        Self { files, changed_files, vanished_files, unread_files, quotes, standing, moved, changed, vanished }
    }
}

impl<'a> Line<'a> {
    /// A quote that does not stand where it did.
    pub fn finding(finding: &'a Finding) -> Self {
        Self::new("finding", Body::Finding(FindingFields::new(finding)))
    }

    /// The figures of a verification.
    pub fn verification(verification: &Verification) -> Self {
        Self::new("verification", Body::Verification(VerificationFields::new(verification)))
    }
}
