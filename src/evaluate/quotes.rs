//! Figures of quotes and their speakers, against attributions as `PolNeAR` has them.
//!
//! - **Segments**: stretches of three words or more between quotation marks. Gold are those of which an attribution's
//!   content covers half, predicted those of which a quote does; the others are scare quotes, titles and terms.
//! - **Speaker**: of the segments both gold and predicted whose attribution has a source, how many have a speaker that
//!   overlaps it; together: F1 where a hit needs both. By confidence: the same for those that are at least so sure.
//! - **Named**: of the segments both gold and predicted whose attribution gives its speaker by name and not by place,
//!   how many have a speaker whose name has a word in common with it, titles apart.
//! - **Overlap**: contents matched one to one where they share more than a part of the gold's characters, as in Asr et
//!   al., "The Gender Gap Tracker" (PLOS ONE 16(1), 2021): over quoted attributions, and over all.
//! - **Exact**: spans equal but for space, marks and punctuation at their ends, as in Zhang et al., "`CofeNet`: Context
//!   and Former-Label Enhanced Net for Complicated Quotation Extraction" (COLING 2022), for all attributions.

use std::collections::BTreeSet;
use std::path::Path;

use super::attribution::{Attribution, Gold, PredictedQuotes, Said, aligned};
use super::lines::Line;
use super::stretch::{Characters, Stretch, covered};
use super::tally::percent;
use super::{Calibration, Mistake, Predictor, Scored, Tally};
use crate::text::name::is_title;

/// Fewest words of a segment.
const SEGMENT_WORDS: usize = 3;

/// Characters on each side of a mistake that are shown with it.
const CONTEXT: i64 = 200;

/// All figures of quotes.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// Articles in the gold standard.
    pub articles: usize,
    /// Articles of it that are not predicted, or with another text.
    pub missing: usize,
    /// Segments.
    pub segments: Tally,
    /// Speakers of segments.
    pub speakers: Speakers,
    /// Speakers of segments by the confidence of the quote, where that is told.
    pub calibration: Calibration,
    /// Segments with their speaker.
    pub together: Tally,
    /// Speakers of segments whose attribution tells them by name.
    pub names: Speakers,
    /// Contents by overlap.
    pub overlap: [Overlap; 4],
    /// Speakers' spans.
    pub source: Tally,
    /// Cues' spans.
    pub cue: Tally,
    /// Contents' spans, all those of a quote together.
    pub content: Tally,
}

/// How often the speaker was right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Speakers {
    /// Speakers that overlap the source.
    pub right: usize,
    /// Quotes that were given no speaker.
    pub unknown: usize,
    /// Quotes whose attribution has a source.
    pub all: usize,
}

impl Speakers {
    /// How many are right, in percent.
    pub fn accuracy(&self) -> f64 {
        percent(self.right, self.all)
    }

    /// How many have no speaker, in percent.
    pub fn unknown_share(&self) -> f64 {
        percent(self.unknown, self.all)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.unknown += other.unknown;
        self.all += other.all;
    }

    /// Counts the speaker of `quote` against the source of `attribution`; true where it is right or there is none.
    fn count(&mut self, attribution: &Attribution, quote: &Said) -> bool {
        let right = attribution.source.is_empty()
            || quote.speaker.is_some_and(|speaker| attribution.source.iter().any(|source| speaker.overlaps(*source)));
        if !attribution.source.is_empty() {
            self.all += 1;
            self.right += usize::from(right);
            self.unknown += usize::from(quote.speaker.is_none());
        }
        right
    }
}

/// Contents matched by the share of the gold's characters that they have in common.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Overlap {
    /// The share must be larger than this.
    pub threshold: f64,
    /// True where only direct and mixed attributions count, and predictions with words between quotation marks.
    pub quoted: bool,
    /// Contents.
    pub contents: Tally,
    /// Speakers of those that match.
    pub speakers: Speakers,
}

impl Overlap {
    fn new(threshold: f64, quoted: bool) -> Self {
        Self { threshold, quoted, contents: Tally::default(), speakers: Speakers::default() }
    }

    /// The word for which attributions count: "quoted" or "all".
    pub const fn among(&self) -> &'static str {
        if self.quoted { "quoted" } else { "all" }
    }
}

impl Default for Figures {
    fn default() -> Self {
        let none = Tally::default();
        Self {
            articles: 0,
            missing: 0,
            segments: none,
            speakers: Speakers::default(),
            calibration: Calibration::default(),
            together: none,
            names: Speakers::default(),
            overlap: [(0.3, true), (0.3, false), (0.8, true), (0.8, false)]
                .map(|(threshold, quoted)| Overlap::new(threshold, quoted)),
            source: none,
            cue: none,
            content: none,
        }
    }
}

impl Figures {
    /// Adds the figures of other articles.
    pub(super) fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.missing += other.missing;
        self.segments += other.segments;
        self.speakers.add(other.speakers);
        self.calibration += &other.calibration;
        self.together += other.together;
        self.names.add(other.names);
        for (own, other) in self.overlap.iter_mut().zip(&other.overlap) {
            own.contents += other.contents;
            own.speakers.add(other.speakers);
        }
        self.source += other.source;
        self.cue += other.cue;
        self.content += other.content;
    }
}

/// Scores the article on `line` of the file `path`.
pub(super) fn score(line: &Line, path: &Path, predictor: &Predictor) -> Scored<Figures> {
    let Gold { id, text, attributions } = Gold::read(line, path)?;
    let predicted = predictor.predict(&id, &text, PredictedQuotes::new)?;
    let said = predicted.map(|predicted| aligned(&predicted, &text)).transpose()?.flatten();
    let missing = usize::from(said.is_none());
    let text = Characters::new(&text);
    let quoted = text.quoted();
    let article = Article { id, text, attributions, said: said.unwrap_or_default(), quoted };
    let mut figures = Figures { articles: 1, missing, ..Figures::default() };
    let mistakes = article.segments(&mut figures);
    figures.overlap.iter_mut().for_each(|overlap| article.overlap(overlap));
    article.exact(&mut figures);
    Ok((figures, mistakes))
}

/// An article with what is gold and what is predicted.
struct Article {
    id: String,
    text: Characters,
    attributions: Vec<Attribution>,
    said: Vec<Said>,
    /// What stands between quotation marks.
    quoted: Vec<Stretch>,
}

impl Article {
    /// Counts segments and their speakers.
    fn segments(&self, figures: &mut Figures) -> Vec<Mistake> {
        let long = |stretch: &Stretch| self.text.words(*stretch) >= SEGMENT_WORDS;
        let segments = self.quoted.iter().copied().filter(long);
        segments.filter_map(|segment| self.segment(segment, figures)).collect()
    }

    fn segment(&self, segment: Stretch, figures: &mut Figures) -> Option<Mistake> {
        let attribution = covering(segment, &self.attributions, |attribution| &attribution.content);
        let quote = covering(segment, &self.said, |said| &said.spans);
        for tally in [&mut figures.segments, &mut figures.together] {
            tally.gold += usize::from(attribution.is_some());
            tally.predicted += usize::from(quote.is_some());
        }
        let said = quote.and_then(|quote| quote.speaker).map(|speaker| self.text.text(speaker));
        match (attribution, quote) {
            (Some(attribution), Some(quote)) => {
                figures.segments.right += 1;
                let right = figures.speakers.count(attribution, quote);
                if let (Some(confidence), false) = (quote.confidence, attribution.source.is_empty()) {
                    figures.calibration.count(confidence, quote.speaker.map(|_| right));
                }
                if let Some(name) = &attribution.name {
                    self.count_name(name, quote, &mut figures.names);
                }
                figures.together.right += usize::from(right);
                (!right).then(|| self.wrong_speaker(segment, attribution, said))
            }
            (Some(_), None) => Some(self.mistake("missed", segment)),
            (None, Some(_)) => Some(Mistake { said, ..self.mistake("not a quote", segment) }),
            (None, None) => None,
        }
    }

    /// Counts the speaker of `quote`, by resolved name or else as printed, against the `name` that is gold.
    fn count_name(&self, name: &str, quote: &Said, names: &mut Speakers) {
        let said = quote.name.clone().or_else(|| quote.speaker.map(|speaker| self.text.text(speaker)));
        names.all += 1;
        names.unknown += usize::from(said.is_none());
        names.right += usize::from(said.is_some_and(|said| share_a_word(name, &said)));
    }

    fn wrong_speaker(&self, segment: Stretch, attribution: &Attribution, said: Option<String>) -> Mistake {
        let told = said.as_ref().is_some_and(|said| !said.is_empty());
        let kind = if told { "wrong speaker" } else { "no speaker" };
        let gold = attribution.source.iter().map(|&source| self.text.text(source)).collect();
        Mistake { gold: Some(gold), said, ..self.mistake(kind, segment) }
    }

    fn mistake(&self, kind: &'static str, at: Stretch) -> Mistake {
        let around = Stretch::new(at.begin - CONTEXT, at.end + CONTEXT);
        Mistake {
            article: self.id.clone(),
            kind,
            words: self.text.text(at),
            context: self.text.text(around),
            gold: None,
            said: None,
        }
    }

    /// Matches contents one to one, those that share most first.
    fn overlap(&self, overlap: &mut Overlap) {
        let counts =
            |attribution: &&Attribution| !attribution.content.is_empty() && (!overlap.quoted || attribution.is_quoted);
        let has_marks = |said: &&Said| {
            !overlap.quoted || said.spans.iter().any(|span| self.quoted.iter().any(|quoted| span.overlaps(*quoted)))
        };
        let gold: Vec<_> = self.attributions.iter().filter(counts).collect();
        let predicted: Vec<_> = self.said.iter().filter(has_marks).collect();
        overlap.contents.gold += gold.len();
        overlap.contents.predicted += predicted.len();
        for (attribution, said) in matches(&gold, &predicted, overlap.threshold) {
            overlap.contents.right += 1;
            overlap.speakers.count(attribution, said);
        }
    }

    /// Counts spans that are equal, each once.
    fn exact(&self, figures: &mut Figures) {
        let one = |stretch: Stretch| self.text.trimmed(stretch);
        let all = |spans: &Vec<Stretch>| spans.iter().map(|&span| one(span)).collect::<Vec<_>>();
        let (gold, said) = (&self.attributions, &self.said);
        figures.source += equal(
            gold.iter().filter_map(|gold| whole(&gold.source)).map(one),
            said.iter().filter_map(|said| said.speaker).map(one),
        );
        figures.cue += equal(
            gold.iter().filter_map(|gold| whole(&gold.cue)).map(one),
            said.iter().filter_map(|said| said.cue).map(one),
        );
        figures.content += equal(
            gold.iter().map(|gold| &gold.content).filter(|content| !content.is_empty()).map(all),
            said.iter().map(|said| &said.spans).map(all),
        );
    }
}

/// Words that two names may have in common without naming the same.
const SMALL_WORDS: [&str; 13] = ["an", "and", "at", "from", "her", "his", "in", "my", "of", "on", "the", "to", "with"];

/// True where two names have a word in common that is more than a title, one letter or a small word.
fn share_a_word(left: &str, right: &str) -> bool {
    let is_telling =
        |word: &String| word.chars().nth(1).is_some() && !SMALL_WORDS.contains(&word.as_str()) && !is_title(word);
    let words = |name: &str| -> BTreeSet<String> {
        name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).filter(is_telling).collect()
    };
    !words(left).is_disjoint(&words(right))
}

/// From the first begin to the last end.
fn whole(stretches: &[Stretch]) -> Option<Stretch> {
    let begin = stretches.iter().map(|stretch| stretch.begin).min()?;
    let end = stretches.iter().map(|stretch| stretch.end).max()?;
    Some(Stretch::new(begin, end))
}

/// Of `all`, the first that covers most of `segment`, where that is half of it at least.
fn covering<T>(segment: Stretch, all: &[T], of: impl Fn(&T) -> &Vec<Stretch>) -> Option<&T> {
    let share = |one: &T| covered(segment, of(one));
    // Of equals `max_by_key` takes the last, and the first counts.
    let best = all.iter().rev().max_by_key(|one| share(one))?;
    (2 * share(best) >= segment.len()).then_some(best)
}

/// Pairs that share more than `threshold` of the gold content's characters: the largest share first, then in order.
fn matches<'a>(gold: &[&'a Attribution], predicted: &[&'a Said], threshold: f64) -> Vec<(&'a Attribution, &'a Said)> {
    let mut pairs = Vec::new();
    for (at, attribution) in gold.iter().enumerate() {
        let size: i64 = attribution.content.iter().map(|content| content.len()).sum();
        for (with, said) in predicted.iter().enumerate() {
            let shared: i64 = attribution.content.iter().map(|&content| covered(content, &said.spans)).sum();
            let share = shared as f64 / size.max(1) as f64;
            if share > threshold {
                pairs.push((share, at, with));
            }
        }
    }
    pairs.sort_by(|left, right| right.0.total_cmp(&left.0).then((left.1, left.2).cmp(&(right.1, right.2))));
    let (mut taken, mut given) = (vec![false; gold.len()], vec![false; predicted.len()]);
    let is_free = |&(_, at, with): &(f64, usize, usize)| {
        let free = !taken[at] && !given[with];
        if free {
            (taken[at], given[with]) = (true, true);
        }
        free
    };
    pairs.into_iter().filter(is_free).map(|(_, at, with)| (gold[at], predicted[with])).collect()
}

/// Counts what two sets have in common.
fn equal<T: Ord>(gold: impl Iterator<Item = T>, predicted: impl Iterator<Item = T>) -> Tally {
    let (gold, predicted): (BTreeSet<T>, BTreeSet<T>) = (gold.collect(), predicted.collect());
    Tally { right: gold.intersection(&predicted).count(), predicted: predicted.len(), gold: gold.len() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_share_a_word_that_is_no_title() {
        let check = |left, right, expect| assert_eq!(share_a_word(left, right), expect, "{left}, {right}");
        check("Mrs. Orla Pike", "Pike", true);
        check("Mrs. Orla Pike", "Mrs. Tull", false);
        check("The Keeper", "the old keeper's", true);
        check("The Keeper of the Gate", "the Master of the House", false);
        check("", "", false);
    }
}
