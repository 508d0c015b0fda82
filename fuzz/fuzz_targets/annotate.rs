//! Any text in any language: names, entities, quotes and speakers. `cargo +nightly fuzz run annotate`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsdex::extract::annotate;

const LANGUAGES: &[Option<&str>] = &[None, Some("en"), Some("de"), Some("fa"), Some("zh")];

fuzz_target!(|input: (u8, String)| {
    let (language, text) = input;
    let found = annotate(&text, LANGUAGES[usize::from(language) % LANGUAGES.len()]);
    for span in found.quotes.iter().flat_map(|quote| &quote.spans) {
        assert!(text.get(span.begin..span.end).is_some(), "a quote outside of the text");
    }
    for span in found.entities.iter().flat_map(|entity| &entity.mentions) {
        assert!(text.get(span.begin..span.end).is_some(), "a name outside of the text");
    }
});
