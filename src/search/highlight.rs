//! Where in a text a query matches, and the passage that shows it best.
//!
//! Marks what matched and nothing else: a phrase as a run, a word in the forms that the search took. Reads a text once.

use super::Snippet;
use super::query::{Field, Query};
use super::vocabulary::Stems;
use crate::index::analyzer::{Words, words};
use crate::text::Span;

/// Length of a passage, in characters.
const LENGTH: usize = 240;

/// Characters of a passage that may stand before its first mark.
const LEAD: usize = 100;

/// Words of a phrase that are looked at; a longer phrase is taken to match where so many of its words do.
const LONGEST_RUN: usize = 128;

/// What a query looks for in a text.
pub(super) struct Needles(Vec<Vec<Form>>);

/// Which words stand for one word of a query.
enum Form {
    Exact(String),
    Beginning(String),
    SameStem(Stems),
}

impl Form {
    fn matches(&self, word: &str) -> bool {
        match self {
            Self::Exact(exact) => exact == word,
            Self::Beginning(beginning) => word.starts_with(beginning.as_str()),
            Self::SameStem(stems) => stems.matches(word),
        }
    }
}

/// A match: where it stands, and which of the needles it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    span: Span,
    needle: usize,
}

impl Needles {
    /// What `query` looks for outside of any field, or in `field`.
    pub(super) fn new(query: &Query, field: Field) -> Self {
        let mut needles = Self(Vec::new());
        needles.collect(query, field, true);
        needles
    }

    fn collect(&mut self, query: &Query, field: Field, counts: bool) {
        match query {
            Query::Field(inner_field, inner) => self.collect(inner, field, *inner_field == field),
            Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| self.collect(part, field, counts)),
            Query::Word(text) | Query::Prefix(text) | Query::Phrase(text) if counts => self.push(query, text),
            // What must not be there marks nothing, nor does what is looked for elsewhere.
            Query::All | Query::Dates(_) | Query::Not(_) | Query::Word(_) | Query::Prefix(_) | Query::Phrase(_) => {}
        }
    }

    fn push(&mut self, leaf: &Query, text: &str) {
        let words = words(text);
        let last = words.len().saturating_sub(1);
        let form = |(at, word): (usize, String)| match leaf {
            Query::Prefix(_) if at == last => Form::Beginning(word),
            Query::Word(_) => Stems::new(&word).map_or(Form::Exact(word), Form::SameStem),
            _ => Form::Exact(word),
        };
        let run: Vec<Form> = words.into_iter().enumerate().map(form).take(LONGEST_RUN).collect();
        if !run.is_empty() {
            self.0.push(run);
        }
    }

    /// Where the needles match in the `pieces` of `text`, whose words follow each other as if nothing stood between.
    pub(super) fn find(&self, text: &str, pieces: &[Span]) -> Vec<Mark> {
        let mut marks = Vec::new();
        if self.0.is_empty() {
            return marks;
        }
        // Bit n of a needle's state is set where its first n + 1 words are the last words read (Baeza-Yates & Gonnet
        // 1992, "Shift-And").
        let mut states = vec![0u128; self.0.len()];
        let mut read: Vec<(Span, usize)> = Vec::new();
        for (piece, span) in pieces.iter().enumerate() {
            let mut words = Words::new(span.of(text));
            while words.advance() {
                read.push((words.span.shifted(span.begin), piece));
                for (needle, run) in self.0.iter().enumerate() {
                    let state = step(states[needle], run, &words.word);
                    states[needle] = state;
                    if state >> (run.len() - 1) & 1 == 1 {
                        push_marks(&read[read.len() - run.len()..], needle, &mut marks);
                    }
                }
            }
        }
        marks.sort_unstable();
        marks
    }

    /// The best passage of the piece `body` of `text`, with its marks.
    pub(super) fn passage(&self, text: &str, body: Span) -> Snippet {
        let marks = self.find(text, &[body]);
        let core = densest(&marks).unwrap_or(Span::new(body.begin, body.begin));
        let span = around(text, body, core);
        Snippet { text: span.of(text).to_owned(), span, marks: merged(&marks, span) }
    }
}

/// The state of a needle after `word`.
fn step(state: u128, run: &[Form], word: &str) -> u128 {
    let open = state << 1 | 1;
    let mut next = 0;
    for (at, form) in run.iter().enumerate() {
        if open >> at & 1 == 1 && form.matches(word) {
            next |= 1 << at;
        }
    }
    next
}

/// Marks the `run` of words, once in each piece that it goes through.
fn push_marks(run: &[(Span, usize)], needle: usize, marks: &mut Vec<Mark>) {
    for part in run.chunk_by(|left, right| left.1 == right.1) {
        marks.push(Mark { span: part[0].0.cover(part[part.len() - 1].0), needle });
    }
}

/// Spans of the marks inside `passage`, relative to it, in order, joined where they overlap.
pub(super) fn merged(marks: &[Mark], passage: Span) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for mark in marks.iter().filter(|mark| passage.contains(mark.span)) {
        let span = Span::new(mark.span.begin - passage.begin, mark.span.end - passage.begin);
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
    let mut counts = vec![0u32; needles];
    let (mut distinct, mut begin) = (0usize, 0);
    let mut best: Option<((usize, usize), Span)> = None;
    for (end, mark) in marks.iter().enumerate() {
        counts[mark.needle] += 1;
        distinct += usize::from(counts[mark.needle] == 1);
        while begin < end && mark.span.end.saturating_sub(marks[begin].span.begin) > LENGTH - LEAD / 2 {
            counts[marks[begin].needle] -= 1;
            distinct -= usize::from(counts[marks[begin].needle] == 0);
            begin += 1;
        }
        let worth = (distinct, end - begin + 1);
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, marks[begin].span.cover(mark.span)));
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
    use super::*;

    const STORY: &str = "The council met on Monday. Residents of Harbour Street had asked Mr. Finch for new flood \
        barriers since the storm of January. \"We cannot wait another winter,\" said Ada Finch. The barriers will be \
        built by a firm from Leeds.\n\nFlooding has cost the town nine million crowns in ten years. The county does \
        not agree, and a flooded cellar is not a flooded town, its engineer wrote. Barriers are dear.";

    fn check(query: &str, expect: &[&str]) -> Snippet {
        let needles = Needles::new(&Query::parse(query).unwrap(), Field::Body);
        let snippet = needles.passage(STORY, Span::new(0, STORY.len()));
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
        let needles = Needles::new(&Query::parse("\"will win\"").unwrap(), Field::Said);
        let marks = merged(&needles.find(text, &pieces), Span::new(0, text.len()));
        let words: Vec<&str> = marks.iter().map(|mark| mark.of(text)).collect();
        assert_eq!(words, ["will", "win"]);
    }

    #[test]
    fn odd_texts() {
        for text in ["", "x", "é", &"word".repeat(500), &"東京".repeat(300), &"a ".repeat(300), "\n\n\n"] {
            for query in ["word", "a", "東", "\"a a\"", "x"] {
                let needles = Needles::new(&Query::parse(query).unwrap(), Field::Body);
                let snippet = needles.passage(text, Span::new(0, text.len()));
                assert_eq!(snippet.span.of(text), snippet.text);
                assert!(snippet.marks.iter().all(|mark| mark.end <= snippet.text.len()));
            }
        }
    }
}
