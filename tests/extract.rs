//! Every case in `tests/extract` is read as it is marked; the README there tells the marks.

#![allow(clippy::unwrap_used, reason = "a test that meets an error should stop there")]

mod known;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use newsdex::extract::{Quote, QuoteKind, annotate};
use newsdex::text::Span;

/// A marked quote.
#[derive(Default)]
struct Marked {
    direct: bool,
    content: Vec<Span>,
    source: Option<Span>,
    name: Option<String>,
}

/// A case: the text without its marks, and the marked quotes by their number.
struct Case {
    text: String,
    quotes: BTreeMap<String, Marked>,
}

impl Case {
    fn new(marked: &str) -> Self {
        let body = marked.split_once("\n\n").expect("a first line that says what the case shows").1;
        let mut case = Self { text: String::new(), quotes: BTreeMap::new() };
        let mut open = Vec::new();
        let mut rest = body;
        while let Some(at) = rest.find(['{', '}']) {
            case.text.push_str(&rest[..at]);
            if rest[at..].starts_with('{') {
                let (label, tail) = rest[at + 1..].split_once(':').expect("a colon after the label");
                open.push((label, case.text.len()));
                rest = tail;
            } else {
                let (label, begin) = open.pop().expect("a brace that opens");
                case.mark(label, Span::new(begin, case.text.len()));
                rest = &rest[at + 1..];
            }
        }
        case.text.push_str(rest);
        case
    }

    fn mark(&mut self, label: &str, span: Span) {
        let (label, name) = label.split_once('=').map_or((label, None), |(label, name)| (label, Some(name)));
        let (numbers, kind) = label.split_at(label.len() - 1);
        for number in numbers.split(',') {
            let quote = self.quotes.entry(number.to_owned()).or_default();
            match kind {
                "d" | "m" => {
                    quote.direct = kind == "d";
                    quote.content.push(span);
                }
                "s" => {
                    quote.source = Some(span);
                    quote.name = name.map(str::to_owned);
                }
                _ => assert_eq!(kind, "c", "unknown mark {label}"),
            }
        }
    }

    /// What is not read as marked.
    fn complaints(&self) -> Vec<String> {
        let mut found = annotate(&self.text, None).quotes;
        found.retain(|quote| quote.kind != QuoteKind::Indirect);
        let strangers =
            found.iter().filter(|quote| !self.quotes.values().any(|marked| overlap(&marked.content, &quote.spans)));
        let mut complaints: Vec<String> =
            strangers.map(|quote| format!("not a quote: {}", quote.words(&self.text))).collect();
        for marked in self.quotes.values() {
            let words: Vec<&str> = marked.content.iter().map(|span| span.of(&self.text)).collect();
            match found.iter().find(|quote| overlap(&marked.content, &quote.spans)) {
                None => complaints.push(format!("missed: {}", words.join(" "))),
                Some(quote) => complaints.extend(self.differences(marked, quote)),
            }
        }
        complaints
    }

    fn differences(&self, marked: &Marked, quote: &Quote) -> Vec<String> {
        let words = quote.words(&self.text);
        let bare = |spans: &[Span]| spans.iter().map(|span| bare(span.of(&self.text))).collect::<Vec<_>>();
        let mut differences = Vec::new();
        if marked.direct && bare(&marked.content) != bare(&quote.spans) {
            differences.push(format!("other words: {words}"));
        }
        let speaker = quote.speaker.as_ref();
        let span = speaker.and_then(|speaker| speaker.span);
        let right = match (marked.source, span) {
            (Some(source), Some(span)) => overlap(&[source], &[span]),
            (None, None) => true,
            _ => false,
        };
        if !right {
            let printed = span.map_or("nobody", |span| span.of(&self.text));
            differences.push(format!("said by {printed}: {words}"));
        }
        let name = speaker.and_then(|speaker| speaker.name.as_deref());
        if marked.name.is_some() && marked.name.as_deref() != name {
            differences.push(format!("named {}: {words}", name.unwrap_or("nobody")));
        }
        differences
    }
}

/// Words without the marks and spaces around them.
fn bare(words: &str) -> &str {
    words.trim_matches(|c: char| c.is_whitespace() || "\"“”„«»‘’'`".contains(c))
}

fn overlap(some: &[Span], others: &[Span]) -> bool {
    some.iter().any(|one| others.iter().any(|other| one.overlaps(*other)))
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/extract")
}

/// Complaints by the name of the case that they are about.
fn failures() -> BTreeMap<String, Vec<String>> {
    let mut failed = BTreeMap::new();
    for entry in fs::read_dir(folder()).expect("the folder is in the repository") {
        let path = entry.expect("a readable folder").path();
        if path.extension().is_some_and(|suffix| suffix == "txt") {
            let complaints = Case::new(&fs::read_to_string(&path).expect("a readable case")).complaints();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            failed.insert(name, complaints);
        }
    }
    failed.retain(|_, complaints| !complaints.is_empty());
    failed
}

#[test]
fn every_case_but_the_known_failures_is_read_as_marked() {
    known::expect_only_known(&folder().join("known-failures"), &failures());
}
