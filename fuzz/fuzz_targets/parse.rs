//! Any bytes under any name: every format through one door. `cargo +nightly fuzz run parse`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsdex::crawl::RawFile;
use newsdex::parse::parse;

/// Names with the endings that decide where the content does not.
const NAMES: &[&str] = &["a", "a.txt", "a.html", "a.xml", "a.json", "a.csv", "a.eml", "paper/2025/10/12/river.txt"];

fuzz_target!(|input: (u8, Vec<u8>)| {
    let (name, bytes) = input;
    let file = RawFile::new(NAMES[usize::from(name) % NAMES.len()], bytes);
    let parsed = parse(&file);
    assert!(!parsed.articles.is_empty() || !parsed.rejected.is_empty(), "a file without a word on it");
    for (article, _) in &parsed.articles {
        assert!(article.text.get(article.body.begin..article.body.end).is_some(), "a body outside of the text");
    }
});
