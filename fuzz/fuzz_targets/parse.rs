//! Any bytes in every format, which the first byte chooses.
//! `cargo +nightly fuzz run parse fuzz/corpus/parse fuzz/seeds/parse`.

#![no_main]

mod dress;

use libfuzzer_sys::fuzz_target;
use newsdex::parse::parse;

fuzz_target!(|input: &[u8]| {
    let Some(file) = dress::file(input) else { return };
    let parsed = parse(&file);
    assert!(!parsed.articles.is_empty() || !parsed.rejected.is_empty(), "a file without a word on it");
    for (article, _) in &parsed.articles {
        assert!(article.text.get(article.body.begin..article.body.end).is_some(), "a body outside of the text");
    }
});
