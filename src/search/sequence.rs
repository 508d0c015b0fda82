//! Words that follow each other, each in any of several forms, as a query of tantivy's.
//!
//! All forms of a word are scored as if they were one term: their occurrences in a document add up, and so do the
//! numbers of documents that have them (an upper bound of those that have any, capped at all). Weighting is BM25
//! (Robertson & Zaragoza 2009); a run of several words weighs as much as its words together.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::postings::TermInfo;
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, InvertedIndexReader, Score, SegmentReader, TERMINATED, TantivyError};

use super::forms::{Forms, total};
use super::group::{Documents, Group};

/// A query for words that follow each other in `field`; each slot holds the forms of one word.
#[derive(Clone)]
pub(super) struct Sequence {
    field: Field,
    slots: Arc<[Forms]>,
}

impl Sequence {
    pub(super) fn new(field: Field, slots: Vec<Forms>) -> Self {
        Self { field, slots: slots.into() }
    }

    /// What a segment's dictionary says of the forms of each word.
    fn entries(&self, inverted: &InvertedIndexReader) -> io::Result<Vec<Vec<TermInfo>>> {
        self.slots.iter().map(|forms| forms.entries(inverted)).collect()
    }

    /// The same words in another field.
    pub(super) fn in_field(&self, field: Field) -> Self {
        Self { field, slots: self.slots.clone() }
    }

    /// How many words follow each other.
    pub(super) fn len(&self) -> usize {
        self.slots.len()
    }
}

/// The weight of several words together, each of which stands in so many documents.
pub(super) fn similarity(
    field: Field,
    frequencies: &[u64],
    statistics: &dyn Bm25StatisticsProvider,
) -> tantivy::Result<Bm25Weight> {
    let documents = statistics.total_num_docs()?.max(1);
    let average = statistics.total_num_tokens(field)? as Score / documents as Score;
    let weigh = |&frequency: &u64| inverse_frequency(frequency.min(documents), documents);
    let first = frequencies.first().copied().unwrap_or(0);
    let weight = Bm25Weight::for_one_term_without_explain(first.min(documents), documents, average);
    let all: Score = frequencies.iter().map(weigh).sum();
    Ok(if frequencies.len() > 1 { weight.boost_by(all / weigh(&first)) } else { weight })
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
        let EnableScoring::Enabled { statistics_provider, searcher } = scoring else {
            return Ok(Box::new(SequenceWeight { sequence: self.clone(), similarity: None, entries: Vec::new() }));
        };
        let mut found = Vec::with_capacity(searcher.segment_readers().len());
        let mut frequencies = vec![0; self.slots.len()];
        for reader in searcher.segment_readers() {
            let words = self.entries(&*reader.inverted_index(self.field)?)?;
            frequencies.iter_mut().zip(&words).for_each(|(frequency, entries)| *frequency += total(entries));
            found.push((reader.segment_id(), words));
        }
        let similarity = Some(similarity(self.field, &frequencies, statistics_provider)?);
        Ok(Box::new(SequenceWeight { sequence: self.clone(), similarity, entries: found }))
    }
}

struct SequenceWeight {
    sequence: Sequence,
    similarity: Option<Bm25Weight>,
    /// What the dictionaries say of the words, where that was read to weigh them.
    entries: Vec<(SegmentId, Vec<Vec<TermInfo>>)>,
}

impl SequenceWeight {
    /// What the segment's dictionary says of the forms of each word.
    fn entries(&self, reader: &SegmentReader) -> tantivy::Result<Cow<'_, [Vec<TermInfo>]>> {
        match self.entries.iter().find(|(segment, _)| *segment == reader.segment_id()) {
            Some((_, entries)) => Ok(Cow::Borrowed(entries)),
            None => Ok(Cow::Owned(self.sequence.entries(&*reader.inverted_index(self.sequence.field)?)?)),
        }
    }

    /// What each slot's forms have in this segment; `None` where a slot has nothing.
    fn groups(&self, reader: &SegmentReader) -> tantivy::Result<Option<Vec<Group>>> {
        let option = match &self.similarity {
            Some(_) => IndexRecordOption::WithFreqs,
            None => IndexRecordOption::Basic,
        };
        let (inverted, words) = (reader.inverted_index(self.sequence.field)?, self.entries(reader)?);
        if let [entries] = &*words {
            return Ok(Group::new(&inverted, entries, option, reader.max_doc())?.map(|group| vec![group]));
        }
        if words.iter().any(Vec::is_empty) {
            return Ok(None);
        }
        let needed = Documents::of_words(words.iter(), reader.max_doc(), &inverted)?;
        words
            .iter()
            .map(|entries| Group::with_positions(&inverted, entries, &needed))
            .collect::<io::Result<_>>()
            .map_err(Into::into)
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
    use tantivy::{Index, Searcher, Term, doc};

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

    fn slots(words: &[&[&str]]) -> Vec<Forms> {
        words.iter().map(|slot| listed(slot.iter().map(|&word| word.to_owned()))).collect()
    }

    fn listed(words: impl Iterator<Item = String>) -> Forms {
        let mut words: Vec<String> = words.collect();
        words.sort();
        Forms::Listed(words)
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
        let many = listed((0..200).map(|at| format!("w{at}")).chain(["wall".to_owned()]));
        let runs = Sequence::new(field, vec![Forms::one("the".into()), many.clone()]);
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
        let beginning = || Forms::Beginning("w".into());
        assert_eq!(searcher.search(&Sequence::new(field, vec![beginning()]), &Count).unwrap(), expected);
        let runs = Sequence::new(field, vec![Forms::one("the".into()), beginning()]);
        let expected = with(&|words| words.windows(2).any(|pair| pair == ["the", "wall"]));
        assert_eq!(searcher.search(&runs, &Count).unwrap(), expected);
    }
}
