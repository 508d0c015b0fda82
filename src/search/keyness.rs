//! What is said unusually often in a set of articles: log-likelihood of words, phrases and actors (Dunning 1993; Rayson &
//! Garside 2000), and of the words near a query's matches.

use std::collections::BTreeMap;

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocSet, SegmentReader, TERMINATED, Term};

use super::facet::Facets;
use super::highlight::Needles;
use super::stored::{Addresses, head_and_text};
use super::{FacetField, Field, Filters, Query, Searcher};
use crate::error::Result;
use crate::index::analyzer::Words;
use crate::index::{Kind, fields, name};
use crate::text::Span;

/// Articles of the set that are read to find what may be frequent in it. The counts themselves are over all.
const READ: usize = 5_000;

/// Candidates whose counts are looked up, of words and of phrases.
const CANDIDATES: usize = 2_000;

/// A phrase neither begins nor ends with a word that is in more than this share of all articles.
const COMMON: f64 = 0.3;

/// Fewest occurrences in the set.
const LEAST: u64 = 3;

/// Most words of a phrase.
const LONGEST: usize = 3;

/// What to compare.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermsRequest {
    /// What the articles of the set match.
    pub query: Query,
    /// Conditions on the articles of the set.
    pub filters: Filters,
    /// Most entries of each list.
    pub limit: usize,
    /// Compares, in place of whole articles, the words at most so many words away from a match.
    pub near: Option<usize>,
}

/// What is unusually frequent in a set of articles, by falling score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Terms {
    /// Articles of the set.
    pub articles: usize,
    /// Articles beside it.
    pub others: usize,
    /// Words; occurrences are counted.
    pub words: Vec<Keyness>,
    /// Phrases of two and three words; occurrences are counted. Empty for the words near matches.
    pub phrases: Vec<Keyness>,
    /// Persons, organizations, places and others; articles are counted. Empty for the words near matches.
    pub actors: Vec<Keyness>,
}

/// How much more frequent something is in a set than in the rest.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyness {
    /// The word, phrase or actor; words are in lower case and without accents.
    pub value: String,
    /// How often it is there in the set.
    pub inside: u64,
    /// How often it is there in the rest.
    pub outside: u64,
    /// Log-likelihood: 6.63 and more happens by chance in one of a hundred words at most, 10.83 in one of a thousand.
    pub score: f64,
}

/// Sizes of the set and of the rest, in what is counted.
#[derive(Clone, Copy, Debug)]
struct Sizes {
    inside: u64,
    outside: u64,
}

impl Sizes {
    /// `value` where it is more frequent in the set than in the rest.
    fn keyness(self, value: String, inside: u64, outside: u64) -> Option<Keyness> {
        let score = log_likelihood((inside, outside), (self.inside, self.outside));
        let over = inside as f64 * self.outside as f64 > outside as f64 * self.inside as f64;
        (over && score >= UNUSUAL).then_some(Keyness { value, inside, outside, score })
    }
}

/// Twice the logarithm of how much likelier the counts are if the frequencies differ than if they are one.
fn log_likelihood((a, b): (u64, u64), (c, d): (u64, u64)) -> f64 {
    let (a, b, c, d) = (a as f64, b as f64, c as f64, d as f64);
    let all = c + d;
    if all <= 0.0 {
        return 0.0;
    }
    let part = |count: f64, size: f64| {
        let expected = size * (a + b) / all;
        if count > 0.0 && expected > 0.0 { count * (count / expected).ln() } else { 0.0 }
    };
    2.0 * (part(a, c) + part(b, d))
}

/// Least log-likelihood of what is unusual: less is met by chance in more than one of twenty words.
const UNUSUAL: f64 = 3.84;

impl Searcher {
    /// What is said unusually often in the articles that match, against all others.
    pub fn terms(&self, request: &TermsRequest) -> Result<Terms> {
        let set = self.collect(&request.query, &request.filters, &Addresses)?;
        let needles = self.needles(&request.query, Field::Body)?;
        let count = || -> tantivy::Result<Terms> {
            let all = self.snapshot.doc_freq(&Kind::Article.term())? as usize;
            let terms = Terms { articles: set.len(), others: all.saturating_sub(set.len()), ..Terms::default() };
            let words = Set::new(&self.snapshot, &set)?;
            if let Some(near) = request.near {
                return Ok(Terms { words: self.collocates(&needles, &set, &words, (near, request.limit))?, ..terms });
            }
            let frequent = self.frequent(&set, all)?;
            let count = |candidates| words.keyness(candidates, request.limit);
            Ok(Terms { words: count(frequent.words)?, phrases: without_parts(&count(frequent.phrases)?), ..terms })
        };
        let mut terms = count().map_err(|source| self.index.error(source))?;
        if request.near.is_none() {
            terms.actors = self.key_actors(request, (terms.articles, terms.others))?;
        }
        terms.words.truncate(request.limit);
        terms.phrases.truncate(request.limit);
        Ok(terms)
    }

    /// Words and phrases of the set that occur often enough to be looked up, the most frequent first.
    fn frequent(&self, set: &[DocAddress], articles: usize) -> tantivy::Result<Frequent> {
        let mut counts: [BTreeMap<Vec<String>, u64>; LONGEST] = Default::default();
        let mut common = Common { searcher: self, articles, known: BTreeMap::new() };
        let step = set.len().div_ceil(READ).max(1);
        for &address in set.iter().step_by(step) {
            let (_, text, body) = head_and_text(&self.snapshot, address)?;
            let mut row: Vec<(String, bool)> = Vec::new();
            let mut words = Words::new(body.of(&text));
            while words.advance() {
                row.push((words.word.clone(), common.has(&words.word)?));
                for length in 1..=LONGEST.min(row.len()) {
                    let run = &row[row.len() - length..];
                    if length > 1 && (run[0].1 || run[length - 1].1) {
                        continue;
                    }
                    let run = run.iter().map(|(word, _)| word.clone()).collect();
                    *counts[length - 1].entry(run).or_default() += 1;
                }
            }
        }
        let least = if step > 1 { 2 } else { LEAST.min(set.len() as u64 + 1) };
        let [singles, pairs, triples] = counts;
        let often = |counts: Vec<(Vec<String>, u64)>| {
            let mut often: Vec<_> = counts.into_iter().filter(|(_, count)| *count >= least).collect();
            often.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
            often.into_iter().take(CANDIDATES).map(|(run, _)| run).collect()
        };
        let phrases = often(pairs.into_iter().chain(triples).collect());
        Ok(Frequent { words: often(singles.into_iter().collect()), phrases })
    }

    /// The words near the matches, against all their other occurrences.
    fn collocates(
        &self,
        needles: &Needles,
        set: &[DocAddress],
        all: &Set,
        (near, limit): (usize, usize),
    ) -> tantivy::Result<Vec<Keyness>> {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        let mut total = 0;
        for &address in set {
            let (_, text, body) = head_and_text(&self.snapshot, address)?;
            let marks: Vec<Span> = super::highlight::merged(&needles.find(&text, &[body]), Span::new(0, text.len()));
            for word in near_words(&text, body, &marks, near) {
                *counts.entry(word).or_default() += 1;
                total += 1;
            }
        }
        let sizes = Sizes { inside: total, outside: all.sizes.inside + all.sizes.outside - total };
        let mut found = Vec::new();
        for (word, inside) in counts.into_iter().filter(|(_, count)| *count >= 2) {
            let everywhere = all.count(std::slice::from_ref(&word))?;
            let outside = (everywhere.0 + everywhere.1).saturating_sub(inside);
            found.extend(sizes.keyness(word, inside, outside));
        }
        Ok(best(found, limit))
    }

    /// Persons, organizations, places and others that more of the articles name.
    fn key_actors(&self, request: &TermsRequest, (articles, others): (usize, usize)) -> Result<Vec<Keyness>> {
        let sizes = Sizes { inside: articles as u64, outside: others as u64 };
        let fields = [FacetField::Person, FacetField::Organization, FacetField::Place, FacetField::Other];
        let mut found = Vec::new();
        for field in fields {
            let facets = Facets::new(field, usize::MAX);
            let everywhere = self.counted(&Query::All, &Filters::default(), &facets)?.values;
            let everywhere: BTreeMap<String, usize> =
                everywhere.into_iter().map(|count| (count.value, count.count)).collect();
            for count in self.counted(&request.query, &request.filters, &facets)?.values {
                let all = everywhere.get(&count.value).copied().unwrap_or(count.count);
                let (inside, outside) = (count.count as u64, all.saturating_sub(count.count) as u64);
                if inside >= 2 {
                    found.extend(sizes.keyness(count.value, inside, outside));
                }
            }
        }
        Ok(best(found, request.limit))
    }
}

/// What occurs often enough in a set to be looked up, each as its words in a row.
struct Frequent {
    words: Vec<Vec<String>>,
    phrases: Vec<Vec<String>>,
}

/// Remembers which words are in very many articles.
struct Common<'a> {
    searcher: &'a Searcher,
    articles: usize,
    known: BTreeMap<String, bool>,
}

impl Common<'_> {
    fn has(&mut self, word: &str) -> tantivy::Result<bool> {
        if let Some(known) = self.known.get(word) {
            return Ok(*known);
        }
        let frequency = self.searcher.snapshot.doc_freq(&Term::from_field_text(fields().body, word))?;
        let common = frequency as f64 > self.articles as f64 * COMMON || word == "'s";
        self.known.insert(word.to_owned(), common);
        Ok(common)
    }
}

/// Words within `near` words of a mark and in none, each once.
fn near_words(text: &str, body: Span, marks: &[Span], near: usize) -> Vec<String> {
    let mut row: Vec<(String, bool)> = Vec::new();
    let mut words = Words::new(body.of(text));
    while words.advance() {
        let span = words.span.shifted(body.begin);
        let next = marks.partition_point(|mark| mark.end <= span.begin);
        row.push((words.word.clone(), marks.get(next).is_some_and(|mark| mark.overlaps(span))));
    }
    let mut is_near = vec![false; row.len()];
    for at in (0..row.len()).filter(|&at| row[at].1) {
        is_near[at.saturating_sub(near)..(at + near + 1).min(row.len())].fill(true);
    }
    row.into_iter().zip(is_near).filter(|((_, inside), near)| *near && !inside).map(|((word, _), _)| word).collect()
}

fn best(mut found: Vec<Keyness>, limit: usize) -> Vec<Keyness> {
    found.sort_by(|left, right| right.score.total_cmp(&left.score).then_with(|| left.value.cmp(&right.value)));
    found.truncate(limit);
    found
}

/// Leaves out phrases that nearly always are a part of a longer one that is listed, and longer ones that are rarer.
fn without_parts(found: &[Keyness]) -> Vec<Keyness> {
    let is_part = |short: &Keyness, long: &Keyness| {
        long.value.len() > short.value.len()
            && format!(" {} ", long.value).contains(&format!(" {} ", short.value))
            && long.inside * 5 >= short.inside * 4
    };
    found.iter().filter(|short| !found.iter().any(|long| is_part(short, long))).cloned().collect()
}

/// The articles of the set in each segment, and how many words they and the others have.
struct Set<'a> {
    snapshot: &'a tantivy::Searcher,
    members: Vec<Vec<bool>>,
    sizes: Sizes,
}

impl<'a> Set<'a> {
    fn new(snapshot: &'a tantivy::Searcher, set: &[DocAddress]) -> tantivy::Result<Self> {
        let readers = snapshot.segment_readers();
        let mut members: Vec<Vec<bool>> = readers.iter().map(|reader| vec![false; reader.max_doc() as usize]).collect();
        for address in set {
            members[address.segment_ord as usize][address.doc_id as usize] = true;
        }
        let mut sizes = Sizes { inside: 0, outside: 0 };
        for (reader, members) in readers.iter().zip(&members) {
            let (kinds, lengths) = (reader.fast_fields().u64(name::KIND)?, reader.fast_fields().u64(name::LENGTH)?);
            for document in reader.doc_ids_alive().filter(|&each| kinds.first(each) == Some(Kind::Article as u64)) {
                let side = if members[document as usize] { &mut sizes.inside } else { &mut sizes.outside };
                *side += lengths.first(document).unwrap_or_default();
            }
        }
        Ok(Self { snapshot, members, sizes })
    }

    fn keyness(&self, candidates: Vec<Vec<String>>, limit: usize) -> tantivy::Result<Vec<Keyness>> {
        let mut found = Vec::new();
        for run in candidates.into_iter().filter(|run| run[0] != "'s") {
            let (inside, outside) = self.count(&run)?;
            if inside >= 2 {
                found.extend(self.sizes.keyness(run.join(" ").replace(" 's", "'s"), inside, outside));
            }
        }
        // Phrases that turn out to be parts of others are left out later.
        Ok(best(found, limit.saturating_mul(3)))
    }

    /// How often the words `run` stand in a row in the running text of the set, and of the others.
    fn count(&self, run: &[String]) -> tantivy::Result<(u64, u64)> {
        let mut sum = (0, 0);
        for (reader, members) in self.snapshot.segment_readers().iter().zip(&self.members) {
            let Some(mut row) = Row::new(reader, run)? else { continue };
            while let Some((document, count)) = row.next_document() {
                if !reader.is_deleted(document) {
                    let side = if members[document as usize] { &mut sum.0 } else { &mut sum.1 };
                    *side += count;
                }
            }
        }
        Ok(sum)
    }
}

/// The postings of words that have to stand in a row.
struct Row {
    lists: Vec<SegmentPostings>,
    positions: Vec<Vec<u32>>,
}

impl Row {
    fn new(reader: &SegmentReader, run: &[String]) -> tantivy::Result<Option<Self>> {
        let inverted = reader.inverted_index(fields().body)?;
        let option =
            if run.len() == 1 { IndexRecordOption::WithFreqs } else { IndexRecordOption::WithFreqsAndPositions };
        let mut lists = Vec::with_capacity(run.len());
        for word in run {
            let Some(list) = inverted.read_postings(&Term::from_field_text(fields().body, word), option)? else {
                return Ok(None);
            };
            lists.push(list);
        }
        Ok(Some(Self { positions: vec![Vec::new(); lists.len()], lists }))
    }

    /// The next document that has all the words, with how often they stand in a row there.
    fn next_document(&mut self) -> Option<(u32, u64)> {
        let mut document = self.lists[0].doc();
        'search: loop {
            if document == TERMINATED {
                return None;
            }
            for list in &mut self.lists {
                let at = if list.doc() < document { list.seek(document) } else { list.doc() };
                if at > document {
                    document = at;
                    continue 'search;
                }
            }
            let count = self.occurrences();
            self.lists[0].advance();
            return Some((document, count));
        }
    }

    fn occurrences(&mut self) -> u64 {
        if self.lists.len() == 1 {
            return u64::from(self.lists[0].term_freq());
        }
        for (at, list) in self.lists.iter_mut().enumerate() {
            list.positions(&mut self.positions[at]);
        }
        let (first, rest) = self.positions.split_first().expect("a run has a word");
        let follows = |position: u32, at: usize| rest[at].binary_search(&(position + at as u32 + 1)).is_ok();
        first.iter().filter(|&&position| (0..rest.len()).all(|at| follows(position, at))).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_is_that_of_the_paper() {
        // Rayson & Garside 2000 give the formula; the figures are worked out by hand: expected 20 and 80.
        let score = log_likelihood((40, 60), (1_000, 4_000));
        assert!((score - 2.0 * (40.0 * 2f64.ln() + 60.0 * 0.75f64.ln())).abs() < 1e-9, "{score}");
        assert!(log_likelihood((10, 40), (1_000, 4_000)).abs() < 1e-9);
        assert!(log_likelihood((0, 0), (0, 0)).abs() < 1e-9);
    }

    #[test]
    fn only_what_is_more_frequent_counts() {
        let sizes = Sizes { inside: 100, outside: 100 };
        assert!(sizes.keyness("dam".into(), 9, 1).is_some());
        assert!(sizes.keyness("dam".into(), 1, 9).is_none());
        assert!(sizes.keyness("dam".into(), 5, 5).is_none());
    }

    #[test]
    fn words_near_a_match() {
        let text = "one two three dam four five dam six seven eight";
        let marks = [Span::new(14, 17), Span::new(28, 31)];
        let found = |near| near_words(text, Span::new(0, text.len()), &marks, near).join(" ");
        assert_eq!(found(1), "three four five six");
        assert_eq!(found(2), "two three four five six seven");
        assert_eq!(found(0), "");
    }

    #[test]
    fn parts_of_longer_phrases_are_left_out() {
        let key = |value: &str, inside| Keyness { value: value.into(), inside, outside: 0, score: inside as f64 };
        let found = without_parts(&[key("stonegate dam", 10), key("the stonegate dam", 9), key("dam wall", 3)]);
        let names: Vec<&str> = found.iter().map(|each| each.value.as_str()).collect();
        assert_eq!(names, ["the stonegate dam", "dam wall"]);
    }
}
