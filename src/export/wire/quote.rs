//! Quotes that match.

use serde::Serialize;

use super::hit::{HeadFields, SnippetFields};
use super::{Body, Line, Range, range};
use crate::search::{QuoteGroup, QuoteHit};

/// A quote that matches, and its copies.
#[derive(Debug, Serialize)]
pub(super) struct QuoteFields<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    #[serde(flatten)]
    place: QuotePlace<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    copies: Option<Vec<QuotePlace<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speakers_disagree: Option<bool>,
}

/// A quote as one article prints it.
#[derive(Debug, Serialize)]
pub(super) struct QuotePlace<'a> {
    #[serde(flatten)]
    head: HeadFields<'a>,
    score: f32,
    kind: &'static str,
    spans: Vec<Range>,
    text: &'a str,
    cue: Option<&'a str>,
    speaker: SpeakerNames<'a>,
    addressee: Option<AddresseeNames<'a>>,
    embed: Option<&'static str>,
    about: &'a [String],
    sentence: SnippetFields<'a>,
    reason: &'a str,
    confidence: f32,
    superseded: bool,
}

/// Who said a quote, as printed and as resolved.
#[derive(Debug, Serialize)]
struct SpeakerNames<'a> {
    printed: Option<&'a str>,
    name: Option<&'a str>,
    role: Option<&'a str>,
    class: Option<&'static str>,
}

/// To whom a quote is said, as printed and as resolved.
#[derive(Debug, Serialize)]
struct AddresseeNames<'a> {
    printed: &'a str,
    name: Option<&'a str>,
}

impl<'a> Line<'a> {
    /// A quote that matches.
    pub fn quote(hit: &'a QuoteHit) -> Self {
        let fields = QuoteFields { group: None, place: QuotePlace::new(hit), copies: None, speakers_disagree: None };
        Self::new("quote", Body::Quote(Box::new(fields)))
    }

    /// A quote that matches, with its copies; below `heading`, the value that quotes are grouped by, where they are.
    pub fn quote_group(group: &'a QuoteGroup, heading: Option<&'a str>) -> Self {
        let fields = QuoteFields {
            group: heading,
            place: QuotePlace::new(&group.quote),
            copies: Some(group.copies.iter().map(QuotePlace::new).collect()),
            speakers_disagree: Some(group.speakers_disagree()),
        };
        Self::new("quote", Body::Quote(Box::new(fields)))
    }
}

impl<'a> QuotePlace<'a> {
    pub(super) fn new(hit: &'a QuoteHit) -> Self {
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
            addressee: hit.addressee.as_ref().map(|(printed, name)| AddresseeNames { printed, name: name.as_deref() }),
            embed: hit.embed.map(crate::extract::Embed::as_str),
            about: &hit.about,
            sentence: SnippetFields::new(&hit.sentence),
            reason: &hit.reason,
            confidence: hit.confidence,
            superseded: hit.superseded,
        }
    }
}
