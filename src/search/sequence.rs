//! Words that follow each other, each in any of several forms, as a query of tantivy's.
//!
//! All forms of a word are scored as if they were one term: their occurrences in a document add up, and so do the
//! numbers of documents that have them (an upper bound of those that have any, capped at all). Weighting is BM25
//! (Robertson & Zaragoza 2009); a run of several words weighs as much as its words together.

use std::fmt;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::SegmentPostings;
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Score, SegmentReader, TERMINATED, TantivyError, Term};

use super::group::{Counted, Documents, Group, MANY};

/// A query for words that follow each other in `field`; each slot lists the forms of one word.
#[derive(Clone)]
pub(super) struct Sequence {
    field: Field,
    slots: Arc<[Vec<String>]>,
}

impl Sequence {
    pub(super) fn new(field: Field, slots: Vec<Vec<String>>) -> Self {
        Self { field, slots: slots.into() }
    }

    fn term(&self, word: &str) -> Term {
        Term::from_field_text(self.field, word)
    }
}

/// What `forms` have in a segment.
pub(super) fn postings(
    inverted: &InvertedIndexReader,
    field: Field,
    forms: &[String],
    option: IndexRecordOption,
) -> tantivy::Result<Vec<SegmentPostings>> {
    let mut lists = Vec::with_capacity(forms.len());
    for word in forms {
        lists.extend(inverted.read_postings(&Term::from_field_text(field, word), option)?);
    }
    Ok(lists)
}

/// The weight of all `slots`, the forms of one word each, together.
pub(super) fn similarity(
    field: Field,
    slots: &[Vec<String>],
    statistics: &dyn Bm25StatisticsProvider,
) -> tantivy::Result<Bm25Weight> {
    let documents = statistics.total_num_docs()?.max(1);
    let average = statistics.total_num_tokens(field)? as Score / documents as Score;
    let (mut all, mut first, mut first_frequency) = (0.0, 0.0, 0);
    for (at, slot) in slots.iter().enumerate() {
        let mut frequency = 0;
        for word in slot {
            frequency += statistics.doc_freq(&Term::from_field_text(field, word))?;
        }
        let frequency = frequency.min(documents);
        all += inverse_frequency(frequency, documents);
        if at == 0 {
            (first, first_frequency) = (all, frequency);
        }
    }
    let weight = Bm25Weight::for_one_term_without_explain(first_frequency, documents, average);
    Ok(if slots.len() > 1 { weight.boost_by(all / first) } else { weight })
}

/// The inverse document frequency as tantivy's BM25 has it; never zero.
fn inverse_frequency(frequency: u64, documents: u64) -> Score {
    let without = (documents - frequency) as Score;
    (1.0 + (without + 0.5) / (frequency as Score + 0.5)).ln()
}

impl fmt::Debug for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sequence({}: {:?})", self.field.field_id(), self.slots)
    }
}

impl Query for Sequence {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                Some(similarity(self.field, &self.slots, statistics_provider)?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(SequenceWeight { sequence: self.clone(), similarity }))
    }
}

struct SequenceWeight {
    sequence: Sequence,
    similarity: Option<Bm25Weight>,
}

impl SequenceWeight {
    /// What each slot's forms have in this segment; `None` where a slot has nothing.
    fn groups(&self, reader: &SegmentReader) -> tantivy::Result<Option<Vec<Group>>> {
        let option = match (self.sequence.slots.len(), &self.similarity) {
            (2.., _) => IndexRecordOption::WithFreqsAndPositions,
            (_, Some(_)) => IndexRecordOption::WithFreqs,
            (_, None) => IndexRecordOption::Basic,
        };
        let inverted = reader.inverted_index(self.sequence.field)?;
        if let [slot] = &*self.sequence.slots
            && slot.len() > MANY
        {
            let lists = slot.iter().map(|word| inverted.read_postings(&self.sequence.term(word), option));
            return Ok(Some(vec![Group::Counted(Counted::new(lists, reader.max_doc())?)]));
        }
        let read = |slot: &Vec<String>, option| postings(&inverted, self.sequence.field, slot, option);
        let needed = Documents::of_words(self.sequence.slots.iter(), reader.max_doc(), |slot| {
            read(slot, IndexRecordOption::Basic)
        })?;
        let mut groups = Vec::with_capacity(self.sequence.slots.len());
        for slot in self.sequence.slots.iter() {
            match Group::needed(read(slot, option)?, &needed) {
                Some(group) => groups.push(group),
                None => return Ok(None),
            }
        }
        Ok(Some(groups))
    }
}

impl Weight for SequenceWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(mut groups) = self.groups(reader)? else { return Ok(Box::new(EmptyScorer)) };
        let similarity = self.similarity.as_ref().map(|similarity| similarity.boost_by(boost));
        let score = Scoring::new(reader, self.sequence.field, similarity)?;
        match groups.len() {
            0 => Ok(Box::new(EmptyScorer)),
            1 => Ok(Box::new(WordScorer { group: groups.remove(0), score })),
            _ => Ok(Box::new(RunScorer::new(groups, score))),
        }
    }

    fn explain(&self, reader: &SegmentReader, document: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.doc() > document || scorer.seek(document) != document {
            return Err(TantivyError::InvalidArgument(format!("document {document} does not match")));
        }
        Ok(Explanation::new_with_string(format!("{:?}", self.sequence), scorer.score()))
    }
}

/// Turns a number of occurrences into a score.
pub(super) struct Scoring {
    similarity: Option<Bm25Weight>,
    lengths: FieldNormReader,
}

impl Scoring {
    /// Scores occurrences in `field` by `similarity`; all alike where that is `None`.
    pub(super) fn new(reader: &SegmentReader, field: Field, similarity: Option<Bm25Weight>) -> tantivy::Result<Self> {
        let lengths = match similarity {
            Some(_) => reader.fieldnorms_readers().get_field(field)?,
            None => None,
        };
        let lengths = lengths.unwrap_or_else(|| FieldNormReader::constant(reader.max_doc(), 1));
        Ok(Self { similarity, lengths })
    }

    pub(super) fn of(&self, document: DocId, occurrences: u32) -> Score {
        match &self.similarity {
            Some(similarity) => similarity.score(self.lengths.fieldnorm_id(document), occurrences),
            None => 1.0,
        }
    }
}

/// Scores the documents that have a word in any form.
struct WordScorer {
    group: Group,
    score: Scoring,
}

impl DocSet for WordScorer {
    fn advance(&mut self) -> DocId {
        self.group.advance()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.group.seek(target)
    }

    fn doc(&self) -> DocId {
        self.group.doc()
    }

    fn size_hint(&self) -> u32 {
        self.group.size_hint()
    }
}

impl Scorer for WordScorer {
    fn score(&mut self) -> Score {
        self.score.of(self.group.doc(), self.group.occurrences())
    }
}

/// Scores the documents in which words follow each other.
struct RunScorer {
    groups: Vec<Group>,
    /// Indices into `groups`, rarest first.
    order: Vec<usize>,
    document: DocId,
    occurrences: u32,
    score: Scoring,
    starts: Vec<u32>,
    others: Vec<u32>,
}

impl RunScorer {
    fn new(groups: Vec<Group>, score: Scoring) -> Self {
        let mut order: Vec<usize> = (0..groups.len()).collect();
        order.sort_by_key(|&at| groups[at].size_hint());
        let (starts, others) = (Vec::new(), Vec::new());
        let mut scorer = Self { groups, order, document: 0, occurrences: 0, score, starts, others };
        let first = scorer.groups[scorer.order[0]].doc();
        scorer.find(first);
        scorer
    }

    /// Goes to the first match at `document`, where the rarest group stands, or after it.
    fn find(&mut self, mut document: DocId) -> DocId {
        while document != TERMINATED {
            let met = self.meet(document);
            if met == document && self.count() {
                break;
            }
            let rarest = &mut self.groups[self.order[0]];
            document = if met > document { rarest.seek(met) } else { rarest.advance() };
        }
        self.document = document;
        document
    }

    /// Moves all groups to `document`; gives the first later document that a group which lacks it could match.
    fn meet(&mut self, document: DocId) -> DocId {
        for &at in &self.order[1..] {
            let group = &mut self.groups[at];
            let found = if group.doc() < document { group.seek(document) } else { group.doc() };
            if found != document {
                return found;
            }
        }
        document
    }

    /// Counts how often the words follow each other in the document that all groups stand on.
    fn count(&mut self) -> bool {
        // Raising each word's positions by how far it stands from the end makes them equal where the words follow.
        let last = self.groups.len() - 1;
        let mut order = self.order.iter();
        let first = *order.next().expect("a run has two words at least");
        self.groups[first].positions((last - first) as u32, &mut self.starts);
        for &at in order {
            self.groups[at].positions((last - at) as u32, &mut self.others);
            keep_common(&mut self.starts, &self.others);
            if self.starts.is_empty() {
                return false;
            }
        }
        self.occurrences = self.starts.len() as u32;
        true
    }
}

/// Keeps those of the sorted `left` that the sorted `right` has too.
fn keep_common(left: &mut Vec<u32>, right: &[u32]) {
    let mut right = right.iter().copied().peekable();
    left.retain(|&value| {
        while right.next_if(|&other| other < value).is_some() {}
        right.peek() == Some(&value)
    });
}

impl DocSet for RunScorer {
    fn advance(&mut self) -> DocId {
        if self.document == TERMINATED {
            return TERMINATED;
        }
        let next = self.groups[self.order[0]].advance();
        self.find(next)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.document >= target {
            return self.document;
        }
        let next = self.groups[self.order[0]].seek(target);
        self.find(next)
    }

    fn doc(&self) -> DocId {
        self.document
    }

    fn size_hint(&self) -> u32 {
        // Few of the documents with all words have them in a row.
        self.groups[self.order[0]].size_hint() / 10 + 1
    }

    fn cost(&self) -> u64 {
        // Positions cost about ten times what a document costs.
        u64::from(self.groups[self.order[0]].size_hint()) * 10
    }
}

impl Scorer for RunScorer {
    fn score(&mut self) -> Score {
        self.score.of(self.document, self.occurrences)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::collector::{Count, TopDocs};
    use tantivy::query::{PhraseQuery, TermQuery};
    use tantivy::schema::{STORED, Schema, TEXT};
    use tantivy::{Index, Searcher, doc};

    use super::*;

    fn searcher(texts: &[String]) -> (Searcher, Field) {
        let mut schema = Schema::builder();
        let field = schema.add_text_field("text", TEXT | STORED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 20_000_000).unwrap();
        for text in texts {
            writer.add_document(doc!(field => text.as_str())).unwrap();
        }
        writer.commit().unwrap();
        (index.reader().unwrap().searcher(), field)
    }

    /// Two hundred texts over a few words, and one with very many.
    fn texts() -> Vec<String> {
        let words = ["tide", "tides", "harbour", "wall", "the"];
        let text =
            |at: usize| (0..=at % 9).map(|n| words[(at * 7 + n * n + n * at / 3) % 5]).collect::<Vec<_>>().join(" ");
        let many = (0..200).map(|at| format!("w{at}")).collect::<Vec<_>>().join(" ");
        (0..200).map(text).chain([many]).collect()
    }

    fn slots(words: &[&[&str]]) -> Vec<Vec<String>> {
        words.iter().map(|slot| slot.iter().map(|&word| word.to_owned()).collect()).collect()
    }

    #[test]
    fn one_form_scores_as_tantivy_scores_it() {
        let (searcher, field) = searcher(&texts());
        let term = |word: &str| Term::from_field_text(field, word);
        let check = |own: Sequence, theirs: Box<dyn Query>| {
            let top = TopDocs::with_limit(500).order_by_score();
            let found = searcher.search(&own, &top).unwrap();
            assert!(!found.is_empty());
            let expected = searcher.search(theirs.as_ref(), &top).unwrap();
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(&expected) {
                assert!((found.0 - expected.0).abs() < 1e-5, "{found:?} {expected:?}");
            }
        };
        for word in ["tide", "the"] {
            let theirs = TermQuery::new(term(word), IndexRecordOption::WithFreqs);
            check(Sequence::new(field, slots(&[&[word]])), Box::new(theirs));
        }
        for pair in [["the", "tide"], ["tide", "tide"], ["wall", "harbour"]] {
            let theirs = PhraseQuery::new(pair.iter().map(|word| term(word)).collect());
            check(Sequence::new(field, slots(&[&[pair[0]], &[pair[1]]])), Box::new(theirs));
        }
    }

    #[test]
    fn several_forms_are_one_word() {
        let texts = texts();
        let (searcher, field) = searcher(&texts);
        let is_tide = |word: &str| word.starts_with("tide");
        let count = |own: &[&[&str]]| searcher.search(&Sequence::new(field, slots(own)), &Count).unwrap();
        let with = |holds: &dyn Fn(&[&str]) -> bool| {
            texts.iter().filter(|text| holds(&text.split(' ').collect::<Vec<_>>())).count()
        };
        assert_eq!(count(&[&["tide", "tides"]]), with(&|words| words.iter().any(|word| is_tide(word))));
        let pairs = with(&|words| words.windows(2).any(|pair| is_tide(pair[0]) && pair[1] == "the"));
        assert!(pairs > 0);
        assert_eq!(count(&[&["tide", "tides", "none"], &["the"]]), pairs);
        assert_eq!(count(&[&["none"], &["the"]]), 0);
        assert_eq!(count(&[]), 0);
        let mut many: Vec<String> = (0..200).map(|at| format!("w{at}")).collect();
        many.push("wall".into());
        let runs = Sequence::new(field, vec![vec!["the".into()], many.clone()]);
        let expected = with(&|words| words.windows(2).any(|pair| pair == ["the", "wall"]));
        assert!(expected > 0);
        assert_eq!(searcher.search(&runs, &Count).unwrap(), expected);
        let runs = Sequence::new(field, vec![many.clone(), many.clone()]);
        let is_one = |word: &str| word == "wall" || word.starts_with('w');
        let expected = with(&|words| words.windows(2).any(|pair| is_one(pair[0]) && is_one(pair[1])));
        assert_eq!(searcher.search(&runs, &Count).unwrap(), expected);
        let own = Sequence::new(field, vec![many]);
        let expected = with(&|words| words.iter().any(|word| *word == "wall" || *word == "w7"));
        assert_eq!(searcher.search(&own, &Count).unwrap(), expected);
    }
}
