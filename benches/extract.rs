//! How fast a text is cut and tagged, in words a second on one core.
//!
//! Runs on the text files below `NEWSDEX_BENCH_CORPUS`, or below the repository's own `corpus/`:
//! `cargo bench --bench extract`.

use std::path::Path;

use divan::Bencher;
use divan::counter::ItemsCount;
use newsdex::model;
use newsdex::text::{Prose, tokenize};

fn main() {
    divan::main();
}

/// At most this many articles, in the order of their paths.
const ARTICLES: usize = 400;

fn texts() -> Vec<String> {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let folder = std::env::var_os("NEWSDEX_BENCH_CORPUS").map_or(own, Into::into);
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let texts = files.filter(|file| file.path().extension().is_some_and(|extension| extension == "txt"));
    texts.filter_map(|file| std::fs::read_to_string(file.path()).ok()).take(ARTICLES).collect()
}

fn words(texts: &[String]) -> ItemsCount {
    ItemsCount::new(texts.iter().map(|text| text.split_whitespace().count()).sum::<usize>())
}

#[divan::bench]
fn tokens(bencher: Bencher<'_, '_>) {
    let texts = texts();
    bencher.counter(words(&texts)).bench(|| texts.iter().map(|text| tokenize(text).len()).sum::<usize>());
}

#[divan::bench]
fn tokens_sentences_paragraphs(bencher: Bencher<'_, '_>) {
    let texts = texts();
    bencher.counter(words(&texts)).bench(|| texts.iter().map(|text| Prose::new(text).sentences.len()).sum::<usize>());
}

/// From text to names, both passes.
#[divan::bench]
fn names(bencher: Bencher<'_, '_>) {
    let texts = texts();
    model::tag(&Prose::new("The weights are read before the clock starts."));
    bencher
        .counter(words(&texts))
        .bench(|| texts.iter().map(|text| model::tag(&Prose::new(text)).len()).sum::<usize>());
}
