//! Figures of names: a mention is right where its span and its kind are, as in Tjong Kim Sang and De Meulder,
//! "Introduction to the `CoNLL`-2003 Shared Task" (`CoNLL` 2003).
//!
//! A trailing 's belongs to no mention, on either side.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::lines::{Identifier, Line};
use super::{Mistake, Prediction, Predictor, Scored, Tally, misplaced};
use crate::error::Result;
use crate::extract::{Annotations, EntityKind};

/// Bytes on each side of a mistake that are shown with it, about.
const CONTEXT: usize = 200;

/// All figures of names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Articles in the gold standard.
    pub articles: usize,
    /// Articles of it that are not predicted, or with another text.
    pub missing: usize,
    /// Spans with their kind, for each of [`EntityKind::ALL`].
    pub kinds: [Tally; EntityKind::ALL.len()],
    /// Spans, whatever their kind.
    pub boundaries: Tally,
}

impl Figures {
    /// Spans with their kind, of all kinds.
    pub fn all(&self) -> Tally {
        let mut all = Tally::default();
        self.kinds.iter().for_each(|&kind| all += kind);
        all
    }

    /// Adds the figures of other articles.
    pub(super) fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.missing += other.missing;
        for (own, other) in self.kinds.iter_mut().zip(other.kinds) {
            *own += other;
        }
        self.boundaries += other.boundaries;
    }
}

/// An article of the gold standard, as it stands in the file; ranges of bytes.
#[derive(Deserialize)]
struct GoldLine {
    id: Identifier,
    text: String,
    entities: Vec<GoldMention>,
}

#[derive(Deserialize)]
struct GoldMention {
    span: [usize; 2],
    r#type: String,
}

/// What is predicted of an article, as it stands in a file.
#[derive(Deserialize)]
pub(super) struct PredictedEntities {
    entities: Vec<EntityLine>,
}

#[derive(Deserialize)]
struct EntityLine {
    r#type: String,
    mentions: Vec<[usize; 2]>,
}

impl PredictedEntities {
    fn new(annotations: &Annotations) -> Self {
        let line = |entity: &crate::extract::Entity| EntityLine {
            r#type: entity.kind.as_str().into(),
            mentions: entity.mentions.iter().map(|span| [span.begin, span.end]).collect(),
        };
        Self { entities: annotations.entities.iter().map(line).collect() }
    }
}

/// A mention, with its kind.
type Named = ([usize; 2], EntityKind);

/// Scores the article on `line` of the file `path`.
pub(super) fn score(line: &Line, path: &Path, predictor: &Predictor) -> Scored<(Identifier, Figures)> {
    let gold: GoldLine = line.parse(path)?;
    let text = gold.text.as_str();
    let id = gold.id.clone().into_text();
    let mut names = BTreeSet::new();
    for GoldMention { span, r#type } in &gold.entities {
        let span = bare(text, *span).ok_or_else(|| line.error(path, misplaced(*span)))?;
        names.extend(kind(r#type).map(|kind| (span, kind)));
    }
    let predicted = predictor.predict(&id, text, PredictedEntities::new)?.filter(|predicted| predicted.text == text);
    let missing = usize::from(predicted.is_none());
    let predicted = predicted.map_or_else(|| Ok(BTreeSet::new()), |predicted| mentions(&predicted))?;
    let mut figures =
        Figures { articles: 1, missing, boundaries: boundaries(&names, &predicted), ..Figures::default() };
    for (tally, kind) in figures.kinds.iter_mut().zip(EntityKind::ALL) {
        *tally = of_kind(&names, &predicted, kind);
    }
    let mistakes = mistakes(&id, text, &names, &predicted);
    Ok(((gold.id, figures), mistakes))
}

fn mentions(predicted: &Prediction<PredictedEntities>) -> Result<BTreeSet<Named>> {
    let mut mentions = BTreeSet::new();
    for entity in &predicted.found.entities {
        let kind = kind(&entity.r#type).unwrap_or(EntityKind::Other);
        for &span in &entity.mentions {
            let span = bare(&predicted.text, span).ok_or_else(|| predicted.misplaced(span))?;
            mentions.insert((span, kind));
        }
    }
    Ok(mentions)
}

fn kind(name: &str) -> Option<EntityKind> {
    EntityKind::ALL.into_iter().find(|kind| kind.as_str() == name)
}

/// The range without a trailing 's; `None` where it is no range of `text` on character boundaries.
fn bare(text: &str, [begin, mut end]: [usize; 2]) -> Option<[usize; 2]> {
    let mut words = text.get(begin..end)?;
    for tail in ["'s", "’s"] {
        words = words.strip_suffix(tail).unwrap_or(words);
        end = begin + words.len();
    }
    Some([begin, end])
}

fn of_kind(gold: &BTreeSet<Named>, predicted: &BTreeSet<Named>, kind: EntityKind) -> Tally {
    let count = |names: &BTreeSet<Named>| names.iter().filter(|name| name.1 == kind).count();
    let right = gold.intersection(predicted).filter(|name| name.1 == kind).count();
    Tally { right, predicted: count(predicted), gold: count(gold) }
}

fn boundaries(gold: &BTreeSet<Named>, predicted: &BTreeSet<Named>) -> Tally {
    let spans = |names: &BTreeSet<Named>| names.iter().map(|name| name.0).collect::<BTreeSet<_>>();
    let (gold, predicted) = (spans(gold), spans(predicted));
    Tally { right: gold.intersection(&predicted).count(), predicted: predicted.len(), gold: gold.len() }
}

/// What is only on one side, in order of place.
fn mistakes(id: &str, text: &str, gold: &BTreeSet<Named>, predicted: &BTreeSet<Named>) -> Vec<Mistake> {
    let at = |names: &BTreeSet<Named>, span| names.iter().find(|name| name.0 == span).map(|name| name.1.as_str());
    let mut wrong: BTreeSet<_> = gold.symmetric_difference(predicted).map(|name| name.0).collect();
    // A span that has its kind on both sides and another one beside it is not worth a line.
    wrong.retain(|&span| at(gold, span) != at(predicted, span));
    let mistake = |span: [usize; 2]| {
        let (right, said) = (at(gold, span), at(predicted, span));
        Mistake {
            article: id.to_owned(),
            kind: match (right, said) {
                (Some(_), Some(_)) => "wrong type",
                (Some(_), None) => "missed",
                (None, _) => "not a name",
            },
            words: text[span[0]..span[1]].to_owned(),
            context: context(text, span).to_owned(),
            gold: right.map(|right| vec![right.to_owned()]),
            said: said.map(str::to_owned),
        }
    };
    wrong.into_iter().map(mistake).collect()
}

fn context(text: &str, [begin, end]: [usize; 2]) -> &str {
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let from = (0..=begin.saturating_sub(CONTEXT)).rev().find(is_boundary).unwrap_or(0);
    let to = (end + CONTEXT..text.len()).find(is_boundary).unwrap_or(text.len());
    &text[from..to]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_possessive_ending_belongs_to_no_name() {
        let check = |text: &str, expect: &str| {
            let [begin, end] = bare(text, [0, text.len()]).unwrap();
            assert_eq!(&text[begin..end], expect);
        };
        check("Tull's", "Tull");
        check("Tull’s", "Tull");
        check("Tulls", "Tulls");
        check("Tull’s's", "Tull");
        assert_eq!(bare("é", [1, 2]), None);
        assert_eq!(bare("é", [2, 3]), None);
    }

    #[test]
    fn mistakes_say_what_is_wrong() {
        use EntityKind::{Organization, Person, Place};
        let text = "Ada met Bo in Oslo";
        let gold = BTreeSet::from([([0, 3], Person), ([8, 10], Person), ([14, 18], Place)]);
        let predicted = BTreeSet::from([([0, 3], Person), ([8, 10], Organization), ([4, 7], Person)]);
        let found: Vec<_> = mistakes("a", text, &gold, &predicted).into_iter().map(|m| (m.kind, m.words)).collect();
        let expect = [("not a name", "met"), ("wrong type", "Bo"), ("missed", "Oslo")];
        assert_eq!(found, expect.map(|(kind, words)| (kind, words.to_owned())));
        let whole = of_kind(&gold, &predicted, Person);
        assert_eq!(whole, Tally { right: 1, predicted: 2, gold: 2 });
        assert_eq!(boundaries(&gold, &predicted), Tally { right: 2, predicted: 3, gold: 3 });
    }
}
