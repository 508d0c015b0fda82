//! Where in a text a query matches, and the passage that shows it best.
//!
//! Marks what matched and nothing else: the expressions that the search worked out on positions are worked out again on
//! the words of the text, with the same forms of each word.

use std::collections::HashMap;

use tantivy::Searcher as Snapshot;

use super::Snippet;
use super::forms::Forms;
use super::interval::Interval;
use super::query::{Field, Query};
use super::wanted::{Bound, Place, Wanted};
use crate::index::analyzer::Words;
use crate::index::bounds::Bounds;
use crate::index::fields;
use crate::text::{Prose, Span};

/// Length of a passage, in characters.
const LENGTH: usize = 240;

/// Characters of a passage that may stand before its first mark.
const LEAD: usize = 100;

/// Bytes of a match that a passage is chosen for as a whole.
const LONGEST: usize = LENGTH - LEAD / 2;

/// Forms of a word that are taken down each by itself.
const FEW: usize = 64;

/// What a query looks for in a text.
#[derive(Default)]
pub(super) struct Needles {
    wanted: Vec<Wanted>,
    /// Which words of which needles a word of the text stands for.
    words: HashMap<String, Vec<(usize, usize)>>,
    /// The words of needles that more than a few stand for, or all that begin alike: these are asked one by one.
    many: Vec<(usize, usize)>,
}

/// A match: where it stands, the words and phrases that make it up, and which of the needles it is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) parts: Vec<Span>,
    needle: usize,
}

impl Mark {
    pub(super) const fn new(span: Span, parts: Vec<Span>, needle: usize) -> Self {
        Self { span, parts, needle }
    }

    /// The same mark as one of the needle with this number.
    pub(super) fn numbered(self, needle: usize) -> Self {
        Self { needle, ..self }
    }
}

impl Needles {
    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.wanted.len()
    }

    /// What `query` looks for outside of any field, or in `field`.
    pub(super) fn new(snapshot: &Snapshot, query: &Query, field: Field) -> tantivy::Result<Self> {
        let slot = match field {
            Field::Headline => fields().headline,
            Field::Said => fields().said,
            _ => fields().body,
        };
        let mut needles = Self::default();
        needles.collect(query, field, Place { snapshot, slot, widened: true }, Some(false))?;
        needles.take_down_words();
        Ok(needles)
    }

    fn take_down_words(&mut self) {
        for (needle, wanted) in self.wanted.iter().enumerate() {
            for (number, forms) in wanted.words.iter().enumerate() {
                match forms {
                    Forms::Listed(words) if words.len() <= FEW => {
                        for word in words {
                            self.words.entry(word.clone()).or_default().push((needle, number));
                        }
                    }
                    _ => self.many.push((needle, number)),
                }
            }
        }
    }

    /// Which words of which needles `word` stands for.
    fn standing_for<'a>(&'a self, word: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
        let has = |&&(needle, number): &&(usize, usize)| self.wanted[needle].words[number].has(word);
        self.words.get(word).into_iter().flatten().chain(self.many.iter().filter(has)).copied()
    }

    /// Takes up what `query` looks for at `place`: in its lead alone where `counts` is `Some(true)`, nothing where it is
    /// `None`.
    fn collect(&mut self, query: &Query, field: Field, place: Place, counts: Option<bool>) -> tantivy::Result<()> {
        match query {
            Query::Field(inner, query) => {
                let counts = match inner {
                    Field::Lead if field == Field::Body => Some(true),
                    _ => (*inner == field).then_some(false),
                };
                self.collect(query, field, place, counts)
            }
            Query::And(parts) | Query::Or(parts) => {
                parts.iter().try_for_each(|part| self.collect(part, field, place, counts))
            }
            Query::Boost(inner, _) => self.collect(inner, field, place, counts),
            // What must not be there marks nothing, nor does what has no words.
            Query::All | Query::Dates(_) | Query::Length(_) | Query::Not(_) => Ok(()),
            expression => {
                if let Some(in_lead) = counts {
                    self.wanted.push(place.wanted(expression, in_lead)?);
                }
                Ok(())
            }
        }
    }

    /// Where the needles match in the `pieces` of `text`, whose words follow each other as if nothing stood between; in
    /// order.
    pub(super) fn find(&self, text: &str, pieces: &[Span]) -> Vec<Mark> {
        if self.words.is_empty() && self.many.is_empty() {
            return Vec::new();
        }
        let mut lists: Vec<Vec<Vec<u32>>> =
            self.wanted.iter().map(|wanted| vec![Vec::new(); wanted.words.len()]).collect();
        let mut read: Vec<(Span, usize)> = Vec::new();
        for (piece, span) in pieces.iter().enumerate() {
            let mut words = Words::new(span.of(text));
            while words.advance() {
                for (needle, number) in self.standing_for(&words.word) {
                    lists[needle][number].push(read.len() as u32);
                }
                read.push((words.span.shifted(span.begin), piece));
            }
        }
        let bounds = self.bounds(text, pieces);
        let mut marks = Vec::new();
        for (needle, (wanted, lists)) in self.wanted.iter().zip(&lists).enumerate() {
            for found in wanted.matches(lists, &bounds) {
                let mut parts: Vec<Span> =
                    wanted.parts(&[found], lists, &bounds).into_iter().flat_map(|part| spans(&read, part)).collect();
                parts.sort_unstable();
                parts.dedup();
                let ends = spans(&read, found).into_iter().reduce(Span::cover);
                marks.extend(ends.map(|span| Mark { span, parts, needle }));
            }
        }
        marks.sort_unstable();
        marks
    }

    /// The bounds of the text in `pieces`, as far as any needle looks at them.
    fn bounds(&self, text: &str, pieces: &[Span]) -> Bounds {
        let needs = |wanted: &Wanted| {
            [Bound::Sentence, Bound::Paragraph, Bound::Lead].into_iter().any(|bound| wanted.root.needs(bound))
        };
        if !self.wanted.iter().any(needs) {
            return Bounds::default();
        }
        let words: Vec<&str> = pieces.iter().map(|piece| piece.of(text)).collect();
        Bounds::new(&words.join(" "))
    }

    /// The best passage of the piece `body` of `text`, with its marks and those of `more`: as many sentences round the
    /// best match as `context` says, or as much as a listing has room for.
    pub(super) fn passage(&self, text: &str, body: Span, more: Vec<Mark>, context: Option<usize>) -> Snippet {
        let mut marks = self.find(text, &[body]);
        marks.extend(more.into_iter().filter(|mark| body.contains(mark.span)));
        let core = densest(&marks).unwrap_or(Span::new(body.begin, body.begin));
        let span = match context {
            Some(count) => sentences_around(text, body, core, count),
            None => around(text, body, core),
        };
        Snippet { text: span.of(text).to_owned(), span, marks: merged(&marks, span) }
    }
}

/// Where the words of `part` stand: once in each piece that it goes through.
fn spans(read: &[(Span, usize)], part: Interval) -> Vec<Span> {
    let run = &read[part.begin as usize..=part.end as usize];
    let cover = |piece: &[(Span, usize)]| piece[0].0.cover(piece[piece.len() - 1].0);
    run.chunk_by(|left, right| left.1 == right.1).map(cover).collect()
}

/// The sentences that `core` touches, with `count` more before and behind.
fn sentences_around(text: &str, body: Span, core: Span, count: usize) -> Span {
    let prose = Prose::new(body.of(text));
    let sentences: Vec<Span> = prose.sentences.iter().map(|run| run.span.shifted(body.begin)).collect();
    let first = sentences.partition_point(|sentence| sentence.end <= core.begin);
    let last = sentences.partition_point(|sentence| sentence.begin < core.end).max(first + 1) - 1;
    let Some(begin) = sentences.get(first.saturating_sub(count)) else { return trimmed(text, core) };
    let end = sentences.get((last + count).min(sentences.len() - 1)).unwrap_or(begin);
    begin.cover(*end)
}

/// Spans of the marks inside `passage`, relative to it, in order, joined where they overlap.
pub(super) fn merged(marks: &[Mark], passage: Span) -> Vec<Span> {
    let mut parts: Vec<Span> = marks.iter().flat_map(|mark| mark.parts.iter().copied()).collect();
    parts.sort_unstable();
    let mut spans: Vec<Span> = Vec::new();
    for part in parts.into_iter().filter(|part| passage.contains(*part)) {
        let span = Span::new(part.begin - passage.begin, part.end - passage.begin);
        match spans.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.cover(span),
            _ => spans.push(span),
        }
    }
    spans
}

/// The stretch of marks no longer than most of a passage that matches most needles, then has most marks; the first of
/// equals.
fn densest(marks: &[Mark]) -> Option<Span> {
    let needles = marks.iter().map(|mark| mark.needle + 1).max()?;
    // A match that is longer than a passage is shown by a part of it.
    let shown = |mark: &Mark| if mark.span.len() > LONGEST { mark.parts.clone() } else { vec![mark.span] };
    let mut marks: Vec<(Span, usize)> =
        marks.iter().flat_map(|mark| shown(mark).into_iter().map(|span| (span, mark.needle))).collect();
    marks.sort_unstable();
    let mut counts = vec![0u32; needles];
    let (mut distinct, mut begin) = (0usize, 0);
    let mut best: Option<((usize, usize), Span)> = None;
    for (end, &(span, needle)) in marks.iter().enumerate() {
        counts[needle] += 1;
        distinct += usize::from(counts[needle] == 1);
        while begin < end && span.end.saturating_sub(marks[begin].0.begin) > LONGEST {
            counts[marks[begin].1] -= 1;
            distinct -= usize::from(counts[marks[begin].1] == 0);
            begin += 1;
        }
        let worth = (distinct, end - begin + 1);
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, marks[begin].0.cover(span)));
        }
    }
    best.map(|(_, span)| span)
}

/// A passage of `body` around `core`: from the beginning of a sentence to the end of one where that can be had.
fn around(text: &str, body: Span, core: Span) -> Span {
    let lead = LEAD.min(LENGTH.saturating_sub(core.of(text).chars().count()));
    let floor = back(text, body.begin, core.begin, lead);
    let begin = sentence_begin(text, body, floor, core.begin)
        .unwrap_or_else(|| if floor == body.begin { floor } else { next_word(text, floor, core.begin) });
    let ceiling = forth(text, begin, body.end, LENGTH).max(core.end);
    let end = if ceiling == body.end { ceiling } else { passage_end(text, begin, core.end, ceiling) };
    trimmed(text, Span::new(begin, end))
}

/// The byte `count` characters before `at`, or `floor`.
fn back(text: &str, floor: usize, at: usize, count: usize) -> usize {
    text[floor..at].char_indices().rev().take(count).last().map_or(at, |(byte, _)| floor + byte)
}

/// The byte `count` characters after `at`, or `ceiling`.
fn forth(text: &str, at: usize, ceiling: usize, count: usize) -> usize {
    text[at..ceiling].char_indices().nth(count).map_or(ceiling, |(byte, _)| at + byte)
}

/// The last beginning of a sentence from `floor` up to `at`.
fn sentence_begin(text: &str, body: Span, floor: usize, at: usize) -> Option<usize> {
    let before = text[floor..at].char_indices().rev().map(|(byte, _)| floor + byte);
    let mut candidates = std::iter::once(at).chain(before);
    candidates.find(|&byte| byte == body.begin || ends_sentence(text, body.begin, byte))
}

/// True where white space stands before byte `at` and a sentence or paragraph ends before that.
fn ends_sentence(text: &str, begin: usize, at: usize) -> bool {
    let before = &text[begin..at];
    let ended = before.trim_end();
    if ended.len() == before.len() {
        return false;
    }
    if before[ended.len()..].contains('\n') {
        return true;
    }
    let stripped = ended.trim_end_matches(['"', '”', '’', '\'', ')', '»']);
    let Some(sentence) = stripped.strip_suffix(['.', '!', '?', '…']) else { return false };
    let last = sentence.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    // "Mr.", "Gov." and "U.S." do not end sentences; a short word in small letters may.
    last.chars().count() > 3 || last.chars().next().is_some_and(|c| !c.is_uppercase())
}

/// The beginning of the word after `floor`, or `at` where there is none before it.
fn next_word(text: &str, floor: usize, at: usize) -> usize {
    text[floor..at].find(char::is_whitespace).map_or(at, |space| floor + space)
}

/// The last end of a sentence between `least` and `ceiling` that leaves a passage of fair length, else of a word.
fn passage_end(text: &str, begin: usize, least: usize, ceiling: usize) -> usize {
    let fair = begin + (ceiling - begin) / 2;
    let ends = text[least..ceiling].char_indices().map(|(byte, _)| least + byte).rev();
    let mut word = None;
    for byte in ends.filter(|&byte| text[..byte].ends_with(char::is_whitespace)) {
        word = word.or(Some(byte));
        if byte > fair && ends_sentence(text, begin, byte) {
            return byte;
        }
    }
    let next_is_space = text[ceiling..].starts_with(char::is_whitespace);
    if next_is_space { ceiling } else { word.unwrap_or(ceiling) }
}

fn trimmed(text: &str, span: Span) -> Span {
    let piece = span.of(text);
    let begin = span.begin + (piece.len() - piece.trim_start().len());
    Span::new(begin, begin + piece.trim().len())
}

#[cfg(test)]
mod tests {
    use tantivy::{Index, doc};

    use super::*;
    use crate::index::analyzer::joined;
    use crate::index::{register, schema};

    const STORY: &str = "The council met on Monday. Residents of Harbour Street had asked Mr. Finch for new flood \
        barriers since the storm of January. \"We cannot wait another winter,\" said Ada Finch. The barriers will be \
        built by a firm from Leeds.\n\nFlooding has cost the town nine million crowns in ten years. The county does \
        not agree, and a flooded cellar is not a flooded town, its engineer wrote. Barriers are dear.";

    /// Needles over an index whose words are those of `text`, as running text and as quoted words.
    fn needles(query: &str, field: Field, text: &str) -> Needles {
        let index = Index::create_in_ram(schema());
        register(&index);
        let mut writer = index.writer_with_num_threads(1, 20_000_000).unwrap();
        writer.add_document(doc!(fields().body => joined(text), fields().said => joined(text))).unwrap();
        writer.commit().unwrap();
        let snapshot = index.reader().unwrap().searcher();
        Needles::new(&snapshot, &Query::parse(query).unwrap(), field).unwrap()
    }

    fn check(query: &str, expect: &[&str]) -> Snippet {
        let snippet = needles(query, Field::Body, STORY).passage(STORY, Span::new(0, STORY.len()), Vec::new(), None);
        assert_eq!(snippet.span.of(STORY), snippet.text);
        let marks: Vec<&str> = snippet.marks.iter().map(|mark| mark.of(&snippet.text)).collect();
        assert_eq!(marks, expect, "{query}: {}", snippet.text);
        assert!(snippet.text.chars().count() <= LENGTH, "{}", snippet.text);
        snippet
    }

    #[test]
    fn marks_are_what_matched() {
        check("flood", &["Flooding", "flooded", "flooded"]);
        check("\"flood barriers\"", &["flood barriers"]);
        check("\"flooded town\"", &["flooded town"]);
        check("engin* NOT council", &["engineer"]);
        check("headline:flood", &[]);
        check("body:leeds person:finch", &["Leeds"]);
        check("harbour street", &["Harbour", "Street"]);
        check("nowhere", &[]);
    }

    #[test]
    fn marks_are_where_the_whole_matched() {
        check("council NEAR/3 monday", &["council", "Monday"]);
        check("council NEAR/2 monday", &[]);
        check("monday PRE/9 council", &[]);
        check("flood* /s storm", &["flood", "storm"]);
        check("barriers /s winter", &[]);
        check("\"flood* barriers\" OR \"ada finch\"~1", &["flood barriers", "Ada", "Finch"]);
        check("\"harbour street asked\"~2", &["Harbour", "Street", "asked"]);
        check("fich~1 =barriers", &["Finch", "barriers", "Finch", "barriers"]);
        check("/m.*n/ NOT NEAR/2 nine", &[]);
        check("ATLEAST/3 flood", &["Flooding", "flooded", "flooded"]);
        check("lead:leeds OR lead:town", &["Leeds", "town", "town"]);
    }

    #[test]
    fn context_is_counted_in_sentences() {
        let body = Span::new(0, STORY.len());
        let passage = |count| needles("winter", Field::Body, STORY).passage(STORY, body, Vec::new(), Some(count)).text;
        assert_eq!(passage(0), "\"We cannot wait another winter,\" said Ada Finch.");
        assert!(passage(1).starts_with("Residents") && passage(1).ends_with("from Leeds."), "{}", passage(1));
        assert_eq!(passage(99), STORY);
    }

    #[test]
    fn passages_begin_and_end_with_sentences() {
        let snippet = check("winter", &["winter"]);
        assert!(snippet.text.starts_with("\"We cannot"), "{}", snippet.text);
        let snippet = check("nowhere", &[]);
        assert!(snippet.text.starts_with("The council met"), "{}", snippet.text);
        let snippet = check("january", &["January"]);
        assert!(snippet.text.ends_with("Finch.") || snippet.text.ends_with("Leeds."), "{}", snippet.text);
    }

    #[test]
    fn the_passage_with_most_of_the_query_wins() {
        let snippet = check("barrier leeds flood", &["flood", "barriers", "barriers", "Leeds", "Flooding"]);
        assert!(snippet.text.contains("Leeds"));
    }

    #[test]
    fn runs_go_through_interruptions() {
        let text = "\"We will,\" he said, \"win this.\"";
        let pieces = [Span::new(0, 10), Span::new(19, 30)];
        let needles = needles("\"will win\"", Field::Said, "we will win this");
        let marks = merged(&needles.find(text, &pieces), Span::new(0, text.len()));
        let words: Vec<&str> = marks.iter().map(|mark| mark.of(text)).collect();
        assert_eq!(words, ["will", "win"]);
    }

    #[test]
    fn odd_texts() {
        for text in ["", "x", "é", &"word".repeat(500), &"東京".repeat(300), &"a ".repeat(300), "\n\n\n"] {
            for query in ["word", "a", "東", "\"a a\"", "x"] {
                let snippet =
                    needles(query, Field::Body, text).passage(text, Span::new(0, text.len()), Vec::new(), None);
                assert_eq!(snippet.span.of(text), snippet.text);
                assert!(snippet.marks.iter().all(|mark| mark.end <= snippet.text.len()));
            }
        }
    }
}
