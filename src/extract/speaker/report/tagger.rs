//! Reads a report off a sentence: which units are the words that say so, who says it, and what.
//!
//! A conditional random field over the units, the same that finds names. It is asked once for every word that may
//! report, so that reports that hold one another are no riddle to it; semantic roles are labelled that way around their
//! verb (Màrquez and others 2008).

use std::ops::Range;

use super::line::Line;
use super::seen::Seen;
use crate::model::sequence::{Evidence, Labelled, Labeller};

/// The kinds of stretches. Content before the cue and after it are two kinds.
pub(super) const CUE: u8 = 0;
pub(super) const SOURCE: u8 = 1;
pub(super) const BEFORE: u8 = 2;
pub(super) const AFTER: u8 = 3;
const CONTENT: [u8; 2] = [BEFORE, AFTER];

/// What a report is made of, in tokens.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parts {
    pub(super) cue: Range<usize>,
    /// `None` where nobody is named.
    pub(super) source: Option<Range<usize>>,
    /// In order.
    pub(super) content: Vec<Range<usize>>,
}

/// A sentence with what its units are worth to the tagger whichever word reports.
pub(super) struct Reader<'s, 'a, 'b> {
    line: Line<'s, 'a, 'b>,
    labeller: &'s Labeller,
    own: Vec<Evidence>,
    pub(super) sentence: Range<usize>,
}

impl<'s, 'a, 'b> Reader<'s, 'a, 'b> {
    pub(super) fn new(line: Line<'s, 'a, 'b>, sentence: Range<usize>, labeller: &'s Labeller) -> Self {
        let mut worth = Worth::new(labeller);
        let each = (0..line.units.len()).map(|unit| worth.of(|into| line.features(unit, into)));
        Self { own: each.collect(), line, labeller, sentence }
    }

    /// The report whose word stands at token `anchor`: the likeliest labels of which that word is part of the cue.
    pub(super) fn read(&self, anchor: usize) -> Parts {
        let unit = self.line.unit(anchor);
        let seen = Seen::new(&self.line, unit);
        let mut evidence = self.evidence(&seen);
        evidence[unit].is_kind(CUE);
        let mut parts = Parts { cue: anchor..anchor + 1, ..Parts::default() };
        self.label(evidence).iter().for_each(|labelled| parts.add(&self.line, labelled));
        parts
    }

    /// What each unit is worth as it is seen from the reporting word.
    fn evidence(&self, seen: &Seen) -> Vec<Evidence> {
        let mut worth = Worth::new(self.labeller);
        // Neighbours are mostly as far away as each other, and stand behind the same words.
        let (mut of_distance, mut of_place) = (Last(None), Last(None));
        let each = self.own.iter().enumerate().map(|(unit, own)| {
            let (far, place) = (seen.far(unit), seen.place(unit));
            let of_distance = of_distance.or(far, || worth.of(|into| seen.features_of_distance(far, into)));
            let of_place = of_place.or(place, || worth.of(|into| seen.features_of_place(&place, into)));
            let of_unit = worth.of(|into| seen.features(unit, &place, into));
            own.and(of_distance).and(of_place).and(of_unit)
        });
        each.collect()
    }

    /// The likeliest labels with a content: who reports reports something.
    fn label(&self, mut evidence: Vec<Evidence>) -> Vec<Labelled> {
        let labels = self.labeller.label(&evidence);
        if labels.iter().any(|(_, kind)| CONTENT.contains(kind)) {
            return labels;
        }
        let Some((unit, kind)) = self.labeller.likeliest(&evidence, &CONTENT) else { return labels };
        evidence[unit].is_kind(kind);
        self.labeller.label(&evidence)
    }
}

/// Looks up what features are worth.
struct Worth<'l> {
    labeller: &'l Labeller,
    features: Vec<u32>,
}

impl<'l> Worth<'l> {
    fn new(labeller: &'l Labeller) -> Self {
        /// More than the features of most units at a time.
        const FEATURES: usize = 24;
        Self { labeller, features: Vec::with_capacity(FEATURES) }
    }

    /// What the features that `fill` adds are worth.
    fn of(&mut self, fill: impl FnOnce(&mut Vec<u32>)) -> Evidence {
        let mut evidence = Evidence::default();
        self.features.clear();
        fill(&mut self.features);
        self.labeller.add(&self.features, &mut evidence);
        evidence
    }
}

/// What was found last, and for what.
struct Last<K>(Option<(K, Evidence)>);

impl<K: PartialEq> Last<K> {
    /// What was found last if that was for `key`, else what `find` finds.
    fn or(&mut self, key: K, find: impl FnOnce() -> Evidence) -> Evidence {
        match &self.0 {
            Some((last, found)) if *last == key => *found,
            _ => self.0.insert((key, find())).1,
        }
    }
}

impl Parts {
    fn add(&mut self, line: &Line, (units, kind): &Labelled) {
        let tokens = line.units[units.start].start..line.units[units.end - 1].end;
        match *kind {
            CUE => self.cue = cover(&self.cue, &tokens),
            SOURCE => self.source = Some(self.source.as_ref().map_or(tokens.clone(), |source| cover(source, &tokens))),
            _ => self.content.push(tokens),
        }
    }
}

fn cover(one: &Range<usize>, other: &Range<usize>) -> Range<usize> {
    one.start.min(other.start)..one.end.max(other.end)
}
