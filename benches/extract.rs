//! What each step of extraction costs, on one core: from text to tokens, names, entities, quotes with their speakers.
//!
//! Every step runs again and again over the text files below `NEWSDEX_BENCH_CORPUS`, or below the repository's own
//! `corpus/`, with what the steps before it found; the table gives its processor time. It ends with what quotes and
//! speakers cost beside the tagger.

#![allow(missing_docs, clippy::print_stdout, reason = "a benchmark prints")]

mod support;

use std::hint::black_box;
use std::path::Path;

use newsdex::extract::{Entity, Mention, entity, mention, quote, speaker};
use newsdex::text::{Prose, tokenize};

/// At most this many articles, in the order of their paths.
const ARTICLES: usize = 400;

/// Processor seconds that a step runs for at least.
const LEAST: f64 = 2.0;

/// A text with what is found in it.
struct Found<'a> {
    prose: Prose<'a>,
    mentions: Vec<Mention>,
    entities: Vec<Entity>,
}

impl<'a> Found<'a> {
    fn new(text: &'a str) -> Self {
        let prose = Prose::new(text);
        let mentions = mention::find(&prose, Some("en"));
        let entities = entity::resolve(&prose, &mentions);
        Self { prose, mentions, entities }
    }

    fn quotes(&self) -> usize {
        speaker::attribute(&self.prose, &self.mentions, &self.entities, &quote::find(&self.prose), &[]).len()
    }
}

fn main() {
    let texts = texts();
    let found: Vec<Found> = texts.iter().map(|text| Found::new(text)).collect();
    black_box(found.iter().map(Found::quotes).sum::<usize>());
    let words: usize = texts.iter().map(|text| text.split_whitespace().count()).sum();
    println!("{} articles, {words} words; one core", texts.len());
    println!("{:<44} {:>14} {:>18}", "step", "words a second", "µs a 1,000 words");
    let step = |name: &str, run: &dyn Fn(usize) -> usize| {
        let seconds = processor_time(&|| (0..texts.len()).map(run).sum());
        row(name, words, seconds);
        seconds
    };
    step("tokens", &|at| tokenize(&texts[at]).len());
    let cut = step("tokens, sentences, paragraphs", &|at| Prose::new(&texts[at]).sentences.len());
    let names = step("names (the tagger)", &|at| mention::find(&found[at].prose, Some("en")).len());
    let entities = step("entities", &|at| entity::resolve(&found[at].prose, &found[at].mentions).len());
    step("words in quotation marks", &|at| quote::find(&found[at].prose).len());
    let quotes = step("quotes and their speakers", &|at| found[at].quotes());
    row("from tokens to entities", words, names + entities);
    row("all", words, cut + names + entities + quotes);
    println!("quotes and their speakers cost {:.2} times what the tagger does", quotes / names);
}

fn row(name: &str, words: usize, seconds: f64) {
    println!("{name:<44} {:>14.0} {:>18.0}", words as f64 / seconds, seconds / words as f64 * 1e9);
}

/// Processor seconds of one call of `run`: the least of several rounds, as others only ever slow a round down.
fn processor_time(run: &dyn Fn() -> usize) -> f64 {
    const ROUNDS: usize = 5;
    (0..ROUNDS).map(|_| round(run, LEAST / ROUNDS as f64)).fold(f64::INFINITY, f64::min)
}

fn round(run: &dyn Fn() -> usize, least: f64) -> f64 {
    let start = support::processor_seconds();
    let mut count = 0;
    loop {
        black_box(run());
        count += 1;
        let passed = support::processor_seconds() - start;
        if passed >= least {
            return passed / f64::from(count);
        }
    }
}

fn texts() -> Vec<String> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folder = std::env::var_os("NEWSDEX_BENCH_CORPUS").map_or(own, Into::into);
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let texts = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "txt"));
    texts.filter_map(|file| std::fs::read_to_string(file.path()).ok()).take(ARTICLES).collect()
}
