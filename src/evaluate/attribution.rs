//! Attributions of a gold standard, and predicted quotes in its characters.

use std::path::Path;

use serde::Deserialize;

use super::Prediction;
use super::lines::{Identifier, Line};
use super::stretch::{Characters, Stretch};
use crate::error::Result;
use crate::extract::{Annotations, Quote};
use crate::text::Span;

/// An article of the gold standard, as it stands in the file.
#[derive(Deserialize)]
struct GoldLine {
    id: Identifier,
    text: String,
    attributions: Vec<AttributionLine>,
}

#[derive(Deserialize)]
struct AttributionLine {
    content: Vec<[i64; 2]>,
    source: Vec<[i64; 2]>,
    cue: Vec<[i64; 2]>,
    kind: String,
    /// The speaker's name, where the gold standard tells who speaks but not where that stands.
    speaker: Option<String>,
}

/// What is predicted of an article, as it stands in a file; ranges of bytes.
#[derive(Deserialize)]
pub(super) struct PredictedQuotes {
    #[serde(default)]
    quotes: Vec<QuoteLine>,
}

#[derive(Deserialize)]
struct QuoteLine {
    spans: Vec<[usize; 2]>,
    cue: Option<[usize; 2]>,
    speaker: Option<SpeakerLine>,
    confidence: Option<f32>,
}

#[derive(Deserialize)]
struct SpeakerLine {
    span: Option<[usize; 2]>,
    name: Option<String>,
}

impl PredictedQuotes {
    /// What extraction found, as a file would have it.
    pub(super) fn new(annotations: &Annotations) -> Self {
        Self { quotes: annotations.quotes.iter().map(QuoteLine::new).collect() }
    }
}

impl QuoteLine {
    fn new(quote: &Quote) -> Self {
        let range = |span: Span| [span.begin, span.end];
        Self {
            spans: quote.spans.iter().copied().map(range).collect(),
            cue: quote.cue.map(range),
            speaker: quote
                .speaker
                .as_ref()
                .map(|speaker| SpeakerLine { span: speaker.span.map(range), name: speaker.name.clone() }),
            confidence: Some(quote.confidence),
        }
    }
}

/// An article of the gold standard.
pub(super) struct Gold {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) attributions: Vec<Attribution>,
}

impl Gold {
    /// Reads `line` of the file `path`.
    pub(super) fn read(line: &Line, path: &Path) -> Result<Self> {
        let GoldLine { id, text, attributions } = line.parse(path)?;
        let characters = Characters::new(&text);
        let attributions = attributions.iter().map(|attribution| Attribution::new(attribution, &characters));
        let attributions = attributions.collect::<Result<_, _>>().map_err(|message| line.error(path, message))?;
        Ok(Self { id: id.into_text(), text, attributions })
    }
}

/// Who is said to have said what, in characters.
pub(super) struct Attribution {
    pub(super) content: Vec<Stretch>,
    pub(super) source: Vec<Stretch>,
    pub(super) cue: Vec<Stretch>,
    /// The speaker by name, where the gold standard has that.
    pub(super) name: Option<String>,
    /// True where some of it stands between quotation marks.
    pub(super) is_quoted: bool,
}

impl Attribution {
    fn new(line: &AttributionLine, text: &Characters) -> Result<Self, String> {
        let all = |ranges: &[[i64; 2]]| -> Result<Vec<Stretch>, String> {
            ranges.iter().map(|&range| gold_stretch(range, text)).collect()
        };
        Ok(Self {
            content: all(&line.content)?,
            source: all(&line.source)?,
            cue: all(&line.cue)?,
            name: line.speaker.clone(),
            is_quoted: matches!(line.kind.as_str(), "direct" | "mixed"),
        })
    }
}

fn gold_stretch([begin, end]: [i64; 2], text: &Characters) -> Result<Stretch, String> {
    if 0 <= begin && begin <= end && end <= text.len() {
        return Ok(Stretch::new(begin, end));
    }
    Err(format!("[{begin}, {end}] is no range of the text, which has {} characters", text.len()))
}

/// A predicted quote, in characters of the gold standard's text.
pub(super) struct Said {
    pub(super) spans: Vec<Stretch>,
    pub(super) cue: Option<Stretch>,
    pub(super) speaker: Option<Stretch>,
    /// The speaker's resolved name.
    pub(super) name: Option<String>,
    /// `None` where the prediction tells none.
    pub(super) confidence: Option<f32>,
}

/// The predicted quotes in characters of the text `gold`; `None` where the predicted text neither holds it nor is a
/// part of it.
pub(super) fn aligned(predicted: &Prediction<PredictedQuotes>, gold: &str) -> Result<Option<Vec<Said>>> {
    let text = predicted.text.as_str();
    let Some(shift) = shift(text, gold) else { return Ok(None) };
    let mut places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    places.push(text.len());
    let stretch = |range: [usize; 2]| {
        let [begin, end] = range.map(|byte| places.binary_search(&byte).ok().map(|at| at as i64));
        let stretch = Stretch::new(begin?, end?);
        (stretch.len() >= 0).then(|| stretch.shifted(-shift))
    };
    let stretch = |range| stretch(range).ok_or_else(|| predicted.misplaced(range));
    let said = |quote: &QuoteLine| {
        Ok(Said {
            spans: quote.spans.iter().map(|&range| stretch(range)).collect::<Result<_>>()?,
            cue: quote.cue.map(stretch).transpose()?,
            speaker: quote.speaker.as_ref().and_then(|speaker| speaker.span).map(stretch).transpose()?,
            name: quote.speaker.as_ref().and_then(|speaker| speaker.name.clone()),
            confidence: quote.confidence,
        })
    };
    predicted.found.quotes.iter().map(said).collect::<Result<_>>().map(Some)
}

/// How many characters of `predicted` stand before `gold`, or, negative, how many of `gold` before `predicted`.
fn shift(predicted: &str, gold: &str) -> Option<i64> {
    let characters = |text: &str| text.chars().count() as i64;
    if let Some(at) = predicted.find(gold) {
        return Some(characters(&predicted[..at]));
    }
    let at = gold.find(predicted).filter(|_| !predicted.is_empty())?;
    Some(-characters(&gold[..at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_aligned_where_one_holds_the_other() {
        let check = |predicted, expect| assert_eq!(shift(predicted, "Ça va, « oui »."), expect, "{predicted}");
        check("Ça va, « oui ».", Some(0));
        check("« É »\nÇa va, « oui ».\n", Some(6));
        check("« oui »", Some(-7));
        check("", None);
        check("Ça va, « non ».", None);
    }
}
