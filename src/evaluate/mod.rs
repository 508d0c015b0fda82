//! Extraction measured against a gold standard: the figures that publications on quotes and on names give.
//!
//! A gold standard is a file of JSON lines, one article each, with its `attributions` (quotes, in characters) or its
//! `entities` (names, in bytes). [`quotes`] and [`entities`] say what is counted, and how.

mod attribution;
mod calibration;
pub mod entities;
mod lines;
pub mod litbank;
pub mod quotes;
mod stretch;
mod tally;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::error::{Error, Result};
use crate::extract::{Annotations, annotate_article};
use crate::ordered::map_in_order;
use crate::parse;
use lines::{Identifier, Line, Predictions, lines};

pub use calibration::{Calibration, Level};
pub use tally::Tally;

/// Bytes of gold standard under way at a time.
const BUDGET: u64 = 64 << 20;

/// What an evaluation came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Figures {
    /// Of quotes and their speakers.
    Quotes(Box<quotes::Figures>),
    /// Of names.
    Entities(entities::Figures),
}

/// A place where prediction and gold standard differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Identifier of the article.
    pub article: String,
    /// What is wrong ("missed", "no speaker").
    pub kind: &'static str,
    /// The words concerned.
    pub words: String,
    /// The words with some text on both sides.
    pub context: String,
    /// What would have been right: the speakers as printed, or the kind of thing that is named.
    pub gold: Option<Vec<String>>,
    /// What was predicted instead.
    pub said: Option<String>,
}

/// Measures against the gold standard in the file `gold`, and hands each mistake to `mistakes`, in order.
///
/// What is measured is the `predictions` in a file of the shape that `newsdex extract` prints, or, without one, what
/// extraction on `threads` threads finds in the texts of the gold standard. `None` where that holds no article.
///
/// # Errors
/// Where a file cannot be read, and [`Error::Line`] where one of its lines is not as it should be.
pub fn evaluate(
    gold: &Path,
    predictions: Option<&Path>,
    threads: usize,
    mistakes: &mut dyn FnMut(Mistake),
) -> Result<Option<Figures>> {
    let mut lines = lines(gold)?.peekable();
    let task = match lines.peek() {
        None => return Ok(None),
        // The line that cannot be read is met again below.
        Some(first) => first.as_ref().map_or(Ok(Task::Quotes), |line| line.parse::<Keys>(gold)?.task(line, gold))?,
    };
    let predictor = match predictions {
        Some(path) => Predictor::File(Predictions::open(path)?),
        None => Predictor::Extraction,
    };
    let scorer = Scorer { gold: gold.into(), predictor };
    match task {
        Task::Quotes => scorer.quotes(lines, threads, mistakes).map(|figures| Figures::Quotes(Box::new(figures))),
        Task::Entities => scorer.entities(lines, threads, mistakes).map(Figures::Entities),
    }
    .map(Some)
}

/// What a gold standard is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    Quotes,
    Entities,
}

/// Which gold a line holds, whatever it is.
#[derive(Deserialize)]
struct Keys {
    attributions: Option<IgnoredAny>,
    entities: Option<IgnoredAny>,
}

impl Keys {
    fn task(&self, line: &Line, path: &Path) -> Result<Task> {
        match (&self.attributions, &self.entities) {
            (Some(_), _) => Ok(Task::Quotes),
            (None, Some(_)) => Ok(Task::Entities),
            (None, None) => Err(line.error(path, "neither `attributions` nor `entities`")),
        }
    }
}

/// Where predictions come from.
enum Predictor {
    File(Predictions),
    Extraction,
}

/// The text of a predicted article, as it stands in a file.
#[derive(Deserialize)]
struct PredictedText {
    text: Option<String>,
    /// Stands in an article's place where it could not be read.
    error: Option<IgnoredAny>,
}

impl Predictor {
    /// The text and what is predicted of it, for the article `id` with the given `text`; `None` where nothing is.
    ///
    /// `of` brings what extraction finds into the shape of a prediction.
    fn predict<P: DeserializeOwned>(
        &self,
        id: &str,
        text: &str,
        of: impl Fn(&Annotations) -> P,
    ) -> Result<Option<Prediction<'_, P>>> {
        let predictions = match self {
            Self::Extraction => {
                let (article, _) = parse::parse_text("", text.to_owned());
                let found = of(&annotate_article(&article));
                return Ok(Some(Prediction { text: article.text, found, origin: None }));
            }
            Self::File(predictions) => predictions,
        };
        let Some(line) = predictions.line(id)? else { return Ok(None) };
        let PredictedText { text, error } = line.parse(&predictions.path)?;
        match (text, error) {
            (Some(text), _) => {
                let found = line.parse(&predictions.path)?;
                Ok(Some(Prediction { text, found, origin: Some((line, &predictions.path)) }))
            }
            (None, Some(_)) => Ok(None),
            (None, None) => Err(line.error(&predictions.path, "no string `text`")),
        }
    }
}

/// What is predicted of a text.
struct Prediction<'a, P> {
    text: String,
    found: P,
    /// Line and file, where it was read from one.
    origin: Option<(Line, &'a Path)>,
}

impl<P> Prediction<'_, P> {
    /// The error that the range `[begin, end]` lies not on characters of the text.
    fn misplaced(&self, range: [usize; 2]) -> Error {
        let (line, path) = self.origin.as_ref().expect("extraction gives only ranges of its text");
        line.error(path, misplaced(range))
    }
}

fn misplaced([begin, end]: [usize; 2]) -> String {
    format!("[{begin}, {end}] is no range of the text in bytes, on character boundaries")
}

/// Scores article by article.
struct Scorer {
    gold: PathBuf,
    predictor: Predictor,
}

impl Scorer {
    fn quotes(
        &self,
        lines: impl Iterator<Item = Result<Line>> + Send,
        threads: usize,
        mistakes: &mut dyn FnMut(Mistake),
    ) -> Result<quotes::Figures> {
        let mut figures = quotes::Figures::default();
        let add = |one: quotes::Figures| figures.add(&one);
        each(lines, threads, |line| quotes::score(&line, &self.gold, &self.predictor), mistakes, add)?;
        Ok(figures)
    }

    fn entities(
        &self,
        lines: impl Iterator<Item = Result<Line>> + Send,
        threads: usize,
        mistakes: &mut dyn FnMut(Mistake),
    ) -> Result<entities::Figures> {
        // As in the reference, the last of several lines with one identifier counts.
        let mut articles = std::collections::BTreeMap::new();
        let add = |(id, one): (Identifier, entities::Figures)| {
            articles.insert(id, one);
        };
        each(lines, threads, |line| entities::score(&line, &self.gold, &self.predictor), mistakes, add)?;
        let mut figures = entities::Figures::default();
        for one in articles.values() {
            figures.add(one);
        }
        Ok(figures)
    }
}

/// Figures of one article, with its mistakes.
type Scored<F> = Result<(F, Vec<Mistake>)>;

/// Scores all `lines` and hands on mistakes and figures in their order, up to the first error.
fn each<F: Send>(
    lines: impl Iterator<Item = Result<Line>> + Send,
    threads: usize,
    score: impl Fn(Line) -> Scored<F> + Sync,
    mistakes: &mut dyn FnMut(Mistake),
    mut add: impl FnMut(F),
) -> Result<()> {
    let mut failure = None;
    let weight = |line: &Result<Line>| line.as_ref().map_or(0, |line| line.bytes.len() as u64);
    let work = |line: Result<Line>| line.and_then(&score);
    map_in_order(lines, threads, BUDGET, weight, work, |scored| match scored {
        Ok((figures, made)) => {
            made.into_iter().for_each(&mut *mistakes);
            add(figures);
            ControlFlow::Continue(())
        }
        Err(error) => {
            failure = Some(error);
            ControlFlow::Break(())
        }
    });
    failure.map_or(Ok(()), Err)
}
