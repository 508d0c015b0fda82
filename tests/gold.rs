//! Quotes and names in `corpus/` against the marks made by hand in `tests/gold`: their figures may not fall.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod support;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use newsdex::text::Span;
use serde_json::Value;

/// How many there are by hand, how many were found, and how many of those are right.
#[derive(Default)]
struct Tally {
    gold: usize,
    found: usize,
    right: usize,
}

impl Tally {
    /// F1 in percent.
    fn f1(&self) -> f64 {
        let count = |count: usize| f64::from(u32::try_from(count).expect("a small number"));
        200.0 * count(self.right) / count(self.gold + self.found)
    }
}

/// A quote: its words, and who says them, as far as that is told.
struct Said {
    words: Vec<Span>,
    speaker: Vec<Span>,
}

fn gold(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold").join(name)
}

/// Each article of a gold file with what the program extracts from its text.
fn pairs(name: &str) -> Vec<(Value, Value)> {
    let input = File::open(gold(name)).expect("the gold is in the repository");
    let output = support::newsdex().args(["extract", "--stdin"]).stdin(input).output().expect("the program starts");
    let read =
        |lines: &str| lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect::<Vec<Value>>();
    let found = read(&String::from_utf8(output.stdout).expect("output is UTF-8"));
    let gold = read(&fs::read_to_string(gold(name)).expect("the gold is in the repository"));
    assert_eq!(gold.len(), found.len(), "one answer a line");
    gold.into_iter().zip(found).collect()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn span(value: &Value) -> Option<Span> {
    let end = |at: usize| usize::try_from(value.get(at)?.as_u64()?).ok();
    Some(Span::new(end(0)?, end(1)?))
}

/// Stretches of three words or more between quotation marks; a line's end closes them.
fn stretches(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut line_begin = 0;
    for line in text.split('\n') {
        let mut open = None;
        let mut at = 0;
        while let Some(mark) = line[at..].find(['“', '”', '"', '\'', '`']).map(|next| at + next) {
            let width = ["“", "”", "\"", "''", "``"]
                .iter()
                .find(|sign| line[mark..].starts_with(**sign))
                .map(|sign| sign.len());
            at = mark + width.unwrap_or(1);
            match (width, open) {
                (None, _) => {}
                (_, None) if !line[mark..].starts_with('”') => open = Some(at),
                (_, Some(begin)) if !line[mark..].starts_with(['“', '`']) => {
                    found.push(Span::new(line_begin + begin, line_begin + mark));
                    open = None;
                }
                _ => {}
            }
        }
        found.extend(open.map(|begin| Span::new(line_begin + begin, line_begin + line.len())));
        line_begin += line.len() + 1;
    }
    found.retain(|stretch| stretch.of(text).split_whitespace().count() >= 3);
    found
}

/// The first of `quotes` that covers most of `stretch`, where that is half of it at least.
fn covering(quotes: &[Said], stretch: Span) -> Option<&Said> {
    let shared = |one: &Span| one.end.min(stretch.end).saturating_sub(one.begin.max(stretch.begin));
    let covered = |quote: &Said| quote.words.iter().map(shared).sum::<usize>();
    let best = quotes.iter().rev().max_by_key(|quote| covered(quote))?;
    (2 * covered(best) >= stretch.len()).then_some(best)
}

/// The quotes of a gold article, in bytes.
fn marked(article: &Value, text: &str) -> Vec<Said> {
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let in_bytes = |span: Span| Span::new(bytes[span.begin], bytes[span.end]);
    let spans = |value: &Value| -> Vec<Span> { list(value).iter().filter_map(span).map(in_bytes).collect() };
    let quotes = list(&article["attributions"]).iter();
    quotes.map(|quote| Said { words: spans(&quote["content"]), speaker: spans(&quote["source"]) }).collect()
}

/// The quotes that the program found.
fn extracted(article: &Value) -> Vec<Said> {
    let words = |quote: &Value| list(&quote["spans"]).iter().filter_map(span).collect();
    let speaker = |quote: &Value| span(&quote["speaker"]["span"]).into_iter().collect();
    list(&article["quotes"]).iter().map(|quote| Said { words: words(quote), speaker: speaker(quote) }).collect()
}

fn same_speaker(one: &Said, other: &Said) -> bool {
    one.speaker.iter().any(|span| other.speaker.iter().any(|spoken| span.overlaps(*spoken)))
}

#[test]
fn quotes_and_speakers_are_found() {
    let (mut segments, mut together) = (Tally::default(), Tally::default());
    for (gold, found) in pairs("corpus.jsonl") {
        let text = gold["text"].as_str().expect("a text");
        let (marked, extracted) = (marked(&gold, text), extracted(&found));
        for stretch in stretches(text) {
            let (gold, found) = (covering(&marked, stretch), covering(&extracted, stretch));
            let speaker = gold.zip(found).is_some_and(|(gold, found)| same_speaker(gold, found));
            for (tally, right) in [(&mut segments, gold.is_some() && found.is_some()), (&mut together, speaker)] {
                tally.gold += usize::from(gold.is_some());
                tally.found += usize::from(found.is_some());
                tally.right += usize::from(right);
            }
        }
    }
    let (segments, together) = (segments.f1(), together.f1());
    assert!(segments >= 98.0, "quoted stretches: F1 {segments:.1}");
    assert!(together >= 93.0, "quoted stretches with their speaker: F1 {together:.1}");
}

/// Spans and types of names, without a trailing possessive.
fn names(entities: &[Value], text: &str, spans: impl Fn(&Value) -> Vec<Span>) -> Vec<(Span, String)> {
    let bare = |span: Span| {
        let name = span.of(text);
        let kept = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
        Span::new(span.begin, span.begin + kept.len())
    };
    let kind = |entity: &Value| entity["type"].as_str().expect("a type").to_owned();
    let each = entities.iter().flat_map(|entity| spans(entity).into_iter().map(move |span| (bare(span), kind(entity))));
    let mut names: Vec<_> = each.collect();
    names.sort();
    names.dedup();
    names
}

#[test]
fn names_are_found() {
    let mut tally = Tally::default();
    for (gold, found) in pairs("entities.jsonl") {
        let text = gold["text"].as_str().expect("a text");
        let gold = names(list(&gold["entities"]), text, |entity| span(&entity["span"]).into_iter().collect());
        let mentions = |entity: &Value| list(&entity["mentions"]).iter().filter_map(span).collect();
        let found = names(list(&found["entities"]), text, mentions);
        tally.right += found.iter().filter(|name| gold.binary_search(name).is_ok()).count();
        tally.gold += gold.len();
        tally.found += found.len();
    }
    let f1 = tally.f1();
    assert!(f1 >= 62.0, "names with their type: F1 {f1:.1}");
}
