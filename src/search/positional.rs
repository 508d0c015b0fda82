//! Expressions about places in a text as a query of tantivy's.
//!
//! Documents that have the words come from the postings; in each, the expression is worked out on the words' positions.
//! A document matches where all fields together have enough matches; each match counts as an occurrence for BM25.

use std::fmt;
use std::io;
use std::sync::Arc;

use tantivy::postings::{Postings, SegmentPostings, TermInfo};
use tantivy::query::{Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field as Slot, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

use super::forms::Forms;
use super::group::{Documents, Group};
use super::sequence::{Scoring, similarity};
use super::wanted::{Bound, Node, Wanted};
use crate::index::bounds::{Bounds, LEAD, PARAGRAPH, SENTENCE};
use crate::index::fields;

/// A query for documents with at least `least` matches in all fields.
#[derive(Clone)]
pub(super) struct Positional {
    parts: Arc<[Part]>,
    least: u32,
}

/// What is looked for in one field, and how much a match there weighs.
pub(super) struct Part {
    pub(super) slot: Slot,
    pub(super) weight: Score,
    pub(super) wanted: Wanted,
}

impl Positional {
    pub(super) fn new(parts: Vec<Part>, least: u32) -> Self {
        Self { parts: parts.into(), least }
    }
}

impl fmt::Debug for Positional {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Positional({}", self.least)?;
        self.parts.iter().try_for_each(|part| write!(f, ", {}: {:?}", part.slot.field_id(), part.wanted))?;
        f.write_str(")")
    }
}

impl Query for Positional {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarities = match scoring {
            EnableScoring::Enabled { statistics_provider, searcher } => {
                let weigh = |part: &Part| {
                    let frequency = |forms: &Forms| forms.frequency(searcher, part.slot);
                    let words: Vec<u64> = part.wanted.words.iter().map(frequency).collect::<tantivy::Result<_>>()?;
                    Ok(similarity(part.slot, &words, statistics_provider)?.boost_by(part.weight))
                };
                Some(self.parts.iter().map(weigh).collect::<tantivy::Result<_>>()?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(PositionalWeight { query: self.clone(), similarities }))
    }
}

struct PositionalWeight {
    query: Positional,
    similarities: Option<Vec<Bm25Weight>>,
}

impl Weight for PositionalWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut fields = Vec::new();
        for at in 0..self.query.parts.len() {
            let similarity = self.similarities.as_ref().map(|all| all[at].boost_by(boost));
            let field = FieldScorer::new(reader, &self.query.parts, at, similarity)?;
            if field.document != TERMINATED {
                fields.push(field);
            }
        }
        if fields.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        let mut scorer = PositionalScorer { fields, least: self.query.least, document: 0 };
        scorer.find();
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > document || scorer.seek(document) != document {
            return Err(TantivyError::InvalidArgument(format!("document {document} does not match")));
        }
        Ok(Explanation::new_with_string(format!("{:?}", self.query), scorer.score()))
    }
}

/// Scores the documents with enough matches in all fields together.
struct PositionalScorer {
    fields: Vec<FieldScorer>,
    least: u32,
    document: DocId,
}

impl PositionalScorer {
    /// Goes to the first document, from those that the fields stand on, with enough matches.
    fn find(&mut self) -> DocId {
        loop {
            self.document = self.fields.iter().map(|field| field.document).min().unwrap_or(TERMINATED);
            if self.document == TERMINATED || self.current().map(|field| field.occurrences).sum::<u32>() >= self.least {
                return self.document;
            }
            self.step();
        }
    }

    /// Moves the fields that stand on the document on.
    fn step(&mut self) {
        for field in self.fields.iter_mut().filter(|field| field.document == self.document) {
            field.find(self.document + 1);
        }
    }

    fn current(&self) -> impl Iterator<Item = &FieldScorer> {
        self.fields.iter().filter(|field| field.document == self.document)
    }
}

impl DocSet for PositionalScorer {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED {
            return TERMINATED;
        }
        self.step();
        self.find()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target {
            return self.document;
        }
        for field in self.fields.iter_mut().filter(|field| field.document < target) {
            field.find(target);
        }
        self.find()
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        self.fields.iter().map(FieldScorer::size_hint).fold(0, u32::saturating_add)
    }

    fn cost(&self) -> u64 {
        // Positions cost about ten times what a document costs.
        u64::from(self.size_hint()) * 10
    }
}

impl Scorer for PositionalScorer {
    fn score(&mut self) -> Score {
        self.current().map(|field| field.score.of(field.document, field.occurrences)).sum()
    }
}

/// The matches of an expression in one field.
struct FieldScorer {
    parts: Arc<[Part]>,
    part: usize,
    /// The postings of each word; `None` where the segment has none.
    groups: Vec<Option<Group>>,
    bounds: BoundsReader,
    lists: Vec<Vec<u32>>,
    document: DocId,
    occurrences: u32,
    score: Scoring,
}

impl FieldScorer {
    fn new(
        reader: &SegmentReader,
        parts: &Arc<[Part]>,
        at: usize,
        similarity: Option<Bm25Weight>,
    ) -> tantivy::Result<Self> {
        let Part { slot, wanted, .. } = &parts[at];
        let inverted = reader.inverted_index(*slot)?;
        let words: Vec<Vec<TermInfo>> =
            wanted.words.iter().map(|forms| forms.entries(&inverted)).collect::<io::Result<_>>()?;
        let needed = wanted.root.needed_words().into_iter().map(|word| &words[word]);
        let needed = Documents::of_words(needed, reader.max_doc(), &inverted)?;
        let mut groups = Vec::with_capacity(wanted.words.len());
        for entries in &words {
            groups.push(Group::with_positions(&inverted, entries, &needed)?);
        }
        let mut scorer = Self {
            parts: parts.clone(),
            part: at,
            lists: vec![Vec::new(); groups.len()],
            groups,
            bounds: BoundsReader::new(reader, *slot, &wanted.root)?,
            document: 0,
            occurrences: 0,
            score: Scoring::new(reader, *slot, similarity)?,
        };
        scorer.find(0);
        Ok(scorer)
    }

    /// Goes to the first document from `target` on that has a match.
    fn find(&mut self, mut target: DocId) {
        let parts = self.parts.clone();
        let wanted = &parts[self.part].wanted;
        loop {
            self.document = candidate(&wanted.root, &mut self.groups, target);
            if self.document == TERMINATED {
                return;
            }
            self.occurrences = self.count(wanted);
            if self.occurrences > 0 {
                return;
            }
            target = self.document + 1;
        }
    }

    /// Number of matches in the document.
    fn count(&mut self, wanted: &Wanted) -> u32 {
        for (group, list) in self.groups.iter_mut().zip(&mut self.lists) {
            list.clear();
            if let Some(group) = group
                && seek(group, self.document) == self.document
            {
                group.positions(0, list);
            }
        }
        wanted.matches(&self.lists, self.bounds.of(self.document)).len() as u32
    }

    fn size_hint(&self) -> u32 {
        self.groups.iter().flatten().map(DocSet::size_hint).min().unwrap_or(0) / 4 + 1
    }
}

fn seek(group: &mut Group, target: DocId) -> DocId {
    if group.doc() < target { group.seek(target) } else { group.doc() }
}

/// The first document from `target` on that has the words which `node` needs.
fn candidate(node: &Node, groups: &mut [Option<Group>], target: DocId) -> DocId {
    match node {
        Node::Run { words, .. } => {
            common(target, words, |&word, target| groups[word].as_mut().map_or(TERMINATED, |group| seek(group, target)))
        }
        Node::Any(nodes) => nodes.iter().map(|node| candidate(node, groups, target)).min().unwrap_or(TERMINATED),
        Node::Linked(left, link, _) if link.negated => candidate(left, groups, target),
        Node::Linked(left, _, right) => common(target, &[left, right], |node, target| candidate(node, groups, target)),
        Node::Lead(inner) => candidate(inner, groups, target),
    }
}

/// The first document from `target` on that all of `parts` have, each of which `seek` asks for its own first.
fn common<T>(mut target: DocId, parts: &[T], mut seek: impl FnMut(&T, DocId) -> DocId) -> DocId {
    if parts.is_empty() {
        return TERMINATED;
    }
    let mut agreed = 0;
    let mut at = 0;
    while target != TERMINATED && agreed < parts.len() {
        let found = seek(&parts[at], target);
        agreed = if found == target { agreed + 1 } else { 1 };
        target = found;
        at = (at + 1) % parts.len();
    }
    target
}

/// Reads where sentences and paragraphs begin, as far as an expression looks at that.
struct BoundsReader {
    sentences: Option<SegmentPostings>,
    paragraphs: Option<SegmentPostings>,
    leads: Option<SegmentPostings>,
    lead: Vec<u32>,
    bounds: Bounds,
}

impl BoundsReader {
    fn new(reader: &SegmentReader, slot: Slot, root: &Node) -> tantivy::Result<Self> {
        let to = fields();
        let has_bounds = slot == to.body || slot == to.said;
        let inverted = reader.inverted_index(to.bounds)?;
        let read = |bound: Bound, name: &str| {
            if !has_bounds || !root.needs(bound) {
                return Ok(None);
            }
            let term = Term::from_field_text(to.bounds, name);
            inverted.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)
        };
        Ok(Self {
            sentences: read(Bound::Sentence, SENTENCE)?,
            paragraphs: read(Bound::Paragraph, PARAGRAPH)?,
            leads: read(Bound::Lead, LEAD)?,
            lead: Vec::new(),
            bounds: Bounds::default(),
        })
    }

    /// The bounds of the text of `document`.
    fn of(&mut self, document: DocId) -> &Bounds {
        positions(self.sentences.as_mut(), document, &mut self.bounds.sentences);
        positions(self.paragraphs.as_mut(), document, &mut self.bounds.paragraphs);
        positions(self.leads.as_mut(), document, &mut self.lead);
        self.bounds.lead = self.lead.first().copied();
        &self.bounds
    }
}

fn positions(list: Option<&mut SegmentPostings>, document: DocId, into: &mut Vec<u32>) {
    into.clear();
    let Some(list) = list else { return };
    let found = if list.doc() < document { list.seek(document) } else { list.doc() };
    if found == document {
        list.positions(into);
    }
}
