//! Any text as a query, in both languages: what is read prints as the same query, and errors point inside of the text.
//! `cargo +nightly fuzz run grammar fuzz/corpus/grammar fuzz/seeds/grammar`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsdex::Error;
use newsdex::search::{Dialect, Query};

fuzz_target!(|input: (bool, &str)| {
    let (nexis, text) = input;
    let dialect = if nexis { Dialect::Nexis } else { Dialect::Newsdex };
    match Query::parse_as(text, dialect, Default::default()) {
        Ok(query) => {
            let printed = query.to_string();
            assert_eq!(Query::parse_on(&printed, Default::default()).ok(), Some(query), "{printed}");
        }
        Err(Error::Query { column, .. }) => {
            assert!((1..=text.chars().count().max(1)).contains(&column), "column {column} of {text}");
        }
        Err(other) => panic!("{other}"),
    }
});
