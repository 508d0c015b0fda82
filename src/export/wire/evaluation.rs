//! Figures of an evaluation in the JSON shape; precision, recall, F1 and shares in percent.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Body, Line};
use crate::evaluate::{Figures, Level, Mistake, Tally, entities, quotes};
use crate::extract::EntityKind;
use crate::ranking::Ranking;

/// All figures.
#[derive(Debug, Serialize)]
#[serde(tag = "of", rename_all = "lowercase")]
pub(super) enum EvaluationFields {
    Quotes {
        articles: usize,
        missing: usize,
        segments: TallyFields,
        speaker: SpeakerShares,
        confidence: Vec<LevelFields>,
        together: TallyFields,
        named: Option<SpeakerShares>,
        overlap: Vec<OverlapFields>,
        exact: BTreeMap<&'static str, TallyFields>,
    },
    Entities {
        articles: usize,
        missing: usize,
        types: BTreeMap<&'static str, TallyFields>,
        boundaries: TallyFields,
        all: TallyFields,
    },
}

#[derive(Debug, Serialize)]
pub(super) struct TallyFields {
    precision: f64,
    recall: f64,
    f1: f64,
    right: usize,
    predicted: usize,
    gold: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct SpeakerShares {
    right: f64,
    unknown: f64,
    of: usize,
}

#[derive(Debug, Serialize)]
pub(super) struct LevelFields {
    least: f32,
    told: f64,
    wrong: f64,
}

#[derive(Debug, Serialize)]
pub(super) struct OverlapFields {
    threshold: f64,
    among: &'static str,
    #[serde(flatten)]
    contents: TallyFields,
    speaker: f64,
}

impl TallyFields {
    fn new(tally: Tally) -> Self {
        let Tally { right, predicted, gold } = tally;
        Self { precision: tally.precision(), recall: tally.recall(), f1: tally.f1(), right, predicted, gold }
    }
}

impl SpeakerShares {
    fn new(speakers: quotes::Speakers) -> Self {
        Self { right: speakers.accuracy(), unknown: speakers.unknown_share(), of: speakers.all }
    }
}

impl LevelFields {
    fn new(Level { confidence, told, wrong }: Level) -> Self {
        Self { least: confidence, told, wrong }
    }
}

impl EvaluationFields {
    pub(super) fn new(figures: &Figures) -> Self {
        match figures {
            Figures::Quotes(figures) => Self::quotes(figures),
            Figures::Entities(figures) => Self::entities(figures),
        }
    }

    fn quotes(figures: &quotes::Figures) -> Self {
        let overlap = |overlap: &quotes::Overlap| OverlapFields {
            threshold: overlap.threshold,
            among: overlap.among(),
            contents: TallyFields::new(overlap.contents),
            speaker: overlap.speakers.accuracy(),
        };
        let exact = [("source", figures.source), ("cue", figures.cue), ("content", figures.content)];
        Self::Quotes {
            articles: figures.articles,
            missing: figures.missing,
            segments: TallyFields::new(figures.segments),
            speaker: SpeakerShares::new(figures.speakers),
            confidence: figures.calibration.levels().map(LevelFields::new).collect(),
            together: TallyFields::new(figures.together),
            named: (figures.names.all > 0).then(|| SpeakerShares::new(figures.names)),
            overlap: figures.overlap.iter().map(overlap).collect(),
            exact: exact.into_iter().map(|(what, tally)| (what, TallyFields::new(tally))).collect(),
        }
    }

    fn entities(figures: &entities::Figures) -> Self {
        let types = EntityKind::ALL.into_iter().zip(figures.kinds);
        Self::Entities {
            articles: figures.articles,
            missing: figures.missing,
            types: types.map(|(kind, tally)| (kind.as_str(), TallyFields::new(tally))).collect(),
            boundaries: TallyFields::new(figures.boundaries),
            all: TallyFields::new(figures.all()),
        }
    }
}

/// A place where prediction and gold standard differ.
#[derive(Debug, Serialize)]
pub(super) struct MistakeFields<'a> {
    id: &'a str,
    kind: &'static str,
    quote: &'a str,
    context: &'a str,
    gold: Option<&'a [String]>,
    said: Option<&'a str>,
}

impl<'a> MistakeFields<'a> {
    pub(super) fn new(mistake: &'a Mistake) -> Self {
        Self {
            id: &mistake.article,
            kind: mistake.kind,
            quote: &mistake.words,
            context: &mistake.context,
            gold: mistake.gold.as_deref(),
            said: mistake.said.as_deref(),
        }
    }
}

/// Measures of a ranking, from 0 to 1.
#[derive(Debug, Serialize)]
pub(super) struct RankingFields {
    queries: usize,
    map: f64,
    ndcg_10: f64,
    p_10: f64,
}

impl<'a> Line<'a> {
    /// The measures of a ranking.
    pub fn ranking(ranking: &Ranking) -> Self {
        let Ranking { queries, average_precision: map, gain: ndcg_10, precision: p_10 } = *ranking;
        Self::new("ranking", Body::Ranking(RankingFields { queries, map, ndcg_10, p_10 }))
    }

    /// The figures of an evaluation.
    pub fn evaluation(figures: &Figures) -> Self {
        Self::new("evaluation", Body::Evaluation(Box::new(EvaluationFields::new(figures))))
    }

    /// A mistake that an evaluation came upon.
    pub fn mistake(mistake: &'a Mistake) -> Self {
        Self::new("mistake", Body::Mistake(MistakeFields::new(mistake)))
    }
}
